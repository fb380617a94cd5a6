using System.Text.Json.Nodes;
using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort.Tests.Layers;

/// <summary>Wrapper layers beyond the recorded cases, and the signature of a custom layer.</summary>
public sealed class WrapperTests
{
    [Fact]
    public void A_wrapper_of_ones_own_has_the_weights_of_what_it_is_around()
    {
        var model = keras.Sequential([keras.Input(4), new Halved(keras.layers.Dense(3)), keras.layers.Dense(2, activation: "softmax")]);
        Assert.Equal((4 + 1) * 3 + (3 + 1) * 2, model.count_params());
        model.layers[0].trainable = false;
        Assert.Equal(2, model.trainable_weights.Count);
        var x = np.ones((1, 4));
        Assert.Equal(((Wrapper)model.layers[0]).layer.Apply(x).numpy().ToFloats().Select(v => v / 2), model.layers[0].Apply(x).numpy().ToFloats());
        Assert.Contains("isn't a supported layer type", Assert.Throws<ValueError>(() => new Halved(null!)).Message);
    }

    [Fact]
    public void A_file_says_of_a_wrapper_and_of_the_layer_in_it_whether_it_is_trainable()
    {
        // Keras' constructors take `trainable` for the wrapper alone, and the layer in it is trained all the same.
        var config = JsonNode.Parse(keras.Sequential([keras.Input((3, 2)), keras.layers.TimeDistributed(keras.layers.Dense(2))]).to_json())!;
        config["config"]!["layers"]![1]!["config"]!["trainable"] = false;
        var model = keras.models.model_from_json(config.ToJsonString());
        var wrapper = (TimeDistributed)model.layers[0];
        Assert.Equal((false, true, 2), (wrapper.trainable, wrapper.layer.trainable, model.trainable_weights.Count));
        Assert.True(JsonNode.DeepEquals(config["config"]!["layers"]![1]!["config"], JsonNode.Parse(model.to_json())!["config"]!["layers"]![1]!["config"]));
    }

    [Fact]
    public void A_penalty_that_a_kernel_cannot_have_is_refused_in_training_and_a_prediction_needs_none()
    {
        var model = keras.Sequential([keras.Input((4, 4, 2)), keras.layers.Conv2D(3, 2, kernel_regularizer: keras.regularizers.OrthogonalRegularizer())]);
        model.compile("sgd", "mse");
        var x = np.ones((1, 4, 4, 2));
        Assert.Equal((1, 3, 3, 3), model.predict(x, verbose: 0).shape);
        var refused = Assert.Throws<ValueError>(() => model.train_on_batch(x, np.ones((1, 3, 3, 3))));
        Assert.Equal("Inputs to OrthogonalRegularizer must have rank 2. Received: inputs.shape=(2, 2, 2, 3)", refused.Message);
    }

    [Fact]
    public void Dropout_draws_anew_for_each_step_and_what_a_step_says_of_its_outputs_counts_only_inside()
    {
        var dropped = keras.layers.TimeDistributed(keras.layers.Dropout(0.5, seed: 3)).Apply(np.ones((1, 2, 40)), training: true).numpy();
        Assert.NotEqual(dropped[0, 0].ToFloats(), dropped[0, 1].ToFloats());

        double Loss(Layer layer)
        {
            var model = keras.Sequential([keras.Input((2, 2)), layer]);
            model.compile("sgd", "mse");
            return model.evaluate(np.ones((3, 2, 2)), np.ones((3, 2, 2)), verbose: 0);
        }
        // As in Keras, a layer's `call` alone adds no regularization; calling the inner layer adds its losses, for each of two steps.
        Assert.Equal(0, Loss(keras.layers.TimeDistributed(keras.layers.ActivityRegularization(l2: 1))));
        Assert.Equal(4, Loss(keras.layers.TimeDistributed(keras.Sequential([keras.layers.ActivityRegularization(l2: 1)]))), 1e-6);
    }

