namespace KerasPort.Engines.Managed;

/// <summary>
/// A row of floats cut into pieces of whole cache lines, as equal as possible. Threads that write to their own pieces never write to the
/// same line, which would move between their cores with every row. The cut gives the same columns in every kernel. The first of some pieces are the
/// larger ones, since the thread that begins with them wakes the others.
/// </summary>
internal readonly unsafe struct CacheLines
{
    /// <summary>Floats in a cache line.</summary>
    public const int Floats = 16;

    private readonly int _count, _lines;

    public CacheLines(int count, int pieces)
    {
        (_count, _lines) = (count, (count + Floats - 1) / Floats);
        Pieces = Math.Clamp(pieces, 1, Math.Max(_lines, 1));
    }

    public int Pieces { get; }

    /// <summary>Where a piece begins. The piece behind the last one begins at the row's end.</summary>
    public int First(int piece) => Math.Min((int)(((long)_lines * piece + Pieces - 1) / Pieces) * Floats, _count);

    /// <summary>A number of floats rounded up to whole cache lines.</summary>
    public static long RoundUp(long floats) => (floats + Floats - 1) / Floats * Floats;

    /// <summary>The first beginning of a cache line at or behind an address.</summary>
    public static float* Aligned(float* room) => (float*)(((nint)room + Floats * sizeof(float) - 1) & -Floats * sizeof(float));
}
