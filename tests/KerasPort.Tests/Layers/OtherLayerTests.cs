using KerasPort.Layers;
using KerasPort.Models;
using static KerasPort.Tests.Refusals;

namespace KerasPort.Tests.Layers;

/// <summary>Small layers beyond the recorded cases: a function as a layer, and refusals.</summary>
public sealed class OtherLayerTests
{
    [Fact]
    public void A_Lambda_is_its_function_in_models_and_on_arrays_and_no_file_holds_it()
    {
        var scale = keras.layers.Lambda(x => x * 100.0, name: "scale");
        Assert.Equal([100f, 250f], scale.Apply(np.array([[1.0, 2.5]])).numpy().ToFloats());
        var model = keras.Sequential([
            keras.Input(4), keras.layers.Lambda(x => tf.expand_dims(x, axis: -1)), keras.layers.Conv1D(3, 2, activation: "relu"),
            keras.layers.Lambda(x => tf.reduce_max(x, axis: 1)), keras.layers.Dense(5, activation: "softmax"), scale, keras.layers.Lambda(x => x / 100.0)]);
        Assert.Equal(new Shape(null, 4, 1), model.layers[0].output_shape);
        model.compile("adam", "sparse_categorical_crossentropy");
        var (x, y) = SyntheticData.Rows(32, 4);
        double[] losses = [.. model.fit(x, y, epochs: 3, verbose: 0).history["loss"]];
        Assert.True(losses[^1] < losses[0]);

        var clone = keras.models.clone_model(model);
        clone.set_weights(model.get_weights());
        Assert.Equal(model.predict(x, verbose: 0).ToFloats(), clone.predict(x, verbose: 0).ToFloats());

        using var folder = new TemporaryFolder();
        string refusal = Assert.Throws<ValueError>(() => model.save(folder["model.keras"])).Message;
        Assert.Contains("'Lambda' is made of a function, which no file can hold: write it as a class of its own, and register that.", refusal);
        Assert.False(File.Exists(folder["model.keras"]));
        model.save_weights(folder["model.weights.h5"]);
        clone.load_weights(folder["model.weights.h5"]);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Refused("Argument `n` should be a positive integer. Received: n=0", () => keras.layers.RepeatVector(0));
        Refused("Argument `size` should be a positive integer", () => keras.layers.UpSampling1D(0));
        Refused("`cropping` cannot be negative", () => keras.layers.Cropping2D(-1));
        Refused("must be smaller than the input length", () => keras.layers.Cropping1D((2, 2)).compute_output_shape(new Shape(null, 4, 1)));
        Refused("should be smaller than the corresponding spatial dimension", () => keras.layers.Cropping2D(2).compute_output_shape(new Shape(null, 4, 9, 1)));
        Refused("'same', 'valid'", () => keras.layers.DepthwiseConv1D(2, padding: "causal"));
        Refused("Incompatible input shapes", () => keras.layers.dot([keras.Input(3), keras.Input(4)], axes: 1));
        Refused("the batch", () => keras.layers.dot([keras.Input(3), keras.Input(3)], axes: 0));
        Refused("should contain two elements", () => keras.layers.Dot(axes: [1, 2, 3]));
        Refused("out of bounds", () => keras.Sequential([keras.Input(3), keras.layers.LayerNormalization(axis: 2)]));
    }

    /// <summary>ActivityRegularization adds to the losses of training and of tests, a share per sample.</summary>
    [Fact]
    public void What_goes_through_is_regularized()
    {
        var model = keras.Sequential([keras.Input(2), keras.layers.ActivityRegularization(l1: 0.5, l2: 0.25), keras.layers.Identity()]);
        model.compile("sgd", "mse");
        NDArray x = new([1f, -2f, 3f, 0f], 2, 2);
        // Each sample is equal to its target: Σ |x| / 2 = 3, Σ x² / 2 = 7.
        Assert.Equal(0.5 * 3 + 0.25 * 7, (double)model.evaluate(x, x, verbose: 0), 1e-6);
        Assert.Equal(0.5 * 3 + 0.25 * 7, model.fit(x, x, verbose: 0).history["loss"][0], 1e-6);
    }
}
