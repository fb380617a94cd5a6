using KerasPort.Callbacks;
using KerasPort.Metrics;
using KerasPort.Training;

namespace KerasPort.Models;

public abstract partial class Model
{
    /// <summary>Set by a callback to end an evaluation after the batch at hand.</summary>
    public bool stop_evaluating { get; set; }

    /// <summary>The loss and the metrics on this data.</summary>
    /// <param name="x">Inputs, a row a sample.</param>
    /// <param name="y">Targets, a row a sample.</param>
    /// <param name="batch_size">Samples a step; 32 by default.</param>
    /// <param name="verbose">"auto" or 1: a progress bar; 2: a line; 0: nothing.</param>
    /// <param name="callbacks">Told of what happens.</param>
    /// <param name="return_dict">Whether the result prints as a dictionary; it can be read by name either way.</param>
    /// <exception cref="ValueError">The data doesn't fit the model, or the model isn't compiled.</exception>
    public Evaluation evaluate(NDArray x, NDArray y, int? batch_size = null, Verbose? verbose = null, CallbackList? callbacks = null, bool return_dict = false)
    {
        using var turn = Turns.Take();
        RequireCompiled();
        RequireRows(x, y, requiresTargets: true);
        int batch = BatchSize(batch_size);
        x = Require(x, StaticBatch(x.Length, batch));
        Settle(y);
        using var source = new ArraySource([x], [y], [], batch, shuffle: false, steps: null);
        var told = new CallbackCalls(this, callbacks ?? [], verbose ?? "auto", epochs: 1, source.Steps);
        using var call = Begin(fits: false, told.AreOwn);
        var logs = Test(source, told);
        return new Evaluation(["loss", .. MetricList.UniqueNames(metrics)], logs, return_dict);
    }

    private Logs Test(BatchSource source, CallbackCalls told)
    {
        var means = new RunningMetrics(metrics);
        stop_evaluating = false;
        source.BeginEpoch(0);
        using (Telling(told.AreOwn))
        {
            told.OnTestBegin();
            told.OnTestBatchBegin(0);
        }
        bool actsOnBatches = told.ActOnTestBatches;
        Run(running => running.Test(Portions(source, 0), (step, result) =>
        {
            var soFar = means.Add(result);
            // While results wait to be told of, nobody else's may come between.
            using var telling = Telling(actsOnBatches);
            told.OnTestBatchEnd(step, soFar);
            if (stop_evaluating) return false;
            if (step + 1 != source.Due) told.OnTestBatchBegin(step + 1);
            return true;
        }, actsOnBatches || source.IsForeign));
        var logs = means.Snapshot();
        using (Telling(told.AreOwn)) told.OnTestEnd(logs);
        return logs;
    }
}
