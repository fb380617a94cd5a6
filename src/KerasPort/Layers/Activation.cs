using KerasPort.Engines;

namespace KerasPort.Layers;

/// <summary>Applies a function, channel by channel or along the last axis.</summary>
public sealed class Activation : Layer
{
    /// <summary>A layer that applies that function; <c>null</c> is linear, as in Keras.</summary>
    public Activation(Activations.ActivationFunction? activation, Shape? input_shape = null, string? name = null) : base(name, input_shape) =>
        this.activation = activation ?? new Activations.Linear();

    /// <summary>The function.</summary>
    public Activations.ActivationFunction activation { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, 2, atLeast: true);

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => input_shape;

    /// <inheritdoc/>
    protected internal override Activations.ActivationFunction OutputActivation => activation;

    /// <inheritdoc/>
    protected internal override void Forward(Kernels kernels, LayerBuffers b)
    {
        int columns = output_shape!.Value[^1]!.Value;
        kernels.Copy(b.X, b.Y);
        b.Activation.Forward(kernels, b.Y.Length / columns, columns, b.Y);
    }

    /// <inheritdoc/>
    protected internal override void Backward(Kernels kernels, LayerBuffers b)
    {
        if (b.DX is null) return;
        int columns = output_shape!.Value[^1]!.Value;
        b.Activation.Backward(kernels, b.Y.Length / columns, columns, b.Y, b.DY);
        kernels.Copy(b.DY, b.DX);
    }
}
