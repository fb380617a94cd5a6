using KerasPort.Callbacks;
using KerasPort.Training;

namespace KerasPort.Models;

public abstract partial class Model
{
    /// <summary>Set by a callback to end a prediction after the batch at hand.</summary>
    public bool stop_predicting { get; set; }

    /// <summary>The outputs for these inputs. The model need not be compiled.</summary>
    /// <param name="x">Inputs, a row a sample.</param>
    /// <param name="batch_size">Samples a step; 32 by default.</param>
    /// <param name="verbose">"auto" or 1: a progress bar; 2: a line; 0: nothing.</param>
    /// <param name="callbacks">Told of what happens.</param>
    /// <exception cref="ValueError">The data doesn't fit the model.</exception>
    public NDArray predict(NDArray x, int? batch_size = null, Verbose? verbose = null, CallbackList? callbacks = null)
    {
        using var turn = Turns.Take();
        RequireRows(x, null);
        int batch = BatchSize(batch_size), steps = Steps(x.Length, batch);
        x = Require(x, Math.Min(x.Length, batch));
        var told = new CallbackCalls(this, callbacks ?? [], verbose ?? "auto", epochs: 1, steps);
        var shape = output_shape[1..].ToArray();
        int rows = 0, width = output_shape[1..].Size;
        if ((long)x.Length * width > Array.MaxLength)
            throw new ValueError($"The outputs of {x.Length} rows, {width} numbers each, are more than an array holds. Predict some of the rows at a time.");
        var outputs = new float[x.Length * width];
        bool own = told.AreOwn;
        using var call = Begin(fits: false, own);
        stop_predicting = false;
        using (Telling(own))
        {
            told.OnPredictBegin();
            told.OnPredictBatchBegin(0);
        }
        Run(running => running.Predict(x, batch, outputs, (step, _) =>
        {
            int first = step * batch;
            rows = Math.Min(first + batch, x.Length);
            using var telling = Telling(own);
            told.OnPredictBatchEnd(step, () => new NDArray(outputs[(first * width)..(rows * width)], [rows - first, .. shape]));
            if (stop_predicting) return false;
            if (step + 1 < steps) told.OnPredictBatchBegin(step + 1);
            return true;
        }));
        using (Telling(own)) told.OnPredictEnd();
        return new NDArray(outputs, [x.Length, .. shape])[..rows];
    }
}
