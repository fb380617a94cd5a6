namespace KerasPort;

/// <content>Selecting, sorting and counting elements.</content>
public sealed partial class NumpyModule
{
    /// <summary>The indices of the elements that aren't 0, one array for each axis, which serve as an index: <c>x[np.where(x &gt; 0)]</c>.</summary>
    /// <exception cref="ValueError">The array has no axis.</exception>
    public NDArray where(NDArray condition) => condition.nonzero();

    /// <summary>Elements of <paramref name="x"/> where the condition is true, else of <paramref name="y"/>.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray where(NDArray condition, NDArray x, NDArray y) => NDArray.Where(condition, x, y);

    /// <summary>Strings of <paramref name="x"/> where the condition is true, else of <paramref name="y"/>; a single string is broadcast.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public Strings where(NDArray condition, Strings x, Strings y)
    {
        var places = arange(x.Count + y.Count);
        NDArray Of(Strings texts, NDArray numbers) => numbers.reshape([.. texts.shape]);
        var chosen = NDArray.Where(condition, Of(x, places[..x.Count]), Of(y, places[x.Count..]));
        return Strings.Of([.. x.Values, .. y.Values], [x.Count + y.Count]).OfNumpy().At(chosen);
    }

    /// <inheritdoc cref="NDArray.nonzero"/>
    public NDArray nonzero(NDArray a) => a.nonzero();

    /// <summary>The row-major indices of the elements that aren't 0.</summary>
    public NDArray flatnonzero(NDArray a) => new(Array.ConvertAll(a.Where(), i => (long)i));

    /// <summary>The indices of the elements that aren't 0, one row for each.</summary>
    public NDArray argwhere(NDArray a) => stack([.. a.nonzero()], axis: 1);

    /// <summary>A copy sorted along an axis; without one, flattened and sorted.</summary>
    /// <param name="a">The array.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="kind">numpy's name of an algorithm, such as "stable"; every sort here is stable.</param>
    /// <exception cref="ValueError">There is no such axis or kind.</exception>
    public NDArray sort(NDArray a, int? axis = -1, string? kind = null) => axis is { } at ? a.Sorted(at, kind) : a.ravel().Sorted(0, kind);

    /// <inheritdoc cref="NDArray.argsort"/>
    public NDArray argsort(NDArray a, int? axis = -1, string? kind = null) => a.argsort(axis, kind);

    /// <summary>The strings sorted by their characters' codes.</summary>
    /// <exception cref="ValueError">They aren't a vector.</exception>
    public Strings sort(Strings a) => a[argsort(a)];

    /// <summary>The indices that would sort strings by their characters' codes; those of equal ones stay in order.</summary>
    /// <exception cref="ValueError">They aren't a vector.</exception>
    public NDArray argsort(Strings a) => a.shape.Length == 1
        ? (long[])[.. a.Values.Index().OrderBy(one => one.Item, StringComparer.Ordinal).Select(one => (long)one.Index)]
        : throw new ValueError($"Strings are sorted in a vector. Received: shape={a.shape}");

    /// <summary>The distinct strings, sorted.</summary>
    public Strings unique(Strings ar) => unique(ar, return_index: false).Values;

    /// <summary>Likewise with further results, to be deconstructed: <c>var (names, counts) = np.unique(x, return_counts: true)</c>.</summary>
    /// <param name="ar">The strings.</param>
    /// <param name="return_index">Whether to return the index of the first of each, too.</param>
    /// <param name="return_inverse">Whether to return, for each string, its index among the distinct ones, too.</param>
    /// <param name="return_counts">Whether to return the count of each, too.</param>
    public UniqueStrings unique(Strings ar, bool return_index = false, bool return_inverse = false, bool return_counts = false)
    {
        string[] values = [.. ar.Values.Distinct().Order(StringComparer.Ordinal)];
        var numbers = values.Index().ToDictionary(each => each.Item, each => each.Index);
        var found = unique(array(Array.ConvertAll(ar.Values, text => numbers[text])), true, true, true);
        NDArray[] more = [found[1], found[2].reshape([.. ar.shape]), found[3]];
        return new(array((Strings)values), [.. more.Where((_, i) => i switch { 0 => return_index, 1 => return_inverse, _ => return_counts })]);
    }

