using KerasPort.Layers;
using KerasPort.Metrics;

namespace KerasPort.Tests.Graphs;

/// <summary>Batches and arrays without rows, as a filter leaves them. Shapes and values are those of Keras 3.15.1 on TensorFlow.</summary>
public class EmptyTests
{
    private static readonly NDArray s_rows = np.zeros((0, 4)), s_pictures = np.zeros((0, 8, 8, 2));

    public static IEnumerable<TheoryDataRow<Layer, bool, string>> Layers() =>
    [
        new(keras.layers.Dense(3), false, "(0, 3)"), new(keras.layers.Dropout(0.5), false, "(0, 4)"), new(keras.layers.ReLU(), false, "(0, 4)"),
        new(keras.layers.Softmax(), false, "(0, 4)"), new(keras.layers.BatchNormalization(), false, "(0, 4)"),
        new(keras.layers.LayerNormalization(), false, "(0, 4)"), new(keras.layers.Rescaling(2.0), false, "(0, 4)"),
        new(keras.layers.MaxPooling2D(), true, "(0, 4, 4, 2)"), new(keras.layers.AveragePooling2D((2, 2)), true, "(0, 4, 4, 2)"),
        new(keras.layers.GlobalAveragePooling2D(), true, "(0, 2)"), new(keras.layers.Flatten(), true, "(0, 128)"),
        new(keras.layers.UpSampling2D(), true, "(0, 16, 16, 2)"), new(keras.layers.ZeroPadding2D(), true, "(0, 10, 10, 2)"),
        new(keras.layers.Reshape((16, 8)), true, "(0, 16, 8)"), new(keras.layers.Permute((2, 1, 3)), true, "(0, 8, 8, 2)"),
        // TensorFlow's convolutions refuse such a batch, or give the input's shape.
        new(keras.layers.Conv2D(3, (3, 3)), true, "(0, 6, 6, 3)"), new(keras.layers.DepthwiseConv2D((3, 3)), true, "(0, 6, 6, 2)"),
    ];

    [Theory]
    [MemberData(nameof(Layers), DisableDiscoveryEnumeration = true)]
    public void A_layer_gives_no_rows_for_none(Layer layer, bool ofPictures, string shape) =>
        Assert.Equal(shape, $"{layer.Apply(ofPictures ? s_pictures : s_rows).shape}");

    [Fact]
    public void A_model_gives_no_rows_for_none()
    {
        var model = keras.Sequential([keras.Input((8, 8, 2)), keras.layers.Conv2D(3, (3, 3)), keras.layers.BatchNormalization(),
            keras.layers.MaxPooling2D(2), keras.layers.Flatten(), keras.layers.Dropout(0.5), keras.layers.Dense(2)]);
        Assert.Equal("(0, 2)", $"{model.Apply(s_pictures).shape}");
        Assert.Equal("(0, 2)", $"{model.Apply(s_pictures, training: true).shape}");
        Assert.Contains("Expected at least one sample", Assert.Throws<ValueError>(() => model.predict(s_pictures, verbose: 0)).Message);
    }

    [Fact]
    public void Layers_of_several_inputs_and_of_numbers_do()
    {
        Assert.Equal("(0, 4)", $"{keras.layers.Add().Apply(new Tensor[] { s_rows, s_rows }).shape}");
        Assert.Equal("(0, 8)", $"{keras.layers.Concatenate().Apply(new Tensor[] { s_rows, s_rows }).shape}");
        Assert.Equal("(0, 4)", $"{keras.layers.Concatenate(axis: 0).Apply(new Tensor[] { s_rows, s_rows }).shape}");
        Assert.Equal("(0, 3, 2)", $"{keras.layers.Embedding(5, 2).Apply(np.zeros((0, 3)).astype("int32")).shape}");
    }

