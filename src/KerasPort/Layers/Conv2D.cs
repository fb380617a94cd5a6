using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>y[oy, ox, f] = activation(bias[f] + Σ x[oy·sy + ky·dy, ox·sx + kx·dx, c] · kernel[ky, kx, c, f]) over images [height, width, channels].</summary>
/// <example><code>
/// var images = np.zeros((4, 28, 28, 1));
/// print(keras.layers.Conv2D(16, (3, 3), activation: "relu").Apply(images).shape);         // (4, 26, 26, 16)
/// print(keras.layers.Conv2D(16, 3, strides: 2, padding: "same").Apply(images).shape);     // (4, 14, 14, 16)
/// </code></example>
public class Conv2D : GroupedConvolution
{
    /// <summary>A convolution with that many filters.</summary>
    /// <param name="filters">Channels of the output.</param>
    /// <param name="kernel_size">Height and width of the window, or one number for both.</param>
    /// <param name="strides">Steps of the window down and across; 1 by default.</param>
    /// <param name="padding">"valid" (windows inside the image) or "same" (zeros around it).</param>
    /// <param name="data_format">"channels_last" by default, or "channels_first".</param>
    /// <param name="dilation_rate">Distance between the window's pixels; 1 by default.</param>
    /// <param name="groups">Groups of channels; each group has an equal share of the filters.</param>
    /// <param name="activation">Applied to the sum; none by default.</param>
    /// <param name="use_bias">Whether a bias is added.</param>
    /// <param name="kernel_initializer">First values of the kernel; Glorot uniform by default.</param>
    /// <param name="bias_initializer">First values of the bias; zeros by default.</param>
    /// <param name="kernel_regularizer">The regularizer of the kernel, whose penalty is added to the loss; none by default.</param>
    /// <param name="bias_regularizer">The regularizer of the bias, whose penalty is added to the loss; none by default.</param>
    /// <param name="activity_regularizer">The regularizer of the outputs, whose penalty is added to the loss; none by default.</param>
    /// <param name="kernel_constraint">The constraint that is applied to the kernel after each step; none by default.</param>
    /// <param name="bias_constraint">The constraint that is applied to the bias after each step; none by default.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public Conv2D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? dilation_rate = null, int groups = 1, ActivationFunction? activation = null, bool use_bias = true,
        InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null)
        : base(2, filters, kernel_size, strides, padding, data_format, dilation_rate, groups, activation, use_bias, kernel_initializer,
            bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name)
    { }
}
