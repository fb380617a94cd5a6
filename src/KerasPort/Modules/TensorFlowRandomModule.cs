using KerasPort.Random;

namespace KerasPort;

/// <summary><c>tf.random</c>: random numbers, the same as TensorFlow's.</summary>
public sealed class TensorFlowRandomModule
{
    /// <summary>
    /// Sets TensorFlow's global seed: for the functions of this module, and the row order of <c>fit</c> and of <c>tf.data</c>. Initial weights follow
    /// <c>keras.utils.set_random_seed</c>.
    /// </summary>
    public void set_seed(long seed) => Seeds.SetGlobal(seed);

    /// <summary>Random numbers from a normal distribution.</summary>
    /// <exception cref="ValueError">The type isn't float32.</exception>
    public Tensor normal(Shape shape, double mean = 0.0, double stddev = 1.0, DType? dtype = null, long? seed = null)
    {
        Drawn.RequireFloat32(dtype, "tf.random.normal");
        return Drawn.Filled(shape, values => Stateless.Normal(OperationRandom.Draw("normal", seed, shape), mean, stddev, values));
    }

    /// <summary>Shuffles the rows of an array.</summary>
    public NDArray shuffle(NDArray value, long? seed = null) => value[OperationRandom.Order(value.Length, seed)];

    /// <summary>Random numbers from a normal distribution, those beyond two standard deviations drawn again.</summary>
    /// <exception cref="ValueError">The type isn't float32.</exception>
    public Tensor truncated_normal(Shape shape, double mean = 0.0, double stddev = 1.0, DType? dtype = null, long? seed = null)
    {
        Drawn.RequireFloat32(dtype, "tf.random.truncated_normal");
        return Drawn.Filled(shape, values => Stateless.TruncatedNormal(OperationRandom.Draw("truncated_normal", seed, shape), mean, stddev, values));
    }

    /// <summary>Random numbers from minval to maxval, exclusive: floats, or integers with <paramref name="dtype"/> int32 or int64.</summary>
    /// <exception cref="ValueError">The range is empty, maxval is missing for integers, or the type isn't supported.</exception>
    public Tensor uniform(Shape shape, double minval = 0, double? maxval = null, DType? dtype = null, long? seed = null)
    {
        if (dtype == DType.int32 || dtype == DType.int64)
        {
            long end = (long)(maxval ?? throw new ValueError($"Must specify maxval for integer dtype {dtype}"));
            return Drawn.Whole(() => OperationRandom.Draw($"uniform_{dtype}", seed, shape), shape, (long)minval, end, dtype.Value);
        }
        Drawn.RequireFloat32(dtype, "tf.random.uniform");
        return Drawn.Filled(shape, values => Stateless.Uniform(OperationRandom.Draw("uniform", seed, shape), minval, maxval ?? 1, values));
    }
}