    [Fact]
    public void Losses_give_none()
    {
        Assert.Equal("(0,)", $"{keras.losses.mean_squared_error(s_rows, s_rows).shape}");
        Assert.Equal("(0,)", $"{keras.losses.binary_crossentropy(s_rows, s_rows).shape}");
        Assert.Equal("(0,)", $"{keras.losses.categorical_crossentropy(s_rows, s_rows).shape}");
        Assert.Equal("(0,)", $"{keras.losses.sparse_categorical_crossentropy(np.zeros(0).astype("int32"), s_rows).shape}");
        Assert.Equal("(0,)", $"{keras.losses.MeanSquaredError().Apply(s_rows, s_rows).shape}");
        Assert.Equal("(0,)", $"{keras.losses.MeanSquaredError().Apply(s_rows, s_rows, np.zeros(0)).shape}");
        Assert.Equal("(0,)", $"{keras.losses.Huber(reduction: "sum").Apply(s_rows, s_rows).shape}");
    }

    public static IEnumerable<TheoryDataRow<Metric>> Metrics() =>
    [
        new(keras.metrics.MeanSquaredError()), new(keras.metrics.BinaryAccuracy()), new(keras.metrics.CategoricalAccuracy()),
        new(keras.metrics.AUC()), new(keras.metrics.Precision()),
    ];

    /// <summary>Nothing is added: the mean of what came before stays.</summary>
    [Theory]
    [MemberData(nameof(Metrics), DisableDiscoveryEnumeration = true)]
    public void Metrics_add_nothing(Metric metric)
    {
        metric.update_state(s_rows, s_rows);
        Assert.Equal(0, metric.result().item());
        NDArray y = np.array([[0, 1, 0, 0], [1, 0, 0, 0]]), p = np.array([[0.1, 0.7, 0.1, 0.1], [0.3, 0.6, 0.05, 0.05]]);
        metric.update_state(y, p);
        double before = metric.result().item();
        metric.update_state(s_rows, s_rows);
        Assert.Equal(before, metric.result().item());
    }

    [Fact]
    public void Operations_do_as_in_Keras()
    {
        Assert.Equal(0, keras.ops.sum(s_rows).numpy().item());
        Assert.Equal("[0. 0. 0. 0.]", $"{keras.ops.sum(s_rows, axis: 0).numpy()}");
        Assert.True(double.IsNaN(keras.ops.mean(s_rows).numpy().item()));
        Assert.Equal("[nan nan nan nan]", $"{keras.ops.mean(s_rows, axis: 0).numpy()}");
        Assert.Equal("(0,)", $"{keras.ops.mean(s_rows, axis: 1).shape}");
        Assert.Equal("(0,)", $"{keras.ops.argmax(s_rows, axis: 1).shape}");
        foreach (var y in new[] { keras.ops.relu(s_rows), keras.ops.exp(s_rows), keras.ops.softmax(s_rows), keras.ops.sort(s_rows) })
            Assert.Equal("(0, 4)", $"{y.shape}");
        Assert.Equal("(0, 3)", $"{keras.ops.matmul(s_rows, np.zeros((4, 3))).shape}");
        Assert.Equal("[[0. 0. 0.]\n [0. 0. 0.]]", $"{keras.ops.matmul(np.zeros((2, 0)), np.zeros((0, 3))).numpy()}");
        Assert.Equal("(0, 3)", $"{keras.ops.one_hot(np.zeros(0).astype("int32"), 3).shape}");
        Assert.Equal("There is no largest or smallest of no elements. Received: shape=(0, 4), axes=0",
            Assert.Throws<ValueError>(() => keras.ops.max(s_rows, axis: 0)).Message);
        Assert.StartsWith("There is no largest or smallest of no elements", Assert.Throws<ValueError>(() => keras.ops.min(s_rows)).Message);
        Assert.StartsWith("There is no index of the largest or smallest", Assert.Throws<ValueError>(() => keras.ops.argmax(s_rows, axis: 0)).Message);
    }
}
