using System.Text.Json.Nodes;
using KerasPort.Constraints;
using KerasPort.Initializers;
using KerasPort.Layers;
using KerasPort.Regularizers;
using KerasPort.Saving;

namespace KerasPort;

/// <summary><c>keras.layers</c>.</summary>
public sealed partial class LayersModule
{
    /// <summary>A layer that applies a function of the program's own, which files hold by its name.</summary>
    [OverloadResolutionPriority(-1)]
    public Layers.Activation Activation(TensorFunction activation, Shape? input_shape = null, string? name = null) =>
        new((Activations.ActivationFunction?)activation, input_shape, name);

    /// <inheritdoc cref="Layers.Activation(Activations.ActivationFunction, Shape?, string?)"/>
    public Layers.Activation Activation(Activations.ActivationFunction? activation, Shape? input_shape = null, string? name = null) =>
        new(activation, input_shape, name);

    /// <inheritdoc cref="Layers.ActivityRegularization(double, double, Shape?, string?)"/>
    public ActivityRegularization ActivityRegularization(double l1 = 0.0, double l2 = 0.0, Shape? input_shape = null, string? name = null) =>
        new(l1, l2, input_shape, name);

    /// <inheritdoc cref="Layers.AdaptiveAveragePooling1D(Shape, string?, Shape?, string?)"/>
    public AdaptiveAveragePooling1D AdaptiveAveragePooling1D(Shape output_size, string? data_format = null, Shape? input_shape = null, string? name = null) =>
        new(output_size, data_format, input_shape, name);

    /// <inheritdoc cref="Layers.AdaptiveAveragePooling2D(Shape, string?, Shape?, string?)"/>
    public AdaptiveAveragePooling2D AdaptiveAveragePooling2D(Shape output_size, string? data_format = null, Shape? input_shape = null, string? name = null) =>
        new(output_size, data_format, input_shape, name);

    /// <inheritdoc cref="Layers.AdaptiveAveragePooling3D(Shape, string?, Shape?, string?)"/>
    public AdaptiveAveragePooling3D AdaptiveAveragePooling3D(Shape output_size, string? data_format = null, Shape? input_shape = null, string? name = null) =>
        new(output_size, data_format, input_shape, name);

    /// <inheritdoc cref="Layers.AdaptiveMaxPooling1D(Shape, string?, Shape?, string?)"/>
    public AdaptiveMaxPooling1D AdaptiveMaxPooling1D(Shape output_size, string? data_format = null, Shape? input_shape = null, string? name = null) =>
        new(output_size, data_format, input_shape, name);

    /// <inheritdoc cref="Layers.AdaptiveMaxPooling2D(Shape, string?, Shape?, string?)"/>
    public AdaptiveMaxPooling2D AdaptiveMaxPooling2D(Shape output_size, string? data_format = null, Shape? input_shape = null, string? name = null) =>
        new(output_size, data_format, input_shape, name);

    /// <inheritdoc cref="Layers.AdaptiveMaxPooling3D(Shape, string?, Shape?, string?)"/>
    public AdaptiveMaxPooling3D AdaptiveMaxPooling3D(Shape output_size, string? data_format = null, Shape? input_shape = null, string? name = null) =>
        new(output_size, data_format, input_shape, name);

    /// <inheritdoc cref="Layers.Add(string?)"/>
    public Add Add(string? name = null) => new(name);

    /// <summary>The sum of tensors of one shape: <c>layers.add([x, y])</c>.</summary>
    /// <param name="inputs">Two tensors or more.</param>
    /// <param name="name">The layer's name.</param>
    public Tensor add(Tensors inputs, string? name = null) => new Add(name).Apply(inputs);

