using KerasPort.Distribution;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Graphs.Rewrites;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Optimizers;
using KerasPort.Training;

namespace KerasPort.Engines;

/// <summary>
/// Runs models on an engine's kernels. A plan, which is a list of nodes, is made for each number of rows and mode. Plans share memory, since
/// one runs at a time. Callers that predict at the same time have a lane each, where the engine opens kernels for them. All variables lie in
/// one flat buffer (and so do gradients and the optimizer's slots). A step allocates nothing.
/// </summary>
public sealed partial class Executor : CompiledModel
{
    private const int Alignment = 16;       // floats: each variable starts on a cache line

    private const int StepsToDropSmall = 16;

    private readonly Kernels _kernels;
    private readonly Model _model;
    private readonly Optimizer? _optimizer;
    private readonly IReadOnlyList<Goal> _goals;
    private readonly Shape[] _inputShapes;
    private readonly bool _isOpen;          // whether an input's shape is only known when its rows are there
    private readonly Variable[] _variables;
    private readonly (int Start, int Length)[] _places;
    private readonly Dictionary<Variable, int> _indices;
    private readonly bool[] _isTrained;
    private readonly int _trained;          // floats of the variables that training changes, which lie first
    private readonly DeviceBuffer _values;
    private readonly Lane _main;
    private readonly Lanes _lanes;
    private readonly Results _trainResults, _testResults;
    private FlatVariables? _flat;
    private readonly DataParallel? _distribution = DataParallel.Current;
    private bool _hasPredicted, _predictingChanges, _changesItself;

    /// <summary>Takes over a built model's variables.</summary>
    /// <param name="kernels">The kernels to run on.</param>
    /// <param name="model">The model.</param>
    /// <param name="optimizer">Updates the variables in training; <c>null</c> where nobody trains.</param>
    /// <param name="goals">The losses and metrics of the outputs.</param>
    /// <param name="open">Opens more such kernels, which may run beside the others and read their buffers.</param>
    /// <param name="predictionsAtATime">The number of predictions that may run at the same time, where there are more kernels for them.</param>
    public Executor(Kernels kernels, Model model, Optimizer? optimizer, IReadOnlyList<Goal> goals, Func<Kernels>? open = null, int predictionsAtATime = 1)
    {
        (_kernels, _model, _inputShapes) = (kernels, model, [.. model.inputs.Select(x => x.shape[1..])]);
        (_optimizer, _goals, _isOpen) = (optimizer, goals, model.IsImplied || _inputShapes.Any(shape => shape.Contains(null)));
        _variables = [.. model.variables];
        _indices = _variables.Index().ToDictionary(v => v.Item, v => v.Index);
        var trained = model.Trained.ToHashSet();
        _isTrained = [.. _variables.Select(trained.Contains)];
        _places = new (int, int)[_variables.Length];
        int end = 0;
        foreach (bool isTrained in new[] { true, false })
        {
            for (int i = 0; i < _variables.Length; i++)
            {
                if (_isTrained[i] != isTrained) continue;
                _places[i] = (end, _variables[i].size);
                end += Aligned(_variables[i].size);
            }
            if (isTrained) _trained = end;
        }
        _values = kernels.Allocate(end);
        _main = new Lane(kernels, NewPlan);
        _lanes = new Lanes(_main, open is null ? 1 : predictionsAtATime, () => new Lane(open!(), NewPlan));
        (_trainResults, _testResults) = (new Results(kernels), new Results(kernels));
        foreach (var variable in _variables) _distribution?.Ranks.FromFirst(variable.Host);
        for (int i = 0; i < _variables.Length; i++) SetWeight(i, _variables[i].Host);
    }

    /// <inheritdoc/>
    public override void Train(IEnumerable<Portion> portions, BatchDone done, bool atOnce)
    {
        if (_distribution is null) Run(Mode.Train, portions, atOnce, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (batch, plan, last) =>
        {
            plan.Backward(_kernels, IsTimed(Mode.Train));
            EndBatch();
            return Report(batch, plan, last, done);
        });
        else RunPieces(Mode.Train, portions, done);
    }

    /// <inheritdoc/>
    public override void Test(IEnumerable<Portion> portions, BatchDone done, bool atOnce)
    {
        if (_distribution is null) Run(Mode.Test, portions, atOnce, (batch, plan, last) => Report(batch, plan, last, done));
        else RunPieces(Mode.Test, portions, done);
    }

