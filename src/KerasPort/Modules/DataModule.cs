using KerasPort.Pipelines;

namespace KerasPort;

/// <summary><c>tf.data</c>.</summary>
public sealed class DataModule
{
    internal const long Autotune = -1;

    /// <summary>For <c>num_parallel_calls</c> and <c>buffer_size</c>: a number that suits the machine.</summary>
    public long AUTOTUNE => Autotune;

    /// <summary>The cardinality of an endless data set.</summary>
    public long INFINITE_CARDINALITY => KerasPort.Dataset.Infinite;

    /// <summary>The cardinality of a data set whose end is found only by a pass.</summary>
    public long UNKNOWN_CARDINALITY => KerasPort.Dataset.Unknown;

    /// <summary><c>tf.data.Dataset</c>: makes data sets.</summary>
    public DatasetModule Dataset { get; } = new();

    /// <summary><c>tf.data.experimental</c>.</summary>
    public DataExperimentalModule experimental { get; } = new();

    /// <summary><c>tf.data.Options()</c>.</summary>
    public DataOptions Options() => new();

    /// <summary>The lines of text files, one string each, without line ends.</summary>
    /// <param name="filenames">The files.</param>
    /// <param name="compression_type">"GZIP", "ZLIB", or "" for none.</param>
    /// <param name="num_parallel_reads">The number of files to interleave; by default one is read after the other.</param>
    /// <exception cref="ValueError">The compression is unknown.</exception>
    /// <exception cref="DatasetException">During a pass: a file can't be read.</exception>
    public Dataset TextLineDataset(Strings filenames, string? compression_type = null, long? num_parallel_reads = null)
    {
        string? compression = TextFile.Compression(compression_type);
        return OfFiles(filenames, num_parallel_reads, files => new TextLineDataset(files, compression));
    }

    /// <summary>The records of TFRecord files, one string each, which <c>tf.io.parse_single_example</c> parses.</summary>
    /// <param name="filenames">The files.</param>
    /// <param name="compression_type">"GZIP", "ZLIB", or "" for none.</param>
    /// <param name="buffer_size">Without effect: the number of bytes to read at once.</param>
    /// <param name="num_parallel_reads">The number of files to interleave; by default one is read after the other.</param>
    /// <exception cref="ValueError">The compression is unknown.</exception>
    /// <exception cref="DatasetException">During a pass: a file can't be read or is damaged.</exception>
    public Dataset TFRecordDataset(Strings filenames, string? compression_type = null, long? buffer_size = null, long? num_parallel_reads = null)
    {
        string? compression = TextFile.Compression(compression_type);
        return OfFiles(filenames, num_parallel_reads, files => new TFRecordDataset(files, compression));
    }

    private Dataset OfFiles(Strings filenames, long? parallel, Func<Strings, Dataset> open)
    {
        if (filenames.shape.Length > 1) throw new ValueError($"`filenames` must be a string or a row of them. Received: shape={filenames.shape}");
        return parallel is null ? open(filenames) : Dataset.from_tensor_slices(filenames.shape.Length == 0 ? filenames.Values : filenames)
            .interleave(file => open((Strings)file), cycle_length: parallel);
    }

    /// <summary>Records of a fixed number of bytes from files, one string each, which <c>tf.io.decode_raw</c> converts to numbers.</summary>
    /// <param name="filenames">The files.</param>
    /// <param name="record_bytes">Bytes per record.</param>
    /// <param name="header_bytes">Bytes before the first record.</param>
    /// <param name="footer_bytes">Bytes after the last record.</param>
    /// <param name="compression_type">"GZIP", "ZLIB", or "" for none.</param>
    /// <exception cref="ValueError">A number is negative, or the compression is unknown.</exception>
    /// <exception cref="DatasetException">During a pass: a file can't be read, or doesn't consist of whole records.</exception>
    public Dataset FixedLengthRecordDataset(Strings filenames, int record_bytes, int header_bytes = 0, int footer_bytes = 0, string? compression_type = null) =>
        record_bytes > 0 && header_bytes >= 0 && footer_bytes >= 0
            ? new FixedLengthRecordDataset(filenames, record_bytes, header_bytes, footer_bytes, TextFile.Compression(compression_type))
            : throw new ValueError($"`record_bytes` must be positive, `header_bytes` and `footer_bytes` not negative. "
                + $"Received: record_bytes={record_bytes}, header_bytes={header_bytes}, footer_bytes={footer_bytes}");
}

/// <summary><c>tf.data.experimental</c>.</summary>
public sealed class DataExperimentalModule
{
    /// <inheritdoc cref="DataModule.AUTOTUNE"/>
    public long AUTOTUNE => DataModule.Autotune;

