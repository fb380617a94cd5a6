using KerasPort.Layers;

namespace KerasPort.Tests.Layers;

/// <summary>Refusals of these layers in Keras' words, and cases that the recorded ones don't cover.</summary>
public class NormalizationLayerTests
{
    public static TheoryData<Func<object>, string> Refused => new()
    {
        { () => keras.layers.GroupNormalization(0),
            "Received an invalid value for argument `groups`, expected a positive integer (or `-1` for instance normalization). Received: groups=0" },
        { () => keras.layers.GroupNormalization(4).Apply(keras.Input(3)), "Number of groups (4) cannot be more than the number of channels (3)." },
        { () => keras.layers.GroupNormalization(2).Apply(keras.Input(3)), "Number of groups (2) must be a multiple of the number of channels (3)." },
        { () => keras.layers.GroupNormalization(2, axis: 3).Apply(keras.Input((3, 4))),
            "Axis 3 is out of bounds for input shape (None, 3, 4). Received: axis=3" },
        { () => keras.layers.GroupNormalization(2, axis: 1).Apply(keras.Input((null, 4))), "Axis 1 of input tensor should have a defined dimension" },
        { () => keras.layers.RMSNormalization(3).Apply(keras.Input(3)), "Axis 3 is out of bounds for input shape (None, 3). Received: axis=3" },
        { () => keras.layers.AlphaDropout(1.5), "Invalid value received for argument `rate`. Expected a float value between 0 and 1. Received: rate=1.5" },
        { () => keras.layers.AdaptiveMaxPooling2D((1, 2, 3)), "`output_size` must be a positive integer or a tuple of 2 of them. Received: (1, 2, 3)" },
        { () => keras.layers.AdaptiveAveragePooling1D(0), "`output_size` must be a positive integer or a tuple of 1 of them. Received: (0,)" },
        { () => keras.layers.AdaptiveAveragePooling1D(2, "middle"),
            "The `data_format` argument must be one of {'channels_first', 'channels_last'}. Received: data_format=middle" },
        { () => keras.layers.EinsumDense("ab,bc->ad", 4).Apply(keras.Input(3)),
            "Dimension 'd' was specified in the output 'ad' but has no corresponding dim in the input spec 'ab'" },
        { () => keras.layers.EinsumDense("abc,cd->abd", (4, 2)).Apply(keras.Input((3, 5))),
            "Input shape and output shape do not match at shared dimension 'b'. Input shape is 3, and output shape is 4." },
        { () => keras.layers.EinsumDense("ab,bc->ac", 4, bias_axes: "d").Apply(keras.Input(3)),
            "Bias dimension 'd' was requested, but is not part of the output spec 'ac'" },
        { () => keras.layers.EinsumDense("ab,bcd->ac", 4).Apply(keras.Input(3)),
            "Weight dimension 'd' did not have a match in either the input spec 'ab' or the output spec 'ac'." },
        { () => keras.layers.EinsumDense("ab->ac", 4).Apply(keras.Input(3)), "Invalid einsum equation 'ab->ac'. Equations must be in the form" },
        { () => keras.layers.EinsumDense("aab,bc->aac", 4).Apply(keras.Input((3, 3))), "Invalid einsum equation" },
        { () => keras.layers.EinsumDense("...ab,bc->ac", 4).Apply(keras.Input((3, 3))), "Invalid einsum equation" },
        { () => keras.layers.EinsumDense("ab,bc->ac", 4).Apply(keras.Input((3, 3))), "takes inputs of 2 axes. Received: input_shape=(None, 3, 3)" },
        { () => keras.layers.EinsumDense("abc,cd->abd", 4).Apply(keras.Input((3, 5))), "needs an output_shape of 2 numbers. Received: output_shape=(4,)" },
        { () => keras.layers.EinsumDense("abc,bd->abd", (null, 4)).Apply(keras.Input((null, 5))),
            "Axis 'b' of equation 'abc,bd->abd' decides the shape of weights" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_is_refused_in_one_line(Func<object> made, string why) => Refusals.Refused(why, made);

    /// <summary>The configuration that Keras writes once the layer knows its channels.</summary>
    [Fact]
    public void One_group_a_channel_is_so_many_groups_once_built()
    {
        var layer = keras.layers.GroupNormalization(-1);
        Assert.Equal(-1, layer.get_config()["groups"]!.GetValue<int>());
        layer.Apply(keras.Input((3, 6)));
        Assert.Equal(6, layer.get_config()["groups"]!.GetValue<int>());
    }

    /// <summary>The kernel's initial values are scaled by the equation's inputs and outputs, and drawn with the seed of a layer without one.</summary>
    [Fact]
    public void First_values_are_scaled_by_what_the_equation_sums()
    {
        var layer = keras.layers.EinsumDense("abc,cde->abde", (null, 2, 3), kernel_initializer: new KerasPort.Initializers.GlorotUniform(7));
        layer.Apply(keras.Input((4, 5)));
        Assert.Equal(new KerasPort.Initializers.GlorotUniform(7, [0], [1, 2]).Values([5, 2, 3]), layer.get_weights()[0].ToFloats());
        var drawn = new KerasPort.Initializers.HeNormal();
        var (first, second) = (keras.layers.EinsumDense("ab,bc->ac", 4, kernel_initializer: drawn),
            keras.layers.EinsumDense("ab,bc->ac", 4, kernel_initializer: drawn));
        first.build((null, 3));
        second.build((null, 3));
        Assert.Equal(first.get_weights()[0].ToFloats(), second.get_weights()[0].ToFloats());
    }

    /// <summary>
    /// As in Keras, dimensions that the equation's output shape leaves open are open, even where the input's length is known, until there are values.
    /// </summary>
    [Fact]
    public void An_axis_that_an_equation_leaves_open_stays_open()
    {
        var layer = keras.layers.EinsumDense("abc,cd->abd", (null, 4));
        Assert.Equal((null, null, 4), layer.Apply(keras.Input((8, 6))).shape);
        Assert.Equal((2, 8, 4), layer.Apply(new NDArray(new float[96], 2, 8, 6)).shape);
    }

    [Fact]
    public void A_layer_that_drops_everything_says_so()
    {
        var layer = keras.layers.AlphaDropout(1.0);
        Assert.Equal([1f, 2], layer.Apply(new NDArray([1f, 2], 1, 2)).numpy().ToFloats());
        Assert.Contains("rate=1", Assert.Throws<ValueError>(() => layer.Apply(new NDArray([1f, 2], 1, 2), training: true)).Message);
    }
}
