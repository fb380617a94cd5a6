using KerasPort.Saving;

namespace KerasPort.Random;

/// <summary>
/// numpy's <c>RandomState</c>: Mersenne Twister, normals by Marsaglia's polar method, whole numbers by masked rejection. <c>np.random</c> is one.
/// <code>
/// >>> np.random.RandomState(0).rand(2), np.random.RandomState(0).randint(0, 10, 5)
/// (array([0.5488135 , 0.71518937]), array([5, 0, 3, 3, 7]))
/// </code>
/// </summary>
public class RandomState : NumpyRandom
{
    private MersenneTwister _words;
    private double? _kept;       // the second of the last pair of normals, until it is taken

    /// <summary>A generator with that seed, or one that differs each time.</summary>
    /// <exception cref="ValueError">The seed isn't from 0 to 2**32 - 1.</exception>
    internal RandomState(long? seed = null) => _words = Words(seed);

    /// <summary>The generator of <c>np.random</c>.</summary>
    internal static RandomState Global => Python.np.random;

    /// <summary>Restarts the generator with that seed, or with one that differs each time.</summary>
    /// <exception cref="ValueError">The seed isn't from 0 to 2**32 - 1.</exception>
    public void seed(long? seed = null)
    {
        lock (Turn) (_words, _kept) = (Words(seed), null);
    }

    /// <summary>
    /// The state, for <c>set_state</c>: <c>MT19937</c>, its 624 words, the index of the next one, whether a normal number is kept, and that number.
    /// </summary>
    public (string, NDArray, int, int, double) get_state()
    {
        lock (Turn)
        {
            var (words, next) = _words.State();
            return ("MT19937", NDArray.Of(words, words.Length), next, _kept is null ? 0 : 1, _kept ?? 0);
        }
    }

    /// <summary>Sets the state, so that the generator continues from there.</summary>
    /// <exception cref="ValueError">It isn't a state of such a generator.</exception>
    public void set_state((string, NDArray, int, int, double) state)
    {
        var words = state.Item1 == "MT19937" ? MersenneTwister.OfState(Array.ConvertAll(state.Item2.ToLongs(), w => (uint)w), state.Item3) : null;
        lock (Turn)
            (_words, _kept) = (words ?? throw new ValueError("set_state takes what get_state gave: ('MT19937', 624 words, a place, 0 or 1, a number). "
                + $"Received: {PythonText.Repr(state.Item1)}, {state.Item2.size} words, {state.Item3}"), state.Item4 != 0 ? state.Item5 : null);
    }

    /// <summary>A whole number from 0 to 2**63 - 1.</summary>
    public long tomaxint() => (long)tomaxint([]);

    /// <summary>Whole numbers from 0 to 2**63 - 1.</summary>
    public NDArray tomaxint(Shape size)
    {
        int[] shape = Sized(size);
        var values = new long[Shape.Of(shape).Size];
        lock (Turn) foreach (ref long value in values.AsSpan()) value = (long)(NextUInt64() >> 1);
        return new NDArray(values, (ArrayShape)shape);
    }

    /// <summary>Whole numbers from low to high, inclusive; with one argument from 1 to it.</summary>
    /// <exception cref="ValueError">The range is empty.</exception>
    public NDArray random_integers(long low, long? high = null, Shape? size = null) => randint(high is null ? 1 : low, (high ?? low) + 1, size);

    /// <summary>A number in [0, 1).</summary>
    public double rand() => NextDouble();

    /// <summary>Numbers in [0, 1), in an array of this shape and float64.</summary>
    /// <exception cref="ValueError">A dimension is negative.</exception>
    public NDArray rand(params ReadOnlySpan<int> dimensions) => Filled(Shape.Of(dimensions), Units);

    /// <summary>A number of the standard normal distribution.</summary>
    public double randn() => standard_normal();

    /// <summary>Numbers of the standard normal distribution, in an array of this shape and float64.</summary>
    /// <exception cref="ValueError">A dimension is negative.</exception>
    public NDArray randn(params ReadOnlySpan<int> dimensions) => Filled(Shape.Of(dimensions), Gausses);

    /// <summary>A number in [0, 1).</summary>
    public double random() => NextDouble();

    /// <summary>Numbers in [0, 1), in float64.</summary>
    /// <exception cref="ValueError">A dimension is negative.</exception>
    public NDArray random(Shape size) => Filled(size, Units);

    /// <inheritdoc cref="random(Shape)"/>
    public NDArray sample(Shape size) => Filled(size, Units);

    /// <inheritdoc cref="random(Shape)"/>
    public NDArray ranf(Shape size) => Filled(size, Units);

    /// <inheritdoc cref="random()"/>
    public double random_sample() => NextDouble();

    /// <inheritdoc cref="random(Shape)"/>
    public NDArray random_sample(Shape size) => Filled(size, Units);

    /// <summary>A whole number from <paramref name="low"/> on, below <paramref name="high"/>; with one argument from 0 on, below it.</summary>
    /// <exception cref="ValueError">The range is empty.</exception>
    [OverloadResolutionPriority(1)]
    public int randint(int low, int? high = null) => (int)randint(low, high, size: []);

    /// <inheritdoc cref="randint(int, int?)"/>
    [OverloadResolutionPriority(1)]
    public long randint(long low, long? high = null) => (long)randint(low, high, size: []);

