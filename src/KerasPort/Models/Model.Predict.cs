using KerasPort.Callbacks;
using KerasPort.Layers;
using KerasPort.Training;

namespace KerasPort.Models;

public abstract partial class Model
{
    private volatile bool _stopsPredicting;
    private int _predictionsStopped;

    /// <summary>
    /// Ends predictions after the current batch: set by a callback, it ends the callback's own prediction; set elsewhere, all that are under way.
    /// </summary>
    public bool stop_predicting
    {
        get => InsideCall?.IsStopped ?? _stopsPredicting;
        set
        {
            if (InsideCall is { } inside) inside.IsStopped = value;
            else if (_stopsPredicting = value) Interlocked.Increment(ref _predictionsStopped);
        }
    }

    /// <summary>Computes the outputs for inputs. The model need not be compiled.</summary>
    /// <param name="x">Inputs, one row per sample; or a <see cref="Dataset"/> of batches, whose targets are ignored.</param>
    /// <param name="batch_size">Samples per step; 32 by default.</param>
    /// <param name="verbose">"auto" or 1: a progress bar; 2: a line; 0: nothing.</param>
    /// <param name="steps">The number of batches to predict; all by default.</param>
    /// <param name="callbacks">Callbacks that are called during the prediction.</param>
    /// <returns>An array; several outputs are together in it, and are taken apart by <c>predict(x)[0]</c> or <c>var (a, b) = …</c>.</returns>
    /// <exception cref="ValueError">The data doesn't fit the model.</exception>
    /// <example><code>
    /// var model = keras.Sequential([keras.Input(4), keras.layers.Dense(3, activation: "softmax")]);
    /// var probabilities = model.predict(np.zeros((2, 4)), verbose: 0);
    /// print(probabilities.shape);              // (2, 3)
    /// print(probabilities.sum(axis: 1));       // [1. 1.]
    /// print(probabilities.argmax(axis: 1));    // [0 0]
    /// </code></example>
    public NDArray predict(Data x, int? batch_size = null, Verbose? verbose = null, int? steps = null, CallbackList? callbacks = null)
    {
        bool isTold = verbose is not { Level: 0 } || callbacks is { Count: > 0 };
        if (!isTold && steps is null && x?.Only is { ndim: > 0 } rows && rows.Length <= (batch_size ?? 32) && Answer(rows) is { } answer) return answer;
        return PredictArrays(x, batch_size, verbose, steps, callbacks);
    }

    // A method of its own, since the fast path would otherwise allocate the closure of these lambdas, too.
    private NDArray PredictArrays(Data? x, int? batch_size, Verbose? verbose, int? steps, CallbackList? callbacks) =>
        Arranged(Predict(() =>
        {
            RequirePositive(batch_size, nameof(batch_size));
            if (x?.Sequence is { } sequence) return SourceOf(sequence, steps, shuffles: false, SequenceSource.Use.Prediction);
            if (x?.Dataset is { } dataset) return SourceOf(dataset, steps, startsAnew: true, compares: false);
            var arrays = InOrder(x, null, null, compares: false);
            return SourceOf(arrays, batch_size, steps, shuffle: false, size => Math.Min(arrays.X[0].Length, size));
        }, pulls: x?.Dataset is not null || x?.Sequence is not null, verbose, steps, callbacks));

    /// <summary>Computes the outputs for batches of inputs from a generator.</summary>
    /// <param name="x">The batches.</param>
    /// <param name="verbose">"auto" or 1: a progress bar; 2: a line; 0: nothing.</param>
    /// <param name="steps">The number of batches to predict; by default all that the generator gives.</param>
    /// <param name="callbacks">Callbacks that are called during the prediction.</param>
    /// <exception cref="ValueError">The data doesn't fit the model, or the generator gives no batch.</exception>
    public NDArray predict(IEnumerable<NDArray> x, Verbose? verbose = null, int? steps = null, CallbackList? callbacks = null) =>
        Predicted(x, verbose, steps, callbacks);

    /// <summary>Computes the outputs for the inputs of batches as <c>fit</c> takes them; their targets and weights are ignored.</summary>
    /// <inheritdoc cref="predict(IEnumerable{NDArray}, Verbose?, int?, CallbackList?)"/>
    public NDArray predict<T>(IEnumerable<T> x, Verbose? verbose = null, int? steps = null, CallbackList? callbacks = null) where T : struct, ITuple =>
        Predicted(x, verbose, steps, callbacks);

    /// <summary>Computes the outputs for one batch of inputs, without callbacks and progress bar.</summary>
    /// <exception cref="ValueError">The data doesn't fit the model.</exception>
    public NDArray predict_on_batch(Data x) => x?.Only is { } rows ? predict_on_batch(rows) : Arranged(OnBatch(InOrder(x, null, null, compares: false)));