    /// <summary>The distinct elements, sorted.</summary>
    /// <param name="ar">The array.</param>
    /// <param name="return_index">Whether to return the index of the first of each, too.</param>
    /// <param name="return_inverse">Whether to return, for each element, its index among the distinct ones, too.</param>
    /// <param name="return_counts">
    /// Whether to return the count of each, too. With any of these flags the result is deconstructed: <c>var (values, counts) = …</c>.
    /// </param>
    public NDArray unique(NDArray ar, bool return_index = false, bool return_inverse = false, bool return_counts = false)
    {
        var all = ar.ravel();
        if (all.Counted() is { } counted) return Unique(all, counted.Least, counted.Counts, return_index, return_inverse, return_counts);
        // Indices are computed only where they are asked for.
        int[] order = return_index || return_inverse ? all.argsort(-1).ToInts() : [];
        var sorted = order.Length > 0 ? all[order] : all.Sorted(0);
        int[] starts = sorted.Runs();
        var values = sorted[starts];
        List<NDArray> results = [values];
        if (return_index) results.Add(new NDArray(Array.ConvertAll(starts, i => (long)order[i])));
        if (return_inverse)
        {
            var inverse = new long[order.Length];
            for (int i = 0, which = -1; i < order.Length; i++)
            {
                if (which + 1 < starts.Length && starts[which + 1] == i) which++;
                inverse[order[i]] = which;
            }
            results.Add(new NDArray(inverse));
        }
        if (return_counts) results.Add(new NDArray([.. starts.Select((start, i) => (long)((i + 1 < starts.Length ? starts[i + 1] : all.size) - start))]));
        return results is [var only] ? only : NDArray.Tuple([.. results]);
    }

    // The distinct elements of integers that were counted.
    private static NDArray Unique(NDArray all, long least, int[] counts, bool index, bool inverse, bool asCounts)
    {
        int[] found = [.. Enumerable.Range(0, counts.Length).Where(i => counts[i] > 0)];
        List<NDArray> results = [Typed(new NDArray(Array.ConvertAll(found, i => least + i)), all.dtype)];
        var (firsts, ranks) = (new long[counts.Length], new long[counts.Length]);
        if (index)
        {
            long[] numbers = all.ToLongs();
            for (int i = numbers.Length - 1; i >= 0; i--) firsts[numbers[i] - least] = i;
            results.Add(new NDArray(Array.ConvertAll(found, i => firsts[i])));
        }
        if (inverse)
        {
            for (int i = 0; i < found.Length; i++) ranks[found[i]] = i;
            results.Add(new NDArray(Array.ConvertAll(all.ToLongs(), number => ranks[number - least])));
        }
        if (asCounts) results.Add(new NDArray(Array.ConvertAll(found, i => (long)counts[i])));
        return results is [var only] ? only : NDArray.Tuple([.. results]);
    }

    /// <summary>The index at which each value would be inserted into a sorted vector: before equal elements, or after them.</summary>
    /// <exception cref="ValueError">The array isn't a vector, or the side is neither "left" nor "right".</exception>
    public NDArray searchsorted(NDArray a, NDArray v, string side = "left")
    {
        if (a.ndim != 1) throw new ValueError($"object too deep for desired array: a vector is searched. Received: a of shape {a.shape}");
        if (side is not ("left" or "right")) throw new ValueError($"search side must be 'left' or 'right' (got '{side}')");
        double[] sorted = a.ToDoubles();
        bool isRight = side == "right";
        return new NDArray(Array.ConvertAll(v.ToDoubles(), value => (long)Place(sorted, value, isRight)), v.shape);
    }

