using System.Collections;

namespace KerasPort;

/// <summary>Python's <c>range</c>: numbers that are computed, not stored.</summary>
public sealed class PythonRange : IReadOnlyList<int>, IPythonText
{
    private readonly int _start, _stop, _step;

    internal PythonRange(int start, int stop, int step)
    {
        if (step == 0) throw new ValueError("range() arg 3 must not be zero");
        (_start, _stop, _step) = (start, stop, step);
        long steps = ((long)stop - start + step - Math.Sign(step)) / step;
        Count = checked((int)Math.Max(steps, 0));
    }

    /// <summary>The number of numbers.</summary>
    public int Count { get; }

    /// <summary>The number at that index; <c>^1</c> is the last.</summary>
    /// <exception cref="ValueError">The index is out of range.</exception>
    public int this[int index] => index >= 0 && index < Count ? _start + index * _step : throw new ValueError("range object index out of range");

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator()
    {
        for (int i = 0; i < Count; i++) yield return _start + i * _step;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The text that Python writes: <c>range(0, 3)</c>.</summary>
    public override string ToString() => _step == 1 ? $"range({_start}, {_stop})" : $"range({_start}, {_stop}, {_step})";

    /// <summary>The numbers as an array, int64 as numpy makes them.</summary>
    public static implicit operator NDArray(PythonRange range) => new(range.Select(i => (long)i).ToArray());
}
