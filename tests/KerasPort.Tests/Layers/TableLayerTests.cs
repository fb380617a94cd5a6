using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Layers;
using KerasPort.Random;
using KerasPort.Saving;
using static KerasPort.Tests.Refusals;

namespace KerasPort.Tests.Layers;

/// <summary>Layers for tables' columns against the real Keras (tables.json), on arrays, strings and in models, and refusals.</summary>
public sealed class TableLayerTests
{
    private static readonly JsonElement[] s_cases = [.. JsonDocument.Parse(Fixtures.Text("tables.json")).RootElement.EnumerateArray()];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, s_cases.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_layer_gives_what_Keras_recorded(int index)
    {
        var recorded = s_cases[index];
        var layer = Make(recorded, "config");
        Assert.True(JsonNode.DeepEquals(Node(recorded, "config"), layer.get_config()), $"{layer.get_config()}\nKeras {recorded.GetProperty("config")}");
        if (recorded.TryGetProperty("data", out var data)) Adapt(layer, [.. data.EnumerateArray()]);
        if (recorded.TryGetProperty("adapted", out _))
            Assert.True(JsonNode.DeepEquals(Node(recorded, "adapted"), layer.get_config()), $"{layer.get_config()}\nKeras {recorded.GetProperty("adapted")}");
        if (layer is StringLookup strings) Assert.Equal(
            recorded.GetProperty("vocabulary").EnumerateArray().Select(v => v.GetString()), strings.get_vocabulary());
        if (layer is IntegerLookup numbers) Assert.Equal(
            recorded.GetProperty("vocabulary").EnumerateArray().Select(v => v.GetInt64()), numbers.get_vocabulary());

        Column[] columns = [.. recorded.GetProperty("x").EnumerateArray().Select(ColumnOf)];
        var y = layer switch
        {
            HashedCrossing crossing => columns.Length == 2 ? crossing.Apply((columns[0], columns[1])) : crossing.Apply((columns[0], columns[1], columns[2])),
            StringLookup { invert: false } lookup => lookup.Apply(StringsOf(recorded.GetProperty("x")[0])),
            Hashing hashing when columns[0].Texts is not null => hashing.Apply(StringsOf(recorded.GetProperty("x")[0])),
            _ => layer.Apply(ArrayOf(recorded.GetProperty("x")[0])),
        };
        if (layer is StringLookup { invert: true })
        {
            Assert.Equal(recorded.GetProperty("y").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(text => text.GetString()), y.Texts!.Values);
            Assert.Equal(ConfigValue.Shape(recorded.GetProperty("shape"), "shape"), y.shape);
            return;
        }
        Assert.Equal(recorded.GetProperty("dtype").GetString(), y.numpy().dtype.name);
        Assert.Equal(ConfigValue.Shape(recorded.GetProperty("shape"), "shape"), y.shape);
        Near(ArrayOf(recorded.GetProperty("y")), y.numpy());
        if (recorded.TryGetProperty("adapted", out _) && layer is Discretization) Near(
            y.numpy(), Make(recorded, "adapted").Apply(ArrayOf(recorded.GetProperty("x")[0])).numpy());

        if (!recorded.TryGetProperty("file", out var file)) return;
        // Keras' file, and the same one written here.
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.keras"], file.GetBytesFromBase64());
        NDArray[] x = [.. recorded.GetProperty("x").EnumerateArray().Select(ArrayOf)];
        foreach (string name in new[] { "a.keras", "b.keras" })
        {
            var model = keras.models.load_model(folder[name]);
            Near(ArrayOf(recorded.GetProperty("predicted")), model.predict(x.Length > 1 ? (Data)x! : x[0], verbose: 0));
            model.save(folder["b.keras"]);
        }
        Assert.Equal(Layers(folder["a.keras"]), Layers(folder["b.keras"]));
    }

    [Fact]
    public void What_is_no_number_is_in_the_last_bin_as_in_TensorFlow() =>
        Assert.Equal([0, 1, 1, 1, 0], keras.layers.Discretization([0.5])
            .Apply(new NDArray((float[])[0.25f, 0.5f, float.NaN, float.PositiveInfinity, float.NegativeInfinity])).numpy().ToInts());

