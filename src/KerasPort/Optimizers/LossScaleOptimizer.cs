using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort.Optimizers;

/// <summary>
/// An optimizer around another one: the loss is multiplied by a scale, and its gradients are divided by it again. A batch with a gradient that
/// isn't finite changes no weight and halves the scale. The scale doubles after a number of finite batches.
/// Source: Micikevicius et al., Mixed precision training (2018), in the form that Keras computes.
/// </summary>
public sealed class LossScaleOptimizer : Optimizer
{
    private readonly Func<bool> _isDue;
    private bool _isFinite = true;
    private long _steps;
    private float _scale;

    /// <summary>An optimizer around another one.</summary>
    /// <param name="inner_optimizer">It makes the steps. What it says of a loss's scale counts no more.</param>
    /// <param name="initial_scale">The first scale.</param>
    /// <param name="dynamic_growth_steps">Batches with finite gradients after which the scale doubles.</param>
    /// <param name="name">By which files call its variables.</param>
    public LossScaleOptimizer(Optimizer inner_optimizer, double initial_scale = 32768.0, int dynamic_growth_steps = 2000, string? name = null)
        : base(0.0, name: name)
    {
        this.inner_optimizer = inner_optimizer ?? throw new ValueError("`inner_optimizer` must be an optimizer. Received: None");
        (this.initial_scale, this.dynamic_growth_steps, _scale) = (initial_scale, dynamic_growth_steps, (float)initial_scale);
        inner_optimizer.ScalesBy(null);
        _isDue = () => _isFinite;
    }

    /// <summary>The optimizer that makes the steps.</summary>
    public Optimizer inner_optimizer { get; }

    /// <summary>The first scale.</summary>
    public double initial_scale { get; }

    /// <summary>Batches with finite gradients after which the scale doubles.</summary>
    public int dynamic_growth_steps { get; }

    /// <summary>The scale of the next batch.</summary>
    public double dynamic_scale => _scale;

    /// <summary>The inner optimizer's.</summary>
    public override LearningRate learning_rate { get => inner_optimizer.learning_rate; set => inner_optimizer.learning_rate = value; }

    /// <summary>The inner optimizer's.</summary>
    public override long iterations => inner_optimizer.iterations;

    internal override long Batches { get => inner_optimizer.Batches; set => inner_optimizer.Batches = value; }

    internal override string? Exclusions => inner_optimizer.Exclusions;

    internal override int SlotCount => inner_optimizer.SlotCount;

    internal override IEnumerable<(string Place, Optimizer Optimizer)> Inner => [("inner_optimizer", inner_optimizer)];

    internal override float[]? FirstValues(int slot, Variable variable) => inner_optimizer.FirstValues(slot, variable);

    internal override int? AverageOf(Variable variable) => inner_optimizer.AverageOf(variable);

    internal override IReadOnlyList<Variable> Build(Model model, bool grows)
    {
        inner_optimizer.Build(model, grows);
        return base.Build(model, grows);
    }

    internal override void EndBatch()
    {
        if (_isFinite) inner_optimizer.EndBatch();
        bool grows = _isFinite && _steps == dynamic_growth_steps - 1;
        if (grows) _scale *= 2;
        if (!_isFinite) _scale *= 0.5f;
        _steps = grows || !_isFinite ? 0 : _steps + 1;
    }

    internal override Tensor? LossScale(Graph g) => g.Current(() => _scale);

    internal override void AddSteps(Graph g, FlatVariables flat, IReadOnlyList<TrainedVariable> all)
    {
        var nothing = all.Where(t => t.Gradient is not null).Select(t => g.SumAll(g.Map(default(NothingOfFinite), t.Gradient!))).ToArray();
        g.Tell(nothing.Aggregate(g.Add), sum => _isFinite = sum == 0);
        g.When = _isDue;
        var scale = g.Current(() => _scale);
        inner_optimizer.AddSteps(g, flat, [.. all.Select(t => t.Unscaled(g, scale))]);
        g.When = null;
    }

    /// <inheritdoc/>
    protected internal override void Update(Kernels kernels, VariableUpdate update) => inner_optimizer.Update(kernels, update);

    internal override IEnumerable<OptimizerVariable> VariablesOf(IReadOnlyList<NamedWeight> weights, bool isBuilt)
    {
        yield return new CountVariable($"{name}/iteration", "iterations", () => 0, _ => { });
        yield return new NumberVariable($"{name}/learning_rate", "a learning rate", () => 0, null);
        if (isBuilt)
        {
            yield return new CountVariable($"{name}/step_counter", "steps", () => _steps, value => _steps = value);
            yield return new NumberVariable($"{name}/dynamic_scale", "a scale", () => _scale, value => _scale = value, float.PositiveInfinity);
        }
        foreach (var variable in inner_optimizer.VariablesOf(weights, isBuilt))
            yield return variable with { Owner = inner_optimizer, Path = variable is SlotVariable ? $"{name}/{variable.Path}" : variable.Path };
    }

    internal override void Keep(TrainingState state)
    {
        inner_optimizer.Keep(state);
        state.Keep("loss_scale", ref _scale);
        state.Keep("loss_scale_steps", ref _steps);
    }
}

/// <summary>0 where x is finite, else NaN.</summary>
internal readonly struct NothingOfFinite : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Subtract(x, x);
}
