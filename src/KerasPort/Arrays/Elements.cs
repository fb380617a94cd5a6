using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KerasPort;

/// <summary>
/// Moves elements of any type as words of 1, 2, 4 or 8 bytes. The loops are optimized from their first call on (no tiered compilation), because
/// a program prepares its data once.
/// </summary>
internal static class Elements
{
    private const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization;

    /// <summary>Gathers the rows of <paramref name="width"/> elements at these places.</summary>
    public static Array Rows(Array from, int offset, int[] places, int width)
    {
        var to = NewElements.Like(from, checked(places.Length * width));
        switch (Size(from))
        {
            case 1: Rows(Words<byte>(from)[offset..], places, width, Words<byte>(to)); break;
            case 2: Rows(Words<ushort>(from)[offset..], places, width, Words<ushort>(to)); break;
            case 4: Rows(Words<uint>(from)[offset..], places, width, Words<uint>(to)); break;
            default: Rows(Words<ulong>(from)[offset..], places, width, Words<ulong>(to)); break;
        }
        return to;
    }

    /// <summary>Scatters rows of <paramref name="width"/> elements to these places.</summary>
    public static void SetRows(Array from, int at, int[] places, int width, Array to, int offset)
    {
        switch (Size(from))
        {
            case 1: SetRows(Words<byte>(from)[at..], places, width, Words<byte>(to)[offset..]); break;
            case 2: SetRows(Words<ushort>(from)[at..], places, width, Words<ushort>(to)[offset..]); break;
            case 4: SetRows(Words<uint>(from)[at..], places, width, Words<uint>(to)[offset..]); break;
            default: SetRows(Words<ulong>(from)[at..], places, width, Words<ulong>(to)[offset..]); break;
        }
    }

    /// <summary>Copies <paramref name="runs"/> adjacent runs of <paramref name="run"/> elements to places <paramref name="apart"/> elements apart.</summary>
    public static void Spread(Array from, int at, int run, int runs, Array to, int place, int apart)
    {
        switch (Size(from))
        {
            case 1: Spread(Words<byte>(from)[at..], run, runs, Words<byte>(to)[place..], apart); break;
            case 2: Spread(Words<ushort>(from)[at..], run, runs, Words<ushort>(to)[place..], apart); break;
            case 4: Spread(Words<uint>(from)[at..], run, runs, Words<uint>(to)[place..], apart); break;
            default: Spread(Words<ulong>(from)[at..], run, runs, Words<ulong>(to)[place..], apart); break;
        }
    }

    /// <summary>Writes one element <paramref name="count"/> times.</summary>
    public static void Fill(Array from, int at, Array to, int offset, int count)
    {
        switch (Size(from))
        {
            case 1: Words<byte>(to).Slice(offset, count).Fill(Words<byte>(from)[at]); break;
            case 2: Words<ushort>(to).Slice(offset, count).Fill(Words<ushort>(from)[at]); break;
            case 4: Words<uint>(to).Slice(offset, count).Fill(Words<uint>(from)[at]); break;
            default: Words<ulong>(to).Slice(offset, count).Fill(Words<ulong>(from)[at]); break;
        }
    }

    /// <summary>Elements of x where the flags are set, else of y; a step of 0 repeats a single one.</summary>
    public static void Choose(ReadOnlySpan<bool> flags, Array x, int atX, int stepX, Array y, int atY, int stepY, Array to)
    {
        switch (Size(x))
        {
            case 1: Choose(flags, Words<byte>(x)[atX..], stepX, Words<byte>(y)[atY..], stepY, Words<byte>(to)); break;
            case 2: Choose(flags, Words<ushort>(x)[atX..], stepX, Words<ushort>(y)[atY..], stepY, Words<ushort>(to)); break;
            case 4: Choose(flags, Words<uint>(x)[atX..], stepX, Words<uint>(y)[atY..], stepY, Words<uint>(to)); break;
            default: Choose(flags, Words<ulong>(x)[atX..], stepX, Words<ulong>(y)[atY..], stepY, Words<ulong>(to)); break;
        }
    }

