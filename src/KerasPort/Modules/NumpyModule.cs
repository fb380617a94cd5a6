namespace KerasPort;

#pragma warning disable CA1822  // np is an object, so that the members of the Python module are written `np.zeros`, as in Python.

/// <summary><c>np</c>: numpy's functions.</summary>
public sealed partial class NumpyModule
{
    /// <summary><c>np.random</c>.</summary>
    public NumpyRandomModule random { get; } = new();

    /// <summary><c>np.linalg</c>.</summary>
    public NumpyLinalgModule linalg { get; } = new();

    /// <summary><c>np.testing</c>.</summary>
    public NumpyTestingModule testing { get; } = new();

    /// <summary>A new axis of length 1: <c>x[Ellipsis, np.newaxis]</c>.</summary>
    public Slice newaxis => Slice.NewAxis;

    /// <summary>Infinity.</summary>
    public double inf => double.PositiveInfinity;

    /// <summary>Not a number.</summary>
    public double nan { get; } = BitConverter.Int64BitsToDouble(0x7FF8L << 48);      // positive, unlike double.NaN

    /// <summary>The ratio of a circle's circumference to its diameter.</summary>
    public double pi => Math.PI;

    /// <summary>The base of the natural logarithm.</summary>
    public double e => Math.E;

    /// <inheritdoc cref="DType.@bool"/>
    public DType bool_ => DType.@bool;

    /// <inheritdoc cref="bool_"/>
    public DType @bool => DType.@bool;

    /// <inheritdoc cref="DType.int8"/>
    public DType int8 => DType.int8;

    /// <inheritdoc cref="DType.uint8"/>
    public DType uint8 => DType.uint8;

    /// <inheritdoc cref="DType.int16"/>
    public DType int16 => DType.int16;

    /// <inheritdoc cref="DType.uint16"/>
    public DType uint16 => DType.uint16;

    /// <inheritdoc cref="DType.int32"/>
    public DType int32 => DType.int32;

    /// <inheritdoc cref="DType.uint32"/>
    public DType uint32 => DType.uint32;

    /// <inheritdoc cref="DType.int64"/>
    public DType int64 => DType.int64;

    /// <inheritdoc cref="DType.uint64"/>
    public DType uint64 => DType.uint64;

    /// <inheritdoc cref="DType.float16"/>
    public DType float16 => DType.float16;

    /// <inheritdoc cref="DType.float16"/>
    public DType half => DType.float16;

    /// <inheritdoc cref="DType.float32"/>
    public DType float32 => DType.float32;

    /// <inheritdoc cref="DType.float64"/>
    public DType float64 => DType.float64;

    /// <summary>An array of these numbers, in their own type or another.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="dtype">The array's type; by default the numbers' own.</param>
    public NDArray array(double[] values, DType? dtype = null) => Typed(new NDArray((double[])values.Clone()), dtype);

    /// <inheritdoc cref="array(double[], DType?)"/>
    public NDArray array(int[] values, DType? dtype = null) => Typed(new NDArray(Array.ConvertAll(values, v => (long)v)), dtype);

    /// <inheritdoc cref="array(double[], DType?)"/>
    public NDArray array(float[] values, DType? dtype = null) => Typed(new NDArray((float[])values.Clone()), dtype);

    /// <inheritdoc cref="array(double[], DType?)"/>
    public NDArray array(bool[] values, DType? dtype = null) => Typed(new NDArray((bool[])values.Clone()), dtype);

    /// <summary>A matrix of these rows.</summary>
    /// <exception cref="ValueError">The rows have different lengths.</exception>
    public NDArray array(double[][] rows, DType? dtype = null) => Typed(new NDArray(rows.SelectMany(row => row).ToArray(), rows.Length, Width(rows)), dtype);

    /// <inheritdoc cref="array(double[][], DType?)"/>
    public NDArray array(int[][] rows, DType? dtype = null) =>
        Typed(new NDArray(rows.SelectMany(row => row).Select(v => (long)v).ToArray(), rows.Length, Width(rows)), dtype);

    /// <inheritdoc cref="array(double[][], DType?)"/>
    public NDArray array(float[][] rows, DType? dtype = null) => Typed(new NDArray(rows.SelectMany(row => row).ToArray(), rows.Length, Width(rows)), dtype);

    /// <inheritdoc cref="array(double[][], DType?)"/>
    public NDArray array(bool[][] rows, DType? dtype = null) =>
        Typed(new NDArray(rows.SelectMany(row => row).ToArray()).reshape(rows.Length, Width(rows)), dtype);

    /// <inheritdoc cref="array(double[], DType?)"/>
    public NDArray array(long[] values, DType? dtype = null) => Typed(new NDArray((long[])values.Clone()), dtype);

    /// <summary>A matrix of these numbers, int64 by default.</summary>
    public NDArray array(int[,] values, DType? dtype = null) => ((NDArray)values).astype(dtype ?? DType.int64);

