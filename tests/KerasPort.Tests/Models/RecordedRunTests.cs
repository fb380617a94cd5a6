using System.Text.Json;
using KerasPort.Callbacks;
using KerasPort.Cuda;
using KerasPort.Engines;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Tests.Engines;

namespace KerasPort.Tests.Models;

/// <summary>
/// Fifty training steps of typical nets against Keras (<c>training-runs.json</c>, made by <c>make/training_runs.py</c>):
/// the loss of every step, metrics, evaluations and the weights at the end, from the seed on.
/// </summary>
public sealed class RecordedRunTests
{
    /// <summary>The largest relative difference of losses.</summary>
    private const double Tolerance = 1e-5;

    private static readonly JsonElement[] s_recorded = Fixtures.Cases("training-runs.json");

    private static readonly Dictionary<string, Func<Run, Model>> s_runs = new()
    {
        ["mixed convolutions"] = MixedConvolutions,
        ["residual"] = Residual,
        ["two inputs, two outputs"] = TwoByTwo,
        ["fine-tuning"] = FineTuning,
    };

    public static TheoryData<string> Cases => [.. s_recorded.Select(c => c.GetProperty("case").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_managed_engine_follows_Keras(string name) => Follow(name, Engine.Current);

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_definition_follows_Keras(string name) => Follow(name, new ReferenceEngine());

    [Theory]
    [Slow]
    [MemberData(nameof(Cases))]
    [Needs(Need.Pocl)]
    public void The_card_follows_Keras(string name) => Follow(name, new CudaEngine(PoclCard.Shared));

    /// <summary>
    /// A layer that draws, applied three times: the order of its draws is that of Keras' graph. And a model compiled again without
    /// metrics keeps those that it had.
    /// </summary>
    [Fact]
    public void A_shared_layer_draws_in_Keras_order_and_metrics_stay_where_none_are_named()
    {
        keras.utils.clear_session();
        keras.utils.set_random_seed(21);
        var layers = keras.layers;
        var inputs = keras.Input((6, 4));
        var (drop, dense) = (layers.Dropout(0.5), layers.Dense(4));
        var a = drop.Apply(inputs);
        var b = layers.Rescaling(0.5).Apply(drop.Apply(dense.Apply(inputs)));
        var c = dense.Apply(drop.Apply(b));
        var model = keras.Model(inputs, layers.Dense(1).Apply(layers.Flatten().Apply(layers.add([a, b, c]))));
        var (x, labels) = SyntheticData.Rows(48, 6, 4);
        var y = labels / 5.0;
        model.compile(optimizer: "sgd", loss: "mse", metrics: ["mae"]);
        Same([0.9989132285118103, 0.7012342810630798], [0.7424938082695007, 0.6185194849967957], 2);
        model.compile(optimizer: "sgd", loss: "mse");
        Same([0.6082344651222229], [0.5975806713104248], 1);
        model.compile(optimizer: "sgd", loss: "mse", metrics: []);
        Same([0.733607292175293], null, 1);

        void Same(double[] loss, double[]? mae, int epochs)
        {
            var history = model.fit(x, y, batch_size: 16, epochs: epochs, verbose: 0).history;
            Assert.Equal(mae is null ? ["loss"] : ["loss", "mae"], history.Keys.Order());
            foreach (var (wanted, given) in loss.Concat(mae ?? []).Zip(history["loss"].Concat(mae is null ? [] : history["mae"]))) Near(wanted, given, "log");
        }
    }

    private static void Follow(string name, Engine engine)
    {
        var recorded = s_recorded.Single(c => c.GetProperty("case").GetString() == name);
        keras.utils.clear_session();
        keras.utils.set_random_seed(21);
        var run = new Run(engine);
        var model = s_runs[name](run);

        Assert.Equal(50, run.Batches.Count);
        var expected = recorded.GetProperty("batches").EnumerateArray().Select(Numbers).ToArray();
        for (int step = 0, first = 0; step < 50; step++)
        {
            // A batch's log is the mean since the epoch's first batch.
            if (step % 5 == 0) first = step;
            Near(LossOf(expected, step, first), LossOf(run.Batches, step, first), $"{name}, step {step}");
            Near(expected[step], run.Batches[step], $"{name}, log of step {step}");
        }
        foreach (var (epochs, history) in recorded.GetProperty("epochs").EnumerateArray().Zip(run.Epochs))
        {
            Assert.Equal(epochs.EnumerateObject().Select(e => e.Name).Order(), history.history.Keys.Order());
            foreach (var log in epochs.EnumerateObject())
                foreach (var (wanted, given) in log.Value.EnumerateArray().Zip(history.history[log.Name]))
                    Near(wanted.GetDouble(), given, $"{name}, {log.Name}");
        }
        Near(Numbers(recorded.GetProperty("evaluated")), run.Evaluated, $"{name}, evaluation");
        foreach (var (wanted, weight) in recorded.GetProperty("weights").EnumerateArray().Zip(model.weights))
            foreach (var (w, v) in wanted.EnumerateArray().Zip(weight.numpy().ToFloats())) Assert.Equal(w.GetSingle(), v, 2e-5);
    }

    /// <summary>The last step's own loss, computed from the means.</summary>
    private static double LossOf(IReadOnlyList<Dictionary<string, double>> logs, int step, int first)
    {
        int before = step - first;
        return logs[step]["loss"] * (before + 1) - (before == 0 ? 0 : logs[step - 1]["loss"] * before);
    }

    private static Model MixedConvolutions(Run run)
    {
        var (x, y) = SyntheticData.Rows(96, 12, 12, 2);
        var model = keras.Sequential([
            keras.Input((12, 12, 2)),
            keras.layers.Conv2D(4, 3, padding: "same", activation: "relu", kernel_regularizer: keras.regularizers.l2(0.01)),
            keras.layers.BatchNormalization(),
            keras.layers.Conv2D(6, 3, strides: 2, padding: "same", use_bias: false),
            keras.layers.BatchNormalization(momentum: 0.9),
            keras.layers.Activation("relu"),
            keras.layers.AveragePooling2D(2),
            keras.layers.Dropout(0.25),
            keras.layers.Flatten(),
            keras.layers.Dense(5, activation: "softmax", kernel_regularizer: "l2"),
        ]);
        var rate = keras.optimizers.schedules.ExponentialDecay(0.02, decay_steps: 10, decay_rate: 0.8, staircase: true);
        model.compile(keras.optimizers.SGD(rate, momentum: 0.9, nesterov: true), "sparse_categorical_crossentropy", metrics: ["accuracy"], engine: run.Engine);
        run.Fit(model, x[..80], y[..80], 10, validation: (x[80..], y[80..]));
        return run.Evaluate(model, x, y);
    }

    private static Model Residual(Run run)
    {
        var (x, labels) = SyntheticData.Rows(80, 8, 8, 3);
        var y = keras.utils.to_categorical(labels, 5);
        var inputs = keras.Input((8, 8, 3));
        var h = keras.layers.Conv2D(4, 3, padding: "same", activation: "relu").Apply(inputs);
        var block = keras.layers.Conv2D(4, 3, padding: "same", activation: "relu").Apply(h);
        block = keras.layers.Conv2D(4, 3, padding: "same").Apply(block);
        h = keras.layers.Activation("relu").Apply(keras.layers.add([block, h]));
        block = keras.layers.Conv2D(6, 3, strides: 2, padding: "same", activation: "relu").Apply(h);
        h = keras.layers.add([block, keras.layers.Conv2D(6, 1, strides: 2).Apply(h)]);
        h = keras.layers.GlobalAveragePooling2D().Apply(h);
        h = keras.layers.Dropout(0.5).Apply(keras.layers.Dense(8, activation: "relu").Apply(h));
        var model = keras.Model(inputs, keras.layers.Dense(5, activation: "softmax").Apply(h));
        model.compile(optimizer: keras.optimizers.RMSprop(1e-3), loss: keras.losses.CategoricalCrossentropy(label_smoothing: 0.1), metrics: ["accuracy"],
            engine: run.Engine);
        run.Fit(model, x, y, 10);
        return run.Evaluate(model, x, y);
    }

    private static Model TwoByTwo(Run run)
    {
        var (images, classes) = SyntheticData.Rows(80, 6, 6, 1);
        var (rows, _) = SyntheticData.Rows(80, 4);
        var numbers = images.reshape(80, 36)[.., ..1] + rows[.., 1..2] * rows[.., 1..2];
        Tensor a = keras.Input((6, 6, 1), name: "a"), b = keras.Input(4, name: "b");
        var shared = keras.layers.concatenate([
            keras.layers.Flatten().Apply(keras.layers.Conv2D(3, 3, activation: "relu").Apply(a)),
            keras.layers.Dense(6, activation: "tanh").Apply(b)]);
        var model = keras.Model([a, b],
            [keras.layers.Dense(5, activation: "softmax", name: "kind").Apply(shared), keras.layers.Dense(1, name: "size").Apply(shared)]);
        model.compile(keras.optimizers.Adam(0.005), loss: new() { ["kind"] = "sparse_categorical_crossentropy", ["size"] = "mse" },
            loss_weights: new() { ["kind"] = 1.0, ["size"] = 0.3 }, metrics: new() { ["kind"] = ["accuracy"], ["size"] = ["mae"] }, engine: run.Engine);
        NDArray[] x = [images, rows], y = [classes, numbers];
        run.Fit(model, x, y, 10);
        return run.Evaluate(model, x, y);
    }

    private static Model FineTuning(Run run)
    {
        var (x, y) = SyntheticData.Rows(80, 8, 8, 2);
        var body = keras.Sequential([
            keras.Input((8, 8, 2)),
            keras.layers.Conv2D(4, 3, activation: "relu"),
            keras.layers.BatchNormalization(),
            keras.layers.Conv2D(6, 3, padding: "same", use_bias: false),
            keras.layers.BatchNormalization(),
            keras.layers.ReLU(),
            keras.layers.GlobalAveragePooling2D(),
        ]);
        var model = keras.Sequential([keras.Input((8, 8, 2)), body, keras.layers.Dropout(0.2), keras.layers.Dense(5)]);
        var loss = keras.losses.SparseCategoricalCrossentropy(from_logits: true);
        model.compile(keras.optimizers.Adam(0.01), loss, ["accuracy"], run.Engine);
        run.Fit(model, x, y, 2);
        body.trainable = false;
        model.compile(keras.optimizers.Adam(0.01), loss, ["accuracy"], run.Engine);
        run.Fit(model, x, y, 4);
        body.trainable = true;
        foreach (Layer layer in body.layers.Take(2)) layer.trainable = false;
        model.compile(keras.optimizers.SGD(0.01, momentum: 0.9), loss, ["accuracy"], run.Engine);
        run.Fit(model, x, y, 4);
        return run.Evaluate(model, x, y);
    }

    private static Dictionary<string, double> Numbers(JsonElement logs) => logs.EnumerateObject().ToDictionary(log => log.Name, log => log.Value.GetDouble());

    private static void Near(Dictionary<string, double> expected, Dictionary<string, double> actual, string what)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (key, value) in expected) Near(value, actual[key], $"{what}, {key}");
    }

