namespace KerasPort;

/// <content>Functions of np that arrays have as methods, too.</content>
public sealed partial class NDArray
{
    /// <summary>The elements in row-major order: <c>foreach (var x in a.flat)</c>, <c>a.flat[5]</c>; read-only for a strided part of another array.</summary>
    public NDArray flat => _strides is null ? ravel() : new NDArray(Fresh(), 0, [size]) { IsReadOnly = true };

    /// <summary>The bytes from one element to the next along each axis.</summary>
    public ArrayShape strides => new(Array.ConvertAll(_strides ?? Strides(_shape), apart => apart * itemsize));

    /// <summary>The diagonal of a matrix, read-only.</summary>
    /// <exception cref="ValueError">The array isn't a matrix.</exception>
    public NDArray diagonal(int offset = 0) => ndim == 2 ? Diagonal(offset)
        : throw new ValueError($"diag requires an array of two dimensions here, not {ndim}");

    /// <summary>The sum of a matrix' diagonal.</summary>
    /// <exception cref="ValueError">The array isn't a matrix.</exception>
    public NumpyScalar trace(int offset = 0) => diagonal(offset).sum();

    /// <summary>The indices at which values would be inserted into this sorted vector.</summary>
    /// <inheritdoc cref="NumpyModule.searchsorted"/>
    public NDArray searchsorted(NDArray v, string side = "left") => Python.np.searchsorted(this, v, side);

    /// <inheritdoc cref="NumpyModule.put"/>
    public void put(NDArray indices, NDArray values, string mode = "raise") => Python.np.put(this, indices, values, mode);

    /// <inheritdoc cref="NumpyModule.choose"/>
    public NDArray choose(ArraySequence choices) => Python.np.choose(this, choices);

    /// <inheritdoc cref="NumpyModule.compress"/>
    public NDArray compress(NDArray condition, int? axis = null) => Python.np.compress(condition, this, axis);

    /// <inheritdoc cref="NumpyModule.argpartition"/>
    public NDArray argpartition(int kth, int axis = -1) => Python.np.argpartition(this, kth, axis);

    /// <summary>
    /// Partitions along an axis: the element of sorted index <paramref name="kth"/> is at that index, with no larger ones before it. All are sorted here.
    /// </summary>
    /// <exception cref="ValueError">There is no such axis or index.</exception>
    public void partition(int kth, int axis = -1) => this[KerasPort.Slice.Ellipsis] = Python.np.partition(this, kth, axis);

    /// <summary>The bytes of the elements in row-major order, little-endian.</summary>
    public byte[] tobytes()
    {
        var all = new byte[checked(size * itemsize)];
        int at = 0;
        foreach (var piece in Bytes())
        {
            piece.CopyTo(all.AsMemory(at));
            at += piece.Length;
        }
        return all;
    }

    /// <summary>Writes the bytes of the elements to a file, which <c>np.fromfile</c> reads.</summary>
    /// <exception cref="IOException">The file system refuses.</exception>
    public void tofile(string fid) => File.WriteAllBytes(fid, tobytes());

    /// <summary>The same bytes read as numbers of another type, in a new array (a copy, unlike numpy's).</summary>
    /// <exception cref="ValueError">The bytes of the last axis are not a multiple of the type's size.</exception>
    public NDArray view(DType dtype)
    {
        if (ndim == 0 && dtype.itemsize != itemsize || ndim > 0 && (long)_shape[^1] * itemsize % dtype.itemsize != 0)
            throw new ValueError("When changing to a larger dtype, its size must be a divisor of the total size in bytes of the last axis of the array.");
        int[] shape = ndim == 0 ? [] : [.. _shape[..^1], _shape[^1] * itemsize / dtype.itemsize];
        return Python.np.frombuffer(tobytes(), dtype).reshape(shape);
    }
}
