using System.Collections;

namespace KerasPort;

/// <summary>
/// The dimensions of an array, outermost first: numpy's <c>x.shape</c>. Every one is a number: none is open, as in a
/// <see cref="Shape"/>, to which it converts.
/// </summary>
[CollectionBuilder(typeof(ArrayShape), nameof(Create))]
public readonly struct ArrayShape : IEquatable<ArrayShape>, IReadOnlyList<int>
{
    private readonly int[]? _dimensions;

    // Keeps the array that it is given: the caller must not write to it any more.
    internal ArrayShape(int[] dimensions) => _dimensions = dimensions;

    /// <summary>A shape from a collection expression.</summary>
    public static ArrayShape Create(ReadOnlySpan<int> dimensions) => new(dimensions.ToArray());

    /// <summary>The number of dimensions, as Python's <c>len(x.shape)</c>.</summary>
    public int Length => AsSpan().Length;

    /// <summary>Dimension <paramref name="axis"/>; -1 is the last.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public int this[int axis] => axis >= -Length && axis < Length ? AsSpan()[axis < 0 ? axis + Length : axis]
        : throw new ValueError($"tuple index out of range: the shape is {this}, the index {axis}");

    /// <summary>Dimension <paramref name="axis"/>; <c>^1</c> is the last.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public int this[Index axis] => this[axis is { IsFromEnd: true, Value: > 0 } ? -axis.Value : axis.GetOffset(Length)];

    /// <summary>The dimensions of <paramref name="range"/>, such as <c>[1..]</c> for all but the first.</summary>
    public ArrayShape this[Range range] => new(AsSpan()[range].ToArray());

    /// <summary>The dimensions.</summary>
    public ReadOnlySpan<int> AsSpan() => _dimensions;

    /// <summary><c>var (rows, columns) = x.shape;</c></summary>
    /// <exception cref="ValueError">The array has more or fewer dimensions.</exception>
    public void Deconstruct(out int first, out int second)
    {
        var all = Unpack(2);
        (first, second) = (all[0], all[1]);
    }

    /// <summary><c>var (images, height, width) = x.shape;</c></summary>
    /// <exception cref="ValueError">The array has more or fewer dimensions.</exception>
    public void Deconstruct(out int first, out int second, out int third)
    {
        var all = Unpack(3);
        (first, second, third) = (all[0], all[1], all[2]);
    }

    /// <summary><c>var (images, height, width, channels) = x.shape;</c></summary>
    /// <exception cref="ValueError">The array has more or fewer dimensions.</exception>
    public void Deconstruct(out int first, out int second, out int third, out int fourth)
    {
        var all = Unpack(4);
        (first, second, third, fourth) = (all[0], all[1], all[2], all[3]);
    }

    /// <inheritdoc/>
    public bool Equals(ArrayShape other) => AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ArrayShape other ? Equals(other) : obj is Shape shape && shape.Equals((Shape)this);

    /// <inheritdoc/>
    public override int GetHashCode() => ((Shape)this).GetHashCode();

    /// <summary>As Python writes a tuple: <c>(60000, 28, 28)</c>, <c>(3,)</c>, <c>()</c>.</summary>
    public override string ToString() => ((Shape)this).ToString();

    /// <summary>The dimensions, outermost first.</summary>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(_dimensions ?? [])).GetEnumerator();

    int IReadOnlyCollection<int>.Count => Length;

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Equal dimensions.</summary>
    public static bool operator ==(ArrayShape left, ArrayShape right) => left.Equals(right);

    /// <summary>Other dimensions.</summary>
    public static bool operator !=(ArrayShape left, ArrayShape right) => !left.Equals(right);

    /// <summary>The dimensions as an array, to compute with: <c>np.prod(x.shape[1..])</c>.</summary>
    public static implicit operator NDArray(ArrayShape shape) => (long[])[.. shape.Select(d => (long)d)];

    /// <summary>The same dimensions, none of them open.</summary>
    public static implicit operator Shape(ArrayShape shape) => Shape.Of(shape.AsSpan());

    /// <summary>One dimension.</summary>
    public static implicit operator ArrayShape(int d) => new([d]);

    /// <summary>Two dimensions.</summary>
    public static implicit operator ArrayShape((int, int) d) => new([d.Item1, d.Item2]);

    /// <summary>Three dimensions.</summary>
    public static implicit operator ArrayShape((int, int, int) d) => new([d.Item1, d.Item2, d.Item3]);

    /// <summary>Four dimensions.</summary>
    public static implicit operator ArrayShape((int, int, int, int) d) => new([d.Item1, d.Item2, d.Item3, d.Item4]);

    /// <summary>Any number of dimensions.</summary>
    public static implicit operator ArrayShape(int[] d) => new([.. d]);

    private ReadOnlySpan<int> Unpack(int count) => Length == count ? AsSpan() : throw new ValueError(Length < count
        ? $"not enough values to unpack (expected {count}, got {Length})" : $"too many values to unpack (expected {count}): the shape is {this}");
}
