using System.Text.Json;
using KerasPort.Pipelines;

namespace KerasPort.Tests.Pipelines;

/// <summary>TFRecord files and their content, as TensorFlow writes and reads them (<c>records.json</c>, written by make/records.py).</summary>
public class RecordTests
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("records.json")).RootElement;

    private static readonly Dictionary<string, FeatureSpec> s_features = new()
    {
        ["id"] = tf.io.FixedLenFeature([], tf.int64),
        ["name"] = tf.io.FixedLenFeature([], tf.@string),
        ["values"] = tf.io.FixedLenFeature([3], tf.float32),
        ["many"] = tf.io.FixedLenSequenceFeature([], tf.int64, allow_missing: true),
        ["words"] = tf.io.VarLenFeature(tf.@string),
        ["none"] = tf.io.FixedLenFeature([2], tf.float32, default_value: [1.0, 2.0]),
        ["missing"] = tf.io.VarLenFeature(tf.int64),
    };

    private static readonly Dictionary<string, Tensor> s_tensors = new()
    {
        ["float"] = np.array([[1.5, 2], [3, -4]], "float32"),
        ["long"] = np.arange(3),
        ["bool"] = np.array([true, false]),
        ["half"] = np.array(1.5, "float16"),
        ["empty"] = np.zeros((2, 0), "int32"),
        ["bytes"] = np.array([200, 3], "uint8"),
        ["strings"] = (string[])["a", "", "abc"],
    };

    private static byte[] Bytes(JsonElement base64) => base64.GetBytesFromBase64();

    private static Example Written(int i)
    {
        Feature words = i == 0 ? tf.train.Feature(bytes_list: tf.train.BytesList())
            : tf.train.Feature(bytes_list: tf.train.BytesList(value: ((byte[][])[[(byte)'a'], [0xff, 0]])[..i]));
        return tf.train.Example(features: tf.train.Features(feature: new()
        {
            ["id"] = tf.train.Feature(int64_list: tf.train.Int64List(value: [i - 1])),
            ["name"] = tf.train.Feature(bytes_list: tf.train.BytesList(value: [$"nr {i}"])),
            ["values"] = tf.train.Feature(float_list: tf.train.FloatList(value: [0.5 * i, -1.25, 3e10])),
            ["many"] = tf.train.Feature(int64_list: tf.train.Int64List(value: np.arange(-i, (1L << 40) * i, 1L << 39))),
            ["words"] = words,
        }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("GZIP")]
    [InlineData("ZLIB")]
    public void A_file_of_records_is_read_and_written_as_TensorFlows(string compression)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "theirs.tfrecord"), own = Path.Combine(folder.Path, "own.tfrecord");
        File.WriteAllBytes(path, Bytes(s_recorded.GetProperty("files").GetProperty(compression)));
        byte[][] records = [.. tf.data.TFRecordDataset(path, compression_type: compression).Select(record => record.Texts!.Bytes(0))];
        Assert.Equal([.. s_recorded.GetProperty("examples").EnumerateArray().Select(Bytes), []], records);
        using (var writer = tf.io.TFRecordWriter(own, compression))
            foreach (byte[] record in records) writer.write(record);
        Assert.Equal(records, tf.data.TFRecordDataset((string[])[own], compression_type: compression, num_parallel_reads: 2).Select(r => r.Texts!.Bytes(0)));
        if (compression.Length == 0) Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(own));
    }

    [Fact]
    public void A_record_of_values_is_parsed_as_TensorFlow_parses_it()
    {
        foreach (var (serialized, parsed) in s_recorded.GetProperty("examples").EnumerateArray().Zip(s_recorded.GetProperty("parsed").EnumerateArray()))
            Same(parsed, tf.io.parse_single_example(Strings.Of(Bytes(serialized)), s_features));
        byte[][] all = [.. s_recorded.GetProperty("examples").EnumerateArray().Select(Bytes)];
        Same(s_recorded.GetProperty("batch"), tf.io.parse_example(Strings.Of(all, ArrayShape.Create([3])), s_features));
    }

    [Fact]
    public void What_is_written_here_is_what_TensorFlow_writes_for_it()
    {
        foreach (var (serialized, i) in s_recorded.GetProperty("examples").EnumerateArray().Select((one, i) => (one, i)))
        {
            byte[] own = Written(i).SerializeToString();
            // The order of the names is undefined.
            Assert.Equal(Bytes(serialized).Order(), own.Order());
            Same(s_recorded.GetProperty("parsed")[i], tf.io.parse_single_example(Strings.Of(own), s_features));
            var again = tf.train.Example();
            Assert.Equal(own.Length, again.ParseFromString(own));
            Assert.Equal([i - 1L], again.features.feature["id"].int64_list.value);
            Assert.Equal(own, again.SerializeToString());
        }
        Assert.Contains("tf.train.FloatList", Assert.Throws<TypeError>(() => tf.train.Int64List(value: [0.5])).Message);
    }

    [Fact]
    public void A_record_without_what_is_asked_for_is_refused_in_TensorFlows_words()
    {
        Tensor one = Strings.Of(Written(1).SerializeToString());
        Assert.Equal("Key: id.  Number of int64 values != expected.  Values size: 1 but output shape: (2,)",
            Refused("id", tf.io.FixedLenFeature([2], tf.int64)));
        Assert.Equal(s_recorded.GetProperty("refused").GetProperty("name").GetString(), Refused("name", tf.io.FixedLenFeature([], tf.int64)));
        Assert.Equal(s_recorded.GetProperty("refused").GetProperty("other").GetString(), Refused("other", tf.io.FixedLenFeature([], tf.int64)));

        string Refused(string name, FeatureSpec feature) =>
            Assert.Throws<ValueError>(() => tf.io.parse_single_example(one, new() { [name] = feature })).Message;
    }

    [Fact]
    public void A_tensor_is_serialized_as_TensorFlow_does_it()
    {
        foreach (var (name, tensor) in s_tensors)
        {
            var serialized = tf.io.serialize_tensor(tensor);
            Assert.Equal(s_recorded.GetProperty("serialized").GetProperty(name).GetString(), Convert.ToBase64String(serialized.Texts!.Bytes(0)));
            Assert.Equal(tensor.ToString(), tf.io.parse_tensor(serialized, tensor.dtype).ToString());
            Assert.Throws<ValueError>(() => tf.io.parse_tensor(serialized, tensor.dtype == "int64" ? "int32" : "int64"));
        }
    }

    /// <summary>A file with any byte changed, or truncated anywhere, is refused or gives records, and nothing else happens.</summary>
    [Fact]
    public void A_damaged_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "damaged.tfrecord");
        byte[] whole = Bytes(s_recorded.GetProperty("files").GetProperty(""));
        for (int at = 0; at < whole.Length; at += 7)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x41;
            File.WriteAllBytes(path, changed);
            Assert.Contains("is damaged: record", Assert.Throws<DatasetException>(() => tf.data.TFRecordDataset(path).Count()).Message);
            File.WriteAllBytes(path, whole[..at]);
            try
            {
                tf.data.TFRecordDataset(path).Count();
            }
            catch (DatasetException e)
            {
                Assert.Contains("is cut short", e.Message);
            }
        }
        byte[] example = Bytes(s_recorded.GetProperty("examples")[2]), tensor = tf.io.serialize_tensor(s_tensors["strings"]).Texts!.Bytes(0);
        for (int at = 0; at < example.Length; at++)
        {
            byte[] changed = [.. example];
            changed[at] ^= 0x85;
            Survives(() => tf.io.parse_single_example(Strings.Of(changed), s_features));
            Survives(() => tf.io.parse_single_example(Strings.Of(example[..at]), s_features));
        }
        for (int at = 0; at < tensor.Length; at++)
        {
            byte[] changed = [.. tensor];
            changed[at] ^= 0x85;
            Survives(() => tf.io.parse_tensor(Strings.Of(changed), tf.@string));
            Survives(() => tf.io.parse_tensor(Strings.Of(tensor[..at]), tf.@string));
        }

        static void Survives(Func<Tensor> read)
        {
            try
            {
                read();
            }
            catch (ValueError e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }
    }

    [Fact]
    public void Strings_are_split_into_ragged_rows()
    {
        var ragged = tf.strings.split(tf.constant(["a bc", "d", "e f g"]));
        Assert.Equal("<tf.RaggedTensor [[b'a', b'bc'], [b'd'], [b'e', b'f', b'g']]>", ragged.ToString());
        Assert.Equal("array([[b'a', b'bc', b''],\n       [b'd', b'', b''],\n       [b'e', b'f', b'g']], dtype=object)",
            ((Strings)ragged.to_tensor()).ToString());
        Assert.Equal("array([[b'a', b'bc', b'-'],\n       [b'd', b'-', b'-'],\n       [b'e', b'f', b'g']], dtype=object)",
            ((Strings)ragged.to_tensor("-")).ToString());
        Assert.Equal("(3, None) string", $"{ragged.shape} {ragged.dtype}");
        Assert.Equal([2, 1, 3], ragged.row_lengths().numpy().ToLongs());
        Assert.Equal("d", (string)ragged[1][0]);
    }

    private static void Same(JsonElement expected, Tensor given)
    {
        Assert.Equal(expected.EnumerateObject().Select(one => one.Name).Order(StringComparer.Ordinal), given.keys());
        foreach (var one in expected.EnumerateObject())
        {
            var tensor = given[one.Name];
            Assert.Equal(one.Value.GetProperty("shape").EnumerateArray().Select(d => (int?)d.GetInt32()), tensor.shape);
            if (one.Value.TryGetProperty("bytes", out var bytes))
            {
                Assert.Equal(bytes.EnumerateArray().Select(Bytes), Enumerable.Range(0, tensor.Texts!.Count).Select(tensor.Texts.Bytes));
                continue;
            }
            Assert.Equal(one.Value.GetProperty("dtype").GetString(), tensor.dtype.name);
            Assert.Equal(one.Value.GetProperty("data").EnumerateArray().Select(v => v.GetDouble()), tensor.numpy().ToDoubles());
        }
    }
}
