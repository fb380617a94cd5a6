using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>
/// The transposed convolution: each pixel of the input adds its window to the output. A <see cref="Conv2D"/> of the same settings would turn an image
/// of the output's size into one of the input's size. The kernel is [height, width, filters, channels].
/// </summary>
public class Conv2DTranspose : TransposedConvolution
{
    /// <summary>A transposed convolution with that many filters.</summary>
    /// <param name="output_padding">Rows and columns that are added to the least output size, fewer than the strides; by default the output is stride
    /// times as large as the input.</param>
    /// <inheritdoc cref="Conv2D(int, Shape, Shape?, string, string?, Shape?, int, ActivationFunction?, bool, InitialValues, InitialValues, Regularizer?,
    /// Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public Conv2DTranspose(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", Shape? output_padding = null,
        string? data_format = null, Shape? dilation_rate = null, ActivationFunction? activation = null, bool use_bias = true,
        InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null)
        : base(2, filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, activation, use_bias, kernel_initializer,
            bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name)
    { }
}
