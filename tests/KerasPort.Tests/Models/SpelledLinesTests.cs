using System.Globalization;
using KerasPort.Layers;
using KerasPort.Metrics;
using KerasPort.Models;
using static KerasPort.Plotting.PyPlot;

namespace KerasPort.Tests.Models;

/// <summary>Lines of Python programs that compile in the same spelling and mean the same.</summary>
public sealed class SpelledLinesTests
{
    private static readonly NDArray s_x = np.ones((8, 4), "float32"), s_y = np.zeros((8, 1), "float32");

    private static Model TwoOutputs()
    {
        Tensor x = keras.Input(4);
        return keras.Model(x, [.. new[] { "a", "b" }.Select(name => keras.layers.Dense(1, name: name, kernel_initializer: "ones").Apply(x))]);
    }

    [Fact]
    public void Losses_and_weights_may_be_tuples_and_results_are_taken_in_parts()
    {
        var model = TwoOutputs();
        model.compile(loss: ("mse", "mae"), loss_weights: (0.5, 0.25), optimizer: "sgd", metrics: ["mae", "mse"]);
        var results = model.evaluate(s_x, (s_y, s_y), verbose: 0);
        var (whole, main, other) = results[..3];
        Assert.Equal([9, 16, 4], [whole, main, other], (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(results.Skip(3), results[3..]);
        Assert.Equal([results[4]], results[^1..]);

        Tensor x = keras.Input(4);
        var three = keras.Model(x, [.. Enumerable.Range(0, 3).Select(i => keras.layers.Dense(1, kernel_initializer: "ones").Apply(x))]);
        three.compile("sgd", loss: ("mse", "mae", "mse"), loss_weights: (1.0, 0.5, 2.0));
        Assert.Equal(16 + 2 + 32, three.evaluate(s_x, (s_y, s_y, s_y), verbose: 0)[0], 1e-4);
    }

    /// <summary>As in Keras, which refuses it at the first training.</summary>
    [Fact]
    public void Losses_by_name_may_leave_outputs_out_until_a_model_is_trained()
    {
        var model = TwoOutputs();
        model.compile("sgd", loss: new() { ["b"] = "mse" });
        string Said(Action use) => Assert.Throws<ValueError>(use).Message;
        Assert.Equal("Expected keys ['a', 'b'] in loss dict, but found loss.keys()=['b']", Said(() => model.fit(s_x, (s_y, s_y), verbose: 0)));
        Assert.StartsWith("Expected keys ['a', 'b']", Said(() => model.evaluate(s_x, (s_y, s_y), verbose: 0)));
        Assert.StartsWith("Expected keys ['a', 'b']", Said(() => model.compile("sgd", loss: new() { ["c"] = "mse" })));
        model.compile("sgd", "mse");
        Assert.Equal(32, model.evaluate(s_x, (s_y, s_y), verbose: 0)[0], 1e-4);
    }

    /// <summary>A build without warnings says that what a name gives isn't <c>null</c>.</summary>
    [Fact]
    public void What_is_got_by_name_is_there_and_rows_are_taken_by_a_list()
    {
        KerasPort.Initializers.Initializer ones = keras.initializers.get("ones");
        (KerasPort.Losses.Loss loss, KerasPort.Optimizers.Optimizer sgd) = (keras.losses.get("mse"), keras.optimizers.get("sgd"));
        Assert.Equal(("Ones", "mean_squared_error", "SGD"), (ones.GetType().Name, loss.name, sgd.GetType().Name));

        List<int> rows = [];
        foreach (var i in range(0, 6, 3)) rows.append(i);
        var x = np.arange(12).reshape(6, 2);
        Assert.Equal([0, 1, 6, 7], x[rows].flatten().ToInts());
        Assert.Equal([1, 7], x[rows, 1].ToInts());
    }

    [Fact]
    public void A_tuple_of_arrays_is_several_inputs()
    {
        Tensor a = keras.Input(4), b = keras.Input(2);
        var model = keras.Model([a, b], keras.layers.Dense(1).Apply(keras.layers.concatenate([a, b])));
        model.compile("sgd", "mse");
        var narrow = np.arange(16, dtype: "float32").reshape(8, 2) / 16;
        Assert.Equal(model.predict([s_x, narrow], verbose: 0).ToFloats(), model.predict((s_x, narrow), verbose: 0).ToFloats());
        Assert.Equal(model.evaluate([s_x, narrow], s_y, verbose: 0)[0], model.evaluate((s_x, narrow), s_y, verbose: 0)[0]);
        var history = model.fit((s_x, narrow), s_y, validation_data: ((s_x[..2], narrow[..2]), s_y[..2]), epochs: 2, verbose: 0).history;
        Assert.Equal(["loss", "val_loss"], history.Keys);
    }

    /// <summary>The way in which steps run doesn't change their results, in Keras either.</summary>
    [Fact]
    public void What_is_said_of_how_steps_are_run_changes_no_result()
    {
        double[] Losses(Action<Model> compile)
        {
            var model = TwoOutputs();
            compile(model);
            return [.. model.fit(s_x, (s_y, s_y), epochs: 3, verbose: 0).history["loss"]];
        }
        double[] plain = Losses(model => model.compile("sgd", "mse"));
        Assert.Equal(plain, Losses(model => model.compile("sgd", "mse", jit_compile: true)));
        Assert.Equal(plain, Losses(model => model.compile("sgd", "mse", run_eagerly: true, auto_scale_loss: false)));
        Assert.Equal(plain, Losses(model => model.compile("sgd", (y, p) => keras.ops.mean(keras.ops.square(y - p), axis: -1), jit_compile: false)));
    }

    [Fact]
    public void A_graph_s_variable_takes_the_model_out_of_a_file()
    {
        using var folder = new TemporaryFolder();
        Tensor x = keras.Input(4);
        var model = keras.Model(x, keras.layers.Dense(1).Apply(x));
        var before = model.predict(s_x, verbose: 0);
        model.save(folder["m.keras"]);
        model = keras.models.load_model(folder["m.keras"]);
        Assert.Equal(before.ToFloats(), model.predict(s_x, verbose: 0).ToFloats());

        Assert.IsType<Functional>(Model.from_config(model.get_config()));
    }

    [Fact]
    public void Layers_that_a_range_picked_are_a_list_of_their_own()
    {
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(3, name: "first"), keras.layers.Dense(2)]);
        var layers = model.layers[..^1];
        layers.append(keras.layers.Dense(5, name: "last"));
        Assert.Equal(["first", "last"], layers.Select(layer => layer.name));
        Assert.Equal((null, 5), keras.Sequential([keras.Input(4), .. layers]).output_shape);
        Assert.Equal(2, len(model.layers));
        Assert.Contains("use `add`", Assert.Throws<ValueError>(() => model.layers.append(keras.layers.Dense(1))).Message);
    }

