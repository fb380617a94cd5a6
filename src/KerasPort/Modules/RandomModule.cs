using KerasPort.Random;

namespace KerasPort;

/// <summary>
/// <c>keras.random</c>: random numbers, the same as Keras'. Within the <c>call</c> of a program's own layer each batch draws anew. A seed gives the same
/// numbers each time, a <see cref="Random.SeedGenerator"/> advances with each draw, and without either the numbers follow
/// <c>keras.utils.set_random_seed</c>.
/// </summary>
public sealed class RandomModule
{
    /// <summary>Random numbers from a beta distribution.</summary>
    /// <param name="shape">The shape of the result.</param>
    /// <param name="alpha">The first shape parameter, or an array of them that is broadcast to <paramref name="shape"/>.</param>
    /// <param name="beta">The second shape parameter, likewise.</param>
    /// <param name="dtype">Only float32.</param>
    /// <param name="seed">A number or a generator.</param>
    /// <exception cref="ValueError">The type isn't float32, or the shapes don't fit.</exception>
    public Tensor beta(Shape shape, NDArray alpha, NDArray beta, DType? dtype = null, Seed? seed = null)
    {
        Drawn.RequireFloat32(dtype, "keras.random.beta");
        var (alphas, betas) = (Drawn.Each(alpha, shape), Drawn.Each(beta, shape));
        return Drawn.Filled(shape, values => StatelessGamma.Beta(seed?.DrawPair() ?? Seeds.PairForDraw(), alphas, betas, values));
    }

    /// <summary>Random numbers from a binomial distribution: successes among trials.</summary>
    /// <param name="shape">The shape of the result.</param>
    /// <param name="counts">The number of trials, or an array of them whose shape is the last axes of <paramref name="shape"/>.</param>
    /// <param name="probabilities">The probability of a success, or an array of them.</param>
    /// <param name="dtype">Only float32.</param>
    /// <param name="seed">A number or a generator.</param>
    /// <exception cref="ValueError">The type isn't float32, or the shapes don't fit.</exception>
    public Tensor binomial(Shape shape, NDArray counts, NDArray probabilities, DType? dtype = null, Seed? seed = null)
    {
        Drawn.RequireFloat32(dtype, "keras.random.binomial");
        var (trials, chances) = Drawn.Distributions(counts, probabilities, shape);
        return Drawn.Filled(shape, values => StatelessCounts.Binomial(Draw(seed), trials, chances, values));
    }

    /// <summary>Random categories [rows, samples], by the probabilities of logits [rows, categories].</summary>
    /// <exception cref="ValueError">The logits have no rows, or the type is neither int32 nor int64.</exception>
    public NDArray categorical(NDArray logits, int num_samples, DType? dtype = null, Seed? seed = null)
    {
        if (logits.ndim != 2) throw new ValueError($"logits should be a matrix, got shape {logits.shape}");
        var type = dtype ?? DType.int32;
        if (type != DType.int32 && type != DType.int64) throw new ValueError($"`keras.random.categorical` draws int32 or int64. Received: dtype={type}");
        var values = new long[checked(logits.shape[0] * num_samples)];
        StatelessCounts.Categorical(Draw(seed), logits.ToFloats(), logits.shape[0], values);
        return new NDArray(values, logits.shape[0], num_samples).astype(type);
    }

    /// <summary>Sets each value to 0 with probability <paramref name="rate"/>, and divides the others by 1 - rate.</summary>
    /// <param name="inputs">The values.</param>
    /// <param name="rate">The probability of 0, from 0 to 1.</param>
    /// <param name="noise_shape">The shape of the draws, which are broadcast to the values; by default that of the values.</param>
    /// <param name="seed">A number or a generator.</param>
    /// <exception cref="ValueError">The rate isn't from 0 to 1.</exception>
    public Tensor dropout(Tensor inputs, double rate, Shape? noise_shape = null, Seed? seed = null)
    {
        if (rate is not (>= 0 and <= 1)) throw new ValueError($"`rate` must be a number from 0 to 1. Received: rate={PythonText.Str(rate)}");
        if (rate == 0) return inputs;
        if (rate == 1) return inputs * 0f;
        Shape drawn = noise_shape is { } noise ? new Shape([.. noise.Select((d, axis) => d ?? inputs.shape[axis])]) : inputs.shape;
        float least = (float)rate, factor = (float)(1 / (1 - rate));
        return inputs * Drawn.Filled(drawn, units =>
        {
            Stateless.Uniform(Draw(seed), 0, 1, units);
            for (int i = 0; i < units.Length; i++) units[i] = units[i] >= least ? factor : 0;
        });
    }

