namespace KerasPort;

/// <content>
/// Reading and writing parts. The overload priorities make a number an index rather than an array of one, and <c>[0, 2]</c> between the brackets
/// two rows rather than two indices.
/// </content>
public sealed partial class NDArray
{
    /// <summary>Whether the array can't be written to, because several of its places share one element (broadcast, diagonal).</summary>
    private bool IsReadOnly { get; init; }

    /// <summary>
    /// A part of the array: a number takes one entry of its axis, which is removed, a range several.
    /// <c>x[0]</c>, <c>x[..3]</c>, <c>x[5, .., 2..4]</c>, <c>x[Slice(step: 2)]</c>, <c>x[Ellipsis, np.newaxis]</c>. Axes that aren't named are taken
    /// whole. An array of booleans takes the elements (or rows) where it is True, <c>x[x &gt; 0]</c>; one of integers the rows at these indices;
    /// several arrays, <c>x[rows, columns]</c>, the elements at the combined indices. A value that is set is broadcast over the part and converted
    /// to the array's type: <c>x[0, 1] = 7</c>.
    /// </summary>
    /// <remarks>
    /// A part shares its elements with the array, as in numpy: a value set in one is seen in the other. Elements taken by arrays of indices, and single
    /// elements, are copies. A part whose elements aren't contiguous is copied when it is first read, and again after an element was set.
    /// <para><c>a += b</c> makes a new array, unlike numpy; <c>a[..] += b</c> adds in place.</para>
    /// </remarks>
    /// <exception cref="ValueError">There are more indices than axes, one is out of range, or a value has another shape.</exception>
    [OverloadResolutionPriority(1)]
    public NDArray this[params ReadOnlySpan<Slice> slices]
    {
        get
        {
            if (slices.Length == 0) return this;
            if (TryGetOutput(slices, out var output)) return output;
            if (HasArray(slices)) return slices.Length == 1 ? Chosen(slices[0].Places!) : Picked(slices);
            var part = Viewed(Part(slices));
            // A single element is a number, unless the index asks for a part without an axis: x[0, ...].
            return part.ndim == 0 && ndim > 0 && !HasEllipsis(slices) ? part.copy().AsScalar() : part;
        }
        set
        {
            if (!HasArray(slices)) Viewed(Part(slices)).Assign(value);
            else if (_strides is not null) SetThroughCopy(slices, value);
            else if (slices.Length == 1) SetChosen(slices[0].Places!, value);
            else SetPicked(slices, value);
        }
    }

    /// <summary>The rows at these indices, in this order: <c>x[[0, 2]]</c>, a copy; <c>x[null]</c> has a new axis, as <c>x[None]</c>.</summary>
    /// <exception cref="ValueError">An index is out of range, or the value that is set has another shape.</exception>
    [OverloadResolutionPriority(2)]
    public NDArray this[int[]? rows]
    {
        get => rows is null ? this[KerasPort.Slice.NewAxis] : Rows(rows, [rows.Length]);
        set
        {
            if (rows is null) this[KerasPort.Slice.NewAxis] = value;
            else if (_strides is not null) this[(Slice)rows] = value;
            else SetRows(rows, [rows.Length], value);
        }
    }

    private static bool HasEllipsis(ReadOnlySpan<Slice> slices)
    {
        foreach (var slice in slices) if (slice.Kind == KerasPort.Slice.Kinds.Ellipsis) return true;
        return false;
    }

    // A copy: of the elements (or rows) where booleans are True, of the rows at integers, of the elements at the indices that np.where(mask) gave.
    private NDArray Chosen(NDArray index)
    {
        if (index._several is { } several) return this[[.. several.Select(places => (Slice)places)]];
        if (index.dtype != DType.@bool) return Rows(Places(index), index._shape);
        var (rows, folded) = Masked(index);
        return folded.Rows(rows, [rows.Length]);
    }

    private void SetChosen(NDArray index, NDArray value)
    {
        if (index._several is { } several)
        {
            this[[.. several.Select(places => (Slice)places)]] = value;
        }
        else if (index.dtype != DType.@bool)
        {
            SetRows(Places(index), index._shape, value);
        }
        else
        {
            var (rows, folded) = Masked(index);
            folded.SetRows(rows, [rows.Length], value);
        }
    }

    private static int[] Places(NDArray index) => index.dtype.IsInteger ? index.ToInts()
        : throw new ValueError("arrays used as indices must be of integer (or boolean) type");

    // The array with the mask's axes folded into one, and which of its rows the mask takes.
    private (int[] Rows, NDArray Folded) Masked(NDArray mask)
    {
        if (mask.ndim > ndim) throw new ValueError($"too many indices for array: array is {ndim}-dimensional, but {mask.ndim} were indexed");
        Masked(mask, 0);
        return (mask.Where(), new NDArray(_store, _offset, [mask.size, .. _shape[mask.ndim..]]) { IsReadOnly = IsReadOnly });
    }

    private NDArray Rows(int[] rows, int[] shape)
    {
        if (ndim == 0) throw new ValueError("too many indices for array: array is 0-dimensional, but 1 were indexed");
        return new NDArray(_store.With(Elements.Rows(_store.Elements, _offset, Rows(rows), SizeOf(_shape.AsSpan(1)))), 0, [.. shape, .. _shape[1..]]);
    }

    private void SetRows(int[] rows, int[] shape, NDArray value)
    {
        var (source, at) = Assigned(value, [.. shape, .. _shape[1..]],
            "shape mismatch: value array of shape {0} could not be broadcast to indexing result of shape {1}");
        int[] places = Rows(rows);
        Elements.SetRows(source, at, places, SizeOf(_shape.AsSpan(1)), Writable(), _offset);
    }

