using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>
/// A <see cref="DepthwiseConv1D"/> without bias or activation, then a pointwise kernel of one step that mixes the channels:
/// y = activation(bias[f] + Σ depthwise(x)[t, c] · pointwise_kernel[0, c, f]). Source: Chollet, Xception (2017).
/// </summary>
public class SeparableConv1D : SeparableConvolution
{
    /// <summary>A convolution with that many filters, in two steps.</summary>
    /// <param name="kernel_size">Steps that the window spans.</param>
    /// <param name="strides">Steps of the window; 1 by default.</param>
    /// <param name="padding">"valid" (windows inside the sequence) or "same" (zeros around it).</param>
    /// <param name="dilation_rate">Distance between the window's steps; 1 by default.</param>
    /// <inheritdoc cref="SeparableConv2D(int, Shape, Shape?, string, string?, Shape?, int, ActivationFunction?, bool, InitialValues, InitialValues,
    /// InitialValues, Regularizer?, Regularizer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Constraint?, Shape?, string?)"/>
    public SeparableConv1D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? dilation_rate = null, int depth_multiplier = 1, ActivationFunction? activation = null, bool use_bias = true,
        InitialValues depthwise_initializer = default, InitialValues pointwise_initializer = default, InitialValues bias_initializer = default,
        Regularizer? depthwise_regularizer = null, Regularizer? pointwise_regularizer = null, Regularizer? bias_regularizer = null,
        Regularizer? activity_regularizer = null, Constraint? depthwise_constraint = null, Constraint? pointwise_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null)
        : base(1, filters, kernel_size, strides, padding, data_format, dilation_rate, depth_multiplier, activation, use_bias, depthwise_initializer,
            pointwise_initializer, bias_initializer, depthwise_regularizer, pointwise_regularizer, bias_regularizer, activity_regularizer,
            depthwise_constraint, pointwise_constraint, bias_constraint, input_shape, name)
    { }
}
