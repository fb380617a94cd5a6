using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>
/// (x - mean) / max(√variance, 1e-7), with a mean and a variance for each place along some axes. They are given, or <see cref="adapt(NDArray)"/> finds
/// them.
/// </summary>
public class Normalization : Layer
{
    private const float Epsilon = 1e-7f;

    // The input's shape when the layer was built, batch first.
    private Shape _built;

    /// <summary>A normalization.</summary>
    /// <param name="axis">The axes along which each place has its own mean and variance: -1 for each channel; <c>null</c> for one of each in all.</param>
    /// <param name="mean">The mean, a number or one for each place; of the data by default.</param>
    /// <param name="variance">The variance, a number or one for each place; of the data by default.</param>
    /// <param name="invert">Whether the layer undoes a normalization: mean + x · max(√variance, 1e-7).</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">One of mean and variance is given without the other, or has another shape.</exception>
    public Normalization(Axes? axis, NDArray? mean = null, NDArray? variance = null, bool invert = false, Shape? input_shape = null, string? name = null)
        : base(name, input_shape)
    {
        this.axis = Axes.Create([.. axis ?? []]);
        (GivenMean, GivenVariance, this.invert) = (mean, variance, invert);
        if (mean is null != variance is null)
            throw new ValueError("When setting values directly, both `mean` and `variance` must be set. "
                + $"Received: mean={Said(mean)} and variance={Said(variance)}");
        if (mean is null || variance is null) return;
        if (mean.shape != variance.shape)
            throw new ValueError("When setting values directly, `mean` and `variance` must have the same shape. "
                + $"Received: mean shape {mean.shape} and variance shape {variance.shape}");
        if (mean.ndim > this.axis.Count)
            throw new ValueError($"The rank of `mean` must be less than or equal to the number of axes ({this.axis.Count}). "
                + $"Received: mean shape {mean.shape} for axis {this.axis}");
    }

    /// <summary>The axes along which each place has its own mean and variance.</summary>
    public Axes axis { get; }

    /// <summary>The mean, given or found; the axes over which it was taken have length 1.</summary>
    /// <exception cref="ValueError">The layer isn't built.</exception>
    [SettingLiesIn(nameof(GivenMean))]
    public Tensor mean => Wide(GivenMean, 0);

    /// <summary>The variance, likewise.</summary>
    /// <exception cref="ValueError">The layer isn't built.</exception>
    [SettingLiesIn(nameof(GivenVariance))]
    public Tensor variance => Wide(GivenVariance, 1);

    internal NDArray? GivenMean { get; }

    internal NDArray? GivenVariance { get; }

    /// <summary>Whether the layer undoes a normalization.</summary>
    public bool invert { get; }

