using KerasPort.Layers;

namespace KerasPort.Tests.Engines;

/// <summary>A model may fuse layers and skip values that later layers never read; yet each layer's full output can be had.</summary>
public sealed class InnerOutputTests
{
    [Fact]
    public void A_model_of_the_first_layers_gives_their_full_outputs()
    {
        keras.utils.set_random_seed(5);
        var (x, y) = SyntheticData.Rows(40, [14, 14, 1]);
        Layer[] layers =
        [
            keras.layers.Conv2D(16, 3, activation: "relu"), keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(16, 3, activation: "relu"), keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(), keras.layers.Dense(5, activation: "softmax"),
        ];
        var model = keras.Sequential([keras.Input((14, 14, 1)), .. layers]);
        model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy");
        model.fit(x, y, verbose: 0);
        float[] whole = model.predict(x, verbose: 0).ToFloats();

        // 12 × 12 pooled to 6 × 6, from which the second convolution computes 4 × 4 and its pooling 2 × 2.
        NDArray given = x;
        for (int i = 0; i < layers.Length; i++)
        {
            var one = keras.Sequential([keras.Input(given.shape[1..]), layers[i]]);
            given = one.predict(given, verbose: 0);
            Assert.Equal(layers[i].output_shape!.Value[1..], given.shape[1..]);
            var upTo = keras.Sequential([keras.Input((14, 14, 1)), .. layers[..(i + 1)]]);
            float[] stepwise = given.ToFloats(), together = upTo.predict(x, verbose: 0).ToFloats();
            Assert.Equal(stepwise.Length, together.Length);
            for (int j = 0; j < stepwise.Length; j++) Assert.Equal(stepwise[j], together[j], 1e-5);
        }
        float[] last = given.ToFloats();
        for (int j = 0; j < last.Length; j++) Assert.Equal(whole[j], last[j], 1e-5);
    }
}
