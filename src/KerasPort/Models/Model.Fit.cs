using KerasPort.Callbacks;
using KerasPort.Training;

namespace KerasPort.Models;

public abstract partial class Model
{
    /// <summary>Set by a callback to end training after the current batch.</summary>
    public bool stop_training { get; set; }

    private RunningMetrics? _runningMetrics;

    /// <summary>Resets the loss and the metrics: callbacks then see means since that moment, not since the epoch's start.</summary>
    public virtual void reset_metrics()
    {
        _runningMetrics?.Reset();
        foreach (var metric in metrics) metric.reset_state();
    }

    /// <summary>The history of the last <see cref="fit"/>; null before the first.</summary>
    public History history { get; private set; } = null!;

    /// <summary>Trains the model.</summary>
    /// <param name="x">Inputs, one row per sample; or a <see cref="Dataset"/> of batches with their targets, which decides their size and order.</param>
    /// <param name="y">Targets, one row per sample.</param>
    /// <param name="batch_size">Samples per step; by default 32, or the rows divided among <paramref name="steps_per_epoch"/>.</param>
    /// <param name="epochs">The epoch to end with: the number of epochs if <paramref name="initial_epoch"/> is 0.</param>
    /// <param name="verbose">"auto" or 1: a progress bar; 2: a line per epoch; 0: nothing.</param>
    /// <param name="callbacks">Callbacks that are called during training.</param>
    /// <param name="validation_split">The share of the rows, taken from the end, to evaluate on after each epoch.</param>
    /// <param name="validation_data">Inputs, targets and weights to evaluate on after each epoch, in place of a split.</param>
    /// <param name="shuffle">Whether rows are shuffled before each epoch; "batch" shuffles within each batch only.</param>
    /// <param name="class_weight">The weight of each class' samples, by class number; 1 for a class that isn't named.</param>
    /// <param name="sample_weight">The weight of each sample.</param>
    /// <param name="initial_epoch">The epoch to begin with, counted from 0.</param>
    /// <param name="steps_per_epoch">Batches per epoch; all by default. The next epoch continues with those that follow.</param>
    /// <param name="validation_steps">Batches per evaluation; all by default.</param>
    /// <param name="validation_batch_size">Samples per step of evaluation; as <paramref name="batch_size"/> by default.</param>
    /// <param name="validation_freq">
    /// The number of epochs from one evaluation to the next, or a list of the epochs, counted from 1, after which to evaluate.
    /// </param>
    /// <returns>The losses and metrics of each epoch.</returns>
    /// <exception cref="ValueError">The data doesn't fit the model, or the model isn't compiled.</exception>
    /// <example><code>
    /// var x = np.random.default_rng(1).random((200, 4));
    /// var y = x.sum(axis: 1);
    /// var model = keras.Sequential([keras.Input(4), keras.layers.Dense(1)]);
    /// model.compile(optimizer: "sgd", loss: "mse");
    /// var history = model.fit(x, y, batch_size: 20, epochs: 5, validation_split: 0.2, verbose: 0);
    /// print(len(history.history["val_loss"]));    // 5
    /// </code></example>
    public History fit(Data x, Data? y = null, int? batch_size = null, int epochs = 1, Verbose? verbose = null, CallbackList? callbacks = null,
        double validation_split = 0, Data? validation_data = null, Shuffle shuffle = default, Dictionary<int, double>? class_weight = null,
        Data? sample_weight = null, int initial_epoch = 0,
        int? steps_per_epoch = null, int? validation_steps = null, int? validation_batch_size = null, ValidationFreq validation_freq = default)
    {
        Arrays? held = null;
        return Fit(() =>
        {
            if (x?.Sequence is { } sequence)
            {
                RefuseBesideBatches("PyDataset", y, validation_split, sample_weight);
                return SourceOf(sequence, steps_per_epoch, shuffle != false, SequenceSource.Use.Training, class_weight);
            }
            if (x?.Dataset is { } dataset) return OpenTraining(dataset, y, validation_split, sample_weight, class_weight, steps_per_epoch);
            var arrays = InOrder(x, y, sample_weight, compares: true);
            if (validation_split != 0 && validation_data is null) (arrays, held) = Split(arrays, validation_split);
            arrays = Weighted(arrays, class_weight);
            RequirePositive(batch_size, nameof(batch_size));
            RequirePositive(validation_batch_size, nameof(batch_size));
            return SourceOf(arrays, batch_size, steps_per_epoch, shuffle, size => StaticBatch(arrays.X[0].Length, size));
        }, () => OpenValidation(held, validation_data, validation_batch_size ?? batch_size, validation_steps),
        epochs, verbose, callbacks, initial_epoch, validation_freq, (steps_per_epoch, validation_steps));
    }

    /// <summary>Multiplies the sample weights by the weights of the samples' classes.</summary>
    private static Arrays Weighted(Arrays arrays, Dictionary<int, double>? classWeight)
    {
        if (classWeight is null) return arrays;
        if (arrays.Weights.Length > 0) throw new ValueError("You cannot `class_weight` and `sample_weight` at the same time.");
        if (arrays.Y.Length > 1) throw new ValueError($"`class_weight` is only supported for Models with a single output. Received: {arrays.Y.Length} outputs");
        var y = arrays.Y[0];
        if (y.ndim > 1 && y.shape[-1] > 1) y = y.argmax(-1);
        if (y.size != y.Length)
            throw new ValueError(
                $"`class_weight` needs a class for each sample, as a number or as a row that is 1 at it. Received: y.shape={arrays.Y[0].shape}");
        var weights = new float[y.Length];
        for (int i = 0; i < weights.Length; i++) weights[i] = (float)classWeight.GetValueOrDefault((int)Math.Round(y.ElementAt(i)), 1);
        return arrays with { Weights = [new NDArray(weights)] };
    }