    [Fact]
    public void Classes_of_ones_own_need_no_name()
    {
        var metric = new Rooted();
        metric.update_state(np.array([0, 2]), np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 0.5]]));
        Assert.Equal(Math.Sqrt(0.25 / 2), (double)metric.result(), 1e-7);
        Assert.StartsWith("rooted", metric.name);

        var model = keras.Sequential([keras.Input(3), new Passing(), keras.layers.Dense(3, activation: "softmax")]);
        model.compile("sgd", "sparse_categorical_crossentropy", metrics: [new Rooted()]);
        var logs = model.fit(np.ones((4, 3)), np.array([0, 1, 2, 0]), epochs: 2, verbose: 0).history;
        Assert.Equal(2, logs.First(of => of.Key.StartsWith("rooted", StringComparison.Ordinal)).Value.Count);
        Assert.Throws<ValueError>(() => new Rooted("float64"));
    }

    [Fact]
    public void A_function_of_ones_own_is_an_activation_by_its_name()
    {
        static Tensor Doubled(Tensor x) => x * 2;
        var model = keras.Sequential([keras.Input(2), keras.layers.Activation(Doubled)]);
        Assert.Equal([2, 6], model.predict(np.array([[1.0, 3.0]]), verbose: 0).ToFloats());
        Assert.Equal([0, 3], keras.Sequential([keras.Input(2), keras.layers.Activation(tf.nn.relu)]).predict(np.array([[-1.0, 3.0]]), verbose: 0).ToFloats());
    }

    [Fact]
    public void Functions_of_arrays_take_numbers_of_logs_rates_tensors_and_rows()
    {
        var logs = new Logs { ["loss"] = 0.5 };
        Assert.True((bool)np.less(logs.get("loss"), np.inf));
        Assert.False((bool)np.less(logs.get("loss"), 0.25));
        Assert.Equal(0.125, (double)np.array(keras.optimizers.SGD(0.125).learning_rate));

        Tensor a = np.array([[1.0, 2.0]]), b = np.array([[3.0, 4.0]]);
        Tensor[] both = [a, b];
        Assert.Equal([2, 1, 2], np.stack([.. both.Select(x => x * 1)]).shape);
        Assert.Equal([1, 2, 3, 4], np.concatenate([.. both.Select(x => x * 1)], axis: 0).ravel().ToFloats());
        Assert.Equal([4, 6], (np.vstack(both).sum(axis: 0)).ToFloats());
        Assert.Equal([1, 4], np.hstack(both).shape);
        np.testing.assert_allclose(a * 2, np.array([[2.0, 4.0]]));
        Assert.Throws<AssertionError>(() => np.testing.assert_allclose(a, b));
        Assert.Throws<AssertionError>(() => np.testing.assert_array_equal(a, b));
        np.testing.assert_almost_equal(a, a + 1e-9);

        var accuracy = keras.metrics.SparseCategoricalAccuracy();
        int[][] predictions = [[1, 0, 0], [0, 1, 0], [0, 1, 0]];
        accuracy.update_state(new[] { 0, 1, 2 }, predictions);
        Assert.Equal(2 / 3.0, (double)accuracy.result(), 1e-6);
    }

    /// <summary>The numbers are TensorFlow's.</summary>
    [Fact]
    public void Classes_become_rows_and_shapes_become_numbers()
    {
        Tensor x = np.array([[0, 2]]);
        Assert.Equal("[[[1. 0. 0.]\n  [0. 0. 1.]]]", tf.one_hot(x, depth: 3).numpy().ToString());
        Assert.Equal([5, -1, -1, -1], tf.one_hot(x, 2, on_value: 5, off_value: -1).numpy().ravel().ToFloats());
        Assert.Equal("int32", tf.one_hot(x, 3, dtype: tf.int32).numpy().dtype.ToString());
        Assert.Equal("[1 2]", tf.shape(x).numpy().ToString());
        Assert.Equal(2, (int)(double)tf.shape(x)[1]);
        Assert.Equal("int64", tf.shape(x, tf.int64).numpy().dtype.ToString());
        Assert.Contains("isn't known", Assert.Throws<ValueError>(() => tf.shape(keras.Input(3))).Message);
    }

    [Fact]
    public void A_title_may_be_a_number()
    {
        var labels = np.array([7, 8]).astype("uint8");
        Assert.Equal("8", plt.title(labels[1]).get_text());
        Assert.Equal("3", plt.xlabel(3).get_text());
        Assert.Equal("loss 0.25", plt.ylabel($"loss {0.251:.2f}").get_text());
        plt.close("all");
    }

    [Fact]
    public void Settings_without_effect_are_kept()
    {
        Assert.True(keras.config.is_traceback_filtering_enabled());
        keras.config.disable_traceback_filtering();
        Assert.False(keras.config.is_traceback_filtering_enabled());
        keras.config.enable_traceback_filtering();
        Assert.True(keras.config.is_traceback_filtering_enabled());
    }

    /// <summary>A model read from its configuration uses up as many names as in Keras (3.15.1), which makes a graph for each layer that it adds.</summary>
    [Fact]
    public void Models_read_take_as_many_names_as_in_Keras()
    {
        keras.utils.clear_session();
        using var folder = new TemporaryFolder();
        var layers = keras.layers;
        static string Next()
        {
            Tensor x = keras.Input(2);
            return keras.Model(x, keras.layers.Dense(1).Apply(x)).name;
        }
        var model = keras.Sequential([keras.Input(4), layers.Dense(3), layers.Dense(3), layers.Dense(2)]);
        List<string> names = [Next()];
        keras.models.model_from_json(model.to_json());
        names.Add(Next());
        keras.models.clone_model(model);
        names.Add(Next());
        model.save(folder["m.keras"]);
        keras.models.load_model(folder["m.keras"]);
        names.Add(Next());
        var behind = keras.Sequential([model, layers.Dense(2), layers.Dense(2)]);
        names.Add(Next());
        keras.models.model_from_json(behind.to_json());
        names.Add(Next());
        var open = keras.Sequential([layers.Dense(2), layers.Dense(2)]);
        keras.models.model_from_json(open.to_json());
        names.Add(Next());
        open.build((null, 3));
        keras.models.model_from_json(open.to_json());
        names.Add(Next());
        keras.models.clone_model(behind);
        names.Add(Next());
        Assert.Equal([1, 5, 7, 11, 13, 20, 21, 25, 30], names.Select(name => int.Parse(name["functional_".Length..], CultureInfo.InvariantCulture)));
    }

    private sealed class Passing : Layer
    {
        public override Tensor call(Tensor x, bool training) => x;
    }

    private sealed class Rooted : Metric
    {
        private readonly Variable _sum, _count;

        public Rooted(string dtype = "int32")
        {
            _sum = add_weight(name: "sum", initializer: "zeros");
            _count = add_weight(name: "count", initializer: "zeros", dtype: dtype);
        }

        public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null)
        {
            y_true = tf.one_hot(tf.reshape(y_true, [-1]), depth: tf.shape(y_pred)[1]);
            _sum.assign_add(tf.reduce_sum(tf.square(y_true - y_pred)));
            _count.assign_add(tf.shape(y_pred)[0]);
        }

        public override NDArray result() => tf.sqrt(_sum / tf.cast(_count, tf.float32)).numpy();
    }
}
