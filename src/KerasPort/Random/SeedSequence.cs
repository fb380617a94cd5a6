using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace KerasPort.Random;

/// <summary>numpy's <c>SeedSequence</c>: mixes a seed's words into a pool of four and derives any number of words from it.</summary>
internal static class SeedSequence
{
    private const int Pool = 4;

    /// <summary>Words that differ each time.</summary>
    public static uint[] Entropy() => MemoryMarshal.Cast<byte, uint>(RandomNumberGenerator.GetBytes(Pool * sizeof(uint))).ToArray();

    /// <summary>Fills values with words derived from the seed, whose own words are given low ones first.</summary>
    public static void Fill(ReadOnlySpan<uint> seed, Span<ulong> values)
    {
        Span<uint> pool = stackalloc uint[Pool];
        uint hash = 0x43b0d7e5;
        for (int i = 0; i < Pool; i++) pool[i] = Hashed(i < seed.Length ? seed[i] : 0, ref hash, 0x931e8875);
        for (int from = 0; from < Pool; from++)
            for (int to = 0; to < Pool; to++)
                if (from != to) pool[to] = Mixed(pool[to], Hashed(pool[from], ref hash, 0x931e8875));
        for (int from = Pool; from < seed.Length; from++)
            for (int to = 0; to < Pool; to++) pool[to] = Mixed(pool[to], Hashed(seed[from], ref hash, 0x931e8875));

        hash = 0x8b51f9dd;
        for (int i = 0; i < values.Length; i++)
        {
            uint low = Hashed(pool[2 * i % Pool], ref hash, 0x58f38ded), high = Hashed(pool[(2 * i + 1) % Pool], ref hash, 0x58f38ded);
            values[i] = (ulong)high << 32 | low;
        }
    }

    private static uint Hashed(uint value, ref uint hash, uint by)
    {
        value ^= hash;
        hash *= by;
        value *= hash;
        return value ^ value >> 16;
    }

    private static uint Mixed(uint a, uint b)
    {
        uint mixed = 0xca01f9dd * a - 0x4973f715 * b;
        return mixed ^ mixed >> 16;
    }
}
