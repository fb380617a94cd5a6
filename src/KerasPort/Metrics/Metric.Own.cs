using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Metrics;

// A metric of your own. Its batches are evaluated on the host: the plan hands over targets, outputs and weights with their shapes, and
// update_state may do with them whatever tensors can, and keep anything in its variables.
public abstract partial class Metric
{
    private readonly List<Variable> _variables = [];
    private bool _isUpdating;

    /// <summary>The variables that a class of your own added.</summary>
    public IReadOnlyList<Variable> variables => _variables;

    /// <summary>Adds a variable, in the constructor, for what the metric accumulates over batches. Each epoch starts it from zeros.</summary>
    /// <param name="shape">Its dimensions; none for one number.</param>
    /// <param name="initializer">The values before the first <see cref="reset_state"/>, which sets them to 0; zeros by default.</param>
    /// <param name="name">Its name.</param>
    protected Variable add_variable(Shape? shape = null, Initializer? initializer = null, string? name = null)
    {
        int[] dimensions = [.. (shape ?? new Shape()).Select(d => d
            ?? throw new ValueError($"A metric's variable has no open dimensions. Received: shape={shape}"))];
        var variable = new Variable(new Weight(name ?? "variable", dimensions, initializer ?? new Zeros(), Trainable: false), new Turns(), trainable: false);
        _variables.Add(variable);
        return variable;
    }

    /// <inheritdoc cref="add_variable"/>
    /// <param name="shape">Its dimensions; none for one number.</param>
    /// <param name="initializer">The values before the first <see cref="reset_state"/>, which sets them to 0; zeros by default.</param>
    /// <param name="dtype">The type: float32, or integers, which are computed in float32 too.</param>
    /// <param name="name">Its name.</param>
    protected Variable add_weight(Shape? shape = null, Initializer? initializer = null, DType? dtype = null, string? name = null)
    {
        if (dtype is { } type && type != DType.float32 && type != DType.int32 && type != DType.int64)
            throw new ValueError($"A metric's variable is of float32, or of int32 or int64 to count with. Received: dtype={type}");
        return add_variable(shape, initializer, name);
    }

    private int OwnSize => _variables.Sum(variable => variable.size);

    /// <summary>Targets, outputs and weights in one tensor, preceded by rank and dimensions of each; a rank of -1 says that there are no weights.</summary>
    private static Tensor Packed(Graph g, Tensor y_true, Tensor y_pred, Tensor? sample_weight)
    {
        Tensor?[] all = [y_true, y_pred, sample_weight];
        float[] shapes = [.. all.SelectMany(x => x is null ? (float[])[-1] : [x.shape.Rank, .. x.shape.Select(d => (float)d!.Value)])];
        var packed = g.Add(new ConstantNode(new NDArray(shapes, 1, shapes.Length)), (1, shapes.Length));
        foreach (var x in all)
            if (x is not null) packed = g.Concatenate(packed, g.Reshape(x, (1, x.Size)));
        return packed;
    }

    private void AddOwn(Span<float> state, ReadOnlySpan<float> batch)
    {
        var shapes = new ArrayShape?[3];
        for (int i = 0; i < shapes.Length; i++)
        {
            int rank = (int)batch[0];
            batch = batch[1..];
            if (rank < 0) continue;
            shapes[i] = [.. batch[..rank].ToArray().Select(d => (int)d)];
            batch = batch[rank..];
        }
        var tensors = new Tensor?[3];
        for (int i = 0; i < shapes.Length; i++)
        {
            if (shapes[i] is not { } shape) continue;
            int size = shape.Aggregate(1, (product, d) => product * d);
            tensors[i] = new NDArray(batch[..size].ToArray(), shape);
            batch = batch[size..];
        }
        With(state, () => update_state(tensors[0]!, tensors[1]!, tensors[2])).CopyTo(state);
    }

    private void StartOwn(Span<float> state) => With(state, reset_state).CopyTo(state);

    private double ResultOfOwn(ReadOnlySpan<float> state)
    {
        double value = 0;
        With(state, () => value = result() is { size: 1 } number ? number.ElementAt(0)
            : throw new ValueError($"Metric '{name}' ({GetType().Name}) must give one number in `result()`, which logs hold."));
        return value;
    }

    private void Assign(ReadOnlySpan<float> state)
    {
        foreach (var variable in _variables)
        {
            variable.assign(new NDArray(state[..variable.size].ToArray(), variable.shape));
            state = state[variable.size..];
        }
    }

    /// <summary>Runs an action with the variables set to that state and returns the state afterwards; then the variables get back their own values.</summary>
    private float[] With(ReadOnlySpan<float> state, Action action)
    {
        float[] given = state.ToArray();
        lock (_own)
        {
            NDArray[] before = [.. _variables.Select(variable => variable.numpy())];
            try
            {
                _isUpdating = true;
                Assign(given);
                action();
                return [.. _variables.SelectMany(variable => variable.numpy().ToFloats())];
            }
            finally
            {
                _isUpdating = false;
                for (int i = 0; i < before.Length; i++) _variables[i].assign(before[i]);
            }
        }
    }
}
