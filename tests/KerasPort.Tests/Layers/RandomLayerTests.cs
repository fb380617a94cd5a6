using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Callbacks;
using KerasPort.Engines.Managed;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Saving;
using KerasPort.Tests.Console;
using KerasPort.Tests.Engines;
using Xunit;
using static KerasPort.Python;

namespace KerasPort.Tests.Layers;

/// <summary>What layers of noise and augmentation draw and make of it is Keras' own, bit for bit.</summary>
public class RandomLayerTests
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("random-layers.json")).RootElement;

    [Fact]
    public void Values_are_Keras_own_call_after_call()
    {
        foreach (var recorded in s_recorded.GetProperty("cases").EnumerateArray())
        {
            string name = recorded.GetProperty("class_name").GetString()!, config = recorded.GetProperty("config").GetRawText();
            var layer = (Layer)ObjectConfig.Create(KnownClasses.Find(typeof(Layer), name, name), recorded.GetProperty("config"), name);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(config), layer.get_config()), $"{name}: {layer.get_config().ToJsonString()}, Keras {config}");
            float scale = (float)recorded.GetProperty("scale").GetDouble();
            foreach (var (i, call) in recorded.GetProperty("calls").EnumerateArray().Index())
                Same(call, layer.Apply(Pixels(scale, [.. call.GetProperty("x_shape").EnumerateArray().Select(d => d.GetInt32())]), training: true).numpy(), $"{name} {config}, call {i}");
        }
    }

    /// <summary>A model of augmentation draws its own seeds, and augments where nothing says that it isn't training; predictions don't.</summary>
    [Fact]
    public void A_model_of_augmentation_changes_arrays_as_in_Keras()
    {
        keras.utils.set_random_seed(11);
        var layers = keras.layers;
        var model = keras.Sequential([layers.RandomFlip("horizontal"), layers.RandomRotation(0.1), layers.RandomZoom(0.2), layers.RandomTranslation(0.1, 0.1), layers.RandomContrast(0.2)]);
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

    /// <summary>Each layer that draws, by itself, in a training that breaks off within its third epoch and goes on from a checkpoint.</summary>
    [Theory]
    [MemberData(nameof(Drawing))]
    public void A_training_that_breaks_off_goes_on_with_what_would_have_been_drawn(string name)
    {
        using var folder = new TemporaryFolder();
        float[] through = Broken(name, null, null)!;
        Assert.Null(Broken(name, folder["c"], 14));
        Assert.Equal(through, Broken(name, folder["c"], null));
    }

    public static TheoryData<string> Drawing => [.. s_drawing.Keys];

    private static readonly Dictionary<string, Func<Layer>> s_drawing = new()
    {
        ["Dropout"] = () => keras.layers.Dropout(0.3),
        ["GaussianDropout"] = () => keras.layers.GaussianDropout(0.3),
        ["GaussianNoise"] = () => keras.layers.GaussianNoise(0.3),
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
        var model = keras.Sequential([keras.Input((6, 5, 2)), s_drawing[name](), keras.layers.Flatten(), keras.layers.Dense(2)]);
        model.compile(keras.optimizers.SGD(1e-6), "mse");
        int batches = 0;
        var stopper = keras.callbacks.LambdaCallback(on_train_batch_end: (_, _) =>
        {
            if (++batches == stopsAfter) throw new OperationCanceledException();
        });
        CallbackList callbacks = folder is null ? [stopper] : [stopper, keras.callbacks.BackupAndRestore(folder, save_freq: 3)];
        try
        {
            model.fit(Pixels(1, 24, 6, 5, 2), Pixels(1 / 256f, 24, 2), batch_size: 4, epochs: 4, verbose: 0, callbacks: callbacks);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        return [.. model.get_weights().SelectMany(w => w.ToFloats())];
    }

    /// <summary>Without anything allocated once they run, and the same on any number of threads.</summary>
    [Theory]
    [MemberData(nameof(Drawing))]
    public void A_step_allocates_nothing(string name)
    {
        float[] Run(int threads)
        {
            using var kernels = new ManagedEngine(threads).OpenKernels();
            var layer = s_drawing[name]();
            var plan = new ShortPlan(kernels, training: true, fuses: false, trains: false);
            var y = plan.Input(Pixels(1, 3, 28, 28, 2));
            foreach (var tensor in layer.Call(plan.Graph, [y])) plan.Gradients(y = tensor, tensor, []);
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
    /// What a graph is run for is above what its calls say of training, which files hold: of augmentation true, of noise false. An array that the
    /// model is applied to is run for nothing.
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

    /// <summary>Losses of the real Keras in a training with a seed of its own: augmentation in front, noise behind.</summary>
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
            layers.RandomContrast(0.3), layers.Flatten(), layers.BatchNormalization(), layers.Dense(6, activation: "relu"), layers.GaussianNoise(0.1), layers.Dense(3)]);
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
        Says("in the range (-1.0, 1.0]. Received: input_number=2.0", () => layers.RandomZoom(2));
        Says("in the range [-1.0, 1.0]. Received: input_number=-1.5", () => layers.RandomTranslation(0.1, (-1.5, 0)));
        Says("in the range [-1, 1]. Received: factor=3.0", () => layers.RandomRotation(3));
        Says("in the range [0, 1]. Received: factor=-0.3", () => layers.RandomContrast(-0.3));
        Says("Unknown `fill_mode` x. Expected of one ('reflect', 'wrap', 'constant', 'nearest').", () => layers.RandomZoom(0.1, fill_mode: "x"));
        Says("Unknown `interpolation` x.", () => layers.RandomZoom(0.1, interpolation: "x"));
        Says("Unknown `mode` x.", () => layers.RandomFlip("x"));
        Says("`stddev`. Expected a float value between 0 and 1. Received: stddev=2.0", () => layers.GaussianNoise(2));
        Says("Expected image tensor to have rank 3 (single image) or 4 (batch of images). Received: data.shape=", () => layers.RandomFlip().Apply(np.ones((2, 3))));
    }

    private static void Says(string expected, Action mistake) => Assert.Contains(expected, Assert.Throws<ValueError>(mistake).Message);

    private static NDArray Pixels(float scale, params int[] shape)
    {
        int count = shape.Aggregate(1, (product, d) => product * d);
        return new([.. Enumerable.Range(0, count).Select(i => ((uint)i * 2654435761u >> 24) * scale)], shape);
    }

    private static void Same(JsonElement recorded, NDArray actual, string what)
    {
        float[] values = actual.ToFloats(), first = [.. recorded.GetProperty("first").EnumerateArray().Select(v => (float)v.GetDouble())];
        Assert.True(first.SequenceEqual(values.Take(8)), $"{what}: {string.Join(", ", values.Take(8))}, Keras {string.Join(", ", first)}");
        Assert.True(recorded.GetProperty("sha256").GetString() == Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan()))), what);
    }
}
