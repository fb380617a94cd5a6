using KerasPort.Callbacks;
using KerasPort.Datasets;
using KerasPort.Initializers;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;
using KerasPort.Random;
using KerasPort.Regularizers;
using KerasPort.Saving;
using KerasPort.Schedules;

namespace KerasPort;

#pragma warning disable CA1822  // These members stand for Python modules: tf.keras.layers is an object so that it can be written as there.

/// <summary>What a Python program has after its imports: <c>using static KerasPort.Python;</c> gives tf, keras and print.</summary>
public static partial class Python
{
    /// <summary><c>import tensorflow as tf</c>.</summary>
    public static TensorFlowModule tf { get; } = new();

    /// <summary><c>import keras</c>.</summary>
    public static KerasModule keras { get; } = new();

    /// <summary><c>import numpy as np</c>.</summary>
    public static NumpyModule np { get; } = new();

    /// <summary>Python's <c>...</c> between brackets: as many whole axes as the other indices leave.</summary>
    public static Slice Ellipsis => KerasPort.Slice.Ellipsis;

    /// <summary>Python's <c>start:stop:step</c> between brackets: <c>x[Slice(step: 2)]</c> is <c>x[::2]</c>.</summary>
    /// <exception cref="ValueError">The step is 0.</exception>
    public static Slice Slice(int? start = null, int? stop = null, int step = 1) => new(start, stop, step);
}

/// <summary><c>tf</c>.</summary>
public sealed class TensorFlowModule
{
    /// <summary><c>tf.keras</c>.</summary>
    public KerasModule keras => Python.keras;

    /// <summary><c>tf.nn</c>.</summary>
    public TensorFlowNNModule nn { get; } = new();
}

/// <summary><c>keras</c>.</summary>
public sealed class KerasModule
{
    /// <summary><c>keras.backend</c>.</summary>
    public BackendModule backend { get; } = new();

    /// <summary><c>keras.callbacks</c>.</summary>
    public CallbacksModule callbacks { get; } = new();

    /// <summary><c>keras.datasets</c>.</summary>
    public DatasetsModule datasets { get; } = new();

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

    /// <summary><c>keras.regularizers</c>.</summary>
    public RegularizersModule regularizers { get; } = new();

    /// <summary><c>keras.saving</c>.</summary>
    public SavingModule saving { get; } = new();

    /// <summary><c>keras.utils</c>.</summary>
    public UtilsModule utils { get; } = new();

    /// <inheritdoc cref="InputLayer(Shape, int?, string?)"/>
    public Tensor Input(Shape shape, int? batch_size = null, string? name = null) => new InputLayer(shape, batch_size, name).output;

    /// <inheritdoc cref="Functional(Tensors, Tensors, string?)"/>
    public Functional Model(Tensors inputs, Tensors outputs, string? name = null) => new(inputs, outputs, name);

    /// <inheritdoc cref="Models.Sequential(IEnumerable{Layer}?, string?)"/>
    public Sequential Sequential(IEnumerable<Layer>? layers = null, string? name = null) => new(layers, name);
}

/// <summary><c>keras.backend</c>.</summary>
public sealed class BackendModule
{
    /// <inheritdoc cref="UtilsModule.clear_session"/>
    public void clear_session() => Names.Clear();
}

/// <summary><c>keras.callbacks</c>; one's own derive from <see cref="Callback"/>.</summary>
public sealed class CallbacksModule
{
    /// <inheritdoc cref="Callbacks.BackupAndRestore(string, Frequency, bool, bool)"/>
    public BackupAndRestore BackupAndRestore(string backup_dir, Frequency save_freq = default, bool double_checkpoint = false, bool delete_checkpoint = true) =>
        new(backup_dir, save_freq, double_checkpoint, delete_checkpoint);

    /// <inheritdoc cref="Callbacks.CSVLogger"/>
    public CSVLogger CSVLogger(string filename, string separator = ",", bool append = false) => new(filename, separator, append);

    /// <inheritdoc cref="Callbacks.EarlyStopping(string, double, int, int, string, double?, bool, int)"/>
    public EarlyStopping EarlyStopping(string monitor = "val_loss", double min_delta = 0, int patience = 0, int verbose = 0, string mode = "auto", double? baseline = null, bool restore_best_weights = false, int start_from_epoch = 0) =>
        new(monitor, min_delta, patience, verbose, mode, baseline, restore_best_weights, start_from_epoch);

