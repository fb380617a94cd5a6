namespace KerasPort;

/// <content>
/// Views with the axes reordered, merged or split, which share the array's elements, and copies along axes.
/// </content>
public sealed partial class NDArray
{
    /// <summary>The array with its axes in reverse order: the transpose of a matrix.</summary>
    public NDArray T => transpose();

    /// <summary>The bytes that an element takes.</summary>
    public int itemsize => dtype.itemsize;

    /// <summary>The bytes that the elements would take in numpy.</summary>
    public long nbytes => (long)size * itemsize;

    /// <summary>The array with its axes in that order; in reverse order when none are given.</summary>
    /// <exception cref="ValueError">The given axes aren't a permutation of the array's.</exception>
    public NDArray transpose(params int[] axes)
    {
        int[] order = axes.Length == 0 ? [.. Enumerable.Range(0, ndim).Reverse()] : [.. axes.Select(axis => At(axis))];
        if (order.Length != ndim) throw new ValueError($"axes don't match array: {order.Length} axes for an array of {ndim}");
        if (order.Distinct().Count() != ndim) throw new ValueError($"repeated axis in transpose: {string.Join(", ", axes)}");
        int[] strides = _strides ?? Strides(_shape);
        return Viewed(new View(Array.ConvertAll(order, axis => _shape[axis]), Array.ConvertAll(order, axis => strides[axis]), _first));
    }

    /// <summary>The array with two axes exchanged.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray swapaxes(int axis1, int axis2)
    {
        int[] order = [.. Enumerable.Range(0, ndim)];
        (order[At(axis1)], order[At(axis2)]) = (At(axis2), At(axis1));
        return transpose(order);
    }

    /// <summary>The elements as a vector: a copy.</summary>
    public NDArray flatten() => ravel().copy();

    /// <summary>The array without its axes of length 1, or without the named ones.</summary>
    /// <exception cref="ValueError">A named axis has another length.</exception>
    public NDArray squeeze(Axes? axis = null)
    {
        int[] gone = axis?.Of(shape) ?? [.. Enumerable.Range(0, ndim).Where(i => _shape[i] == 1)];
        foreach (int i in gone)
            if (_shape[i] != 1)
                throw new ValueError($"cannot select an axis to squeeze out which has size not equal to one: axis {i} of {shape}");
        return reshape([.. _shape.Where((_, i) => !gone.Contains(i))]);
    }

    /// <summary>The entries at these indices along <paramref name="axis"/>; without one, the elements at these row-major indices.</summary>
    /// <exception cref="ValueError">An index is out of range.</exception>
    public NDArray take(NDArray indices, int? axis = null)
    {
        var from = axis is null ? ravel() : this;
        int at = from.At(axis ?? 0);
        var taken = from.Along(at, Array.ConvertAll(Places(indices), i => from.Place(i, at)));
        return taken.reshape([.. from._shape[..at], .. indices._shape, .. from._shape[(at + 1)..]]);
    }

    /// <summary>Repeats each element, or each entry along an axis.</summary>
    /// <exception cref="ValueError">A count is negative, or the number of counts isn't that of the elements.</exception>
    public NDArray repeat(NDArray repeats, int? axis = null)
    {
        var from = axis is null ? ravel() : this;
        int at = from.At(axis ?? 0), length = from._shape[at];
        int[] counts = repeats.size == 1 ? [.. Enumerable.Repeat(repeats.ToInts()[0], length)] : repeats.ToInts();
        if (counts.Length != length) throw new ValueError($"operands could not be broadcast together with shape ({length},) ({counts.Length},)");
        if (counts.Any(count => count < 0)) throw new ValueError($"repeats may not contain negative values. Received: repeats={repeats}");
        return from.Along(at, [.. counts.SelectMany((count, i) => Enumerable.Repeat(i, count))]);
    }

    /// <summary>Sets every element to that value.</summary>
    public void fill(NDArray value) => this[KerasPort.Slice.Ellipsis] = value;

    /// <summary>Python's nested lists; the number for an array without an axis.</summary>
    public object tolist() => ndim == 0 ? dtype.IsInexact ? item() : Scalar() : Enumerable.Range(0, _shape[0]).Select(i => this[i].tolist()).ToList();

    /// <summary>The entries at these indices along an axis, as a new array.</summary>
    internal NDArray Along(int axis, int[] places)
    {
        int outer = SizeOf(_shape.AsSpan(0, axis)), length = _shape[axis], inner = SizeOf(_shape.AsSpan(axis + 1));
        // The indices are repeated for each index before the axis, as rows of the flattened array.
        int[] rows = outer == 1 ? places : new int[checked(outer * places.Length)];
        for (int o = 0, to = 0; o < outer && outer > 1; o++)
            foreach (int place in places) rows[to++] = o * length + place;
        var elements = Elements.Rows(_store.Elements, _offset, rows, inner);
        return new NDArray(_store.With(elements), 0, [.. _shape[..axis], places.Length, .. _shape[(axis + 1)..]]);
    }

    /// <summary>A matrix' diagonal, read-only.</summary>
    internal NDArray Diagonal(int right)
    {
        int[] strides = _strides ?? Strides(_shape);
        int down = Math.Max(-right, 0), first = Math.Max(right, 0), length = Math.Max(Math.Min(_shape[0] - down, _shape[1] - first), 0);
        var view = new View([length], [strides[0] + strides[1]], length == 0 ? 0 : _first + down * strides[0] + first * strides[1]);
        return new NDArray(Base, view.Offset, view.Kept, view.Strides) { IsReadOnly = true };
    }

    /// <summary>The axis counted from 0; a negative one counts from the end.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    internal int At(int axis) => axis >= -ndim && axis < ndim ? axis < 0 ? axis + ndim : axis
        : throw new ValueError($"axis {axis} is out of bounds for array of dimension {ndim}");

    private int Place(int index, int axis) => index >= -_shape[axis] && index < _shape[axis] ? index < 0 ? index + _shape[axis] : index
        : throw new ValueError($"index {index} is out of bounds for axis {axis} with size {_shape[axis]}");

    private static int[] Strides(int[] shape)
    {
        var strides = new int[shape.Length];
        for (int axis = shape.Length - 1, stride = 1; axis >= 0; stride *= shape[axis--]) strides[axis] = stride;
        return strides;
    }
}
