namespace KerasPort.Pipelines;

/// <summary><c>tf.data.experimental.make_csv_dataset</c>: CSV files as batches of named columns.</summary>
internal static class CsvTable
{
    /// <exception cref="ValueError">Arguments contradict each other, or no file matches.</exception>
    /// <exception cref="DatasetException">A file's first records are malformed.</exception>
    public static Dataset Open(string[] patterns, int batchSize, string[]? names, RecordDefault[]? defaults, string? label, string[]? selected,
        CsvLayout layout,
        long? epochs, bool shuffle, long buffer, long? seed, long prefetch, long reads, int? inferred)
    {
        if (patterns.Length == 0) throw new ValueError("Argument `file_pattern` should not be empty.");
        string[] files = [.. patterns.SelectMany(TextFile.Matching).Order(StringComparer.Ordinal)];
        if (files.Length == 0) throw new ValueError($"No files match `file_pattern` {string.Join(", ", patterns)}.");
        Dataset paths = new TensorSliceDataset((Strings)files);
        if (shuffle) paths = paths.shuffle(files.Length, seed);
        if (names is null && !layout.HasHeader) throw new ValueError("Expected `column_names` or `header` arguments. Neither is provided.");
        if (names is null)
        {
            names = layout.Names(files[0]);
            foreach (string file in files[1..])
                if (!layout.Names(file).SequenceEqual(names))
                    throw new ValueError("All input CSV files should have the same column names in the header row. "
                        + $"File {file} has different column names.");
        }
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ValueError($"Either `column_names` argument or CSV header row contains duplicate column names: {twice.Key}.");
        int[]? columns = selected is null ? null : Selected(selected, names);
        defaults ??= layout.Infer(files, names.Length, columns, inferred);
        if (columns is not null && defaults.Length != columns.Length)
            throw new ValueError("If specified, `column_defaults` and `select_columns` must have the same length: "
                + $"`column_defaults` has length {defaults.Length}, `select_columns` has length {columns.Length}.");
        if (columns is null && defaults.Length != names.Length)
            throw new ValueError($"`column_defaults` has length {defaults.Length}, but there are {names.Length} columns: {PythonText.Repr(names)}.");
        if (columns is not null) names = Array.ConvertAll(columns, column => names[column]);
        if (label is not null && !names.Contains(label))
            throw new ValueError($"`label_name` provided must be one of the columns: {PythonText.Repr(names)}. Received: {label}.");

        var types = defaults;
        Dataset records = paths.interleave(path => new CsvDataset((Strings)path, types, columns, layout), cycle_length: reads, block_length: 1);
        if (shuffle) records = records.shuffle(buffer, seed);
        if (epochs != 1) records = records.repeat(epochs);
        string[] features = [.. names.Where(name => name != label)];
        int at = Array.IndexOf(names, label);
        return records.batch(batchSize, drop_remainder: epochs is null)
            .Map("columns", batch => Named(batch.Parts!), 1).prefetch(prefetch);

        Tensor Named(IReadOnlyList<Tensor> all)
        {
            var named = Tensor.Several([.. all.Where((_, i) => i != at)], features);
            return at < 0 ? named : Tensor.Several([named, all[at]]);
        }
    }

    /// <summary>The indices of the selected columns, in rising order.</summary>
    private static int[] Selected(string[] selected, string[] names)
    {
        int[] columns = Array.ConvertAll(selected, name => Array.IndexOf(names, name) is >= 0 and var at ? at
            : throw new ValueError($"Value '{name}' in `select_columns` is not a column name: {PythonText.Repr(names)}."));
        if (columns.Distinct().Count() < columns.Length) throw new ValueError($"`select_columns` contains duplicate columns: {PythonText.Repr(selected)}.");
        return [.. columns.Order()];
    }
}
