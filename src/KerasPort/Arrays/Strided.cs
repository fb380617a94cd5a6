namespace KerasPort;

/// <summary>Copies between strided elements and elements in row-major order.</summary>
internal readonly struct Strided<T> where T : unmanaged
{
    private readonly (int Length, int Stride)[] _axes;     // innermost first, without axes of length 1, contiguous ones merged

    public Strided(int[] lengths, int[] strides)
    {
        var axes = new List<(int Length, int Stride)>();
        for (int axis = lengths.Length - 1; axis >= 0; axis--)
        {
            var (length, stride) = (lengths[axis], strides[axis]);
            if (length == 1) continue;
            if (axes is [.., var inner] && stride == inner.Stride * inner.Length) axes[^1] = (inner.Length * length, inner.Stride);
            else axes.Add((length, stride));
        }
        while (axes.Count < 2) axes.Add((1, 0));
        _axes = [.. axes];
    }

    /// <summary>Copies strided to packed elements, or packed <paramref name="into"/> strided ones.</summary>
    public void Copy(Span<T> strided, int offset, Span<T> packed, bool into)
    {
        foreach (var (length, _) in _axes) if (length == 0) return;
        int at = 0;
        Axis(_axes.Length - 1, strided, offset, packed, ref at, into);
    }

    private void Axis(int axis, Span<T> strided, int from, Span<T> packed, ref int at, bool into)
    {
        var (length, stride) = _axes[axis];
        if (axis == 1)
        {
            int count = length * _axes[0].Length;
            if (into) Scatter(packed.Slice(at, count), strided, from, length, stride, _axes[0].Length, _axes[0].Stride);
            else Gather(strided, from, length, stride, _axes[0].Length, _axes[0].Stride, packed.Slice(at, count));
            at += count;
            return;
        }
        for (int i = 0; i < length; i++) Axis(axis - 1, strided, from + i * stride, packed, ref at, into);
    }

    // Copies in tiles where elements are far apart in memory, so that a fetched cache line is still cached for the next row.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(ReadOnlySpan<T> from, int at, int rows, int down, int columns, int right, Span<T> to)
    {
        const int edge = 32;
        if (right == 1)
        {
            for (int r = 0; r < rows; r++) from.Slice(at + r * down, columns).CopyTo(to.Slice(r * columns, columns));
            return;
        }
        if (right == 0)
        {
            for (int r = 0; r < rows; r++) to.Slice(r * columns, columns).Fill(from[at + r * down]);
            return;
        }
        int high = Math.Abs(down) < Math.Abs(right) ? edge : rows, wide = Math.Abs(down) < Math.Abs(right) ? edge : columns;
        for (int top = 0; top < rows; top += high)
            for (int left = 0; left < columns; left += wide)
                for (int r = top, bottom = Math.Min(top + high, rows); r < bottom; r++)
                {
                    int place = at + r * down + left * right;
                    foreach (ref T element in to.Slice(r * columns + left, Math.Min(wide, columns - left)))
                    {
                        element = from[place];
                        place += right;
                    }
                }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(ReadOnlySpan<T> from, Span<T> to, int at, int rows, int down, int columns, int right)
    {
        for (int r = 0; r < rows; r++)
        {
            var row = from.Slice(r * columns, columns);
            int place = at + r * down;
            if (right == 1)
            {
                row.CopyTo(to.Slice(place, columns));
                continue;
            }
            foreach (T element in row)
            {
                to[place] = element;
                place += right;
            }
        }
    }
}
