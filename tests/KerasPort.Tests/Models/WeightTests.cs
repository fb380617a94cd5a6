using KerasPort.Callbacks;
using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Tests.Models;

/// <summary>Weights are the same wherever they are read and set: on the host, on the engine, in one model or in two.</summary>
public class WeightTests
{
    private readonly NDArray _x, _y;

    public WeightTests() => (_x, _y) = SyntheticData.Rows(64, 6);

    [Fact]
    public void Weights_that_are_set_are_those_that_predict()
    {
        var model = Model();
        model.predict(_x, verbose: 0);
        var weights = model.get_weights();
        model.set_weights([.. weights.Select(w => w * 0)]);
        Assert.All(model.predict(_x, verbose: 0).ToFloats(), p => Assert.Equal(0.2f, p));
        model.layers[1].set_weights([weights[2] * 0, new float[] { 0, 0, 50, 0, 0 }]);
        Assert.All(model.predict(_x, verbose: 0).argmax(-1).ToInts(), c => Assert.Equal(2, c));
        model.layers[1].variables[1].assign(new float[] { 0, 0, 0, 50, 0 });
        Assert.All(model.predict(_x, verbose: 0).argmax(-1).ToInts(), c => Assert.Equal(3, c));
    }

    [Fact]
    public void Training_changes_what_get_weights_gives_but_not_what_it_gave()
    {
        var model = Model();
        var before = model.get_weights();
        float[] copy = before[0].ToFloats();
        model.fit(_x, _y, verbose: 0);
        Assert.Equal(copy, before[0].ToFloats());
        Assert.NotEqual(copy, model.get_weights()[0].ToFloats());
        Assert.Equal(model.get_weights()[0].ToFloats(), model.layers[0].get_weights()[0].ToFloats());
        Assert.Equal(model.get_weights()[0].ToFloats(), model.variables[0].numpy().ToFloats());
    }

    [Fact]
    public void Weights_are_up_to_date_in_a_callback_and_may_be_set_there()
    {
        var model = Model();
        var seen = new List<float>();
        model.fit(_x, _y, epochs: 2, verbose: 0, callbacks: [new LambdaCallback(on_train_batch_end: (batch, _) =>
        {
            seen.Add(model.get_weights()[1].ToFloats().Sum());
            if (batch == 1) model.set_weights([.. model.get_weights().Select(w => w * 0)]);
        })]);
        Assert.Equal(4, seen.Distinct().Count());
        Assert.All(model.get_weights(), w => Assert.Equal(0, (double)w.max()));
    }

    [Fact]
    public void A_set_that_fails_changes_nothing()
    {
        var model = Model();
        var before = model.get_weights();
        Assert.Throws<ValueError>(() => model.set_weights([before[0] * 0, before[1], before[2], before[1]]));
        Assert.Equal(before[0].ToFloats(), model.get_weights()[0].ToFloats());
    }

    /// <summary>A second model of the first layers, as the codelab uses to look at convolutions.</summary>
    [Fact]
    public void A_layer_in_two_models_has_the_same_weights_in_both()
    {
        var model = Model();
        model.fit(_x, _y, verbose: 0);
        var start = keras.Sequential([model.layers[0]]);
        Assert.Equal(Hidden(model, _x), start.predict(_x, verbose: 0).ToFloats());

        model.fit(_x, _y, verbose: 0);
        float[] trained = model.get_weights()[0].ToFloats();
        Assert.Equal(Hidden(model, _x), start.predict(_x, verbose: 0).ToFloats());
        start.set_weights([.. start.get_weights().Select(w => w * 2)]);
        Assert.Equal(trained.Select(w => w * 2), model.get_weights()[0].ToFloats());
        Assert.Equal(Hidden(model, _x), start.predict(_x, verbose: 0).ToFloats());
    }

    [Fact]
    public void Looking_at_a_layer_between_epochs_does_not_change_the_training()
    {
        History Train(bool look)
        {
            keras.utils.set_random_seed(1);
            var model = Model();
            var start = keras.Sequential([model.layers[0]]);
            return model.fit(_x, _y, epochs: 4, verbose: 0, callbacks: look ? [new LambdaCallback(on_epoch_end: (_, _) => start.predict(_x, verbose: 0))] : []);
        }

        Assert.Equal(Train(false).history["loss"], Train(true).history["loss"]);
    }

    [Fact]
    public void In_the_middle_of_its_batches_a_model_stays_as_it_is()
    {
        var model = Model();
        var start = keras.Sequential([model.layers[0]]);
        Action[] changes = [() => start.predict(_x, verbose: 0), () => model.add(keras.layers.Dense(2)), () => model.pop(),
            () => model.compile("adam", "sparse_categorical_crossentropy")];
        Assert.All(changes, change =>
        {
            var error = Assert.Throws<ValueError>(() => model.fit(_x, _y, verbose: 0, callbacks: [new LambdaCallback(on_train_batch_end: (_, _) => change())]));
            Assert.StartsWith($"Model '{model.name}' is in the middle of its batches", error.Message);
            Assert.Equal(2, model.layers.Count);
        });
        Assert.Equal([64, 5], model.predict(_x, verbose: 0).shape);
    }

    private static Sequential Model()
    {
        var model = keras.Sequential([keras.Input(6), keras.layers.Dense(8, activation: "relu"), keras.layers.Dense(5, activation: "softmax")]);
        model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        return model;
    }

    // The first layer's output from a new model of its layers.
    private static float[] Hidden(Sequential model, NDArray x)
    {
        var copy = keras.Sequential([keras.Input(6), keras.layers.Dense(8, activation: "relu")]);
        copy.set_weights(model.layers[0].get_weights());
        return copy.predict(x, verbose: 0).ToFloats();
    }
}
