using System.Collections;

namespace KerasPort.Models;

/// <summary>
/// The result of <c>evaluate</c>: the loss, then the metrics. It is a list, deconstructed by
/// <c>var (test_loss, test_accuracy) = model.evaluate(…)</c>, and a dictionary, <c>result["accuracy"]</c>.
/// </summary>
public sealed class Evaluation : IReadOnlyList<double>, IPythonText
{
    private readonly string[] _names;
    private readonly Logs _logs;
    private readonly bool _asDictionary;

    // A dictionary has each name only once.
    internal Evaluation(string[] names, Logs logs, bool asDictionary) =>
        (_names, _logs, _asDictionary) = (asDictionary ? [.. names.Distinct()] : names, logs, asDictionary);

    /// <summary>The number of values: the loss and the metrics.</summary>
    public int Count => _names.Length;

    /// <summary>The loss at 0, then the metrics; -1 is the last.</summary>
    /// <exception cref="ValueError">The index is out of range.</exception>
    public double this[int index] => index >= -Count && index < Count ? _logs[_names[index < 0 ? index + Count : index]]
        : throw new ValueError($"list index out of range: there is {string.Join(", ", _names)}. Received: {index}");

    /// <summary>The loss at 0, then the metrics; <c>^1</c> is the last.</summary>
    /// <exception cref="ValueError">The index is out of range.</exception>
    public double this[Index index] => this[index is { IsFromEnd: true, Value: > 0 } ? -index.Value : index.GetOffset(Count)];

    /// <summary>Values by a range such as <c>[..3]</c>: so many of them from that index on.</summary>
    public Evaluation Slice(int start, int length) => new([.. _names.Skip(start).Take(length)], _logs, asDictionary: false);

    /// <summary>The loss or metric of that name.</summary>
    /// <exception cref="ValueError">There is none of that name.</exception>
    public double this[string name] => _logs[name];

    /// <summary>Deconstructs the loss and one metric.</summary>
    /// <exception cref="ValueError">There are fewer or more.</exception>
    public void Deconstruct(out double loss, out double metric)
    {
        Require(2);
        (loss, metric) = (this[0], this[1]);
    }

    /// <summary>Deconstructs the loss and two metrics.</summary>
    /// <exception cref="ValueError">There are fewer or more.</exception>
    public void Deconstruct(out double loss, out double first, out double second)
    {
        Require(3);
        (loss, first, second) = (this[0], this[1], this[2]);
    }

    /// <summary>Deconstructs the loss and three metrics.</summary>
    /// <exception cref="ValueError">There are fewer or more.</exception>
    public void Deconstruct(out double loss, out double first, out double second, out double third)
    {
        Require(4);
        (loss, first, second, third) = (this[0], this[1], this[2], this[3]);
    }

    /// <summary>Deconstructs the loss and four metrics.</summary>
    /// <exception cref="ValueError">There are fewer or more.</exception>
    public void Deconstruct(out double loss, out double first, out double second, out double third, out double fourth)
    {
        Require(5);
        (loss, first, second, third, fourth) = (this[0], this[1], this[2], this[3], this[4]);
    }

    /// <summary>Deconstructs the loss and five metrics.</summary>
    /// <exception cref="ValueError">There are fewer or more.</exception>
    public void Deconstruct(out double loss, out double first, out double second, out double third, out double fourth, out double fifth)
    {
        Require(6);
        (loss, first, second, third, fourth, fifth) = (this[0], this[1], this[2], this[3], this[4], this[5]);
    }

    /// <summary>Deconstructs the loss and six metrics.</summary>
    /// <exception cref="ValueError">There are fewer or more.</exception>
    public void Deconstruct(out double loss, out double first, out double second, out double third, out double fourth, out double fifth, out double sixth)
    {
        Require(7);
        (loss, first, second, third, fourth, fifth, sixth) = (this[0], this[1], this[2], this[3], this[4], this[5], this[6]);
    }

    /// <summary>The loss.</summary>
    public static implicit operator double(Evaluation evaluation) => evaluation[0];

    double? IPythonText.Number => Count == 1 && !_asDictionary ? this[0] : null;

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => _names.Select(name => _logs[name]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The text that Python prints: a number if there are no metrics, else a list, or a dictionary with <c>return_dict</c>.</summary>
    public override string ToString() => _asDictionary ? _logs.ToString()
        : Count == 1 ? PythonText.Str(this[0]) : PythonText.Str(this.ToArray());

    private void Require(int count)
    {
        if (Count != count)
            throw new ValueError(
                $"{(Count < count ? "not enough values" : "too many values")} to unpack (expected {count}, got {Count}): compile gave "
                    + $"{string.Join(", ", _names)}");
    }
}
