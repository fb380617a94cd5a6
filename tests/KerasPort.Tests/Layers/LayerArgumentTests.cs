using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Layers;

namespace KerasPort.Tests.Layers;

/// <summary>Arguments of layers in all the forms in which Keras takes them; what it refuses is in <see cref="Models.BadInputTests"/>.</summary>
public class LayerArgumentTests
{
    [Fact]
    public void A_window_is_a_number_or_a_pair()
    {
        var number = keras.layers.Conv2D(4, 3, strides: 2, padding: "SAME", activation: "relu");
        var pair = keras.layers.Conv2D(4, (3, 2), dilation_rate: (1, 2), use_bias: false);
        Assert.Equal(((Shape)(3, 3), (Shape)(2, 2), (Shape)(1, 1), "same", true),
            (number.kernel_size, number.strides, number.dilation_rate, number.padding, number.use_bias));
        Assert.Equal(((Shape)(3, 2), (Shape)(1, 1), (Shape)(1, 2), "valid", false),
            (pair.kernel_size, pair.strides, pair.dilation_rate, pair.padding, pair.use_bias));
        Assert.IsType<Relu>(number.activation);
        Assert.IsType<Linear>(pair.activation);
    }

    [Fact]
    public void A_window_over_sequences_is_a_number_or_a_list_of_one()
    {
        Shape three = [3], two = [2];
        var conv = keras.layers.Conv1D(4, 3, strides: two, padding: "Causal");
        Assert.Equal((three, two, "causal"), (conv.kernel_size, conv.strides, conv.padding));
        Assert.Equal((null, 4, 2), keras.layers.Conv1D(2, 5, padding: "causal").compute_output_shape((null, 4, 3)));
        Refused("The `kernel_size` argument must be a tuple of 1 integers. Received kernel_size=(1, 2)", () => keras.layers.Conv1D(2, (1, 2)));
        Refused("The `padding` argument must be a list/tuple or one of {'causal', 'same', 'valid'}. Received: full",
            () => keras.layers.Conv1D(2, 3, padding: "full"));
        Refused("The `padding` argument must be a list/tuple or one of {'same', 'valid'}. Received: causal",
            () => keras.layers.Conv2D(2, 3, padding: "causal"));
        Refused("Computed output size would be zero or negative. Received `inputs shape=(None, 4, 3)`, `kernel shape=(5, 3, 2)`, "
            + "`dilation_rate=[1]`, `strides=(1,)`, `padding=valid`.", () => keras.layers.Conv1D(2, 5).build((null, 4, 3)));
    }

    [Fact]
    public void Convolutions_refuse_what_Keras_refuses()
    {
        Refused("Invalid value for argument `depth_multiplier`. Expected a strictly positive value. Received depth_multiplier=0.",
            () => keras.layers.DepthwiseConv2D(3, depth_multiplier: 0));
        Refused("`output_padding` must be strictly less than `strides` for all dimensions. At dimension 0, `output_padding` is 2 but `strides` is 2. "
            + "Received: output_padding=(2, 2), strides=(2, 2)", () => keras.layers.Conv2DTranspose(2, 3, strides: 2, output_padding: 2));
        Refused("The `output_padding` argument must be a tuple of 2 integers. Received output_padding=-1, including values {-1} "
            + "that do not satisfy `value >= 0`",
            () => keras.layers.Conv2DTranspose(2, 3, output_padding: -1));
        // TensorFlow fails here with a message of its own.
        Refused("Layer 't' makes 4 pixels of 3, which a convolution with its settings would not make 3 again. Use another `output_padding`. "
            + "Received: output_padding=0, kernel_size=4, strides=2, padding=same",
            () => keras.layers.Conv2DTranspose(2, 4, strides: 2, padding: "same", output_padding: 0, name: "t").build((null, 3, 3, 1)));
    }

    private static void Refused(string why, Action make) => Assert.Equal(why, Assert.Throws<ValueError>(make).Message);

