using KerasPort.Engines;
using KerasPort.Training;

namespace KerasPort.Models;

// Single batches: without callbacks and progress bar, and with metrics that are reset for each.
public abstract partial class Model
{
    /// <summary>Trains the model by one step on one batch.</summary>
    /// <param name="x">Inputs, one row per sample.</param>
    /// <param name="y">Targets, one row per sample.</param>
    /// <param name="sample_weight">The weight of each sample.</param>
    /// <param name="class_weight">The weight of each class' samples, by class number; 1 for a class that isn't named.</param>
    /// <param name="return_dict">Whether the result prints as a dictionary; its values can be read by name either way.</param>
    /// <returns>The loss and the metrics of this batch alone, with the weights before the step.</returns>
    /// <exception cref="ValueError">The data doesn't fit the model, both kinds of weights are given, or the model isn't compiled.</exception>
    public Evaluation train_on_batch(Data x, Data? y = null, Data? sample_weight = null, Dictionary<int, double>? class_weight = null,
        bool return_dict = false) => OnBatch(() =>
        {
            if (class_weight is not null && sample_weight is not null)
                throw new ValueError("Arguments `sample_weight` and `class_weight` cannot be specified at the same time.");
            return Weighted(InOrder(x, y, sample_weight, compares: true), class_weight);
        }, trains: true, return_dict);

    /// <summary>Computes the loss and the metrics of one batch.</summary>
    /// <param name="x">Inputs, one row per sample.</param>
    /// <param name="y">Targets, one row per sample.</param>
    /// <param name="sample_weight">The weight of each sample.</param>
    /// <param name="return_dict">Whether the result prints as a dictionary; its values can be read by name either way.</param>
    /// <exception cref="ValueError">The data doesn't fit the model, or the model isn't compiled.</exception>
    public Evaluation test_on_batch(Data x, Data? y = null, Data? sample_weight = null, bool return_dict = false) =>
        OnBatch(() => InOrder(x, y, sample_weight, compares: true), trains: false, return_dict);

    private Evaluation OnBatch(Func<Arrays> given, bool trains, bool return_dict)
    {
        using var turn = Turns.Take();
        using var call = Begin(fits: trains, tells: false);
        RequireCompiled();
        var arrays = given();
        int rows = arrays.X[0].Length;
        using var source = SourceOf(arrays, rows, null, shuffle: false, size => size);
        if (trains) BuildOptimizer();
        var means = _runningMetrics = new RunningMetrics(Goals, LossMeans);
        ResetOwnMetrics();
        Logs? last = null;
        source.BeginEpoch(0);
        Run(running =>
        {
            if (trains) running.Train(source.Batches(0), Add, atOnce: true);
            else running.Test(source.Batches(0), Add, atOnce: true);
        });
        var logs = Shown(means, last);
        return new Evaluation(NamesOf(logs), logs, return_dict);

        bool Add(int batch, BatchResult result)
        {
            _engineIsAhead |= trains;
            last = Shown(means, result);
            return true;
        }
    }
}
