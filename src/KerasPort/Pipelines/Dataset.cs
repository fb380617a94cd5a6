using System.Collections;
using KerasPort.Pipelines;

namespace KerasPort;

/// <summary>
/// A <c>tf.data.Dataset</c>: a lazy sequence of elements, made anew in each <c>foreach</c>. An element is one tensor or several,
/// <c>foreach (var (images, labels) in ds.take(1))</c>; the tensors of a dictionary have names, <c>element["text"]</c>. <c>fit</c>,
/// <c>evaluate</c> and <c>predict</c> take a data set whose elements are batches.
/// </summary>
/// <remarks>
/// Elements made ahead are bounded: <c>buffer_size</c> for prefetch, a few per thread for a parallel map. Their order doesn't depend on the number of
/// threads; with a seed it is Python's order.
/// </remarks>
/// <example><code>
/// var x = np.arange(10).reshape(10, 1);
/// var y = np.arange(10) * 2;
/// var dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(10, seed: 1).batch(4).prefetch(tf.data.AUTOTUNE);
/// foreach (var (features, labels) in dataset) print(features.shape, labels.shape);    // (4, 1) (4,)
/// </code></example>
public abstract partial class Dataset : IEnumerable<Tensor>, IPythonText
{
    /// <summary>The cardinality of a data set without an end.</summary>
    internal const long Infinite = -1;

    /// <summary>The cardinality of a data set whose end is only found by a pass.</summary>
    internal const long Unknown = -2;

    private protected Dataset(params Dataset[] inputs) => Inputs = inputs;

    /// <summary>Begins a pass: the elements from the first on.</summary>
    internal abstract IEnumerator<Tensor> Open();

    /// <summary>Counts a pass that Keras opens and drops without taking an element, so that later passes draw the same random numbers.</summary>
    internal virtual void Touch()
    {
        foreach (var input in Inputs) input.Touch();
    }

    /// <summary>The elements of a pass, <see cref="Infinite"/> or <see cref="Unknown"/>.</summary>
    internal abstract long Count { get; }

    /// <summary>A description for checkpoints, which differs if the elements do, as far as that can be known.</summary>
    internal abstract string Describe();

    /// <summary>Why a resumed run couldn't get the same elements; <c>null</c> where it can.</summary>
    internal virtual string? WhyNotAgain => null;

    /// <summary>Whether the program's own code makes the elements.</summary>
    internal virtual bool IsForeign => false;

    /// <summary>The data sets whose elements it takes.</summary>
    internal IReadOnlyList<Dataset> Inputs { get; }

    /// <summary>All data sets that its elements come from, itself last.</summary>
    internal IEnumerable<Dataset> All => Inputs.SelectMany(input => input.All).Append(this);

    /// <summary>The names of the classes of a folder of pictures, in the order of their numbers.</summary>
    /// <exception cref="ValueError">It isn't what <c>image_dataset_from_directory</c> gave.</exception>
    public IReadOnlyList<string> class_names
    {
        get => field ?? throw IsOfNoFolder("class_names");
        internal set;
    }

    /// <summary>The files of a folder of pictures, before they are shuffled by each pass.</summary>
    /// <exception cref="ValueError">It isn't what <c>image_dataset_from_directory</c> gave.</exception>
    public IReadOnlyList<string> file_paths
    {
        get => field ?? throw IsOfNoFolder("file_paths");
        internal set;
    }

    /// <summary>The number of elements of a pass: -1 if it has no end, -2 if it is unknown.</summary>
    public long cardinality() => Count;

    /// <summary>The number of elements of a pass, as Python's <c>len</c>.</summary>
    /// <exception cref="TypeError">The data set has no end, or its length is unknown.</exception>
    public int Length => Count switch
    {
        Infinite => throw new TypeError("The dataset is infinite."),
        Unknown => throw new TypeError("The dataset length is unknown."),
        var count => checked((int)count),
    };

    /// <summary>The elements of a new pass.</summary>
    public virtual IEnumerator<Tensor> GetEnumerator() => Open();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The elements as arrays; several are deconstructed by <c>foreach (var (x, y) in …)</c>.</summary>
    public IEnumerable<NDArray> as_numpy_iterator() => this.Select(element => NDArray.Of([.. element.Leaves.Select(leaf => leaf.numpy().AsScalar())]));

    /// <summary>Batches of elements, stacked along a new first axis.</summary>
    /// <param name="batch_size">Elements per batch.</param>
    /// <param name="drop_remainder">Whether a last batch with fewer elements is dropped.</param>
    /// <param name="num_parallel_calls">Checked, but without effect: one thread stacks the batches.</param>
    /// <param name="deterministic">Has no effect: elements stay in order.</param>
    /// <exception cref="ValueError">A number isn't positive; during a pass, when elements of one batch have different shapes.</exception>
    public Dataset batch(long batch_size, bool drop_remainder = false, long? num_parallel_calls = null, bool? deterministic = null)
    {
        if (num_parallel_calls is not null) _ = Parallel(num_parallel_calls, 1, nameof(num_parallel_calls));
        return new BatchDataset(this, Positive(batch_size), drop_remainder);
    }

