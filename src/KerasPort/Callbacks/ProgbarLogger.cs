using KerasPort.Training;

namespace KerasPort.Callbacks;

/// <summary>
/// Draws the progress bar; in <c>fit</c> a validation adds its values to it but has no bar of its own. If it isn't among the callbacks, one is added
/// behind them, so that a program gives it only to call it before others.
/// </summary>
public sealed class ProgbarLogger : Callback
{
    private ProgressBar? _bar;
    private int? _steps;
    private int _seen, _verbose = 1, _epochs = 1;
    private bool _inFit;
    private string[]? _shown;

    /// <summary>Sets the parameters of the run to show, as Keras' <c>set_params</c> does.</summary>
    internal void Follow(int verbose, int epochs, int? steps) => (_verbose, _epochs, _steps) = (verbose, epochs, steps);

    internal override bool ActsOn(params ReadOnlySpan<string> methods) => false;

    /// <inheritdoc/>
    public override void on_train_begin(Logs logs) => _inFit = true;

    /// <inheritdoc/>
    public override void on_epoch_begin(int epoch, Logs logs)
    {
        Start();
        if (_verbose > 0 && _epochs > 1) Messages.Out.Write($"Epoch {epoch + 1}/{_epochs}\n");
    }

    /// <inheritdoc/>
    public override void on_train_batch_end(int batch, Logs logs) => Update(batch, logs);

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Logs logs) => Finish(logs);

    /// <inheritdoc/>
    public override void on_test_begin(Logs logs)
    {
        if (!_inFit) Start();
    }

    /// <inheritdoc/>
    public override void on_test_batch_end(int batch, Logs logs)
    {
        if (!_inFit) Update(batch, logs);
    }

    /// <inheritdoc/>
    public override void on_test_end(Logs logs)
    {
        if (!_inFit) Finish(logs);
    }

    /// <inheritdoc/>
    public override void on_predict_begin(Logs logs) => Start();

    /// <inheritdoc/>
    public override void on_predict_batch_end(int batch, Logs logs) => Update(batch, null);

    /// <inheritdoc/>
    public override void on_predict_end(Logs logs) => Finish(null);

    private void Start()
    {
        (_seen, _shown) = (0, null);
        _bar = new ProgressBar(_steps, _verbose, Messages.Out, ProgressBar.Rewrites(Terminal.Current.IsTerminal), TimeProvider.System);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(int batch, Logs? logs)
    {
        _seen = batch + 1;
        if (logs is not null) _shown ??= [.. logs.Keys];
        if (_verbose == 1) _bar!.Update(_seen, logs);
    }

    // The number of steps may be known only once the first epoch has ended. Values shown at batches come before those that a validation adds.
    private void Finish(Logs? logs) => _bar!.Update(_steps ??= _seen, logs?.InOrder([.. _shown ?? [], .. logs.Keys]), finalize: true);
}
