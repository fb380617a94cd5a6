using KerasPort.Distribution;
using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Optimizers;
using KerasPort.Training;

namespace KerasPort.Engines;

// Batches in pieces, which ranks share. Each rank runs its own pieces; then gradients, layers' states and the batch's results are brought together.
public sealed partial class Executor
{
    private readonly List<Lane> _pieceLanes = [];
    private readonly List<DeviceBuffer> _pieceGradients = [];
    private readonly Dictionary<(PlanKey Key, int Pieces), BatchInPieces> _batches = [];
    private readonly HashSet<int> _given = [];      // starts of the variables for which pieces give a gradient or a value
    private DeviceBuffer? _sums;
    private Plan? _update;

    private void RunPieces(Mode mode, IEnumerable<Portion> portions, BatchDone done, Outputs? outputs = null)
    {
        int number = 0;
        foreach (var portion in portions)
        {
            using var loaded = new LoadedPortion(_kernels, portion);
            int rows = portion.Rows.Length;
            var inputs = InputsOf(portion.X);
            for (int start = 0; start < rows; start += portion.BatchSize)
            {
                var key = new PlanKey(mode, Math.Min(portion.BatchSize, rows - start), inputs, loaded.Targets, loaded.Weights);
                var batch = InPieces(key, portion.BatchSize);
                batch.RunAll(_kernels, loaded, start, IsTimed(mode));
                if (mode == Mode.Train) Update(batch);
                if (outputs is not null) batch.GiveOutputs(outputs);
                if (!done(number++, mode == Mode.Predict ? new BatchResult { Samples = key.Rows } : batch.Result())) return;
            }
        }
    }

    private BatchInPieces InPieces(PlanKey key, int batchSize)
    {
        int pieces = _distribution!.PiecesOf(batchSize, key.Mode == Mode.Train);
        if (!_batches.TryGetValue((key, pieces), out var batch))
            _batches[(key, pieces)] = batch = new BatchInPieces(_distribution.Ranks, key, pieces, LaneOf);
        return batch;
    }

    /// <summary>The lane and the gradients of this rank's piece of that number.</summary>
    private (Lane, DeviceBuffer) LaneOf(int piece)
    {
        while (_pieceLanes.Count <= piece)
        {
            _pieceLanes.Add(new Lane(_kernels, NewPlan));
            // Entries that no piece sets stay 0.
            _pieceGradients.Add(_kernels.Allocate(_values.Length));
        }
        return (_pieceLanes[piece], _pieceGradients[piece]);
    }

    private DeviceBuffer GradientsOf(Lane lane) => _pieceGradients[_pieceLanes.IndexOf(lane)];

    /// <summary>Adds the gradients of the loss and the values that layers assign to variables, each at its variable's place in a flat buffer.</summary>
    private List<(Storage, int, int)> AddGradients(Graph graph, BatchValues values, DeviceBuffer gradients)
    {
        var given = new List<(Storage, int, int)>();
        void Put(int start, Tensor tensor)
        {
            var storage = new Storage { Buffer = gradients.Part(start, tensor.Size), IsFixed = true };
            graph.At(storage, tensor);
            given.Add((storage, start, tensor.Size));
            _given.Add(start);
        }
        foreach (var trained in Gradients(graph, values))
            if (trained.Gradient is not null) Put(trained.Start, trained.Gradient);
        // Each piece gives its share, so that the sum over pieces is the mean.
        foreach (var (variable, value) in graph.Assigned) Put(_places[_indices[variable]].Start, graph.Scale(value, graph.Batch.Share));
        return given;
    }

    /// <summary>Updates the variables with the sums over all pieces.</summary>
    private void Update(BatchInPieces batch)
    {
        _sums ??= _kernels.Allocate(_values.Length);
        batch.GiveSums(_kernels, _sums);
        if (_update is null)
        {
            _update = NewUpdate();
            _update.Bind(_kernels.Allocate(_update.MemorySize));
        }
        _update.Backward(_kernels, timed: false);
        EndBatch();
    }

    private Plan NewUpdate()
    {
        var graph = new Graph(true, true, PlaceOf);
        Tensor? SumOf(int i) => !_given.Contains(_places[i].Start) ? null
            : new Tensor(graph, null, _variables[i].shape, new Storage { Buffer = Place(_sums!, i), IsFixed = true });
        _optimizer!.AddSteps(graph, Flat(), [.. _variables.Index().Where(v => _isTrained[v.Index])
            .Select(v => new TrainedVariable(v.Item, _places[v.Index].Start, Aligned(v.Item.size), SumOf(v.Index)))]);
        for (int i = 0; i < _variables.Length; i++)
            if (!_isTrained[i] && SumOf(i) is { } value) graph.Assign(_variables[i], value);
        foreach (var rewrite in _kernels.Rewrites) rewrite.Updates(graph, _kernels);
        graph.Prune();
        return new Plan(graph, 0, [], [], [], [], null, null);
    }
}
