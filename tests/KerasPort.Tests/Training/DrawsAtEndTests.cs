using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Tests.Training;

/// <summary>
/// Where nobody knows that the data ends, Keras on TensorFlow finds out within a step, whose layers have drawn by then. The counters are those of
/// Keras 3.15.1's seed generators after each epoch, or each evaluation, of five batches.
/// </summary>
public sealed class DrawsAtEndTests
{
    [Theory]
    [InlineData("known", null, new[] { 5, 10, 15 })]
    [InlineData("known", 10, new[] { 5, 10, 15 })]
    [InlineData("known", 3, new[] { 3, 5, 8 })]
    [InlineData("unknown", null, new[] { 6, 12, 18 })]
    [InlineData("unknown", 5, new[] { 5, 6, 11 })]
    [InlineData("unknown", 3, new[] { 3, 6, 9 })]
    [InlineData("generator", null, new[] { 6, 12, 18 })]
    public void Trainings_draw_as_in_Keras(string data, int? steps, int[] counters)
    {
        var layer = keras.layers.Dropout(0.5, seed: 1);
        var model = Model(layer);
        List<int> drawn = [];
        var callback = keras.callbacks.LambdaCallback(on_epoch_end: (_, _) => drawn.Add((int)layer.SeedGenerator!.Counter));
        _ = data == "generator" ? model.fit(Batches(), epochs: 3, verbose: 0, callbacks: [callback])
            : model.fit(Rows(data), epochs: 3, steps_per_epoch: steps, verbose: 0, callbacks: [callback]);
        Assert.Equal(counters, drawn);
    }

    [Theory]
    [InlineData("unknown", new[] { 6, 12 }, new[] { 12, 24 })]
    [InlineData("known", new[] { 5, 10 }, new[] { 11, 22 })]
    public void Evaluations_draw_as_in_Keras_where_layers_draw_then(string data, int[] alone, int[] within)
    {
        var layer = new Always(0.5, seed: 1);
        var model = Model(layer);
        for (int i = 0; i < 2; i++)
        {
            model.evaluate(Rows(data), verbose: 0);
            Assert.Equal(alone[i], layer.SeedGenerator!.Counter);
        }
        layer.SeedGenerator!.Counter = 0;
        List<int> drawn = [];
        model.fit(Rows("unknown"), validation_data: Rows(data), epochs: 2, verbose: 0,
            callbacks: [keras.callbacks.LambdaCallback(on_epoch_end: (_, _) => drawn.Add((int)layer.SeedGenerator!.Counter))]);
        Assert.Equal(within, drawn);
        model.predict(Rows("unknown"), verbose: 0);
        Assert.Equal(within[^1] + 5, layer.SeedGenerator!.Counter);
    }

    [Fact]
    public void A_layer_of_ones_own_draws_as_in_Keras()
    {
        var layer = new Noise();
        Model(layer).fit(Rows("unknown"), epochs: 2, verbose: 0);
        Assert.Equal(12, (int)layer.Seeds.next()[1]);
    }

    private static Sequential Model(Layer layer)
    {
        keras.utils.set_random_seed(1);
        var model = keras.Sequential([keras.Input(3), layer, keras.layers.Dense(1)]);
        model.compile("sgd", "mse");
        return model;
    }

    private static Dataset Rows(string data)
    {
        var rows = tf.data.Dataset.from_tensor_slices((np.ones((40, 3)), np.ones((40, 1))));
        return (data == "known" ? rows : rows.filter((_, _) => true)).batch(8);
    }

    private static IEnumerable<(NDArray, NDArray)> Batches() => Enumerable.Repeat((np.ones((8, 3)), np.ones((8, 1))), 5);

    private sealed class Always(double rate, long seed) : Dropout(rate, seed: seed)
    {
        public override Tensor call(Tensor x, bool training) => base.call(x, training: true);
    }

    private sealed class Noise : Layer
    {
        public KerasPort.Random.SeedGenerator Seeds { get; } = keras.random.SeedGenerator(5);

        public override Tensor call(Tensor x, bool training) => x + keras.random.normal(x.shape, seed: Seeds);
    }
}
