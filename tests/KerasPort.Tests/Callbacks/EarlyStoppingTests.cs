using System.Globalization;
using System.Text.Json;
using KerasPort.Callbacks;
using KerasPort.Metrics;
using KerasPort.Models;

namespace KerasPort.Tests.Callbacks;

/// <summary>
/// Scripted values, including NaN and missing ones, under many options: it stops, restores and prints as in Keras (<c>callbacks-early-stopping.json</c>).
/// </summary>
public class EarlyStoppingTests
{
    [Fact]
    public void It_stops_and_restores_as_in_Keras() => Assert.All(Fixtures.Cases("callbacks-early-stopping.json"), @case =>
    {
        var options = @case.GetProperty("options");
        T Option<T>(string name, T otherwise, Func<JsonElement, T> read) => options.TryGetProperty(name, out var value) ? read(value) : otherwise;
        string monitor = options.GetProperty("monitor").GetString()!;
        var model = keras.Sequential([keras.Input(1), keras.layers.Dense(1, use_bias: false)]);
        model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        var stopping = keras.callbacks.EarlyStopping(monitor,
            min_delta: Option("min_delta", 0, v => v.GetDouble()),
            patience: Option("patience", 0, v => v.GetInt32()),
            verbose: Option("verbose", 0, v => v.GetInt32()),
            mode: Option("mode", "auto", v => v.GetString()!),
            baseline: Option("baseline", null, v => (double?)v.GetDouble()),
            restore_best_weights: Option("restore_best_weights", false, v => v.GetBoolean()),
            start_from_epoch: Option("start_from_epoch", 0, v => v.GetInt32()));
        stopping.model = model;
        int? missing = @case.GetProperty("missing").ValueKind == JsonValueKind.Null ? null : @case.GetProperty("missing").GetInt32();

        int epochs = 0;
        string printed = Printed.By(() =>
        {
            stopping.on_train_begin([]);
            foreach (var value in @case.GetProperty("values").EnumerateArray())
            {
                model.set_weights([new NDArray([epochs + 1f], 1, 1)]);
                stopping.on_epoch_end(epochs, epochs == missing ? [] : new Logs { [monitor] = Number(value) });
                epochs++;
                if (model.stop_training) break;
            }
            stopping.on_train_end([]);
        });
        Assert.Equal(@case.GetProperty("epochs").GetInt32(), epochs);
        Assert.Equal(@case.GetProperty("stops").GetBoolean(), model.stop_training);
        Assert.Equal(@case.GetProperty("stopped_epoch").GetInt32(), stopping.stopped_epoch);
        Assert.Equal(@case.GetProperty("weight").GetDouble(), model.get_weights()[0].item());
        Assert.Equal(@case.GetProperty("text").GetString(), printed);
    });

    // The directions are those that each metric of Keras 3.15.1 has as `_direction`.
    public static IEnumerable<TheoryDataRow<Metric, bool?>> Directions()
    {
        Metric[] smaller =
        [
            keras.metrics.MeanSquaredError("m"), keras.metrics.RootMeanSquaredError("m"), keras.metrics.MeanAbsoluteError("m"),
            keras.metrics.MeanAbsolutePercentageError("m"), keras.metrics.MeanSquaredLogarithmicError("m"), keras.metrics.LogCoshError("m"),
            keras.metrics.Poisson("m"), keras.metrics.KLDivergence("m"), keras.metrics.BinaryCrossentropy("m"), keras.metrics.CategoricalCrossentropy("m"),
            keras.metrics.SparseCategoricalCrossentropy("m"), keras.metrics.Hinge("m"), keras.metrics.SquaredHinge("m"),
            keras.metrics.CategoricalHinge("m"), keras.metrics.MeanMetricWrapper(keras.losses.mean_squared_error, "m"),
        ];
        Metric[] larger =
        [
            keras.metrics.Accuracy("m"), keras.metrics.BinaryAccuracy("m"), keras.metrics.CategoricalAccuracy("m"),
            keras.metrics.SparseCategoricalAccuracy("m"), keras.metrics.TopKCategoricalAccuracy(name: "m"),
            keras.metrics.SparseTopKCategoricalAccuracy(name: "m"), keras.metrics.Precision(name: "m"), keras.metrics.Recall(name: "m"),
            keras.metrics.AUC(name: "m"), keras.metrics.SensitivityAtSpecificity(0.5, name: "m"), keras.metrics.SpecificityAtSensitivity(0.5, name: "m"),
            keras.metrics.PrecisionAtRecall(0.5, name: "m"), keras.metrics.RecallAtPrecision(0.5, name: "m"),
            keras.metrics.F1Score(average: "macro", name: "m"), keras.metrics.FBetaScore(average: "macro", name: "m"), keras.metrics.MeanIoU(2, "m"),
            keras.metrics.BinaryIoU(name: "m"), keras.metrics.R2Score(name: "m"),
            keras.metrics.CosineSimilarity("m"), keras.metrics.PearsonCorrelation(name: "m"), keras.metrics.ConcordanceCorrelation(name: "m"),
        ];
        Metric[] unknown =
        [
            keras.metrics.TruePositives(name: "m"), keras.metrics.FalseNegatives(name: "m"), keras.metrics.MeanMetricWrapper((y_true, y_pred) => y_pred, "m"),
        ];
        return [.. smaller.Select(Row(true)), .. larger.Select(Row(false)), .. unknown.Select(Row(null))];

        static Func<Metric, TheoryDataRow<Metric, bool?>> Row(bool? direction) => metric => new(metric, direction) { Label = metric.GetType().Name };
    }

