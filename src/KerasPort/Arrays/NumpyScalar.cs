namespace KerasPort;

/// <summary>
/// What an array's <c>max()</c>, <c>sum()</c> and <c>mean()</c> give: a number of numpy's type, which prints as it does there (<c>255</c>,
/// <c>0.28684</c> of float32) and turns into a double by itself, as in <c>double m = x.mean()</c>.
/// </summary>
public readonly partial struct NumpyScalar : IPythonText, IFormattable, IEquatable<NumpyScalar>, IComparable<NumpyScalar>
{
    private readonly NDArray? _array;

    // Of an array without a dimension.
    internal NumpyScalar(NDArray array) => _array = array;

    /// <summary>The type of the number.</summary>
    public DType dtype => Array.dtype;

    /// <summary>The number, as a value of its type.</summary>
    internal object Value => Array.Scalar();

    private NDArray Array => _array ?? 0.0;

    /// <summary>The number.</summary>
    public double item() => Array.item();

    /// <summary>The number.</summary>
    public static implicit operator double(NumpyScalar scalar) => scalar.item();

    /// <summary>The number, without its fraction.</summary>
    /// <exception cref="ValueError">It is none that a long holds.</exception>
    public static explicit operator long(NumpyScalar scalar) => (long)scalar.Array;

    /// <summary>The number, without its fraction.</summary>
    /// <exception cref="ValueError">It lies outside of an int.</exception>
    public static explicit operator int(NumpyScalar scalar) => (int)scalar.Array;

    /// <summary>The array of this one number, without a dimension.</summary>
    public static implicit operator NDArray(NumpyScalar scalar) => scalar.Array;

    /// <summary>The same number.</summary>
    public bool Equals(NumpyScalar other) => item().Equals(other.item());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NumpyScalar other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => item().GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(NumpyScalar other) => item().CompareTo(other.item());

    /// <summary>As numpy prints it.</summary>
    public override string ToString() => PythonText.Str(Value);

    /// <summary>In one of C#'s formats.</summary>
    public string ToString(string? format, IFormatProvider? provider = null) =>
        format is null || Value is not IFormattable value ? ToString() : value.ToString(format, provider);
}
