using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>
/// y[t, c·m + i] = activation(bias[c·m + i] + Σ x[t·s + k·d, c] · kernel[k, c, i]) over sequences [steps, channels]: each channel has m filters of
/// its own.
/// </summary>
public class DepthwiseConv1D : ChannelConvolution
{
    /// <summary>A convolution of each channel by itself.</summary>
    /// <param name="kernel_size">Steps that the window spans.</param>
    /// <param name="strides">Steps of the window; 1 by default.</param>
    /// <param name="padding">"valid" (windows inside the sequence) or "same" (zeros around it).</param>
    /// <param name="dilation_rate">Distance between the window's steps; 1 by default.</param>
    /// <inheritdoc cref="DepthwiseConv2D(Shape, Shape?, string, int, string?, Shape?, ActivationFunction?, bool, InitialValues, InitialValues, Regularizer?,
    /// Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public DepthwiseConv1D(Shape kernel_size, Shape? strides = null, string padding = "valid", int depth_multiplier = 1, string? data_format = null,
        Shape? dilation_rate = null, ActivationFunction? activation = null, bool use_bias = true, InitialValues depthwise_initializer = default,
        InitialValues bias_initializer = default, Regularizer? depthwise_regularizer = null, Regularizer? bias_regularizer = null,
        Regularizer? activity_regularizer = null, Constraint? depthwise_constraint = null, Constraint? bias_constraint = null,
        Shape? input_shape = null, string? name = null)
        : base(1, kernel_size, strides, padding, depth_multiplier, data_format, dilation_rate, activation, use_bias, depthwise_initializer,
            bias_initializer, depthwise_regularizer, bias_regularizer, activity_regularizer, depthwise_constraint, bias_constraint, input_shape, name)
    { }
}
