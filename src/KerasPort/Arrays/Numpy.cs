namespace KerasPort;

#pragma warning disable CA1822  // These members stand for a Python module: np is an object so that it can be written as there.

/// <summary><c>np</c>: what programs use of numpy beside the methods of an array.</summary>
public sealed class NumpyModule
{
    /// <summary>A new axis of length 1: <c>x[Ellipsis, np.newaxis]</c>.</summary>
    public Slice newaxis => Slice.NewAxis;

    /// <summary>The array of these numbers.</summary>
    public NDArray array(double[] values) => new((double[])values.Clone());

    /// <inheritdoc cref="array(double[])"/>
    public NDArray array(int[] values) => new(Array.ConvertAll(values, v => (long)v));

    /// <inheritdoc cref="array(double[])"/>
    public NDArray array(float[] values) => new((float[])values.Clone());

    /// <inheritdoc cref="array(double[])"/>
    public NDArray array(bool[] values) => new((bool[])values.Clone());

    /// <summary>The matrix of these rows.</summary>
    /// <exception cref="ValueError">The rows are not of one length.</exception>
    public NDArray array(double[][] rows) => new(rows.SelectMany(row => row).ToArray(), rows.Length, Width(rows));

    /// <inheritdoc cref="array(double[][])"/>
    public NDArray array(int[][] rows) => new(rows.SelectMany(row => row).Select(v => (long)v).ToArray(), rows.Length, Width(rows));

    /// <inheritdoc cref="array(double[][])"/>
    public NDArray array(float[][] rows) => new(rows.SelectMany(row => row).ToArray(), rows.Length, Width(rows));

    /// <inheritdoc cref="array(double[][])"/>
    public NDArray array(bool[][] rows) => new NDArray(rows.SelectMany(row => row).ToArray()).reshape(rows.Length, Width(rows));

    /// <summary>The numbers from 0 up to <paramref name="stop"/>, without it.</summary>
    public NDArray arange(int stop) => new([.. Enumerable.Range(0, Math.Max(stop, 0)).Select(i => (long)i)]);

    /// <summary>An array of zeros, in float64.</summary>
    public NDArray zeros(Shape shape) => new NDArray(new double[shape.Size]).reshape(shape);

    /// <summary>An array of ones, in float64.</summary>
    public NDArray ones(Shape shape) => zeros(shape) + 1;

    /// <inheritdoc cref="NDArray.argmax"/>
    public NDArray argmax(NDArray a, int? axis = null) => a.argmax(axis);

    /// <summary>The array with a new axis of length 1 at that place.</summary>
    /// <exception cref="ValueError">There is no such place.</exception>
    public NDArray expand_dims(NDArray a, int axis)
    {
        int at = axis < 0 ? axis + a.ndim + 1 : axis;
        return at >= 0 && at <= a.ndim ? a.reshape([.. a.shape[..at], 1, .. a.shape[at..]])
            : throw new ValueError($"axis {axis} is out of bounds for array of dimension {a.ndim + 1}");
    }

    private static int Width<T>(T[][] rows) => rows.Length == 0 ? 0 : rows.All(row => row.Length == rows[0].Length) ? rows[0].Length
        : throw new ValueError("setting an array element with a sequence. The requested array has an inhomogeneous shape: its rows are not of one length.");
}
