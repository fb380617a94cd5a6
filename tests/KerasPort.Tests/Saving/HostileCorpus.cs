using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using KerasPort.Fuzz;
using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort.Tests.Saving;

/// <summary>A malicious file: its extension, and words of the expected refusal.</summary>
internal sealed record HostileFile(string Name, string Ending, byte[] Bytes, string Why);

/// <summary>A file for each known way to attack a reader of model files.</summary>
internal static class HostileCorpus
{
    /// <summary>HDF5 as h5py writes it.</summary>
    private static readonly (string Name, string Why)[] s_weights =
    [
        ("external-link", "a link to another file"),
        ("soft-link", "a soft link"),
        ("external-data", "data in another file"),
        ("virtual", "a virtual data set"),
        ("filtered", "filtered"),
        ("chunked", "chunked"),
        ("shape-bomb", "larger than any file"),
        ("integers", "expected float32, found int32"),
        ("big-endian", "expected float32, found other"),
        ("other-shape", "expected shape (4, 3), found float32 (3, 4)"),
        ("missing", "expected 2 weights, found 1"),
        ("group-for-dataset", "expected a dataset, found a group"),
        ("cycle", "used twice"),
        ("deep", "at most 32 groups"),
    ];

    /// <summary>Values inserted into a configuration.</summary>
    private static readonly (string At, string Value, string Why)[] s_settings =
    [
        ("$.config.layers[1].class_name", "\"Lambda\"", "class 'Lambda' is refused"),
        ("$.config.layers[1].class_name", "\"Process\"", "class 'Process' is refused"),
        ("$.config.layers[1].class_name", "\"System.Diagnostics.Process, System\"", "is refused"),
        ("$.config.layers[1].class_name", "\"Sequential\"", "expected 'layers', found none"),
        ("$.config.layers[1].class_name", "\"TorchModuleWrapper\"", "is refused"),
        ("$.config.layers[1].module", "\"os\"", "of module \"os\" is refused"),
        ("$.config.layers[1].module", "\"keras_evil\"", "is refused"),
        ("$.config.layers[1].registered_name", "\"Custom>Flatten\"", "is refused"),
        ("$.class_name", "\"Functional\"", "expected 'inbound_nodes', found none"),
        ("$.class_name", "\"Subclassed\"", "a model of class 'Subclassed' is refused; a model may be Functional, Sequential"),
        ("$.config.layers[2].config.activation", "{\"class_name\":\"function\",\"config\":\"system\",\"module\":\"os\"}",
            "expected the name of an activation function"),
        ("$.config.layers[2].config.activation", "\"os.system\"", "Could not interpret activation function"),
        ("$.config.layers[2].config.kernel_initializer", "\"/etc/passwd\"", "Could not interpret initializer"),
        ("$.config.layers[2].config.kernel_initializer.class_name", "\"Sobol\"", "is refused"),
        ("$.config.layers[2].class_name", "\"LSTM\"", "class 'LSTM' is refused; there is no such layer here; docs/python.md lists those that there are"),
        ("$.config.layers[2].class_name", "\"Dens\"", "class 'Dens' is refused; there is no such layer here, did you mean \"Dense\"?"),
        ("$.config.layers[2].config.kernel_regularizer", "{\"class_name\":\"L3\",\"config\":{}}", "class 'L3' is refused; a regularizer may be L1, L1L2, L2"),
        ("$.config.layers[2].config.dtype", "\"mixed_float16\"", "mixed_float16 is not supported"),
        ("$.config.layers[2].config.trainable", "\"no\"", "trainable: expected true or false, found \"no\""),
        ("$.config.layers[2].config.units", "1e999", "expected a whole number"),
        ("$.config.layers[2].config.units", "-1", "expected a positive integer"),
        ("$.config.layers[2].config.units", "2147483647", "is refused"),
        ("$.config.layers[2].config.units", "100000000", "bytes of weights"),
        ("$.config.layers[2].config.units", "4", "expected shape (4, 4), found float32 (4, 3)"),
        ("$.config.layers[2].config.name", "\"a/b\"", "cannot contain"),
        ("$.config.layers[2].config.name", "\"dense_1\"", "unique names"),
        ("$.config.layers[0].config.batch_shape", "[null,65536,65536]", "too large"),
        ("$.config.layers[0].config.batch_shape", "[null,null,2]", "The last axis"),
        ("$.config.layers[0].config.batch_shape", "[]", "batch dimension in front"),
        ("$.config.layers[0].config.batch_shape", "[null,0,2]", "must be open or a number of 1 or more"),
        ("$.compile_config.optimizer.config.learning_rate", "\"http://localhost/\"", "expected a number"),
    ];

