using System.Text.RegularExpressions;
using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort.Optimizers;

/// <summary>
/// A trained variable, its place among all of them with the room behind it, and its gradient for the batch: <c>null</c> where the loss doesn't
/// depend on it.
/// </summary>
internal sealed record TrainedVariable(Variable Variable, int Start, int Room, Tensor? Gradient)
{
    /// <summary>
    /// For a gradient of picked rows of a table alone: the nodes that picked them, and the gradient of each row. TensorFlow keeps such a gradient row
    /// by row: it clips and squares values before it adds up rows that were picked twice.
    /// </summary>
    public IReadOnlyList<(Node Picked, Tensor Gradient)> Rows { get; init; } = [];

    /// <summary>The sums of the squares of these rows; <c>null</c> where there are none.</summary>
    public Tensor? Squares(Graph g) => Rows.Count == 0 ? null
        : Rows.Select(row => g.SquaresOfPicked(row.Picked.Inputs[0], row.Picked.Inputs[1], row.Gradient)).Aggregate(g.Add);

    /// <summary>The same with all gradients over the loss's scale.</summary>
    public TrainedVariable Unscaled(Graph g, Tensor scale) => this with
    {
        Gradient = Gradient is null ? null : g.Divide(Gradient, scale),
        Rows = [.. Rows.Select(row => row with { Gradient = g.Divide(row.Gradient, scale) })],
    };

    /// <summary>The same with its rows, if it has any, clipped: each value, or all by their norm; and the gradient of that.</summary>
    public TrainedVariable Clipped(Graph g, float? value, float? norm)
    {
        if (Rows.Count == 0 || (value ?? norm) is not { } limit) return this;
        var squares = norm is null ? null : Squares(g);
        Tensor Clip(Tensor rows) => value is not null ? g.ClipByValue(rows, limit) : g.ClipByNorm(rows, limit, squares);
        var rows = Rows.Select(row => row with { Gradient = Clip(row.Gradient) }).ToArray();
        return this with { Rows = rows, Gradient = rows.Select(row => row.Picked.Gradients(g, row.Gradient)[0]!).Aggregate(g.Add) };
    }
}

// The nodes between gradients and the step: scaling, accumulation, clipping and weight decay; behind it, the averages.
public abstract partial class Optimizer
{
    private static readonly TimeSpan s_longestMatch = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Variable, bool> _decays = [];
    private HashSet<Variable> _excluded = [];
    private string[] _excludedNames = [];

    /// <summary>The share, times the learning rate, that a weight loses before each step; <c>null</c> for none.</summary>
    public double? weight_decay { get; }

    /// <summary>The most that a gradient's norm may be, for each weight by itself; <c>null</c>, or 0 and less, for no limit.</summary>
    public double? clipnorm { get; }

    /// <summary>The most that a gradient's values may be in size; <c>null</c>, or 0 and less, for no limit.</summary>
    public double? clipvalue { get; }

    /// <summary>The most that the norm of all gradients together may be; <c>null</c>, or 0 and less, for no limit.</summary>
    public double? global_clipnorm { get; }

    /// <summary>The factor of the loss, by which its gradients are divided again; <c>null</c> for 1.</summary>
    public double? loss_scale_factor { get; private set; }

    /// <summary>The number of batches whose mean gradient makes one step; <c>null</c> for a step per batch.</summary>
    public int? gradient_accumulation_steps { get; }

    /// <summary>Batches a step.</summary>
    private int BatchesAStep => gradient_accumulation_steps is > 0 and var steps ? steps : 1;

    /// <summary>The exclusions from weight decay as text; <c>null</c> for none.</summary>
    internal virtual string? Exclusions { get; private set; }

    /// <summary>Excludes weights from <see cref="weight_decay"/>, in place of those excluded before.</summary>
    /// <param name="var_list">The weights to exclude.</param>
    /// <param name="var_names">Patterns of weights to exclude: each weight whose path, such as <c>model/dense/bias:0</c>, contains one of them.</param>
    /// <exception cref="ValueError">A name isn't a pattern.</exception>
    public void exclude_from_weight_decay(IEnumerable<Variable>? var_list = null, IEnumerable<string>? var_names = null)
    {
        string[] names = [.. var_names ?? []];
        foreach (string name in names) RequirePattern(name, "exclude_from_weight_decay");
        (_excluded, _excludedNames) = ([.. var_list ?? []], names);
        _decays.Clear();
        Exclusions = $" without decay of {_excluded.Count} variables and [{string.Join(", ", names)}]";
    }

    /// <summary>Whether a pattern is found in a weight's path.</summary>
    internal static bool IsFound(string pattern, string path) => Regex.IsMatch(path, pattern, RegexOptions.CultureInvariant, s_longestMatch);

    /// <summary>Refuses text that isn't a pattern.</summary>
    internal static void RequirePattern(string pattern, string where)
    {
        try
        {
            _ = IsFound(pattern, "");
        }
        catch (ArgumentException e)
        {
            throw new ValueError($"`{where}` takes regular expressions. Received: {pattern}", e);
        }
    }

    /// <summary>Whether a weight decays.</summary>
    internal bool Decays(Variable variable)
    {
        if (!_decays.TryGetValue(variable, out bool decays))
        {
            string path = $"{PathOf(variable)}:0";
            decays = !_excluded.Contains(variable) && !_excludedNames.Any(name => IsFound(name, path));
            _decays[variable] = decays;
        }
        return decays;
    }

