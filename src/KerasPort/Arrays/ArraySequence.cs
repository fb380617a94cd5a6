using System.Collections;

namespace KerasPort;

/// <summary>Several arrays, as <c>np.concatenate</c> and its kin take them: <c>[a, b]</c>, <c>(a, b)</c>, a list, or the rows of an array.</summary>
[CollectionBuilder(typeof(ArraySequence), nameof(Create))]
public sealed class ArraySequence : IReadOnlyList<NDArray>
{
    private readonly NDArray[] _arrays;

    private ArraySequence(NDArray[] arrays) => _arrays = arrays;

    /// <summary>The arrays of a collection expression.</summary>
    public static ArraySequence Create(ReadOnlySpan<NDArray> arrays) => new(arrays.ToArray());

    /// <summary>The values of tensors.</summary>
    public static implicit operator ArraySequence(Tensor[] tensors) => new([.. tensors.Select(tensor => tensor.numpy())]);

    /// <summary>The values of tensors.</summary>
    public static implicit operator ArraySequence(List<Tensor> tensors) => tensors.ToArray();

    /// <summary>The arrays of a C# array.</summary>
    public static implicit operator ArraySequence(NDArray[] arrays) => new([.. arrays]);

    /// <summary>The arrays of a list.</summary>
    public static implicit operator ArraySequence(List<NDArray> arrays) => new([.. arrays]);

    /// <summary>The arrays made of a list of rows.</summary>
    public static implicit operator ArraySequence(List<NDArray[]> rows) => new([.. rows.Select(row => NDArray.Create(row))]);

    /// <inheritdoc cref="op_Implicit(List{NDArray[]})"/>
    public static implicit operator ArraySequence(List<int[]> rows) => new([.. rows.Select(row => (NDArray)row)]);

    /// <inheritdoc cref="op_Implicit(List{NDArray[]})"/>
    public static implicit operator ArraySequence(List<List<int>> rows) => new([.. rows.Select(row => (NDArray)row.ToArray())]);

    /// <inheritdoc cref="op_Implicit(List{NDArray[]})"/>
    public static implicit operator ArraySequence(List<List<double>> rows) => new([.. rows.Select(row => (NDArray)row.ToArray())]);

    /// <summary>The rows of an array.</summary>
    public static implicit operator ArraySequence(NDArray rows) => new([.. rows]);

    /// <summary>Two arrays.</summary>
    public static implicit operator ArraySequence((NDArray, NDArray) a) => new([a.Item1, a.Item2]);

    /// <summary>Three arrays.</summary>
    public static implicit operator ArraySequence((NDArray, NDArray, NDArray) a) => new([a.Item1, a.Item2, a.Item3]);

    /// <summary>Four arrays.</summary>
    public static implicit operator ArraySequence((NDArray, NDArray, NDArray, NDArray) a) => new([a.Item1, a.Item2, a.Item3, a.Item4]);

    /// <inheritdoc/>
    public int Count => _arrays.Length;

    /// <inheritdoc/>
    public NDArray this[int index] => _arrays[index];

    /// <inheritdoc/>
    public IEnumerator<NDArray> GetEnumerator() => ((IEnumerable<NDArray>)_arrays).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