    /// <inheritdoc cref="Callbacks.History"/>
    public History History() => new();

    /// <inheritdoc cref="Callbacks.LambdaCallback"/>
    public LambdaCallback LambdaCallback(Action<int, Logs>? on_epoch_begin = null, Action<int, Logs>? on_epoch_end = null, Action<Logs>? on_train_begin = null, Action<Logs>? on_train_end = null,
        Action<int, Logs>? on_train_batch_begin = null, Action<int, Logs>? on_train_batch_end = null, Action<int, Logs>? on_batch_begin = null, Action<int, Logs>? on_batch_end = null,
        Action<Logs>? on_test_begin = null, Action<Logs>? on_test_end = null, Action<int, Logs>? on_test_batch_begin = null, Action<int, Logs>? on_test_batch_end = null,
        Action<Logs>? on_predict_begin = null, Action<Logs>? on_predict_end = null, Action<int, Logs>? on_predict_batch_begin = null, Action<int, Logs>? on_predict_batch_end = null) =>
        new(on_epoch_begin, on_epoch_end, on_train_begin, on_train_end, on_train_batch_begin, on_train_batch_end, on_batch_begin, on_batch_end,
            on_test_begin, on_test_end, on_test_batch_begin, on_test_batch_end, on_predict_begin, on_predict_end, on_predict_batch_begin, on_predict_batch_end);

    /// <inheritdoc cref="Callbacks.ModelCheckpoint(string, string, int, bool, bool, string, Frequency, double?)"/>
    public ModelCheckpoint ModelCheckpoint(string filepath, string monitor = "val_loss", int verbose = 0, bool save_best_only = false, bool save_weights_only = false, string mode = "auto", Frequency save_freq = default, double? initial_value_threshold = null) =>
        new(filepath, monitor, verbose, save_best_only, save_weights_only, mode, save_freq, initial_value_threshold);

    /// <inheritdoc cref="Callbacks.TensorBoard(string, int, bool, bool, Frequency)"/>
    public TensorBoard TensorBoard(string log_dir = "logs", int histogram_freq = 0, bool write_graph = true, bool write_steps_per_second = false, Frequency update_freq = default) =>
        new(log_dir, histogram_freq, write_graph, write_steps_per_second, update_freq);
}

/// <summary><c>keras.datasets</c>.</summary>
public sealed class DatasetsModule
{
    /// <inheritdoc cref="FashionMnist"/>
    public FashionMnist fashion_mnist { get; } = new();
}

/// <summary><c>keras.initializers</c>.</summary>
public sealed class InitializersModule
{
    /// <inheritdoc cref="Initializers.GlorotUniform(long?)"/>
    public GlorotUniform GlorotUniform(long? seed = null) => new(seed);

    /// <inheritdoc cref="Initializers.Ones"/>
    public Ones Ones() => new();

    /// <inheritdoc cref="Initializers.VarianceScaling(double, string, string, long?)"/>
    public VarianceScaling VarianceScaling(double scale = 1.0, string mode = "fan_in", string distribution = "truncated_normal", long? seed = null) =>
        new(scale, mode, distribution, seed);

    /// <inheritdoc cref="Initializers.Zeros"/>
    public Zeros Zeros() => new();

    /// <summary>Another name of <see cref="GlorotUniform"/>.</summary>
    public GlorotUniform glorot_uniform(long? seed = null) => new(seed);

    /// <summary>Another name of <see cref="Zeros"/>.</summary>
    public Zeros zeros() => new();
}

/// <summary><c>keras.layers</c>.</summary>
public sealed class LayersModule
{
    /// <inheritdoc cref="Layers.Activation(Activations.ActivationFunction, Shape?, string?)"/>
    public Layers.Activation Activation(Activations.ActivationFunction? activation, Shape? input_shape = null, string? name = null) => new(activation, input_shape, name);

    /// <inheritdoc cref="Layers.Add(string?)"/>
    public Add Add(string? name = null) => new(name);

    /// <summary>The sum of tensors of one shape: <c>layers.add([x, y])</c>.</summary>
    public Tensor add(Tensors inputs, string? name = null) => new Add(name).Apply(inputs);

