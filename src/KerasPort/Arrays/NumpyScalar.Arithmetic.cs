namespace KerasPort;

/// <content>Arithmetic with numpy's numbers, which have types: the largest less the least byte is a byte, a float32 times 2.5 a float32.</content>
public readonly partial struct NumpyScalar
{
    /// <summary>The negated number.</summary>
    public static NumpyScalar operator -(NumpyScalar a) => new(-a.Array);

    /// <summary>The sum, of the type that numpy gives it.</summary>
    public static NumpyScalar operator +(NumpyScalar a, NumpyScalar b) => new(a.Array + b.Array);

    /// <inheritdoc cref="op_Addition(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator +(NumpyScalar a, double b) => new(a.Array + (NDArray)b);

    /// <inheritdoc cref="op_Addition(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator +(double a, NumpyScalar b) => new((NDArray)a + b.Array);

    /// <inheritdoc cref="op_Addition(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator +(NumpyScalar a, int b) => new(a.Array + (NDArray)b);

    /// <inheritdoc cref="op_Addition(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator +(int a, NumpyScalar b) => new((NDArray)a + b.Array);

    /// <inheritdoc cref="op_Addition(NumpyScalar, NumpyScalar)"/>
    public static NDArray operator +(NDArray a, NumpyScalar b) => a + b.Array;

    /// <inheritdoc cref="op_Addition(NumpyScalar, NumpyScalar)"/>
    public static NDArray operator +(NumpyScalar a, NDArray b) => a.Array + b;

    /// <summary>The difference, of the type that numpy gives it.</summary>
    public static NumpyScalar operator -(NumpyScalar a, NumpyScalar b) => new(a.Array - b.Array);

    /// <inheritdoc cref="op_Subtraction(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator -(NumpyScalar a, double b) => new(a.Array - (NDArray)b);

    /// <inheritdoc cref="op_Subtraction(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator -(double a, NumpyScalar b) => new((NDArray)a - b.Array);

    /// <inheritdoc cref="op_Subtraction(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator -(NumpyScalar a, int b) => new(a.Array - (NDArray)b);

    /// <inheritdoc cref="op_Subtraction(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator -(int a, NumpyScalar b) => new((NDArray)a - b.Array);

    /// <inheritdoc cref="op_Subtraction(NumpyScalar, NumpyScalar)"/>
    public static NDArray operator -(NDArray a, NumpyScalar b) => a - b.Array;

    /// <inheritdoc cref="op_Subtraction(NumpyScalar, NumpyScalar)"/>
    public static NDArray operator -(NumpyScalar a, NDArray b) => a.Array - b;

    /// <summary>The product, of the type that numpy gives it.</summary>
    public static NumpyScalar operator *(NumpyScalar a, NumpyScalar b) => new(a.Array * b.Array);

    /// <inheritdoc cref="op_Multiply(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator *(NumpyScalar a, double b) => new(a.Array * (NDArray)b);

    /// <inheritdoc cref="op_Multiply(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator *(double a, NumpyScalar b) => new((NDArray)a * b.Array);

    /// <inheritdoc cref="op_Multiply(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator *(NumpyScalar a, int b) => new(a.Array * (NDArray)b);

    /// <inheritdoc cref="op_Multiply(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator *(int a, NumpyScalar b) => new((NDArray)a * b.Array);

    /// <inheritdoc cref="op_Multiply(NumpyScalar, NumpyScalar)"/>
    public static NDArray operator *(NDArray a, NumpyScalar b) => a * b.Array;

    /// <inheritdoc cref="op_Multiply(NumpyScalar, NumpyScalar)"/>
    public static NDArray operator *(NumpyScalar a, NDArray b) => a.Array * b;

    /// <summary>The quotient, of the type that numpy gives it.</summary>
    public static NumpyScalar operator /(NumpyScalar a, NumpyScalar b) => new(a.Array / b.Array);

    /// <inheritdoc cref="op_Division(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator /(NumpyScalar a, double b) => new(a.Array / (NDArray)b);

    /// <inheritdoc cref="op_Division(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator /(double a, NumpyScalar b) => new((NDArray)a / b.Array);

    /// <inheritdoc cref="op_Division(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator /(NumpyScalar a, int b) => new(a.Array / (NDArray)b);

    /// <inheritdoc cref="op_Division(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator /(int a, NumpyScalar b) => new((NDArray)a / b.Array);

    /// <inheritdoc cref="op_Division(NumpyScalar, NumpyScalar)"/>
    public static NDArray operator /(NDArray a, NumpyScalar b) => a / b.Array;

    /// <inheritdoc cref="op_Division(NumpyScalar, NumpyScalar)"/>
    public static NDArray operator /(NumpyScalar a, NDArray b) => a.Array / b;

    /// <summary>The remainder, of the type that numpy gives it.</summary>
    public static NumpyScalar operator %(NumpyScalar a, NumpyScalar b) => new(a.Array % b.Array);

    /// <inheritdoc cref="op_Modulus(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator %(NumpyScalar a, double b) => new(a.Array % (NDArray)b);

    /// <inheritdoc cref="op_Modulus(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator %(double a, NumpyScalar b) => new((NDArray)a % b.Array);

    /// <inheritdoc cref="op_Modulus(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator %(NumpyScalar a, int b) => new(a.Array % (NDArray)b);

    /// <inheritdoc cref="op_Modulus(NumpyScalar, NumpyScalar)"/>
    public static NumpyScalar operator %(int a, NumpyScalar b) => new((NDArray)a % b.Array);

    /// <inheritdoc cref="op_Modulus(NumpyScalar, NumpyScalar)"/>
    public static NDArray operator %(NDArray a, NumpyScalar b) => a % b.Array;

    /// <inheritdoc cref="op_Modulus(NumpyScalar, NumpyScalar)"/>
    public static NDArray operator %(NumpyScalar a, NDArray b) => a.Array % b;
}
