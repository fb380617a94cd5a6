using System.Collections;

namespace KerasPort;

/// <summary>The shapes of several tensors, batch first: those of a list by index, <c>var (a, b) = input_shape;</c>, those of a dictionary by name.</summary>
[CollectionBuilder(typeof(Shapes), nameof(Create))]
public sealed class Shapes : IReadOnlyList<Shape>
{
    private readonly Shape[] _all;

    internal Shapes(Shape[] all, string[]? names = null) => (_all, Names) = (all, names);

    /// <summary>The names, if the tensors have any.</summary>
    internal string[]? Names { get; }

    /// <summary>The shapes of a collection expression.</summary>
    public static Shapes Create(ReadOnlySpan<Shape> shapes) => new(shapes.ToArray());

    /// <summary>The number of shapes.</summary>
    public int Count => _all.Length;

    /// <summary>The shape at that index; -1 is the last.</summary>
    /// <exception cref="ValueError">The index is out of range.</exception>
    public Shape this[int index] => index < Count && index >= -Count ? _all[index < 0 ? index + Count : index]
        : throw new ValueError($"list index out of range: there are {Count} shapes. Received: {index}");

    /// <summary>The shape of the tensor of that name.</summary>
    /// <exception cref="ValueError">There is no tensor of that name.</exception>
    public Shape this[string name] => Names is not null && Array.IndexOf(Names, name) is >= 0 and int at ? _all[at]
        : throw new ValueError(Names is null ? $"These shapes have no names. Received: {PythonText.Repr(name)}"
            : $"There is no shape named {PythonText.Repr(name)}; there is {string.Join(", ", Names)}.");

    /// <summary>Deconstructs two shapes.</summary>
    /// <exception cref="ValueError">There are fewer or more.</exception>
    public void Deconstruct(out Shape first, out Shape second)
    {
        Require(2);
        (first, second) = (_all[0], _all[1]);
    }

    /// <summary>Deconstructs three shapes.</summary>
    /// <exception cref="ValueError">There are fewer or more.</exception>
    public void Deconstruct(out Shape first, out Shape second, out Shape third)
    {
        Require(3);
        (first, second, third) = (_all[0], _all[1], _all[2]);
    }

    /// <summary>Converts shapes by the names of tensors.</summary>
    public static implicit operator Shapes(Dictionary<string, Shape> shapes) => new([.. shapes.Values], [.. shapes.Keys]);

    /// <inheritdoc/>
    public IEnumerator<Shape> GetEnumerator() => ((IEnumerable<Shape>)_all).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As Python shows a list or a dictionary of them.</summary>
    public override string ToString() => Names is null ? $"[{string.Join(", ", _all)}]"
        : $"{{{string.Join(", ", Names.Zip(_all, (name, shape) => $"'{name}': {shape}"))}}}";

    private void Require(int count)
    {
        if (Count != count) throw ValueError.Unpacking(count, Count);
    }
}
