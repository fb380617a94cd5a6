namespace KerasPort.Graphs;

/// <summary>Reductions along axes.</summary>
internal static partial class KerasOps
{
    public static Function All(Axes? axis, bool keepdims) =>
        new("All", (g, t) => Not(g, g.Sum(Not(g, t[0]), axis, keepdims)), ("axis", axis), ("keepdims", keepdims)) { Gives = Truth };

    public static Function Amax(Axes? axis, bool keepdims) => new("Amax", (g, t) => g.Max(t[0], axis, keepdims), ("axis", axis), ("keepdims", keepdims));

    public static Function Amin(Axes? axis, bool keepdims) => new("Amin", (g, t) => g.Min(t[0], axis, keepdims), ("axis", axis), ("keepdims", keepdims));

    public static Function Any(Axes? axis, bool keepdims) =>
        new("Any", (g, t) => Not(g, Not(g, g.Sum(IsTrue(g, t[0]), axis, keepdims))), ("axis", axis), ("keepdims", keepdims)) { Gives = Truth };

    public static Function Argsort(int? axis) =>
        new("Argsort", (g, t) => g.Order(axis is null ? Flat(g, t[0]) : t[0], axis ?? 0), ("axis", axis)) { Gives = Place };

    /// <summary>The mean; a second tensor weighs each element, or each index along the axis.</summary>
    public static Function Average(Axes? axis) => new("Average", (g, t) =>
    {
        if (t.Length == 1) return g.Mean(t[0], axis);
        var weights = t[1];
        if (weights.shape != t[0].shape && axis is [var along] && weights.shape.Rank == 1)
            weights = g.Reshape(weights, new Shape([.. t[0].shape.Select((d, at) => at == ((Axes)along).Of(t[0].shape)[0] ? d : 1)]));
        weights = g.Repeat(weights, t[0].shape);
        return g.Divide(g.Sum(g.Multiply(t[0], weights), axis), g.Sum(weights, axis));
    }, ("axis", axis))
    { Gives = DTypes.Fraction, Named = ("weights", null) };

    public static Function CountNonzero(Axes? axis) => new("CountNonzero", (g, t) => g.Sum(IsTrue(g, t[0]), axis), ("axis", axis)) { Gives = Place };

    public static Function Cumprod(int? axis) => new("Cumprod", (g, t) =>
    {
        var (x, along) = axis is { } named ? (t[0], ((Axes)named).Of(t[0].shape)[0]) : (Flat(g, t[0]), 0);
        int length = x.shape[along]!.Value;
        // Parallel prefix product: each element is multiplied by the one `step` before it, which already has the product of `step` elements.
        for (int step = 1; step < length; step *= 2)
        {
            var before = g.Cut(x, along, -step, length);
            float[] ones = [.. Enumerable.Range(0, length).Select(i => i < step ? 1f : 0)];
            x = g.Multiply(x, g.Add(before, g.Reshape(g.Lift(new NDArray(ones)), new Shape([.. x.shape.Select((_, at) => at == along ? length : 1)]))));
        }
        return x;
    }, ("axis", axis), ("dtype", null));

    public static Function Cumsum(int? axis) => new("Cumsum", (g, t) =>
    {
        var (x, along) = axis is { } named ? (t[0], ((Axes)named).Of(t[0].shape)[0]) : (Flat(g, t[0]), 0);
        int length = x.shape[along]!.Value;
        for (int step = 1; step < length; step *= 2) x = g.Add(x, g.Cut(x, along, -step, length));
        return x;
    }, ("axis", axis), ("dtype", null))
    { Gives = DTypes.Counted };

    public static Function Logsumexp(Axes? axis, bool keepdims) => new("Logsumexp", (g, t) =>
    {
        var largest = g.Constantly(g.Max(t[0], axis, keepdims: true));
        largest = g.Where(Finite(g, largest), largest, g.Like(largest, 0));
        var sum = g.Add(g.Log(g.Sum(g.Exp(g.Subtract(t[0], largest)), axis, keepdims: true)), largest);
        return keepdims ? sum : g.Sum(sum, axis);
    }, ("axis", axis), ("keepdims", keepdims))
    { Gives = DTypes.Fraction };

    public static Function Median(Axes? axis, bool keepdims) => new("Median", (g, t) =>
    {
        int[] over = Axes.Of(axis, t[0].shape), left = [.. Enumerable.Range(0, t[0].shape.Rank).Except(over)];
        int count = over.Aggregate(1, (product, at) => product * t[0].shape[at]!.Value);
        var rows = g.Reshape(g.Transpose(t[0], [.. left, .. over]), (t[0].Size / count, count));
        var sorted = g.PickedAlong(rows, g.Order(rows, 1), 1);
        var middle = g.Scale(g.Add(g.Cut(sorted, 1, (count - 1) / 2, 1), g.Cut(sorted, 1, count / 2, 1)), 0.5f);
        return g.Reshape(middle, new Shape(
            [.. t[0].shape.Index().Where(d => keepdims || !over.Contains(d.Index)).Select(d => over.Contains(d.Index) ? 1 : d.Item)]));
    }, ("axis", axis), ("keepdims", keepdims))
    { Gives = DTypes.Fraction };

    public static Function Moments(Axes axes, bool keepdims) => new("Moments", (g, t) =>
        Tensor.Several([g.Mean(t[0], axes, keepdims), g.Variance(t[0], axes, keepdims)]), ("axes", axes), ("keepdims", keepdims), ("synchronized", false))
    { Gives = DTypes.Fraction };