    /// <summary>The bin of each value: the number of edges at or below it, or below it with <paramref name="right"/>.</summary>
    /// <exception cref="ValueError">The edges neither ascend nor descend.</exception>
    public NDArray digitize(NDArray x, NDArray bins, bool right = false)
    {
        double[] edges = bins.ToDoubles();
        bool rises = edges.Zip(edges.Skip(1)).All(pair => pair.First <= pair.Second), falls = edges.Zip(edges.Skip(1)).All(pair => pair.First >= pair.Second);
        if (!rises && !falls) throw new ValueError("bins must be monotonically increasing or decreasing");
        double[] sorted = rises ? edges : [.. edges.Reverse()];
        return new NDArray(Array.ConvertAll(x.ToDoubles(), value =>
        {
            int place = Place(sorted, value, isRight: !right);
            return (long)(rises ? place : edges.Length - place);
        }), x.shape);
    }

    private static int Place(double[] sorted, double value, bool isRight)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            bool isBefore = isRight ? sorted[middle] <= value || double.IsNaN(value)
                : sorted[middle] < value || double.IsNaN(value) && !double.IsNaN(sorted[middle]);
            if (isBefore) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>The count of each integer from 0 on, or the sum of its weights.</summary>
    /// <exception cref="ValueError">The array isn't a vector of non-negative integers, or the number of weights isn't theirs.</exception>
    public NDArray bincount(NDArray x, NDArray? weights = null, int minlength = 0)
    {
        if (x.ndim != 1) throw new ValueError($"object too deep for desired array: a vector is counted. Received: x of shape {x.shape}");
        if (x.size > 0 && IsInexact(x))
            throw new ValueError($"Cannot cast array data from {x.dtype} to int64 according to the rule 'safe': whole numbers are counted");
        int[] numbers = x.ToInts();
        if (numbers.Any(n => n < 0)) throw new ValueError("'list' argument must have no negative elements");
        int length = Math.Max(minlength, numbers.Length == 0 ? 0 : numbers.Max() + 1);
        if (weights is null)
        {
            var counts = new long[length];
            foreach (int n in numbers) counts[n]++;
            return new NDArray(counts);
        }
        double[] each = weights.ToDoubles();
        if (each.Length != numbers.Length) throw new ValueError("The weights and list don't have the same length.");
        var sums = new double[length];
        for (int i = 0; i < each.Length; i++) sums[numbers[i]] += each[i];
        return new NDArray(sums);
    }

    /// <summary>The counts of elements in bins of equal width from the smallest to the largest, and the bins' edges.</summary>
    /// <param name="a">The array.</param>
    /// <param name="bins">The number of bins.</param>
    /// <param name="range">The range of the bins, instead of the smallest to the largest.</param>
    /// <param name="density">Whether the counts are divided by their sum and the bins' widths, so that the integral is 1.</param>
    /// <exception cref="ValueError">There is no bin, or the range is invalid.</exception>
    public (NDArray hist, NDArray bin_edges) histogram(NDArray a, int bins = 10, (double, double)? range = null, bool density = false)
    {
        if (bins < 1) throw new ValueError($"`bins` must be positive, when an integer. Received: bins={bins}");
        var (low, high) = range ?? (a.size == 0 ? (0, 1) : (a.min().item(), a.max().item()));
        if (low > high) throw new ValueError("max must be larger than min in range parameter.");
        if (!double.IsFinite(low) || !double.IsFinite(high)) throw new ValueError($"autodetected range of [{low}, {high}] is not finite");
        if (low == high) (low, high) = (low - 0.5, high + 0.5);
        var edges = linspace(low, high, bins + 1, dtype: IsInexact(a) ? a.dtype : DType.float64);
        double[] ends = edges.ToDoubles();
        var counts = new long[bins];
        foreach (double v in a.ToDoubles())
        {
            if (!(v >= low && v <= high)) continue;
            int bin = Math.Min((int)((v - low) / (high - low) * bins), bins - 1);
            // Rounding may move the quotient across an edge.
            if (v < ends[bin]) bin--;
            else if (bin < bins - 1 && v >= ends[bin + 1]) bin++;
            counts[bin]++;
        }
        return (Densities(new NDArray(counts), edges, density), edges);
    }

