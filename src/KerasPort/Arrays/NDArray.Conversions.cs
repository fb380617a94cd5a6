namespace KerasPort;

public sealed partial class NDArray
{
    /// <summary>A literal: an array without a dimension, which takes the type of the array beside it, as a number of Python does.</summary>
    public static implicit operator NDArray(double value) => new(new[] { value }, [], 0) { IsNumber = true };

    /// <summary>The array of one number, without a dimension, of float32, as <c>np.float32(…)</c> is.</summary>
    public static implicit operator NDArray(float value) => new(new[] { value }, [], 0);

    /// <summary>The array of one number, without a dimension, of int64 as Python's numbers are.</summary>
    public static implicit operator NDArray(int value) => new(new[] { (long)value }, [], 0) { IsNumber = true };

    /// <summary>The array of one number, without a dimension.</summary>
    public static implicit operator NDArray(long value) => new(new[] { value }, [], 0) { IsNumber = true };

    /// <summary>The array of True or False, without a dimension.</summary>
    public static implicit operator NDArray(bool value) => new(new[] { value }, [], 0) { IsNumber = true };

    /// <summary>A vector.</summary>
    public static implicit operator NDArray(float[] values) => new(values);

    /// <summary>A vector.</summary>
    public static implicit operator NDArray(double[] values) => new(values);

    /// <summary>A vector.</summary>
    public static implicit operator NDArray(int[] values) => new(values);

    /// <summary>A vector.</summary>
    public static implicit operator NDArray(long[] values) => new(values);

    /// <summary>A vector.</summary>
    public static implicit operator NDArray(byte[] values) => new(values);

    /// <summary>A vector.</summary>
    public static implicit operator NDArray(sbyte[] values) => Of(values, values.Length);

    /// <summary>A vector.</summary>
    public static implicit operator NDArray(short[] values) => Of(values, values.Length);

    /// <summary>A vector.</summary>
    public static implicit operator NDArray(ushort[] values) => Of(values, values.Length);

    /// <summary>A vector.</summary>
    public static implicit operator NDArray(uint[] values) => Of(values, values.Length);

    /// <summary>A vector.</summary>
    public static implicit operator NDArray(ulong[] values) => Of(values, values.Length);

    /// <summary>A vector.</summary>
    public static implicit operator NDArray(Half[] values) => Of(values, values.Length);

    /// <summary>A vector.</summary>
    public static implicit operator NDArray(bool[] values) => new(values);

    /// <summary>A matrix.</summary>
    public static implicit operator NDArray(float[,] values) => new([.. values.Cast<float>()], values.GetLength(0), values.GetLength(1));

    /// <summary>A matrix.</summary>
    public static implicit operator NDArray(double[,] values) => new([.. values.Cast<double>()], values.GetLength(0), values.GetLength(1));

    /// <summary>A matrix.</summary>
    public static implicit operator NDArray(int[,] values) => new([.. values.Cast<int>()], values.GetLength(0), values.GetLength(1));

    /// <summary>An array of three axes.</summary>
    public static implicit operator NDArray(float[,,] values) =>
        new([.. values.Cast<float>()], values.GetLength(0), values.GetLength(1), values.GetLength(2));

    /// <summary>An array of three axes.</summary>
    public static implicit operator NDArray(double[,,] values) =>
        new([.. values.Cast<double>()], values.GetLength(0), values.GetLength(1), values.GetLength(2));

    /// <summary>A vector.</summary>
    public static implicit operator NDArray(List<double> values) => new([.. values]);

    /// <summary>A vector.</summary>
    public static implicit operator NDArray(List<float> values) => new([.. values]);

    /// <summary>A vector of int64, as Python's list is.</summary>
    public static implicit operator NDArray(List<int> values) => new([.. values.Select(v => (long)v)]);

    /// <summary>A vector.</summary>
    public static implicit operator NDArray(List<long> values) => new([.. values]);

    /// <summary>A vector.</summary>
    public static implicit operator NDArray(List<bool> values) => new([.. values]);

    /// <summary>The rows of a matrix.</summary>
    /// <exception cref="ValueError">The lengths differ.</exception>
    public static implicit operator NDArray(double[][] rows) => OfRows(Array.ConvertAll(rows, row => (NDArray)row));

