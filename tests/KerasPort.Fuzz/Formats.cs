using System.IO.Compression;
using System.Security.Cryptography;
using KerasPort.Console;
using KerasPort.Datasets;
using KerasPort.Models;
using KerasPort.Saving;
using KerasPort.Saving.Hdf5;
using KerasPort.Saving.Npy;
using KerasPort.Saving.Tables;
using KerasPort.Utils;
using PureHDF;
using static KerasPort.Python;
using JsonText = KerasPort.Saving.JsonText;

namespace KerasPort.Fuzz;

/// <summary>A format of untrusted files: how to damage one so that the damage passes the first checks, and the reader under test.</summary>
internal sealed record Format(string Name, Type Refusal, Func<System.Random, byte[]> Damaged, Action<byte[]> Read);

/// <summary>The formats, with small valid files to start from.</summary>
internal static class Formats
{
    public static IReadOnlyList<Format> All { get; } = Make();

    private static Format[] Make()
    {
        var models = Models();
        // Vocabularies that lookups learned from data are in no other format.
        byte[][] keras = [.. models.Select(KerasFile.Write), KerasFile.Write(Words())];
        byte[][] weights = [.. models.Select(WeightsFile.Write), .. models.Select(OfWindows)];
        var legacy = models.Select(m => LegacyFile.Write(m, includeOptimizer: true)).ToArray();
        foreach (string file in RecordedFiles())
        {
            if (file.EndsWith(".keras", StringComparison.Ordinal)) keras = [.. keras, File.ReadAllBytes(file)];
            else if (file.EndsWith(".weights.h5", StringComparison.Ordinal)) weights = [.. weights, File.ReadAllBytes(file)];
            else legacy = [.. legacy, File.ReadAllBytes(file)];
        }
        var members = keras.Select(Unzip).ToArray();
        byte[][] spaces = [FeatureSpaceFile.Write(Space())];
        var texts = models.Select(m => System.Text.Encoding.UTF8.GetBytes(m.to_json())).ToArray();

        byte[] idx = [0, 0, 8, 3, 0, 0, 0, 5, 0, 0, 0, 6, 0, 0, 0, 7, .. Enumerable.Range(0, 210).Select(i => (byte)(i % 10))];
        var expected = new IdxArray("images", [5, 6, 7], Convert.ToHexStringLower(SHA256.HashData(idx)));
        byte[] packed = Pack(idx);
        byte[] npy = [.. NpyFormat.Write(new NDArray(new int[24], 2, 3, 4)).SelectMany(piece => piece.ToArray())], npz = Zip([("x.npy", npy), ("y.npy", npy)]);
        byte[] table = "a,b,c\n1,2.5,-3e4\n# words\n4,\"5\",.6\n\n7,8,nan\n"u8.ToArray();
        byte[] config = """
            { "engine": "managed", "models": ["baseline", "cnn-16-16"], "epochs": 5, // five
             "batch_size": 32, "seed": null, "threads": 2, "report": "report.json", "verbose": "auto", }
            """u8.ToArray();
        return
        [
            new("keras", typeof(ModelFormatException), random => Archive(random, members, keras),
                bytes => Use(ModelFile.LoadKeras(new MemoryStream(bytes), compile: true))),
            new("feature space", typeof(ModelFormatException), random => Archive(random, spaces.Select(Unzip).ToArray(), spaces),
                bytes => FeatureSpaceFile.Read(new MemoryStream(bytes))),
            new("weights.h5", typeof(ModelFormatException), random => Hdf5(random, weights), bytes => ReadWeights(models, bytes)),
            new("h5", typeof(ModelFormatException), random => Hdf5(random, legacy), bytes => Use(ModelFile.LoadLegacy(bytes, compile: true))),
            new("json", typeof(ModelFormatException), random => Mutation.Json(random, texts[random.Next(texts.Length)]), ReadJson),
            new("idx", typeof(DatasetException), random => random.Next(2) == 0 ? Pack(Mutation.Bytes(random, idx)) : Mutation.Bytes(random, packed),
                bytes => IdxFile.Read(new MemoryStream(bytes), "input", expected)),
            new("npy", typeof(ValueError), random => Mutation.Bytes(random, npy, within: 160), bytes => NpyFormat.Read(new MemoryStream(bytes), bytes.Length)),
            new("npz", typeof(ValueError), random =>
                random.Next(2) == 0 ? Mutation.Bytes(random, npz) : Zip([("x.npy", Mutation.Bytes(random, npy, within: 160)), ("y.npy", npy)]), ReadNpz),
            new("table", typeof(ValueError), random => Mutation.Bytes(random, table),
                bytes => new StrictTable(DType.float64, "#", ",", 1, null, null, "\"").Read(TextTable.Lines(new MemoryStream(bytes), "input"), "input")
                .Shaped(unpack: true, ndmin: 0)),
            new("config", typeof(UsageException), random => Mutation.Json(random, config), bytes => ConfigFile.Parse(bytes, "input")),
        ];
    }

