namespace KerasPort;

/// <content>Shapes: axes added, moved and merged, arrays joined and split.</content>
public sealed partial class NumpyModule
{
    /// <inheritdoc cref="NDArray.reshape(int[])"/>
    public NDArray reshape(NDArray a, Shape newshape) => a.reshape(newshape);

    /// <inheritdoc cref="NDArray.ravel"/>
    public NDArray ravel(NDArray a) => a.ravel();

    /// <inheritdoc cref="NDArray.squeeze"/>
    public NDArray squeeze(NDArray a, Axes? axis = null) => a.squeeze(axis);

    /// <inheritdoc cref="NDArray.transpose"/>
    public NDArray transpose(NDArray a, Axes? axes = null) => axes is null ? a.transpose() : a.transpose([.. axes]);

    /// <inheritdoc cref="NDArray.swapaxes"/>
    public NDArray swapaxes(NDArray a, int axis1, int axis2) => a.swapaxes(axis1, axis2);

    /// <summary>The array with new axes of length 1 at one or several positions.</summary>
    /// <param name="a">The array.</param>
    /// <param name="axis">The position of the new axis in the result; a negative one counts from the end.</param>
    /// <exception cref="ValueError">There is no such position.</exception>
    public NDArray expand_dims(NDArray a, Axes axis)
    {
        int rank = a.ndim + axis.Count;
        int[] places = [.. axis.Select(at => at >= -rank && at < rank ? (at + rank) % rank
            : throw new ValueError($"axis {at} is out of bounds for array of dimension {rank}"))];
        if (places.Distinct().Count() < places.Length) throw new ValueError($"repeated axis: {axis}");
        var rest = new Queue<int>(a.shape);
        return a.reshape([.. Enumerable.Range(0, rank).Select(i => places.Contains(i) ? 1 : rest.Dequeue())]);
    }

    /// <summary>The array with axes moved to other positions; the other axes keep their order.</summary>
    /// <exception cref="ValueError">There is no such axis, or the numbers of axes and positions differ.</exception>
    public NDArray moveaxis(NDArray a, Axes source, Axes destination)
    {
        if (source.Count != destination.Count) throw new ValueError("`source` and `destination` arguments must have the same number of elements");
        var order = Enumerable.Range(0, a.ndim).Except(source.Select(a.At)).ToList();
        foreach (var (to, from) in destination.Select(a.At).Zip(source.Select(a.At)).OrderBy(pair => pair.First)) order.Insert(to, from);
        return a.transpose([.. order]);
    }

    /// <summary>The array with at least one axis.</summary>
    public NDArray atleast_1d(NDArray a) => a.ndim > 0 ? a : a.reshape(1);

    /// <summary>The array with at least two axes.</summary>
    public NDArray atleast_2d(NDArray a) => a.ndim > 1 ? a : a.reshape(1, a.size);

    /// <summary>The array broadcast to a shape, read-only.</summary>
    /// <exception cref="ValueError">The shape doesn't fit.</exception>
    public NDArray broadcast_to(NDArray array, Shape shape) => array.To(shape.ToArray());

    /// <summary>Concatenates arrays along an existing axis; without one, flattened.</summary>
    /// <param name="arrays">Arrays of one shape, except for the length of that axis.</param>
    /// <param name="axis">The axis, the first by default; <c>null</c> flattens the arrays first.</param>
    /// <exception cref="ValueError">There is no array, or one has another shape.</exception>
    public NDArray concatenate(ArraySequence arrays, int? axis = 0)
    {
        if (arrays.Count == 0) throw new ValueError("need at least one array to concatenate");
        NDArray[] all = [.. axis is null ? arrays.Select(a => a.ravel()) : arrays];
        if (all[0].ndim == 0) throw new ValueError("zero-dimensional arrays cannot be concatenated");
        int at = all[0].At(axis ?? 0);
        int[] shape = [.. all[0].shape];
        foreach (var (i, a) in all.Index())
        {
            if (a.ndim != shape.Length)
                throw new ValueError("all the input array dimensions except for the concatenation axis must match exactly: "
                    + $"the array at index 0 has {shape.Length} dimension(s) and the array at index {i} has {a.ndim} dimension(s)");
            for (int d = 0; d < shape.Length; d++)
                if (d != at && a.shape[d] != shape[d])
                    throw new ValueError("all the input array dimensions except for the concatenation axis must match exactly, but along dimension "
                        + $"{d}, the array at index 0 has size {shape[d]} and the array at index {i} has size {a.shape[d]}");
        }
        shape[at] = all.Sum(a => a.shape[at]);
        return NDArray.Joined(all, shape, shape[..at].Aggregate(1, (product, d) => product * d));
    }

