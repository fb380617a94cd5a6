using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>A layer that makes one number of each channel: of all pixels of an image or all steps of a sequence.</summary>
[OnlySetting("data_format", "channels_last")]
public abstract class GlobalPooling : Layer
{
    private readonly int _rank;

    private protected GlobalPooling(int rank, bool keepdims, Shape? input_shape, string? name) : base(name, input_shape) =>
        (_rank, this.keepdims) = (rank, keepdims);

    /// <summary>Whether the axes that are pooled stay, with length 1.</summary>
    public bool keepdims { get; }

    /// <summary>The axes that are pooled: all but the batch and the channels.</summary>
    internal Axes PooledAxes => _rank == 3 ? 1 : (1, 2);

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, _rank);

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, _rank);
        return new Shape([input_shape[0], .. Enumerable.Repeat<int?>(1, keepdims ? _rank - 2 : 0), input_shape[^1]]);
    }
}

/// <summary>The mean of each channel of a sequence [steps, channels].</summary>
/// <param name="keepdims">Whether the axis of the steps stays, with length 1.</param>
/// <param name="input_shape">Shape of a sequence, for a model's first layer.</param>
/// <param name="name">The layer's name.</param>
public sealed class GlobalAveragePooling1D(bool keepdims = false, Shape? input_shape = null, string? name = null)
    : GlobalPooling(3, keepdims, input_shape, name)
{
    internal override bool TakesMask => true;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.Mean(x, PooledAxes, this.keepdims);
}

/// <summary>The mean of each channel of an image [height, width, channels].</summary>
/// <param name="keepdims">Whether the axes of the pixels stay, with length 1.</param>
/// <param name="input_shape">Shape of an image, for a model's first layer.</param>
/// <param name="name">The layer's name.</param>
public sealed class GlobalAveragePooling2D(bool keepdims = false, Shape? input_shape = null, string? name = null)
    : GlobalPooling(4, keepdims, input_shape, name)
{
    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.Mean(x, PooledAxes, this.keepdims);
}

/// <summary>The largest value of each channel of a sequence [steps, channels]. Of equals each gets an equal part of the gradient.</summary>
/// <param name="keepdims">Whether the axis of the steps stays, with length 1.</param>
/// <param name="input_shape">Shape of a sequence, for a model's first layer.</param>
/// <param name="name">The layer's name.</param>
public sealed class GlobalMaxPooling1D(bool keepdims = false, Shape? input_shape = null, string? name = null)
    : GlobalPooling(3, keepdims, input_shape, name)
{
    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.Max(x, PooledAxes, this.keepdims);
}

/// <summary>The largest value of each channel of an image [height, width, channels]. Of equals each gets an equal part of the gradient.</summary>
/// <param name="keepdims">Whether the axes of the pixels stay, with length 1.</param>
/// <param name="input_shape">Shape of an image, for a model's first layer.</param>
/// <param name="name">The layer's name.</param>
public sealed class GlobalMaxPooling2D(bool keepdims = false, Shape? input_shape = null, string? name = null)
    : GlobalPooling(4, keepdims, input_shape, name)
{
    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.Max(x, PooledAxes, this.keepdims);
}