    private static Model[] Models()
    {
        keras.utils.set_random_seed(1);
        Model[] models =
        [
            keras.Sequential([keras.Input((2, 2)), keras.layers.Flatten(), keras.layers.Dense(3, activation: "relu"),
                keras.layers.Dense(2, activation: "softmax")], name: "dense"),
            keras.Sequential([keras.Input((6, 6, 1)), keras.layers.Conv2D(2, 3, padding: "same", activation: "tanh"), keras.layers.MaxPooling2D(2),
                keras.layers.Activation("relu"), keras.layers.Conv2D(1, 2, use_bias: false), keras.layers.Flatten(),
                keras.layers.Dense(2)], name: "convolution"),
            Graph(),
        ];
        foreach (var model in models)
        {
            model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits: model.name == "convolution"), ["accuracy"]);
            model.fit(Zeros(model, rows: 4), new NDArray([0, 1, 0, 1]), verbose: 0);
        }
        return models;
    }

    /// <summary>Weights as Keras 2 saved them on Windows: paths with backslashes, which are names in the file.</summary>
    private static byte[] OfWindows(Model model)
    {
        var root = WeightsFile.Content(model);
        var layers = (H5Group)root["layers"];
        root.Remove("layers");
        foreach (var (name, group) in layers) root["layers\\" + name] = group;
        return Hdf5Writer.Bytes(root);
    }

    /// <summary>The vocabulary that a lookup learned from data, with the weight of each token.</summary>
    private static Sequential Words()
    {
        var lookup = keras.layers.IntegerLookup(output_mode: "tf_idf");
        lookup.adapt(np.array([[3, 3, 4], [4, 5, 6]]));
        return keras.Sequential([keras.Input(3, dtype: "int64"), lookup, keras.layers.Dense(2, activation: "softmax")], name: "words");
    }

    /// <summary>A column of each kind that learns from its data.</summary>
    private static FeatureSpace Space()
    {
        var space = keras.utils.FeatureSpace(new()
        {
            ["age"] = "float_normalized", ["kind"] = "string_categorical", ["code"] = "integer_categorical", ["part"] = "float_discretized",
            ["raw"] = "float", ["hash"] = "string_hashed",
        }, crosses: [("kind", "code")]);
        space.adapt(new Dictionary<string, Tensor>
        {
            ["age"] = np.array([1.0, 2.0, 4.0]), ["kind"] = new[] { "a", "b", "a" }, ["code"] = np.array([1, 2, 2]), ["part"] = np.array([0.1, 0.5, 0.9]),
            ["raw"] = np.array([1.0, 2.0, 3.0]), ["hash"] = new[] { "u", "v", "w" },
        });
        return space;
    }

    /// <summary>Two inputs, a shared layer, a frozen one, and nested models of each kind.</summary>
    private static Model Graph()
    {
        Tensor a = keras.Input(3, name: "a"), b = keras.Input(3, name: "b"), c = keras.Input(4);
        var shared = keras.layers.Dense(2, activation: "relu", name: "shared");
        shared.trainable = false;
        var chain = keras.Sequential([keras.Input(4), keras.layers.Dense(4), keras.layers.BatchNormalization()], name: "chain");
        var residual = keras.Model(c, keras.layers.Add().Apply([keras.layers.Dense(4).Apply(c), c]), name: "residual");
        var x = keras.layers.Concatenate().Apply([shared.Apply(a), shared.Apply(b)]);
        return keras.Model([a, b], keras.layers.Dense(2, activation: "softmax").Apply(residual.Apply(chain.Apply(x))), name: "graph");
    }

    /// <summary>Files that Python Keras wrote, where the repository is at hand.</summary>
    private static IEnumerable<string> RecordedFiles()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string recorded = Path.Combine(folder.FullName, "tests", "fixtures", "hostile");
            if (Directory.Exists(recorded)) return Directory.GetFiles(recorded, "tiny*").Order(StringComparer.Ordinal);
        }
        return [];
    }

    /// <summary>An archive with damage in a member, whose checksum is then corrected, or in the archive itself.</summary>
    private static byte[] Archive(System.Random random, (string Name, byte[] Content)[][] members, byte[][] archives)
    {
        int which = random.Next(members.Length), member = random.Next(members[which].Length + 1);
        if (member == members[which].Length) return Mutation.Bytes(random, archives[which]);
        var damaged = members[which].ToList();
        var (name, content) = damaged[member];
        switch (random.Next(30))
        {
            case 0: damaged.RemoveAt(member); break;
            case 1: damaged.Add((name, content)); break;
            case 2: damaged[member] = (new[] { "../" + name, "/" + name, name + "x", "a/../../" + name, "C:\\" + name }[random.Next(5)], content); break;
            case 3: damaged.AddRange(Enumerable.Range(0, random.Next(80)).Select(i => ($"assets/{i}", Array.Empty<byte>()))); break;
            default:
                damaged[member] = (name, name.EndsWith(".json", StringComparison.Ordinal) ? Mutation.Json(random, content)
                : Hdf5(random, [content])); break;
        }
        return Zip(damaged, random.Next(4) == 0 ? CompressionLevel.Fastest : CompressionLevel.NoCompression);
    }

    // The structures of these small files lie everywhere in them.
    private static byte[] Hdf5(System.Random random, byte[][] files)
    {
        byte[] file = files[random.Next(files.Length)];
        // Text inside (a legacy file's configurations) is damaged as text of the same length, so that it's read.
        int text = random.Next(3) == 0 ? file.AsSpan().IndexOf("{\"class_name\""u8) : -1, end = text + (text < 0 ? 0 : file.AsSpan(text).IndexOf((byte)0));
        byte[] all;
        if (text < 0 || end <= text) all = Mutation.Bytes(random, file);
        else
        {
            byte[] damaged = Mutation.Json(random, file[text..end]);
            all = [.. file];
            for (int i = text; i < end; i++) all[i] = i - text < damaged.Length ? damaged[i - text] : (byte)' ';
        }
        // Mostly with corrected checksums, so that the damage passes them.
        if (random.Next(8) != 0) Hdf5Sums.Mend(all, file);
        return all;
    }

    /// <summary>Text has no weights, whose size would limit the memory it may ask for; here only small models are built.</summary>
    private static void ReadJson(byte[] bytes)
    {
        if (ModelConfig.WeightBytes(ModelConfig.Read(JsonText.Parse(bytes, ""), "model")) < 1 << 20) Use(
            ModelFile.FromJson(System.Text.Encoding.UTF8.GetString(bytes)));
    }

    private static void ReadNpz(byte[] bytes)
    {
        using var file = new MemoryStream(bytes);
        foreach (string name in NpzFormat.Names(file)) NpzFormat.Read(file, name);
    }

    private static void ReadWeights(Model[] models, byte[] bytes)
    {
        var root = Hdf5File.Read(bytes).Unfolded();
        var model = models[root.Find("layers/concatenate") is not null ? 2 : root.Find("layers/conv2d") is not null ? 1 : 0];
        WeightsFile.Read(root, model, trainedBy: _ => new KerasPort.Optimizers.Adam());
    }

    /// <summary>A damaged model that loads must also run, where it is small.</summary>
    private static void Use(Model model)
    {
        if (!model.built || ModelConfig.WeightBytes(model) > 40_000 || !IsSmall(model) || model.inputs.Any(x => x.shape[0] is > 1)) return;
        model.predict(Zeros(model, rows: 1), verbose: 0);
    }

    private static bool IsSmall(Model model) => model.Graph!.Calls is { Length: < 100 } calls
        && calls.All(call => call.Outputs.All(x => x.shape[1..].Size <= 10_000) && (call.Layer is not Model inner || IsSmall(inner)));

    private static Data Zeros(Model model, int rows) =>
        Data.Create([.. model.inputs.Select(x => new NDArray(new float[rows * x.shape[1..].Size], [rows, .. x.shape[1..].ToArray()]))]);

    private static (string, byte[])[] Unzip(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        return [.. zip.Entries.Select(entry =>
        {
            using var stream = entry.Open();
            var content = new MemoryStream();
            stream.CopyTo(content);
            return (entry.FullName, content.ToArray());
        })];
    }

    public static byte[] Zip(IEnumerable<(string Name, byte[] Content)> members, CompressionLevel level = CompressionLevel.NoCompression)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in members)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }
        return stream.ToArray();
    }

    private static byte[] Pack(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }
}