    /// <summary>Each weight obeys its argument's constraint, after a training step too.</summary>
    [Fact]
    public void Convolutions_hold_their_weights()
    {
        var model = keras.Sequential(
        [
            keras.Input((6, 6, 2)),
            keras.layers.DepthwiseConv2D(2, depth_multiplier: 2, depthwise_constraint: "non_neg", bias_constraint: "non_neg"),
            keras.layers.SeparableConv2D(3, 2, depthwise_constraint: "non_neg", pointwise_constraint: "non_neg", bias_constraint: "non_neg"),
            keras.layers.Conv2DTranspose(4, 2, kernel_constraint: "non_neg", bias_constraint: "non_neg"),
            keras.layers.Conv2D(2, 2, kernel_constraint: "non_neg", bias_constraint: "non_neg"),
        ]);
        var sequences = keras.Sequential([keras.Input((4, 2)), keras.layers.Conv1D(3, 2, kernel_constraint: "non_neg", bias_constraint: "non_neg")]);
        foreach (var held in new[] { model, sequences })
        {
            Assert.Contains(held.get_weights(), w => w.ToFloats().Min() < 0);
            Assert.All(held.variables, weight => Assert.IsType<NonNeg>(weight.constraint));
            var (x, y) = (np.ones([2, .. held.input_shape[1..].Select(d => d!.Value)]), np.ones([2, .. held.output_shape[1..].Select(d => d!.Value)]));
            held.compile("sgd", "mse");
            held.fit(x, y, verbose: 0);
            Assert.All(held.get_weights(), w => Assert.True(w.ToFloats().Min() >= 0));
        }
    }

    /// <summary>Keras' own values after set_random_seed(7): each kernel draws its seed when its layer is created, in the order of the parameters.</summary>
    [Fact]
    public void Kernels_draw_their_seeds_as_Keras_does()
    {
        keras.utils.set_random_seed(7);
        (Layer Layer, Shape Input)[] made =
        [
            (keras.layers.Conv1D(3, 2), (1, 5, 4)), (keras.layers.DepthwiseConv2D(3, depth_multiplier: 2), (1, 5, 5, 4)),
            (keras.layers.SeparableConv2D(3, 2, depth_multiplier: 2), (1, 5, 5, 4)), (keras.layers.Conv2DTranspose(3, 2), (1, 5, 5, 4)),
            (keras.layers.Dense(2), (1, 3)),
        ];
        foreach (var (layer, input) in made) layer.build(input);
        float[][] kernels = [.. made.SelectMany(m => m.Layer.get_weights()[..^1]).Select(w => w.ToFloats())];
        Assert.Equal(
            [
                (-0.23905456066131592f, 0.026522934436798096f), (0.2856511175632477f, -0.04339003562927246f), (0.48882782459259033f, -0.10241377353668213f),
                (0.5231931805610657f, 0.23408788442611694f), (0.23639625310897827f, 0.11815381050109863f), (-0.6981788873672485f, -1.0824882984161377f),
            ], kernels.Select(k => (k[0], k[^1])));
    }

    [Fact]
    public void A_pool_moves_by_its_size_unless_told()
    {
        Assert.Equal(((2, 2), (2, 2)), Of(keras.layers.MaxPooling2D()));
        Assert.Equal(((2, 2), (2, 2)), Of(keras.layers.MaxPooling2D(2, 2)));
        Assert.Equal(((3, 2), (3, 2)), Of(keras.layers.MaxPooling2D((3, 2))));
        Assert.Equal(((3, 3), (1, 2)), Of(keras.layers.MaxPooling2D(3, strides: (1, 2))));

        static (Shape, Shape) Of(MaxPooling2D pool) => (pool.pool_size, pool.strides);
    }

    /// <summary>Keras fails when the layer is used, in TensorFlow's words.</summary>
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
        Assert.Equal((null, expected, expected, 5), keras.layers.Conv2D(5, kernel, stride, padding, dilation_rate: dilation).compute_output_shape(input));
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
