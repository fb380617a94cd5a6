using System.Numerics;
using System.Numerics.Tensors;
using KerasPort.Saving;

namespace KerasPort.Random;

/// <summary>
/// The base of numpy's two random generators, which draw words differently and make the same distributions of them. Calls of one
/// generator are synchronized, as in numpy, so that several threads may draw from it.
/// </summary>
public abstract partial class NumpyRandom : IRandomState
{
    private readonly bool _isMadeInRun = RandomStates.AreMadeInRun;
    private readonly Lock _turn = new();

    private protected NumpyRandom() { }

    /// <summary>The lock that each call that draws takes.</summary>
    private protected Lock Turn
    {
        get
        {
            RandomStates.Draw(this, _isMadeInRun || IsKept);
            return _turn;
        }
    }

    /// <summary>Whether checkpoints hold the state in any case.</summary>
    private protected virtual bool IsKept => false;

    string IRandomState.Kind => GetType().Name;

    /// <inheritdoc/>
    void IRandomState.Keep(TrainingState state)
    {
        lock (_turn) KeepState(state);
    }

    /// <summary>Registers the state for checkpoints.</summary>
    private protected abstract void KeepState(TrainingState state);

    private protected abstract uint NextUInt32();

    private protected abstract ulong NextUInt64();

    // A number in [0, 1) of 53 bits.
    private protected abstract double Unit();

    // A number of the standard normal distribution.
    private protected abstract double Gauss();

    private protected abstract void Units(Span<double> values);

    private protected abstract void Gausses(Span<double> values);

    // A number from 0 to range, which is below the type's largest, by this generator's method for single numbers.
    private protected abstract uint Bounded(uint range);

    private protected abstract ulong Bounded(ulong range);

    private protected abstract ushort Bounded(ushort range, int bits, ref Pieces pieces);

    // k of the numbers below n, none twice.
    private protected abstract int[] Sample(int n, int k, bool shuffle);

    /// <summary>A number from <paramref name="low"/> on, below <paramref name="high"/>.</summary>
    /// <exception cref="ValueError">The range isn't finite.</exception>
    [OverloadResolutionPriority(1)]
    public double uniform(double low = 0.0, double high = 1.0) => uniform(low, high, size: []).item();

    /// <summary>Numbers from <paramref name="low"/> on, below <paramref name="high"/>, in float64.</summary>
    /// <param name="low">The least; 0 by default.</param>
    /// <param name="high">The upper limit, which is not drawn; 1 by default.</param>
    /// <param name="size">The shape of the result; by default the broadcast shape of the other two.</param>
    /// <exception cref="ValueError">The range isn't finite, or the shapes don't fit.</exception>
    public NDArray uniform(NDArray? low = null, NDArray? high = null, Shape? size = null)
    {
        var (start, range) = (low ?? 0.0, (high ?? 1.0) - (low ?? 0.0).astype(DType.float64));
        if (!range.ToDoubles().All(double.IsFinite)) throw new ValueError($"Range exceeds valid bounds: low={start}, high={high}");
        return Moved(start, range, size, Units);
    }

    /// <summary>A number of a normal distribution.</summary>
    /// <exception cref="ValueError">The deviation is negative.</exception>
    [OverloadResolutionPriority(1)]
    public double normal(double loc = 0.0, double scale = 1.0) => normal(loc, scale, size: []).item();

    /// <summary>Numbers of a normal distribution, in float64.</summary>
    /// <param name="loc">The mean; 0 by default.</param>
    /// <param name="scale">The standard deviation; 1 by default.</param>
    /// <param name="size">The shape of the result; by default the broadcast shape of the other two.</param>
    /// <exception cref="ValueError">The deviation is negative, or the shapes don't fit.</exception>
    public NDArray normal(NDArray? loc = null, NDArray? scale = null, Shape? size = null)
    {
        if (scale is not null && (scale < 0).any()) throw new ValueError($"scale < 0: a standard deviation isn't negative. Received: scale={scale}");
        return Moved(loc ?? 0.0, scale ?? 1.0, size, Gausses);
    }

    /// <summary>A number of the standard normal distribution.</summary>
    public double standard_normal()
    {
        lock (Turn) return Gauss();
    }

    /// <summary>Numbers of the standard normal distribution, in float64.</summary>
    public NDArray standard_normal(Shape size) => Filled(size, Gausses);

    /// <summary>Shuffles the rows of an array, or the items of a list, in place.</summary>
    /// <exception cref="ValueError">The array has no axis, or can't be written to.</exception>
    public void shuffle(NDArray x)
    {
        if (x.ndim == 0) throw new ValueError($"shuffle puts the rows of an array in another order; {x} has none");
        x[Slice.Ellipsis] = x[Permutation(x.Length)];
    }

    /// <inheritdoc cref="shuffle(NDArray)"/>
    public void shuffle<T>(IList<T> x)
    {
        T[] all = [.. x];
        Shuffle(all.AsSpan());
        for (int i = 0; i < all.Length; i++) x[i] = all[i];
    }

