using System.Numerics.Tensors;
using KerasPort.Pipelines;

namespace KerasPort.Pictures;

/// <summary>
/// Makes batches of pictures, each changed at random by draws from <c>np.random</c>, as Keras' <c>ImageDataGenerator</c> does: from arrays by
/// <see cref="flow"/>, from folders by <see cref="flow_from_directory"/>.
/// </summary>
/// <remarks>It is for existing programs; new ones use <c>image_dataset_from_directory</c> and augmentation layers.</remarks>
public sealed partial class ImageDataGenerator
{
    private readonly bool _featurewiseCenter, _samplewiseCenter, _featurewiseStd, _samplewiseStd;
    private readonly double? _rescale;
    private readonly DType _type;
    private readonly Func<NDArray, NDArray>? _preprocessing;
    private readonly double _validationSplit;
    private readonly bool _whitens, _channelsFirst;
    private readonly double _epsilon;
    private float[]? _mean, _deviation;     // per channel
    private float[][]? _whitening;

    /// <summary>Creates a generator with these changes.</summary>
    /// <param name="featurewise_center">Whether the mean of the data given to <see cref="fit"/> is subtracted.</param>
    /// <param name="samplewise_center">Whether each picture's own mean is subtracted.</param>
    /// <param name="featurewise_std_normalization">Whether the result is divided by the standard deviation of the data given to <see cref="fit"/>.</param>
    /// <param name="samplewise_std_normalization">Whether the result is divided by each picture's own standard deviation.</param>
    /// <param name="zca_whitening">
    /// Whether the values are decorrelated by the data given to <see cref="fit"/>. That implies centring, and excludes division by the deviation.
    /// </param>
    /// <param name="zca_epsilon">Added to the singular values, so that small differences aren't amplified.</param>
    /// <param name="rotation_range">The largest rotation in degrees, to either side.</param>
    /// <param name="width_shift_range">
    /// The largest horizontal shift: a share of the width if it is below 1, else pixels; an integer for whole pixels below it.
    /// </param>
    /// <param name="height_shift_range">The largest vertical shift, likewise.</param>
    /// <param name="brightness_range">The range of the brightness factor.</param>
    /// <param name="shear_range">The largest shear angle in degrees, to either side.</param>
    /// <param name="zoom_range">The range of the zoom factor: z for 1 - z to 1 + z, or two factors.</param>
    /// <param name="channel_shift_range">The largest value that is added to or subtracted from all channels.</param>
    /// <param name="fill_mode">The mode for points outside of the picture: "nearest", "constant", "reflect" or "wrap".</param>
    /// <param name="cval">The value outside for mode "constant".</param>
    /// <param name="horizontal_flip">Whether pictures are flipped horizontally, with probability 0.5.</param>
    /// <param name="vertical_flip">Whether pictures are flipped vertically, with probability 0.5.</param>
    /// <param name="rescale">The factor of all values, applied after all other changes.</param>
    /// <param name="preprocessing_function">A function that is applied to each picture before that.</param>
    /// <param name="data_format">
    /// "channels_last", or "channels_first" for [channels, height, width]; by default <c>keras.backend.image_data_format()</c>.
    /// </param>
    /// <param name="validation_split">The share of the pictures in the subset "validation".</param>
    /// <param name="interpolation_order">0 for the nearest pixel, 1 for bilinear, up to 5 for splines of higher order.</param>
    /// <param name="dtype">
    /// The dtype of batches; float32 by default. An integer dtype doesn't allow <paramref name="rescale"/>, centring and normalizing, as in numpy.
    /// </param>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public ImageDataGenerator(bool featurewise_center = false, bool samplewise_center = false, bool featurewise_std_normalization = false,
        bool samplewise_std_normalization = false, bool zca_whitening = false, double zca_epsilon = 1e-6, double rotation_range = 0,
        ShiftRange width_shift_range = default, ShiftRange height_shift_range = default,
        (double, double)? brightness_range = null, double shear_range = 0, ZoomRange zoom_range = default, double channel_shift_range = 0,
        string fill_mode = "nearest", double cval = 0, bool horizontal_flip = false, bool vertical_flip = false, double? rescale = null,
        Func<NDArray, NDArray>? preprocessing_function = null, string? data_format = null, double validation_split = 0, int interpolation_order = 1,
        DType? dtype = null)
    {
        if (validation_split is not (>= 0 and < 1))
            throw new ValueError($"`validation_split` must be strictly between 0 and 1. Received: {PythonText.Str(validation_split)}");
        if (fill_mode is not ("nearest" or "constant" or "reflect" or "wrap"))
            throw new ValueError($"`fill_mode` must be \"nearest\", \"constant\", \"reflect\" or \"wrap\". Received: fill_mode={fill_mode}");
        if (interpolation_order is not (>= 0 and <= 5))
            throw new ValueError($"`interpolation_order` must be from 0 to 5. Received: interpolation_order={interpolation_order}");
        _channelsFirst = FolderDataset.IsChannelsFirst(data_format);
        _type = dtype ?? DType.float32;
        if (!_type.IsInexact && (rescale is not null || featurewise_center || featurewise_std_normalization || samplewise_center
            || samplewise_std_normalization || zca_whitening))
            throw new ValueError($"Pictures of {_type} can't be rescaled, centred or normalized in place: leave `dtype` out, or those.");
        (_whitens, _epsilon) = (zca_whitening, zca_epsilon);
        _featurewiseStd = featurewise_std_normalization && !zca_whitening;
        _featurewiseCenter = featurewise_center || featurewise_std_normalization || zca_whitening;
        (_samplewiseCenter, _samplewiseStd) = (samplewise_center || samplewise_std_normalization, samplewise_std_normalization);
        (_rotation, _width, _height, _brightness, _shear, _zoom) = (
            rotation_range, width_shift_range, height_shift_range, brightness_range, shear_range, zoom_range);
        (_channelShift, _flipsSideways, _flipsOver) = (channel_shift_range, horizontal_flip, vertical_flip);
        _affine = new AffineTransform(fill_mode, cval, interpolation_order);
        (_rescale, _preprocessing, _validationSplit) = (rescale, preprocessing_function, validation_split);
    }

    /// <summary>Computes the statistics of data for centring, normalizing and whitening: mean and standard deviation per channel, and the matrix.</summary>
    /// <param name="x">[pictures, height, width, channels].</param>
    /// <param name="augment">Whether the pictures are changed at random first.</param>
    /// <param name="rounds">The number of changed copies of each, in that case.</param>
    /// <param name="seed">The seed that <c>np.random</c> gets first; <c>null</c> leaves it as it is.</param>
    /// <exception cref="ValueError">The array doesn't have four axes, or too many values per picture for whitening.</exception>
    public void fit(NDArray x, bool augment = false, int rounds = 1, long? seed = null)
    {
        if (x.ndim != 4) throw new ValueError($"Input to `.fit()` should have rank 4. Got array with shape: {x.shape}");
        if (seed is not null) Python.np.random.seed(seed);
        var data = Last(x.astype(DType.float32));
        if (_rescale is { } factor) data = data * (float)factor;
        if (augment)
            data = NDArray.Stack(
                [.. Enumerable.Range(0, rounds).SelectMany(_ => Enumerable.Range(0, data.Length)).Select(
                    i => Changed(data[i], Draw(data.shape[1], data.shape[2])))]);
        int channels = data.shape[3];
        var values = data.ToFloats();
        if (_featurewiseCenter)
        {
            _mean = Means(values, channels, 0);
            for (int i = 0; i < values.Length; i++) values[i] -= _mean[i % channels];
        }
        if (_featurewiseStd) _deviation = [.. Means(values, channels, 2).Select(MathF.Sqrt)];
        if (!_whitens) return;
        int count = values.Length / data.Length;
        if (count > Whitening.MostValues)
            throw new ValueError($"`zca_whitening` makes a matrix of a row and a column for each of a picture's values, here {count}, and at most "
                + $"{Whitening.MostValues}: whiten smaller pictures.");
        _whitening = Whitening.Matrix(values, data.Length, _epsilon);
    }

    /// <summary>Makes batches of pictures from an array.</summary>
    /// <param name="x">[pictures, height, width, channels].</param>
    /// <param name="y">Targets, one row per picture.</param>
    /// <param name="batch_size">Pictures per batch.</param>
    /// <param name="shuffle">Whether each pass has a random order.</param>
    /// <param name="sample_weight">
    /// Sample weights, one per picture, also in a subset. (In Keras a subset gets the weights of the first pictures instead of its own.)
    /// </param>
    /// <param name="seed">The seed: before each batch, <c>np.random</c> is seeded with it plus the number of the batch.</param>
    /// <param name="save_to_dir">A folder in which every changed picture is saved.</param>
    /// <param name="save_prefix">The prefix of their file names.</param>
    /// <param name="save_format">png, jpeg or bmp.</param>
    /// <param name="ignore_class_split">Whether the two subsets may have different classes.</param>
    /// <param name="subset">"training" or "validation", which has the first share of the rows.</param>
    /// <exception cref="ValueError">The arrays' numbers of rows differ, or the subsets' classes.</exception>
    public ImageFlow flow(NDArray x, NDArray? y = null, int batch_size = 32, bool shuffle = true, NDArray? sample_weight = null, long? seed = null,
        string? save_to_dir = null,
        string save_prefix = "", string save_format = "png", bool ignore_class_split = false, string? subset = null)
    {
        if (x.ndim != 4) throw new ValueError($"Input data in `NumpyArrayIterator` should have rank 4. You passed an array with shape {x.shape}");
        foreach (var (name, other) in new[] { ("y", y), ("sample_weight", sample_weight) })
            if (other is not null && other.Length != x.Length)
                throw new ValueError($"`x` (images tensor) and `{name}` should have the same length. Found: x.shape = {x.shape}, {name}.shape = {other.shape}");
        if (subset is not null)
        {
            int split = (int)(x.Length * _validationSplit);
            Range part = IsValidation(subset) ? ..split : split..;
            if (y is not null && !ignore_class_split && !Classes(y[..split]).SetEquals(Classes(y[split..])))
                throw new ValueError("Training and validation subsets have different number of classes after the split. "
                    + "If your numpy arrays are sorted by the label, you might want to shuffle them.");
            (x, y, sample_weight) = (x[part], y?[part], sample_weight?[part]);
        }
        var images = Last(x.astype(_type).astype(DType.float32));
        return new ImageFlow(x.Length, batch_size, shuffle, seed, this, (images.shape[1], images.shape[2]), i => images[i].copy(),
            rows => [.. new[] { y, sample_weight }.Where(array => array is not null).Select(array => (Tensor)array![rows])])
        { Saved = ImageFlow.Saving.To(save_to_dir, save_prefix, save_format, 10_000) };
    }

    /// <summary>Makes batches of the pictures in a folder that has a subfolder for each class.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="target_size">The height and width to which all are resized; (256, 256) by default.</param>
    /// <param name="color_mode">"rgb", "rgba" or "grayscale".</param>
    /// <param name="classes">The classes in another order than alphabetical, or some of them.</param>
    /// <param name="class_mode">Targets: "categorical", "binary", "sparse", "input" for the pictures themselves, or <c>null</c> for none.</param>
    /// <param name="batch_size">Pictures per batch.</param>
    /// <param name="shuffle">Whether each pass has a random order.</param>
    /// <param name="seed">The seed: before each batch, <c>np.random</c> is seeded with it plus the number of the batch.</param>
    /// <param name="save_to_dir">A folder in which every changed picture is saved.</param>
    /// <param name="save_prefix">The prefix of their file names.</param>
    /// <param name="save_format">png, jpeg or bmp.</param>
    /// <param name="follow_links">Whether folders that are links are followed.</param>
    /// <param name="subset">"training" or "validation", which has the first share of each class.</param>
    /// <param name="interpolation">The filter for resizing: "nearest", "bilinear", "bicubic", "lanczos", "box" or "hamming".</param>
    /// <param name="keep_aspect_ratio">Whether pictures are cropped to the proportions of the size first.</param>
    /// <exception cref="ValueError">An argument is invalid, or the package KerasPort.Pictures is missing.</exception>
    /// <exception cref="DatasetException">There is no such folder; when batches are made: a file isn't a whole picture.</exception>
    public ImageFlow flow_from_directory(string directory, (int height, int width)? target_size = null, string color_mode = "rgb", string[]? classes = null,
        string? class_mode = "categorical", int batch_size = 32, bool shuffle = true, long? seed = null, string? save_to_dir = null, string save_prefix = "",
        string save_format = "png", bool follow_links = false, string? subset = null, string interpolation = "nearest", bool keep_aspect_ratio = false)
    {
        if (class_mode is not (null or "categorical" or "binary" or "sparse" or "input"))
            throw new ValueError($"Invalid class_mode: {class_mode}; expected one of: categorical, binary, sparse, input, None");
        if (!Directory.Exists(directory)) throw new DatasetException($"There is no folder {directory}, expected one of pictures.");
        _ = PictureCodec.Open("flow_from_directory");
        _ = Image.ChannelsOf(color_mode);
        var size = target_size ?? (256, 256);
        string[] names = classes is { Length: > 0 } ? classes : ImageFolder.SubfoldersOf(directory, hidden: true);
        var (paths, labels) = (new List<string>(), new List<int>());
        foreach (var (label, name) in names.Index())
        {
            string folder = Path.Join(directory, name);
            string[] files = Directory.Exists(folder) ? [.. ImageFolder.Files(folder, follow_links, s_endings)] : [];
            if (subset is not null)
            {
                int split = (int)(_validationSplit * files.Length);
                files = IsValidation(subset) ? files[..split] : files[split..];
            }
            paths.AddRange(files);
            labels.AddRange(Enumerable.Repeat(label, files.Length));
        }
        Python.print($"Found {paths.Count} images belonging to {names.Length} classes.");
        return new ImageFlow(paths.Count, batch_size, shuffle, seed, this, size,
            i => Image.Load(paths[i], color_mode, size, interpolation, keep_aspect_ratio).ToArray(null), Targets)
        {
            Saved = ImageFlow.Saving.To(save_to_dir, save_prefix, save_format, 10_000_000),
            RepeatsInputs = class_mode == "input",
            filenames = [.. paths.Select(path => Path.GetRelativePath(directory, path))],
            classes = labels.ToArray(),
            class_indices = names.Index().ToDictionary(one => one.Item, one => one.Index),
        };

        Tensor[] Targets(int[] rows)
        {
            if (class_mode is null or "input") return [];
            if (class_mode != "categorical") return [(NDArray)Array.ConvertAll(rows, row => (float)labels[row])];
            var targets = new float[rows.Length * names.Length];
            for (int i = 0; i < rows.Length; i++) targets[i * names.Length + labels[rows[i]]] = 1;
            return [new NDArray(targets, rows.Length, names.Length)];
        }
    }

    /// <summary>Always throws: data frames aren't supported.</summary>
    /// <exception cref="ValueError">Always; the message names the alternatives.</exception>
    public ImageFlow flow_from_dataframe(object? dataframe, string? directory = null, string x_col = "filename", object? y_col = null,
        string? weight_col = null,
        (int height, int width)? target_size = null, string color_mode = "rgb", string[]? classes = null, string? class_mode = "categorical",
        int batch_size = 32,
        bool shuffle = true, long? seed = null, string? save_to_dir = null, string save_prefix = "", string save_format = "png", string? subset = null,
        string interpolation = "nearest", bool validate_filenames = true) => throw new ValueError("`flow_from_dataframe` needs pandas, which isn't there: "
            + "use flow_from_directory, image_dataset_from_directory with `labels: [0, 1, …]`, or tf.data.Dataset.from_tensor_slices((paths, labels)).map(…).");

    /// <summary>Standardizes a changed picture: the preprocessing function, rescaling, centring.</summary>
    internal NDArray Standardized(NDArray image)
    {
        var made = Scaled(image);
        return _type == DType.float32 ? made : made.astype(_type);
    }

    private NDArray Scaled(NDArray image)
    {
        if (_preprocessing is not null) image = Last(_preprocessing(First(image)));
        var x = image.ToFloats();
        if (_rescale is { } factor) for (int i = 0; i < x.Length; i++) x[i] *= (float)factor;
        if (_samplewiseCenter)
        {
            float mean = (float)x.Average(v => (double)v);
            for (int i = 0; i < x.Length; i++) x[i] -= mean;
        }
        if (_samplewiseStd)
        {
            double mean = x.Average(v => (double)v);
            float deviation = (float)Math.Sqrt(x.Average(v => (v - mean) * (v - mean))) + 1e-6f;
            for (int i = 0; i < x.Length; i++) x[i] /= deviation;
        }
        int channels = image.shape[^1];
        if (_featurewiseCenter)
        {
            if (_mean is null) throw NotFitted("featurewise_center");
            for (int i = 0; i < x.Length; i++) x[i] -= _mean[i % channels];
        }
        if (_featurewiseStd)
        {
            if (_deviation is null) throw NotFitted("featurewise_std_normalization");
            for (int i = 0; i < x.Length; i++) x[i] /= _deviation[i % channels] + 1e-6f;
        }
        if (!_whitens) return new NDArray(x, image.shape);
        if (_whitening is null) throw NotFitted("zca_whitening");
        if (_whitening.Length != x.Length)
            throw new ValueError($"`zca_whitening` was fitted to pictures of {_whitening.Length} values. Received: {image.shape}");
        var white = new float[x.Length];
        for (int i = 0; i < x.Length; i++) TensorPrimitives.MultiplyAdd(_whitening[i], x[i], white, white);
        return new NDArray(white, image.shape);
    }

    /// <summary>Images in the generator's data format.</summary>
    internal NDArray First(NDArray images) => _channelsFirst ? Python.np.moveaxis(images, -1, -3) : images;

    private NDArray Last(NDArray images) => _channelsFirst ? Python.np.moveaxis(images, -3, -1) : images;

    internal bool IsForeign => _preprocessing is not null;

    private static readonly string[] s_endings = ["png", "jpg", "jpeg", "bmp", "ppm", "tif", "tiff"];

    private static ValueError NotFitted(string setting) =>
        new($"This ImageDataGenerator specifies `{setting}`, but it hasn't been fit on any training data. Fit it first by calling `.fit(numpy_data)`.");

    private static bool IsValidation(string subset) => subset is "validation" or "training" ? subset == "validation"
        : throw new ValueError($"Invalid subset name: {subset}; expected \"training\" or \"validation\".");

    private static HashSet<double> Classes(NDArray y) => [.. y.ToDoubles()];

    private static float[] Means(float[] values, int channels, int power)
    {
        var sums = new double[channels];
        for (int i = 0; i < values.Length; i++) sums[i % channels] += power == 2 ? (double)values[i] * values[i] : values[i];
        return Array.ConvertAll(sums, sum => (float)(sum / (values.Length / channels)));
    }
}
