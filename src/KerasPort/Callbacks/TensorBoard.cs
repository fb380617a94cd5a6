using System.Diagnostics;
using KerasPort.Models;
using KerasPort.Saving;
using KerasPort.Summaries;

namespace KerasPort.Callbacks;

/// <summary>
/// Writes losses and metrics, and the weights as histograms, for TensorBoard (<c>tensorboard --logdir logs</c>): what Keras' callback
/// of that name writes, under the same names in the same files.
/// </summary>
/// <remarks>
/// As in Keras, with a number as <c>update_freq</c> an epoch's values are written only if the number of batches so far is a multiple of it, and an
/// evaluation's only if its own number is. Keras' images, embeddings and profiles are not written.
/// </remarks>
public sealed class TensorBoard : Callback
{
    private readonly TimeProvider _clock;
    private readonly int? _batches;
    private EventFile? _train, _validation;
    private long _trainBatch, _testBatch, _iterationsBefore, _epochStarted, _batchStarted;

    /// <summary>Creates a callback that writes below <paramref name="log_dir"/>.</summary>
    /// <param name="log_dir">The folder, in which <c>train</c> and <c>validation</c> are created.</param>
    /// <param name="histogram_freq">Epochs from one histogram of the weights to the next; 0 for none.</param>
    /// <param name="write_graph">Whether to write the model's layers, which TensorBoard draws as a graph.</param>
    /// <param name="write_steps_per_second">Whether to write the number of steps per second.</param>
    /// <param name="update_freq">"epoch"; or "batch" or a number of batches, to write the values after batches as well.</param>
    /// <exception cref="ValueError">The frequency is none of these.</exception>
    public TensorBoard(
        string log_dir = "logs", int histogram_freq = 0, bool write_graph = true,
        bool write_steps_per_second = false, Frequency update_freq = default)
        : this(log_dir, histogram_freq, write_graph, write_steps_per_second, update_freq, TimeProvider.System) { }

    internal TensorBoard(string log_dir, int histogram_freq, bool write_graph, bool write_steps_per_second, Frequency update_freq, TimeProvider clock)
    {
        if (string.IsNullOrEmpty(log_dir)) throw new ValueError($"TensorBoard needs a folder. Received: log_dir={PythonText.Repr(log_dir)}");
        _batches = update_freq.IsBatch ? 1 : update_freq.Batches;
        if (update_freq is { IsEpoch: false, IsBatch: false, Batches: null or <= 0 })
            throw new ValueError($"`update_freq` must be 'epoch', 'batch' or a number of batches. Received: update_freq={update_freq}");
        (this.log_dir, this.histogram_freq, this.write_graph, this.write_steps_per_second, _clock) =
            (log_dir, histogram_freq, write_graph, write_steps_per_second, clock);
    }

    /// <summary>The folder.</summary>
    public string log_dir { get; }

    /// <summary>Epochs from one histogram of the weights to the next; 0 for none.</summary>
    public int histogram_freq { get; }

    /// <summary>Whether to write the model's layers.</summary>
    public bool write_graph { get; }

    /// <summary>Whether to write the number of steps per second.</summary>
    public bool write_steps_per_second { get; }

    private EventFile Train => _train ??= new EventFile(Path.Combine(log_dir, "train"), _clock);

    private EventFile Validation => _validation ??= new EventFile(Path.Combine(log_dir, "validation"), _clock);

    // It only observes batches, reading no more than their logs. Steps per second, however, can't be measured where an engine runs ahead.
    internal override bool ActsOn(params ReadOnlySpan<string> methods) => write_steps_per_second;

    internal override void ModelSet()
    {
        Close();
        if (write_graph) Train.KerasModel("keras", model.to_json(), step: 0);
    }

    /// <inheritdoc/>
    public override void keep_state(TrainingState state)
    {
        state.Keep("train_batch", ref _trainBatch);
        state.Keep("test_batch", ref _testBatch);
    }

    /// <inheritdoc/>
    public override void on_train_begin(Logs logs)
    {
        _trainBatch = 0;
        _ = Train;
    }

    /// <inheritdoc/>
    public override void on_train_end(Logs logs) => Close();

    /// <inheritdoc/>
    public override void on_epoch_begin(int epoch, Logs logs)
    {
        if (!write_steps_per_second) return;
        (_iterationsBefore, _epochStarted) = (model.optimizer!.iterations, Stopwatch.GetTimestamp());
    }

    /// <inheritdoc/>
    public override void on_train_batch_begin(int batch, Logs logs)
    {
        _trainBatch++;
        if (write_steps_per_second) _batchStarted = Stopwatch.GetTimestamp();
    }

    /// <inheritdoc/>
    public override void on_train_batch_end(int batch, Logs logs)
    {
        if (_batches is null || !IsDue(_trainBatch)) return;
        if (write_steps_per_second) Train.Scalar("batch_steps_per_second", 1 / Stopwatch.GetElapsedTime(_batchStarted).TotalSeconds, _trainBatch);
        foreach (var (name, value) in logs) Train.Scalar($"batch_{name}", value, _trainBatch);
    }

    /// <inheritdoc/>
    public override void on_test_begin(Logs logs) => _ = Validation;

    /// <inheritdoc/>
    public override void on_test_batch_begin(int batch, Logs logs) => _testBatch++;

    /// <inheritdoc/>
    public override void on_test_end(Logs logs)
    {
        if (model.optimizer is not { } optimizer || !IsDue(_testBatch)) return;
        foreach (var (name, value) in logs) Validation.Scalar($"evaluation_{name}_vs_iterations", value, optimizer.iterations);
        Validation.Flush();
    }

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Logs logs)
    {
        if (!IsDue(_trainBatch)) return;
        if (logs.Count > 0)
        {
            foreach (var (name, value) in logs)
            {
                if (!IsOfValidation(name)) Train.Scalar($"epoch_{name}", value, epoch);
            }
            Train.Scalar("epoch_learning_rate", model.optimizer!.learning_rate, epoch);
            if (write_steps_per_second)
                Train.Scalar("epoch_steps_per_second",
                    (model.optimizer.iterations - _iterationsBefore) / Stopwatch.GetElapsedTime(_epochStarted).TotalSeconds, epoch);
            foreach (var (name, value) in logs)
            {
                if (IsOfValidation(name)) Validation.Scalar($"epoch_{name[4..]}", value, epoch);
            }
        }
        if (histogram_freq > 0 && epoch % histogram_freq == 0)
        {
            var paths = LayerPaths.Of(model);
            foreach (var weight in model.layers.SelectMany(layer => layer.variables))
                Train.Histogram($"{paths[weight]}/histogram", weight.numpy().ToFloats(), epoch);
        }
        _train?.Flush();
        _validation?.Flush();
    }

    private bool IsDue(long step) => _batches is not { } batches || step % batches == 0;

    private static bool IsOfValidation(string name) => name.StartsWith("val_", StringComparison.Ordinal);

    private void Close()
    {
        _train?.Dispose();
        _validation?.Dispose();
        (_train, _validation) = (null, null);
    }
}
