using KerasPort.Callbacks;
using KerasPort.Metrics;
using KerasPort.Training;

namespace KerasPort.Models;

public abstract partial class Model
{
    /// <summary>Set by a callback to end the evaluation after the current batch.</summary>
    public bool stop_evaluating { get; set; }

    /// <summary>Computes the loss and the metrics on data.</summary>
    /// <param name="x">Inputs, one row per sample; or a <see cref="Dataset"/> of batches with their targets.</param>
    /// <param name="y">Targets, one row per sample.</param>
    /// <param name="batch_size">Samples per step; 32 by default.</param>
    /// <param name="verbose">"auto" or 1: a progress bar; 2: a line; 0: nothing.</param>
    /// <param name="sample_weight">The weight of each sample.</param>
    /// <param name="steps">The number of batches to evaluate; all by default.</param>
    /// <param name="callbacks">Callbacks that are called during the evaluation.</param>
    /// <param name="return_dict">Whether the result prints as a dictionary; its values can be read by name either way.</param>
    /// <exception cref="ValueError">The data doesn't fit the model, or the model isn't compiled.</exception>
    /// <example><code>
    /// var x = np.zeros((64, 4));
    /// var y = np.zeros(64);
    /// var model = keras.Sequential([keras.Input(4), keras.layers.Dense(3, activation: "softmax")]);
    /// model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
    /// var (loss, accuracy) = model.evaluate(x, y, verbose: 0);
    /// print(f($"{loss:.4f}"), accuracy);    // 1.0986 1.0
    /// </code></example>
    public Evaluation evaluate(Data x, Data? y = null, int? batch_size = null, Verbose? verbose = null, Data? sample_weight = null, int? steps = null,
        CallbackList? callbacks = null, bool return_dict = false) => Evaluate(() =>
        {
            RequirePositive(batch_size, nameof(batch_size));
            if (x?.Sequence is { } sequence) return SourceOf(sequence, steps, shuffles: false, SequenceSource.Use.Evaluation);
            if (x?.Dataset is { } dataset) return SourceOf(dataset, steps, startsAnew: true, compares: true);
            var arrays = InOrder(x, y, sample_weight, compares: true);
            return SourceOf(arrays, batch_size, steps, shuffle: false, size => StaticBatch(arrays.X[0].Length, size));
        }, pulls: x?.Dataset is not null || x?.Sequence is not null, verbose, steps, callbacks, return_dict);

    /// <summary>Computes the loss and the metrics on batches from a generator: (inputs, targets) or (inputs, targets, sample weights).</summary>
    /// <param name="x">The batches.</param>
    /// <param name="verbose">"auto" or 1: a progress bar; 2: a line; 0: nothing.</param>
    /// <param name="steps">The number of batches to evaluate; by default all that the generator gives.</param>
    /// <param name="callbacks">Callbacks that are called during the evaluation.</param>
    /// <param name="return_dict">Whether the result prints as a dictionary; its values can be read by name either way.</param>
    /// <exception cref="ValueError">The data doesn't fit the model, the generator gives no batch, or the model isn't compiled.</exception>
    public Evaluation evaluate<T>(IEnumerable<T> x, Verbose? verbose = null, int? steps = null, CallbackList? callbacks = null, bool return_dict = false)
        where T : struct, ITuple =>
        Evaluate(() => SourceOf(Batches(x, nameof(x)), steps, startsAnew: true, compares: true), pulls: true, verbose, steps, callbacks, return_dict);

    private Evaluation Evaluate(Func<BatchSource> open, bool pulls, Verbose? verbose, int? steps, CallbackList? callbacks, bool return_dict)
    {
        using var turn = Turns.Take();
        using var call = Begin(fits: false, tells: pulls || callbacks is { Count: > 0 });
        RequireCompiled();
        RequirePositive(steps, nameof(steps));
        // As in Keras, metrics of a model that was built but has had no data since `compile` aren't reset first: they go on from the state that they hold.
        bool continues = built && _saysWhatIsOdd;
        using var source = open();
        source.Peek();
        var told = new CallbackCalls(this, callbacks ?? [], verbose ?? "auto", epochs: 1, source.Steps);
        var logs = Test(source, told, continues);
        return new Evaluation(NamesOf(logs), logs, return_dict);
    }

    private Logs Test(BatchSource source, CallbackCalls told, bool continues = false)
    {
        var means = new RunningMetrics(Goals, LossMeans, continues);
        Logs? last = null;
        ResetOwnMetrics();
        stop_evaluating = false;
        source.BeginEpoch(0);
        using (Telling(told.AreOwn))
        {
            told.OnTestBegin();
            told.OnTestBatchBegin(0);
        }
        bool actsOnBatches = told.ActOnTestBatches;
        Run(running => running.Test(source.Batches(0), (step, result) =>
        {
            var soFar = last = Shown(means, result);
            // No other run may report its results while callbacks are called with these.
            using var telling = Telling(actsOnBatches);
            told.OnTestBatchEnd(step, soFar);
            if (stop_evaluating) return false;
            if (step + 1 != source.Due) told.OnTestBatchBegin(step + 1);
            return true;
        }, actsOnBatches || source.IsForeign));
        DrawAtEnd(source, trains: false);
        var logs = Shown(means, last);
        using (Telling(told.AreOwn)) told.OnTestEnd(logs);
        return logs;
    }

    /// <summary>
    /// Draws once more what a step draws: where nobody knows that the data ends, TensorFlow finds out within a step, whose layers have drawn by then.
    /// </summary>
    private void DrawAtEnd(BatchSource source, bool trains)
    {
        if (source.EndedAfter is { } last) Run(running => running.Draw(last, trains));
    }
}
