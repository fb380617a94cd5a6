namespace KerasPort;

/// <content>Functions that take, set and order elements by index.</content>
public sealed partial class NumpyModule
{
    /// <summary>For each line along an axis, the elements at the indices that another array has there, such as those of <c>argsort</c>.</summary>
    /// <exception cref="ValueError">There is no such axis or index, or the shapes don't fit.</exception>
    public NDArray take_along_axis(NDArray arr, NDArray indices, int? axis)
    {
        if (axis is not { } along) return arr.ravel()[indices.ravel()];
        return arr[[.. LinePlaces(arr, indices, arr.At(along))]];
    }

    /// <summary>Sets the elements at such indices: see <see cref="take_along_axis"/>.</summary>
    /// <exception cref="ValueError">There is no such axis or index, or the shapes don't fit.</exception>
    public void put_along_axis(NDArray arr, NDArray indices, NDArray values, int axis) => arr[[.. LinePlaces(arr, indices, arr.At(axis))]] = values;

    private Slice[] LinePlaces(NDArray a, NDArray indices, int axis)
    {
        if (indices.ndim != a.ndim) throw new ValueError($"`indices` and `arr` must have the same number of dimensions: {indices.shape} and {a.shape}");
        return [.. a.shape.Select((length, i) =>
        {
            if (i == axis) return (Slice)indices;
            var shape = Enumerable.Repeat(1, a.ndim).ToArray();
            shape[i] = length;
            return (Slice)arange(length).reshape(shape);
        })];
    }

    /// <summary>The array with values inserted before one or several indices along an axis; without one, into the flattened array.</summary>
    /// <exception cref="ValueError">An index is out of range, or the values don't fit.</exception>
    public NDArray insert(NDArray arr, NDArray obj, NDArray values, int? axis = null)
    {
        var from = axis is null ? arr.ravel() : arr;
        int at = from.At(axis ?? 0), length = from.shape[at];
        int[] places = [.. obj.ToInts().Select(i => i >= -length && i <= length ? i < 0 ? i + length : i
            : throw new ValueError($"index {i} is out of bounds for axis {at} with size {length}"))];
        var shape = from.shape.ToArray();
        var given = values.astype(from.dtype);
        if (places.Length == 1)
        {
            // With a single index, all values are inserted there.
            if (obj.ndim == 0 && given.ndim > 0)
                given = moveaxis(given.reshape([.. Enumerable.Repeat(1, Math.Max(from.ndim - given.ndim, 0)), .. given.shape]), 0, at);
            int count = given.ndim == from.ndim ? given.shape[at] : 1;
            places = [.. Enumerable.Repeat(places[0], count)];
        }
        shape[at] = places.Length;
        var both = concatenate([from, given.To(shape)], at);
        // Old elements are ordered by their index, inserted ones before the old one of the same index.
        var order = Enumerable.Range(0, length).Select(i => (Place: i, IsOld: 1, Source: i))
            .Concat(places.Select((place, i) => (Place: place, IsOld: 0, Source: length + i))).OrderBy(p => (p.Place, p.IsOld)).Select(p => p.Source);
        return both.Along(at, [.. order]);
    }

    /// <summary>The entries along an axis for which the condition is true; without one, of the flattened array.</summary>
    /// <exception cref="ValueError">There is no such axis, or the condition is longer.</exception>
    public NDArray compress(NDArray condition, NDArray a, int? axis = null)
    {
        var from = axis is null ? a.ravel() : a;
        return from.take(flatnonzero(condition), axis ?? 0);
    }

    /// <summary>The elements for which the condition is true.</summary>
    /// <exception cref="ValueError">The condition has more elements.</exception>
    public NDArray extract(NDArray condition, NDArray arr) => arr.ravel().take(flatnonzero(condition), 0);

