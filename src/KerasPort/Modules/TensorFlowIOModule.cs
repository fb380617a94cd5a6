using System.Runtime.InteropServices;
using KerasPort.Pictures;
using KerasPort.Pipelines;

namespace KerasPort;

/// <summary><c>tf.io</c>: files, pictures, tables and raw bytes, in tensors of strings.</summary>
public sealed class TensorFlowIOModule
{
    /// <summary><c>tf.io.gfile</c>.</summary>
    public TensorFlowGFileModule gfile { get; } = new();

    /// <summary>Creates a writer of records, which replaces an existing file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">"GZIP", "ZLIB", or "" for no compression.</param>
    /// <exception cref="ValueError">The compression is unknown.</exception>
    /// <exception cref="IOException">The file system refuses.</exception>
    public TFRecordWriter TFRecordWriter(string path, string? options = null) => new(path, options);

    /// <summary>A feature for <c>tf.io.parse_single_example</c>: values in that shape, equally many in all records.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="dtype">tf.string, tf.float32 or tf.int64.</param>
    /// <param name="default_value">The value for missing ones; by default they are refused.</param>
    /// <exception cref="ValueError">Records don't hold such a type, or a dimension is open.</exception>
    public FeatureSpec FixedLenFeature(Shape shape, DType dtype, Tensor? default_value = null) => new(dtype, shape, default_value);

    /// <summary>A feature for <c>tf.io.parse_single_example</c>: as many values of that shape as a record has.</summary>
    /// <param name="shape">The shape of one value.</param>
    /// <param name="dtype">tf.string, tf.float32 or tf.int64.</param>
    /// <param name="allow_missing">Whether a record may have none, which is always so.</param>
    /// <param name="default_value">The padding of shorter rows; by default 0 or "".</param>
    /// <exception cref="ValueError">Records don't hold such a type.</exception>
    public FeatureSpec FixedLenSequenceFeature(Shape shape, DType dtype, bool allow_missing = true, Tensor? default_value = null) =>
        allow_missing ? new(dtype, shape, default_value, isSequence: true)
            : throw new ValueError("Unsupported: FixedLenSequenceFeature requires allow_missing to be True.");

    /// <summary>
    /// A feature for <c>tf.io.parse_single_example</c>: as many values as a record has. They are sparse in TensorFlow; here they are a vector, as
    /// <c>tf.sparse.to_dense</c> gives them.
    /// </summary>
    /// <exception cref="ValueError">Records don't hold such a type.</exception>
    public FeatureSpec VarLenFeature(DType dtype) => new(dtype);

    /// <summary>Parses a record that <c>tf.train.Example</c> serialized to values by name.</summary>
    /// <param name="serialized">The record, one string.</param>
    /// <param name="features">The features to read: <c>new() { ["label"] = tf.io.FixedLenFeature([], tf.int64) }</c>.</param>
    /// <exception cref="ValueError">It isn't such a record, or values are missing, of another kind or of another number.</exception>
    public Tensor parse_single_example(Tensor serialized, Dictionary<string, FeatureSpec> features)
    {
        var example = Example.Read(One(serialized));
        (string Name, FeatureSpec Spec)[] all = [.. features.Select(one => (one.Key, one.Value)).OrderBy(one => one.Key, StringComparer.Ordinal)];
        return Tensor.Several([.. all.Select(one => one.Spec.Of(example, one.Name))], [.. all.Select(one => one.Name)]);
    }

    /// <summary>Parses records that <c>tf.train.Example</c> serialized to values by name, one row each, padded with 0 or "" if their numbers differ.</summary>
    /// <param name="serialized">The records, a vector of strings.</param>
    /// <param name="features">The features to read.</param>
    /// <exception cref="ValueError">One isn't such a record, or values are missing, of another kind or of another number.</exception>
    public Tensor parse_example(Tensor serialized, Dictionary<string, FeatureSpec> features)
    {
        var texts = (Strings)serialized;
        Tensor[] rows = [.. Enumerable.Range(0, texts.Count).Select(i => parse_single_example(Strings.Of(texts.Bytes(i)), features))];
        if (rows.Length == 0) throw new ValueError("parse_example needs at least one record.");
        return features.Values.Any(one => one.IsOpen) ? new Padding(null, 0).Stack(rows) : Element.Stack(rows);
    }

