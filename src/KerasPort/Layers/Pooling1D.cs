using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>A layer that makes one step of each window of a sequence [steps, channels], channel by channel.</summary>
[OnlySetting("data_format", "channels_last")]
public abstract class Pooling1D : Layer
{
    private protected Pooling1D(Shape pool_size, Shape? strides, string padding, Shape? input_shape, string? name) : base(name, input_shape)
    {
        this.pool_size = WindowArguments.Of(1, "pool_size", pool_size);
        this.strides = strides is { } given ? WindowArguments.Of(1, "strides", given) : this.pool_size;
        this.padding = WindowArguments.Padding(padding);
    }

    /// <summary>Steps of the sequence in a window.</summary>
    public Shape pool_size { get; }

    /// <summary>Steps from one window to the next.</summary>
    public Shape strides { get; }

    /// <summary>"valid" or "same".</summary>
    public string padding { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, 3);

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, 3);
        var along = Along(input_shape);
        if (along?.Out <= 0)
            throw new ValueError($"Computed output size would be zero or negative. Received: `inputs.shape={input_shape}`, `pool_size={pool_size}`, `strides={strides}`, `padding={padding}`.");
        return new Shape(input_shape[0], along?.Out, input_shape[2]);
    }

    // An image of one column.
    internal override Window2D? WindowOver(Shape input_shape)
    {
        var (steps, before) = Along(input_shape)!.Value;
        int channels = input_shape[2]!.Value;
        return new Window2D(input_shape[1]!.Value, 1, channels, steps, 1, channels, pool_size[0]!.Value, 1, strides[0]!.Value, 1, 1, 1, before, 0);
    }

    /// <inheritdoc/>
    protected internal sealed override Tensor Call(Graph g, Tensor x)
    {
        var image = g.Reshape(x, new Shape(x.shape[0], x.shape[1], 1, x.shape[2]));
        return g.Reshape(Pooled(g, WindowOver(x.shape)!.Value, image), compute_output_shape(x.shape));
    }

    private protected abstract Tensor Pooled(Graph g, Window2D window, Tensor image);

    private (int Out, int Before)? Along(Shape input_shape) =>
        Window2D.Along(input_shape[1], pool_size[0]!.Value, strides[0]!.Value, 1, padding == "same");
}

/// <summary>The largest value of each window, channel by channel. The gradient goes to the first largest one.</summary>
public sealed class MaxPooling1D : Pooling1D
{
    /// <summary>A pooling over windows of that size.</summary>
    /// <param name="pool_size">Steps of the sequence in a window; 2 by default.</param>
    /// <param name="strides">Steps from one window to the next; the window's size by default.</param>
    /// <param name="padding">"valid" (windows inside the sequence) or "same" (windows may reach over its ends).</param>
    /// <param name="input_shape">Shape of a sequence, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public MaxPooling1D(Shape? pool_size = null, Shape? strides = null, string padding = "valid", Shape? input_shape = null, string? name = null)
        : base(pool_size ?? 2, strides, padding, input_shape, name) { }

    private protected override Tensor Pooled(Graph g, Window2D window, Tensor image) => g.MaxPooling(window, image);
}

/// <summary>The mean of each window, channel by channel; of a window that reaches over an end, of what of it lies in the sequence.</summary>
public sealed class AveragePooling1D : Pooling1D
{
    /// <summary>A pooling over windows of that size.</summary>
    /// <param name="pool_size">Steps of the sequence in a window.</param>
    /// <param name="strides">Steps from one window to the next; the window's size by default.</param>
    /// <param name="padding">"valid" (windows inside the sequence) or "same" (windows may reach over its ends).</param>
    /// <param name="input_shape">Shape of a sequence, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public AveragePooling1D(Shape pool_size, Shape? strides = null, string padding = "valid", Shape? input_shape = null, string? name = null)
        : base(pool_size, strides, padding, input_shape, name) { }

    private protected override Tensor Pooled(Graph g, Window2D window, Tensor image) => g.MeanPooling(window, image);
}