    /// <inheritdoc cref="DataModule.INFINITE_CARDINALITY"/>
    public long INFINITE_CARDINALITY => Dataset.Infinite;

    /// <inheritdoc cref="DataModule.UNKNOWN_CARDINALITY"/>
    public long UNKNOWN_CARDINALITY => Dataset.Unknown;

    /// <inheritdoc cref="Dataset.cardinality"/>
    public long cardinality(Dataset dataset) => dataset.cardinality();

    /// <summary>For <c>apply</c>: asserts the number of elements, which is checked by each pass.</summary>
    public Func<Dataset, Dataset> assert_cardinality(long expected_cardinality) => dataset => new CountedDataset(dataset, expected_cardinality);

    /// <summary>The records of CSV files, with one tensor per column.</summary>
    /// <param name="filenames">The files.</param>
    /// <param name="record_defaults">The content of the columns: <c>[tf.float32, 0, ""]</c>, types of which each record has a value, or defaults.</param>
    /// <param name="compression_type">"GZIP", "ZLIB", or "" for none.</param>
    /// <param name="header">Whether the first record of a file has the columns' names.</param>
    /// <param name="field_delim">The character between fields.</param>
    /// <param name="use_quote_delim">Whether quotes enclose fields.</param>
    /// <param name="na_value">The text of a missing value, besides an empty field.</param>
    /// <param name="select_cols">The indices of the selected columns, ascending; by default all.</param>
    /// <exception cref="ValueError">Arguments contradict each other.</exception>
    /// <exception cref="DatasetException">During a pass: a file can't be read, or a record is malformed.</exception>
    public Dataset CsvDataset(Strings filenames, RecordDefault[] record_defaults, string? compression_type = null, bool header = false,
        string field_delim = ",", bool use_quote_delim = true, string na_value = "", int[]? select_cols = null)
    {
        if (record_defaults.Length == 0) throw new ValueError("`record_defaults` must name at least one column.");
        if (select_cols is not null && select_cols.Length != record_defaults.Length)
            throw new ValueError($"`select_cols` and `record_defaults` must have the same length. Received: {select_cols.Length} and {record_defaults.Length}");
        if (select_cols is not null && (select_cols.Any(column => column < 0) || !select_cols.Zip(select_cols.Skip(1)).All(pair => pair.First < pair.Second)))
            throw new ValueError($"`select_cols` should be strictly increasing numbers from 0 on. Received: {PythonText.Repr(select_cols)}");
        return new CsvDataset(filenames, record_defaults, select_cols, CsvLayout.Of(field_delim, use_quote_delim, na_value, header, compression_type));
    }

    /// <summary>CSV files as batches of columns: a dictionary by name and, with a label, that column besides.</summary>
    /// <param name="file_pattern">The files, by a pattern with <c>*</c> and <c>?</c>, or several.</param>
    /// <param name="batch_size">Records per batch.</param>
    /// <param name="column_names">The columns' names; by default those in the first line.</param>
    /// <param name="column_defaults">The content of the columns, as of <see cref="CsvDataset"/>; by default inferred, with 0 or "" for missing values.</param>
    /// <param name="label_name">The column of the targets.</param>
    /// <param name="select_columns">The columns to read, by name; by default all.</param>
    /// <param name="field_delim">The character between fields.</param>
    /// <param name="use_quote_delim">Whether quotes enclose fields.</param>
    /// <param name="na_value">The text of a missing value, besides an empty field.</param>
    /// <param name="header">Whether the first line has the columns' names.</param>
    /// <param name="num_epochs">The number of repetitions; endless for <c>null</c>, the default.</param>
    /// <param name="shuffle">Whether records are shuffled.</param>
    /// <param name="shuffle_buffer_size">The size of the shuffle buffer in records.</param>
    /// <param name="shuffle_seed">The seed.</param>
    /// <param name="prefetch_buffer_size">Batches made ahead; a few by default.</param>
    /// <param name="num_parallel_reads">The number of files to interleave.</param>
    /// <param name="num_rows_for_inference">The number of records from which the columns' types are inferred; all for <c>null</c>.</param>
    /// <param name="compression_type">"GZIP", "ZLIB", or "" for none.</param>
    /// <param name="ignore_errors">Whether malformed records are left out.</param>
    /// <exception cref="ValueError">Arguments contradict each other, or no file matches.</exception>
    /// <exception cref="DatasetException">A file's first records are malformed; during a pass: another record is.</exception>
    public Dataset make_csv_dataset(Strings file_pattern, int batch_size, string[]? column_names = null, RecordDefault[]? column_defaults = null,
        string? label_name = null, string[]? select_columns = null, string field_delim = ",", bool use_quote_delim = true, string na_value = "",
        bool header = true, long? num_epochs = null, bool shuffle = true, long shuffle_buffer_size = 10_000, long? shuffle_seed = null,
        long? prefetch_buffer_size = null, long? num_parallel_reads = null, int? num_rows_for_inference = 100, string? compression_type = null,
        bool ignore_errors = false) => CsvTable.Open(file_pattern.Values, batch_size, column_names, column_defaults, label_name,
            select_columns, CsvLayout.Of(field_delim, use_quote_delim, na_value, header, compression_type, ignore_errors), num_epochs, shuffle,
            shuffle_buffer_size, shuffle_seed, prefetch_buffer_size ?? DataModule.Autotune, num_parallel_reads ?? 1, num_rows_for_inference);
}

