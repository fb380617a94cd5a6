using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort.Callbacks;

/// <summary>
/// Told of what happens in <c>fit</c>, <c>evaluate</c> and <c>predict</c>: derive from it and override what you need.
/// Logs are never null; where there is nothing to tell they are empty. Those of batches are one object used again; copy what you keep.
/// </summary>
public abstract class Callback
{
    /// <summary>The model that is trained, evaluated or asked.</summary>
    public Model model { get; internal set; } = null!;

    /// <summary>
    /// What <c>fit</c>, <c>evaluate</c> or <c>predict</c> was called with: "verbose", "epochs" and "steps", which is <c>null</c> where nobody knows.
    /// </summary>
    public IReadOnlyDictionary<string, object?> @params { get; internal set; } = new Dictionary<string, object?>();

    /// <summary>
    /// Called before anything else, when <see cref="model"/> is set. (Keras' <c>set_model</c> is a name that C# can't have beside the
    /// property.)
    /// </summary>
    internal virtual void ModelSet() { }

    /// <summary>
    /// Whether it must be told of a batch before the next one begins: when it overrides one of these methods, since it may then look at
    /// the weights, change the learning rate or stop. One that only watches says no; it may be told of some batches together.
    /// </summary>
    internal virtual bool ActsOn(params ReadOnlySpan<string> methods)
    {
        foreach (string method in methods)
        {
            if (GetType().GetMethod(method)!.DeclaringType != typeof(Callback)) return true;
        }
        return false;
    }

    /// <summary>
    /// Names what it remembers, so that <see cref="BackupAndRestore"/> can save it and give it back: <c>state.Keep("wait", ref _wait);</c>
    /// for each field that <see cref="on_train_begin"/> doesn't set anew from the outside.
    /// </summary>
    public virtual void keep_state(TrainingState state) { }

    /// <summary>Before training.</summary>
    public virtual void on_train_begin(Logs logs) { }

    /// <summary>After training, with the last epoch's logs.</summary>
    public virtual void on_train_end(Logs logs) { }

    /// <summary>Before an epoch; the first is 0.</summary>
    public virtual void on_epoch_begin(int epoch, Logs logs) { }

    /// <summary>After an epoch and its validation.</summary>
    public virtual void on_epoch_end(int epoch, Logs logs) { }

    /// <summary>Before a training batch; the first is 0. Without override it calls <see cref="on_batch_begin"/>.</summary>
    public virtual void on_train_batch_begin(int batch, Logs logs) => on_batch_begin(batch, logs);

    /// <summary>After a training batch, with the means of the epoch so far. Without override it calls <see cref="on_batch_end"/>.</summary>
    public virtual void on_train_batch_end(int batch, Logs logs) => on_batch_end(batch, logs);

    /// <summary>An older name of <see cref="on_train_batch_begin"/>.</summary>
    public virtual void on_batch_begin(int batch, Logs logs) { }

    /// <summary>An older name of <see cref="on_train_batch_end"/>.</summary>
    public virtual void on_batch_end(int batch, Logs logs) { }

    /// <summary>Before an evaluation, also that of a validation.</summary>
    public virtual void on_test_begin(Logs logs) { }

    /// <summary>After an evaluation, with its results.</summary>
    public virtual void on_test_end(Logs logs) { }

    /// <summary>Before a batch of an evaluation.</summary>
    public virtual void on_test_batch_begin(int batch, Logs logs) { }

    /// <summary>After a batch of an evaluation.</summary>
    public virtual void on_test_batch_end(int batch, Logs logs) { }

    /// <summary>Before a prediction.</summary>
    public virtual void on_predict_begin(Logs logs) { }

    /// <summary>After a prediction.</summary>
    public virtual void on_predict_end(Logs logs) { }

    /// <summary>Before a batch of a prediction.</summary>
    public virtual void on_predict_batch_begin(int batch, Logs logs) { }

    /// <summary>After a batch of a prediction, with what came out as <see cref="Logs.outputs"/>.</summary>
    public virtual void on_predict_batch_end(int batch, Logs logs) { }
}
