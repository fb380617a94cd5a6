using KerasPort.Graphs;

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

    internal override Activations.ActivationFunction OutputActivation => activation;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => activation.Call(g, x);
}