    /// <summary>Serializes a tensor to a string, which <c>parse_tensor</c> parses. Source: tensorflow/core/framework/tensor.proto.</summary>
    public Tensor serialize_tensor(Tensor tensor) => Strings.Of(TensorProto.Write(tensor));

    /// <summary>Parses a tensor that <c>serialize_tensor</c> serialized.</summary>
    /// <exception cref="ValueError">It isn't a serialized tensor, or is one of another type.</exception>
    public Tensor parse_tensor(Tensor serialized, DType out_type) => TensorProto.Read(One(serialized), out_type);

    /// <summary>The content of a file, as one string.</summary>
    /// <exception cref="DatasetException">The file can't be read.</exception>
    public Tensor read_file(Tensor filename) => Strings.Of(TextFile.Bytes((string)filename));

    /// <summary>Writes one string to a file.</summary>
    /// <exception cref="IOException">The file system refuses; an existing file stays as it was.</exception>
    public void write_file(Tensor filename, Tensor contents) => Saving.WholeFile.Write((string)filename, One(contents));

    /// <summary>The files that match a pattern with <c>*</c>, <c>?</c> and <c>[a-z]</c> in its names, sorted.</summary>
    public Tensor matching_files(Tensor pattern) => (Strings)((Strings)pattern).Values.SelectMany(TextFile.Matching).Order(StringComparer.Ordinal).ToArray();

    /// <summary>Decodes a picture in a string to pixels [height, width, channels]: bytes, or floats from 0 to 1.</summary>
    /// <param name="contents">The content of a file.</param>
    /// <param name="channels">1 for grey, 3 for RGB, 4 for RGB with opacity; 0 for the channels that are stored.</param>
    /// <param name="dtype">uint8 or float32.</param>
    /// <param name="expand_animations">Whether to decode all pictures of an animation, which isn't supported; false decodes the first one of a GIF.</param>
    /// <exception cref="ValueError">An argument isn't supported, or the package KerasPort.Pictures isn't referenced.</exception>
    /// <exception cref="DatasetException">The content isn't a picture.</exception>
    public Tensor decode_image(Tensor contents, int channels = 0, DType? dtype = null, bool expand_animations = true)
    {
        if (expand_animations && One(contents).AsSpan().StartsWith("GIF8"u8))
            throw new ValueError("`decode_image` reads the first picture of a GIF, no animation: give it `expand_animations: false`.");
        var pixels = Decoded("decode_image", contents, channels);
        return dtype is { } type && type != DType.uint8 ? Python.tf.image.convert_image_dtype(pixels, type) : pixels;
    }

    /// <inheritdoc cref="decode_image"/>
    public Tensor decode_png(Tensor contents, int channels = 0) => Decoded("decode_png", contents, channels);

    /// <inheritdoc cref="decode_image"/>
    public Tensor decode_jpeg(Tensor contents, int channels = 0) => Decoded("decode_jpeg", contents, channels);

    /// <inheritdoc cref="decode_image"/>
    public Tensor decode_bmp(Tensor contents, int channels = 0) => Decoded("decode_bmp", contents, channels);

    /// <summary>Encodes a picture of bytes [height, width, channels] as PNG, in a string.</summary>
    /// <exception cref="ValueError">The tensor isn't a picture of bytes, or the package KerasPort.Pictures isn't referenced.</exception>
    public Tensor encode_png(Tensor image) => image.dtype == DType.uint8
        ? Strings.Of(PictureCodec.Open("tf.io.encode_png").Encode(Image.Of(image.numpy(), scale: false), "png"))
        : throw new ValueError($"`encode_png` takes bytes: tf.cast(image, tf.uint8). Received: an image of {image.dtype}");

