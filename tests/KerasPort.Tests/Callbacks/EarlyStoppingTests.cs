using System.Globalization;
using System.Text.Json;
using KerasPort.Callbacks;
using KerasPort.Models;
using KerasPort.Tests.Models;
using Xunit;
using static KerasPort.Python;

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
