using System.Collections;

namespace KerasPort;

/// <summary>One axis or several: <c>axis: 0</c>, <c>axis: [0, 1, 2]</c>. Negative ones count from the end.</summary>
[CollectionBuilder(typeof(Axes), nameof(Create))]
public sealed class Axes : IReadOnlyList<int>
{
    private readonly int[] _all;

    private Axes(int[] all, bool isOne) => (_all, IsOne) = (all, isOne);

    /// <summary>Whether it was given as a number and not as a list.</summary>
    internal bool IsOne { get; }

    /// <summary>The axes as a list in ascending order.</summary>
    internal Axes Sorted => Create([.. _all.Order()]);

    /// <inheritdoc/>
    public int Count => _all.Length;

    /// <inheritdoc/>
    public int this[int index] => _all[index];

    /// <summary>Several axes.</summary>
    public static Axes Create(ReadOnlySpan<int> axes) => new(axes.ToArray(), isOne: false);

    /// <summary>One axis.</summary>
    public static implicit operator Axes(int axis) => new([axis], isOne: true);

    /// <summary>Two axes, as Python's tuple.</summary>
    public static implicit operator Axes((int, int) axes) => new([axes.Item1, axes.Item2], isOne: false);

    /// <summary>Three axes, as Python's tuple.</summary>
    public static implicit operator Axes((int, int, int) axes) => new([axes.Item1, axes.Item2, axes.Item3], isOne: false);

    /// <summary>Several axes.</summary>
    public static implicit operator Axes(int[] axes) => Create(axes);

    /// <summary>The given axes, counted from 0, each once and in order; all axes for <c>null</c>.</summary>
    /// <exception cref="ValueError">The shape has no such axis.</exception>
    internal static int[] Of(Axes? axes, Shape shape) => axes?.Of(shape) ?? [.. Enumerable.Range(0, shape.Rank)];

    /// <summary>The axes of a tensor of that shape, counted from 0, each once and in order.</summary>
    /// <exception cref="ValueError">The shape has no such axis.</exception>
    internal int[] Of(Shape shape)
    {
        int rank = shape.Rank;
        foreach (int axis in _all)
            if (axis < -rank || axis >= rank)
                throw new ValueError($"axis {axis} is out of bounds for array of dimension {rank}. Received: axis={this}, shape={shape}");
        return [.. _all.Select(axis => axis < 0 ? axis + rank : axis).Distinct().Order()];
    }

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_all).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As Python shows it.</summary>
    public override string ToString() => IsOne ? $"{_all[0]}" : $"[{string.Join(", ", _all)}]";
}
