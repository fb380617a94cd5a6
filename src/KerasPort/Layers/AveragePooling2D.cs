using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>The mean of each window, channel by channel; of a window that reaches over the edge, of what of it lies in the image.</summary>
public sealed class AveragePooling2D : Pooling2D
{
    /// <summary>A pooling over windows of that size.</summary>
    /// <param name="pool_size">Height and width of the window, or one number for both.</param>
    /// <param name="strides">Steps of the window down and across; the window's size by default.</param>
    /// <param name="padding">"valid" (windows inside the image) or "same" (windows may reach over the edge).</param>
    /// <param name="input_shape">Shape of an image, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public AveragePooling2D(Shape pool_size, Shape? strides = null, string padding = "valid", Shape? input_shape = null, string? name = null)
        : base(pool_size, strides, padding, input_shape, name) { }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MeanPooling(WindowOver(x.shape)!.Value, x);
}
