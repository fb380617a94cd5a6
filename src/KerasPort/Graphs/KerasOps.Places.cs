using System.Text.RegularExpressions;
using KerasPort.Engines;

namespace KerasPort.Graphs;

/// <summary>Functions that move elements, by indices in tensors or by a formula.</summary>
internal static partial class KerasOps
{
    /// <summary>Keras' names of the reductions.</summary>
    private static readonly Dictionary<string, Joining> s_joinings = new()
    {
        ["add"] = Joining.Sum, ["max"] = Joining.Most, ["min"] = Joining.Least, ["mul"] = Joining.Product,
    };

    public static Function ArraySplit(int sections, int axis) => new("ArraySplit", (g, t) =>
    {
        int along = ((Axes)axis).Of(t[0].shape)[0], length = t[0].shape[along]!.Value;
        if (sections < 1 || sections > length) throw new ValueError($"`indices_or_sections` must be a number from 1 to the axis' length. "
            + $"Received: indices_or_sections={sections}, x.shape={t[0].shape}");
        int[] sizes = [.. Enumerable.Range(0, sections).Select(i => length / sections + (i < length % sections ? 1 : 0))];
        int start = 0;
        return Tensor.Several([.. sizes.Select(size => g.Cut(t[0], along, (start += size) - size, size))]);
    }, ("indices_or_sections", sections), ("axis", axis));

    /// <summary>Rearranges channels into blocks of pixels.</summary>
    public static Function DepthToSpace(int block, string format) => new("DepthToSpace", (g, t) => InLast(g, t[0], format, x =>
    {
        int[] shape = x.shape.ToArray();
        if (shape.Length != 4 || block < 1 || block > shape[3] || shape[3] % (block * block) != 0)
            throw new ValueError($"There are images of {block}² channels or several times that. Received: x.shape={t[0].shape}, block_size={block}");
        int channels = shape[3] / (block * block);
        var parts = g.Transpose(g.Reshape(x, new Shape(shape[0], shape[1], shape[2], block, block, channels)), [0, 1, 3, 2, 4, 5]);
        return g.Reshape(parts, new Shape(shape[0], shape[1] * block, shape[2] * block, channels));
    }), ("block_size", block), ("data_format", format));

    public static Function Diag(int k) => new("Diag", (g, t) =>
    {
        if (t[0].shape.Rank == 2) return Diagonal(k, 0, 1).Nodes(g, t);
        if (t[0].shape.Rank != 1) throw new ValueError($"`x` must be 1d or 2d. Received: x.shape={t[0].shape}");
        int length = t[0].Size, n = length + Math.Abs(k);
        var places = Enumerable.Repeat(-1, n * n).ToArray();
        for (int i = 0; i < length; i++) places[(i + Math.Max(-k, 0)) * n + i + Math.Max(k, 0)] = i;
        return g.Reshape(g.Along(t[0], 0, AlongTable.Take(length, places)), (n, n));
    }, ("k", k));

    public static Function Diagflat(int k) => new("Diagflat", (g, t) => Diag(k).Nodes(g, [Flat(g, t[0])]), ("k", k));

    public static Function Dstack { get; } = new("Dstack", (g, t) => g.Concatenate(Array.ConvertAll(t, x => x.shape.Rank switch
    {
        0 => g.Reshape(x, (1, 1, 1)),
        1 => g.Reshape(x, (1, x.Size, 1)),
        2 => Behind(g, x, 1),
        _ => x,
    }), 2))
    { TakesList = true };

    /// <summary>Windows over the last axis, stacked along a new one in front of it.</summary>
    public static Function ExtractSequences(int length, int stride) => new("ExtractSequences", (g, t) =>
    {
        int all = t[0].shape[^1]!.Value, count = length > 0 && stride > 0 && length <= all ? (all - length) / stride + 1
            : throw new ValueError($"There is no sequence of {length} steps at a stride of {stride} in shape {t[0].shape}.");
        var table = AlongTable.Take(all, Enumerable.Range(0, count * length).Select(i => i / length * stride + i % length));
        return g.Reshape(g.Along(t[0], -1, table), new Shape([.. t[0].shape[..^1], count, length]));
    }, ("sequence_length", length), ("sequence_stride", stride));

