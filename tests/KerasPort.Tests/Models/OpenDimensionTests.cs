using System.Text.Json;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Training;
using static KerasPort.Tests.Fixtures;

namespace KerasPort.Tests.Models;

/// <summary>Models whose inputs have open dimensions train as in the real Keras, on one length and on several (open-dimensions.json).</summary>
public sealed class OpenDimensionTests
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("open-dimensions.json")).RootElement;

    public static TheoryData<string> Names => [.. s_recorded.EnumerateObject().Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_trains_as_in_Keras(string name)
    {
        var recorded = s_recorded.GetProperty(name);
        keras.utils.set_random_seed(7);
        var (model, x, y, other) = Made(name);
        if (name == "guide")
            model.compile(keras.optimizers.SGD(0.05, momentum: 0.9), ["mse", "categorical_crossentropy"], [["mae"], ["accuracy"]],
                loss_weights: new double[] { 2, 1 });
        else if (name == "steps") model.compile(keras.optimizers.SGD(0.05, momentum: 0.9), "mse", weighted_metrics: ["mae"]);
        else model.compile(keras.optimizers.SGD(0.05, momentum: 0.9), "mse", ["mae"]);
        Assert.Equal(recorded.GetProperty("count").GetInt32(), model.count_params());
        Assert.Equal(recorded.GetProperty("shapes").EnumerateArray().Select(shape => Shape.Create(
            [.. shape.EnumerateArray().Select(d => d.ValueKind == JsonValueKind.Null ? (int?)null : d.GetInt32())])), model.outputs.Select(y => y.shape));
        Data? weights = name == "steps" ? (Data)(np.arange(84).reshape(12, 7) % 3 * 0.5) : null;
        Same(recorded.GetProperty("history"), model.fit(x, y, batch_size: 5, epochs: 2, shuffle: false, verbose: 0, validation_split: 0.25,
            sample_weight: weights).history);
        if (recorded.TryGetProperty("several", out var several))
        {
            Same(several, model.fit(Lengths(name), epochs: 2, verbose: 0).history);
            Near(recorded.GetProperty("evaluated"), model.evaluate(Lengths(name), verbose: 0, return_dict: true));
        }
        Near(recorded.GetProperty("other"), model.evaluate(other.X, other.Y, batch_size: 3, verbose: 0, return_dict: true));
        Predicts(recorded, model, other.X);
        using var folder = new TemporaryFolder();
        model.save(folder["open.keras"]);
        var loaded = keras.models.load_model(folder["open.keras"], custom_objects: new() { ["Halves"] = typeof(Halves) });
        Assert.Equal(model.inputs.Select(i => i.shape), loaded.inputs.Select(i => i.shape));
        Predicts(recorded, loaded, other.X);
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        var model = keras.Sequential([keras.Input((null, 3)), keras.layers.Conv1D(2, 3)]);
        model.compile("sgd", "mse");
        Assert.Equal("Input 0 of model 'sequential' is incompatible with the model: expected shape=(None, None, 3), found shape=(None, 7, 4)",
            Assert.Throws<ValueError>(() => model.fit(np.zeros((2, 7, 4)), np.zeros((2, 5, 2)), verbose: 0)).Message.Replace(model.name, "sequential"));
        Assert.Throws<ValueError>(() => model.predict(np.zeros((2, 2, 3)), verbose: 0));
        Assert.Equal((2, 4, 2), model.predict(np.zeros((2, 6, 3)), verbose: 0).shape);
        var several = tf.data.Dataset.from_generator(() => new Tensor[] { np.zeros((2, 5, 3)), np.zeros((2, 6, 3)) },
            output_signature: tf.TensorSpec((null, null, 3), tf.float32));
        Assert.Equal("The outputs of all batches become one array, but rows of shape (4, 2) come behind rows of shape (3, 2). "
            + "Predict batches of one length at a time, with `predict_on_batch` for one.",
            Assert.Throws<ValueError>(() => model.predict(several, verbose: 0)).Message);
        Assert.Equal((2, 4, 2), model.predict_on_batch(np.zeros((2, 6, 3))).shape);
    }

    [Fact]
    public void A_last_axis_of_one_may_be_missing_or_too_many()
    {
        var series = keras.Sequential([keras.Input((null, 1)), keras.layers.GlobalMaxPooling1D()]);
        Assert.Equal([1, 3], series.predict(np.array(new[,] { { 0.0, 1 }, { 3, 2 } }), verbose: 0).ToFloats());
        var row = keras.Input([null]);
        var sums = keras.Model(row, keras.ops.sum(row, axis: 1, keepdims: true));
        foreach (var x in new[] { np.ones((2, 4)), np.ones((2, 4, 1)) }) Assert.Equal([4, 4], sums.predict(x, verbose: 0).ToFloats());
    }

    [Fact]
    public void More_lengths_than_a_lane_keeps_plans_give_the_same_as_each_alone()
    {
        keras.utils.set_random_seed(3);
        var (model, _, _, _) = Made("words");
        foreach (int length in Enumerable.Range(1, 40).Concat(Enumerable.Range(1, 40)))
        {
            var x = Ids(2, length);
            Assert.Equal(model.Apply(x).numpy().ToFloats(), model.predict(x, verbose: 0).ToFloats());
        }
    }

    [Fact]
    public void What_is_drawn_for_a_batch_is_the_same_as_with_fixed_dimensions()
    {
        var losses = new List<double[]>();
        foreach (var shape in new Shape[] { (6, 5, 2), (null, null, 2) })
        {
            keras.utils.set_random_seed(7);
            var model = keras.Sequential([keras.Input(shape), keras.layers.SpatialDropout2D(0.2), keras.layers.Conv2D(3, 3), keras.layers.Dropout(0.3),
                keras.layers.GlobalMaxPooling2D()]);
            model.compile("sgd", "mse");
            losses.Add([.. model.fit(Numbers(12, 6, 5, 2), Numbers(12, 3), batch_size: 5, epochs: 3, verbose: 0).history["loss"]]);
        }
        Assert.Equal(losses[0], losses[1]);
    }

    private static (Model Model, Data X, Data Y, (Data X, Data Y) Other) Made(string name)
    {
        var l = keras.layers;
        switch (name)
        {
            case "guide":
                var (image, series) = (keras.Input((8, 8, 3), name: "image"), keras.Input((null, 4), name: "series"));
                var x = l.concatenate([l.GlobalMaxPooling2D().Apply(l.Conv2D(3, 3).Apply(image)), l.GlobalMaxPooling1D().Apply(l.Conv1D(3, 3).Apply(series))]);
                var both = keras.Model([image, series], [l.Dense(1, name: "score").Apply(x), l.Dense(5, name: "kind", activation: "softmax").Apply(x)]);
                return (both, new[] { Numbers(12, 8, 8, 3), Numbers(12, 6, 4) }, new[] { Numbers(12, 1), np.eye(5)[np.arange(12) % 5] },
                    (new[] { Numbers(7, 8, 8, 3), Numbers(7, 9, 4) }, new[] { Numbers(7, 1), np.eye(5)[np.arange(7) % 5] }));
            case "pictures":
                var i = keras.Input((null, null, 3));
                x = l.BatchNormalization().Apply(l.Conv2D(4, 3, strides: 2, padding: "same", activation: "relu").Apply(i));
                x = l.UpSampling2D().Apply(l.MaxPooling2D().Apply(x));
                x = l.add([x, l.DepthwiseConv2D(3, padding: "same").Apply(x)]);
                return (keras.Model(i, l.Dense(2).Apply(l.GlobalAveragePooling2D().Apply(x))), Numbers(12, 8, 12, 3), Numbers(12, 2),
                    (Numbers(7, 12, 4, 3), Numbers(7, 2)));
            case "scaled":
                i = keras.Input((null, null, 2));
                x = l.Conv2DTranspose(3, 3, strides: 2, padding: "same", activation: "relu").Apply(i);
                x = l.ZeroPadding2D(1).Apply(l.Cropping2D(1).Apply(x));
                return (keras.Model(i, l.Conv2D(1, 3, padding: "same").Apply(x)), Numbers(12, 6, 5, 2), Numbers(12, 12, 10, 1),
                    (Numbers(7, 3, 4, 2), Numbers(7, 6, 8, 1)));
            case "words":
                return (keras.Sequential([keras.Input([null]), l.Embedding(20, 4, mask_zero: true), l.GlobalAveragePooling1D(), l.Dense(2)]),
                    Ids(12, 7), Numbers(12, 2), (Ids(7, 11), Numbers(7, 2)));
            case "steps":
                i = keras.Input((null, 3));
                x = l.LayerNormalization().Apply(l.Conv1D(4, 3, padding: "causal", activation: "tanh").Apply(i));
                return (keras.Model(i, l.Dense(2).Apply(x)), Numbers(12, 7, 3), Numbers(12, 7, 2),
                    (Numbers(7, 11, 3), Numbers(7, 11, 2)));
            case "own":
                i = keras.Input((null, 4));
                x = l.Dense(4).Apply(i) * 2.0 - i;
                x = new Halves().Apply(keras.ops.relu(x) + keras.ops.mean(i, axis: 1, keepdims: true));
                return (keras.Model(i, l.Dense(2).Apply(x)), Numbers(12, 7, 4), Numbers(12, 2), (Numbers(7, 11, 4), Numbers(7, 2)));
            default:
                throw new ArgumentOutOfRangeException(nameof(name));
        }
    }

    /// <summary>Batches of 4 rows, cut to several lengths.</summary>
    private static Dataset Lengths(string name)
    {
        var (_, all, targets, _) = Made(name);
        var (x, y) = (all.Only!, targets.Only!);
        int[] sizes = name switch { "pictures" => [8, 4, 8], "own" => [7, 3, 6], _ => [7, 3, 5] };
        return tf.data.Dataset.from_generator(() => sizes.Select((n, i) => ((Tensor)x[(i * 4)..(i * 4 + 4), ..n],
                (Tensor)(y.ndim > 2 ? y[(i * 4)..(i * 4 + 4), ..n] : y[(i * 4)..(i * 4 + 4)]))),
            output_signature: (tf.TensorSpec([null, null, .. ((Shape)x.shape)[2..]], tf.float32),
                tf.TensorSpec(y.ndim > 2 ? (null, null, y.shape[2]) : (null, y.shape[1]), tf.float32)));
    }

    private static void Predicts(JsonElement recorded, Model model, Data x)
    {
        var predicted = model.predict(x, batch_size: 3, verbose: 0);
        var each = model.outputs.Count > 1 ? [.. model.outputs.Select((_, i) => predicted[i])] : new[] { predicted };
        foreach (var (one, wanted) in each.Zip(recorded.GetProperty("predicted").EnumerateArray()))
        {
            Assert.Equal(wanted.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()), one.shape);
            Near(wanted.GetProperty("mean"), (double)np.abs(one).mean(), "mean");
            foreach (var (last, value) in wanted.GetProperty("last").EnumerateArray().Zip(one.ToFloats()[^3..])) Near(last, value, "last");
        }
    }

    private static void Same(JsonElement expected, IReadOnlyDictionary<string, List<double>> actual)
    {
        Assert.Equal(expected.EnumerateObject().Select(p => p.Name).Order(), actual.Keys.Order());
        foreach (var one in expected.EnumerateObject())
            foreach (var (wanted, given) in one.Value.EnumerateArray().Zip(actual[one.Name])) Near(wanted, given, one.Name);
    }

    private static NDArray Ids(params int[] shape) => np.floor(Numbers(shape) / 0.05f);

    /// <summary>Reads shapes while it computes, as custom classes do.</summary>
    private sealed class Halves : Layer
    {
        public override Tensor call(Tensor x, bool training)
        {
            var (batch, steps, width) = keras.ops.shape(x);
            return keras.ops.max(keras.ops.reshape(x[.., ..(steps / 2 * 2)], (batch, steps / 2, 2 * width)), axis: 1);
        }
    }
}
