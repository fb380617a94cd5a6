using System.Collections;
using KerasPort.Layers;

namespace KerasPort.Optimizers;

/// <summary>
/// Which optimizer changes which weight, for <see cref="MultiOptimizer"/>: the one of the weight's path, such as <c>model/dense/kernel</c>, else
/// the one of the pattern that all of the path matches, else the default.
/// </summary>
public sealed class OptimizerMap : IEnumerable<KeyValuePair<string, Optimizer>>
{
    private readonly OrderedDictionary<string, Optimizer> _optimizers = [];
    private readonly Func<Variable, Optimizer>? _function;

    /// <summary>A map with that default.</summary>
    /// <param name="default_optimizer">The optimizer of all weights that no path or pattern names.</param>
    /// <param name="optimizer_map">Optimizers by paths or patterns of them.</param>
    /// <exception cref="TypeError">There is no default.</exception>
    /// <exception cref="ValueError">A key is no pattern, or an optimizer one of those that have others.</exception>
    public OptimizerMap(Optimizer default_optimizer, Dictionary<string, Optimizer>? optimizer_map = null)
    {
        this.default_optimizer = default_optimizer ?? throw new TypeError("default_optimizer must be a Keras Optimizer instance. Received: None");
        foreach (var (key, optimizer) in optimizer_map ?? []) this[key] = optimizer;
    }

    internal OptimizerMap(Func<Variable, Optimizer> function) => (_function, default_optimizer) = (function, null!);

    /// <summary>The optimizer of all weights that no path or pattern names.</summary>
    public Optimizer default_optimizer { get; }

    /// <summary>Whether the map is a function, which no file can hold.</summary>
    internal bool IsFunction => _function is not null;

    /// <summary>The optimizer of a path; a path or pattern may be set once.</summary>
    /// <exception cref="ValueError">Several patterns match, or one is set again, is none, or gets an optimizer that has others.</exception>
    public Optimizer this[string key]
    {
        get
        {
            if (_optimizers.TryGetValue(key, out var called)) return called;
            var matching = _optimizers.Where(entry => Optimizer.IsFound($"^(?:{entry.Key})$", key)).Take(2).ToArray();
            return matching.Length > 1 ? throw new ValueError($"Multiple optimizers assigned to variable {key}.")
                : matching is [var (_, only)] ? only : default_optimizer;
        }
        set
        {
            if (_optimizers.ContainsKey(key))
                throw new ValueError($"'{key}' already exists in the OptimizerMap. Please make sure to not use duplicated keys.");
            if (value is null) throw new ValueError("optimizer must be a Keras Optimizer instance. Received: None");
            if (value is LossScaleOptimizer or MultiOptimizer) throw new ValueError($"optimizer cannot be {value.GetType().Name}.");
            Optimizer.RequirePattern(key, "optimizer_map");
            _optimizers[key] = value;
        }
    }

    /// <summary>Sets the optimizer of a path or pattern.</summary>
    /// <exception cref="ValueError">It is set already, or the optimizer is one of those that have others.</exception>
    public void Add(string key, Optimizer optimizer) => this[key] = optimizer;

    /// <summary>Takes a path or pattern out.</summary>
    public bool Remove(string key) => _optimizers.Remove(key);

    /// <summary>The optimizer of a weight.</summary>
    internal Optimizer Of(Variable variable, string path) => _function?.Invoke(variable) ?? this[path];

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Optimizer>> GetEnumerator() => _optimizers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
