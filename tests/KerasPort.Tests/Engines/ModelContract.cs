using KerasPort.Callbacks;
using KerasPort.Engines;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Tests.Engines;

/// <summary>
/// The requirements on every engine for whole models, whether it runs them on our kernels (see <see cref="EngineContract"/>) or its own.
/// An engine's tests are a subclass that opens it.
/// </summary>
public abstract class ModelContract
{
    /// <summary>Stacks that together have every layer and option, over images of 9 × 8 pixels in two channels and five classes.</summary>
    private static readonly Dictionary<string, Func<Layer[]>> s_stacks = new()
    {
        ["dense"] = () => [keras.layers.Flatten(), keras.layers.Dense(16, "relu"), keras.layers.Dense(5, "softmax")],
        ["dense without bias, tanh, softmax apart"] = () =>
            [keras.layers.Flatten(), keras.layers.Dense(12, "tanh", use_bias: false), keras.layers.Dense(5), keras.layers.Activation("softmax")],
        ["dense over pixels"] = () => [keras.layers.Dense(6), keras.layers.Activation("relu"), keras.layers.Activation("linear"), keras.layers.Flatten(),
            keras.layers.Dense(5, "softmax")],
        ["convolution and pooling"] = () => [keras.layers.Conv2D(8, 3, activation: "relu"), keras.layers.MaxPooling2D(2), keras.layers.Flatten(),
            keras.layers.Dense(5, "softmax")],
        ["same padding, strides, overlapping pools"] = () =>
            [keras.layers.Conv2D(6, (2, 3), strides: 2, padding: "same", activation: "tanh"), keras.layers.MaxPooling2D(3, 1, padding: "same"),
            keras.layers.Flatten(), keras.layers.Dense(5, "softmax")],
        ["dilation, no bias, 5 × 5"] = () => [keras.layers.Conv2D(4, 2, dilation_rate: (2, 1), use_bias: false), keras.layers.Conv2D(5, 5, activation: "relu"),
            keras.layers.Flatten(), keras.layers.Dense(5, "softmax")],
    };

    public static TheoryData<string> Stacks => [.. s_stacks.Keys];

    /// <summary>The engine, opened once.</summary>
    private protected abstract Engine Engine { get; }

    /// <summary>
    /// The largest difference of losses from the definition's, which computes in double, including the optimizer's amplification of rounding.
    /// </summary>
    private protected virtual double Tolerance => 1e-5;

    [Fact]
    public void Layers_give_what_Keras_computed() => RecordedCase.Each<Layer>((name, layer, group) =>
    {
        // Results of layers in training mode alone are tested with the kernels.
        if (RecordedCase.IsOfTraining(name)) return;
        var x = group.OneOrMore("x");
        Tensor[] inputs = [.. x.Select(array => keras.Input(array.shape[1..]))];
        Model model = inputs is [var input] ? keras.Sequential([input, layer]) : keras.Model(inputs, layer.Apply(inputs));
        model.set_weights(group.Arrays("w"));
        model.compile(new Adam(), "sparse_categorical_crossentropy", engine: Engine);
        Near(group.Doubles("y"), model.predict(x, verbose: 0).ToFloats(), 1e-5, name);
    });

    /// <summary>Training from the same weights on the same rows, the last batch short: each batch's results, then predictions and evaluation.</summary>
    [Theory]
    [MemberData(nameof(Stacks))]
    public void A_stack_trains_as_the_definition_says(string stack)
    {
        var (x, y) = Data();
        Sequential expected = Compiled(stack, new ReferenceEngine()), actual = Compiled(stack, Engine);
        Assert.Equal(Logs(expected).Count, Logs(actual).Count);
        Near(Logs(expected), Logs(actual), Tolerance, "logs");
        Near(Doubles(expected.predict(x, verbose: 0)), actual.predict(x, verbose: 0).ToFloats(), 10 * Tolerance, "predictions");
        Near(expected.evaluate(x, y, verbose: 0), actual.evaluate(x, y, verbose: 0), 10 * Tolerance, "evaluation");

        List<double> Logs(Sequential model)
        {
            var logs = new List<double>();
            model.fit(x, y, batch_size: 16, epochs: 2, verbose: 0, callbacks: [Recorder(logs)]);
            return logs;
        }
    }

