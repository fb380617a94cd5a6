using System.Text.Json;
using KerasPort.Pictures;
using static KerasPort.Tests.Refusals;

namespace KerasPort.Tests.Pictures;

/// <summary>Folders, files and arrays as pictures, compared with Keras' recorded results (<c>fixtures/make/pictures.py</c>).</summary>
public sealed class ImageFolderTests : IDisposable
{
    internal static readonly JsonElement Recorded = JsonDocument.Parse(Fixtures.Text("pictures.json")).RootElement;

    private readonly TemporaryFolder _folder = new();

    public ImageFolderTests() => Make(_folder);

    public void Dispose() => _folder.Dispose();

    /// <summary>The folder of the recorded cases.</summary>
    internal static void Make(TemporaryFolder folder)
    {
        (string Place, int Height, int Width, int Channels)[] files =
            [("b/1.png", 5, 7, 3), ("b/0.PNG", 6, 4, 1), ("a/x.png", 3, 8, 4), ("a/y.png", 5, 5, 3), ("a/inner/z.png", 4, 4, 3)];
        foreach (string name in new[] { "a", "b" }) Directory.CreateDirectory(Path.Combine(folder.Path, name, "inner"));
        foreach (var (n, file) in files.Index())
            File.WriteAllBytes(folder[file.Place], PictureCodec.Open("a test")
                .Encode(new Image(file.Height, file.Width, file.Channels, Pixels(file.Height * file.Width * file.Channels, n)), "png"));
        File.Copy(folder["a/y.png"], folder["a/notes.txt"]);
        File.Copy(folder["a/y.png"], folder["a/.hidden.png"]);
    }

    internal static byte[] Pixels(int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(i => (byte)(((ulong)(i + seed * 1000) * 2654435761 >> 9) % 256))];

    public static TheoryData<int> Folders => [.. Enumerable.Range(0, Recorded.GetProperty("folders").GetArrayLength())];