    /// <summary>Values inserted into the compile configuration: nothing is looked up anywhere, and the model loads without being compiled.</summary>
    public static IReadOnlyList<(string At, string Value, string Why)> Trainings { get; } =
    [
        ("$.compile_config.loss", "\"/etc/passwd\"", "Could not interpret loss identifier: /etc/passwd"),
        ("$.compile_config.loss", "{\"class_name\":\"Evil\",\"config\":{},\"module\":\"keras.losses\"}",
            "class 'Evil' is refused; a loss may be BinaryCrossentropy"),
        ("$.compile_config.loss", "{\"class_name\":\"function\",\"config\":\"system\",\"module\":\"os\"}", "class 'function' of module \"os\" is refused"),
        ("$.compile_config.loss", "{\"a\":\"mse\",\"b\":\"/etc/passwd\"}", "Could not interpret loss identifier: /etc/passwd"),
        ("$.compile_config.loss_weights", "[\"2\"]", "loss_weights: expected a number for each output, found [\"2\"]"),
        ("$.compile_config.weighted_metrics", "[\"system\"]", "Could not interpret metric identifier: system"),
        ("$.compile_config.optimizer.config.nesterov", "true", "nesterov: true is refused; Adam has no such setting here"),
        ("$.compile_config.optimizer.config.learning_rate", "{\"class_name\":\"Decay\",\"config\":{}}",
            "class 'Decay' is refused; a learning rate schedule may be CosineDecay, CosineDecayRestarts"),
        ("$.compile_config.optimizer.class_name", "\"Adan\"", "class 'Adan' is refused; an optimizer may be Adadelta, Adafactor, Adagrad, Adam, AdamW"),
        ("$.compile_config.optimizer.registered_name", "\"mine>Adam\"", "registered as \"mine>Adam\", is refused"),
        ("$.compile_config.optimizer", "\"adan\"", "Could not interpret optimizer identifier: adan"),
        ("$.compile_config.optimizer", "null", "there is no 'optimizer'"),
        ("$.compile_config.metrics", "[\"system\"]", "Could not interpret metric identifier: system"),
        ("$.compile_config.metrics", "[[{\"class_name\":\"MeanMetricWrapper\",\"config\":{\"name\":\"accuracy\",\"fn\":\"f1_metric\"}}]]",
            "the mean of 'f1_metric'"),
        ("$.compile_config.metrics", "[{\"class_name\":\"MeanMetricWrapper\",\"config\":{\"name\":\"accuracy\",\"fn\":5}}]",
            "metrics, fn: expected the name of a function, found 5"),
        ("$.compile_config.metrics", "{\"a\":[\"accuracy\"],\"b\":[\"system\"]}", "Could not interpret metric identifier: system"),
    ];

    /// <summary>Texts in place of a configuration.</summary>
    private static readonly (string Text, string Why)[] s_texts =
    [
        ("", "config.json"),
        ("[]", "expected an object"),
        ("{\"class_name\":NaN}", "'N' is an invalid start"),
        ("{\"a\":1,\"a\":2}", "uplicate"),
        (string.Concat(Enumerable.Repeat("{\"a\":", 65)) + "1" + new string('}', 65), "depth"),
        ("{\"class_name\":\"\\ud800\",\"config\":{}}", "surrogate"),
        ("{\"class_name\":\"" + new string('x', 5 << 20) + "\"}", "at most 4194304 bytes"),
        ("{\"class_name\":\"Sequential\",\"config\":{\"name\":\"\\u001b[2J\",\"layers\":{}}}", "expected array"),
        (ModelOf(string.Join(',', Enumerable.Range(0, 8193)
            .Select(i => $"{{\"class_name\":\"Flatten\",\"config\":{{\"name\":\"f{i}\"}}}}"))), "at most 8192 layers"),
    ];

