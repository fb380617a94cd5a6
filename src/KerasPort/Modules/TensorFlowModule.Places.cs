using KerasPort.Graphs;

namespace KerasPort;

/// <content>Functions of <c>tf</c> that read or change elements at indices, and parts.</content>
public sealed partial class TensorFlowModule
{
    /// <inheritdoc cref="OpsModule.broadcast_to"/>
    public Tensor broadcast_to(Tensor input, Shape shape) => Python.keras.ops.broadcast_to(input, shape);

    /// <summary>The entries at indices into the first axes.</summary>
    /// <param name="params">The tensor.</param>
    /// <param name="indices">In its last axis, an index for each of the first axes; the other axes are the result's.</param>
    /// <param name="batch_dims">The number of first axes that the tensor and the indices share.</param>
    /// <exception cref="ValueError">An index is out of range.</exception>
    public Tensor gather_nd(Tensor @params, Tensor indices, int batch_dims = 0)
    {
        var ops = Python.keras.ops;
        int depth = Depth(indices);
        if (batch_dims + depth > @params.shape.Rank)
            throw new ValueError($"There are {depth} indices in a tensor of shape {@params.shape} with batch_dims={batch_dims}.");
        int[] sizes = Known(@params.shape[..(batch_dims + depth)]);
        RequireWithin(indices, sizes.AsSpan(batch_dims));
        // One index into the addressed axes as one, to which each shared axis adds its own place.
        Tensor place = 0;
        int stride = 1;
        for (int axis = depth - 1; axis >= 0; stride *= sizes[batch_dims + axis--]) place = place + indices[Slice.Ellipsis, axis] * stride;
        for (int axis = batch_dims - 1; axis >= 0; stride *= sizes[axis--])
        {
            int[] along = [.. Enumerable.Range(0, indices.shape.Rank - 1).Select(at => at == axis ? sizes[axis] : 1)];
            place = place + Python.np.arange(sizes[axis]).astype(DType.int32).reshape(along) * stride;
        }
        return ops.take(ops.reshape(@params, new Shape([stride, .. @params.shape[sizes.Length..]])), place, 0);
    }

    /// <summary>Zeros of a shape, to which values are added at indices into the first axes.</summary>
    /// <param name="indices">In its last axis, an index for each of the first axes.</param>
    /// <param name="updates">The entry for each place.</param>
    /// <param name="shape">The result's shape.</param>
    /// <exception cref="ValueError">An index is out of range, or the updates have another shape.</exception>
    public Tensor scatter_nd(Tensor indices, Tensor updates, Shape shape) => tensor_scatter_nd_add(zeros(shape, updates.dtype), indices, updates);

    /// <summary>The tensor, with updates added at indices into the first axes.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="indices">In its last axis, an index for each of the first axes.</param>
    /// <param name="updates">The entry for each place.</param>
    /// <exception cref="ValueError">An index is out of range, or the updates have another shape.</exception>
    public Tensor tensor_scatter_nd_add(Tensor tensor, Tensor indices, Tensor updates) => Scattered(tensor, indices, updates, "add");

    /// <summary>The tensor, with the larger ones of its elements and of updates at indices into the first axes.</summary>
    /// <inheritdoc cref="tensor_scatter_nd_add"/>
    public Tensor tensor_scatter_nd_max(Tensor tensor, Tensor indices, Tensor updates) => Scattered(tensor, indices, updates, "max");

    /// <summary>The tensor, with the smaller ones of its elements and of updates at indices into the first axes.</summary>
    /// <inheritdoc cref="tensor_scatter_nd_add"/>
    public Tensor tensor_scatter_nd_min(Tensor tensor, Tensor indices, Tensor updates) => Scattered(tensor, indices, updates, "min");

    /// <summary>The tensor, with updates subtracted at indices into the first axes.</summary>
    /// <inheritdoc cref="tensor_scatter_nd_add"/>
    public Tensor tensor_scatter_nd_sub(Tensor tensor, Tensor indices, Tensor updates) => Scattered(tensor, indices, -updates, "add");

    /// <summary>The tensor, with its elements at indices into the first axes replaced.</summary>
    /// <inheritdoc cref="tensor_scatter_nd_add"/>
    public Tensor tensor_scatter_nd_update(Tensor tensor, Tensor indices, Tensor updates) => Scattered(tensor, indices, updates, null);

