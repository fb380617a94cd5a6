using KerasPort.Graphs;

namespace KerasPort;

/// <content>Functions of <c>tf</c> that create tensors or rearrange their elements.</content>
public sealed partial class TensorFlowModule
{
    /// <summary>The indices that would sort an axis; those of equal elements stay in order.</summary>
    /// <param name="values">The tensor.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="direction">"ASCENDING", or "DESCENDING".</param>
    /// <exception cref="ValueError">There is no such axis or direction.</exception>
    public Tensor argsort(Tensor values, int axis = -1, string direction = "ASCENDING") =>
        Python.keras.ops.argsort(!IsDescending(direction) ? values
            // The complement reverses the order of whole numbers without an overflow.
            : values.HasValues && values.dtype.IsInteger ? ~values.numpy() : -values, axis);

    /// <inheritdoc cref="DType.@bool"/>
    public DType @bool => DType.@bool;

    /// <inheritdoc cref="OpsModule.eye"/>
    public Tensor eye(int num_rows, int? num_columns = null, DType? dtype = null) => Python.keras.ops.eye(num_rows, num_columns, dtype: dtype);

    /// <summary>Takes entries of an axis by indices.</summary>
    /// <param name="params">The tensor.</param>
    /// <param name="indices">The indices.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="batch_dims">The number of first axes that the tensor and the indices share; the axis that follows them is indexed.</param>
    /// <exception cref="ValueError">With <paramref name="batch_dims"/>, another axis than the one that follows is asked for.</exception>
    public Tensor gather(Tensor @params, Tensor indices, int? axis = null, int batch_dims = 0)
    {
        if (batch_dims == 0) return Python.keras.ops.take(@params, indices, axis ?? 0);
        if (axis is { } at && ((Axes)at).Of(@params.shape)[0] != batch_dims)
            throw new ValueError($"With `batch_dims` the axis that follows is indexed. Received: axis={axis}, batch_dims={batch_dims}");
        return gather_nd(@params, Python.keras.ops.expand_dims(indices, -1), batch_dims);
    }

    /// <summary>The tensor itself.</summary>
    public Tensor identity(Tensor input) => input;

    /// <summary>
    /// Evenly spaced numbers from <paramref name="start"/> to <paramref name="stop"/>. As in TensorFlow, steps are computed in float32, and the last one is
    /// exact.
    /// </summary>
    /// <exception cref="ValueError">The number isn't positive.</exception>
    public Tensor linspace(double start, double stop, int num)
    {
        if (num < 1) throw new ValueError($"Requires num > 0, got {num}");
        var (first, last) = ((float)start, (float)stop);
        float step = (last - first) / Math.Max(num - 1, 1);
        var values = new float[num];
        for (int i = 0; i < num; i++) values[i] = i == 0 ? first : i == num - 1 ? last : first + step * i;
        return (NDArray)values;
    }

    /// <inheritdoc cref="OpsModule.logical_and"/>
    public Tensor logical_and(Tensor x, Tensor y) => Python.keras.ops.logical_and(x, y);

    /// <inheritdoc cref="OpsModule.logical_not"/>
    public Tensor logical_not(Tensor x) => Python.keras.ops.logical_not(x);

    /// <inheritdoc cref="OpsModule.logical_or"/>
    public Tensor logical_or(Tensor x, Tensor y) => Python.keras.ops.logical_or(x, y);

    /// <inheritdoc cref="NumpyModule.newaxis"/>
    public Slice newaxis => Slice.NewAxis;

    /// <inheritdoc cref="OpsModule.one_hot"/>
    public Tensor one_hot(Tensor indices, int depth, int axis = -1) => Python.keras.ops.one_hot(indices, depth, axis);

    /// <summary>Integers from 0 to <paramref name="limit"/>, exclusive.</summary>
    public Tensor range(int limit, DType? dtype = null) => range(0, limit, 1, dtype);

    /// <summary>The number of elements.</summary>
    public Tensor size(Tensor input, DType? out_type = null) => Tensor.Holding(input.numpy().size, out_type ?? DType.int32);

    /// <summary>The distinct elements in order of their first occurrence, and for each element its index among them.</summary>
    /// <exception cref="ValueError">The tensor isn't a vector.</exception>
    public Tensor unique(Tensor x, DType? out_idx = null)
    {
        var values = x.numpy();
        if (values.ndim != 1) throw new ValueError($"unique expects a 1D vector. Received: shape={values.shape}");
        var seen = new Dictionary<double, int>();
        var (first, places) = (new List<int>(), new int[values.size]);
        for (int i = 0; i < places.Length; i++)
        {
            if (seen.TryAdd(values.ElementAt(i), seen.Count)) first.Add(i);
            places[i] = seen[values.ElementAt(i)];
        }
        return Tensor.Several([Tensor.Holding(values[Python.np.array(first.ToArray())], values.dtype),
            Tensor.Holding(Python.np.array(places), out_idx ?? DType.int32)]);
    }