    /// <summary>Even where the rows that an engine takes at a time end within them.</summary>
    [Fact]
    public void Evaluation_tells_of_each_batch_in_order()
    {
        const int rows = 20_010;
        var x = new NDArray([.. Enumerable.Range(0, rows * 2).Select(i => (byte)(i * 7 % 251))], rows, 1, 2, 1) / 255.0;
        NDArray y = new([.. Enumerable.Range(0, rows).Select(i => i * i % 5)]);
        var layers = s_stacks["dense"]();
        Evaluation Evaluate(Engine engine, List<int> told)
        {
            var model = keras.Sequential([keras.Input((1, 2, 1)), .. layers]);
            model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"], engine);
            return model.evaluate(x, y, batch_size: 100, verbose: 0, callbacks: [new TestBatches(told)]);
        }
        var (wanted, batches) = (new List<int>(), new List<int>());
        var (loss, accuracy) = Evaluate(new ReferenceEngine(), wanted);
        var result = Evaluate(Engine, batches);
        Assert.Equal(Enumerable.Range(0, 201), batches);
        Assert.Equal(loss, result["loss"], 1e-5);
        Assert.Equal(accuracy, result["accuracy"], 1e-6);
    }

    [Fact]
    public void Training_stops_after_the_batch_that_says_so_and_goes_on()
    {
        var model = Compiled("dense", Engine);
        var (x, y) = Data();
        int batches = 0;
        var stop = new LambdaCallback(on_train_batch_end: (batch, _) => (batches, model.stop_training) = (batches + 1, batch == 1));
        model.fit(x, y, batch_size: 16, epochs: 5, verbose: 0, callbacks: [stop]);
        Assert.Equal(2, batches);
        Assert.Equal(2, model.optimizer!.iterations);
        model.fit(x, y, batch_size: 16, verbose: 0);
        Assert.Equal(6, model.optimizer.iterations);
    }

    /// <summary>A generator's batches train, evaluate and predict to the same bits as rows gathered from arrays; the same for bytes.</summary>
    [Fact]
    public void Batches_that_come_alone_give_what_gathered_ones_give()
    {
        var (x, y) = Data();
        foreach (var given in new[] { x, (x * 50).astype("uint8"), (x * 50).astype("uint8") / 255.0, x.astype("float64") })
        {
            Sequential arrays = Compiled("dense", Engine), generator = Compiled("dense", Engine);
            int batches = (x.Length + 15) / 16;
            IEnumerable<(NDArray, NDArray)> Batches()
            {
                for (int at = 0; ; at = at + 16 < x.Length ? at + 16 : 0) yield return (
                    given[at..Math.Min(at + 16, x.Length)], y[at..Math.Min(at + 16, x.Length)]);
            }
            var expected = arrays.fit(given, y, batch_size: 16, epochs: 2, shuffle: false, verbose: 0).history["loss"];
            Assert.Equal(expected, generator.fit(Batches(), epochs: 2, steps_per_epoch: batches, verbose: 0).history["loss"]);
            foreach (var (wanted, got) in arrays.get_weights().Zip(generator.get_weights())) Assert.Equal(wanted.ToFloats(), got.ToFloats());
            Assert.Equal(arrays.evaluate(given, y, batch_size: 16, verbose: 0), generator.evaluate(Batches(), steps: batches, verbose: 0));
            Assert.Equal(arrays.predict(given, batch_size: 16, verbose: 0).ToFloats(), generator.predict(Batches(), steps: batches, verbose: 0).ToFloats());
        }
    }

    [Fact]
    public void What_a_callback_throws_comes_through_and_the_model_stays_usable()
    {
        var model = Compiled("dense", Engine);
        var (x, y) = Data();
        var failing = new LambdaCallback(on_train_batch_end: (_, _) => throw new InvalidTimeZoneException());
        Assert.Throws<InvalidTimeZoneException>(() => model.fit(x, y, batch_size: 16, verbose: 0, callbacks: [failing]));
        model.fit(x, y, batch_size: 16, verbose: 0);
        Assert.Equal(5, model.optimizer!.iterations);
    }