    /// <summary>Sums windows [images, channels · window, windows] at their positions in images [images, channels, height, width].</summary>
    public static Function Fold(Shape size, Shape kernel, Shape dilation, Shape padding, Shape stride) => new("Fold", (g, t) =>
    {
        var ((height, rows), (width, columns)) = (Taps(size, kernel, dilation, padding, stride, 0), Taps(size, kernel, dilation, padding, stride, 1));
        int[] shape = t[0].shape.ToArray();
        int channels = shape[1] / (kernel[0]!.Value * kernel[1]!.Value);
        var parts = g.Reshape(t[0], new Shape(shape[0], channels, kernel[0], kernel[1], height, width));
        var placed = g.Reshape(g.Transpose(parts, [0, 1, 4, 2, 5, 3]), new Shape(shape[0], channels, height * kernel[0], width * kernel[1]));
        return g.Along(g.Along(placed, 2, rows.Transposed), 3, columns.Transposed);
    }, ("output_size", size), ("kernel_size", kernel), ("dilation", dilation), ("padding", padding), ("stride", stride));

    /// <summary>The reverse of <see cref="Fold"/>: extracts the windows of images [images, channels, height, width].</summary>
    public static Function Unfold(Shape kernel, Shape dilation, Shape padding, Shape stride) => new("Unfold", (g, t) =>
    {
        var size = t[0].shape.Rank == 4 ? t[0].shape[2..] : throw new ValueError($"`unfold` takes images [images, channels, height, width]. "
            + $"Received: x.shape={t[0].shape}");
        var ((height, rows), (width, columns)) = (Taps(size, kernel, dilation, padding, stride, 0), Taps(size, kernel, dilation, padding, stride, 1));
        int[] shape = t[0].shape.ToArray();
        var taken = g.Along(g.Along(t[0], 2, rows), 3, columns);
        var parts = g.Transpose(g.Reshape(taken, new Shape(shape[0], shape[1], height, kernel[0], width, kernel[1])), [0, 1, 3, 5, 2, 4]);
        return g.Reshape(parts, new Shape(shape[0], shape[1] * kernel[0] * kernel[1], height * width));
    }, ("kernel_size", kernel), ("dilation", dilation), ("padding", padding), ("stride", stride));

    public static Function Kron { get; } = new("Kron", (g, t) =>
    {
        int rank = Math.Max(t[0].shape.Rank, t[1].shape.Rank);
        int?[] Axes(Tensor x) => [.. Enumerable.Repeat((int?)1, rank - x.shape.Rank), .. x.shape];
        int?[] a = Axes(t[0]), b = Axes(t[1]);
        var x = g.Reshape(t[0], new Shape([.. a.SelectMany(d => new int?[] { d, 1 })]));
        var y = g.Reshape(t[1], new Shape([.. b.SelectMany(d => new int?[] { 1, d })]));
        return g.Reshape(g.Multiply(x, y), new Shape([.. a.Zip(b, (m, n) => m * n)]));
    });

    public static Function Meshgrid(string indexing) => new("Meshgrid", (g, t) =>
    {
        if (indexing is not ("xy" or "ij")) throw new ValueError($"Valid values for `indexing` are 'xy' and 'ij', but received {indexing}.");
        int[] axes = [.. Enumerable.Range(0, t.Length)];
        if (indexing == "xy" && t.Length > 1) (axes[0], axes[1]) = (1, 0);
        var shape = new int?[t.Length];
        for (int i = 0; i < t.Length; i++) shape[axes[i]] = t[i].Size;
        return Tensor.Several([.. t.Select((x, i) => g.Repeat(g.Reshape(x, new Shape([.. shape.Select((d, at) => at == axes[i] ? d : 1)])),
            new Shape(shape)))]);
    }, ("indexing", indexing));