/// <summary><c>tf.data.Dataset</c>.</summary>
public sealed class DatasetModule
{
    /// <summary>The rows of arrays as elements: of one array, of <c>(x, y)</c>, of <c>(x, y, weights)</c> or of arrays by name.</summary>
    /// <exception cref="ValueError">An array has no rows, or the numbers of rows differ.</exception>
    [OverloadResolutionPriority(1)]
    public Dataset from_tensor_slices(Data tensors) => new TensorSliceDataset(tensors.ToElement());

    /// <summary>The rows of columns by name, which may contain strings, as elements.</summary>
    public Dataset from_tensor_slices(Dictionary<string, Tensor> tensors) => new TensorSliceDataset(tensors);

    /// <summary>Likewise with a target for each row.</summary>
    public Dataset from_tensor_slices((Dictionary<string, Tensor>, NDArray) tensors) => new TensorSliceDataset(Tensor.Several([tensors.Item1, tensors.Item2]));

    /// <summary>The rows of tensors as elements, some of them strings: <c>(paths, labels)</c>.</summary>
    /// <exception cref="ValueError">A tensor has no rows, or the numbers of rows differ.</exception>
    [OverloadResolutionPriority(-1)]
    public Dataset from_tensor_slices((Strings, NDArray) tensors) => new TensorSliceDataset(Element.Of(tensors));

    /// <inheritdoc cref="from_tensor_slices(ValueTuple{Strings, NDArray})"/>
    [OverloadResolutionPriority(-1)]
    public Dataset from_tensor_slices((Tensor, Tensor) tensors) => new TensorSliceDataset(Element.Of(tensors));

    /// <summary>The rows of a tensor as elements, also of strings; or of tensors by name, a <c>Dictionary&lt;string, Tensor&gt;</c>.</summary>
    /// <exception cref="ValueError">A tensor has no rows, or the numbers of rows differ.</exception>
    public Dataset from_tensor_slices(Tensor tensors) => new TensorSliceDataset(tensors);

    /// <summary>Loads a data set that <c>dataset.save(path)</c> saved.</summary>
    /// <exception cref="DatasetException">There is no such file, or it is damaged.</exception>
    public Dataset load(string path) => new LoadDataset(path);

    /// <summary>The files that match a pattern with <c>*</c>, <c>?</c> and <c>[a-z]</c> in its names, one string each.</summary>
    /// <param name="file_pattern">The pattern, or several.</param>
    /// <param name="shuffle">Whether they are shuffled, which is the default; else they are in alphabetical order.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ValueError">No file matches.</exception>
    public Dataset list_files(Strings file_pattern, bool? shuffle = null, long? seed = null)
    {
        string[] files = [.. file_pattern.Values.SelectMany(TextFile.Matching).Order(StringComparer.Ordinal)];
        if (files.Length == 0) throw new ValueError($"No files matched pattern: {string.Join(", ", file_pattern.Values)}");
        Dataset all = new TensorSliceDataset((Strings)files);
        return shuffle == false ? all : all.shuffle(files.Length, seed);
    }

    /// <summary>An endless sequence of random 32-bit integers.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="rerandomize_each_iteration">Whether each pass has other numbers; by default all have the same.</param>
    public Dataset random(long? seed = null, bool? rerandomize_each_iteration = null) => new RandomDataset(seed, rerandomize_each_iteration ?? false);

