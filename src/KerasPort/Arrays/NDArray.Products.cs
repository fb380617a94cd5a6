using System.Numerics;
using System.Numerics.Tensors;

namespace KerasPort;

/// <content>Products of matrices and vectors.</content>
public sealed partial class NDArray
{
    /// <summary>
    /// numpy's <c>dot</c>: the inner product of vectors, the product of matrices; with more axes a sum over this array's last axis and
    /// <paramref name="b"/>'s second to last.
    /// </summary>
    /// <exception cref="ValueError">The shapes don't fit.</exception>
    public NDArray dot(NDArray b)
    {
        if (ndim == 0 || b.ndim == 0) return astype(DType.Promoted(dtype, b.dtype)) * b.astype(DType.Promoted(dtype, b.dtype));
        int at = Math.Max(b.ndim - 2, 0), length = _shape[^1];
        if (length != b._shape[at])
            throw new ValueError($"shapes {Text(_shape)} and {Text(b._shape)} not aligned: {length} (dim {ndim - 1}) != {b._shape[at]} (dim {at})");
        var rows = reshape(SizeOf(_shape.AsSpan(0, ndim - 1)), length);
        if (b.ndim <= 2) return Product(rows, b.ndim == 1 ? b.reshape(length, 1) : b).reshape([.. _shape[..^1], .. b._shape[(at + 1)..]]);
        int[] order = [at, .. Enumerable.Range(0, b.ndim).Where(i => i != at)];
        int columns = SizeOf(b._shape.AsSpan(0, at)) * SizeOf(b._shape.AsSpan(at + 1));
        return Product(rows, b.transpose(order).reshape(length, columns)).reshape([.. _shape[..^1], .. b._shape[..at], .. b._shape[(at + 1)..]]);
    }

    /// <summary>Products of the matrices in the last two axes; the axes before them are broadcast.</summary>
    internal static NDArray MatrixProduct(NDArray a, NDArray b)
    {
        if (a.ndim == 0 || b.ndim == 0) throw new ValueError("matmul: Input operand does not have enough dimensions (has 0, requires at least 1)");
        if (a.ndim <= 2 && b.ndim <= 2)
            return a._shape[^1] == b._shape[0] ? a.dot(b) : throw Mismatch(a, b);
        var left = a.ndim == 1 ? a.reshape(1, a.size) : a;
        var right = b.ndim == 1 ? b.reshape(b.size, 1) : b;
        if (left._shape[^1] != right._shape[^2]) throw Mismatch(a, b);
        int[] outer = Broadcast.Shape(left._shape[..^2], right._shape[..^2]) ?? throw Mismatch(a, b);
        var (x, y) = (Repeated(left), Repeated(right));
        NDArray[] products = [.. Enumerable.Range(0, SizeOf(outer)).Select(i => Product(x[i], y[i]))];
        int[] last = [.. a.ndim == 1 ? (int[])[] : [left._shape[^2]], .. b.ndim == 1 ? (int[])[] : [right._shape[^1]]];
        if (products.Length == 0) return Filled(Shape.Of([.. outer, .. last]), DType.Promoted(a.dtype, b.dtype));
        return OfRows(products).reshape([.. outer, .. last]);

        NDArray Repeated(NDArray matrices) => matrices.To([.. outer, .. matrices._shape[^2..]])
            .reshape(SizeOf(outer), matrices._shape[^2], matrices._shape[^1]);
    }

    /// <summary>The elements broadcast to that shape, as a read-only view.</summary>
    internal NDArray To(int[] shape)
    {
        if (_shape.AsSpan().SequenceEqual(shape)) return this;
        var fits = Broadcast.Shape(_shape, shape);
        if (fits is null || !fits.AsSpan().SequenceEqual(shape))
            throw new ValueError("operands could not be broadcast together with remapped shapes [original->remapped]: "
                + $"{Text(_shape)} and requested shape {Text(shape)}");
        int[] strides = new int[shape.Length], own = _strides ?? Strides(_shape);
        for (int axis = 1; axis <= ndim; axis++) strides[^axis] = _shape[^axis] == 1 ? 0 : own[^axis];
        return Viewed(new View(shape, strides, _first), isReadOnly: true);
    }

    private static ValueError Mismatch(NDArray a, NDArray b) => new(
        $"matmul: Input operand 1 has a mismatch in its core dimension 0: shapes {Text(a._shape)} and {Text(b._shape)} are not aligned");

    private static NDArray Product(NDArray a, NDArray b)
    {
        var type = DType.Promoted(a.dtype, b.dtype);
        return type == DType.float32 ? FloatProduct<float>(a, b) : type == DType.float64 ? FloatProduct<double>(a, b)
            // Narrow types are multiplied in a wider one and rounded once.
            : type == DType.@bool ? Product<int>(a, b).astype(type) : type == DType.float16 ? FloatProduct<float>(a, b).astype(type)
            : type.Run<ProductOf, (NDArray, NDArray), NDArray>((a, b));
    }

    private readonly struct ProductOf : IOfNumbers<(NDArray A, NDArray B), NDArray>
    {
        public static NDArray Of<T>((NDArray A, NDArray B) pair) where T : unmanaged, INumber<T>, IMinMaxValue<T> => Product<T>(pair.A, pair.B);
    }

    private static NDArray FloatProduct<T>(NDArray a, NDArray b) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        int rows = a._shape[0], length = a._shape[1], columns = b._shape[1];
        // Outer products and inner products need no tiles.
        if (columns == 1 || length < 2) return Product<T>(a, b);
        var product = NewElements.Of<T>(checked(rows * columns));
        if (product.Length == 0) return new NDArray(product, [rows, columns], 0);
        var (x, atX) = a.Raw<T>();
        var (y, atY) = b.Raw<T>();
        TiledProduct.Of(x, atX, y, atY, product, rows, length, columns);
        return new NDArray(product, [rows, columns], 0);
    }

    // Each row of the product is a sum of b's rows; for a single column it is one inner product per row.
    private static NDArray Product<T>(NDArray a, NDArray b) where T : unmanaged, INumber<T>
    {
        const long worthThreads = 1 << 20;
        int rows = a._shape[0], length = a._shape[1], columns = b._shape[1];
        var product = new T[checked(rows * columns)];
        var (x, atX) = a.Raw<T>();
        var (y, atY) = b.Raw<T>();
        if ((long)rows * length * columns >= worthThreads) Parallel.For(0, rows, Row);
        else for (int row = 0; row < rows; row++) Row(row);
        return new NDArray(product, [rows, columns], 0);

        void Row(int row)
        {
            var sums = product.AsSpan(row * columns, columns);
            if (columns == 1)
            {
                sums[0] = TensorPrimitives.Dot<T>(x.AsSpan(atX + row * length, length), y.AsSpan(atY, length));
                return;
            }
            for (int k = 0; k < length; k++)
                TensorPrimitives.MultiplyAdd<T>(y.AsSpan(atY + k * columns, columns), x[atX + row * length + k], sums, sums);
        }
    }
}
