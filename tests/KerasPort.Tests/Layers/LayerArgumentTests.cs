using KerasPort.Activations;
using KerasPort.Layers;
using Xunit;
using static KerasPort.Python;

namespace KerasPort.Tests.Layers;

/// <summary>Arguments of layers in all the forms in which Keras takes them; what it refuses is in <see cref="Models.BadInputTests"/>.</summary>
public class LayerArgumentTests
{
    [Fact]
    public void A_window_is_a_number_or_a_pair()
    {
        var number = keras.layers.Conv2D(4, 3, strides: 2, padding: "SAME", activation: "relu");
        var pair = keras.layers.Conv2D(4, (3, 2), dilation_rate: (1, 2), use_bias: false);
        Assert.Equal(((3, 3), (2, 2), (1, 1), "same", true), (number.kernel_size, number.strides, number.dilation_rate, number.padding, number.use_bias));
        Assert.Equal(((3, 2), (1, 1), (1, 2), "valid", false), (pair.kernel_size, pair.strides, pair.dilation_rate, pair.padding, pair.use_bias));
        Assert.IsType<Relu>(number.activation);
        Assert.IsType<Linear>(pair.activation);
    }

    [Fact]
    public void A_pool_moves_by_its_size_unless_told()
    {
        Assert.Equal(((2, 2), (2, 2)), Of(keras.layers.MaxPooling2D()));
        Assert.Equal(((2, 2), (2, 2)), Of(keras.layers.MaxPooling2D(2, 2)));
        Assert.Equal(((3, 2), (3, 2)), Of(keras.layers.MaxPooling2D((3, 2))));
        Assert.Equal(((3, 3), (1, 2)), Of(keras.layers.MaxPooling2D(3, strides: (1, 2))));

        static ((int, int), (int, int)) Of(MaxPooling2D pool) => (pool.pool_size, pool.strides);
    }

    /// <summary>Keras finds out when the layer is used, in TensorFlow's words.</summary>
    [Fact]
    public void A_pool_refuses_strides_of_0_and_an_unknown_padding_at_once()
    {
        Assert.Equal("The `strides` argument must be a tuple of 2 integers. Received strides=0, including values {0} that do not satisfy `value > 0`",
            Assert.Throws<ValueError>(() => keras.layers.MaxPooling2D(2, strides: 0)).Message);
        Assert.Equal("The `padding` argument must be a list/tuple or one of {'same', 'valid'}. Received: foo",
            Assert.Throws<ValueError>(() => keras.layers.MaxPooling2D(2, padding: "foo")).Message);
    }

    [Theory]
    [InlineData(28, 3, 1, 1, "valid", 26)]
    [InlineData(28, 3, 1, 1, "same", 28)]
    [InlineData(28, 3, 2, 1, "valid", 13)]
    [InlineData(28, 3, 2, 1, "same", 14)]
    [InlineData(28, 3, 1, 4, "valid", 20)]
    [InlineData(3, 3, 1, 1, "valid", 1)]
    [InlineData(7, 2, 3, 1, "valid", 2)]
    [InlineData(7, 2, 3, 1, "same", 3)]
    public void Output_shapes_are_those_of_Keras(int size, int kernel, int stride, int dilation, string padding, int expected)
    {
        Shape input = (null, size, size, 2);
        Assert.Equal((null, expected, expected, 5), keras.layers.Conv2D(5, kernel, stride, padding, dilation).compute_output_shape(input));
        if (dilation == 1) Assert.Equal((null, expected, expected, 2), keras.layers.MaxPooling2D(kernel, stride, padding).compute_output_shape(input));
    }

    [Fact]
    public void Dense_and_Flatten_give_the_shapes_of_Keras()
    {
        Assert.Equal((32, 7), keras.layers.Dense(7).compute_output_shape((32, 3)));
        Assert.Equal((null, 4, 5, 7), keras.layers.Dense(7).compute_output_shape((null, 4, 5, 3)));
        Assert.Equal((null, 60), keras.layers.Flatten().compute_output_shape((null, 4, 5, 3)));
        Assert.Equal((8, 1), keras.layers.Flatten().compute_output_shape(8));
    }
}