    /// <summary>A copy of an array; or an array of a number, of a list or nested lists of numbers, or of arrays as its rows.</summary>
    /// <exception cref="ValueError">The rows have different shapes.</exception>
    /// <example><code>
    /// var x = np.array([[1, 2, 3], [4, 5, 6]]);
    /// print(x.shape, x.dtype);    // (2, 3) int64
    /// </code></example>
    /// <param name="values">The number, the list, or the array.</param>
    /// <param name="dtype">The array's type; by default the numbers' own.</param>
    [OverloadResolutionPriority(-1)]
    public NDArray array(NDArray values, DType? dtype = null) => values.astype(dtype ?? values.dtype);

    /// <summary>An array of these rows.</summary>
    /// <exception cref="ValueError">Their shapes differ.</exception>
    [OverloadResolutionPriority(-3)]
    public NDArray array(ArraySequence values, DType? dtype = null) => Typed(NDArray.Create([.. values]), dtype);

    /// <summary>An array of enumerated items: <c>np.array(names.Select(name => order[name]))</c>, a list comprehension in Python.</summary>
    /// <exception cref="ValueError">Arrays among the items have different shapes.</exception>
    [OverloadResolutionPriority(-4)]
    public NDArray array(IEnumerable<int> values, DType? dtype = null) => array(values.ToArray(), dtype);

    /// <inheritdoc cref="array(IEnumerable{int}, DType?)"/>
    [OverloadResolutionPriority(-4)]
    public NDArray array(IEnumerable<double> values, DType? dtype = null) => array(values.ToArray(), dtype);

    /// <inheritdoc cref="array(IEnumerable{int}, DType?)"/>
    [OverloadResolutionPriority(-4)]
    public NDArray array(IEnumerable<bool> values, DType? dtype = null) => array(values.ToArray(), dtype);

    /// <inheritdoc cref="array(IEnumerable{int}, DType?)"/>
    [OverloadResolutionPriority(-4)]
    public NDArray array(IEnumerable<NDArray> values, DType? dtype = null) => array((ArraySequence)values.ToArray(), dtype);

    /// <summary>An array of strings.</summary>
    public Strings array(Strings values) => values.OfNumpy();

    /// <inheritdoc cref="array(Strings)"/>
    [OverloadResolutionPriority(-4)]
    public Strings array(IEnumerable<string> values) => array((Strings)values.ToArray());

    /// <summary>The values of a tensor.</summary>
    /// <exception cref="ValueError">The tensor has no values.</exception>
    [OverloadResolutionPriority(-2)]
    public NDArray array(Tensor values, DType? dtype = null) => array(values.numpy(), dtype);

    /// <summary>The array itself if it has that type, else converted; an array of a list or of nested lists.</summary>
    /// <exception cref="ValueError">The rows have different shapes.</exception>
    public NDArray asarray(NDArray a, DType? dtype = null) => Typed(a, dtype);

    /// <inheritdoc cref="array(ArraySequence, DType?)"/>
    [OverloadResolutionPriority(-3)]
    public NDArray asarray(ArraySequence a, DType? dtype = null) => array(a, dtype);

    /// <summary>A copy of the array.</summary>
    public NDArray copy(NDArray a) => a.copy();

    /// <summary>The numbers from 0 to <paramref name="stop"/>, exclusive.</summary>
    public NDArray arange(long stop, DType? dtype = null) => arange(0, stop, 1, dtype);

    /// <summary>The numbers from <paramref name="start"/> to <paramref name="stop"/>, exclusive, in steps.</summary>
    /// <exception cref="ValueError">The step is 0.</exception>
    public NDArray arange(long start, long stop, long step = 1, DType? dtype = null)
    {
        if (step == 0) throw new ValueError("Maximum allowed size exceeded: the step is 0");
        var values = new long[Count(Math.Ceiling(((double)stop - start) / step))];
        for (int i = 0; i < values.Length; i++) values[i] = start + i * step;
        return Typed(new NDArray(values), dtype);
    }

    /// <inheritdoc cref="arange(long, DType?)"/>
    public NDArray arange(double stop, DType? dtype = null) => arange(0, stop, 1, dtype);

    /// <inheritdoc cref="arange(long, long, long, DType?)"/>
    public NDArray arange(double start, double stop, double step = 1, DType? dtype = null)
    {
        if (step == 0) throw new ValueError("Maximum allowed size exceeded: the step is 0");
        var values = new double[Count(Math.Ceiling((stop - start) / step))];
        // As in numpy, the first two are rounded to the type, and their difference is the step.
        var type = dtype ?? DType.float64;
        NDArray first = ((NDArray)start).astype(type), apart = ((NDArray)(start + step)).astype(type) - first;
        if (type == DType.@bool) throw new ValueError("no fill-function for data-type bool: arange makes numbers");
        if (type != DType.float64) return (first + arange(values.Length).astype(type) * apart).astype(type);
        for (int i = 0; i < values.Length; i++) values[i] = start + i * apart.item();
        return new NDArray(values);
    }

