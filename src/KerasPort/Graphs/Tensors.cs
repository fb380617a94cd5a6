using System.Collections;
using System.Diagnostics.CodeAnalysis;
using KerasPort.Layers;

namespace KerasPort;

/// <summary>One tensor or several: <c>x</c>, <c>[a, b]</c>, an array, or several arrays.</summary>
[CollectionBuilder(typeof(Tensors), nameof(Create))]
public sealed class Tensors : IReadOnlyList<Tensor>
{
    private readonly Tensor[] _all;

    private Tensors(Tensor?[] tensors, string[]? names = null)
    {
        Names = names;
        _all = [.. tensors.SelectMany(x => x?.All ?? throw new ValueError("None values not supported: one of the tensors is None."))];
        IsNested = Array.Exists(tensors, x => x!.Parts is not null);
        Arrangement = names is not null ? Arrangement.ByName(names) : Arrangement.List;
    }

    private Tensors(Tensor one)
    {
        (Names, _all) = (one.Names, [.. one.All]);
        Arrangement = Names is not null ? Arrangement.ByName(Names) : one is { Parts: not null, IsRagged: false } ? Arrangement.List : Arrangement.One;
    }

    /// <summary>Creates it from a collection expression.</summary>
    /// <exception cref="ValueError">One of them is null.</exception>
    public static Tensors Create(ReadOnlySpan<Tensor?> tensors) => new(tensors.ToArray());

    /// <summary>The structure in which they were given.</summary>
    internal Arrangement Arrangement { get; private init; }

    /// <summary>Whether one of them was itself several, which are counted one by one.</summary>
    internal bool IsNested { get; }

    /// <summary>Tensors in a given structure.</summary>
    internal static Tensors As(Arrangement arrangement, params Tensor[] tensors) => new(tensors, arrangement.Names) { Arrangement = arrangement };

    /// <summary>Their names, if they were given as a dictionary.</summary>
    internal string[]? Names { get; }

    /// <inheritdoc/>
    public int Count => _all.Length;

    /// <inheritdoc/>
    public Tensor this[int index] => _all[index];

    /// <inheritdoc/>
    public IEnumerator<Tensor> GetEnumerator() => ((IEnumerable<Tensor>)_all).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Converts one tensor, or the several outputs of a model.</summary>
    [return: NotNullIfNotNull(nameof(tensor))]
    public static implicit operator Tensors?(Tensor? tensor) => tensor is null ? null : new(tensor);

    /// <summary>Converts an array.</summary>
    [return: NotNullIfNotNull(nameof(values))]
    public static implicit operator Tensors?(NDArray? values) => values is null ? null : new((Tensor)values);

    /// <summary>Converts several tensors.</summary>
    [return: NotNullIfNotNull(nameof(tensors))]
    public static implicit operator Tensors?(Tensor[]? tensors) => tensors is null ? null : new(tensors);

    /// <summary>Converts several tensors.</summary>
    [return: NotNullIfNotNull(nameof(tensors))]
    public static implicit operator Tensors?(List<Tensor>? tensors) => tensors is null ? null : new(tensors.ToArray());

    /// <summary>Converts two tensors.</summary>
    public static implicit operator Tensors((Tensor, Tensor) tensors) => new([tensors.Item1, tensors.Item2]);

    /// <summary>Converts three tensors.</summary>
    public static implicit operator Tensors((Tensor, Tensor, Tensor) tensors) => new([tensors.Item1, tensors.Item2, tensors.Item3]);

    /// <summary>Converts two arrays.</summary>
    public static implicit operator Tensors((NDArray, NDArray) arrays) => new([arrays.Item1, arrays.Item2]);

    /// <summary>Converts three arrays.</summary>
    public static implicit operator Tensors((NDArray, NDArray, NDArray) arrays) => new([arrays.Item1, arrays.Item2, arrays.Item3]);

    /// <summary>Converts several arrays.</summary>
    [return: NotNullIfNotNull(nameof(arrays))]
    public static implicit operator Tensors?(NDArray[]? arrays) => arrays is null ? null : new(Array.ConvertAll(arrays, a => (Tensor?)a));

    /// <summary>Converts tensors by name: <c>{"images": images, "labels": labels}</c> for an augmentation layer.</summary>
    [return: NotNullIfNotNull(nameof(tensors))]
    public static implicit operator Tensors?(Dictionary<string, Tensor>? tensors) => tensors is null ? null : (Tensor)tensors;

    /// <summary>Converts arrays by name.</summary>
    [return: NotNullIfNotNull(nameof(arrays))]
    public static implicit operator Tensors?(Dictionary<string, NDArray>? arrays) =>
        arrays is null ? null : new([.. arrays.Values.Select(a => (Tensor?)a)], [.. arrays.Keys]);
}
