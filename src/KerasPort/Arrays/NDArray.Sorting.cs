using System.Numerics;

namespace KerasPort;

/// <content>Sorting: stable, with NaN last, as in numpy.</content>
public sealed partial class NDArray
{
    /// <summary>Sorts along an axis, in place.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="kind">numpy's name of an algorithm, such as "stable"; every sort here is stable.</param>
    /// <exception cref="ValueError">There is no such axis or kind, or the array is a part of another that was copied.</exception>
    public void sort(int axis = -1, string? kind = null) => this[KerasPort.Slice.Ellipsis] = Sorted(axis, kind);

    /// <summary>The indices that would sort an axis; without one all elements in row-major order.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="kind">numpy's name of an algorithm, such as "stable"; every sort here is stable.</param>
    /// <exception cref="ValueError">There is no such axis or kind.</exception>
    public NDArray argsort(int? axis = -1, string? kind = null)
    {
        RequireKind(kind);
        var from = axis is null || ndim == 0 ? ravel() : this;
        return from.Lines(from.At(axis ?? 0), DType.int64, moved => moved.dtype.Run<OrdersOf, NDArray, Array>(moved));
    }

    private readonly struct OrdersOf : IOfNumbers<NDArray, Array>
    {
        public static Array Of<T>(NDArray moved) where T : unmanaged, INumber<T>, IMinMaxValue<T> => Orders<T>(moved);
    }

    /// <summary>The indices of the elements that aren't 0: one array for each axis.</summary>
    /// <exception cref="ValueError">The array has no axis.</exception>
    public NDArray nonzero()
    {
        if (ndim == 0) throw new ValueError("Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.");
        int[] places = Where();
        var strides = Strides(_shape);
        return Tuple([.. strides.Select((stride, axis) => new NDArray(Array.ConvertAll(places, p => (long)(p / stride % _shape[axis]))))]);
    }

    /// <summary>The row-major positions of the elements that aren't 0.</summary>
    internal int[] Where()
    {
        var (flags, at) = Packed(DType.@bool);
        return Elements.Where(((bool[])flags).AsSpan(at, size));
    }

    /// <summary>The start index of each run of equal values in a sorted vector; NaNs count as equal.</summary>
    internal int[] Runs() => dtype.Run<RunsOf, NDArray, int[]>(this);

    private readonly struct RunsOf : IOfNumbers<NDArray, int[]>
    {
        public static int[] Of<T>(NDArray a) where T : unmanaged, INumber<T>, IMinMaxValue<T> => Runs(a.Span<T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int[] Runs<T>(ReadOnlySpan<T> sorted) where T : INumber<T>
    {
        var begins = new bool[sorted.Length];
        for (int i = 0; i < begins.Length; i++) begins[i] = i == 0 || sorted[i] != sorted[i - 1] && !(T.IsNaN(sorted[i]) && T.IsNaN(sorted[i - 1]));
        return Elements.Where(begins);
    }

    /// <summary>A copy sorted along an axis.</summary>
    internal NDArray Sorted(int axis, string? kind = null)
    {
        RequireKind(kind);
        return Lines(At(axis), dtype, moved => moved.dtype.Run<SortsOf, NDArray, Array>(moved));
    }

    // numpy looks at the first letter: "quick" is "quicksort", and "mergesort" is "stable".
    private static void RequireKind(string? kind)
    {
        if (kind is not (null or ['q' or 'h' or 'm' or 's' or 'Q' or 'H' or 'M' or 'S', ..]))
            throw new ValueError($"sort kind must be one of 'quick', 'heap', or 'stable' (got {PythonText.Repr(kind)})");
    }

    private readonly struct SortsOf : IOfNumbers<NDArray, Array>
    {
        public static Array Of<T>(NDArray moved) where T : unmanaged, INumber<T>, IMinMaxValue<T> => Sorts<T>(moved);
    }

    // Applies a function to the lines along an axis, which is moved to the last place for it.
    private NDArray Lines(int axis, DType type, Func<NDArray, Array> of)
    {
        var moved = swapaxes(axis, -1);
        var done = of(moved);
        return Typed(new NDArray(done, moved._shape, 0), type).swapaxes(axis, -1).Packed();
    }

    // The array itself where it has the type.
    private static NDArray Typed(NDArray a, DType type) => a.dtype == type ? a : a.astype(type);

    // The array in row-major order: itself unless it is a strided view.
    private NDArray Packed() => _strides is null ? this : new NDArray(Fresh(), 0, _shape);

    private static T[] Sorts<T>(NDArray moved) where T : unmanaged, INumber<T>
    {
        var values = moved.Values<T>();
        int length = moved.ndim == 0 ? 1 : moved._shape[^1];
        for (int start = 0; start < values.Length; start += length)
        {
            var line = values.AsSpan(start, length);
            if (length >= Ordering.Fewest)
            {
                Ordering.Sort(line);
                continue;
            }
            line.Sort();
            Back(line, NaNs<T>(line));
        }
        return values;
    }

    private static long[] Orders<T>(NDArray moved) where T : unmanaged, INumber<T>
    {
        var values = moved.Values<T>();
        var order = new long[values.Length];
        int length = moved._shape[^1];
        for (int start = 0; start < values.Length; start += length)
        {
            Span<T> line = values.AsSpan(start, length);
            var places = order.AsSpan(start, length);
            if (length >= Ordering.Fewest)
            {
                Ordering.Sort<T>(line, places);
                continue;
            }
            for (int i = 0; i < length; i++) places[i] = i;
            line.Sort(places);
            int first = NaNs<T>(line);
            places[..first].Sort();
            for (int i = first; i < length;)
            {
                int end = i + 1;
                while (end < length && line[end] == line[i]) end++;
                if (end - i > 1) places[i..end].Sort();
                i = end;
            }
            Back(places, first);
        }
        return order;
    }

    // The number of NaNs at the front, where .NET's sort puts them.
    private static int NaNs<T>(ReadOnlySpan<T> sorted) where T : INumber<T>
    {
        int count = 0;
        while (count < sorted.Length && T.IsNaN(sorted[count])) count++;
        return count;
    }

    private static void Back<T>(Span<T> line, int first)
    {
        if (first == 0) return;
        var front = line[..first].ToArray();
        line[first..].CopyTo(line);
        front.CopyTo(line[(line.Length - first)..]);
    }
}
