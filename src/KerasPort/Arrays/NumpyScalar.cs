namespace KerasPort;

/// <summary>
/// The result of an array's <c>max()</c>, <c>sum()</c> and <c>mean()</c>: a number with a numpy type, which prints as in Python (<c>255</c>,
/// <c>0.28684</c> as float32) and converts to double implicitly, as in <c>double m = x.mean()</c>.
/// </summary>
public readonly partial struct NumpyScalar : IPythonText, IFormattable, IEquatable<NumpyScalar>, IComparable<NumpyScalar>
{
    private readonly NDArray? _array;

    // Takes an array without a dimension.
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

    /// <summary>The number, rounded to float32.</summary>
    // Without this conversion C# would take that to long, the nearest type that converts to float, and cut off the fraction.
    public static explicit operator float(NumpyScalar scalar) => (float)scalar.item();

    /// <summary>The number as a decimal.</summary>
    /// <exception cref="OverflowException">The value doesn't fit into a decimal.</exception>
    public static explicit operator decimal(NumpyScalar scalar) => (decimal)scalar.item();

    /// <summary>The number, without its fraction.</summary>
    /// <exception cref="ValueError">The value doesn't fit into a long.</exception>
    public static explicit operator long(NumpyScalar scalar) => (long)scalar.Array;

    /// <summary>The number, without its fraction.</summary>
    /// <exception cref="ValueError">The value doesn't fit into an int.</exception>
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

    /// <summary>The number in one of .NET's formats.</summary>
    public string ToString(string? format, IFormatProvider? provider = null) =>
        format is null || Value is not IFormattable value ? ToString() : value.ToString(format, provider);
}
