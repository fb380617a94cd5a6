using System.Text.Json;
using KerasPort.Tests.Text;
using KerasPort.Utils;

namespace KerasPort.Tests.Surface;

/// <summary>Classes of <c>keras.utils</c> agree with the real Keras (utils.json).</summary>
public class RecordedUtilsTests
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("utils.json")).RootElement;

    private static readonly Dictionary<string, Func<FeatureSpace>> s_spaces = new()
    {
        ["kinds"] = () => keras.utils.FeatureSpace(new()
        {
            ["age"] = "float_normalized", ["sex"] = "string_categorical", ["cp"] = "integer_categorical", ["zip"] = "integer_hashed",
            ["thal"] = "string_hashed", ["chol"] = "float",
        }, hashing_dim: 6),
        ["discretized"] = () => keras.utils.FeatureSpace(new() { ["age"] = "float_discretized", ["chol"] = "float_rescaled" }, num_discretization_bins: 3),
        ["made"] = () => keras.utils.FeatureSpace(new()
        {
            ["age"] = FeatureSpace.float_discretized(4), ["chol"] = FeatureSpace.float_rescaled(scale: 0.5, offset: 1.0),
            ["thal"] = FeatureSpace.string_hashed(4),
            ["cp"] = FeatureSpace.integer_categorical(max_tokens: 3),
        }),
        ["crossed"] = () => keras.utils.FeatureSpace(new() { ["sex"] = "string_categorical", ["cp"] = "integer_categorical", ["thal"] = "string_categorical" },
            crosses: [("sex", "cp"), ("thal", "sex")], crossing_dim: 5),
        ["dict"] = () => keras.utils.FeatureSpace(new()
        {
            ["sex"] = FeatureSpace.string_categorical(output_mode: "int"), ["cp"] = FeatureSpace.integer_categorical(output_mode: "int", num_oov_indices: 2),
            ["age"] = "float",
        }, crosses: [FeatureSpace.cross(["sex", "cp"], crossing_dim: 7, output_mode: "int")], output_mode: "dict"),
    };

    public static TheoryData<string> Spaces => [.. s_spaces.Keys];

    [Theory]
    [MemberData(nameof(Spaces))]
    public void Columns_become_the_numbers_of_Keras(string name)
    {
        var (space, recorded) = (s_spaces[name](), s_recorded.GetProperty("spaces").GetProperty(name));
        var columns = space.features.ToDictionary(one => one.Key, one => Column(one.Key, null));
        var rows = tf.data.Dataset.from_tensor_slices(columns);
        space.adapt(rows);
        Same(recorded.GetProperty("all"), space.Apply(columns));
        Same(recorded.GetProperty("one"), space.Apply(space.features.ToDictionary(one => one.Key, one => Column(one.Key, 3))));
        // In a data set, for rows and for batches.
        Assert.Equal(6, rows.map(row => space.Apply(row)).Select(row => row.Leaves.First().shape.Rank).Count(rank => rank == 1));
        Same(recorded.GetProperty("all"), rows.batch(6).map(batch => space.Apply(batch)).First());
    }

    [Fact]
    public void Columns_of_a_model_are_its_inputs()
    {
        var space = keras.utils.FeatureSpace(new() { ["age"] = "float_normalized", ["cp"] = "integer_categorical" });
        var columns = new Dictionary<string, Tensor> { ["age"] = Column("age", null), ["cp"] = Column("cp", null) };
        Assert.Contains("`.adapt(dataset)`", Assert.Throws<ValueError>(space.get_inputs).Message);
        space.adapt(columns);
        var model = keras.Model(space.get_inputs(), space.get_encoded_features());
        Assert.Equal(["age", "cp"], space.get_inputs().Keys);
        np.testing.assert_allclose((NDArray)model.predict((NDArray[])[columns["age"].numpy().reshape(6, 1), columns["cp"].numpy().reshape(6, 1)], verbose: 0),
            space.Apply(columns).numpy(), 1e-6, 1e-6);
        Assert.Equal("age_preprocessor", space.preprocessors["age"].name);
        Assert.Contains("Invalid feature type", Assert.Throws<ValueError>(() => keras.utils.FeatureSpace(new() { ["a"] = "text" })).Message);
        Assert.Contains("unknown features", Assert.Throws<ValueError>(() =>
            keras.utils.FeatureSpace(new() { ["a"] = "float" }, crosses: [("a", "b")])).Message);
        Assert.Contains("no column 'cp'", Assert.Throws<ValueError>(() => space.Apply(new Dictionary<string, Tensor> { ["age"] = 3.0 })).Message);
        var whole = keras.utils.FeatureSpace(new() { ["a"] = FeatureSpace.integer_hashed(3, output_mode: "int") });
        Assert.Contains("has not been encoded", Assert.Throws<ValueError>(() => whole.Apply(new Dictionary<string, Tensor> { ["a"] = 3 })).Message);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("stride")]
    [InlineData("part")]
    [InlineData("shuffled")]
    [InlineData("single")]
    public void Windows_over_time_are_those_of_Keras(string name)
    {
        NDArray data = np.arange(12).astype("float32"), targets = data[3..] * 10;
        Dataset Of(NDArray? y)
        {
            keras.utils.set_random_seed(3);
            return Made(y);
        }
        Dataset Made(NDArray? y) => name switch
        {
            "plain" => keras.utils.timeseries_dataset_from_array(data, y, sequence_length: 3),
            "stride" => keras.utils.timeseries_dataset_from_array(data, y, sequence_length: 2, sequence_stride: 3, sampling_rate: 2, batch_size: 2),
            "part" => keras.utils.timeseries_dataset_from_array(data, y, sequence_length: 3, start_index: 2, end_index: 9, batch_size: 4),
            "shuffled" => keras.utils.timeseries_dataset_from_array(data, y, sequence_length: 3, shuffle: true, seed: 5, batch_size: 4),
            _ => keras.utils.timeseries_dataset_from_array(data, y, sequence_length: 4, batch_size: null),
        };
        var recorded = s_recorded.GetProperty("series").GetProperty(name);
        var (with, without) = (Of(targets).ToArray(), Of(null).ToArray());
        Assert.Equal(recorded.GetProperty("targets").GetArrayLength(), with.Length);
        foreach (var (expected, (x, y)) in recorded.GetProperty("targets").EnumerateArray().Zip(with.Select(element => (element[0], element[1]))))
        {
            Same(expected[0], x);
            Same(expected[1], y);
        }
        Assert.Equal(recorded.GetProperty("none").GetArrayLength(), without.Length);
        foreach (var (expected, x) in recorded.GetProperty("none").EnumerateArray().Zip(without)) Same(expected, x);
        Assert.Contains("sampling_rate=12", Assert.Throws<ValueError>(() =>
            keras.utils.timeseries_dataset_from_array(data, null, 2, sampling_rate: 12)).Message);
    }

    /// <summary>As in Keras, which gives a data set without windows.</summary>
    [Fact]
    public void A_series_shorter_than_a_window_has_none()
    {
        var series = keras.utils.timeseries_dataset_from_array(np.arange(10.0), np.arange(10), sequence_length: 20);
        Assert.Empty(series);
        Assert.Equal(0, len(series));
        Assert.Equal("TensorSpec(shape=(None,), dtype=tf.int64, name=None)", $"{series.element_spec[1]}");
    }

    [Fact]
    public void A_bar_of_ones_own_is_that_of_Keras()
    {
        var (clock, said) = (new ManualClock(1000), new StringWriter());
        var bar = new Progbar(5, 10, 1, 0.05, ["acc"], null, "row", said, rewrites: true, clock);
        for (int step = 1; step < 6; step++)
        {
            clock.Now += 250;
            bar.update(step, [("loss", 1.0 / step), ("acc", 0.1 * step)]);
        }
        bar = new Progbar(4, 20, 2, 0.05, null, null, "step", said, rewrites: true, clock);
        for (int step = 0; step < 4; step++)
        {
            clock.Now += 2000;
            bar.add(1, [("loss", step)]);
        }
        Assert.Equal(s_recorded.GetProperty("bars").GetString(), said.ToString());
        Assert.Contains("Only one", Assert.Throws<ValueError>(() => keras.utils.Progbar(3, stateful_metrics: [], stateless_metrics: [])).Message);
    }

    [Fact]
    public void What_is_one_value_here_can_be_said_and_no_other()
    {
        keras.backend.set_floatx("float32");
        keras.config.set_image_data_format("channels_last");
        keras.config.set_epsilon(1e-7);
        keras.config.set_dtype_policy("float32");
        foreach (var refused in new Action[] { () => keras.config.set_floatx("float64"), () => keras.backend.set_image_data_format("channels_first"),
            () => keras.backend.set_epsilon(1e-3), () => keras.config.set_dtype_policy("mixed_float16") })
            Assert.Contains("Received", Assert.Throws<ValueError>(refused).Message);
        Assert.Equal(("float32", "tensorflow", 1e-7, "channels_last"),
            (keras.config.floatx(), keras.config.backend(), keras.config.epsilon(), keras.config.image_data_format()));
        Assert.Equal("int64", keras.backend.result_type("int32", "int64", "bool"));
    }

    [Fact]
    public void A_layer_is_built_as_another_one_was()
    {
        var layer = keras.layers.Dense(3);
        Assert.Null(layer.get_build_config());
        layer.build((null, 4));
        Assert.Equal("""{"input_shape":[null,4]}""", layer.get_build_config()!.ToJsonString());
        var other = keras.layers.Dense(3);
        other.build_from_config(layer.get_build_config()!);
        Assert.Equal(15, other.count_params());
        Assert.Contains("input_shape", Assert.Throws<ModelFormatException>(() => other.build_from_config([])).Message);
        Assert.Contains("mode=int8", Assert.Throws<ValueError>(() => layer.quantize("int8")).Message);
        Assert.Contains("format=tf_saved_model", Assert.Throws<ValueError>(() =>
            keras.Sequential([keras.Input(4), layer]).export("model", format: "tf_saved_model")).Message);
    }

    private static Tensor Column(string name, int? row)
    {
        var values = s_recorded.GetProperty("rows").GetProperty(name).EnumerateArray().ToArray();
        if (row is { } one) values = [values[one]];
        Tensor all = values[0].ValueKind == JsonValueKind.String ? Array.ConvertAll(values, value => value.GetString()!)
            : name is "cp" or "zip" ? np.array(Array.ConvertAll(values, value => value.GetInt32()))
                : np.array(Array.ConvertAll(values, value => value.GetDouble())).astype("float32");
        return row is null ? all : values[0].ValueKind == JsonValueKind.String ? values[0].GetString()! : all.numpy()[0];
    }

    private static void Same(JsonElement recorded, Tensor actual)
    {
        if (recorded.ValueKind == JsonValueKind.Object)
        {
            foreach (var part in recorded.EnumerateObject()) Same(part.Value, actual[part.Name]);
            return;
        }
        var flat = new List<float>();
        void Add(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Array) foreach (var inner in element.EnumerateArray()) Add(inner);
            else flat.Add((float)element.GetDouble());
        }
        Add(recorded);
        float[] values = actual.numpy().ToFloats();
        Assert.Equal(flat.Count, values.Length);
        for (int i = 0; i < values.Length; i++) Assert.Equal(flat[i], values[i], 1e-5);
        int rank = 0;
        for (var inner = recorded; inner.ValueKind == JsonValueKind.Array; inner = inner[0]) rank++;
        Assert.Equal(rank, actual.shape.Rank);
    }
}
