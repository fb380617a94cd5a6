namespace KerasPort.Graphs;

/// <summary>Functions of shapes and order, and products of matrices.</summary>
internal static partial class KerasOps
{
    private const int MostParts = 1 << 12;

    public static Function BroadcastTo(Shape shape) => new("BroadcastTo", (g, t) => g.Repeat(t[0], shape), ("shape", shape));

    public static Function Diagonal(int offset, int axis1, int axis2) => new("Diagonal", (g, t) =>
    {
        var (x, rows, columns) = MatricesLast(g, t[0], axis1, axis2);
        int first = offset >= 0 ? offset : -offset * columns, count = Math.Min(rows + Math.Min(offset, 0), columns - Math.Max(offset, 0));
        if (count < 1) throw new ValueError($"There is no diagonal {offset} of {rows} rows and {columns} columns.");
        return g.Cut(g.Reshape(x, new Shape([.. x.shape[..^2], rows * columns])), x.shape.Rank - 2, first, count, columns + 1);
    }, ("offset", offset), ("axis1", axis1), ("axis2", axis2));

    public static Function Diff(int n, int axis) => new("Diff", (g, t) =>
    {
        var x = t[0];
        int along = ((Axes)axis).Of(x.shape)[0];
        for (int i = 0; i < n; i++)
        {
            int left = x.shape[along]!.Value - 1;
            if (left < 1) throw new ValueError($"There are no differences of order {n} along axis {axis} of shape {t[0].shape}.");
            x = g.Subtract(g.Cut(x, along, 1, left), g.Cut(x, along, 0, left));
        }
        return x;
    }, ("n", n), ("axis", axis));

    public static Function Dot { get; } = new("Dot", (g, t) => t[0].shape.Rank == 0 || t[1].shape.Rank == 0 ? g.Multiply(t[0], t[1])
        : g.TensorDot(t[0], t[1], [-1], [t[1].shape.Rank > 1 ? -2 : -1]));

    public static Function Einsum(string subscripts) => new("Einsum", (g, t) => g.Einsum(subscripts, t), ("subscripts", subscripts));

    public static Function Fliplr { get; } = new("Fliplr", (g, t) => Flip(1).Nodes(g, t));

    public static Function Flipud { get; } = new("Flipud", (g, t) => Flip(0).Nodes(g, t));

    public static Function FullLike { get; } = new("FullLike", (g, t) => g.Repeat(t[1], t[0].shape), ("dtype", null));

    public static Function Hstack { get; } = new("Hstack", (g, t) => g.Concatenate(t, t[0].shape.Rank == 1 ? 0 : 1)) { TakesList = true };

    public static Function Inner { get; } = new("Inner", (g, t) => g.TensorDot(t[0], t[1], [-1], [-1]));

    public static Function Moveaxis(Axes source, Axes destination) => new("Moveaxis", (g, t) =>
    {
        int rank = t[0].shape.Rank;
        int[] from = [.. source.Select(axis => ((Axes)axis).Of(t[0].shape)[0])], to = [.. destination.Select(axis => ((Axes)axis).Of(t[0].shape)[0])];
        if (from.Length != to.Length)
            throw new ValueError(
                $"`source` and `destination` arguments must have the same number of elements, but received `source={source}` and `destination={destination}`.");
        var rest = new Queue<int>(Enumerable.Range(0, rank).Except(from));
        return g.Transpose(t[0], [.. Enumerable.Range(0, rank).Select(at => Array.IndexOf(to, at) is >= 0 and var i ? from[i] : rest.Dequeue())]);
    }, ("source", source), ("destination", destination));

    public static Function MultiHot(int classes, int axis) => new("MultiHot", (g, t) =>
        g.Greater(g.Sum(Codes(g, t[0], classes, axis), t[0].shape.Rank > 1 ? 1 : 0), g.Lift(0)),
        ("num_classes", classes), ("axis", axis), ("dtype", "float32"), ("sparse", false))
    { Gives = static _ => DType.float32 };

    public static Function OneHot(int classes, int axis) => new("OneHot", (g, t) => Codes(g, t[0], classes, axis),
        ("num_classes", classes), ("axis", axis), ("dtype", "float32"), ("sparse", false))
    { Gives = static _ => DType.float32 };

    public static Function Outer { get; } = new("Outer", (g, t) => g.Multiply(g.Reshape(t[0], (t[0].Size, 1)), g.Reshape(t[1], (1, t[1].Size))));

