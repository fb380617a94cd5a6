using System.Text.Json;
using KerasPort.Callbacks;
using KerasPort.Models;

namespace KerasPort.Tests.Callbacks;

/// <summary>Callbacks that set the learning rate or end training do and print the same as in Keras (<c>callbacks-rates.json</c>).</summary>
public class LearningRateCallbackTests
{
    [Fact]
    public void A_plateau_lowers_the_rate_as_in_Keras() => Assert.All(Fixtures.Cases("callbacks-rates.json"), @case =>
    {
        var options = @case.GetProperty("options");
        T Option<T>(string name, T otherwise, Func<JsonElement, T> read) => options.TryGetProperty(name, out var value) ? read(value) : otherwise;
        double Number(string name, double otherwise) => Option(name, otherwise, v => v.GetDouble());
        string monitor = Option("monitor", "val_loss", v => v.GetString()!), watched = monitor == "foo" ? "val_loss" : monitor;
        var model = keras.Sequential([keras.Input(1), keras.layers.Dense(1)]);
        model.compile(keras.optimizers.SGD(0.001), "mse", metrics: ["mean_squared_error", "accuracy"]);
        model.fit(np.zeros([1, 1]), np.zeros([1]), verbose: 0);
        var rates = new List<double[]>();
        string? error = null;
        string warned = "";
        string printed = Printed.By(() => warned = Printed.ToErrorBy(() =>
        {
            try
            {
                var callback = keras.callbacks.ReduceLROnPlateau(monitor, Number("factor", 0.1), (int)Number("patience", 10), (int)Number("verbose", 0),
                    Option("mode", "auto", v => v.GetString()!), Number("min_delta", 0.0001), (int)Number("cooldown", 0), Number("min_lr", 0));
                callback.model = model;
                callback.on_train_begin([]);
                foreach (var (epoch, value) in @case.GetProperty("values").EnumerateArray().Index())
                {
                    double number = value.ValueKind == JsonValueKind.Number ? value.GetDouble()
                        : value.GetString() == "nan" ? double.NaN : double.PositiveInfinity;
                    var logs = new Logs { ["loss"] = 1, [watched] = number };
                    callback.on_epoch_end(epoch, logs);
                    rates.Add([logs["learning_rate"], model.optimizer!.learning_rate, callback.wait, callback.cooldown_counter]);
                }
            }
            catch (ValueError e)
            {
                error = e.Message;
            }
        }));
        Assert.Equal(@case.GetProperty("error").GetString(), error);
        Assert.Equal(@case.GetProperty("rates").EnumerateArray().Select(r => r.EnumerateArray().Select(n => n.GetDouble()).ToArray()), rates);
        Assert.Equal(@case.GetProperty("text").GetString(), printed);
        Assert.Equal(@case.GetProperty("warned").EnumerateArray().Select(w => $"UserWarning: {w.GetString()}"),
            warned.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(2));
    });

    [Fact]
    public void A_scheduler_sets_the_rate_of_each_epoch()
    {
        var model = Line(0.01);
        History history = null!;
        string printed = Printed.By(() => history = model.fit(np.ones([4, 1]), np.ones([4]), epochs: 3, verbose: 0,
            callbacks: [keras.callbacks.LearningRateScheduler(epoch => Math.Pow(0.5, epoch), verbose: 1)]));
        Assert.Equal("\nEpoch 1: LearningRateScheduler setting learning rate to 1.0.\n\nEpoch 2: LearningRateScheduler setting learning rate to 0.5.\n"
            + "\nEpoch 3: LearningRateScheduler setting learning rate to 0.25.\n", printed);
        Assert.Equal([1, 0.5, 0.25], history.history["learning_rate"]);
        printed = Printed.By(() => model.fit(np.ones([4, 1]), np.ones([4]), epochs: 2, verbose: 0,
            callbacks: [keras.callbacks.LearningRateScheduler((epoch, lr) => lr * 0.9, verbose: 1), keras.callbacks.ProgbarLogger()]));
        Assert.Equal("\nEpoch 1: LearningRateScheduler setting learning rate to 0.225.\n"
            + "\nEpoch 2: LearningRateScheduler setting learning rate to 0.20249999463558196.\n", printed);
    }

