using KerasPort.Pipelines;
using KerasPort.Saving;

namespace KerasPort;

/// <content>Grouping by keys, files of elements, options.</content>
public abstract partial class Dataset
{
    /// <summary>Groups elements by a key and applies a function to each full window of a key: <c>(key, group) => group.batch(4)</c>.</summary>
    /// <param name="key_func">The key of an element, a whole number.</param>
    /// <param name="reduce_func">Makes a data set of a key and the elements that have it.</param>
    /// <param name="window_size">Elements in a window.</param>
    /// <param name="window_size_func">Elements in a window as a function of the key, in place of one number.</param>
    /// <exception cref="ValueError">Both sizes are given, or neither; during a pass, when one isn't positive.</exception>
    public Dataset group_by_window(Func<Tensor, Tensor> key_func, Func<Tensor, Dataset, Dataset> reduce_func, long? window_size = null,
        Func<Tensor, Tensor>? window_size_func = null) => Grouped(x => key_func(Element.Arguments(x, 1)[0]), reduce_func, window_size, window_size_func);

    /// <inheritdoc cref="group_by_window(Func{Tensor, Tensor}, Func{Tensor, Dataset, Dataset}, long?, Func{Tensor, Tensor})"/>
    public Dataset group_by_window(Func<Tensor, Tensor, Tensor> key_func, Func<Tensor, Dataset, Dataset> reduce_func, long? window_size = null,
        Func<Tensor, Tensor>? window_size_func = null) =>
        Grouped(x => key_func(Element.Arguments(x, 2)[0], x.Parts![1]), reduce_func, window_size, window_size_func);

    /// <summary>Batches of elements of about the same length.</summary>
    /// <param name="element_length_func">The length of an element.</param>
    /// <param name="bucket_boundaries">The first length of each bucket but the first, in rising order.</param>
    /// <param name="bucket_batch_sizes">Elements per batch for each bucket: one more than boundaries.</param>
    /// <param name="padded_shapes">As of <see cref="padded_batch"/>.</param>
    /// <param name="padding_values">As of <see cref="padded_batch"/>.</param>
    /// <param name="pad_to_bucket_boundary">Whether open dimensions are padded to the boundary less 1; elements beyond the last boundary then fail.</param>
    /// <param name="no_padding">Whether elements are of one shape already.</param>
    /// <param name="drop_remainder">Whether incomplete batches at the end are dropped.</param>
    /// <exception cref="ValueError">The sizes aren't one more than the boundaries.</exception>
    public Dataset bucket_by_sequence_length(Func<Tensor, Tensor> element_length_func, int[] bucket_boundaries, int[] bucket_batch_sizes,
        Shape[]? padded_shapes = null, double padding_values = 0, bool pad_to_bucket_boundary = false, bool no_padding = false, bool drop_remainder = false)
    {
        if (bucket_batch_sizes.Length != bucket_boundaries.Length + 1)
            throw new ValueError("`len(bucket_batch_sizes)` must equal `len(bucket_boundaries) + 1` but "
                + $"`len(bucket_batch_sizes)={bucket_batch_sizes.Length}` and `len(bucket_boundaries)={bucket_boundaries.Length}`.");
        return new GroupByWindowDataset(this, x => bucket_boundaries.Count(boundary => boundary <= (long)element_length_func(Element.Arguments(x, 1)[0])),
            Batched,
            bucket => Positive(bucket_batch_sizes[bucket], nameof(bucket_batch_sizes)));

        Dataset Batched(long bucket, Dataset group)
        {
            int size = bucket_batch_sizes[bucket];
            if (no_padding) return group.batch(size, drop_remainder);
            var shapes = padded_shapes;
            if (pad_to_bucket_boundary)
            {
                if (bucket == bucket_boundaries.Length)
                    throw new ValueError("When pad_to_bucket_boundary=True, elements must have length < max(bucket_boundaries).");
                shapes ??= element_spec.Shapes;
                shapes = [.. shapes.Select(shape => Shape.Create([.. shape.Select(d => d ?? bucket_boundaries[bucket] - 1)]))];
            }
            return group.padded_batch(size, shapes, padding_values, drop_remainder);
        }
    }

