using KerasPort.Cuda;
using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Losses;
using KerasPort.Models;

namespace KerasPort.Tests.Engines;

/// <summary>Mean squared error as a user of the library would write it.</summary>
public sealed class OwnMeanSquaredError : Loss
{
    protected internal override void Check(NDArray targets, Shape outputs) { }

    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
    {
        int wide = Math.Min(y_true.shape[^1]!.Value, y_pred.shape[^1]!.Value);
        return g.MeanColumns(g.Square(g.Subtract(y_pred, g.Columns(y_true, 0, wide))));
    }
}

/// <summary>A custom loss gets targets as wide as y is, on every engine.</summary>
public sealed class OwnLossTests
{
    private static Engine Open(string name) => name switch
    {
        "managed" => Engine.Open("managed"),
        "cuda" => new CudaEngine(PoclCard.Shared),
        _ => new ReferenceEngine(),
    };

    private static (NDArray x, NDArray y) Data(int rows, int width)
    {
        var random = new System.Random(4);
        NDArray Noise(int columns) => new([.. Enumerable.Range(0, rows * columns).Select(_ => (float)random.NextDouble())], rows, columns);
        return (Noise(4), Noise(width));
    }

    private static Sequential Model(Engine engine, int outputs = 3)
    {
        keras.utils.set_random_seed(2);
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(5, activation: "tanh"), keras.layers.Dense(outputs)]);
        model.compile("adam", new OwnMeanSquaredError(), engine: engine);
        return model;
    }

    /// <summary>Losses of three epochs, the last batch short, and of an evaluation: against the mean of squares computed from predictions.</summary>
    [Theory]
    [InlineData("managed")]
    [InlineData("reference")]
    [InlineData("cuda")]
    public void Targets_of_three_columns_train(string engine)
    {
        var (x, y) = Data(22, 3);
        var model = Model(Open(engine));
        double Expected()
        {
            float[] outputs = model.predict(x, verbose: 0).ToFloats(), targets = y.ToFloats();
            return outputs.Zip(targets, (o, t) => ((double)o - t) * (o - t)).Average();
        }

        double first = Expected();
        Assert.Equal(first, (double)model.evaluate(x, y, batch_size: 8, verbose: 0), 1e-6);
        var losses = model.fit(x, y, batch_size: 8, epochs: 30, shuffle: false, verbose: 0).history["loss"];
        Assert.Equal(Expected(), (double)model.evaluate(x, y, batch_size: 8, verbose: 0), 1e-6);
        Assert.True(losses[^1] < 0.8 * first, $"{first} to {losses[^1]}");

        // The definition, from the same weights on the same rows.
        var expected = Model(new ReferenceEngine()).fit(x, y, batch_size: 8, epochs: 30, shuffle: false, verbose: 0).history["loss"];
        for (int i = 0; i < losses.Count; i++) Assert.Equal(expected[i], losses[i], 1e-5);
    }

    /// <summary>Targets that are far wider than the outputs, then others on the same model.</summary>
    [Theory]
    [InlineData("managed")]
    [InlineData("reference")]
    [InlineData("cuda")]
    public void Targets_of_any_width_have_room(string engine)
    {
        var model = Model(Open(engine));
        foreach (int width in (int[])[3000, 1, 3, 2000])
        {
            var (x, y) = Data(10, width);
            Assert.True(double.IsFinite(model.fit(x, y, verbose: 0).history["loss"][0]));
            Assert.True(double.IsFinite(model.evaluate(x, y, batch_size: 4, verbose: 0)));
        }
    }

    /// <summary>A metric of class indices can't compare with rows of three.</summary>
    [Fact]
    public void A_metric_of_class_numbers_refuses_wider_targets()
    {
        var (x, y) = Data(10, 3);
        var model = Model(new ReferenceEngine());
        model.compile("adam", new OwnMeanSquaredError(), [keras.metrics.SparseCategoricalAccuracy()]);
        Assert.Contains("expects one class number a row of outputs. Received: target.shape=(None, 3), output.shape=(None, 3)",
            Assert.Throws<ValueError>(() => model.fit(x, y, verbose: 0)).Message);
    }
}
