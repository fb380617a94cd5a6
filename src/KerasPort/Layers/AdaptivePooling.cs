using KerasPort.Engines;
using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>
/// A pooling to a given size, channel by channel: along an axis of n inputs and m outputs, output i pools the inputs from ⌊i·n/m⌋ to before
/// ⌈(i+1)·n/m⌉.
/// </summary>
public abstract class AdaptivePooling : SpatialLayer
{
    private readonly int _axes;

    private protected AdaptivePooling(int axes, Shape output_size, string? data_format, Shape? input_shape, string? name)
        : base(data_format, input_shape, name)
    {
        _axes = axes;
        if ((output_size.Rank != 1 && output_size.Rank != axes) || output_size.Any(size => size is not > 0))
            throw new ValueError($"`output_size` must be a positive integer or a tuple of {axes} of them. Received: {output_size}");
        this.output_size = output_size.Rank == axes ? output_size : new Shape([.. Enumerable.Repeat(output_size[0], axes)]);
    }

    /// <summary>The output's size along each axis.</summary>
    public Shape output_size { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, _axes + 2);

    private protected override Shape OutputOf(Shape input)
    {
        RequireRank(input, _axes + 2);
        return new Shape([input[0], .. output_size, input[^1]]);
    }

    private protected override Tensor Computed(Graph g, Tensor x)
    {
        for (int axis = 1; axis <= _axes; axis++) x = Pooled(g, x, axis, Windows(x.shape[axis]!.Value, output_size[axis - 1]!.Value));
        return x;
    }

    /// <summary>x with the axis pooled to one output for each window.</summary>
    private protected abstract Tensor Pooled(Graph g, Tensor x, int axis, (int First, int End)[] windows);

    /// <summary>The first place of each window, and the one behind its last.</summary>
    internal static (int First, int End)[] Windows(int inputs, int outputs) =>
        [.. Enumerable.Range(0, outputs).Select(i => ((int)((long)i * inputs / outputs), (int)(((i + 1L) * inputs + outputs - 1) / outputs)))];
}

/// <summary><inheritdoc cref="AdaptivePooling"/> The mean of them.</summary>
public abstract class AdaptiveAveragePooling : AdaptivePooling
{
    private protected AdaptiveAveragePooling(int axes, Shape output_size, string? data_format, Shape? input_shape, string? name)
        : base(axes, output_size, data_format, input_shape, name) { }

    private protected override Tensor Pooled(Graph g, Tensor x, int axis, (int First, int End)[] windows) =>
        g.Along(x, axis, Table(x.shape[axis]!.Value, windows));

    /// <summary>The mean of each window.</summary>
    internal static AlongTable Table(int inputs, (int First, int End)[] windows) =>
        AlongTable.Of(inputs, windows.Select(w => Enumerable.Range(w.First, w.End - w.First).Select(i => (i, 1.0 / (w.End - w.First)))));
}

/// <summary><inheritdoc cref="AdaptivePooling"/> The largest of them; of equals the first gets the gradient.</summary>
public abstract class AdaptiveMaxPooling : AdaptivePooling
{
    private protected AdaptiveMaxPooling(int axes, Shape output_size, string? data_format, Shape? input_shape, string? name)
        : base(axes, output_size, data_format, input_shape, name) { }

    private protected override Tensor Pooled(Graph g, Tensor x, int axis, (int First, int End)[] windows)
    {
        int outer = x.shape[..axis].Size, inner = x.shape[(axis + 1)..].Size;
        var (table, size) = Table(x.shape[axis]!.Value, windows);
        var image = g.Reshape(g.Along(x, axis, table), (outer, table.Outputs, 1, inner));
        var window = new Window2D(table.Outputs, 1, inner, windows.Length, 1, inner, size, 1, size, 1, 1, 1, 0, 0);
        return g.Reshape(g.MaxPooling(window, image), new Shape([.. x.shape[..axis], windows.Length, .. x.shape[(axis + 1)..]]));
    }

    /// <summary>The windows one behind the other, all of one length: shorter ones repeat their last place.</summary>
    internal static (AlongTable Table, int Size) Table(int inputs, (int First, int End)[] windows)
    {
        int size = windows.Max(w => w.End - w.First);
        return (AlongTable.Take(inputs, windows.SelectMany(w => Enumerable.Range(w.First, size).Select(i => Math.Min(i, w.End - 1)))), size);
    }
}

/// <summary><inheritdoc cref="AdaptiveAveragePooling"/> Of sequences.</summary>
/// <param name="output_size">Steps of the output.</param>
/// <param name="data_format">"channels_last" by default, or "channels_first".</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
/// <exception cref="ValueError">An argument is out of range.</exception>
public class AdaptiveAveragePooling1D(Shape output_size, string? data_format = null, Shape? input_shape = null, string? name = null)
    : AdaptiveAveragePooling(1, output_size, data_format, input_shape, name);

/// <summary><inheritdoc cref="AdaptiveAveragePooling"/> Of images.</summary>
/// <param name="output_size">Height and width of the output, or one number for both.</param>
/// <param name="data_format">"channels_last" by default, or "channels_first".</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
/// <exception cref="ValueError">An argument is out of range.</exception>
public class AdaptiveAveragePooling2D(Shape output_size, string? data_format = null, Shape? input_shape = null, string? name = null)
    : AdaptiveAveragePooling(2, output_size, data_format, input_shape, name);

/// <summary><inheritdoc cref="AdaptiveAveragePooling"/> Of volumes.</summary>
/// <param name="output_size">Depth, height and width of the output, or one number for all.</param>
/// <param name="data_format">"channels_last" by default, or "channels_first".</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
/// <exception cref="ValueError">An argument is out of range.</exception>
public class AdaptiveAveragePooling3D(Shape output_size, string? data_format = null, Shape? input_shape = null, string? name = null)
    : AdaptiveAveragePooling(3, output_size, data_format, input_shape, name);

/// <summary><inheritdoc cref="AdaptiveMaxPooling"/> Of sequences.</summary>
/// <param name="output_size">Steps of the output.</param>
/// <param name="data_format">"channels_last" by default, or "channels_first".</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
/// <exception cref="ValueError">An argument is out of range.</exception>
public class AdaptiveMaxPooling1D(Shape output_size, string? data_format = null, Shape? input_shape = null, string? name = null)
    : AdaptiveMaxPooling(1, output_size, data_format, input_shape, name);

/// <summary><inheritdoc cref="AdaptiveMaxPooling"/> Of images.</summary>
/// <param name="output_size">Height and width of the output, or one number for both.</param>
/// <param name="data_format">"channels_last" by default, or "channels_first".</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
/// <exception cref="ValueError">An argument is out of range.</exception>
public class AdaptiveMaxPooling2D(Shape output_size, string? data_format = null, Shape? input_shape = null, string? name = null)
    : AdaptiveMaxPooling(2, output_size, data_format, input_shape, name);

/// <summary><inheritdoc cref="AdaptiveMaxPooling"/> Of volumes.</summary>
/// <param name="output_size">Depth, height and width of the output, or one number for all.</param>
/// <param name="data_format">"channels_last" by default, or "channels_first".</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
/// <exception cref="ValueError">An argument is out of range.</exception>
public class AdaptiveMaxPooling3D(Shape output_size, string? data_format = null, Shape? input_shape = null, string? name = null)
    : AdaptiveMaxPooling(3, output_size, data_format, input_shape, name);
