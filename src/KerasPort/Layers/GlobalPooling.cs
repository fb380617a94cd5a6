using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>Pools each channel into one number, over all pixels of an image or a volume, or over all steps of a sequence.</summary>
public abstract class GlobalPooling : SpatialLayer
{
    private readonly int _rank;

    private protected GlobalPooling(int rank, string? data_format, bool keepdims, Shape? input_shape, string? name)
        : base(data_format, input_shape, name) => (_rank, this.keepdims) = (rank, keepdims);

    /// <summary>Whether the pooled axes stay, with length 1.</summary>
    public bool keepdims { get; }

    /// <summary>The pooled axes of an input with its channels last: all but the batch and the channels.</summary>
    private protected Axes PooledAxes => Axes.Create([.. Enumerable.Range(1, _rank)]);

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, _rank + 2);

    private protected override Shape OutputOf(Shape input)
    {
        RequireRank(input, _rank + 2);
        return new Shape([input[0], .. Enumerable.Repeat<int?>(1, keepdims ? _rank : 0), input[^1]]);
    }
}

/// <summary>The mean of each channel.</summary>
public abstract class GlobalAveragePooling : GlobalPooling
{
    private protected GlobalAveragePooling(int rank, string? data_format, bool keepdims, Shape? input_shape, string? name)
        : base(rank, data_format, keepdims, input_shape, name) { }

    private protected override Tensor Computed(Graph g, Tensor x) => g.Mean(x, PooledAxes, keepdims);
}

/// <summary>The maximum of each channel. Equal maxima share the gradient equally.</summary>
public abstract class GlobalMaxPooling : GlobalPooling
{
    private protected GlobalMaxPooling(int rank, string? data_format, bool keepdims, Shape? input_shape, string? name)
        : base(rank, data_format, keepdims, input_shape, name) { }

    private protected override Tensor Computed(Graph g, Tensor x) => g.Max(x, PooledAxes, keepdims);
}

/// <summary><inheritdoc cref="GlobalAveragePooling"/> Of sequences: of those steps that a mask lets count.</summary>
/// <param name="data_format">"channels_last" by default, or "channels_first".</param>
/// <param name="keepdims">Whether the axis of the steps stays, with length 1.</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
public class GlobalAveragePooling1D(string? data_format = null, bool keepdims = false, Shape? input_shape = null, string? name = null)
    : GlobalAveragePooling(1, data_format, keepdims, input_shape, name)
{
    internal override bool TakesMask => true;

    internal override bool PassesMask => true;

    internal override Tensor? MaskOf(Tensor[] inputs) => null;

    private protected override Tensor Computed(Graph g, Tensor x)
    {
        if (x.Mask is not { } mask) return base.Computed(g, x);
        var counts = g.MaskOver(mask, x);
        return g.Divide(g.Sum(g.WhereMasked(counts, x), PooledAxes, keepdims), g.Sum(counts, PooledAxes, keepdims));
    }
}

/// <summary><inheritdoc cref="GlobalAveragePooling"/> Of images.</summary>
/// <param name="data_format">"channels_last" by default, or "channels_first".</param>
/// <param name="keepdims">Whether the axes of the pixels stay, with length 1.</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
public class GlobalAveragePooling2D(string? data_format = null, bool keepdims = false, Shape? input_shape = null, string? name = null)
    : GlobalAveragePooling(2, data_format, keepdims, input_shape, name);

/// <summary><inheritdoc cref="GlobalAveragePooling"/> Of volumes.</summary>
/// <param name="data_format">"channels_last" by default, or "channels_first".</param>
/// <param name="keepdims">Whether the axes of the pixels stay, with length 1.</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
public class GlobalAveragePooling3D(string? data_format = null, bool keepdims = false, Shape? input_shape = null, string? name = null)
    : GlobalAveragePooling(3, data_format, keepdims, input_shape, name);

/// <summary><inheritdoc cref="GlobalMaxPooling"/> Of sequences.</summary>
/// <param name="data_format">"channels_last" by default, or "channels_first".</param>
/// <param name="keepdims">Whether the axis of the steps stays, with length 1.</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
public class GlobalMaxPooling1D(string? data_format = null, bool keepdims = false, Shape? input_shape = null, string? name = null)
    : GlobalMaxPooling(1, data_format, keepdims, input_shape, name);

/// <summary><inheritdoc cref="GlobalMaxPooling"/> Of images.</summary>
/// <param name="data_format">"channels_last" by default, or "channels_first".</param>
/// <param name="keepdims">Whether the axes of the pixels stay, with length 1.</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
public class GlobalMaxPooling2D(string? data_format = null, bool keepdims = false, Shape? input_shape = null, string? name = null)
    : GlobalMaxPooling(2, data_format, keepdims, input_shape, name);

/// <summary><inheritdoc cref="GlobalMaxPooling"/> Of volumes.</summary>
/// <param name="data_format">"channels_last" by default, or "channels_first".</param>
/// <param name="keepdims">Whether the axes of the pixels stay, with length 1.</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
public class GlobalMaxPooling3D(string? data_format = null, bool keepdims = false, Shape? input_shape = null, string? name = null)
    : GlobalMaxPooling(3, data_format, keepdims, input_shape, name);