    /// <summary>Copies strided elements to row-major order, or the other way round.</summary>
    public static void Copy(Array strided, int offset, int[] lengths, int[] strides, Array packed, int at, bool into)
    {
        switch (Size(strided))
        {
            case 1: new Strided<byte>(lengths, strides).Copy(Words<byte>(strided), offset, Words<byte>(packed)[at..], into); break;
            case 2: new Strided<ushort>(lengths, strides).Copy(Words<ushort>(strided), offset, Words<ushort>(packed)[at..], into); break;
            case 4: new Strided<uint>(lengths, strides).Copy(Words<uint>(strided), offset, Words<uint>(packed)[at..], into); break;
            default: new Strided<ulong>(lengths, strides).Copy(Words<ulong>(strided), offset, Words<ulong>(packed)[at..], into); break;
        }
    }

    /// <summary>The indices of the flags that are set.</summary>
    [MethodImpl(Hot)]
    public static int[] Where(ReadOnlySpan<bool> flags)
    {
        var places = new int[flags.Count(true)];
        var bytes = MemoryMarshal.AsBytes(flags);
        int count = 0, i = 0;
        for (; i <= bytes.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            uint set = ~Vector256.Equals(Vector256.Create(bytes.Slice(i, Vector256<byte>.Count)), Vector256<byte>.Zero).ExtractMostSignificantBits();
            for (; set != 0; set &= set - 1) places[count++] = i + BitOperations.TrailingZeroCount(set);
        }
        for (; i < bytes.Length; i++) if (bytes[i] != 0) places[count++] = i;
        return places;
    }

    /// <summary>The bytes of an element.</summary>
    public static int Size(Array elements) => DType.Of(elements).itemsize;

    private static Span<T> Words<T>(Array elements) where T : unmanaged =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(elements)), elements.Length);

    [MethodImpl(Hot)]
    private static void Rows<T>(ReadOnlySpan<T> from, int[] places, int width, Span<T> to) where T : unmanaged
    {
        int bytes = width * Unsafe.SizeOf<T>();
        if (width == 1) for (int i = 0; i < places.Length; i++) to[i] = from[places[i]];
        else if (bytes >= Vector128<byte>.Count && bytes <= 8 * Vector128<byte>.Count)
            ShortRows(MemoryMarshal.AsBytes(from), places, bytes, MemoryMarshal.AsBytes(to));
        else for (int i = 0; i < places.Length; i++) from.Slice(places[i] * width, width).CopyTo(to.Slice(i * width, width));
    }

    // A row is a few vectors, the last of which may overlap the one before it.
    [MethodImpl(Hot)]
    private static void ShortRows(ReadOnlySpan<byte> from, int[] places, int width, Span<byte> to)
    {
        int last = width - Vector128<byte>.Count;
        for (int i = 0; i < places.Length; i++)
        {
            var row = from.Slice(places[i] * width, width);
            ref byte source = ref MemoryMarshal.GetReference(row), target = ref MemoryMarshal.GetReference(to.Slice(i * width, width));
            for (int at = 0; at < last; at += Vector128<byte>.Count) Vector128.LoadUnsafe(ref source, (nuint)at).StoreUnsafe(ref target, (nuint)at);
            Vector128.LoadUnsafe(ref source, (nuint)last).StoreUnsafe(ref target, (nuint)last);
        }
    }

    [MethodImpl(Hot)]
    private static void SetRows<T>(ReadOnlySpan<T> from, int[] places, int width, Span<T> to)
    {
        if (width == 1) for (int i = 0; i < places.Length; i++) to[places[i]] = from[i];
        else for (int i = 0; i < places.Length; i++) from.Slice(i * width, width).CopyTo(to.Slice(places[i] * width, width));
    }

    [MethodImpl(Hot)]
    private static void Spread<T>(ReadOnlySpan<T> from, int run, int runs, Span<T> to, int apart)
    {
        if (run == 1) for (int i = 0, place = 0; i < runs; i++, place += apart) to[place] = from[i];
        else for (int i = 0; i < runs; i++) from.Slice(i * run, run).CopyTo(to.Slice(i * apart, run));
    }

    [MethodImpl(Hot)]
    private static void Choose<T>(ReadOnlySpan<bool> flags, ReadOnlySpan<T> x, int stepX, ReadOnlySpan<T> y, int stepY, Span<T> to)
    {
        for (int i = 0; i < flags.Length; i++)
        {
            T a = x[i * stepX], b = y[i * stepY];
            to[i] = flags[i] ? a : b;
        }
    }
}