    public static Function Pad(int[][] widths, string mode, double? value = null) => new("Pad", (g, t) =>
    {
        var x = t[0];
        if (widths.Length != x.shape.Rank)
            throw new ValueError($"`pad_width` must have one pair for each of the {x.shape.Rank} axes. Received: {widths.Length}");
        if (value is { } moved and not 0) x = g.Shift(x, -(float)moved);
        foreach (var (axis, width) in widths.Index())
        {
            int length = x.shape[axis]!.Value;
            if (width.Sum() > 0) x = g.Along(x, axis, AlongTable(length, Enumerable.Range(-width[0], length + width.Sum()).Select(at => Source(at, length))));
        }
        return value is { } back and not 0 ? g.Shift(x, (float)back) : x;

        int Source(int at, int length) => mode switch
        {
            "constant" => at < length ? at : -1,
            "edge" => Math.Clamp(at, 0, length - 1),
            "reflect" when length > 1 && at > -length && at < 2 * length - 1 => at < 0 ? -at : at >= length ? 2 * (length - 1) - at : at,
            "symmetric" when at >= -length && at < 2 * length => at < 0 ? -at - 1 : at >= length ? 2 * length - 1 - at : at,
            _ => throw new ValueError(
                $"`mode` must be constant, edge, reflect or symmetric, which repeat an axis at most once. Received: mode={mode}, shape={t[0].shape}"),
        };
        static Engines.AlongTable AlongTable(int length, IEnumerable<int> places) => Engines.AlongTable.Take(length, places);
    }, ("pad_width", widths), ("mode", mode))
    { Named = ("constant_values", value is { } number && number == Math.Floor(number) && Math.Abs(number) < int.MaxValue ? (object)(int)number : value) };

    public static Function Ravel { get; } = new("Ravel", (g, t) => Flat(g, t[0]));

    public static Function Roll(Axes shift, Axes? axis) => new("Roll", (g, t) =>
    {
        var x = axis is null ? Flat(g, t[0]) : t[0];
        int[] along = axis is null ? [0] : [.. axis.Select(at => ((Axes)at).Of(x.shape)[0])];
        if (shift.Count != 1 && shift.Count != along.Length)
            throw new ValueError($"`shift` must be one number or one for each axis. Received: shift={shift}, axis={axis}");
        foreach (var (i, at) in along.Index())
        {
            int length = x.shape[at]!.Value, by = ((shift[shift.Count == 1 ? 0 : i] % length) + length) % length;
            x = g.Along(x, at, Engines.AlongTable.Take(length, Enumerable.Range(0, length).Select(place => (place - by + length) % length)));
        }
        return g.Reshape(x, t[0].shape);
    }, ("shift", shift), ("axis", axis));

    public static Function Rot90(int k, Axes axes) => new("Rot90", (g, t) =>
    {
        int[] two = [.. axes.Select(axis => ((Axes)axis).Of(t[0].shape)[0])], order = [.. Enumerable.Range(0, t[0].shape.Rank)];
        if (two.Length != 2 || two[0] == two[1]) throw new ValueError($"Invalid axes: {axes}. Axes must be a tuple of two different dimensions.");
        (order[two[0]], order[two[1]]) = (two[1], two[0]);
        Tensor Turned(Tensor x, int axis) => Flip(axis).Nodes(g, [x]);
        return (((k % 4) + 4) % 4) switch
        {
            0 => t[0],
            1 => g.Transpose(Turned(t[0], two[1]), order),
            2 => Turned(Turned(t[0], two[0]), two[1]),
            _ => Turned(g.Transpose(t[0], order), two[1]),
        };
    }, ("k", k), ("axes", axes));

    /// <summary>Splits an axis into a number of equal parts, or before each of several indices.</summary>
    public static Function Split(Axes sections, int axis) => new("Split", (g, t) =>
    {
        int along = ((Axes)axis).Of(t[0].shape)[0], length = t[0].shape[along]!.Value;
        if (sections.IsOne && (sections[0] < 1 || length % sections[0] != 0))
            throw new ValueError(
                $"`x` size on axis {axis} must be divisible by `indices_or_sections`. Received: x.shape={t[0].shape}, indices_or_sections={sections}");
        int[] starts = sections.IsOne ? [.. Enumerable.Range(0, sections[0]).Select(i => i * (length / sections[0]))] : [0, .. sections];
        int[] ends = [.. starts.Skip(1), length];
        if (starts.Zip(ends).Any(part => part.First < 0 || part.First >= part.Second || part.Second > length) || starts.Length > MostParts)
            throw new ValueError("A part must have elements, and there may be 4096 at the most. "
                + $"Received: x.shape={t[0].shape}, indices_or_sections={sections}, axis={axis}");
        return Tensor.Several([.. starts.Zip(ends, (start, end) => g.Cut(t[0], along, start, end - start))]);
    }, ("indices_or_sections", sections), ("axis", axis));

    public static Function Swapaxes(int axis1, int axis2) => new("Swapaxes", (g, t) =>
    {
        int[] order = [.. Enumerable.Range(0, t[0].shape.Rank)];
        int one = ((Axes)axis1).Of(t[0].shape)[0], other = ((Axes)axis2).Of(t[0].shape)[0];
        (order[one], order[other]) = (other, one);
        return g.Transpose(t[0], order);
    }, ("axis1", axis1), ("axis2", axis2));

