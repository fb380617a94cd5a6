using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Activations;

/// <summary>
/// y = max(x, 0); NaN stays NaN. dx = dy where y is above 0. With arguments, min(x, max_value) where x is above the threshold, else
/// negative_slope · (x - threshold).
/// </summary>
public sealed class Relu : ActivationFunction
{
    /// <summary>Creates a relu.</summary>
    /// <param name="negative_slope">The slope below the threshold.</param>
    /// <param name="max_value">The upper limit of the output; none by default.</param>
    /// <param name="threshold">The value above which x passes.</param>
    public Relu(double negative_slope = 0.0, double? max_value = null, double threshold = 0.0) =>
        (this.negative_slope, this.max_value, this.threshold) = (negative_slope, max_value, threshold);

    /// <summary>The slope below the threshold.</summary>
    public double negative_slope { get; }

    /// <summary>The upper limit of the output; <c>null</c> for none.</summary>
    public double? max_value { get; }

    /// <summary>The value above which x passes.</summary>
    public double threshold { get; }

    internal override bool HasArguments => negative_slope != 0 || max_value is not null || threshold != 0;

    internal override string? OnnxOperator => HasArguments ? null : "Relu";

    internal Tensor With(Tensor x, double negative_slope = 0.0, double? max_value = null, double threshold = 0.0) =>
        new Relu(negative_slope, max_value, threshold).WithArguments().Of(x);

    internal override Function AsFunction() => HasArguments ? WithArguments() : new Function("Relu", (g, t) => Call(g, t[0]));

    // Keras has two classes: that of keras.ops, and that of keras.activations, which takes arguments.
    internal Function WithArguments() => new("ReLU", (g, t) => Call(g, t[0])) { Owner = this };

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        if (negative_slope != 0 && max_value is null && threshold == 0) return new LeakyRelu(negative_slope).Call(g, x);
        var (least, most) = ((float)threshold, (float)(max_value ?? 0));
        // The cases and the order of operations are Keras', and with them the gradient at the edges.
        var y = threshold != 0 ? g.MapByInput(new Above(least, 0), new AboveGradient(least), x)
            : max_value == 6 ? new Relu6().Call(g, x) : Plain(g, x);
        if (max_value is not null && (threshold != 0 || max_value != 6)) y = g.MapByInput(new Ramp(0, most), new WithinGradient(0, most), y);
        if (negative_slope == 0) return y;
        var below = Plain(g, threshold == 0 ? g.Scale(x, -1) : g.Shift(g.Scale(x, -1), least));
        return g.Subtract(y, g.Scale(below, (float)negative_slope));
    }

    private static Tensor Plain(Graph g, Tensor x) => g.MapByOutput(default(ReluFormula), default(ReluGradient), x);
}

/// <summary>max(x, 0); NaN stays NaN.</summary>
public readonly struct ReluFormula : IUnary
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Select(M.Greater(M.Splat(0), x), M.Splat(0), x);
}

/// <summary>dx = dy where y, the relu, is above 0, else 0.</summary>
public readonly struct ReluGradient : IBinary
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T y, T dy) where M : struct, IMath<T> => M.Select(M.Greater(y, M.Splat(0)), dy, M.Splat(0));
}
