using KerasPort.Initializers;
using KerasPort.Random;

namespace KerasPort;

/// <summary><c>keras.initializers</c>; your own derive from <see cref="Initializer"/>.</summary>
public sealed partial class InitializersModule
{
    /// <inheritdoc cref="Initializers.Constant(NDArray)"/>
    public Constant Constant(double value = 0.0) => new(value);

    /// <inheritdoc cref="Initializers.Constant(NDArray)"/>
    public Constant Constant(NDArray value) => new(value);

    /// <inheritdoc cref="Initializers.GlorotNormal(Seed?, int[], int[])"/>
    public GlorotNormal GlorotNormal(Seed? seed = null, int[]? input_axes = null, int[]? output_axes = null) => new(seed, input_axes, output_axes);

    /// <inheritdoc cref="Initializers.GlorotUniform(Seed?, int[], int[])"/>
    public GlorotUniform GlorotUniform(Seed? seed = null, int[]? input_axes = null, int[]? output_axes = null) => new(seed, input_axes, output_axes);

    /// <inheritdoc cref="Initializers.HeNormal(Seed?, int[], int[])"/>
    public HeNormal HeNormal(Seed? seed = null, int[]? input_axes = null, int[]? output_axes = null) => new(seed, input_axes, output_axes);

    /// <inheritdoc cref="Initializers.HeUniform(Seed?, int[], int[])"/>
    public HeUniform HeUniform(Seed? seed = null, int[]? input_axes = null, int[]? output_axes = null) => new(seed, input_axes, output_axes);

    /// <inheritdoc cref="Initializers.Identity(double)"/>
    public Identity Identity(double gain = 1.0) => new(gain);

    /// <summary>Another name of <see cref="Identity"/>.</summary>
    public Identity IdentityInitializer(double gain = 1.0) => new(gain);

    /// <inheritdoc cref="Initializers.LecunNormal(Seed?, int[], int[])"/>
    public LecunNormal LecunNormal(Seed? seed = null, int[]? input_axes = null, int[]? output_axes = null) => new(seed, input_axes, output_axes);

    /// <inheritdoc cref="Initializers.LecunUniform(Seed?, int[], int[])"/>
    public LecunUniform LecunUniform(Seed? seed = null, int[]? input_axes = null, int[]? output_axes = null) => new(seed, input_axes, output_axes);

    /// <inheritdoc cref="Initializers.Ones"/>
    public Ones Ones() => new();

    /// <inheritdoc cref="Initializers.Orthogonal(double, Seed?)"/>
    public Orthogonal Orthogonal(double gain = 1.0, Seed? seed = null) => new(gain, seed);

    /// <summary>Another name of <see cref="Orthogonal"/>.</summary>
    public Orthogonal OrthogonalInitializer(double gain = 1.0, Seed? seed = null) => new(gain, seed);

    /// <inheritdoc cref="Initializers.RandomNormal(double, double, Seed?)"/>
    public RandomNormal RandomNormal(double mean = 0.0, double stddev = 0.05, Seed? seed = null) => new(mean, stddev, seed);

    /// <inheritdoc cref="Initializers.RandomUniform(double, double, Seed?)"/>
    public RandomUniform RandomUniform(double minval = -0.05, double maxval = 0.05, Seed? seed = null) => new(minval, maxval, seed);

    /// <inheritdoc cref="Initializers.STFT(string, string?, string?, bool)"/>
    public STFT STFT(string side = "real", string? window = "hann", string? scaling = "density", bool periodic = false) => new(side, window, scaling, periodic);

    /// <summary>Another name of <see cref="STFT"/>.</summary>
    public STFT STFTInitializer(string side = "real", string? window = "hann", string? scaling = "density", bool periodic = false) =>
        new(side, window, scaling, periodic);

    /// <inheritdoc cref="Initializers.TruncatedNormal(double, double, Seed?)"/>
    public TruncatedNormal TruncatedNormal(double mean = 0.0, double stddev = 0.05, Seed? seed = null) => new(mean, stddev, seed);

