using KerasPort.Constraints;
using KerasPort.Initializers;
using KerasPort.Layers;
using KerasPort.Regularizers;

namespace KerasPort;

/// <summary><c>keras.layers</c>.</summary>
public sealed class LayersModule
{
    /// <inheritdoc cref="Layers.Activation(Activations.ActivationFunction, Shape?, string?)"/>
    public Layers.Activation Activation(Activations.ActivationFunction? activation, Shape? input_shape = null, string? name = null) =>
        new(activation, input_shape, name);

    /// <inheritdoc cref="Layers.Add(string?)"/>
    public Add Add(string? name = null) => new(name);

    /// <summary>The sum of tensors of one shape: <c>layers.add([x, y])</c>.</summary>
    public Tensor add(Tensors inputs, string? name = null) => new Add(name).Apply(inputs);

    /// <inheritdoc cref="Layers.BatchNormalization(int, double, double, bool, bool, Initializer?, Initializer?, Initializer?, Initializer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public BatchNormalization BatchNormalization(int axis = -1, double momentum = 0.99, double epsilon = 0.001, bool center = true, bool scale = true,
        Initializer? beta_initializer = null, Initializer? gamma_initializer = null, Initializer? moving_mean_initializer = null,
        Initializer? moving_variance_initializer = null, Regularizer? beta_regularizer = null, Regularizer? gamma_regularizer = null,
        Constraint? beta_constraint = null, Constraint? gamma_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(axis, momentum, epsilon, center, scale, beta_initializer, gamma_initializer, moving_mean_initializer, moving_variance_initializer,
            beta_regularizer, gamma_regularizer, beta_constraint, gamma_constraint, input_shape, name);

    /// <inheritdoc cref="Layers.Concatenate(int, string?)"/>
    public Concatenate Concatenate(int axis = -1, string? name = null) => new(axis, name);

    /// <summary>Tensors side by side along an axis: <c>layers.concatenate([x, y])</c>.</summary>
    public Tensor concatenate(Tensors inputs, int axis = -1, string? name = null) => new Concatenate(axis, name).Apply(inputs);

