namespace KerasPort.Callbacks;

/// <summary>Ends training at the first batch after which the loss is no finite number, as Keras' callback of that name does.</summary>
public sealed class TerminateOnNaN : Callback
{
    /// <summary>A callback that watches the loss.</summary>
    /// <param name="raise_error">Whether it throws, so that no other callback is told of an end, instead of stopping the training.</param>
    public TerminateOnNaN(bool raise_error = false) => this.raise_error = raise_error;

    /// <summary>Whether it throws.</summary>
    public bool raise_error { get; }

    /// <inheritdoc/>
    /// <exception cref="RuntimeError">The loss is no finite number, and it is to throw.</exception>
    public override void on_batch_end(int batch, Logs logs)
    {
        if (!logs.TryGetValue("loss", out double loss) || double.IsFinite(loss)) return;
        if (raise_error)
            throw new RuntimeError($"NaN or Inf loss encountered at batch {batch}. Loss value: {PythonText.Str(loss)}. Terminating training immediately.");
        Messages.Out.Write($"Batch {batch}: Invalid loss, terminating training\n");
        model.stop_training = true;
    }
}
