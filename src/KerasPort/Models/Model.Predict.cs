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
        int batch = BatchSize(batch_size);
        x = Require(x, Math.Min(x.Length, batch));
        using var source = new ArraySource([x], [], [], batch, shuffle: false, steps: null);
        return Predict(source, verbose, callbacks)[0];
    }

    private NDArray[] Predict(BatchSource source, Verbose? verbose, CallbackList? callbacks)
    {
        var told = new CallbackCalls(this, callbacks ?? [], verbose ?? "auto", epochs: 1, source.Steps);
        var outputs = new Outputs([output_shape[1..]], source.Rows);
        bool own = told.AreOwn;
        int rows = 0, before = 0;
        using var call = Begin(fits: false, own);
        stop_predicting = false;
        source.BeginEpoch(0);
        using (Telling(own))
        {
            told.OnPredictBegin();
            told.OnPredictBatchBegin(0);
        }
        Run(running => running.Predict(Portions(source, 0), outputs, (step, result) =>
        {
            (before, rows) = (rows, rows + result.Samples);
            using var telling = Telling(own);
            told.OnPredictBatchEnd(step, () => outputs.Copy(before, rows - before)[0]);
            if (stop_predicting) return false;
            if (step + 1 != source.Due) told.OnPredictBatchBegin(step + 1);
            return true;
        }));
        using (Telling(own)) told.OnPredictEnd();
        return outputs.First(rows);
    }
}