    /// <summary>After it was taken off the engine and put back with the same optimizer, a training continues as if nothing had happened.</summary>
    [Fact]
    public void Weights_and_slots_survive_leaving_the_engine()
    {
        var (x, y) = Data();
        Sequential through = Compiled("convolution and pooling", Engine), away = Compiled("convolution and pooling", Engine);
        for (int epoch = 0; epoch < 2; epoch++) through.fit(x, y, batch_size: 16, verbose: 0, shuffle: false);
        away.fit(x, y, batch_size: 16, verbose: 0, shuffle: false);
        away.compile(away.optimizer!, away.loss!, [.. away.Measured], Engine);
        away.fit(x, y, batch_size: 16, verbose: 0, shuffle: false);
        foreach (var (expected, actual) in through.get_weights().Zip(away.get_weights()))
            Near(Doubles(expected), actual.ToFloats(), 1e-6, "weights");
    }

    [Fact]
    public void Weights_and_the_learning_rate_may_be_set_between_batches()
    {
        var (x, y) = Data();
        var model = Compiled("dense", Engine);
        NDArray[] set = [.. model.get_weights().Select(w => w * 0.5)];
        model.fit(x, y, batch_size: 16, verbose: 0, callbacks: [new LambdaCallback(on_train_batch_end: (batch, _) =>
        {
            if (batch != 1) return;
            model.optimizer!.learning_rate = 0;
            model.set_weights(set);
        })]);
        foreach (var (expected, actual) in set.Zip(model.get_weights())) Assert.Equal(expected.ToFloats(), actual.ToFloats());
    }

    [Fact]
    public void An_engine_prints_nothing_of_its_own()
    {
        var (x, y) = Data();
        var model = Compiled("dense", Engine);
        string output = Printed.By(() =>
        {
            model.fit(x, y, epochs: 2, verbose: 0);
            model.evaluate(x, y, verbose: 0);
            model.predict(x, verbose: 0);
        });
        Assert.Equal("", output);
    }

    /// <summary>60 rows: three batches of 16 and one of 12.</summary>
    private static (NDArray x, NDArray y) Data() => SyntheticData.Rows(60, 9, 8, 2);

    private static Sequential Compiled(string stack, Engine engine)
    {
        keras.utils.set_random_seed(3);
        var model = keras.Sequential([keras.Input((9, 8, 2)), .. s_stacks[stack]()]);
        model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"], engine);
        return model;
    }

    private static LambdaCallback Recorder(List<double> logs) =>
        new(on_train_batch_end: (_, values) => logs.AddRange([values["loss"], values["accuracy"]]));

    private static double[] Doubles(NDArray array) => Array.ConvertAll(array.ToFloats(), v => (double)v);

    private static void Near(IEnumerable<double> expected, IEnumerable<float> actual, double tolerance, string what) =>
        Near(expected, actual.Select(v => (double)v), tolerance, what);

    private static void Near(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance, string what)
    {
        double[] wanted = [.. expected], got = [.. actual];
        Assert.Equal(wanted.Length, got.Length);
        double scale = Math.Max(wanted.Max(Math.Abs), 1e-30);
        for (int i = 0; i < wanted.Length; i++)
            Assert.True(Math.Abs(wanted[i] - got[i]) <= tolerance * scale, $"{what}[{i}]: expected {wanted[i]}, got {got[i]} (largest {scale})");
    }

    private sealed class TestBatches(List<int> told) : Callback
    {
        public override void on_test_batch_end(int batch, Logs logs) => told.Add(batch);
    }
}

public sealed class ManagedModelTests : ModelContract
{
    private static readonly Engine s_engine = Engine.Open("managed");

    private protected override Engine Engine => s_engine;
}

/// <summary>TensorFlow.NET, where it is part of the build: <c>dotnet test -p:TensorFlow=cpu</c>.</summary>
[Needs(Need.TensorFlow)]
public sealed class TensorFlowModelTests : ModelContract
{
    private static readonly Lazy<Engine> s_engine = new(() => Engine.Open("tensorflow"));

    private protected override Engine Engine => s_engine.Value;
}