    /// <inheritdoc cref="Layers.AlphaDropout(double, Shape?, long?, Shape?, string?)"/>
    public AlphaDropout AlphaDropout(double rate, Shape? noise_shape = null, long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(rate, noise_shape, seed, input_shape, name);

    /// <inheritdoc cref="Layers.Average(string?)"/>
    public Average Average(string? name = null) => new(name);

    /// <summary>The mean of tensors: <c>layers.average([x, y])</c>.</summary>
    public Tensor average(Tensors inputs, string? name = null) => new Average(name).Apply(inputs);

    /// <inheritdoc cref="Layers.AveragePooling1D(Shape, Shape?, string, string?, Shape?, string?)"/>
    public AveragePooling1D AveragePooling1D(Shape pool_size, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? input_shape = null, string? name = null) =>
        new(pool_size, strides, padding, data_format, input_shape, name);

    /// <inheritdoc cref="Layers.AveragePooling2D(Shape, Shape?, string, string?, Shape?, string?)"/>
    public AveragePooling2D AveragePooling2D(Shape pool_size, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? input_shape = null, string? name = null) =>
        new(pool_size, strides, padding, data_format, input_shape, name);

    /// <inheritdoc cref="Layers.AveragePooling3D(Shape, Shape?, string, string?, Shape?, string?)"/>
    public AveragePooling3D AveragePooling3D(Shape pool_size, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? input_shape = null, string? name = null) =>
        new(pool_size, strides, padding, data_format, input_shape, name);

    /// <summary>Another name of <see cref="AveragePooling1D"/>.</summary>
    public AveragePooling1D AvgPool1D(Shape pool_size, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? input_shape = null, string? name = null) =>
        new(pool_size, strides, padding, data_format, input_shape, name);

    /// <summary>Another name of <see cref="AveragePooling2D"/>.</summary>
    public AveragePooling2D AvgPool2D(Shape pool_size, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? input_shape = null, string? name = null) =>
        new(pool_size, strides, padding, data_format, input_shape, name);

    /// <summary>Another name of <see cref="AveragePooling3D"/>.</summary>
    public AveragePooling3D AvgPool3D(Shape pool_size, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? input_shape = null, string? name = null) =>
        new(pool_size, strides, padding, data_format, input_shape, name);

    /// <inheritdoc cref="Layers.BatchNormalization(int, double, double, bool, bool, InitialValues, InitialValues, InitialValues, InitialValues, Regularizer?,
    /// Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public BatchNormalization BatchNormalization(int axis = -1, double momentum = 0.99, double epsilon = 0.001, bool center = true, bool scale = true,
        InitialValues beta_initializer = default, InitialValues gamma_initializer = default, InitialValues moving_mean_initializer = default,
        InitialValues moving_variance_initializer = default, Regularizer? beta_regularizer = null, Regularizer? gamma_regularizer = null,
        Constraint? beta_constraint = null, Constraint? gamma_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(axis, momentum, epsilon, center, scale, beta_initializer, gamma_initializer, moving_mean_initializer, moving_variance_initializer,
            beta_regularizer, gamma_regularizer, beta_constraint, gamma_constraint, input_shape, name);

    /// <inheritdoc cref="Layers.CategoryEncoding(int?, string, Shape?, string?)"/>
    public CategoryEncoding CategoryEncoding(int? num_tokens = null, string output_mode = "multi_hot", Shape? input_shape = null, string? name = null) =>
        new(num_tokens, output_mode, input_shape, name);

    /// <inheritdoc cref="Layers.CenterCrop(int, int, string?, Shape?, string?)"/>
    public CenterCrop CenterCrop(int height, int width, string? data_format = null, Shape? input_shape = null, string? name = null) =>
        new(height, width, data_format, input_shape, name);

    /// <inheritdoc cref="Layers.Concatenate(int, string?)"/>
    public Concatenate Concatenate(int axis = -1, string? name = null) => new(axis, name);

    /// <summary>Concatenates tensors along an axis: <c>layers.concatenate([x, y])</c>.</summary>
    public Tensor concatenate(Tensors inputs, int axis = -1, string? name = null) => new Concatenate(axis, name).Apply(inputs);

    /// <inheritdoc cref="Layers.Conv1D(int, Shape, Shape?, string, string?, Shape?, int, Activations.ActivationFunction?, bool, InitialValues, InitialValues,
    /// Regularizer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public Conv1D Conv1D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? dilation_rate = null, int groups = 1, Activations.ActivationFunction? activation = null, bool use_bias = true,
        InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, data_format, dilation_rate, groups, activation, use_bias, kernel_initializer, bias_initializer,
            kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name);

