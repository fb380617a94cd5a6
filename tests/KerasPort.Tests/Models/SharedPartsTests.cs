using KerasPort.Callbacks;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Tests.Models;

/// <summary>An object in two models, as in Keras 3.15.1: an optimizer is refused, everything else may be shared.</summary>
public class SharedPartsTests
{
    private readonly NDArray _x, _y;

    public SharedPartsTests()
    {
        keras.utils.clear_session();
        (_x, _y) = SyntheticData.Rows(32, 4);
    }

    [Fact]
    public void An_optimizer_trains_one_model()
    {
        var optimizer = keras.optimizers.Adam();
        var (first, second) = (Compiled(optimizer), Compiled(optimizer));
        first.fit(_x, _y, verbose: 0);
        second.evaluate(_x, _y, verbose: 0);
        second.predict(_x, verbose: 0);
        var before = second.get_weights()[0].ToFloats();
        Assert.Equal(
            "Unknown variable: <Variable path=sequential_1/dense_1/kernel, shape=(4, 5), dtype=float32>. This optimizer can only be called for the variables "
            + "it was originally built with. When working with a new set of variables, you should recreate a new optimizer instance.",
            Assert.Throws<ValueError>(() => second.fit(_x, _y, verbose: 0)).Message);
        Assert.Equal(before, second.get_weights()[0].ToFloats());
        Assert.Equal(1, optimizer.iterations);
        first.fit(_x, _y, verbose: 0);
        Assert.Equal(2, optimizer.iterations);
    }

    [Fact]
    public void Compiled_again_into_the_same_model_it_goes_on()
    {
        var optimizer = keras.optimizers.Adam();
        var model = Compiled(optimizer);
        model.fit(_x, _y, verbose: 0);
        model.compile(optimizer, "sparse_categorical_crossentropy");
        model.fit(_x, _y, verbose: 0);
        Assert.Equal(2, optimizer.iterations);
    }

    [Fact]
    public void With_other_layers_it_is_refused_once_it_is_compiled_again()
    {
        var optimizer = keras.optimizers.Adam();
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(5), keras.layers.Dense(5, activation: "softmax")]);
        model.compile(optimizer, "sparse_categorical_crossentropy");
        model.fit(_x, _y, verbose: 0);
        model.pop();
        model.add(keras.layers.Dense(5, activation: "softmax"));
        model.fit(_x, _y, verbose: 0);
        model.pop();
        model.fit(_x, _y, verbose: 0);
        Assert.Equal(3, optimizer.iterations);
        model.add(keras.layers.Dense(5, activation: "softmax"));
        model.compile(optimizer, "sparse_categorical_crossentropy");
        Assert.StartsWith("Unknown variable: <Variable path=sequential/dense_3/kernel", Assert.Throws<ValueError>(() => model.fit(_x, _y, verbose: 0)).Message);
    }

    /// <summary>The optimizer has the weights that it was built with; its slots move from one model to the other.</summary>
    [Fact]
    public void Models_of_the_same_layers_may_share_it()
    {
        float[] Train(bool two)
        {
            keras.utils.set_random_seed(3);
            var (optimizer, layer) = (keras.optimizers.Adam(0.01), keras.layers.Dense(5, activation: "softmax"));
            var models = Enumerable.Range(0, 2).Select(_ => keras.Sequential([keras.Input(4), layer])).ToArray();
            foreach (var model in models) model.compile(optimizer, "sparse_categorical_crossentropy");
            for (int i = 0; i < 4; i++) models[two ? i % 2 : 0].fit(_x, _y, batch_size: 8, shuffle: false, verbose: 0);
            Assert.Equal(16, optimizer.iterations);
            return layer.get_weights()[0].ToFloats();
        }

        Assert.Equal(Train(two: false), Train(two: true));
    }

    [Fact]
    public void A_loss_a_metric_and_a_callback_serve_two_models()
    {
        var (loss, metric, stopping) = (keras.losses.SparseCategoricalCrossentropy(), keras.metrics.SparseCategoricalAccuracy(),
            keras.callbacks.EarlyStopping("loss", patience: 1));
        double[] Train(Sequential model)
        {
            model.compile("adam", loss, metric);
            return [.. model.fit(_x, _y, epochs: 3, shuffle: false, verbose: 0, callbacks: stopping).history["sparse_categorical_accuracy"]];
        }

        keras.utils.set_random_seed(1);
        var (first, second) = (Built(), Built());
        second.set_weights(first.get_weights());
        Assert.Equal(Train(first), Train(second));
        Assert.Equal((2, 0), (stopping.best_epoch, stopping.wait));
    }

    /// <summary>An optimizer from a file is built, whatever its step; one that never trained isn't.</summary>
    [Fact]
    public void An_optimizer_out_of_a_file_belongs_to_its_model()
    {
        using var folder = new TemporaryFolder();
        var model = Compiled("adam");
        model.fit(_x, _y, verbose: 0);
        model.save(folder["m.keras"]);
        var loaded = keras.saving.load_model(folder["m.keras"]);
        var other = Built();
        other.compile(loaded.optimizer!, "sparse_categorical_crossentropy");
        Assert.StartsWith("Unknown variable", Assert.Throws<ValueError>(() => other.fit(_x, _y, verbose: 0)).Message);
        loaded.fit(_x, _y, verbose: 0);
        Assert.Equal(2, loaded.optimizer!.iterations);
    }

    private static Sequential Built() => keras.Sequential([keras.Input(4), keras.layers.Dense(5, activation: "softmax")]);

    private static Sequential Compiled(Optimizer optimizer)
    {
        var model = Built();
        model.compile(optimizer, "sparse_categorical_crossentropy");
        return model;
    }
}
