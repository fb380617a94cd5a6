using System.Text.Json.Nodes;
using KerasPort.Activations;
using KerasPort.Saving;

namespace KerasPort;

/// <summary>
/// <c>keras.activations</c>: functions of arrays and tensors, <c>keras.activations.selu(x)</c>. Layers take them as arguments,
/// <c>activation: keras.activations.selu</c>, or as objects with arguments of their own, <c>activation: new Elu(0.5)</c>.
/// </summary>
public sealed class ActivationsModule : ActivationFunctions
{
    /// <summary>Creates an activation from the configuration that <see cref="serialize"/> gives.</summary>
    /// <exception cref="ModelFormatException">The configuration isn't one of an activation.</exception>
    public ActivationFunction deserialize(JsonNode config, CustomObjects? custom_objects = null)
    {
        using var scope = CustomObjects.Within(custom_objects);
        var all = JsonText.Element(new JsonObject { ["activation"] = config?.DeepClone() });
        return (ActivationFunction)ConfigValue.Read(all.GetProperty("activation"), typeof(ActivationFunction), "config")!;
    }

    /// <inheritdoc cref="Activations.Exponential"/>
    public TensorFunction exponential { get; } = new Exponential().Of;

    /// <inheritdoc cref="Activations.Gelu"/>
    public GeluFunction gelu { get; } = new Gelu().With;

    /// <summary>The activation of that name, or the given one; linear for <c>null</c>.</summary>
    /// <exception cref="ValueError">There is no activation of that name.</exception>
    public ActivationFunction get(ActivationFunction? identifier) => identifier ?? new Linear();

    /// <inheritdoc cref="Activations.Linear"/>
    public TensorFunction linear { get; } = new Linear().Of;

    /// <inheritdoc cref="Activations.Mish"/>
    public TensorFunction mish { get; } = new Mish().Of;

    /// <inheritdoc cref="Activations.Relu"/>
    public ReluFunction relu { get; } = new Relu().With;

    /// <summary>The configuration of an activation: its name, or a layer's configuration.</summary>
    /// <exception cref="ValueError">It is one of the program's own that isn't registered, or has arguments.</exception>
    public JsonNode? serialize(ActivationFunction activation) => ConfigValue.Write(activation);

    /// <inheritdoc cref="Activations.Threshold"/>
    public Tensor threshold(Tensor x, double threshold, double default_value) => new Threshold(threshold, default_value).Apply(x);
}
