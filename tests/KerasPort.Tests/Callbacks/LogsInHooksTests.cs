using KerasPort.Callbacks;
using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort.Tests.Callbacks;

/// <summary>The logs of each hook, and the effect of a missing name.</summary>
public sealed class LogsInHooksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly NDArray _x, _y;

    public LogsInHooksTests() => (_x, _y) = SyntheticData.Rows(10, 4);

    public void Dispose() => _folder.Dispose();

    /// <summary>As recorded with Keras 3.15.1.</summary>
    [Fact]
    public void Every_hook_gets_logs()
    {
        var told = new List<string>();
        Action<Logs> Of(string hook) => logs => told.Add($"{hook} {string.Join(' ', logs.Keys)}".TrimEnd());
        Action<int, Logs> At(string hook) => (_, logs) => Of(hook)(logs);
        var callback = keras.callbacks.LambdaCallback(
            on_train_begin: Of("train_begin"), on_train_end: Of("train_end"), on_epoch_begin: At("epoch_begin"), on_epoch_end: At("epoch_end"),
            on_batch_begin: At("batch_begin"), on_batch_end: At("batch_end"), on_test_begin: Of("test_begin"), on_test_end: Of("test_end"),
            on_test_batch_begin: At("test_batch_begin"), on_test_batch_end: At("test_batch_end"), on_predict_begin: Of("predict_begin"),
                on_predict_end: Of("predict_end"),
            on_predict_batch_begin: At("predict_batch_begin"), on_predict_batch_end: (_, logs) => told.Add($"predict_batch_end {logs.outputs.shape}"));
        var model = BackupAndRestoreTests.Compiled();
        model.fit(_x, _y, verbose: 0, validation_data: (_x, _y), callbacks: callback);
        Assert.Equal(["train_begin", "epoch_begin", "batch_begin", "batch_end accuracy loss", "test_begin", "test_batch_begin",
            "test_batch_end accuracy loss", "test_end accuracy loss",
            "epoch_end accuracy loss val_accuracy val_loss", "train_end accuracy loss val_accuracy val_loss"], told);
        told.Clear();
        model.predict(_x, batch_size: 7, verbose: 0, callbacks: callback);
        Assert.Equal(["predict_begin", "predict_batch_begin", "predict_batch_end (7, 5)", "predict_batch_begin",
            "predict_batch_end (3, 5)", "predict_end"], told);
    }

    [Fact]
    public void Outputs_are_those_that_predict_gives()
    {
        var model = BackupAndRestoreTests.Compiled();
        var batches = new List<NDArray>();
        var all = model.predict(_x, batch_size: 4, verbose: 0,
            callbacks: keras.callbacks.LambdaCallback(on_predict_batch_end: (_, logs) => batches.Add(logs.outputs)));
        Assert.Equal(all.ToFloats(), batches.SelectMany(batch => batch.ToFloats()));
        string text = "";
        model.predict(_x[..1], verbose: 0, callbacks: keras.callbacks.LambdaCallback(on_predict_batch_end: (_, logs) =>
        {
            text = logs.ToString();
            Assert.Equal("What logs has under 'outputs' is an array, not a number: read it as `logs.outputs`.",
                Assert.Throws<ValueError>(() => logs["outputs"]).Message);
        }));
        Assert.StartsWith("{'outputs': array([[", text);
    }

    /// <summary>As in Keras, and not in evaluations or predictions.</summary>
    private sealed class OlderNames : Callback
    {
        public List<string> Told { get; } = [];
        public override void on_batch_begin(int batch, Logs logs) => Told.Add($"begin {batch} {logs}");
        public override void on_batch_end(int batch, Logs logs) => Told.Add($"end {batch} {string.Join(' ', logs.Keys)}");
    }

    [Fact]
    public void The_older_names_of_a_batch_are_called()
    {
        var (model, callback) = (BackupAndRestoreTests.Compiled(), new OlderNames());
        model.fit(_x, _y, batch_size: 5, verbose: 0, callbacks: callback);
        model.evaluate(_x, _y, verbose: 0, callbacks: callback);
        model.predict(_x, verbose: 0, callbacks: callback);
        Assert.Equal(["begin 0 {}", "end 0 accuracy loss", "begin 1 {}", "end 1 accuracy loss"], callback.Told);
    }

    [Fact]
    public void A_name_that_is_not_there_can_be_asked_for_but_not_compared()
    {
        Logs logs = new() { ["accuracy"] = 0.97, ["loss"] = 0.5 };
        Assert.True(logs.get("accuracy") > 0.95);
        Assert.False(0.95 > logs.get("accuracy"));
        Assert.True(logs.get("loss") == 0.5);
        Assert.Equal(97, logs.get("accuracy") * 100, 1e-9);
        Assert.Equal("0.97 0.970", $"{logs.get("accuracy")} " + "{:.3f}".format(logs.get("accuracy")));
        Assert.Equal("0.97\n", Printed.By(() => print(logs.get("accuracy"))));
        double? maybe = logs.get("acc");
        Assert.Null(maybe);
        Assert.True(logs.get("acc") is null);
        Assert.False(logs.get("acc") == 0.5);
        Assert.Equal(0.1, (double)(logs.get("acc") ?? 0.1));
        Assert.Equal("None\n", Printed.By(() => print(logs.get("acc"))));
        if (logs.get("loss") is { } loss) Assert.Equal(0.5, loss.Value);

        const string message = "There is no 'acc' in logs; there is: accuracy, loss.";
        Func<bool>[] comparisons = [() => logs.get("acc") > 0.95, () => logs.get("acc") < 0.95, () => logs.get("acc") >= 0.95, () => logs.get("acc") <= 0.95,
            () => 0.95 < logs.get("acc"), () => logs.get("acc") > logs.get("loss")];
        Assert.All(comparisons, compare => Assert.Equal(message, Assert.Throws<ValueError>(() => compare()).Message));
        Assert.Equal(message, Assert.Throws<ValueError>(() => logs.get("acc") * 100).Message);
        Assert.Equal(message, Assert.Throws<ValueError>(() => logs["acc"]).Message);
        Assert.Equal("There is no 'acc' in logs, which hold nothing here.", Assert.Throws<ValueError>(() => new Logs()["acc"]).Message);
    }

    [Fact]
    public void An_unknown_mode_warns_and_is_auto()
    {
        Assert.Equal("UserWarning: EarlyStopping mode 'up' is unknown, fallback to auto mode.\n",
            Printed.ToErrorBy(() => Assert.Equal("auto", keras.callbacks.EarlyStopping(mode: "up").mode)));
        Assert.Equal("UserWarning: ModelCheckpoint mode 'up' is unknown, fallback to auto mode.\n",
            Printed.ToErrorBy(() => Assert.Equal("auto", keras.callbacks.ModelCheckpoint("m.keras", mode: "up").mode)));
    }

    [Fact]
    public void EarlyStopping_says_what_was_best()
    {
        var stopping = keras.callbacks.EarlyStopping("loss", patience: 2);
        Assert.Equal((null, 0, 0, 0), (stopping.best, stopping.wait, stopping.stopped_epoch, stopping.best_epoch));
        stopping.on_train_begin([]);
        foreach (var (epoch, loss) in ((double[])[3, 1, 2]).Index()) stopping.on_epoch_end(epoch, new Logs { ["loss"] = loss });
        Assert.Equal((1.0, 1, 1), (stopping.best, stopping.wait, stopping.best_epoch));
        Assert.Null(stopping.best_weights);
    }

    private sealed class Remembering : Callback
    {
        private int _seen;
        public override void keep_state(TrainingState state) => state.Keep("seen", ref _seen);
    }

    /// <summary>The example of Keras' documentation: a callback that fails, then the same training without it.</summary>
    [Theory]
    [InlineData("epoch")]
    [InlineData("batch")]
    public void What_remembers_nothing_may_come_and_go_and_a_failure_behind_the_backup_comes_after_it(string when)
    {
        Frequency frequency = when == "epoch" ? "epoch" : 1;
        BackupAndRestore Backup(string folder) => keras.callbacks.BackupAndRestore(_folder[folder], frequency);
        History Fit(Sequential model, params Callback[] callbacks) => model.fit(_x, _y, batch_size: 5, epochs: 4, verbose: 0, callbacks: callbacks);
        Callback failing = when == "epoch" ? new LambdaCallback(on_epoch_end: (epoch, _) => { if (epoch == 2) throw new TimeoutException(); })
            : new LambdaCallback(on_train_batch_end: (batch, _) => { if (batch == 1) throw new TimeoutException(); });

        keras.utils.set_random_seed(5);
        var model = BackupAndRestoreTests.Compiled();
        var through = Fit(model);
        keras.utils.set_random_seed(5);
        Assert.Throws<TimeoutException>(() => Fit(BackupAndRestoreTests.Compiled(), Backup("b"), failing));
        keras.utils.set_random_seed(5);
        var again = BackupAndRestoreTests.Compiled();
        var backup = Backup("b");
        var history = Fit(again, new LambdaCallback(), backup);
        Assert.Equal(when == "epoch" ? (3, 0) : (0, 2), backup.restored);
        Assert.Equal(through.history["loss"], history.history["loss"]);
        Assert.Equal(model.get_weights()[0].ToFloats(), again.get_weights()[0].ToFloats());
    }

    [Fact]
    public void What_remembers_something_must_be_there_again()
    {
        Callback Backup() => keras.callbacks.BackupAndRestore(_folder["b"], delete_checkpoint: false);
        void Fit(params Callback[] callbacks) => BackupAndRestoreTests.Compiled().fit(_x, _y, verbose: 0, callbacks: callbacks);
        Fit(new LambdaCallback(), new Remembering(), Backup(), new Remembering());
        Fit(Backup(), new Remembering(), new LambdaCallback(), new Remembering());
        Assert.Equal(
            $"the checkpoint in '{_folder["b"]}' is refused: the callbacks of the checkpoint that remember something are others: BackupAndRestore, History, "
            + "Remembering, Remembering 2, now BackupAndRestore, History, Remembering; train as before, or with another folder",
            Assert.Throws<CheckpointException>(() => Fit(Backup(), new Remembering())).Message);
        Assert.Contains("now BackupAndRestore, EarlyStopping, History",
            Assert.Throws<CheckpointException>(() => Fit(Backup(), keras.callbacks.EarlyStopping("loss"))).Message);
    }
}
