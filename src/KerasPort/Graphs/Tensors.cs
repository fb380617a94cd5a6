using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace KerasPort;

/// <summary>One tensor or several: <c>x</c>, <c>[a, b]</c>, an array, arrays in brackets.</summary>
[CollectionBuilder(typeof(Tensors), nameof(Create))]
public sealed class Tensors : IReadOnlyList<Tensor>
{
    private readonly Tensor[] _all;

    private Tensors(IEnumerable<Tensor?> tensors, string[]? names = null) => (Names, _all) = (names,
        _all = [.. tensors.SelectMany(x => x?.All ?? throw new ValueError("None values not supported: one of the tensors is None."))]);

    /// <summary>The tensors of a collection expression.</summary>
    /// <exception cref="ValueError">One of them is null.</exception>
    public static Tensors Create(ReadOnlySpan<Tensor?> tensors) => new(tensors.ToArray());

    /// <summary>Their names, where they were a dictionary.</summary>
    internal string[]? Names { get; }

    /// <inheritdoc/>
    public int Count => _all.Length;

    /// <inheritdoc/>
    public Tensor this[int index] => _all[index];

    /// <inheritdoc/>
    public IEnumerator<Tensor> GetEnumerator() => ((IEnumerable<Tensor>)_all).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>One, or the several outputs of a model.</summary>
    [return: NotNullIfNotNull(nameof(tensor))]
    public static implicit operator Tensors?(Tensor? tensor) => tensor is null ? null : new([tensor], tensor.Names);

    /// <summary>An array's values.</summary>
    [return: NotNullIfNotNull(nameof(values))]
    public static implicit operator Tensors?(NDArray? values) => values is null ? null : new([(Tensor)values]);

    /// <summary>Several.</summary>
    [return: NotNullIfNotNull(nameof(tensors))]
    public static implicit operator Tensors?(Tensor[]? tensors) => tensors is null ? null : new(tensors);

    /// <summary>Several.</summary>
    [return: NotNullIfNotNull(nameof(tensors))]
    public static implicit operator Tensors?(List<Tensor>? tensors) => tensors is null ? null : new(tensors);

    /// <summary>Several arrays' values.</summary>
    [return: NotNullIfNotNull(nameof(arrays))]
    public static implicit operator Tensors?(NDArray[]? arrays) => arrays is null ? null : new(arrays.Select(a => (Tensor?)a));

    /// <summary>Several by name: <c>{"images": images, "labels": labels}</c> of a layer that changes images.</summary>
    [return: NotNullIfNotNull(nameof(tensors))]
    public static implicit operator Tensors?(Dictionary<string, Tensor>? tensors) => tensors is null ? null : (Tensor)tensors;

    /// <summary>Several arrays' values by name.</summary>
    [return: NotNullIfNotNull(nameof(arrays))]
    public static implicit operator Tensors?(Dictionary<string, NDArray>? arrays) =>
        arrays is null ? null : new(arrays.Values.Select(a => (Tensor?)a), [.. arrays.Keys]);
}
