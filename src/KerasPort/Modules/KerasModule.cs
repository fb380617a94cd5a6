using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort;

/// <summary><c>keras</c>.</summary>
public sealed class KerasModule
{
    /// <summary>The version of Keras that the library reproduces.</summary>
    public string __version__ => "3.15.1";

    /// <summary><c>keras.activations</c>.</summary>
    public ActivationsModule activations { get; } = new();

    /// <summary><c>keras.backend</c>.</summary>
    public BackendModule backend { get; } = new();

    /// <summary><c>keras.callbacks</c>.</summary>
    public CallbacksModule callbacks { get; } = new();

    /// <summary><c>keras.config</c>.</summary>
    public ConfigModule config { get; } = new();

    /// <summary><c>keras.constraints</c>.</summary>
    public ConstraintsModule constraints { get; } = new();

    /// <summary><c>keras.datasets</c>.</summary>
    public DatasetsModule datasets { get; } = new();

    /// <summary><c>keras.distribution</c>.</summary>
    public DistributionModule distribution { get; } = new();

    /// <summary><c>keras.initializers</c>.</summary>
    public InitializersModule initializers { get; } = new();

    /// <summary><c>keras.layers</c>.</summary>
    public LayersModule layers { get; } = new();

    /// <summary><c>keras.losses</c>.</summary>
    public LossesModule losses { get; } = new();

    /// <summary><c>keras.metrics</c>.</summary>
    public MetricsModule metrics { get; } = new();

    /// <summary><c>keras.models</c>.</summary>
    public ModelsModule models { get; } = new();

    /// <summary><c>keras.ops</c>.</summary>
    public OpsModule ops { get; } = new();

    /// <summary><c>keras.optimizers</c>.</summary>
    public OptimizersModule optimizers { get; } = new();

    /// <summary><c>keras.preprocessing</c>.</summary>
    public PreprocessingModule preprocessing { get; } = new();

    /// <summary><c>keras.random</c>.</summary>
    public RandomModule random { get; } = new();

    /// <summary><c>keras.regularizers</c>.</summary>
    public RegularizersModule regularizers { get; } = new();

    /// <summary><c>keras.saving</c>.</summary>
    public SavingModule saving { get; } = new();

    /// <summary><c>keras.utils</c>.</summary>
    public UtilsModule utils { get; } = new();

    /// <inheritdoc cref="InputLayer(Shape, int?, DType?, string?)"/>
    /// <example><code>
    /// var model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten()]);
    /// print(model.output_shape);    // (None, 784)
    /// </code></example>
    public Tensor Input(Shape shape, int? batch_size = null, DType? dtype = null, string? name = null) => new InputLayer(shape, batch_size, dtype, name).output;

    /// <summary>
    /// A symbolic tensor of that shape, with the batch first, that belongs to no model: an argument of <see cref="Layer.compute_output_spec"/>.
    /// </summary>
    public Tensor KerasTensor(Shape shape, DType? dtype = null, string? name = null) =>
        new InputLayer(shape[1..], shape[0], dtype, name ?? Names.Unique("keras_tensor")).output;

    /// <summary>The layers and functions between symbolic tensors as one function: applied to values for the inputs, it gives the outputs.</summary>
    /// <exception cref="ValueError">An output doesn't depend on the inputs alone.</exception>
    public Functional Function(Tensors inputs, Tensors outputs, string? name = null) => new(inputs, outputs, name ?? Names.Unique("function"));

    /// <inheritdoc cref="KerasPort.DTypePolicy(string)"/>
    public DTypePolicy DTypePolicy(string? name = null) => new(name);

    /// <inheritdoc cref="KerasPort.DTypePolicy(string)"/>
    public DTypePolicy FloatDTypePolicy(string? name = null) => new(name);

    /// <summary>Prefixes the names of variables that are created until the result is disposed of: <c>using (keras.name_scope("a"))</c>.</summary>
    public IDisposable name_scope(string name) => NameScope.In(name);

    /// <inheritdoc cref="Layers.InputSpec(DType?, Shape?, int?, int?, int?, Dictionary{int, int}?, bool, string?)"/>
    public InputSpec InputSpec(DType? dtype = null, Shape? shape = null, int? ndim = null, int? max_ndim = null, int? min_ndim = null,
        Dictionary<int, int>? axes = null, bool allow_last_axis_squeeze = false, string? name = null) =>
        new(dtype, shape, ndim, max_ndim, min_ndim, axes, allow_last_axis_squeeze, name);

    /// <inheritdoc cref="Functional(Tensors, Tensors, string?)"/>
    public Models.Model Model(Tensors inputs, Tensors outputs, string? name = null) => new Functional(inputs, outputs, name);

    /// <inheritdoc cref="Models.Sequential(IEnumerable{Layer}?, string?)"/>
    public Sequential Sequential(IEnumerable<Layer>? layers = null, string? name = null) => new(layers, name);

    /// <inheritdoc cref="__version__"/>
    public string version() => __version__;
}
