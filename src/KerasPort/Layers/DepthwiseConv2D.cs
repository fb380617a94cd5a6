using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>
/// y[oy, ox, c·m + i] = activation(bias[c·m + i] + Σ x[oy·sy + ky·dy, ox·sx + kx·dx, c] · kernel[ky, kx, c, i]): each channel has m filters of its own.
/// </summary>
public class DepthwiseConv2D : ChannelConvolution
{
    /// <summary>A convolution of each channel by itself.</summary>
    /// <param name="kernel_size">Height and width of the window, or one number for both.</param>
    /// <param name="strides">Steps of the window down and across; 1 by default.</param>
    /// <param name="padding">"valid" (windows inside the image) or "same" (zeros around it).</param>
    /// <param name="depth_multiplier">Outputs of each channel.</param>
    /// <param name="data_format">"channels_last" by default, or "channels_first".</param>
    /// <param name="dilation_rate">Distance between the window's pixels; 1 by default.</param>
    /// <param name="activation">Applied to the sum; none by default.</param>
    /// <param name="use_bias">Whether a bias is added.</param>
    /// <param name="depthwise_initializer">First values of the windows' kernel; Glorot uniform by default.</param>
    /// <param name="bias_initializer">First values of the bias; zeros by default.</param>
    /// <param name="depthwise_regularizer">The regularizer of the windows' kernel, whose penalty is added to the loss; none by default.</param>
    /// <param name="bias_regularizer">The regularizer of the bias, whose penalty is added to the loss; none by default.</param>
    /// <param name="activity_regularizer">The regularizer of the outputs, whose penalty is added to the loss; none by default.</param>
    /// <param name="depthwise_constraint">The constraint that is applied to the windows' kernel after each step; none by default.</param>
    /// <param name="bias_constraint">The constraint that is applied to the bias after each step; none by default.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public DepthwiseConv2D(Shape kernel_size, Shape? strides = null, string padding = "valid", int depth_multiplier = 1, string? data_format = null,
        Shape? dilation_rate = null, ActivationFunction? activation = null, bool use_bias = true, InitialValues depthwise_initializer = default,
        InitialValues bias_initializer = default, Regularizer? depthwise_regularizer = null, Regularizer? bias_regularizer = null,
        Regularizer? activity_regularizer = null, Constraint? depthwise_constraint = null, Constraint? bias_constraint = null,
        Shape? input_shape = null, string? name = null)
        : base(2, kernel_size, strides, padding, depth_multiplier, data_format, dilation_rate, activation, use_bias, depthwise_initializer,
            bias_initializer, depthwise_regularizer, bias_regularizer, activity_regularizer, depthwise_constraint, bias_constraint, input_shape, name)
    { }
}
