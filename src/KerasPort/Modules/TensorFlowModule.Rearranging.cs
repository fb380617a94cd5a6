namespace KerasPort;

/// <content>Functions of <c>tf</c> that pad, split, roll, pick and accumulate.</content>
public sealed partial class TensorFlowModule
{
    /// <summary>The entries, or the elements, where a mask is true: the mask has the tensor's first axes.</summary>
    /// <exception cref="ValueError">The mask has another shape.</exception>
    public Tensor boolean_mask(Tensor tensor, Tensor mask) => tensor.numpy()[mask.numpy().astype(DType.@bool)];

    /// <inheritdoc cref="TensorFlowMathModule.cumsum"/>
    public Tensor cumsum(Tensor x, int axis = 0, bool exclusive = false, bool reverse = false) => math.cumsum(x, axis, exclusive, reverse);

    /// <summary>The product of two matrices, or of their transposes: the last two axes are matrices.</summary>
    public Tensor matmul(Tensor a, Tensor b, bool transpose_a = false, bool transpose_b = false) =>
        matmul(TensorFlowLinalgModule.Turned(a, transpose_a), TensorFlowLinalgModule.Turned(b, transpose_b));

    /// <summary>The coordinates of a grid: <c>var (x, y) = tf.meshgrid(columns, rows)</c>.</summary>
    /// <exception cref="ValueError"><paramref name="indexing"/> isn't "xy" or "ij".</exception>
    public Tensor meshgrid(Tensor x, Tensor y, string indexing = "xy") => Python.keras.ops.meshgrid([x, y], indexing);

    /// <inheritdoc cref="meshgrid(Tensor, Tensor, string)"/>
    public Tensor meshgrid(Tensor x, Tensor y, Tensor z, string indexing = "xy") => Python.keras.ops.meshgrid([x, y, z], indexing);

    /// <inheritdoc cref="TensorFlowLinalgModule.norm(Tensor, double?, Axes?, bool)"/>
    public Tensor norm(Tensor tensor, double? ord = null, Axes? axis = null, bool keepdims = false) => linalg.norm(tensor, ord, axis, keepdims);

    /// <inheritdoc cref="TensorFlowLinalgModule.norm(Tensor, string, Axes?, bool)"/>
    public Tensor norm(Tensor tensor, string ord, Axes? axis = null, bool keepdims = false) => linalg.norm(tensor, ord, axis, keepdims);

    /// <summary>Pads each axis: with a value, or with the tensor's own elements.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="paddings">For each axis, elements before and behind: <c>[[1, 1], [2, 2]]</c>.</param>
    /// <param name="mode">"CONSTANT", "REFLECT" or "SYMMETRIC".</param>
    /// <param name="constant_values">The value for "CONSTANT".</param>
    /// <exception cref="ValueError">There is no such mode, or the paddings aren't two numbers for each axis.</exception>
    public Tensor pad(Tensor tensor, Tensor paddings, string mode = "CONSTANT", double constant_values = 0)
    {
        var widths = paddings.numpy();
        if (widths.ndim != 2 || widths.shape[0] != tensor.shape.Rank || widths.shape[1] != 2)
            throw new ValueError($"`paddings` needs two numbers for each axis of a tensor of shape {tensor.shape}. Received: shape={widths.shape}");
        string way = mode.ToUpperInvariant() is "CONSTANT" or "REFLECT" or "SYMMETRIC" ? mode.ToLowerInvariant()
            : throw new ValueError($"Value of argument `mode` expected to be one of \"CONSTANT\", \"REFLECT\", or \"SYMMETRIC\". Received `mode` = {mode}");
        var each = new (int, int)[tensor.shape.Rank];
        for (int axis = 0; axis < each.Length; axis++) each[axis] = ((int)widths.ElementAt(2 * axis), (int)widths.ElementAt(2 * axis + 1));
        return Python.keras.ops.pad(tensor, each, way, way == "constant" ? constant_values : null);
    }

    /// <inheritdoc cref="OpsModule.roll"/>
    public Tensor roll(Tensor input, Axes shift, Axes axis) => Python.keras.ops.roll(input, shift, axis);

    /// <inheritdoc cref="OpsModule.searchsorted"/>
    public Tensor searchsorted(Tensor sorted_sequence, Tensor values, string side = "left") =>
        Python.keras.ops.searchsorted(sorted_sequence.numpy(), values.numpy(), side);

    /// <summary>Splits an axis into equal parts.</summary>
    /// <exception cref="ValueError">The axis can't be split into so many equal parts.</exception>
    public Tensor split(Tensor value, int num_or_size_splits, int axis = 0) => Python.keras.ops.split(value, num_or_size_splits, axis);

    /// <summary>Splits an axis into parts of these sizes, one of which may be -1, for the rest.</summary>
    /// <exception cref="ValueError">The sizes don't add up to the axis' length.</exception>
    public Tensor split(Tensor value, int[] num_or_size_splits, int axis = 0)
    {
        int at = axis < 0 ? axis + value.shape.Rank : axis;
        int length = value.shape[at] ?? throw new ValueError($"tf.split needs an axis of known length. Received: shape={value.shape}, axis={axis}");
        int rest = length - num_or_size_splits.Where(size => size >= 0).Sum(), open = num_or_size_splits.Count(size => size < 0);
        if (open > 1 || rest < 0 || (open == 0 && rest > 0))
            throw new ValueError($"Sizes must add up to the axis' length, {length}. Received: num_or_size_splits=[{string.Join(", ", num_or_size_splits)}]");
        var ends = new int[num_or_size_splits.Length - 1];
        for (int i = 0, end = 0; i < ends.Length; i++) ends[i] = end += num_or_size_splits[i] < 0 ? rest : num_or_size_splits[i];
        return ends.Length == 0 ? Tensor.Several([value]) : Python.keras.ops.split(value, ends, at);
    }

    /// <summary>The indices of the elements that are true, a row for each.</summary>
    public Tensor where(Tensor condition) => Tensor.Holding(Python.np.argwhere(condition.numpy()), DType.int64);
}
