using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace KerasPort;

/// <summary>
/// C = A · B of row-major matrices of floats or doubles, in tiles of four rows whose sums stay in registers. Each sum runs over A's columns in one order,
/// whatever the number of threads. The engine's products are not used: they are of float32 only and run on an engine's threads.
/// </summary>
internal static unsafe class TiledProduct
{
    private const int TileRows = 4, Most = 256, FewestRows = 64;
    private const long WorthThreads = 1 << 18;

    // Vectors in a row of a tile: four where the processor has 32 registers (AVX-512).
    private static int Vectors(int columns, int lanes) => Vector512.IsHardwareAccelerated && columns > lanes ? 4 : 1;

    /// <summary>Writes the product to <paramref name="c"/>.</summary>
    public static void Of<T>(T[] a, int atA, T[] b, int atB, T[] c, int rows, int length, int columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Vectors(columns, Vector512<T>.Count) * Vector512<T>.Count, panels = Cut(columns, width);
        bool isLarge = (long)rows * length * columns >= WorthThreads;
        // Panels are distributed first. Rows are split only if there are too few panels, since each part packs its panel anew.
        int parts = Cut(2 * Environment.ProcessorCount, panels);
        int rowsOfPiece = isLarge && parts > 1 ? Math.Max(FewestRows, Cut(rows, parts * TileRows) * TileRows) : rows;
        int pieces = Cut(rows, rowsOfPiece) * panels;
        if (isLarge) Parallel.For(0, pieces, Run);
        else for (int piece = 0; piece < pieces; piece++) Run(piece);

        void Run(int piece)
        {
            int first = piece / panels * rowsOfPiece, column = piece % panels * width;
            fixed (T* x = &a[atA], y = &b[atB], z = &c[0])
                Piece(x + (long)first * length, y + column, z + (long)first * columns + column, Math.Min(rowsOfPiece, rows - first), length, columns,
                    Math.Min(width, columns - column), width);
        }
    }

    private static int Cut(int count, int by) => (count + by - 1) / by;

    // One panel of columns of the product: b's rows are packed to the width of the tile, padded with zeros.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Piece<T>(T* a, T* b, T* c, int rows, int length, int pitch, int columns, int width) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* packed = stackalloc T[Most * width], tile = stackalloc T[TileRows * width];
        for (int k = 0; k < length; k += Most)
        {
            int count = Math.Min(Most, length - k);
            for (int i = 0; i < count; i++)
            {
                var row = new Span<T>(packed + i * width, width);
                new ReadOnlySpan<T>(b + (long)(k + i) * pitch, columns).CopyTo(row);
                row[columns..].Clear();
            }
            for (int first = 0; first < rows; first += TileRows)
            {
                int last = Math.Min(first + TileRows, rows) - 1;
                T* x = a + k;
                T* p = x + (long)first * length, q = x + (long)Math.Min(first + 1, last) * length, r = x + (long)Math.Min(first + 2, last) * length,
                    s = x + (long)last * length;
                if (width > Vector512<T>.Count) Wide(p, q, r, s, packed, count, tile);
                else Narrow(p, q, r, s, packed, count, tile);
                for (int row = first; row <= last; row++)
                {
                    // In a tile of fewer than four rows the last row is repeated; its copies are not stored.
                    var sums = new ReadOnlySpan<T>(tile + (row - first) * width, columns);
                    var to = new Span<T>(c + (long)row * pitch, columns);
                    if (k == 0) sums.CopyTo(to);
                    else TensorPrimitives.Add<T>(to, sums, to);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide<T>(T* p, T* q, T* r, T* s, T* b, int count, T* tile) where T : unmanaged
    {
        int n = Vector512<T>.Count;
        Vector512<T> p0 = default, p1 = default, p2 = default, p3 = default, q0 = default, q1 = default, q2 = default, q3 = default;
        Vector512<T> r0 = default, r1 = default, r2 = default, r3 = default, s0 = default, s1 = default, s2 = default, s3 = default;
        for (int k = 0; k < count; k++, b += 4 * n)
        {
            Vector512<T> b0 = Vector512.Load(b), b1 = Vector512.Load(b + n), b2 = Vector512.Load(b + 2 * n), b3 = Vector512.Load(b + 3 * n);
            var x = Vector512.Create(p[k]);
            (p0, p1, p2, p3) = (Sum(x, b0, p0), Sum(x, b1, p1), Sum(x, b2, p2), Sum(x, b3, p3));
            x = Vector512.Create(q[k]);
            (q0, q1, q2, q3) = (Sum(x, b0, q0), Sum(x, b1, q1), Sum(x, b2, q2), Sum(x, b3, q3));
            x = Vector512.Create(r[k]);
            (r0, r1, r2, r3) = (Sum(x, b0, r0), Sum(x, b1, r1), Sum(x, b2, r2), Sum(x, b3, r3));
            x = Vector512.Create(s[k]);
            (s0, s1, s2, s3) = (Sum(x, b0, s0), Sum(x, b1, s1), Sum(x, b2, s2), Sum(x, b3, s3));
        }
        Store(tile, p0, p1, p2, p3);
        Store(tile + 4 * n, q0, q1, q2, q3);
        Store(tile + 8 * n, r0, r1, r2, r3);
        Store(tile + 12 * n, s0, s1, s2, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow<T>(T* p, T* q, T* r, T* s, T* b, int count, T* tile) where T : unmanaged
    {
        Vector512<T> p0 = default, q0 = default, r0 = default, s0 = default;
        for (int k = 0; k < count; k++, b += Vector512<T>.Count)
        {
            var b0 = Vector512.Load(b);
            p0 = Sum(Vector512.Create(p[k]), b0, p0);
            q0 = Sum(Vector512.Create(q[k]), b0, q0);
            r0 = Sum(Vector512.Create(r[k]), b0, r0);
            s0 = Sum(Vector512.Create(s[k]), b0, s0);
        }
        Store(tile, p0, q0, r0, s0);
    }

    private static void Store<T>(T* to, Vector512<T> a, Vector512<T> b, Vector512<T> c, Vector512<T> d) where T : unmanaged
    {
        int n = Vector512<T>.Count;
        a.Store(to);
        b.Store(to + n);
        c.Store(to + 2 * n);
        d.Store(to + 3 * n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Sum<T>(Vector512<T> a, Vector512<T> b, Vector512<T> sum) => typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), sum.AsSingle()).As<float, T>()
        : Vector512.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), sum.AsDouble()).As<double, T>();
}