    /// <summary>For each element, the first choice whose condition is true, else the default.</summary>
    /// <exception cref="ValueError">The number of choices isn't that of conditions, or the shapes cannot be broadcast.</exception>
    public NDArray select(ArraySequence condlist, ArraySequence choicelist, NDArray? @default = null)
    {
        if (condlist.Count != choicelist.Count || condlist.Count == 0)
            throw new ValueError($"list of cases must be same length as list of conditions: {condlist.Count} conditions, {choicelist.Count} choices");
        var other = @default ?? 0;
        var type = NDArray.Common([.. choicelist, other]);
        var chosen = other.astype(type);
        for (int i = condlist.Count - 1; i >= 0; i--) chosen = where(condlist[i], choicelist[i].astype(type), chosen);
        return chosen;
    }

    /// <summary>The elements on and below a diagonal, zeros above.</summary>
    /// <exception cref="ValueError">The array has no axis.</exception>
    public NDArray tril(NDArray m, int k = 0) => where(Triangle(m, k, (row, column) => column <= row), m, zeros(1, m.dtype));

    /// <summary>The elements on and above a diagonal, zeros below.</summary>
    /// <exception cref="ValueError">The array has no axis.</exception>
    public NDArray triu(NDArray m, int k = 0) => where(Triangle(m, k, (row, column) => column >= row), m, zeros(1, m.dtype));

    /// <summary>A matrix with ones on and below a diagonal, in float64 or of that type.</summary>
    public NDArray tri(int N, int? M = null, int k = 0, DType? dtype = null) => tril(ones((N, M ?? N), dtype), k);

    private static NDArray Triangle(NDArray m, int k, Func<int, int, bool> isIn)
    {
        if (m.ndim == 0) throw new ValueError("a triangle of an array without an axis");
        int columns = m.shape[-1], rows = m.ndim > 1 ? m.shape[-2] : columns;
        return new NDArray([.. Enumerable.Range(0, rows * columns).Select(i => isIn(i / columns + k, i % columns))], rows, columns);
    }

    /// <summary>Converts row-major indices to an index for each axis: <c>np.unravel_index(np.argmax(x), x.shape)</c>.</summary>
    /// <exception cref="ValueError">An index is out of range.</exception>
    public NDArray unravel_index(NDArray indices, Shape shape)
    {
        long[] places = indices.ToLongs();
        foreach (long place in places)
            if (place < 0 || place >= shape.Size) throw new ValueError($"index {place} is out of bounds for array with size {shape.Size}");
        long step = shape.Size;
        return NDArray.Tuple([.. shape.ToArray().Select(length =>
        {
            step /= length;
            return new NDArray(Array.ConvertAll(places, place => place / step % length), indices.shape).AsScalar();
        })]);
    }

    /// <summary>Converts an index for each axis to row-major indices.</summary>
    /// <exception cref="ValueError">The number of indices isn't that of axes, or one is out of range.</exception>
    public NDArray ravel_multi_index(ArraySequence multi_index, Shape dims)
    {
        int[] lengths = dims.ToArray();
        if (multi_index.Count != lengths.Length) throw new ValueError($"parameter multi_index must be a sequence of length {lengths.Length}");
        NDArray places = 0;
        foreach (var (indices, length) in multi_index.Zip(lengths))
        {
            if (((indices < 0) | (indices >= length)).any()) throw new ValueError("invalid entry in coordinates array");
            places = places * length + indices;
        }
        return places;
    }

    /// <summary>The indices in a shape: for each axis, an array of the whole shape.</summary>
    public NDArray indices(Shape dimensions, DType? dtype = null)
    {
        int[] lengths = dimensions.ToArray();
        NDArray[] each = [.. lengths.Select((length, i) => arange(length).reshape([.. lengths.Select((_, k) => k == i ? length : 1)]).To(lengths))];
        return Typed(NDArray.OfRows(each), dtype);
    }

