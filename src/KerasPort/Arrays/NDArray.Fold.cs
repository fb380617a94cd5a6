using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace KerasPort;

/// <content>What reductions along axes compute with: an array seen as [outer, length, inner], whose middle is folded.</content>
public sealed partial class NDArray
{
    private interface IExtreme
    {
        // Whether a is chosen before b; NaN is chosen before all.
        static abstract bool Before<T>(T a, T b) where T : INumber<T>;

        static abstract T Of<T>(ReadOnlySpan<T> values) where T : INumber<T>;

        static abstract void Of<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T>;
    }

    private readonly struct Largest : IExtreme
    {
        public static bool Before<T>(T a, T b) where T : INumber<T> => !(a <= b);

        public static T Of<T>(ReadOnlySpan<T> values) where T : INumber<T> => TensorPrimitives.Max(values);

        public static void Of<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T> => TensorPrimitives.Max(a, b, y);
    }

    private readonly struct Smallest : IExtreme
    {
        public static bool Before<T>(T a, T b) where T : INumber<T> => !(a >= b);

        public static T Of<T>(ReadOnlySpan<T> values) where T : INumber<T> => TensorPrimitives.Min(values);

        public static void Of<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T> => TensorPrimitives.Min(a, b, y);
    }

    private readonly record struct Fold(NDArray Array, int Outer, int Length, int Inner, int[] Shape)
    {
        // Adjacent float16 elements are summed in float32.
        public NDArray Sums() => Array.dtype == DType.float16 && Inner == 1 ? Sums<float>().astype(DType.float16)
            : Array.dtype.Summed.Run<SumsOf, Fold, NDArray>(this);

        private readonly struct SumsOf : IOfNumbers<Fold, NDArray>
        {
            public static NDArray Of<T>(Fold fold) where T : unmanaged, INumber<T>, IMinMaxValue<T> => fold.Sums<T>();
        }

        public NDArray Products() => Array.dtype.Summed.Run<ProductsOf, Fold, NDArray>(this);

        private readonly struct ProductsOf : IOfNumbers<Fold, NDArray>
        {
            public static NDArray Of<T>(Fold fold) where T : unmanaged, INumber<T>, IMinMaxValue<T> => fold.Products<T>();
        }

        private NDArray Products<T>() where T : unmanaged, INumber<T>
        {
            var products = new T[Outer * Inner];
            products.AsSpan().Fill(T.One);
            var values = Array.Span<T>();
            for (int o = 0; o < Outer; o++)
                for (int k = 0; k < Length; k++)
                    for (int i = 0; i < Inner; i++) products[o * Inner + i] *= values[(o * Length + k) * Inner + i];
            return new NDArray(products, Shape, 0);
        }

        /// <summary>The largest of booleans; false for an empty line.</summary>
        public NDArray Largests() =>
            Length > 0 ? Extremes<Largest>("maximum") : new NDArray(new byte[Outer * Inner], Shape, 0).astype(DType.@bool);

        public NDArray Cumulative<TOperation, T>() where TOperation : struct, IOperation where T : unmanaged, INumber<T>
        {
            var sums = Array.Values<T>();
            for (int o = 0; o < Outer; o++)
            {
                var block = sums.AsSpan(o * Length * Inner, Length * Inner);
                if (Inner == 1)
                {
                    Running<TOperation, T>(block);
                    continue;
                }
                for (int k = Inner; k < block.Length; k += Inner)
                    TOperation.Of<T>(block.Slice(k - Inner, Inner), block.Slice(k, Inner), block.Slice(k, Inner));
            }
            return new NDArray(sums, Array._shape, 0);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Running<TOperation, T>(Span<T> line) where TOperation : struct, IOperation where T : INumber<T>
        {
            for (int k = 1; k < line.Length; k++) line[k] = TOperation.Of(line[k - 1], line[k]);
        }

        public NDArray Extremes<TExtreme>(string operation) where TExtreme : struct, IExtreme
        {
            if (Length == 0 && Outer * Inner > 0) throw new ValueError($"zero-size array to reduction operation {operation} which has no identity");
            var extremes = Array.dtype.Run<ExtremesOf<TExtreme>, Fold, NDArray>(this);
            return Array.dtype == DType.@bool ? extremes.astype(DType.@bool) : extremes;
        }

        private readonly struct ExtremesOf<TExtreme> : IOfNumbers<Fold, NDArray> where TExtreme : struct, IExtreme
        {
            public static NDArray Of<T>(Fold fold) where T : unmanaged, INumber<T>, IMinMaxValue<T> => fold.Extremes<TExtreme, T>();
        }

        public NDArray Positions<TExtreme>(string operation) where TExtreme : struct, IExtreme
        {
            if (Length == 0 && Outer * Inner > 0) throw new ValueError($"attempt to get {operation} of an empty sequence");
            return Array.dtype.Run<PositionsOf<TExtreme>, Fold, NDArray>(this);
        }

        private readonly struct PositionsOf<TExtreme> : IOfNumbers<Fold, NDArray> where TExtreme : struct, IExtreme
        {
            public static NDArray Of<T>(Fold fold) where T : unmanaged, INumber<T>, IMinMaxValue<T> => fold.Positions<TExtreme, T>();
        }

        private NDArray Sums<T>() where T : unmanaged, INumber<T>
        {
            var sums = new T[Outer * Inner];
            var table = Array.Table<T>();
            if (Array.dtype.Type is ElementType.Bool or ElementType.UInt8)
            {
                CountedSums(MemoryMarshal.Cast<T, long>(sums.AsSpan()));
                return new NDArray(sums, Shape, 0);
            }
            if (Inner == 1)
            {
                for (int i = 0; i < sums.Length; i++) sums[i] = Array.Pairwise(i * Length, Length, table);
                return new NDArray(sums, Shape, 0);
            }
            if (table is not null)
            {
                byte[] bytes = Array._store.Bytes!;
                for (int o = 0; o < Outer && Length > 0; o++)
                {
                    Array.Look(o * Length * Inner, sums.AsSpan(o * Inner, Inner), table);
                    ByteSums.Add(bytes, Array._offset + (o * Length + 1) * Inner, Length - 1, table, sums, o * Inner, Inner);
                }
                return new NDArray(sums, Shape, 0);
            }
            var row = new T[Inner];
            var own = Array.Own<T>();
            for (int o = 0; o < Outer; o++)
            {
                var sum = sums.AsSpan(o * Inner, Inner);
                for (int k = 0; k < Length; k++)
                {
                    int at = (o * Length + k) * Inner;
                    if (own is not null && k > 0)
                    {
                        AddTo<T>(sum, own.AsSpan(Array._offset + at, Inner));
                        continue;
                    }
                    Array.Read(at, row.AsSpan());
                    if (k == 0) row.CopyTo(sum);
                    else AddTo<T>(sum, row);
                }
            }
            return new NDArray(sums, Shape, 0);
        }

        // The sums of bytes and booleans.
        private void CountedSums(Span<long> sums)
        {
            var bytes = Array._store.Elements is bool[] flags ? MemoryMarshal.AsBytes(flags.AsSpan(Array._offset, Array.size))
                : Array._store.Bytes.AsSpan(Array._offset, Array.size);
            for (int o = 0; o < Outer; o++)
            {
                var block = bytes.Slice(o * Length * Inner, Length * Inner);
                if (Inner == 1) sums[o] = ByteSums.Of(block);
                else if (Inner > 0) ByteSums.Add(block, sums.Slice(o * Inner, Inner));
            }
        }

        // Optimized from the first call on: a program takes the mean of all its pictures in one call.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void AddTo<T>(Span<T> sum, ReadOnlySpan<T> row) where T : unmanaged, INumber<T>
        {
            if (!Vector<T>.IsSupported)
            {
                for (int i = 0; i < row.Length; i++) sum[i] += row[i];
                return;
            }
            var sums = MemoryMarshal.Cast<T, Vector<T>>(sum);
            var vectors = MemoryMarshal.Cast<T, Vector<T>>(row);
            for (int i = 0; i < vectors.Length; i++) sums[i] += vectors[i];
            for (int i = vectors.Length * Vector<T>.Count; i < row.Length; i++) sum[i] += row[i];
        }

        private NDArray Extremes<TExtreme, T>() where TExtreme : struct, IExtreme where T : unmanaged, INumber<T>
        {
            var best = new T[Outer * Inner];
            var values = Array.Span<T>();
            for (int o = 0; o < Outer && best.Length > 0; o++)
            {
                var block = values.Slice(o * Length * Inner, Length * Inner);
                if (Inner == 1)
                {
                    best[o] = TExtreme.Of(block);
                    continue;
                }
                var row = best.AsSpan(o * Inner, Inner);
                block[..Inner].CopyTo(row);
                for (int k = 1; k < Length; k++) TExtreme.Of(row, block.Slice(k * Inner, Inner), row);
            }
            return new NDArray(best, Shape, 0);
        }

        private NDArray Positions<TExtreme, T>() where TExtreme : struct, IExtreme where T : unmanaged, INumber<T>
        {
            var positions = new long[Outer * Inner];
            var values = Array.Span<T>();
            var best = new T[Inner];
            for (int o = 0; o < Outer && positions.Length > 0; o++)
            {
                var block = values.Slice(o * Length * Inner, Length * Inner);
                var to = positions.AsSpan(o * Inner, Inner);
                if (Inner == 1)
                {
                    to[0] = First<TExtreme, T>(block);
                    continue;
                }
                block[..Inner].CopyTo(best);
                for (int k = 1; k < Length; k++)
                {
                    var row = block.Slice(k * Inner, Inner);
                    for (int i = 0; i < row.Length; i++)
                        if (TExtreme.Before(row[i], best[i]) && !T.IsNaN(best[i])) (best[i], to[i]) = (row[i], k);
                }
            }
            return new NDArray(positions, Shape, 0);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static int First<TExtreme, T>(ReadOnlySpan<T> values) where TExtreme : struct, IExtreme where T : unmanaged, INumber<T>
        {
            // 0 and -0 are equal, and the first of equals is chosen.
            var best = TExtreme.Of(values);
            int at = 0;
            if (Vector<T>.IsSupported && !T.IsNaN(best))
            {
                var all = new Vector<T>(best);
                var vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
                while (at < vectors.Length && !Vector.EqualsAny(vectors[at], all)) at++;
                at *= Vector<T>.Count;
            }
            for (; values[at] != best && !T.IsNaN(values[at]);) at++;
            return at;
        }
    }
}