    /// <summary>Stacks arrays along a new axis.</summary>
    /// <exception cref="ValueError">There is no array, or the shapes differ.</exception>
    public NDArray stack(ArraySequence arrays, int axis = 0)
    {
        if (arrays.Count == 0) throw new ValueError("need at least one array to stack");
        if (arrays.FirstOrDefault(a => a.shape != arrays[0].shape) is { } other)
            throw new ValueError($"all input arrays must have the same shape. Received: {arrays[0].shape} and {other.shape}");
        return concatenate(arrays.Select(a => expand_dims(a, axis)).ToArray(), axis);
    }

    /// <summary>Stacks arrays vertically: vectors as rows, others along the first axis.</summary>
    /// <exception cref="ValueError">The shapes don't fit.</exception>
    public NDArray vstack(ArraySequence tup) => concatenate(tup.Select(atleast_2d).ToArray(), 0);

    /// <inheritdoc cref="vstack(ArraySequence)"/>
    public NDArray row_stack(ArraySequence tup) => vstack(tup);

    /// <summary>Assembles an array from rows of blocks: <c>np.block([[a, b], [c, d]])</c>.</summary>
    /// <exception cref="ValueError">The shapes don't fit.</exception>
    public NDArray block(NDArray[][] arrays) => vstack(arrays.Select(row => concatenate(row.Select(atleast_2d).ToArray(), axis: -1)).ToArray());

    /// <summary>Stacks arrays horizontally: vectors along their only axis, others along the second.</summary>
    /// <exception cref="ValueError">The shapes don't fit.</exception>
    public NDArray hstack(ArraySequence tup)
    {
        NDArray[] all = [.. tup.Select(atleast_1d)];
        return concatenate(all, all is [{ ndim: 1 }, ..] ? 0 : 1);
    }

    /// <summary>Stacks arrays along the third axis, which is added to vectors and matrices.</summary>
    /// <exception cref="ValueError">The shapes don't fit.</exception>
    public NDArray dstack(ArraySequence tup) =>
        concatenate(tup.Select(a => a.ndim > 2 ? a : expand_dims(atleast_2d(a), 2)).ToArray(), 2);

    /// <summary>Stacks vectors as columns, together with the columns of matrices.</summary>
    /// <exception cref="ValueError">The shapes don't fit.</exception>
    public NDArray column_stack(ArraySequence tup) => concatenate(tup.Select(a => a.ndim > 1 ? a : a.reshape(a.size, 1)).ToArray(), 1);

    /// <summary>Appends values to an array along an axis; without one, both are flattened.</summary>
    /// <exception cref="ValueError">The shapes don't fit.</exception>
    public NDArray append(NDArray arr, NDArray values, int? axis = null) => concatenate([arr, values], axis);

    /// <summary>The array without the entries at indices along an axis; without one, of the flattened array.</summary>
    /// <exception cref="ValueError">An index is out of range.</exception>
    public NDArray delete(NDArray arr, NDArray obj, int? axis = null)
    {
        var from = axis is null ? arr.ravel() : arr;
        int at = from.At(axis ?? 0), length = from.shape[at];
        int[] gone = obj.dtype == DType.@bool ? obj.Where() : [.. obj.ToInts().Select(i => i >= -length && i < length ? (i + length) % length
            : throw new ValueError($"index {i} is out of bounds for axis {at} with size {length}"))];
        return from.Along(at, [.. Enumerable.Range(0, length).Except(gone)]);
    }

    /// <summary>Splits an axis into parts of equal length.</summary>
    /// <exception cref="ValueError">The length isn't divisible by the number, or there is no such axis.</exception>
    public NDArray split(NDArray ary, int sections, int axis = 0) => sections > 0 && ary.shape[ary.At(axis)] % sections == 0 ? array_split(ary, sections, axis)
        : throw new ValueError($"array split does not result in an equal division: {ary.shape[ary.At(axis)]} into {sections}");

    /// <summary>Splits an axis before given indices.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray split(NDArray ary, int[] indices, int axis = 0) => array_split(ary, indices, axis);

