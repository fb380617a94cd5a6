using KerasPort.Callbacks;
using KerasPort.Graphs;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;

namespace KerasPort.Tests.Models;

/// <summary>"accuracy" stands for Keras' choice by the shapes of targets and outputs, made once these are known. The numbers are Keras 3.15.1's.</summary>
public class AccuracyTests
{
    private static readonly NDArray s_outputs = np([0.2f, 1.2f, 1.2f, -0.8f], 4, 1), s_zeros = new int[4];

    [Fact]
    public void With_one_output_it_is_binary_accuracy()
    {
        var model = One("accuracy");
        Assert.Equal(0.5, model.evaluate(s_outputs, s_zeros, verbose: 0)["accuracy"]);
        Assert.IsType<BinaryAccuracy>(Assert.Single(model.Measured));
        Assert.Equal(0.5, One("accuracy").evaluate(s_outputs, s_zeros.reshape(4, 1), verbose: 0)["accuracy"]);
        Assert.Equal(0.5, One("binary_accuracy").evaluate(s_outputs, s_zeros, verbose: 0)["binary_accuracy"]);
        Assert.Equal(0.25, One(new BinaryAccuracy(threshold: 0.1)).evaluate(s_outputs, s_zeros, verbose: 0)["binary_accuracy"]);
    }

    /// <summary>Keras numbers equal names in logs from the second on; the metrics keep their names.</summary>
    [Fact]
    public void Given_twice_it_is_there_twice()
    {
        var binary = new BinaryAccuracy("accuracy", threshold: 0.1);
        var model = One(["accuracy", binary, "accuracy"]);
        Assert.Equal(["accuracy", "accuracy_1", "accuracy_2", "loss"], model.fit(s_outputs, s_zeros, verbose: 0).history.Keys);
        model = One(["accuracy", binary, "accuracy"]);
        var result = model.evaluate(s_outputs, s_zeros, verbose: 0);
        Assert.Equal([0.5, 0.25, 0.5], [result["accuracy"], result["accuracy_1"], result["accuracy_2"]]);
        // As in Keras each is looked up by its own name, which finds the first one three times.
        Assert.Equal([0.5, 0.5, 0.5, 0.25, 0.5], result.Skip(1));
        Assert.Equal(["accuracy", "accuracy", "accuracy"], model.Measured.Select(metric => metric.name));
        var twice = One([binary, binary]).evaluate(s_outputs, s_zeros, verbose: 0);
        Assert.Equal(twice["accuracy"], twice["accuracy_1"]);
    }

    /// <summary>The means of an epoch and of an evaluation are those of the metrics at its start.</summary>
    [Fact]
    public void Callbacks_dont_change_the_metrics_of_what_tells_them()
    {
        var model = One("accuracy");
        void Compile() => model.compile(model.optimizer!, model.loss!, metrics: []);
        var compiles = keras.callbacks.LambdaCallback(on_epoch_end: (_, _) => Compile(), on_test_begin: _ => Compile());
        string name = $"Model '{model.name}' can't be compiled with other metrics by a callback of its own";
        Assert.StartsWith(name, Assert.Throws<ValueError>(() => model.fit(s_outputs, s_zeros, verbose: 0, callbacks: compiles)).Message);
        Assert.StartsWith(name, Assert.Throws<ValueError>(() => model.evaluate(s_outputs, s_zeros, verbose: 0, callbacks: compiles)).Message);
        Compile();
        Assert.Single(model.evaluate(s_outputs, s_zeros, verbose: 0));
    }

    [Fact]
    public void After_predict_and_in_fit_it_is_the_same()
    {
        var model = One("acc");
        model.predict(s_outputs, verbose: 0);
        Assert.Equal([0.5], model.fit(s_outputs, s_zeros, verbose: 0).history["acc"]);
        model.compile("adam", "sparse_categorical_crossentropy", metrics: "accuracy");
        Assert.Equal([0.5], model.fit(s_outputs, s_zeros, validation_data: (s_outputs, s_zeros), verbose: 0).history["val_accuracy"]);
    }

    /// <summary>A model stays on its engine while its batches run.</summary>
    [Fact]
    public void Between_batches_of_a_prediction_it_is_the_same()
    {
        var model = One("accuracy");
        double seen = -1;
        model.predict(s_outputs, batch_size: 2, verbose: 0,
            callbacks: keras.callbacks.LambdaCallback(on_predict_batch_end: (_, _) => seen = model.evaluate(s_outputs, s_zeros, verbose: 0)["accuracy"]));
        Assert.Equal(0.5, seen);
    }

