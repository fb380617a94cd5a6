namespace KerasPort;

/// <summary>A part of a data set: a number of samples, <c>800</c>, or a fraction, <c>0.8</c>.</summary>
public readonly struct SplitSize
{
    private readonly int? _count;
    private readonly double _fraction;

    private SplitSize(int? count, double fraction) => (_count, _fraction) = (count, fraction);

    /// <summary>Converts a number of samples.</summary>
    public static implicit operator SplitSize(int count) => new(count, 0);

    /// <summary>Converts a fraction of all samples.</summary>
    public static implicit operator SplitSize(double fraction) => new(null, fraction);

    internal bool IsFraction => _count is null;

    internal double Value => _count ?? _fraction;

    /// <summary>The number of samples, given the total; a fraction is rounded as Python rounds.</summary>
    internal int Of(int total) => _count ?? (int)Math.Round(_fraction * total, MidpointRounding.ToEven);

    /// <summary>Whether both sides would have samples.</summary>
    internal bool Fits(int total) => _count is { } count ? count > 0 && count < total : _fraction is > 0 and < 1;

    /// <summary>The number as Python shows it.</summary>
    public override string ToString() => _count is { } count ? PythonText.Str(count) : PythonText.Str(_fraction);
}
