using System.Text.Json;
using KerasPort.Models;

namespace KerasPort.Tests.Training;

/// <summary>
/// Training with weights of samples and classes, metrics in which they count, weights of losses and regularizers, against Keras' own
/// (<c>weighted-training.json</c>, made by <c>make_weights.py</c>): five epochs of three batches, the last one short.
/// </summary>
public sealed class WeightedTrainingTests
{
    private const int Rows = 22;

    private static readonly JsonElement[] s_recorded = Fixtures.Cases("weighted-training.json");

    private static readonly NDArray s_x = Given("x", Rows, 4), s_images = Given("images", Rows, 5, 5, 1), s_classes = Given("classes", Rows),
        s_numbers = Given("numbers", Rows, 2), s_weight = Given("weight", Rows);

    public static TheoryData<string> Cases => Named(several: false);

    public static TheoryData<string> Several => Named(several: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_gives_what_Keras_gives(string name)
    {
        var recorded = s_recorded[1..].Single(c => c.GetProperty("case").GetString() == name);
        keras.utils.clear_session();
        var model = keras.Sequential(Layers(name));
        Fixtures.SetWeights(model, recorded);
        var (x, y) = (name == "convolution" ? s_images : s_x, IsOfNumbers(name) ? s_numbers : s_classes);
        Compile(model, name);

        var weight = name is "sample weights" or "weighted metrics" or "validation with weights" or "a split with weights" or "l1 and l2" ? s_weight : null;
        var history = model.fit(x, y, batch_size: 8, epochs: 5, shuffle: false, verbose: 0, sample_weight: weight,
            class_weight: name == "class weights" ? new() { [0] = 1.0, [1] = 5.0, [2] = 0.25 } : null,
            validation_split: name == "a split with weights" ? 0.3 : 0,
            validation_data: name == "validation with weights" ? (x[..9], y[..9], s_weight[..9]) : null).history;
        var evaluated = model.evaluate(x, y, batch_size: 8, verbose: 0,
            sample_weight: name is "sample weights" or "weighted metrics" ? weight : null, return_dict: true);

        foreach (var epochs in recorded.GetProperty("history").EnumerateObject()) Same(
            Fixtures.Floats(epochs.Value), history[epochs.Name].Select(v => (float)v));
        Assert.Equal(recorded.GetProperty("history").EnumerateObject().Select(e => e.Name).Order(), history.Keys.Order());
        foreach (var number in recorded.GetProperty("evaluate").EnumerateObject()) Same([number.Value.GetSingle()], [(float)evaluated[number.Name]]);
        Assert.Equal(recorded.GetProperty("evaluate").EnumerateObject().Count(), evaluated.Count);
        Same(Fixtures.Floats(recorded.GetProperty("predicted")), model.predict(x, verbose: 0).ToFloats());
    }

    /// <summary>Two outputs, b of classes and a of numbers: losses, their weights and metrics for each, and the names in logs.</summary>
    [Theory]
    [MemberData(nameof(Several))]
    public void Several_outputs_give_what_Keras_gives(string name)
    {
        var recorded = s_recorded[1..].Single(c => c.GetProperty("case").GetString() == name);
        keras.utils.clear_session();
        var inputs = keras.Input(4);
        var inner = keras.layers.Dense(6, activation: "tanh", kernel_regularizer: "l2").Apply(inputs);
        var model = keras.Model(inputs, [keras.layers.Dense(3, activation: "softmax", name: "b").Apply(inner), keras.layers.Dense(2, name: "a").Apply(inner)]);
        Fixtures.SetWeights(model, recorded);
        var (adam, sparse) = (keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy");
        Data? weights = null;
        switch (name)
        {
            case "a list": model.compile(adam, [sparse, "mse"]); break;
            case "by name":
                model.compile(adam, new KerasPort.Losses.LossList { ["a"] = "mse", ["b"] = sparse }, loss_weights: new() { ["a"] = 0.3, ["b"] = 2.0 },
                    metrics: new() { ["b"] = ["accuracy"], ["a"] = ["mse", keras.metrics.MeanSquaredError("x")] });
                break;
            case "one metric each, weights for one":
                weights = s_weight;
                model.compile(adam, [sparse, "mse"], metrics: ["accuracy", "mse"], weighted_metrics: new() { ["a"] = "mse" });
                break;
            default:
                weights = new NDArray[] { s_weight, s_weight[KerasPort.Python.Slice(step: -1)].copy() };
                model.compile(adam, [sparse, "mse"], loss_weights: [0.5, 1.5], weighted_metrics: ["accuracy", "mse"]);
                break;
        }
        NDArray[] targets = [s_classes, s_numbers];
        var history = model.fit(s_x, targets, batch_size: 8, epochs: 5, shuffle: false, verbose: 0, sample_weight: weights).history;
        var evaluated = model.evaluate(s_x, targets, batch_size: 8, verbose: 0, sample_weight: name == "one metric each, weights for one" ? weights : null);
        Assert.Equal(recorded.GetProperty("history").EnumerateObject().Select(e => e.Name), history.Keys);
        foreach (var epochs in recorded.GetProperty("history").EnumerateObject()) Same(
            Fixtures.Floats(epochs.Value), history[epochs.Name].Select(v => (float)v));
        Same(Fixtures.Floats(recorded.GetProperty("evaluate")), evaluated.Select(v => (float)v));
    }

    /// <summary>A custom loss function: the mean of squares over a sample's outputs.</summary>
    [Fact]
    public void A_function_is_a_loss_and_a_metric()
    {
        Tensor Squares(Tensor y_true, Tensor y_pred) => y_true.Graph.MeanColumns(y_true.Graph.Square(y_true.Graph.Subtract(y_pred, y_true)));
        Sequential Made()
        {
            keras.utils.set_random_seed(3);
            return keras.Sequential([keras.Input(4), keras.layers.Dense(2)]);
        }

        var (own, known) = (Made(), Made());
        own.compile("adam", Squares, metrics: [new KerasPort.Metrics.MeanMetric(Squares, "squares")]);
        known.compile("adam", new KerasPort.Losses.Loss(Squares), metrics: "mse");
        var (first, second) = (own.fit(s_x, s_numbers, epochs: 3, verbose: 0).history, known.fit(s_x, s_numbers, epochs: 3, verbose: 0).history);
        Assert.Equal(first["loss"], second["loss"]);
        Assert.Equal(first["squares"], second["mse"]);
        // A file names the function, which the program that loads it must supply.
        Assert.Contains("\"Squares\"", own.to_json());
    }

    [Fact]
    public void What_cant_be_weighted_is_refused()
    {
        keras.utils.clear_session();
        var model = keras.Sequential(Layers("a weight of the loss"));
        Compile(model, "a weight of the loss");
        Assert.Equal("You cannot `class_weight` and `sample_weight` at the same time.",
            Assert.Throws<ValueError>(() => model.fit(s_x, s_numbers, verbose: 0, sample_weight: s_weight, class_weight: [])).Message);
        Assert.StartsWith("Data cardinality is ambiguous.",
            Assert.Throws<ValueError>(() => model.fit(s_x, s_numbers, verbose: 0, sample_weight: s_weight[..9])).Message);
        Assert.StartsWith("`sample_weight` of shape (8, 3) doesn't fit values of shape (8,)",
            Assert.Throws<ValueError>(() => model.fit(s_x, s_numbers, batch_size: 8, verbose: 0, sample_weight: new NDArray(new float[66], 22, 3))).Message);
        Assert.Equal("Expected keys ['dense_1'] in loss dict, but found loss.keys()=['a']",
            Assert.Throws<ValueError>(() => model.compile("adam", new KerasPort.Losses.LossList { ["a"] = "mse" })).Message);
        Assert.Equal("`metrics` names an output 'a', but the model's outputs are: dense_1",
            Assert.Throws<ValueError>(() => model.compile("adam", "mse", metrics: new() { ["a"] = "mse" })).Message);
        Assert.Equal("No loss to compute. Provide a `loss` argument in `compile()`.", Assert.Throws<ValueError>(() => model.compile("adam", [null])).Message);
    }

    private static TheoryData<string> Named(bool several) => [.. s_recorded[1..]
        .Where(c => c.GetProperty("evaluate").ValueKind == JsonValueKind.Array == several).Select(c => c.GetProperty("case").GetString()!)];

    private static bool IsOfNumbers(string name) => name is "weighted metrics" or "validation with weights" or "a split with weights" or "a weight of the loss";

    private static List<KerasPort.Layers.Layer> Layers(string name)
    {
        if (name == "convolution")
            return [keras.Input((5, 5, 1)), keras.layers.Conv2D(3, 2, activation: "relu", kernel_regularizer: keras.regularizers.L2(0.03),
                bias_regularizer: keras.regularizers.L1(0.01), activity_regularizer: "l2"), keras.layers.MaxPooling2D(2), keras.layers.Flatten(),
                    keras.layers.Dense(3, activation: "softmax")];
        var inner = name switch
        {
            "l2" => keras.layers.Dense(6, activation: "tanh", kernel_regularizer: keras.regularizers.L2(0.05), bias_regularizer: "l2"),
            "l1" => keras.layers.Dense(6, activation: "tanh", kernel_regularizer: "l1", activity_regularizer: keras.regularizers.L1(0.02)),
            "l1 and l2" => keras.layers.Dense(6, activation: "tanh", kernel_regularizer: keras.regularizers.L1L2(0.01, 0.02),
                activity_regularizer: keras.regularizers.L1L2(l2: 0.1)),
            _ => keras.layers.Dense(6, activation: "tanh"),
        };
        return [keras.Input(4), inner, IsOfNumbers(name) ? keras.layers.Dense(2) : keras.layers.Dense(3, activation: "softmax")];
    }

    private static void Compile(Sequential model, string name)
    {
        var adam = keras.optimizers.Adam(0.01);
        const string sparse = "sparse_categorical_crossentropy";
        switch (name)
        {
            case "class weights": model.compile(adam, sparse, metrics: "accuracy", weighted_metrics: "accuracy"); break;
            case "weighted metrics": model.compile(adam, "mse", metrics: "mse", weighted_metrics: ["mse", keras.metrics.MeanSquaredError("error")]); break;
            case "validation with weights" or "a split with weights": model.compile(adam, "mse", weighted_metrics: "mse"); break;
            case "a weight of the loss": model.compile(adam, "mse", loss_weights: [0.3], metrics: "mse"); break;
            default: model.compile(adam, sparse, metrics: name is "sample weights" or "l2" ? "accuracy" : null); break;
        }
    }

    private static void Same(IEnumerable<float> expected, IEnumerable<float> actual)
    {
        foreach (var (wanted, given) in expected.Zip(actual)) Assert.Equal(wanted, given, 1e-5 * Math.Max(1, Math.Abs(wanted)));
        Assert.Equal(expected.Count(), actual.Count());
    }

    internal static NDArray Given(string name, params int[] shape) => new(Fixtures.Floats(s_recorded[0].GetProperty(name)), shape);
}
