using System.Text.Json;
using KerasPort.Callbacks;
using KerasPort.Models;
using KerasPort.Optimizers;
using KerasPort.Saving;
using static KerasPort.Tests.Training.WeightedTrainingTests;

namespace KerasPort.Tests.Callbacks;

/// <summary>Swapping a model's weights with their moving averages, against Keras' own (<c>averages.json</c>, by <c>make/averages.py</c>).</summary>
public sealed class SwapEMAWeightsTests
{
    private const int Rows = 22;

    private static readonly JsonElement[] s_recorded = Fixtures.Cases("averages.json");

    private static readonly NDArray s_x = Given("x", Rows, 4), s_numbers = Given("numbers", Rows, 2);

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, s_recorded.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_training_is_what_Keras_makes_of_it(int number)
    {
        var recorded = s_recorded[number];
        var (model, swaps) = Made(recorded);
        var seen = new List<float[][]>();
        var watch = new LambdaCallback(on_epoch_end: (_, _) => seen.Add([.. model.get_weights().Select(w => w.ToFloats())]));
        var history = model.fit(s_x, s_numbers, batch_size: 8, epochs: 3, shuffle: false, verbose: 0, validation_data: (s_x, s_numbers),
            callbacks: [swaps, watch]).history;
        foreach (var epochs in recorded.GetProperty("history").EnumerateObject()) Near(
            Fixtures.Floats(epochs.Value), [.. history[epochs.Name].Select(v => (float)v)]);
        foreach (var (expected, weights) in recorded.GetProperty("seen").EnumerateArray().Zip(seen)) Near(expected, weights);
        Near(recorded.GetProperty("end"), [.. model.get_weights().Select(w => w.ToFloats())]);
        double evaluated = model.evaluate(s_x, s_numbers, verbose: 0, callbacks: [keras.callbacks.SwapEMAWeights()]);
        Near([recorded.GetProperty("evaluated").GetSingle()], [(float)evaluated]);
    }

    /// <summary>A training that stops within an epoch, or between two with averages in the model, ends in the same bits when resumed.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_training_goes_on_where_it_was(int number)
    {
        using var folder = new TemporaryFolder();
        float[] through = Run("a", null)!;
        foreach (int dies in new[] { 2, 3, 5 })
        {
            Assert.Null(Run($"b{dies}", dies));
            Assert.Equal(through, Run($"b{dies}", null));
        }

        float[]? Run(string checkpoints, int? dies)
        {
            var (model, swaps) = Made(s_recorded[number]);
            int batches = 0;
            try
            {
                model.fit(s_x, s_numbers, batch_size: 8, epochs: 3, verbose: 0, validation_data: (s_x, s_numbers), callbacks: [swaps,
                    keras.callbacks.BackupAndRestore(folder[checkpoints], 1, delete_checkpoint: false),
                    new LambdaCallback(on_train_batch_end: (_, _) => _ = ++batches == dies ? throw new OperationCanceledException() : 0)]);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
            return [.. model.get_weights().SelectMany(w => w.ToFloats())];
        }
    }

    [Fact]
    public void Without_averages_it_says_so()
    {
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(2)]);
        model.compile("sgd", "mse");
        Assert.Equal("SwapEMAWeights must be used when `use_ema=True` is set on the optimizer. Received: use_ema=False",
            Assert.Throws<ValueError>(() => model.fit(
                s_x, s_numbers, verbose: 0, validation_split: 0.2, callbacks: [keras.callbacks.SwapEMAWeights()])).Message);
        Assert.Equal("`ema_momentum` must be in the range [0, 1]. Received: ema_momentum=1.5",
            Assert.Throws<ValueError>(() => keras.optimizers.SGD(use_ema: true, ema_momentum: 1.5)).Message);
        Assert.StartsWith("`ema_overwrite_frequency` must be an integer >= 1 or None.",
            Assert.Throws<ValueError>(() => keras.optimizers.Adam(use_ema: true, ema_overwrite_frequency: -1)).Message);
    }

    private static (Sequential, SwapEMAWeights) Made(JsonElement recorded)
    {
        keras.utils.clear_session();
        keras.utils.set_random_seed(3);
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(3, "tanh"), keras.layers.Dense(2)]);
        var optimizer = (Optimizer)ObjectConfig.Create(KnownClasses.Find(typeof(Optimizer), recorded.GetProperty("class_name").GetString()!, "recorded"),
            recorded.GetProperty("config"), "recorded");
        model.compile(optimizer, "mse");
        Fixtures.SetWeights(model, recorded);
        return (model, keras.callbacks.SwapEMAWeights(recorded.GetProperty("swap_on_epoch").GetBoolean()));
    }

    private static void Near(JsonElement expected, float[][] given)
    {
        foreach (var (values, weights) in expected.EnumerateArray().Zip(given)) Near(Fixtures.Floats(values), weights);
    }

    private static void Near(float[] expected, float[] given)
    {
        Assert.Equal(expected.Length, given.Length);
        for (int i = 0; i < given.Length; i++) Assert.True(
            Math.Abs(expected[i] - given[i]) <= 5e-6 * Math.Max(1, Math.Abs(expected[i])), $"{i}: {given[i]}, Keras {expected[i]}");
    }
}
