using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Activations;

/// <summary>A function applied to a layer's output, element by element or along the last axis.</summary>
public abstract partial class ActivationFunction
{
    /// <summary>Adds the nodes that compute the function of x.</summary>
    protected internal abstract Tensor Call(Graph g, Tensor x);

    /// <summary>Whether it has arguments other than those that its name implies.</summary>
    internal virtual bool HasArguments => false;

    /// <summary>The Keras name of one of this library's functions, as in files; <c>null</c> for one of the program's own, or with other arguments.</summary>
    internal string? KerasName => HasArguments ? null : Named.Of<ActivationFunction>(GetType(), Layers.Names.SnakeCase);

    /// <summary>The ONNX operator with the same values, a single input and no attributes; <c>null</c> if there is none.</summary>
    internal virtual string? OnnxOperator => null;

    /// <summary>The ONNX operator with the same values, a single input and the attribute alpha; <c>null</c> if there is none.</summary>
    internal virtual (string Operator, double Alpha)? OnnxWithAlpha => null;

    /// <summary>The shape of the output for an input of shape <paramref name="x"/>.</summary>
    internal virtual Shape OutputShape(Shape x) => x;

    /// <summary>Applies the function to an array or a tensor of any kind.</summary>
    public Tensor Apply(Tensor x) => Of(x);

    /// <summary>Applies the function, in the form of a delegate: <c>tf.nn.relu(x)</c>.</summary>
    internal Tensor Of(Tensor x) => this is Linear ? x : AsFunction().Of(x);

    /// <summary>The function as a node between layers.</summary>
    internal virtual Function AsFunction() => new(GetType().Name, (g, t) => Call(g, t[0])) { Owner = this };
}

/// <summary>y = x.</summary>
public sealed class Linear : ActivationFunction
{
    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => x;
}

/// <summary>y = tanh(x). dx = dy ∘ (1 - y²).</summary>
public sealed class Tanh : ActivationFunction
{
    internal override string OnnxOperator => "Tanh";

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByOutput(default(TanhFormula), default(TanhGradient), x);
}

/// <summary>tanh(x).</summary>
public readonly struct TanhFormula : IUnary
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Tanh(x);
}

/// <summary>dx = dy·(1 - y²) for y, the tanh.</summary>
public readonly struct TanhGradient : IBinary
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T y, T dy) where M : struct, IMath<T> => M.Multiply(dy, M.Subtract(M.Splat(1), M.Multiply(y, y)));
}
