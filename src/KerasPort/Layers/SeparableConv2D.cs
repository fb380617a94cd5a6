using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>
/// A <see cref="DepthwiseConv2D"/> without bias or activation, then a pointwise kernel of one pixel that mixes the channels:
/// y = activation(bias[f] + Σ depthwise(x)[oy, ox, c] · pointwise_kernel[0, 0, c, f]). Source: Chollet, Xception (2017).
/// </summary>
public class SeparableConv2D : SeparableConvolution
{
    /// <summary>A convolution with that many filters, in two steps.</summary>
    /// <param name="filters">Channels of the output.</param>
    /// <param name="pointwise_initializer">First values of the mixing kernel; Glorot uniform by default.</param>
    /// <param name="pointwise_regularizer">The regularizer of the mixing kernel, whose penalty is added to the loss; none by default.</param>
    /// <param name="pointwise_constraint">The constraint that is applied to the mixing kernel after each step; none by default.</param>
    /// <inheritdoc cref="DepthwiseConv2D(Shape, Shape?, string, int, string?, Shape?, ActivationFunction?, bool, InitialValues, InitialValues, Regularizer?,
    /// Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public SeparableConv2D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? dilation_rate = null, int depth_multiplier = 1, ActivationFunction? activation = null, bool use_bias = true,
        InitialValues depthwise_initializer = default, InitialValues pointwise_initializer = default, InitialValues bias_initializer = default,
        Regularizer? depthwise_regularizer = null, Regularizer? pointwise_regularizer = null, Regularizer? bias_regularizer = null,
        Regularizer? activity_regularizer = null, Constraint? depthwise_constraint = null, Constraint? pointwise_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null)
        : base(2, filters, kernel_size, strides, padding, data_format, dilation_rate, depth_multiplier, activation, use_bias, depthwise_initializer,
            pointwise_initializer, bias_initializer, depthwise_regularizer, pointwise_regularizer, bias_regularizer, activity_regularizer,
            depthwise_constraint, pointwise_constraint, bias_constraint, input_shape, name)
    { }
}
