namespace KerasPort.Callbacks;

/// <summary>Ends training after the first batch with a loss that is NaN or infinite, as Keras' callback of that name does.</summary>
public sealed class TerminateOnNaN : Callback
{
    /// <summary>Creates a callback that monitors the loss.</summary>
    /// <param name="raise_error">Whether to throw instead of stopping the training, in which case no further callback is called.</param>
    public TerminateOnNaN(bool raise_error = false) => this.raise_error = raise_error;

    /// <summary>Whether to throw instead of stopping the training.</summary>
    public bool raise_error { get; }

    /// <inheritdoc/>
    /// <exception cref="RuntimeError">The loss is NaN or infinite, and <see cref="raise_error"/> is set.</exception>
    public override void on_batch_end(int batch, Logs logs)
    {
        if (!logs.TryGetValue("loss", out double loss) || double.IsFinite(loss)) return;
        if (raise_error)
            throw new RuntimeError($"NaN or Inf loss encountered at batch {batch}. Loss value: {PythonText.Str(loss)}. Terminating training immediately.");
        Messages.Out.Write($"Batch {batch}: Invalid loss, terminating training\n");
        model.stop_training = true;
    }
}
