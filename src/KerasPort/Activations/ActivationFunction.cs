using System.Diagnostics.CodeAnalysis;
using KerasPort.Engines;

namespace KerasPort.Activations;

/// <summary>
/// A function applied to a layer's output in place, as rows of <c>columns</c> channels.
/// Its gradient is taken from its own output, which is all that is kept.
/// </summary>
public abstract class ActivationFunction
{
    /// <summary>Applies the function to y in place.</summary>
    protected internal abstract void Forward(Kernels kernels, int rows, int columns, DeviceBuffer y);

    /// <summary>Turns the gradient of the output, dy, into that of the input, in place; y is the output.</summary>
    protected internal abstract void Backward(Kernels kernels, int rows, int columns, DeviceBuffer y, DeviceBuffer dy);

    /// <summary>The activation functions by their Keras names.</summary>
    internal static Dictionary<string, Func<ActivationFunction>> Known { get; } = new()
    {
        ["linear"] = () => new Linear(),
        ["relu"] = () => new Relu(),
        ["softmax"] = () => new Softmax(),
        ["tanh"] = () => new Tanh(),
    };

    /// <summary>The activation of that Keras name.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator ActivationFunction?(string? name) => name is null ? null : Named.Get(name, "activation function", Known);
}

/// <summary>y = x.</summary>
public sealed class Linear : ActivationFunction
{
    /// <inheritdoc/>
    protected internal override void Forward(Kernels kernels, int rows, int columns, DeviceBuffer y) { }

    /// <inheritdoc/>
    protected internal override void Backward(Kernels kernels, int rows, int columns, DeviceBuffer y, DeviceBuffer dy) { }
}

/// <summary>y = max(x, 0); NaN stays NaN. dx = dy where y is above 0.</summary>
public sealed class Relu : ActivationFunction
{
    /// <inheritdoc/>
    protected internal override void Forward(Kernels kernels, int rows, int columns, DeviceBuffer y) => kernels.Relu(rows * columns, y);

    /// <inheritdoc/>
    protected internal override void Backward(Kernels kernels, int rows, int columns, DeviceBuffer y, DeviceBuffer dy) =>
        kernels.ReluGradient(rows * columns, y, dy);
}

/// <summary>y = exp(x - max) / Σ exp(x - max) along the last axis. dx = y ∘ (dy - Σ dy ∘ y).</summary>
public sealed class Softmax : ActivationFunction
{
    /// <inheritdoc/>
    protected internal override void Forward(Kernels kernels, int rows, int columns, DeviceBuffer y) => kernels.Softmax(rows, columns, y);

    /// <inheritdoc/>
    protected internal override void Backward(Kernels kernels, int rows, int columns, DeviceBuffer y, DeviceBuffer dy) =>
        kernels.SoftmaxGradient(rows, columns, y, dy);
}

/// <summary>y = tanh(x). dx = dy ∘ (1 - y²).</summary>
public sealed class Tanh : ActivationFunction
{
    /// <inheritdoc/>
    protected internal override void Forward(Kernels kernels, int rows, int columns, DeviceBuffer y) => kernels.Tanh(rows * columns, y);

    /// <inheritdoc/>
    protected internal override void Backward(Kernels kernels, int rows, int columns, DeviceBuffer y, DeviceBuffer dy) =>
        kernels.TanhGradient(rows * columns, y, dy);
}
