using KerasPort.Pictures;

namespace KerasPort;

/// <summary><c>keras.preprocessing</c>.</summary>
public sealed class PreprocessingModule
{
    /// <summary><c>keras.preprocessing.image</c>.</summary>
    public PreprocessingImageModule image { get; } = new();

    /// <inheritdoc cref="UtilsModule.image_dataset_from_directory"/>
    public Dataset image_dataset_from_directory(string directory, FileLabels labels = default, string? label_mode = "int", string[]? class_names = null,
        string color_mode = "rgb", int? batch_size = 32, Shape? image_size = null, bool shuffle = true, long? seed = null, double? validation_split = null,
        string? subset = null, string interpolation = "bilinear", bool follow_links = false, bool crop_to_aspect_ratio = false,
        bool pad_to_aspect_ratio = false, string? data_format = null, string format = "tf", bool verbose = true) =>
        Python.keras.utils.image_dataset_from_directory(directory, labels, label_mode,
            class_names, color_mode, batch_size, image_size, shuffle, seed, validation_split, subset, interpolation, follow_links, crop_to_aspect_ratio,
            pad_to_aspect_ratio, data_format, format, verbose);
}

/// <summary><c>keras.preprocessing.image</c>.</summary>
public sealed class PreprocessingImageModule
{
    /// <inheritdoc cref="Pictures.ImageDataGenerator(bool, bool, bool, bool, bool, double, double, ShiftRange, ShiftRange, ValueTuple{double, double}?, double,
    /// ZoomRange, double, string, double, bool, bool, double?, Func{NDArray, NDArray}?, string?, double, int, DType?)"/>
    public ImageDataGenerator ImageDataGenerator(bool featurewise_center = false, bool samplewise_center = false, bool featurewise_std_normalization = false,
        bool samplewise_std_normalization = false, bool zca_whitening = false, double zca_epsilon = 1e-6, double rotation_range = 0,
        ShiftRange width_shift_range = default, ShiftRange height_shift_range = default,
        (double, double)? brightness_range = null, double shear_range = 0, ZoomRange zoom_range = default, double channel_shift_range = 0,
        string fill_mode = "nearest", double cval = 0, bool horizontal_flip = false, bool vertical_flip = false, double? rescale = null,
        Func<NDArray, NDArray>? preprocessing_function = null, string? data_format = null, double validation_split = 0, int interpolation_order = 1,
        DType? dtype = null) => new(featurewise_center, samplewise_center,
            featurewise_std_normalization, samplewise_std_normalization, zca_whitening, zca_epsilon, rotation_range, width_shift_range, height_shift_range,
            brightness_range, shear_range, zoom_range,
            channel_shift_range, fill_mode, cval, horizontal_flip, vertical_flip, rescale, preprocessing_function, data_format,
            validation_split, interpolation_order, dtype);

    /// <inheritdoc cref="UtilsModule.array_to_img(NDArray, string?, bool, DType?)"/>
    public Image array_to_img(NDArray x, string? data_format = null, bool scale = true, DType? dtype = null) =>
        Python.keras.utils.array_to_img(x, data_format, scale, dtype);

    /// <inheritdoc cref="UtilsModule.array_to_img(NDArray, string?, bool, DType?)"/>
    public Image array_to_img(Tensor x, string? data_format = null, bool scale = true, DType? dtype = null) =>
        Python.keras.utils.array_to_img(x, data_format, scale, dtype);

    /// <inheritdoc cref="UtilsModule.img_to_array"/>
    public NDArray img_to_array(Image img, string? data_format = null, DType? dtype = null) => Python.keras.utils.img_to_array(img, data_format, dtype);

    /// <inheritdoc cref="UtilsModule.load_img(string, string, ValueTuple{int, int}?, string, bool)"/>
    public Image load_img(Stream path, string color_mode = "rgb", (int height, int width)? target_size = null, string interpolation = "nearest",
        bool keep_aspect_ratio = false) => Python.keras.utils.load_img(path, color_mode, target_size, interpolation, keep_aspect_ratio);

    /// <inheritdoc cref="UtilsModule.load_img(string, string, ValueTuple{int, int}?, string, bool)"/>
    public Image load_img(string path, string color_mode = "rgb", (int height, int width)? target_size = null, string interpolation = "nearest",
        bool keep_aspect_ratio = false) => Image.Load(path, color_mode, target_size, interpolation, keep_aspect_ratio);

    /// <inheritdoc cref="UtilsModule.save_img(string, NDArray, string?, string?, bool)"/>
    public void save_img(string path, NDArray x, string? data_format = null, string? file_format = null, bool scale = true) =>
        Python.keras.utils.save_img(path, x, data_format, file_format, scale);

    /// <inheritdoc cref="UtilsModule.save_img(string, NDArray, string?, string?, bool)"/>
    public void save_img(string path, Tensor x, string? data_format = null, string? file_format = null, bool scale = true) =>
        Python.keras.utils.save_img(path, x, data_format, file_format, scale);

    /// <summary>Resizes images without distortion: the largest centred part with the proportions of the size is cropped first.</summary>
    /// <param name="x">[height, width, channels], or a batch of these.</param>
    /// <param name="size">The height and the width.</param>
    /// <param name="interpolation">"bilinear", "nearest", "bicubic", "lanczos3" or "lanczos5".</param>
    /// <param name="data_format">"channels_last" or "channels_first".</param>
    /// <exception cref="ValueError">The array isn't an image, or the size isn't two positive numbers.</exception>
    public NDArray smart_resize(NDArray x, Shape size, string interpolation = "bilinear", string data_format = "channels_last")
    {
        if (size.Rank != 2) throw new ValueError($"Expected `size` to be a tuple of 2 integers, but got: {size}.");
        if (x.ndim is not (3 or 4))
            throw new ValueError("Expected an image array with shape `(height, width, channels)`, or `(batch_size, height, width, channels)`, but "
                + $"got input with incorrect rank, of shape {x.shape}.");
        bool channelsFirst = FolderDataset.IsChannelsFirst(data_format);
        if (channelsFirst) x = Python.np.moveaxis(x, -3, -1);
        var (height, width) = (size[0] ?? 0, size[1] ?? 0);
        if (height < 1 || width < 1) throw new ValueError($"Expected `size` to be a tuple of 2 positive integers, but got: {size}.");
        int rows = x.shape[^3], columns = x.shape[^2];
        int down = Math.Max(Math.Min(rows, (int)((double)columns * height / width)), 1);
        int across = Math.Max(Math.Min(columns, (int)((double)rows * width / height)), 1);
        Tensor part = Python.tf.image.crop_to_bounding_box(x, (rows - down) / 2, (columns - across) / 2, down, across);
        var resized = Python.tf.image.resize(part, size, interpolation).numpy();
        return channelsFirst ? Python.np.moveaxis(resized, -1, -3) : resized;
    }
}