    /// <summary>einops' rearrange: <c>b (h p) w -&gt; b h w p</c>, with the lengths of axes that are split.</summary>
    public static Function Rearrange(string pattern, (string Axis, int Length)[] lengths) => new("Rearrange", (g, t) =>
    {
        string[] sides = pattern.Split("->");
        ValueError Wrong(string why) => new($"The pattern '{pattern}' can't be followed: {why}. Received: shape={t[0].shape}");
        if (sides.Length != 2) throw Wrong("it has two sides with -> between");
        string[][][] groups = [.. sides.Select(side => Regex.Matches(side, @"\w+|\(.*?\)").Select(axis =>
            Regex.Matches(axis.Value, @"\w+").Select(one => one.Value).ToArray()).ToArray())];
        if (groups[0].Length != t[0].shape.Rank) throw Wrong($"there are {t[0].shape.Rank} axes");
        var sizes = lengths.ToDictionary(one => one.Axis, one => one.Length);
        foreach (var (at, names) in groups[0].Index())
        {
            int length = t[0].shape[at]!.Value, known = names.Where(sizes.ContainsKey).Aggregate(1, (product, name) => product * sizes[name]);
            string[] open = [.. names.Where(name => !sizes.ContainsKey(name))];
            if (open.Length > 1 || length % known != 0) throw Wrong($"axis {at} doesn't say how it is taken apart");
            if (open is [var rest]) sizes[rest] = length / known;
            else if (known != length) throw Wrong($"axis {at} has another length than {known}");
        }
        string[] from = [.. groups[0].SelectMany(names => names)], to = [.. groups[1].SelectMany(names => names)];
        if (!from.Order().SequenceEqual(to.Order()) || from.Distinct().Count() < from.Length) throw Wrong("both sides have the same axes, each once");
        var parts = g.Reshape(t[0], new Shape([.. from.Select(name => (int?)sizes[name])]));
        var moved = g.Transpose(parts, [.. to.Select(name => Array.IndexOf(from, name))]);
        return g.Reshape(moved, new Shape([.. groups[1].Select(names => (int?)names.Aggregate(1, (product, name) => product * sizes[name]))]));
    });

    /// <summary>Zeros, to which values are added at indices [count, axes] into the first axes.</summary>
    public static Function Scatter(Shape shape) => new("Scatter", (g, t) =>
    {
        var zeros = g.Repeat(g.Like(g.Lift(0), 0), shape);
        return g.Scattered(zeros, t[0], AxesOf(t[0], shape), t[1], Joining.Sum);
    }, ("shape", shape));

    /// <summary>The inputs, with updates at indices [count, axes] into the first axes: they replace the elements there, or are combined with them.</summary>
    public static Function ScatterUpdate(string? reduction) => new("ScatterUpdate", (g, t) => g.Scattered(t[0], t[1], AxesOf(t[1], t[0].shape), t[2],
        reduction is null ? Joining.Instead : s_joinings.TryGetValue(reduction, out var joining) ? joining
            : throw new ValueError($"Unsupported reduction: {reduction}. There are add, max, min and mul.")), ("reduction", reduction));

    /// <summary>Reduces each segment's entries of the first axis; an empty segment gets Keras' value for none.</summary>
    public static Function SegmentJoined(string name, int segments, Joining joining) => new(name, (g, t) =>
    {
        float first = joining switch { Joining.Most => float.MinValue, Joining.Least => float.MaxValue, Joining.Product => 1, _ => 0 };
        var start = g.Repeat(g.Like(g.Lift(0), first), new Shape([segments, .. t[0].shape[1..]]));
        return g.Scattered(start, t[1], 1, t[0], joining);
    }, ("num_segments", segments), ("sorted", false));

