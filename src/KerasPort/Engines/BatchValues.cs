using KerasPort.Graphs;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;

namespace KerasPort.Engines;

/// <summary>
/// The values that a plan reports of a batch, in this order: the losses of each output's samples, the losses that layers add, and what each metric
/// is given.
/// </summary>
internal sealed class BatchValues
{
    private readonly List<Tensor> _losses = [], _added = [], _metrics = [], _told = [];
    private readonly List<(int Count, Action<NDArray[]> Tell)> _listeners = [];
    private readonly List<Loss> _of = [];
    private readonly float[] _lossWeights, _means;
    private readonly double[] _meansOfPieces;
    private readonly int[] _sizes;
    private readonly bool[] _areWeighted;
    private readonly float _share;
    private readonly bool _isOwn;
    private float[] _ofPieces = [];
    private int[] _sizesOfPieces = [];

    /// <summary>Adds the nodes of these values to the list.</summary>
    public BatchValues(Graph graph, Model model, IReadOnlyList<Goal> goals, Tensor[] inputs, Tensor[] targets, Tensor[] weights, Tensor[] outputs)
    {
        Tensor Kept(Tensor values) => graph.At(new Storage { IsFixed = true }, values);
        Tensor? WeightOf(int output) => weights.Length == 0 ? null : weights[Math.Min(output, weights.Length - 1)];
        _share = graph.Batch.Share;
        _lossWeights = new float[goals.Count];
        _isOwn = model.HasLossOfItsOwn;
        var own = _isOwn ? Kept(model.OwnLoss(graph, inputs, targets, outputs, weights)) : null;
        foreach (var (i, goal) in goals.Index())
        {
            if (goal.Loss is null) continue;
            // A model's own loss is the whole loss. The losses of outputs are only reported: those that the model asked for, else 0.
            _lossWeights[_losses.Count] = _isOwn ? 0 : (float)goal.LossWeight;
            _losses.Add(Kept(!_isOwn ? goal.Loss.Call(graph, targets[i], outputs[i], WeightOf(i))
                : graph.Reshape(graph.OutputLosses.TryGetValue(i, out var asked) ? asked : graph.Lift(0), 1)));
            _of.Add(goal.Loss);
        }
        foreach (var loss in own is null ? graph.Losses : [own]) _added.Add(own is null ? Kept(loss) : loss);
        if (_losses.Count + _added.Count == 0) throw new ValueError("No loss to compute. Provide a `loss` argument in `compile()`.");
        var areWeighted = new List<bool>();
        foreach (var (i, goal) in goals.Index())
            foreach (var (at, metric) in goal.AllMetrics.Index())
            {
                var weight = at < goal.Metrics.Count ? null : WeightOf(i);
                _metrics.Add(Kept(metric.Call(graph, targets[i], outputs[i], weight)));
                areWeighted.Add(weight is not null || (metric.CountsMask && outputs[i].Mask is not null));
            }
        model.TellMetrics(graph, inputs, targets, outputs, weights);
        if (graph.Batch.IsPiece && (_isOwn || graph.Told.Count > 0))
            throw new ValueError($"Model '{model.name}' computes its loss or metrics in its own words, of whole batches: train it without a distribution.");
        foreach (var (values, tell) in graph.Told)
        {
            foreach (var value in values) _told.Add(graph.Add(new CopyNode(value), value.shape, new Storage { IsFixed = true }));
            _listeners.Add((values.Length, tell));
        }
        _areWeighted = [.. areWeighted];
        (_means, _meansOfPieces, _sizes) = (new float[_losses.Count], new double[_losses.Count], [.. _metrics.Select(m => m.Size)]);
    }

    /// <summary>All of them, in the order in which their values lie.</summary>
    public IEnumerable<Tensor> All => [.. _losses, .. _added, .. _metrics, .. _told];

