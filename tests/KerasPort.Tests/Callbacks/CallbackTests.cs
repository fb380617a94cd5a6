using KerasPort.Callbacks;
using KerasPort.Models;
using KerasPort.Training;

namespace KerasPort.Tests.Callbacks;

public class CallbackTests
{
    private readonly NDArray _x, _y;

    public CallbackTests() => (_x, _y) = SyntheticData.Rows(100, 6);

    /// <summary>The codelab's exercise, as a user writes it.</summary>
    private sealed class StopAt95 : Callback
    {
        public override void on_epoch_end(int epoch, Logs logs)
        {
            if (logs?.get("accuracy") > 0.95)
            {
                print("\nReached 95% accuracy so cancelling training!");
                model.stop_training = true;
            }
        }
    }

    [Fact]
    public void A_callback_of_ones_own_ends_training_at_95_percent()
    {
        // Labels that a dense layer can learn: which of the first five numbers is the largest.
        var labels = _x[.., ..5].argmax(-1);
        var model = Model(learning_rate: 0.05);
        string printed = Printed.By(() => model.fit(_x, labels, epochs: 500, callbacks: [new StopAt95()], verbose: 0));
        var accuracy = model.history!.history["accuracy"];
        Assert.InRange(accuracy.Count, 2, 499);
        Assert.True(accuracy[^1] > 0.95);
        Assert.All(accuracy[..^1], a => Assert.True(a <= 0.95));
        Assert.Equal("\nReached 95% accuracy so cancelling training!\n", printed);
    }

    [Fact]
    public void Functions_get_what_a_callback_gets()
    {
        var told = new List<string>();
        void Tell(string what, Logs? logs) => told.Add(logs?.Count > 0 ? $"{what} {string.Join(' ', logs.Keys)}" : what);
        var lambda = keras.callbacks.LambdaCallback(
            on_epoch_begin: (epoch, logs) => Tell($"epoch_begin {epoch}", logs), on_epoch_end: (epoch, logs) => Tell($"epoch_end {epoch}", logs),
            on_train_begin: logs => Tell("train_begin", logs), on_train_end: logs => Tell("train_end", logs),
            on_train_batch_begin: (batch, logs) => Tell($"batch_begin {batch}", logs), on_train_batch_end: (batch, logs) => Tell($"batch_end {batch}", logs));
        Model().fit(_x, _y, batch_size: 50, callbacks: [lambda], verbose: 0);
        Assert.Equal(["train_begin", "epoch_begin 0", "batch_begin 0", "batch_end 0 accuracy loss", "batch_begin 1", "batch_end 1 accuracy loss",
            "epoch_end 0 accuracy loss", "train_end accuracy loss"], told);
        Assert.Single(Model().fit(_x, _y, callbacks: [keras.callbacks.LambdaCallback()], verbose: 0).epoch);
    }

    [Fact]
    public void A_batchs_logs_are_the_means_since_the_epoch_began()
    {
        var losses = new List<double>();
        var ends = new List<double>();
        var model = Model();
        model.fit(_x, _y, batch_size: 30, epochs: 2, shuffle: false, verbose: 0, callbacks: [new LambdaCallback(
            on_train_batch_begin: (batch, _) => losses.Add(
                model.evaluate(_x[(batch * 30)..((batch + 1) * 30)], _y[(batch * 30)..((batch + 1) * 30)], verbose: 0)[0]),
            on_train_batch_end: (batch, logs) =>
            {
                int first = losses.Count - batch - 1, rows = Math.Min((batch + 1) * 30, 100);
                double sum = Enumerable.Range(0, batch + 1).Sum(i => losses[first + i] * Math.Min(30, 100 - i * 30));
                Assert.Equal(sum / rows, logs["loss"], 2e-6);
            },
            on_epoch_end: (_, logs) => ends.Add(logs["loss"]))]);
        Assert.Equal(8, losses.Count);
        Assert.Equal(model.history!.history["loss"], ends);
    }

    [Fact]
    public void A_history_holds_its_own_numbers()
    {
        var model = Model();
        var first = model.fit(_x, _y, epochs: 2, verbose: 0);
        var kept = first.history["loss"].ToArray();
        var second = model.fit(_x, _y, epochs: 5, initial_epoch: 3, validation_split: 0.5, verbose: 0);
        Assert.Equal(kept, first.history["loss"]);
        Assert.Equal([0, 1], first.epoch);
        Assert.Equal([3, 4], second.epoch);
        Assert.Equal(["accuracy", "loss", "val_accuracy", "val_loss"], second.history.Keys);
        Assert.Same(second, model.history);
    }

    [Fact]
    public void Verbose_0_prints_nothing_and_others_what_they_should()
    {
        var model = Model();
        string Run(Verbose verbose) => Printed.By(() =>
        {
            model.fit(_x, _y, epochs: 2, validation_split: 0.2, verbose: verbose);
            model.evaluate(_x, _y, verbose: verbose);
            model.predict(_x, verbose: verbose);
        });

        Assert.Equal("", Run(0));
        Assert.Equal("", Run(false));
        Assert.Contains("Epoch 2/2\n", Run(true));
        string[] lines = Run(2).TrimEnd('\n').Split('\n');
        Assert.Equal(6, lines.Length);
        Assert.Equal(("Epoch 1/2", "Epoch 2/2"), (lines[0], lines[2]));
        Assert.Matches(@"^3/3 - \S+ - \S+/step - accuracy: [\d.]+ - loss: [\d.]+ - val_accuracy: [\d.]+ - val_loss: [\d.]+$", lines[1]);
        Assert.Matches(@"^4/4 - \S+ - \S+/step - accuracy: [\d.]+ - loss: [\d.]+$", lines[4]);
        Assert.Matches(@"^4/4 - \S+ - \S+/step$", lines[5]);
        Assert.Equal(Strip(Run(1)), Strip(Run("auto")));
        Assert.Contains("Epoch 2/2\n", Run("auto"));
        Assert.DoesNotContain("Epoch", Printed.By(() => model.fit(_x, _y, verbose: 2)));

        // The final line of each bar, without times, numbers and the blanks that cover a longer time.
        static IEnumerable<string> Strip(string text) =>
            text.Split('\n').Select(line => new string(
            [.. line.Split('\r', '\b')[^1].Where(c => !char.IsDigit(c) && c is not ('.' or 'm' or 's' or 'u'))]).TrimEnd());
    }

    [Fact]
    public void The_progress_bar_comes_after_the_other_callbacks() =>
        Assert.Matches(@"^told\n4/4 - ", Printed.By(
            () => Model().fit(_x, _y, verbose: 2, callbacks: [new LambdaCallback(on_epoch_end: (_, _) => print("told"))])));

    private static Sequential Model(double learning_rate = 0.001)
    {
        // An accuracy of 0, which may happen with any initial weights, is printed with an exponent.
        keras.utils.set_random_seed(1);
        var model = keras.Sequential([keras.Input(6), keras.layers.Dense(5, activation: "softmax")]);
        model.compile(keras.optimizers.Adam(learning_rate), "sparse_categorical_crossentropy", ["accuracy"]);
        return model;
    }
}