    /// <summary>Graphs: their layers by class, settings and nodes, their inputs and outputs, and why they are refused.</summary>
    private static readonly (string Layers, string Inputs, string Outputs, string Why)[] s_graphs =
    [
        (Input + Dense("d", Node("a")), "[\"a\",0,0]", "[\"e\",0,0]", "there is no layer 'e'"),
        (Input + Dense("d", Node("b")), "[\"a\",0,0]", "[\"d\",0,0]", "there is no layer 'b'"),
        (Input + Dense("d", Node("a", 1)), "[\"a\",0,0]", "[\"d\",0,0]", "layer 'a' has 1 nodes, and no node 1"),
        (Input + Dense("d", Node("a", 2147483647)), "[\"a\",0,0]", "[\"d\",0,0]", "no node 2147483647"),
        (Input + Dense("d", Node("a", -1)), "[\"a\",0,0]", "[\"d\",0,0]", "expected [layer, node, tensor]"),
        (Input + Dense("d", Node("a", 0, 1)), "[\"a\",0,0]", "[\"d\",0,0]", "layer 'a' has 1 outputs, and no output 1"),
        (Input + Dense("d", Node("a")), "[\"a\",0,0]", "[\"d\",1,0]", "layer 'd' has 1 nodes, and no node 1"),
        (Input + Dense("d", Node("a")), "[\"d\",0,0]", "[\"d\",0,0]", "expected layers of class InputLayer, found 'd'"),
        (Input + Dense("d", Node("a")), "[]", "[\"d\",0,0]", "expected at least one, found none"),
        (Input + Dense("d", Node("a")), "3", "[\"d\",0,0]", "expected a list of [layer, node, tensor]"),
        (Input + Dense("d", Node("e")) + Dense("e", Node("d")), "[\"a\",0,0]", "[\"d\",0,0]", "the graph has a circle"),
        (Input + Dense("d", Node("d")), "[\"a\",0,0]", "[\"d\",0,0]", "the graph has a circle"),
        (Input + Dense("d", Node("d", 1), Node("a")), "[\"a\",0,0]", "[\"d\",0,0]", "the graph has a circle"),
        (Input + Dense("d", "[[\"d\",0,0,{}]]"), "[[\"a\",0,0]]", "[[\"d\",0,0]]", "the graph has a circle"),
        (Input + Dense("d", "[[\"a\",0]]"), "[[\"a\",0,0]]", "[[\"d\",0,0]]", "expected [layer, node, tensor, arguments]"),
        (Input + Dense("d", "[[\"a\",0,0,{\"mask\":[\"d\",0,0]}]]"), "[[\"a\",0,0]]", "[[\"d\",0,0]]", "mask: [\"d\",0,0] is not supported; it must be null"),
        (Input + Dense("d", "{\"args\":[],\"kwargs\":{}}"), "[\"a\",0,0]", "[\"d\",0,0]", "expected one argument"),
        (Input + Dense("d", "[]"), "[\"a\",0,0]", "[\"d\",0,0]", "expected a tensor that goes in, found none"),
        (Input + Dense("d", "7"), "[\"a\",0,0]", "[\"d\",0,0]", "expected a list or a dictionary, found 7"),
        (Input + Dense("d", Node("a").Replace("\"kwargs\":{}", "\"kwargs\":{\"training\":\"os.system\"}")), "[\"a\",0,0]", "[\"d\",0,0]",
            "training: expected true or false"),
        (Input + Dense("d", Node("a")) + Dense("d", Node("a")), "[\"a\",0,0]", "[\"d\",0,0]", "unique names, but 'd' is there twice"),
        (Input.Replace("\"inbound_nodes\":[]", "\"inbound_nodes\":[[[\"a\",0,0]]]"), "[\"a\",0,0]", "[\"a\",0,0]", "nothing goes into an InputLayer"),
        (Input + Dense("d", Node("a")).Replace("Dense", "Lambda"), "[\"a\",0,0]", "[\"d\",0,0]", "class 'Lambda' is refused"),
        (Input + Dense("d", Node("a")).Replace("\"units\":2", "\"units\":2000000000"), "[\"a\",0,0]", "[\"d\",0,0]", "is refused"),
        (Input + Dense("d", [.. Enumerable.Repeat(Node("a"), 9000)]), "[\"a\",0,0]", "[\"d\",0,0]", "the model has no such layer"),
        (Input + Dense("d", [.. Enumerable.Repeat("[[\"a\",0,0]]", 70_000)]), "[\"a\",0,0]", "[\"d\",0,0]",
            "expected at most 65536 calls of layers in all, found 70001"),
        (Input + Concatenation(Enumerable.Repeat("\"a\",0,0", 50_000)), "[\"a\",0,0]", "[\"c\",0,0]", "the model has no such layer"),
        (Nesting(models: 5, calls: 20), "[\"a\",0,0]", "[\"m\",1,0]", "expected at most 65536 calls of layers in all"),
        (Nesting(models: 20, calls: 1), "[\"a\",0,0]", "[\"m\",1,0]", "depth"),
    ];

