using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace KerasPort.Engines.Managed;

/// <summary>Floats in a row that are needed soon, and are fetched into the second cache while something else is summed.</summary>
internal readonly unsafe struct Prefetch(float* first, float* end)
{
    /// <summary>Has the tiles of some work fetch one of so many parts.</summary>
    public void Share(ref TileWork work, int part, int parts)
    {
        long lines = ((end - first) / CacheLines.Floats + parts - 1) / parts;
        work.Soon = first + lines * CacheLines.Floats * part;
        work.LinesOfTile = (int)((lines + work.Tiles - 1) / work.Tiles);
    }

    /// <summary>Has lines fetched, without waiting for them. An address where nothing lies does no harm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(float* from, int lines)
    {
        if (Sse.IsSupported) for (int line = 0; line < lines; line++) Sse.Prefetch1(from + line * CacheLines.Floats);
    }
}
