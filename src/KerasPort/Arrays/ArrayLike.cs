using System.Collections;
using System.Runtime.CompilerServices;

namespace KerasPort;

/// <summary>What <c>np.array</c> makes an array of: numbers, lists of them, <c>[[[1, 2]], [[3, 4.5]]]</c>, and arrays as rows, <c>[a, b]</c>.</summary>
[CollectionBuilder(typeof(ArrayLike), nameof(Create))]
public sealed class ArrayLike : IEnumerable<ArrayLike>
{
    private ArrayLike(NDArray array) => Array = array;

    /// <summary>The array that it is.</summary>
    internal NDArray Array { get; }

    /// <summary>The numbers or rows of a collection expression.</summary>
    /// <exception cref="ValueError">The rows are not of one shape.</exception>
    public static ArrayLike Create(ReadOnlySpan<ArrayLike> rows)
    {
        var arrays = new NDArray[rows.Length];
        for (int i = 0; i < arrays.Length; i++) arrays[i] = rows[i].Array;
        return new ArrayLike(NDArray.OfRows(arrays));
    }

    /// <summary>An array.</summary>
    public static implicit operator ArrayLike(NDArray array) => new(array);

    /// <summary>A number of an array.</summary>
    public static implicit operator ArrayLike(NumpyScalar number) => new(number);

    /// <summary>A number.</summary>
    public static implicit operator ArrayLike(double number) => new(number);

    /// <summary>A number of float32.</summary>
    public static implicit operator ArrayLike(float number) => new(number);

    /// <summary>A whole number.</summary>
    public static implicit operator ArrayLike(int number) => new(number);

    /// <summary>A whole number.</summary>
    public static implicit operator ArrayLike(long number) => new(number);

    /// <summary>True or False.</summary>
    public static implicit operator ArrayLike(bool number) => new(number);

    /// <summary>The numbers of a list.</summary>
    public static implicit operator ArrayLike(List<double> numbers) => new(numbers);

    /// <summary>The numbers of a list.</summary>
    public static implicit operator ArrayLike(List<int> numbers) => new(numbers);

    /// <summary>The arrays of a list, as rows.</summary>
    /// <exception cref="ValueError">They are not of one shape.</exception>
    public static implicit operator ArrayLike(List<NDArray> rows) => new(NDArray.OfRows([.. rows]));

    /// <summary>The arrays, as rows.</summary>
    /// <exception cref="ValueError">They are not of one shape.</exception>
    public static implicit operator ArrayLike(NDArray[] rows) => new(NDArray.OfRows(rows));

    /// <summary>The rows, one after the other.</summary>
    public IEnumerator<ArrayLike> GetEnumerator()
    {
        foreach (var row in Array) yield return row;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
