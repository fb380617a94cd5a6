using KerasPort.Callbacks;

namespace KerasPort.Console.Parity;

/// <summary>Records the loss of each of the first batches alone, where Keras reports float32 means since the epoch's start.</summary>
internal sealed class StepLosses : Callback
{
    private readonly List<double> _losses = [];
    private readonly int _most;
    private readonly Interruption _interruption;

    private StepLosses(int most, Interruption interruption) => (_most, _interruption) = (most, interruption);

    /// <summary>Trains a new model to record its losses.</summary>
    public static IReadOnlyList<double> Of(string name, long seed, int epochs, int batchSize, int most, Interruption interruption)
    {
        var steps = new StepLosses(most, interruption);
        using (Redirected.Output(TextWriter.Null)) CodelabRun.Lesson(name, seed, epochs, batchSize, 0, [steps]);
        interruption.ThrowIfRequested();
        return steps._losses;
    }

    public override void on_train_batch_begin(int batch, Logs logs) => model.reset_metrics();

    public override void on_train_batch_end(int batch, Logs logs)
    {
        _losses.Add(logs["loss"]);
        if (_losses.Count == _most || _interruption.Requested) model.stop_training = true;
    }
}