    /// <summary>Elements of several data sets, picked at random; with a seed in Python's order.</summary>
    /// <param name="datasets">The data sets.</param>
    /// <param name="weights">The probability of each; equal by default.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="stop_on_empty_dataset">Whether to end with the first data set that ends; otherwise that is skipped from then on.</param>
    /// <param name="rerandomize_each_iteration">Whether each pass draws differently; by default all draw the same.</param>
    /// <exception cref="ValueError">There is no data set, or the number of weights isn't theirs.</exception>
    public Dataset sample_from_datasets(Dataset[] datasets, double[]? weights = null, long? seed = null, bool stop_on_empty_dataset = false,
        bool? rerandomize_each_iteration = null)
    {
        if (datasets.Length == 0) throw new ValueError("Invalid `datasets`. `datasets` should not be empty.");
        if (weights is not null && weights.Length != datasets.Length)
            throw new ValueError("Invalid `weights`. `weights` should have the same length as `datasets` but got "
                + $"`len(weights)={weights.Length}` vs. `len(datasets)={datasets.Length}`.");
        (Dataset Dataset, double Weight)[] drawn = [.. datasets.Zip(weights ?? [.. Enumerable.Repeat(1.0, datasets.Length)]).Where(one => one.Second > 0)];
        return drawn switch
        {
            [] => datasets[0].take(0),
            [var only] => only.Dataset,
            _ => new ChooseDataset([.. drawn.Select(one => one.Dataset)],
                new DrawnChoices(random(seed, rerandomize_each_iteration),
                    new TensorDataset(new NDArray([.. drawn.Select(one => one.Weight)], drawn.Length)).repeat()), stop_on_empty_dataset),
        };
    }

    /// <summary>A data set with a single element: an array, or several as <see cref="from_tensor_slices(Data)"/> takes them.</summary>
    public Dataset from_tensors(Data tensors) => new TensorDataset(tensors.ToElement());

    /// <summary>The elements of a generator, which the function restarts for each pass: arrays, numbers, or tuples of these.</summary>
    /// <remarks>Training on it can't be resumed, since the position of a generator is unknown.</remarks>
    /// <param name="generator">The function: <c>() => Rows()</c>.</param>
    /// <param name="output_signature">
    /// The spec of its elements, <c>(tf.TensorSpec((28, 28)), tf.TensorSpec((), tf.int32))</c>: types are converted, other shapes refused.
    /// </param>
    /// <exception cref="ValueError">During a pass: an element doesn't match the signature.</exception>
    public Dataset from_generator<T>(Func<IEnumerable<T>> generator, TensorSpec? output_signature = null) =>
        new FlatMapDataset(() => generator().Select(value => Element.Of(value)), output_signature);

    /// <summary>For each number of a data set of choices, the next element of the data set with that index.</summary>
    /// <param name="datasets">The data sets.</param>
    /// <param name="choice_dataset">The indices of data sets.</param>
    /// <param name="stop_on_empty_dataset">Whether to end with the first data set that ends; otherwise that is skipped from then on.</param>
    /// <exception cref="ValueError">There is no data set; during a pass: a choice is out of range.</exception>
    public Dataset choose_from_datasets(Dataset[] datasets, Dataset choice_dataset, bool stop_on_empty_dataset = true) =>
        datasets.Length > 0 ? new ChooseDataset(datasets, choice_dataset, stop_on_empty_dataset)
            : throw new ValueError("Invalid `datasets`. `datasets` should not be empty.");

    /// <summary>The numbers from <paramref name="start"/> on in steps of <paramref name="step"/>, endless.</summary>
    public Dataset counter(long start = 0, long step = 1, DType? dtype = null) => range(start, step >= 0 ? long.MaxValue : long.MinValue, step, dtype);

    /// <summary>The numbers from 0 to <paramref name="stop"/>, exclusive.</summary>
    public Dataset range(long stop, DType? output_type = null) => range(0, stop, 1, output_type);

    /// <summary>The numbers from <paramref name="start"/> to <paramref name="stop"/>, exclusive, in steps.</summary>
    /// <exception cref="ValueError">The step is 0.</exception>
    public Dataset range(long start, long stop, long step = 1, DType? output_type = null) => step == 0 ? throw new ValueError("`step` must not be 0.")
        : new RangeDataset(start, stop, step, output_type ?? DType.int64);

    /// <summary>Tuples of the elements of several data sets, until one of them ends.</summary>
    /// <exception cref="ValueError">There is no data set.</exception>
    public Dataset zip(params Dataset[] datasets) => datasets.Length > 0 ? new ZipDataset(datasets) : throw new ValueError("zip needs at least one data set.");

    /// <inheritdoc cref="zip(Dataset[])"/>
    public Dataset zip((Dataset, Dataset) datasets) => zip(datasets.Item1, datasets.Item2);

    /// <inheritdoc cref="zip(Dataset[])"/>
    public Dataset zip((Dataset, Dataset, Dataset) datasets) => zip(datasets.Item1, datasets.Item2, datasets.Item3);
}