    private static void Near(double expected, double actual, string what) =>
        Assert.True(Math.Abs(expected - actual) <= Tolerance * Math.Max(1, Math.Abs(expected)), $"{what}: {actual}, Keras {expected}");

    /// <summary>A training on an engine, with its logs.</summary>
    private sealed class Run(Engine engine)
    {
        public Engine Engine => engine;

        public List<Dictionary<string, double>> Batches { get; } = [];

        public List<History> Epochs { get; } = [];

        public Dictionary<string, double> Evaluated { get; private set; } = [];

        public void Fit(Model model, Data x, Data y, int epochs, Data? validation = null) =>
            Epochs.Add(model.fit(x, y, batch_size: 16, epochs: epochs, verbose: 0, validation_data: validation,
                callbacks: [new LambdaCallback(on_train_batch_end: (_, logs) => Batches.Add(logs.Keys.ToDictionary(key => key, key => logs[key])))]));

        public Model Evaluate(Model model, Data x, Data y)
        {
            var evaluated = model.evaluate(x, y, batch_size: 16, verbose: 0, return_dict: true);
            Evaluated = Epochs[0].history.Keys.Where(key => !key.StartsWith("val_", StringComparison.Ordinal)).ToDictionary(key => key, key => evaluated[key]);
            Assert.Equal(Evaluated.Count, evaluated.Count);
            return model;
        }
    }
}