    /// <summary>Sums each segment's entries of the first axis.</summary>
    public static Function SegmentSum(int segments) => new("SegmentSum", (g, t) =>
        g.Reshape(g.SegmentSums(g.Reshape(t[0], (t[1].Size, t[0].Size / t[1].Size)), t[1], segments), new Shape([segments, .. t[0].shape[1..]])),
        ("num_segments", segments), ("sorted", false));

    /// <summary>The inputs, with updates from the start indices on; these are moved where needed, so that all updates lie inside.</summary>
    public static Function SliceUpdate(int[] starts) => new("SliceUpdate", (g, t) =>
    {
        var (x, y) = (t[0], t[1]);
        if (starts.Length != x.shape.Rank || y.shape.Rank != x.shape.Rank || x.shape.Zip(y.shape).Any(d => d.First < d.Second))
            throw new ValueError($"`updates` must be a part of `inputs`, with a start for each axis. "
                + $"Received: inputs.shape={x.shape}, updates.shape={y.shape}, start_indices=({string.Join(", ", starts)})");
        var kept = g.Like(y, 1);
        for (int axis = 0; axis < starts.Length; axis++)
        {
            int length = x.shape[axis]!.Value, count = y.shape[axis]!.Value,
                first = Math.Clamp(starts[axis] < 0 ? starts[axis] + length : starts[axis], 0, length - count);
            (y, kept) = (g.Cut(y, axis, -first, length), g.Cut(kept, axis, -first, length));
        }
        return g.Where(kept, y, x);
    });

    /// <summary>Rearranges blocks of pixels into channels.</summary>
    public static Function SpaceToDepth(int block, string format) => new("SpaceToDepth", (g, t) => InLast(g, t[0], format, x =>
    {
        int[] shape = x.shape.ToArray();
        if (shape.Length != 4 || block < 1 || shape[1] % block != 0 || shape[2] % block != 0)
            throw new ValueError($"There are images of {block} times so many rows and columns. Received: x.shape={t[0].shape}, block_size={block}");
        var parts = g.Reshape(x, new Shape(shape[0], shape[1] / block, block, shape[2] / block, block, shape[3]));
        return g.Reshape(g.Transpose(parts, [0, 1, 3, 2, 4, 5]), new Shape(shape[0], shape[1] / block, shape[2] / block, block * block * shape[3]));
    }), ("block_size", block), ("data_format", format));

    /// <summary>The number of first axes that the indices address.</summary>
    private static int AxesOf(Tensor indices, Shape shape) => indices.shape.Rank >= 2 && indices.Columns <= shape.Rank ? indices.Columns
        : throw new ValueError($"`indices` must be of shape (count, axes), with as many axes as there are or fewer. "
            + $"Received: indices.shape={indices.shape}, shape={shape}");

    /// <summary>The number of windows along an axis of images, and the pixels of each, window after window.</summary>
    private static (int Count, AlongTable Taps) Taps(Shape size, Shape kernel, Shape dilation, Shape padding, Shape stride, int axis)
    {
        var (length, taps, distance, before, step) = (size[axis]!.Value, kernel[axis]!.Value, dilation[axis]!.Value, padding[axis]!.Value, stride[axis]!.Value);
        int count = (length + 2 * before - distance * (taps - 1) - 1) / step + 1;
        if (count < 1) throw new ValueError($"There is no window of {taps} pixels in {length}.");
        return (count, AlongTable.Take(length, Enumerable.Range(0, count * taps).Select(i => i / taps * step + i % taps * distance - before)));
    }

    /// <summary>Applies a function of images with channels last to images of either data format.</summary>
    private static Tensor InLast(Graph g, Tensor x, string format, Func<Tensor, Tensor> function)
    {
        if (Layers.DataFormat.Of(format) == Layers.DataFormat.Last) return function(x);
        int rank = x.shape.Rank;
        return g.Transpose(function(g.Transpose(x, Layers.DataFormat.ToLast(rank, 1))), Layers.DataFormat.ToFirst(rank, 1));
    }
}
