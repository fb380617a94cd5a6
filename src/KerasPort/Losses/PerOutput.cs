using System.Collections;

namespace KerasPort.Losses;

/// <summary>Something for each output of a model: one for all, a list in their order, or by their names, <c>new() { ["a"] = … }</c>.</summary>
public abstract class PerOutput<T> : IEnumerable<T>
{
    private readonly List<T> _items = [];
    private readonly List<string> _names = [];

    private protected PerOutput() { }

    private protected PerOutput(bool isOne, IEnumerable<T> items)
    {
        IsOne = isOne;
        _items.AddRange(items);
    }

    /// <summary>The entry of an output.</summary>
    /// <exception cref="ValueError">There is nothing of that name.</exception>
    public T this[string output]
    {
        get => _names.IndexOf(output) is >= 0 and int at ? _items[at] : throw new ValueError($"There is nothing for output '{output}' here.");
        set
        {
            int at = _names.IndexOf(output);
            if (at >= 0) _items[at] = value;
            else
            {
                _names.Add(output);
                _items.Add(value);
            }
        }
    }

    /// <summary>Whether one was given for all outputs.</summary>
    internal bool IsOne { get; }

    /// <summary>The outputs' names where it was given by them, else empty.</summary>
    internal IReadOnlyList<string> Names => _names;

    /// <summary>The entries of all outputs.</summary>
    /// <param name="outputs">The names of the model's outputs.</param>
    /// <param name="argument">The name of the argument, for messages.</param>
    /// <exception cref="ValueError">The entries are for other outputs, or for another number of them.</exception>
    internal T[] For(IReadOnlyList<string> outputs, string argument)
    {
        if (IsOne) return [.. outputs.Select(_ => _items[0])];
        if (_names.Count > 0)
        {
            if (!_names.ToHashSet().SetEquals(outputs))
                throw new ValueError($"Expected keys {PythonText.Repr(outputs)} in {argument} dict, but found {argument}.keys()={PythonText.Repr(_names)}");
            return [.. outputs.Select(name => this[name])];
        }
        return _items.Count == outputs.Count ? [.. _items]
            : throw new ValueError($"`{argument}` must be one for each output, {PythonText.Repr(outputs)}. Received: {_items.Count} of them");
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