    /// <summary>Interprets the bytes of strings as numbers, along a new last axis.</summary>
    /// <param name="input_bytes">Strings of one length.</param>
    /// <param name="out_type">The numbers' type.</param>
    /// <param name="little_endian">Whether numbers are little-endian.</param>
    /// <exception cref="ValueError">The strings have different lengths, or a length isn't a multiple of the type's size.</exception>
    public Tensor decode_raw(Tensor input_bytes, DType out_type, bool little_endian = true)
    {
        var texts = (Strings)input_bytes;
        byte[][] all = [.. Enumerable.Range(0, texts.Count).Select(texts.Bytes)];
        int size = out_type.itemsize, length = all.Length == 0 ? 0 : all[0].Length;
        if (all.Any(bytes => bytes.Length != length)) throw new ValueError("`decode_raw` requires input strings to all be the same size.");
        if (length % size != 0) throw new ValueError($"Input to `decode_raw` has length {length} that is not a multiple of {size}, the size of {out_type}.");
        byte[] raw = [.. all.SelectMany(bytes => bytes)];
        if (!little_endian) for (int at = 0; at < raw.Length; at += size) raw.AsSpan(at, size).Reverse();
        int[] shape = [.. texts.shape, length / size];
        return out_type.Type switch
        {
            ElementType.UInt8 => new NDArray(raw, shape),
            ElementType.Int32 => new NDArray(MemoryMarshal.Cast<byte, int>(raw).ToArray(), shape),
            ElementType.Int64 => new NDArray(MemoryMarshal.Cast<byte, long>(raw).ToArray(), shape),
            ElementType.Float32 => new NDArray(MemoryMarshal.Cast<byte, float>(raw).ToArray(), shape),
            ElementType.Float64 => new NDArray(MemoryMarshal.Cast<byte, double>(raw).ToArray(), shape),
            ElementType.Bool => new NDArray(Array.ConvertAll(raw, value => value != 0), shape),
            _ => throw new ValueError($"`decode_raw` gives numbers. Received: out_type={out_type}"),
        };
    }

    /// <summary>Parses records of CSV to columns, each in the shape of the records.</summary>
    /// <param name="records">One record per string.</param>
    /// <param name="record_defaults">The content of the columns.</param>
    /// <param name="field_delim">The character between fields.</param>
    /// <param name="use_quote_delim">Whether quotes enclose fields.</param>
    /// <param name="na_value">The text of a missing value, besides an empty field.</param>
    /// <param name="select_cols">The indices of the selected columns, ascending; by default all.</param>
    /// <exception cref="DatasetException">A record is malformed, or a field isn't of its column's type.</exception>
    public Tensor[] decode_csv(Tensor records, RecordDefault[] record_defaults, string field_delim = ",", bool use_quote_delim = true, string na_value = "",
        int[]? select_cols = null)
    {
        var layout = CsvLayout.Of(field_delim, use_quote_delim, na_value, header: false, compression: null);
        var texts = (Strings)records;
        var fields = record_defaults.Select(_ => new string[texts.Count]).ToArray();
        for (int i = 0; i < texts.Count; i++)
        {
            var reader = new CsvReader(new StringReader(System.Text.Encoding.Latin1.GetString(texts.Bytes(i))), layout.Delimiter, layout.Quotes, $"record {i}");
            var found = reader.Next() ?? [""];
            if (select_cols is null && found.Count != fields.Length)
                throw reader.Refusal($"Expect {fields.Length} fields but have {found.Count} in record {i}");
            for (int c = 0; c < fields.Length; c++)
            {
                int column = select_cols?[c] ?? c;
                fields[c][i] = column < found.Count ? found[column] : throw reader.Refusal($"Expect field {column} but have {found.Count} in record {i}");
            }
        }
        return [.. record_defaults.Select((one, c) => one.Parse(
            fields[c], na_value, (i, why) => new DatasetException($"Field {c} of record {i} {why}"), texts.shape))];
    }

    private static byte[] One(Tensor contents) =>
        contents.Texts is { Count: 1 } one ? one.Bytes(0) : throw new ValueError($"One string is expected. Received: {contents}");

    private static Tensor Decoded(string function, Tensor contents, int channels)
    {
        if (channels is not (0 or 1 or 3 or 4)) throw new ValueError($"`channels` must be 0, 1, 3 or 4. Received: channels={channels}");
        var image = PictureCodec.Open($"tf.io.{function}").Decode(One(contents), "the string");
        if (channels != 0) image = image.AsTensorFlow(channels);
        return new NDArray(image.Pixels, image.height, image.width, image.Channels);
    }
}

/// <summary><c>tf.io.gfile</c>.</summary>
public sealed class TensorFlowGFileModule
{
    /// <summary>Whether a file or a folder of that path exists.</summary>
    public bool exists(string path) => Path.Exists(path);

    /// <summary>The files that match a pattern with <c>*</c>, <c>?</c> and <c>[a-z]</c> in its names, sorted.</summary>
    public string[] glob(string pattern) => TextFile.Matching(pattern);

    /// <summary>Whether a folder of that path exists.</summary>
    public bool isdir(string path) => Directory.Exists(path);

    /// <summary>Creates a folder, and those above it.</summary>
    public void makedirs(string path) => Directory.CreateDirectory(path);
}
