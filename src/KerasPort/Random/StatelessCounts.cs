namespace KerasPort.Random;

/// <summary>TensorFlow's stateless binomial and categorical distributions on the words of a generator, in double.</summary>
internal static class StatelessCounts
{
    // The blocks of words reserved for each value, by the two methods: few and many expected successes.
    private const ulong BlocksOfFew = 42, BlocksOfMany = 256;

    // log k! less Stirling's approximation of it.
    private static readonly double[] s_tails =
    [
        0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509, 0.0166446911898211,
        0.0138761288230707, 0.0118967099458917, 0.0104112652619720, 0.00925546218271273, 0.00833056343336287,
    ];

    /// <summary>Numbers of successes [samples, distributions], drawn distribution by distribution.</summary>
    /// <param name="words">The generator.</param>
    /// <param name="counts">Trials of each distribution.</param>
    /// <param name="probabilities">The probability of a success of each.</param>
    /// <param name="values">The result.</param>
    public static void Binomial(Philox words, ReadOnlySpan<float> counts, ReadOnlySpan<float> probabilities, Span<float> values)
    {
        int samples = values.Length / counts.Length;
        for (int i = 0; i < values.Length; i++)
        {
            double count = counts[i / samples], probability = probabilities[i / samples];
            double rarer = probability <= 0.5 ? probability : 1 - probability;
            bool isMany = count * rarer >= 10;
            words.Seek((ulong)i * (isMany ? BlocksOfMany : BlocksOfFew));
            var random = new Doubles(words);
            double successes = isMany ? Rejected(ref random, count, rarer) : Inverted(ref random, count, rarer);
            values[i % samples * counts.Length + i / samples] = (float)(probability <= 0.5 ? successes : count - successes);
        }
    }

    /// <summary>Categories drawn from the probabilities of each row of logits, as many a row as values has columns.</summary>
    public static void Categorical(Philox words, float[] logits, int rows, Span<long> values)
    {
        int categories = logits.Length / rows, samples = values.Length / rows;
        double[] sums = new double[categories];
        for (int row = 0; row < rows; row++)
        {
            var of = logits.AsSpan(row * categories, categories);
            double most = double.NegativeInfinity, sum = 0;
            foreach (float logit in of)
                if (float.IsFinite(logit)) most = Math.Max(most, logit);
            for (int i = 0; i < categories; i++) sums[i] = sum += float.IsFinite(of[i]) ? Math.Exp(of[i] - most) : 0;
            for (int i = 0; i < samples; i++)
            {
                double sought = Doubles.Unit(words.NextUInt32(), words.NextUInt32()) * sum;
                int category = 0;
                while (category < categories && sums[category] <= sought) category++;
                values[row * samples + i] = category;
            }
        }
    }

    /// <summary>Binomial by inversion: adds up geometric numbers of trials until they exceed the count.</summary>
    private static double Inverted(ref Doubles random, double count, double probability)
    {
        double trials = 0, rate = LogOfOneLess(probability);
        for (int successes = 0; ; successes++)
        {
            trials += Math.Ceiling(Math.Log(random.NextUnit()) / rate);
            if (!(trials <= count)) return successes;
        }
    }

    /// <summary>Source: Hörmann, The generation of binomial random variates (1993), algorithm BTRS.</summary>
    private static double Rejected(ref Doubles random, double count, double probability)
    {
        double deviation = Math.Sqrt(count * probability * (1 - probability)), b = 1.15 + 2.53 * deviation, a = -0.0873 + 0.0248 * b + 0.01 * probability;
        double middle = count * probability + 0.5, limit = 0.92 - 4.2 / b, odds = probability / (1 - probability), alpha = (2.83 + 5.1 / b) * deviation;
        double mode = Math.Floor((count + 1) * probability);
        while (true)
        {
            double u = random.NextUnit(), v = random.NextUnit();
            u -= 0.5;
            double rest = 0.5 - Math.Abs(u), k = Math.Floor((2 * a / rest + b) * u + middle);
            if (rest >= 0.07 && v <= limit) return k;
            if (k < 0 || k > count) continue;
            v = Math.Log(v * alpha / (a / (rest * rest) + b));
            double bound = (mode + 0.5) * Math.Log((mode + 1) / (odds * (count - mode + 1))) + (count + 1) * Math.Log((count - mode + 1) / (count - k + 1))
                + (k + 0.5) * Math.Log(odds * (count - k + 1) / (k + 1)) + Tail(mode) + Tail(count - mode) - Tail(k) - Tail(count - k);
            if (v <= bound) return k;
        }
    }

    private static double Tail(double k)
    {
        if (k <= 9) return s_tails[(int)k];
        double square = (k + 1) * (k + 1);
        return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / (k + 1);
    }

    /// <summary>log(1 - p), exact for small p too. Source: Kahan's log1p.</summary>
    internal static double LogOfOneLess(double p)
    {
        double rest = 1 - p;
        return rest == 1 ? -p : Math.Log(rest) * -p / (rest - 1);
    }
}