    /// <summary>Splits an axis into parts; the first ones are longer by one where the length isn't divisible.</summary>
    /// <exception cref="ValueError">There is no such axis, or the number of parts isn't positive.</exception>
    public NDArray array_split(NDArray ary, int sections, int axis = 0)
    {
        if (sections <= 0) throw new ValueError($"number sections must be larger than 0. Received: {sections}");
        var (each, more) = Math.DivRem(ary.shape[ary.At(axis)], sections);
        return array_split(ary, [.. Enumerable.Range(1, sections - 1).Select(i => i * each + Math.Min(i, more))], axis);
    }

    /// <inheritdoc cref="split(NDArray, int[], int)"/>
    public NDArray array_split(NDArray ary, int[] indices, int axis = 0)
    {
        int at = ary.At(axis), length = ary.shape[at];
        int[] ends = [0, .. indices, length];
        var leading = Enumerable.Repeat<Slice>(.., at).ToArray();
        return NDArray.List([.. ends.Zip(ends.Skip(1)).Select(part => ary[[.. leading, new Slice(part.First, part.Second, 1)]])]);
    }

    /// <inheritdoc cref="split(NDArray, int, int)"/>
    public NDArray vsplit(NDArray ary, int sections) => split(ary, sections);

    /// <inheritdoc cref="split(NDArray, int[], int)"/>
    public NDArray vsplit(NDArray ary, int[] indices) => split(ary, indices);

    /// <inheritdoc cref="split(NDArray, int[], int)"/>
    public NDArray hsplit(NDArray ary, int[] indices) => split(ary, indices, ary.ndim == 1 ? 0 : 1);

    /// <inheritdoc cref="split(NDArray, int, int)"/>
    public NDArray dsplit(NDArray ary, int sections) => split(ary, sections, 2);

    /// <inheritdoc cref="split(NDArray, int, int)"/>
    public NDArray hsplit(NDArray ary, int sections) => split(ary, sections, ary.ndim == 1 ? 0 : 1);

    /// <summary>The elements in reverse order along an axis, along several, or along all.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray flip(NDArray m, Axes? axis = null)
    {
        int[] turned = Axes.Of(axis, m.shape);
        return m[[.. Enumerable.Range(0, m.ndim).Select(i => turned.Contains(i) ? new Slice(null, null, -1) : ..)]];
    }

    /// <summary>The array reversed along the second axis.</summary>
    /// <exception cref="ValueError">There is no second axis.</exception>
    public NDArray fliplr(NDArray m) => flip(m, 1);

    /// <summary>The array reversed along the first axis.</summary>
    /// <exception cref="ValueError">There is no axis.</exception>
    public NDArray flipud(NDArray m) => flip(m, 0);

    /// <summary>The array rotated <paramref name="k"/> times by 90 degrees, from the first of two axes towards the second.</summary>
    /// <exception cref="ValueError">There are no such axes.</exception>
    public NDArray rot90(NDArray m, int k = 1, (int, int)? axes = null)
    {
        var (first, second) = axes ?? (0, 1);
        if (m.At(first) == m.At(second)) throw new ValueError($"Axes must be different. Received: axes=({first}, {second})");
        return (k & 3) switch
        {
            0 => m.copy(),
            1 => flip(m, second).swapaxes(first, second),
            2 => flip(m, (first, second)),
            _ => flip(m.swapaxes(first, second), second),
        };
    }

    /// <summary>Rolls the elements along an axis: those moved beyond its end come first. Without an axis, the flattened elements.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray roll(NDArray a, int shift, int? axis = null)
    {
        var from = axis is null ? a.ravel() : a;
        int at = from.At(axis ?? 0), length = from.shape[at];
        return from.Along(at, [.. Enumerable.Range(0, length).Select(i => (int)(((i - (long)shift) % length + length) % length))]).reshape([.. a.shape]);
    }

    /// <inheritdoc cref="NDArray.repeat"/>
    public NDArray repeat(NDArray a, NDArray repeats, int? axis = null) => a.repeat(repeats, axis);

    /// <inheritdoc cref="NDArray.take"/>
    public NDArray take(NDArray a, NDArray indices, int? axis = null) => a.take(indices, axis);