    [Fact]
    public void A_pipeline_does_on_arrays_what_its_layers_do_in_training()
    {
        var pipeline = keras.layers.Pipeline([keras.layers.Rescaling(2.0), keras.layers.Dropout(0.5, seed: 1)]);
        var x = np.ones((1, 50));
        Assert.Contains(0f, pipeline.Apply(x).numpy().ToFloats());
        Assert.All(pipeline.Apply(x, training: false).numpy().ToFloats(), v => Assert.Equal(2, v));
        var model = keras.Sequential([keras.Input(50), pipeline]);
        Assert.All(model.predict(x, verbose: 0).ToFloats(), v => Assert.Equal(2, v));
    }

    /// <summary>In the words of the real Keras.</summary>
    [Fact]
    public void What_a_layer_says_that_it_takes_is_asked_for()
    {
        void Refused(string words, InputSpec spec, Tensor x)
        {
            var layer = new Any { input_spec = spec };
            Assert.Contains(words, Assert.Throws<ValueError>(() => layer.Apply(x)).Message);
        }
        Tensor matrix = np.ones((2, 3));
        Refused("expected ndim=3, found ndim=2. Full shape received: (2, 3)", keras.InputSpec(ndim: 3), matrix);
        Refused("expected ndim=3, found ndim=2. Full shape received: (None, 3)", keras.InputSpec(ndim: 3), keras.Input(3));
        Refused("expected max_ndim=1, found ndim=2", keras.layers.InputSpec(max_ndim: 1), matrix);
        Refused("expected min_ndim=4, found ndim=2. Full shape received: (2, 3)", keras.layers.InputSpec(min_ndim: 4), matrix);
        Refused("expected axis -1 of input shape to have value 4, but received input with shape (2, 3)", keras.InputSpec(axes: new() { [-1] = 4 }), matrix);
        Refused("expected shape=(None, 4), found shape=(2, 3)", keras.InputSpec(shape: (null, 4)), matrix);
        Refused("expected dtype=int32, found dtype=float64", keras.InputSpec(dtype: "int32"), matrix);
        var fits = new Any { input_spec = keras.InputSpec(shape: (null, 3, 1), allow_last_axis_squeeze: true) };
        Assert.Equal(new Shape(2, 3), fits.Apply(matrix).shape);
        Assert.Contains("Axis 3 is greater than the maximum allowed value: 1",
            Assert.Throws<ValueError>(() => keras.InputSpec(ndim: 2, axes: new() { [3] = 1 })).Message);
        Assert.Equal("InputSpec(shape=(None, 4), ndim=2)", $"{keras.InputSpec(shape: (null, 4))}");
    }

    [Fact]
    public void Vectors_that_are_not_orthogonal_cost()
    {
        NDArray kernel = new((float[])[1, 2, 0.5f, -1, 3, 1], 3, 2);
        double Of(string mode) => new Function("Of", (g, t) => keras.regularizers.OrthogonalRegularizer(0.1, mode).Call(g, t[0])).Of(kernel).numpy().item();
        Assert.Equal(0.0482843, Of("rows"), 1e-6);
        Assert.Equal(0.0573819, Of("columns"), 1e-6);
        Assert.Contains("Expected one of", Assert.Throws<ValueError>(() => keras.regularizers.orthogonal_regularizer(mode: "all")).Message);
        var model = keras.Sequential([keras.Input(3), keras.layers.Dense(2, kernel_regularizer: "orthogonal_regularizer")]);
        model.compile("sgd", "mse");
        model.fit(np.ones((4, 3)), np.ones((4, 2)), verbose: 0);
    }

    [Fact]
    public void A_single_vector_has_none_to_be_orthogonal_to_and_costs_nothing()
    {
        var model = keras.Sequential([keras.Input(3), keras.layers.Dense(1, kernel_regularizer: keras.regularizers.OrthogonalRegularizer(0.1, "columns"))]);
        model.compile("sgd", "mse");
        var history = model.fit(np.ones((4, 3)), np.ones((4, 1)), epochs: 2, verbose: 0);
        Assert.All(history.history["loss"], loss => Assert.True(double.IsFinite(loss)));
    }

    private sealed class Halved(Layer layer, string? name = null) : Wrapper(layer, name: name)
    {
        public override Tensor call(Tensor x, bool training) => layer.Apply(x) / 2;
    }

    private sealed class Any() : Layer(null)
    {
        public override Tensor call(Tensor x, bool training) => x;
    }
}
