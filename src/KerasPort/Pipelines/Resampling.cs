using KerasPort.Random;

namespace KerasPort.Pipelines;

/// <summary>
/// The parts of <c>rejection_resample</c>: the probability with which each class is accepted, so that its share becomes the wanted one, and with which an
/// element is taken unconditionally instead. Source: tensorflow/python/data/ops/rejection_resample_op.py.
/// </summary>
internal static class Resampling
{
    /// <summary>The elements with their classes, in the wanted shares.</summary>
    /// <param name="input">The elements.</param>
    /// <param name="classOf">Gives the class of an element.</param>
    /// <param name="target">The share that each class is to have.</param>
    /// <param name="initial">The share that each class has; <c>null</c> to count as elements come.</param>
    /// <param name="seed">The seed.</param>
    public static Dataset Of(Dataset input, Func<Tensor, int> classOf, float[] target, float[]? initial, long? seed)
    {
        var labelled = new MapDataset(input, x => Tensor.Several([Tensor.Holding(classOf(x), DType.int32), x]), parallel: 1, what: null);
        if (initial is not null && Accepted(initial, target).Original is var share && share is 0 or 1) return share == 1 ? labelled : Let(Shares(null));
        // Both branches read the input separately, as in TensorFlow.
        return new ChooseDataset([labelled, Let(Shares(input))], new DrawnChoices(Python.tf.data.Dataset.random(seed), Shares(input).Map("weights", now =>
        {
            double original = Accepted(now.numpy().ToFloats(), target).Original;
            return new NDArray(new[] { original, 1 - (float)original });
        }, parallel: 1)), stopsOnEmpty: true);

        Dataset Shares(Dataset? counted) => initial is not null ? new TensorDataset((NDArray)initial).repeat()
            : new ShareDataset(counted!, classOf, target.Length);

        Dataset Let(Dataset shares) => new LetDataset(labelled, shares, now => Accepted(now, target).Each, seed).prefetch(3);
    }

    private static (float[] Each, float Original) Accepted(float[] initial, float[] target)
    {
        const float tiny = 1.17549435e-38f;
        float[] ratios = [.. target.Zip(initial, (wanted, there) => wanted / (there + tiny))];
        float least = ratios.Min(), most = ratios.Max();
        return (Array.ConvertAll(ratios, ratio => (ratio - least) / (most - least)), least);
    }
}

/// <summary>The share of each class among the elements so far plus ten of each class, updated and given 32 times every 32 elements.</summary>
internal sealed class ShareDataset(Dataset input, Func<Tensor, int> classOf, int classes) : Dataset(input)
{
    private const int Together = 32, Smoothing = 10;

    internal override long Count => Unknown;

    internal override bool IsForeign => true;

    internal override TensorSpec Spec => new(classes);

    internal override string Describe() => "shares of classes";

    internal override IEnumerator<Tensor> Open()
    {
        long[] seen = [.. Enumerable.Repeat((long)Smoothing, classes)];
        using var elements = input.Open();
        for (bool isMore = true; isMore;)
        {
            int count = 0;
            for (; count < Together && (isMore = elements.MoveNext()); count++)
                if (classOf(elements.Current) is var at && (uint)at < (uint)classes) seen[at]++;
            if (count == 0) break;
            double all = seen.Sum();
            Tensor share = new NDArray(Array.ConvertAll(seen, one => (float)(one / all)));
            for (int i = 0; i < Together; i++) yield return share;
        }
    }
}

/// <summary>The elements with their classes that pass a random test of their class's probability.</summary>
internal sealed class LetDataset(Dataset labelled, Dataset shares, Func<float[], float[]> accepted, long? seed) : Dataset(labelled, shares)
{
    private const long BlocksOfValue = 256;     // see OperationRandom

    private readonly DatasetSeeds _seeds = new(seed);

    internal override long Count => Unknown;

    internal override TensorSpec? Spec => labelled.Spec;

    internal override string? WhyNotAgain => _seeds.AreGiven ? null : "rejection_resample has no seed: give it one";

    internal override string Describe() => $"rejection_resample({_seeds})";

    internal override IEnumerator<Tensor> Open()
    {
        using var chances = shares.Open();
        using var elements = labelled.Open();
        var words = _seeds.Words(0, anew: false);
        for (ulong drawn = 0; chances.MoveNext() && elements.MoveNext(); drawn++)
        {
            var element = elements.Current;
            words.Seek(drawn * BlocksOfValue);
            if (words.NextUnit() < accepted(chances.Current.numpy().ToFloats())[(int)element.Parts![0]]) yield return element;
        }
    }
}

/// <summary>The elements for which a map's function doesn't throw.</summary>
internal sealed class WithoutErrorsDataset(MapDataset input, bool logs) : Dataset(input)
{
    internal override long Count => Unknown;

    internal override TensorSpec? Spec => input.Spec;

    internal override string Describe() => "ignore_errors";

    internal override IEnumerator<Tensor> Open()
    {
        using var elements = input.Open();
        while (Next(elements)) yield return elements.Current;
    }

    private bool Next(IEnumerator<Tensor> elements)
    {
        while (true)
        {
            try
            {
                return elements.MoveNext();
            }
            catch (Exception e) when (e is KerasException or IOException or ArgumentException or FormatException or InvalidOperationException)
            {
                if (logs) Console.Error.WriteLine($"Error raised with error message {e.Message}");
            }
        }
    }
}