    /// <inheritdoc cref="Layers.Conv1D(int, Shape, Shape?, string, Shape?, Activations.ActivationFunction?, bool, Initializer?, Initializer?, Regularizer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public Conv1D Conv1D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", Shape? dilation_rate = null,
        Activations.ActivationFunction? activation = null, bool use_bias = true, Initializer? kernel_initializer = null, Initializer? bias_initializer = null,
        Regularizer? kernel_regularizer = null, Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null,
        Constraint? kernel_constraint = null, Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, dilation_rate, activation, use_bias, kernel_initializer, bias_initializer, kernel_regularizer,
            bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name);

    /// <inheritdoc cref="Layers.Conv2D(int, Shape, Shape?, string, Shape?, Activations.ActivationFunction?, bool, Initializer?, Initializer?, Regularizer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public Conv2D Conv2D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", Shape? dilation_rate = null,
        Activations.ActivationFunction? activation = null, bool use_bias = true, Initializer? kernel_initializer = null, Initializer? bias_initializer = null,
        Regularizer? kernel_regularizer = null, Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null,
        Constraint? kernel_constraint = null, Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, dilation_rate, activation, use_bias, kernel_initializer, bias_initializer, kernel_regularizer,
            bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name);

    /// <inheritdoc cref="Layers.Conv2DTranspose(int, Shape, Shape?, string, Shape?, Shape?, Activations.ActivationFunction?, bool, Initializer?, Initializer?, Regularizer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public Conv2DTranspose Conv2DTranspose(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", Shape? output_padding = null,
        Shape? dilation_rate = null, Activations.ActivationFunction? activation = null, bool use_bias = true, Initializer? kernel_initializer = null,
        Initializer? bias_initializer = null, Regularizer? kernel_regularizer = null, Regularizer? bias_regularizer = null,
        Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null, Constraint? bias_constraint = null, Shape? input_shape = null,
        string? name = null) =>
        new(filters, kernel_size, strides, padding, output_padding, dilation_rate, activation, use_bias, kernel_initializer, bias_initializer,
            kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name);

    /// <summary>Another name of <see cref="Conv1D"/>.</summary>
    public Conv1D Convolution1D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", Shape? dilation_rate = null,
        Activations.ActivationFunction? activation = null, bool use_bias = true, Initializer? kernel_initializer = null, Initializer? bias_initializer = null,
        Regularizer? kernel_regularizer = null, Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null,
        Constraint? kernel_constraint = null, Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, dilation_rate, activation, use_bias, kernel_initializer, bias_initializer, kernel_regularizer,
            bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name);

    /// <summary>Another name of <see cref="Conv2DTranspose"/>.</summary>
    public Conv2DTranspose Convolution2DTranspose(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid",
        Shape? output_padding = null, Shape? dilation_rate = null, Activations.ActivationFunction? activation = null, bool use_bias = true,
        Initializer? kernel_initializer = null, Initializer? bias_initializer = null, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, output_padding, dilation_rate, activation, use_bias, kernel_initializer, bias_initializer,
            kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name);

    /// <inheritdoc cref="Layers.Dense(int, Activations.ActivationFunction?, bool, Initializer?, Initializer?, Regularizer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public Dense Dense(int units, Activations.ActivationFunction? activation = null, bool use_bias = true, Initializer? kernel_initializer = null,
        Initializer? bias_initializer = null, Regularizer? kernel_regularizer = null, Regularizer? bias_regularizer = null,
        Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null, Constraint? bias_constraint = null,
        Shape? input_shape = null, string? name = null) =>
        new(units, activation, use_bias, kernel_initializer, bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer,
            kernel_constraint, bias_constraint, input_shape, name);

    /// <inheritdoc cref="Layers.DepthwiseConv2D(Shape, Shape?, string, int, Shape?, Activations.ActivationFunction?, bool, Initializer?, Initializer?, Regularizer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public DepthwiseConv2D DepthwiseConv2D(Shape kernel_size, Shape? strides = null, string padding = "valid", int depth_multiplier = 1,
        Shape? dilation_rate = null, Activations.ActivationFunction? activation = null, bool use_bias = true, Initializer? depthwise_initializer = null,
        Initializer? bias_initializer = null, Regularizer? depthwise_regularizer = null, Regularizer? bias_regularizer = null,
        Regularizer? activity_regularizer = null, Constraint? depthwise_constraint = null, Constraint? bias_constraint = null, Shape? input_shape = null,
        string? name = null) =>
        new(kernel_size, strides, padding, depth_multiplier, dilation_rate, activation, use_bias, depthwise_initializer, bias_initializer,
            depthwise_regularizer, bias_regularizer, activity_regularizer, depthwise_constraint, bias_constraint, input_shape, name);

    /// <inheritdoc cref="Layers.Dropout(double, Shape?, long?, Shape?, string?)"/>
    public Dropout Dropout(double rate, Shape? noise_shape = null, long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(rate, noise_shape, seed, input_shape, name);

    /// <inheritdoc cref="Layers.Flatten(Shape?, string?)"/>
    public Flatten Flatten(Shape? input_shape = null, string? name = null) => new(input_shape, name);

    /// <summary>Another name of <see cref="Conv2D"/>.</summary>
    public Conv2D Convolution2D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", Shape? dilation_rate = null,
        Activations.ActivationFunction? activation = null, bool use_bias = true, Initializer? kernel_initializer = null, Initializer? bias_initializer = null,
        Regularizer? kernel_regularizer = null, Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null,
        Constraint? kernel_constraint = null, Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, dilation_rate, activation, use_bias, kernel_initializer, bias_initializer, kernel_regularizer,
            bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name);

    /// <inheritdoc cref="Layers.InputLayer(Shape, int?, string?)"/>
    public Tensor Input(Shape shape, int? batch_size = null, string? name = null) => new InputLayer(shape, batch_size, name).output;

    /// <inheritdoc cref="Layers.InputLayer(Shape, int?, string?)"/>
    public InputLayer InputLayer(Shape shape, int? batch_size = null, string? name = null) => new(shape, batch_size, name);

    /// <summary>Another name of <see cref="MaxPooling2D"/>.</summary>
    public MaxPooling2D MaxPool2D(Shape? pool_size = null, Shape? strides = null, string padding = "valid", Shape? input_shape = null, string? name = null) =>
        new(pool_size, strides, padding, input_shape, name);

    /// <inheritdoc cref="Layers.MaxPooling2D(Shape?, Shape?, string, Shape?, string?)"/>
    public MaxPooling2D MaxPooling2D(Shape? pool_size = null, Shape? strides = null, string padding = "valid", Shape? input_shape = null,
        string? name = null) =>
        new(pool_size, strides, padding, input_shape, name);

    /// <inheritdoc cref="Layers.SeparableConv2D(int, Shape, Shape?, string, Shape?, int, Activations.ActivationFunction?, bool, Initializer?, Initializer?, Initializer?, Regularizer?, Regularizer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Constraint?, Shape?, string?)"/>
    public SeparableConv2D SeparableConv2D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", Shape? dilation_rate = null,
        int depth_multiplier = 1, Activations.ActivationFunction? activation = null, bool use_bias = true, Initializer? depthwise_initializer = null,
        Initializer? pointwise_initializer = null, Initializer? bias_initializer = null, Regularizer? depthwise_regularizer = null,
        Regularizer? pointwise_regularizer = null, Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null,
        Constraint? depthwise_constraint = null, Constraint? pointwise_constraint = null, Constraint? bias_constraint = null, Shape? input_shape = null,
        string? name = null) =>
        new(filters, kernel_size, strides, padding, dilation_rate, depth_multiplier, activation, use_bias, depthwise_initializer, pointwise_initializer,
            bias_initializer, depthwise_regularizer, pointwise_regularizer, bias_regularizer, activity_regularizer, depthwise_constraint,
            pointwise_constraint, bias_constraint, input_shape, name);

    /// <summary>Another name of <see cref="SeparableConv2D"/>.</summary>
    public SeparableConv2D SeparableConvolution2D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid",
        Shape? dilation_rate = null, int depth_multiplier = 1, Activations.ActivationFunction? activation = null, bool use_bias = true,
        Initializer? depthwise_initializer = null, Initializer? pointwise_initializer = null, Initializer? bias_initializer = null,
        Regularizer? depthwise_regularizer = null, Regularizer? pointwise_regularizer = null, Regularizer? bias_regularizer = null,
        Regularizer? activity_regularizer = null, Constraint? depthwise_constraint = null, Constraint? pointwise_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, dilation_rate, depth_multiplier, activation, use_bias, depthwise_initializer, pointwise_initializer,
            bias_initializer, depthwise_regularizer, pointwise_regularizer, bias_regularizer, activity_regularizer, depthwise_constraint,
            pointwise_constraint, bias_constraint, input_shape, name);
}