    /// <summary>The numbers from 0 on, below <paramref name="x"/>, in random order.</summary>
    public NDArray permutation(int x) => new(Array.ConvertAll(Permutation(Math.Max(x, 0)), i => (long)i));

    /// <summary>A copy of the array with its rows in random order; for a single number n, the numbers below it.</summary>
    /// <exception cref="ValueError">A single number isn't whole.</exception>
    public NDArray permutation(NDArray x) => x.ndim > 0 ? x[Permutation(x.Length)] : permutation((int)Whole(x, "x"));

    /// <summary>Shuffles items in place.</summary>
    internal void Shuffle<T>(Span<T> items)
    {
        lock (Turn)
        {
            for (int i = items.Length - 1; i > 0; i--)
            {
                int j = (int)Masked((uint)i);
                (items[i], items[j]) = (items[j], items[i]);
            }
        }
    }

    /// <summary>The numbers from 0 on, below that one, in random order.</summary>
    internal int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        Shuffle(order.AsSpan());
        return order;
    }

    /// <summary>A number in [0, 1).</summary>
    internal double NextDouble()
    {
        lock (Turn) return Unit();
    }

    /// <summary>Numbers from 0 on, below <paramref name="end"/>.</summary>
    internal long[] Integers(long end, int count)
    {
        var values = new long[count];
        lock (Turn) Draw(0, (ulong)(end - 1), values);
        return values;
    }

    /// <summary>Whole numbers from low to last, inclusive, of that type.</summary>
    private protected NDArray Integers(long low, Int128 last, Shape? size, DType type)
    {
        if (type.IsInexact) throw new ValueError($"Unsupported dtype {type} for whole numbers: bool and the types of integers are there");
        var (least, most) = type.Limits;
        if (low < least) throw new ValueError($"low is out of bounds for {type}. Received: low={low}");
        if (last > most) throw new ValueError($"high is out of bounds for {type}. Received: high={last + 1}");
        int[] shape = Sized(size);
        int count = Shape.Of(shape).Size;
        ulong range = (ulong)(last - low);
        if (type.itemsize <= 2) return NDArray.Of(type.Run<PiecesOf, (NumpyRandom, DType, int, long, ulong), Array>((this, type, count, low, range)),
            shape).astype(type);
        var values = new long[count];
        lock (Turn) Draw(low, range, values);
        var drawn = new NDArray(values, (ArrayShape)shape);
        return type == DType.int64 ? drawn : drawn.astype(type);
    }

    // Numbers of 16 bits or fewer: several from one word.
    private readonly struct PiecesOf : IOfNumbers<(NumpyRandom Words, DType Type, int Count, long Low, ulong Range), Array>
    {
        public static Array Of<T>((NumpyRandom Words, DType Type, int Count, long Low, ulong Range) of) where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            int bits = of.Type == DType.@bool ? 1 : 8 * of.Type.itemsize;
            var values = NewElements.Of<T>(of.Count);
            lock (of.Words.Turn)
            {
                var pieces = new Pieces(of.Words, bits);
                bool isAll = of.Range == (1UL << bits) - 1;
                foreach (ref T value in values.AsSpan())
                    value = T.CreateTruncating(of.Low + (of.Range == 0 ? 0 : isAll ? pieces.Next() : of.Words.Bounded((ushort)of.Range, bits, ref pieces)));
            }
            return values;
        }
    }

    private void Draw(long low, ulong range, Span<long> values)
    {
        if (range is > 0 and < uint.MaxValue) Fill(values, low, (uint)range);
        else foreach (ref long value in values) value = unchecked(low + (long)Word(range));
    }

    // Fills with numbers as Bounded draws them.
    private protected virtual void Fill(Span<long> values, long low, uint range)
    {
        foreach (ref long value in values) value = unchecked(low + Bounded(range));
    }

    private ulong Word(ulong range) => range switch
    {
        0 => 0,
        uint.MaxValue => NextUInt32(),
        < uint.MaxValue => Bounded((uint)range),
        ulong.MaxValue => NextUInt64(),
        _ => Bounded(range),
    };

    private protected NDArray Chosen(NDArray a, Shape? size, bool replace, NDArray? p, bool shuffle, bool rows = false)
    {
        bool isCount = a.ndim == 0;
        if (!isCount && !rows && a.ndim != 1) throw new ValueError($"a must be 1-dimensional. Received: an array of shape {a.shape}");
        int n = isCount ? (int)Whole(a, "a") : a.Length;
        int[] shape = Sized(size);
        int count = Shape.Of(shape).Size;
        if (n < 0 || n == 0 && count > 0)
            throw new ValueError(isCount ? $"a must be greater than 0 unless no samples are taken. Received: a={n}"
                : "'a' cannot be empty unless no samples are taken");
        int[] places = Choose(n, count, replace, p, shuffle);
        if (isCount) return new NDArray(Array.ConvertAll(places, i => (long)i), (ArrayShape)shape);
        return a[places].reshape([.. shape, .. a.shape[1..]]);
    }

    /// <summary>The indices of a choice among n, with given or equal probabilities.</summary>
    private protected int[] Choose(int n, int count, bool replace, NDArray? p, bool shuffle)
    {
        if (p is not null) return Choose(Probabilities(p, n), count, replace);
        if (replace) return n == 0 ? [] : Array.ConvertAll(Integers(n, count), i => (int)i);
        if (count <= n) return Sample(n, count, shuffle);
        throw new ValueError($"Cannot take a larger sample than population when replace is False: {count} of {n}");
    }

    private int[] Choose(double[] p, int count, bool replace)
    {
        if (replace) return Places(p, count);
        if (p.Count(v => v > 0) < count) throw new ValueError($"Fewer non-zero entries in p than size: {p.Count(v => v > 0)}, size={count}");
        // Indices that were drawn get probability 0; those that came twice in one round are drawn again, as numpy does.
        var found = new List<int>();
        while (found.Count < count)
        {
            foreach (int i in found) p[i] = 0;
            found.AddRange(Places(p, count - found.Count).Distinct());
        }
        return [.. found];
    }

    private int[] Places(double[] p, int count)
    {
        double[] sums = [.. p];
        for (int i = 1; i < sums.Length; i++) sums[i] += sums[i - 1];
        for (int i = 0; i < sums.Length; i++) sums[i] /= i < sums.Length - 1 ? sums[^1] : 1;
        sums[^1] = 1;
        var places = new int[count];
        lock (Turn)
        {
            foreach (ref int place in places.AsSpan())
            {
                double u = Unit();
                int low = 0, high = sums.Length;
                while (low < high)
                {
                    int middle = (low + high) / 2;
                    if (sums[middle] <= u) low = middle + 1;
                    else high = middle;
                }
                place = low;
            }
        }
        return places;
    }

    private static double[] Probabilities(NDArray p, int n)
    {
        const double tolerance = 1.4901161193847656e-08, ofFloats = 0.00034526698300124393;      // √ε of float64 and float32
        if (p.ndim != 1 || p.Length != n) throw new ValueError($"'a' and 'p' must have same size: {n} and {p.shape}");
        double[] all = p.ToDoubles();
        if (all.Any(v => !(v >= 0))) throw new ValueError($"probabilities are not non-negative. Received: p={p}");
        return Math.Abs(all.Sum() - 1) <= (p.dtype == DType.float32 ? ofFloats : tolerance) ? all
            : throw new ValueError($"probabilities do not sum to 1 but to {PythonText.Str(all.Sum())}");
    }

    /// <summary>A number from 0 to max by masked rejection: as many bits as max has, drawn again while they exceed it.</summary>
    private protected uint Masked(uint max)
    {
        uint mask = Mask(max), value;
        do value = NextUInt32() & mask; while (value > max);
        return value;
    }

    /// <inheritdoc cref="Masked(uint)"/>
    private protected ulong Masked(ulong max)
    {
        ulong mask = ulong.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(max), value;
        do value = NextUInt64() & mask; while (value > max);
        return value;
    }

    private protected static uint Mask(uint max) => max == 0 ? 0 : uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(max);

    private protected delegate void Draws(Span<double> values);

    private protected NDArray Filled(Shape? size, Draws draw)
    {
        int[] shape = Sized(size);
        var values = NewElements.Of<double>(Shape.Of(shape).Size);
        lock (Turn) draw(values);
        return new NDArray(values, (ArrayShape)shape);
    }

    /// <summary>Numbers drawn, times scale, plus start.</summary>
    private NDArray Moved(NDArray start, NDArray scale, Shape? size, Draws draw)
    {
        if (start.ndim + scale.ndim == 0)
        {
            double from = start.item(), by = scale.item();
            return Filled(size, values =>
            {
                draw(values);
                TensorPrimitives.Multiply(values, by, values);
                TensorPrimitives.Add(values, from, values);
            });
        }
        var (a, b) = (start.astype(DType.float64), scale.astype(DType.float64));
        Shape shape = (a + b).shape;
        var drawn = Filled(size ?? shape, draw);
        var moved = a + drawn * b;
        return moved.shape == drawn.shape ? moved : throw new ValueError($"size {drawn.shape} does not match the broadcast shape of the parameters, {shape}");
    }

    private protected static int[] Sized(Shape? size)
    {
        int[] shape = size?.ToArray() ?? [];
        return shape.All(d => d >= 0) ? shape : throw new ValueError($"negative dimensions are not allowed. Received: size={size}");
    }

    private protected static long Whole(NDArray number, string name) => number.dtype.IsInexact
        ? throw new ValueError($"{name} must be a whole number or an array of at least one axis. Received: {name}={number}") : (long)number;

    /// <summary>Pieces of words, from the low end on; each call begins with a new word.</summary>
    private protected struct Pieces(NumpyRandom words, int bits)
    {
        private uint _word;
        private int _left;

        public ushort Next()
        {
            if (_left == 0) (_word, _left) = (words.NextUInt32(), 32);
            ushort piece = (ushort)(_word & ((1u << bits) - 1));
            _word >>= bits;
            _left -= bits;
            return piece;
        }
    }
}