    /// <summary>The losses at which the backward pass starts, each with its seed.</summary>
    public IEnumerable<(Tensor Of, Tensor Seed)> Seeds(Graph graph) =>
    [
        .. (_isOwn ? [] : _losses).Select((losses, i) =>
            (losses, graph.SeedOfMean(losses, _of[i].TrainsSum ? _lossWeights[i] * losses.Size : _lossWeights[i] * _share))),
        .. _added.Select(loss => (loss, graph.SeedOfMean(loss, _share))),
    ];

    /// <summary>The result of a batch, read from its values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public BatchResult Read(ReadOnlySpan<float> values, int samples)
    {
        float total = 0;
        for (int i = 0; i < _means.Length; i++)
        {
            double sum = Sum(values[.._losses[i].Size]);
            _means[i] = (float)(_of[i].ShowsSum ? sum : sum / _losses[i].Size);
            total += _lossWeights[i] == 1 ? _means[i] : _means[i] * _lossWeights[i];
            values = values[_losses[i].Size..];
        }
        for (int i = 0; i < _added.Count; i++) total += values[i];
        var metrics = values[_added.Count..];
        return new BatchResult
        {
            Loss = total, Samples = samples, Losses = _means, Metrics = metrics, Sizes = _sizes, AreWeighted = _areWeighted,
            Tell = _told.Count == 0 ? null : Telling(metrics[_sizes.Sum()..]),
        };
    }

    /// <summary>The result of a batch in pieces, read from the values of each piece in turn. Samples are weighted as in one piece.</summary>
    /// <param name="values">The values.</param>
    /// <param name="samples">Samples of the batch.</param>
    /// <param name="pieces">For each piece, its number of samples and the size of each of its values.</param>
    public BatchResult Read(ReadOnlySpan<float> values, int samples, IReadOnlyList<(int Rows, int[] Sizes)> pieces)
    {
        Array.Clear(_meansOfPieces);
        if (_ofPieces.Length < values.Length) _ofPieces = new float[values.Length];
        if (_sizesOfPieces.Length != pieces.Count * _sizes.Length) _sizesOfPieces = new int[pieces.Count * _sizes.Length];
        double added = 0;
        int metrics = 0, piece = 0;
        foreach (var (rows, sizes) in pieces)
        {
            double share = (double)rows / samples;
            for (int i = 0; i < _means.Length; i++)
            {
                double sum = Sum(values[..sizes[i]]);
                _meansOfPieces[i] += _of[i].ShowsSum ? sum : sum / sizes[i] * share;
                values = values[sizes[i]..];
            }
            for (int i = 0; i < _added.Count; i++) added += values[i] * share;
            values = values[_added.Count..];
            var ofMetrics = sizes.AsSpan(_means.Length + _added.Count);
            ofMetrics.CopyTo(_sizesOfPieces.AsSpan(piece++ * _sizes.Length));
            foreach (int size in ofMetrics)
            {
                values[..size].CopyTo(_ofPieces.AsSpan(metrics));
                metrics += size;
                values = values[size..];
            }
        }
        float total = (float)added;
        for (int i = 0; i < _means.Length; i++) total += (_means[i] = (float)_meansOfPieces[i]) * _lossWeights[i];
        return new BatchResult
        {
            Loss = total, Samples = samples, Losses = _means, Metrics = _ofPieces.AsSpan(0, metrics), Sizes = _sizesOfPieces, AreWeighted = _areWeighted,
        };
    }

    private Action Telling(ReadOnlySpan<float> values)
    {
        var arrays = new List<NDArray>();
        foreach (var of in _told)
        {
            arrays.Add(new NDArray(values[..of.Size].ToArray(), [.. of.shape.Select(d => d!.Value)]));
            values = values[of.Size..];
        }
        return () =>
        {
            int first = 0;
            foreach (var (count, tell) in _listeners)
            {
                tell([.. arrays.GetRange(first, count)]);
                first += count;
            }
        };
    }

    private static double Sum(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values) sum += value;
        return sum;
    }
}
