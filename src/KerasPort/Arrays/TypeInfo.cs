namespace KerasPort;

/// <summary>The limits of a floating-point type, numpy's <c>finfo</c>.</summary>
public sealed class FloatInfo
{
    /// <exception cref="ValueError">It is an integer type.</exception>
    internal FloatInfo(DType type)
    {
        if (!type.IsInexact) throw new ValueError($"data type {type} not inexact");
        dtype = type;
    }

    /// <summary>The type.</summary>
    public DType dtype { get; }

    /// <summary>The bits of a number.</summary>
    public int bits => 8 * dtype.itemsize;

    /// <summary>The step from 1 to the next number.</summary>
    public NumpyScalar eps => Of(Math.Pow(2, -Digits));

    /// <summary>The largest number.</summary>
    public NumpyScalar max => Of(bits switch { 16 => (double)Half.MaxValue, 32 => float.MaxValue, _ => double.MaxValue });

    /// <summary>The lowest number, -max.</summary>
    public NumpyScalar min => Of(-max.item());

    /// <summary>The smallest positive number of full precision.</summary>
    public NumpyScalar tiny => Of(Math.Pow(2, bits switch { 16 => -14, 32 => -126, _ => -1022 }));

    /// <inheritdoc cref="tiny"/>
    public NumpyScalar smallest_normal => tiny;

    /// <summary>The smallest positive number.</summary>
    public NumpyScalar smallest_subnormal => Of(bits switch { 16 => (double)Half.Epsilon, 32 => float.Epsilon, _ => double.Epsilon });

    /// <summary>The decimal digits that every number keeps.</summary>
    public int precision => bits switch { 16 => 3, 32 => 6, _ => 15 };

    /// <summary>One unit in the last of these digits, for numbers near 1.</summary>
    public NumpyScalar resolution => Of(Math.Pow(10, -precision));

    private int Digits => bits switch { 16 => 10, 32 => 23, _ => 52 };

    /// <summary>As numpy shows it.</summary>
    public override string ToString() =>
        $"finfo(resolution={resolution}, min={PythonFloat.Scientific(min, 7)}, max={PythonFloat.Scientific(max, 7)}, dtype={dtype})";

    private NumpyScalar Of(double value) => new(((NDArray)value).astype(dtype));
}

/// <summary>The limits of an integer type, numpy's <c>iinfo</c>.</summary>
public sealed class IntegerInfo
{
    /// <exception cref="ValueError">It is a floating-point type, or bool.</exception>
    internal IntegerInfo(DType type)
    {
        if (!type.IsInteger) throw new ValueError($"Invalid integer data type {PythonText.Repr(type.name)}.");
        dtype = type;
    }

    /// <summary>The type.</summary>
    public DType dtype { get; }

    /// <summary>The bits of a number.</summary>
    public int bits => 8 * dtype.itemsize;

    /// <summary>The largest number, as a literal without a type.</summary>
    public NumpyScalar max => Of(dtype.Limits.Most);

    /// <summary>The smallest number, as a literal without a type.</summary>
    public NumpyScalar min => Of(dtype.Limits.Least);

    /// <summary>As numpy shows it.</summary>
    public override string ToString() => $"iinfo(min={min}, max={max}, dtype={dtype})";

    private static NumpyScalar Of(Int128 value) =>
        new((value > long.MaxValue ? NDArray.Of(new[] { (ulong)value }, (int[])[]) : (NDArray)(long)value).AsNumber());
}
