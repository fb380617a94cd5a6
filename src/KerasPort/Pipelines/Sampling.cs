using System.Globalization;
using KerasPort.Random;

namespace KerasPort.Pipelines;

/// <summary>The pair of seeds of a random data set, <c>tf.data</c>'s <c>get_seed</c>.</summary>
internal readonly struct DatasetSeeds
{
    // TensorFlow's global seed where only the data set has a seed.
    private const long NoGlobalSeed = 87654321;

    private readonly (long First, long Second) _pair;

    /// <param name="seed">The data set's own; <c>null</c> for none.</param>
    public DatasetSeeds(long? seed)
    {
        long? global = Seeds.Global;
        AreGiven = global is not null || seed is not null;
        _pair = AreGiven ? (global ?? NoGlobalSeed, seed ?? Seeds.ForOperation()) : (Seeds.Entropy(), Seeds.Entropy());
        if (_pair == (0, 0)) _pair.Second = int.MaxValue;
    }

    /// <summary>Whether another run has the same pair.</summary>
    public bool AreGiven { get; }

    /// <summary>The random words of a pass; with <paramref name="anew"/> each pass has its own generator, seeded by two words of the pair's.</summary>
    public Philox Words(long pass, bool anew)
    {
        var words = Generator(_pair.First, _pair.Second);
        if (!anew) return words;
        // A pass takes two words; a block of Philox has four.
        words.Seek((ulong)pass / 2);
        if (pass % 2 == 1) _ = (words.NextUInt32(), words.NextUInt32());
        return Generator(words.NextUInt32(), words.NextUInt32());
    }

    /// <summary>The pair where another run has the same one, else "none".</summary>
    public override string ToString() => AreGiven ? string.Create(CultureInfo.InvariantCulture, $"{_pair}") : "none";

    private static Philox Generator(long first, long second) => new((uint)first, (uint)(first >> 32), (uint)second, (uint)(second >> 32));
}

/// <summary>
/// Random whole numbers of 32 bits without an end, <c>tf.data.Dataset.random</c>.
/// <code>
/// >>> tf.random.set_seed(0); list(tf.data.Dataset.random(seed=4).take(2).as_numpy_iterator())
/// [1445926135, 1757110535]
/// </code>
/// </summary>
internal sealed class RandomDataset(long? seed, bool anew) : Dataset, INumberedPasses
{
    private readonly DatasetSeeds _seeds = new(seed);

    /// <inheritdoc/>
    public long Passes { get; set; }

    internal override long Count => Infinite;

    internal override TensorSpec Spec => new([], DType.int64);

    internal override string? WhyNotAgain => _seeds.AreGiven ? null : "random has no seed: give it one, or call keras.utils.set_random_seed before";

    internal override string Describe() => $"random({_seeds}, {anew})";

    internal override void Touch() => Passes++;

    internal override IEnumerator<Tensor> Open() => Drawn(_seeds.Words(Passes++, anew));

    private static IEnumerator<Tensor> Drawn(Philox words)
    {
        while (true) yield return (NDArray)(long)words.NextUInt32();
    }
}

/// <summary>The number of the next data set, drawn by weights: each draw is an operation seeded by two random numbers.</summary>
/// <param name="seeds">Random numbers.</param>
/// <param name="weights">The weights, as many elements as there are draws.</param>
internal sealed class DrawnChoices(Dataset seeds, Dataset weights) : Dataset(seeds, weights)
{
    internal override long Count => weights.Count;

    internal override TensorSpec Spec => new([], DType.int64);

    internal override string Describe() => "choices by weights";

    internal override IEnumerator<Tensor> Open()
    {
        using var numbers = seeds.Open();
        using var all = weights.Open();
        Tensor? before = null;
        double[] sums = [];
        while (all.MoveNext() && numbers.MoveNext())
        {
            if (all.Current != before) sums = Sums((before = all.Current).numpy().ToDoubles());
            long first = (long)numbers.Current.numpy();
            numbers.MoveNext();
            var words = Philox.Stateless(first, (long)numbers.Current.numpy());
            ulong high = words.NextUInt32() & 0xfffff, low = words.NextUInt32();
            double unit = BitConverter.UInt64BitsToDouble(1023UL << 52 | high << 32 | low) - 1, place = unit * sums[^1];
            yield return (NDArray)(long)Array.FindIndex(sums, sum => sum > place);
        }
    }

    // TensorFlow takes logarithms in float32 and subtracts the largest.
    private static double[] Sums(double[] weights)
    {
        float[] logits = Array.ConvertAll(weights, weight => MathF.Log((float)weight));
        float most = logits.Max();
        double sum = 0;
        return Array.ConvertAll(logits, logit => sum += Math.Exp((double)(logit - most)));
    }
}
