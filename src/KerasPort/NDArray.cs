using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace KerasPort;

/// <summary>The element types of an <see cref="NDArray"/>.</summary>
public enum DType
{
    /// <summary>Bytes, as images are stored.</summary>
    uint8,

    /// <summary>32-bit integers.</summary>
    int32,

    /// <summary>64-bit integers, what argmax gives.</summary>
    int64,

    /// <summary>32-bit floats, what every engine computes in.</summary>
    float32,
}

/// <summary>
/// An array on the host, the stand-in for numpy's: row-major, with a shape, arithmetic, reshape and slices.
/// Elements don't change after construction, so slices of the first axis and reshaped arrays share them.
/// </summary>
/// <remarks>
/// Arithmetic is computed in double and stored in float32, which is what Keras casts data to when a model takes it:
/// <c>images / 255.0</c> holds the very floats that Python feeds.
/// <para>An array of bytes stays one under arithmetic with numbers: only its table of 256 values changes.
/// So scaling 60,000 images costs nothing and they go on taking 47 MB, not 188. The table is in double, numpy's
/// type there, so <c>(images / 255.0 - mean) / deviation</c> is rounded once, as in Python.</para>
/// </remarks>
public sealed partial class NDArray
{
    private readonly Array _elements;       // byte[], int[], long[] or float[]
    private readonly double[]? _table;      // with byte[]: element i is (float)_table[bytes[i]]
    private readonly int _offset;
    private readonly int[] _shape;          // never written to, so that arrays share it

    private NDArray(Array elements, double[]? table, int offset, int[] shape)
    {
        (_elements, _table, _offset, _shape) = (elements, table, offset, shape);
        size = SizeOf(shape);
    }

    /// <summary>An array over these elements (not copied), of this shape or a vector.</summary>
    public NDArray(float[] elements, params int[] shape) : this(elements, null, 0, shape.Length == 0 ? [elements.Length] : Fitting(elements, shape)) { }

    /// <summary>An array over these elements (not copied), of this shape, which <c>[]</c> gives no dimension.</summary>
    public NDArray(float[] elements, ArrayShape shape) : this(elements, null, 0, Fitting(elements, shape)) { }

    /// <inheritdoc cref="NDArray(float[], int[])"/>
    public NDArray(byte[] elements, params int[] shape) : this(elements, null, 0, shape.Length == 0 ? [elements.Length] : Fitting(elements, shape)) { }

    /// <inheritdoc cref="NDArray(float[], ArrayShape)"/>
    public NDArray(byte[] elements, ArrayShape shape) : this(elements, null, 0, Fitting(elements, shape)) { }

    /// <inheritdoc cref="NDArray(float[], int[])"/>
    public NDArray(int[] elements, params int[] shape) : this(elements, null, 0, shape.Length == 0 ? [elements.Length] : Fitting(elements, shape)) { }

    /// <inheritdoc cref="NDArray(float[], ArrayShape)"/>
    public NDArray(int[] elements, ArrayShape shape) : this(elements, null, 0, Fitting(elements, shape)) { }

    /// <inheritdoc cref="NDArray(float[], int[])"/>
    public NDArray(long[] elements, params int[] shape) : this(elements, null, 0, shape.Length == 0 ? [elements.Length] : Fitting(elements, shape)) { }

    /// <inheritdoc cref="NDArray(float[], ArrayShape)"/>
    public NDArray(long[] elements, ArrayShape shape) : this(elements, null, 0, Fitting(elements, shape)) { }

    /// <summary>The dimensions, outermost first; prints as <c>(60000, 28, 28)</c>.</summary>
    public ArrayShape shape => new(_shape);

    /// <summary>The number of elements.</summary>
    public int size { get; }

    /// <summary>The number of dimensions.</summary>
    public int ndim => _shape.Length;

    /// <summary>The element type.</summary>
    public DType dtype => _table is not null ? DType.float32 : _elements switch
    {
        byte[] => DType.uint8,
        int[] => DType.int32,
        long[] => DType.int64,
        _ => DType.float32,
    };

    /// <summary>The rows: the first dimension, as Python's <c>len</c>.</summary>
    /// <exception cref="ValueError">The array has no dimension.</exception>
    public int Length => ndim > 0 ? _shape[0] : throw new ValueError("len() of unsized object");