    internal override bool PassesMask => true;

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape)
    {
        int[] kept = Kept(input_shape);
        foreach (int at in kept)
            if (input_shape[at] is null)
                throw new ValueError("All `axis` values to be kept must have a known shape. "
                    + $"Received axis={axis}, inputs.shape={input_shape}, with unknown axis at index {at}");
        if (built && !kept.Select(at => input_shape[at]).SequenceEqual(Kept(_built).Select(at => _built[at])))
            throw new ValueError(
                $"The layer was built with input_shape={_built}, but it is applied to data with an incompatible shape, data.shape={input_shape}");
    }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => input_shape;

    /// <inheritdoc/>
    protected internal override IEnumerable<Weight> Weights(Shape input_shape)
    {
        _built = input_shape;
        if (GivenMean is not null) yield break;
        int[] kept = [.. Kept(input_shape).Select(at => input_shape[at]!.Value)];
        yield return new("mean", kept, new Zeros(), Trainable: false);
        yield return new("variance", kept, new Ones(), Trainable: false);
        // Earlier versions of Keras counted samples here; files still hold the weight.
        yield return new("count", [], new Zeros(), Trainable: false, IsWhole: true);
    }

    /// <summary>Sets mean and variance to those of the data.</summary>
    /// <param name="data">The samples, as the layer gets them: batch first.</param>
    /// <exception cref="ValueError">Mean and variance were given, or the data doesn't fit what the layer was built for.</exception>
    public void adapt(NDArray data)
    {
        Begin(data);
        var (means, variances) = Moments(data);
        Assign(means, variances);
    }

    /// <inheritdoc cref="adapt(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public void adapt(Tensor data) => adapt(data.numpy());

    /// <summary>Sets mean and variance to those of all batches of a data set.</summary>
    /// <exception cref="ValueError">There is no batch, mean and variance were given, or a batch doesn't fit what the layer was built for.</exception>
    public void adapt(Dataset data) => adapt(data.Select(batch => batch.numpy()));

    /// <summary>Sets mean and variance to those of all batches of the data.</summary>
    /// <param name="data">The batches.</param>
    /// <exception cref="ValueError">There is no batch, mean and variance were given, or a batch doesn't fit what the layer was built for.</exception>
    [OverloadResolutionPriority(1)]
    public void adapt(IEnumerable<NDArray> data)
    {
        NDArray? means = null, variances = null;
        double count = 0;
        foreach (var batch in data)
        {
            Begin(batch);
            var (mean, variance) = Moments(batch.astype("float32"));
            double samples = (double)batch.size / mean.size;
            count += samples;
            if (means is null || variances is null)
            {
                (means, variances) = (mean, variance);
                continue;
            }
            // The joint variance is the weighted mean of both variances plus that of the squared distances of the means from the joint mean.
            float share = (float)(samples / count), rest = 1 - share;
            NDArray both = means * rest + mean * share, old = means - both, own = mean - both;
            (variances, means) = ((variances + old * old) * rest + (variance + own * own) * share, both);
        }
        if (means is null) throw new ValueError("adapt() received an empty iterable (no batches). Expected at least one batch.");
        Assign(means, variances!);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        var kept = Kept(x.shape);
        Shape wide = new([.. x.shape.Select((d, at) => kept.Contains(at) ? d : 1)]);
        Tensor Spread(NDArray? given, int weight) =>
            given is null ? g.Reshape(g.Variable(WeightAt(weight)), wide) : g.Lift(Aligned(given, x.shape.Rank, kept));
        Tensor means = Spread(GivenMean, 0), deviations = g.Map(new Deviation(Epsilon), Spread(GivenVariance, 1));
        return invert ? g.Add(means, g.Multiply(x, deviations)) : g.Divide(g.Subtract(x, means), deviations);
    }

    /// <summary>Given values in the input's rank: their axes are matched to the kept axes, from the last on, and all other axes have length 1.</summary>
    internal static NDArray Aligned(NDArray given, int rank, int[] kept)
    {
        int[] shape = [.. Enumerable.Repeat(1, rank)];
        for (int i = 1; i <= given.ndim; i++) shape[kept[^i]] = given.shape[^i];
        return given.reshape(shape);
    }

    /// <summary>The kept axes of an input of that shape, in order.</summary>
    internal int[] Kept(Shape input)
    {
        if (axis.Any(at => at < -input.Rank || at >= input.Rank))
            throw new ValueError($"All `axis` values must be in the range [-ndim, ndim). Received inputs with ndim={input.Rank}, while axis={axis}");
        return axis.Of(input);
    }

    private Tensor Wide(NDArray? given, int weight) => built ? Aligned(given ?? WeightAt(weight).numpy(), _built.Rank, Kept(_built))
        : throw new ValueError($"Layer '{name}' isn't built and has no mean and variance yet: call adapt() with data, or apply it.");

    private void Begin(NDArray data)
    {
        if (GivenMean is not null) throw new ValueError($"Layer '{name}' was given its mean and variance, so it can't adapt to data.");
        if (built) CheckInput(data.shape);
        else build(data.shape);
    }

    private void Assign(NDArray means, NDArray variances)
    {
        int[] shape = [.. WeightAt(0).shape];
        WeightAt(0).assign(means.reshape(shape));
        WeightAt(1).assign(variances.reshape(shape));
    }

    // The moments are computed in the data's type, and sums over the first axes in numpy's order.
    private (NDArray Means, NDArray Variances) Moments(NDArray data)
    {
        var means = Mean(data);
        var distances = data - means;
        return (means, Mean(distances * distances));
    }

    private NDArray Mean(NDArray x)
    {
        int[] kept = Kept(x.shape), shape = [.. x.shape.Select((d, at) => kept.Contains(at) ? d : 1)];
        if (kept.Length == 0) return ((NDArray)x.mean()).reshape(shape);
        if (kept[0] == x.ndim - kept.Length) return x.reshape([-1, .. shape[kept[0]..]]).mean(0).reshape(shape);
        for (int at = 0; at < x.ndim; at++)
            if (!kept.Contains(at)) x = x.mean(at, keepdims: true);
        return x;
    }

    private static string Said(NDArray? values) => values is null ? "None" : PythonText.Str(values);
}

/// <summary>max(√x, ε) of a variance.</summary>
internal readonly record struct Deviation(float Epsilon) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T>
    {
        T root = M.Sqrt(x);
        return M.Select(M.Greater(M.Splat(Epsilon), root), M.Splat(Epsilon), root);
    }
}