    /// <inheritdoc cref="op_Implicit(double[][])"/>
    public static implicit operator NDArray(float[][] rows) => OfRows(Array.ConvertAll(rows, row => (NDArray)row));

    /// <inheritdoc cref="op_Implicit(double[][])"/>
    public static implicit operator NDArray(int[][] rows) => OfRows(Array.ConvertAll(rows, row => (NDArray)row));

    /// <inheritdoc cref="op_Implicit(double[][])"/>
    public static implicit operator NDArray(List<List<double>> rows) => OfRows([.. rows.Select(row => (NDArray)row)]);

    /// <inheritdoc cref="op_Implicit(double[][])"/>
    public static implicit operator NDArray(List<List<int>> rows) => OfRows([.. rows.Select(row => (NDArray)row)]);

    /// <inheritdoc cref="op_Implicit(double[][])"/>
    public static implicit operator NDArray(List<double[]> rows) => OfRows([.. rows.Select(row => (NDArray)row)]);

    /// <summary>The number in an array of size 1.</summary>
    /// <exception cref="ValueError">The array has more elements.</exception>
    public static explicit operator double(NDArray a) => a.item();

    /// <summary>The number in an array of size 1, rounded to float32.</summary>
    /// <exception cref="ValueError">The array has more elements.</exception>
    public static explicit operator float(NDArray a) => (float)a.item();

    /// <summary>The number in an array of size 1, as a decimal.</summary>
    /// <exception cref="ValueError">The array has more elements.</exception>
    /// <exception cref="OverflowException">Its number doesn't fit into a decimal.</exception>
    public static explicit operator decimal(NDArray a) => (decimal)a.item();

    /// <summary>The number in an array of size 1, without its fraction.</summary>
    /// <exception cref="ValueError">The array has more elements, or its number doesn't fit into an int.</exception>
    public static explicit operator int(NDArray a) => (long)a is >= int.MinValue and <= int.MaxValue and var whole ? (int)whole
        : throw new ValueError($"{a} lies outside of an int: convert to long");

    /// <summary>The number in an array of size 1, without its fraction.</summary>
    /// <exception cref="ValueError">The array has more elements, or its number doesn't fit into a long.</exception>
    public static explicit operator long(NDArray a)
    {
        double value = a.item();
        if (a.dtype == DType.int64) return ((long[])a._store.Elements)[a._offset];
        if (a.dtype == DType.uint64 && ((ulong[])a._store.Elements)[a._offset] is <= long.MaxValue and var exact) return (long)exact;
        if (double.IsNaN(value)) throw new ValueError("cannot convert float NaN to integer");
        if (double.IsInfinity(value)) throw new ValueError("cannot convert float infinity to integer");
        return Math.Abs(value) < 9.3e18 && (long)value is var whole && (whole != long.MaxValue || value < 9e18) ? whole
            : throw new ValueError($"{a} lies outside of a long");
    }

    /// <summary>Whether the number in an array of size 1 isn't 0.</summary>
    /// <exception cref="ValueError">The array has more elements.</exception>
    public static explicit operator bool(NDArray a) => a.Truth();

    /// <summary>As in <c>if (p[0] > 0.5)</c>.</summary>
    /// <exception cref="ValueError">The array has more elements.</exception>
    public static bool operator true(NDArray a) => a.Truth();

    /// <summary>As in <c>a &amp;&amp; b</c>.</summary>
    /// <exception cref="ValueError">The array has more elements.</exception>
    public static bool operator false(NDArray a) => !a.Truth();

    /// <summary>Whether any element isn't 0.</summary>
    public bool any() => astype(DType.@bool)._store.Elements is bool[] all && all.AsSpan().Contains(true);

    /// <summary>Whether no element is 0.</summary>
    public bool all() => astype(DType.@bool)._store.Elements is bool[] all && !all.AsSpan().Contains(false);

    private bool Truth() => size == 1 ? ElementAt(0) != 0
        : throw new ValueError(size == 0 ? "The truth value of an empty array is ambiguous. Use a.size > 0"
            : "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()");
}