    /// <inheritdoc cref="Layers.BatchNormalization(int, double, double, bool, bool, Initializer?, Initializer?, Initializer?, Initializer?, Shape?, string?)"/>
    public BatchNormalization BatchNormalization(int axis = -1, double momentum = 0.99, double epsilon = 0.001, bool center = true, bool scale = true,
        Initializer? beta_initializer = null, Initializer? gamma_initializer = null, Initializer? moving_mean_initializer = null,
        Initializer? moving_variance_initializer = null, Shape? input_shape = null, string? name = null) =>
        new(axis, momentum, epsilon, center, scale, beta_initializer, gamma_initializer, moving_mean_initializer, moving_variance_initializer, input_shape, name);

    /// <inheritdoc cref="Layers.Concatenate(int, string?)"/>
    public Concatenate Concatenate(int axis = -1, string? name = null) => new(axis, name);

    /// <summary>Tensors side by side along an axis: <c>layers.concatenate([x, y])</c>.</summary>
    public Tensor concatenate(Tensors inputs, int axis = -1, string? name = null) => new Concatenate(axis, name).Apply(inputs);

    /// <inheritdoc cref="Layers.Conv2D(int, Shape, Shape?, string, Shape?, Activations.ActivationFunction?, bool, Initializer?, Initializer?, Regularizer?, Regularizer?, Regularizer?, Shape?, string?)"/>
    public Conv2D Conv2D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", Shape? dilation_rate = null, Activations.ActivationFunction? activation = null, bool use_bias = true, Initializer? kernel_initializer = null, Initializer? bias_initializer = null, Regularizer? kernel_regularizer = null, Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, dilation_rate, activation, use_bias, kernel_initializer, bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, input_shape, name);

    /// <inheritdoc cref="Layers.Dense(int, Activations.ActivationFunction?, bool, Initializer?, Initializer?, Regularizer?, Regularizer?, Regularizer?, Shape?, string?)"/>
    public Dense Dense(int units, Activations.ActivationFunction? activation = null, bool use_bias = true, Initializer? kernel_initializer = null, Initializer? bias_initializer = null, Regularizer? kernel_regularizer = null, Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Shape? input_shape = null, string? name = null) =>
        new(units, activation, use_bias, kernel_initializer, bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, input_shape, name);

    /// <inheritdoc cref="Layers.Dropout(double, Shape?, long?, Shape?, string?)"/>
    public Dropout Dropout(double rate, Shape? noise_shape = null, long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(rate, noise_shape, seed, input_shape, name);

    /// <inheritdoc cref="Layers.Flatten(Shape?, string?)"/>
    public Flatten Flatten(Shape? input_shape = null, string? name = null) => new(input_shape, name);

    /// <summary>Another name of <see cref="Conv2D"/>.</summary>
    public Conv2D Convolution2D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", Shape? dilation_rate = null, Activations.ActivationFunction? activation = null, bool use_bias = true, Initializer? kernel_initializer = null, Initializer? bias_initializer = null, Regularizer? kernel_regularizer = null, Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null, Shape? input_shape = null, string? name = null) =>
        new(filters, kernel_size, strides, padding, dilation_rate, activation, use_bias, kernel_initializer, bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, input_shape, name);

    /// <inheritdoc cref="Layers.InputLayer(Shape, int?, string?)"/>
    public Tensor Input(Shape shape, int? batch_size = null, string? name = null) => new InputLayer(shape, batch_size, name).output;

    /// <inheritdoc cref="Layers.InputLayer(Shape, int?, string?)"/>
    public InputLayer InputLayer(Shape shape, int? batch_size = null, string? name = null) => new(shape, batch_size, name);

    /// <summary>Another name of <see cref="MaxPooling2D"/>.</summary>
    public MaxPooling2D MaxPool2D(Shape? pool_size = null, Shape? strides = null, string padding = "valid", Shape? input_shape = null, string? name = null) =>
        new(pool_size, strides, padding, input_shape, name);

    /// <inheritdoc cref="Layers.MaxPooling2D(Shape?, Shape?, string, Shape?, string?)"/>
    public MaxPooling2D MaxPooling2D(Shape? pool_size = null, Shape? strides = null, string padding = "valid", Shape? input_shape = null, string? name = null) =>
        new(pool_size, strides, padding, input_shape, name);
}

/// <summary><c>keras.losses</c>.</summary>
public sealed class LossesModule
{
    /// <inheritdoc cref="Losses.MeanSquaredError(string)"/>
    public Losses.MeanSquaredError MeanSquaredError(string name = "mean_squared_error") => new(name);

