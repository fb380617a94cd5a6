using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>The maximum of each window, channel by channel. The gradient goes to the first maximum in row-major order.</summary>
public abstract class MaxPooling : Pooling
{
    private protected MaxPooling(int rank, Shape pool_size, Shape? strides, string padding, string? data_format, Shape? input_shape, string? name)
        : base(rank, pool_size, strides, padding, data_format, input_shape, name) { }

    private protected override Tensor Pooled(Graph g, Window2D window, Tensor image) => g.MaxPooling(window, image);
}

/// <summary><inheritdoc cref="MaxPooling"/> Of sequences.</summary>
/// <param name="pool_size">Steps of the sequence in a window; 2 by default.</param>
/// <param name="strides">Steps from one window to the next; the window's size by default.</param>
/// <param name="padding">"valid" (windows inside the sequence) or "same" (windows may reach over its ends).</param>
/// <param name="data_format">"channels_last" by default, or "channels_first".</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
/// <exception cref="ValueError">An argument is out of range.</exception>
public class MaxPooling1D(Shape? pool_size = null, Shape? strides = null, string padding = "valid", string? data_format = null,
    Shape? input_shape = null, string? name = null) : MaxPooling(1, pool_size ?? 2, strides, padding, data_format, input_shape, name);

/// <summary><inheritdoc cref="MaxPooling"/> Of images.</summary>
/// <param name="pool_size">Height and width of the window, or one number for both; 2 by default.</param>
/// <param name="strides">Steps of the window down and across; the window's size by default.</param>
/// <param name="padding">"valid" (windows inside the image) or "same" (windows may reach over the edge).</param>
/// <param name="data_format">"channels_last" by default, or "channels_first".</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
/// <exception cref="ValueError">An argument is out of range.</exception>
/// <example><code>
/// var image = np.arange(16).reshape(1, 4, 4, 1);
/// print(keras.layers.MaxPooling2D((2, 2)).Apply(image).numpy()[0, .., .., 0]);    // [[ 5.  7.] [13. 15.]]
/// </code></example>
public class MaxPooling2D(Shape? pool_size = null, Shape? strides = null, string padding = "valid", string? data_format = null,
    Shape? input_shape = null, string? name = null) : MaxPooling(2, pool_size ?? 2, strides, padding, data_format, input_shape, name);

/// <summary><inheritdoc cref="MaxPooling"/> Of volumes.</summary>
/// <param name="pool_size">Depth, height and width of the window, or one number for all; 2 by default.</param>
/// <param name="strides">Steps of the window along each axis; the window's size by default.</param>
/// <param name="padding">"valid" (windows inside the volume) or "same" (windows may reach over the edge).</param>
/// <param name="data_format">"channels_last" by default, or "channels_first".</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
/// <exception cref="ValueError">An argument is out of range.</exception>
public class MaxPooling3D(Shape? pool_size = null, Shape? strides = null, string padding = "valid", string? data_format = null,
    Shape? input_shape = null, string? name = null) : MaxPooling(3, pool_size ?? 2, strides, padding, data_format, input_shape, name);
