using KerasPort.Callbacks;
using KerasPort.Models;

namespace KerasPort.Tests.Callbacks;

/// <summary>The calls of a callback, the names in its logs, and the end of a run that it stops (<c>callbacks.json</c>).</summary>
public class CallbackOrderTests
{
    public static TheoryData<string, string?> Recorded => [.. Fixtures.Cases("callbacks.json").Select(c =>
        (c.GetProperty("run").GetString()!, c.GetProperty("at").GetString()))];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Calls_come_as_in_Keras(string run, string? at)
    {
        var recorded = Fixtures.Cases("callbacks.json").Single(c => c.GetProperty("run").GetString() == run && c.GetProperty("at").GetString() == at);
        var (x, y) = SyntheticData.Rows(10, 4);
        var labels = new NDArray([.. y.ToInts().Select(label => label % 3)]);
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(3, activation: "softmax")]);
        model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        var recorder = new Recorder(at, recorded.GetProperty("attribute").GetString());

        switch (run)
        {
            case "fit":
                var history = model.fit(x, labels, batch_size: 4, epochs: 3, validation_data: (x[..5], labels[..5]), validation_freq: 2,
                    callbacks: [recorder], verbose: 0);
                Assert.Equal(recorded.GetProperty("epochs").EnumerateArray().Select(e => e.GetInt32()), history.epoch);
                Assert.Same(history, model.history);
                break;
            case "evaluate":
                model.evaluate(x, labels, batch_size: 4, callbacks: [recorder], verbose: 0);
                break;
            default:
                Assert.Equal(recorded.GetProperty("rows").GetInt32(), model.predict(x, batch_size: 4, callbacks: [recorder], verbose: 0).Length);
                break;
        }
        Assert.Equal(recorded.GetProperty("calls").EnumerateArray().Select(c => c.GetString()), recorder.Calls);
    }

    private sealed class Recorder(string? at, string? attribute) : Callback
    {
        public List<string> Calls { get; } = [];

        private void Told(string call, Logs? logs)
        {
            Calls.Add(string.Join(' ', [call, .. logs?.Keys ?? []]));
            if (call != at) return;
            if (attribute == nameof(Model.stop_training)) model.stop_training = true;
            if (attribute == nameof(Model.stop_evaluating)) model.stop_evaluating = true;
            if (attribute == nameof(Model.stop_predicting)) model.stop_predicting = true;
        }

        public override void on_train_begin(Logs logs) => Told("train_begin", logs);
        public override void on_train_end(Logs logs) => Told("train_end", logs);
        public override void on_epoch_begin(int epoch, Logs logs) => Told($"epoch_begin {epoch}", logs);
        public override void on_epoch_end(int epoch, Logs logs) => Told($"epoch_end {epoch}", logs);
        public override void on_train_batch_begin(int batch, Logs logs) => Told($"train_batch_begin {batch}", logs);
        public override void on_train_batch_end(int batch, Logs logs) => Told($"train_batch_end {batch}", logs);
        public override void on_test_begin(Logs logs) => Told("test_begin", logs);
        public override void on_test_end(Logs logs) => Told("test_end", logs);
        public override void on_test_batch_begin(int batch, Logs logs) => Told($"test_batch_begin {batch}", logs);
        public override void on_test_batch_end(int batch, Logs logs) => Told($"test_batch_end {batch}", logs);
        public override void on_predict_begin(Logs logs) => Told("predict_begin", logs);
        public override void on_predict_end(Logs logs) => Told("predict_end", logs);
        public override void on_predict_batch_begin(int batch, Logs logs) => Told($"predict_batch_begin {batch}", logs);
        public override void on_predict_batch_end(int batch, Logs logs) => Told($"predict_batch_end {batch}", logs);
    }
}