    /// <inheritdoc cref="Losses.SparseCategoricalCrossentropy(bool, string)"/>
    public SparseCategoricalCrossentropy SparseCategoricalCrossentropy(bool from_logits = false, string name = "sparse_categorical_crossentropy") => new(from_logits, name);
}

/// <summary><c>keras.metrics</c>.</summary>
public sealed class MetricsModule
{
    /// <inheritdoc cref="Metrics.AUC(int, string, string, string?, Thresholds?, bool)"/>
    public AUC AUC(int num_thresholds = 200, string curve = "ROC", string summation_method = "interpolation", string? name = null, Thresholds? thresholds = null, bool from_logits = false) =>
        new(num_thresholds, curve, summation_method, name, thresholds, from_logits);

    /// <inheritdoc cref="Metrics.BinaryAccuracy(string, double)"/>
    public BinaryAccuracy BinaryAccuracy(string name = "binary_accuracy", double threshold = 0.5) => new(name, threshold);

    /// <inheritdoc cref="Metrics.CategoricalAccuracy(string)"/>
    public CategoricalAccuracy CategoricalAccuracy(string name = "categorical_accuracy") => new(name);

    /// <inheritdoc cref="Metrics.FalseNegatives(Thresholds?, string?)"/>
    public FalseNegatives FalseNegatives(Thresholds? thresholds = null, string? name = null) => new(thresholds, name);

    /// <inheritdoc cref="Metrics.FalsePositives(Thresholds?, string?)"/>
    public FalsePositives FalsePositives(Thresholds? thresholds = null, string? name = null) => new(thresholds, name);

    /// <inheritdoc cref="Metrics.IoU(int, int[], string?, int?, bool, bool)"/>
    public IoU IoU(int num_classes, int[] target_class_ids, string? name = null, int? ignore_class = null, bool sparse_y_true = true, bool sparse_y_pred = true) =>
        new(num_classes, target_class_ids, name, ignore_class, sparse_y_true, sparse_y_pred);

    /// <inheritdoc cref="Metrics.MeanIoU(int, string?, int?, bool, bool)"/>
    public MeanIoU MeanIoU(int num_classes, string? name = null, int? ignore_class = null, bool sparse_y_true = true, bool sparse_y_pred = true) =>
        new(num_classes, name, ignore_class, sparse_y_true, sparse_y_pred);

    /// <inheritdoc cref="Metrics.MeanSquaredError(string)"/>
    public Metrics.MeanSquaredError MeanSquaredError(string name = "mean_squared_error") => new(name);

    /// <inheritdoc cref="Metrics.OneHotMeanIoU(int, string?, int?, bool)"/>
    public OneHotMeanIoU OneHotMeanIoU(int num_classes, string? name = null, int? ignore_class = null, bool sparse_y_pred = false) =>
        new(num_classes, name, ignore_class, sparse_y_pred);

    /// <inheritdoc cref="Metrics.Precision(Thresholds?, string?, int?)"/>
    public Precision Precision(Thresholds? thresholds = null, string? name = null, int? class_id = null) => new(thresholds, name, class_id);

    /// <inheritdoc cref="Metrics.Recall(Thresholds?, string?, int?)"/>
    public Recall Recall(Thresholds? thresholds = null, string? name = null, int? class_id = null) => new(thresholds, name, class_id);

    /// <inheritdoc cref="Metrics.SparseCategoricalAccuracy(string)"/>
    public SparseCategoricalAccuracy SparseCategoricalAccuracy(string name = "sparse_categorical_accuracy") => new(name);

    /// <inheritdoc cref="Metrics.TrueNegatives(Thresholds?, string?)"/>
    public TrueNegatives TrueNegatives(Thresholds? thresholds = null, string? name = null) => new(thresholds, name);

    /// <inheritdoc cref="Metrics.TruePositives(Thresholds?, string?)"/>
    public TruePositives TruePositives(Thresholds? thresholds = null, string? name = null) => new(thresholds, name);
}

/// <summary><c>keras.models</c>.</summary>
public sealed class ModelsModule
{
    /// <inheritdoc cref="ModelFile.Load"/>
    public Model load_model(string filepath, bool compile = true) => ModelFile.Load(filepath, compile);

    /// <inheritdoc cref="Model.save"/>
    public void save_model(Model model, string filepath, bool overwrite = true) => model.save(filepath, overwrite);

