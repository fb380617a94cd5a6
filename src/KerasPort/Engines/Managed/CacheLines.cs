namespace KerasPort.Engines.Managed;

/// <summary>
/// A row of floats cut into pieces of whole cache lines, as equal as they can be: threads that write to pieces of their own never write
/// to the same line, which would travel between their cores row by row. The same cut names the same columns in every kernel.
/// </summary>
internal readonly unsafe struct CacheLines
{
    /// <summary>Floats of a line.</summary>
    public const int Floats = 16;

    private readonly int _count, _lines;

    public CacheLines(int count, int pieces)
    {
        (_count, _lines) = (count, (count + Floats - 1) / Floats);
        Pieces = Math.Clamp(pieces, 1, Math.Max(_lines, 1));
    }

    public int Pieces { get; }

    /// <summary>Where a piece begins; of the piece behind the last one, where the row ends.</summary>
    public int First(int piece) => Math.Min((int)((long)_lines * piece / Pieces) * Floats, _count);

    /// <summary>The first place of a line, from there on.</summary>
    public static float* Aligned(float* room) => (float*)(((nint)room + Floats * sizeof(float) - 1) & -Floats * sizeof(float));
}
