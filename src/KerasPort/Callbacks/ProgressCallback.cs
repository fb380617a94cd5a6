using KerasPort.Training;

namespace KerasPort.Callbacks;

/// <summary>Drives the progress bar as Keras' ProgbarLogger does: in <c>fit</c> a validation adds its values but no bar.</summary>
internal sealed class ProgressCallback(int verbose, int epochs, int? steps) : Callback
{
    private ProgressBar? _bar;
    private int? _steps = steps;
    private int _seen;
    private bool _inFit;

    internal override bool ActsOn(params ReadOnlySpan<string> methods) => false;

    public override void on_train_begin(Logs logs) => _inFit = true;

    public override void on_epoch_begin(int epoch, Logs logs)
    {
        Start();
        if (epochs > 1) Console.Out.Write($"Epoch {epoch + 1}/{epochs}\n");
    }

    public override void on_train_batch_end(int batch, Logs logs) => Update(batch, logs);

    public override void on_epoch_end(int epoch, Logs logs) => Finish(logs);

    public override void on_test_begin(Logs logs)
    {
        if (!_inFit) Start();
    }

    public override void on_test_batch_end(int batch, Logs logs)
    {
        if (!_inFit) Update(batch, logs);
    }

    public override void on_test_end(Logs logs)
    {
        if (!_inFit) Finish(logs);
    }

    public override void on_predict_begin(Logs logs) => Start();

    public override void on_predict_batch_end(int batch, Logs logs) => Update(batch, null);

    public override void on_predict_end(Logs logs) => Finish(null);

    private void Start()
    {
        _seen = 0;
        _bar = new ProgressBar(_steps, verbose, Console.Out, ProgressBar.Rewrites(Terminal.Current.IsTerminal), TimeProvider.System);
    }

    private void Update(int batch, Logs? logs)
    {
        _seen = batch + 1;
        if (verbose == 1) _bar!.Update(_seen, logs);
    }

    // How many there are is known when the first epoch has ended.
    private void Finish(Logs? logs) => _bar!.Update(_steps ??= _seen, logs, finalize: true);
}
