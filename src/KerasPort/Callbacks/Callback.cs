using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort.Callbacks;

/// <summary>
/// Called at events of <c>fit</c>, <c>evaluate</c> and <c>predict</c>: derive from it and override what you need.
/// Logs are never null, but may be empty. The logs of batches are one reused object: copy what you keep.
/// </summary>
/// <example><code><![CDATA[
/// using KerasPort;
/// using KerasPort.Callbacks;
///
/// var x = np.zeros((32, 2));
/// var model = keras.Sequential([keras.Input(2), keras.layers.Dense(1)]);
/// model.compile(optimizer: "sgd", loss: "mse");
/// var history = model.fit(x, np.zeros(32), epochs: 10, verbose: 0, callbacks: [new StopWhenGood()]);
/// print(len(history.epoch));    // 1
///
/// class StopWhenGood : Callback
/// {
///     public override void on_epoch_end(int epoch, Logs logs)
///     {
///         if (logs["loss"] < 0.01) model.stop_training = true;
///     }
/// }
/// ]]></code></example>
public abstract class Callback
{
    /// <summary>The model that is trained, evaluated or used for a prediction.</summary>
    public Model model { get; internal set; } = null!;

    /// <summary>Arguments of <c>fit</c>, <c>evaluate</c> or <c>predict</c>: "verbose", "epochs" and "steps" (<c>null</c> where unknown).</summary>
    public IReadOnlyDictionary<string, object?> @params { get; internal set; } = new Dictionary<string, object?>();

    /// <summary>Called before anything else, when <see cref="model"/> is set. (C# doesn't allow Keras' name <c>set_model</c> beside the property.)</summary>
    internal virtual void ModelSet() { }

    /// <summary>
    /// Whether it must be called before the next batch begins: if it overrides one of these methods, since it may then read the weights, change the learning
    /// rate or stop. A callback that only observes returns <c>false</c>, and may be called for several batches at once.
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
    /// Names the state that <see cref="BackupAndRestore"/> saves and restores: <c>state.Keep("wait", ref _wait);</c> for each field that
    /// <see cref="on_train_begin"/> doesn't set again from outside.
    /// </summary>
    public virtual void keep_state(TrainingState state) { }

    /// <summary>Called before training.</summary>
    /// <param name="logs">Empty.</param>
    public virtual void on_train_begin(Logs logs) { }

    /// <summary>Called after training.</summary>
    /// <param name="logs">The last epoch's logs.</param>
    public virtual void on_train_end(Logs logs) { }

    /// <summary>Called before an epoch.</summary>
    /// <param name="epoch">The epoch, counted from 0.</param>
    /// <param name="logs">Empty.</param>
    public virtual void on_epoch_begin(int epoch, Logs logs) { }

    /// <summary>Called after an epoch and its validation.</summary>
    /// <param name="epoch">The epoch, counted from 0.</param>
    /// <param name="logs">The loss and the metrics by name; those of the validation with val_ in front.</param>
    public virtual void on_epoch_end(int epoch, Logs logs) { }

    /// <summary>Called before a training batch. The base method calls <see cref="on_batch_begin"/>.</summary>
    /// <param name="batch">The batch, counted from 0.</param>
    /// <param name="logs">Empty.</param>
    public virtual void on_train_batch_begin(int batch, Logs logs) => on_batch_begin(batch, logs);

    /// <summary>Called after a training batch. The base method calls <see cref="on_batch_end"/>.</summary>
    /// <param name="batch">The batch, counted from 0.</param>
    /// <param name="logs">The loss and the metrics by name: means of the epoch so far.</param>
    public virtual void on_train_batch_end(int batch, Logs logs) => on_batch_end(batch, logs);

    /// <summary>The older name of <see cref="on_train_batch_begin"/>.</summary>
    /// <param name="batch">The batch, counted from 0.</param>
    /// <param name="logs">Empty.</param>
    public virtual void on_batch_begin(int batch, Logs logs) { }

    /// <summary>The older name of <see cref="on_train_batch_end"/>.</summary>
    /// <param name="batch">The batch, counted from 0.</param>
    /// <param name="logs">The loss and the metrics by name: means of the epoch so far.</param>
    public virtual void on_batch_end(int batch, Logs logs) { }

    /// <summary>Called before an evaluation, that of a validation included.</summary>
    /// <param name="logs">Empty.</param>
    public virtual void on_test_begin(Logs logs) { }

    /// <summary>Called after an evaluation.</summary>
    /// <param name="logs">The loss and the metrics by name.</param>
    public virtual void on_test_end(Logs logs) { }

    /// <summary>Called before a batch of an evaluation.</summary>
    /// <param name="batch">The batch, counted from 0.</param>
    /// <param name="logs">Empty.</param>
    public virtual void on_test_batch_begin(int batch, Logs logs) { }

    /// <summary>Called after a batch of an evaluation.</summary>
    /// <param name="batch">The batch, counted from 0.</param>
    /// <param name="logs">The loss and the metrics by name: means of the evaluation so far.</param>
    public virtual void on_test_batch_end(int batch, Logs logs) { }

    /// <summary>Called before a prediction.</summary>
    /// <param name="logs">Empty.</param>
    public virtual void on_predict_begin(Logs logs) { }

    /// <summary>Called after a prediction.</summary>
    /// <param name="logs">Empty.</param>
    public virtual void on_predict_end(Logs logs) { }

    /// <summary>Called before a batch of a prediction.</summary>
    /// <param name="batch">The batch, counted from 0.</param>
    /// <param name="logs">Empty.</param>
    public virtual void on_predict_batch_begin(int batch, Logs logs) { }

    /// <summary>Called after a batch of a prediction, with the outputs in <see cref="Logs.outputs"/>.</summary>
    /// <param name="batch">The batch, counted from 0.</param>
    /// <param name="logs">The outputs.</param>
    public virtual void on_predict_batch_end(int batch, Logs logs) { }
}
