using System.Text.Json;
using KerasPort.Models;
using KerasPort.Saving;
using KerasPort.Summaries;

namespace KerasPort.Tests.Callbacks;

/// <summary>The event files equal TensorFlow's except for times and the names of host and process (<c>callbacks-tensorboard.json</c>).</summary>
public sealed class TensorBoardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Events_are_TensorFlows_byte_for_byte() => Assert.All(Fixtures.Cases("callbacks-tensorboard.json"), @case =>
    {
        var options = @case.GetProperty("options");
        string logs = _folder[Guid.NewGuid().ToString("N")];
        var model = Scripted(@case.GetProperty("built").GetBoolean());
        var board = new KerasPort.Callbacks.TensorBoard(
            logs, options.TryGetProperty("histogram_freq", out var epochs) ? epochs.GetInt32() : 0, write_graph: false, write_steps_per_second: false,
            options.TryGetProperty("update_freq", out var frequency) ? frequency.ValueKind == JsonValueKind.String ? frequency.GetString()!
                : frequency.GetInt32() : "epoch", new OneMoment())
        { model = model };
        board.ModelSet();
        board.on_train_begin([]);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            board.on_epoch_begin(epoch, []);
            for (int batch = 0; batch < 4; batch++)
            {
                board.on_train_batch_begin(batch, []);
                model.optimizer!.Batches++;
                board.on_train_batch_end(batch, new Logs { ["accuracy"] = 0.125 * batch, ["loss"] = 1.1 / (1 + batch + epoch) });
            }
            board.on_test_begin([]);
            for (int batch = 0; batch < 2; batch++)
            {
                board.on_test_batch_begin(batch, []);
                board.on_test_batch_end(batch, new Logs { ["accuracy"] = 0.5, ["loss"] = 0.3 });
            }
            board.on_test_end(new Logs { ["accuracy"] = 0.75, ["loss"] = 0.1 * epoch });
            board.on_epoch_end(epoch, new Logs
            {
                ["accuracy"] = 0.3 * epoch, ["loss"] = 0.7 - 0.1 * epoch, ["val_accuracy"] = 0.75,
                ["val_loss"] = 0.1 * epoch
            });
        }
        board.on_train_end([]);

        foreach (var expected in @case.GetProperty("files").EnumerateObject())
        {
            string file = Assert.Single(Directory.GetFiles(Path.Combine(logs, expected.Name)));
            string[] pieces = Path.GetFileName(file).Split('.');
            string[] name = [.. expected.Value.GetProperty("name").EnumerateArray().Select(p => p.GetString()!)];
            Assert.Equal(name[..3], pieces[..3]);
            Assert.Equal(name[^1], pieces[^1]);
            Assert.Matches(@"^\d{10}$", pieces[3]);
            Assert.Equal(expected.Value.GetProperty("events").EnumerateArray().Select(e => Readable(e.GetBytesFromBase64())),
                Events(File.ReadAllBytes(file)).Select(Readable));
        }
        Assert.Equal(@case.GetProperty("files").EnumerateObject().Count(), Directory.GetDirectories(logs).Length);
    });

    /// <summary>A whole file of TensorFlow's is rebuilt from its events, with lengths and checksums.</summary>
    [Fact]
    public void Records_are_TensorFlows_byte_for_byte()
    {
        byte[] whole = Fixtures.Cases("callbacks-tensorboard.json")[0].GetProperty("whole").GetBytesFromBase64();
        var events = Events(whole);
        Assert.True(events.Count > 5);
        Assert.Equal(whole, events.SelectMany(e => RecordFile.Record(e)));
    }

    [Fact]
    [Slow]
    [Needs(Need.RealKeras)]
    public void TensorFlow_reads_what_a_fit_wrote()
    {
        var (x, y) = SyntheticData.Rows(40, 6);
        keras.utils.clear_session();
        var model = keras.Sequential([keras.Input(6), keras.layers.Dense(5, activation: "softmax")]);
        model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
        var history = model.fit(x, y, batch_size: 8, epochs: 2, validation_split: 0.25, verbose: 0,
            callbacks: [keras.callbacks.TensorBoard(_folder.Path, histogram_freq: 1, update_freq: 2, write_steps_per_second: true)]).history;

        var read = RealKeras.Ask("read_events.py", [_folder.Path]);
        string[] Tags(string file) => [.. read.GetProperty(file).EnumerateArray().Select(e => $"{e.GetProperty("step")} {e.GetProperty("tag").GetString()}")];
        Assert.Equal(
            ["0 keras", "2 batch_steps_per_second", "2 batch_accuracy", "2 batch_loss", "4 batch_steps_per_second", "4 batch_accuracy", "4 batch_loss",
             "0 epoch_accuracy", "0 epoch_loss", "0 epoch_learning_rate", "0 epoch_steps_per_second", "0 sequential/dense/kernel/histogram",
             "0 sequential/dense/bias/histogram",
             "6 batch_steps_per_second", "6 batch_accuracy", "6 batch_loss", "8 batch_steps_per_second", "8 batch_accuracy", "8 batch_loss",
             "1 epoch_accuracy", "1 epoch_loss", "1 epoch_learning_rate", "1 epoch_steps_per_second", "1 sequential/dense/kernel/histogram",
             "1 sequential/dense/bias/histogram"], Tags("train"));
        Assert.Equal(["4 evaluation_accuracy_vs_iterations", "4 evaluation_loss_vs_iterations", "0 epoch_accuracy", "0 epoch_loss",
            "8 evaluation_accuracy_vs_iterations", "8 evaluation_loss_vs_iterations", "1 epoch_accuracy", "1 epoch_loss"], Tags("validation"));
        double Value(string file, string tag, int step) => read.GetProperty(file).EnumerateArray()
            .Single(e => e.GetProperty("tag").GetString() == tag && e.GetProperty("step").GetInt32() == step).GetProperty("value").GetDouble();
        Assert.Equal((float)history["loss"][1], Value("train", "epoch_loss", 1));
        Assert.Equal((float)history["val_accuracy"][0], Value("validation", "epoch_accuracy", 0));
        Assert.Equal(30, Value("train", "sequential/dense/kernel/histogram", 1));   // The counts' sum.
    }

    [Fact]
    public void An_evaluation_alone_writes_its_results()
    {
        var (x, y) = SyntheticData.Rows(40, 6);
        var model = keras.Sequential([keras.Input(6), keras.layers.Dense(5, activation: "softmax")]);
        model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
        model.evaluate(x, y, verbose: 0, callbacks: [keras.callbacks.TensorBoard(_folder.Path, write_graph: false)]);
        Assert.Equal(["validation"], _folder.Names);
        Assert.Equal(3, Events(File.ReadAllBytes(Directory.GetFiles(_folder["validation"]).Single())).Count);
        Assert.Contains("`update_freq` must be", Assert.Throws<ValueError>(() => keras.callbacks.TensorBoard(update_freq: "foo")).Message);
    }

    /// <summary>The weights that <c>make_callbacks.py</c> gives its model.</summary>
    private static Sequential Scripted(bool built)
    {
        keras.utils.clear_session();
        var model = keras.Sequential([.. built ? (KerasPort.Layers.Layer[])[keras.Input(3)] : [], keras.layers.Dense(4, activation: "relu"),
            keras.layers.Dense(2, activation: "softmax")]);
        if (!built) model.build((null, 3));
        model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
        foreach (var (index, weight) in model.variables.Index())
            weight.assign(new NDArray([.. Enumerable.Range(0, weight.size).Select(i => index == 1 ? 0.5f : (float)Math.Sin(i * (index + 1.0)))], weight.shape));
        return model;
    }

    private static List<byte[]> Events(byte[] file)
    {
        var events = new List<byte[]>();
        for (int at = 0; at < file.Length; at += 16 + events[^1].Length) events.Add(file[(at + 12)..(at + 12 + (int)BitConverter.ToInt64(file, at))]);
        return events;
    }

    /// <summary>Everything after the time, which is in the first nine bytes.</summary>
    private static string Readable(byte[] message) => Convert.ToHexString(message.AsSpan(9));

    private sealed class OneMoment : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_500);
    }
}
