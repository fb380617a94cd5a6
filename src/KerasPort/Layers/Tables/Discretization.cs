using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>
/// Puts numbers into bins: bin i holds numbers from boundary i - 1 to below boundary i. The boundaries are given, or <see cref="adapt(NDArray)"/>
/// finds them.
/// </summary>
[NoSetting("trainable"), OnlySetting("dtype", "float32"), OnlySetting("sparse", false)]
public sealed class Discretization : EncodingLayer
{
    /// <summary>A layer of bins.</summary>
    /// <param name="bin_boundaries">The boundaries, in order.</param>
    /// <param name="num_bins">The number of bins, in place of boundaries; <c>adapt</c> finds boundaries that put equally many numbers into each.</param>
    /// <param name="epsilon">The precision of <c>adapt</c>: it keeps one number for each such share of the data.</param>
    /// <param name="output_mode"><c>"int"</c>, <c>"one_hot"</c>, <c>"multi_hot"</c> or <c>"count"</c>.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">Boundaries and a number of bins are both given or both missing, or there is no such mode.</exception>
    public Discretization(double[]? bin_boundaries = null, int? num_bins = null, double epsilon = 0.01, string output_mode = "int", Shape? input_shape = null,
        string? name = null)
        : base(output_mode, ["int", "one_hot", "multi_hot", "count"], input_shape, name)
    {
        if (num_bins < 0) throw new ValueError($"`num_bins` must be greater than or equal to 0. Received: `num_bins={num_bins}`");
        if (num_bins is not null && bin_boundaries is not null)
            throw new ValueError(
                $"Both `num_bins` and `bin_boundaries` should not be set. Received: `num_bins={num_bins}` and "
                    + $"`bin_boundaries=[{string.Join(", ", bin_boundaries)}]`");
        if (num_bins is null && bin_boundaries is null) throw new ValueError("You need to set either `num_bins` or `bin_boundaries`.");
        (this.bin_boundaries, this.num_bins, this.epsilon) = (bin_boundaries, num_bins, epsilon);
    }

    /// <summary>The boundaries, given or found; <c>null</c> before <c>adapt</c>.</summary>
    public double[]? bin_boundaries { get; internal set; }

    /// <summary>The number of bins for which <c>adapt</c> finds boundaries.</summary>
    public int? num_bins { get; }

    /// <summary>The precision of <c>adapt</c>.</summary>
    public double epsilon { get; }

    internal override DType OutputType => output_mode == "int" ? DType.int32 : DType.float32;

    private protected override int Depth => bin_boundaries?.Length + 1 ?? num_bins!.Value;

    /// <summary>Finds the boundaries in an array.</summary>
    /// <exception cref="ValueError">Boundaries were given.</exception>
    public void adapt(NDArray data) => adapt([data]);

    /// <summary>Finds the boundaries in a tensor.</summary>
    /// <exception cref="ValueError">Boundaries were given, or the tensor has no numbers.</exception>
    [OverloadResolutionPriority(-1)]
    public void adapt(Tensor data) => adapt(data.numpy());

    /// <summary>Finds the boundaries in batches.</summary>
    /// <exception cref="ValueError">Boundaries were given, or there are no numbers.</exception>
    [OverloadResolutionPriority(1)]
    public void adapt(IEnumerable<NDArray> data, int? steps = null)
    {
        if (num_bins is not > 0)
            throw new ValueError("Cannot adapt a Discretization layer that has been initialized with `bin_boundaries`, use `num_bins` instead.");
        var quantiles = new Quantiles(epsilon);
        foreach (var batch in data.Take(steps ?? int.MaxValue)) quantiles.Add(batch.ToFloats());
        bin_boundaries = quantiles.Boundaries(num_bins.Value);
    }

    /// <summary>Finds the boundaries in the numbers of a data set.</summary>
    /// <exception cref="ValueError">Boundaries were given, or there are no numbers.</exception>
    public void adapt(Dataset data, int? steps = null) => adapt(data.Select(batch => batch.numpy()), steps);

    private protected override Tensor Places(Graph g, Tensor[] inputs)
    {
        var boundaries = bin_boundaries ?? throw new ValueError(
            "You need to either pass the `bin_boundaries` argument at construction time or call `adapt(dataset)` "
            + "before you can start using the `Discretization` layer.");
        var x = inputs[0];
        if (boundaries.Length == 0) return g.Like(x, 0);
        return g.Reshape(g.SumColumns(g.AtLeast(g.Reshape(x, (x.Size, 1)), g.Row(boundaries))), x.shape);
    }
}
