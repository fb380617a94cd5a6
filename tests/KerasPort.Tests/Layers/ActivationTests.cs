using KerasPort.Activations;
using KerasPort.Layers;

namespace KerasPort.Tests.Layers;

/// <summary>The spellings of activations: names, functions, objects and layers.</summary>
public class ActivationTests
{
    private static readonly NDArray s_x = np.array([-2.0, -0.5, 0.0, 1.0, 8.0]);

    [Fact]
    public void Functions_take_arrays_and_arguments()
    {
        Is([-0.4, -0.1, 0, 1, 8], keras.activations.leaky_relu(s_x));
        Is([-1, -0.25, 0, 1, 8], keras.activations.leaky_relu(s_x, negative_slope: 0.5));
        Is([0, 0, 0, 1, 6], keras.activations.relu(s_x, max_value: 6));
        Is([0, 0, 0, 1, 6], tf.nn.relu6(s_x));
        Is([-0.2, -0.05, 0, 1, 8], tf.nn.leaky_relu(s_x, alpha: 0.1));
        Is([9, 9, 9, 1, 8], keras.activations.threshold(s_x, 0.5, 9));
        // keras.ops.gelu is the approximate one by default, keras.activations.gelu the exact one, as in Keras.
        Is([-0.0455003, -0.1542688], keras.activations.gelu(s_x[..2]));
        Is([-0.0454023, -0.1542860], keras.ops.gelu(s_x[..2]));
        Is([0.5, 0.5], keras.activations.softmax(np.array([[1.0], [1.0]]), axis: 0));
    }

    [Fact]
    public void Layers_take_names_functions_objects_and_layers()
    {
        Dense With(ActivationFunction? activation) => keras.layers.Dense(1, activation);
        Assert.IsType<Linear>(With(null).activation);
        Assert.IsType<Silu>(With("swish").activation);
        Assert.IsType<HardSilu>(With("hard_swish").activation);
        Assert.IsType<Selu>(With(keras.activations.selu).activation);
        Assert.IsType<Relu>(With(tf.nn.relu).activation);
        Assert.IsType<Elu>(With(keras.activations.elu).activation);
        Assert.IsType<KerasPort.Activations.Softmax>(With(tf.nn.softmax).activation);
        Assert.IsType<Gelu>(With(keras.ops.gelu).activation);
        Is([-4, -1, 0, 2, 16], keras.layers.Activation((TensorFunction)(x => x * 2.0)).Apply(s_x));
        Is([0, 0, 0, 1, 4], keras.layers.Activation(new Relu(max_value: 4)).Apply(s_x));
        Is([-0.5, -0.125, 0, 1, 8], keras.layers.Activation(keras.layers.LeakyReLU(0.25)).Apply(s_x));
        Assert.Contains("must be a function of its input", Assert.Throws<ValueError>(() => With(keras.layers.Dense(2))).Message);
        Assert.Contains("Could not interpret activation function identifier: foo. Expected one of: celu, elu",
            Assert.Throws<ValueError>(() => With("foo")).Message);
    }

    /// <summary>A file names functions or holds a layer; arguments of functions can't be saved.</summary>
    [Fact]
    public void Configurations_hold_names_and_layers()
    {
        Assert.Equal("silu", (string?)keras.layers.Dense(1, "swish").get_config()["activation"]);
        var config = keras.layers.Dense(1, keras.layers.LeakyReLU(0.25)).get_config();
        Assert.Equal("LeakyReLU", (string?)config["activation"]!["class_name"]);
        var again = Layer.from_config<Dense>(config);
        Is([-0.5, -0.125, 0, 1, 8], again.activation.Apply(s_x));
        Assert.Contains("Activation relu with arguments can't be written",
            Assert.Throws<ValueError>(() => keras.layers.Dense(1, new Relu(max_value: 6)).get_config()).Message);
        Assert.Equal("elu", (string?)keras.activations.serialize(keras.activations.elu));
        Assert.IsType<Mish>(keras.activations.get("mish"));
    }

    [Fact]
    public void Halves_of_an_odd_axis_are_refused()
    {
        Assert.Contains("axis size must be divisible by 2. Received: x.shape=(5,) with axis=-1",
            Assert.Throws<ValueError>(() => keras.activations.glu(s_x)).Message);
        Assert.Equal((null, 3), keras.layers.Dense(6, "glu").compute_output_shape((null, 2)));
    }

    private static void Is(double[] expected, Tensor actual)
    {
        float[] values = actual.numpy().ToFloats();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++) Assert.Equal(expected[i], values[i], 1e-6);
    }
}
