using System.Text.RegularExpressions;
using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort.Optimizers;

/// <summary>A variable that is trained, where it lies among all, with room behind it, and its gradient of the batch.</summary>
internal sealed record TrainedVariable(Variable Variable, int Start, int Room, Tensor Gradient);

// What stands between gradients and the step: accumulation, clipping and weight decay, as nodes.
public abstract partial class Optimizer
{
    private const string Accumulator = "gradient_accumulator";

    private static readonly TimeSpan s_longestMatch = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Variable, bool> _decays = [];
    private HashSet<Variable> _excluded = [];
    private string[] _excludedNames = [];

    /// <summary>The share of each weight, times the learning rate, that it loses before each step; <c>null</c> for none.</summary>
    public double? weight_decay { get; }

    /// <summary>The most that a gradient's norm may be, for each weight by itself; <c>null</c>, or 0 and less, for no limit.</summary>
    public double? clipnorm { get; }

    /// <summary>The most that a gradient's values may be in size; <c>null</c>, or 0 and less, for no limit.</summary>
    public double? clipvalue { get; }

    /// <summary>The most that the norm of all gradients together may be; <c>null</c>, or 0 and less, for no limit.</summary>
    public double? global_clipnorm { get; }

    /// <summary>The batches whose gradients' mean makes one step; <c>null</c> for a step a batch.</summary>
    public int? gradient_accumulation_steps { get; }

    /// <summary>Batches a step.</summary>
    private int BatchesAStep => gradient_accumulation_steps is > 0 and var steps ? steps : 1;

    /// <summary>What has been said about weights that don't decay; <c>null</c> for nothing.</summary>
    internal string? Exclusions { get; private set; }

    /// <summary>Weights that <see cref="weight_decay"/> spares from now on, in place of those that were named before.</summary>
    /// <param name="var_list">These.</param>
    /// <param name="var_names">Those in whose path, such as <c>model/dense/bias:0</c>, one of these patterns is found.</param>
    /// <exception cref="ValueError">A name isn't a pattern.</exception>
    public void exclude_from_weight_decay(IEnumerable<Variable>? var_list = null, IEnumerable<string>? var_names = null)
    {
        string[] names = [.. var_names ?? []];
        foreach (string name in names)
        {
            try
            {
                _ = Regex.IsMatch("", name, RegexOptions.CultureInvariant, s_longestMatch);
            }
            catch (ArgumentException e)
            {
                throw new ValueError($"`exclude_from_weight_decay` takes regular expressions in `var_names`. Received: {name}", e);
            }
        }
        (_excluded, _excludedNames) = ([.. var_list ?? []], names);
        _decays.Clear();
        Exclusions = $" without decay of {_excluded.Count} variables and [{string.Join(", ", names)}]";
    }

    /// <summary>Whether a weight decays.</summary>
    internal bool Decays(Variable variable)
    {
        if (!_decays.TryGetValue(variable, out bool decays))
        {
            string path = $"{_paths.GetValueOrDefault(variable, variable.name)}:0";
            decays = !_excluded.Contains(variable) && !_excludedNames.Any(name => Regex.IsMatch(path, name, RegexOptions.CultureInvariant, s_longestMatch));
            _decays[variable] = decays;
        }
        return decays;
    }

    /// <summary>Adds to a list what changes variables by their gradients.</summary>
    internal void AddSteps(Graph g, FlatVariables flat, IReadOnlyList<TrainedVariable> trained)
    {
        Tensor[] gradients = [.. trained.Select(t => t.Gradient)];
        if (BatchesAStep > 1)
        {
            for (int i = 0; i < gradients.Length; i++) g.Accumulate(gradients[i], flat.Slots[^1].Part(trained[i].Start, gradients[i].Size));
            g.When = IsLastOfStep;
            for (int i = 0; i < gradients.Length; i++)
                gradients[i] = g.TakeMean(flat.Slots[^1].Part(trained[i].Start, gradients[i].Size), gradients[i].shape, BatchesAStep);
        }
        gradients = Clipped(g, gradients);
        for (int i = 0; i < gradients.Length; i++)
            gradients[i] = g.At(new Storage { Buffer = flat.Gradients.Part(trained[i].Start, gradients[i].Size), IsFixed = true }, gradients[i]);
        if (weight_decay is { } share)
            foreach (var t in trained) g.Do(new WeightDecayNode(g.Variable(t.Variable), t.Variable, this, (float)share));
        for (int i = 0; i < gradients.Length; i++)
            g.Do(new UpdateNode(this, flat, trained[i].Start, trained[i].Room, [g.Variable(trained[i].Variable)], [gradients[i]]));
        g.When = null;
        // As in Keras also after a batch that only adds to the gradients of the next step.
        foreach (var variable in trained.Select(t => t.Variable))
            if (variable.constraint is { } constraint) g.Assign(variable, constraint.Call(g, g.Variable(variable)));
    }

    private bool IsLastOfStep() => (Batches + 1) % BatchesAStep == 0;

    private Tensor[] Clipped(Graph g, Tensor[] gradients) =>
        clipnorm is > 0 and var norm ? [.. gradients.Select(gradient => g.ClipByNorm(gradient, (float)norm))]
        : global_clipnorm is > 0 and var all ? g.ClipByGlobalNorm(gradients, all)
        : clipvalue is > 0 and var limit ? [.. gradients.Select(gradient => g.ClipByValue(gradient, (float)limit))]
        : gradients;
}
