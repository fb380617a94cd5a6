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
        bool pad_to_aspect_ratio = false, bool verbose = true) => Python.keras.utils.image_dataset_from_directory(directory, labels, label_mode,
            class_names, color_mode, batch_size, image_size, shuffle, seed, validation_split, subset, interpolation, follow_links, crop_to_aspect_ratio, pad_to_aspect_ratio, verbose);
}

/// <summary><c>keras.preprocessing.image</c>.</summary>
public sealed class PreprocessingImageModule
{
    /// <inheritdoc cref="Pictures.ImageDataGenerator(bool, bool, bool, bool, bool, double, double, ShiftRange, ShiftRange, ValueTuple{double, double}?, double, ZoomRange, double, string, double, bool, bool, double?, Func{NDArray, NDArray}?, string?, double, int, DType?)"/>
    public ImageDataGenerator ImageDataGenerator(bool featurewise_center = false, bool samplewise_center = false, bool featurewise_std_normalization = false,
        bool samplewise_std_normalization = false, bool zca_whitening = false, double zca_epsilon = 1e-6, double rotation_range = 0, ShiftRange width_shift_range = default, ShiftRange height_shift_range = default,
        (double, double)? brightness_range = null, double shear_range = 0, ZoomRange zoom_range = default, double channel_shift_range = 0,
        string fill_mode = "nearest", double cval = 0, bool horizontal_flip = false, bool vertical_flip = false, double? rescale = null,
        Func<NDArray, NDArray>? preprocessing_function = null, string? data_format = null, double validation_split = 0, int interpolation_order = 1,
        DType? dtype = null) => new(featurewise_center, samplewise_center,
            featurewise_std_normalization, samplewise_std_normalization, zca_whitening, zca_epsilon, rotation_range, width_shift_range, height_shift_range, brightness_range, shear_range, zoom_range,
            channel_shift_range, fill_mode, cval, horizontal_flip, vertical_flip, rescale, preprocessing_function, data_format,
            validation_split, interpolation_order, dtype);

    /// <inheritdoc cref="UtilsModule.array_to_img"/>
    public Image array_to_img(NDArray x, bool scale = true) => Image.Of(x, scale);

    /// <inheritdoc cref="UtilsModule.img_to_array"/>
    public NDArray img_to_array(Image img, DType? dtype = null) => img.ToArray(dtype);

    /// <inheritdoc cref="Image.Load"/>
    public Image load_img(string path, string color_mode = "rgb", (int height, int width)? target_size = null, string interpolation = "nearest",
        bool keep_aspect_ratio = false) => Image.Load(path, color_mode, target_size, interpolation, keep_aspect_ratio);

    /// <inheritdoc cref="UtilsModule.save_img"/>
    public void save_img(string path, NDArray x, string? file_format = null, bool scale = true) => Image.Of(x, scale).save(path, file_format);
}
