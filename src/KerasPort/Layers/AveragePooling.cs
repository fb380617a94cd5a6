using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>The mean of each window, channel by channel. Pixels outside of the input don't count.</summary>
public abstract class AveragePooling : Pooling
{
    private protected AveragePooling(int rank, Shape pool_size, Shape? strides, string padding, string? data_format, Shape? input_shape, string? name)
        : base(rank, pool_size, strides, padding, data_format, input_shape, name) { }

    private protected override Tensor Pooled(Graph g, Window2D window, Tensor image) => g.MeanPooling(window, image);
}

/// <summary><inheritdoc cref="AveragePooling"/> Of sequences.</summary>
/// <param name="pool_size">Steps of the sequence in a window.</param>
/// <param name="strides">Steps from one window to the next; the window's size by default.</param>
/// <param name="padding">"valid" (windows inside the sequence) or "same" (windows may reach over its ends).</param>
/// <param name="data_format">"channels_last" by default, or "channels_first".</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
/// <exception cref="ValueError">An argument is out of range.</exception>
public class AveragePooling1D(Shape pool_size, Shape? strides = null, string padding = "valid", string? data_format = null,
    Shape? input_shape = null, string? name = null) : AveragePooling(1, pool_size, strides, padding, data_format, input_shape, name);

/// <summary><inheritdoc cref="AveragePooling"/> Of images.</summary>
/// <param name="pool_size">Height and width of the window, or one number for both.</param>
/// <param name="strides">Steps of the window down and across; the window's size by default.</param>
/// <param name="padding">"valid" (windows inside the image) or "same" (windows may reach over the edge).</param>
/// <param name="data_format">"channels_last" by default, or "channels_first".</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
/// <exception cref="ValueError">An argument is out of range.</exception>
public class AveragePooling2D(Shape pool_size, Shape? strides = null, string padding = "valid", string? data_format = null,
    Shape? input_shape = null, string? name = null) : AveragePooling(2, pool_size, strides, padding, data_format, input_shape, name);

/// <summary><inheritdoc cref="AveragePooling"/> Of volumes.</summary>
/// <param name="pool_size">Depth, height and width of the window, or one number for all.</param>
/// <param name="strides">Steps of the window along each axis; the window's size by default.</param>
/// <param name="padding">"valid" (windows inside the volume) or "same" (windows may reach over the edge).</param>
/// <param name="data_format">"channels_last" by default, or "channels_first".</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
/// <exception cref="ValueError">An argument is out of range.</exception>
public class AveragePooling3D(Shape pool_size, Shape? strides = null, string padding = "valid", string? data_format = null,
    Shape? input_shape = null, string? name = null) : AveragePooling(3, pool_size, strides, padding, data_format, input_shape, name);