    /// <summary>Random numbers from a gamma distribution.</summary>
    /// <param name="shape">The shape of the result.</param>
    /// <param name="alpha">The shape parameter, or an array of them whose shape is the last axes of <paramref name="shape"/>.</param>
    /// <param name="dtype">Only float32.</param>
    /// <param name="seed">A number or a generator.</param>
    /// <exception cref="ValueError">The type isn't float32, or the shapes don't fit.</exception>
    public Tensor gamma(Shape shape, NDArray alpha, DType? dtype = null, Seed? seed = null)
    {
        Drawn.RequireFloat32(dtype, "keras.random.gamma");
        var (alphas, _) = Drawn.Distributions(alpha, alpha, shape);
        return Drawn.Filled(shape, values => StatelessGamma.Gamma(Draw(seed), alphas, values));
    }

    /// <summary>Random numbers from a normal distribution.</summary>
    /// <exception cref="ValueError">The type isn't float32.</exception>
    public Tensor normal(Shape shape, double mean = 0.0, double stddev = 1.0, DType? dtype = null, Seed? seed = null)
    {
        Drawn.RequireFloat32(dtype, "keras.random.normal");
        return Drawn.Filled(shape, values => Stateless.Normal(Draw(seed), mean, stddev, values));
    }

    /// <summary>Random integers from minval to maxval, exclusive.</summary>
    /// <exception cref="ValueError">The range is empty, or the type is neither int32 nor int64.</exception>
    public Tensor randint(Shape shape, long minval, long maxval, DType? dtype = null, Seed? seed = null)
    {
        var type = dtype ?? DType.int32;
        if (type != DType.int32 && type != DType.int64)
            throw new ValueError($"`keras.random.randint` requires an integer `dtype`, int32 or int64. Received: dtype={type}");
        return Drawn.Whole(() => Draw(seed), shape, minval, maxval, type);
    }

    /// <inheritdoc cref="Random.SeedGenerator(long?, string?)"/>
    public SeedGenerator SeedGenerator(long? seed = null, string? name = null) => new(seed, name);

    /// <summary>Shuffles the entries along an axis.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray shuffle(NDArray x, int axis = 0, Seed? seed = null)
    {
        int along = ((Axes)axis).Of((Shape)x.shape)[0], count = x.shape[along];
        var units = new float[count];
        Stateless.Uniform(Draw(seed), 0, 1, units);
        int[] order = [.. Enumerable.Range(0, count).OrderBy(i => units[i])];
        if (along == 0) return x[order];
        var shuffled = x.copy();
        Slice[] whole = [.. Enumerable.Repeat((Slice)Range.All, along)];
        for (int i = 0; i < count; i++)
        {
            Slice[] to = [.. whole, i], from = [.. whole, order[i]];
            shuffled[to] = x[from];
        }
        return shuffled;
    }

    /// <summary>Random numbers from a normal distribution, those beyond two standard deviations drawn again.</summary>
    /// <exception cref="ValueError">The type isn't float32.</exception>
    public Tensor truncated_normal(Shape shape, double mean = 0.0, double stddev = 1.0, DType? dtype = null, Seed? seed = null)
    {
        Drawn.RequireFloat32(dtype, "keras.random.truncated_normal");
        return Drawn.Filled(shape, values => Stateless.TruncatedNormal(Draw(seed), mean, stddev, values));
    }

    /// <summary>Random numbers from minval to maxval, exclusive.</summary>
    /// <exception cref="ValueError">The type isn't float32.</exception>
    public Tensor uniform(Shape shape, double minval = 0.0, double maxval = 1.0, DType? dtype = null, Seed? seed = null)
    {
        Drawn.RequireFloat32(dtype, "keras.random.uniform");
        return Drawn.Filled(shape, values => Stateless.Uniform(Draw(seed), minval, maxval, values));
    }

    private static Philox Draw(Seed? seed) => seed?.Draw() ?? Seeds.ForDraw();
}
