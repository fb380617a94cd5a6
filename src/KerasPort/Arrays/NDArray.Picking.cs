namespace KerasPort;

/// <content>Advanced indexing, with arrays among the indices: <c>x[rows, columns]</c>, <c>x[.., places]</c>.</content>
public sealed partial class NDArray
{
    /// <summary>An array of zeros.</summary>
    internal static NDArray Filled(Shape shape, DType type) => new(NewElements.Zeros(type, shape.Size), shape.ToArray(), 0);

    /// <summary>Elements of x where the condition holds, else of y; either may be a single number.</summary>
    internal static NDArray Where(NDArray condition, NDArray x, NDArray y)
    {
        var type = Common(x, y);
        RequireHeld(x, y, type);
        int[] shape = Together(x, y);
        shape = Broadcast.Shape(shape, condition._shape) ?? throw new ValueError(
            $"operands could not be broadcast together with shapes {Text(condition._shape)} {Text(x._shape)} {Text(y._shape)}");
        var (holds, at) = condition.To(shape).Packed(DType.@bool);
        var (from, atX) = (x.size == 1 ? x : x.To(shape)).Packed(type);
        var (other, atY) = (y.size == 1 ? y : y.To(shape)).Packed(type);
        var chosen = NewElements.Of(type, SizeOf(shape));
        Elements.Choose(((bool[])holds).AsSpan(at, chosen.Length), from, atX, x.size == 1 ? 0 : 1, other, atY, y.size == 1 ? 0 : 1, chosen);
        return new NDArray(chosen, shape, 0);
    }

    /// <summary>The array with these axes folded into its last one, and the result shape of a function that reduces each such line.</summary>
    internal (NDArray Lines, int[] Others) Lined(Axes? axes, bool keepdims)
    {
        int[] folded = Distinct(axes), others = [.. Enumerable.Range(0, ndim).Except(folded)];
        int length = folded.Aggregate(1, (count, i) => count * _shape[i]);
        return (transpose([.. others, .. folded]).reshape([.. others.Select(i => _shape[i]), length]), Rest(folded, keepdims));
    }

    private static bool HasArray(ReadOnlySpan<Slice> slices)
    {
        foreach (var slice in slices) if (slice.Kind == KerasPort.Slice.Kinds.Array) return true;
        return false;
    }

    private NDArray Picked(ReadOnlySpan<Slice> slices)
    {
        var (places, shape) = Picks(slices);
        return new NDArray(_store.With(Elements.Rows(_store.Elements, _offset, places, 1)), 0, shape);
    }

    private void SetPicked(ReadOnlySpan<Slice> slices, NDArray value)
    {
        var (places, shape) = Picks(slices);
        var (source, at) = Assigned(value, shape, "shape mismatch: value array of shape {0} could not be broadcast to indexing result of shape {1}");
        Elements.SetRows(source, at, places, 1, Writable(), _offset);
    }

    // The offset in this array of each element of the result, and the result's shape: the axes of the index arrays replace them where these are
    // adjacent, else they come first (numpy's rule).
    private (int[] Places, int[] Shape) Picks(ReadOnlySpan<Slice> slices)
    {
        var all = Spread(slices);
        int[] strides = Strides(_shape), common = [];
        foreach (var (slice, _) in all)
            if (slice.Places is { } places)
                common = Broadcast.Shape(common, places._shape) ?? throw new ValueError(
                    $"shape mismatch: indexing arrays could not be broadcast together with shapes {Text(common)} {Text(places._shape)}");
        int first = all.FindIndex(s => s.Slice.Places is not null), last = all.FindLastIndex(s => s.Slice.Places is not null);
        bool areNeighbours = all[first..(last + 1)].All(s => s.Slice.Places is not null);

        // For each axis of the result the offset of each of its indices; the index arrays together are one axis.
        var steps = new List<int[]>();
        var shape = new List<int>();
        int start = 0, at = -1;
        var together = new int[SizeOf(common)];
        foreach (var (slice, axis) in all)
        {
            if (slice.Places is { } places)
            {
                if (at < 0) at = areNeighbours ? shape.Count : 0;
                int[] indices = Places(places.To(common));
                for (int i = 0; i < together.Length; i++) together[i] += Place(indices[i], axis) * strides[axis];
            }
            else if (slice.Kind == KerasPort.Slice.Kinds.NewAxis)
            {
                steps.Add([0]);
                shape.Add(1);
            }
            else
            {
                var (from, count, step) = slice.On(_shape[axis], axis);
                start += from * strides[axis];
                steps.Add([.. Enumerable.Range(0, count).Select(i => i * step * strides[axis])]);
                shape.Add(count);
            }
        }
        steps.Insert(at, together);
        int[] result = [.. shape[..at], .. common, .. shape[at..]];
        int[] found = [start];
        foreach (int[] axis in steps)
        {
            int[] outer = found;
            found = new int[checked(outer.Length * axis.Length)];
            for (int i = 0; i < found.Length; i++) found[i] = outer[i / axis.Length] + axis[i % axis.Length];
        }
        return (found, result);
    }

    // Each index with its axis: the ellipsis written out, booleans as the places where they are True, numbers beside arrays as arrays.
    private List<(Slice Slice, int Axis)> Spread(ReadOnlySpan<Slice> slices)
    {
        int named = 0, axis = 0;
        foreach (var slice in slices) named += Taken(slice);
        if (named > ndim) throw new ValueError($"too many indices for array: array is {ndim}-dimensional, but {named} were indexed");
        var all = new List<(Slice, int)>();
        foreach (var slice in slices)
        {
            if (slice.Kind == KerasPort.Slice.Kinds.Ellipsis) Whole(ndim - named);
            else if (slice.Kind == KerasPort.Slice.Kinds.One) all.Add(((NDArray)slice.On(_shape[axis], axis).Start, axis++));
            else if (slice.Places is { } mask && mask.dtype == DType.@bool)
            {
                Masked(mask, axis);
                foreach (var places in mask.nonzero()) all.Add((places, axis++));
            }
            else all.Add((slice, slice.Kind == KerasPort.Slice.Kinds.NewAxis ? -1 : axis++));
        }
        Whole(ndim - axis);
        return all;

        void Whole(int count)
        {
            for (; count > 0; count--) all.Add((.., axis++));
        }
    }

    private static int Taken(Slice slice) => slice.Kind is KerasPort.Slice.Kinds.Ellipsis or KerasPort.Slice.Kinds.NewAxis ? 0
        : slice.Places is { } places && places.dtype == DType.@bool ? places.ndim : 1;

    private void Masked(NDArray mask, int from)
    {
        for (int axis = 0; axis < mask.ndim; axis++)
            if (mask._shape[axis] != _shape[from + axis])
                throw new ValueError($"boolean index did not match indexed array along dimension {from + axis}; dimension is {_shape[from + axis]} "
                    + $"but corresponding boolean dimension is {mask._shape[axis]}");
    }
}