    /// <summary>The model that <see cref="Model.to_json"/> described, with new weights.</summary>
    /// <exception cref="ModelFormatException">The text is of something else.</exception>
    public Model model_from_json(string json_string) => ModelFile.FromJson(json_string);

    /// <inheritdoc cref="Functional(Tensors, Tensors, string?)"/>
    public Functional Model(Tensors inputs, Tensors outputs, string? name = null) => new(inputs, outputs, name);

    /// <inheritdoc cref="Models.Sequential(IEnumerable{Layer}?, string?)"/>
    public Sequential Sequential(IEnumerable<Layer>? layers = null, string? name = null) => new(layers, name);
}

/// <summary><c>keras.optimizers</c>.</summary>
public sealed class OptimizersModule
{
    /// <summary><c>keras.optimizers.schedules</c>.</summary>
    public SchedulesModule schedules { get; } = new();

    /// <inheritdoc cref="Optimizers.Adam(LearningRate?, double, double, double, bool, double?, double?, double?, double?, int?, string?)"/>
    public Adam Adam(LearningRate? learning_rate = null, double beta_1 = 0.9, double beta_2 = 0.999, double epsilon = 1e-7, bool amsgrad = false,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null, int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, beta_1, beta_2, epsilon, amsgrad, weight_decay, clipnorm, clipvalue, global_clipnorm, gradient_accumulation_steps, name);

    /// <inheritdoc cref="Optimizers.SGD(LearningRate?, double, bool, double?, double?, double?, double?, int?, string?)"/>
    public SGD SGD(LearningRate? learning_rate = null, double momentum = 0, bool nesterov = false,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null, int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, momentum, nesterov, weight_decay, clipnorm, clipvalue, global_clipnorm, gradient_accumulation_steps, name);
}

/// <summary><c>keras.optimizers.schedules</c>; one's own derive from <see cref="LearningRateSchedule"/>.</summary>
public sealed class SchedulesModule
{
    /// <inheritdoc cref="Schedules.ExponentialDecay(double, double, double, bool, string?)"/>
    public ExponentialDecay ExponentialDecay(double initial_learning_rate, double decay_steps, double decay_rate, bool staircase = false, string? name = "ExponentialDecay") =>
        new(initial_learning_rate, decay_steps, decay_rate, staircase, name);
}

/// <summary><c>keras.regularizers</c>.</summary>
public sealed class RegularizersModule
{
    /// <inheritdoc cref="Regularizers.L1(double)"/>
    public L1 L1(double l1 = 0.01) => new(l1);

    /// <inheritdoc cref="Regularizers.L1L2(double, double)"/>
    public L1L2 L1L2(double l1 = 0.0, double l2 = 0.0) => new(l1, l2);

    /// <inheritdoc cref="Regularizers.L2(double)"/>
    public L2 L2(double l2 = 0.01) => new(l2);

    /// <summary>Another name of <see cref="L1"/>.</summary>
    public L1 l1(double l1 = 0.01) => new(l1);

    /// <summary>Another name of <see cref="L1L2"/>.</summary>
    public L1L2 l1_l2(double l1 = 0.01, double l2 = 0.01) => new(l1, l2);

    /// <summary>Another name of <see cref="L2"/>.</summary>
    public L2 l2(double l2 = 0.01) => new(l2);
}

/// <summary><c>keras.saving</c>.</summary>
public sealed class SavingModule
{
    /// <inheritdoc cref="ModelFile.Load"/>
    public Model load_model(string filepath, bool compile = true) => ModelFile.Load(filepath, compile);

    /// <inheritdoc cref="Model.load_weights"/>
    public void load_weights(Model model, string filepath) => model.load_weights(filepath);

    /// <inheritdoc cref="Model.save"/>
    public void save_model(Model model, string filepath, bool overwrite = true) => model.save(filepath, overwrite);

    /// <inheritdoc cref="Model.save_weights"/>
    public void save_weights(Model model, string filepath, bool overwrite = true) => model.save_weights(filepath, overwrite);
}

/// <summary><c>keras.utils</c>.</summary>
public sealed class UtilsModule
{
    /// <summary>Seeds what is random: initial weights and row order are then Python Keras' own. The seed is from 0 to 2**32 - 1.</summary>
    public void set_random_seed(long seed) => Seeds.Set(seed);

    /// <summary>Starts the names of layers and models anew: dense, not dense_2.</summary>
    public void clear_session() => Names.Clear();
}
