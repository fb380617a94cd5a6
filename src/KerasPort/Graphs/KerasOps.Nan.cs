namespace KerasPort.Graphs;

/// <summary>Reductions that ignore NaN, and quantiles.</summary>
internal static partial class KerasOps
{
    private static readonly string[] s_methods = ["linear", "lower", "higher", "midpoint", "nearest"];

    public static Function Nanargmax(int? axis, bool keepdims) => new("Nanargmax", (g, t) =>
        PlaceOf(g, t[0], axis, keepdims, float.NegativeInfinity, x => g.ArgMax(x, axis, keepdims)), ("axis", axis), ("keepdims", keepdims))
    { Gives = Place };

    public static Function Nanargmin(int? axis, bool keepdims) => new("Nanargmin", (g, t) =>
        PlaceOf(g, t[0], axis, keepdims, float.PositiveInfinity, x => g.ArgMax(g.Scale(x, -1), axis, keepdims)), ("axis", axis), ("keepdims", keepdims))
    { Gives = Place };

    public static Function Nancumprod(int? axis) =>
        new("Nancumprod", (g, t) => Cumprod(axis).Nodes(g, [NanToNum(1, null, null).Nodes(g, t)]), ("axis", axis), ("dtype", null));

    public static Function Nancumsum(int? axis) =>
        new("Nancumsum", (g, t) => Cumsum(axis).Nodes(g, [NanToNum(0, null, null).Nodes(g, t)]), ("axis", axis), ("dtype", null)) { Gives = DTypes.Counted };

    public static Function Nanmax(Axes? axis, bool keepdims) => new("Nanmax", (g, t) =>
        KnownOnly(g, t[0], axis, keepdims, g.Max(Without(g, t[0], float.NegativeInfinity), axis, keepdims)), ("axis", axis), ("keepdims", keepdims));

    public static Function Nanmin(Axes? axis, bool keepdims) => new("Nanmin", (g, t) =>
        KnownOnly(g, t[0], axis, keepdims, g.Min(Without(g, t[0], float.PositiveInfinity), axis, keepdims)), ("axis", axis), ("keepdims", keepdims));

    public static Function Nanmean(Axes? axis, bool keepdims) =>
        new("Nanmean", (g, t) => MeanOfKnown(g, t[0], axis, keepdims), ("axis", axis), ("keepdims", keepdims)) { Gives = DTypes.Fraction };

    public static Function Nanmedian(Axes? axis, bool keepdims) => new("Nanmedian", Nanquantile((NDArray)0.5, axis, "linear", keepdims).Nodes,
        ("axis", axis), ("keepdims", keepdims))
    { Gives = DTypes.Fraction };

    public static Function Nanprod(Axes? axis, bool keepdims) => new("Nanprod", (g, t) =>
        Prod(axis, keepdims).Nodes(g, [Without(g, t[0], 1)]), ("axis", axis), ("keepdims", keepdims))
    { Gives = DTypes.Counted };

    public static Function Nanstd(Axes? axis, bool keepdims) =>
        new("Nanstd", (g, t) => g.Sqrt(VarianceOfKnown(g, t[0], axis, keepdims)), ("axis", axis), ("keepdims", keepdims)) { Gives = DTypes.Fraction };

    public static Function Nansum(Axes? axis, bool keepdims) =>
        new("Nansum", (g, t) => g.Sum(Without(g, t[0], 0), axis, keepdims), ("axis", axis), ("keepdims", keepdims)) { Gives = DTypes.Summed };

    public static Function Nanvar(Axes? axis, bool keepdims) =>
        new("Nanvar", (g, t) => VarianceOfKnown(g, t[0], axis, keepdims), ("axis", axis), ("keepdims", keepdims)) { Gives = DTypes.Fraction };

    /// <summary>The quantiles of the numbers along axes; those of several shares are stacked along a new first axis.</summary>
    /// <param name="shares">The shares, from 0 to 1.</param>
    /// <param name="axis">The axes; by default all.</param>
    /// <param name="method">The interpolation between two numbers.</param>
    /// <param name="keepdims">Whether the reduced axes stay, with length 1.</param>
    public static Function Quantile(NDArray shares, Axes? axis, string method, bool keepdims) => new("Quantile", (g, t) =>
        Shares(g, t[0], shares, axis, method, keepdims, passesOver: false), ("axis", axis), ("method", method), ("keepdims", keepdims))
    { Gives = DTypes.Fraction };

    /// <summary><see cref="Quantile"/> without NaN; NaN where all numbers are NaN.</summary>
    public static Function Nanquantile(NDArray shares, Axes? axis, string method, bool keepdims) => new("Nanquantile", (g, t) =>
        Shares(g, t[0], shares, axis, method, keepdims, passesOver: true), ("axis", axis), ("method", method), ("keepdims", keepdims))
    { Gives = DTypes.Fraction };