    /// <summary>Multiplies the loss by that from now on.</summary>
    internal virtual void ScalesBy(double? factor) => loss_scale_factor = factor;

    /// <summary>The node of the factor by which the loss is multiplied before its gradients are taken; <c>null</c> where it isn't multiplied.</summary>
    internal virtual Tensor? LossScale(Graph g) => loss_scale_factor is { } factor ? g.Current(() => (float)factor) : null;

    /// <summary>Adds the nodes that change variables by their gradients.</summary>
    internal virtual void AddSteps(Graph g, FlatVariables flat, IReadOnlyList<TrainedVariable> all)
    {
        TrainedVariable[] trained = [.. all.Where(t => t.Gradient is not null)];
        // A gradient that is scaled or accumulated is a whole table, not rows.
        bool isWhole = BatchesAStep > 1 || loss_scale_factor is not null;
        trained = [.. trained.Select(t => isWhole ? t with { Rows = [] } : t.Clipped(g, ClipsValues, ClipsNorm))];
        Tensor[] gradients = [.. trained.Select(t => t.Gradient!)];
        if (loss_scale_factor is { } scale)
            gradients = [.. gradients.Select(gradient => g.Divide(gradient, g.Lift(new PythonNumber((float)scale, IsWhole: false))))];
        var always = g.When;
        if (BatchesAStep > 1)
        {
            DeviceBuffer Sums(int i) => flat.Slots[AccumulatorSlot].Part(trained[i].Start, gradients[i].Size);
            for (int i = 0; i < gradients.Length; i++) g.Accumulate(gradients[i], Sums(i));
            g.When = Also(always, IsLastOfStep);
            for (int i = 0; i < gradients.Length; i++) gradients[i] = g.TakeMean(Sums(i), gradients[i].shape, BatchesAStep);
        }
        Tensor?[] squares = [.. trained.Select(t => t.Squares(g))];
        gradients = Clipped(g, gradients, squares);
        for (int i = 0; i < gradients.Length; i++)
            gradients[i] = g.At(new Storage { Buffer = flat.Gradients.Part(trained[i].Start, gradients[i].Size), IsFixed = true }, gradients[i]);
        foreach (var t in trained)
            if (DecayOf(t.Variable) is { } share) g.Do(new WeightDecayNode(g.Variable(t.Variable), t.Variable, this, (float)share));
        for (int i = 0; i < gradients.Length; i++)
        {
            var step = new VariableStep(g, flat, trained[i], gradients[i], squares[i]);
            if (squares[i] is { } own && SquareSlot is { } slot)
            {
                // The formula adds the square of the gradient. The difference from the rows' squares is added before it.
                var (place, more) = (step.Slot(slot.Slot), g.Subtract(own, g.Square(gradients[i])));
                g.Store(place, g.Add(place, g.Scale(more, slot.Share)));
            }
            AddStep(g, step);
        }
        // As in Keras, also after a batch that only accumulates gradients for the next step.
        g.When = always;
        if (use_ema) AddAverages(g, flat, all);
        foreach (var variable in trained.Select(t => t.Variable))
            if (variable.constraint is { } constraint) g.Assign(variable, constraint.Call(g, g.Variable(variable)));
    }

    /// <summary>The slot that adds up squared gradients, and the share of a new square there over that of the old sum; <c>null</c> for none.</summary>
    private protected virtual (int Slot, float Share)? SquareSlot => null;

    /// <summary>Adds the nodes that change one variable by its gradient; without override, the formula that <see cref="Update"/> runs.</summary>
    private protected virtual void AddStep(Graph g, VariableStep step) => step.AddUpdate(this);

    /// <summary>The share of a weight, times the learning rate, that it loses before each step; <c>null</c> for none.</summary>
    private protected virtual double? DecayOf(Variable variable) => weight_decay;

    /// <summary>Both conditions together; <c>null</c> holds always.</summary>
    private static Func<bool> Also(Func<bool>? one, Func<bool> other) => one is null ? other : () => one() && other();

    private bool IsLastOfStep() => (Batches + 1) % BatchesAStep == 0;

    private float? ClipsValues => clipnorm is > 0 || global_clipnorm is > 0 || clipvalue is not > 0 ? null : (float)clipvalue;

    private float? ClipsNorm => clipnorm is > 0 ? (float)clipnorm : null;

    /// <summary>Gradients that are clipped together are whole tables from here on; the norm is still one of rows. Other rows are clipped already.</summary>
    private Tensor[] Clipped(Graph g, Tensor[] gradients, Tensor?[] squares)
    {
        if (ClipsValues is { } limit) return [.. gradients.Select((gradient, i) => squares[i] is null ? g.ClipByValue(gradient, limit) : gradient)];
        if (ClipsNorm is { } norm) return [.. gradients.Select((gradient, i) => squares[i] is null ? g.ClipByNorm(gradient, norm) : gradient)];
        if (global_clipnorm is not > 0) return gradients;
        gradients = g.ClipByGlobalNorm(gradients, global_clipnorm.Value, squares);
        Array.Clear(squares);
        return gradients;
    }
}
