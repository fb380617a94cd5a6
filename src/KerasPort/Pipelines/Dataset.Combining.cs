using KerasPort.Pipelines;

namespace KerasPort;

/// <content>Functions from elements to data sets, and from many elements to one value.</content>
public abstract partial class Dataset
{
    /// <summary>The shapes and types of an element's tensors.</summary>
    /// <remarks>To learn them, a function of your own (<c>map</c>) is called on zeros, where TensorFlow traces it.</remarks>
    /// <exception cref="ValueError">The types are unknown before the first element: a generator without <c>output_signature</c>.</exception>
    public TensorSpec element_spec => Spec ?? throw new ValueError("The data set's elements aren't known before they are made: give from_generator an "
        + "`output_signature`, such as (tf.TensorSpec((28, 28)), tf.TensorSpec((), tf.int32)).");

    /// <summary>The spec of an element; <c>null</c> if it is unknown.</summary>
    internal virtual TensorSpec? Spec => Inputs is [var only] ? only.Spec : null;

    /// <summary>Makes a data set of each element, and concatenates these.</summary>
    public Dataset flat_map(Func<Tensor, Dataset> map_func) => new InterleaveDataset(this, x => map_func(Element.Arguments(x, 1)[0]), 1, 1);

    /// <inheritdoc cref="flat_map(Func{Tensor, Dataset})"/>
    public Dataset flat_map(Func<Tensor, Tensor, Dataset> map_func) =>
        new InterleaveDataset(this, x => map_func(Element.Arguments(x, 2)[0], x.Parts![1]), 1, 1);

    /// <summary>Makes a data set of each element, and takes elements from several of these in turn.</summary>
    /// <param name="map_func">Makes a data set of an element.</param>
    /// <param name="cycle_length">Data sets that take turns; by default as many as there are cores, as in TensorFlow.</param>
    /// <param name="block_length">Elements taken from a data set before it is the next one's turn.</param>
    /// <param name="num_parallel_calls">Has no effect on the order of elements.</param>
    /// <param name="deterministic">Has no effect: elements stay in order.</param>
    /// <exception cref="ValueError">A number isn't positive.</exception>
    public Dataset interleave(Func<Tensor, Dataset> map_func, long? cycle_length = null, long? block_length = null, long? num_parallel_calls = null,
        bool? deterministic = null)
    {
        if (num_parallel_calls is not null) _ = Parallel(num_parallel_calls, 1, nameof(num_parallel_calls));
        return new InterleaveDataset(this, x => map_func(Element.Arguments(x, 1)[0]),
            Parallel(cycle_length ?? DataModule.Autotune, Environment.ProcessorCount, nameof(cycle_length)), Positive(block_length ?? 1, nameof(block_length)));
    }

    /// <summary>Folds all elements into one value: <c>ds.reduce(0, (state, x) => state + x)</c>.</summary>
    /// <param name="initial_state">The state before the first element.</param>
    /// <param name="reduce_func">The next state, from the state and an element.</param>
    public Tensor reduce(Tensor initial_state, Func<Tensor, Tensor, Tensor> reduce_func)
    {
        foreach (var element in this) initial_state = reduce_func(initial_state, element);
        return initial_state;
    }

    /// <summary>Maps each element with a state that is carried from one to the next.</summary>
    /// <param name="initial_state">The state before the first element.</param>
    /// <param name="scan_func">The next state and the output, from the state and an element.</param>
    public Dataset scan(Tensor initial_state, Func<Tensor, Tensor, (Tensor state, Tensor output)> scan_func) => new ScanDataset(this, initial_state, scan_func);

    /// <summary>The elements before the first for which a function is false.</summary>
    public Dataset take_while(Func<Tensor, Tensor> predicate) => new TakeWhileDataset(this, x => IsTrue(predicate(Element.Arguments(x, 1)[0])));

    /// <inheritdoc cref="take_while(Func{Tensor, Tensor})"/>
    public Dataset take_while(Func<Tensor, bool> predicate) => new TakeWhileDataset(this, x => predicate(Element.Arguments(x, 1)[0]));

    /// <summary>The elements without duplicates, each where it comes first.</summary>
    public Dataset unique() => new UniqueDataset(this);

    /// <summary>The rows of batches in batches of another size.</summary>
    /// <param name="batch_size">Rows per batch.</param>
    /// <param name="drop_remainder">Whether a last batch with fewer rows is dropped.</param>
    /// <exception cref="ValueError">The size isn't positive.</exception>
    public Dataset rebatch(long batch_size, bool drop_remainder = false) =>
        new BatchDataset(new UnbatchDataset(this, isCounted: false), Positive(batch_size), drop_remainder);

    /// <summary>Batches of elements, each padded behind its end to the same shape.</summary>
    /// <param name="batch_size">Elements per batch.</param>
    /// <param name="padded_shapes">
    /// The shape of each of an element's tensors, <c>[[null]]</c>; a dimension of <c>null</c>, the default, is the longest of the batch.
    /// </param>
    /// <param name="padding_values">The value to pad with; 0 by default.</param>
    /// <param name="drop_remainder">Whether a last batch with fewer elements is dropped.</param>
    /// <exception cref="ValueError">The size isn't positive; later, when a tensor is larger than its shape or has other axes.</exception>
    public Dataset padded_batch(long batch_size, Shape[]? padded_shapes = null, double padding_values = 0, bool drop_remainder = false) =>
        new BatchDataset(this, Positive(batch_size), drop_remainder, new Padding(padded_shapes, padding_values));

    /// <summary>The only element.</summary>
    /// <exception cref="ValueError">The data set is empty or has more than one.</exception>
    public Tensor get_single_element()
    {
        Tensor[] first = [.. this.Take(2)];
        return first.Length == 1 ? first[0] : throw new ValueError(first.Length == 0 ? "Dataset was empty." : "Dataset had more than one element.");
    }
}
