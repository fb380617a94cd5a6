using KerasPort.Callbacks;
using KerasPort.Metrics;
using KerasPort.Models;

namespace KerasPort.Tests.Metrics;

/// <summary>Metrics of each kind of state in fit and evaluate: they give the same as when called directly, are reset, resumed, and allocate nothing.</summary>
public sealed class MetricsInTrainingTests
{
    private const int Rows = 50, Batch = 8;     // six batches and a shorter one

    private static readonly NDArray s_x = SyntheticData.Rows(Rows, 4).x;

    // Each row has three labels of 0 or 1: any targets suit the loss, which squares outputs.
    private static readonly NDArray s_y = new([.. Enumerable.Range(0, Rows * 3).Select(i => i * i % 5 < 2 ? 1f : 0f)], Rows, 3);

    private static Metric[] All() =>
    [
        new BinaryAccuracy(), new MeanSquaredError(), new CategoricalAccuracy(), new TruePositives(0.3), new FalseNegatives(),
            new Precision(0.4, class_id: 1), new Recall(0.35),
        new AUC(), new AUC(20, "PR", name: "pr"), new OneHotMeanIoU(3),
    ];

    [Fact]
    public void An_evaluation_gives_what_the_metrics_give_by_hand()
    {
        var model = Compiled();
        var result = model.evaluate(s_x, s_y, batch_size: Batch, verbose: 0);
        var outputs = model.predict(s_x, verbose: 0);
        foreach (var metric in All())
        {
            metric.update_state(s_y, outputs);
            Assert.Equal((double)metric.result(), result[LogName(metric)], 1e-6);
        }
        Assert.Equal(All().Length + 1, result.Count);
    }

    /// <summary>Only an epoch's last batches count, where a callback resets the metrics before them.</summary>
    [Fact]
    public void Reset_metrics_starts_them_anew()
    {
        var model = Compiled();
        NDArray? outputs = null;
        var history = model.fit(s_x, s_y, batch_size: Batch, verbose: 0, shuffle: false,
            callbacks: keras.callbacks.LambdaCallback(on_train_batch_begin: (batch, _) =>
        {
            if (batch != 6) return;
            model.reset_metrics();
            outputs = model.predict(s_x[48..], verbose: 0);
        })).history;
        foreach (var metric in All())
        {
            metric.update_state(s_y[48..], outputs!);
            Assert.Equal((double)metric.result(), history[LogName(metric)][0], 1e-6);
        }
    }

    [Fact]
    public void A_resumed_training_goes_on_with_them()
    {
        using var folder = new TemporaryFolder();
        var whole = Compiled().fit(s_x, s_y, batch_size: Batch, epochs: 2, verbose: 0).history;
        var interrupted = Compiled();
        Assert.Throws<OperationCanceledException>(() => _ = interrupted.fit(s_x, s_y, batch_size: Batch, epochs: 2, verbose: 0, callbacks:
        [
            keras.callbacks.BackupAndRestore(folder["backup"]),
            keras.callbacks.LambdaCallback(on_train_batch_end: (batch, _) => { if (batch == 3) interrupted.Progress!.Interrupt(); }),
        ]));
        var resumed = Compiled().fit(s_x, s_y, batch_size: Batch, epochs: 2, verbose: 0, callbacks: keras.callbacks.BackupAndRestore(folder["backup"])).history;
        Assert.Equal(whole.Keys, resumed.Keys);
        foreach (var (name, values) in whole) Assert.Equal(values, resumed[name]);
    }

    /// <summary>Nothing is allocated from one batch to the next.</summary>
    [Fact]
    public void A_step_allocates_nothing()
    {
        var model = Compiled();
        model.fit(s_x, s_y, batch_size: Batch, verbose: 0);
        var allocated = new StepAllocations(batches: 1);
        model.fit(s_x, s_y, batch_size: Batch, epochs: 3, verbose: 0, callbacks: allocated);
        Assert.True(allocated.Stretches > 10);
        Assert.Equal(0, allocated.Usual);
    }

    /// <summary>For logits the threshold is 0, or any other number.</summary>
    [Fact]
    public void A_threshold_may_be_that_of_logits()
    {
        var metric = keras.metrics.BinaryAccuracy(threshold: 0.0);
        metric.update_state(new NDArray([1f, 0f, 1f, 0f], 4, 1), new NDArray([0.2f, -3f, -0.1f, 4f], 4, 1));
        Assert.Equal(0.5, (double)metric.result());
    }