    internal override void Draw(Portion batch, bool trains)
    {
        using var loaded = new LoadedPortion(_kernels, batch);
        var key = new PlanKey(trains ? Mode.Train : Mode.Test, batch.Rows.Length, InputsOf(batch.X), loaded.Targets, loaded.Weights);
        if (_distribution is null) _main.PlanFor(key).Draw(_kernels);
        else InPieces(key, batch.BatchSize).Draw(_kernels);
    }

    /// <summary>The lanes that were made so far.</summary>
    internal int Lanes => _lanes.Count;

    /// <inheritdoc/>
    public override int PredictionsAtATime => _hasPredicted && !_predictingChanges ? _lanes.Most : 1;

    internal override bool ChangesItself => _changesItself;

    /// <inheritdoc/>
    public override void Predict(IEnumerable<Portion> portions, Outputs outputs, BatchDone done, bool atOnce)
    {
        if (_distribution is not null)
        {
            RunPieces(Mode.Predict, portions, done, outputs);
            return;
        }
        int batch = 0;
        foreach (var portion in portions)
        {
            using var loaded = new LoadedPortion(_kernels, portion);
            int rows = portion.Rows.Length, size = Math.Min(portion.BatchSize, rows);
            var whole = new PlanKey(Mode.Predict, size, InputsOf(portion.X), loaded.Targets, loaded.Weights);
            var last = rows % size == 0 ? whole : whole with { Rows = rows % size };
            for (int start = 0; start < rows;)
            {
                // The lane goes back after each batch, since others may want it while `done` is told.
                int end = atOnce ? Math.Min(start + size, rows) : rows;
                var lane = LaneFor(whole, last);
                try
                {
                    for (; start < end; start += size)
                    {
                        PredictBatch(lane, lane.PlanFor(start + size <= rows ? whole : last), loaded, start, outputs);
                        if (!atOnce && !done(batch++, new BatchResult { Samples = Math.Min(size, rows - start) })) return;
                    }
                }
                finally
                {
                    _lanes.Return(lane);
                }
                if (atOnce && !done(batch++, new BatchResult { Samples = end - start + size })) return;
            }
        }
    }

    internal override NDArray? Answer(NDArray x)
    {
        // InputsOf takes a list, which would be allocated for each answer.
        var key = new PlanKey(Mode.Predict, x.Length, _isOpen ? InputsOf([x]) : _inputShapes, [], []);
        // Ranks predict together.
        if (_distribution is not null || _lanes.Lend(key, key) is not { } lane) return null;
        try
        {
            var plan = lane.PlanFor(key);
            if (plan.Outputs is not [var output]) return null;
            LoadedPortion.Write(lane.Kernels, x, plan.Inputs[0], 0, x.Length);
            plan.Forward(lane.Kernels, timed: false);
            var values = new float[output.Size];
            lane.Kernels.Read(output.Buffer, values);
            return NDArray.Over(values, plan.OutputShape);
        }
        finally
        {
            _lanes.Return(lane);
        }
    }

    /// <inheritdoc/>
    public override void GetWeight(int index, Span<float> target) => _kernels.Read(Place(_values, index), target);

    /// <inheritdoc/>
    public override void SetWeight(int index, ReadOnlySpan<float> source) => _kernels.Write(source, Place(_values, index));

    /// <inheritdoc/>
    public override void GetSlot(int slot, int index, Span<float> target) => _kernels.Read(Place(Flat().Slots[slot], index), target);

    /// <inheritdoc/>
    public override void SetSlot(int slot, int index, ReadOnlySpan<float> source) => _kernels.Write(source, Place(Flat().Slots[slot], index));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _lanes.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void EndBatch()
    {
        _optimizer!.EndBatch();
        if (_optimizer.Batches % StepsToDropSmall == 0)
            foreach (var slot in _flat!.Slots) _kernels.Map(new Unary<DropSmall>(), _trained, slot, slot);
    }

    private static int Aligned(int size) => (size + Alignment - 1) / Alignment * Alignment;

