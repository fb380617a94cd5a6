using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Callbacks;
using KerasPort.Cuda;
using KerasPort.Engines;
using KerasPort.Engines.Managed;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Optimizers;
using KerasPort.Saving;
using KerasPort.Saving.Hdf5;
using KerasPort.Schedules;
using KerasPort.Tests.Engines;

namespace KerasPort.Tests.Optimizers;

/// <summary>Optimizers change weights as Keras' do (<c>optimizers.json</c>, by <c>make_optimizers.py</c>).</summary>
public sealed partial class RecordedOptimizerTests
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("optimizers.json")).RootElement;

    public static TheoryData<int> Steps => [.. Enumerable.Range(0, s_recorded.GetProperty("steps").GetArrayLength())];

    /// <summary>Twenty steps of given gradients.</summary>
    [Theory]
    [MemberData(nameof(Steps))]
    public void Steps_are_those_of_Keras(int number)
    {
        var recorded = s_recorded.GetProperty("steps")[number];
        var optimizer = Make<Optimizer>(recorded);
        using var engine = new ManagedEngine(1);
        using var kernels = engine.OpenKernels();
        var run = new OptimizerRun(kernels, optimizer, Fixtures.Floats(recorded.GetProperty("p0")));
        foreach (var (step, expected) in recorded.GetProperty("p").EnumerateArray().Index())
            Near(expected, run.Step(Fixtures.Floats(recorded.GetProperty("g")[step])), 5e-6, $"{recorded.GetProperty("config")}, step {step}");
    }

    public static TheoryData<int> Trainings => [.. Enumerable.Range(0, s_recorded.GetProperty("trainings").GetArrayLength())];

    /// <summary>
    /// Ten batches of a model of two dense layers: losses, the rate after each, the weights, and the names of the optimizer's variables in files.
    /// </summary>
    [Theory]
    [MemberData(nameof(Trainings))]
    public void Trainings_end_as_those_of_Keras(int number)
    {
        using var engine = new ManagedEngine(2);
        Train(number, engine);
    }

    [Theory]
    [Slow]
    [MemberData(nameof(Trainings))]
    [Needs(Need.Pocl)]
    public void Trainings_on_a_card_end_as_those_of_Keras(int number) => Train(number, new CudaEngine(PoclCard.Shared));

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Trainings_by_the_definitions_end_as_those_of_Keras(int number) => Train(number, new FirstDayEngine());

    private static void Train(int number, Engine engine)
    {
        var recorded = s_recorded.GetProperty("trainings")[number];
        keras.utils.clear_session();
        var optimizer = Make<Optimizer>(recorded);
        string[] excluded = [.. recorded.GetProperty("excluded").EnumerateArray().Select(name => name.GetString()!)];
        if (excluded.Length > 0) optimizer.exclude_from_weight_decay(var_names: excluded);
        var model = Model(recorded);
        model.compile(optimizer, "mse", engine: engine);
        model.set_weights([.. recorded.GetProperty("w0").EnumerateArray()
            .Zip(model.variables, (w, variable) => new NDArray(Fixtures.Floats(w), variable.shape))]);
        var (x, y) = Data();
        var rates = new List<double>();
        var watch = new LambdaCallback(on_train_batch_end: (_, _) => rates.Add(optimizer is MultiOptimizer ? 0 : optimizer.learning_rate));
        double[] losses = [.. Enumerable.Range(0, 2)
            .Select(_ => model.fit(x, y, batch_size: 8, shuffle: false, verbose: 0, callbacks: [watch]).history["loss"][0])];
        string what = recorded.GetProperty("config").ToString();
        Near(recorded.GetProperty("losses"), [.. losses.Select(loss => (float)loss)], 1e-5, $"{what}, losses");
        Near(recorded.GetProperty("rates"), [.. rates.Select(rate => (float)rate)], 1e-6, $"{what}, rates");
        foreach (var (expected, actual) in recorded.GetProperty("w").EnumerateArray().Zip(model.get_weights())) Near(expected, actual.ToFloats(), 1e-5, what);
        Assert.Equal(recorded.GetProperty("iterations").GetInt64(), optimizer.iterations);

        using var folder = new TemporaryFolder();
        model.save(folder["m.h5"]);
        var names = Hdf5File.Read(File.ReadAllBytes(folder["m.h5"])).Group("optimizer_weights").Attribute("weight_names").Strings();
        Assert.Equal(Once([.. recorded.GetProperty("variables").EnumerateArray().Select(name => name.GetString()!)]), names);
    }

    /// <summary>Keras' names, with a number where Keras has one twice, which its own file would refuse.</summary>
    private static string[] Once(string[] names) =>
        [.. names.Select((name, i) => names[..i].Count(n => n == name) is > 0 and var before ? $"{name}_{before}" : name)];

    /// <summary>A step gives the same bits on any number of threads.</summary>
    [Theory]
    [MemberData(nameof(Trainings))]
    public void A_training_gives_the_same_bits_on_any_number_of_threads(int number)
    {
        var recorded = s_recorded.GetProperty("trainings")[number];
        float[] With(int threads)
        {
            using var engine = new ManagedEngine(threads);
            var model = keras.Sequential([keras.Input(6), keras.layers.Dense(70, activation: "tanh"),
                keras.layers.Dense(90, activation: "tanh"), keras.layers.Dense(3)]);
            model.compile(Make<Optimizer>(recorded), "mse", engine: engine);
            model.set_weights([.. model.variables.Select(
                (w, i) => new NDArray([.. Enumerable.Range(0, w.size).Select(at => MathF.Sin(at * 7.3f + i) * 0.3f)], w.shape))]);
            var (x, y) = Data();
            model.fit(x, y, batch_size: 8, epochs: 2, shuffle: false, verbose: 0);
            return [.. model.get_weights().SelectMany(w => w.ToFloats())];
        }

        float[] one = With(1);
        Assert.Equal(one, With(2));
        Assert.Equal(one, With(5));
    }

    /// <summary>A file from the middle of a training, for each kind of optimizer: continuing from it ends in the same bits.</summary>
    [Theory]
    [MemberData(nameof(Trainings))]
    public void Files_hold_what_an_optimizer_remembers(int number)
    {
        var recorded = s_recorded.GetProperty("trainings")[number];
        var (x, y) = Data();
        var model = Model(recorded);
        model.compile(Make<Optimizer>(recorded), "mse");
        model.fit(x, y, batch_size: 8, shuffle: false, verbose: 0);
        using var folder = new TemporaryFolder();
        model.save(folder["m.keras"]);
        model.save(folder["m.h5"]);
        model.save_weights(folder["m.weights.h5"]);
        float[] After(Model trained)
        {
            trained.fit(x, y, batch_size: 8, shuffle: false, verbose: 0);
            return [.. trained.get_weights().SelectMany(w => w.ToFloats())];
        }

        float[] through = After(model);
        Assert.Equal(through, After(keras.saving.load_model(folder["m.keras"])));
        Assert.Equal(through, After(keras.saving.load_model(folder["m.h5"])));
        model.load_weights(folder["m.weights.h5"]);
        Assert.Equal(through, After(model));
    }

    /// <summary>A step allocates nothing, whatever nodes are between its gradients and weights.</summary>
    [Theory]
    [MemberData(nameof(Trainings))]
    public void A_step_allocates_nothing(int number)
    {
        using var engine = new ManagedEngine(1);
        var recorded = s_recorded.GetProperty("trainings")[number];
        var model = Model(recorded);
        model.compile(Make<Optimizer>(recorded), "mse", engine: engine);
        var (x, y) = Data();
        model.fit(x, y, batch_size: 8, verbose: 0);
        // An engine of one thread runs all of a step on the caller's thread: other tests' allocations aren't counted.
        var allocated = new StepAllocations();
        model.fit(x, y, batch_size: 1, verbose: 0);
        model.fit(x, y, batch_size: 1, verbose: 0, callbacks: [allocated]);
        Assert.Equal((9, 0), (allocated.Stretches, allocated.Usual));
    }

    /// <summary>A training that stops between two batches whose gradients are summed ends, when resumed, in the bits of one that ran through.</summary>
    [Theory]
    [Slow]
    [MemberData(nameof(Trainings))]
    public void A_checkpoint_holds_what_an_optimizer_remembers(int number)
    {
        using var folder = new TemporaryFolder();
        float[] through = Run(folder["a"], null)!;
        Assert.Null(Run(folder["b"], 7));
        Assert.Equal(through, Run(folder["b"], null));

        float[]? Run(string checkpoints, int? dies)
        {
            keras.utils.set_random_seed(3);
            var recorded = s_recorded.GetProperty("trainings")[number];
            var model = Model(recorded);
            model.compile(Make<Optimizer>(recorded), "mse");
            var (x, y) = Data();
            int batches = 0;
            try
            {
                model.fit(x, y, batch_size: 8, epochs: 3, verbose: 0, callbacks: [keras.callbacks.BackupAndRestore(checkpoints, 1, delete_checkpoint: false),
                    new LambdaCallback(on_train_batch_end: (_, _) => _ = ++batches == dies ? throw new OperationCanceledException() : 0)]);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
            return [.. model.get_weights().SelectMany(w => w.ToFloats())];
        }
    }

    /// <summary>With another schedule, or other weights that decay, it is another training.</summary>
    [Fact]
    public void A_checkpoint_of_another_optimizer_is_refused()
    {
        using var folder = new TemporaryFolder();
        string? Run(Optimizer optimizer)
        {
            var model = Model();
            model.compile(optimizer, "mse");
            var (x, y) = Data();
            try
            {
                model.fit(x, y, verbose: 0, callbacks: [keras.callbacks.BackupAndRestore(folder["c"], delete_checkpoint: false)]);
                return null;
            }
            catch (CheckpointException e)
            {
                return e.Message;
            }
        }

        Optimizer Decaying(double rate, params string[] spared)
        {
            var optimizer = new SGD(new ExponentialDecay(0.1, 3, rate), weight_decay: 0.1);
            if (spared.Length > 0) optimizer.exclude_from_weight_decay(var_names: spared);
            return optimizer;
        }

        Assert.Null(Run(Decaying(0.5)));
        Assert.Null(Run(Decaying(0.5)));
        Assert.Contains("decay_rate=0.25", Run(Decaying(0.25)));
        Assert.Contains("without decay of 0 variables and [bias]", Run(Decaying(0.5, "bias")));
        Assert.Contains("clipnorm=1.0", Run(new SGD(new ExponentialDecay(0.1, 3, 0.5), weight_decay: 0.1, clipnorm: 1)));
    }

    public static TheoryData<int> Schedules => [.. Enumerable.Range(0, s_recorded.GetProperty("schedules").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Schedules_are_those_of_Keras(int number)
    {
        var recorded = s_recorded.GetProperty("schedules")[number];
        var schedule = Make<LearningRateSchedule>(recorded);
        foreach (var (step, rate) in recorded.GetProperty("at").EnumerateArray().Zip(recorded.GetProperty("rates").EnumerateArray()))
            AssertRate(rate.ValueKind == JsonValueKind.String ? double.Parse(rate.GetString()!, CultureInfo.InvariantCulture) : rate.GetDouble(),
                schedule.Apply(step.GetInt64()));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(recorded.GetProperty("config").GetRawText()), schedule.get_config()));
    }

    /// <summary>NaN and infinities must be equal.</summary>
    private static void AssertRate(double expected, float actual)
    {
        if (!double.IsFinite(expected) || expected == 0) Assert.Equal((float)expected, actual);
        else Assert.Equal(1, actual / expected, 1e-6);
    }

    private static Sequential Model(JsonElement? of = null) => keras.Sequential([keras.Input(6), .. of?.GetProperty("convolves").GetBoolean() == true
        ? (Layer[])[keras.layers.Reshape((2, 3, 1)), keras.layers.Conv2D(4, 2, activation: "tanh", name: "conv"), keras.layers.Flatten()] : [],
            keras.layers.Dense(5, activation: "sigmoid", name: "first"), keras.layers.Dense(3, name: "second")], name: "model");

    /// <summary>The same numbers as in the script.</summary>
    private static (NDArray x, NDArray y) Data() => (new([.. Enumerable.Range(0, 40 * 6).Select(i => (float)(i * 7919 % 1009 / 1009.0))], 40, 6),
        new([.. Enumerable.Range(0, 40 * 3).Select(i => (float)(i * 6101 % 997 / 250.0))], 40, 3));

    private static T Make<T>(JsonElement of) where T : class =>
        (T)ObjectConfig.Create(KnownClasses.Find(typeof(T), of.GetProperty("class_name").GetString()!, "recorded"), of.GetProperty("config"), "recorded");

    private static void Near(JsonElement expected, float[] actual, double within, string what)
    {
        Assert.Equal(expected.GetArrayLength(), actual.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            double wanted = expected[i].GetDouble();
            Assert.True(Math.Abs(wanted - actual[i]) <= within * Math.Max(Math.Abs(wanted), 0.1), $"{what}, value {i}: {actual[i]}, Keras {wanted}");
        }
    }
}