    /// <summary>Leaves out the elements for which the function of the preceding <c>map</c> throws.</summary>
    /// <param name="log_warning">Whether the messages go to standard error.</param>
    /// <exception cref="ValueError">The data set isn't the result of <c>map</c>.</exception>
    public Dataset ignore_errors(bool log_warning = false) => this is MapDataset map ? new WithoutErrorsDataset(map, log_warning)
        : throw new ValueError($"ignore_errors leaves out what the function of a `map` fails for, and stands behind it. Received: {Describe()}");

    /// <summary>Drops and repeats elements at random so that classes get the wanted shares. Gives pairs <c>(class, element)</c>.</summary>
    /// <param name="class_func">The class of an element, a whole number from 0 on.</param>
    /// <param name="target_dist">The share that each class should have.</param>
    /// <param name="initial_dist">The share that each class has now; by default counted as elements come.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ValueError">The two have different numbers of shares.</exception>
    public Dataset rejection_resample(Func<Tensor, Tensor> class_func, NDArray target_dist, NDArray? initial_dist = null, long? seed = null) =>
        Resampled(x => (int)class_func(Element.Arguments(x, 1)[0]), target_dist, initial_dist, seed);

    /// <inheritdoc cref="rejection_resample(Func{Tensor, Tensor}, NDArray, NDArray, long?)"/>
    public Dataset rejection_resample(Func<Tensor, Tensor, Tensor> class_func, NDArray target_dist, NDArray? initial_dist = null, long? seed = null) =>
        Resampled(x => (int)class_func(Element.Arguments(x, 2)[0], x.Parts![1]), target_dist, initial_dist, seed);

    private Dataset Resampled(Func<Tensor, int> classOf, NDArray target, NDArray? initial, long? seed) =>
        target.ndim == 1 && target.size > 0 && (initial is null || initial.shape == target.shape)
            ? Resampling.Of(this, classOf, target.ToFloats(), initial?.ToFloats(), seed)
            : throw new ValueError($"A share for each class is expected. Received: target_dist={target}, initial_dist={initial}");

    /// <summary>Returns the data set itself: options have no effect, since elements always stay in order and threads are as given.</summary>
    public Dataset with_options(DataOptions options) =>
        options is null ? throw new ValueError("None values not supported: `options` must be tf.data.Options().") : this;

    /// <summary>Keeps the elements of the first complete pass in the file <c>filename.data</c>: later passes, and other runs, read them from there.</summary>
    /// <param name="filename">The file without its ending; "" caches in memory. Remove the file when the data set changes.</param>
    public Dataset cache(string filename) => filename.Length == 0 ? cache() : new CacheFileDataset(this, filename);

    /// <summary>Writes the elements to a folder, from which <c>tf.data.Dataset.load(path)</c> reads them.</summary>
    /// <exception cref="IOException">The file system refuses.</exception>
    public void save(string path)
    {
        WholeFile.MakeFolder(path, "the data set to ");
        WholeFile.Write(Path.Join(path, LoadDataset.FileName), file =>
        {
            var writer = new ElementFile.Writer(file);
            var spec = Spec;
            foreach (var element in this) writer.Add(element, spec);
            writer.End(spec);
        }, "the data set ");
    }

    private GroupByWindowDataset Grouped(Func<Tensor, Tensor> key, Func<Tensor, Dataset, Dataset> reduce, long? size, Func<Tensor, Tensor>? sizeOf)
    {
        if (size is null == sizeOf is null) throw new ValueError("Either the `window_size` argument or the `window_size_func` argument must be specified.");
        return new(this, x => (long)key(x), (at, group) => reduce((NDArray)at, group), at => size ?? (long)sizeOf!((NDArray)at));
    }
}

/// <summary><c>tf.data.Options</c>, for programs that set it: nothing depends on it, since elements always come in order here.</summary>
public sealed class DataOptions
{
    /// <summary>Whether elements stay in order. Has no effect: they do.</summary>
    public bool? deterministic { get; set; }
}
