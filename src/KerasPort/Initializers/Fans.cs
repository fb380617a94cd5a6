using KerasPort.Random;

namespace KerasPort.Initializers;

/// <summary>
/// Uniform in [-limit, limit] with limit = sqrt(6 / (fan_in + fan_out)), the default of kernels.
/// Source: Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks (2010).
/// </summary>
/// <param name="seed">
/// The seed: the same seed and shape give the same values. By default it is drawn when the initializer is created, from Python's generator, as in Keras.
/// </param>
/// <param name="input_axes">The axes whose product is the number of inputs, if <paramref name="output_axes"/> are given, too.</param>
/// <param name="output_axes">The axes whose product is the number of outputs.</param>
public sealed class GlorotUniform(Seed? seed = null, int[]? input_axes = null, int[]? output_axes = null) :
    VarianceScaling(1.0, "fan_avg", "uniform", seed, input_axes, output_axes);

/// <summary>Truncated normal with a standard deviation of sqrt(2 / (fan_in + fan_out)). Source: see <see cref="GlorotUniform"/>.</summary>
/// <param name="seed">
/// The seed: the same seed and shape give the same values. By default it is drawn when the initializer is created, from Python's generator, as in Keras.
/// </param>
/// <param name="input_axes">The axes whose product is the number of inputs, if <paramref name="output_axes"/> are given, too.</param>
/// <param name="output_axes">The axes whose product is the number of outputs.</param>
public sealed class GlorotNormal(Seed? seed = null, int[]? input_axes = null, int[]? output_axes = null) :
    VarianceScaling(1.0, "fan_avg", "truncated_normal", seed, input_axes, output_axes);

/// <summary>Uniform in [-limit, limit] with limit = sqrt(6 / fan_in). Source: see <see cref="HeNormal"/>.</summary>
/// <param name="seed">
/// The seed: the same seed and shape give the same values. By default it is drawn when the initializer is created, from Python's generator, as in Keras.
/// </param>
/// <param name="input_axes">The axes whose product is the number of inputs, if <paramref name="output_axes"/> are given, too.</param>
/// <param name="output_axes">The axes whose product is the number of outputs.</param>
public sealed class HeUniform(Seed? seed = null, int[]? input_axes = null, int[]? output_axes = null) :
    VarianceScaling(2.0, "fan_in", "uniform", seed, input_axes, output_axes);

/// <summary>
/// Truncated normal with a standard deviation of sqrt(2 / fan_in).
/// Source: He, Zhang, Ren and Sun, Delving deep into rectifiers (2015).
/// </summary>
/// <param name="seed">
/// The seed: the same seed and shape give the same values. By default it is drawn when the initializer is created, from Python's generator, as in Keras.
/// </param>
/// <param name="input_axes">The axes whose product is the number of inputs, if <paramref name="output_axes"/> are given, too.</param>
/// <param name="output_axes">The axes whose product is the number of outputs.</param>
public sealed class HeNormal(Seed? seed = null, int[]? input_axes = null, int[]? output_axes = null) :
    VarianceScaling(2.0, "fan_in", "truncated_normal", seed, input_axes, output_axes);

/// <summary>Uniform in [-limit, limit] with limit = sqrt(3 / fan_in). Source: see <see cref="LecunNormal"/>.</summary>
/// <param name="seed">
/// The seed: the same seed and shape give the same values. By default it is drawn when the initializer is created, from Python's generator, as in Keras.
/// </param>
/// <param name="input_axes">The axes whose product is the number of inputs, if <paramref name="output_axes"/> are given, too.</param>
/// <param name="output_axes">The axes whose product is the number of outputs.</param>
public sealed class LecunUniform(Seed? seed = null, int[]? input_axes = null, int[]? output_axes = null) :
    VarianceScaling(1.0, "fan_in", "uniform", seed, input_axes, output_axes);

/// <summary>
/// Truncated normal with a standard deviation of sqrt(1 / fan_in).
/// Source: LeCun, Bottou, Orr and Müller, Efficient backprop (1998).
/// </summary>
/// <param name="seed">
/// The seed: the same seed and shape give the same values. By default it is drawn when the initializer is created, from Python's generator, as in Keras.
/// </param>
/// <param name="input_axes">The axes whose product is the number of inputs, if <paramref name="output_axes"/> are given, too.</param>
/// <param name="output_axes">The axes whose product is the number of outputs.</param>
public sealed class LecunNormal(Seed? seed = null, int[]? input_axes = null, int[]? output_axes = null) :
    VarianceScaling(1.0, "fan_in", "truncated_normal", seed, input_axes, output_axes);
