using KerasPort.Layers;

namespace KerasPort.Tests.Layers;

/// <summary>compute_output_shape with open dimensions at every axis, as in Keras 3.15.1.</summary>
public class OpenShapeTests
{
    private static readonly Shape[] s_inputs =
        [(5, 2, null), (null, null, 4), (null, null, null, 3), (null, 8, null, 3), (null, 8, 8, null), (null, 8, null, null), (2, null, 8, 3),
        (null, 4), (null, null), 5, [null]];

    [Fact]
    public void Joined_tensors_have_the_batch_of_the_first()
    {
        Tensor open = keras.Input(3), four = keras.Input(3, batch_size: 4);
        Assert.Equal((null, 6), keras.layers.Concatenate().Apply([open, four]).shape);
        Assert.Equal((4, 6), keras.layers.Concatenate().Apply([four, open]).shape);
        Assert.Equal((null, 1), keras.layers.Dot(axes: 1).Apply([open, four]).shape);
        Assert.Equal((4, 1), keras.layers.Dot(axes: 1).Apply([four, open]).shape);
        Assert.Equal((4, 3), keras.layers.Add().Apply([open, four]).shape);
    }

    public static TheoryData<Layer, Shape?[]> Layers => new()
    {
        { keras.layers.Flatten(), [(5, null), (null, null), (null, null), (null, null), (null, null), (null, null), (2, null), (null, 4),
            (null, null), (5, 1), (null, 1)] },
        { keras.layers.Dense(7), [(5, 2, 7), (null, null, 7), (null, null, null, 7), (null, 8, null, 7), (null, 8, 8, 7), (null, 8, null, 7), (2, null, 8, 7),
            (null, 7), (null, 7), 7, 7] },
        { keras.layers.Activation("softmax"), [.. s_inputs] },
        { keras.layers.Conv2D(5, 3), [null, null, (null, null, null, 5), (null, 6, null, 5), (null, 6, 6, 5), (null, 6, null, 5),
            (2, null, 6, 5), null, null, null, null] },
        { keras.layers.Conv2D(5, 3, strides: 2, padding: "same"),
            [null, null, (null, null, null, 5), (null, 4, null, 5), (null, 4, 4, 5), (null, 4, null, 5), (2, null, 4, 5), null, null, null, null] },
        { keras.layers.MaxPooling2D(), [null, null, (null, null, null, 3), (null, 4, null, 3), (null, 4, 4, null), (null, 4, null, null),
            (2, null, 4, 3), null, null, null, null] },
        { keras.layers.AveragePooling2D(3, 2, padding: "same"),
            [null, null, (null, null, null, 3), (null, 4, null, 3), (null, 4, 4, null), (null, 4, null, null), (2, null, 4, 3), null, null, null, null] },
        { keras.layers.MaxPooling1D(), [(5, 1, null), (null, null, 4), null, null, null, null, null, null, null, null, null] },
        { keras.layers.GlobalMaxPooling2D(), [null, null, (null, 3), (null, 3), (null, null), (null, null), (2, 3), null, null, null, null] },
        { keras.layers.GlobalAveragePooling1D(keepdims: true), [(5, 1, null), (null, 1, 4), null, null, null, null, null, null, null, null, null] },
        { keras.layers.ZeroPadding2D(((1, 2), (0, 3))),
            [null, null, (null, null, null, 3), (null, 11, null, 3), (null, 11, 11, null), (null, 11, null, null), (2, null, 11, 3), null, null, null, null] },
        { keras.layers.UpSampling2D((2, 3)), [null, null, (null, null, null, 3), (null, 16, null, 3), (null, 16, 24, null), (null, 16, null, null),
            (2, null, 24, 3), null, null, null, null] },
        { keras.layers.Reshape((2, -1)), [(5, 2, null), (null, 2, null), (null, 2, null), (null, 2, null), (null, 2, null), (null, 2, null), (2, 2, null),
            (null, 2, 2), (null, 2, null), null, null] },
        { keras.layers.Permute((2, 1)), [(5, null, 2), (null, 4, null), null, null, null, null, null, null, null, null, null] },
        { keras.layers.Rescaling(2), [.. s_inputs] },
        { keras.layers.MaxPooling2D(3, 2, padding: "same"),
            [null, null, (null, null, null, 3), (null, 4, null, 3), (null, 4, 4, null), (null, 4, null, null), (2, null, 4, 3), null, null, null, null] },
    };

    [Theory]
    [MemberData(nameof(Layers), DisableDiscoveryEnumeration = true)]
    public void What_is_open_stays_open_and_nothing_else(Layer layer, Shape?[] outputs)
    {
        foreach (var (input, output) in s_inputs.Zip(outputs))
        {
            if (output is { } expected) Assert.Equal(expected, layer.compute_output_shape(input));
            else Assert.Throws<ValueError>(() => layer.compute_output_shape(input));
        }
    }

    [Fact]
    public void A_built_layer_answers_for_other_shapes_too()
    {
        var (dense, convolution) = (keras.layers.Dense(7), keras.layers.Conv2D(7, 3));
        dense.build((null, 4));
        convolution.build((null, null, null, 4));
        Assert.Equal((null, 7), dense.compute_output_shape((null, 5)));
        Assert.Equal((null, 6, 6, 7), convolution.compute_output_shape((null, 8, 8, null)));
        Assert.Equal((null, null, null, 7), convolution.output_shape!.Value);
    }

    [Fact]
    public void Weights_need_a_last_axis()
    {
        Assert.Equal(
            "The last axis of what goes into layer 'd' decides the shape of its weights and must be a number of 1 or more. Received: input_shape=(None, None)",
            Assert.Throws<ValueError>(() => keras.layers.Dense(3, name: "d").build((null, null))).Message);
        Assert.Throws<ValueError>(() => keras.layers.Conv2D(3, 3).build((null, 8, 8, null)));
        Assert.Equal("Kernel shape must have the same length as input, but received kernel of shape (3, 3, 3, 3) and input of shape (None, 2, 8, 8, 3).",
            Assert.Throws<ValueError>(() => keras.layers.Conv2D(3, 3).compute_output_shape([null, 2, 8, 8, 3])).Message);
        Assert.Throws<ValueError>(() => keras.layers.Flatten().compute_output_shape((null, 1 << 20, 1 << 20)));
    }
}