    private static (Arrays Training, Arrays Validation) Split(Arrays arrays, double share)
    {
        int rows = arrays.X[0].Length, split = (int)Math.Floor(rows * (1.0 - share));
        if (split <= 0 || split >= rows)
            throw new ValueError($"Training data contains {rows} samples, which is not sufficient to split it into a validation and training set as "
                + $"specified by `validation_split={PythonText.Str(share)}`. "
                + "Either provide more data, or a different value for the `validation_split` argument.");
        return (arrays[..split], arrays[split..]);
    }

    /// <summary>Opens a data set to train on; refuses arguments that Keras doesn't take with one, with its messages.</summary>
    private DatasetSource OpenTraining(Dataset dataset, Data? y, double split, Data? weights, Dictionary<int, double>? classWeight, int? steps)
    {
        RefuseBesideBatches("tf.data.Dataset", y, split, weights);
        return SourceOf(dataset, steps, startsAnew: false, compares: true, classWeight);
    }

    /// <summary>Refuses arguments that Keras doesn't take with batches, with its messages.</summary>
    private static void RefuseBesideBatches(string kind, Data? y, double split, Data? weights)
    {
        if (y is not null) throw Unsupported("y", "the targets");
        if (weights is not null) throw Unsupported("sample_weights", "the sample weights");
        if (split != 0)
            throw new ValueError("Argument `validation_split` is only supported for tensors or NumPy arrays. "
                + $"Found a {kind}, and validation_split={PythonText.Str(split)}");

        ValueError Unsupported(string argument, string what) => new(
            $"When providing `x` as a {kind}, `{argument}` should not be passed. Instead, {what} should be included as part of the {kind}.");
    }

    private BatchSource? OpenValidation(Arrays? held, Data? data, int? batchSize, int? steps)
    {
        if (data?.Sequence is { } sequence) return SourceOf(sequence, steps, shuffles: false, SequenceSource.Use.Evaluation);
        if (data?.Dataset is { } dataset) return SourceOf(dataset, steps, startsAnew: true, compares: true);
        if (data is not null)
        {
            var (x, y, weights) = data.Unpack();
            held = InOrder(x, y, weights, compares: true);
        }
        return held is { } arrays ? SourceOf(arrays, batchSize, steps, shuffle: false, _ => null, startsAnew: true) : null;
    }

    private History Fit(Func<BatchSource> openTraining, Func<BatchSource?> openValidation, int epochs, Verbose? verbose, CallbackList? callbacks,
        int initial_epoch, ValidationFreq validation_freq, (int? Training, int? Validation) steps)
    {
        using var turn = Turns.Take();
        using var call = Begin(fits: true, tells: true);
        RequireCompiled();
        RequirePositive(steps.Training, "steps_per_epoch");
        RequirePositive(steps.Validation, "validation_steps");
        // As in Keras, metrics that have had no data since `compile` aren't reset before the first epoch: they go on from the state that they hold.
        bool continues = _saysWhatIsOdd;
        using var source = openTraining();
        source.Peek();
        using var validation = openValidation();
        if (initial_epoch < epochs) BuildOptimizer();

        history = new History();
        Logs? last = null;
        var told = new CallbackCalls(this, [.. callbacks ?? [], history], verbose ?? "auto", epochs, source.Steps);
        var means = _runningMetrics = new RunningMetrics(Goals, LossMeans, continues);
        // Arrays and generators have no state to carry from epoch to epoch.
        var kept = validation is DatasetSource or SequenceSource ? validation : null;
        var progress = Progress = new Progress(this, told, means, source, kept, new Fingerprint(this, source, validation), initial_epoch) { Epochs = epochs };
        try
        {
            stop_training = false;
            progress.Begin();
            using (Telling()) told.OnTrainBegin();
            if (progress is { IsRestored: true, Batch: 0 }) progress.RestoreAgain();
            bool ended = progress.IsRestored && progress.Batch == 0 && stop_training;
            while (progress.Epoch < epochs && !ended)
            {
                TrainEpoch();
                ended = stop_training;
            }
            if (epochs > 0) TakeAverages();
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
            last = null;
            if (first == source.Due) source.Skip(first);
            else if (!(first > 0 && stop_training)) TrainBatches(first);

            var logs = Shown(means, last);
            if (validation is not null && validation_freq.Includes(epoch))
                foreach (var (key, value) in Test(validation, told)) logs["val_" + key] = value;
            logs = logs.InOrder(logs.Keys.Order(StringComparer.Ordinal));
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
            Run(running => running.Train(source.Batches(first), [MethodImpl(MethodImplOptions.AggressiveOptimization)] (done, result) =>
            {
                int step = first + done;
                _engineIsAhead = true;
                var soFar = last = Shown(means, result);
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
            DrawAtEnd(source, trains: true);
        }
    }
}
