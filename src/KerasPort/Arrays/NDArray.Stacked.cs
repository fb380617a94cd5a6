namespace KerasPort;

public sealed partial class NDArray
{
    /// <summary>Arrays of one shape and type as the rows of another.</summary>
    /// <exception cref="ValueError">Their shapes or types differ.</exception>
    internal static NDArray Stack(IReadOnlyList<NDArray> rows)
    {
        var first = rows[0];
        bool isSame = true;
        for (int i = 1; i < rows.Count; i++)
        {
            var row = rows[i];
            if (row.shape != first.shape)
                throw new ValueError("Cannot batch tensors with different shapes. "
                    + $"First element had shape {first.shape} and element {i} had shape {row.shape}.");
            if (row.dtype != first.dtype)
                throw new ValueError("Cannot batch tensors with different types. "
                    + $"First element had dtype {first.dtype} and element {i} had dtype {row.dtype}.");
            isSame &= row._store.Elements.GetType() == first._store.Elements.GetType() && ReferenceEquals(row._store.Table, first._store.Table);
        }
        // Scaled bytes with different tables have no common one and become floats.
        if (!isSame)
            return Stack([.. rows.Select(row => first.dtype == DType.float32 ? new NDArray(row.Values<float>(), row._shape, 0)
                : new NDArray(row.Values<double>(), row._shape, 0))]);
        var all = NewElements.Like(first._store.Elements, checked(rows.Count * first.size));
        for (int i = 0; i < rows.Count; i++) Array.Copy(rows[i]._store.Elements, rows[i]._offset, all, i * first.size, first.size);
        return new NDArray(first._store.With(all), 0, [rows.Count, .. first._shape]);
    }
}
