using System.Text.Json.Nodes;
using KerasPort.Activations;
using KerasPort.Saving;

namespace KerasPort;

/// <summary>
/// <c>keras.activations</c>: functions of arrays and tensors, <c>keras.activations.selu(x)</c>. Layers take them as arguments,
/// <c>activation: keras.activations.selu</c>, or as objects with arguments of their own, <c>activation: new Elu(0.5)</c>.
/// </summary>
public sealed class ActivationsModule
{
    /// <inheritdoc cref="Activations.Celu"/>
    public AlphaFunction celu { get; } = new Celu().With;

    /// <summary>Creates an activation from the configuration that <see cref="serialize"/> gives.</summary>
    /// <exception cref="ModelFormatException">The configuration isn't one of an activation.</exception>
    public ActivationFunction deserialize(JsonNode config, CustomObjects? custom_objects = null)
    {
        using var scope = CustomObjects.Within(custom_objects);
        var all = JsonText.Element(new JsonObject { ["activation"] = config?.DeepClone() });
        return (ActivationFunction)ConfigValue.Read(all.GetProperty("activation"), typeof(ActivationFunction), "config")!;
    }

    /// <inheritdoc cref="Activations.Elu"/>
    public AlphaFunction elu { get; } = new Elu().With;

    /// <inheritdoc cref="Activations.Exponential"/>
    public TensorFunction exponential { get; } = new Exponential().Of;

    /// <inheritdoc cref="Activations.Gelu"/>
    public GeluFunction gelu { get; } = new Gelu().With;

    /// <summary>The activation of that name, or the given one; linear for <c>null</c>.</summary>
    /// <exception cref="ValueError">There is no activation of that name.</exception>
    public ActivationFunction get(ActivationFunction? identifier) => identifier ?? new Linear();

    /// <inheritdoc cref="Activations.Glu"/>
    public AxisFunction glu { get; } = new Glu().With;

    /// <inheritdoc cref="Activations.HardShrink"/>
    public ShrinkFunction hard_shrink { get; } = new HardShrink().With;

    /// <inheritdoc cref="Activations.HardSigmoid"/>
    public TensorFunction hard_sigmoid { get; } = new HardSigmoid().Of;

    /// <inheritdoc cref="Activations.HardSilu"/>
    public TensorFunction hard_silu { get; } = new HardSilu().Of;

    /// <inheritdoc cref="Activations.HardSilu"/>
    public TensorFunction hard_swish { get; } = new HardSilu().Of;

    /// <inheritdoc cref="Activations.HardTanh"/>
    public TensorFunction hard_tanh { get; } = new HardTanh().Of;

    /// <inheritdoc cref="Activations.LeakyRelu"/>
    public SlopeFunction leaky_relu { get; } = new LeakyRelu().With;

    /// <inheritdoc cref="Activations.Linear"/>
    public TensorFunction linear { get; } = new Linear().Of;

    /// <inheritdoc cref="Activations.LogSigmoid"/>
    public TensorFunction log_sigmoid { get; } = new LogSigmoid().Of;

    /// <inheritdoc cref="Activations.LogSoftmax"/>
    public AxisFunction log_softmax { get; } = new LogSoftmax().With;

    /// <inheritdoc cref="Activations.Mish"/>
    public TensorFunction mish { get; } = new Mish().Of;

    /// <inheritdoc cref="Activations.Relu"/>
    public ReluFunction relu { get; } = new Relu().With;

    /// <inheritdoc cref="Activations.Relu6"/>
    public TensorFunction relu6 { get; } = new Relu6().Of;

    /// <inheritdoc cref="Activations.Selu"/>
    public TensorFunction selu { get; } = new Selu().Of;

    /// <summary>The configuration of an activation: its name, or a layer's configuration.</summary>
    /// <exception cref="ValueError">It is one of the program's own that isn't registered, or has arguments.</exception>
    public JsonNode? serialize(ActivationFunction activation) => ConfigValue.Write(activation);

    /// <inheritdoc cref="Activations.Sigmoid"/>
    public TensorFunction sigmoid { get; } = new Sigmoid().Of;

    /// <inheritdoc cref="Activations.Silu"/>
    public TensorFunction silu { get; } = new Silu().Of;

    /// <inheritdoc cref="Activations.SoftShrink"/>
    public ShrinkFunction soft_shrink { get; } = new SoftShrink().With;

    /// <inheritdoc cref="Activations.Softmax"/>
    public AxisFunction softmax { get; } = new Softmax().With;

    /// <inheritdoc cref="Activations.Softplus"/>
    public TensorFunction softplus { get; } = new Softplus().Of;

    /// <inheritdoc cref="Activations.Softsign"/>
    public TensorFunction softsign { get; } = new Softsign().Of;

    /// <inheritdoc cref="Activations.SparsePlus"/>
    public TensorFunction sparse_plus { get; } = new SparsePlus().Of;

    /// <inheritdoc cref="Activations.SparseSigmoid"/>
    public TensorFunction sparse_sigmoid { get; } = new SparseSigmoid().Of;

    /// <inheritdoc cref="Activations.Sparsemax"/>
    public AxisFunction sparsemax { get; } = new Sparsemax().With;

    /// <inheritdoc cref="Activations.Squareplus"/>
    public SquareplusFunction squareplus { get; } = new Squareplus().With;

    /// <inheritdoc cref="Activations.Silu"/>
    public TensorFunction swish { get; } = new Silu().Of;

    /// <inheritdoc cref="Activations.Tanh"/>
    public TensorFunction tanh { get; } = new Tanh().Of;

    /// <inheritdoc cref="Activations.TanhShrink"/>
    public TensorFunction tanh_shrink { get; } = new TanhShrink().Of;

    /// <inheritdoc cref="Activations.Threshold"/>
    public Tensor threshold(Tensor x, double threshold, double default_value) => new Threshold(threshold, default_value).Apply(x);
}