    /// <summary>The array repeated along each axis.</summary>
    /// <exception cref="ValueError">A count is negative.</exception>
    public NDArray tile(NDArray A, Shape reps)
    {
        int[] counts = reps.ToArray();
        if (counts.Any(count => count < 0)) throw new ValueError($"negative dimensions are not allowed. Received: reps={reps}");
        int rank = Math.Max(A.ndim, counts.Length);
        counts = [.. Enumerable.Repeat(1, rank - counts.Length), .. counts];
        var tiled = A.reshape([.. Enumerable.Repeat(1, rank - A.ndim), .. A.shape]).copy();
        for (int axis = 0; axis < rank; axis++)
        {
            int length = tiled.shape[axis];
            if (counts[axis] != 1) tiled = tiled.Along(axis, [.. Enumerable.Range(0, checked(counts[axis] * length)).Select(i => i % length)]);
        }
        return tiled;
    }

    /// <summary>Pads an array before and after each axis.</summary>
    /// <param name="array">The array.</param>
    /// <param name="pad_width">The numbers of elements to add before and after each axis.</param>
    /// <param name="mode">"constant", "edge" (the outermost element), "reflect" (without that element), "symmetric" (with it), "wrap",
    /// "maximum", "minimum", "mean" or "median" of the axis, or "linear_ramp" to 0.</param>
    /// <param name="constant_values">The value for "constant".</param>
    /// <exception cref="ValueError">The widths are negative or not those of the axes, or the mode is unknown.</exception>
    public NDArray pad(NDArray array, PadWidth pad_width, string mode = "constant", double constant_values = 0)
    {
        var widths = pad_width.Of(array.ndim);
        if (mode == "constant")
        {
            var whole = full([.. array.shape.Select((d, i) => d + widths[i].Before + widths[i].After)], constant_values, array.dtype);
            whole[[.. widths.Select((width, i) => (Slice)(width.Before..(width.Before + array.shape[i])))]] = array;
            return whole;
        }
        foreach (var (axis, (before, after)) in widths.Index())
        {
            int length = array.shape[axis];
            if (mode is "maximum" or "minimum" or "mean" or "median" or "linear_ramp" && length > 0)
            {
                array = Padded(array, axis, before, after, mode);
                continue;
            }
            if (length == 0 && before + after > 0) throw new ValueError($"can't extend empty axis {axis} using modes other than 'constant' or 'empty'");
            array = array.Along(axis, [.. Enumerable.Range(-before, before + length + after).Select(i => Padding(i, length, mode))]);
        }
        return array;
    }

    private NDArray Padded(NDArray array, int axis, int before, int after, string mode)
    {
        int n = array.shape[axis];
        if (mode == "linear_ramp")
        {
            var width = Enumerable.Repeat(1, array.ndim).ToArray();
            NDArray Ramp(int from, int count, bool isRising)
            {
                width[axis] = count;
                var edge = array.Along(axis, [from]);
                var ramp = arange(count).reshape(width) * (edge / (double)Math.Max(count, 1));
                var typed = (IsInexact(edge) ? ramp : floor(ramp)).astype(array.dtype);
                return isRising ? typed : flip(typed, axis);
            }
            return concatenate([Ramp(0, before, isRising: true), array, Ramp(n - 1, after, isRising: false)], axis);
        }
        var one = mode switch
        {
            "maximum" => array.max(axis, keepdims: true),
            "minimum" => array.min(axis, keepdims: true),
            "mean" => array.mean(axis, keepdims: true),
            _ => median(array, axis, keepdims: true),
        };
        if (!IsInexact(array)) one = rint(one);
        one = one.astype(array.dtype);
        return concatenate([repeat(one, before, axis), array, repeat(one, after, axis)], axis);
    }

    private static int Padding(int i, int n, string mode)
    {
        int Turn(int period) => (i % period + period) % period;
        switch (mode)
        {
            case "edge":
                return Math.Clamp(i, 0, n - 1);
            case "wrap":
                return Turn(n);
            case "symmetric":
                int mirrored = Turn(2 * n);
                return mirrored < n ? mirrored : 2 * n - 1 - mirrored;
            case "reflect":
                if (n == 1) return 0;
                int reflected = Turn(2 * n - 2);
                return reflected < n ? reflected : 2 * n - 2 - reflected;
            default:
                throw new ValueError($"mode '{mode}' is not supported: constant, edge, reflect, symmetric, wrap, maximum, minimum, mean, median "
                    + "and linear_ramp are there");
        }
    }
}
