using System.Text.Json;
using KerasPort.Layers;
using KerasPort.Metrics;
using KerasPort.Models;
using static KerasPort.Tests.Fixtures;

namespace KerasPort.Tests.Models;

/// <summary>Models that override the computation of loss and metrics train as in the real Keras (own-models.json).</summary>
public class OwnLossTests
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("own-models.json")).RootElement;

    private static readonly NDArray s_x = Numbers(24, 4), s_y = np.flip(Numbers(24, 2), axis: 0),
        s_w = new([.. Enumerable.Range(0, 24).Select(i => i % 3 * 0.5f)], 24);

    public static TheoryData<string> Names => [.. s_recorded.EnumerateObject().Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_trains_as_in_Keras(string name)
    {
        Model model = name.Split(' ')[0] switch
        {
            "Guide" => Made((x, y) => new Guide(x, y)),
            "More" => Made((x, y) => new More(x, y)),
            "Two" => OfTwo(),
            "Measured" => Made((x, y) => new Measured(x, y)),
            "Shown" => Made((x, y) => new Shown(x, y)),
            "Coder" => MadeCoder(),
            "Layer" => Measuring(() => [new Sizes(name.Contains("name") ? "mean_absolute_error" : "size")]),
            "Layers" => Measuring(() => [new Outer(), new Sizes("last")]),
            "Models" => Measuring(() => [new Measurer(), keras.Sequential([keras.layers.Dense(3), new Outer()])]),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
        bool isWeighted = name.EndsWith("weighted", StringComparison.Ordinal);
        var sgd = keras.optimizers.SGD(0.1);
        if (model is Coder) model.compile(sgd);
        else if (name.StartsWith("Layer ")) model.compile(sgd, "mse", ["mean_absolute_error"]);
        else if (model is Two) model.compile(sgd, ["mse", "mae"]);
        else if (name == "More weighted") model.compile(sgd, "mse", weighted_metrics: ["mae"]);
        else if (name is "More" or "Measured" or "Layer") model.compile(sgd, "mse", ["mae"]);
        else model.compile(sgd, "mse");
        Data? y = model is Coder ? null : model is Two ? (Data)new[] { s_y, s_y } : s_y;
        Data? held = model is Coder ? null : model is Two ? (s_x[..10], new[] { s_y[..10], s_y[..10] }) : (s_x[..10], s_y[..10]);

        var recorded = s_recorded.GetProperty(name);
        var history = model.fit(s_x, y, batch_size: 8, epochs: 3, shuffle: false, verbose: 0, validation_data: held,
            sample_weight: isWeighted ? s_w : null).history;
        Assert.Equal(recorded.GetProperty("history").EnumerateObject().Select(p => p.Name).Order(), history.Keys.Order());
        foreach (var (key, values) in history.Select(h => (h.Key, h.Value)))
            foreach (var (wanted, given) in recorded.GetProperty("history").GetProperty(key).EnumerateArray().Zip(values)) Near(wanted, given, key);
        Near(recorded.GetProperty("evaluated"), model.evaluate(s_x, y, batch_size: 8, verbose: 0, return_dict: true));
        var listed = model.evaluate(s_x, y, batch_size: 8, verbose: 0);
        Assert.Equal(recorded.GetProperty("listed").GetArrayLength(), listed.Count);
        foreach (var (i, wanted) in recorded.GetProperty("listed").EnumerateArray().Index()) Near(wanted, listed[i], $"{i}");
        Near(recorded.GetProperty("on_batch"), model.train_on_batch(s_x, y, return_dict: true));
        Assert.Equal(recorded.GetProperty("names").EnumerateArray().Select(one => one.GetString()), model.metrics_names);
    }

    [Fact]
    public void What_is_no_loss_is_refused()
    {
        void Refused(string words, Model model)
        {
            model.compile("sgd", "mse");
            Refusals.Refused(words, () => model.fit(s_x, s_y, verbose: 0));
        }
        Refused("must return one number", Made((x, y) => new Wrong(x, y, isNone: false)));
        Refused("Received: None", Made((x, y) => new Wrong(x, y, isNone: true)));
        var bare = Made((x, y) => new Shown(x, y));
        bare.compile("sgd");
        Assert.Contains("are regularized", Loss(bare) > 0 ? "weights are regularized" : "");
        var nothing = keras.Sequential([keras.Input(4), keras.layers.Dense(2)]);
        nothing.compile("sgd");
        Assert.Contains("No loss to compute", Assert.Throws<ValueError>(() => nothing.fit(s_x, s_y, verbose: 0)).Message);

        static double Loss(Model model) => model.fit(s_x, s_y, verbose: 0).history["loss"][0];
    }

    private static Model Made(Func<Tensor, Tensor, Model> kind)
    {
        keras.utils.set_random_seed(7);
        var i = keras.Input(4);
        return kind(i, keras.layers.Dense(2, kernel_regularizer: "l2").Apply(keras.layers.Dense(3, activation: "relu").Apply(i)));
    }

    private static Two OfTwo()
    {
        keras.utils.set_random_seed(7);
        var i = keras.Input(4);
        var h = keras.layers.Dense(3, activation: "relu").Apply(i);
        return new Two(i, [keras.layers.Dense(2, name: "a").Apply(h), keras.layers.Dense(2, name: "b").Apply(h)]);
    }

    private static Coder MadeCoder()
    {
        keras.utils.set_random_seed(7);
        return new Coder();
    }

    private static Model Measuring(Func<Layer[]> layers)
    {
        keras.utils.set_random_seed(7);
        return keras.Sequential([keras.Input(4), .. layers(), keras.layers.Dense(2)]);
    }

    /// <summary>A layer's metrics go on with each array that it is applied to, and start anew by hand.</summary>
    [Fact]
    public void A_layer_applied_to_arrays_measures_them()
    {
        var outer = new Outer();
        outer.Apply(s_x[..8]);
        outer.Apply(s_x[8..]);
        Assert.Equal(["total", "first", "first_far", "second", "second_far"], outer.metrics.Select(metric => metric.name));
        var recorded = s_recorded.GetProperty("Layers in layers").GetProperty("evaluated");
        foreach (var metric in outer.metrics) Assert.Equal(recorded.GetProperty(metric.name).GetDouble(), (double)metric.result(), 1e-5);
    }

    /// <summary>The same layers show their metrics in a model that was trained before they came.</summary>
    [Fact]
    public void A_layer_that_is_added_later_measures()
    {
        var model = Measuring(() => []);
        model.compile("sgd", "mse");
        Assert.Equal(["loss"], model.fit(s_x, s_y, verbose: 0).history.Keys);
        var more = keras.Sequential([model, new Sizes("size")]);
        more.compile("sgd", "mse");
        Assert.Equal(["loss", "size", "size_far"], more.fit(s_x, s_y, verbose: 0).history.Keys.Order());
        Assert.Equal(["loss"], model.evaluate(s_x, s_y, verbose: 0, return_dict: true).Select((_, i) => i == 0 ? "loss" : "more"));
    }

    private sealed class Sizes : Layer
    {
        private readonly Mean size;
        private readonly MeanAbsoluteError far;

        public Sizes(string shown)
        {
            size = keras.metrics.Mean(name: shown);
            far = keras.metrics.MeanAbsoluteError(name: shown + "_far");
        }

        public override Tensor call(Tensor x, bool training)
        {
            size.update_state(keras.ops.max(x, axis: 1));
            far.update_state(x[.., ..1], x[.., 1..2]);
            return x;
        }
    }

    private sealed class Outer : Layer
    {
        private readonly Mean total = keras.metrics.Mean(name: "total");
        private readonly Layer first = new Sizes("first"), second = new Sizes("second");

        public override Tensor call(Tensor x, bool training)
        {
            x = second.Apply(2 * first.Apply(x));
            total.update_state(keras.ops.sum(x, axis: 1));
            return x;
        }
    }

    private sealed class Measurer : Model
    {
        private readonly Mean hidden = keras.metrics.Mean(name: "hidden");
        private readonly Layer inner = new Sizes("inner");

        public override Tensor call(Tensor x, bool training)
        {
            x = inner.Apply(x);
            hidden.update_state(x);
            return x;
        }
    }

    private sealed class Guide(Tensor x, Tensor y) : Model(x, y)
    {
        private readonly Mean loss_tracker = keras.metrics.Mean(name: "loss");

        public override IReadOnlyList<Metric> metrics => [loss_tracker];

        public override Tensor compute_loss(Tensor x, Tensor y, Tensor y_pred, Tensor? sample_weight, bool training)
        {
            var loss = keras.ops.mean(keras.ops.square(y_pred - y));
            loss += tf.add_n([.. losses]);
            loss_tracker.update_state(loss);
            return loss;
        }

        public override void reset_metrics() => loss_tracker.reset_state();
    }

    private sealed class More(Tensor x, Tensor y) : Model(x, y)
    {
        private readonly MeanAbsoluteError error = new(name: "error");
        private readonly Mean size = keras.metrics.Mean(name: "size");

        public override Tensor compute_loss(Tensor x, Tensor y, Tensor y_pred, Tensor? sample_weight, bool training)
        {
            var loss = base.compute_loss(x, y, y_pred, sample_weight);
            error.update_state(y, y_pred);
            size.update_state(keras.ops.max(x, axis: 1));
            return training ? loss + 0.1 * keras.ops.mean(keras.ops.abs(y_pred)) : loss;
        }
    }

    private sealed class Two(Tensor x, Tensors y) : Model(x, y)
    {
        public override Tensor compute_loss(Tensor x, Tensor y, Tensor y_pred, Tensor? sample_weight, bool training) =>
            base.compute_loss(x, y, y_pred, sample_weight) + 0.5 * keras.ops.mean(keras.ops.square(y_pred[0] - y_pred[1]));
    }

    private sealed class Measured(Tensor x, Tensor y) : Model(x, y)
    {
        private readonly Mean far = keras.metrics.Mean(name: "far");

        public override Logs compute_metrics(Tensor x, Tensor y, Tensor y_pred, Tensor? sample_weight)
        {
            var results = base.compute_metrics(x, y, y_pred, sample_weight);
            far.update_state(keras.ops.max(keras.ops.abs(y - y_pred), axis: 1), sample_weight);
            results["far"] = (double)far.result();
            results["twice"] = 2.0 * (double)far.result();
            return results;
        }
    }

    private sealed class Shown(Tensor x, Tensor y) : Model(x, y)
    {
        public override Logs get_metrics_result()
        {
            var results = base.get_metrics_result();
            return new() { { "loss", results["loss"] }, { "root", Math.Sqrt(results["loss"]) } };
        }
    }

    private sealed class Coder() : Model("coder")
    {
        private readonly KerasPort.Layers.Dense inner = new(2, activation: "tanh", name: "inner"), outer = new(4, name: "outer");

        public override Tensor call(Tensor x, bool training)
        {
            var code = inner.Apply(x);
            var back = outer.Apply(code);
            add_loss(keras.ops.mean(keras.ops.square(back - x)));
            add_loss(0.01 * keras.ops.mean(keras.ops.abs(code)));
            return back;
        }
    }

    private sealed class Wrong(Tensor x, Tensor y, bool isNone) : Model(x, y)
    {
        public override Tensor compute_loss(Tensor x, Tensor y, Tensor y_pred, Tensor? sample_weight, bool training) => isNone ? null! : y_pred;
    }
}