    /// <summary>For each length a row that is true up to that length.</summary>
    /// <param name="lengths">The lengths.</param>
    /// <param name="maxlen">The length of the rows; by default the largest of the lengths.</param>
    /// <param name="dtype">The type; 1 stands for true in those of numbers.</param>
    public Tensor sequence_mask(Tensor lengths, int? maxlen = null, DType? dtype = null)
    {
        int most = maxlen ?? (lengths.numpy().size == 0 ? 0 : Math.Max(0, (int)lengths.numpy().max()));
        var mask = Python.keras.ops.less(Python.np.arange(most).astype(DType.int32), Python.keras.ops.expand_dims(lengths, -1));
        return dtype is { } type ? cast(mask, type) : mask;
    }

    /// <summary>A part: from the begin along each axis, as many entries as the size says, or with -1 all others.</summary>
    /// <exception cref="ValueError">The part isn't inside of the tensor.</exception>
    public Tensor slice(Tensor input_, Shape begin, Shape size)
    {
        int[] starts = begin.ToArray(), counts = size.ToArray();
        ValueError Refused(string why) => new($"{why} Received: begin=[{string.Join(", ", starts)}], size=[{string.Join(", ", counts)}]");
        if (starts.Length != input_.shape.Rank || counts.Length != starts.Length)
            throw Refused($"`begin` and `size` need a number for each axis of a tensor of shape {input_.shape}.");
        var key = new Slice[starts.Length];
        for (int axis = 0; axis < key.Length; axis++)
        {
            if (starts[axis] < 0 || counts[axis] < -1 || (input_.shape[axis] is { } length && starts[axis] + Math.Max(counts[axis], 0) > length))
                throw Refused($"Expected a part inside of shape {input_.shape}.");
            key[axis] = counts[axis] < 0 ? starts[axis].. : starts[axis]..(starts[axis] + counts[axis]);
        }
        return input_[key];
    }

    private static Tensor Scattered(Tensor tensor, Tensor indices, Tensor updates, string? reduction)
    {
        var ops = Python.keras.ops;
        int depth = Depth(indices);
        var outer = indices.shape[..^1];
        if (depth > tensor.shape.Rank || (updates.shape.All(d => d is not null) && updates.shape != new Shape([.. outer, .. tensor.shape[depth..]])))
            throw new ValueError($"There is an update of the axes behind the indexed ones for each index. "
                + $"Received: tensor.shape={tensor.shape}, indices.shape={indices.shape}, updates.shape={updates.shape}");
        if (tensor.HasValues && updates.HasValues && tensor.Number is null && tensor.dtype != updates.dtype)
            throw new TypeError($"TensorFlow promotes no types: cast the updates, tf.cast(updates, tf.{tensor.dtype}). Received: {updates.dtype}");
        RequireWithin(indices, Known(tensor.shape[..depth]));
        int count = Known(outer).Aggregate(1, (product, d) => product * d);
        var rows = ops.reshape(updates, new Shape([count, .. tensor.shape[depth..]]));
        var made = ops.scatter_update(tensor, ops.reshape(indices, (count, depth)), rows, reduction);
        return made.HasValues ? Tensor.Holding(made.numpy(), tensor.dtype) : made;
    }

    /// <summary>The number of axes that indices address.</summary>
    private static int Depth(Tensor indices) => indices.shape[^1]
        ?? throw new ValueError($"`indices` needs a last axis of known length. Received: shape={indices.shape}");

    private static int[] Known(Shape shape) =>
        [.. shape.Select(d => d ?? throw new ValueError($"The axes that are indexed need known lengths. Received: {shape}"))];

    private static void RequireWithin(Tensor indices, ReadOnlySpan<int> sizes)
    {
        if (!indices.HasValues) return;
        long[] all = indices.numpy().ToLongs();
        for (int i = 0; i < all.Length; i++)
            if (all[i] < 0 || all[i] >= sizes[i % sizes.Length])
            {
                int row = i / sizes.Length;
                throw new ValueError($"indices[{row}] = [{string.Join(", ", all[(row * sizes.Length)..((row + 1) * sizes.Length)])}] "
                    + $"does not index into shape [{string.Join(", ", sizes.ToArray())}]");
            }
    }
}