    private static Tensor Without(Graph g, Tensor x, float otherwise) => g.Where(IsNaN(g, x), g.Like(x, otherwise), x);

    /// <summary>y, but NaN where all numbers along the axes are NaN.</summary>
    private static Tensor KnownOnly(Graph g, Tensor x, Axes? axis, bool keepdims, Tensor y) =>
        g.Where(g.Min(IsNaN(g, x), axis, keepdims), g.Like(y, float.NaN), y);

    private static Tensor PlaceOf(Graph g, Tensor x, int? axis, bool keepdims, float otherwise, Func<Tensor, Tensor> of)
    {
        var place = of(Without(g, x, otherwise));
        return g.Where(g.Min(IsNaN(g, x), axis is { } at ? (Axes)at : null, keepdims), g.Like(place, -1), place);
    }

    private static Tensor MeanOfKnown(Graph g, Tensor x, Axes? axis, bool keepdims) =>
        g.Divide(g.Sum(Without(g, x, 0), axis, keepdims), g.Sum(Not(g, IsNaN(g, x)), axis, keepdims));

    private static Tensor VarianceOfKnown(Graph g, Tensor x, Axes? axis, bool keepdims)
    {
        var apart = Without(g, g.Subtract(x, MeanOfKnown(g, x, axis, keepdims: true)), 0);
        return g.Divide(g.Sum(g.Square(apart), axis, keepdims), g.Sum(Not(g, IsNaN(g, x)), axis, keepdims));
    }

    private static Tensor Shares(Graph g, Tensor x, NDArray shares, Axes? axis, string method, bool keepdims, bool passesOver)
    {
        if (!s_methods.Contains(method)) throw new ValueError($"`method` must be one of {string.Join(", ", s_methods)}. Received: method={method}");
        double[] all = shares.ToDoubles();
        if (shares.ndim > 1 || all.Any(share => share is not (>= 0 and <= 1)))
            throw new ValueError("shares `q` must be numbers from 0 to 1 (of percentiles, to 100)");
        int[] over = Axes.Of(axis, x.shape), left = [.. Enumerable.Range(0, x.shape.Rank).Except(over)];
        int count = over.Aggregate(1, (product, at) => product * x.shape[at]!.Value), rows = x.Size / count;
        var flat = g.Reshape(g.Transpose(x, [.. left, .. over]), (rows, count));
        var y = g.OnHost((all.Length, rows), (given, z) =>
        {
            Array.Clear(z);
            Each(given[0], (row, q, at, share) => z[q * rows + row] += share * given[0][at]);
        }, (g, node, dy) => [g.OnHost(flat.shape, (given, dx) =>
        {
            Array.Clear(dx);
            Each(given[0], (row, q, at, share) => dx[at] += share * given[1][q * rows + row]);
        }, null, node.Inputs[0], dy)], flat);
        return g.Reshape(y, new Shape([.. shares.shape, .. x.shape.Index().Where(d => keepdims || !over.Contains(d.Index)).Select(d => over.Contains(d.Index)
            ? 1 : d.Item)]));

        // Calls adds(row, quantile, index, weight) for the numbers of each row that a quantile is made of.
        void Each(float[] numbers, Action<int, int, int, float> adds)
        {
            int[] order = new int[count];
            for (int row = 0; row < rows; row++)
            {
                int known = 0, first = row * count;
                bool isOdd = false;
                for (int i = 0; i < count; i++)
                    if (!float.IsNaN(numbers[first + i])) order[known++] = first + i;
                    else isOdd = true;
                Array.Sort(order, 0, known, Comparer<int>.Create((a, b) => numbers[a].CompareTo(numbers[b]) is not 0 and var by ? by : a.CompareTo(b)));
                for (int q = 0; q < all.Length; q++)
                {
                    if (known == 0 || (isOdd && !passesOver))
                    {
                        adds(row, q, first, float.NaN);
                        continue;
                    }
                    double place = all[q] * (known - 1);
                    int below = (int)Math.Floor(place), above = (int)Math.Ceiling(place);
                    double share = place - below;
                    var (one, two) = method switch
                    {
                        "lower" => (1.0, 0.0),
                        "higher" => (0, 1),
                        "midpoint" => (0.5, 0.5),
                        "nearest" => Math.Round(place, MidpointRounding.ToEven) == below ? (1, 0) : (0, 1),
                        _ => (1 - share, share),
                    };
                    if (one != 0) adds(row, q, order[below], (float)one);
                    if (two != 0) adds(row, q, order[above], (float)two);
                }
            }
        }
    }
}