    /// <summary>Integers from <paramref name="start"/> to <paramref name="limit"/>, exclusive.</summary>
    public Tensor range(int start, int limit, int delta = 1, DType? dtype = null) => range((Tensor)start, limit, delta, dtype);

    /// <summary>Numbers from 0 to <paramref name="limit"/>, exclusive, of its type.</summary>
    public Tensor range(Tensor limit, DType? dtype = null) => range(Tensor.Holding(0, limit.dtype), limit, null, dtype);

    /// <summary>Numbers from <paramref name="start"/> to <paramref name="limit"/>, exclusive, of the type of theirs that TensorFlow ranks highest.</summary>
    public Tensor range(Tensor start, Tensor limit, Tensor? delta = null, DType? dtype = null)
    {
        DType[] ranked = [DType.int32, DType.int64, DType.float32, DType.float64], given = [start.dtype, limit.dtype, delta?.dtype ?? DType.int32];
        var type = dtype ?? given.MaxBy(one => Array.IndexOf(ranked, one))!;
        double from = (double)start, to = (double)limit, by = delta is null ? 1 : (double)delta;
        if (by == 0 || (by > 0 ? from > to : from < to))
            throw new ValueError($"range goes from `start` towards `limit`, by a `delta` that is not 0. Received: start={from}, limit={to}, delta={by}");
        return Tensor.Holding(type.IsInexact ? Python.np.arange(from, to, by) : Python.np.arange((long)from, (long)to, (long)by), type);
    }

    /// <summary>Numbers from <paramref name="start"/> to <paramref name="limit"/>, exclusive.</summary>
    public Tensor range(double start, double limit, double delta = 1, DType? dtype = null) =>
        range((Tensor)start, limit, delta, dtype);

    /// <summary>The number of axes.</summary>
    public Tensor rank(Tensor input) => (NDArray)input.shape.Rank;

    /// <inheritdoc cref="OpsModule.all"/>
    public Tensor reduce_all(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => Python.keras.ops.all(input_tensor, axis, keepdims);

    /// <inheritdoc cref="OpsModule.any"/>
    public Tensor reduce_any(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => Python.keras.ops.any(input_tensor, axis, keepdims);

    /// <inheritdoc cref="OpsModule.prod"/>
    public Tensor reduce_prod(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => Python.keras.ops.prod(input_tensor, axis, keepdims);

    /// <summary>The number of elements of a shape.</summary>
    /// <exception cref="ValueError">A dimension is unknown.</exception>
    public Tensor reduce_prod(Shape input_tensor) => (NDArray)input_tensor.Size;

    /// <inheritdoc cref="OpsModule.repeat(Tensor, int, int?)"/>
    public Tensor repeat(Tensor input, int repeats, int? axis = null) => Python.keras.ops.repeat(input, repeats, axis);

    /// <summary>The nearest integers; a half is rounded to the even one.</summary>
    public Tensor round(Tensor x) => Python.keras.ops.round(x);

    /// <inheritdoc cref="OpsModule.sign"/>
    public Tensor sign(Tensor x) => Python.keras.ops.sign(x);

    /// <summary>The elements sorted along an axis.</summary>
    /// <param name="values">The tensor.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="direction">"ASCENDING", or "DESCENDING".</param>
    /// <exception cref="ValueError">There is no such axis or direction.</exception>
    public Tensor sort(Tensor values, int axis = -1, string direction = "ASCENDING")
    {
        var rising = Python.keras.ops.sort(values, axis);
        return IsDescending(direction) ? Python.keras.ops.flip(rising, axis) : rising;
    }

    private static bool IsDescending(string direction) => direction switch
    {
        "ASCENDING" => false,
        "DESCENDING" => true,
        _ => throw new ValueError($"Argument `direction` should be one of ASCENDING, DESCENDING. Received: direction={direction}"),
    };

    /// <inheritdoc cref="OpsModule.tile"/>
    public Tensor tile(Tensor input, Axes multiples) => Python.keras.ops.tile(input, multiples);

    /// <summary>The entries of an axis as separate tensors, without that axis.</summary>
    public Tensor unstack(Tensor value, int? num = null, int axis = 0) => Python.keras.ops.unstack(value, num, axis);

    /// <summary><c>tf.version</c>.</summary>
    public TensorFlowVersionModule version { get; } = new();
}

/// <summary><c>tf.version</c>.</summary>
public sealed class TensorFlowVersionModule
{
    /// <inheritdoc cref="TensorFlowModule.__version__"/>
    public string VERSION => Python.tf.__version__;
}
