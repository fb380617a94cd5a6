using System.Text.Json;
using KerasPort.Callbacks;
using KerasPort.Models;
using static KerasPort.Tests.Training.WeightedTrainingTests;

namespace KerasPort.Tests.Training;

/// <summary>One batch at a time, against Keras (<c>on-batch.json</c>, by <c>make/on_batch.py</c>), and weights of samples in every form.</summary>
public sealed class OnBatchTests
{
    private const int Rows = 22;

    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("on-batch.json")).RootElement;

    private static readonly NDArray s_x = Given("x", Rows, 4), s_classes = Given("classes", Rows), s_numbers = Given("numbers", Rows, 2),
        s_weight = Given("weight", Rows);

    [Fact]
    public void One_output_gives_what_Keras_gives()
    {
        var recorded = s_recorded.GetProperty("single");
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(6, "tanh"), keras.layers.Dense(3, "softmax")]);
        model.compile(keras.optimizers.Adam(0.05), "sparse_categorical_crossentropy", metrics: ["accuracy"],
            weighted_metrics: ["sparse_categorical_crossentropy"]);
        Fixtures.SetWeights(model, recorded);
        Evaluation[] calls =
        [
            model.train_on_batch(s_x[..8], s_classes[..8]),
            model.train_on_batch(s_x[8..13], s_classes[8..13], sample_weight: s_weight[8..13]),
            model.train_on_batch(s_x[13..], s_classes[13..], class_weight: new() { [0] = 1.0, [1] = 5.0, [2] = 0.25 }, return_dict: true),
            model.test_on_batch(s_x[..9], s_classes[..9]),
            model.test_on_batch(s_x[..9], s_classes[..9], s_weight[..9], return_dict: true),
        ];
        Check(model, recorded, calls);
        Same(Fixtures.Floats(recorded.GetProperty("predicted")), model.predict_on_batch(s_x[..5]).ToFloats());
        Assert.Equal(3, model.optimizer.iterations);
        Assert.StartsWith("{", calls[2].ToString());
        Assert.StartsWith("[", calls[0].ToString());
    }

    [Fact]
    public void Several_outputs_give_what_Keras_gives()
    {
        var recorded = s_recorded.GetProperty("several");
        var model = Several();
        model.compile(keras.optimizers.SGD(0.1), ["sparse_categorical_crossentropy", "mse"], metrics: ["accuracy", "mse"]);
        Fixtures.SetWeights(model, recorded);
        NDArray backwards = s_weight[KerasPort.Python.Slice(step: -1)].copy();
        Check(model, recorded,
        [
            model.train_on_batch(s_x[..8], new[] { s_classes[..8], s_numbers[..8] }),
            model.train_on_batch(s_x[8..], new[] { s_classes[8..], s_numbers[8..] }, new[] { s_weight[8..], s_weight[..14] }, return_dict: true),
            model.test_on_batch(s_x, new[] { s_classes, s_numbers }, new[] { s_weight, backwards }),
        ]);
    }

    /// <summary>Single steps and a fit of the same batches end in the same bits, including moving averages.</summary>
    [Fact]
    public void Steps_by_hand_are_those_of_fit()
    {
        float[] Trained(bool byHand)
        {
            keras.utils.set_random_seed(3);
            var model = keras.Sequential([keras.Input(4), keras.layers.Dense(6, "tanh"), keras.layers.Dropout(0.5), keras.layers.Dense(3, "softmax")]);
            model.compile(keras.optimizers.Adam(0.01, gradient_accumulation_steps: 2), "sparse_categorical_crossentropy");
            if (!byHand) model.fit(s_x, s_classes, batch_size: 8, shuffle: false, verbose: 0);
            else for (int start = 0; start < Rows; start += 8) model.train_on_batch(
                s_x[start..Math.Min(start + 8, Rows)], s_classes[start..Math.Min(start + 8, Rows)]);
            return [.. model.get_weights().SelectMany(w => w.ToFloats())];
        }

        Assert.Equal(Trained(false), Trained(true));
    }

    [Fact]
    public void What_Keras_refuses_is_refused()
    {
        var model = Several();
        Assert.Equal("You must call `compile()` before using the model.", Assert.Throws<ValueError>(() => model.train_on_batch(s_x, s_classes)).Message);
        var one = keras.Sequential([keras.Input(4), keras.layers.Dense(3, "softmax")]);
        one.compile("sgd", "sparse_categorical_crossentropy");
        Assert.StartsWith("Arguments `sample_weight` and `class_weight` cannot be specified at the same time.",
            Assert.Throws<ValueError>(() => one.train_on_batch(s_x, s_classes, s_weight, [])).Message);
        Assert.StartsWith("Data cardinality is ambiguous.", Assert.Throws<ValueError>(() => one.test_on_batch(s_x, s_classes, s_weight[..9])).Message);
    }

    /// <summary>Weights of samples, in training and validation, as arrays, by name, from a generator and from a data set: the same numbers.</summary>
    [Fact]
    public void Weights_count_alike_in_every_form()
    {
        NDArray backwards = s_weight[KerasPort.Python.Slice(step: -1)].copy();
        NDArray[] targets = [s_classes, s_numbers], weights = [s_weight, backwards];
        Data named = new() { ["a"] = s_numbers, ["b"] = s_classes }, namedWeights = new() { ["a"] = backwards, ["b"] = s_weight };
        IEnumerable<(NDArray, NDArray[], NDArray[])> Batches()
        {
            for (int start = 0; start < Rows; start += 8)
            {
                var rows = start..Math.Min(start + 8, Rows);
                yield return (s_x[rows], [s_classes[rows], s_numbers[rows]], [s_weight[rows], backwards[rows]]);
            }
        }

        Dictionary<string, List<double>> Run(Func<Model, History> fit)
        {
            var model = Several();
            Fixtures.SetWeights(model, s_recorded.GetProperty("several"));
            model.compile(keras.optimizers.SGD(0.1), ["sparse_categorical_crossentropy", "mse"], weighted_metrics: ["accuracy", "mse"]);
            var history = fit(model).history;
            return history.Keys.ToDictionary(key => key, key => history[key].ToList());
        }

        var arrays = Run(m => m.fit(s_x, targets, batch_size: 8, shuffle: false, verbose: 0, sample_weight: weights, validation_data: (s_x, targets, weights)));
        Assert.Contains("val_a_mse", arrays.Keys);
        var dataset = tf.data.Dataset.from_tensor_slices(((Data)s_x, (Data)(s_classes, s_numbers), (Data)(s_weight, backwards))).batch(8);
        Assert.All(new[]
        {
            Run(m => m.fit(s_x, named, batch_size: 8, shuffle: false, verbose: 0, sample_weight: namedWeights,
                validation_data: ((Data)s_x, named, namedWeights))),
            Run(m => m.fit(Batches(), validation_data: Batches(), verbose: 0)),
            Run(m => m.fit(dataset, verbose: 0, validation_data: dataset)),
        }, other =>
        {
            Assert.Equal(arrays.Keys.Order(), other.Keys.Order());
            foreach (var (name, values) in arrays) Same([.. values.Select(v => (float)v)], other[name].Select(v => (float)v));
        });
    }

    /// <summary>"batch" shuffles the rows within each batch: sums differ only in their last digits, the sets of rows not at all.</summary>
    [Fact]
    public void Rows_may_be_shuffled_within_their_batches()
    {
        double[] Losses(KerasPort.Training.Shuffle shuffle)
        {
            keras.utils.set_random_seed(7);
            var model = keras.Sequential([keras.Input(4), keras.layers.Dense(3, "softmax")]);
            model.compile(keras.optimizers.SGD(0.5), "sparse_categorical_crossentropy");
            return [.. model.fit(s_x, s_classes, batch_size: 8, epochs: 3, shuffle: shuffle, verbose: 0).history["loss"]];
        }

        double[] inOrder = Losses(false), batches = Losses("batch"), rows = Losses(true);
        Same([.. inOrder.Select(v => (float)v)], batches.Select(v => (float)v));
        Assert.Equal(batches, Losses("batch"));
        Assert.True(Math.Abs(inOrder[2] - rows[2]) > 1e-4);
        Assert.Contains("`shuffle` must be True, False or \"batch\"", Assert.Throws<ValueError>(() => Losses("rows")).Message);
    }

    private static Model Several()
    {
        keras.utils.clear_session();
        var inputs = keras.Input(4);
        var inner = keras.layers.Dense(6, activation: "tanh").Apply(inputs);
        return keras.Model(inputs, [keras.layers.Dense(3, activation: "softmax", name: "b").Apply(inner), keras.layers.Dense(2, name: "a").Apply(inner)]);
    }

    private static void Check(Model model, JsonElement recorded, Evaluation[] calls)
    {
        foreach (var (expected, given) in recorded.GetProperty("calls").EnumerateArray().Zip(calls))
        {
            if (expected.ValueKind == JsonValueKind.Array) Same(Fixtures.Floats(expected), given.Select(v => (float)v));
            else foreach (var number in expected.EnumerateObject()) Same([number.Value.GetSingle()], [(float)given[number.Name]]);
        }
        foreach (var (expected, given) in recorded.GetProperty("end").EnumerateArray().Zip(model.get_weights())) Same(
            Fixtures.Floats(expected), given.ToFloats());
    }

    private static void Same(float[] expected, IEnumerable<float> given)
    {
        float[] all = [.. given];
        Assert.Equal(expected.Length, all.Length);
        for (int i = 0; i < all.Length; i++) Assert.True(
            Math.Abs(expected[i] - all[i]) <= 2e-6 * Math.Max(1, Math.Abs(expected[i])), $"{i}: {all[i]}, Keras {expected[i]}");
    }
}
