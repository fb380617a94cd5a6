using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>
/// y[oz, oy, ox, f] = activation(bias[f] + Σ x[oz·sz + kz·dz, oy·sy + ky·dy, ox·sx + kx·dx, c] · kernel[kz, ky, kx, c, f]) over volumes
/// [depth, height, width, channels].
/// </summary>
public class Conv3D : GroupedConvolution
{
    /// <summary>A convolution with that many filters.</summary>
    /// <param name="kernel_size">Depth, height and width of the window, or one number for all.</param>
    /// <param name="strides">Steps of the window along each axis; 1 by default.</param>
    /// <param name="padding">"valid" (windows inside the volume) or "same" (zeros around it).</param>
    /// <inheritdoc cref="Conv2D(int, Shape, Shape?, string, string?, Shape?, int, ActivationFunction?, bool, InitialValues, InitialValues, Regularizer?,
    /// Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public Conv3D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? dilation_rate = null, int groups = 1, ActivationFunction? activation = null, bool use_bias = true,
        InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null)
        : base(3, filters, kernel_size, strides, padding, data_format, dilation_rate, groups, activation, use_bias, kernel_initializer,
            bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name)
    { }
}
