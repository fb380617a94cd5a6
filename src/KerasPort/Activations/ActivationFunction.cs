using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Activations;

/// <summary>A function applied to a layer's output, element by element or along the last axis.</summary>
public abstract class ActivationFunction
{
    /// <summary>The function of x, as nodes.</summary>
    protected internal abstract Tensor Call(Graph g, Tensor x);

    /// <summary>The Keras name of one of this library's functions; <c>null</c> for one's own.</summary>
    internal string? KerasName => Named.Of<ActivationFunction>(GetType(), Layers.Names.SnakeCase);

    /// <summary>ONNX's operator of the same values, of one input and no settings; <c>null</c> where there is none.</summary>
    internal virtual string? OnnxOperator => null;

    /// <summary>The function of a tensor of any kind, as <c>tf.nn.relu(x)</c>.</summary>
    internal Tensor Of(Tensor x) => Operation.Apply(Layers.Names.SnakeCase(GetType()), (g, t) => Call(g, t[0]), x);

    /// <summary>The activation that a function of <c>tf.nn</c> is.</summary>
    /// <exception cref="ValueError">It is another function.</exception>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(TensorFunction? function) => function is null ? null
        : function.Target as ActivationFunction ?? throw new ValueError("An activation is a name, an object, or a function of `tf.nn` or `keras.ops`.");

    /// <summary>The activation of that Keras name.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator ActivationFunction?(string? name) => name is null ? null : Named.Make<ActivationFunction>(name, "activation function", [Layers.Names.SnakeCase]);
}

/// <summary>y = x.</summary>
public sealed class Linear : ActivationFunction
{
    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => x;
}

/// <summary>y = max(x, 0); NaN stays NaN. dx = dy where y is above 0.</summary>
public sealed class Relu : ActivationFunction
{
    internal override string OnnxOperator => "Relu";

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByOutput(default(ReluFormula), default(ReluGradient), x);
}

/// <summary>y = exp(x - max) / Σ exp(x - max) along the last axis.</summary>
public sealed class Softmax : ActivationFunction
{
    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.Softmax(x);
}

/// <summary>y = tanh(x). dx = dy ∘ (1 - y²).</summary>
public sealed class Tanh : ActivationFunction
{
    internal override string OnnxOperator => "Tanh";

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByOutput(default(TanhFormula), default(TanhGradient), x);
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
