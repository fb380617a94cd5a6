using KerasPort.Metrics;
using KerasPort.Models;

namespace KerasPort.Tests.Metrics;

/// <summary>A metric in several models, several times in one, and updated directly: it has one state, as in Keras 3.15.1, which gave these numbers.</summary>
public class SharedMetricTests
{
    private readonly NDArray _x = np.array([[1.0], [2.0], [3.0], [4.0]]), _y = np.full((4, 1), 2.0), _weights = np.array([1.0, 0.0, 0.0, 2.0]);
    private readonly MeanAbsoluteError _metric = keras.metrics.MeanAbsoluteError(name: "m");

    [Fact]
    public void Has_the_state_of_its_last_use()
    {
        var (first, second) = (Times(1), Times(2));
        first.compile("sgd", "mse", metrics: [_metric]);
        first.evaluate(_x, _y, verbose: 0);
        Assert.Equal(1.0, (double)_metric.result());
        second.compile("sgd", "mse", metrics: [_metric]);
        // The model is built, but hasn't used the metric yet: it continues with the metric's state.
        Assert.Equal([14.0, 2.0], second.evaluate(_x, _y, verbose: 0));
        Assert.Equal(2.0, (double)_metric.result());
        Assert.Equal([14.0, 3.0], second.evaluate(_x, _y, verbose: 0));
        Assert.Equal([1.5, 1.0], first.evaluate(_x, _y, verbose: 0));
        _metric.update_state([1.0], [5.0]);
        Assert.Equal(1.6, (double)_metric.result(), 1e-6);
        first.fit(_x, _y, verbose: 0, validation_data: (_x, _y - 2));
        Assert.Equal(2.5, (double)_metric.result(), 0.2);
        first.reset_metrics();
        Assert.Equal(0.0, (double)_metric.result());
    }

    /// <summary>A training, too, continues with the metric's state in its first epoch, such as after an evaluation of another model.</summary>
    [Fact]
    public void A_new_models_first_epoch_begins_with_what_it_holds()
    {
        var (first, second) = (Times(1), Times(2));
        first.compile("sgd", "mse", metrics: [_metric]);
        first.evaluate(_x, _y, verbose: 0);
        second.compile(keras.optimizers.SGD(0.0), "mse", metrics: [_metric]);
        var history = second.fit(_x, _y, epochs: 2, verbose: 0, validation_data: (_x, _y * 0));
        Assert.Equal([2.0, 3.0], history.history["m"]);
        Assert.Equal([5.0, 5.0], history.history["val_m"]);
        Assert.Equal([14.0, 14.0], history.history["loss"]);
        Assert.Equal([3.0], second.fit(_x, _y, verbose: 0).history["m"]);
        var third = keras.Sequential([keras.layers.Dense(1, kernel_initializer: keras.initializers.Constant(2), use_bias: false)]);
        first.evaluate(_x, _y, verbose: 0);
        third.compile(keras.optimizers.SGD(0.0), "mse", metrics: [_metric]);
        Assert.Equal([2.0, 3.0], third.fit(_x, _y, epochs: 2, verbose: 0).history["m"]);
    }

    [Fact]
    public void Counts_each_time_that_it_was_given()
    {
        var model = Times(1);
        model.compile("sgd", "mse", metrics: [_metric], weighted_metrics: [_metric, "mae"]);
        var result = model.evaluate(_x, _y, sample_weight: _weights, verbose: 0);
        Assert.Equal([2.25, 1.2857142686843872, 1.2857142686843872, 1.6666666269302368, 1.2857142686843872], result);
        Assert.Equal(["loss", "m", "mae", "weighted_m"],
            model.evaluate(_x, _y, verbose: 0, return_dict: true).ToString().Split('\'').Where((_, i) => i % 2 == 1));
    }

    [Fact]
    public void One_name_is_found_twice()
    {
        var model = Times(1);
        model.compile(keras.optimizers.SGD(0.0), "mse", metrics: ["mae"], weighted_metrics: ["mae"]);
        var history = model.fit(_x, _y, sample_weight: _weights, validation_data: (_x, _y * 0), verbose: 0);
        Assert.Equal(["loss", "mae", "val_loss", "val_mae", "val_weighted_mae", "weighted_mae"], history.history.Keys);
        Assert.Equal([2.25, 1.0, 7.5, 2.5, 2.5, 1.6666666269302368], history.history.Values.Select(values => values[0]));
        Assert.Equal([2.25, 1.0, 1.0, 1.6666666269302368], model.evaluate(_x, _y, sample_weight: _weights, verbose: 0));
        Assert.Equal("{'verbose': 0, 'epochs': 1, 'steps': 1}", PythonText.Str(history.@params));
        Assert.Equal([0], history.epoch);
    }

    [Fact]
    public void A_model_lists_what_Keras_lists()
    {
        var model = Times(1);
        Assert.Empty(model.metrics_names);
        model.compile("sgd", "mse");
        Assert.Equal(["loss"], model.metrics_names);
        model.compile("sgd", "mse", metrics: ["mae", _metric]);
        Assert.Equal(["loss", "compile_metrics"], model.metrics_names);
        model.evaluate(_x, _y, verbose: 0);
        Assert.Equal(["mae", "m"], ((CompileMetrics)model.metrics[1]).metrics.Select(metric => metric.name));
        Assert.Equal((1.5, 1.0), ((double)model.metrics[0].result(), (double)((CompileMetrics)model.metrics[1]).metrics[0].result()));
        Assert.Throws<ValueError>(() => model.metrics[1].result());

        var x = keras.Input(1);
        var two = keras.Model(x, [keras.layers.Dense(1, name: "a").Apply(x), keras.layers.Dense(1, name: "b").Apply(x)]);
        two.compile("sgd", "mse", metrics: ["mae", "mse"]);
        Assert.Equal(["loss", "compile_metrics"], two.metrics_names);
        two.evaluate(_x, [_y, _y], verbose: 0);
        Assert.Equal(["loss", "compile_metrics", "a_loss", "b_loss"], two.metrics_names);
    }

    private static Sequential Times(double factor) =>
        keras.Sequential([keras.Input(1), keras.layers.Dense(1, kernel_initializer: keras.initializers.Constant(factor), use_bias: false)]);
}
