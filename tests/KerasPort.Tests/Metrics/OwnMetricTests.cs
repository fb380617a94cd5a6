using KerasPort.Layers;
using KerasPort.Metrics;

namespace KerasPort.Tests.Metrics;

/// <summary>Custom metrics, and metrics updated directly.</summary>
public sealed class OwnMetricTests
{
    private static NDArray Rows(int columns, params float[] values) => new(values, values.Length / columns, columns);

    /// <summary>Updated directly, and in training beside an equivalent metric of the library, reset at each epoch.</summary>
    [Fact]
    public void A_class_of_ones_own_counts_by_hand_and_in_training()
    {
        var metric = new TotalError();
        metric.update_state(Rows(1, 1, 2), Rows(1, 1.5f, 2));
        metric.update_state(Rows(1, 3), Rows(1, 2.75f));
        Assert.Equal(0.75, (double)metric.result());
        metric.reset_state();
        Assert.Equal(0, (double)metric.result());

        keras.utils.set_random_seed(3);
        var model = keras.Sequential([keras.Input(2), keras.layers.Dense(1)]);
        model.compile("sgd", "mse", [new TotalError(), "mae"]);
        NDArray x = Rows(2, 1, 2, 3, 4, 5, 6, 7, 8), y = Rows(1, 1, 2, 3, 4);
        float[] errors = [.. model.predict(x, verbose: 0).ToFloats().Zip(y.ToFloats(), (output, target) => Math.Abs(output - target))];
        Assert.Equal(errors.Sum(), model.evaluate(x, y, batch_size: 3, verbose: 0)["total_error"], 1e-5);
        var history = model.fit(x, y, batch_size: 1, epochs: 3, verbose: 0).history;
        Assert.Equal(3, history["total_error"].Count);
        foreach (var (total, mean) in history["total_error"].Zip(history["mae"])) Assert.Equal(4 * mean, total, 1e-4);
    }

    [Fact]
    public void A_function_is_a_metric_too()
    {
        var metric = keras.metrics.MeanMetricWrapper((y_true, y_pred) => keras.ops.square(y_true - y_pred), name: "squares");
        metric.update_state(Rows(1, 1, 2), Rows(1, 2, 4), new float[] { 3, 1 });
        Assert.Equal(("squares", 1.75), (metric.name, (double)metric.result()));
    }

    [Fact]
    public void Functions_are_logged_under_Keras_names()
    {
        static Tensor F1Score(Tensor y_true, Tensor y_pred) => y_true * y_pred;
        Assert.Equal("f1_score", new MeanMetric(F1Score).name);
        Assert.Equal("lambda", new MeanMetric((y_true, y_pred) => y_pred).name);
        Assert.StartsWith("mean_metric_wrapper", keras.metrics.MeanMetricWrapper(F1Score).name);
    }

    [Fact]
    public void Values_by_hand_have_a_mean_and_a_sum()
    {
        var (mean, sum) = (keras.metrics.Mean(), keras.metrics.Sum());
        mean.update_state(new float[] { 1, 3, 5, 7 });
        sum.update_state(new float[] { 1, 3, 5, 7 });
        Assert.Equal((4, 16), ((double)mean.result(), (double)sum.result()));
        mean.reset_state();
        sum.reset_state();
        mean.update_state(new float[] { 1, 3, 5, 7 }, new float[] { 1, 1, 0, 0 });
        sum.update_state(new float[] { 1, 3, 5, 7 }, new float[] { 1, 1, 0, 0 });
        Assert.Equal((2, 4), ((double)mean.result(), (double)sum.result()));
        Assert.Equal("Metric 'mean' (Mean) is of values and compares no targets with outputs: use it by hand.",
            Assert.Throws<ValueError>(() => mean.update_state(Rows(1, 1), Rows(1, 1), null)).Message);
    }

    private sealed class TotalError : Metric
    {
        private readonly Variable _total;

        public TotalError() : base("total_error") => _total = add_variable();

        public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null) =>
            _total.assign_add(keras.ops.sum(keras.ops.abs(y_true - y_pred)));

        public override NDArray result() => _total.numpy();
    }
}