    private const string Input = """{"class_name":"InputLayer","config":{"batch_shape":[null,2],"name":"a"},"name":"a","inbound_nodes":[]}""";

    private static string Dense(string name, params string[] nodes) =>
        $$""",{"class_name":"Dense","config":{"name":"{{name}}","units":2},"name":"{{name}}","inbound_nodes":[{{string.Join(',', nodes)}}]}""";

    private static string Concatenation(IEnumerable<string> tensors) =>
        $$""",{"class_name":"Concatenate","config":{"name":"c"},"name":"c","inbound_nodes":[[{{string.Join(',', tensors.Select(x => $"[{x}]"))}}]]}""";

    private static string Node(string layer, int node = 0, int tensor = 0) =>
        """{"args":[{"class_name":"__keras_tensor__","config":{"shape":[null,2],"dtype":"float32","keras_history":"""
        + $$$"""["{{{layer}}}",{{{node}}},{{{tensor}}}]}}],"kwargs":{}}""";

    /// <summary>Three nested models, each of which calls the inner one many times in a chain.</summary>
    private static string Nesting(int models, int calls)
    {
        string layers = Input + Dense("m", Node("a"));
        for (int i = 0; i < models; i++)
        {
            string nodes = string.Join(',', Enumerable.Range(0, calls).Select(call => call == 0 ? Node("a") : Node("m", call - 1)));
            string output = i == 0 ? "[\"m\",0,0]" : $"[\"m\",{calls},0]";
            layers = $$""" {{Input}},{"class_name":"Functional","config":{"name":"m","layers":[{{layers}}],"""
                + $$""" "input_layers":["a",0,0],"output_layers":{{output}}},"name":"m","inbound_nodes":[{{nodes}}]}""";
        }
        return layers;
    }

    /// <summary>Changes to the archive itself.</summary>
    private static readonly (string Name, Func<(string, byte[])[], byte[]> Make, string Why)[] s_archives =
    [
        ("traversal", members => Formats.Zip([.. members, ("../../x", [1])]), "outside the archive"),
        ("absolute", members => Formats.Zip([.. members, ("/tmp/x", [1])]), "outside the archive"),
        ("backslash", members => Formats.Zip([.. members, ("..\\x", [1])]), "outside the archive"),
        ("duplicate", members => Formats.Zip([.. members, members[1]]), "twice"),
        ("many", members => Formats.Zip([.. members, .. Enumerable.Range(0, 62).Select(i => ($"assets/{i}", Array.Empty<byte>()))]), "at most 64 members"),
        ("bomb", members => Formats.Zip([.. members[..2], (KerasFile.Weights, new byte[1_060_000])], CompressionLevel.SmallestSize), "are refused"),
        ("large", members => Formats.Zip([.. members[..2], (KerasFile.Weights, new byte[20 << 20])], CompressionLevel.SmallestSize), "expected at most"),
        ("no weights", members => Formats.Zip(members[..2]), "expected a member 'model.weights.h5'"),
        ("no config", members => Formats.Zip([members[0], members[2]]), "expected a member 'config.json'"),
        ("no zip", _ => Encoding.ASCII.GetBytes("PK is how it begins"), "damaged"),
        ("empty", _ => [], "damaged"),
    ];