    /// <inheritdoc cref="Initializers.VarianceScaling(double, string, string, Seed?, int[], int[])"/>
    public VarianceScaling VarianceScaling(double scale = 1.0, string mode = "fan_in", string distribution = "truncated_normal", Seed? seed = null,
        int[]? input_axes = null, int[]? output_axes = null) =>
        new(scale, mode, distribution, seed, input_axes, output_axes);

    /// <inheritdoc cref="Initializers.Zeros"/>
    public Zeros Zeros() => new();

    /// <summary>Another name of <see cref="Constant(double)"/>.</summary>
    public Constant constant(double value = 0.0) => new(value);

    /// <inheritdoc cref="Constant(NDArray)"/>
    public Constant constant(NDArray value) => Constant(value);

    /// <summary>Another name of <see cref="GlorotNormal"/>.</summary>
    public GlorotNormal glorot_normal(Seed? seed = null, int[]? input_axes = null, int[]? output_axes = null) => new(seed, input_axes, output_axes);

    /// <summary>Another name of <see cref="GlorotUniform"/>.</summary>
    public GlorotUniform glorot_uniform(Seed? seed = null, int[]? input_axes = null, int[]? output_axes = null) => new(seed, input_axes, output_axes);

    /// <summary>Another name of <see cref="HeNormal"/>.</summary>
    public HeNormal he_normal(Seed? seed = null, int[]? input_axes = null, int[]? output_axes = null) => new(seed, input_axes, output_axes);

    /// <summary>Another name of <see cref="HeUniform"/>.</summary>
    public HeUniform he_uniform(Seed? seed = null, int[]? input_axes = null, int[]? output_axes = null) => new(seed, input_axes, output_axes);

    /// <summary>Another name of <see cref="Identity"/>.</summary>
    public Identity identity(double gain = 1.0) => new(gain);

    /// <summary>Another name of <see cref="LecunNormal"/>.</summary>
    public LecunNormal lecun_normal(Seed? seed = null, int[]? input_axes = null, int[]? output_axes = null) => new(seed, input_axes, output_axes);

    /// <summary>Another name of <see cref="LecunUniform"/>.</summary>
    public LecunUniform lecun_uniform(Seed? seed = null, int[]? input_axes = null, int[]? output_axes = null) => new(seed, input_axes, output_axes);

    /// <summary>Another name of <see cref="Ones"/>.</summary>
    public Ones ones() => new();

    /// <summary>Another name of <see cref="Orthogonal"/>.</summary>
    public Orthogonal orthogonal(double gain = 1.0, Seed? seed = null) => new(gain, seed);

    /// <summary>Another name of <see cref="RandomNormal"/>.</summary>
    public RandomNormal random_normal(double mean = 0.0, double stddev = 0.05, Seed? seed = null) => new(mean, stddev, seed);

    /// <summary>Another name of <see cref="RandomUniform"/>.</summary>
    public RandomUniform random_uniform(double minval = -0.05, double maxval = 0.05, Seed? seed = null) => new(minval, maxval, seed);

    /// <summary>Another name of <see cref="STFT"/>.</summary>
    public STFT stft(string side = "real", string? window = "hann", string? scaling = "density", bool periodic = false) => new(side, window, scaling, periodic);

    /// <summary>Another name of <see cref="TruncatedNormal"/>.</summary>
    public TruncatedNormal truncated_normal(double mean = 0.0, double stddev = 0.05, Seed? seed = null) => new(mean, stddev, seed);

    /// <summary>Another name of <see cref="VarianceScaling"/>.</summary>
    public VarianceScaling variance_scaling(double scale = 1.0, string mode = "fan_in", string distribution = "truncated_normal", Seed? seed = null,
        int[]? input_axes = null, int[]? output_axes = null) =>
        new(scale, mode, distribution, seed, input_axes, output_axes);

    /// <summary>Another name of <see cref="Zeros"/>.</summary>
    public Zeros zeros() => new();
}
