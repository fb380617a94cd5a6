namespace KerasPort;

/// <content>More functions of two arrays, bits, and what types hold.</content>
public sealed partial class NumpyModule
{
    /// <summary>The root of the sum of two squares.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray hypot(NDArray a, NDArray b) => NDArray.Hypotenuse(a, b);

    /// <summary>The magnitude of a with the sign of b.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray copysign(NDArray a, NDArray b) => NDArray.Signed(a, b);

    /// <summary>The larger of two; where one is NaN the other.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray fmax(NDArray a, NDArray b) => NDArray.NumberMaximum(a, b);

    /// <summary>The smaller of two; where one is NaN the other.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray fmin(NDArray a, NDArray b) => NDArray.NumberMinimum(a, b);

    /// <summary>Where an element has a minus, -0 and -NaN too.</summary>
    public NDArray signbit(NDArray x) => IsInexact(x) ? x.Holds(double.IsNegative) : x < 0;

    /// <summary>A copy.</summary>
    /// <exception cref="ValueError">They are booleans.</exception>
    public NDArray positive(NDArray x) => x.dtype != DType.@bool ? x.copy()
        : throw new ValueError("ufunc 'positive' did not contain a loop with signature matching types: booleans have no sign");

    /// <summary>Each without its fraction.</summary>
    public NDArray fix(NDArray x) => trunc(x);

    /// <summary>The bits that both have.</summary>
    /// <exception cref="TypeError">They are fractions.</exception>
    public NDArray bitwise_and(NDArray a, NDArray b) => a & b;

    /// <summary>The bits that one has.</summary>
    /// <exception cref="TypeError">They are fractions.</exception>
    public NDArray bitwise_or(NDArray a, NDArray b) => a | b;

    /// <summary>The bits that one of them has.</summary>
    /// <exception cref="TypeError">They are fractions.</exception>
    public NDArray bitwise_xor(NDArray a, NDArray b) => a ^ b;

    /// <summary>All bits turned over.</summary>
    /// <exception cref="TypeError">They are fractions.</exception>
    public NDArray invert(NDArray x) => ~x;

    /// <summary>Bits moved so far up.</summary>
    /// <exception cref="TypeError">They are fractions.</exception>
    public NDArray left_shift(NDArray a, NDArray b) => NDArray.ShiftedLeft(a, b);

    /// <summary>Bits moved so far down.</summary>
    /// <exception cref="TypeError">They are fractions.</exception>
    public NDArray right_shift(NDArray a, NDArray b) => NDArray.ShiftedRight(a, b);

    /// <summary>The whole quotients and what is left.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public (NDArray quotient, NDArray remainder) divmod(NDArray a, NDArray b) => (floor_divide(a, b), a % b);

    /// <summary>So many numbers from start to stop, each as many times the one before.</summary>
    /// <exception cref="ValueError">The count is negative, or one of them is 0 or they differ in sign.</exception>
    public NDArray geomspace(double start, double stop, int num = 50, bool endpoint = true)
    {
        if (!(start * stop > 0)) throw new ValueError($"Geometric sequence cannot include zero, nor change its sign. Received: start={start}, stop={stop}");
        var all = logspace(Math.Log10(Math.Abs(start)), Math.Log10(Math.Abs(stop)), num, endpoint) * Math.Sign(start);
        if (num > 0) all[0] = start;
        if (num > 1 && endpoint) all[-1] = stop;
        return all;
    }

    /// <summary>The number of axes.</summary>
    public int ndim(NDArray a) => a.ndim;

    /// <summary>The dimensions.</summary>
    public ArrayShape shape(NDArray a) => a.shape;

    /// <summary>The number of elements, or how long an axis is.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public int size(NDArray a, int? axis = null) => axis is { } at ? a.shape[a.At(at)] : a.size;

    /// <summary>What a type of floats holds: <c>eps</c>, the step behind 1, <c>max</c>, <c>min</c> and <c>tiny</c>, the smallest of full precision.</summary>
    /// <exception cref="ValueError">It is a type of whole numbers.</exception>
    public (double eps, double max, double min, double tiny) finfo(DType dtype) => dtype.Type switch
    {
        ElementType.Float32 => (1.1920928955078125e-07, float.MaxValue, float.MinValue, 1.1754943508222875e-38),
        ElementType.Float64 => (2.220446049250313e-16, double.MaxValue, double.MinValue, 2.2250738585072014e-308),
        _ => throw new ValueError($"data type {dtype} not inexact"),
    };

    /// <summary>The least and the largest number of a type of whole numbers.</summary>
    /// <exception cref="ValueError">It is a type of fractions, or bool.</exception>
    public (long min, long max) iinfo(DType dtype) => dtype.Type switch
    {
        ElementType.UInt8 => (byte.MinValue, byte.MaxValue),
        ElementType.Int32 => (int.MinValue, int.MaxValue),
        ElementType.Int64 => (long.MinValue, long.MaxValue),
        _ => throw new ValueError($"Invalid integer data type {PythonText.Repr(dtype.name)}."),
    };
}
