namespace KerasPort;

/// <content>Setting elements in place, applying functions to elements, and enumerating an array.</content>
public sealed partial class NumpyModule
{
    /// <summary>Sets the elements at row-major indices; the values are repeated if there are too few.</summary>
    /// <param name="a">The array.</param>
    /// <param name="ind">The indices.</param>
    /// <param name="v">The values.</param>
    /// <param name="mode">The treatment of an index out of range: "raise" an exception, "wrap" around, or "clip" to the ends.</param>
    /// <exception cref="ValueError">An index is out of range, or there is no value.</exception>
    public void put(NDArray a, NDArray ind, NDArray v, string mode = "raise")
    {
        var places = mode switch
        {
            "raise" => ind.ravel(),
            "wrap" => ind.ravel() % a.size,
            "clip" => clip(ind.ravel(), 0, a.size - 1),
            _ => throw new ValueError($"clipmode must be one of 'clip', 'raise', or 'wrap' (got '{mode}')"),
        };
        if (places.size == 0) return;
        var all = a.flatten();
        all[places] = Repeated(v, places.size);
        a[Slice.Ellipsis] = all.reshape(a.shape);
    }

    /// <summary>Sets the elements for which the mask is true to successive values, which are repeated if there are too few.</summary>
    /// <exception cref="ValueError">The mask has another size, or there is no value.</exception>
    public void place(NDArray arr, NDArray mask, NDArray vals)
    {
        if (mask.size != arr.size) throw new ValueError($"place: mask and data must be the same size: {mask.shape} and {arr.shape}");
        put(arr, flatnonzero(mask), vals);
    }

    /// <summary>Sets the elements for which the mask is true to the values at their own indices; the values are repeated if there are too few.</summary>
    /// <exception cref="ValueError">The mask has another size, or there is no value.</exception>
    public void putmask(NDArray a, NDArray mask, NDArray values)
    {
        if (mask.size != a.size) throw new ValueError($"putmask: mask and data must be the same size: {mask.shape} and {a.shape}");
        a[Slice.Ellipsis] = where(mask.reshape(a.shape), Repeated(values, a.size).reshape(a.shape), a).astype(a.dtype);
    }

    /// <summary>Copies the elements of an array to another, all or where the mask is true.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public void copyto(NDArray dst, NDArray src, NDArray? where = null) =>
        dst[Slice.Ellipsis] = where is null ? src : this.where(where, src, dst).astype(dst.dtype);

    private NDArray Repeated(NDArray values, int count) => values.size > 0 || count == 0 ? resize(values, count)
        : throw new ValueError("cannot put from an empty array");

    /// <summary>For each element of the first array, the element of the array with that index.</summary>
    /// <exception cref="ValueError">An index is out of range, or the shapes cannot be broadcast.</exception>
    public NDArray choose(NDArray a, ArraySequence choices)
    {
        if (((a < 0) | (a >= choices.Count)).any()) throw new ValueError("invalid entry in choice array");
        var type = NDArray.Common([.. choices]);
        var chosen = choices[0].astype(type);
        for (int i = 1; i < choices.Count; i++) chosen = where(a == i, choices[i].astype(type), chosen);
        return chosen.To([.. broadcast_shapes(a.shape, chosen.shape)]).copy();
    }

    /// <summary>Turns a function of numbers into an elementwise one of arrays: <c>var f = np.vectorize((double x) => …); f(x)</c>.</summary>
    public Func<NDArray, NDArray> vectorize(Func<double, double> pyfunc) => x => new NDArray(Array.ConvertAll(x.ToDoubles(), v => pyfunc(v)), x.shape);

    /// <inheritdoc cref="vectorize(Func{double, double})"/>
    public Func<NDArray, NDArray> vectorize(Func<long, long> pyfunc) => x => new NDArray(Array.ConvertAll(x.ToLongs(), v => pyfunc(v)), x.shape);

    /// <inheritdoc cref="vectorize(Func{double, double})"/>
    public Func<NDArray, NDArray> vectorize(Func<double, bool> pyfunc) => x => new NDArray(Array.ConvertAll(x.ToDoubles(), v => pyfunc(v)), x.shape);

    /// <inheritdoc cref="vectorize(Func{double, double})"/>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public Func<NDArray, NDArray, NDArray> vectorize(Func<double, double, double> pyfunc) => (a, b) =>
    {
        var (x, y) = broadcast_arrays(a, b);
        return new NDArray([.. x.ToDoubles().Zip(y.ToDoubles(), (v, w) => pyfunc(v, w))], x.shape);
    };

    /// <summary>Applies to each element the function of the last condition that is true for it. Other elements get an additional function, or become
    /// 0.</summary>
    /// <exception cref="ValueError">The number of functions is neither that of the conditions nor one more.</exception>
    public NDArray piecewise(NDArray x, ArraySequence condlist, params Func<NDArray, NDArray>[] funclist)
    {
        if (funclist.Length != condlist.Count && funclist.Length != condlist.Count + 1)
            throw new ValueError($"with {condlist.Count} condition(s), either {condlist.Count} or {condlist.Count + 1} functions are expected");
        var made = zeros_like(x);
        var rest = ones(x.shape, DType.@bool);
        foreach (var condition in condlist) rest &= ~condition;
        for (int i = 0; i < funclist.Length; i++)
        {
            var mask = i < condlist.Count ? condlist[i] : rest;
            if (mask.any()) made[mask] = funclist[i](x[mask]);
        }
        return made;
    }

    /// <summary>Likewise with numbers: <c>np.piecewise(x, [x &lt; 0, x >= 0], [-1, 1])</c>.</summary>
    /// <exception cref="ValueError">The number of numbers is neither that of the conditions nor one more.</exception>
    public NDArray piecewise(NDArray x, ArraySequence condlist, ArraySequence funclist) =>
        piecewise(x, condlist, [.. funclist.Select(value => (Func<NDArray, NDArray>)(_ => value))]);

    /// <summary>Applies a function along one axis after another: <c>np.apply_over_axes(np.sum, x, [0, 2])</c>.</summary>
    public NDArray apply_over_axes(Func<NDArray, int, NDArray> func, NDArray a, Axes axes)
    {
        foreach (int at in axes.Select(a.At))
        {
            var made = func(a, at);
            a = made.ndim == a.ndim ? made : expand_dims(made, at);
        }
        return a;
    }

    /// <summary>Enumerates the elements with their indices: <c>foreach (var (index, x) in np.ndenumerate(a))</c>.</summary>
    public IEnumerable<(int[] index, NDArray x)> ndenumerate(NDArray arr)
    {
        foreach (int[] index in ndindex(arr.shape)) yield return (index, arr[[.. index.Select(i => (Slice)i)]]);
    }

    /// <summary>Enumerates the indices in a shape, in row-major order.</summary>
    public IEnumerable<int[]> ndindex(Shape shape)
    {
        int[] lengths = shape.ToArray();
        for (int i = 0, size = shape.Size; i < size; i++)
        {
            var index = new int[lengths.Length];
            for (int axis = lengths.Length - 1, left = i; axis >= 0; left /= lengths[axis--]) index[axis] = left % lengths[axis];
            yield return index;
        }
    }

    /// <summary>Enumerates the elements in row-major order.</summary>
    public IEnumerable<NDArray> nditer(NDArray op)
    {
        foreach (var x in op.flat) yield return x;
    }
}