    /// <summary>A valid file to start from.</summary>
    public static byte[] Tiny { get; } = File.ReadAllBytes(Fixtures.Path("hostile/tiny.keras"));

    public static IReadOnlyDictionary<string, HostileFile> All { get; } = Make().ToDictionary(f => f.Name);

    /// <summary>Loads a file: a model, or weights into one like <see cref="Tiny"/>.</summary>
    public static void Load(string path, Model tiny)
    {
        if (path.EndsWith(".weights.h5", StringComparison.Ordinal)) tiny.load_weights(path);
        else keras.saving.load_model(path);
    }

    /// <summary>An archive with another configuration.</summary>
    public static byte[] WithConfig(string config) => With(KerasFile.Config, Encoding.UTF8.GetBytes(config));

    private static IEnumerable<HostileFile> Make()
    {
        foreach (var (name, why) in s_weights)
        {
            byte[] bytes = File.ReadAllBytes(Fixtures.Path($"hostile/{name}.weights.h5"));
            yield return new($"{name}, alone", ".weights.h5", bytes, why);
            yield return new($"{name}, in an archive", ".keras", With(KerasFile.Weights, bytes), why);
        }
        foreach (var (at, value, why) in s_settings) yield return new($"{at}: {value}", ".keras", WithConfig(Changed(at, value)), why);
        foreach (var (i, (text, why)) in s_texts.Index()) yield return new($"text {i}", ".keras", WithConfig(text), why);
        foreach (var (i, (layers, inputs, outputs, why)) in s_graphs.Index())
            yield return new($"graph {i}: {why}", ".keras", WithConfig($$$"""
                {"class_name":"Functional","config":{"name":"m","layers":[{{{layers}}}],"input_layers":{{{inputs}}},"output_layers":{{{outputs}}}}}
                """), why);
        foreach (var (name, make, why) in s_archives) yield return new(name, ".keras", make(Members()), why);
        // Keras' Lambda in a legacy file, which older readers executed without asking.
        byte[] legacy = File.ReadAllBytes(Fixtures.Path("hostile/tiny.h5"));
        "\"class_name\": \"Lambda\" "u8.CopyTo(legacy.AsSpan(legacy.AsSpan().IndexOf("\"class_name\": \"Flatten\""u8)));
        yield return new("legacy Lambda", ".h5", legacy, "model_config, layer 1 \"flatten\": class 'Lambda' is refused");
    }

    private static string ModelOf(string layers) => $"{{\"class_name\":\"Sequential\",\"config\":{{\"name\":\"m\",\"layers\":[{layers}]}}}}";

    /// <summary>The valid file's configuration with another value at one position.</summary>
    public static string Changed(string at, string value)
    {
        var config = JsonNode.Parse(Members().Single(m => m.Name == KerasFile.Config).Content)!;
        string[] path = at[2..].Replace("[", ".[").Split('.');
        JsonNode owner = path[..^1].Aggregate(config, (node, step) => step[0] == '[' ? node[int.Parse(step[1..^1])]! : node[step]!);
        owner[path[^1]] = "THE VALUE";
        return config.ToJsonString().Replace("\"THE VALUE\"", value);
    }

    private static byte[] With(string member, byte[] content) => Formats.Zip(Members().Select(m => m.Name == member ? (m.Name, content) : m));

    private static (string Name, byte[] Content)[] Members()
    {
        using var zip = new ZipMembers(new MemoryStream(Tiny));
        return [.. zip.Names.Select(name => (name, zip.Read(name, int.MaxValue)))];
    }
}