    [Theory]
    [MemberData(nameof(Directions), DisableDiscoveryEnumeration = true)]
    public void With_mode_auto_each_metric_says_which_value_is_better(Metric metric, bool? smallerIsBetter)
    {
        var model = keras.Sequential([keras.Input(1), keras.layers.Dense(1)]);
        model.compile("adam", "mse", [metric]);
        var stopping = keras.callbacks.EarlyStopping("val_m", patience: 1);
        stopping.model = model;
        if (smallerIsBetter is null)
        {
            var error = Assert.Throws<ValueError>(Train);
            Assert.Contains("EarlyStopping callback received monitor=val_m, but Keras isn't able to automatically determine", error.Message);
            return;
        }
        Train();
        Assert.Equal(!smallerIsBetter, model.stop_training);

        void Train()
        {
            stopping.on_train_begin([]);
            stopping.on_epoch_end(0, new Logs { ["val_m"] = 1 });
            stopping.on_epoch_end(1, new Logs { ["val_m"] = 0.5 });
        }
    }

    [Fact]
    public void In_a_fit_it_ends_training_with_the_best_epochs_weights()
    {
        var (x, y) = SyntheticData.Rows(60, 5);
        var model = keras.Sequential([keras.Input(5), keras.layers.Dense(5, activation: "softmax")]);
        model.compile(keras.optimizers.Adam(learning_rate: 0.5), "sparse_categorical_crossentropy", ["accuracy"]);
        var stopping = keras.callbacks.EarlyStopping(patience: 2, restore_best_weights: true);
        var history = model.fit(x, y, epochs: 200, validation_split: 0.5, callbacks: [stopping], verbose: 0);
        var losses = history.history["val_loss"];
        int best = losses.IndexOf(losses.Min());
        Assert.Equal(best + 2, stopping.stopped_epoch);
        Assert.Equal(best + 3, losses.Count);
        Assert.Equal(losses[best], model.evaluate(x[30..], y[30..], verbose: 0)[0], 1e-6);

        // The next fit starts anew.
        Assert.NotEmpty(model.fit(x, y, epochs: 2, validation_split: 0.5, callbacks: [stopping], verbose: 0).history["loss"]);
        Assert.InRange(stopping.stopped_epoch, 0, 1);
    }

    [Fact]
    public void A_value_that_is_not_there_is_told_of_and_training_goes_on()
    {
        var (x, y) = SyntheticData.Rows(20, 5);
        var model = keras.Sequential([keras.Input(5), keras.layers.Dense(5, activation: "softmax")]);
        model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
        string told = Printed.ToErrorBy(() => Assert.Equal([0, 1], model.fit(x, y, epochs: 2, callbacks: [keras.callbacks.EarlyStopping()], verbose: 0).epoch));
        const string warning = "UserWarning: Early stopping conditioned on metric `val_loss` which is not available. Available metrics are: accuracy,loss";
        Assert.Equal($"{warning}\n{warning}\n", told);
    }

    private static double Number(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number ? number.GetDouble() : number.GetString() switch
        {
            "nan" => double.NaN,
            "inf" => double.PositiveInfinity,
            var text => double.Parse(text!, CultureInfo.InvariantCulture),
        };
}
