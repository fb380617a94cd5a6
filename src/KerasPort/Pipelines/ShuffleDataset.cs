using System.Globalization;
using KerasPort.Random;

namespace KerasPort.Pipelines;

/// <summary>
/// Elements drawn from a ring buffer of the next ones, as TensorFlow's <c>ShuffleDatasetV3</c>: two words of the seeds' generator seed the generator of
/// each pass, whose words pick the elements.
/// <code>
/// >>> tf.random.set_seed(0); list(tf.data.Dataset.range(20).shuffle(20, seed=5).as_numpy_iterator())[:4]
/// [5, 16, 17, 10]
/// </code>
/// </summary>
internal sealed class ShuffleDataset : Dataset, INumberedPasses
{
    private readonly Dataset _input;
    private readonly int _size;
    private readonly bool _reshuffles;
    private readonly DatasetSeeds _seeds;

    public ShuffleDataset(Dataset input, int size, long? seed, bool reshuffles) : base(input)
    {
        (_input, _size, _reshuffles, _seeds) = (input, size, reshuffles, new(seed));
    }

    /// <inheritdoc/>
    public long Passes { get; set; }

    internal override long Count => _input.Count;

    internal override string? WhyNotAgain =>
        _seeds.AreGiven ? null : "shuffle has no seed: give it one, shuffle(buffer_size, seed: 1), or call keras.utils.set_random_seed before";

    internal override string Describe() => string.Create(CultureInfo.InvariantCulture, $"shuffle({_size}, {_seeds}, {_reshuffles})");

    // A pass opens the input only when its first element is asked for.
    internal override void Touch() => Passes++;

    internal override IEnumerator<Tensor> Open()
    {
        var words = _seeds.Words(Passes++, _reshuffles);
        return Shuffled(words, _input.Open());
    }

    private IEnumerator<Tensor> Shuffled(Philox words, IEnumerator<Tensor> elements)
    {
        using (elements)
        {
            var ring = new List<Tensor?>();
            int start = 0, count = 0;
            for (bool more = true; ;)
            {
                while (more && count < _size && (more = elements.MoveNext()))
                {
                    int end = (start + count++) % _size;
                    if (end < ring.Count) ring[end] = elements.Current;
                    else ring.Add(elements.Current);
                }
                if (count == 0) yield break;
                int picked = (start + (int)(words.NextUInt32() % (uint)count)) % _size;
                var element = ring[picked]!;
                ring[picked] = ring[start];
                ring[start] = null;
                (start, count) = ((start + 1) % _size, count - 1);
                yield return element;
            }
        }
    }
}
