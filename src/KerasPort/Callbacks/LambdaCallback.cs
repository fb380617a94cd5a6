namespace KerasPort.Callbacks;

/// <summary>A callback of functions: <c>LambdaCallback(on_epoch_end: (epoch, logs) => print(logs["loss"]))</c>.</summary>
public sealed class LambdaCallback : Callback
{
    private readonly Action<int, Logs?>? _epochBegin, _epochEnd, _trainBatchBegin, _trainBatchEnd;
    private readonly Action<Logs?>? _trainBegin, _trainEnd;

    /// <summary>A callback that calls these functions.</summary>
    public LambdaCallback(
        Action<int, Logs?>? on_epoch_begin = null, Action<int, Logs?>? on_epoch_end = null,
        Action<Logs?>? on_train_begin = null, Action<Logs?>? on_train_end = null,
        Action<int, Logs?>? on_train_batch_begin = null, Action<int, Logs?>? on_train_batch_end = null)
    {
        _epochBegin = on_epoch_begin;
        _epochEnd = on_epoch_end;
        _trainBegin = on_train_begin;
        _trainEnd = on_train_end;
        _trainBatchBegin = on_train_batch_begin;
        _trainBatchEnd = on_train_batch_end;
    }

    internal override bool ActsOn(params ReadOnlySpan<string> methods) =>
        methods.Contains(nameof(on_train_batch_end)) && (_trainBatchBegin is not null || _trainBatchEnd is not null);

    /// <inheritdoc/>
    public override void on_epoch_begin(int epoch, Logs? logs = null) => _epochBegin?.Invoke(epoch, logs);

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Logs? logs = null) => _epochEnd?.Invoke(epoch, logs);

    /// <inheritdoc/>
    public override void on_train_begin(Logs? logs = null) => _trainBegin?.Invoke(logs);

    /// <inheritdoc/>
    public override void on_train_end(Logs? logs = null) => _trainEnd?.Invoke(logs);

    /// <inheritdoc/>
    public override void on_train_batch_begin(int batch, Logs? logs = null) => _trainBatchBegin?.Invoke(batch, logs);

    /// <inheritdoc/>
    public override void on_train_batch_end(int batch, Logs? logs = null) => _trainBatchEnd?.Invoke(batch, logs);
}