    [Fact]
    public void Weights_count()
    {
        var layer = keras.layers.CategoryEncoding(num_tokens: 4, output_mode: "count");
        Assert.Equal([0.1f + 0.2f, 0, 0, 0, 0, 0.2f, 0, 0.4f],
            layer.Apply(np.array([[0, 0], [3, 1]]), count_weights: np.array([[0.1, 0.2], [0.4, 0.2]])).numpy().ToFloats());
    }

    /// <summary>Compared with Keras, in its documentation's spelling: the data comes from <c>tf.constant</c> or <c>np.array</c>.</summary>
    [Fact]
    public void Tensors_are_data_too()
    {
        var words = keras.layers.StringLookup();
        words.adapt(tf.constant(new[,] { { "a", "b" }, { "a", "c" } }));
        Assert.Equal(["[UNK]", "a", "c", "b"], words.get_vocabulary());
        Refused("Strings are expected", () => { keras.layers.StringLookup().adapt(tf.constant([5, 7])); return 0; });
        words = keras.layers.StringLookup(vocabulary: np.array(["x", "y"]));
        Assert.Equal([1, 0], words.Apply(np.array(["x", "q"])).numpy().ToInts());
        words = keras.layers.StringLookup(output_mode: "tf_idf");
        words.set_vocabulary(np.array(["x", "y"]), idf_weights: [.5, .25]);
        Assert.Equal([0, .5f, .25f], words.Apply(tf.constant(["x", "y"])).numpy().ToFloats());

        words = keras.layers.StringLookup(vocabulary: ["x", "y"], idf_weights: np.array([.5, .25]), output_mode: "tf_idf");
        Assert.Equal([0, .5f, .25f], words.Apply(tf.constant(["x", "y"])).numpy().ToFloats());

        var numbers = keras.layers.IntegerLookup(vocabulary: np.array([7, 5]));
        Assert.Equal([1, 0, 2], numbers.Apply(np.array([7, 6, 5])).numpy().ToInts());
        numbers.set_vocabulary(np.array([9, 1L << 60]));
        Assert.Equal([-1, 9, 1L << 60], numbers.get_vocabulary());
        numbers = IntegerLookup.from_config<IntegerLookup>(keras.layers.IntegerLookup(vocabulary: [3, 1L << 60]).get_config());
        Assert.Equal([3, 1L << 60], numbers.vocabulary!);
        numbers = keras.layers.IntegerLookup(vocabulary: np.array([7, 5]), idf_weights: np.array([.5, .25]), output_mode: "tf_idf");
        Assert.Equal([0, .5f, .25f], numbers.Apply(np.array([7, 5])).numpy().ToFloats());
        Refused("`vocabulary` must be a vector of whole numbers", () => keras.layers.IntegerLookup(vocabulary: np.array([.5, 2])));
        numbers = keras.layers.IntegerLookup();
        numbers.adapt(tf.constant([5, 5, 7]));
        Assert.Equal([-1, 5, 7], numbers.get_vocabulary());
        var normal = keras.layers.Normalization();
        normal.adapt(tf.constant([[1.0], [3.0]]));
        Assert.Equal([-1, 0], normal.Apply(tf.constant([[1.0], [2.0]])).numpy().ToFloats());
        var bins = keras.layers.Discretization(num_bins: 2);
        bins.adapt(tf.constant([[1.0], [3.0], [5.0], [7.0]]));
        Assert.Equal([3.0], bins.bin_boundaries!);

        var crossing = keras.layers.HashedCrossing(num_bins: 5);
        Assert.Equal([1, 1], crossing.Apply((tf.constant(["A", "B"]), tf.constant([101, 102]))).numpy().ToInts());
        var counts = keras.layers.CategoryEncoding(num_tokens: 2, output_mode: "count");
        Assert.Equal([.5f, .25f], counts.Apply(tf.constant([[0, 1]]), count_weights: tf.constant([[.5, .25]])).numpy().ToFloats());
    }

