using System.Collections;
using KerasPort.Pipelines;

namespace KerasPort;

/// <summary>
/// A <c>tf.data.Dataset</c>: elements that are made when they are due, one after the other, anew in each <c>foreach</c>. An element is a tensor or
/// several, <c>foreach (var (images, labels) in ds.take(1))</c>; those of a dictionary have names, <c>element["text"]</c>. <c>fit</c>,
/// <c>evaluate</c> and <c>predict</c> take one whose elements are batches.
/// </summary>
/// <remarks>
/// What is asked for ahead is bounded: by <c>buffer_size</c> elements of prefetch, by a few elements a thread of a parallel map. Elements come in
/// the same order however many threads make them, and with a seed in Python's order.
/// </remarks>
/// <example><code>
/// var x = np.arange(10).reshape(10, 1);
/// var y = np.arange(10) * 2;
/// var dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(10, seed: 1).batch(4).prefetch(tf.data.AUTOTUNE);
/// foreach (var (features, labels) in dataset) print(features.shape, labels.shape);    // (4, 1) (4,)
/// </code></example>
public abstract partial class Dataset : IEnumerable<Tensor>, IPythonText
{
    /// <summary>A cardinality: there is no end.</summary>
    internal const long Infinite = -1;

    /// <summary>A cardinality that nobody knows before it is seen.</summary>
    internal const long Unknown = -2;

    private protected Dataset(params Dataset[] inputs) => Inputs = inputs;

    /// <summary>Begins a pass: its elements from the first one on.</summary>
    internal abstract IEnumerator<Tensor> Open();

    /// <summary>Counts a pass as begun that nobody takes an element of: what Keras opens and drops.</summary>
    internal virtual void Touch()
    {
        foreach (var input in Inputs) input.Touch();
    }

    /// <summary>Elements of a pass, or one of the two other cardinalities.</summary>
    internal abstract long Count { get; }

    /// <summary>What it is made of, in words that differ where the elements do, as far as that can be seen.</summary>
    internal abstract string Describe();

    /// <summary>Why another run couldn't give the same elements; <c>null</c> where it can.</summary>
    internal virtual string? WhyNotAgain => null;

    /// <summary>Whether code of somebody's own makes its elements.</summary>
    internal virtual bool IsForeign => false;

    /// <summary>The data sets whose elements it takes.</summary>
    internal IReadOnlyList<Dataset> Inputs { get; }

    /// <summary>All that its elements come from, itself last.</summary>
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

    /// <summary>Elements of a pass: -1 without an end, -2 where that is only seen at the end.</summary>
    public long cardinality() => Count;

    /// <summary>Elements of a pass, as Python's <c>len</c>.</summary>
    /// <exception cref="TypeError">There is no end, or it isn't known.</exception>
    public int Length => Count switch
    {
        Infinite => throw new TypeError("The dataset is infinite."),
        Unknown => throw new TypeError("The dataset length is unknown."),
        var count => checked((int)count),
    };

    /// <summary>The elements of a pass, which begins now.</summary>
    public virtual IEnumerator<Tensor> GetEnumerator() => Open();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The elements as arrays: several are taken apart by <c>foreach (var (x, y) in …)</c>.</summary>
    public IEnumerable<NDArray> as_numpy_iterator() => this.Select(element => NDArray.Of([.. element.Leaves.Select(leaf => leaf.numpy())]));

    /// <summary>So many elements together, as one with another axis before.</summary>
    /// <param name="batch_size">Elements a batch.</param>
    /// <param name="drop_remainder">Whether a last batch of fewer is left out.</param>
    /// <param name="num_parallel_calls">A batch is put together by one thread, which the elements wait for anyway.</param>
    /// <param name="deterministic">Elements stay in order either way.</param>
    /// <exception cref="ValueError">A number isn't positive; later, when elements of different shapes come together.</exception>
    public Dataset batch(long batch_size, bool drop_remainder = false, long? num_parallel_calls = null, bool? deterministic = null)
    {
        if (num_parallel_calls is not null) _ = Parallel(num_parallel_calls, 1, nameof(num_parallel_calls));
        return new BatchDataset(this, Positive(batch_size), drop_remainder);
    }

    /// <summary>The rows of each element by themselves.</summary>
    public Dataset unbatch() => new UnbatchDataset(this);

