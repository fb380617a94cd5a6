using KerasPort.Pipelines;
using KerasPort.Saving;
using KerasPort.Training;

namespace KerasPort.Pictures;

/// <summary>
/// The batches of an <see cref="ImageDataGenerator"/>: endless in a <c>foreach</c> and by <see cref="next"/>, as in Python; <c>fit</c>, <c>evaluate</c>
/// and <c>predict</c> take all pictures once per epoch, by the batches' indices. Several threads read and change the pictures of a batch.
/// </summary>
public sealed class ImageFlow : Dataset, IBatchSequence
{
    private const int Ahead = 2;

    private readonly Lock _one = new();
    private readonly bool _shuffle;
    private readonly long? _seed;
    private readonly ImageDataGenerator _generator;
    private readonly (int Height, int Width) _size;
    private readonly Func<int, NDArray> _image;
    private readonly Func<int[], Tensor[]> _targets;
    private int[]? _order;
    private int _batch;
    private long _seen;

    internal ImageFlow(int count, int batchSize, bool shuffle, long? seed, ImageDataGenerator generator, (int, int) size, Func<int, NDArray> image,
        Func<int[], Tensor[]> targets)
    {
        (n, batch_size, _shuffle, _seed, _generator, _size) = (count, Positive(batchSize, "batch_size"), shuffle, seed, generator, size);
        (_image, _targets) = (image, targets);
    }

    /// <summary>The number of pictures.</summary>
    public int n { get; }

    /// <summary>The number of pictures.</summary>
    public int samples => n;

    /// <summary>Pictures per batch.</summary>
    public int batch_size { get; }

    /// <summary>The number of each class, by its name.</summary>
    public Dictionary<string, int> class_indices { get; internal init; } = [];

    /// <summary>The number of classes.</summary>
    public int num_classes => class_indices.Count;

    /// <summary>The class number of each picture.</summary>
    public NDArray classes { get; internal init; } = Array.Empty<int>();

    /// <summary>The files' paths relative to the folder.</summary>
    public IReadOnlyList<string> filenames { get; internal init; } = [];

    internal bool RepeatsInputs { get; init; }

    internal Saving? Saved { get; init; }

    internal override long Count => ((long)n + batch_size - 1) / batch_size;

    internal override bool IsForeign => _generator.IsForeign;

    internal override string? WhyNotAgain => _seed is not null ? null
        : "what np.random has drawn for an ImageDataGenerator isn't saved: give flow or flow_from_directory a `seed`, from which each batch follows";

    // With a seed, a batch depends on the number of batches before it.
    long INumberedPasses.Passes { get => _seen; set => _seen = value; }

    int IBatchSequence.Batches => (int)Count;

    bool IBatchSequence.IsForeign => IsForeign;

    string? IBatchSequence.WhyNotAgain => WhyNotAgain;

    string IBatchSequence.Content => Describe();

    /// <summary>The batch at an index in the order of the pass, as Python's <c>flow[idx]</c>.</summary>
    /// <exception cref="ValueError">There is no such batch.</exception>
    /// <exception cref="DatasetException">A file isn't a whole picture.</exception>
    public Tensor this[int idx] => Made(() =>
    {
        if (idx < 0 || idx >= Count) throw new ValueError($"Asked to retrieve element {idx}, but the Sequence has length {Count}");
        Seed();
        _order ??= NewOrder();
        return Rows(_order, idx * batch_size);
    });

    internal override string Describe() => $"pictures {string.Join(' ', filenames)}";

    /// <summary>Makes the next batch the first of a pass.</summary>
    public void reset() => _batch = 0;

    /// <summary>The next batch: pictures and targets, or pictures only.</summary>
    /// <exception cref="DatasetException">A file isn't a whole picture.</exception>
    public Tensor next() => Made(NextRows);

    /// <summary>The endless batches, as Python's iterator.</summary>
    public override IEnumerator<Tensor> GetEnumerator()
    {
        while (n > 0) yield return next();
    }

