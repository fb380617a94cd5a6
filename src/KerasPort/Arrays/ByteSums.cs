using System.Numerics;
using System.Runtime.InteropServices;

namespace KerasPort;

/// <summary>Sums of bytes, and of the values that a table of 256 gives for bytes.</summary>
internal static class ByteSums
{
    // 257 bytes of 255 are the most whose sum fits into 16 bits.
    private const int Most = 257;

    /// <summary>The sum of all bytes.</summary>
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

    /// <summary>Adds rows of bytes to the sums of their columns; blocks of rows are summed in 16 bits first.</summary>
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
    /// Adds the table's values of bytes to the sums of their columns. Large inputs are parted by columns between threads, so that the order of each sum stays.
    /// </summary>
    public static void Add<T>(byte[] bytes, int offset, int rows, T[] table, T[] sums, int at, int width) where T : unmanaged, INumber<T>
    {
        const int lanes = 32;
        const long worthThreads = 1 << 20;
        double low = 0;
        bool isProduct = table is double[] values && TryProduct(values, out low);
        int parts = (long)rows * width >= worthThreads ? Environment.ProcessorCount : 1, each = ((width + parts - 1) / parts + lanes - 1) / lanes * lanes;
        if (parts == 1) Part(0);
        else Parallel.For(0, parts, Part);

        void Part(int part)
        {
            int first = part * each, count = Math.Min(each, width - first);
            if (count <= 0 || rows <= 0) return;
            var block = bytes.AsSpan(offset + first, (rows - 1) * width + count);
            int done = isProduct ? Add(block, width, ((double[])(object)table)[1], low, ((double[])(object)sums).AsSpan(at + first, count)) : 0;
            if (done < count) Add<T>(block[done..], width, table, sums.AsSpan(at + first + done, count - done));
        }
    }

    // Whether the table is byte · (high + low), exactly: bytes divided by a number are, with low as the rounding error of high = table[1].
    private static bool TryProduct(double[] table, out double low)
    {
        double high = table[1];
        low = Math.FusedMultiplyAdd(-255, high, table[255]) / 255;
        for (int b = 0; b < table.Length; b++) if (!Math.FusedMultiplyAdd(b, high, b * low).Equals(table[b])) return false;
        return true;
    }

    // Adds byte · (high + low) to the sums of those columns that fill whole vectors, and returns their number. A block's sums stay in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Add(ReadOnlySpan<byte> rows, int width, double high, double low, Span<double> sums)
    {
        const int block = 256;
        int rowCount = (rows.Length - sums.Length) / width + 1, column = 0;
        Vector<double> h = new(high), l = new(low);
        for (int first = 0; first < rowCount; first += block)
        {
            int end = Math.Min(first + block, rowCount);
            for (column = 0; column <= sums.Length - Vector<byte>.Count; column += Vector<byte>.Count) Columns(rows, sums, first, end);
        }
        return sums.Length / Vector<byte>.Count * Vector<byte>.Count;

        void Columns(ReadOnlySpan<byte> rows, Span<double> sums, int first, int end)
        {
            var s = MemoryMarshal.Cast<double, Vector<double>>(sums.Slice(column, Vector<byte>.Count));
            var (s0, s1, s2, s3, s4, s5, s6, s7) = (s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
            for (int row = first; row < end; row++)
            {
                Vector.Widen(new Vector<byte>(rows.Slice(row * width + column, Vector<byte>.Count)), out var low16, out var high16);
                Vector.Widen(low16, out var a, out var b);
                Vector.Widen(high16, out var c, out var d);
                Vector.Widen(a, out var a0, out var a1);
                Vector.Widen(b, out var b0, out var b1);
                Vector.Widen(c, out var c0, out var c1);
                Vector.Widen(d, out var d0, out var d1);
                s0 += Value(a0);
                s1 += Value(a1);
                s2 += Value(b0);
                s3 += Value(b1);
                s4 += Value(c0);
                s5 += Value(c1);
                s6 += Value(d0);
                s7 += Value(d1);
            }
            (s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]) = (s0, s1, s2, s3, s4, s5, s6, s7);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector<double> Value(Vector<ulong> bytes)
        {
            var x = Vector.ConvertToDouble(bytes.As<ulong, long>());
            return Vector.FusedMultiplyAdd(x, h, x * l);
        }
    }

    // The sums of eight columns stay in registers for a block of rows.
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
