using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KerasPort;

/// <summary>Sums of bytes, and of what a table says that bytes stand for.</summary>
internal static class ByteSums
{
    // So many bytes of 255 fit into 16 bits.
    private const int Most = 257;

    /// <summary>The sum of all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Of(ReadOnlySpan<byte> bytes)
    {
        var vectors = MemoryMarshal.Cast<byte, Vector<byte>>(bytes);
        long sum = 0;
        for (int at = 0; at < vectors.Length;)
        {
            var narrow = Vector<ushort>.Zero;
            for (int end = Math.Min(at + Most / 2, vectors.Length); at < end; at++)
            {
                Vector.Widen(vectors[at], out var low, out var high);
                narrow += low + high;
            }
            Vector.Widen(narrow, out var first, out var second);
            sum += Vector.Sum(first + second);
        }
        foreach (byte left in bytes[(vectors.Length * Vector<byte>.Count)..]) sum += left;
        return sum;
    }

    /// <summary>Adds rows of bytes to their sums: blocks of them in 16 bits first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<byte> rows, Span<long> sums)
    {
        var narrow = new ushort[sums.Length];
        for (int at = 0; at < rows.Length;)
        {
            for (int end = (int)Math.Min((long)at + Most * (long)sums.Length, rows.Length); at < end; at += sums.Length)
                Add(rows.Slice(at, sums.Length), narrow);
            for (int i = 0; i < narrow.Length; i++) sums[i] += narrow[i];
            Array.Clear(narrow);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(ReadOnlySpan<byte> row, Span<ushort> sums)
    {
        var vectors = MemoryMarshal.Cast<byte, Vector<byte>>(row);
        var to = MemoryMarshal.Cast<ushort, Vector<ushort>>(sums)[..(2 * vectors.Length)];
        for (int i = 0; i < vectors.Length; i++)
        {
            Vector.Widen(vectors[i], out var low, out var high);
            to[2 * i] += low;
            to[2 * i + 1] += high;
        }
        for (int i = vectors.Length * Vector<byte>.Count; i < row.Length; i++) sums[i] += row[i];
    }

    /// <summary>
    /// Adds what the bytes of rows stand for to their sums, row after row; of many, threads have some columns each. Each sum is of one order.
    /// </summary>
    public static void Add<T>(byte[] bytes, int offset, int rows, T[] table, T[] sums, int at, int width) where T : unmanaged, INumber<T>
    {
        const int lanes = 8;
        const long worthThreads = 1 << 20;
        int parts = (long)rows * width >= worthThreads ? Environment.ProcessorCount : 1, each = ((width + parts - 1) / parts + lanes - 1) / lanes * lanes;
        if (parts == 1) Part(0);
        else Parallel.For(0, parts, Part);

        void Part(int part)
        {
            int first = part * each, count = Math.Min(each, width - first);
            if (count > 0 && rows > 0) Add<T>(bytes.AsSpan(offset + first, (rows - 1) * width + count), width, table, sums.AsSpan(at + first, count));
        }
    }

    // The sums of eight columns stay in registers for some rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<T>(ReadOnlySpan<byte> rows, int width, T[] table, Span<T> sums) where T : unmanaged, INumber<T>
    {
        const int block = 256;
        int count = (rows.Length - sums.Length) / width + 1;
        ref byte bytes = ref MemoryMarshal.GetReference(rows);
        ref T values = ref MemoryMarshal.GetReference(table.AsSpan(0, 256));
        for (int first = 0; first < count; first += block)
        {
            int end = Math.Min(first + block, count), column = 0;
            for (; column <= sums.Length - 8; column += 8)
            {
                var s = sums.Slice(column, 8);
                var (a, b, c, d, e, f, g, h) = (s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
                for (int row = first; row < end; row++)
                {
                    ulong eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, (nint)row * width + column));
                    a += Unsafe.Add(ref values, (nint)(byte)eight);
                    b += Unsafe.Add(ref values, (nint)(byte)(eight >> 8));
                    c += Unsafe.Add(ref values, (nint)(byte)(eight >> 16));
                    d += Unsafe.Add(ref values, (nint)(byte)(eight >> 24));
                    e += Unsafe.Add(ref values, (nint)(byte)(eight >> 32));
                    f += Unsafe.Add(ref values, (nint)(byte)(eight >> 40));
                    g += Unsafe.Add(ref values, (nint)(byte)(eight >> 48));
                    h += Unsafe.Add(ref values, (nint)(eight >> 56));
                }
                (s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]) = (a, b, c, d, e, f, g, h);
            }
            for (; column < sums.Length; column++)
                for (int row = first; row < end; row++) sums[column] += table[rows[row * width + column]];
        }
    }
}
