using KerasPort.Pipelines;

namespace KerasPort;

/// <summary><c>tf.data</c>.</summary>
public sealed class DataModule
{
    internal const long Autotune = -1;

    /// <summary>For <c>num_parallel_calls</c> and <c>buffer_size</c>: as many as suit this machine.</summary>
    public long AUTOTUNE => Autotune;

    /// <summary>The cardinality of a data set without an end.</summary>
    public long INFINITE_CARDINALITY => KerasPort.Dataset.Infinite;

    /// <summary>The cardinality of a data set whose end is only known when it comes.</summary>
    public long UNKNOWN_CARDINALITY => KerasPort.Dataset.Unknown;

    /// <summary><c>tf.data.Dataset</c>: makes data sets.</summary>
    public DatasetModule Dataset { get; } = new();

    /// <summary><c>tf.data.experimental</c>.</summary>
    public DataExperimentalModule experimental { get; } = new();
}

/// <summary><c>tf.data.experimental</c>.</summary>
public sealed class DataExperimentalModule
{
    /// <inheritdoc cref="DataModule.AUTOTUNE"/>
    public long AUTOTUNE => DataModule.Autotune;

    /// <inheritdoc cref="Dataset.cardinality"/>
    public long cardinality(Dataset dataset) => dataset.cardinality();
}

/// <summary><c>tf.data.Dataset</c>.</summary>
public sealed class DatasetModule
{
    /// <summary>A row of arrays an element: of one, of <c>(x, y)</c>, of <c>(x, y, weights)</c> or of arrays by name.</summary>
    /// <exception cref="ValueError">An array has no rows, or they differ in number.</exception>
    public Dataset from_tensor_slices(Data tensors) => new TensorSliceDataset(tensors.ToElement());

    /// <summary>The rows of columns by their names, which may be strings.</summary>
    public Dataset from_tensor_slices(Dictionary<string, Tensor> tensors) => new TensorSliceDataset(tensors);

    /// <summary>The same with what belongs to each row.</summary>
    public Dataset from_tensor_slices((Dictionary<string, Tensor>, NDArray) tensors) => new TensorSliceDataset(Tensor.Several([tensors.Item1, tensors.Item2]));

    /// <summary>One element: an array, or several as those that <see cref="from_tensor_slices(Data)"/> takes.</summary>
    public Dataset from_tensors(Data tensors) => new TensorDataset(tensors.ToElement());

    /// <summary>What a generator gives, which a function begins anew for each pass: arrays, numbers, or tuples of them.</summary>
    /// <remarks>A training on it can't be resumed, for nobody knows where it is.</remarks>
    /// <param name="generator">The function: <c>() => Rows()</c>.</param>
    /// <param name="output_signature">
    /// What its elements are like, <c>(tf.TensorSpec((28, 28)), tf.TensorSpec((), tf.int32))</c>: numbers become of that type, and other shapes are refused.
    /// </param>
    /// <exception cref="ValueError">Later, when an element is otherwise than the signature says.</exception>
    public Dataset from_generator<T>(Func<IEnumerable<T>> generator, TensorSpec? output_signature = null) =>
        new FlatMapDataset(() => generator().Select(value => Element.Of(value)), output_signature);

    /// <summary>The next element of the data set that a number says, for each number.</summary>
    /// <param name="datasets">The data sets.</param>
    /// <param name="choice_dataset">Numbers of data sets.</param>
    /// <param name="stop_on_empty_dataset">Whether the first that has no element left is the end; else it is passed over.</param>
    /// <exception cref="ValueError">There is no data set; later, when a number is none of one.</exception>
    public Dataset choose_from_datasets(Dataset[] datasets, Dataset choice_dataset, bool stop_on_empty_dataset = true) =>
        datasets.Length > 0 ? new ChooseDataset(datasets, choice_dataset, stop_on_empty_dataset)
            : throw new ValueError("Invalid `datasets`. `datasets` should not be empty.");

    /// <summary>The numbers from 0 to before <paramref name="stop"/>.</summary>
    public Dataset range(long stop, DType? output_type = null) => range(0, stop, 1, output_type);

    /// <summary>The numbers from <paramref name="start"/> to before <paramref name="stop"/>, so far apart.</summary>
    /// <exception cref="ValueError">The step is 0.</exception>
    public Dataset range(long start, long stop, long step = 1, DType? output_type = null) => step == 0 ? throw new ValueError("`step` must not be 0.")
        : new RangeDataset(start, stop, step, output_type ?? DType.int64);

    /// <summary>An element of each data set as one, until one of them ends.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    public Dataset zip(params Dataset[] datasets) => datasets.Length > 0 ? new ZipDataset(datasets) : throw new ValueError("zip needs at least one data set.");

    /// <inheritdoc cref="zip(Dataset[])"/>
    public Dataset zip((Dataset, Dataset) datasets) => zip(datasets.Item1, datasets.Item2);

    /// <inheritdoc cref="zip(Dataset[])"/>
    public Dataset zip((Dataset, Dataset, Dataset) datasets) => zip(datasets.Item1, datasets.Item2, datasets.Item3);
}
