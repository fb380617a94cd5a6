namespace KerasPort.Random;

/// <summary>TensorFlow's stateless random ops for the seed pair (seed, 0), every operation rounded to float32.</summary>
internal static class Stateless
{
    /// <summary>Uniform in [-limit, limit): u * (max - min) + min.</summary>
    public static void Uniform(long seed, double limit, Span<float> values)
    {
        float min = (float)-limit, range = (float)limit - min;
        var words = Philox.Stateless(seed, 0);
        for (int i = 0; i < values.Length; i++)
        {
            float scaled = words.NextUnit() * range;    // on its own, lest the two roundings become one
            values[i] = scaled + min;
        }
    }

    /// <summary>Normal with that deviation, two values at a time.</summary>
    public static void Normal(long seed, double deviation, Span<float> values)
    {
        var words = Philox.Stateless(seed, 0);
        for (int i = 0; i < values.Length; i += 2)
        {
            var (first, second) = Pair(ref words);
            values[i] = first * (float)deviation;
            if (i + 1 < values.Length) values[i + 1] = second * (float)deviation;
        }
    }

    /// <summary>Normal with that deviation, values beyond two deviations drawn again. Each four values have 256 blocks of words to draw from.</summary>
    public static void TruncatedNormal(long seed, double deviation, Span<float> values)
    {
        const int group = 4, blocks = 256;
        var words = Philox.Stateless(seed, 0);
        for (int start = 0, kept = 0; start < values.Length; start += group, kept = 0)
        {
            words.Seek((ulong)(start / group) * blocks);
            int wanted = Math.Min(group, values.Length - start);
            while (kept < wanted)
            {
                var (first, second) = Pair(ref words);
                if (Math.Abs(first) < 2) values[start + kept++] = first * (float)deviation;
                if (kept < wanted && Math.Abs(second) < 2) values[start + kept++] = second * (float)deviation;
            }
        }
    }

    /// <summary>
    /// Two values of a standard normal distribution out of two words. Source: Box and Muller, A note on the generation of random normal
    /// deviates (1958).
    /// </summary>
    private static (float, float) Pair(ref Philox words)
    {
        float radius = MathF.Max(words.NextUnit(), 1e-7f), angle = (float)(2 * Math.PI * words.NextUnit());
        float length = MathF.Sqrt(-2 * MathF.Log(radius));
        return (MathF.Sin(angle) * length, MathF.Cos(angle) * length);
    }
}
