using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>y[t, f] = activation(bias[f] + Σ x[t·s + k·d, c] · kernel[k, c, f]) over sequences [steps, channels].</summary>
public class Conv1D : GroupedConvolution
{
    /// <summary>A convolution with that many filters.</summary>
    /// <param name="kernel_size">Steps that the window spans.</param>
    /// <param name="strides">Steps of the window; 1 by default.</param>
    /// <param name="padding">"valid" (windows inside the sequence), "same" (zeros around it) or "causal" (zeros in front).</param>
    /// <param name="dilation_rate">Distance between the window's steps; 1 by default.</param>
    /// <inheritdoc cref="Conv2D(int, Shape, Shape?, string, string?, Shape?, int, ActivationFunction?, bool, InitialValues, InitialValues, Regularizer?,
    /// Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public Conv1D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? dilation_rate = null, int groups = 1, ActivationFunction? activation = null, bool use_bias = true,
        InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null)
        : base(1, filters, kernel_size, strides, padding, data_format, dilation_rate, groups, activation, use_bias, kernel_initializer,
            bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name)
    { }
}
