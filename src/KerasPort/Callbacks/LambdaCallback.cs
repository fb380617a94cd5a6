namespace KerasPort.Callbacks;

/// <summary>A callback made of functions: <c>LambdaCallback(on_epoch_end: (epoch, logs) => print(logs["loss"]))</c>.</summary>
public sealed class LambdaCallback : Callback
{
    private readonly Action<int, Logs>? _epochBegin, _epochEnd, _trainBatchBegin, _trainBatchEnd, _batchBegin, _batchEnd;
    private readonly Action<int, Logs>? _testBatchBegin, _testBatchEnd, _predictBatchBegin, _predictBatchEnd;
    private readonly Action<Logs>? _trainBegin, _trainEnd, _testBegin, _testEnd, _predictBegin, _predictEnd;

    /// <summary>Creates a callback that calls these functions.</summary>
    public LambdaCallback(
        Action<int, Logs>? on_epoch_begin = null, Action<int, Logs>? on_epoch_end = null,
        Action<Logs>? on_train_begin = null, Action<Logs>? on_train_end = null,
        Action<int, Logs>? on_train_batch_begin = null, Action<int, Logs>? on_train_batch_end = null,
        Action<int, Logs>? on_batch_begin = null, Action<int, Logs>? on_batch_end = null,
        Action<Logs>? on_test_begin = null, Action<Logs>? on_test_end = null,
        Action<int, Logs>? on_test_batch_begin = null, Action<int, Logs>? on_test_batch_end = null,
        Action<Logs>? on_predict_begin = null, Action<Logs>? on_predict_end = null,
        Action<int, Logs>? on_predict_batch_begin = null, Action<int, Logs>? on_predict_batch_end = null)
    {
        (_epochBegin, _epochEnd, _trainBegin, _trainEnd) = (on_epoch_begin, on_epoch_end, on_train_begin, on_train_end);
        (_trainBatchBegin, _trainBatchEnd, _batchBegin, _batchEnd) = (on_train_batch_begin, on_train_batch_end, on_batch_begin, on_batch_end);
        (_testBegin, _testEnd, _testBatchBegin, _testBatchEnd) = (on_test_begin, on_test_end, on_test_batch_begin, on_test_batch_end);
        (_predictBegin, _predictEnd, _predictBatchBegin, _predictBatchEnd) = (on_predict_begin, on_predict_end, on_predict_batch_begin, on_predict_batch_end);
    }

    internal override bool ActsOn(params ReadOnlySpan<string> methods)
    {
        foreach (string method in methods)
        {
            bool given = method switch
            {
                nameof(on_train_batch_begin) => _trainBatchBegin is not null,
                nameof(on_train_batch_end) => _trainBatchEnd is not null,
                nameof(on_batch_begin) => _batchBegin is not null,
                nameof(on_batch_end) => _batchEnd is not null,
                nameof(on_test_batch_begin) => _testBatchBegin is not null,
                nameof(on_test_batch_end) => _testBatchEnd is not null,
                nameof(on_predict_batch_end) => _predictBatchEnd is not null,
                _ => true,
            };
            if (given) return true;
        }
        return false;
    }

    /// <inheritdoc/>
    public override void on_epoch_begin(int epoch, Logs logs) => _epochBegin?.Invoke(epoch, logs);

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Logs logs) => _epochEnd?.Invoke(epoch, logs);

    /// <inheritdoc/>
    public override void on_train_begin(Logs logs) => _trainBegin?.Invoke(logs);

    /// <inheritdoc/>
    public override void on_train_end(Logs logs) => _trainEnd?.Invoke(logs);

    /// <inheritdoc/>
    public override void on_train_batch_begin(int batch, Logs logs) => (_trainBatchBegin ?? _batchBegin)?.Invoke(batch, logs);

    /// <inheritdoc/>
    public override void on_train_batch_end(int batch, Logs logs) => (_trainBatchEnd ?? _batchEnd)?.Invoke(batch, logs);

    /// <inheritdoc/>
    public override void on_test_begin(Logs logs) => _testBegin?.Invoke(logs);

    /// <inheritdoc/>
    public override void on_test_end(Logs logs) => _testEnd?.Invoke(logs);

    /// <inheritdoc/>
    public override void on_test_batch_begin(int batch, Logs logs) => _testBatchBegin?.Invoke(batch, logs);

    /// <inheritdoc/>
    public override void on_test_batch_end(int batch, Logs logs) => _testBatchEnd?.Invoke(batch, logs);

    /// <inheritdoc/>
    public override void on_predict_begin(Logs logs) => _predictBegin?.Invoke(logs);

    /// <inheritdoc/>
    public override void on_predict_end(Logs logs) => _predictEnd?.Invoke(logs);

    /// <inheritdoc/>
    public override void on_predict_batch_begin(int batch, Logs logs) => _predictBatchBegin?.Invoke(batch, logs);

    /// <inheritdoc/>
    public override void on_predict_batch_end(int batch, Logs logs) => _predictBatchEnd?.Invoke(batch, logs);
}
