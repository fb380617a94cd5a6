using KerasPort.Models;

namespace KerasPort.Tests.Models;

/// <summary>The results of <c>evaluate</c> and <c>predict</c>, in their different forms.</summary>
public class EvaluationTests
{
    private readonly NDArray _x, _y;

    public EvaluationTests() => (_x, _y) = SyntheticData.Rows(50, 6);

    [Fact]
    public void A_result_is_taken_apart_counted_and_read_by_name()
    {
        var model = Model("accuracy");
        var result = model.evaluate(_x, _y, verbose: 0);
        var (loss, accuracy) = result;
        Assert.Equal([loss, accuracy], result);
        Assert.Equal((loss, accuracy, 2), (result["loss"], result["accuracy"], result.Count));
        Assert.Equal((accuracy, loss, accuracy), (result[-1], result[-2], result[^1]));
        Assert.Equal("list index out of range: there is loss, accuracy. Received: 2", Assert.Throws<ValueError>(() => result[2]).Message);
        Assert.Throws<ValueError>(() => result[^0]);
        Assert.Equal(loss, (double)result);
        Assert.Equal($"[{PythonText.Str(loss)}, {PythonText.Str(accuracy)}]", result.ToString());
        Assert.Equal(Mean(_y, model.predict(_x, verbose: 0)), accuracy, 1e-6);
    }

    [Fact]
    public void Without_metrics_it_is_a_number()
    {
        var result = Model().evaluate(_x, _y, verbose: 0);
        Assert.Equal(PythonText.Str(result[0]), result.ToString());
        Assert.Equal("%.4f" % result[0], "%.4f" % result);
        Assert.Equal("not enough values to unpack (expected 2, got 1): compile gave loss",
            Assert.Throws<ValueError>(() => { var (_, _) = result; }).Message);
    }

    [Fact]
    public void With_two_metrics_it_has_three_parts()
    {
        var result = Model("accuracy", "sparse_categorical_accuracy").evaluate(_x, _y, verbose: 0);
        var (loss, first, second) = result;
        Assert.Equal((loss, first, first), (result["loss"], result["sparse_categorical_accuracy"], second));
        Assert.Equal("too many values to unpack (expected 2, got 3): compile gave loss, accuracy, sparse_categorical_accuracy",
            Assert.Throws<ValueError>(() => { var (_, _) = result; }).Message);
        Assert.Equal("There is no 'acc' in logs; there is: accuracy, loss, sparse_categorical_accuracy.",
            Assert.Throws<ValueError>(() => result["acc"]).Message);
    }

    [Fact]
    public void A_dictionary_prints_in_the_order_of_its_names()
    {
        var result = Model("accuracy").evaluate(_x, _y, verbose: 0, return_dict: true);
        Assert.Equal($"{{'accuracy': {PythonText.Str(result["accuracy"])}, 'loss': {PythonText.Str(result["loss"])}}}", result.ToString());
    }

    [Fact]
    public void The_batch_size_changes_no_prediction_and_the_loss_by_rounding_only()
    {
        var model = Model("accuracy");
        float[] predictions = model.predict(_x, verbose: 0).ToFloats();
        double loss = model.evaluate(_x, _y, verbose: 0)[0];
        foreach (int batch in (int[])[1, 7, 49, 50, 51, 1000])
        {
            Assert.Equal(predictions, model.predict(_x, batch_size: batch, verbose: 0).ToFloats());
            Assert.Equal(loss, model.evaluate(_x, _y, batch_size: batch, verbose: 0)[0], 1e-6);
        }
    }

    [Fact]
    public void Prediction_needs_no_compile_and_takes_one_row()
    {
        var model = keras.Sequential([keras.Input(6), keras.layers.Dense(5, activation: "softmax")]);
        var all = model.predict(_x, verbose: 0);
        Assert.Equal([50, 5], all.shape);
        Assert.Equal([1, 5], model.predict(_x[7..8], verbose: 0).shape);
        Assert.Equal(all[7].ToFloats(), model.predict(_x[7..8], verbose: 0).ToFloats());
    }

    [Fact]
    public void Labels_of_any_type_are_the_same_labels()
    {
        var model = Model("accuracy");
        var expected = model.evaluate(_x, _y, verbose: 0).ToArray();
        foreach (var type in (DType[])[DType.int32, DType.int64, DType.float32])
            Assert.Equal(expected, model.evaluate(_x, _y.astype(type), verbose: 0));
        Assert.Equal(expected, model.evaluate(_x, _y.reshape(-1, 1), verbose: 0));
    }

    [Fact]
    public void A_single_label_is_a_vector_of_labels() =>
        Assert.Equal(2, Model("accuracy").evaluate(_x[..1], new int[] { 3 }, verbose: 0).Count);

    [Fact]
    public void Evaluation_trains_nothing()
    {
        var model = Model("accuracy");
        var before = model.get_weights();
        model.evaluate(_x, _y, verbose: 0);
        model.predict(_x, verbose: 0);
        Assert.Equal(before.SelectMany(w => w.ToFloats()), model.get_weights().SelectMany(w => w.ToFloats()));
        Assert.Equal(0, model.optimizer!.iterations);
    }

    private static Sequential Model(params string[] metrics)
    {
        keras.utils.set_random_seed(5);
        var model = keras.Sequential([keras.Input(6), keras.layers.Dense(8, activation: "relu"), keras.layers.Dense(5, activation: "softmax")]);
        model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: [.. metrics.Select(name => (KerasPort.Metrics.Metric)name)]);
        return model;
    }

    private static double Mean(NDArray labels, NDArray predictions) =>
        labels.ToInts().Zip(predictions.argmax(-1).ToInts(), (label, best) => label == best ? 1.0 : 0.0).Average();
}
