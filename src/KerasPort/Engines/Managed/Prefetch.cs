using System.Runtime.Intrinsics.X86;

namespace KerasPort.Engines.Managed;

/// <summary>A run of floats that are needed soon. They are fetched into the second-level cache while something else is summed.</summary>
internal readonly unsafe struct Prefetch(float* first, float* end)
{
    /// <summary>Gives the tiles of some work one of the parts to fetch.</summary>
    public void Share(ref TileWork work, int part, int parts)
    {
        long lines = ((end - first) / CacheLines.Floats + parts - 1) / parts;
        work.Soon = first + lines * CacheLines.Floats * part;
        work.LinesOfTile = (int)((lines + work.Tiles - 1) / work.Tiles);
    }

    /// <summary>Starts fetching lines and doesn't wait for them. An invalid address does no harm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(float* from, int lines)
    {
        if (Sse.IsSupported) for (int line = 0; line < lines; line++) Sse.Prefetch1(from + line * CacheLines.Floats);
    }
}
