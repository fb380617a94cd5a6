using KerasPort.Losses;
using KerasPort.Models;

namespace KerasPort.Tests.Losses;

/// <summary>Targets that are compared with outputs element by element, in the shapes that Keras takes.</summary>
public sealed class MeanSquaredErrorTests
{
    private static Sequential Model(int outputs)
    {
        keras.utils.set_random_seed(3);
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(outputs, activation: "sigmoid")]);
        model.compile("sgd", "mse");
        return model;
    }

    private static NDArray Noise(params int[] shape)
    {
        var random = new System.Random(2);
        return new([.. Enumerable.Range(0, shape.Aggregate((a, b) => a * b)).Select(_ => random.NextSingle())], shape);
    }

    /// <summary>A column or an axis may be missing; a single column is compared with every column of the other side.</summary>
    [Theory]
    [InlineData(1, 8)]
    [InlineData(1, 8, 1)]
    [InlineData(1, 8, 3)]
    [InlineData(1, 8, 1, 1)]
    [InlineData(3, 8, 1)]
    [InlineData(3, 8, 3)]
    [InlineData(3, 8, 3, 1)]
    public void Shapes_that_Keras_takes(int outputs, params int[] targets)
    {
        var (model, x, y) = (Model(outputs), Noise(8, 4), Noise(targets));
        float[] predicted = model.predict(x, verbose: 0).ToFloats(), wanted = y.ToFloats();
        int columns = Math.Max(predicted.Length, wanted.Length) / 8;
        double expected = Enumerable.Range(0, 8 * columns).Average(i =>
        {
            double Of(float[] values) => values.Length == 8 ? values[i / columns] : values[i];
            return Math.Pow(Of(wanted) - Of(predicted), 2);
        });
        Assert.Equal(expected, (double)model.evaluate(x, y, verbose: 0), 1e-6);
        var losses = model.fit(x, y, epochs: 3, verbose: 0).history["loss"];
        Assert.Equal(expected, losses[0], 1e-6);
        Assert.True(losses[2] < losses[0]);
    }

    [Theory]
    [InlineData(3, 8)]
    [InlineData(3, 8, 2)]
    [InlineData(2, 8, 2, 2)]
    public void Other_shapes_are_refused(int outputs, params int[] targets)
    {
        string message = Assert.Throws<ValueError>(() => Model(outputs).fit(Noise(8, 4), Noise(targets), verbose: 0)).Message;
        Assert.StartsWith("Loss 'mean_squared_error' compares targets with outputs element by element", message);
        Assert.EndsWith($"output.shape=(None, {outputs})", message);
    }

    [Theory]
    [InlineData("mse")]
    [InlineData("MSE")]
    [InlineData("mean_squared_error")]
    [InlineData("MeanSquaredError")]
    public void Names_are_those_of_Keras(string name)
    {
        Loss loss = name;
        Assert.Equal(("mean_squared_error", name), (Assert.IsType<MeanSquaredError>(loss).name, loss.Identifier));
    }
}
