using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace KerasPort;

/// <summary>
/// The numbers that a callback gets, such as <c>logs["accuracy"]</c>: few, by name, in the order in which they came.
/// Setting a name that is there allocates nothing, so one instance can serve every batch.
/// </summary>
public sealed class Logs : IReadOnlyDictionary<string, double>, IPythonText
{
    private readonly List<KeyValuePair<string, double>> _entries = [];
    private NDArray[]? _outputs;

    /// <summary>The number of names.</summary>
    public int Count => _entries.Count;

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Keys => _entries.Select(entry => entry.Key);

    /// <summary>The values, in the order of their names.</summary>
    public IEnumerable<double> Values => _entries.Select(entry => entry.Value);

    /// <summary>The value of a name; setting a new name puts it last.</summary>
    /// <exception cref="ValueError">The name isn't there.</exception>
    public double this[string key]
    {
        get => TryGetValue(key, out double value) ? value : throw Missing(key);
        set
        {
            int at = IndexOf(key);
            if (at >= 0) _entries[at] = new(key, value);
            else _entries.Add(new(key, value));
        }
    }

    /// <summary>The batch's outputs, a row a sample, at the end of a prediction's batch: Keras' <c>logs["outputs"]</c>.</summary>
    /// <exception cref="ValueError">There are none, or the model has several outputs.</exception>
    public NDArray outputs => all_outputs is [var only] ? only
        : throw new ValueError($"The model has {all_outputs.Count} outputs: read them as `logs.all_outputs`, an array for each.");

    /// <summary>The same for a model of several outputs: an array for each, in their order.</summary>
    /// <exception cref="ValueError">There are none.</exception>
    public IReadOnlyList<NDArray> all_outputs => _outputs ?? throw Missing(nameof(outputs));

    /// <summary>The keys in Python: the names of the numbers, and at the end of a prediction's batch "outputs", which <see cref="outputs"/> gives.</summary>
    public Python.DictionaryView<string> keys() => new("dict_keys", _outputs is null ? Keys : Keys.Append(nameof(outputs)));

    internal void SetOutputs(NDArray[] outputs) => _outputs = outputs;

    /// <summary>
    /// The value of a name, or null if there is none, as Python's <c>dict.get</c>. Comparing or computing with a missing value is a
    /// <see cref="ValueError"/> that lists the names there are; in Python it is a TypeError.
    /// </summary>
    public LogValue? get(string key)
    {
        if (TryGetValue(key, out double value)) return new LogValue(value);
        LogValue.Missing = Missing(key).Message;
        return null;
    }

    /// <summary>Adds a value under a new name, or replaces that of an old one.</summary>
    public void Add(string key, double value) => this[key] = value;

    /// <summary>The entries of those of these names that are there, in this order, each once.</summary>
    internal Logs InOrder(IEnumerable<string> names)
    {
        var ordered = new Logs();
        foreach (string name in names)
            if (TryGetValue(name, out double value)) ordered[name] = value;
        return ordered;
    }

    /// <summary>Removes every name.</summary>
    public void Clear() => _entries.Clear();

    /// <inheritdoc/>
    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
    {
        int at = IndexOf(key);
        value = at >= 0 ? _entries[at].Value : 0;
        return at >= 0;
    }

    /// <summary>The entries, in order.</summary>
    public List<KeyValuePair<string, double>>.Enumerator GetEnumerator() => _entries.GetEnumerator();

    IEnumerator<KeyValuePair<string, double>> IEnumerable<KeyValuePair<string, double>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As Python writes a dict: <c>{'accuracy': 0.5, 'loss': 1.25}</c>.</summary>
    public override string ToString()
    {
        var entries = _entries.Select(entry => $"{PythonText.Repr(entry.Key)}: {PythonText.Repr(entry.Value)}");
        if (_outputs is not null) entries = entries.Append($"'outputs': {PythonText.Repr(_outputs is [var only] ? only : _outputs)}");
        return $"{{{string.Join(", ", entries)}}}";
    }

    private ValueError Missing(string key) => new(
        key == nameof(outputs) && _outputs is not null ? "What logs has under 'outputs' is an array, not a number: read it as `logs.outputs`."
        : _entries.Count == 0 ? $"There is no '{key}' in logs, which hold nothing here."
        : $"There is no '{key}' in logs; there is: {string.Join(", ", Keys)}.");

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int IndexOf(string key)
    {
        for (int i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Key == key) return i;
        }
        return -1;
    }
}