    /// <summary>
    /// The elements in random order: each is drawn from the next <paramref name="buffer_size"/> of them. With a seed, of its own or by
    /// <c>keras.utils.set_random_seed</c>, in Python's order.
    /// </summary>
    /// <param name="buffer_size">Elements to draw from.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="reshuffle_each_iteration">Whether each pass has another order; it has by default.</param>
    /// <exception cref="ValueError">The size isn't positive.</exception>
    public Dataset shuffle(long buffer_size, long? seed = null, bool? reshuffle_each_iteration = null) =>
        new ShuffleDataset(this, Positive(buffer_size), seed, reshuffle_each_iteration ?? true);

    /// <summary>The elements again and again.</summary>
    /// <param name="count">How often; without end when it is <c>null</c> or -1.</param>
    public Dataset repeat(long? count = null) => new RepeatDataset(this, count is null or < 0 ? null : count);

    /// <summary>The first elements.</summary>
    /// <param name="count">How many; all when it is -1.</param>
    public Dataset take(long count) => new TakeDataset(this, count);

    /// <summary>The elements behind the first ones.</summary>
    /// <param name="count">How many are left out; all when it is -1.</param>
    public Dataset skip(long count) => new SkipDataset(this, count);

    /// <summary>The elements of the first whole pass in memory: later passes make none anew.</summary>
    public Dataset cache() => new CacheDataset(this);

    /// <summary>Makes elements ahead, in a thread of its own, while others are used.</summary>
    /// <param name="buffer_size">How many at the most; <c>tf.data.AUTOTUNE</c> for a few, and more where they are small.</param>
    /// <exception cref="ValueError">It is neither positive nor AUTOTUNE, nor 0 for none.</exception>
    public Dataset prefetch(long buffer_size) => buffer_size == 0 ? this :
        new PrefetchDataset(this, buffer_size == DataModule.Autotune ? null : Parallel(buffer_size, 1, nameof(buffer_size)));

    /// <summary>The elements of this data set, then those of the other.</summary>
    public Dataset concatenate(Dataset dataset) => new ConcatenateDataset(this, dataset);

    /// <summary>The elements with their numbers: <c>foreach (var (i, element) in ds.enumerate())</c>.</summary>
    /// <param name="start">The first number.</param>
    public Dataset enumerate(long start = 0) => new EnumerateDataset(this, start);

    /// <summary>Every so-and-so-manieth element.</summary>
    /// <param name="num_shards">One in so many.</param>
    /// <param name="index">The first.</param>
    /// <exception cref="ValueError">The index isn't below the number.</exception>
    public Dataset shard(long num_shards, long index) => index >= 0 && index < num_shards ? new ShardDataset(this, num_shards, index)
        : throw new ValueError($"`index` must be from 0 to below `num_shards`. Received: num_shards={num_shards}, index={index}");

    /// <summary>
    /// Data sets of so many neighbouring elements each: <c>ds.window(5, shift: 1, drop_remainder: true).flat_map(window => window.batch(5))</c>.
    /// </summary>
    /// <param name="size">Elements a window.</param>
    /// <param name="shift">From the first element of a window to the next window's; <paramref name="size"/> by default.</param>
    /// <param name="stride">From element to element of a window.</param>
    /// <param name="drop_remainder">Whether windows of fewer elements at the end are left out.</param>
    /// <exception cref="ValueError">A number isn't positive.</exception>
    public Windows window(long size, long? shift = null, long stride = 1, bool drop_remainder = false) =>
        new(this, Positive(size), Positive(shift ?? size), Positive(stride), drop_remainder);

    /// <summary>As Python shows it; without the shapes where nobody knows them before an element is made.</summary>
    public override string ToString() => $"<{(this is CacheDataset ? "" : "_")}{GetType().Name}{(Spec is { } spec ? $" element_spec={spec}" : "")}>";

    private static ValueError IsOfNoFolder(string name) => new($"The data set has no {name}: what image_dataset_from_directory gives has, "
        + "what is made of it by map and the like hasn't.");

    private protected static int Positive(long value, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string? argument = null) =>
        value is > 0 and <= int.MaxValue ? (int)value : throw new ValueError($"`{argument}` must be a positive integer. Received: {argument}={value}");

    /// <summary>How many at a time: as given, or so many for AUTOTUNE.</summary>
    private protected static int Parallel(long? value, int automatic, string argument) => value switch
    {
        DataModule.Autotune => automatic,
        > 0 and <= int.MaxValue and var count => (int)count,
        _ => throw new ValueError($"`{argument}` must be a positive integer or tf.data.AUTOTUNE. Received: {argument}={value}"),
    };
}