    [Fact]
    public void A_softmax_of_one_output_says_1()
    {
        var model = keras.Sequential([keras.Input(1), keras.layers.Dense(1, activation: "softmax")]);
        model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
        Assert.Equal(0, model.evaluate(s_outputs, s_zeros, verbose: 0)["accuracy"]);
    }

    [Theory]
    [InlineData("accuracy")]
    [InlineData("acc")]
    [InlineData("Accuracy")]
    [InlineData("ACC")]
    [InlineData("sparse_categorical_accuracy")]
    [InlineData("SparseCategoricalAccuracy")]
    public void With_more_outputs_it_is_sparse_categorical_accuracy_under_the_name_that_was_given(string name)
    {
        var (x, y) = SyntheticData.Rows(20, 4);
        var model = Five(name);
        double expected = (double)model.predict(x, verbose: 0).argmax(-1).ToInts().Zip(y.ToInts()).Count(pair => pair.First == pair.Second) / 20;
        Assert.Equal(expected, model.evaluate(x, y, verbose: 0)[name], 1e-6);
        Assert.IsType<SparseCategoricalAccuracy>(model.Measured.Single());
        // A file has the name, as Keras writes it.
        Assert.Contains($"\"metrics\":[\"{name}\"]", model.to_json());
    }

    [Fact]
    public void With_a_target_for_each_output_it_is_categorical_accuracy_before_a_prediction_and_after_it()
    {
        var (x, y) = SyntheticData.Rows(20, 4);
        var oneHot = new float[20, 5];
        for (int i = 0; i < 20; i++) oneHot[i, (int)y[i]] = 1;
        NDArray targets = new([.. oneHot.Cast<float>()], 20, 5);
        foreach (bool predicts in (bool[])[false, true])
        {
            var model = Five("accuracy", new Nothing());
            if (predicts) model.predict(x, verbose: 0);
            double right = (double)model.predict(x, verbose: 0).argmax(-1).ToInts().Zip(y.ToInts()).Count(pair => pair.First == pair.Second) / 20;
            Assert.Equal(right, model.evaluate(x, targets, verbose: 0)["accuracy"], 1e-6);
            Assert.IsType<CategoricalAccuracy>(model.Measured.Single());
            Assert.Equal(right, model.evaluate(x, y, verbose: 0)["accuracy"], 1e-6);
            Assert.IsType<SparseCategoricalAccuracy>(model.Measured.Single());
        }
    }

    /// <summary>The loss truncates them to whole numbers, as TensorFlow does; no class equals them.</summary>
    [Fact]
    public void Fractional_labels_are_never_right()
    {
        var (x, y) = SyntheticData.Rows(20, 4);
        Assert.Equal(0, Five("accuracy").evaluate(x, y + 0.5, verbose: 0)["accuracy"]);
        Assert.Equal(0, One("accuracy").evaluate(s_outputs, s_zeros + 0.25, verbose: 0)["accuracy"]);
    }

    [Fact]
    public void What_there_is_no_metric_for_is_refused_by_name()
    {
        var model = Five("accuracy", new Anything());
        var (x, y) = (SyntheticData.Rows(20, 4).x, new NDArray(new float[100], 20, 5));
        Assert.Equal(
            "Metric 'accuracy' (CategoricalAccuracy) expects a target for each output, 1 at the class and 0 elsewhere. Received: target.shape=(None, 4), "
            + "output.shape=(None, 5)",
            Assert.Throws<ValueError>(() => model.fit(x, y[.., ..4], verbose: 0)).Message);
        Assert.Equal(
            "Metric 'sparse_categorical_accuracy' (SparseCategoricalAccuracy) expects one class number a row of outputs. Received: target.shape=(None, 5), "
            + "output.shape=(None, 5)",
            Assert.Throws<ValueError>(() => Five(keras.metrics.SparseCategoricalAccuracy(), new Anything()).evaluate(x, y, verbose: 0)).Message);
        Assert.Equal("Metric 'binary_accuracy' (BinaryAccuracy) expects a target for each output. Received: target.shape=(None,), output.shape=(None, 5)",
            Assert.Throws<ValueError>(() => Five("binary_accuracy").evaluate(x, y[.., 0], verbose: 0)).Message);
        Assert.Throws<ValueError>(() => keras.metrics.BinaryAccuracy(threshold: double.NaN));
    }

