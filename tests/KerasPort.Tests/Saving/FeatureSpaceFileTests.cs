using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Saving;
using KerasPort.Utils;

namespace KerasPort.Tests.Saving;

/// <summary>A FeatureSpace in a file: one that Keras wrote (feature-space.json), one written here, and refusals.</summary>
public class FeatureSpaceFileTests
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("feature-space.json")).RootElement;

    [Fact]
    public void What_Keras_wrote_encodes_the_same_and_is_written_the_same()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.keras"], s_recorded.GetProperty("file").GetBytesFromBase64());
        foreach (string name in new[] { "a.keras", "b.keras" })
        {
            var space = FeatureSpace.load(folder[name]);
            Same(space.Apply(Rows()));
            space.save(folder["b.keras"]);
        }
        var (keras, here) = (Config(folder["a.keras"]), Config(folder["b.keras"]));
        Assert.True(JsonNode.DeepEquals(keras, here), $"{here}\nKeras {keras}");
    }

    [Fact]
    [Slow]
    [Needs(Need.RealKeras)]
    public void Keras_reads_what_was_adapted_here()
    {
        using var folder = new TemporaryFolder();
        var space = keras.utils.FeatureSpace(new()
        {
            ["age"] = "float_normalized", ["kind"] = "string_categorical", ["code"] = FeatureSpace.integer_categorical(num_oov_indices: 1),
            ["bins"] = "float_discretized", ["raw"] = "float", ["h"] = FeatureSpace.string_hashed(num_bins: 5),
        }, crosses: [("kind", "code")], crossing_dim: 8);
        space.adapt(Rows());
        Same(space.Apply(Rows()));
        space.save(folder["a.keras"]);
        var there = RealKeras.Ask("feature_space.py", [folder["a.keras"], folder["b.keras"], Fixtures.Path("feature-space.json")]);
        Near([.. there.EnumerateArray().SelectMany(Fixtures.Floats)], [.. s_recorded.GetProperty("encoded").EnumerateArray().SelectMany(Fixtures.Floats)]);
        Same(FeatureSpace.load(folder["b.keras"]).Apply(Rows()));
    }

    public static TheoryData<string, string, string> Hostile => new()
    {
        { "\"Feature\"", "\"Lambda\"", "expected a Feature" },
        { "\"StringLookup\"", "\"Lambda\"", "class 'Lambda' is refused" },
        { "\"TFDIdentity\"", "\"os.system\"", "is refused" },
        { "\"Cross\"", "\"Feature\"", "expected a Cross" },
        { "\"crossing_dim\": 8", "\"crossing_dim\": 2000000000", "expected a number of 1 to" },
        { "\"hashing_dim\": 32", "\"hashing_dim\": -1", "expected a number of 1 to" },
        { "[\"kind\", \"code\"]", "[\"kind\", \"none\"]", "unknown features" },
        { "[\"kind\", \"code\"]", "[\"kind\", 3]", "expected a name" },
        { "\"dtype\": \"string\"", "\"dtype\": \"object\"", "expected float32, int32, int64 or string" },
        { "\"output_mode\": \"concat\"", "\"output_mode\": \"all\"", "output_mode" },
        { "\"vocabulary_size\": 4", "\"vocabulary_size\": 4000000000", "vocabulary_size" },
        { "\"class_name\": \"FeatureSpace\"", "\"class_name\": \"Sequential\"", "expected a FeatureSpace" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void What_does_harm_is_refused(string what, string by, string why)
    {
        byte[] file = s_recorded.GetProperty("file").GetBytesFromBase64();
        using var zip = new ZipMembers(new MemoryStream(file));
        var members = zip.Names.Select(name => (Name: name, Content: zip.Read(name, int.MaxValue))).ToList();
        int at = members.FindIndex(member => member.Name == KerasFile.Config);
        string text = System.Text.Encoding.UTF8.GetString(members[at].Content);
        Assert.Contains(what, text);
        members[at] = (KerasFile.Config, System.Text.Encoding.UTF8.GetBytes(text.Replace(what, by)));
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.keras"], Fuzz.Formats.Zip(members));
        var refusal = Assert.Throws<ModelFormatException>(() => FeatureSpace.load(folder["a.keras"]));
        Assert.Contains(why, refusal.Message);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void It_is_no_model_and_has_a_name_of_its_own()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.keras"], s_recorded.GetProperty("file").GetBytesFromBase64());
        Assert.Contains("FeatureSpace.load", Assert.Throws<ModelFormatException>(() => keras.models.load_model(folder["a.keras"])).Message);
        Assert.Contains(".keras", Assert.Throws<ValueError>(() => FeatureSpace.load("a.h5")).Message);
        Assert.Contains(".keras", Assert.Throws<ValueError>(() => FeatureSpace.load(folder["a.keras"]).save("a.h5")).Message);
        keras.Sequential([keras.Input(2), keras.layers.Dense(1)]).save(folder["m.keras"]);
        Assert.Contains("load_model", Assert.Throws<ModelFormatException>(() => FeatureSpace.load(folder["m.keras"])).Message);
    }

    private static Dictionary<string, Tensor> Rows() => s_recorded.GetProperty("rows").EnumerateObject().ToDictionary(column => column.Name, column =>
        column.Value[0].ValueKind == JsonValueKind.String ? (Tensor)column.Value.EnumerateArray().Select(text => text.GetString()!).ToArray()
        : column.Name == "code" ? (Tensor)np.array([.. column.Value.EnumerateArray().Select(n => n.GetInt32())])
        : (Tensor)new NDArray(Fixtures.Floats(column.Value)));

    private static void Same(Tensor encoded) =>
        Near([.. s_recorded.GetProperty("encoded").EnumerateArray().SelectMany(Fixtures.Floats)], encoded.numpy().ToFloats());

    private static void Near(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5f);
    }

    private static JsonNode Config(string path)
    {
        using var zip = System.IO.Compression.ZipFile.OpenRead(path);
        using var reader = new StreamReader(zip.GetEntry("config.json")!.Open());
        // Keras marks objects that it had twice in memory.
        return JsonNode.Parse(System.Text.RegularExpressions.Regex.Replace(reader.ReadToEnd(), ", ?\"shared_object_id\": ?\\d+", ""))!;
    }
}