    /// <summary>The same elements under another shape; one dimension may be -1 and follows from the rest.</summary>
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
        return new NDArray(_elements, _table, _offset, whole);
    }

    /// <inheritdoc cref="reshape(int[])"/>
    public NDArray reshape(Shape shape) => reshape([.. shape.Select(d => d ?? -1)]);

    /// <summary>The elements as another type; float to integer drops the fraction.</summary>
    public NDArray astype(DType type) => type == dtype ? this : type switch
    {
        DType.float32 => new NDArray(ToFloats(), null, 0, _shape),
        DType.uint8 => new NDArray(Convert(v => (byte)(long)v), null, 0, _shape),
        DType.int32 => new NDArray(Convert(v => (int)(long)v), null, 0, _shape),
        _ => new NDArray(Convert(v => (long)v), null, 0, _shape),
    };

    /// <summary>The elements as floats, in a new array.</summary>
    public float[] ToFloats()
    {
        var floats = new float[size];
        CopyTo(0, floats);
        return floats;
    }

    /// <summary>The elements as 32-bit integers, in a new array; floats lose their fraction.</summary>
    public int[] ToInts() => Convert(v => (int)v);

    /// <summary>The one element of an array of size 1.</summary>
    /// <exception cref="ValueError">The array has more elements.</exception>
    public double item() => size == 1 ? ElementAt(0)
        : throw new ValueError("can only convert an array of size 1 to a Python scalar");

    /// <summary>The largest element, NaN where there is one.</summary>
    /// <exception cref="ValueError">The array is empty.</exception>
    public double max() => Reduce("maximum", Math.Max);

    /// <summary>The smallest element, NaN where there is one.</summary>
    /// <exception cref="ValueError">The array is empty.</exception>
    public double min() => Reduce("minimum", Math.Min);

    /// <summary>The sum, in double.</summary>
    public double sum() => Elements().Sum();

    /// <summary>The mean, in double.</summary>
    public double mean() => sum() / size;

    /// <summary>
    /// The position of the largest element (the first of equals; NaN is larger than any) along <paramref name="axis"/>; in all of the array without one.
    /// </summary>
    /// <exception cref="ValueError">There is no such axis, or nothing along it.</exception>
    public NDArray argmax(int? axis = null)
    {
        if (axis is null) return reshape(1, size).argmax(-1).reshape(Array.Empty<int>());
        int at = axis < 0 ? axis.Value + ndim : axis.Value;
        if (at < 0 || at >= ndim) throw new ValueError($"axis {axis} is out of bounds for array of dimension {ndim}");
        int length = _shape[at], inner = SizeOf(_shape[(at + 1)..]);
        int[] rest = [.. _shape[..at], .. _shape[(at + 1)..]];
        var best = new long[SizeOf(rest)];
        if (length == 0 && best.Length > 0) throw new ValueError("attempt to get argmax of an empty sequence");
        for (int i = 0; i < best.Length; i++)
        {
            int first = i / inner * inner * length + i % inner;
            double largest = ElementAt(first);
            for (int k = 1; k < length && !double.IsNaN(largest); k++)
            {
                double value = ElementAt(first + k * inner);
                if (!(value <= largest)) (largest, best[i]) = (value, k);
            }
        }
        return new NDArray(best, null, 0, rest);
    }

    /// <summary>
    /// A part of the array: a number picks one entry of its axis, which drops out, a range several.
    /// <c>x[0]</c>, <c>x[..3]</c>, <c>x[5, .., 2..4]</c>. Axes not named are taken whole.
    /// </summary>
    /// <exception cref="ValueError">More indices than axes, or one outside its axis.</exception>
    public NDArray this[params ReadOnlySpan<Slice> slices]
    {
        get
        {
            if (slices.Length > ndim)
                throw new ValueError($"too many indices for array: array is {ndim}-dimensional, but {slices.Length} were indexed");
            if (slices.Length == 0) return this;
            var picks = new (int Start, int Count, bool Kept)[slices.Length];
            for (int axis = 0; axis < picks.Length; axis++) picks[axis] = slices[axis].On(_shape[axis], axis);
            int[] part = [.. picks.Where(p => p.Kept).Select(p => p.Count), .. _shape[picks.Length..]];
            if (picks.Length > 1) return new NDArray(Copy(picks, SizeOf(part)), _table, 0, part);
            return new NDArray(_elements, _table, _offset + picks[0].Start * SizeOf(_shape[1..]), part);
        }
    }

    /// <summary>Element <paramref name="index"/> in row-major order.</summary>
    internal double ElementAt(int index) => _elements switch
    {
        float[] f => (double)f[_offset + index],
        byte[] b => _table is null ? b[_offset + index] : (float)_table[b[_offset + index]],
        int[] i => i[_offset + index],
        var l => ((long[])l)[_offset + index],
    };

    /// <summary>Copies elements from <paramref name="start"/> on, as floats, until <paramref name="target"/> is full.</summary>
    internal void CopyTo(int start, Span<float> target)
    {
        int from = _offset + start;
        if (target.Length > size - start) throw new ArgumentException("The target is longer than what is left.", nameof(target));
        switch (_elements)
        {
            case float[] f:
                f.AsSpan(from, target.Length).CopyTo(target);
                break;
            case byte[] b:
                var table = Values.AsSpan(0, 256);
                var bytes = b.AsSpan(from, target.Length);
                for (int i = 0; i < bytes.Length; i++) target[i] = table[bytes[i]];
                break;
            case int[] n:
                for (int i = 0; i < target.Length; i++) target[i] = n[from + i];
                break;
            case long[] l:
                for (int i = 0; i < target.Length; i++) target[i] = l[from + i];
                break;
        }
    }

    /// <summary>The bytes behind the array and the value of each, when it is one of bytes; its first element lies at the offset.</summary>
    internal bool TryGetBytes([NotNullWhen(true)] out byte[]? bytes, out ReadOnlySpan<float> table, out int offset)
    {
        bytes = _elements as byte[];
        table = bytes is null ? default : Values;
        offset = _offset;
        return bytes is not null;
    }

    /// <summary>The floats behind the array, when it is one of floats; its first element lies at the offset.</summary>
    internal bool TryGetFloats([NotNullWhen(true)] out float[]? floats, out int offset)
    {
        (floats, offset) = (_elements as float[], _offset);
        return floats is not null;
    }

    private IEnumerable<double> Elements()
    {
        for (int i = 0; i < size; i++) yield return ElementAt(i);
    }

    private T[] Convert<T>(Func<double, T> convert)
    {
        var converted = new T[size];
        for (int i = 0; i < size; i++) converted[i] = convert(ElementAt(i));
        return converted;
    }

    /// <summary>The elements that the picks take, one for each of the first axes, in row-major order.</summary>
    private Array Copy((int Start, int Count, bool Kept)[] picks, int count)
    {
        Array copy = _elements switch
        {
            byte[] => new byte[count],
            int[] => new int[count],
            long[] => new long[count],
            _ => new float[count],
        };
        int at = 0;
        CopyAxis(0, _offset, size);
        return copy;

        void CopyAxis(int axis, int from, int block)
        {
            int each = block / Math.Max(_shape[axis], 1);
            from += picks[axis].Start * each;
            if (axis + 1 < picks.Length)
            {
                for (int i = 0; i < picks[axis].Count; i++) CopyAxis(axis + 1, from + i * each, each);
                return;
            }
            Array.Copy(_elements, from, copy, at, picks[axis].Count * each);
            at += picks[axis].Count * each;
        }
    }

    private double Reduce(string operation, Func<double, double, double> combine) => size > 0 ? Elements().Aggregate(combine)
        : throw new ValueError($"zero-size array to reduction operation {operation} which has no identity");

    /// <summary>What each byte stands for.</summary>
    private float[] Values => Array.ConvertAll(_table ?? Identity, v => (float)v);

    private static readonly double[] Identity = [.. Enumerable.Range(0, 256).Select(i => (double)i)];

    private static int SizeOf(int[] shape) => shape.Aggregate(1, (product, d) => checked(product * d));

    private static double Product(int[] shape) => shape.Aggregate(1.0, (product, d) => product * d);

    private static bool Holds(int[] shape, int size) => shape.All(d => d >= 0) && Product(shape) == size;

    private static int[] Fitting(Array elements, ArrayShape shape)
    {
        int[] dimensions = [.. shape];
        return Holds(dimensions, elements.Length) ? dimensions : throw CannotReshape(elements.Length, dimensions);
    }

    private static ValueError CannotReshape(int size, int[] shape) => new($"cannot reshape array of size {size} into shape {Text(shape)}");

    // As numpy writes shapes in messages: (2,3), (4,), and newaxis for -1.
    private static string Text(int[] shape)
    {
        var parts = shape.Select(d => d < 0 ? "newaxis" : d.ToString(CultureInfo.InvariantCulture));
        return shape.Length == 1 ? $"({parts.First()},)" : $"({string.Join(",", parts)})";
    }
}

