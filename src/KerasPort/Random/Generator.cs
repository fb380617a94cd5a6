using KerasPort.Saving;

namespace KerasPort.Random;

/// <summary>
/// numpy's <c>default_rng(seed)</c>: PCG64, normals by the ziggurat, whole numbers by Lemire's method.
/// <code>
/// >>> rng = np.random.default_rng(0); rng.random(2), rng.integers(0, 10, 5)
/// (array([0.63696169, 0.26978671]), array([2, 7, 1, 1, 0]))
/// </code>
/// Sources: O'Neill, PCG (2014), XSL-RR with 128 bits and the output after the step; Lemire, Fast random integer generation in an interval
/// (2019); Floyd's sample in Bentley, Programming pearls (1987).
/// </summary>
public sealed class Generator : NumpyRandom
{
    private static readonly UInt128 s_multiplier = new(0x2360ED051FC65DA4, 0x4385DF649FCCF645);
    private readonly UInt128 _increment;
    private UInt128 _state;
    private uint? _half;         // the high half of the last word of 64 bits, whose low half was drawn

    /// <summary>A generator with that seed, or one that differs each time.</summary>
    /// <exception cref="ValueError">The seed is negative.</exception>
    internal Generator(long? seed)
    {
        if (seed < 0) throw new ValueError($"expected non-negative integer. Received: seed={seed}");
        Span<ulong> words = stackalloc ulong[4];
        SeedSequence.Fill(seed is { } number ? number > uint.MaxValue ? [(uint)number, (uint)(number >> 32)] : [(uint)number] : SeedSequence.Entropy(), words);
        _increment = new UInt128(words[2], words[3]) << 1 | 1;
        Step();
        _state += new UInt128(words[0], words[1]);
        Step();
    }

    /// <summary>A number in [0, 1).</summary>
    public double random() => NextDouble();

    /// <summary>Numbers in [0, 1).</summary>
    /// <param name="size">The shape.</param>
    /// <param name="dtype">float64, or float32.</param>
    /// <exception cref="ValueError">The type is another.</exception>
    public NDArray random(Shape size, DType? dtype = null) => (dtype ?? DType.float64).Type switch
    {
        ElementType.Float64 => Filled(size, Units),
        ElementType.Float32 => Filled(size, Singles).astype(DType.float32),
        _ => throw new ValueError($"Unsupported dtype {dtype} for random: float64 and float32 are there"),
    };

    /// <summary>A whole number from <paramref name="low"/> on, below <paramref name="high"/>; with one argument from 0 on, below it.</summary>
    /// <exception cref="ValueError">The range is empty.</exception>
    [OverloadResolutionPriority(1)]
    public int integers(int low, int? high = null) => (int)integers(low, high, size: []);

    /// <inheritdoc cref="integers(int, int?)"/>
    [OverloadResolutionPriority(1)]
    public long integers(long low, long? high = null) => (long)integers(low, high, size: []);

    /// <summary>Whole numbers from <paramref name="low"/> on, below <paramref name="high"/>; with one argument from 0 on, below it.</summary>
    /// <param name="low">The least; alone, the upper limit.</param>
    /// <param name="high">The upper limit, which is not drawn.</param>
    /// <param name="size">The shape of the result; a single number by default.</param>
    /// <param name="dtype">int64 by default; any other type of whole numbers, or bool.</param>
    /// <param name="endpoint">Whether <paramref name="high"/> may be drawn too.</param>
    /// <exception cref="ValueError">The range is empty, or the type does not hold it.</exception>
    public NDArray integers(long low, long? high = null, Shape? size = null, DType? dtype = null, bool endpoint = false)
    {
        long from = high is null ? 0 : low;
        Int128 last = (Int128)(high ?? low) - (endpoint ? 0 : 1);
        if (from <= last) return Integers(from, last, size, dtype ?? DType.int64);
        throw new ValueError(from == 0 ? $"high {(endpoint ? "<" : "<=")} 0. Received: high={high ?? low}"
            : $"low {(endpoint ? ">" : ">=")} high. Received: low={from}, high={high ?? low}");
    }

    /// <summary>One of the numbers from 0 on, below <paramref name="a"/>.</summary>
    /// <param name="a">The number of choices.</param>
    /// <param name="replace">Selects numpy's method; both draw one number alike, but not the same one.</param>
    /// <param name="p">The probability of each; equal by default.</param>
    /// <exception cref="ValueError">There is nothing to choose from, or the probabilities are invalid.</exception>
    [OverloadResolutionPriority(1)]
    public int choice(int a, bool replace = true, NDArray? p = null) => (int)choice(a, size: null, replace, p);

    /// <summary>One of these.</summary>
    /// <exception cref="ValueError">There is nothing to choose from, or the probabilities are invalid.</exception>
    [OverloadResolutionPriority(1)]
    public T choice<T>(IReadOnlyList<T> a, bool replace = true, NDArray? p = null) => a[choice(a.Count, replace, p)];

    /// <summary>Some of these strings.</summary>
    /// <exception cref="ValueError">There are too few, or the probabilities are none.</exception>
    public Strings choice(Strings a, Shape size, bool replace = true, NDArray? p = null, bool shuffle = true) =>
        a.OfNumpy().At(choice((NDArray)(long)a.Count, size, replace, p, shuffle));