    public static Function Take(int? axis) =>
        new("Take", (g, t) => g.Picked(axis is null ? Flat(g, t[0]) : t[0], t[1], axis ?? 0), ("axis", axis)) { Indexed = true };

    public static Function TakeAlongAxis(int? axis) => new("TakeAlongAxis", (g, t) =>
        g.PickedAlong(axis is null ? Flat(g, t[0]) : t[0], axis is null ? Flat(g, t[1]) : t[1], axis ?? 0), ("axis", axis))
    { Indexed = true };

    public static Function Tensordot(int axes) => new("Tensordot", (g, t) => g.TensorDot(t[0], t[1],
        [.. Enumerable.Range(t[0].shape.Rank - axes, axes)], [.. Enumerable.Range(0, axes)]), ("axes", axes));

    public static Function Tensordot(int[] ofFirst, int[] ofSecond) =>
        new("Tensordot", (g, t) => g.TensorDot(t[0], t[1], ofFirst, ofSecond), ("axes", new[] { ofFirst, ofSecond }));

    public static Function Tile(Axes repeats) => new("Tile", (g, t) =>
    {
        int rank = Math.Max(repeats.Count, t[0].shape.Rank);
        var x = g.Reshape(t[0], new Shape([.. Enumerable.Repeat((int?)1, rank - t[0].shape.Rank), .. t[0].shape]));
        foreach (var (axis, count) in Enumerable.Repeat(1, rank - repeats.Count).Concat(repeats).Index())
        {
            int length = x.shape[axis]!.Value;
            if (count < 1) throw new ValueError($"`repeats` must be numbers of 1 or more. Received: repeats={repeats}");
            if (count > 1) x = g.Along(x, axis, Engines.AlongTable.Take(length, Enumerable.Range(0, length * count).Select(i => i % length)));
        }
        return x;
    }, ("repeats", repeats));

    public static Function Trace(int offset, int axis1, int axis2) =>
        new("Trace", (g, t) => g.Sum(Diagonal(offset, axis1, axis2).Nodes(g, t), -1), ("offset", offset), ("axis1", axis1), ("axis2", axis2));

    public static Function Tril(int k) => new("Tril", (g, t) => Half(g, t[0], (row, column) => column - row <= k), ("k", k));

    public static Function Triu(int k) => new("Triu", (g, t) => Half(g, t[0], (row, column) => column - row >= k), ("k", k));

    public static Function Unstack(int? num, int axis) => new("Unstack", (g, t) =>
    {
        int along = ((Axes)axis).Of(t[0].shape)[0], length = t[0].shape[along]!.Value;
        if (length > MostParts) throw new ValueError($"There may be {MostParts} tensors at the most. Received: shape={t[0].shape}, axis={axis}");
        if (num is { } asked && asked != length) throw new ValueError($"There are {length} tensors along axis {axis}. Received: num={num}");
        Shape left = new([.. t[0].shape[..along], .. t[0].shape[(along + 1)..]]);
        return Tensor.Several([.. Enumerable.Range(0, length).Select(i => g.Reshape(g.Cut(t[0], along, i, 1), left))]);
    }, ("num", num), ("axis", axis));

    /// <summary>Concatenates along the first axis, vectors too, as Keras does with TensorFlow.</summary>
    public static Function Vstack { get; } = new("Vstack", (g, t) => g.Concatenate(t, 0)) { TakesList = true };

    private static Tensor Codes(Graph g, Tensor x, int classes, int axis)
    {
        var codes = g.Equal(g.Reshape(x, new Shape([.. x.shape, 1])), g.Row(Enumerable.Range(0, classes).Select(i => (double)i)));
        int rank = codes.shape.Rank, at = axis < 0 ? axis + rank : axis;
        return at == rank - 1 ? codes : g.Transpose(codes, [.. Enumerable.Range(0, at), rank - 1, .. Enumerable.Range(at, rank - 1 - at)]);
    }

    private static (Tensor X, int Rows, int Columns) MatricesLast(Graph g, Tensor x, int axis1, int axis2)
    {
        int one = ((Axes)axis1).Of(x.shape)[0], other = ((Axes)axis2).Of(x.shape)[0];
        if (one == other) throw new ValueError($"`axis1` and `axis2` cannot be the same. Received: axis1={axis1}, axis2={axis2}");
        return (g.Transpose(x, [.. Enumerable.Range(0, x.shape.Rank).Where(at => at != one && at != other), one, other]), x.shape[one]!.Value,
            x.shape[other]!.Value);
    }

    private static Tensor Half(Graph g, Tensor x, Func<int, int, bool> keeps)
    {
        int rows = x.shape[^2]!.Value, columns = x.shape[^1]!.Value;
        float[] mask = [.. Enumerable.Range(0, rows * columns).Select(i => keeps(i / columns, i % columns) ? 1f : 0)];
        var kept = g.Repeat(g.Lift(new NDArray(mask, rows, columns)), x.shape);
        return g.Where(kept, x, g.Like(x, 0));
    }
}