    /// <inheritdoc cref="Layers.Conv1DTranspose(int, Shape, Shape?, string, Shape?, string?, Shape?, Activations.ActivationFunction?, bool, InitialValues,
    /// InitialValues, Regularizer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public Conv1DTranspose Conv1DTranspose(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid",
        Shape? output_padding = null, string? data_format = null, Shape? dilation_rate = null, Activations.ActivationFunction? activation = null,
        bool use_bias = true, InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, activation, use_bias, kernel_initializer,
            bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name);

    /// <inheritdoc cref="Layers.Conv2D(int, Shape, Shape?, string, string?, Shape?, int, Activations.ActivationFunction?, bool, InitialValues, InitialValues,
    /// Regularizer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public Conv2D Conv2D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? dilation_rate = null, int groups = 1, Activations.ActivationFunction? activation = null, bool use_bias = true,
        InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, data_format, dilation_rate, groups, activation, use_bias, kernel_initializer, bias_initializer,
            kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name);

    /// <inheritdoc cref="Layers.Conv2DTranspose(int, Shape, Shape?, string, Shape?, string?, Shape?, Activations.ActivationFunction?, bool, InitialValues,
    /// InitialValues, Regularizer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public Conv2DTranspose Conv2DTranspose(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid",
        Shape? output_padding = null, string? data_format = null, Shape? dilation_rate = null, Activations.ActivationFunction? activation = null,
        bool use_bias = true, InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, activation, use_bias, kernel_initializer,
            bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name);

    /// <inheritdoc cref="Layers.Conv3D(int, Shape, Shape?, string, string?, Shape?, int, Activations.ActivationFunction?, bool, InitialValues, InitialValues,
    /// Regularizer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public Conv3D Conv3D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? dilation_rate = null, int groups = 1, Activations.ActivationFunction? activation = null, bool use_bias = true,
        InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, data_format, dilation_rate, groups, activation, use_bias, kernel_initializer, bias_initializer,
            kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name);

    /// <inheritdoc cref="Layers.Conv3DTranspose(int, Shape, Shape?, string, string?, Shape?, Shape?, Activations.ActivationFunction?, bool, InitialValues,
    /// InitialValues, Regularizer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public Conv3DTranspose Conv3DTranspose(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid",
        string? data_format = null, Shape? output_padding = null, Shape? dilation_rate = null, Activations.ActivationFunction? activation = null,
        bool use_bias = true, InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, data_format, output_padding, dilation_rate, activation, use_bias, kernel_initializer,
            bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name);

    /// <summary>Another name of <see cref="Conv1D"/>.</summary>
    public Conv1D Convolution1D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? dilation_rate = null, int groups = 1, Activations.ActivationFunction? activation = null, bool use_bias = true,
        InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, data_format, dilation_rate, groups, activation, use_bias, kernel_initializer, bias_initializer,
            kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name);

    /// <summary>Another name of <see cref="Conv1DTranspose"/>.</summary>
    public Conv1DTranspose Convolution1DTranspose(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid",
        Shape? output_padding = null, string? data_format = null, Shape? dilation_rate = null, Activations.ActivationFunction? activation = null,
        bool use_bias = true, InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, activation, use_bias, kernel_initializer,
            bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name);

    /// <summary>Another name of <see cref="Conv2D"/>.</summary>
    public Conv2D Convolution2D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? dilation_rate = null, int groups = 1, Activations.ActivationFunction? activation = null, bool use_bias = true,
        InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, data_format, dilation_rate, groups, activation, use_bias, kernel_initializer, bias_initializer,
            kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name);

    /// <summary>Another name of <see cref="Conv2DTranspose"/>.</summary>
    public Conv2DTranspose Convolution2DTranspose(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid",
        Shape? output_padding = null, string? data_format = null, Shape? dilation_rate = null, Activations.ActivationFunction? activation = null,
        bool use_bias = true, InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, activation, use_bias, kernel_initializer,
            bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name);

    /// <summary>Another name of <see cref="Conv3D"/>.</summary>
    public Conv3D Convolution3D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? dilation_rate = null, int groups = 1, Activations.ActivationFunction? activation = null, bool use_bias = true,
        InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, data_format, dilation_rate, groups, activation, use_bias, kernel_initializer, bias_initializer,
            kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name);

    /// <summary>Another name of <see cref="Conv3DTranspose"/>.</summary>
    public Conv3DTranspose Convolution3DTranspose(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid",
        string? data_format = null, Shape? output_padding = null, Shape? dilation_rate = null, Activations.ActivationFunction? activation = null,
        bool use_bias = true, InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, data_format, output_padding, dilation_rate, activation, use_bias, kernel_initializer,
            bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint, input_shape, name);

    /// <inheritdoc cref="Layers.Cropping1D(Shape?, Shape?, string?)"/>
    public Cropping1D Cropping1D(Shape? cropping = null, Shape? input_shape = null, string? name = null) =>
        new(cropping, input_shape, name);

    /// <inheritdoc cref="Layers.Cropping2D(Padding2D?, string?, Shape?, string?)"/>
    public Cropping2D Cropping2D(Padding2D? cropping = null, string? data_format = null, Shape? input_shape = null, string? name = null) =>
        new(cropping, data_format, input_shape, name);

    /// <inheritdoc cref="Layers.Cropping3D(Padding3D?, string?, Shape?, string?)"/>
    public Cropping3D Cropping3D(Padding3D? cropping = null, string? data_format = null, Shape? input_shape = null, string? name = null) =>
        new(cropping, data_format, input_shape, name);

    /// <summary>Creates a layer from the configuration that <see cref="serialize"/> gives, with new weights.</summary>
    /// <exception cref="ModelFormatException">The configuration is malformed or refused.</exception>
    public Layer deserialize(JsonObject config, CustomObjects? custom_objects = null)
    {
        using var scope = CustomObjects.Within(custom_objects);
        return new ModelReader().Layer(JsonText.Element(config), "config");
    }

    /// <inheritdoc cref="Layers.Dense(int, Activations.ActivationFunction?, bool, InitialValues, InitialValues, Regularizer?, Regularizer?, Regularizer?,
    /// Constraint?, Constraint?, Shape?, string?)"/>
    /// <param name="input_dim">The length of a sample: Keras' older spelling of <c>input_shape: n</c>.</param>
    public Dense Dense(int units, Activations.ActivationFunction? activation = null, bool use_bias = true, InitialValues kernel_initializer = default,
        InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null, Regularizer? bias_regularizer = null,
        Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null, Constraint? bias_constraint = null,
        Shape? input_shape = null, string? name = null, int? input_dim = null) =>
        new(units, activation, use_bias, kernel_initializer, bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer,
            kernel_constraint, bias_constraint, input_dim ?? input_shape, name);

    /// <inheritdoc cref="Layers.DepthwiseConv1D(Shape, Shape?, string, int, string?, Shape?, Activations.ActivationFunction?, bool, InitialValues,
    /// InitialValues, Regularizer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public DepthwiseConv1D DepthwiseConv1D(Shape kernel_size, Shape? strides = null, string padding = "valid", int depth_multiplier = 1,
        string? data_format = null, Shape? dilation_rate = null, Activations.ActivationFunction? activation = null, bool use_bias = true,
        InitialValues depthwise_initializer = default, InitialValues bias_initializer = default, Regularizer? depthwise_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? depthwise_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(kernel_size, strides, padding, depth_multiplier, data_format, dilation_rate, activation, use_bias, depthwise_initializer,
            bias_initializer, depthwise_regularizer, bias_regularizer, activity_regularizer, depthwise_constraint, bias_constraint, input_shape, name);

    /// <inheritdoc cref="Layers.DepthwiseConv2D(Shape, Shape?, string, int, string?, Shape?, Activations.ActivationFunction?, bool, InitialValues,
    /// InitialValues, Regularizer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Shape?, string?)"/>
    public DepthwiseConv2D DepthwiseConv2D(Shape kernel_size, Shape? strides = null, string padding = "valid", int depth_multiplier = 1,
        string? data_format = null, Shape? dilation_rate = null, Activations.ActivationFunction? activation = null, bool use_bias = true,
        InitialValues depthwise_initializer = default, InitialValues bias_initializer = default, Regularizer? depthwise_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? depthwise_constraint = null,
        Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(kernel_size, strides, padding, depth_multiplier, data_format, dilation_rate, activation, use_bias, depthwise_initializer,
            bias_initializer, depthwise_regularizer, bias_regularizer, activity_regularizer, depthwise_constraint, bias_constraint, input_shape, name);

    /// <inheritdoc cref="Layers.Discretization(double[], int?, double, string, Shape?, string?)"/>
    public Discretization Discretization(double[]? bin_boundaries = null, int? num_bins = null, double epsilon = 0.01, string output_mode = "int",
        Shape? input_shape = null, string? name = null) =>
        new(bin_boundaries, num_bins, epsilon, output_mode, input_shape, name);

    /// <inheritdoc cref="Layers.Dot(Axes, bool, string?)"/>
    public Dot Dot(Axes axes, bool normalize = false, string? name = null) =>
        new(axes, normalize, name);

    /// <summary>The inner products of two tensors' vectors along an axis: <c>layers.dot([x, y], axes: 1)</c>.</summary>
    public Tensor dot(Tensors inputs, Axes? axes = null, bool normalize = false, string? name = null) => new Dot(axes ?? -1, normalize, name).Apply(inputs);

    /// <inheritdoc cref="Layers.Dropout(double, Shape?, long?, Shape?, string?)"/>
    public Dropout Dropout(double rate, Shape? noise_shape = null, long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(rate, noise_shape, seed, input_shape, name);

    /// <inheritdoc cref="Layers.EinsumDense(string, Shape, Activations.ActivationFunction?, string?, InitialValues, InitialValues, Regularizer?, Regularizer?,
    /// Constraint?, Constraint?, Regularizer?, Shape?, string?)"/>
    public EinsumDense EinsumDense(string equation, Shape output_shape, Activations.ActivationFunction? activation = null, string? bias_axes = null,
        InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Constraint? kernel_constraint = null, Constraint? bias_constraint = null,
        Regularizer? activity_regularizer = null, Shape? input_shape = null, string? name = null) =>
        new(equation, output_shape, activation, bias_axes, kernel_initializer, bias_initializer, kernel_regularizer, bias_regularizer,
            kernel_constraint, bias_constraint, activity_regularizer, input_shape, name);

    /// <inheritdoc cref="Layers.ELU(double, Shape?, string?)"/>
    public ELU ELU(double alpha = 1.0, Shape? input_shape = null, string? name = null) => new(alpha, input_shape, name);

    /// <inheritdoc cref="Layers.Embedding(int, int, InitialValues, Regularizer?, Constraint?, bool, NDArray?, Shape?, string?)"/>
    public Embedding Embedding(int input_dim, int output_dim, InitialValues embeddings_initializer = default, Regularizer? embeddings_regularizer = null,
        Constraint? embeddings_constraint = null, bool mask_zero = false, NDArray? weights = null, Shape? input_shape = null, string? name = null) =>
        new(input_dim, output_dim, embeddings_initializer, embeddings_regularizer, embeddings_constraint, mask_zero, weights, input_shape, name);

    /// <inheritdoc cref="Layers.Flatten(string?, Shape?, string?)"/>
    public Flatten Flatten(string? data_format = null, Shape? input_shape = null, string? name = null) =>
        new(data_format, input_shape, name);

    /// <inheritdoc cref="Layers.GaussianDropout(double, long?, Shape?, string?)"/>
    public GaussianDropout GaussianDropout(double rate, long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(rate, seed, input_shape, name);

    /// <inheritdoc cref="Layers.GaussianNoise(double, long?, Shape?, string?)"/>
    public GaussianNoise GaussianNoise(double stddev, long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(stddev, seed, input_shape, name);

    /// <inheritdoc cref="Layers.GlobalAveragePooling1D(string?, bool, Shape?, string?)"/>
    public GlobalAveragePooling1D GlobalAveragePooling1D(string? data_format = null, bool keepdims = false, Shape? input_shape = null,
        string? name = null) =>
        new(data_format, keepdims, input_shape, name);

    /// <inheritdoc cref="Layers.GlobalAveragePooling2D(string?, bool, Shape?, string?)"/>
    public GlobalAveragePooling2D GlobalAveragePooling2D(string? data_format = null, bool keepdims = false, Shape? input_shape = null,
        string? name = null) =>
        new(data_format, keepdims, input_shape, name);

    /// <inheritdoc cref="Layers.GlobalAveragePooling3D(string?, bool, Shape?, string?)"/>
    public GlobalAveragePooling3D GlobalAveragePooling3D(string? data_format = null, bool keepdims = false, Shape? input_shape = null,
        string? name = null) =>
        new(data_format, keepdims, input_shape, name);

    /// <summary>Another name of <see cref="GlobalAveragePooling1D"/>.</summary>
    public GlobalAveragePooling1D GlobalAvgPool1D(string? data_format = null, bool keepdims = false, Shape? input_shape = null, string? name = null) =>
        new(data_format, keepdims, input_shape, name);

    /// <summary>Another name of <see cref="GlobalAveragePooling2D"/>.</summary>
    public GlobalAveragePooling2D GlobalAvgPool2D(string? data_format = null, bool keepdims = false, Shape? input_shape = null, string? name = null) =>
        new(data_format, keepdims, input_shape, name);

    /// <summary>Another name of <see cref="GlobalAveragePooling3D"/>.</summary>
    public GlobalAveragePooling3D GlobalAvgPool3D(string? data_format = null, bool keepdims = false, Shape? input_shape = null, string? name = null) =>
        new(data_format, keepdims, input_shape, name);

    /// <summary>Another name of <see cref="GlobalMaxPooling1D"/>.</summary>
    public GlobalMaxPooling1D GlobalMaxPool1D(string? data_format = null, bool keepdims = false, Shape? input_shape = null, string? name = null) =>
        new(data_format, keepdims, input_shape, name);

    /// <summary>Another name of <see cref="GlobalMaxPooling2D"/>.</summary>
    public GlobalMaxPooling2D GlobalMaxPool2D(string? data_format = null, bool keepdims = false, Shape? input_shape = null, string? name = null) =>
        new(data_format, keepdims, input_shape, name);

    /// <summary>Another name of <see cref="GlobalMaxPooling3D"/>.</summary>
    public GlobalMaxPooling3D GlobalMaxPool3D(string? data_format = null, bool keepdims = false, Shape? input_shape = null, string? name = null) =>
        new(data_format, keepdims, input_shape, name);

    /// <inheritdoc cref="Layers.GlobalMaxPooling1D(string?, bool, Shape?, string?)"/>
    public GlobalMaxPooling1D GlobalMaxPooling1D(string? data_format = null, bool keepdims = false, Shape? input_shape = null, string? name = null) =>
        new(data_format, keepdims, input_shape, name);

    /// <inheritdoc cref="Layers.GlobalMaxPooling2D(string?, bool, Shape?, string?)"/>
    public GlobalMaxPooling2D GlobalMaxPooling2D(string? data_format = null, bool keepdims = false, Shape? input_shape = null, string? name = null) =>
        new(data_format, keepdims, input_shape, name);

    /// <inheritdoc cref="Layers.GlobalMaxPooling3D(string?, bool, Shape?, string?)"/>
    public GlobalMaxPooling3D GlobalMaxPooling3D(string? data_format = null, bool keepdims = false, Shape? input_shape = null, string? name = null) =>
        new(data_format, keepdims, input_shape, name);

    /// <inheritdoc cref="Layers.GroupNormalization(int, int, double, bool, bool, InitialValues, InitialValues, Regularizer?, Regularizer?, Constraint?,
    /// Constraint?, Shape?, string?)"/>
    public GroupNormalization GroupNormalization(int groups = 32, int axis = -1, double epsilon = 0.001, bool center = true, bool scale = true,
        InitialValues beta_initializer = default, InitialValues gamma_initializer = default, Regularizer? beta_regularizer = null,
        Regularizer? gamma_regularizer = null, Constraint? beta_constraint = null, Constraint? gamma_constraint = null, Shape? input_shape = null,
        string? name = null) =>
        new(groups, axis, epsilon, center, scale, beta_initializer, gamma_initializer, beta_regularizer, gamma_regularizer, beta_constraint,
            gamma_constraint, input_shape, name);

    /// <inheritdoc cref="Layers.HashedCrossing(int, string, string?)"/>
    public HashedCrossing HashedCrossing(int num_bins, string output_mode = "int", string? name = null) => new(num_bins, output_mode, name);

    /// <inheritdoc cref="Layers.Hashing(int, Token?, Salt?, string, Shape?, string?)"/>
    public Hashing Hashing(int num_bins, Token? mask_value = null, Salt? salt = null, string output_mode = "int", Shape? input_shape = null,
        string? name = null) =>
        new(num_bins, mask_value, salt, output_mode, input_shape, name);

    /// <inheritdoc cref="Layers.Identity(Shape?, string?)"/>
    public Layers.Identity Identity(Shape? input_shape = null, string? name = null) => new(input_shape, name);

    /// <inheritdoc cref="Layers.InputLayer(Shape, int?, DType?, string?)"/>
    public Tensor Input(Shape shape, int? batch_size = null, DType? dtype = null, string? name = null) => new InputLayer(shape, batch_size, dtype, name).output;

    /// <inheritdoc cref="Layers.InputLayer(Shape, int?, DType?, string?)"/>
    public InputLayer InputLayer(Shape shape, int? batch_size = null, DType? dtype = null, string? name = null) => new(shape, batch_size, dtype, name);

    /// <inheritdoc cref="Layers.InputSpec(DType?, Shape?, int?, int?, int?, Dictionary{int, int}?, bool, string?)"/>
    public InputSpec InputSpec(DType? dtype = null, Shape? shape = null, int? ndim = null, int? max_ndim = null, int? min_ndim = null,
        Dictionary<int, int>? axes = null, bool allow_last_axis_squeeze = false, string? name = null) =>
        new(dtype, shape, ndim, max_ndim, min_ndim, axes, allow_last_axis_squeeze, name);

    /// <inheritdoc cref="Layers.IntegerLookup(int?, int, long?, long?, NDArray, NDArray, bool, string, bool, string, Salt?, Shape?, string?)"/>
    public IntegerLookup IntegerLookup(int? max_tokens = null, int num_oov_indices = 1, long? mask_token = null, long? oov_token = -1,
        NDArray? vocabulary = null, NDArray? idf_weights = null, bool invert = false,
        string output_mode = "int", bool pad_to_max_tokens = false, string oov_method = "floormod",
        Salt? salt = null, Shape? input_shape = null, string? name = null) =>
        new(max_tokens, num_oov_indices, mask_token, oov_token, vocabulary, idf_weights, invert, output_mode, pad_to_max_tokens, oov_method, salt,
            input_shape, name);

    /// <inheritdoc cref="Layers.Lambda(Func{Tensor, Tensor}, Shape?, Shape?, string?)"/>
    public Lambda Lambda(Func<Tensor, Tensor> function, Shape? output_shape = null, Shape? input_shape = null, string? name = null) =>
        new(function, output_shape, input_shape, name);

    /// <inheritdoc cref="Layers.LayerNormalization(Axes?, double, bool, bool, InitialValues, InitialValues, Regularizer?, Regularizer?, Constraint?,
    /// Constraint?, Shape?, string?)"/>
    public LayerNormalization LayerNormalization(Axes? axis = null, double epsilon = 0.001, bool center = true, bool scale = true,
        InitialValues beta_initializer = default, InitialValues gamma_initializer = default, Regularizer? beta_regularizer = null,
        Regularizer? gamma_regularizer = null, Constraint? beta_constraint = null, Constraint? gamma_constraint = null, Shape? input_shape = null,
        string? name = null) =>
        new(axis, epsilon, center, scale, beta_initializer, gamma_initializer, beta_regularizer, gamma_regularizer, beta_constraint, gamma_constraint,
            input_shape, name);

    /// <summary>y = x above 0, else negative_slope · x. The slope may also be given as alpha, its name in Keras 2.</summary>
    public LeakyReLU LeakyReLU(double negative_slope = 0.3, Shape? input_shape = null, string? name = null, double? alpha = null) =>
        new(alpha ?? negative_slope, input_shape, name);

    /// <inheritdoc cref="Layers.Masking(double, Shape?, string?)"/>
    public Masking Masking(double mask_value = 0.0, Shape? input_shape = null, string? name = null) => new(mask_value, input_shape, name);

    /// <inheritdoc cref="Layers.Maximum(string?)"/>
    public Maximum Maximum(string? name = null) => new(name);

    /// <summary>The elementwise maximum of tensors: <c>layers.maximum([x, y])</c>.</summary>
    public Tensor maximum(Tensors inputs, string? name = null) => new Maximum(name).Apply(inputs);

    /// <summary>Another name of <see cref="MaxPooling1D"/>.</summary>
    public MaxPooling1D MaxPool1D(Shape? pool_size = null, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? input_shape = null, string? name = null) =>
        new(pool_size, strides, padding, data_format, input_shape, name);

    /// <summary>Another name of <see cref="MaxPooling2D"/>.</summary>
    public MaxPooling2D MaxPool2D(Shape? pool_size = null, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? input_shape = null, string? name = null) =>
        new(pool_size, strides, padding, data_format, input_shape, name);

    /// <summary>Another name of <see cref="MaxPooling3D"/>.</summary>
    public MaxPooling3D MaxPool3D(Shape? pool_size = null, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? input_shape = null, string? name = null) =>
        new(pool_size, strides, padding, data_format, input_shape, name);

    /// <inheritdoc cref="Layers.MaxPooling1D(Shape?, Shape?, string, string?, Shape?, string?)"/>
    public MaxPooling1D MaxPooling1D(Shape? pool_size = null, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? input_shape = null, string? name = null) =>
        new(pool_size, strides, padding, data_format, input_shape, name);

    /// <inheritdoc cref="Layers.MaxPooling2D(Shape?, Shape?, string, string?, Shape?, string?)"/>
    public MaxPooling2D MaxPooling2D(Shape? pool_size = null, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? input_shape = null, string? name = null) =>
        new(pool_size, strides, padding, data_format, input_shape, name);

    /// <inheritdoc cref="Layers.MaxPooling3D(Shape?, Shape?, string, string?, Shape?, string?)"/>
    public MaxPooling3D MaxPooling3D(Shape? pool_size = null, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? input_shape = null, string? name = null) =>
        new(pool_size, strides, padding, data_format, input_shape, name);

    /// <inheritdoc cref="Layers.Minimum(string?)"/>
    public Minimum Minimum(string? name = null) => new(name);

    /// <summary>The elementwise minimum of tensors: <c>layers.minimum([x, y])</c>.</summary>
    public Tensor minimum(Tensors inputs, string? name = null) => new Minimum(name).Apply(inputs);

    /// <inheritdoc cref="Layers.Multiply(string?)"/>
    public Multiply Multiply(string? name = null) => new(name);

    /// <summary>The product of tensors: <c>layers.multiply([x, y])</c>.</summary>
    public Tensor multiply(Tensors inputs, string? name = null) => new Multiply(name).Apply(inputs);

    /// <inheritdoc cref="Layers.Normalization(Axes?, NDArray?, NDArray?, bool, Shape?, string?)"/>
    public Normalization Normalization(Axes? axis, NDArray? mean = null, NDArray? variance = null, bool invert = false, Shape? input_shape = null,
        string? name = null) =>
        new(axis, mean, variance, invert, input_shape, name);

    /// <summary>Likewise along axis -1, for each channel.</summary>
    public Normalization Normalization(string? name = null, NDArray? mean = null, NDArray? variance = null, bool invert = false, Shape? input_shape = null) =>
        new(-1, mean, variance, invert, input_shape, name);

    /// <inheritdoc cref="Layers.Permute(Shape, Shape?, string?)"/>
    public Permute Permute(Shape dims, Shape? input_shape = null, string? name = null) => new(dims, input_shape, name);

    /// <inheritdoc cref="Layers.Pipeline(Layer[], Shape?, string?)"/>
    public Pipeline Pipeline(Layer[] layers, Shape? input_shape = null, string? name = null) => new(layers, input_shape, name);

    /// <inheritdoc cref="Layers.PReLU(InitialValues, Regularizer?, Constraint?, Axes?, Shape?, string?)"/>
    public PReLU PReLU(InitialValues alpha_initializer = default, Regularizer? alpha_regularizer = null, Constraint? alpha_constraint = null,
        Axes? shared_axes = null, Shape? input_shape = null, string? name = null) =>
        new(alpha_initializer, alpha_regularizer, alpha_constraint, shared_axes, input_shape, name);

    /// <inheritdoc cref="Layers.RandomBrightness(Factor, Factor, long?, Shape?, string?)"/>
    public RandomBrightness RandomBrightness(Factor factor, Factor? value_range = null, long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(factor, value_range, seed, input_shape, name);

    /// <inheritdoc cref="Layers.RandomContrast(Factor, Factor, long?, Shape?, string?)"/>
    public RandomContrast RandomContrast(Factor factor, Factor? value_range = null, long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(factor, value_range, seed, input_shape, name);

    /// <inheritdoc cref="Layers.RandomFlip(string, long?, Shape?, string?)"/>
    public RandomFlip RandomFlip(string mode = "horizontal_and_vertical", long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(mode, seed, input_shape, name);

    /// <inheritdoc cref="Layers.RandomRotation(Factor, string, string, long?, double, Shape?, string?)"/>
    public RandomRotation RandomRotation(Factor factor, string fill_mode = "reflect", string interpolation = "bilinear", long? seed = null,
        double fill_value = 0.0, Shape? input_shape = null, string? name = null) =>
        new(factor, fill_mode, interpolation, seed, fill_value, input_shape, name);

    /// <inheritdoc cref="Layers.RandomTranslation(Factor, Factor, string, string, long?, double, Shape?, string?)"/>
    public RandomTranslation RandomTranslation(Factor height_factor, Factor width_factor, string fill_mode = "reflect",
        string interpolation = "bilinear", long? seed = null, double fill_value = 0.0, Shape? input_shape = null, string? name = null) =>
        new(height_factor, width_factor, fill_mode, interpolation, seed, fill_value, input_shape, name);

    /// <inheritdoc cref="Layers.RandomZoom(Factor, Factor, string, string, long?, double, Shape?, string?)"/>
    public RandomZoom RandomZoom(Factor height_factor, Factor? width_factor = null, string fill_mode = "reflect",
        string interpolation = "bilinear", long? seed = null, double fill_value = 0.0, Shape? input_shape = null, string? name = null) =>
        new(height_factor, width_factor, fill_mode, interpolation, seed, fill_value, input_shape, name);

    /// <inheritdoc cref="Layers.ReLU(double?, double, double, Shape?, string?)"/>
    public ReLU ReLU(double? max_value = null, double negative_slope = 0.0, double threshold = 0.0, Shape? input_shape = null, string? name = null) =>
        new(max_value, negative_slope, threshold, input_shape, name);

    /// <inheritdoc cref="Layers.RepeatVector(int, Shape?, string?)"/>
    public RepeatVector RepeatVector(int n, Shape? input_shape = null, string? name = null) =>
        new(n, input_shape, name);

    /// <inheritdoc cref="Layers.Rescaling(NDArray, NDArray?, Shape?, string?)"/>
    public Rescaling Rescaling(NDArray scale, NDArray? offset = null, Shape? input_shape = null, string? name = null) => new(scale, offset, input_shape, name);

    /// <inheritdoc cref="Layers.Reshape(Shape, Shape?, string?)"/>
    public Reshape Reshape(Shape target_shape, Shape? input_shape = null, string? name = null) => new(target_shape, input_shape, name);

    /// <inheritdoc cref="Layers.Resizing(int, int, string, bool, bool, double, bool, string?, Shape?, string?)"/>
    public Resizing Resizing(int height, int width, string interpolation = "bilinear", bool crop_to_aspect_ratio = false,
        bool pad_to_aspect_ratio = false, double fill_value = 0.0, bool antialias = false, string? data_format = null, Shape? input_shape = null,
        string? name = null) =>
        new(height, width, interpolation, crop_to_aspect_ratio, pad_to_aspect_ratio, fill_value, antialias, data_format, input_shape, name);

    /// <inheritdoc cref="Layers.RMSNormalization(Axes?, double, Shape?, string?)"/>
    public RMSNormalization RMSNormalization(Axes? axis = null, double epsilon = 1e-6, Shape? input_shape = null, string? name = null) =>
        new(axis, epsilon, input_shape, name);

    /// <inheritdoc cref="Layers.SeparableConv1D(int, Shape, Shape?, string, string?, Shape?, int, Activations.ActivationFunction?, bool, InitialValues,
    /// InitialValues, InitialValues, Regularizer?, Regularizer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Constraint?, Shape?, string?)"/>
    public SeparableConv1D SeparableConv1D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid",
        string? data_format = null, Shape? dilation_rate = null, int depth_multiplier = 1, Activations.ActivationFunction? activation = null,
        bool use_bias = true, InitialValues depthwise_initializer = default, InitialValues pointwise_initializer = default,
        InitialValues bias_initializer = default, Regularizer? depthwise_regularizer = null, Regularizer? pointwise_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? depthwise_constraint = null,
        Constraint? pointwise_constraint = null, Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, data_format, dilation_rate, depth_multiplier, activation, use_bias, depthwise_initializer,
            pointwise_initializer, bias_initializer, depthwise_regularizer, pointwise_regularizer, bias_regularizer, activity_regularizer,
            depthwise_constraint, pointwise_constraint, bias_constraint, input_shape, name);

    /// <inheritdoc cref="Layers.SeparableConv2D(int, Shape, Shape?, string, string?, Shape?, int, Activations.ActivationFunction?, bool, InitialValues,
    /// InitialValues, InitialValues, Regularizer?, Regularizer?, Regularizer?, Regularizer?, Constraint?, Constraint?, Constraint?, Shape?, string?)"/>
    public SeparableConv2D SeparableConv2D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid",
        string? data_format = null, Shape? dilation_rate = null, int depth_multiplier = 1, Activations.ActivationFunction? activation = null,
        bool use_bias = true, InitialValues depthwise_initializer = default, InitialValues pointwise_initializer = default,
        InitialValues bias_initializer = default, Regularizer? depthwise_regularizer = null, Regularizer? pointwise_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? depthwise_constraint = null,
        Constraint? pointwise_constraint = null, Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, data_format, dilation_rate, depth_multiplier, activation, use_bias, depthwise_initializer,
            pointwise_initializer, bias_initializer, depthwise_regularizer, pointwise_regularizer, bias_regularizer, activity_regularizer,
            depthwise_constraint, pointwise_constraint, bias_constraint, input_shape, name);

    /// <summary>Another name of <see cref="SeparableConv1D"/>.</summary>
    public SeparableConv1D SeparableConvolution1D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid",
        string? data_format = null, Shape? dilation_rate = null, int depth_multiplier = 1, Activations.ActivationFunction? activation = null,
        bool use_bias = true, InitialValues depthwise_initializer = default, InitialValues pointwise_initializer = default,
        InitialValues bias_initializer = default, Regularizer? depthwise_regularizer = null, Regularizer? pointwise_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? depthwise_constraint = null,
        Constraint? pointwise_constraint = null, Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, data_format, dilation_rate, depth_multiplier, activation, use_bias, depthwise_initializer,
            pointwise_initializer, bias_initializer, depthwise_regularizer, pointwise_regularizer, bias_regularizer, activity_regularizer,
            depthwise_constraint, pointwise_constraint, bias_constraint, input_shape, name);

    /// <summary>Another name of <see cref="SeparableConv2D"/>.</summary>
    public SeparableConv2D SeparableConvolution2D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid",
        string? data_format = null, Shape? dilation_rate = null, int depth_multiplier = 1, Activations.ActivationFunction? activation = null,
        bool use_bias = true, InitialValues depthwise_initializer = default, InitialValues pointwise_initializer = default,
        InitialValues bias_initializer = default, Regularizer? depthwise_regularizer = null, Regularizer? pointwise_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Constraint? depthwise_constraint = null,
        Constraint? pointwise_constraint = null, Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, data_format, dilation_rate, depth_multiplier, activation, use_bias, depthwise_initializer,
            pointwise_initializer, bias_initializer, depthwise_regularizer, pointwise_regularizer, bias_regularizer, activity_regularizer,
            depthwise_constraint, pointwise_constraint, bias_constraint, input_shape, name);

    /// <summary>The configuration of a layer with its class, as in files.</summary>
    public JsonObject serialize(Layer layer) => ModelConfig.Layer(layer, legacy: false);

    /// <inheritdoc cref="Layers.Softmax(Axes?, Shape?, string?)"/>
    public Softmax Softmax(Axes? axis = null, Shape? input_shape = null, string? name = null) => new(axis, input_shape, name);

    /// <inheritdoc cref="Layers.SpatialDropout1D(double, long?, Shape?, string?)"/>
    public SpatialDropout1D SpatialDropout1D(double rate, long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(rate, seed, input_shape, name);

    /// <inheritdoc cref="Layers.SpatialDropout2D(double, string?, long?, Shape?, string?)"/>
    public SpatialDropout2D SpatialDropout2D(double rate, string? data_format = null, long? seed = null, Shape? input_shape = null,
        string? name = null) =>
        new(rate, data_format, seed, input_shape, name);

    /// <inheritdoc cref="Layers.SpatialDropout3D(double, string?, long?, Shape?, string?)"/>
    public SpatialDropout3D SpatialDropout3D(double rate, string? data_format = null, long? seed = null, Shape? input_shape = null,
        string? name = null) =>
        new(rate, data_format, seed, input_shape, name);

    /// <inheritdoc cref="Layers.SpectralNormalization(Layer, int, Shape?, string?)"/>
    public SpectralNormalization SpectralNormalization(Layer layer, int power_iterations = 1, Shape? input_shape = null, string? name = null) =>
        new(layer, power_iterations, input_shape, name);

    /// <inheritdoc cref="Layers.StringLookup(int?, int, string?, string?, string[], NDArray, bool, string, bool, Shape?, string?, Salt?, string)"/>
    public StringLookup StringLookup(int? max_tokens = null, int num_oov_indices = 1, string? mask_token = null, string? oov_token = "[UNK]",
        string[]? vocabulary = null, NDArray? idf_weights = null, bool invert = false, string output_mode = "int", bool pad_to_max_tokens = false,
        Shape? input_shape = null, string? name = null, Salt? salt = null, string oov_method = "floormod") =>
        new(max_tokens, num_oov_indices, mask_token, oov_token, vocabulary, idf_weights, invert, output_mode, pad_to_max_tokens, input_shape, name, salt,
            oov_method);

    /// <inheritdoc cref="Layers.Subtract(string?)"/>
    public Subtract Subtract(string? name = null) => new(name);

    /// <summary>The first of two tensors minus the second: <c>layers.subtract([x, y])</c>.</summary>
    public Tensor subtract(Tensors inputs, string? name = null) => new Subtract(name).Apply(inputs);

    /// <inheritdoc cref="Layers.TimeDistributed(Layer, Shape?, string?)"/>
    public TimeDistributed TimeDistributed(Layer layer, Shape? input_shape = null, string? name = null) => new(layer, input_shape, name);

    /// <inheritdoc cref="Layers.UnitNormalization(Axes?, Shape?, string?)"/>
    public UnitNormalization UnitNormalization(Axes? axis = null, Shape? input_shape = null, string? name = null) =>
        new(axis, input_shape, name);

    /// <inheritdoc cref="Layers.UpSampling1D(int, Shape?, string?)"/>
    public UpSampling1D UpSampling1D(int size = 2, Shape? input_shape = null, string? name = null) =>
        new(size, input_shape, name);

    /// <inheritdoc cref="Layers.UpSampling2D(Shape?, string?, string, Shape?, string?)"/>
    public UpSampling2D UpSampling2D(Shape? size = null, string? data_format = null, string interpolation = "nearest", Shape? input_shape = null,
        string? name = null) =>
        new(size, data_format, interpolation, input_shape, name);

    /// <inheritdoc cref="Layers.UpSampling3D(Shape?, string?, Shape?, string?)"/>
    public UpSampling3D UpSampling3D(Shape? size = null, string? data_format = null, Shape? input_shape = null, string? name = null) =>
        new(size, data_format, input_shape, name);

    /// <inheritdoc cref="Layers.Wrapper(Layer, Shape?, string?)"/>
    public Wrapper Wrapper(Layer layer, Shape? input_shape = null, string? name = null) => new(layer, input_shape, name);

    /// <inheritdoc cref="Layers.ZeroPadding1D(Shape?, string?, Shape?, string?)"/>
    public ZeroPadding1D ZeroPadding1D(Shape? padding = null, string? data_format = null, Shape? input_shape = null, string? name = null) =>
        new(padding, data_format, input_shape, name);

    /// <inheritdoc cref="Layers.ZeroPadding2D(Padding2D?, string?, Shape?, string?)"/>
    public ZeroPadding2D ZeroPadding2D(Padding2D? padding = null, string? data_format = null, Shape? input_shape = null, string? name = null) =>
        new(padding, data_format, input_shape, name);

    /// <inheritdoc cref="Layers.ZeroPadding3D(Padding3D?, string?, Shape?, string?)"/>
    public ZeroPadding3D ZeroPadding3D(Padding3D? padding = null, string? data_format = null, Shape? input_shape = null, string? name = null) =>
        new(padding, data_format, input_shape, name);
}
