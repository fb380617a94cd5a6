using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;

namespace KerasPort;

/// <summary>
/// An array on the host, the stand-in for numpy's: row-major, with a shape, numpy's element types, arithmetic, comparisons, reshape and
/// parts. Parts and reshaped arrays share their elements, as numpy's views do.
/// </summary>
/// <remarks>
/// Models take every type as float32, as Keras does; <c>images / 255.0</c> holds the same numbers as numpy's and feeds the same floats.
/// <para>An array of bytes keeps its bytes under arithmetic with fractions: only a table of 256 values changes.
/// Scaling 60,000 images costs nothing, and they still take 47 MB, not 376. The table is in double, as numpy's result would
/// be, so <c>(images / 255.0 - mean) / deviation</c> is rounded to float once, as in Python.</para>
/// </remarks>
/// <example><code>
/// var x = np.arange(6).reshape(2, 3) / 2.0;
/// print(x);               // [[0.  0.5 1. ] [1.5 2.  2.5]]
/// print(x[1], x[.., 0]);  // [1.5 2.  2.5] [0.  1.5]
/// print(x.mean(axis: 0)); // [0.75 1.25 1.75]
/// print(x[x > 1]);        // [1.5 2.  2.5]
/// </code></example>
[CollectionBuilder(typeof(NDArray), nameof(Create))]
public sealed partial class NDArray : IDisposable
{
    private readonly ElementStore? _elements;       // null in a list of arrays
    private readonly int _first;            // the offset of the first element
    private readonly int[] _shape;          // never written to, so that arrays share it
    private readonly int[]? _strides;       // elements from one to the next along each axis; null in row-major order

    private NDArray(ElementStore store, int offset, int[] shape, int[]? strides = null)
    {
        (_elements, _first, _shape, _strides) = (store, offset, shape, strides);
        size = SizeOf(shape);
    }

    /// <summary>An array over these elements (not copied), of this shape or a vector.</summary>
    public NDArray(float[] elements, params int[] shape) : this(elements, FittingOrVector(elements, shape), 0) { }

    /// <summary>An array over these elements (not copied), of this shape; <c>[]</c> is the shape of a single number.</summary>
    public NDArray(float[] elements, ArrayShape shape) : this(elements, Fitting(elements, shape), 0) { }

    /// <inheritdoc cref="NDArray(float[], int[])"/>
    public NDArray(double[] elements, params int[] shape) : this(elements, FittingOrVector(elements, shape), 0) { }

    /// <inheritdoc cref="NDArray(float[], ArrayShape)"/>
    public NDArray(double[] elements, ArrayShape shape) : this(elements, Fitting(elements, shape), 0) { }

    /// <inheritdoc cref="NDArray(float[], int[])"/>
    public NDArray(byte[] elements, params int[] shape) : this(elements, FittingOrVector(elements, shape), 0) { }

    /// <inheritdoc cref="NDArray(float[], ArrayShape)"/>
    public NDArray(byte[] elements, ArrayShape shape) : this(elements, Fitting(elements, shape), 0) { }

    /// <inheritdoc cref="NDArray(float[], int[])"/>
    public NDArray(int[] elements, params int[] shape) : this(elements, FittingOrVector(elements, shape), 0) { }

    /// <inheritdoc cref="NDArray(float[], ArrayShape)"/>
    public NDArray(int[] elements, ArrayShape shape) : this(elements, Fitting(elements, shape), 0) { }

    /// <inheritdoc cref="NDArray(float[], int[])"/>
    public NDArray(long[] elements, params int[] shape) : this(elements, FittingOrVector(elements, shape), 0) { }

    /// <inheritdoc cref="NDArray(float[], ArrayShape)"/>
    public NDArray(long[] elements, ArrayShape shape) : this(elements, Fitting(elements, shape), 0) { }

    /// <inheritdoc cref="NDArray(float[], int[])"/>
    public NDArray(bool[] elements, params int[] shape) : this(elements, FittingOrVector(elements, shape), 0) { }

    /// <inheritdoc cref="NDArray(float[], ArrayShape)"/>
    public NDArray(bool[] elements, ArrayShape shape) : this(elements, Fitting(elements, shape), 0) { }

    /// <summary>An array over these elements and this shape, which fits them; neither is copied.</summary>
    internal static NDArray Over(float[] elements, int[] shape) => new(elements, shape, 0);

    private NDArray(Array elements, int[] shape, int offset) : this(new ElementStore(elements), offset, shape) { }