    /// <inheritdoc cref="predict_on_batch(Data)"/>
    public NDArray predict_on_batch(NDArray x) => (x is null ? null : Answer(x)) ?? Arranged(OnBatch(InOrder(x, null, null, compares: false)));

    /// <inheritdoc cref="predict_on_batch(Data)"/>
    [OverloadResolutionPriority(1)]
    public NDArray predict_on_batch(NDArray[] x) => predict_on_batch(Data.Create(x));

    /// <summary>
    /// The outputs for a single batch of few rows without callbacks, as a web service predicts again and again: allocates only the result. <c>null</c> where
    /// the general way is needed, such as for the first plan, or where the rows don't fit the model.
    /// </summary>
    private NDArray? Answer(NDArray x)
    {
        const int MostValues = 1 << 15;
        if (_running is null || x.ndim == 0 || x.Length == 0 || x.size > MostValues) return null;
        using var turn = TurnToPredict();
        using var call = Begin(fits: false, tells: false);
        bool isOne = inputs.Count == 1 && Takes.Kind == Arrangement.Kinds.One && Gives.Kind == Arrangement.Kinds.One;
        if (!isOne || !IsAsExpected(x.shape, inputs[0].shape)) return null;
        _stopsPredicting = false;
        using var run = BeginRun();
        return run.On.Answer(x);
    }

    internal override bool TakesMask => true;

    // A derived class with its own call has a graph of one call: the model itself.
    internal override bool TrainsByDefault => Graph is { } graph
        ? graph.Calls.Any(call => call.Layer != this && call.Layer is not SizedImages && (call.Training ?? call.Layer.TrainsByDefault)) : base.TrainsByDefault;

    // A model applied outside of training uses the engine's plan, which exists already and gives the same. No plan is for a batch without rows.
    private protected override Tensor[] ApplyToValues(Tensor[] inputs, bool? training) =>
        (training ?? (TrainsByDefault || SaysTraining)) || MakesMask || AddsLosses || inputs.Any(x => x.Mask is not null || x.Size == 0)
            ? base.ApplyToValues(inputs, training)
            : [.. OnBatch(new Arrays([.. inputs.Select(x => x.numpy())], [], [])).Select(y => (Tensor)y)];

    /// <summary>The outputs, arranged as the model's <c>call</c> returns them.</summary>
    private NDArray Arranged(NDArray[] outputs) => Gives.Kind == Arrangement.Kinds.One ? NDArray.Of(outputs)
        : NDArray.Outputs(Gives.AsListed(outputs), Gives.Listed ?? Gives.Names);

    private NDArray[] OnBatch(Arrays arrays)
    {
        int rows = arrays.X[0].ndim > 0 ? arrays.X[0].Length : 0;
        return Predict(() => SourceOf(arrays, Math.Max(rows, 1), null, shuffle: false, _ => null), pulls: false, 0, null, null);
    }

    private NDArray Predicted<T>(IEnumerable<T> x, Verbose? verbose, int? steps, CallbackList? callbacks) =>
        Arranged(Predict(() => SourceOf(Batches(x, nameof(x)), steps, startsAnew: true, compares: false), pulls: true, verbose, steps, callbacks));

    private NDArray[] Predict(Func<BatchSource> open, bool pulls, Verbose? verbose, int? steps, CallbackList? callbacks)
    {
        using var turn = TurnToPredict();
        using var call = Begin(fits: false, tells: pulls || callbacks is { Count: > 0 });
        RequirePositive(steps, nameof(steps));
        using var source = open();
        source.Peek();
        var told = new CallbackCalls(this, callbacks ?? [], verbose ?? "auto", epochs: 1, source.Steps);
        var given = new Outputs(outputs.Select(output => IsImplied ? new Shape(new int?[output.shape.Rank - 1]) : output.shape[1..]), source.Rows);
        bool own = told.AreOwn;
        int rows = 0, before = 0, stopped = _predictionsStopped;
        _stopsPredicting = false;
        source.BeginEpoch(0);
        using (Telling(own))
        {
            told.OnPredictBegin();
            told.OnPredictBatchBegin(0);
        }
        Run(running => running.Predict(source.Batches(0), given, (step, result) =>
        {
            (before, rows) = (rows, rows + result.Samples);
            using var telling = Telling(own);
            told.OnPredictBatchEnd(step, () => given.Copy(before, rows - before));
            if (call.IsStopped || stopped != _predictionsStopped)
            {
                _stopsPredicting = true;
                return false;
            }
            if (step + 1 != source.Due) told.OnPredictBatchBegin(step + 1);
            return true;
        }, own));
        using (Telling(own)) told.OnPredictEnd();
        return given.First(rows);
    }
}
