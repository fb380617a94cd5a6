using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>
/// The transposed convolution of volumes: each pixel of the input adds its window to the output. A <see cref="Conv3D"/> of the same settings would
/// turn a volume of the output's size into one of the input's size. The kernel is [depth, height, width, filters, channels].
/// </summary>
public class Conv3DTranspose : TransposedConvolution
{
    /// <summary>A transposed convolution with that many filters.</summary>
    /// <param name="kernel_size">Depth, height and width of the window, or one number for all.</param>
    /// <param name="strides">Steps of the window along each axis; 1 by default.</param>
    /// <param name="padding">"valid" (windows inside the volume) or "same" (zeros around it).</param>
    /// <param name="output_padding">Pixels that are added to the least output size along each axis, fewer than the strides; by default the output is
    /// stride times as large as the input.</param>
    /// <inheritdoc cref="Conv2DTranspose(int, Shape, Shape?, string, Shape?, string?, Shape?, ActivationFunction?, bool, InitialValues, InitialValues,
    /// Regularizer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public Conv3DTranspose(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? output_padding = null, Shape? dilation_rate = null, ActivationFunction? activation = null, bool use_bias = true,
        InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null)
        : base(3, filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, activation, use_bias, kernel_initializer,
            bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name)
    { }
}