    /// <summary>Whole numbers from <paramref name="low"/> on, below <paramref name="high"/>; with one argument from 0 on, below it.</summary>
    /// <param name="low">The least; alone, the upper limit.</param>
    /// <param name="high">The upper limit, which is not drawn.</param>
    /// <param name="size">The shape of the result; a single number by default.</param>
    /// <param name="dtype">int64 by default; any other type of whole numbers, or bool.</param>
    /// <exception cref="ValueError">The range is empty, or the type does not hold it.</exception>
    public NDArray randint(long low, long? high = null, Shape? size = null, DType? dtype = null)
    {
        long from = high is null ? 0 : low, below = high ?? low;
        if (from >= below) throw new ValueError(from == 0 ? $"high <= 0. Received: high={below}" : $"low >= high. Received: low={from}, high={below}");
        return Integers(from, (Int128)below - 1, size, dtype ?? DType.int64);
    }

    /// <summary>One of the numbers from 0 on, below <paramref name="a"/>.</summary>
    /// <param name="a">The number of choices.</param>
    /// <param name="replace">Has no effect on a single number.</param>
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
    public Strings choice(Strings a, Shape size, bool replace = true, NDArray? p = null) =>
        a.OfNumpy().At(choice((NDArray)(long)a.Count, size, replace, p));

    /// <summary>Elements of a vector, chosen at random; for a single number n, numbers below it.</summary>
    /// <param name="a">The vector, or n.</param>
    /// <param name="size">The shape of the result; one element by default.</param>
    /// <param name="replace">Whether one may be chosen more than once.</param>
    /// <param name="p">The probability of each; equal by default.</param>
    /// <exception cref="ValueError">There are too few elements, or the probabilities are invalid.</exception>
    public NDArray choice(NDArray a, Shape? size = null, bool replace = true, NDArray? p = null) => Chosen(a, size, replace, p, shuffle: true);

    private protected override uint NextUInt32() => _words.NextUInt32();

    private protected override ulong NextUInt64() => (ulong)_words.NextUInt32() << 32 | _words.NextUInt32();

    private protected override void Units(Span<double> values)
    {
        foreach (ref double value in values) value = NextUnit();
    }

    private protected override double Unit() => NextUnit();

    private double NextUnit()
    {
        uint high = _words.NextUInt32() >> 5, low = _words.NextUInt32() >> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    private protected override void Gausses(Span<double> values)
    {
        foreach (ref double value in values) value = NextGauss();
    }

    private protected override double Gauss() => NextGauss();

    private double NextGauss()
    {
        if (_kept is { } second)
        {
            _kept = null;
            return second;
        }
        double x, y, square;
        do
        {
            x = 2 * NextUnit() - 1;
            y = 2 * NextUnit() - 1;
            square = x * x + y * y;
        }
        while (square is >= 1 or 0);
        double factor = Math.Sqrt(-2 * Math.Log(square) / square);
        _kept = factor * x;
        return factor * y;
    }

    private protected override double Exponential() => -Math.Log(1 - NextUnit());

    private protected override double Rayleigh() => Math.Sqrt(-2 * Math.Log(1 - NextUnit()));

    private protected override double ExpLessOne(double x) => Math.Exp(x) - 1;

    private protected override double LogOfLess(double p) => Math.Log(1 - p);

    private protected override bool IsAllButNormal(double kappa) => false;

    private protected override long Hypergeometric(long good, long bad, long sample) => Random.Hypergeometric.Old(good, bad, sample, Unit);

    private protected override NDArray Correlated(NDArray drawn, NDArray u, NDArray roots, NDArray v) =>
        Python.np.dot(drawn, roots.reshape(-1, 1) * v);

    private protected override double Geometric(double p) => p >= 1.0 / 3 ? Searched(p) : Math.Ceiling(Math.Log(1 - NextUnit()) / Math.Log(1 - p));

    private protected override uint Bounded(uint range)
    {
        uint mask = Mask(range), value;
        do value = _words.NextUInt32() & mask; while (value > range);
        return value;
    }

    private protected override void Fill(Span<long> values, long low, uint range) => _words.Fill(values, low, range);

    private protected override ulong Bounded(ulong range) => Masked(range);

    private protected override ushort Bounded(ushort range, int bits, ref Pieces pieces)
    {
        ushort mask = (ushort)Mask(range), value;
        do value = (ushort)(pieces.Next() & mask); while (value > range);
        return value;
    }

    private protected override int[] Sample(int n, int k, bool shuffle) => Permutation(n)[..k];

    private static MersenneTwister Words(long? seed) => seed switch
    {
        null => MersenneTwister.OfWord(BitConverter.ToUInt32(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4))),
        < 0 or > uint.MaxValue => throw new ValueError($"Seed must be between 0 and 2**32 - 1. Received: seed={seed}"),
        _ => MersenneTwister.OfWord((uint)seed),
    };

    private protected override bool IsKept => this == Global;

    // A state that the checkpoint does not hold stays as it is.
    private protected override void KeepState(TrainingState state)
    {
        bool? there = true;
        state.Keep("numpy", ref there);
        if (there is null) return;
        _words.Keep(state);
        state.Keep("normal", ref _kept);
    }
}