    // Row indices, counted from 0 where they were negative.
    private int[] Rows(int[] rows)
    {
        int length = Length;
        foreach (int row in rows) if (row < 0 || row >= length) return Array.ConvertAll(rows, Row);
        return rows;
    }

    private int Row(int row) => row >= -Length && row < Length ? row < 0 ? row + Length : row
        : throw new ValueError($"index {row} is out of bounds for axis 0 with size {Length}");

    // The value as elements of this array's type, broadcast to that shape, and the offset of the first.
    private (Array Elements, int Offset) Assigned(NDArray value, int[] shape, string mismatch = "could not broadcast input array from shape {0} into shape {1}")
    {
        if (value.IsNumber && dtype.IsInteger) value.RequireWhole(dtype);
        int surplus = value.ndim - shape.Length;
        bool fits = surplus <= 0 || value._shape.AsSpan(0, surplus).IndexOfAnyExcept(1) < 0;
        var given = surplus > 0 && fits ? value.reshape(value._shape[surplus..]) : value;
        for (int axis = 1; fits && axis <= given.ndim; axis++) fits = given._shape[^axis] == 1 || given._shape[^axis] == shape[^axis];
        if (!fits) throw new ValueError(mismatch.format(Text(value._shape), Text(shape)));
        // A value that is a part of this array is copied before it is overwritten.
        var (elements, offset) = value._elements == _elements && value._strides is null && value.size > 1 ? (given.Owned(dtype), 0) : given.Packed(dtype);
        return given.size == SizeOf(shape) ? (elements, offset) : (new View(shape, Broadcast.Strides(given._shape, shape), offset).Elements(elements), 0);
    }

    private Array Owned(DType type) => Packed(type) is var (elements, offset) && elements == _store.Elements ? Copied() : elements;

    private Array Writable() => IsReadOnly
        ? throw new ValueError("assignment destination is read-only: its elements are shared by several places. Take a copy() first.") : Base.Own();

    // Sets every element; of a view in the array that it belongs to.
    private void Assign(NDArray value)
    {
        if (value.size == 1 && value.ndim <= ndim && _strides is null)
        {
            if (value.IsNumber && dtype.IsInteger) value.RequireWhole(dtype);
            var (one, place) = value.Packed(dtype);
            Elements.Fill(one, place, Writable(), _first, size);
            return;
        }
        var (source, at) = Assigned(value, _shape);
        Elements.Copy(Writable(), _first, _shape, _strides ?? Strides(_shape), source, at, into: true);
    }

    private void SetThroughCopy(ReadOnlySpan<Slice> slices, NDArray value)
    {
        var whole = copy();
        whole[slices] = value;
        Assign(whole);
    }

    private void RequireWhole(DType type)
    {
        if (!dtype.IsInexact) RequireHeld(type);
        else if (!double.IsFinite(item())) throw new ValueError($"cannot convert float {this} to integer: the array is of {type}");
    }

    private NDArray Viewed(View view, bool isReadOnly = false) =>
        new(Base, view.Offset, view.Kept, view.IsWhole ? null : view.Strides) { IsReadOnly = IsReadOnly || isReadOnly && !view.IsWhole };

    private View Part(ReadOnlySpan<Slice> slices)
    {
        int named = 0, ellipses = 0;
        foreach (var slice in slices)
        {
            if (slice.Kind == Slice.Kinds.Ellipsis) ellipses++;
            else if (slice.Kind != Slice.Kinds.NewAxis) named++;
        }
        if (named > ndim) throw new ValueError($"too many indices for array: array is {ndim}-dimensional, but {named} were indexed");
        if (ellipses > 1) throw new ValueError("an index can only have a single ellipsis ('...')");
        var shape = new List<int>();
        var strides = new List<int>();
        int[] apart = _strides ?? Strides(_shape);
        int offset = _first, at = 0;
        void Whole(int count)
        {
            for (; count > 0; count--)
            {
                strides.Add(apart[at]);
                shape.Add(_shape[at++]);
            }
        }
        foreach (var slice in slices)
        {
            if (slice.Kind == Slice.Kinds.Ellipsis)
            {
                Whole(ndim - named);
            }
            else if (slice.Kind == Slice.Kinds.NewAxis)
            {
                strides.Add(0);
                shape.Add(1);
            }
            else
            {
                int each = apart[at];
                var (start, count, step) = slice.On(_shape[at], at);
                at++;
                offset += start * each;
                if (slice.Kind == Slice.Kinds.One) continue;
                strides.Add(step * each);
                shape.Add(count);
            }
        }
        Whole(ndim - at);
        int[] kept = [.. shape];
        return new View(kept, [.. strides], SizeOf(kept) == 0 ? 0 : offset);
    }

    // Elements of a store: the number and the stride along each axis.
    private readonly record struct View(int[] Kept, int[] Strides, int Offset)
    {
        // Whether they are contiguous in row-major order.
        public bool IsWhole
        {
            get
            {
                int expected = 1;
                for (int axis = Kept.Length - 1; axis >= 0; axis--)
                {
                    if (Kept[axis] == 0) return true;
                    if (Kept[axis] > 1 && Strides[axis] != expected) return false;
                    expected *= Kept[axis];
                }
                return true;
            }
        }

        // A copy in row-major order.
        public Array Elements(Array store)
        {
            var copy = NewElements.Like(store, SizeOf(Kept));
            KerasPort.Elements.Copy(store, Offset, Kept, Strides, copy, 0, into: false);
            return copy;
        }
    }
}
