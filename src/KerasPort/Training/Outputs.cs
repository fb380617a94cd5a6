namespace KerasPort.Training;

/// <summary>The result of a prediction, an array for each output of the model. Rows are added batch by batch.</summary>
public sealed class Outputs
{
    private readonly Shape[] _shapes;
    private readonly float[][] _values;
    private readonly int[] _rows;
    private readonly int _expected;

    /// <param name="shapes">The shape of a row of each output; the first rows decide its open dimensions.</param>
    /// <param name="rows">The number of rows; <c>null</c> where it is unknown, and memory then grows as they come.</param>
    /// <exception cref="ValueError">The outputs have more numbers than an array holds.</exception>
    public Outputs(IEnumerable<Shape> shapes, int? rows)
    {
        (_shapes, _expected) = ([.. shapes], rows ?? 0);
        _rows = new int[_shapes.Length];
        _values = Array.ConvertAll(_shapes, shape => new float[shape.Contains(null) ? 0 : Size(_expected, shape)]);
    }

    /// <summary>The number of outputs.</summary>
    public int Count => _shapes.Length;

    /// <summary>Adds rows to an output, and returns the room that the caller fills.</summary>
    /// <param name="output">The index of the output.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="row">The shape of one.</param>
    /// <exception cref="ValueError">The outputs have more numbers than an array holds, or another shape than those before.</exception>
    public Span<float> Add(int output, int rows, Shape row)
    {
        var shape = _shapes[output];
        if (shape != row)
        {
            if (!shape.Contains(null))
                throw new ValueError($"The outputs of all batches become one array, but rows of shape {row} come behind rows of shape {shape}. "
                    + "Predict batches of one length at a time, with `predict_on_batch` for one.");
            _shapes[output] = shape = row;
            _values[output] = new float[Size(_expected, row)];
        }
        int start = Size(_rows[output], shape), end = Size(_rows[output] + (long)rows, shape);
        ref var values = ref _values[output];
        if (end > values.Length) Array.Resize(ref values, (int)Math.Clamp(2L * values.Length, end, Array.MaxLength));
        _rows[output] += rows;
        return values.AsSpan(start, end - start);
    }

    /// <summary>So many rows from <paramref name="first"/> on, in arrays of their own.</summary>
    public NDArray[] Copy(int first, int rows) =>
        [.. _shapes.Select((shape, i) => Made(_values[i][Size(first, shape)..Size(first + (long)rows, shape)], rows, shape))];

    /// <summary>The first so many rows.</summary>
    public NDArray[] First(int rows) =>
        [.. _shapes.Select((shape, i) => Made(_values[i].Length == Size(rows, shape) ? _values[i] : _values[i][..Size(rows, shape)], rows, shape))];

    private static NDArray Made(float[] values, int rows, Shape shape) => new(values, [rows, .. shape.ToArray()]);

    private static int Size(long rows, Shape shape) => rows * shape.Size <= Array.MaxLength ? (int)(rows * shape.Size)
        : throw new ValueError($"The outputs of {rows} rows, {shape.Size} numbers each, are more than an array holds. Predict some of the rows at a time.");
}
