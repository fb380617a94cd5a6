namespace KerasPort;

#pragma warning disable CA1822  // These members stand for a Python module: np is an object so that it can be written as there.

/// <summary><c>np</c>: what programs use of numpy beside the methods of an array.</summary>
public sealed partial class NumpyModule
{
    /// <summary><c>np.random</c>.</summary>
    public NumpyRandomModule random { get; } = new();

    /// <summary>A new axis of length 1: <c>x[Ellipsis, np.newaxis]</c>.</summary>
    public Slice newaxis => Slice.NewAxis;

    /// <summary>Infinity.</summary>
    public double inf => double.PositiveInfinity;

    /// <summary>Not a number.</summary>
    public double nan => double.NaN;

    /// <summary>The ratio of a circle's circumference to its diameter.</summary>
    public double pi => Math.PI;

    /// <summary>The base of the natural logarithm.</summary>
    public double e => Math.E;

    /// <inheritdoc cref="DType.@bool"/>
    public DType bool_ => DType.@bool;

    /// <inheritdoc cref="DType.uint8"/>
    public DType uint8 => DType.uint8;

    /// <inheritdoc cref="DType.int32"/>
    public DType int32 => DType.int32;

    /// <inheritdoc cref="DType.int64"/>
    public DType int64 => DType.int64;

    /// <inheritdoc cref="DType.float32"/>
    public DType float32 => DType.float32;

    /// <inheritdoc cref="DType.float64"/>
    public DType float64 => DType.float64;

    /// <summary>The array of these numbers, of their own type or of that one.</summary>
    public NDArray array(double[] values, DType? dtype = null) => Typed(new NDArray((double[])values.Clone()), dtype);

    /// <inheritdoc cref="array(double[], DType?)"/>
    public NDArray array(int[] values, DType? dtype = null) => Typed(new NDArray(Array.ConvertAll(values, v => (long)v)), dtype);

    /// <inheritdoc cref="array(double[], DType?)"/>
    public NDArray array(float[] values, DType? dtype = null) => Typed(new NDArray((float[])values.Clone()), dtype);

    /// <inheritdoc cref="array(double[], DType?)"/>
    public NDArray array(bool[] values, DType? dtype = null) => Typed(new NDArray((bool[])values.Clone()), dtype);

    /// <summary>The matrix of these rows.</summary>
    /// <exception cref="ValueError">The rows are not of one length.</exception>
    public NDArray array(double[][] rows, DType? dtype = null) => Typed(new NDArray(rows.SelectMany(row => row).ToArray(), rows.Length, Width(rows)), dtype);

    /// <inheritdoc cref="array(double[][], DType?)"/>
    public NDArray array(int[][] rows, DType? dtype = null) =>
        Typed(new NDArray(rows.SelectMany(row => row).Select(v => (long)v).ToArray(), rows.Length, Width(rows)), dtype);

    /// <inheritdoc cref="array(double[][], DType?)"/>
    public NDArray array(float[][] rows, DType? dtype = null) => Typed(new NDArray(rows.SelectMany(row => row).ToArray(), rows.Length, Width(rows)), dtype);

    /// <inheritdoc cref="array(double[][], DType?)"/>
    public NDArray array(bool[][] rows, DType? dtype = null) =>
        Typed(new NDArray(rows.SelectMany(row => row).ToArray()).reshape(rows.Length, Width(rows)), dtype);

    /// <summary>The numbers from 0 up to <paramref name="stop"/>, without it.</summary>
    public NDArray arange(int stop, DType? dtype = null) =>
        Typed(new NDArray([.. Enumerable.Range(0, Math.Max(stop, 0)).Select(i => (long)i)]), dtype);

    /// <summary>An array of zeros, in float64 or of that type.</summary>
    public NDArray zeros(Shape shape, DType? dtype = null) => Typed(new NDArray(new double[shape.Size]).reshape(shape), dtype);

    /// <summary>An array of ones, in float64 or of that type.</summary>
    public NDArray ones(Shape shape, DType? dtype = null) => Typed(zeros(shape) + 1, dtype);

    /// <inheritdoc cref="NDArray.argmax"/>
    public NDArray argmax(NDArray a, int? axis = null) => a.argmax(axis);

    /// <summary>The same of a tensor that holds values.</summary>
    /// <exception cref="ValueError">It holds none.</exception>
    public NDArray argmax(Tensor a, int? axis = null) => a.numpy().argmax(axis);

    /// <summary>The array with a new axis of length 1 at that place.</summary>
    /// <exception cref="ValueError">There is no such place.</exception>
    public NDArray expand_dims(NDArray a, int axis)
    {
        int at = axis < 0 ? axis + a.ndim + 1 : axis;
        return at >= 0 && at <= a.ndim ? a.reshape([.. a.shape[..at], 1, .. a.shape[at..]])
            : throw new ValueError($"axis {axis} is out of bounds for array of dimension {a.ndim + 1}");
    }

    private static NDArray Typed(NDArray a, DType? dtype) => dtype is { } type && type != a.dtype ? a.astype(type) : a;

    private static int Width<T>(T[][] rows) => rows.Length == 0 ? 0 : rows.All(row => row.Length == rows[0].Length) ? rows[0].Length
        : throw new ValueError("setting an array element with a sequence. The requested array has an inhomogeneous shape: its rows are not of one length.");
}
