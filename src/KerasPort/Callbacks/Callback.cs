using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort.Callbacks;

/// <summary>
/// Told of what happens in <c>fit</c>, <c>evaluate</c> and <c>predict</c>: derive from it and override what you need.
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
    /// <summary>The model that is trained, evaluated or asked.</summary>
    public Model model { get; internal set; } = null!;

    /// <summary>
    /// Arguments of <c>fit</c>, <c>evaluate</c> or <c>predict</c>: "verbose", "epochs" and "steps" (<c>null</c> where unknown).
    /// </summary>
    public IReadOnlyDictionary<string, object?> @params { get; internal set; } = new Dictionary<string, object?>();

    /// <summary>
    /// Called before anything else, when <see cref="model"/> is set. (Keras' <c>set_model</c> is a name that C# can't have beside the
    /// property.)
    /// </summary>
    internal virtual void ModelSet() { }

    /// <summary>
    /// Whether it must be told of a batch before the next one begins: when it overrides one of these methods, since it may then look at
    /// the weights, change the learning rate or stop. A callback that only watches returns <c>false</c> and may be called for several batches at once.
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
    /// <param name="logs">Empty.</param>
    public virtual void on_train_begin(Logs logs) { }

    /// <summary>After training, with the last epoch's logs.</summary>
    /// <param name="logs">The last epoch's.</param>
    public virtual void on_train_end(Logs logs) { }

    /// <summary>Before an epoch; the first is 0.</summary>
    /// <param name="epoch">The epoch, counted from 0.</param>
    /// <param name="logs">Empty.</param>
    public virtual void on_epoch_begin(int epoch, Logs logs) { }

    /// <summary>After an epoch and its validation.</summary>
    /// <param name="epoch">The epoch, counted from 0.</param>
    /// <param name="logs">The loss and the metrics by name, with val_ before them those of the validation.</param>
    public virtual void on_epoch_end(int epoch, Logs logs) { }

    /// <summary>Before a training batch; the first is 0. Without override it calls <see cref="on_batch_begin"/>.</summary>
    /// <param name="batch">The batch, counted from 0.</param>
    /// <param name="logs">Empty.</param>
    public virtual void on_train_batch_begin(int batch, Logs logs) => on_batch_begin(batch, logs);

    /// <summary>After a training batch, with the means of the epoch so far. The base method calls <see cref="on_batch_end"/>.</summary>
    /// <param name="batch">The batch, counted from 0.</param>
    /// <param name="logs">The loss and the metrics by name: means of the epoch so far.</param>
    public virtual void on_train_batch_end(int batch, Logs logs) => on_batch_end(batch, logs);

    /// <summary>An older name of <see cref="on_train_batch_begin"/>.</summary>
    /// <param name="batch">The batch, counted from 0.</param>
    /// <param name="logs">Empty.</param>
    public virtual void on_batch_begin(int batch, Logs logs) { }

    /// <summary>An older name of <see cref="on_train_batch_end"/>.</summary>
    /// <param name="batch">The batch, counted from 0.</param>
    /// <param name="logs">The loss and the metrics by name: means of the epoch so far.</param>
    public virtual void on_batch_end(int batch, Logs logs) { }

    /// <summary>Before an evaluation, also that of a validation.</summary>
    /// <param name="logs">Empty.</param>
    public virtual void on_test_begin(Logs logs) { }

    /// <summary>After an evaluation, with its results.</summary>
    /// <param name="logs">The loss and the metrics by name.</param>
    public virtual void on_test_end(Logs logs) { }

    /// <summary>Before a batch of an evaluation.</summary>
    /// <param name="batch">The batch, counted from 0.</param>
    /// <param name="logs">Empty.</param>
    public virtual void on_test_batch_begin(int batch, Logs logs) { }

    /// <summary>After a batch of an evaluation.</summary>
    /// <param name="batch">The batch, counted from 0.</param>
    /// <param name="logs">The loss and the metrics by name: means of the evaluation so far.</param>
    public virtual void on_test_batch_end(int batch, Logs logs) { }

    /// <summary>Before a prediction.</summary>
    /// <param name="logs">Empty.</param>
    public virtual void on_predict_begin(Logs logs) { }

    /// <summary>After a prediction.</summary>
    /// <param name="logs">Empty.</param>
    public virtual void on_predict_end(Logs logs) { }

    /// <summary>Before a batch of a prediction.</summary>
    /// <param name="batch">The batch, counted from 0.</param>
    /// <param name="logs">Empty.</param>
    public virtual void on_predict_batch_begin(int batch, Logs logs) { }

    /// <summary>After a batch of a prediction, with what came out as <see cref="Logs.outputs"/>.</summary>
    /// <param name="batch">The batch, counted from 0.</param>
    /// <param name="logs">The outputs.</param>
    public virtual void on_predict_batch_end(int batch, Logs logs) { }
}
