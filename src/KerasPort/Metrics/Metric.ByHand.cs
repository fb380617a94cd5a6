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
    /// <param name="sample_weight">How much each sample counts.</param>
    /// <exception cref="ValueError">They can't be compared.</exception>
    public void update_state(NDArray y_true, NDArray y_pred, NDArray? sample_weight = null)
    {
        if (y_true is null || y_pred is null)
            throw new ValueError($"Metric '{name}' compares two arrays. Received: {(y_true is null ? "y_true" : "y_pred")}=None");
        Check(y_true.shape, y_pred.shape);
        Tensor[] compared = sample_weight is null ? [y_true, y_pred] : [y_true, y_pred, sample_weight];
        float[] contribution = Eager.Run(compared, training: false, (g, x) => [Call(g, x[0], x[1], x.ElementAtOrDefault(2))], [])[0].numpy().ToFloats();
        lock (_own) Add(State, contribution, sample_weight is not null);
    }

    /// <summary>What the metric's own state stands for: a number, or one for each threshold where there are several.</summary>
    public NDArray result()
    {
        lock (_own) return ResultOf(State);
    }

    /// <summary>Starts the metric's own state anew.</summary>
    public void reset_state()
    {
        lock (_own) Array.Clear(State);
    }

    /// <summary>The result as an array, of no dimension where it is one number.</summary>
    internal virtual NDArray ResultOf(ReadOnlySpan<float> state) => new((float[])[(float)Result(state)], (ArrayShape)[]);
}
