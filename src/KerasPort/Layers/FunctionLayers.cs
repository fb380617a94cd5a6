using KerasPort.Activations;
using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>A layer that applies one function, and can be another layer's activation.</summary>
public abstract class FunctionLayer : Layer
{
    private protected FunctionLayer(string? name, Shape? input_shape) : base(name, input_shape) { }

    /// <summary>The function.</summary>
    internal abstract ActivationFunction Function { get; }

    internal override bool PassesMask => true;

    internal override ActivationFunction OutputActivation => Function;

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => Function.OutputShape(input_shape);

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => Function.Call(g, x);
}

/// <summary>y = min(x, max_value) where x is above the threshold, else negative_slope · (x - threshold).</summary>
public class ReLU : FunctionLayer
{
    /// <summary>A relu.</summary>
    /// <param name="max_value">The upper limit of the output; none by default.</param>
    /// <param name="negative_slope">The slope below the threshold.</param>
    /// <param name="threshold">The value above which x passes.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is negative.</exception>
    public ReLU(double? max_value = null, double negative_slope = 0.0, double threshold = 0.0, Shape? input_shape = null, string? name = null)
        : base(name, input_shape)
    {
        if (max_value < 0) throw new ValueError($"max_value of a ReLU layer cannot be a negative value. Received: max_value={PythonText.Str(max_value)}");
        if (!(negative_slope >= 0))
            throw new ValueError("negative_slope of a ReLU layer cannot be None or a negative value. "
                + $"Received: negative_slope={PythonText.Str(negative_slope)}");
        if (!(threshold >= 0)) throw new ValueError("threshold of a ReLU layer cannot be None or a negative value. "
            + $"Received: threshold={PythonText.Str(threshold)}");
        (this.max_value, this.negative_slope, this.threshold) = (max_value, negative_slope, threshold);
    }

    /// <summary>The upper limit of the output.</summary>
    public double? max_value { get; }

    /// <summary>The slope below the threshold.</summary>
    public double negative_slope { get; }

    /// <summary>The value above which x passes.</summary>
    public double threshold { get; }

    internal override ActivationFunction Function => new Relu(negative_slope, max_value, threshold);
}

/// <summary>y = x above 0, else negative_slope · x.</summary>
public class LeakyReLU : FunctionLayer
{
    /// <summary>A leaky relu.</summary>
    /// <param name="negative_slope">The slope below 0.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">The slope is negative.</exception>
    public LeakyReLU(double negative_slope = 0.3, Shape? input_shape = null, string? name = null) : base(name, input_shape) =>
        this.negative_slope = negative_slope >= 0 ? negative_slope
            : throw new ValueError("The negative_slope value of a Leaky ReLU layer cannot be None or negative value. Expected a float. "
                + $"Received: negative_slope={PythonText.Str(negative_slope)}");

    /// <summary>The slope below 0.</summary>
    public double negative_slope { get; }

    internal override ActivationFunction Function => new LeakyRelu(negative_slope);
}

/// <summary>y = x above 0, else alpha · (eˣ - 1).</summary>
public class ELU : FunctionLayer
{
    /// <summary>An exponential linear unit.</summary>
    /// <param name="alpha">The output far below 0 approaches -alpha.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    public ELU(double alpha = 1.0, Shape? input_shape = null, string? name = null) : base(name, input_shape) => this.alpha = alpha;

    /// <summary>The output far below 0 approaches -alpha.</summary>
    public double alpha { get; }

    internal override ActivationFunction Function => new Elu(alpha);
}

/// <summary>y = exp(x - max) / Σ exp(x - max) along an axis, or over several; masked places become 0.</summary>
public class Softmax : FunctionLayer
{
    /// <summary>A softmax.</summary>
    /// <param name="axis">The axis or axes; the last by default.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    public Softmax(Axes? axis = null, Shape? input_shape = null, string? name = null) : base(name, input_shape) => this.axis = axis ?? -1;

    internal override bool TakesMask => true;

    /// <summary>The axis or axes.</summary>
    public Axes axis { get; }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        if (x.Mask is not { } mask) return base.Call(g, x);
        bool fits = mask.shape.Rank <= x.shape.Rank && mask.shape.Reverse().Zip(x.shape.Reverse()).All(d => d.First == 1 || d.First == d.Second);
        if (!fits)
            throw new ValueError("The `mask` must be broadcastable to `inputs`. Each mask dimension must be 1 or match the corresponding input dimension. "
                + $"Received: inputs.shape={x.shape}, mask.shape={mask.shape}");
        var counts = g.Repeat(mask, x.shape);
        return g.WhereMasked(counts, base.Call(g, g.WhereMasked(counts, x, -1e9f)));
    }

    internal override ActivationFunction Function => axis is [var one] ? new Activations.Softmax(one) : new SoftmaxOver(axis);
}
