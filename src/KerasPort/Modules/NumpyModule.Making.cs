using System.Globalization;
using System.Runtime.InteropServices;

namespace KerasPort;

/// <content>Arrays from functions, bytes and text; grids, and indices into matrices.</content>
public sealed partial class NumpyModule
{
    /// <summary>Interprets bytes as numbers, little-endian: <c>np.frombuffer(file, np.uint8, offset: 16)</c>.</summary>
    /// <param name="buffer">The bytes, which are copied.</param>
    /// <param name="dtype">The type of the numbers; float64 by default.</param>
    /// <param name="count">The number of numbers; -1 for all.</param>
    /// <param name="offset">The number of bytes to skip at the beginning.</param>
    /// <exception cref="ValueError">There are too few bytes, or their number isn't a multiple of the type's size.</exception>
    public NDArray frombuffer(byte[] buffer, DType? dtype = null, int count = -1, int offset = 0)
    {
        var type = dtype ?? float64;
        if (offset < 0 || offset > buffer.Length) throw new ValueError($"offset must be non-negative and no greater than buffer length ({buffer.Length})");
        int left = buffer.Length - offset, width = type.itemsize;
        if (count < 0 && left % width != 0) throw new ValueError("buffer size must be a multiple of element size");
        if ((long)count * width > left) throw new ValueError("buffer is smaller than requested size");
        int length = count < 0 ? left / width : count;
        var bytes = buffer.AsSpan(offset, length * width);
        if (type == DType.@bool) return new NDArray(Array.ConvertAll(bytes.ToArray(), b => b != 0));
        var elements = NewElements.Of(type, length);
        bytes.CopyTo(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(elements), bytes.Length));
        return NDArray.Of(elements, length);
    }

    /// <summary>Reads numbers from a file that contains only their bytes.</summary>
    /// <inheritdoc cref="frombuffer"/>
    /// <exception cref="IOException">The file can't be read.</exception>
    public NDArray fromfile(string file, DType? dtype = null, int count = -1, int offset = 0) => frombuffer(File.ReadAllBytes(file), dtype, count, offset);

    /// <summary>The numbers of a sequence, in float64 or another type.</summary>
    /// <exception cref="ValueError">There are fewer numbers than the count.</exception>
    public NDArray fromiter(IEnumerable<double> iter, DType? dtype = null, int count = -1)
    {
        double[] all = [.. count < 0 ? iter : iter.Take(count)];
        return all.Length >= count ? Typed(new NDArray(all), dtype)
            : throw new ValueError($"iterator too short: Expected {count} but iterator had only {all.Length} items.");
    }

    /// <summary>The numbers in a text, separated by white space or another text.</summary>
    /// <exception cref="ValueError">A part of the text isn't a number.</exception>
    public NDArray fromstring(string @string, DType? dtype = null, string sep = " ")
    {
        if (sep.Length == 0) throw new ValueError("The binary mode of fromstring is removed, use frombuffer instead");
        const StringSplitOptions words = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        string[] parts = string.IsNullOrWhiteSpace(sep) ? @string.Split((char[]?)null, words) : @string.Split(sep.Trim(), words);
        return Typed(new NDArray(Array.ConvertAll(parts, part =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
            : throw new ValueError($"string or file could not be read to its end due to unmatched data: {PythonText.Repr(part)}"))), dtype);
    }

    /// <summary>The values of a function of the indices in a shape, given one array for each axis.</summary>
    public NDArray fromfunction(Func<NDArray, NDArray> function, Shape shape, DType? dtype = null) => function(indices(shape, dtype ?? float64)[0]);

    /// <inheritdoc cref="fromfunction(Func{NDArray, NDArray}, Shape, DType?)"/>
    public NDArray fromfunction(Func<NDArray, NDArray, NDArray> function, Shape shape, DType? dtype = null)
    {
        var all = indices(shape, dtype ?? float64);
        return function(all[0], all[1]);
    }

    /// <inheritdoc cref="fromfunction(Func{NDArray, NDArray}, Shape, DType?)"/>
    public NDArray fromfunction(Func<NDArray, NDArray, NDArray, NDArray> function, Shape shape, DType? dtype = null)
    {
        var all = indices(shape, dtype ?? float64);
        return function(all[0], all[1], all[2]);
    }

    /// <summary>A matrix with the elements on a diagonal.</summary>
    public NDArray diagflat(NDArray v, int k = 0) => diag(v.ravel(), k);

    /// <summary>A matrix' diagonal.</summary>
    /// <exception cref="ValueError">The array isn't a matrix.</exception>
    public NDArray diagonal(NDArray a, int offset = 0) => a.diagonal(offset);

    /// <summary>The indices of the diagonal of an array of <paramref name="ndim"/> axes of length <paramref name="n"/>.</summary>
    public NDArray diag_indices(int n, int ndim = 2) => NDArray.Tuple([.. Enumerable.Range(0, ndim).Select(_ => arange(n))]);

    /// <summary>The indices of the elements on and below a diagonal of a matrix.</summary>
    public NDArray tril_indices(int n, int k = 0, int? m = null) => tri(n, m, k, DType.@bool).nonzero();

    /// <summary>The indices of the elements on and above a diagonal of a matrix.</summary>
    public NDArray triu_indices(int n, int k = 0, int? m = null) => (~tri(n, m, k - 1, DType.@bool)).nonzero();

    /// <inheritdoc cref="tril_indices"/>
    public NDArray tril_indices_from(NDArray arr, int k = 0) => tril_indices(arr.shape[-2], k, arr.shape[-1]);

    /// <inheritdoc cref="triu_indices"/>
    public NDArray triu_indices_from(NDArray arr, int k = 0) => triu_indices(arr.shape[-2], k, arr.shape[-1]);

    /// <summary>Vectors as indices for all their combinations: <c>x[np.ix_(rows, columns)]</c>.</summary>
    /// <exception cref="ValueError">An argument isn't a vector.</exception>
    public NDArray ix_(params NDArray[] args) => NDArray.Tuple([.. args.Select((x, axis) =>
    {
        if (x.ndim != 1) throw new ValueError("Cross index must be 1 dimensional");
        var places = x.dtype == DType.@bool ? flatnonzero(x) : x;
        return places.reshape([.. args.Select((_, i) => i == axis ? places.size : 1)]);
    })]);

    /// <summary>The arrays, broadcast to their common shape.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray broadcast_arrays(params NDArray[] args)
    {
        var shape = broadcast_shapes([.. args.Select(a => (Shape)a.shape)]);
        return NDArray.List([.. args.Select(a => broadcast_to(a, shape))]);
    }

    /// <summary>The shape to which arrays of these shapes are broadcast.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public ArrayShape broadcast_shapes(params Shape[] args) => args.Aggregate((int[])[], (together, shape) => Broadcast.Shape(together, shape.ToArray())
        ?? throw new ValueError($"shape mismatch: objects cannot be broadcast to a single shape. Received: {string.Join(", ", args)}"));

    /// <summary>The coordinates of a grid, <c>np.mgrid[..3, ..4]</c>: for each axis an array of the whole shape. A step is given as a <see
    /// cref="Slice"/>.</summary>
    public Grid mgrid { get; } = new(isOpen: false);

    /// <summary>Likewise as vectors that can be broadcast: <c>np.ogrid[..3, ..4]</c>.</summary>
    public Grid ogrid { get; } = new(isOpen: true);

    /// <summary>Vectors and matrices as the columns of a matrix: <c>np.c_[x, y]</c>.</summary>
    public Joint c_ { get; } = new(columns: true);

    /// <summary>Concatenates numbers and vectors, and stacks matrices vertically: <c>np.r_[x, 0, y]</c>.</summary>
    public Joint r_ { get; } = new(columns: false);

    /// <summary>The Hann window: 0.5 - 0.5 · cos.</summary>
    public NDArray hanning(int M) => Window(M, x => 0.5 + 0.5 * Math.Cos(x));

    /// <summary>The Hamming window, a cosine between 0.08 and 1.</summary>
    public NDArray hamming(int M) => Window(M, x => 0.54 + 0.46 * Math.Cos(x));

    /// <summary>The Blackman window, a sum of two cosines.</summary>
    public NDArray blackman(int M) => Window(M, x => 0.42 + 0.5 * Math.Cos(x) + 0.08 * Math.Cos(2 * x));

    /// <summary>The Bartlett window, a triangle.</summary>
    public NDArray bartlett(int M) => Window(M, x => 1 - Math.Abs(x / Math.PI));

    private static NDArray Window(int count, Func<double, double> of) => new([.. Enumerable.Range(0, Math.Max(count, 0))
        .Select(i => count == 1 ? 1 : of(Math.PI * (1 - count + 2 * i) / (count - 1)))]);

    /// <summary>The type of <c>np.mgrid</c> and <c>np.ogrid</c>, which are indexed by ranges.</summary>
    public sealed class Grid
    {
        private readonly bool _isOpen;

        internal Grid(bool isOpen) => _isOpen = isOpen;

        /// <summary>The coordinates along each axis.</summary>
        /// <exception cref="ValueError">A range has no end.</exception>
        public NDArray this[params ReadOnlySpan<Slice> ranges]
        {
            get
            {
                var each = new NDArray[ranges.Length];
                for (int axis = 0; axis < each.Length; axis++)
                {
                    var (start, stop, step) = ranges[axis].Python;
                    if (stop is null) throw new ValueError("np.mgrid needs the end of each range");
                    each[axis] = Python.np.arange(start ?? 0L, (long)stop, step ?? 1);
                }
                if (_isOpen) return NDArray.List([.. each.Select((x, axis) => x.reshape([.. each.Select((_, i) => i == axis ? x.size : 1)]))]);
                return each is [var only] ? only : NDArray.OfRows([.. Python.np.meshgrid(each, indexing: "ij")]);
            }
        }
    }

    /// <summary>The type of <c>np.c_</c> and <c>np.r_</c>, which are indexed by arrays.</summary>
    public sealed class Joint
    {
        private readonly bool _isOfColumns;

        internal Joint(bool columns) => _isOfColumns = columns;

        /// <summary>The arrays, combined.</summary>
        /// <exception cref="ValueError">The shapes don't fit.</exception>
        public NDArray this[params NDArray[] arrays] => _isOfColumns ? Python.np.column_stack(arrays)
            : Python.np.concatenate(arrays.Select(Python.np.atleast_1d).ToArray());
    }
}