    /// <summary>The dimensions, outermost first; prints as <c>(60000, 28, 28)</c>.</summary>
    public ArrayShape shape => new(_shape);

    /// <summary>The number of elements.</summary>
    public int size { get; }

    /// <summary>The number of dimensions.</summary>
    public int ndim => _shape.Length;

    /// <summary>The element type.</summary>
    public DType dtype => Base.Type;

    /// <summary>The rows: the first dimension, as Python's <c>len</c>.</summary>
    /// <exception cref="ValueError">The array has no dimension.</exception>
    public int Length => ndim > 0 ? _shape[0] : throw new ValueError("len() of unsized object");

    /// <summary>
    /// The same elements under another shape; one dimension may be -1 and follows from the rest. As in numpy, they are shared, except where the strides
    /// of a view don't allow it: then they are copied.
    /// </summary>
    /// <exception cref="ValueError">The sizes differ.</exception>
    public NDArray reshape(params int[] shape)
    {
        int open = Array.IndexOf(shape, -1);
        if (open >= 0 && Array.IndexOf(shape, -1, open + 1) >= 0) throw new ValueError("can only specify one unknown dimension");
        int[] whole = [.. shape];
        if (open >= 0)
        {
            whole[open] = 1;
            double rest = Product(whole);
            whole[open] = rest > 0 && size % rest == 0 ? (int)(size / rest) : -1;
        }
        if (!Holds(whole, size)) throw CannotReshape(size, shape);
        if (_strides is null) return new NDArray(Base, _first, whole) { IsReadOnly = IsReadOnly };
        return Split(_shape, _strides, whole) is { } strides ? Viewed(new View(whole, strides, _first)) : new NDArray(Fresh(), 0, whole);
    }

    /// <summary>The elements as a vector, which shares them if they are in row-major order.</summary>
    public NDArray ravel() => reshape(-1);

    /// <inheritdoc cref="reshape(int[])"/>
    public NDArray reshape(Shape shape) => reshape([.. shape.Select(d => d ?? -1)]);

    /// <summary>
    /// The elements converted to a type, <c>np.float32</c> or <c>"float32"</c>, in a new array: to integers truncated, to booleans True where an element
    /// isn't 0.
    /// </summary>
    public NDArray astype(DType type)
    {
        if (type == dtype) return copy();
        if (_store.Bytes is not null && (type == DType.float32 || type == DType.float64))
        {
            bool single = type == DType.float32;
            double[] table = _store.Table ?? Identity;
            return Standing(single ? Array.ConvertAll(table, v => (double)(float)v) : table, single);
        }
        return new NDArray(As(type), _shape, 0);
    }

    private Array As(DType type) => type == DType.@bool ? Array.ConvertAll(Values<double>(), v => v != 0) : type.Run<Valued, NDArray, Array>(this);

    private readonly struct Valued : IOfNumbers<NDArray, Array>
    {
        public static Array Of<T>(NDArray a) where T : unmanaged, INumber<T>, IMinMaxValue<T> => a.Values<T>();
    }

    /// <summary>A new array with the same elements.</summary>
    public NDArray copy() => _store.Table is null
        ? new NDArray(_strides is null ? new ElementStore(Copied()) : Fresh(), 0, _shape)
        : new NDArray(_store.Tabled(_store.Table, dtype == DType.float32), _offset, _shape);

    /// <summary>The elements as floats, in a new array.</summary>
    public float[] ToFloats() => Values<float>();

    /// <summary>The elements as doubles, in a new array.</summary>
    internal double[] ToDoubles() => Values<double>();

    /// <summary>The elements as 64-bit integers, in a new array; floats are truncated.</summary>
    internal long[] ToLongs() => Values<long>();

    /// <summary>The elements without a copy, if they are 64-bit integers.</summary>
    internal ReadOnlySpan<long> Longs() => Span<long>();

    /// <summary>The elements as 32-bit integers, in a new array; floats are truncated.</summary>
    public int[] ToInts() => Values<int>();

    /// <summary>The only element of an array of size 1.</summary>
    /// <exception cref="ValueError">The array has more elements.</exception>
    public double item() => size == 1 ? ElementAt(0)
        : throw new ValueError("can only convert an array of size 1 to a Python scalar");

