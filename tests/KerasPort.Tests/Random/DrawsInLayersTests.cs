using KerasPort.Layers;
using KerasPort.Random;

namespace KerasPort.Tests.Random;

/// <summary>Random numbers drawn in the <c>call</c> of a custom layer: new ones with each batch, equal to those of Keras 3.15.1.</summary>
public class DrawsInLayersTests
{
    [Theory]
    [InlineData("generator", -2.0553784f, 1.1581877f, -0.29864547f, 0.93861687f, -0.77272797f, 2.0677035f, -0.33111522f, -0.30643398f)]
    [InlineData("number", -2.0553784f, 1.1581877f, -2.0553784f, 1.1581877f, -2.0553784f, 1.1581877f, -2.0553784f, 1.1581877f)]
    [InlineData("none", -1.2502598f, 1.0671018f, 1.4886982f, -1.8156062f, -0.6725850f, -0.8111397f, 0.3855114f, 1.2775753f)]
    [InlineData("whole", 83f, 10f, 66f, 49f, 43f, 32f, 19f, 7f)]
    [InlineData("dropout", 0f, 2f, 2f, 2f, 0f, 2f, 2f, 2f)]
    public void Are_Keras_own(string what, params float[] expected)
    {
        keras.utils.clear_session();
        keras.utils.set_random_seed(1);
        var x = np.ones((4, 1), dtype: "float32");
        var model = keras.Sequential([keras.Input(1), new Drawing(what)]);
        float[] drawn = [.. new[] { 1, 2 }.SelectMany(_ => model.predict(x, batch_size: 2, verbose: 0).ToFloats())];
        Assert.Equal(expected, drawn, (a, b) => Math.Abs(a - b) < 2e-6);
    }

    [Fact]
    public void In_an_operation_of_tf_too()
    {
        var model = keras.Sequential([keras.Input(1), new Drawing("tf")]);
        float[] drawn = model.predict(np.ones((4, 1)), batch_size: 2, verbose: 0).ToFloats();
        Assert.Equal(4, drawn.Distinct().Count());
    }

    private sealed class Drawing(string what) : Layer(null)
    {
        private readonly SeedGenerator _seeds = keras.random.SeedGenerator(5);

        public override Tensor call(Tensor x, bool training) => what switch
        {
            "generator" => x * 0 + keras.random.normal((x.shape[0], 1), seed: _seeds),
            "number" => x * 0 + keras.random.normal((x.shape[0], 1), seed: 5),
            "none" => x * 0 + keras.random.normal((x.shape[0], 1)),
            "whole" => x * 0 + keras.random.randint((x.shape[0], 1), 0, 100, seed: _seeds),
            "dropout" => keras.random.dropout(x, 0.5, seed: _seeds),
            _ => x * 0 + tf.random.normal((x.shape[0], 1)),
        };
    }
}
