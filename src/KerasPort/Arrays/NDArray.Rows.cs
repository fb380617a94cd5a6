namespace KerasPort;

/// <content>An array as its rows: <c>foreach (var row in x)</c>, and an array of rows.</content>
public sealed partial class NDArray
{
    /// <summary>The array of these numbers or rows, in their common type.</summary>
    /// <exception cref="ValueError">The shapes differ.</exception>
    public static NDArray Create(ReadOnlySpan<NDArray> rows) => OfRows(rows);

    /// <inheritdoc cref="Create"/>
    internal static NDArray OfRows(ReadOnlySpan<NDArray> rows)
    {
        if (rows.Length == 0) return new NDArray(Array.Empty<double>(), [0], 0);
        foreach (var row in rows)
            if (row.shape != rows[0].shape)
                throw new ValueError("setting an array element with a sequence. The requested array has an inhomogeneous shape: "
                    + $"its rows are not of one shape, but {rows[0].shape} and {row.shape}.");
        return Joined(rows, [rows.Length, .. rows[0]._shape], 1);
    }

    /// <summary>The rows in order; for the result of several outputs the arrays.</summary>
    /// <exception cref="ValueError">The array has no axis.</exception>
    public IEnumerator<NDArray> GetEnumerator()
    {
        if (ndim == 0) throw new ValueError("iteration over a 0-d array");
        return Each();

        IEnumerator<NDArray> Each()
        {
            for (int i = 0; i < _shape[0]; i++) yield return this[i];
        }
    }

    /// <summary>Arrays concatenated to that shape: <paramref name="outer"/> times a run of each.</summary>
    internal static NDArray Joined(ReadOnlySpan<NDArray> arrays, int[] shape, int outer)
    {
        var type = Common(arrays);
        var table = arrays[0]._store.Table;
        bool areTabled = table is not null;
        foreach (var array in arrays) areTabled &= array.dtype == type && array._store.Table is { } other && other.AsSpan().SequenceEqual(table);
        var to = NewElements.Of(areTabled ? DType.uint8 : type, SizeOf(shape));
        int width = outer == 0 ? 0 : to.Length / outer;
        var parts = new (Array From, int At, int Run)[arrays.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            var (from, at) = areTabled ? (arrays[i]._store.Elements, arrays[i]._offset) : arrays[i].Packed(type);
            parts[i] = (from, at, outer == 0 ? 0 : arrays[i].size / outer);
        }
        // A block of runs is small enough that a cache line written in part stays in cache until it is complete.
        const int worthThreads = 1 << 22;
        int runs = Math.Max(1, (1 << 15) / Math.Max(width, 1)), blocks = (outer + runs - 1) / runs;
        if (to.Length >= worthThreads && blocks > 1) Parallel.For(0, blocks, Block);
        else for (int block = 0; block < blocks; block++) Block(block);
        return new NDArray(areTabled ? arrays[0]._store.With(to) : new ElementStore(to), 0, shape);

        void Block(int block)
        {
            int o = block * runs, place = o * width, count = Math.Min(runs, outer - o);
            foreach (var (from, at, run) in parts)
            {
                Elements.Spread(from, at + o * run, run, count, to, place, width);
                place += run;
            }
        }
    }

    /// <summary>The elements in that type, contiguous, and the offset of the first: the array's own elements where they are of that type.</summary>
    private (Array Elements, int Offset) Packed(DType type) => dtype == type && _store.Table is null ? (_store.Elements, _offset) : (As(type), 0);
}
