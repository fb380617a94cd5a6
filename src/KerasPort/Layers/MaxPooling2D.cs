using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>The largest value of each window, channel by channel. The gradient goes to the first largest one, row by row.</summary>
public sealed class MaxPooling2D : Pooling2D
{
    /// <summary>A pooling over windows of that size.</summary>
    /// <param name="pool_size">Height and width of the window, or one number for both; 2 by default.</param>
    /// <param name="strides">Steps of the window down and across; the window's size by default.</param>
    /// <param name="padding">"valid" (windows inside the image) or "same" (windows may reach over the edge, where there is nothing to take).</param>
    /// <param name="input_shape">Shape of an image, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public MaxPooling2D(Shape? pool_size = null, Shape? strides = null, string padding = "valid", Shape? input_shape = null, string? name = null)
        : base(pool_size ?? 2, strides, padding, input_shape, name) { }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MaxPooling(WindowOver(x.shape)!.Value, x);
}