    internal override IEnumerator<Tensor> Open()
    {
        long before = _seen, taken = 0;
        using var ahead = new PrefetchDataset(new Pass(this), Ahead).Open();
        try
        {
            for (; ahead.MoveNext(); taken++) yield return ahead.Current;
        }
        finally
        {
            // Batches that were made ahead but not taken don't count.
            ahead.Dispose();
            _seen = before + taken;
        }
    }

    IEnumerator<Data> IBatchSequence.Open(int[] numbers)
    {
        using var ahead = new PrefetchDataset(new Numbered(this, numbers), Ahead).Open();
        while (ahead.MoveNext()) yield return Data.Of(ahead.Current);
    }

    void IBatchSequence.BeginEpoch() { }

    void IBatchSequence.EndEpoch() => _order = NewOrder();

    void IBatchSequence.Keep(TrainingState state) => state.Keep("order", ref _order);

    private int[] NewOrder() => _shuffle ? Python.np.random.Permutation(n) : [.. Enumerable.Range(0, n)];

    private void Seed()
    {
        if (_seed is { } seed) Python.np.random.seed(seed + _seen);
        _seen++;
    }

    private int[] Rows(int[] order, int start) => order[start..Math.Min(start + batch_size, n)];

    private int[] NextRows()
    {
        if (n == 0) throw new ValueError("There is no picture to make a batch of.");
        Seed();
        if (_batch == 0) _order = NewOrder();
        int start = n == 0 ? 0 : (int)((long)_batch * batch_size % n);
        _batch = n > start + batch_size ? _batch + 1 : 0;
        return Rows(_order!, start);
    }

    /// <summary>Makes a batch of the next rows. Random numbers are drawn in the order of the batches, whatever thread makes them.</summary>
    private Tensor Made(Func<int[]> next)
    {
        int[] rows;
        ImageDataGenerator.Change[] changes;
        lock (_one)
        {
            rows = next();
            changes = Array.ConvertAll(rows, _ => _generator.Draw(_size.Height, _size.Width));
        }
        var images = new NDArray[rows.Length];
        try
        {
            System.Threading.Tasks.Parallel.For(0, rows.Length, i => images[i] = _generator.Standardized(_generator.Changed(_image(rows[i]), changes[i])));
        }
        catch (AggregateException several)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
        Saved?.Write(rows, images);
        Tensor batch = _generator.First(NDArray.Stack(images));
        Tensor[] targets = RepeatsInputs ? [batch] : _targets(rows);
        return targets.Length == 0 ? batch : Tensor.Several([batch, .. targets]);
    }

    /// <summary>The batches at these indices.</summary>
    private sealed class Numbered(ImageFlow flow, int[] numbers) : Dataset
    {
        internal override long Count => numbers.Length;

        internal override string Describe() => flow.Describe();

        internal override IEnumerator<Tensor> Open() => numbers.Select(number => flow[number]).GetEnumerator();
    }

    private sealed class Pass(ImageFlow flow) : Dataset
    {
        internal override long Count => flow.Count;

        internal override string Describe() => flow.Describe();

        internal override IEnumerator<Tensor> Open()
        {
            flow.reset();
            for (long i = 0; i < Count; i++) yield return flow.next();
        }
    }

    /// <summary>The destination of changed pictures.</summary>
    internal sealed record Saving(string Folder, string Prefix, string Format, int MostHash)
    {
        public static Saving? To(string? folder, string prefix, string format, int mostHash) => folder is null ? null : new(folder, prefix, format, mostHash);

        public void Write(int[] rows, NDArray[] images)
        {
            foreach (var (row, image) in rows.Zip(images))
                Image.Of(image, scale: true).save(Path.Join(Folder, $"{Prefix}_{row}_{Python.np.random.randint(0, MostHash)}.{Format}"), Format);
        }
    }
}
