using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using KerasPort.Callbacks;
using KerasPort.Console.Analysis;
using KerasPort.Distribution;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort.Console;

/// <summary>
/// Records one model's training and test for the report, and ends them after the batch in which a signal came.
/// Reads and writes take a lock: the report after a signal may be written while a batch still runs.
/// </summary>
internal sealed class Recorder(string modelName, long? seed, Interruption interruption) : Callback
{
    private readonly Dictionary<string, List<double>> _history = [];
    private readonly List<double> _epochSeconds = [];
    private LayerClock? _clock;
    private bool _training;
    private long _started;
    private double _secondsBefore;

    public Lock Lock { get; } = new();

    public string ModelName => modelName;
    public long? Seed => seed;
    public IReadOnlyList<Layer> Layers { get; private set; } = [];
    public string? InitialWeights { get; private set; }
    public string? Weights { get; private set; }
    public IReadOnlyDictionary<string, List<double>> History => _history;
    public IReadOnlyList<double> EpochSeconds => _epochSeconds;
    public IReadOnlyDictionary<string, double>? Test { get; private set; }
    public double? EvaluateSeconds { get; private set; }
    public long PeakMemoryBytes { get; private set; }

    /// <summary>Whether peak memory counts from <see cref="CountMemoryFromHere"/>, rather than from the start of the process.</summary>
    public bool PeakMemoryIsOfModel { get; private set; }

    /// <summary>The time of each layer in the first epoch.</summary>
    public LayerClock? LayerTimes { get; private set; }

    /// <summary>The analysis of the trained model; null until <see cref="Analyse"/>.</summary>
    public ModelAnalysis? Analysis { get; private set; }

    /// <summary>
    /// Restarts the measurement of peak memory before a model is made, so that earlier models don't count. Models that train at the same time do.
    /// </summary>
    public void CountMemoryFromHere() => PeakMemoryIsOfModel = Machine.ForgetPeakMemory();

    public override void keep_state(TrainingState state)
    {
        lock (Lock)
        {
            string? initial = InitialWeights;
            (double seconds, long peak) = (SecondsSinceStart(), PeakMemoryBytes);
            state.Keep("history", _history);
            state.Keep("epoch_seconds", _epochSeconds);
            state.Keep("initial_weights", ref initial);
            state.Keep("seconds", ref seconds);
            state.Keep("peak_memory", ref peak);
            (InitialWeights, PeakMemoryBytes) = (initial, peak);
            (_secondsBefore, _started) = (seconds, Stopwatch.GetTimestamp());
        }
    }

    // Where an engine runs ahead, a signal ends it some batches later.
    internal override bool ActsOn(params ReadOnlySpan<string> methods) => false;

    public override void on_train_begin(Logs logs)
    {
        ThrowIfEnding();
        lock (Lock)
        {
            _training = true;
            Layers = [.. model.layers];
            InitialWeights = Hash(model.get_weights());
        }
    }

    public override void on_epoch_begin(int epoch, Logs logs)
    {
        Start();
        // One epoch is enough, and costs less than two epochs differ by anyway.
        if (LayerTimes is null) _clock = new LayerClock();
    }

    public override void on_train_batch_end(int batch, Logs logs)
    {
        if (Ends) model.Progress!.Interrupt();
    }

    public override void on_epoch_end(int epoch, Logs logs)
    {
        lock (Lock)
        {
            _epochSeconds.Add(SecondsSinceStart());
            _clock?.Dispose();
            LayerTimes ??= _clock;
            foreach (var (name, value) in logs)
            {
                if (!_history.TryGetValue(name, out var values)) _history[name] = values = [];
                values.Add(value);
            }
            PeakMemoryBytes = Math.Max(PeakMemoryBytes, Machine.PeakMemoryBytes());
        }
        if (Ends) model.Progress!.Interrupt();
    }

    public override void on_train_end(Logs logs) => TakeWeights();

    /// <summary>Hashes the weights at the end of the training, however it ended.</summary>
    public void TakeWeights()
    {
        lock (Lock)
        {
            if (_training) Weights = Hash(model.get_weights());
            _training = false;
        }
    }

    // A validation inside the training is part of its epoch, not the test.
    public override void on_test_begin(Logs logs)
    {
        if (_training) return;
        ThrowIfEnding();
        Start();
    }

    public override void on_test_batch_end(int batch, Logs logs)
    {
        if (!_training) ThrowIfEnding();
    }

    public override void on_test_end(Logs logs)
    {
        if (_training) return;
        lock (Lock)
        {
            EvaluateSeconds = SecondsSinceStart();
            Test = new Dictionary<string, double>(logs);
            PeakMemoryBytes = Math.Max(PeakMemoryBytes, Machine.PeakMemoryBytes());
        }
    }

    /// <summary>Analyses the trained model, once the lesson is over.</summary>
    public void Analyse()
    {
        ThrowIfEnding();
        var analysis = new ModelAnalysis(model);
        lock (Lock) Analysis = analysis;
    }

    /// <summary>Whether the run is to end here: among processes that train together, when all of them know of the signal.</summary>
    private bool Ends => Ranks.Current is { Count: > 1 } ranks ? ranks.Ending is not null : interruption.Requested;

    private void ThrowIfEnding()
    {
        if (Ends) throw new OperationCanceledException("interrupted");
    }

    private void Start() => (_started, _secondsBefore) = (Stopwatch.GetTimestamp(), 0);

    private double SecondsSinceStart() => _secondsBefore + Stopwatch.GetElapsedTime(_started).TotalSeconds;

    /// <summary>SHA-256 of the weights as little-endian float32, in Keras' order.</summary>
    private static string Hash(NDArray[] weights)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var weight in weights) hash.AppendData(MemoryMarshal.AsBytes(weight.ToFloats().AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