    /// <summary>The rows of each element as elements.</summary>
    public Dataset unbatch() => new UnbatchDataset(this);

    /// <summary>
    /// The elements in random order: each is drawn from the next <paramref name="buffer_size"/> ones. With a seed, its own or that of
    /// <c>keras.utils.set_random_seed</c>, the order is Python's.
    /// </summary>
    /// <param name="buffer_size">Elements to draw from.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="reshuffle_each_iteration">Whether each pass has another order; <c>true</c> by default.</param>
    /// <exception cref="ValueError">The size isn't positive.</exception>
    public Dataset shuffle(long buffer_size, long? seed = null, bool? reshuffle_each_iteration = null) =>
        new ShuffleDataset(this, Positive(buffer_size), seed, reshuffle_each_iteration ?? true);

    /// <summary>The elements, repeated.</summary>
    /// <param name="count">The number of repetitions; endless for <c>null</c> or -1.</param>
    public Dataset repeat(long? count = null) => new RepeatDataset(this, count is null or < 0 ? null : count);

    /// <summary>The first elements.</summary>
    /// <param name="count">The number of elements; all for -1.</param>
    public Dataset take(long count) => new TakeDataset(this, count);

    /// <summary>The elements without the first ones.</summary>
    /// <param name="count">The number of elements to leave out; all for -1.</param>
    public Dataset skip(long count) => new SkipDataset(this, count);

    /// <summary>Keeps the elements of the first complete pass in memory for later passes.</summary>
    public Dataset cache() => new CacheDataset(this);

    /// <summary>Makes elements ahead in a thread of its own, while earlier ones are in use.</summary>
    /// <param name="buffer_size">Elements ahead at most, 0 for none; <c>tf.data.AUTOTUNE</c> for a few, or more where they are small.</param>
    /// <exception cref="ValueError">It is negative and not AUTOTUNE.</exception>
    public Dataset prefetch(long buffer_size) => buffer_size == 0 ? this :
        new PrefetchDataset(this, buffer_size == DataModule.Autotune ? null : Parallel(buffer_size, 1, nameof(buffer_size)));

    /// <summary>The elements of this data set, then those of the other.</summary>
    public Dataset concatenate(Dataset dataset) => new ConcatenateDataset(this, dataset);

    /// <summary>The elements with their numbers: <c>foreach (var (i, element) in ds.enumerate())</c>.</summary>
    /// <param name="start">The first number.</param>
    public Dataset enumerate(long start = 0) => new EnumerateDataset(this, start);

    /// <summary>Every <paramref name="num_shards"/>-th element, from <paramref name="index"/> on.</summary>
    /// <param name="num_shards">The number of shards.</param>
    /// <param name="index">The shard, from 0 on.</param>
    /// <exception cref="ValueError">The index isn't below the number.</exception>
    public Dataset shard(long num_shards, long index) => index >= 0 && index < num_shards ? new ShardDataset(this, num_shards, index)
        : throw new ValueError($"`index` must be from 0 to below `num_shards`. Received: num_shards={num_shards}, index={index}");

    /// <summary>Data sets of successive elements: <c>ds.window(5, shift: 1, drop_remainder: true).flat_map(window => window.batch(5))</c>.</summary>
    /// <param name="size">Elements per window.</param>
    /// <param name="shift">Elements from the start of a window to the start of the next; <paramref name="size"/> by default.</param>
    /// <param name="stride">Elements of the input from one element of a window to the next.</param>
    /// <param name="drop_remainder">Whether incomplete windows at the end are dropped.</param>
    /// <exception cref="ValueError">A number isn't positive.</exception>
    public Windows window(long size, long? shift = null, long stride = 1, bool drop_remainder = false) =>
        new(this, Positive(size), Positive(shift ?? size), Positive(stride), drop_remainder);

    /// <summary>The text that Python shows; without shapes if they are unknown before the first element.</summary>
    public override string ToString() => $"<{(this is CacheDataset ? "" : "_")}{GetType().Name}{(Spec is { } spec ? $" element_spec={spec}" : "")}>";

    private static ValueError IsOfNoFolder(string name) => new($"The data set has no {name}: what image_dataset_from_directory gives has, "
        + "what is made of it by map and the like hasn't.");

    private protected static int Positive(long value, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string? argument = null) =>
        value is > 0 and <= int.MaxValue ? (int)value : throw new ValueError($"`{argument}` must be a positive integer. Received: {argument}={value}");

    /// <summary>The number of concurrent calls: as given, or <paramref name="automatic"/> for AUTOTUNE.</summary>
    private protected static int Parallel(long? value, int automatic, string argument) => value switch
    {
        DataModule.Autotune => automatic,
        > 0 and <= int.MaxValue and var count => (int)count,
        _ => throw new ValueError($"`{argument}` must be a positive integer or tf.data.AUTOTUNE. Received: {argument}={value}"),
    };
}
