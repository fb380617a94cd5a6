using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Callbacks;
using KerasPort.Engines.Managed;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Random;
using KerasPort.Saving;
using KerasPort.Tests.Engines;

namespace KerasPort.Tests.Layers;

/// <summary>The random numbers of layers of noise and augmentation, and their results, equal Keras' bit for bit.</summary>
public class RandomLayerTests
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("random-layers.json")).RootElement;

    [Fact]
    public void Values_are_Keras_own_call_after_call()
    {
        var failed = new List<string>();
        foreach (var recorded in s_recorded.GetProperty("cases").EnumerateArray())
            if (Record.Exception(() => CheckCalls(recorded)) is { } failure) failed.Add(failure.Message);
        Assert.True(failed.Count == 0, string.Join('\n', failed));
    }

    private static void CheckCalls(JsonElement recorded)
    {
        string name = recorded.GetProperty("class_name").GetString()!, config = recorded.GetProperty("config").GetRawText();
        var layer = (Layer)ObjectConfig.Create(KnownClasses.Find(typeof(Layer), name, name), recorded.GetProperty("config"), name);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(config), layer.get_config()), $"{name}: {layer.get_config().ToJsonString()}, Keras {config}");
        float scale = (float)recorded.GetProperty("scale").GetDouble();
        if (recorded.TryGetProperty("python", out var seed)) Seeds.ShuffleAsPython([], seed.GetInt64());
        foreach (var (i, call) in recorded.GetProperty("calls").EnumerateArray().Index())
            Same(call, layer.Apply(Pixels(scale, ShapeOf(call)), training: true).numpy(), $"{name} {config}, call {i}");
    }

    private static int[] ShapeOf(JsonElement call) => [.. call.GetProperty("x_shape").EnumerateArray().Select(d => d.GetInt32())];

    private static RandomImageLayer Made(JsonElement recorded)
    {
        string name = recorded.GetProperty("class_name").GetString()!;
        return (RandomImageLayer)ObjectConfig.Create(KnownClasses.Find(typeof(Layer), name, name), recorded.GetProperty("config"), name);
    }

    [Fact]
    public void Greys_whose_seed_no_file_holds_are_Keras_own()
    {
        var layer = keras.layers.RandomGrayscale(0.5, seed: 7);
        foreach (var (i, call) in s_recorded.GetProperty("grays").EnumerateArray().Index())
            Same(call, layer.Apply(Pixels(1, ShapeOf(call)), training: true).numpy(), $"call {i}");
    }

    /// <summary>Labels and masks are changed with their images, by name, from arrays and from elements of a data set.</summary>
    [Fact]
    public void What_goes_with_images_is_changed_as_in_Keras()
    {
        NDArray images = Pixels(1, 5, 6, 7, 3), labels = np.eye(5, 4).astype(DType.float32);
        foreach (var recorded in s_recorded.GetProperty("named").EnumerateArray())
        {
            var given = new Dictionary<string, NDArray> { ["images"] = images, ["labels"] = labels };
            int channels = recorded.GetProperty("class_name").GetString() == "CutMix" ? 3 : 1;
            if (recorded.GetProperty("calls").TryGetProperty("segmentation_masks", out _))
                given["segmentation_masks"] = np.floor(Pixels(1, 5, 6, 7, channels) / 64);
            var all = Made(recorded).Apply(given);
            var pipeline = keras.layers.Pipeline([Made(recorded)]);
            var element = tf.data.Dataset.from_tensor_slices(given).batch(5).map(named => pipeline.Apply(named)).Single();
            foreach (var output in recorded.GetProperty("calls").EnumerateObject())
            {
                Same(output.Value, all[output.Name].numpy(), $"{recorded.GetProperty("class_name")} {output.Name}");
                Assert.Equal(all[output.Name].numpy().ToFloats(), element[output.Name].numpy().ToFloats());
            }
            Assert.Equal(labels.ToFloats(), Made(recorded).Apply(given, training: false)["labels"].numpy().ToFloats());
        }
    }

    /// <summary>Companions of images in a form that isn't mixed, and outputs that aren't changed at all.</summary>
    [Fact]
    public void What_can_not_go_with_images_is_refused_by_name()
    {
        Tensor Of(Layer layer, string key, NDArray value) => layer.Apply(new Dictionary<string, NDArray> { ["images"] = Pixels(1, 2, 4, 4, 3), [key] = value });
        Says("no bounding boxes", () => Of(keras.layers.RandomFlip(), "bounding_boxes", np.ones((2, 1, 4))));
        Says("use `to_categorical`. Received: labels.shape=(2,)", () => Of(keras.layers.MixUp(), "labels", np.ones(2)));
        Says("Use CutMix", () => Of(keras.layers.MixUp(), "segmentation_masks", np.ones((2, 4, 4, 1))));
        Says("Received the keys: ['x']", () => keras.layers.CutMix().Apply(new Dictionary<string, NDArray> { ["x"] = Pixels(1, 2, 4, 4, 3) }));
        NDArray classes = new[] { 3, 4 };
        Assert.Equal(classes.dtype, Of(keras.layers.RandomHue(0.1), "labels", classes)["labels"].numpy().dtype);
    }

    /// <summary>Keras draws for some layers even where they change nothing, which affects what they change afterwards.</summary>
    [Fact]
    public void What_is_drawn_without_training_is_counted_as_in_Keras()
    {
        foreach (var recorded in s_recorded.GetProperty("states").EnumerateArray())
        {
            var layer = Made(recorded);
            var x = Pixels(1, 5, 6, 7, 3);
            Assert.Equal(x.ToFloats(), keras.Sequential([keras.Input((6, 7, 3)), layer]).predict(x, batch_size: 2, verbose: 0).ToFloats());
            layer.Apply(x, training: false);
            Assert.True(recorded.GetProperty("counter").GetInt32() == (int)layer.SeedGenerator!.next()[1], recorded.GetRawText());
        }
    }

    [Fact]
    public void Seeds_are_drawn_from_Pythons_generator_as_in_Keras()
    {
        var layers = keras.layers;
        var made = new Dictionary<string, Func<Layer>>
        {
            ["RandomCrop"] = () => layers.RandomCrop(4, 4), ["RandomColorJitter"] = () => layers.RandomColorJitter(), ["AugMix"] = () => layers.AugMix(),
            ["RandAugment"] = () => layers.RandAugment(), ["AutoContrast"] = () => layers.AutoContrast(), ["Equalization"] = () => layers.Equalization(),
            ["MixUp"] = () => layers.MixUp(), ["CutMix"] = () => layers.CutMix(), ["RandomHue"] = () => layers.RandomHue(0.1),
            ["ContrastLimitedAdaptiveHistogramEqualization"] = () => layers.ContrastLimitedAdaptiveHistogramEqualization(),
            ["RandomGrayscale"] = () => layers.RandomGrayscale(), ["RandomElasticTransform"] = () => layers.RandomElasticTransform(),
        };
        foreach (var next in s_recorded.GetProperty("drawn").EnumerateObject())
        {
            keras.utils.set_random_seed(3);
            made[next.Name]();
            Assert.True(next.Value.GetInt32() == Seeds.ForInitializer(), next.Name);
        }
    }

    /// <summary>A model of augmentation draws its own seeds, and augments unless it is told that it isn't training; predictions don't augment.</summary>
    [Fact]
    public void A_model_of_augmentation_changes_arrays_as_in_Keras()
    {
        keras.utils.set_random_seed(11);
        var layers = keras.layers;
        var model = keras.Sequential([layers.RandomFlip("horizontal"), layers.RandomRotation(0.1), layers.RandomZoom(0.2), layers.RandomTranslation(0.1, 0.1),
            layers.RandomContrast(0.2)]);
        var x = Pixels(1, 4, 8, 8, 3);
        foreach (var (i, recorded) in s_recorded.GetProperty("sequence").EnumerateArray().Index()) Same(recorded, model.Apply(x).numpy(), $"call {i}");
        Assert.Equal(x.ToFloats(), model.predict(x, verbose: 0).ToFloats());
        Assert.Equal(x.ToFloats(), model.Apply(x, training: false).numpy().ToFloats());
    }

    /// <summary>The same for any number of threads, and from run to run.</summary>
    [Fact]
    public void A_training_with_augmentation_is_the_same_for_any_number_of_threads()
    {
        var once = Trained(1);
        Assert.Equal(once, Trained(1));
        Assert.Equal(once, Trained(3));
    }

    /// <summary>Each layer that draws, alone, in a training that stops within its third epoch and is resumed from a checkpoint.</summary>
    [Theory]
    [MemberData(nameof(Drawing))]
    public void A_training_that_breaks_off_goes_on_with_what_would_have_been_drawn(string name)
    {
        using var folder = new TemporaryFolder();
        float[] through = Broken(name, null, null)!;
        Assert.Null(Broken(name, folder["c"], 14));
        Assert.Equal(through, Broken(name, folder["c"], null));
    }

    /// <summary>After data of unknown length a layer has drawn for one step more, as in Keras, and all that the step draws.</summary>
    [Theory]
    [MemberData(nameof(Drawing))]
    public void Data_of_unknown_length_ends_within_a_step(string name)
    {
        long Drawn(Func<Dataset, Dataset> rows)
        {
            keras.utils.set_random_seed(5);
            var layer = s_drawing[name]();
            var model = keras.Sequential([keras.Input((6, 5, 3)), layer, keras.layers.Flatten(), keras.layers.Dense(2)]);
            model.compile("sgd", "mse");
            model.fit(rows(tf.data.Dataset.from_tensor_slices((Pixels(1, 20, 6, 5, 3), Pixels(1, 20, 2)))).batch(4), epochs: 2, verbose: 0);
            return layer.SeedGenerator?.Counter ?? 0;
        }
        // Each step of AugMix picks layers that draw more or less.
        if (name != "AugMix") Assert.Equal(Drawn(rows => rows) / 10 * 12, Drawn(rows => rows.filter((_, _) => true)));
    }

    public static TheoryData<string> Drawing => [.. s_drawing.Keys];

    private static readonly Dictionary<string, Func<Layer>> s_drawing = new()
    {
        ["Dropout"] = () => keras.layers.Dropout(0.3),
        ["GaussianDropout"] = () => keras.layers.GaussianDropout(0.3),
        ["GaussianNoise"] = () => keras.layers.GaussianNoise(0.3),
        ["AugMix"] = () => keras.layers.AugMix(all_ops: false),
        ["AutoContrast"] = () => keras.layers.AutoContrast(),
        ["ContrastLimitedAdaptiveHistogramEqualization"] = () => keras.layers.ContrastLimitedAdaptiveHistogramEqualization(tile_grid_size: (2, 2)),
        ["CutMix"] = () => keras.layers.CutMix(),
        ["Equalization"] = () => keras.layers.Equalization(),
        ["MixUp"] = () => keras.layers.MixUp(),
        ["RandAugment"] = () => keras.layers.RandAugment(num_ops: 1),
        ["RandomColorDegeneration"] = () => keras.layers.RandomColorDegeneration(0.4),
        ["RandomColorJitter"] = () => keras.layers.RandomColorJitter(brightness_factor: 0.2, contrast_factor: 0.2),
        ["RandomCrop"] = () => keras.layers.RandomCrop(4, 4),
        ["RandomElasticTransform"] = () => keras.layers.RandomElasticTransform(),
        ["RandomErasing"] = () => keras.layers.RandomErasing(),
        ["RandomGaussianBlur"] = () => keras.layers.RandomGaussianBlur(),
        ["RandomGrayscale"] = () => keras.layers.RandomGrayscale(),
        ["RandomHue"] = () => keras.layers.RandomHue(0.3),
        ["RandomInvert"] = () => keras.layers.RandomInvert(0.7),
        ["RandomPerspective"] = () => keras.layers.RandomPerspective(0.7, 0.4),
        ["RandomPosterization"] = () => keras.layers.RandomPosterization((2, 5)),
        ["RandomSaturation"] = () => keras.layers.RandomSaturation(0.3),
        ["RandomSharpness"] = () => keras.layers.RandomSharpness(0.8),
        ["RandomShear"] = () => keras.layers.RandomShear(0.3, 0.3),
        ["Solarization"] = () => keras.layers.Solarization(0.3, 0.5),
        ["RandomBrightness"] = () => keras.layers.RandomBrightness(0.3),
        ["RandomContrast"] = () => keras.layers.RandomContrast(0.3),
        ["RandomFlip"] = () => keras.layers.RandomFlip("horizontal"),
        ["RandomRotation"] = () => keras.layers.RandomRotation(0.3),
        ["RandomTranslation"] = () => keras.layers.RandomTranslation(0.3, 0.3, interpolation: "nearest"),
        ["RandomZoom"] = () => keras.layers.RandomZoom(0.3, fill_mode: "wrap"),
        ["SpatialDropout2D"] = () => keras.layers.SpatialDropout2D(0.3),
    };

    private static float[]? Broken(string name, string? folder, int? stopsAfter)
    {
        keras.utils.set_random_seed(5);
        var model = keras.Sequential([keras.Input((6, 5, 3)), s_drawing[name](), keras.layers.Flatten(), keras.layers.Dense(2)]);
        model.compile(keras.optimizers.SGD(1e-6), "mse");
        int batches = 0;
        var stopper = keras.callbacks.LambdaCallback(on_train_batch_end: (_, _) =>
        {
            if (++batches == stopsAfter) throw new OperationCanceledException();
        });
        CallbackList callbacks = folder is null ? [stopper] : [stopper, keras.callbacks.BackupAndRestore(folder, save_freq: 3)];
        try
        {
            model.fit(Pixels(1, 24, 6, 5, 3), Pixels(1 / 256f, 24, 2), batch_size: 4, epochs: 4, verbose: 0, callbacks: callbacks);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        return [.. model.get_weights().SelectMany(w => w.ToFloats())];
    }

    /// <summary>Without allocations once they run, and the same on any number of threads.</summary>
    [Theory]
    [MemberData(nameof(Drawing))]
    public void A_step_allocates_nothing(string name)
    {
        float[] Run(int threads)
        {
            using var kernels = new ManagedEngine(threads).OpenKernels();
            var layer = s_drawing[name]();
            var plan = new ShortPlan(kernels, training: true, fuses: false, trains: false);
            var y = plan.Input(Pixels(1, 3, 28, 28, 3));
            foreach (var tensor in layer.Call(plan.Graph, (Tensor[])[y])) plan.Gradients(y = tensor, tensor, []);
            plan.Run();
            long allocated = Allocations.Of(plan.Again);
            Assert.True(allocated == 0, $"{name}: {allocated} bytes");
            return [.. plan.Read(y).Select(v => (float)v)];
        }
        keras.utils.set_random_seed(5);
        float[] once = Run(1);
        keras.utils.set_random_seed(5);
        Assert.Equal(once, Run(3));
    }

    /// <summary>
    /// The mode that a graph runs in precedes the training arguments of its calls, which files hold: true for augmentation, false for noise.
    /// A model applied to an array has no mode, so that the calls' arguments count.
    /// </summary>
    [Fact]
    public void A_graph_predicts_without_augmentation_whatever_its_calls_say()
    {
        Tensor input = keras.Input((6, 6, 1));
        var x = Pixels(1, 4, 6, 6, 1);
        var noise = keras.layers.GaussianNoise(0.5).Apply(keras.layers.RandomRotation(0.4, seed: 1).Apply(input));
        var model = keras.Model(input, keras.layers.Dropout(0.5).Apply(noise));
        using var folder = new TemporaryFolder();
        model.save(folder["m.keras"]);
        var loaded = keras.models.load_model(folder["m.keras"]);
        var calls = loaded.get_config()["layers"]!.AsArray().Skip(1).Select(layer => (bool)layer!["inbound_nodes"]![0]!["kwargs"]!["training"]!);
        Assert.Equal([true, false, false], calls);
        foreach (var each in new[] { model, loaded })
        {
            Assert.Equal(x.ToFloats(), each.predict(x, verbose: 0).ToFloats());
            Assert.Equal(keras.layers.RandomRotation(0.4, seed: 1).Apply(x).numpy().ToFloats(), each.Apply(x).numpy().ToFloats());
        }
        var always = keras.Model(input, keras.layers.Dropout(0.5, seed: 1).Apply(input, training: true));
        Assert.Equal(x.ToFloats(), always.predict(x, verbose: 0).ToFloats());
        Assert.NotEqual(x.ToFloats(), always.Apply(x).numpy().ToFloats());
    }

    /// <summary>Losses of the real Keras in a training with a fixed seed: augmentation first, noise after.</summary>
    [Fact]
    public void A_training_follows_Keras()
    {
        keras.utils.set_random_seed(5);
        var layers = keras.layers;
        var model = keras.Sequential([keras.Input((8, 8, 1)), layers.RandomFlip("horizontal"), layers.RandomTranslation(0.2, 0.2), layers.Rescaling(1 / 255.0),
            layers.Flatten(), layers.Dense(6, activation: "relu"), layers.GaussianNoise(0.1), layers.Dense(3)]);
        model.compile(keras.optimizers.SGD(0.05), "mse");
        var losses = model.fit(Pixels(1, 24, 8, 8, 1), Pixels(1 / 256f, 24, 3), batch_size: 8, epochs: 3, verbose: 0).history["loss"];
        foreach (var (expected, loss) in s_recorded.GetProperty("losses").EnumerateArray().Zip(losses)) Assert.Equal(expected.GetDouble(), loss, 1e-6);
    }

    private static float[] Trained(int threads)
    {
        keras.utils.set_random_seed(5);
        var layers = keras.layers;
        var model = keras.Sequential([keras.Input((8, 8, 1)), layers.RandomFlip("horizontal"), layers.RandomTranslation(0.2, 0.2), layers.RandomRotation(0.1),
            layers.RandomContrast(0.3), layers.Flatten(), layers.BatchNormalization(), layers.Dense(6, activation: "relu"),
                layers.GaussianNoise(0.1), layers.Dense(3)]);
        model.compile(keras.optimizers.SGD(0.05), "mse", engine: new ManagedEngine(threads));
        model.fit(Pixels(1, 24, 8, 8, 1), Pixels(1 / 256f, 24, 3), batch_size: 8, epochs: 2, verbose: 0);
        return [.. model.get_weights().SelectMany(w => w.ToFloats())];
    }

    [Fact]
    public void What_moves_images_lets_gradients_through_to_layers_before_it()
    {
        Layer[] moving = [keras.layers.RandomFlip(seed: 1), keras.layers.RandomRotation(0.1, seed: 1), keras.layers.RandomZoom(0.2, seed: 1),
            keras.layers.RandomTranslation(0.2, 0.2, seed: 1)];
        foreach (var layer in moving)
        {
            var model = keras.Sequential([keras.Input((4, 4, 1)), keras.layers.Conv2D(2, 1), layer, keras.layers.Flatten(), keras.layers.Dense(1)]);
            model.compile("sgd", "mse");
            float[] before = model.get_weights()[0].ToFloats();
            model.fit(Pixels(1 / 256f, 4, 4, 4, 1), Pixels(1 / 256f, 4, 1), verbose: 0);
            float[] after = model.get_weights()[0].ToFloats();
            Assert.NotEqual(before, after);
            Assert.All(after, weight => Assert.True(float.IsFinite(weight)));
        }
    }

    [Fact]
    public void Mistakes_are_told_in_Keras_words()
    {
        var layers = keras.layers;
        Says("in the range (-1.0, 1.0]. Received: input_number=2", () => layers.RandomZoom(2));
        Says("in the range [-1.0, 1.0]. Received: input_number=-1.5", () => layers.RandomTranslation(0.1, (-1.5, 0)));
        Says("in the range [-1, 1]. Received: factor=3", () => layers.RandomRotation(3));
        Says("in the range [0, 1]. Received: factor=-0.3", () => layers.RandomContrast(-0.3));
        Says("Unknown `fill_mode` x. Expected of one ('reflect', 'wrap', 'constant', 'nearest').", () => layers.RandomZoom(0.1, fill_mode: "x"));
        Says("Unknown `interpolation` x.", () => layers.RandomZoom(0.1, interpolation: "x"));
        Says("Unknown `mode` x.", () => layers.RandomFlip("x"));
        Says("`stddev`. Expected a float value between 0 and 1. Received: stddev=2.0", () => layers.GaussianNoise(2));
        Says("Expected image tensor to have rank 3 (single image) or 4 (batch of images). Received: data.shape=",
            () => layers.RandomFlip().Apply(np.ones((2, 3))));
    }

    private static void Says(string expected, Action mistake) => Assert.Contains(expected, Assert.Throws<ValueError>(mistake).Message);

    private static NDArray Pixels(float scale, params int[] shape)
    {
        int count = shape.Aggregate(1, (product, d) => product * d);
        return new([.. Enumerable.Range(0, count).Select(i => ((uint)i * 2654435761u >> 24) * scale)], shape);
    }

    private static void Same(JsonElement recorded, NDArray actual, string what)
    {
        if (recorded.TryGetProperty("values", out var near))
        {
            float[] all = actual.ToFloats(), wanted = [.. near.EnumerateArray().Select(v => (float)v.GetDouble())];
            Assert.True(all.Length == wanted.Length, what);
            float most = wanted.Max(Math.Abs);
            for (int i = 0; i < all.Length; i++) Assert.True(Math.Abs(all[i] - wanted[i]) <= 1e-5f * most, $"{what}, value {i}: {all[i]}, Keras {wanted[i]}");
            return;
        }
        float[] values = actual.ToFloats(), first = [.. recorded.GetProperty("first").EnumerateArray().Select(v => (float)v.GetDouble())];
        Assert.True(first.SequenceEqual(values.Take(8)), $"{what}: {string.Join(", ", values.Take(8))}, Keras {string.Join(", ", first)}");
        Assert.True(recorded.GetProperty("sha256").GetString() == Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan()))), what);
    }
}