    /// <summary>Element <paramref name="index"/> in row-major order.</summary>
    internal double ElementAt(int index)
    {
        var (store, at) = (_store, _offset + index);
        if (store.Bytes is { } bytes) return store.Table is { } table ? table[bytes[at]] : bytes[at];
        return store.Elements switch
        {
            float[] f => (double)f[at],
            double[] d => d[at],
            long[] l when store.Type == DType.int64 => l[at],
            int[] i when store.Type == DType.int32 => i[at],
            bool[] b => b[at] ? 1 : 0,
            Half[] h => (double)h[at],
            var whole => System.Convert.ToDouble(whole.GetValue(at), CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Copies elements from <paramref name="start"/> on, as floats, until <paramref name="target"/> is full.</summary>
    internal void CopyTo(int start, Span<float> target)
    {
        if (target.Length > size - start) throw new ArgumentException("The target is longer than what is left.", nameof(target));
        Read(start, target);
    }

    /// <summary>The bytes of an array of bytes, the value of each in a table, and the offset of the first element.</summary>
    internal bool TryGetBytes([NotNullWhen(true)] out byte[]? bytes, out ReadOnlySpan<float> table, out int offset)
    {
        bytes = _store.Bytes;
        table = bytes is null ? default : Array.ConvertAll(_store.Table ?? Identity, v => (float)v);
        offset = _offset;
        return bytes is not null;
    }

    /// <summary>An array of the same bytes, with these 256 floats as their values.</summary>
    internal NDArray Standing(ReadOnlySpan<float> values)
    {
        var table = new double[values.Length];
        TensorPrimitives.ConvertTruncating(values, table);
        return Standing(table, asSingle: true);
    }

    private NDArray Standing(double[] table, bool asSingle) => new(_store.Tabled(table, asSingle), _offset, _shape);

    /// <summary>The floats of an array of float32 and the offset of the first element.</summary>
    internal bool TryGetFloats([NotNullWhen(true)] out float[]? floats, out int offset)
    {
        (floats, offset) = (_store.Elements as float[], _offset);
        return floats is not null;
    }

    /// <summary>Copies elements from <paramref name="start"/> on, as numbers of this type, until <paramref name="target"/> is full.</summary>
    private void Read<T>(int start, Span<T> target) where T : unmanaged, INumber<T>
    {
        int from = _offset + start, count = target.Length;
        if (_store.Bytes is not null && (typeof(T) != typeof(byte) || _store.Table is not null))
        {
            // On the stack: reading a row of pixels must not allocate a table.
            Span<T> table = stackalloc T[256];
            double[] values = _store.Table ?? Identity;
            for (int i = 0; i < table.Length; i++) table[i] = Convert<T>(values[i]);
            Look(start, target, table);
            return;
        }
        // Compared by exact type: `is int[]` also accepts a uint[] in .NET.
        var elements = _store.Elements;
        if (elements.GetType() == typeof(T[])) ((T[])elements).AsSpan(from, count).CopyTo(target);
        else if (elements is bool[] b) for (int i = 0; i < count; i++) target[i] = b[from + i] ? T.One : T.Zero;
        else if (elements is float[] f) ReadFloats<float, T>(f.AsSpan(from, count), target);
        else if (elements is double[] d) ReadFloats<double, T>(d.AsSpan(from, count), target);
        else if (elements is Half[] h) ReadFloats<Half, T>(h.AsSpan(from, count), target);
        else if (_store.Type == DType.int32) TensorPrimitives.ConvertTruncating<int, T>(((int[])elements).AsSpan(from, count), target);
        else if (_store.Type == DType.int64) TensorPrimitives.ConvertTruncating<long, T>(((long[])elements).AsSpan(from, count), target);
        else if (_store.Type == DType.uint64) TensorPrimitives.ConvertTruncating<ulong, T>(((ulong[])elements).AsSpan(from, count), target);
        else if (_store.Type == DType.uint32) TensorPrimitives.ConvertTruncating<uint, T>(((uint[])elements).AsSpan(from, count), target);
        else if (_store.Type == DType.int16) TensorPrimitives.ConvertTruncating<short, T>(((short[])elements).AsSpan(from, count), target);
        else if (_store.Type == DType.uint16) TensorPrimitives.ConvertTruncating<ushort, T>(((ushort[])elements).AsSpan(from, count), target);
        else TensorPrimitives.ConvertTruncating<sbyte, T>(((sbyte[])elements).AsSpan(from, count), target);
    }

    /// <summary>The value of each byte, for an array of bytes; else <c>null</c>.</summary>
    private T[]? Table<T>() where T : unmanaged, INumber<T> =>
        _store.Bytes is not null ? Array.ConvertAll(_store.Table ?? Identity, Convert<T>) : null;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Look<T>(int start, Span<T> target, ReadOnlySpan<T> table)
    {
        var bytes = _store.Bytes.AsSpan(_offset + start, target.Length);
        var values = table[..256];
        for (int i = 0; i < bytes.Length; i++) target[i] = values[bytes[i]];
    }

    private static void ReadFloats<TFrom, T>(ReadOnlySpan<TFrom> from, Span<T> target)
        where TFrom : unmanaged, INumber<TFrom> where T : unmanaged, INumber<T>
    {
        if (IsFraction<T>()) TensorPrimitives.ConvertTruncating(from, target);
        else for (int i = 0; i < from.Length; i++) target[i] = Cut<T>(double.CreateTruncating(from[i]));
    }

    private static T Convert<T>(double value) where T : INumber<T> =>
        IsFraction<T>() ? T.CreateTruncating(value) : Cut<T>(value);

    private static bool IsFraction<T>() => typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(Half);

    // Truncates as numpy does on x86: NaN and numbers outside of int or long become its smallest number; narrower types take the low bits of an int, unsigned
    // ones those of a long, and what only a ulong holds is converted as one.
    private static T Cut<T>(double value) where T : INumber<T>
    {
        const double over = 9223372036854775808.0;
        if (typeof(T) == typeof(ulong) && value >= over) return T.CreateTruncating(value < 2 * over ? (ulong)value : 0);
        if (typeof(T) == typeof(long) || typeof(T) == typeof(ulong) || typeof(T) == typeof(uint))
            return T.CreateTruncating(value is >= long.MinValue and < over ? (long)value : long.MinValue);
        return T.CreateTruncating(value is > int.MinValue - 1.0 and < int.MaxValue + 1.0 ? (int)value : int.MinValue);
    }

    /// <summary>All elements as numbers of this type, in a new array.</summary>
    private T[] Values<T>() where T : unmanaged, INumber<T>
    {
        var values = NewElements.Of<T>(size);
        Read(0, values.AsSpan());
        return values;
    }

    /// <summary>All elements as numbers of this type: those of the array itself where it is of that type.</summary>
    private ReadOnlySpan<T> Span<T>() where T : unmanaged, INumber<T> =>
        Own<T>() is { } own ? own.AsSpan(_offset, size) : Values<T>();

    /// <summary>The same as an array and the offset of its first element.</summary>
    private (T[] Array, int Offset) Raw<T>() where T : unmanaged, INumber<T> =>
        Own<T>() is { } own ? (own, _offset) : (Values<T>(), 0);

    // The elements where they are numbers of this type.
    private T[]? Own<T>() => _store.Elements.GetType() == typeof(T[]) && _store.Table is null ? (T[])_store.Elements : null;

    private Array Copied()
    {
        var copy = NewElements.Like(_store.Elements, size);
        Array.Copy(_store.Elements, _offset, copy, 0, size);
        return copy;
    }

    private static readonly double[] Identity = AllBytes();

    private static double[] AllBytes()
    {
        var bytes = new double[256];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = i;
        return bytes;
    }

    internal static int SizeOf(ReadOnlySpan<int> shape)
    {
        int product = 1;
        foreach (int d in shape) product = checked(product * d);
        return product;
    }

    private static double Product(int[] shape)
    {
        double product = 1;
        foreach (int d in shape) product *= d;
        return product;
    }

    private static bool Holds(int[] shape, int size) => shape.All(d => d >= 0) && Product(shape) == size;

    private static int[] FittingOrVector(Array elements, int[] shape) => shape.Length == 0 ? [elements.Length] : Fitting(elements, shape);

    private static int[] Fitting(Array elements, ArrayShape shape)
    {
        int[] dimensions = [.. shape];
        return Holds(dimensions, elements.Length) ? dimensions : throw CannotReshape(elements.Length, dimensions);
    }

    private static ValueError CannotReshape(int size, int[] shape) => new($"cannot reshape array of size {size} into shape {Text(shape)}");

    // The text of a shape in numpy's messages: (2,3), (4,), and newaxis for -1.
    private static string Text(int[] shape)
    {
        var parts = shape.Select(d => d < 0 ? "newaxis" : d.ToString(CultureInfo.InvariantCulture));
        return shape.Length == 1 ? $"({parts.First()},)" : $"({string.Join(",", parts)})";
    }
}