    /// <summary>The coordinates of a grid: for each vector an array of the grid's shape, along one axis of which it runs.</summary>
    /// <param name="xi">The vectors.</param>
    /// <param name="indexing">"xy", in which the first two axes are swapped, or "ij".</param>
    /// <exception cref="ValueError">The indexing is unknown.</exception>
    public NDArray meshgrid(ArraySequence xi, string indexing = "xy")
    {
        if (indexing is not ("xy" or "ij")) throw new ValueError($"Valid values for `indexing` are 'xy' and 'ij'. Received: {indexing}");
        int Axis(int i) => indexing == "xy" && i < 2 && xi.Count > 1 ? 1 - i : i;
        var shape = new int[xi.Count];
        for (int i = 0; i < shape.Length; i++) shape[Axis(i)] = xi[i].size;
        return NDArray.List([.. xi.Select((x, i) => x.reshape([.. shape.Select((_, k) => k == Axis(i) ? x.size : 1)]).To(shape).copy())]);
    }

    /// <inheritdoc cref="meshgrid(ArraySequence, string)"/>
    public NDArray meshgrid(NDArray x, NDArray y, string indexing = "xy") => meshgrid([x, y], indexing);

    /// <inheritdoc cref="meshgrid(ArraySequence, string)"/>
    public NDArray meshgrid(NDArray x, NDArray y, NDArray z, string indexing = "xy") => meshgrid([x, y, z], indexing);

    /// <summary>The results of a function of each line along an axis.</summary>
    /// <exception cref="ValueError">There is no such axis, or the results have different shapes.</exception>
    public NDArray apply_along_axis(Func<NDArray, NDArray> func1d, int axis, NDArray arr)
    {
        int at = arr.At(axis);
        int[] others = [.. arr.shape.Where((_, i) => i != at)];
        var lines = moveaxis(arr, at, -1).reshape(-1, arr.shape[at]);
        if (lines.shape[0] == 0) throw new ValueError("Cannot apply_along_axis when any iteration dimensions are 0");
        var given = NDArray.OfRows([.. Enumerable.Range(0, lines.shape[0]).Select(i => func1d(lines[i]))]);
        if (given.ndim == 1) return given.reshape(others);
        var whole = given.reshape([.. others, .. given.shape[1..]]);
        int added = given.ndim - 1;
        return moveaxis(whole, [.. Enumerable.Range(others.Length, added)], [.. Enumerable.Range(at, added)]);
    }

    /// <summary>Sets the elements of a matrix' diagonal to a value.</summary>
    /// <exception cref="ValueError">The array isn't a matrix.</exception>
    public void fill_diagonal(NDArray a, NDArray val)
    {
        if (a.ndim != 2) throw new ValueError($"array must be of two dimensions here. Received: a of shape {a.shape}");
        var places = arange(Math.Min(a.shape[0], a.shape[1]));
        a[places, places] = val;
    }

    /// <summary>The elements in another shape; if there are too few, they are repeated.</summary>
    /// <exception cref="ValueError">A dimension is negative.</exception>
    public NDArray resize(NDArray a, Shape new_shape)
    {
        int size = new_shape.Size;
        if (a.size == 0) return zeros(new_shape, a.dtype);
        return a.ravel().Along(0, [.. Enumerable.Range(0, size).Select(i => i % a.size)]).reshape(new_shape);
    }

    /// <summary>The array with an axis moved before another one.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray rollaxis(NDArray a, int axis, int start = 0)
    {
        int from = a.At(axis);
        if (start < -a.ndim || start > a.ndim) throw new ValueError($"'start' arg requires {-a.ndim} <= start < {a.ndim + 1}, but {start} was passed in");
        int to = start < 0 ? start + a.ndim : start;
        return moveaxis(a, from, from < to ? to - 1 : to);
    }

    /// <summary>The array with at least three axes: vectors run along the second, and matrices along the first two.</summary>
    public NDArray atleast_3d(NDArray a) => a.ndim switch { 0 => a.reshape(1, 1, 1), 1 => a.reshape(1, a.size, 1), 2 => expand_dims(a, 2), _ => a };
}
