namespace KerasPort.Layers;

/// <summary>Applies a function, channel by channel or along the last axis.</summary>
public class Activation : FunctionLayer
{
    /// <summary>A layer that applies that function.</summary>
    /// <param name="activation">The function or its name, such as "relu"; <c>null</c> is linear, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    public Activation(Activations.ActivationFunction? activation, Shape? input_shape = null, string? name = null) : base(name, input_shape) =>
        this.activation = activation ?? new Activations.Linear();

    /// <summary>The function.</summary>
    public Activations.ActivationFunction activation { get; }

    internal override Activations.ActivationFunction Function => (activation as Activations.LayerFunction)?.Function ?? activation;
}