    /// <summary>Rows of an array, chosen at random; for a single number n, numbers below it.</summary>
    /// <param name="a">The array, or n.</param>
    /// <param name="size">The shape of the result; one row by default.</param>
    /// <param name="replace">Whether one may be chosen more than once.</param>
    /// <param name="p">The probability of each; equal by default.</param>
    /// <param name="shuffle">Whether a choice without replacement comes in random order.</param>
    /// <exception cref="ValueError">There are too few rows, or the probabilities are invalid.</exception>
    public NDArray choice(NDArray a, Shape? size = null, bool replace = true, NDArray? p = null, bool shuffle = true) =>
        Chosen(a, size, replace, p, shuffle, rows: true);

    /// <summary>A copy in which each line along an axis is shuffled by itself; without an axis all elements are shuffled.</summary>
    public NDArray permuted(NDArray x, int? axis = null)
    {
        if (axis is not { } along) return x.ravel()[Permutation(x.size)].reshape(x.shape);
        var lines = Python.np.moveaxis(x, along, -1);
        int length = lines.shape[^1];
        var order = new long[lines.size];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        for (int at = 0; at < order.Length; at += length) Shuffle(order.AsSpan(at, length));
        return Python.np.moveaxis(lines.ravel()[new NDArray(order)].reshape(lines.shape), -1, along);
    }

    private protected override uint NextUInt32()
    {
        if (_half is { } kept)
        {
            _half = null;
            return kept;
        }
        ulong word = NextUInt64();
        _half = (uint)(word >> 32);
        return (uint)word;
    }

    private protected override ulong NextUInt64()
    {
        Step();
        return ulong.RotateRight((ulong)(_state >> 64) ^ (ulong)_state, (int)(_state >> 122));
    }

    private protected override void Units(Span<double> values)
    {
        foreach (ref double value in values) value = Unit();
    }

    private void Singles(Span<double> values)
    {
        foreach (ref double value in values) value = (NextUInt32() >> 8) * (1 / 16777216f);
    }

    private protected override void Gausses(Span<double> values)
    {
        Func<ulong> word = NextUInt64;
        Func<double> unit = Unit;
        foreach (ref double value in values) value = Ziggurat.Normal(word, unit);
    }

    private protected override double Unit() => (NextUInt64() >> 11) * (1 / 9007199254740992.0);

    private protected override double Gauss() => Ziggurat.Normal(NextUInt64, Unit);

    private protected override double Exponential() => Ziggurat.Exponential(NextUInt64, Unit);

    private protected override double Rayleigh() => Math.Sqrt(2 * Exponential());

    private protected override double ExpLessOne(double x) => NDArray.Near0.ExpLessOne(x);

    private protected override double LogOfLess(double p) => NDArray.Near0.LogOfOnePlus(-p);

    private protected override bool IsAllButNormal(double kappa) => kappa > 1e6;

    private protected override long Hypergeometric(long good, long bad, long sample) =>
        Random.Hypergeometric.Of(good, bad, sample, Unit, last => last <= uint.MaxValue ? Masked((uint)last) : Masked(last));

    private protected override NDArray Correlated(NDArray drawn, NDArray u, NDArray roots, NDArray v) =>
        Python.np.dot(drawn, (u * roots).T);

    private protected override double Geometric(double p) => p >= 0.333333333333333333333333 ? Searched(p)
        : Math.Ceiling(-Exponential() / NDArray.Near0.LogOfOnePlus(-p));

    private protected override uint Bounded(uint range)
    {
        uint count = range + 1;
        ulong product = (ulong)NextUInt32() * count;
        if ((uint)product < count)
        {
            uint threshold = (uint.MaxValue - range) % count;
            while ((uint)product < threshold) product = (ulong)NextUInt32() * count;
        }
        return (uint)(product >> 32);
    }

    private protected override ulong Bounded(ulong range)
    {
        ulong count = range + 1, high = Math.BigMul(NextUInt64(), count, out ulong low);
        if (low < count)
        {
            ulong threshold = (ulong.MaxValue - range) % count;
            while (low < threshold) high = Math.BigMul(NextUInt64(), count, out low);
        }
        return high;
    }

    private protected override ushort Bounded(ushort range, int bits, ref Pieces pieces)
    {
        uint all = (1u << bits) - 1, count = range + 1u, product = pieces.Next() * count;
        if ((product & all) < count)
        {
            uint threshold = (all - range) % count;
            while ((product & all) < threshold) product = pieces.Next() * count;
        }
        return (ushort)(product >> bits);
    }

    private protected override int[] Sample(int n, int k, bool shuffle)
    {
        const int many = 10000;
        lock (Turn)
        {
            if (n > many && k > n / (shuffle ? 50 : 20))
            {
                int[] all = [.. Enumerable.Range(0, n)];
                ShuffleTail(all, Math.Max(n - k, 1));
                return all[(n - k)..];
            }
            var seen = new HashSet<int>();
            var drawn = new int[k];
            for (int i = 0, last = n - k; i < k; i++, last++)
            {
                int value = last == 0 ? 0 : (int)Bounded((uint)last);
                drawn[i] = seen.Add(value) ? value : last;
                seen.Add(drawn[i]);
            }
            if (shuffle) ShuffleTail(drawn, 1);
            return drawn;
        }
    }

    private void ShuffleTail(int[] items, int first)
    {
        for (int i = items.Length - 1; i >= first; i--)
        {
            int j = (int)Bounded((uint)i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private protected override void KeepState(TrainingState state)
    {
        state.Keep("pcg64", ref _state);
        state.Keep("half", ref _half);
    }

    private void Step() => _state = unchecked(_state * s_multiplier + _increment);
}
