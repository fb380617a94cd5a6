using KerasPort.Activations;
using KerasPort.Layers;

namespace KerasPort.Engines;

/// <summary>
/// What a layer's forward and backward pass work on for the batch at hand. Buffers are cut to the batch:
/// X has rows × inputs elements, Y rows × outputs.
/// </summary>
public sealed class LayerBuffers
{
    internal LayerBuffers() { }

    /// <summary>The input.</summary>
    public DeviceBuffer X { get; internal set; } = null!;

    /// <summary>The output.</summary>
    public DeviceBuffer Y { get; internal set; } = null!;

    /// <summary>The gradient of the output.</summary>
    public DeviceBuffer DY { get; internal set; } = null!;

    /// <summary>The gradient of the input, <c>null</c> when nobody needs it.</summary>
    public DeviceBuffer? DX { get; internal set; }

    /// <summary>For a convolution or pooling: the window over <see cref="X"/>, cut to the rows and columns of Y that the next layer reads.</summary>
    public Window2D Window { get; internal set; }

    /// <summary>The weights, in Keras' order.</summary>
    public DeviceBuffer[] Weights { get; internal init; } = [];

    /// <summary>The gradients of the weights, in Keras' order.</summary>
    public DeviceBuffer[] Gradients { get; internal init; } = [];

    /// <summary>Whether a dense layer's kernel gradient is left to the optimizer, which computes it as it uses it.</summary>
    public bool LeavesKernelGradient { get; internal set; }

    /// <summary>
    /// The activation to apply: the layer's own, except that the last layer's softmax is left to a crossentropy loss, which needs the logits.
    /// </summary>
    public ActivationFunction Activation { get; internal set; } = new Linear();
}