    /// <summary>Runs all batches. <paramref name="batchRan"/> is told the batch, its plan and whether pending results are to be told now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run(Mode mode, IEnumerable<Portion> portions, bool atOnce, Func<int, Plan, bool, bool> batchRan)
    {
        int batch = 0;
        foreach (var portion in portions)
        {
            using var loaded = new LoadedPortion(_kernels, portion);
            int rows = portion.Rows.Length, size = portion.BatchSize;
            var inputs = InputsOf(portion.X);
            for (int start = 0, wholeBatches = rows / size; start < rows; start += size)
            {
                int inPortion = start / size, count = Math.Min(size, rows - start);
                // The plan is looked up for each batch: in between others may use the model, and the memory may grow.
                var plan = _main.PlanFor(new PlanKey(mode, count, inputs, loaded.Targets, loaded.Weights));
                loaded.Gather(_kernels, start, count, plan);
                // No other results wait when the shorter last batch comes.
                plan.Use(atOnce || count < size ? 0 : inPortion % plan.MostWaiting);
                plan.Forward(_kernels, IsTimed(mode));
                if (!batchRan(batch++, plan, atOnce || inPortion + 1 >= wholeBatches)) return;
            }
        }
    }

    /// <summary>Layers are timed only where reading costs nothing: elsewhere a call returns when its kernel has only been started.</summary>
    private bool IsTimed(Mode mode) => mode == Mode.Train && _kernels.ResultsAtATime == 1 && Telemetry.LayerDuration.Enabled;

    /// <summary>Reports the results that wait, once they fill their room or <paramref name="last"/> says that no other batch will join them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Report(int batch, Plan plan, bool last, BatchDone done)
    {
        int waiting = plan.InUse + 1;
        if (waiting < plan.MostWaiting && !last) return true;
        var host = plan.Results!.Read(waiting * plan.ResultSize);
        for (int i = 0; i < waiting; i++)
        {
            if (!done(batch - waiting + 1 + i, plan.BatchValues!.Read(host.Slice(i * plan.ResultSize, plan.ResultSize), plan.Rows))) return false;
        }
        return true;
    }

    private FlatVariables Flat() => _flat ??= new FlatVariables(_values, _kernels.Allocate(_trained),
        [.. Enumerable.Range(0, _optimizer!.SlotCount).Select(_ => _kernels.Allocate(_trained))]);

    private DeviceBuffer PlaceOf(Variable variable) => _indices.TryGetValue(variable, out int index) ? Place(_values, index)
        : throw new ValueError($"Variable '{variable.name}' of shape {variable.shape} was made while the model was computing: "
            + "build the layer that it belongs to in the `build` of the layer around it.");

    private DeviceBuffer Place(DeviceBuffer flat, int index) => flat.Part(_places[index].Start, _places[index].Length);

    private static void PredictBatch(Lane lane, Plan plan, LoadedPortion loaded, int start, Outputs outputs)
    {
        loaded.Gather(lane.Kernels, start, plan.Rows, plan);
        plan.Forward(lane.Kernels, timed: false);
        for (int i = 0; i < plan.Outputs.Length; i++) lane.Kernels.Read(plan.Outputs[i].Buffer, outputs.Add(i, plan.Rows, plan.Outputs[i].shape[1..]));
    }

    /// <summary>Lends a lane with these plans. New plans are made while nobody else has a turn, since custom layers take part in it.</summary>
    private Lane LaneFor(in PlanKey a, in PlanKey b)
    {
        if (_lanes.Lend(a, b) is { } ready) return ready;
        var lane = _lanes.ToPrepare();
        using var alone = _model.Turns.Take();
        _predictingChanges |= lane.PlanFor(a).ChangesState | lane.PlanFor(b).ChangesState;
        _hasPredicted = true;
        return _lanes.Lend(a, b)!;
    }

    /// <summary>The shapes of a row of each input: the model's own, or those of the rows where the model leaves dimensions open.</summary>
    private Shape[] InputsOf(IReadOnlyList<NDArray> x) => _isOpen ? LoadedPortion.RowShapes(x) : _inputShapes;

