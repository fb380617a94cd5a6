namespace KerasPort;

/// <summary>How much a layer of augmentation changes: a number, or the least and the most, <c>(-0.2, 0.3)</c>.</summary>
public sealed class Factor
{
    private Factor(double first, double second, bool isOne) => (First, Second, IsOne) = (first, second, isOne);

    /// <summary>The number, or the first of two.</summary>
    internal double First { get; }

    /// <summary>The number, or the second of two.</summary>
    internal double Second { get; }

    /// <summary>Whether it is one number.</summary>
    internal bool IsOne { get; }

    /// <summary>One number.</summary>
    public static implicit operator Factor(double factor) => new(factor, factor, true);

    /// <summary>The least and the most, in either order.</summary>
    public static implicit operator Factor((double, double) factor) => new(factor.Item1, factor.Item2, false);

    /// <summary>The least and the most: of a number -number and number.</summary>
    internal (double Lower, double Upper) Range => IsOne ? (-Math.Abs(First), Math.Abs(First)) : (Math.Min(First, Second), Math.Max(First, Second));

    /// <summary>As Python shows it.</summary>
    public override string ToString() => IsOne ? PythonText.Str(First) : $"({PythonText.Str(First)}, {PythonText.Str(Second)})";
}
