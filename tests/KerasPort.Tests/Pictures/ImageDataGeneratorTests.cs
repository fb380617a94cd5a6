using System.Text.Json;
using CsCheck;
using KerasPort.Pictures;

namespace KerasPort.Tests.Pictures;

public sealed class ImageDataGeneratorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, ImageFolderTests.Recorded.GetProperty("generators").GetArrayLength())];

    /// <summary>Keras' batches from the same seed of <c>np.random</c>: order, flips, channels, brightness, targets, subsets.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Batches_are_those_of_Keras(int number)
    {
        var recorded = ImageFolderTests.Recorded.GetProperty("generators")[number];
        var settings = recorded.GetProperty("settings");
        var given = recorded.GetProperty("arguments");
        bool Flag(string name) => settings.TryGetProperty(name, out var value) && value.GetBoolean();
        double Number(string name) => settings.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
        string? Text(string name, string? otherwise) => given.TryGetProperty(name, out var value) ? value.GetString() : otherwise;
        var generator = keras.preprocessing.image.ImageDataGenerator(
            samplewise_center: Flag("samplewise_center"), samplewise_std_normalization: Flag("samplewise_std_normalization"),
            brightness_range: settings.TryGetProperty("brightness_range", out var range) ? (range[0].GetDouble(), range[1].GetDouble()) : null,
            channel_shift_range: Number("channel_shift_range"), horizontal_flip: Flag("horizontal_flip"), vertical_flip: Flag("vertical_flip"),
            rescale: settings.TryGetProperty("rescale", out var rescale) ? rescale.GetDouble() : null, validation_split: Number("validation_split"),
            data_format: settings.TryGetProperty("data_format", out var format) ? format.GetString() : null);
        int size = given.GetProperty("batch_size").GetInt32();
        bool shuffle = !given.TryGetProperty("shuffle", out var shuffles) || shuffles.GetBoolean();
        long? seed = given.TryGetProperty("seed", out var seeds) ? seeds.GetInt64() : null;
        np.random.seed(6);
        ImageFlow flow;
        if (recorded.TryGetProperty("folder", out _))
        {
            ImageFolderTests.Make(_folder);
            var target = given.GetProperty("target_size");
            flow = generator.flow_from_directory(_folder.Path, (target[0].GetInt32(), target[1].GetInt32()), Text("color_mode", "rgb")!,
                class_mode: Text("class_mode", "categorical"),
                batch_size: size, shuffle: shuffle, seed: seed, subset: Text("subset", null));
            Assert.Equal(recorded.GetProperty("files").EnumerateArray().Select(f => f.GetString()), flow.filenames);
            Assert.Equal(recorded.GetProperty("classes").EnumerateArray().Select(f => f.GetInt32()), flow.classes.ToInts());
            Assert.Equal((recorded.GetProperty("samples").GetInt32(), recorded.GetProperty("len").GetInt32()), (flow.samples, flow.Length));
            Assert.All(recorded.GetProperty("class_indices").EnumerateObject(), c => Assert.Equal(c.Value.GetInt32(), flow.class_indices[c.Name]));
        }
        else
        {
            NDArray x = new(Enumerable.Range(0, 7).SelectMany(n => ImageFolderTests.Pixels(60, n)).ToArray(), 7, 4, 5, 3);
            if (format.ValueKind != JsonValueKind.Undefined) x = x.transpose(0, 3, 1, 2);
            flow = generator.flow(x, Enumerable.Range(0, 7).Select(i => (long)(i % 2)).ToArray(), size, shuffle, seed: seed, subset: Text("subset", null));
        }
        foreach (var batch in recorded.GetProperty("batches").EnumerateArray())
        {
            Tensor[] parts = [.. flow.next().Leaves];
            Assert.Equal(batch.GetArrayLength(), parts.Length);
            foreach (var (part, expected) in parts.Zip(batch.EnumerateArray())) ImageFolderTests.Same(expected, part.numpy());
        }
    }

    /// <summary>One picture's changes by Keras' names, drawn and applied.</summary>
    [Fact]
    public void A_picture_is_changed_as_by_Keras()
    {
        foreach (var recorded in ImageFolderTests.Recorded.GetProperty("one").EnumerateArray())
        {
            bool first = recorded.GetProperty("settings").TryGetProperty("data_format", out _);
            var image = keras.preprocessing.image;
            var generator = first ? image.ImageDataGenerator(data_format: "channels_first", width_shift_range: 1.5, horizontal_flip: true)
                : recorded.GetProperty("settings").TryGetProperty("brightness_range", out _)
                    ? image.ImageDataGenerator(channel_shift_range: 9.0, brightness_range: (0.4, 1.2))
                : image.ImageDataGenerator(rotation_range: 40, width_shift_range: 0.2, height_shift_range: 2, shear_range: 10.0, zoom_range: 0.3,
                    horizontal_flip: true, vertical_flip: true);
            NDArray x = new NDArray(ImageFolderTests.Pixels(90, 3), 5, 6, 3).astype("float32");
            if (first) x = x.transpose(2, 0, 1);
            var drawn = generator.get_random_transform(x.shape, seed: 8);
            var expected = recorded.GetProperty("drawn").EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetDouble());
            Assert.Equal(expected.Keys.Order(), drawn.Keys.Order());
            Assert.All(expected, one => Assert.Equal(one.Value, drawn[one.Key], 1e-12));
            if (recorded.GetProperty("changed") is { ValueKind: not JsonValueKind.Null } changed) ImageFolderTests.Same(
                changed, generator.random_transform(x, seed: 8));
            ImageFolderTests.Same(recorded.GetProperty("by_name"),
                generator.apply_transform(x, new() { ["flip_horizontal"] = 1, ["channel_shift_intensity"] = 9.5 }));
            Assert.StartsWith("There is no transform parameter 'turn'",
                Assert.Throws<ValueError>(() => generator.apply_transform(x, new() { ["turn"] = 1 })).Message);
            Assert.StartsWith("`flow_from_dataframe` needs pandas",
                Assert.Throws<ValueError>(() => generator.flow_from_dataframe(null, x_col: "path")).Message);
        }
    }

    /// <summary>Keras scales a picture with values outside of bytes from its smallest to its largest value, brightens it, and scales it back.</summary>
    [Fact]
    public void A_picture_of_fractions_keeps_its_range_when_it_is_brightened()
    {
        NDArray x = (np.arange(12).reshape(2, 2, 3) / 12 - 0.5).astype("float32");
        var same = keras.preprocessing.image.ImageDataGenerator().apply_transform(x, new() { ["brightness"] = 1 });
        Assert.All(x.ToFloats().Zip(same.ToFloats()), pair => Assert.Equal(pair.First, pair.Second, 11 / 12f / 255 + 1e-6f));
    }

    /// <summary>Named transforms: a quarter turn, a shift by pixels, half the size, each with its values from outside.</summary>
    [Fact]
    public void A_picture_moves_as_its_change_says()
    {
        float[] x = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        ImageDataGenerator.Change none = new(0, 0, 0, 0, 1, 1, false, false, null, null);
        float[] Moved(string fill, ImageDataGenerator.Change change) => new AffineTransform(fill, -1, 1).Apply(x, 3, 3, 1, change);
        void Same(float[] expected, float[] actual) => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Same([7, 4, 1, 8, 5, 2, 9, 6, 3], Moved("nearest", none with { Theta = -90 }));
        Same([2, 3, 3, 5, 6, 6, 8, 9, 9], Moved("nearest", none with { Down = 1 }));
        Same([-1, -1, -1, 1, 2, 3, 4, 5, 6], Moved("constant", none with { Across = -1 }));
        Same([2, 1, 1, 5, 4, 4, 8, 7, 7], Moved("reflect", none with { Down = -2 }));
        Same([2, 3, 2, 5, 6, 5, 8, 9, 8], Moved("wrap", none with { Down = 1 }));
        Same([3, 3.5f, 4, 4.5f, 5, 5.5f, 6, 6.5f, 7], Moved("nearest", none with { ZoomDown = 0.5, ZoomAcross = 0.5 }));
        // A shear doesn't move the middle row's centre, and a full turn moves nothing.
        Same(x, Moved("reflect", none with { Theta = 360 }));
        Assert.Equal(5, Moved("nearest", none with { Shear = 20 })[4], 1e-5);
    }

    private static readonly JsonElement s_affine = JsonDocument.Parse(Fixtures.Text("affine.json")).RootElement;

    /// <summary>scipy's numbers by way of Keras: every order, every fill mode, rotations, shifts, shears and zooms of pictures that aren't square.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_picture_moves_as_in_Keras(int order)
    {
        foreach (var recorded in s_affine.GetProperty("moved").EnumerateArray().Where(one => one.GetProperty("order").GetInt32() == order))
        {
            var change = recorded.GetProperty("change");
            double Of(string name) => change.GetProperty(name).GetDouble();
            int[] shape = [.. recorded.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
            float[] x = [.. ImageFolderTests.Pixels(shape[0] * shape[1] * shape[2], recorded.GetProperty("seed").GetInt32()).Select(v => (float)v)];
            string fill = recorded.GetProperty("fill").GetString()!;
            var moved = new AffineTransform(fill, -3, order).Apply(x, shape[0], shape[1], shape[2],
                new(Of("theta"), Of("tx"), Of("ty"), Of("shear"), Of("zx"), Of("zy"), false, false, null, null));
            double[] expected = [.. recorded.GetProperty("values").EnumerateArray().Select(v => v.GetDouble())];
            for (int i = 0; i < moved.Length; i++)
                Assert.True(Math.Abs(expected[i] - moved[i]) < 1e-3, $"{fill}, {change}, {i}: {moved[i]}, expected {expected[i]}");
        }
    }

    [Fact]
    public void Whitened_pictures_are_those_of_Keras()
    {
        foreach (var recorded in s_affine.GetProperty("whitened").EnumerateArray())
        {
            int count = recorded.GetProperty("count").GetInt32();
            int[] shape = [.. recorded.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
            int size = shape[0] * shape[1] * shape[2];
            NDArray x = new(Enumerable.Range(0, count).SelectMany(n => ImageFolderTests.Pixels(size, n)).Select(v => v / 255f)
                .ToArray(), (int[])[count, .. shape]);
            var generator = keras.preprocessing.image.ImageDataGenerator(zca_whitening: true, zca_epsilon: 0.1);
            Assert.Contains("hasn't been fit", Assert.Throws<ValueError>(() => generator.flow(x).next()).Message);
            generator.fit(x);
            var white = generator.flow(x, batch_size: 2, shuffle: false).next().numpy().ToFloats();
            double[] expected = [.. recorded.GetProperty("values").EnumerateArray().Select(v => v.GetDouble())];
            Assert.All(white.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 2e-3));
        }
    }

    /// <summary>Whitened values of sufficiently different pictures are uncorrelated, each of variance 1.</summary>
    [Fact]
    public void Whitened_values_are_uncorrelated() => Gen.Int[0, 1000].Sample(seed =>
    {
        var random = new System.Random(seed);
        const int count = 400, size = 6;
        var x = new float[count * size];
        for (int n = 0; n < count; n++)
            for (int i = 0; i < size; i++) x[n * size + i] = (float)(random.NextDouble() * (i + 1) + (i > 0 ? x[n * size + i - 1] : 0));
        NDArray pictures = new(x, count, 2, 3, 1);
        var generator = keras.preprocessing.image.ImageDataGenerator(zca_whitening: true);
        generator.fit(pictures);
        var white = generator.flow(pictures, batch_size: count, shuffle: false).next().numpy().ToFloats();
        for (int i = 0; i < size; i++)
            for (int j = 0; j <= i; j++)
                Assert.Equal(i == j ? 1 : 0, Enumerable.Range(0, count).Average(n => (double)white[n * size + i] * white[n * size + j]), 1e-3);
    }, iter: 10);

    /// <summary>Quarter turns, whole shifts and splines of any order: pixels are moved without mixing, and a turn undoes its opposite.</summary>
    [Fact]
    public void Whole_movements_move_whole_pixels() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 3], Gen.Int[0, 5], Gen.Int[-4, 4], Gen.Int[-4, 4], Gen.Int[-4, 4]).Sample(
        (side, channels, order, quarters, down, across) =>
        {
            var x = new NDArray([.. ImageFolderTests.Pixels(side * side * channels, side).Select(v => (float)v)], side, side, channels);
            float[] Moved(string fill, NDArray picture, ImageDataGenerator.Change change) =>
                new AffineTransform(fill, 0, order).Apply(picture.ToFloats(), side, side, channels, change);
            void Same(NDArray expected, float[] actual) => Assert.All(expected.ToFloats().Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 5e-3));
            ImageDataGenerator.Change none = new(0, 0, 0, 0, 1, 1, false, false, null, null);
            var turned = Moved("nearest", x, none with { Theta = 90 * quarters });
            Same(np.rot90(x, quarters), turned);
            Same(x, Moved("nearest", new NDArray(turned, side, side, channels), none with { Theta = -90 * quarters }));
            // Keras applies the number drawn for the height along the width.
            var shifted = new NDArray(new float[side * side * channels], side, side, channels);
            for (int i = 0; i < side; i++)
                for (int j = 0; j < side; j++)
                    shifted[i, j] = x[Math.Clamp(i + across, 0, side - 1), Math.Clamp(j + down, 0, side - 1)];
            if (order < 2) Same(shifted, Moved("nearest", x, none with { Down = down, Across = across }));
        }, iter: 200);

    /// <summary>For any drawn transform with the nearest fill mode, no value leaves the picture's range, and a picture of one colour keeps it.</summary>
    [Fact]
    public void No_movement_makes_new_numbers() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Double[-180, 180], Gen.Double[-3, 3], Gen.Double[-40, 40], Gen.Double[0.4, 2]).Sample(
        (height, width, theta, shift, shear, zoom) =>
        {
            float[] x = [.. Enumerable.Range(0, height * width).Select(i => (float)(i * 7919 % 13))];
            foreach (string fill in new[] { "nearest", "reflect", "wrap" })
            {
                var moved = new AffineTransform(fill, 0, 1)
                    .Apply(x, height, width, 1, new(theta, shift, -shift, shear, zoom, 1 / zoom, false, false, null, null));
                Assert.All(moved, v => Assert.InRange(v, x.Min() - 1e-4f, x.Max() + 1e-4f));
            }
        }, iter: 200);

    [Fact]
    public void A_model_trains_on_a_flow()
    {
        ImageFolderTests.Make(_folder);
        keras.utils.set_random_seed(0);
        var generator = tf.keras.preprocessing.image.ImageDataGenerator(
            rescale: 1 / 255.0, rotation_range: 40, width_shift_range: 0.2, height_shift_range: 0.2, shear_range: 0.2,
            zoom_range: 0.2, horizontal_flip: true, fill_mode: "nearest");
        var train = generator.flow_from_directory(_folder.Path, target_size: (8, 8), batch_size: 2, class_mode: "binary");
        var model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Flatten(), keras.layers.Dense(1, activation: "sigmoid")]);
        model.compile("rmsprop", "binary_crossentropy", ["accuracy"]);
        var history = model.fit(train, steps_per_epoch: 3, epochs: 2, validation_data: train, validation_steps: 2, verbose: 0);
        Assert.Equal(2, history.history["val_loss"].Count);
        Assert.Equal(6, model.predict(train, verbose: 0).Length);
        int taken = 0;
        foreach (var (images, labels) in train)
        {
            Assert.Equal(labels.shape[0], images.shape[0]);
            if (++taken == 5) break;
        }
        Assert.Equal(5, taken);
        Assert.Contains("give flow or flow_from_directory a `seed`",
            Assert.Throws<ValueError>(() => model.fit(train, verbose: 0, callbacks: [keras.callbacks.BackupAndRestore(_folder["b"])])).Message);
    }

    [Fact]
    public void What_a_generator_was_fitted_to_is_taken_off()
    {
        NDArray x = new(ImageFolderTests.Pixels(5 * 4 * 4 * 3, 3), 5, 4, 4, 3);
        var generator = keras.preprocessing.image.ImageDataGenerator(featurewise_center: true, featurewise_std_normalization: true);
        Assert.Contains("hasn't been fit", Assert.Throws<ValueError>(() => generator.flow(x, shuffle: false).next()).Message);
        generator.fit(x);
        var values = generator.flow(x, batch_size: 5, shuffle: false).next().numpy();
        Assert.Equal(0, values.mean(), 1e-5);
        Assert.Equal(1, values.std(), 1e-4);
        Assert.StartsWith("Training and validation subsets have different number of classes",
            Assert.Throws<ValueError>(() => keras.preprocessing.image.ImageDataGenerator(validation_split: 0.4)
                .flow(x, new int[] { 0, 0, 1, 1, 1 }, subset: "training")).Message);
    }

    [Fact]
    public void A_folder_without_pictures_is_said_to_be_one()
    {
        Directory.CreateDirectory(_folder["none/a"]);
        var flow = keras.preprocessing.image.ImageDataGenerator().flow_from_directory(_folder["none"]);
        Assert.Equal("There is no picture to make a batch of.", Assert.Throws<ValueError>(() => flow.next()).Message);
        var model = keras.Sequential([keras.Input((256, 256, 3)), keras.layers.Flatten(), keras.layers.Dense(1)]);
        model.compile("sgd", "mse");
        Assert.Equal("The PyDataset has length 0: it gives no batch.", Assert.Throws<ValueError>(() => model.fit(flow, verbose: 0)).Message);
    }

    [Fact]
    public void Changed_pictures_are_written()
    {
        NDArray x = new(ImageFolderTests.Pixels(2 * 4 * 4 * 3, 3), 2, 4, 4, 3);
        Directory.CreateDirectory(_folder["saved"]);
        keras.preprocessing.image.ImageDataGenerator().flow(x, save_to_dir: _folder["saved"], save_prefix: "p").next();
        Assert.Equal(2, Directory.GetFiles(_folder["saved"], "p_*.png").Length);
    }
}