    /// <summary>Evenly spaced numbers from start to stop.</summary>
    /// <param name="start">The first number.</param>
    /// <param name="stop">The last number.</param>
    /// <param name="num">The number of numbers.</param>
    /// <param name="endpoint">Whether <paramref name="stop"/> is included.</param>
    /// <param name="dtype">float64 by default; for integers the numbers are rounded down.</param>
    /// <exception cref="ValueError">The count is negative.</exception>
    public NDArray linspace(double start, double stop, int num = 50, bool endpoint = true, DType? dtype = null)
    {
        if (num < 0) throw new ValueError($"Number of samples, {num}, must be non-negative.");
        int parts = endpoint ? num - 1 : num;
        double range = stop - start, step = range / parts;
        var values = new double[num];
        for (int i = 0; i < num; i++)
        {
            double way = parts <= 0 ? i * range : step == 0 ? (double)i / parts * range : i * step;
            values[i] = way + start;
        }
        if (endpoint && num > 1) values[^1] = stop;
        if (dtype is { IsInteger: true }) values = Array.ConvertAll(values, Math.Floor);
        return Typed(new NDArray(values), dtype);
    }

    /// <summary>Numbers from base^start to base^stop in geometric progression.</summary>
    /// <exception cref="ValueError">The count is negative.</exception>
    public NDArray logspace(double start, double stop, int num = 50, bool endpoint = true, double @base = 10.0) =>
        power(@base, linspace(start, stop, num, endpoint));

    /// <summary>An array of zeros, in float64 or another type.</summary>
    public NDArray zeros(Shape shape, DType? dtype = null) => NDArray.Filled(shape, dtype ?? DType.float64);

    /// <summary>An array of ones, in float64 or another type.</summary>
    public NDArray ones(Shape shape, DType? dtype = null) => full(shape, 1, dtype ?? DType.float64);

    /// <summary>An array for the program to fill; its elements are 0 here.</summary>
    public NDArray empty(Shape shape, DType? dtype = null) => zeros(shape, dtype);

    /// <summary>An array filled with a value, in its type or another.</summary>
    /// <exception cref="ValueError">The value doesn't fit the shape.</exception>
    public NDArray full(Shape shape, NDArray fill_value, DType? dtype = null)
    {
        var all = zeros(shape, dtype ?? fill_value.dtype);
        all[Slice.Ellipsis] = fill_value.astype(all.dtype);
        return all;
    }

    /// <summary>Zeros in the shape of an array, in its type or another.</summary>
    public NDArray zeros_like(NDArray a, DType? dtype = null) => zeros(a.shape, dtype ?? a.dtype);

    /// <summary>Ones in the shape of an array, in its type or another.</summary>
    public NDArray ones_like(NDArray a, DType? dtype = null) => ones(a.shape, dtype ?? a.dtype);

    /// <inheritdoc cref="empty"/>
    public NDArray empty_like(NDArray a, DType? dtype = null) => zeros_like(a, dtype);

    /// <summary>A value in the shape of an array, in its type or another.</summary>
    public NDArray full_like(NDArray a, NDArray fill_value, DType? dtype = null) => full(a.shape, fill_value, dtype ?? a.dtype);

    /// <summary>A matrix with ones on a diagonal and zeros elsewhere, in float64 or another type.</summary>
    /// <param name="N">The number of rows.</param>
    /// <param name="M">The number of columns; by default that of rows.</param>
    /// <param name="k">The distance of the diagonal to the right of the main one.</param>
    /// <param name="dtype">The type.</param>
    public NDArray eye(int N, int? M = null, int k = 0, DType? dtype = null)
    {
        int columns = M ?? N;
        var matrix = new double[checked(N * columns)];
        for (int i = 0; i < N; i++) if (i + k >= 0 && i + k < columns) matrix[i * columns + i + k] = 1;
        return Typed(new NDArray(matrix, N, columns), dtype);
    }

    /// <summary>A square matrix with ones on its diagonal and zeros elsewhere, in float64 or another type.</summary>
    public NDArray identity(int n, DType? dtype = null) => eye(n, dtype: dtype);

    private static int Count(double steps) => steps <= 0 ? 0 : steps <= Array.MaxLength ? (int)steps
        : throw new ValueError($"Maximum allowed size exceeded: {steps} numbers are more than an array holds");

    private static NDArray Typed(NDArray a, DType? dtype) => dtype is { } type && type != a.dtype ? a.astype(type) : a;

    private static int Width<T>(T[][] rows) => rows.Length == 0 ? 0 : rows.All(row => row.Length == rows[0].Length) ? rows[0].Length
        : throw new ValueError("setting an array element with a sequence. The requested array has an inhomogeneous shape: its rows are not of one length.");
}
