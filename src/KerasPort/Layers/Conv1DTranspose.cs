using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>
/// The transposed convolution of sequences: each step of the input adds its window to the output. A <see cref="Conv1D"/> of the same settings would
/// turn a sequence of the output's length into one of the input's length. The kernel is [steps, filters, channels].
/// </summary>
public class Conv1DTranspose : TransposedConvolution
{
    /// <summary>A transposed convolution with that many filters.</summary>
    /// <param name="kernel_size">Steps that the window spans.</param>
    /// <param name="strides">Steps of the window; 1 by default.</param>
    /// <param name="padding">"valid" (windows inside the sequence) or "same" (zeros around it).</param>
    /// <param name="output_padding">Steps that are added to the least output length, fewer than the stride; by default the output is stride times as
    /// long as the input.</param>
    /// <param name="dilation_rate">Distance between the window's steps; 1 by default.</param>
    /// <inheritdoc cref="Conv2DTranspose(int, Shape, Shape?, string, Shape?, string?, Shape?, ActivationFunction?, bool, InitialValues, InitialValues,
    /// Regularizer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public Conv1DTranspose(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", Shape? output_padding = null,
        string? data_format = null, Shape? dilation_rate = null, ActivationFunction? activation = null, bool use_bias = true,
        InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null)
        : base(1, filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, activation, use_bias, kernel_initializer,
            bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name)
    { }
}
