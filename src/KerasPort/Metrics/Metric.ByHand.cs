using KerasPort.Graphs;

namespace KerasPort.Metrics;

public abstract partial class Metric
{
    private readonly Lock _own = new();
    private float[]? _state;

    private float[] State => _state ??= new float[StateSize];

    /// <summary>Adds arrays of targets and outputs to the metric's own state, which <see cref="result"/> reads: no model is needed.</summary>
    /// <param name="y_true">Targets, a row a sample.</param>
    /// <param name="y_pred">Outputs, a row a sample.</param>
    /// <param name="sample_weight">The weight of each sample.</param>
    /// <exception cref="ValueError">Their shapes can't be compared.</exception>
    public void update_state(NDArray y_true, NDArray y_pred, NDArray? sample_weight = null)
    {
        if (y_true is null || y_pred is null)
            throw new ValueError($"Metric '{name}' compares two arrays. Received: {(y_true is null ? "y_true" : "y_pred")}=None");
        update_state((Tensor)y_true, (Tensor)y_pred, sample_weight is null ? null : (Tensor)sample_weight);
    }

    /// <summary>The same for tensors that hold values. A class of your own overrides this one and assigns to the variables that it added.</summary>
    /// <param name="y_true">Targets, a row a sample.</param>
    /// <param name="y_pred">Outputs, a row a sample.</param>
    /// <param name="sample_weight">The weight of each sample; <c>null</c> for equal weights.</param>
    /// <exception cref="ValueError">Their shapes can't be compared.</exception>
    public virtual void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null)
    {
        if (IsLater((values, weights) => update_state(values[0], values[1], weights), sample_weight, y_true, y_pred)) return;
        if (_isUpdating || StateSize == 0) throw new ValueError($"Metric {GetType().Name} does not have an `update_state()` method implemented.");
        if (y_true.shape.Rank > 0 && y_pred.shape.Rank > 0 && y_true.shape[0] != y_pred.shape[0])
            throw Incomparable(y_true.shape, y_pred.shape, "a row of targets for each of outputs");
        Check(y_true.shape, y_pred.shape);
        Tensor[] compared = sample_weight is null ? [y_true, y_pred] : [y_true, y_pred, sample_weight];
        float[] contribution = Eager.Run(compared, training: false, (g, x) => [Call(g, x[0], x[1], x.ElementAtOrDefault(2))], [])[0].numpy().ToFloats();
        lock (_own) Add(State, contribution, sample_weight is not null);
    }

    /// <summary>The metric's value from its own state: a number, or one for each of several thresholds.</summary>
    public virtual NDArray result()
    {
        if (_variables.Count > 0) throw new ValueError($"Metric {GetType().Name} does not have a `result()` method implemented.");
        lock (_own) return ResultOf(State);
    }

    /// <summary>Resets the metric's own state.</summary>
    public virtual void reset_state()
    {
        foreach (var variable in _variables) variable.assign(new NDArray(new float[variable.size], variable.shape));
        lock (_own) Array.Clear(State);
    }

    /// <summary>Copies a run's state to the metric's own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Show(ReadOnlySpan<float> state)
    {
        lock (_own)
        {
            if (_variables.Count > 0) Assign(state);
            else state.CopyTo(State);
        }
    }

    /// <summary>Copies the metric's own state to a run's.</summary>
    internal void Recall(Span<float> state)
    {
        lock (_own)
        {
            if (_variables.Count > 0) _variables.SelectMany(variable => variable.numpy().ToFloats()).ToArray().CopyTo(state);
            else State.CopyTo(state);
        }
    }

    /// <summary>The result as an array, of no dimension where it is one number.</summary>
    internal virtual NDArray ResultOf(ReadOnlySpan<float> state) => new((float[])[(float)Result(state)], (ArrayShape)[]);

    /// <summary>Whether these tensors belong to a plan that is being made; the metric then gets their values with each batch.</summary>
    private protected static bool IsLater(Action<NDArray[], NDArray?> update, Tensor? sample_weight, params Tensor[] values)
    {
        Tensor[] all = sample_weight is null ? values : [.. values, sample_weight];
        if (Array.Find(all, x => x.IsOfPlan)?.Graph is not { } g) return false;
        g.Told.Add((Array.ConvertAll(all, g.Lift), told => update(told[..values.Length], told.ElementAtOrDefault(values.Length))));
        return true;
    }

    /// <summary>Adds values without targets to the metric's own state.</summary>
    private protected void UpdateOwn(Tensor values, Tensor? sample_weight, Func<Graph, Tensor, Tensor?, Tensor> call)
    {
        if (IsLater((told, weights) => UpdateOwn(told[0], weights is null ? null : (Tensor)weights, call), sample_weight, values)) return;
        Tensor[] given = sample_weight is null ? [values] : [values, sample_weight];
        float[] contribution = Eager.Run(given, training: false, (g, x) => [call(g, x[0], x.ElementAtOrDefault(1))], [])[0].numpy().ToFloats();
        lock (_own) Add(State, contribution, sample_weight is not null);
    }
}
