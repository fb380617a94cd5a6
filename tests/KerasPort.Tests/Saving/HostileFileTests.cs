using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using KerasPort.Fuzz;
using KerasPort.Saving;
using KerasPort.Tests.Console;
using Xunit;
using static KerasPort.Python;

namespace KerasPort.Tests.Saving;

/// <summary>A file for each way in which a model file has been used against its reader: all are refused, and told why.</summary>
public class HostileFileTests
{
    private static string Folder => Fixtures.Path("hostile");

    private static byte[] Tiny { get; } = File.ReadAllBytes(Path.Combine(Folder, "tiny.keras"));

    /// <summary>HDF5 as h5py writes it, alone and in an archive.</summary>
    [Theory]
    [InlineData("external-link", "a link to another file")]
    [InlineData("soft-link", "a soft link")]
    [InlineData("external-data", "data in another file")]
    [InlineData("virtual", "a virtual data set")]
    [InlineData("filtered", "filtered")]
    [InlineData("chunked", "chunked")]
    [InlineData("shape-bomb", "larger than any file")]
    [InlineData("other-type", "expected float32, found float64")]
    [InlineData("integers", "expected float32, found int32")]
    [InlineData("big-endian", "expected float32, found other")]
    [InlineData("other-shape", "expected shape (4, 3), found float32 (3, 4)")]
    [InlineData("missing", "expected 2 weights, found 1")]
    [InlineData("group-for-dataset", "expected a dataset, found a group")]
    [InlineData("cycle", "used twice")]
    [InlineData("deep", "at most 32 groups")]
    public void Hostile_weights_are_refused(string name, string why)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(Folder, name + ".weights.h5"));
        var model = keras.saving.load_model(Path.Combine(Folder, "tiny.keras"));
        float[][] before = [.. model.get_weights().Select(w => w.ToFloats())];
        Assert.Contains(why, Assert.Throws<ModelFormatException>(() => model.load_weights(Path.Combine(Folder, name + ".weights.h5"))).Message);
        Assert.Equal(before, model.get_weights().Select(w => w.ToFloats()));
        Refused(Formats.Zip(Members().Select(m => m.Name == KerasFile.Weights ? (m.Name, bytes) : m)), why);
    }

    [Theory]
    [InlineData("$.config.layers[1].class_name", "\"Lambda\"", "class 'Lambda' is refused")]
    [InlineData("$.config.layers[1].class_name", "\"Process\"", "class 'Process' is refused")]
    [InlineData("$.config.layers[1].class_name", "\"System.Diagnostics.Process, System\"", "is refused")]
    [InlineData("$.config.layers[1].class_name", "\"Sequential\"", "is refused")]
    [InlineData("$.config.layers[1].class_name", "\"TorchModuleWrapper\"", "is refused")]
    [InlineData("$.config.layers[1].module", "\"os\"", "of module \"os\" is refused")]
    [InlineData("$.config.layers[1].module", "\"keras_evil\"", "is refused")]
    [InlineData("$.config.layers[1].registered_name", "\"Custom>Flatten\"", "is refused")]
    [InlineData("$.class_name", "\"Functional\"", "only Sequential")]
    [InlineData("$.config.layers[2].config.activation", "{\"class_name\":\"function\",\"config\":\"system\",\"module\":\"os\"}", "expected the name of an activation function")]
    [InlineData("$.config.layers[2].config.activation", "\"os.system\"", "Could not interpret activation function")]
    [InlineData("$.config.layers[2].config.kernel_initializer", "\"/etc/passwd\"", "Could not interpret initializer")]
    [InlineData("$.config.layers[2].config.kernel_initializer.class_name", "\"Orthogonal\"", "is refused")]
    [InlineData("$.config.layers[2].config.kernel_regularizer", "{\"class_name\":\"L2\",\"config\":{}}", "no such setting")]
    [InlineData("$.config.layers[2].config.dtype", "\"mixed_float16\"", "no such setting")]
    [InlineData("$.config.layers[2].config.trainable", "false", "no such setting")]
    [InlineData("$.config.layers[2].config.units", "1e999", "expected a whole number")]
    [InlineData("$.config.layers[2].config.units", "-1", "expected a positive integer")]
    [InlineData("$.config.layers[2].config.units", "2147483647", "is refused")]
    [InlineData("$.config.layers[2].config.units", "100000000", "bytes of weights")]
    [InlineData("$.config.layers[2].config.units", "4", "expected shape (4, 4), found float32 (4, 3)")]
    [InlineData("$.config.layers[2].config.name", "\"a/b\"", "cannot contain")]
    [InlineData("$.config.layers[2].config.name", "\"dense_1\"", "unique names")]
    [InlineData("$.config.layers[0].config.batch_shape", "[null,65536,65536]", "too large")]
    [InlineData("$.config.layers[0].config.batch_shape", "[null,null,2]", "must be a number of 1 or more")]
    [InlineData("$.config.layers[0].config.batch_shape", "[]", "batch dimension in front")]
    [InlineData("$.config.layers[0].config.batch_shape", "[null,0,2]", "must be a number of 1 or more")]
    [InlineData("$.compile_config.loss", "\"/etc/passwd\"", "Could not interpret loss")]
    [InlineData("$.compile_config.loss", "{\"class_name\":\"Evil\",\"config\":{},\"module\":\"keras.losses\"}", "class 'Evil' is refused")]
    [InlineData("$.compile_config.optimizer.config.learning_rate", "\"http://localhost/\"", "expected a number")]
    [InlineData("$.compile_config.optimizer.config.clipnorm", "1.0", "no such setting")]
    [InlineData("$.compile_config.optimizer.class_name", "\"SGD\"", "class 'SGD' is refused")]
    [InlineData("$.compile_config.metrics", "[\"system\"]", "Could not interpret metric")]
    public void Hostile_configurations_are_refused(string at, string value, string why)
    {
        var config = JsonNode.Parse(Members().Single(m => m.Name == KerasFile.Config).Content)!;
        string[] path = at[2..].Replace("[", ".[").Split('.');
        JsonNode owner = path[..^1].Aggregate(config, (node, step) => step[0] == '[' ? node[int.Parse(step[1..^1])]! : node[step]!);
        owner[path[^1]] = "THE VALUE";
        string text = config.ToJsonString().Replace("\"THE VALUE\"", value);
        Refused(WithConfig(text), why);
    }

    /// <summary>A few bytes that would make a model pad its images to a gigabyte each.</summary>
    [Fact]
    public void A_window_that_reaches_far_beyond_its_image_is_refused()
    {
        string json = keras.Sequential([keras.Input((6, 6, 1)), keras.layers.Conv2D(2, 3, padding: "same", dilation_rate: 7)]).to_json();
        Assert.Equal([4, 6, 6, 2], keras.models.model_from_json(json).predict(new NDArray(new float[144], 4, 6, 6, 1), verbose: 0).shape);
        string far = json.Replace("\"dilation_rate\":[7,7]", "\"dilation_rate\":[15919885,1]");
        Assert.Contains("padding an image to", Assert.Throws<ModelFormatException>(() => keras.models.model_from_json(far)).Message);
    }

    public static TheoryData<string, string> Texts => new()
    {
        { "", "config.json" },
        { "[]", "expected an object" },
        { "{\"class_name\":NaN}", "'N' is an invalid start" },
        { "{\"a\":1,\"a\":2}", "uplicate" },
        { string.Concat(Enumerable.Repeat("{\"a\":", 65)) + "1" + new string('}', 65), "depth" },
        { "{\"class_name\":\"\\ud800\",\"config\":{}}", "surrogate" },
        { "{\"class_name\":\"" + new string('x', 5 << 20) + "\"}", "at most 4194304 bytes" },
        { "{\"class_name\":\"Sequential\",\"config\":{\"name\":\"\\u001b[2J\",\"layers\":{}}}", "expected array" },
    };

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public void Text_that_is_no_configuration_is_refused(string text, string why) => Refused(WithConfig(text), why);

    public static TheoryData<string, string> Archives => new()
    {
        { "traversal", "outside the archive" }, { "absolute", "outside the archive" }, { "backslash", "outside the archive" }, { "duplicate", "twice" }, { "many", "at most 64 members" },
        { "bomb", "are refused" }, { "large", "expected at most" }, { "no-weights", "expected a member 'model.weights.h5'" }, { "no-config", "expected a member 'config.json'" }, { "no-zip", "damaged" }, { "empty", "damaged" },
    };

    [Theory]
    [MemberData(nameof(Archives))]
    public void Hostile_archives_are_refused(string name, string why)
    {
        var members = Members();
        byte[] Add(string member, byte[] content, CompressionLevel level = CompressionLevel.NoCompression) => Formats.Zip([.. members, (member, content)], level);
        Refused(name switch
        {
            "traversal" => Add("../../x", [1]),
            "absolute" => Add("/tmp/x", [1]),
            "backslash" => Add("..\\x", [1]),
            "duplicate" => Add(KerasFile.Config, members[1].Content),
            "many" => Formats.Zip([.. members, .. Enumerable.Range(0, 62).Select(i => ($"assets/{i}", Array.Empty<byte>()))]),
            "bomb" => Formats.Zip(members.Select(m => m.Name == KerasFile.Weights ? (m.Name, new byte[1_060_000]) : m), CompressionLevel.SmallestSize),
            "large" => Formats.Zip(members.Select(m => m.Name == KerasFile.Weights ? (m.Name, new byte[20 << 20]) : m), CompressionLevel.SmallestSize),
            "no-weights" => Formats.Zip(members[..2]),
            "no-config" => Formats.Zip([members[0], members[2]]),
            "no-zip" => Encoding.ASCII.GetBytes("PK is how it begins"),
            _ => [],
        }, why);
    }

    /// <summary>Keras' Lambda in a legacy file, which older readers ran without a question.</summary>
    [Fact]
    public void A_legacy_file_is_under_the_same_rules()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = File.ReadAllBytes(Path.Combine(Folder, "tiny.h5"));
        int at = bytes.AsSpan().IndexOf("\"class_name\": \"Flatten\""u8);
        "\"class_name\": \"Lambda\" "u8.CopyTo(bytes.AsSpan(at));
        File.WriteAllBytes(folder["m.h5"], bytes);
        var error = Assert.Throws<ModelFormatException>(() => keras.models.load_model(folder["m.h5"]));
        Assert.StartsWith($"{folder["m.h5"]}: model_config, layer 1 \"flatten\": class 'Lambda' is refused", error.Message);
        Assert.Equal((folder["m.h5"], "model_config, layer 1 \"flatten\""), (error.File, error.Place));
    }

    /// <summary>A name that would move a terminal's cursor, or fill it.</summary>
    [Fact]
    public void A_message_is_printable_and_short()
    {
        string evil = "\\u001b]0;evil\\u0007" + new string('x', 100_000);
        var error = Refused(WithConfig("{\"class_name\":\"" + evil + "\",\"config\":{}}"), "a model of class");
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.InRange(error.Message.Length, 1, 2000);
    }

    /// <summary>Each byte of a file changed, each in three ways, and the file cut at each length: refused, or the same model.</summary>
    [Fact]
    public void No_damage_of_a_keras_file_goes_by_unseen()
    {
        string same = Content(Tiny);
        int harmless = 0;
        byte[] bytes = [.. Tiny];
        for (int at = 0; at < bytes.Length; at++)
        {
            foreach (byte flip in (ReadOnlySpan<byte>)[0x01, 0x80, 0xFF])
            {
                bytes[at] ^= flip;
                try
                {
                    Assert.Equal(same, Content(bytes));
                    harmless++;
                }
                catch (ModelFormatException) { }
                bytes[at] ^= flip;
            }
            Assert.Throws<ModelFormatException>(() => Content(Tiny[..at]));
        }
        // Time stamps and the like; of the members themselves no byte.
        Assert.InRange(harmless, 1, 3 * 300);
    }

    private static string Content(byte[] keras)
    {
        var model = ModelFile.LoadKeras(new MemoryStream(keras), compile: true);
        var state = ModelState.Of(model);
        return model.to_json() + string.Join(',', state.Weights.Concat(state.Optimizer!.Slots!.SelectMany(s => s)).SelectMany(w => w)) + state.Optimizer.Iterations;
    }

    private static (string Name, byte[] Content)[] Members()
    {
        using var zip = new ZipMembers(new MemoryStream(Tiny));
        return [.. zip.Names.Select(name => (name, zip.Read(name, int.MaxValue)))];
    }

    private static byte[] WithConfig(string config) =>
        Formats.Zip(Members().Select(m => m.Name == KerasFile.Config ? (m.Name, Encoding.UTF8.GetBytes(config)) : m));

    /// <summary>Loads a file, which must fail with one line and without memory worth the name; <c>inspect</c> says the same and doesn't fail.</summary>
    private static ModelFormatException Refused(byte[] file, string why)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["m.keras"], file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<ModelFormatException>(() => keras.saving.load_model(folder["m.keras"]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
        Assert.Contains(why, error.Message);
        Assert.StartsWith(folder["m.keras"] + ": ", error.Message);
        var inspection = ModelInspection.Of(folder["m.keras"]);
        inspection.Write(TextWriter.Null, Terminal.Current);
        Assert.NotEmpty(inspection.Refusals);
        return error;
    }
}