    private Plan NewPlan(PlanKey key, Lane lane)
    {
        bool train = key.Mode == Mode.Train;
        var graph = new Graph(train, train, PlaceOf) { Batch = key.Part, Has = _indices.ContainsKey };
        using var making = Graph.Make(graph);
        int rows = key.Rows;
        var inputs = Array.ConvertAll(key.Inputs, shape => graph.Input(shape.WithBatch(rows)));
        Tensor[] outputs;
        using (graph.In(null)) outputs = _model.CallRegularized(graph, inputs);
        if (key.Mode != Mode.Predict) foreach (var variable in _variables) graph.Regularize(variable);
        if (outputs.FirstOrDefault(output => output.shape.Rank == 0 || output.shape[0] != rows) is { } changed)
            throw new ValueError(
                $"Model '{_model.name}' gives an output of shape {changed.shape} for {rows} samples: the batch must stay the first axis, and as long as it "
                    + "is.");
        // Predictions are stored in arrays of the shape that the model declares.
        foreach (var (output, said) in outputs.Zip(_model.outputs))
            if (key.Mode == Mode.Predict && !_model.IsImplied && (output.shape.Rank != said.shape.Rank
                || output.shape[1..].Zip(said.shape[1..]).Any(d => d.Second is not null && d.First != d.Second)))
                throw new ValueError($"Model '{_model.name}' gives an output of shape {output.shape} where it says {said.shape}: "
                    + "a layer such as RandomCrop leaves outside of training what goes in as it is.");
        var targets = Array.ConvertAll(key.Targets, shape => graph.Input(shape.WithBatch(rows)));
        var weights = Array.ConvertAll(key.Weights, shape => graph.Input(shape.WithBatch(rows)));
        var values = key.Mode == Mode.Predict ? null : new BatchValues(graph, _model, _goals, inputs, targets, weights, outputs);
        if (values is null) foreach (var output in outputs) output.Storage.IsKept = true;
        graph.Prune();
        foreach (var rewrite in lane.Kernels.Rewrites) rewrite.Forward(graph, lane.Fused);
        var forward = graph.Nodes.SelectMany(node => node.Outputs).ToHashSet();
        var given = train && key.Part.IsPiece ? AddGradients(graph, values!, GradientsOf(lane)) : [];
        if (train && !key.Part.IsPiece) _optimizer!.AddSteps(graph, Flat(), Gradients(graph, values!));
        foreach (var rewrite in lane.Kernels.Rewrites) rewrite.Updates(graph, lane.Kernels);
        graph.Prune();
        // Rewrites of gradients and updates join forward nodes, too.
        int ofForward = graph.Nodes.TakeWhile(node => node.Outputs.All(forward.Contains)).Count();
        var waiting = key.Mode == Mode.Predict ? null : key.Part.IsPiece ? new Results(_kernels) : train ? _trainResults : _testResults;
        _changesItself |= !train && graph.Nodes.OfType<AssignNode>().Any();
        return new Plan(graph, ofForward, inputs, targets, weights, outputs, values, waiting) { Given = given };
    }

    /// <summary>Adds the gradients of the loss.</summary>
    private List<TrainedVariable> Gradients(Graph graph, BatchValues values)
    {
        var seeds = values.Seeds(graph);
        if (_optimizer!.LossScale(graph) is { } scale) seeds = [.. seeds.Select(pair => (pair.Of, graph.Multiply(pair.Seed, scale)))];
        var gradients = graph.Gradients(seeds);
        var trained = new List<TrainedVariable>();
        for (int i = 0; i < _variables.Length; i++)
        {
            if (!_isTrained[i]) continue;
            var gradient = gradients.GetValueOrDefault(graph.Variable(_variables[i]));
            trained.Add(new TrainedVariable(_variables[i], _places[i].Start, Aligned(_places[i].Length), gradient)
            {
                Rows = gradient is null ? [] : RowsOf(graph, graph.Variable(_variables[i]), gradients),
            });
        }
        return trained;
    }

    /// <summary>For a table that is read only by picking rows: the nodes that pick them, each with its output's gradient. Else nothing.</summary>
    private static (Node, Tensor)[] RowsOf(Graph graph, Tensor table, Dictionary<Tensor, Tensor> gradients)
    {
        Node[] readers = [.. graph.Readers(table)];
        bool arePicked = readers.All(node => node is OnHostNode { Known: { Name: "Gather", Axis: 0 } } && node.Inputs[0] == table && node.Inputs[1] != table);
        return arePicked ? [.. readers.Where(node => gradients.ContainsKey(node.Output)).Select(node => (node, gradients[node.Output]))] : [];
    }
}
