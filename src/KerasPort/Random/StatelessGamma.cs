namespace KerasPort.Random;

/// <summary>
/// TensorFlow's stateless gamma distribution and those made from it, in double, rounded at the end. Each value has 256 blocks of words.
/// Source: Marsaglia and Tsang, A simple method for generating gamma variables (2000).
/// <code>
/// >>> keras.random.gamma((2,), 0.5, seed=1)
/// [0.00154724, 1.22207]
/// </code>
/// </summary>
internal static class StatelessGamma
{
    private const ulong BlocksOfValue = 256;
    private const float Least = 1.17549435e-38f;    // the smallest normal float

    /// <summary>Values [samples, distributions] of gamma distributions with these shapes, drawn distribution by distribution.</summary>
    public static void Gamma(Philox words, ReadOnlySpan<float> alpha, Span<float> values)
    {
        int samples = values.Length / alpha.Length;
        for (int i = 0; i < values.Length; i++) values[i % samples * alpha.Length + i / samples] = Value(words, alpha[i / samples], i);
    }

    /// <summary>Values of beta distributions: the share of a first gamma value in its sum with a second.</summary>
    /// <param name="seeds">The pair of seeds; the second distribution's is 12 more.</param>
    /// <param name="alpha">The first shapes, or the only one.</param>
    /// <param name="beta">The second ones.</param>
    /// <param name="values">The result.</param>
    public static void Beta((long First, long Second) seeds, ReadOnlySpan<float> alpha, ReadOnlySpan<float> beta, Span<float> values)
    {
        const long apart = 12;
        Philox words = Philox.Stateless(seeds.First, seeds.Second), others = Philox.Stateless(seeds.First + apart, seeds.Second + apart);
        for (int i = 0; i < values.Length; i++)
        {
            float first = Value(words, alpha[alpha.Length == 1 ? 0 : i], i);
            values[i] = first / (first + Value(others, beta[beta.Length == 1 ? 0 : i], i));
        }
    }

    private static float Value(Philox words, float alpha, int i)
    {
        words.Seek((ulong)i * BlocksOfValue);
        return MathF.Max((float)One(new Doubles(words), alpha), Least);
    }

    private static double One(Doubles random, double alpha)
    {
        if (alpha == 1) return -StatelessCounts.LogOfOneLess(random.NextUnit());
        bool isSmall = alpha < 1;
        double d = alpha + (isSmall ? 2.0 / 3 : -1.0 / 3), c = 1.0 / 3 / Math.Sqrt(d);
        while (true)
        {
            double x = random.NextNormal(), v = 1 + c * x;
            if (v <= 0) continue;
            v = v * v * v;
            double u = random.NextUnit();
            if (!(u < 1 - 0.0331 * (x * x) * (x * x)) && !(Math.Log(u) < 0.5 * x * x + d * (1 - v + Math.Log(v)))) continue;
            double value = d * v;
            return isSmall ? value * Math.Pow(random.NextUnit(), 1 / alpha) : value;
        }
    }
}

/// <summary>Doubles from a generator's words: two a block, the last one first.</summary>
internal struct Doubles(Philox words)
{
    private Philox _words = words;
    private double _unit, _normal;
    private bool _hasUnit, _hasNormal;

    /// <summary>The next in [0, 1).</summary>
    public double NextUnit()
    {
        if (_hasUnit)
        {
            _hasUnit = false;
            return _unit;
        }
        (_unit, double last) = (Unit(_words.NextUInt32(), _words.NextUInt32()), Unit(_words.NextUInt32(), _words.NextUInt32()));
        _hasUnit = true;
        return last;
    }

    /// <summary>The next of a standard normal distribution.</summary>
    public double NextNormal()
    {
        if (_hasNormal)
        {
            _hasNormal = false;
            return _normal;
        }
        double radius = Math.Max(Unit(_words.NextUInt32(), _words.NextUInt32()), 1e-7), angle = 2 * Math.PI * Unit(_words.NextUInt32(), _words.NextUInt32());
        double length = Math.Sqrt(-2 * Math.Log(radius));
        (_normal, _hasNormal) = (Math.Sin(angle) * length, true);
        return Math.Cos(angle) * length;
    }

    /// <summary>Two words as a double in [0, 1): 52 of their bits.</summary>
    public static double Unit(uint high, uint low) => BitConverter.UInt64BitsToDouble(1023UL << 52 | (ulong)(high & 0xfffff) << 32 | low) - 1;
}