    [Fact]
    public void A_rate_that_a_schedule_gives_is_not_set()
    {
        var model = keras.Sequential([keras.Input(1), keras.layers.Dense(1)]);
        model.compile(keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.1, 1, 0.5)), "mse");
        Assert.Contains("hence its learning rate is not settable", Assert.Throws<TypeError>(() =>
            model.fit(np.ones([4, 1]), np.ones([4]), verbose: 0, callbacks: keras.callbacks.LearningRateScheduler(_ => 0.1))).Message);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_loss_that_is_no_number_ends_training(double target)
    {
        var y = np.zeros([6]) + target;
        string printed = Printed.By(() =>
            Assert.Equal([0], Line(0.1).fit(np.ones([6, 1]), y, epochs: 3, batch_size: 2, verbose: 0, callbacks: keras.callbacks.TerminateOnNaN()).epoch));
        Assert.Equal("Batch 0: Invalid loss, terminating training\n", printed);
        Assert.Equal($"NaN or Inf loss encountered at batch 0. Loss value: {PythonText.Str(target)}. Terminating training immediately.",
            Assert.Throws<RuntimeError>(() =>
                Line(0.1).fit(np.ones([6, 1]), y, verbose: 0, callbacks: keras.callbacks.TerminateOnNaN(raise_error: true))).Message);
    }

    /// <summary>A custom bar replaces the default one, and keeps its position in the list.</summary>
    [Fact]
    public void A_progress_bar_of_ones_own_takes_the_place_of_the_other()
    {
        string Of(CallbackList? callbacks) => Printed.By(() => Line(0.1).fit(np.ones([4, 1]), np.ones([4]), epochs: 2, verbose: 2, callbacks: callbacks));
        string plain = Of(null), own = Of([keras.callbacks.ProgbarLogger(), keras.callbacks.LambdaCallback(on_epoch_end: (_, _) => print("ended"))]);
        Assert.Equal(2, plain.Split("Epoch ").Length - 1);
        Assert.Equal(2, own.Split("Epoch ").Length - 1);
        Assert.True(own.IndexOf("loss:", StringComparison.Ordinal) < own.IndexOf("ended", StringComparison.Ordinal));
    }

    /// <summary>A plateau's state is restored after a training that ended within it.</summary>
    [Fact]
    public void A_plateau_goes_on_where_it_was()
    {
        using var folder = new TemporaryFolder();
        var (x, y) = SyntheticData.Rows(40, 5);
        Sequential Model()
        {
            keras.utils.clear_session();
            keras.utils.set_random_seed(3);
            var model = keras.Sequential([keras.Input(5), keras.layers.Dense(5, activation: "softmax")]);
            model.compile(keras.optimizers.SGD(0.5, momentum: 0.9), "sparse_categorical_crossentropy");
            return model;
        }
        History Fit(Model model, params Callback[] others) => model.fit(x, y, epochs: 12, verbose: 0,
            callbacks: [.. others, keras.callbacks.ReduceLROnPlateau("loss", factor: 0.5, patience: 2, min_delta: 0.05, cooldown: 1)]);
        var whole = Model();
        var expected = Fit(whole).history["learning_rate"];
        Assert.True(expected.Distinct().Count() > 2, string.Join(", ", expected));
        foreach (int last in new[] { 3, 5, 6, 7 })
        {
            string place = folder[$"{last}"];
            Assert.ThrowsAny<Exception>(() => Fit(Model(), keras.callbacks.BackupAndRestore(place),
                keras.callbacks.LambdaCallback(on_epoch_begin: (epoch, _) => { if (epoch == last) throw new InvalidOperationException("killed"); })));
            var again = Model();
            Assert.Equal(expected, Fit(again, keras.callbacks.BackupAndRestore(place)).history["learning_rate"]);
            Assert.Equal(whole.get_weights()[0].ToFloats(), again.get_weights()[0].ToFloats());
        }
    }

    private static Sequential Line(double rate)
    {
        var model = keras.Sequential([keras.Input(1), keras.layers.Dense(1)]);
        model.compile(keras.optimizers.SGD(rate), "mse");
        return model;
    }
}