    public static TheoryData<int> Loads => [.. Enumerable.Range(0, Recorded.GetProperty("load_img").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_gives_what_Keras_gives(int number)
    {
        var cases = Recorded.GetProperty("folders");
        var recorded = cases[number];
        var given = recorded.GetProperty("arguments");
        keras.utils.set_random_seed(1);
        var dataset = Open(given);
        if (given.TryGetProperty("subset", out var subset) && subset.GetString() == "both")
        {
            var (training, validation) = dataset;
            bool isFirst = cases[number + 1].GetProperty("arguments").TryGetProperty("subset", out var next) && next.GetString() == "both";
            dataset = isFirst ? training : validation;
        }
        Assert.Equal(recorded.GetProperty("files").EnumerateArray().Select(f => f.GetString()),
            dataset.file_paths.Select(path => Path.GetRelativePath(_folder.Path, path)));
        if (recorded.GetProperty("class_names").ValueKind != JsonValueKind.Null)
            Assert.Equal(recorded.GetProperty("class_names").EnumerateArray().Select(f => f.GetString()), dataset.class_names);
        var batches = recorded.GetProperty("batches").EnumerateArray().ToArray();
        int i = 0;
        foreach (var batch in dataset)
        {
            Tensor[] parts = [.. batch.Leaves];
            Assert.Equal(batches[i].GetArrayLength(), parts.Length);
            foreach (var (part, expected) in parts.Zip(batches[i].EnumerateArray())) Same(expected, part.numpy());
            i++;
        }
        Assert.Equal(batches.Length, i);
    }

    /// <summary>Central crops with the wanted aspect ratio.</summary>
    [Fact]
    public void Images_are_resized_without_being_distorted()
    {
        foreach (var recorded in Recorded.GetProperty("smart").EnumerateArray())
        {
            int[] shape = [.. recorded.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())],
                size = [.. recorded.GetProperty("size").EnumerateArray().Select(d => d.GetInt32())];
            NDArray x = new NDArray(Pixels(shape[0] * shape[1] * shape[2], 5), shape).astype("float32");
            string interpolation = recorded.GetProperty("interpolation").GetString()!;
            Same(recorded.GetProperty("array"), keras.preprocessing.image.smart_resize(x, (size[0], size[1]), interpolation));
            Same(recorded.GetProperty("array"), keras.preprocessing.image.smart_resize(
                x.transpose(2, 0, 1), (size[0], size[1]), interpolation, "channels_first").transpose(1, 2, 0));
        }
    }

    /// <summary>Channels first and last hold the same, from an array and in a file.</summary>
    [Fact]
    public void A_pictures_channels_are_where_they_are_wanted()
    {
        var image = keras.utils.load_img(_folder["b/1.png"]);
        NDArray last = keras.utils.img_to_array(image), first = keras.utils.img_to_array(image, data_format: "channels_first", dtype: "uint8");
        Assert.Equal("(3, 5, 7)", $"{first.shape}");
        Assert.Equal(last.ToFloats(), first.transpose(1, 2, 0).ToFloats());
        Assert.Equal(image.Pixels, keras.utils.array_to_img(first, "channels_first", scale: false).Pixels);
        Assert.Equal(image.Pixels, keras.utils.array_to_img(tf.squeeze(tf.expand_dims(last, 0)), scale: false).Pixels);
        keras.utils.save_img(_folder["tensor.png"], tf.constant(last), scale: false);
        Assert.Equal(image.Pixels, keras.utils.load_img(_folder["tensor.png"]).Pixels);
        keras.utils.save_img(_folder["first.png"], first, data_format: "channels_first", scale: false);
        Assert.Equal(image.Pixels, keras.utils.load_img(new MemoryStream(File.ReadAllBytes(_folder["first.png"]))).Pixels);
        Assert.StartsWith("The `data_format` argument must be one of", Assert.Throws<ValueError>(() => keras.utils.img_to_array(image, "float32")).Message);
    }

    private Dataset Open(JsonElement given)
    {
        T? Of<T>(string name, Func<JsonElement, T> read, T? otherwise) =>
            given.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.Null ? default : read(value) : otherwise;
        var size = given.GetProperty("image_size");
        Shape image = (size[0].GetInt32(), size[1].GetInt32());
        bool shuffle = Of("shuffle", v => v.GetBoolean(), true);
        if (given.TryGetProperty("labels", out var labels))
            return keras.utils.image_dataset_from_directory(
                _folder.Path, labels: [.. labels.EnumerateArray().Select(v => v.GetInt32())], image_size: image, shuffle: shuffle, verbose: false);
        return keras.utils.image_dataset_from_directory(_folder.Path, label_mode: Of("label_mode", v => v.GetString(), "int"),
            class_names: Of("class_names", v => v.EnumerateArray().Select(n => n.GetString()!).ToArray(), null),
                color_mode: Of("color_mode", v => v.GetString()!, "rgb")!,
            batch_size: Of<int?>("batch_size", v => v.GetInt32(), 32), image_size: image, shuffle: shuffle, seed: Of<long?>("seed", v => v.GetInt64(), null),
            validation_split: Of<double?>("validation_split", v => v.GetDouble(), null), subset: Of("subset", v => v.GetString(), null),
            data_format: Of("data_format", v => v.GetString(), null), interpolation: Of("interpolation", v => v.GetString()!, "bilinear")!,
                crop_to_aspect_ratio: Of("crop_to_aspect_ratio", v => v.GetBoolean(), false),
            pad_to_aspect_ratio: Of("pad_to_aspect_ratio", v => v.GetBoolean(), false), verbose: false);
    }

    /// <summary>Whether a batch has bytes or floats depends on the sizes of its pictures, and changes no value.</summary>
    [Theory]
    [InlineData("bilinear")]
    [InlineData("nearest")]
    [InlineData("bicubic")]
    [InlineData("area")]
    [InlineData("lanczos5")]
    public void A_batch_holds_what_its_pictures_hold(string interpolation)
    {
        using var folder = new TemporaryFolder();
        var codec = PictureCodec.Open("a test");
        Directory.CreateDirectory(folder["a"]);
        // All but the third and the last have the wanted size, so that batches are of bytes, of floats, and of bytes that become floats.
        (int Height, int Width)[] sizes = [(4, 6), (4, 6), (5, 6), (4, 6), (4, 6), (4, 6), (4, 6), (4, 6), (8, 3)];
        foreach (var (n, (height, width)) in sizes.Index())
            File.WriteAllBytes(folder[$"a/{n}.png"], codec.Encode(new Image(height, width, 3, Pixels(height * width * 3, n)), "png"));
        Dataset Open(int? size) => keras.utils.image_dataset_from_directory(folder.Path, label_mode: null, batch_size: size, image_size: (4, 6),
            interpolation: interpolation, shuffle: false, verbose: false);
        NDArray[] alone = [.. Open(null).Select(picture => picture.numpy())];
        foreach (int size in new[] { 1, 2, 3, 9 })
        {
            int at = 0;
            foreach (var batch in Open(size).map(x => tf.cast(x, tf.float32) / 255.0))
                for (int i = 0; i < batch.shape[0]; i++, at++)
                    Assert.Equal(alone[at].ToFloats().Select(v => v / 255f), batch.numpy()[i].ToFloats());
            Assert.Equal(9, at);
        }
        Assert.Equal(Pixels(72, 0).Select(b => (float)b), alone[0].ToFloats());
        Assert.Equal(interpolation == "nearest" ? "uint8" : "float32", alone[0].dtype.name);
        Assert.Equal(alone[0].dtype, alone[2].dtype);
    }

    /// <summary>Pillow's bytes, for each way to resize a picture.</summary>
    [Theory]
    [MemberData(nameof(Loads))]
    public void A_picture_is_loaded_as_Pillow_does(int number)
    {
        var recorded = Recorded.GetProperty("load_img")[number];
        var given = recorded.GetProperty("arguments");
        (int, int)? size = given.TryGetProperty("target_size", out var sides) ? (sides[0].GetInt32(), sides[1].GetInt32()) : null;
        var image = keras.utils.load_img(_folder[recorded.GetProperty("file").GetString()!],
            given.TryGetProperty("color_mode", out var mode) ? mode.GetString()! : "rgb", size,
            given.TryGetProperty("interpolation", out var way) ? way.GetString()! : "nearest", given.TryGetProperty("keep_aspect_ratio", out _));
        Assert.Equal(recorded.GetProperty("mode").GetString(), image.mode);
        Assert.Equal((recorded.GetProperty("size")[0].GetInt32(), recorded.GetProperty("size")[1].GetInt32()), image.size);
        Same(recorded.GetProperty("array"), keras.utils.img_to_array(image));
    }

    [Fact]
    public void An_array_becomes_a_picture_and_a_file()
    {
        foreach (var recorded in Recorded.GetProperty("arrays").EnumerateArray())
        {
            int[] shape = [.. recorded.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
            bool scale = recorded.GetProperty("scale").GetBoolean();
            float[] values = [.. Pixels(shape[0] * shape[1] * shape[2], 7).Select(p => p / 2f - (scale ? 20 : 0))];
            var image = keras.utils.array_to_img(new NDArray(values, shape), scale: scale);
            Same(recorded.GetProperty("array"), image);
            keras.utils.save_img(_folder["s.png"], new NDArray(values, shape), scale: scale);
            var mode = shape[2] switch { 1 => "grayscale", 3 => "rgb", _ => "rgba" };
            Assert.Equal(image.Pixels, keras.preprocessing.image.load_img(_folder["s.png"], mode).Pixels);
        }
        Assert.Equal("Unsupported channel number: 2", Assert.Throws<ValueError>(() => keras.utils.array_to_img(new NDArray(new float[8], 2, 2, 2))).Message);
        Assert.Contains("no picture", Assert.Throws<DatasetException>(() => keras.utils.load_img(_folder["none.png"])).Message);
        Assert.Contains("lanczos", Assert.Throws<ValueError>(
            () => keras.utils.load_img(_folder["b/1.png"], target_size: (2, 2), interpolation: "bilinaer")).Message);
    }

    [Fact]
    public void A_folder_refuses_what_Keras_refuses()
    {
        var utils = keras.utils;
        Assert.StartsWith("The `class_names` passed did not match",
            Refused(() => utils.image_dataset_from_directory(_folder.Path, class_names: ["a", "c"], verbose: false)));
        Assert.StartsWith("If `subset` is set", Refused(() => utils.image_dataset_from_directory(_folder.Path, subset: "training")));
        Assert.Contains("you must provide a `seed`",
            Refused(() => utils.image_dataset_from_directory(_folder.Path, subset: "training", validation_split: 0.2)));
        Assert.StartsWith("Expected the lengths of `labels`", Refused(() => utils.image_dataset_from_directory(_folder.Path, labels: [1, 2], verbose: false)));
        Assert.StartsWith("Argument `interpolation`", Refused(() => utils.image_dataset_from_directory(_folder.Path, interpolation: "hamming")));
        Assert.StartsWith("No images found", Refused(() => utils.image_dataset_from_directory(_folder["a/inner/"], verbose: false)));
        Assert.StartsWith("There is no folder", Assert.Throws<DatasetException>(() => utils.image_dataset_from_directory(_folder["c"])).Message);
        File.WriteAllText(_folder["b/2.jpg"], "no picture");
        string message = Assert.Throws<DatasetException>(() => utils.image_dataset_from_directory(_folder.Path, verbose: false).Count()).Message;
        Assert.Contains(_folder["b/2.jpg"], message);
    }

    internal static void Same(JsonElement expected, NDArray actual)
    {
        Assert.Equal(expected.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()), [.. actual.shape]);
        Assert.Equal(expected.GetProperty("dtype").GetString(), actual.dtype.name);
        var values = actual.ToFloats();
        double[] wanted = [.. expected.GetProperty("values").EnumerateArray().Select(v => v.GetDouble())];
        for (int i = 0; i < values.Length; i++) Assert.True(Math.Abs(wanted[i] - values[i]) < 2e-3, $"{i}: {values[i]}, expected {wanted[i]}");
    }
}