/// <summary>One index of an <see cref="NDArray"/>: a number, or a range such as <c>..3</c>.</summary>
public readonly struct Slice
{
    private readonly Range _range;
    private readonly bool _single;

    private Slice(Range range, bool single) => (_range, _single) = (range, single);

    /// <summary>One entry.</summary>
    public static implicit operator Slice(int index) => new(new Range(index < 0 ? ^-index : index, 0), true);

    /// <summary>One entry, counted from the end with <c>^</c>.</summary>
    public static implicit operator Slice(Index index) => new(new Range(index, 0), true);

    /// <summary>The entries of a range; as in Python its ends may lie outside.</summary>
    public static implicit operator Slice(Range range) => new(range, false);

    /// <summary>Where this index lies on an axis of that length, and whether the axis stays.</summary>
    internal (int Start, int Count, bool Kept) On(int length, int axis)
    {
        int start = _range.Start.GetOffset(length);
        if (_single)
            return start >= 0 && start < length ? (start, 1, false)
                : throw new ValueError($"index {(_range.Start.IsFromEnd ? start - length : start)} is out of bounds for axis {axis} with size {length}");
        start = Math.Clamp(start, 0, length);
        return (start, Math.Clamp(_range.End.GetOffset(length), start, length) - start, true);
    }
}