    [Fact]
    public void Words_of_a_file_are_a_vocabulary()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["words.txt"], "one\ntwo\n");
        var lookup = keras.layers.StringLookup();
        lookup.set_vocabulary(folder["words.txt"]);
        Assert.Equal(["[UNK]", "one", "two"], lookup.get_vocabulary());
        Assert.Equal(["one", "two"], lookup.get_vocabulary(include_special_tokens: false));
        Assert.Equal([2, 0], lookup.Apply(["two", "three"]).numpy().ToInts());
        Assert.Contains("does not exist", Assert.Throws<ValueError>(() => lookup.set_vocabulary(folder["none.txt"])).Message);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Refused("Both `num_bins` and `bin_boundaries`", () => keras.layers.Discretization([1], 2));
        Refused("either `num_bins` or `bin_boundaries`", () => keras.layers.Discretization());
        Refused("Expected one of int, one_hot, multi_hot, count", () => keras.layers.Discretization([1], output_mode: "all"));
        Refused("call `adapt(dataset)`", () => keras.layers.Discretization(num_bins: 2).Apply(np.ones((1, 1))));
        Refused("num_tokens must be set", () => keras.layers.CategoryEncoding());
        Refused("must be non-negative", () => keras.layers.CategoryEncoding(3).Apply(np.array([[1, -1]])));
        Refused("`count_weights` is not used", () => keras.layers.CategoryEncoding(3).Apply(np.array([[1]]), np.array([[1.0]])));
        Refused("`num_bins`", () => keras.layers.Hashing(0));
        Refused("integer or string dtype", () => keras.layers.HashedCrossing(3).Apply((np.array([0.5]), np.array([1.0]))));
        Refused("equal shape", () => keras.layers.HashedCrossing(3).Apply((np.array([1]), np.array([1, 2]))));
        Refused("at least two inputs", () => keras.layers.HashedCrossing(3).Apply(np.array([1])));
        Refused("`max_tokens` must be greater than 1", () => keras.layers.IntegerLookup(max_tokens: 1));
        Refused("`salt` can only be used", () => keras.layers.IntegerLookup(salt: 3));
        Refused("must set `max_tokens`", () => keras.layers.IntegerLookup(pad_to_max_tokens: true));
        Refused("found OOV values [9]", () => keras.layers.IntegerLookup(num_oov_indices: 0, vocabulary: [3]).Apply(np.array([3, 9])));
        Refused("at least one repeated term", () => keras.layers.StringLookup(vocabulary: ["a", "a"]));
        Refused("reserved mask token", () => keras.layers.IntegerLookup(mask_token: 2, vocabulary: [1, 2]));
        Refused("larger than the maximum", () => keras.layers.IntegerLookup(max_tokens: 3, vocabulary: [1, 2, 3]));
        Refused("must set the layer's vocabulary", () => keras.layers.IntegerLookup(output_mode: "count").Apply(np.array([[3]])));
        Refused("when `invert` is true", () => keras.layers.IntegerLookup(invert: true, output_mode: "count"));
        Refused("reserved OOV token", () => keras.layers.IntegerLookup(invert: true, vocabulary: [3, -1]));
        Refused("no token at place 9", () => keras.layers.IntegerLookup(invert: true, vocabulary: [3], oov_token: null).Apply(np.array([9])));
        var words = keras.Sequential([keras.Input(1, dtype: "int64"), keras.layers.StringLookup(invert: true, vocabulary: ["a"])]);
        Refused("numbers flow through a model", () => words.predict(np.array([[1]]), verbose: 0));
        Refused("looks up strings", () => keras.layers.StringLookup(vocabulary: ["a"]).Apply(np.array([1])));
        Refused("after setting a static vocabulary", () =>
        {
            keras.layers.IntegerLookup(vocabulary: [1]).adapt(np.array([1]));
            return 0;
        });
        Refused("cannot be changed after", () =>
        {
            var layer = keras.layers.IntegerLookup(output_mode: "count");
            layer.adapt(np.array([1, 2]));
            layer.set_vocabulary([1, 2, 3]);
            return 0;
        });
        var large = keras.Sequential([keras.Input(1, dtype: "int64"), keras.layers.Hashing(9)]);
        Refused("can't tell whole numbers above 16777216 apart", () => large.predict(np.array([[20000001L]]), verbose: 0));
    }

    [Fact]
    public void An_input_of_whole_numbers_cuts_fractions_off_as_in_Keras()
    {
        var model = keras.Sequential([keras.Input(4, dtype: "int32"), keras.layers.Rescaling(2.0)]);
        Assert.Equal([2, -2, 0, 10], model.predict(np.array([[1.75, -1.25, -0.5, 5]]), verbose: 0).ToFloats());
        Assert.Equal("<KerasTensor shape=(None, 4), dtype=int32, sparse=False, ragged=False, name=input_type>",
            $"{keras.Input(4, dtype: "int32", name: "input_type")}");
    }

    /// <summary>Compared with TensorFlow's to_hash_bucket_fast and to_hash_bucket_strong.</summary>
    [Fact]
    public void Hashes_of_nothing_are_those_of_their_authors()
    {
        Assert.Equal(0x9ae16a3b2f90404fUL, Fingerprints.Of(""));
        Assert.Equal(0x1e924b9d737700d7UL, Fingerprints.Keyed("", 0, 0));
    }

    private static Layer Make(JsonElement recorded, string config) =>
        (Layer)ObjectConfig.Create(KnownClasses.Find(typeof(Layer), recorded.GetProperty("class_name").GetString()!, "case"),
            recorded.GetProperty(config), "case");

    private static JsonNode Node(JsonElement recorded, string key) => JsonNode.Parse(recorded.GetProperty(key).GetRawText())!;

    private static void Adapt(Layer layer, JsonElement[] batches)
    {
        switch (layer)
        {
            case Discretization bins when batches.Length == 1: bins.adapt(ArrayOf(batches[0])); break;
            case Discretization bins: bins.adapt(batches.Select(ArrayOf)); break;
            case IntegerLookup numbers when batches.Length == 1: numbers.adapt(ArrayOf(batches[0])); break;
            case IntegerLookup numbers: numbers.adapt(batches.Select(ArrayOf)); break;
            case StringLookup strings when batches.Length == 1: strings.adapt(StringsOf(batches[0])); break;
            case StringLookup strings: strings.adapt(batches.Select(StringsOf)); break;
        }
    }

    private static Column ColumnOf(JsonElement x)
    {
        var first = x;
        while (first.ValueKind == JsonValueKind.Array) first = first[0];
        return first.ValueKind == JsonValueKind.String ? StringsOf(x) : ArrayOf(x);
    }

    private static Strings StringsOf(JsonElement x)
    {
        if (x[0].ValueKind == JsonValueKind.String) return x.EnumerateArray().Select(text => text.GetString()!).ToArray();
        var rows = new string[x.GetArrayLength(), x[0].GetArrayLength()];
        foreach (var (i, row) in x.EnumerateArray().Index())
            foreach (var (j, text) in row.EnumerateArray().Index()) rows[i, j] = text.GetString()!;
        return rows;
    }

    private static NDArray ArrayOf(JsonElement x)
    {
        var (shape, numbers) = (new List<int>(), new List<JsonElement> { x });
        for (; numbers[0].ValueKind == JsonValueKind.Array; numbers = [.. numbers.SelectMany(list => list.EnumerateArray())]) shape.Add(
            numbers[0].GetArrayLength());
        int[] dimensions = [.. shape];
        return numbers.All(n => n.TryGetInt64(out _)) ? new NDArray([.. numbers.Select(n => n.GetInt64())], dimensions)
            : new NDArray([.. numbers.Select(n => n.GetDouble())], dimensions);
    }

    private static string Layers(string file)
    {
        using var zip = System.IO.Compression.ZipFile.OpenRead(file);
        using var reader = new StreamReader(zip.GetEntry("config.json")!.Open());
        var config = JsonNode.Parse(reader.ReadToEnd())!["config"]!["layers"]!.AsArray();
        string words = string.Join("; ", zip.Entries.Where(e => e.FullName.StartsWith("assets", StringComparison.Ordinal)).Select(e =>
        {
            using var text = new StreamReader(e.Open());
            return $"{e.FullName}: {text.ReadToEnd()}";
        }));
        return string.Join("\n", config.Select(layer =>
            string.Join(", ", layer!["config"]!.AsObject().OrderBy(s => s.Key, StringComparer.Ordinal)
            .Select(s => $"{s.Key}={s.Value?.ToJsonString()}")))) + words;
    }

    private static void Near(NDArray expected, NDArray actual)
    {
        Assert.Equal(expected.size, actual.size);
        foreach (var (wanted, found) in expected.ToDoubles().Zip(actual.ToDoubles())) Assert.Equal(wanted, found, 1e-6 * Math.Max(1, Math.Abs(wanted)));
    }
}
