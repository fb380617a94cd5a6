using KerasPort.Metrics;

namespace KerasPort.Tests.Metrics;

/// <summary>Metrics by hand on targets and outputs of different shapes, with Keras' values.</summary>
public class MetricShapesTests
{
    private static readonly NDArray s_outputs = np.array([[.9f, .2f, .4f], [.1f, .7f, .6f], [.3f, .3f, .8f], [.6f, .1f, .1f]]),
        s_column = np.array([[1f], [0f], [1f], [0f]]), s_table = (s_outputs > .5f).astype("float32");

    /// <summary>A last axis of 1 stands for all columns.</summary>
    [Fact]
    public void A_column_is_compared_with_each_column()
    {
        Gives(5 / 12.0, new BinaryAccuracy(), s_column, s_outputs);
        Gives(5 / 12.0, new BinaryAccuracy(), s_table, s_outputs[.., ..1]);
        Gives(0, new Accuracy(), s_column, s_outputs);
        Gives(.75, new Accuracy(), s_column, np.array([[1f, 1f], [0f, 1f], [1f, 1f], [0f, 2f]]));
        Gives(0.75964928, new CosineSimilarity(), s_column, s_outputs);
        Gives(1.10355341, new CosineSimilarity(), s_table, s_outputs[.., ..1]);
        Gives(1, new BinaryAccuracy(), np.expand_dims(s_table, -1), s_outputs);
    }

    [Fact]
    public void Other_shapes_are_refused_in_one_line()
    {
        Refused(new BinaryAccuracy(), s_column[.., 0], s_outputs, "target.shape=(4,), output.shape=(4, 3)");
        Refused(new BinaryAccuracy(), s_column[.., 0], np.array(.7f), "target.shape=(4,), output.shape=()");
        Refused(new Accuracy(), np.array(1f), s_column[.., 0], "target.shape=(), output.shape=(4,)");
        Refused(new CosineSimilarity(), s_column[.., 0], np.array(.7f), "target.shape=(4,), output.shape=()");
        Refused(new Precision(), s_column[.., 0], np.array(.7f), "target.shape=(4,), output.shape=()");
        Refused(new Precision(), s_column, s_outputs, "target.shape=(4, 1), output.shape=(4, 3)");
        Refused(new R2Score(), s_column[.., 0], np.array(.7f), "target.shape=(4,), output.shape=()");
    }

    private static void Gives(double expected, Metric metric, NDArray targets, NDArray outputs)
    {
        metric.update_state(targets, outputs);
        Assert.Equal(expected, (double)metric.result(), 1e-6);
    }

    private static void Refused(Metric metric, NDArray targets, NDArray outputs, string shapes) => Assert.EndsWith(
        $"expects a target for each output. Received: {shapes}", Assert.Throws<ValueError>(() => metric.update_state(targets, outputs)).Message);
}
