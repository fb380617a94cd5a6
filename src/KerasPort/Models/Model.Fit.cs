using KerasPort.Callbacks;
using KerasPort.Training;

namespace KerasPort.Models;

public abstract partial class Model
{
    /// <summary>Set by a callback to end training after the batch at hand.</summary>
    public bool stop_training { get; set; }

    private RunningMetrics? _runningMetrics;

    /// <summary>Starts the loss and the metrics anew: what a callback sees from here on are means since now, not since the epoch's start.</summary>
    public void reset_metrics() => _runningMetrics?.Reset();

    /// <summary>What the last <see cref="fit"/> recorded.</summary>
    public History? history { get; private set; }

    /// <summary>Trains the model.</summary>
    /// <param name="x">Inputs, a row a sample.</param>
    /// <param name="y">Targets, a row a sample.</param>
    /// <param name="batch_size">Samples a step; 32 by default.</param>
    /// <param name="epochs">The epoch to end with; epochs run in all when <paramref name="initial_epoch"/> is 0.</param>
    /// <param name="verbose">"auto" or 1: a progress bar; 2: a line an epoch; 0: nothing.</param>
    /// <param name="callbacks">Told of what happens.</param>
    /// <param name="validation_split">Share of the rows, taken from the end, to evaluate on after each epoch.</param>
    /// <param name="validation_data">Inputs and targets to evaluate on after each epoch, in place of a split.</param>
    /// <param name="shuffle">Whether rows come in random order.</param>
    /// <param name="initial_epoch">The epoch to begin with.</param>
    /// <param name="validation_batch_size">Samples a step of evaluation; as <paramref name="batch_size"/> by default.</param>
    /// <param name="validation_freq">Epochs between evaluations.</param>
    /// <returns>The losses and metrics of each epoch.</returns>
    /// <exception cref="ValueError">The data doesn't fit the model, or the model isn't compiled.</exception>
    public History fit(NDArray x, NDArray y, int? batch_size = null, int epochs = 1, Verbose? verbose = null, CallbackList? callbacks = null,
        double validation_split = 0, (NDArray x, NDArray y)? validation_data = null, bool shuffle = true, int initial_epoch = 0,
        int? validation_batch_size = null, int validation_freq = 1)
    {
        using var turn = Turns.Take();
        using var call = Begin(fits: true, tells: true);
        RequireCompiled();
        RequireRows(x, y, requiresTargets: true);
        if (validation_freq < 1) throw new ValueError($"`validation_freq` must be a positive integer. Received: validation_freq={validation_freq}");
        if (validation_split != 0 && validation_data is null)
        {
            int rows = x.Length, split = (int)Math.Floor(rows * (1.0 - validation_split));
            if (split <= 0 || split >= rows)
                throw new ValueError($"Training data contains {rows} samples, which is not sufficient to split it into a validation and training set as specified by `validation_split={PythonText.Str(validation_split)}`. Either provide more data, or a different value for the `validation_split` argument.");
            validation_data = (x[split..], y[split..]);
            (x, y) = (x[..split], y[..split]);
        }
        int batch = BatchSize(batch_size), validationBatch = BatchSize(validation_batch_size ?? batch_size);
        x = Require(x, StaticBatch(x.Length, batch));
        Settle(y);
        using var source = new ArraySource([x], [y], [], batch, shuffle, steps: null);
        using var validation = validation_data is { } check ? Checked(check.x, check.y) : null;
        if (initial_epoch < epochs) BuildOptimizer();

        history = new History();
        var told = new CallbackCalls(this, [.. callbacks ?? [], history], verbose ?? "auto", epochs, source.Steps);
        var means = _runningMetrics = new RunningMetrics(metrics);
        var progress = Progress = new Progress(this, told, means, source, new Fingerprint(this, source, validation), initial_epoch);
        try
        {
            stop_training = false;
            using (Telling()) told.OnTrainBegin();
            if (progress is { IsRestored: true, Batch: 0 }) progress.RestoreAgain();
            bool ended = progress.IsRestored && progress.Batch == 0 && stop_training;
            while (progress.Epoch < epochs && !ended)
            {
                TrainEpoch();
                ended = stop_training;
            }
            using (Telling()) told.OnTrainEnd(progress.Logs);
        }
        finally
        {
            progress.End();
            Progress = null;
        }
        return history;

        void TrainEpoch()
        {
            int epoch = progress.Epoch;
            using (Telling()) told.OnEpochBegin(epoch);
            if (progress.Batch > 0) progress.RestoreAgain();
            else progress.BeginEpoch();
            int first = progress.Batch;
            if (first != source.Due && !(first > 0 && stop_training)) TrainBatches(first);

            var logs = means.Snapshot();
            if (validation is not null && (epoch + 1) % validation_freq == 0)
                foreach (var (key, value) in Test(validation, told)) logs["val_" + key] = value;
            try
            {
                using (Telling()) told.OnEpochEnd(epoch, logs);
            }
            catch
            {
                progress.EndEpoch(logs, failed: true);
                throw;
            }
            progress.EndEpoch(logs);
        }

        void TrainBatches(int first)
        {
            using (Telling()) told.OnTrainBatchBegin(first);
            Run(running => running.Train(Portions(source, first), (done, result) =>
            {
                int step = first + done;
                _engineIsAhead = true;
                var soFar = means.Add(result);
                try
                {
                    using (Telling()) told.OnTrainBatchEnd(step, soFar);
                }
                catch
                {
                    progress.EndBatch(step, failed: true);
                    throw;
                }
                progress.EndBatch(step);
                if (stop_training) return false;
                if (step + 1 == source.Due) return true;
                using (Telling()) told.OnTrainBatchBegin(step + 1);
                return true;
            }, told.ActOnTrainBatches || source.IsForeign));
        }

        ArraySource Checked(NDArray x, NDArray y)
        {
            RequireRows(x, y, requiresTargets: true);
            x = Require(x, null);
            Settle(y);
            return new ArraySource([x], [y], [], validationBatch, shuffle: false, steps: null);
        }
    }

    /// <summary>The batches of an epoch that has begun. Where somebody's own code gives them it runs outside of the turn, as callbacks do.</summary>
    private IEnumerable<Portion> Portions(BatchSource source, int first)
    {
        if (!source.IsForeign) return source.Batches(first);
        return Outside(source.Batches(first));

        IEnumerable<Portion> Outside(IEnumerable<Portion> batches)
        {
            using var each = batches.GetEnumerator();
            while (true)
            {
                bool more;
                using (Telling()) more = each.MoveNext();
                if (!more) yield break;
                yield return each.Current;
            }
        }
    }
}
