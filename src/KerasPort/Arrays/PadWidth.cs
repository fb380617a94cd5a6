namespace KerasPort;

/// <summary>
/// The numbers of elements that <c>np.pad</c> adds before and after each axis: <c>2</c> or <c>(1, 2)</c> for every axis, <c>((1, 1), (2, 2))</c> or
/// <c>((0, 0), (1, 1), (2, 2))</c> for each.
/// </summary>
public sealed class PadWidth
{
    private readonly (int Before, int After)[] _all;

    private PadWidth((int, int)[] all) => _all = all;

    /// <summary>The same number before and after, for every axis.</summary>
    public static implicit operator PadWidth(int both) => new([(both, both)]);

    /// <summary>The numbers before and after, for every axis.</summary>
    public static implicit operator PadWidth((int, int) all) => new([all]);

    /// <summary>The numbers before and after, for each of two axes.</summary>
    public static implicit operator PadWidth(((int, int), (int, int)) each) => new([each.Item1, each.Item2]);

    /// <summary>The numbers before and after, for each of three axes.</summary>
    public static implicit operator PadWidth(((int, int), (int, int), (int, int)) each) => new([each.Item1, each.Item2, each.Item3]);

    /// <summary>The numbers before and after, for each of four axes.</summary>
    public static implicit operator PadWidth(((int, int), (int, int), (int, int), (int, int)) each) => new([each.Item1, each.Item2, each.Item3, each.Item4]);

    /// <summary>The numbers before and after, for each axis.</summary>
    public static implicit operator PadWidth((int, int)[] each) => new([.. each]);

    /// <summary>The widths for that many axes.</summary>
    internal (int Before, int After)[] Of(int rank)
    {
        if (_all.Any(width => width.Before < 0 || width.After < 0)) throw new ValueError($"index can't contain negative values. Received: pad_width={this}");
        return _all.Length == 1 ? [.. Enumerable.Repeat(_all[0], rank)] : _all.Length == rank ? _all
            : throw new ValueError($"pad_width has {_all.Length} pairs for an array of {rank} axes. Received: pad_width={this}");
    }

    /// <summary>As Python shows it.</summary>
    public override string ToString() => $"({string.Join(", ", _all)})";
}
