using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Tests.Layers;

/// <summary>Channels first, groups and volumes: refusals in Keras' words with the shapes as they were given, and the text of summaries.</summary>
public class DataFormatTests
{
    private const string First = "channels_first";

    public static TheoryData<Func<object>, string> Refused => new()
    {
        { () => keras.layers.Conv2D(4, 3, groups: 0), "The number of groups must be a positive integer. Received: groups=0." },
        { () => keras.layers.Conv2D(4, 3, groups: 3),
            "The number of filters must be evenly divisible by the number of groups. Received: groups=3, filters=4." },
        { () => keras.layers.Conv2D(4, 3, groups: 2).Apply(keras.Input((8, 8, 3))),
            "The number of input channels must be evenly divisible by the number of groups. Received groups=2, but the input has 3 channels (full input "
                + "shape is (None, 8, 8, 3))." },
        { () => keras.layers.Conv2D(4, 3, groups: 2, data_format: First).Apply(keras.Input((3, 8, 9))),
            "the input has 3 channels (full input shape is (None, 3, 8, 9))." },
        { () => keras.layers.Conv2D(4, 3, data_format: "last"),
            "The `data_format` argument must be one of {'channels_first', 'channels_last'}. Received: data_format=last" },
        { () => keras.layers.Flatten("middle"), "Received: data_format=middle" },
        { () => keras.layers.Conv2D(4, 9, data_format: First).Apply(keras.Input((3, 8, 5))),
            "Computed output size would be zero or negative. Received `inputs shape=(None, 3, 8, 5)`, `kernel shape=(9, 9, 3, 4)`" },
        { () => keras.layers.MaxPooling2D(9, data_format: First).Apply(keras.Input((3, 8, 5))),
            "Received: `inputs.shape=(None, 3, 8, 5)`, `pool_size=(9, 9)`" },
        { () => keras.layers.Cropping2D(4, First).Apply(keras.Input((3, 8, 5))), "Received: input_shape=(None, 3, 8, 5), cropping=((4, 4), (4, 4))" },
        { () => keras.layers.Conv3D(4, (1, 2)), "The `kernel_size` argument must be a tuple of 3 integers. Received kernel_size=(1, 2)" },
        { () => keras.layers.Conv3D(4, 2, strides: 2, dilation_rate: 2), "`strides > 1` not supported in conjunction with `dilation_rate > 1`." },
        { () => keras.layers.Conv3D(4, 2).Apply(keras.Input((8, 8, 3))), "expected min_ndim=5, found ndim=4. Full shape received: (None, 8, 8, 3)" },
        { () => keras.layers.Cropping3D(-1), "`cropping` cannot be negative. Received: cropping=((-1, -1), (-1, -1), (-1, -1))." },
        { () => keras.layers.Cropping3D(1).Apply(keras.Input((2, 3, 4, 5))),
            "Values in `cropping` argument should be smaller than the corresponding spatial dimension" },
        { () => keras.layers.ZeroPadding3D((1, -1, 1)), "Received: padding=((1, 1), (-1, -1), (1, 1))" },
        { () => keras.layers.UpSampling3D((1, 2)), "The `size` argument must be a tuple of 3 integers. Received size=(1, 2)" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_is_refused_in_one_line(Func<object> made, string why) => Refusals.Refused(why, made);

    [Fact]
    public void A_layer_that_is_built_knows_its_channels_by_their_place()
    {
        var layer = keras.layers.Conv2D(4, 3, data_format: First);
        layer.Apply(keras.Input((3, 8, 8)));
        Assert.Contains("expected axis 1 of input shape to have value 3, but received input with shape (None, 5, 8, 8)",
            Assert.Throws<ValueError>(() => layer.Apply(keras.Input((5, 8, 8)))).Message);
        Assert.Equal([3, 3, 3, 4], layer.get_weights()[0].shape);
    }

    /// <summary>Shapes of every rank, open ones too, and their text in a summary.</summary>
    [Fact]
    public void Shapes_are_Keras()
    {
        Shape Of(Layer layer, Shape input) => layer.compute_output_shape(input);
        Assert.Equal((null, 4, 6, null), Of(keras.layers.Conv2D(4, 3, data_format: First), (null, 3, 8, null)));
        Assert.Equal((null, 3, 4, 2), Of(keras.layers.MaxPooling2D(2, data_format: First), (null, 3, 8, 5)));
        Assert.Equal((null, 3), Of(keras.layers.GlobalMaxPooling2D(First), (null, 3, 8, 5)));
        Assert.Equal((null, 3, 1, 1), Of(keras.layers.GlobalAveragePooling2D(First, keepdims: true), (null, 3, 8, 5)));
        Assert.Equal(new Shape(null, 6, 6, null, 4), Of(keras.layers.Conv3D(4, 3), new Shape(null, 8, 8, null, 1)));
        Assert.Equal(new Shape(null, 4, 16, 16, 8),
            Of(keras.layers.Conv3DTranspose(4, 3, strides: (2, 2, 1), padding: "same", data_format: First), new Shape(null, 2, 8, 8, 8)));
        Assert.Equal(new Shape(null, 10, 12, 9, 1), Of(keras.layers.ZeroPadding3D((1, 2, 0)), new Shape(null, 8, 8, 9, 1)));
        var model = keras.Sequential([keras.Input(new Shape(6, 6, 6, 2)), keras.layers.Conv3D(4, 3), keras.layers.MaxPooling3D(),
            keras.layers.Flatten(), keras.layers.Dense(2)]);
        Assert.Equal(["(None, 4, 4, 4, 4)", "(None, 2, 2, 2, 4)", "(None, 32)", "(None, 2)"], model.layers.Select(layer => layer.output_shape.ToString()));
        Assert.Equal(220 + 66, model.count_params());
    }

    /// <summary>A layer with a softmax as its activation applies it to the last axis, whichever that is.</summary>
    [Fact]
    public void A_function_at_the_end_sees_the_axes_as_they_are_given()
    {
        keras.utils.set_random_seed(1);
        var y = keras.layers.Conv1D(3, 2, data_format: First, activation: new KerasPort.Activations.Softmax(1))
            .Apply(new NDArray([.. Enumerable.Range(0, 24).Select(i => i / 9f)], 2, 2, 6)).numpy();
        Assert.All(y.sum(axis: 1).ToFloats(), sum => Assert.Equal(1, sum, 1e-6));
        var last = keras.layers.Conv1D(3, 2, activation: new KerasPort.Activations.Softmax(1))
            .Apply(new NDArray([.. Enumerable.Range(0, 24).Select(i => i / 9f)], 2, 6, 2)).numpy();
        Assert.All(last.sum(axis: 1).ToFloats(), sum => Assert.Equal(1, sum, 1e-6));
    }
}
