using System.Collections;

namespace KerasPort;

/// <summary>
/// A tensor's dimensions, outermost first; <c>null</c> is an open dimension (Keras' <c>None</c>).
/// Converts from the forms of Keras: <c>28</c>, <c>(28, 28)</c>, <c>(28, 28, 1)</c> or <c>[28, 28, 1]</c>.
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>, IEnumerable<int?>
{
    private readonly int?[]? _dimensions;

    /// <summary>A shape with these dimensions.</summary>
    public Shape(params ReadOnlySpan<int?> dimensions) => _dimensions = dimensions.ToArray();

    /// <summary>A shape from a collection expression.</summary>
    public static Shape Create(ReadOnlySpan<int?> dimensions) => new(dimensions);

    /// <summary>A shape whose dimensions are all fixed.</summary>
    public static Shape Of(params ReadOnlySpan<int> dimensions)
    {
        var all = new int?[dimensions.Length];
        for (int i = 0; i < all.Length; i++) all[i] = dimensions[i];
        return new Shape(all);
    }

    /// <summary>The number of dimensions.</summary>
    public int Rank => _dimensions?.Length ?? 0;

    /// <summary>Dimension <paramref name="axis"/>; -1 is the last.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public int? this[int axis] => axis >= -Rank && axis < Rank ? _dimensions![axis < 0 ? axis + Rank : axis]
        : throw new ValueError($"tuple index out of range: the shape is {this}, the index {axis}");

    /// <summary>Dimension <paramref name="axis"/>; <c>^1</c> is the last.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public int? this[Index axis] => this[axis is { IsFromEnd: true, Value: > 0 } ? -axis.Value : axis.GetOffset(Rank)];

    /// <summary>The dimensions of <paramref name="range"/>, such as <c>[1..]</c> for all but the batch.</summary>
    public Shape this[Range range] => new((_dimensions ?? [])[range]);

    /// <summary>The product of the fixed dimensions: elements in all, or per sample when the batch is open.</summary>
    /// <exception cref="ValueError">The product exceeds what an array holds.</exception>
    public int Size
    {
        get
        {
            long product = 1;
            foreach (var d in _dimensions ?? [])
            {
                product *= d ?? 1;
                if (product is > int.MaxValue or < int.MinValue) throw new ValueError($"An array of shape {this} has more numbers than an array holds.");
            }
            return (int)product;
        }
    }

    /// <summary><c>var (height, width) = shape;</c></summary>
    /// <exception cref="ValueError">There are more or fewer dimensions.</exception>
    public void Deconstruct(out int? first, out int? second)
    {
        var all = Unpack(2);
        (first, second) = (all[0], all[1]);
    }

    /// <summary><c>var (height, width, channels) = shape;</c></summary>
    /// <exception cref="ValueError">There are more or fewer dimensions.</exception>
    public void Deconstruct(out int? first, out int? second, out int? third)
    {
        var all = Unpack(3);
        (first, second, third) = (all[0], all[1], all[2]);
    }

    /// <summary><c>var (batch, height, width, channels) = shape;</c></summary>
    /// <exception cref="ValueError">There are more or fewer dimensions.</exception>
    public void Deconstruct(out int? first, out int? second, out int? third, out int? fourth)
    {
        var all = Unpack(4);
        (first, second, third, fourth) = (all[0], all[1], all[2], all[3]);
    }

    /// <summary>This shape behind a batch dimension.</summary>
    public Shape WithBatch(int? batch) => new([batch, .. _dimensions ?? []]);

    /// <summary>The dimensions as numbers; every one must be fixed.</summary>
    public int[] ToArray()
    {
        var shape = this;
        return Array.ConvertAll(_dimensions ?? [], d => d ?? throw new ValueError($"Every dimension must be a number here. Received: shape={shape}"));
    }

    /// <inheritdoc/>
    public bool Equals(Shape other) => (_dimensions ?? []).AsSpan().SequenceEqual(other._dimensions ?? []);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other ? Equals(other) : obj is ArrayShape shape && Equals(shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var d in _dimensions ?? []) hash.Add(d);
        return hash.ToHashCode();
    }

    /// <summary>As Python writes a tuple: <c>(None, 28, 28)</c>, <c>(3,)</c>, <c>()</c>.</summary>
    public override string ToString()
    {
        var parts = Array.ConvertAll(_dimensions ?? [], d => d?.ToString() ?? "None");
        return parts.Length == 1 ? $"({parts[0]},)" : $"({string.Join(", ", parts)})";
    }

    IEnumerator<int?> IEnumerable<int?>.GetEnumerator() => ((IEnumerable<int?>)(_dimensions ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (_dimensions ?? []).GetEnumerator();

    /// <summary>Equal dimensions.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Other dimensions.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary>The dimensions that a tensor holds: <c>tf.random.normal(tf.shape(x))</c>.</summary>
    /// <exception cref="ValueError">The tensor isn't made of whole numbers.</exception>
    public static implicit operator Shape(Tensor dimensions) =>
        dimensions.shape.Rank == 1 && dimensions.dtype.IsInteger ? new([.. dimensions.numpy().Select(d => (int?)(int)d)])
        : throw new ValueError($"A shape is made of whole numbers. Received: {dimensions}");

    /// <summary>One dimension.</summary>
    public static implicit operator Shape(int d) => new(d);

    /// <summary>Two dimensions.</summary>
    public static implicit operator Shape((int?, int?) d) => new(d.Item1, d.Item2);

    /// <summary>Three dimensions.</summary>
    public static implicit operator Shape((int?, int?, int?) d) => new(d.Item1, d.Item2, d.Item3);

    /// <summary>Four dimensions.</summary>
    public static implicit operator Shape((int?, int?, int?, int?) d) => new(d.Item1, d.Item2, d.Item3, d.Item4);

    /// <summary>Five dimensions.</summary>
    public static implicit operator Shape((int?, int?, int?, int?, int?) d) => new(d.Item1, d.Item2, d.Item3, d.Item4, d.Item5);

    /// <summary>Six dimensions.</summary>
    public static implicit operator Shape((int?, int?, int?, int?, int?, int?) d) => new(d.Item1, d.Item2, d.Item3, d.Item4, d.Item5, d.Item6);

    /// <summary>Any number of dimensions.</summary>
    public static implicit operator Shape(int[] d) => Of(d);

    private int?[] Unpack(int count) => Rank == count ? _dimensions ?? [] : throw new ValueError(Rank < count
        ? $"not enough values to unpack (expected {count}, got {Rank})" : $"too many values to unpack (expected {count}): the shape is {this}");
}
