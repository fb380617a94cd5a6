using KerasPort.Graphs;

namespace KerasPort.Pictures;

/// <summary>Makes data sets from the arguments of <c>image_dataset_from_directory</c>.</summary>
internal static class FolderDataset
{
    private const int DefaultSide = 256, MostRandomSeed = 1_000_000;

    public static Dataset Open(string directory, FileLabels labels, string? labelMode, string[]? classNames, string colorMode, int? batchSize,
        Shape? imageSize, bool shuffle, long? seed, double? validationSplit, string? subset, string interpolation, bool followLinks, bool crops, bool pads,
        string? dataFormat, string format, bool verbose)
    {
        if (labelMode is not (null or "int" or "categorical" or "binary"))
            throw new ValueError($"`label_mode` argument must be one of \"int\", \"categorical\", \"binary\", or None. Received: label_mode={labelMode}");
        if (labels.IsNone || labelMode is null) (labels, labelMode) = (null, null);
        int channels = Image.ChannelsOf(colorMode);
        var (height, width) = SizeOf(imageSize);
        interpolation = interpolation.ToLowerInvariant();
        if (!Resampling.All.Contains(interpolation))
            throw new ValueError($"Argument `interpolation` should be one of {PythonText.Repr(Resampling.All.ToArray())}. "
                + $"Received: interpolation={interpolation}");
        if (format == "grain") throw new ValueError("`format=\"grain\"` isn't there: the library has tf.data's data sets. Leave it out.");
        if (format != "tf") throw new ValueError($"`format` should be either \"tf\" or \"grain\". Received: format={format}");
        bool channelsFirst = IsChannelsFirst(dataFormat);
        if (crops && pads) throw new ValueError("Only one of `pad_to_aspect_ratio`, `crop_to_aspect_ratio` can be set to `True`.");
        if (batchSize < 1) throw new ValueError($"`batch_size` must be a positive integer. Received: batch_size={batchSize}");
        if (validationSplit == 0) validationSplit = null;
        CheckSplit(validationSplit, subset, shuffle, seed);
        long key = seed ?? Python.np.random.randint(0, MostRandomSeed);

        var all = ImageFolder.Read(directory, labels, classNames, followLinks);
        if (verbose)
            Python.print(all.Labels is null ? $"Found {all.Paths.Length} files."
                : $"Found {all.Paths.Length} files belonging to {all.ClassNames!.Length} classes.");
        if (labelMode == "binary" && all.ClassNames!.Length != 2)
            throw new ValueError("When passing `label_mode=\"binary\"`, there must be exactly 2 class_names. "
                + $"Received: class_names={PythonText.Repr(all.ClassNames)}");
        if (shuffle) all = all.Shuffled(key);
        var resizing = new ImageResizing(height, width, channels, interpolation, crops, pads);
        int held = (int)((validationSplit ?? 0) * all.Paths.Length);
        // Python's list[:-0] is empty, too.
        var (training, validation) = held == 0 ? (all[..0], all) : (all[..^held], all[^held..]);
        if (verbose && subset is "training" or "both") Python.print($"Using {all.Paths.Length - held} files for training.");
        if (verbose && subset is "validation" or "both") Python.print($"Using {held} files for validation.");
        return subset switch
        {
            "training" => Made(training, "", shuffle),
            "validation" => Made(validation, "", shuffle),
            "both" => new BothDatasets(Made(training, "training ", shuffle), Made(validation, "validation ", false)),
            _ => Made(all, "", shuffle),
        };

        Dataset Made(ImageFolder folder, string which, bool shuffled) => folder.Paths.Length == 0
            ? throw new ValueError($"No {which}images found in directory {directory}. Allowed formats: ('.bmp', '.gif', '.jpeg', '.jpg', '.png')")
            : folder.ToDataset(labelMode, channels, channelsFirst, resizing, batchSize, shuffled ? key : null);
    }

    /// <summary>Whether the format has a picture's channels as its first axis.</summary>
    /// <exception cref="ValueError">There is no such format.</exception>
    internal static bool IsChannelsFirst(string? dataFormat) => (dataFormat ?? Python.keras.backend.image_data_format()).ToLowerInvariant() switch
    {
        "channels_last" => false,
        "channels_first" => true,
        _ => throw new ValueError("The `data_format` argument must be one of {'channels_first', 'channels_last'}. "
            + $"Received: data_format={dataFormat}"),
    };

    private static (int, int) SizeOf(Shape? size)
    {
        if (size is null) return (DefaultSide, DefaultSide);
        int?[] sides = [.. size];
        return sides switch
        {
            [{ } side] when side > 0 => (side, side),
            [{ } height, { } width] when height > 0 && width > 0 => (height, width),
            _ => throw new ValueError($"Invalid `image_size` value. Expected a tuple of 2 integers. Received: image_size={size}"),
        };
    }

    private static void CheckSplit(double? split, string? subset, bool shuffle, long? seed)
    {
        if (split is not null && split is not (> 0 and < 1))
            throw new ValueError($"`validation_split` must be between 0 and 1, received: {PythonText.Str(split)}");
        if (split is null != (subset is null)) throw new ValueError("If `subset` is set, `validation_split` must be set, and inversely.");
        if (subset is not (null or "training" or "validation" or "both"))
            throw new ValueError($"`subset` must be either \"training\", \"validation\" or \"both\", received: {subset}");
        if (split is not null && shuffle && seed is null)
            throw new ValueError("If using `validation_split` and shuffling the data, you must provide a `seed` argument, "
                + "to make sure that there is no overlap between the training and validation subset.");
    }
}