    [Fact]
    public void A_metric_of_several_numbers_is_refused_by_compile_and_serves_by_hand()
    {
        Assert.Equal(
            "Metric 'recall' gives several numbers, one for each threshold or output, and logs hold one: give it one threshold or an "
            + "average, or use it by hand.",
            Assert.Throws<ValueError>(() => Compiled().compile("adam", "sparse_categorical_crossentropy", new Recall([0.2, 0.4], name: "recall"))).Message);
        var metric = keras.metrics.Recall([0.2, 0.9]);
        metric.update_state(new NDArray([1f, 1f]), new NDArray([0.5f, 0.95f]));
        Assert.Equal("[1.  0.5]\n", Printed.By(() => print(metric.result())));
        metric.reset_state();
        Assert.Equal([0, 0], metric.result().ToFloats());
        var one = keras.metrics.MeanSquaredError();
        one.update_state(new NDArray([1f, 2f], 2, 1), new NDArray([1f, 3f], 2, 1));
        Assert.Equal("0.5\n", Printed.By(() => print(one.result())));
        Assert.Equal(0.5, (double)one.result());
        Assert.Equal(
            "Metric 'mean_squared_error' (MeanSquaredError) expects a row of targets for each of outputs. Received: target.shape=(2,), output.shape=(3, 1)",
            Assert.Throws<ValueError>(() => one.update_state(new NDArray([1f, 2f]), new NDArray(new float[3], 3, 1))).Message);
        Assert.Equal("`sample_weight` of shape (3,) doesn't fit values of shape (2,): give a number for each sample.",
            Assert.Throws<ValueError>(() => one.update_state(new NDArray(new float[2], 2, 1), new NDArray(new float[2], 2, 1), new float[3])).Message);
    }

    /// <summary>Keras' values over batches of 3 and of 2: each number of a vector is a sample, and each output may have a weight of its own.</summary>
    [Theory]
    [InlineData("RootMeanSquaredError", 0.5899152, 0.6847546, 0.4993329, 0.4725815)]
    [InlineData("BinaryAccuracy", 0.4, 0.2222222, 0.3333333, 0.6666667)]
    [InlineData("Accuracy", 0.6, 0.3333333, 0.3333333, 0.6666667)]
    public void Errors_and_hits_count_one_by_one(string name, double even, double weighted, double byOutput, double ofNumbers)
    {
        bool isEqual = name == "Accuracy";
        Metric metric = isEqual ? new Accuracy() : name;
        NDArray t = np.array([1.0, 0, 1, 1, 0]), p = isEqual ? np.array([1.0, 0, 0, 1, 1]) : np.array([.9, .6, .2, .7, .8]), w = np.array([1, .5, 2, 0, 1]);
        Assert.Equal(even, Over(metric, (t[..3], p[..3], null), (t[3..], p[3..], null)), 1e-6);
        Assert.Equal(weighted, Over(metric, (t[..3], p[..3], w[..3]), (t[3..], p[3..], w[3..])), 1e-6);
        Assert.Equal(ofNumbers, Over(metric, (np.array(1.0), isEqual ? np.array(1.0) : np.array(.7), null),
            (np.array(0.0), isEqual ? np.array(1.0) : np.array(.7), np.array(.5))), 1e-6);
        (t, w) = (np.array([[1.0, 0], [0, 1], [1, 1]]), np.array([[1, 2], [.5, 0], [1, 3]]));
        p = isEqual ? np.array([[1.0, 1], [0, 1], [1, 0]]) : np.array([[.9, .6], [.2, .7], [.8, .4]]);
        Assert.Equal(byOutput, Over(metric, (t[..2], p[..2], w[..2]), (t[2..], p[2..], w[2..])), 1e-6);
    }

    /// <summary>Keras' values: a batch with one number as its weight counts as one sample.</summary>
    [Theory]
    [InlineData("RootMeanSquaredError", 0.5850926)]
    [InlineData("BinaryAccuracy", 0.3666667)]
    [InlineData("MeanAbsoluteError", 0.51)]
    public void One_number_as_the_weight_makes_one_sample_of_a_batch(string name, double expected)
    {
        NDArray t = np.array([1.0, 0, 1, 1, 0]).reshape(5, 1), p = np.array([.9, .6, .2, .7, .8]).reshape(5, 1);
        Assert.Equal(expected, Over(name, (t[..3], p[..3], np.array(2.0)), (t[3..], p[3..], np.array(.5))), 1e-6);
        var mean = keras.metrics.Mean();
        mean.update_state(np.array([1.0, 3, 5]), np.array(2.0));
        mean.update_state(np.array([4.0]), np.array(.5));
        Assert.Equal(3.2, (double)mean.result(), 1e-6);
    }

    private static double Over(Metric metric, params (NDArray True, NDArray Predicted, NDArray? Weight)[] batches)
    {
        metric.reset_state();
        foreach (var (y_true, y_pred, weight) in batches) metric.update_state(y_true, y_pred, weight);
        return (double)metric.result();
    }

    private static string LogName(Metric metric) =>
        metric is AUC { curve: "ROC" } ? "auc" : metric is AUC ? "pr" : KerasPort.Layers.Names.SnakeCase(metric.GetType());

    private static Sequential Compiled()
    {
        keras.utils.set_random_seed(4);
        keras.utils.clear_session();
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(3, activation: "softmax")]);
        model.compile("adam", new SquaredOutputs(), All());
        return model;
    }

    private sealed class SquaredOutputs() : KerasPort.Losses.Loss("squared")
    {
        protected internal override void Check(NDArray targets, Shape outputs) { }

        protected internal override Tensor Call(KerasPort.Graphs.Graph g, Tensor y_true, Tensor y_pred) => g.MeanColumns(g.Square(y_pred));
    }
}
