using System.Text;
using System.Text.Json;
using KerasPort.Pictures;
using static KerasPort.Tests.Refusals;

namespace KerasPort.Tests.Pipelines;

/// <summary>Tables, lines and strings, compared with TensorFlow's recorded results (<c>fixtures/make/text_tables.py</c>).</summary>
public sealed class TextTableTests : IDisposable
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("text-tables.json")).RootElement;

    private readonly TemporaryFolder _folder = new();

    public TextTableTests()
    {
        foreach (var file in s_recorded.GetProperty("files").EnumerateObject()) File.WriteAllText(_folder[file.Name], file.Value.GetString());
    }

    public void Dispose() => _folder.Dispose();

    public static TheoryData<int> Tables => Cases("tables");

    public static TheoryData<int> Records => Cases("records");

    public static TheoryData<string> Functions => [.. s_functions.Keys];

    private static TheoryData<int> Cases(string kind) => [.. Enumerable.Range(0, s_recorded.GetProperty(kind).GetArrayLength())];

    /// <summary>Batches of named columns, their types, and the files that are refused.</summary>
    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_is_read_as_by_TensorFlow(int number)
    {
        var recorded = s_recorded.GetProperty("tables")[number];
        var given = recorded.GetProperty("arguments");
        T? Of<T>(string name, Func<JsonElement, T> read, T? otherwise = default) => given.TryGetProperty(name, out var value) ? read(value) : otherwise;
        tf.random.set_seed(2);
        Compare(recorded, () => Together(tf.data.experimental.make_csv_dataset(_folder[recorded.GetProperty("file").GetString()!], 2,
            column_names: Of("column_names", Texts), column_defaults: Of("column_defaults", Defaults), label_name: Of("label_name", v => v.GetString()),
            select_columns: Of("select_columns", Texts), field_delim: Of("field_delim", v => v.GetString(), ",")!,
                na_value: Of("na_value", v => v.GetString(), "")!,
            header: Of("header", v => v.GetBoolean(), true), num_epochs: Of<long?>("num_epochs", v => v.GetInt64()),
                shuffle: Of("shuffle", v => v.GetBoolean(), true),
            shuffle_seed: Of<long?>("shuffle_seed", v => v.GetInt64()), num_rows_for_inference: Of<int?>("num_rows_for_inference", v => v.GetInt32(), 100),
            ignore_errors: Of("ignore_errors", v => v.GetBoolean()))));
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Records_are_read_as_by_TensorFlow(int number)
    {
        var recorded = s_recorded.GetProperty("records")[number];
        var given = recorded.GetProperty("arguments");
        T? Of<T>(string name, Func<JsonElement, T> read, T? otherwise = default) => given.TryGetProperty(name, out var value) ? read(value) : otherwise;
        Compare(recorded, () => Together(tf.data.experimental.CsvDataset(
            _folder[recorded.GetProperty("file").GetString()!], Defaults(recorded.GetProperty("defaults")),
            header: Of("header", v => v.GetBoolean()), field_delim: Of("field_delim", v => v.GetString(), ",")!,
                use_quote_delim: Of("use_quote_delim", v => v.GetBoolean(), true),
            na_value: Of("na_value", v => v.GetString(), "")!, select_cols: Of("select_cols", v => v.EnumerateArray().Select(n => n.GetInt32()).ToArray()))));
    }

    [Fact]
    public void Lines_and_names_come_as_in_TensorFlow()
    {
        var lines = s_recorded.GetProperty("lines");
        Compare(lines[0], () => Together(tf.data.TextLineDataset(_folder["lines.txt"])));
        // Recorded in the folder.
        string[] Names(Dataset files) => [.. files.Select(file => "./" + Path.GetFileName((string)file))];
        tf.random.set_seed(2);
        Assert.Equal(["./tabs.tsv"], Names(tf.data.Dataset.list_files(_folder["*.tsv"])));
        Assert.Equal(lines[2].GetProperty("value").EnumerateArray().Select(one => one.GetProperty("values")[0].GetString()),
            Names(tf.data.Dataset.list_files(_folder["[p-r]*.csv"], seed: 4)));
        Assert.Equal(["./plain.csv"], Names(tf.data.Dataset.list_files(_folder["p?ain.csv"], shuffle: false)));
        Assert.StartsWith("No files matched pattern", Assert.Throws<ValueError>(() => tf.data.Dataset.list_files(_folder["*.none"])).Message);
        Assert.Equal(13, tf.io.gfile.glob(_folder["[!l]*"]).Length);
        Assert.True(tf.io.gfile.exists(_folder["plain.csv"]));
        string two = string.Join('\n', tf.data.TextLineDataset(new[] { _folder["tabs.tsv"], _folder["tabs.tsv"] }, num_parallel_reads: 2)
            .Select(line => (string)line));
        Assert.Equal("1\t2\n1\t2\n3\t4\n3\t4", two);
    }

    private static readonly Tensor s_words = tf.constant(["Horse", " a b ", "x1y22", ""]);

    private static readonly Dictionary<string, Func<Tensor>> s_functions = new()
    {
        ["split"] = () => tf.strings.split("a/b//c", "/"),
        ["split words"] = () => tf.strings.split("  to be  or not "),
        ["split once"] = () => tf.strings.split("a/b/c", "/", maxsplit: 1),
        ["to_number"] = () => tf.strings.to_number(tf.constant(["1.5", "-2", " 3e2 ", "inf"])),
        ["to_number int"] = () => tf.strings.to_number(tf.constant(["7", "-9"]), tf.int64),
        ["to_number wrong"] = () => tf.strings.to_number(tf.constant(["7.5"]), tf.int32),
        ["join"] = () => tf.strings.join([s_words, "-", s_words], separator: "+"),
        ["lower"] = () => tf.strings.lower(s_words),
        ["upper"] = () => tf.strings.upper(s_words),
        ["strip"] = () => tf.strings.strip(s_words),
        ["length"] = () => tf.strings.length(tf.constant(["é", "ab"])),
        ["length chars"] = () => tf.strings.length(tf.constant(["é", "ab"]), unit: "UTF8_CHAR"),
        ["substr"] = () => tf.strings.substr(tf.constant(["hello", "world"]), 1, 3),
        ["regex_replace"] = () => tf.strings.regex_replace(s_words, @"(\d)", @"<\1>"),
        ["regex_full_match"] = () => tf.strings.regex_full_match(s_words, @"[a-z]\d.*"),
        ["as_string"] = () => tf.strings.as_string((NDArray)new[] { 1, 20 }),
        ["as_string float"] = () => tf.strings.as_string((NDArray)new[] { 1.5f, -2f }),
        ["hash"] = () => tf.strings.to_hash_bucket_fast(s_words, 1000),
        ["equal"] = () => tf.equal("b", tf.constant(["a", "b"])),
        ["index"] = () => s_words[-2],
        ["slice"] = () => s_words[1..3],
        ["expand_dims"] = () => tf.expand_dims(s_words, -1),
        ["decode_raw"] = () => tf.io.decode_raw(Strings.Of([[1, 0, 2, 0], [3, 0, 0, 1]], ArrayShape.Create([2])), tf.uint8),
        ["decode_raw big"] = () => tf.io.decode_raw(Strings.Of([0, 0, 1, 2]), tf.int32, little_endian: false),
        ["decode_csv"] = () => Tensor.Several(tf.io.decode_csv(tf.constant(["1,a,2.5", ",\"b,c\","]), [0, "", 1.0])),
        ["decode_csv wrong"] = () => Tensor.Several(tf.io.decode_csv(tf.constant(["1,a"]), [0, 0])),
        ["decode_csv one"] = () => Tensor.Several(tf.io.decode_csv("4,5", [0, 0])),
        ["repr"] = () => tf.constant("it's").ToString(),
        ["repr bytes"] = () => ((Tensor)Strings.Of([(byte)'a', 0xE9, (byte)'\n', (byte)'"', (byte)'\''])).ToString(),
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Functions_of_strings_give_TensorFlows_values(string name) =>
        Compare(s_recorded.GetProperty("strings").EnumerateArray().Single(one => one.GetProperty("name").GetString() == name), () => s_functions[name]());

    /// <summary>The pipeline for a folder of pictures, written by hand: names, labels by folders, decoded, resized; equal to the library's function.</summary>
    [Fact]
    public void Pictures_are_read_by_their_names()
    {
        MakePictures();
        string[] classes = ["a", "b"];
        Tensor Label(Tensor path) => tf.argmax(tf.equal(tf.strings.split(path, Path.DirectorySeparatorChar.ToString())[-2], classes));
        Tensor Picture(Tensor path) => tf.image.resize(tf.io.decode_png(tf.io.read_file(path), channels: 3), (3, 4));
        var byHand = tf.data.Dataset.list_files(_folder["pictures/*/*.png"], shuffle: false)
            .map(path => (Picture(path), Label(path)), num_parallel_calls: 2).batch(2);
        var made = keras.utils.image_dataset_from_directory(_folder["pictures"], image_size: (3, 4), shuffle: false, batch_size: 2, verbose: false);
        foreach (var (expected, actual) in made.Zip(byHand))
        {
            Assert.All(expected[0].numpy().ToFloats().Zip(actual[0].numpy().ToFloats()), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
            Assert.Equal(expected[1].numpy().ToInts(), actual[1].numpy().ToInts());
        }
        var image = tf.io.decode_image(tf.io.read_file(_folder["pictures/a/0.png"]), dtype: tf.float32);
        Assert.InRange((double)image.numpy().max(), 0, 1);
        tf.io.write_file(_folder["copy.png"], tf.io.encode_png(tf.image.convert_image_dtype(image, tf.uint8)));
        Assert.Equal(image.numpy().ToFloats(), tf.image.decode_image(tf.io.read_file(_folder["copy.png"]), dtype: tf.float32).numpy().ToFloats());
        Assert.StartsWith("cannot identify image file", Assert.Throws<DatasetException>(() => tf.io.decode_png("no picture")).Message);
        Assert.StartsWith("There is no file", Assert.Throws<DatasetException>(() => tf.io.read_file(_folder["none"])).Message);
        Assert.Contains("expand_animations: false", Assert.Throws<ValueError>(() => tf.io.decode_image("GIF89a")).Message);
    }

    /// <summary>As TensorFlow 2.16.2 and numpy print them.</summary>
    [Fact]
    public void Strings_print_as_in_Python()
    {
        Assert.Equal("tf.Tensor([b'a' b'b'], shape=(2,), dtype=string)", f($"{tf.constant(["a", "b"]).Printed}"));
        var rows = tf.constant(new[,] { { "a", "bcd" }, { "it's", "d" } });
        Assert.Equal("tf.Tensor(\n[[b'a' b'bcd']\n [b\"it's\" b'd']], shape=(2, 2), dtype=string)", rows.Printed);
        Assert.Equal("<tf.Tensor: shape=(2, 2), dtype=string, numpy=\narray([[b'a', b'bcd'],\n       [b\"it's\", b'd']], dtype=object)>", $"{rows}");
        Assert.Equal("<tf.Tensor: shape=(2, 2), dtype=int32, numpy=\narray([[1, 2],\n       [3, 4]], dtype=int32)>", $"{tf.constant([[1, 2], [3, 4]])}");
        Assert.Equal("[b'a' b'b']", f($"{(Strings)tf.constant(["a", "b"])}"));
        Assert.Equal("tf.Tensor([], shape=(0,), dtype=string)", tf.constant(Array.Empty<string>()).Printed);
        var many = tf.constant([.. Enumerable.Range(0, 12).Select(i => string.Concat(Enumerable.Repeat(i, 9)))]);
        Assert.Equal("""
            <tf.Tensor: shape=(12,), dtype=string, numpy=
            array([b'000000000', b'111111111', b'222222222', b'333333333',
                   b'444444444', b'555555555', b'666666666', b'777777777',
                   b'888888888', b'999999999', b'101010101010101010',
                   b'111111111111111111'], dtype=object)>
            """, $"{many}");
        Assert.Equal("['0' '1' '2' ... '1197' '1198' '1199']", $"{np.array(Enumerable.Range(0, 1200).Select(i => $"{i}"))}");
        Assert.Equal("array([['a', 'b'],\n       ['c', 'de']], dtype='<U2')", PythonText.Repr(np.array(new[,] { { "a", "b" }, { "c", "de" } })));
    }

    /// <summary>Input that isn't a table, or a tensor of numbers, is refused in one line.</summary>
    [Fact]
    public void What_strings_cannot_do_is_refused()
    {
        string words = tf.constant(["a", "b"]).ToString();
        Assert.Equal("<tf.Tensor: shape=(2,), dtype=string, numpy=array([b'a', b'b'], dtype=object)>", words);
        Assert.StartsWith("Arrays hold numbers here", Refused(() => s_words.numpy()));
        Assert.StartsWith("Arrays hold numbers here", Refused(() => s_words + 1));
        Assert.StartsWith("Arrays hold numbers here", Refused(() => np.zeros(2, tf.@string)));
        Assert.StartsWith("Arrays hold numbers here", Refused(() => np.zeros(2).astype(tf.@string)));
        Assert.StartsWith("`split` takes one string or a row of them", Refused(() => tf.strings.split(tf.expand_dims(s_words, 0))));
        Assert.StartsWith("One string is expected", Refused(() => (string)s_words));
        Assert.StartsWith("`field_delim` must be one character",
            Refused(() => tf.data.experimental.make_csv_dataset(_folder["plain.csv"], 2, field_delim: "::")));
        Assert.StartsWith("`compression_type` is", Refused(() => tf.data.TextLineDataset(_folder["lines.txt"], "BZIP2")));
        Assert.Contains("can't be read", Assert.Throws<DatasetException>(() => tf.data.TextLineDataset(_folder["lines.txt"], "GZIP").Count()).Message);
        var model = keras.Sequential([keras.Input(1), keras.layers.Dense(1)]);
        Assert.StartsWith("Arrays hold numbers here", Refused(() => model.predict(tf.data.Dataset.from_tensor_slices((Tensor)s_words).batch(2), verbose: 0)));
        string message = Assert.Throws<DatasetException>(() => tf.data.experimental.make_csv_dataset(_folder["ragged.csv"], 2, num_epochs: 1)).Message;
        Assert.EndsWith("ragged.csv, record 3: Problem inferring types: CSV row 3 has 1 number of fields. Expected: 2.", message);
    }

    /// <summary>The byte order mark of UTF-8, compressed files, files of fixed-length records, and strings by their indices in a vocabulary.</summary>
    [Fact]
    public void Files_come_as_programs_write_them()
    {
        File.WriteAllText(_folder["bom.csv"], "\uFEFFa,b\n1,x\n", new UTF8Encoding(false));
        var table = tf.data.experimental.make_csv_dataset(_folder["bom.csv"], 1, label_name: "a", num_epochs: 1);
        var (features, label) = table.get_single_element();
        Assert.Equal(("x", 1), ((string)features["b"][0], (int)label[0]));
        Assert.Equal("({'b': TensorSpec(shape=(None,), dtype=tf.string, name=None)}, TensorSpec(shape=(None,), dtype=tf.int32, name=None))",
            table.element_spec.ToString());
        using (var packed = new System.IO.Compression.GZipStream(File.Create(_folder["packed.csv"]), System.IO.Compression.CompressionMode.Compress))
            packed.Write(File.ReadAllBytes(_folder["plain.csv"]));
        var plain = tf.data.experimental.make_csv_dataset(_folder["plain.csv"], 3, num_epochs: 1, shuffle: false);
        var unpacked = tf.data.experimental.make_csv_dataset(_folder["packed.csv"], 3, num_epochs: 1, shuffle: false, compression_type: "GZIP");
        Assert.Equal(plain.Select(batch => batch.ToString()), unpacked.Select(batch => batch.ToString()));
        File.WriteAllBytes(_folder["records"], [9, 9, 1, 2, 3, 4, 5, 6, 7]);
        var records = tf.data.FixedLengthRecordDataset(_folder["records"], 3, header_bytes: 2, footer_bytes: 1)
            .map(record => tf.io.decode_raw(record, tf.uint8));
        Assert.Equal(["1 2 3", "4 5 6"], records.Select(record => string.Join(' ', record.numpy().ToInts())));
        Assert.Contains("expected records of 4",
            Assert.Throws<DatasetException>(() => tf.data.FixedLengthRecordDataset(_folder["records"], 4).Count()).Message);
        var lookup = keras.layers.StringLookup();
        lookup.adapt(plain.map(batch => batch["name"]));
        Assert.Equal(["[UNK]", "Eve", "Dan", "Cid", "Bob", "Ann"], lookup.get_vocabulary());
        Assert.Equal([5, 4, 3], plain.map(batch => lookup.Apply(batch["name"])).First().numpy().ToInts());
        var normalization = keras.layers.Normalization(axis: null);
        normalization.adapt(plain.map(batch => batch["fare"]));
        Assert.Equal(31.17f, (float)normalization.mean, 1e-4f);
    }

    private void MakePictures()
    {
        foreach (string name in new[] { "a", "b" })
            for (int i = 0; i < 2; i++)
            {
                Directory.CreateDirectory(_folder[$"pictures/{name}"]);
                byte[] pixels = [.. Enumerable.Range(0, 5 * 6 * 3).Select(n => (byte)(n * (i + 7) % 251 + name[0] % 4))];
                File.WriteAllBytes(_folder[$"pictures/{name}/{i}.png"], PictureCodec.Open("a test").Encode(new Image(5, 6, 3, pixels), "png"));
            }
    }

    private static string[] Texts(JsonElement values) => [.. values.EnumerateArray().Select(v => v.GetString()!)];

    private static RecordDefault[] Defaults(JsonElement values) => [.. values.EnumerateArray().Select(v => v.ValueKind switch
    {
        JsonValueKind.Number => v.TryGetInt32(out int whole) && !v.GetRawText().Contains('.') ? (RecordDefault)whole : v.GetDouble(),
        _ => v.GetString() switch
        {
            "int32" => tf.int32,
            "int64" => tf.int64,
            "float32" => tf.float32,
            "float64" => tf.float64,
            "string" => (RecordDefault)tf.@string,
            var text => text!,
        },
    })];

    private static Tensor Together(Dataset dataset) => Tensor.Several([.. dataset]);

    private static void Compare(JsonElement recorded, Func<Tensor> make)
    {
        if (recorded.TryGetProperty("error", out _))
        {
            var refusal = Assert.ThrowsAny<Exception>(make);
            Assert.True(refusal is ValueError or DatasetException, refusal.ToString());
            Assert.DoesNotContain('\n', refusal.Message);
        }
        else Same(recorded.GetProperty("value"), make());
    }

    /// <summary>Whether a tensor, several or a dictionary of them equal Python's, as JSON.</summary>
    internal static void Same(JsonElement expected, Tensor actual, double tolerance = 0)
    {
        if (expected.ValueKind == JsonValueKind.Array)
        {
            Assert.Equal(expected.GetArrayLength(), actual.Parts!.Count);
            foreach (var (one, part) in expected.EnumerateArray().Zip(actual.Parts)) Same(one, part, tolerance);
            return;
        }
        if (!expected.TryGetProperty("values", out var values))
        {
            Assert.Equal(expected.EnumerateObject().Select(one => one.Name), actual.keys());
            foreach (var one in expected.EnumerateObject()) Same(one.Value, actual[one.Name], tolerance);
            return;
        }
        // Results of computations with tensors are float32.
        string type = expected.GetProperty("dtype").GetString()!;
        if (tolerance == 0 || !type.StartsWith("int", StringComparison.Ordinal) || actual.dtype != DType.float32) Assert.Equal(type, actual.dtype.name);
        Assert.Equal(expected.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()), actual.shape.Select(d => d!.Value));
        if (actual.Texts is { } texts)
            Assert.Equal(values.EnumerateArray().Select(v => v.GetString()),
                Enumerable.Range(0, texts.Count).Select(i => Encoding.Latin1.GetString(texts.Bytes(i))));
        else
            Assert.All(values.EnumerateArray().Select(Number).Zip(actual.numpy().ToDoubles()),
                pair => Assert.True(pair.First == pair.Second
                    || Math.Abs(pair.First - pair.Second) <= tolerance * Math.Max(1, Math.Abs(pair.First)), $"{pair}"));
    }

    private static double Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.String => double.PositiveInfinity,
        _ => value.GetDouble(),
    };
}
