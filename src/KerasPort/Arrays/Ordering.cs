using System.Numerics;

namespace KerasPort;

/// <summary>
/// Radix sort of numbers by integer keys of the same order, in stable passes over digits of 11 bits. Three passes over the top 33 bits put all but a few
/// in order; insertion sort moves these, or, where they are many, passes over all bits do.
/// </summary>
internal static class Ordering
{
    private const int Bits = 11, Digits = 1 << Bits, Top = 3 * Bits;
    private const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization;

    /// <summary>The count of numbers from which on it is faster than .NET's sort.</summary>
    public const int Fewest = 256;

    /// <summary>The numbers in order, NaN last.</summary>
    public static void Sort<T>(Span<T> numbers) where T : unmanaged
    {
        var keys = Keys<T>(numbers, isOrder: false);
        Pass<byte>(ref keys, []);
        Back(keys, numbers);
    }

    /// <summary>Writes the indices that sort the numbers: stable, NaN last.</summary>
    public static void Sort<T>(ReadOnlySpan<T> numbers, Span<long> places) where T : unmanaged
    {
        var keys = Keys(numbers, isOrder: true);
        var order = new int[numbers.Length];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        order = Pass(ref keys, order);
        for (int i = 0; i < order.Length; i++) places[i] = order[i];
    }

    private static TItem[] Pass<TItem>(ref ulong[] keys, TItem[] items)
    {
        ulong differing = Differing(keys);
        if (differing == 0) return items;
        int top = 64 - BitOperations.LeadingZeroCount(differing), low = Math.Max(top - Top, BitOperations.TrailingZeroCount(differing));
        items = Passes(ref keys, items, differing, low);
        if ((differing & ((1UL << low) - 1)) == 0 || Inserted(keys, items)) return items;
        return Passes(ref keys, items, differing, BitOperations.TrailingZeroCount(differing));
    }

    [MethodImpl(Hot)]
    private static ulong Differing(ulong[] keys)
    {
        ulong differing = 0, first = keys[0];
        foreach (ulong key in keys) differing |= key ^ first;
        return differing;
    }

    private static TItem[] Passes<TItem>(ref ulong[] keys, TItem[] items, ulong differing, int low)
    {
        var (otherKeys, otherItems) = (new ulong[keys.Length], new TItem[items.Length]);
        for (int shift = low; shift < 64; shift += Bits)
        {
            if ((differing >> shift & (Digits - 1)) == 0) continue;
            Pass(keys, items, otherKeys, otherItems, shift);
            (keys, otherKeys, items, otherItems) = (otherKeys, keys, otherItems, items);
        }
        return items;
    }

    [MethodImpl(Hot)]
    private static void Pass<TItem>(ulong[] keys, TItem[] items, ulong[] toKeys, TItem[] toItems, int shift)
    {
        var places = new int[Digits];
        foreach (ulong key in keys) places[(int)(key >> shift) & (Digits - 1)]++;
        int sum = 0;
        foreach (ref int place in places.AsSpan()) (place, sum) = (sum, sum + place);
        if (items.Length == 0)
        {
            foreach (ulong key in keys) toKeys[places[(int)(key >> shift) & (Digits - 1)]++] = key;
            return;
        }
        for (int i = 0; i < keys.Length; i++)
        {
            ulong key = keys[i];
            int place = places[(int)(key >> shift) & (Digits - 1)]++;
            toKeys[place] = key;
            toItems[place] = items[i];
        }
    }

    // Insertion sort that gives up after a moderate number of moves; whether it has put all in order.
    [MethodImpl(Hot)]
    private static bool Inserted<TItem>(ulong[] keys, TItem[] items)
    {
        long left = 4L * keys.Length;
        for (int i = 1; i < keys.Length; i++)
        {
            ulong key = keys[i];
            if (keys[i - 1] <= key) continue;
            var item = items.Length > 0 ? items[i] : default!;
            int j = i;
            for (; j > 0 && keys[j - 1] > key; j--)
            {
                keys[j] = keys[j - 1];
                if (items.Length > 0) items[j] = items[j - 1];
            }
            keys[j] = key;
            if (items.Length > 0) items[j] = item;
            if ((left -= i - j) < 0) return false;
        }
        return true;
    }

    // A float's key is its bits, all inverted if it is negative, else only the sign. In a stable order of indices 0 and -0 have one key.
    [MethodImpl(Hot)]
    private static ulong[] Keys<T>(ReadOnlySpan<T> numbers, bool isOrder) where T : unmanaged
    {
        const ulong sign = 1UL << 63;
        var keys = new ulong[numbers.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            T number = numbers[i];
            if (number is double d)
            {
                if (isOrder) d += 0.0;
                long bits = double.IsNaN(d) ? long.MaxValue : BitConverter.DoubleToInt64Bits(d);
                keys[i] = (ulong)(bits ^ (bits >> 63)) ^ (bits < 0 ? 0 : sign);
            }
            else if (number is float or Half)
            {
                float f = number is Half half ? (float)half : (float)(object)number;
                if (isOrder) f += 0.0f;
                int bits = float.IsNaN(f) ? int.MaxValue : BitConverter.SingleToInt32Bits(f);
                keys[i] = (ulong)((uint)(bits ^ (bits >> 31)) ^ (bits < 0 ? 0 : 1u << 31)) << 32;
            }
            else if (number is long l) keys[i] = (ulong)l ^ sign;
            else if (number is int n) keys[i] = (ulong)((uint)n ^ 1u << 31) << 32;
            else if (number is byte b) keys[i] = (ulong)b << 56;
            else if (number is ulong ul) keys[i] = ul;
            else if (number is uint un) keys[i] = (ulong)un << 32;
            else if (number is short h) keys[i] = (ulong)((ushort)h ^ 1u << 15) << 48;
            else if (number is ushort uh) keys[i] = (ulong)uh << 48;
            else if (number is sbyte sb) keys[i] = (ulong)((byte)sb ^ 1u << 7) << 56;
            else throw new NotSupportedException($"{typeof(T)} has no key.");
        }
        return keys;
    }

    [MethodImpl(Hot)]
    private static void Back<T>(ulong[] keys, Span<T> numbers) where T : unmanaged
    {
        const ulong sign = 1UL << 63;
        for (int i = 0; i < keys.Length; i++)
        {
            ulong key = keys[i], bits = (key & sign) != 0 ? key ^ sign : ~key;
            numbers[i] = typeof(T) == typeof(double) ? (T)(object)BitConverter.UInt64BitsToDouble(bits)
                : typeof(T) == typeof(float) ? (T)(object)BitConverter.UInt32BitsToSingle((uint)(bits >> 32))
                : typeof(T) == typeof(Half) ? (T)(object)(Half)BitConverter.UInt32BitsToSingle((uint)(bits >> 32))
                : typeof(T) == typeof(long) ? (T)(object)(long)(key ^ sign)
                : typeof(T) == typeof(int) ? (T)(object)(int)((uint)(key >> 32) ^ 1u << 31)
                : typeof(T) == typeof(byte) ? (T)(object)(byte)(key >> 56)
                : typeof(T) == typeof(ulong) ? (T)(object)key
                : typeof(T) == typeof(uint) ? (T)(object)(uint)(key >> 32)
                : typeof(T) == typeof(short) ? (T)(object)(short)((uint)(key >> 48) ^ 1u << 15)
                : typeof(T) == typeof(ushort) ? (T)(object)(ushort)(key >> 48)
                : (T)(object)(sbyte)((uint)(key >> 56) ^ 1u << 7);
        }
    }
}
