using KerasPort.Constraints;
using KerasPort.Initializers;
using KerasPort.Models;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>
/// A weight of a layer. Its value lives on the host until the model runs on an engine; from then on the engine holds it,
/// and <see cref="numpy"/> fetches it.
/// </summary>
public sealed partial class Variable
{
    private readonly Func<float[]> _firstValues;
    private readonly Turns _turns;
    private float[]? _value;

    internal Variable(Weight weight, Turns turns, bool trainable)
    {
        var initializer = weight.Initializer ?? new GlorotUniform();
        (name, shape, _firstValues, _turns) = (weight.Name, weight.Shape, initializer.Drawn(weight.Shape), turns);
        (IsLearned, this.trainable, constraint, regularizer) = (weight.Trainable, weight.Trainable && trainable, weight.Constraint, weight.Regularizer);
        path = NameScope.PathOf(name);
        dtype = weight.IsWhole ? DType.int64 : DType.float32;
        size = weight.Shape.Aggregate(1, (product, d) => checked(product * d));
        // The values of an initializer of one's own may depend on the time of the call, so it is called now.
        if (initializer.GetType().Assembly != typeof(Variable).Assembly) _value = initializer.Values(weight.Shape);
    }

    /// <summary>The name in its layer: <c>kernel</c>, <c>bias</c>.</summary>
    public string name { get; }

    /// <summary>The name, preceded by those of the layers that it was made in: <c>sequential/dense/kernel</c>.</summary>
    public string path { get; }

    /// <summary>The dimensions.</summary>
    public ArrayShape shape { get; }

    /// <summary>The type in files: float32, or int64 for a whole number.</summary>
    public DType dtype { get; }

    /// <summary>The number of values.</summary>
    public int size { get; }

    /// <summary>Whether training changes it. A compiled model must be compiled again to take notice.</summary>
    public bool trainable { get; set; }

    /// <summary>The constraint that is applied after each step of an optimizer; <c>null</c> for none.</summary>
    public Constraint? constraint { get; }

    /// <summary>The regularizer, whose penalty is added to the loss while the variable is trained; <c>null</c> for none.</summary>
    public Regularizer? regularizer { get; }

    /// <summary>Whether gradients change it, unless its layer is frozen.</summary>
    internal bool IsLearned { get; }

    /// <summary>
    /// Keeps the model's engine in step: called before the host value is read, after it was set, and when another model takes over the weight.
    /// </summary>
    internal (Action Fetch, Action Changed, Action Release)? Owner { get; set; }

    /// <summary>
    /// The host value, as it was last fetched or set. First values are made only when they are asked for: weights from a file are checked against the
    /// model's shapes before anything of that size is allocated, and then replace first values that were never made.
    /// </summary>
    internal Span<float> Host => _value ?? Interlocked.CompareExchange(ref _value, _firstValues(), null) ?? _value;

    /// <summary>An array of the variable's size, filled with one value.</summary>
    internal float[] Filled(float with)
    {
        var values = new float[size];
        Array.Fill(values, with);
        return values;
    }

    /// <summary>A copy of the value.</summary>
    public NDArray numpy()
    {
        using var turn = _turns.Take();
        Owner?.Fetch();
        return new NDArray(Host.ToArray(), shape);
    }

    /// <summary>Sets the value. In a <c>call</c> each batch sets it, before what follows there.</summary>
    /// <exception cref="ValueError">The shape differs.</exception>
    public void assign(NDArray value)
    {
        if (Graphs.Graph.Calling is { } g && g.Has(this) && value is not null)
        {
            g.Assign(this, g.Lift(value));
            return;
        }
        if (value is null) throw new ValueError($"None values not supported: `assign` needs an array of shape {shape}.");
        if (value.shape != shape)
            throw new ValueError(
                $"The shape of the target variable and the shape of the target value in `variable.assign(value)` must match. variable.shape={shape}, "
                    + $"Received: value.shape={value.shape}.");
        using var turn = _turns.Take();
        Owner?.Fetch();
        _value ??= new float[size];
        value.CopyTo(0, _value);
        Owner?.Changed();
    }

    /// <summary>Sets the value to that of a tensor.</summary>
    /// <inheritdoc cref="assign(NDArray)"/>
    /// <exception cref="ValueError">The shape differs, the tensor has no value yet, or the variable isn't one of the model that is called.</exception>
    public void assign(Tensor value)
    {
        if (value is { IsOfPlan: true }) value.Graph.Assign(this, value);
        else assign(value?.numpy()!);
    }

    /// <summary>Adds to the value.</summary>
    /// <exception cref="ValueError">The shape differs, or the tensor has no value yet.</exception>
    public void assign_add(Tensor value) => assign((Tensor)this + value);

    /// <summary>Subtracts from the value.</summary>
    /// <exception cref="ValueError">The shape differs, or the tensor has no value yet.</exception>
    public void assign_sub(Tensor value) => assign((Tensor)this - value);

    /// <summary>As Python shows it.</summary>
    public override string ToString() => $"<Variable path={path}, shape={shape}, dtype={dtype}, value={PythonText.Str(numpy())}>";

    internal static void AssignAll(string owner, IReadOnlyList<Variable> variables, IReadOnlyList<NDArray> values)
    {
        if (values is null || values.Any(value => value is null))
            throw new ValueError($"None values not supported: `set_weights` on '{owner}' needs a list of {variables.Count} arrays.");
        if (variables.Count != values.Count)
            throw new ValueError(
                $"You called `set_weights(weights)` on layer '{owner}' with a weight list of length {values.Count}, but the layer was expecting "
                    + $"{variables.Count} weights.");
        for (int i = 0; i < values.Count; i++)
            if (variables[i].shape != values[i].shape)
                throw new ValueError($"Layer {owner} weight shape {variables[i].shape} is not compatible with provided weight shape {values[i].shape}.");
        for (int i = 0; i < values.Count; i++) variables[i].assign(values[i]);
    }
}
