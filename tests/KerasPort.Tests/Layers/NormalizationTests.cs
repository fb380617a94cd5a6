using KerasPort.Layers;
using static KerasPort.Tests.Fixtures;
using static KerasPort.Tests.Refusals;

namespace KerasPort.Tests.Layers;

/// <summary>The mean and variance that a normalization computes from data agree with Keras 3.15.1.</summary>
public class NormalizationTests
{
    private static readonly NDArray s_rows = Numbers(10, 3), s_images = Numbers(2, 4, 5, 3);

    public static TheoryData<string, Action<Normalization>, float[], float[]> Adapted => new()
    {
        { "numpy rows", layer => layer.adapt(s_rows), [0.4529237f, 0.50128835f, 0.5496532f], [0.090549774f, 0.08741796f, 0.07643679f] },
        { "numpy rows in double", layer => layer.adapt(s_rows.astype("float64")), [0.4529237f, 0.5012884f, 0.5496531f],
            [0.09054977f, 0.08741795f, 0.07643679f] },
        { "numpy images", layer => layer.adapt(s_images), [0.504336f, 0.4777007f, 0.52606547f], [0.08562645f, 0.08576583f, 0.08184114f] },
        { "all of numpy", layer => layer.adapt(s_images), [0.5027007f], [0.084802344f] },
        { "inner axis", layer => layer.adapt(s_images), [0.5228279f, 0.5149653f, 0.5071027f, 0.46590683f],
            [0.09175189f, 0.075198635f, 0.0776389f, 0.092691205f] },
        { "batches", layer => layer.adapt((List<NDArray>)[s_rows[..4], s_rows[4..8], s_rows[8..]]), [0.45292372f, 0.5012884f, 0.5496531f],
            [0.090549774f, 0.087417945f, 0.07643678f] },
        { "all of batches", layer => layer.adapt((List<NDArray>)[s_rows[..7], s_rows[7..]]), [0.5012884f], [0.08636093f] },
    };

    [Theory]
    [MemberData(nameof(Adapted), DisableDiscoveryEnumeration = true)]
    public void Mean_and_variance_are_those_of_the_data(string name, Action<Normalization> adapt, float[] mean, float[] variance)
    {
        var layer = keras.layers.Normalization(name.StartsWith("all", StringComparison.Ordinal) ? null
            : name.StartsWith("inner", StringComparison.Ordinal) ? 1 : -1);
        adapt(layer);
        var weights = layer.get_weights();
        Assert.Equal(3, weights.Length);
        Near(mean, weights[0]);
        Near(variance, weights[1]);
        Assert.Equal(0, (int)weights[2]);
        Assert.Equal(weights[0].ToFloats(), layer.mean.numpy().ToFloats());
        Assert.Equal(layer.input_shape!.Value.Rank, layer.variance.shape.Rank);

        void Near(float[] expected, NDArray actual)
        {
            float[] values = actual.ToFloats();
            Assert.Equal(expected.Length, values.Length);
            for (int i = 0; i < values.Length; i++) Assert.Equal(expected[i], values[i], name.Contains("numpy") ? 0 : 1e-6f * Math.Abs(expected[i]));
        }
    }

    [Fact]
    public void A_compiled_model_takes_what_its_layer_adapts_to()
    {
        var layer = keras.layers.Normalization(input_shape: 3);
        var model = keras.Sequential([layer]);
        float[] before = model.predict(s_rows, verbose: 0).ToFloats();
        Assert.Equal(s_rows.ToFloats(), before);
        layer.adapt(s_rows);
        float[] after = model.predict(s_rows, verbose: 0).ToFloats();
        Assert.Equal(0, after.Average(), 1e-5f);
        Assert.Equal(1, after.Average(value => value * value), 1e-5f);
        Assert.Equal((7, 0), (model.count_params(), model.trainable_variables.Count));
        Assert.Equal("int64", layer.variables[2].dtype.ToString());
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_Keras_words()
    {
        Refused("both `mean` and `variance` must be set. Received: mean=1.0 and variance=None", () => keras.layers.Normalization(mean: 1.0));
        Refused("must have the same shape. Received: mean shape (2,) and variance shape ()",
            () => keras.layers.Normalization(mean: new[] { 1f, 2f }, variance: 1.0));
        Refused("must be less than or equal to the number of axes (1)", () => keras.layers.Normalization(mean: new[,] { { 1f } }, variance: new[,] { { 1f } }));
        Refused("must be in the range [-ndim, ndim). Received inputs with ndim=2, while axis=[5]", () => keras.layers.Normalization(5).Apply(keras.Input(3)));
        Refused("must have a known shape", () => keras.layers.Normalization().build((null, null)));
        Refused("so it can't adapt to data", () => keras.layers.Normalization(mean: 1.0, variance: 2.0).adapt(s_rows));
        Refused("no batches", () => keras.layers.Normalization().adapt(new List<NDArray>()));
        var layer = keras.layers.Normalization();
        layer.adapt(s_rows);
        Refused("The layer was built with input_shape=(10, 3)", () => layer.adapt(Numbers(10, 4)));
    }
}
