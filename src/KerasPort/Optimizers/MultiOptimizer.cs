using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort.Optimizers;

/// <summary>Several optimizers, each for some of the weights.</summary>
public sealed class MultiOptimizer : Optimizer
{
    private readonly List<Optimizer> _optimizers = [], _used = [];
    private readonly Dictionary<Variable, Optimizer> _of = [];

    /// <summary>An optimizer that leaves each weight to one of others.</summary>
    /// <param name="optimizer_map">Which.</param>
    /// <param name="loss_scale_factor">By what the loss is multiplied; it takes the place of what they say.</param>
    /// <param name="name">By which files call its variables.</param>
    public MultiOptimizer(OptimizerMap optimizer_map, double? loss_scale_factor = null, string? name = null)
        : base(0.0, loss_scale_factor: loss_scale_factor, name: name)
    {
        this.optimizer_map = optimizer_map ?? throw new ValueError("`optimizer_map` must be an OptimizerMap. Received: None");
        if (optimizer_map.IsFunction) return;
        foreach (var (_, optimizer) in optimizer_map) Take(optimizer);
        Take(optimizer_map.default_optimizer);
    }

    /// <summary>The optimizer of each weight.</summary>
    public OptimizerMap optimizer_map { get; }

    /// <summary>The optimizers. If the map is a function: those that it has returned so far.</summary>
    public IReadOnlyList<Optimizer> optimizers => _optimizers;

    /// <summary>It has no learning rate: each of <see cref="optimizers"/> has one.</summary>
    /// <exception cref="ValueError">Always.</exception>
    public override LearningRate learning_rate
    {
        get => throw new ValueError("Learning rate cannot be accessed on a MultiOptimizer. Access the learning rate on the individual sub-optimizers instead.");
        set => throw new ValueError("Learning rate cannot be set on a MultiOptimizer. Set the learning rate on the individual sub-optimizers instead.");
    }

    internal override string? Exclusions => string.Concat(_optimizers.Select(optimizer => optimizer.Exclusions));

    internal override int SlotCount => _optimizers.Max(optimizer => (int?)optimizer.SlotCount) ?? 0;

    internal override IEnumerable<(string Place, Optimizer Optimizer)> Inner
    {
        get
        {
            var used = new Dictionary<string, int>();
            foreach (var optimizer in _optimizers)
            {
                string called = Names.SnakeCase(optimizer.GetType());
                int count = used[called] = used.GetValueOrDefault(called, -1) + 1;
                yield return ($"optimizers/{called}{(count == 0 ? "" : $"_{count}")}", optimizer);
            }
        }
    }

    internal override float[]? FirstValues(int slot, Variable variable) =>
        OptimizerOf(variable, PathOf(variable)) is var optimizer && slot < optimizer.SlotCount ? optimizer.FirstValues(slot, variable) : null;

    internal override int? AverageOf(Variable variable) => OptimizerOf(variable, PathOf(variable)).AverageOf(variable);

    internal override IReadOnlyList<Variable> Build(Model model, bool grows)
    {
        var paths = LayerPaths.Of(model);
        foreach (var variable in model.Trained) OptimizerOf(variable, paths[variable]);
        foreach (var optimizer in _optimizers) optimizer.Learn(paths);
        return base.Build(model, grows);
    }

    internal override void ScalesBy(double? factor)
    {
        base.ScalesBy(factor);
        foreach (var optimizer in _optimizers) optimizer.ScalesBy(factor);
    }

    internal override void EndBatch()
    {
        base.EndBatch();
        foreach (var optimizer in _used) optimizer.EndBatch();
    }

    internal override void AddSteps(Graph g, FlatVariables flat, IReadOnlyList<TrainedVariable> all)
    {
        foreach (var optimizer in _optimizers)
        {
            TrainedVariable[] its = [.. all.Where(t => _of[t.Variable] == optimizer)];
            if (its.Length > 0) optimizer.AddSteps(g, flat, its);
        }
    }

    /// <inheritdoc/>
    protected internal override void Update(Kernels kernels, VariableUpdate update) =>
        throw new NotSupportedException("Its optimizers make the steps.");

    internal override IEnumerable<OptimizerVariable> VariablesOf(IReadOnlyList<NamedWeight> weights, bool isBuilt)
    {
        yield return new CountVariable($"{name}/iteration", "iterations", () => Batches, value => Batches = value);
        yield return new NumberVariable($"{name}/learning_rate", "a learning rate", () => 0, null);
        var groups = weights.ToLookup(weight => OptimizerOf(weight.Variable, weight.Path));
        foreach (var optimizer in _optimizers)
        {
            NamedWeight[] its = [.. groups[optimizer]];
            foreach (var variable in optimizer.VariablesOf(its, isBuilt && its.Length > 0)) yield return variable with { Owner = optimizer };
        }
    }

    internal override void Keep(TrainingState state)
    {
        long batches = Batches;
        state.Keep("iterations", ref batches);
        Batches = batches;
        foreach (var (i, optimizer) in _optimizers.Index()) state.Within($"optimizers/{i}", optimizer.Keep);
    }

    private Optimizer OptimizerOf(Variable variable, string path)
    {
        if (_of.TryGetValue(variable, out var known)) return known;
        var optimizer = optimizer_map.Of(variable, path) ?? throw new ValueError($"Optimizer for variable {path} is not an Optimizer instance.");
        if (optimizer is LossScaleOptimizer or MultiOptimizer)
            throw new ValueError($"{optimizer.GetType().Name} cannot be used inside an MultiOptimizer.");
        Take(optimizer);
        if (!_used.Contains(optimizer)) _used.Add(optimizer);
        return _of[variable] = optimizer;
    }

    private void Take(Optimizer optimizer)
    {
        if (_optimizers.Contains(optimizer)) return;
        optimizer.ScalesBy(loss_scale_factor);
        _optimizers.Add(optimizer);
    }
}