    /// <summary>The counts of elements in the bins between these edges (the last bin includes its end), and the edges.</summary>
    /// <exception cref="ValueError">The edges don't ascend.</exception>
    public (NDArray hist, NDArray bin_edges) histogram(NDArray a, NDArray bins, bool density = false)
    {
        double[] edges = bins.ToDoubles(), sorted = [.. a.ToDoubles().Order()];
        if (bins.ndim != 1 || edges.Zip(edges.Skip(1)).Any(pair => !(pair.First <= pair.Second)))
            throw new ValueError("`bins` must increase monotonically, when an array");
        long[] reached = [.. edges.Select((edge, i) => (long)Place(sorted, edge, isRight: i == edges.Length - 1))];
        return (Densities(new NDArray([.. reached.Zip(reached.Skip(1), (from, to) => to - from)]), bins, density), bins);
    }

    /// <summary>The edges of bins of equal width from the smallest to the largest element.</summary>
    /// <inheritdoc cref="histogram(NDArray, int, ValueTuple{double, double}?, bool)"/>
    public NDArray histogram_bin_edges(NDArray a, int bins = 10, (double, double)? range = null) => histogram(a, bins, range).bin_edges;

    /// <summary>The counts of points in the cells of a grid, and the cells' edges along both axes.</summary>
    /// <param name="x">The points' coordinates along the first axis.</param>
    /// <param name="y">Their coordinates along the second.</param>
    /// <param name="bins">The number of cells along each axis.</param>
    /// <param name="range">The ranges of the cells along both axes, instead of the smallest to the largest.</param>
    /// <param name="density">Whether the counts are divided by their sum and the cells' areas.</param>
    /// <param name="weights">The weight of each point; 1 by default.</param>
    /// <exception cref="ValueError">The numbers of coordinates differ.</exception>
    public (NDArray H, NDArray xedges, NDArray yedges) histogram2d(NDArray x, NDArray y, int bins = 10, ((double, double), (double, double))? range = null,
        bool density = false, NDArray? weights = null) => histogram2d(x, y, (bins, bins), range, density, weights);

    /// <inheritdoc cref="histogram2d(NDArray, NDArray, int, ValueTuple{ValueTuple{double, double}, ValueTuple{double, double}}?, bool, NDArray?)"/>
    public (NDArray H, NDArray xedges, NDArray yedges) histogram2d(NDArray x, NDArray y, (int, int) bins, ((double, double), (double, double))? range = null,
        bool density = false, NDArray? weights = null) => histogram2d(x, y,
            histogram_bin_edges(x.astype(float64), bins.Item1, range?.Item1), histogram_bin_edges(y.astype(float64), bins.Item2, range?.Item2), density,
                weights);

    /// <summary>Likewise for cells between given edges.</summary>
    /// <exception cref="ValueError">The numbers of coordinates differ.</exception>
    public (NDArray H, NDArray xedges, NDArray yedges) histogram2d(NDArray x, NDArray y, NDArray xedges, NDArray yedges, bool density = false,
        NDArray? weights = null)
    {
        if (x.size != y.size) throw new ValueError("x and y must have the same length.");
        double[] right = xedges.ToDoubles(), up = yedges.ToDoubles(), each = weights?.ToDoubles() ?? [.. Enumerable.Repeat(1.0, x.size)];
        var counts = new double[right.Length - 1, up.Length - 1];
        foreach (var ((a, b), weight) in x.ToDoubles().Zip(y.ToDoubles()).Zip(each))
            if (Field(right, a) is var i and >= 0 && Field(up, b) is var j and >= 0) counts[i, j] += weight;
        NDArray all = counts;
        if (density) all = all / diff(xedges).reshape(-1, 1) / diff(yedges) / all.sum();
        return (all, xedges, yedges);

        static int Field(double[] edges, double value) => !(value >= edges[0] && value <= edges[^1]) ? -1
            : Math.Min(Place(edges, value, isRight: true) - 1, edges.Length - 2);
    }

    private NDArray Densities(NDArray counts, NDArray edges, bool density) => density ? counts / diff(edges).astype(float64) / counts.sum() : counts;

    /// <summary>Where elements occur in another array.</summary>
    public NDArray isin(NDArray element, NDArray test_elements)
    {
        var among = test_elements.ToDoubles().Where(v => !double.IsNaN(v)).ToHashSet();
        return new NDArray(Array.ConvertAll(element.ToDoubles(), among.Contains), element.shape);
    }
}
