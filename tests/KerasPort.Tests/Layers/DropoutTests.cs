using KerasPort.Engines;

namespace KerasPort.Tests.Layers;

/// <summary>Masks and losses are those that Keras 3.15.1 on TensorFlow 2.16.2 gave for the same seeds.</summary>
public class DropoutTests
{
    [Fact]
    public void Masks_are_Keras_own_call_after_call()
    {
        var layer = keras.layers.Dropout(0.5, seed: 1);
        int[] Mask() => layer.Apply(np.ones((2, 8)), training: true).numpy().ToInts();
        Assert.Equal([2, 0, 2, 0, 0, 0, 0, 2, 0, 2, 0, 0, 0, 0, 2, 0], Mask());
        Assert.Equal([1, 1, 1, 1], layer.Apply(np.ones((1, 4))).numpy().ToInts());
        Assert.Equal([0, 0, 0, 0, 0, 0, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0], Mask());
        Assert.Equal([2, 0, 2, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0], Mask());
    }

    [Fact]
    public void A_noise_shape_is_drawn_once_for_an_axis_of_one()
    {
        float[] rows = keras.layers.Dropout(0.3, noise_shape: (null, 1), seed: 7).Apply(np.ones((4, 3)), training: true).numpy().ToFloats();
        Assert.Equal([.. Enumerable.Repeat(1.4285714626312256f, 6), 0, 0, 0, .. Enumerable.Repeat(1.4285714626312256f, 3)], rows);
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(1.0, 0)]
    public void Rates_of_none_and_all_draw_nothing(double rate, int value)
    {
        keras.utils.set_random_seed(3);
        var first = keras.layers.Dropout(rate).Apply(np.ones((2, 2)), training: true).numpy();
        Assert.Equal(Enumerable.Repeat(value, 4), first.ToInts());
        Assert.Throws<ValueError>(() => keras.layers.Dropout(1.5));
    }

    [Fact]
    public void Training_with_dropout_and_batch_normalization_follows_Keras()
    {
        keras.utils.set_random_seed(2);
        var x = new NDArray([.. Enumerable.Range(0, 96 * 4).Select(i => (float)Math.Sin(i))], 96, 4);
        var y = new NDArray([.. Enumerable.Range(0, 96).Select(i => i % 3)]);
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(8, activation: "relu"), keras.layers.Dropout(0.3),
            keras.layers.BatchNormalization(), keras.layers.Dense(3, activation: "softmax")]);
        model.compile("adam", "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        double[] losses = [.. model.fit(x, y, epochs: 4, batch_size: 32, verbose: 0).history["loss"]];
        double[] expected = [1.5176864862442017, 1.45057213306427, 1.4407626390457153, 1.5051555633544922];
        foreach (var (loss, keras) in losses.Zip(expected)) Assert.Equal(keras, loss, 1e-5);
        double[] sums = [1.1504402160644531, 0.006225166842341423, 7.933160781860352, 0.017860684543848038, 0.22508777678012848, 7.252407550811768];
        foreach (var (weight, sum) in model.get_weights().Zip(sums)) Assert.Equal(sum, weight.ToFloats().Sum(), 1e-4);
        var (loss2, accuracy) = model.evaluate(x, y, verbose: 0);
        Assert.Equal(1.1724923849105835, loss2, 1e-5);
        Assert.Equal(0.34375, accuracy);
    }

    /// <summary>The training argument of a call in a graph matters only where the model is applied without one, as in Keras 3.15.1.</summary>
    [Theory]
    [InlineData(null, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Training_is_what_the_call_of_the_model_says(bool? said, bool dropsByItself)
    {
        var x = keras.Input(4);
        var model = keras.Model(x, keras.layers.Dropout(0.5, seed: 1).Apply(x, training: said));
        var ones = np.ones((2, 4)).astype("float32");
        bool Drops(NDArray y) => !y.ToFloats().SequenceEqual(ones.ToFloats());

        Assert.False(Drops(model.predict(ones, verbose: 0)));
        Assert.True(Drops(model.Apply(ones, training: true).numpy()));
        Assert.False(Drops(model.Apply(ones, training: false).numpy()));
        Assert.Equal(dropsByItself, Drops(model.Apply(ones).numpy()));
    }
}
