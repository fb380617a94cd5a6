namespace KerasPort;

/// <content>Arrays as sets, and sorting by several keys.</content>
public sealed partial class NumpyModule
{
    /// <summary>The distinct entries of an array along an axis, sorted by their elements in order.</summary>
    /// <param name="ar">The array.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="return_index">Whether to return the index of the first of each, too.</param>
    /// <param name="return_inverse">Whether to return, for each entry, its index among the distinct ones, too.</param>
    /// <param name="return_counts">Whether to return the count of each, too.</param>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray unique(NDArray ar, int? axis, bool return_index = false, bool return_inverse = false, bool return_counts = false)
    {
        if (axis is not { } along) return unique(ar, return_index, return_inverse, return_counts);
        int at = ar.At(along), count = ar.shape[at];
        double[][] rows = [.. Enumerable.Range(0, count).Select(i => ar.Along(at, [i]).ToDoubles())];
        int[] order = [.. Enumerable.Range(0, count)];
        Array.Sort(order, (a, b) => Compared(rows[a], rows[b]) is var c and not 0 ? c : a - b);
        int[] starts = [.. Enumerable.Range(0, count).Where(i => i == 0 || !rows[order[i]].AsSpan().SequenceEqual(rows[order[i - 1]]))];
        List<NDArray> results = [ar.Along(at, [.. starts.Select(i => order[i])])];
        if (return_index) results.Add(new NDArray([.. starts.Select(i => (long)order[i])]));
        if (return_inverse)
        {
            var inverse = new long[count];
            for (int i = 0, which = -1; i < count; i++)
            {
                if (which + 1 < starts.Length && starts[which + 1] == i) which++;
                inverse[order[i]] = which;
            }
            results.Add(new NDArray(inverse));
        }
        if (return_counts) results.Add(new NDArray([.. starts.Select((start, i) => (long)((i + 1 < starts.Length ? starts[i + 1] : count) - start))]));
        return results is [var only] ? only : NDArray.Tuple([.. results]);
    }

    // NaN sorts after all numbers.
    private static int Compared(double[] a, double[] b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] < b[i] || double.IsNaN(b[i]) && !double.IsNaN(a[i])) return -1;
            if (a[i] > b[i] || double.IsNaN(a[i]) && !double.IsNaN(b[i])) return 1;
        }
        return 0;
    }

    /// <summary>The distinct elements of the first array that aren't in the second, sorted.</summary>
    public NDArray setdiff1d(NDArray ar1, NDArray ar2)
    {
        var all = unique(ar1);
        return all[~isin(all, ar2)];
    }

    /// <summary>The distinct elements that are in both, sorted.</summary>
    public NDArray intersect1d(NDArray ar1, NDArray ar2)
    {
        NDArray all = unique(ar1), others = unique(ar2), both = concatenate([all, others]);
        return all[isin(all, others)].astype(both.dtype);
    }

    /// <summary>The distinct elements that are in at least one, sorted.</summary>
    public NDArray union1d(NDArray ar1, NDArray ar2) => unique(concatenate([ar1, ar2], axis: null));

    /// <summary>The distinct elements that are in exactly one, sorted.</summary>
    public NDArray setxor1d(NDArray ar1, NDArray ar2)
    {
        NDArray a = unique(ar1), b = unique(ar2);
        return union1d(a[~isin(a, b)], b[~isin(b, a)]);
    }

    /// <summary>Where elements occur in another array, as a vector.</summary>
    public NDArray in1d(NDArray ar1, NDArray ar2) => isin(ar1, ar2).ravel();

    /// <summary>A vector without its leading and trailing zeros.</summary>
    /// <param name="filt">The vector.</param>
    /// <param name="trim">"f" for leading zeros, "b" for trailing ones, "fb" for both.</param>
    public NDArray trim_zeros(NDArray filt, string trim = "fb")
    {
        int[] places = filt.Where();
        int first = places.Length == 0 ? filt.size : places[0], last = places.Length == 0 ? filt.size : places[^1] + 1;
        bool before = trim.Contains('f', StringComparison.OrdinalIgnoreCase), behind = trim.Contains('b', StringComparison.OrdinalIgnoreCase);
        return filt[new Slice(before ? first : 0, behind ? places.Length == 0 ? 0 : last : filt.size, 1)];
    }

    /// <summary>The indices that sort by the last key, then by the one before it, and so on.</summary>
    /// <exception cref="ValueError">There is no key, or they aren't vectors of the same length.</exception>
    public NDArray lexsort(ArraySequence keys)
    {
        if (keys.Count == 0 || keys.Any(key => key.ndim != 1 || key.size != keys[0].size))
            throw new ValueError(
                $"need sequence of keys with len > 0 in lexsort, vectors of one length. Received: {string.Join(", ", keys.Select(key => key.shape))}");
        var order = arange(keys[0].size);
        foreach (var key in keys) order = order[key[order].argsort()];
        return order;
    }

    /// <summary>
    /// A copy in which the element of sorted index <paramref name="kth"/> along an axis is at that index, with no larger ones before it. Here all are
    /// sorted.
    /// </summary>
    /// <exception cref="ValueError">There is no such axis or index.</exception>
    public NDArray partition(NDArray a, int kth, int axis = -1) => a.Sorted(Kth(a, kth, axis));

    /// <summary>The indices by which <see cref="partition"/> orders the elements.</summary>
    /// <exception cref="ValueError">There is no such axis or index.</exception>
    public NDArray argpartition(NDArray a, int kth, int axis = -1) => a.argsort(Kth(a, kth, axis));

    private static int Kth(NDArray a, int kth, int axis) => kth < a.shape[a.At(axis)] && kth >= -a.shape[a.At(axis)] ? a.At(axis)
        : throw new ValueError($"kth(={kth}) out of bounds ({a.shape[a.At(axis)]})");
}