    [Fact]
    public void Metrics_and_callbacks_come_with_brackets_and_without()
    {
        var (x, y) = SyntheticData.Rows(20, 4);
        MetricList?[] lists = ["accuracy", new SparseCategoricalAccuracy("accuracy"),
            new Metric[] { new SparseCategoricalAccuracy("accuracy") }, new[] { "accuracy" },
            new List<Metric> { new SparseCategoricalAccuracy("accuracy") }, ["accuracy"]];
        Assert.All(lists, list => Assert.Equal("accuracy", list!.Single().name));
        int calls = 0;
        var counter = keras.callbacks.LambdaCallback(on_epoch_end: (_, _) => calls++);
        var model = Five("accuracy");
        model.fit(x, y, verbose: 0, callbacks: counter);
        model.fit(x, y, verbose: 0, callbacks: new List<Callback> { counter });
        model.fit(x, y, verbose: 0, callbacks: new Callback[] { counter });
        model.fit(x, y, verbose: 0, callbacks: [counter]);
        model.fit(x, y, verbose: 0, callbacks: null);
        Assert.Equal(4, calls);
    }

    /// <summary>Keras warns when the model is traced.</summary>
    [Fact]
    public void Logits_behind_a_softmax_are_worth_one_warning()
    {
        var (x, y) = SyntheticData.Rows(20, 4);
        var model = Five("accuracy", keras.losses.SparseCategoricalCrossentropy(from_logits: true));
        const string warning =
            "UserWarning: `sparse_categorical_crossentropy` received `from_logits=True`, but the `output` argument was produced by a Softmax activation and "
            + "thus does not represent logits. Was this intended?\n";
        Assert.Equal(warning, Printed.ToErrorBy(() =>
        {
            model.fit(x, y, verbose: 0);
            model.evaluate(x, y, verbose: 0);
        }));
        var linear = keras.Sequential([keras.layers.Dense(5)]);
        linear.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits: true));
        Assert.Equal("", Printed.ToErrorBy(() => linear.fit(x, y, verbose: 0)));
    }

    [Fact]
    public void An_evaluation_prints_as_Keras_does()
    {
        var (x, y) = SyntheticData.Rows(20, 4);
        string Shown(Model model, bool dict = false) => Printed.By(() => print(model.evaluate(x, y, verbose: 0, return_dict: dict)));
        Assert.Matches(@"^\[[\d.]+, [\d.]+\]\n$", Shown(Five("accuracy")));
        Assert.Matches(@"^\{'accuracy': [\d.]+, 'loss': [\d.]+\}\n$", Shown(Five("accuracy"), dict: true));
        Assert.Matches(@"^[\d.]+\n$", Shown(Five(null)));
        Assert.Matches(@"^\{'loss': [\d.]+\}\n$", Shown(Five(null), dict: true));
        Assert.Matches(@"^\d\.\d\d$", "{:.2f}".format(Five(null).evaluate(x, y, verbose: 0)));
        List<Evaluation> several = [Five(null).evaluate(x, y, verbose: 0, return_dict: true)];
        Assert.Matches(@"^\[\{'loss': [\d.]+\}\]\n$", Printed.By(() => print(several)));
    }

    private static NDArray np(float[] values, params int[] shape) => new(values, shape);

    private static Sequential One(MetricList metrics)
    {
        var model = keras.Sequential([keras.Input(1), keras.layers.Dense(1, use_bias: false)]);
        model.set_weights([np([1], 1, 1)]);
        model.compile("adam", "sparse_categorical_crossentropy", metrics);
        return model;
    }

    private static Sequential Five(MetricList? metrics, Loss? loss = null)
    {
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(5, activation: "softmax")]);
        model.compile("adam", loss ?? "sparse_categorical_crossentropy", metrics);
        return model;
    }

    private sealed class Nothing : Loss
    {
        protected internal override void Check(NDArray targets, Shape outputs) { }
        protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred) => g.MeanColumns(y_pred);
    }

    private sealed class Anything : Loss
    {
        protected internal override void Check(NDArray targets, Shape outputs) { }
        protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred) => throw new InvalidOperationException("It is refused before.");
    }
}
