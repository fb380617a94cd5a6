namespace KerasPort.Random;

/// <summary>TensorFlow's stateless random ops on the words of a generator, every operation rounded to float32.</summary>
internal static class Stateless
{
    /// <summary>Uniform in [min, max): u * (max - min) + min.</summary>
    public static void Uniform(Philox words, double min, double max, Span<float> values)
    {
        float start = (float)min, range = (float)max - start;
        for (int i = 0; i < values.Length; i++)
        {
            float scaled = words.NextUnit() * range;    // a statement of its own, so that no fused multiply-add merges the two roundings
            values[i] = scaled + start;
        }
    }

    /// <summary>Normal with that mean and deviation, two values at a time.</summary>
    public static void Normal(Philox words, double mean, double deviation, Span<float> values)
    {
        for (int i = 0; i < values.Length; i += 2)
        {
            var (first, second) = Pair(words.NextUInt32(), words.NextUInt32());
            values[i] = Moved(first, mean, deviation);
            if (i + 1 < values.Length) values[i + 1] = Moved(second, mean, deviation);
        }
    }

    /// <summary>Normal with that mean and deviation; values beyond two deviations are drawn again. Each group of four values has 256 blocks of words.</summary>
    public static void TruncatedNormal(Philox words, double mean, double deviation, Span<float> values)
    {
        const int group = 4, blocks = 256;
        ulong first = words.NextBlock;
        for (int start = 0, kept = 0; start < values.Length; start += group, kept = 0)
        {
            words.Seek(first + (ulong)(start / group) * blocks);
            int wanted = Math.Min(group, values.Length - start);
            while (kept < wanted)
            {
                var (one, other) = Pair(words.NextUInt32(), words.NextUInt32());
                if (Math.Abs(one) < 2) values[start + kept++] = Moved(one, mean, deviation);
                if (kept < wanted && Math.Abs(other) < 2) values[start + kept++] = Moved(other, mean, deviation);
            }
        }
    }

    /// <summary>
    /// Two values of the standard normal distribution from two words. Source: Box and Muller, A note on the generation of random normal
    /// deviates (1958).
    /// </summary>
    public static (float, float) Pair(uint word0, uint word1)
    {
        float radius = MathF.Max(Philox.Unit(word0), 1e-7f), angle = (float)(2 * Math.PI * Philox.Unit(word1));
        float length = MathF.Sqrt(-2 * GlibcMath.Log(radius));
        var (sin, cos) = GlibcMath.SinCos(angle);
        return (sin * length, cos * length);
    }

    private static float Moved(float value, double mean, double deviation)
    {
        float scaled = value * (float)deviation;
        return scaled + (float)mean;
    }
}