    /// <summary>The norm of vectors, or of matrices over two axes, Euclidean or of an order; without an axis that of all elements.</summary>
    /// <param name="ord">The order: a number, or "euclidean", "fro" or "nuc".</param>
    /// <param name="axis">The axis of the vectors, or both axes of the matrices.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    public static Function Norm(object? ord, Axes? axis, bool keepdims) => new("Norm", (g, t) =>
    {
        int[] axes = Axes.Of(axis, t[0].shape);
        ValueError Invalid() => new($"Invalid `ord` argument. Received: ord={PythonText.Str(ord)}, axis={axis}, x.shape={t[0].shape}");
        if (ord is null or "euclidean" || (ord is "fro" && axes.Length == 2)) return g.Sqrt(g.Sum(g.Square(t[0]), axis, keepdims));
        if (axes.Length == 2)
            return MatrixNorm(g, t[0], ord as double?, ord is "nuc", axes, keepdims) ?? throw Invalid();
        var size = g.Abs(t[0]);
        return axes.Length > 1 || ord is string ? throw Invalid() : (double)ord switch
        {
            2 => g.Sqrt(g.Sum(g.Square(t[0]), axis, keepdims)),
            1 => g.Sum(size, axis, keepdims),
            0 => g.Sum(IsTrue(g, t[0]), axis, keepdims),
            double.PositiveInfinity => g.Max(size, axis, keepdims),
            double.NegativeInfinity => g.Min(size, axis, keepdims),
            var power => g.Power(g.Sum(g.Power(size, (float)power), axis, keepdims), (float)(1 / power)),
        };
    }, ("ord", ord is double order && order == Math.Floor(order) && double.IsFinite(order) ? (int)order : ord), ("axis", axis), ("keepdims", keepdims))
    { Gives = DTypes.Fraction };

    /// <summary>The norm of matrices: by the sums of magnitudes in columns or rows, or by the singular values; <c>null</c> if the order is unknown.</summary>
    private static Tensor? MatrixNorm(Graph g, Tensor x, double? order, bool isNuclear, int[] axes, bool keepdims)
    {
        var matrices = MatricesLast(g, x, axes[0], axes[1]).X;
        if (order is not (null or 1 or -1 or 2 or -2 or double.PositiveInfinity or double.NegativeInfinity) || (order is null && !isNuclear)) return null;
        var sizes = order is 2 or -2 or null ? Svd(false, false).Nodes(g, [matrices])
            : g.Sum(g.Abs(matrices), order is 1 or -1 ? -2 : -1, false);
        var norm = isNuclear ? g.Sum(sizes, -1) : order > 0 ? g.Max(sizes, -1, false) : g.Min(sizes, -1, false);
        return keepdims ? g.Reshape(norm, new Shape([.. x.shape.Select((d, at) => axes.Contains(at) ? 1 : d)])) : norm;
    }

    public static Function Normalize(int axis, double order, double? epsilon) => new("Normalize", (g, t) => order == 2
        ? g.UnitLength(t[0], axis, (float)(epsilon ?? 1e-12)) : g.Divide(t[0], g.Maximum(Norm((object)order, axis, true).Nodes(g, t), g.Lift(epsilon ?? 1e-7))),
        ("axis", axis), ("order", order == Math.Floor(order) ? (int)order : order), ("epsilon", epsilon))
    { Gives = DTypes.Fraction };

    public static Function Prod(Axes? axis, bool keepdims) => new("Prod", (g, t) =>
    {
        var x = t[0];
        int[] over = Axes.Of(axis, x.shape);
        // The product is computed by halves, so that a factor of 0 has a gradient, too.
        foreach (int along in over)
            while (x.shape[along] is > 1 and var length)
            {
                int half = (int)length / 2;
                var product = g.Multiply(g.Cut(x, along, 0, half), g.Cut(x, along, half, half));
                x = length % 2 == 0 ? product : g.Concatenate([product, g.Cut(x, along, (int)length - 1, 1)], along);
            }
        return keepdims ? x : g.Reshape(x, new Shape([.. x.shape.Index().Where(d => !over.Contains(d.Index)).Select(d => d.Item)]));
    }, ("axis", axis), ("keepdims", keepdims), ("dtype", null))
    { Gives = DTypes.Summed };

    public static Function Ptp(Axes? axis, bool keepdims) =>
        new("Ptp", (g, t) => g.Subtract(g.Max(t[0], axis, keepdims), g.Min(t[0], axis, keepdims)), ("axis", axis), ("keepdims", keepdims));

    public static Function Sort(int? axis) => new("Sort", (g, t) =>
    {
        var (x, along) = axis is { } named ? (t[0], named) : (Flat(g, t[0]), 0);
        return g.PickedAlong(x, g.Order(x, along), along);
    }, ("axis", axis));

    /// <summary>The k largest elements along the last axis, in descending order, and their indices.</summary>
    public static Function TopK(int k, bool sorted) => new("TopK", (g, t) =>
    {
        var places = g.Order(t[0], -1, descends: true, k);
        return Tensor.Several([g.PickedAlong(t[0], places, -1), places]);
    }, ("k", k), ("sorted", sorted))
    { GivesOf = [static type => type, Place] };

    private static Tensor Flat(Graph g, Tensor x) => g.Reshape(x, x.Size);
}
