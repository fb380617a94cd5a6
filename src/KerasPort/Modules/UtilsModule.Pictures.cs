using KerasPort.Pictures;

namespace KerasPort;

/// <content>Pictures.</content>
public sealed partial class UtilsModule
{
    /// <summary>The pictures of a folder with a subfolder for each class, in batches of floats from 0 to 255, decoded ahead by several threads.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="labels">"inferred", the default: the class is the subfolder of a picture; a number for each file; or <c>null</c> for none.</param>
    /// <param name="label_mode">"int", "categorical", "binary", or <c>null</c> for no labels.</param>
    /// <param name="class_names">The classes in another order than alphabetical, or some of them.</param>
    /// <param name="color_mode">"rgb", "rgba" or "grayscale".</param>
    /// <param name="batch_size">Pictures per batch; <c>null</c> for no batches.</param>
    /// <param name="image_size">Height and width of all; (256, 256) by default.</param>
    /// <param name="shuffle">Whether the pictures are shuffled; otherwise they are in alphabetical order.</param>
    /// <param name="seed">The seed of the order and of the split.</param>
    /// <param name="validation_split">The share of the pictures for validation.</param>
    /// <param name="subset">"training", "validation", or "both", which <c>var (train_ds, val_ds) = …</c> deconstructs.</param>
    /// <param name="interpolation">"bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian" or "mitchellcubic".</param>
    /// <param name="follow_links">Whether folders that are links are followed.</param>
    /// <param name="crop_to_aspect_ratio">Whether pictures are cropped to the proportions of the size.</param>
    /// <param name="pad_to_aspect_ratio">Whether pictures are padded with black to the proportions of the size.</param>
    /// <param name="data_format">"channels_last" or "channels_first"; by default <c>keras.backend.image_data_format()</c>.</param>
    /// <param name="format">"tf".</param>
    /// <param name="verbose">Whether to print the numbers of pictures and classes.</param>
    /// <exception cref="ValueError">An argument isn't supported, there is no picture, or the package KerasPort.Pictures isn't referenced.</exception>
    /// <exception cref="DatasetException">There is no such folder; during a pass: a file isn't a whole picture.</exception>
    /// <example><code><![CDATA[
    /// foreach (string name in new[] { "cats", "dogs" })
    /// {
    ///     Directory.CreateDirectory($"pets/{name}");
    ///     for (int i = 0; i < 3; i++) keras.utils.save_img($"pets/{name}/{i}.png", np.zeros((60, 80, 3)));
    /// }
    /// var pets = keras.utils.image_dataset_from_directory("pets", image_size: (32, 32), batch_size: 6, verbose: false);
    /// print(pets.class_names);                                                                // ['cats', 'dogs']
    /// foreach (var (images, labels) in pets) print(images.shape, labels.shape);               // (6, 32, 32, 3) (6,)
    /// ]]></code></example>
    public Dataset image_dataset_from_directory(string directory, FileLabels labels = default, string? label_mode = "int", string[]? class_names = null,
        string color_mode = "rgb", int? batch_size = 32, Shape? image_size = null, bool shuffle = true, long? seed = null, double? validation_split = null,
        string? subset = null, string interpolation = "bilinear", bool follow_links = false, bool crop_to_aspect_ratio = false,
        bool pad_to_aspect_ratio = false, string? data_format = null, string format = "tf", bool verbose = true) =>
        FolderDataset.Open(directory, labels, label_mode, class_names, color_mode, batch_size,
            image_size, shuffle, seed, validation_split, subset, interpolation, follow_links, crop_to_aspect_ratio, pad_to_aspect_ratio,
            data_format, format, verbose);

    /// <summary>Loads a picture.</summary>
    /// <param name="path">A PNG, JPEG, BMP or GIF file.</param>
    /// <param name="color_mode">The colour mode to convert to: "rgb", "rgba" or "grayscale".</param>
    /// <param name="target_size">The height and width to resize to; by default those of the file.</param>
    /// <param name="interpolation">The filter for resizing: "nearest", "bilinear", "bicubic", "lanczos", "box" or "hamming".</param>
    /// <param name="keep_aspect_ratio">Whether the picture is cropped to the proportions of the size first.</param>
    /// <exception cref="ValueError">An argument isn't supported, or the package KerasPort.Pictures isn't referenced.</exception>
    /// <exception cref="DatasetException">There is no such file, or it isn't a whole picture.</exception>
    public Image load_img(string path, string color_mode = "rgb", (int height, int width)? target_size = null, string interpolation = "nearest",
        bool keep_aspect_ratio = false) => Image.Load(path, color_mode, target_size, interpolation, keep_aspect_ratio);

    /// <summary>Loads a picture from a stream, from its position on, such as Python's <c>io.BytesIO</c>.</summary>
    /// <inheritdoc cref="UtilsModule.load_img(string, string, ValueTuple{int, int}?, string, bool)"/>
    public Image load_img(Stream path, string color_mode = "rgb", (int height, int width)? target_size = null, string interpolation = "nearest",
        bool keep_aspect_ratio = false) => Image.Fitted(Image.open(path), color_mode, target_size, interpolation, keep_aspect_ratio);

    /// <summary>Converts a picture to an array [height, width, channels], float32 by default.</summary>
    /// <param name="img">The picture.</param>
    /// <param name="data_format">"channels_last" or "channels_first" ([channels, height, width]); by default <c>keras.backend.image_data_format()</c>.</param>
    /// <param name="dtype">The array's type.</param>
    /// <exception cref="ValueError">The format is unknown.</exception>
    public NDArray img_to_array(Image img, string? data_format = null, DType? dtype = null) =>
        FolderDataset.IsChannelsFirst(data_format) ? img.ToArray(dtype).transpose(2, 0, 1) : img.ToArray(dtype);

    /// <summary>Converts an array to a picture.</summary>
    /// <param name="x">[height, width, channels] with 1, 3 or 4 channels.</param>
    /// <param name="data_format">"channels_last" or "channels_first" ([channels, height, width]); by default <c>keras.backend.image_data_format()</c>.</param>
    /// <param name="scale">Whether values are scaled so that the least becomes 0 and the largest 255; otherwise they are truncated.</param>
    /// <param name="dtype">The type to which numbers are converted first; float32 by default.</param>
    /// <exception cref="ValueError">The array isn't a picture.</exception>
    public Image array_to_img(NDArray x, string? data_format = null, bool scale = true, DType? dtype = null)
    {
        if (dtype is { } type) x = x.astype(type);
        return Image.Of(FolderDataset.IsChannelsFirst(data_format) && x.ndim == 3 ? x.transpose(1, 2, 0) : x, scale);
    }

    /// <inheritdoc cref="array_to_img(NDArray, string?, bool, DType?)"/>
    public Image array_to_img(Tensor x, string? data_format = null, bool scale = true, DType? dtype = null) =>
        array_to_img(x.numpy(), data_format, scale, dtype);

    /// <summary>Saves an array as a picture.</summary>
    /// <param name="path">The file, whose ending determines the format.</param>
    /// <param name="x">[height, width, channels].</param>
    /// <param name="data_format">"channels_last" or "channels_first" ([channels, height, width]); by default <c>keras.backend.image_data_format()</c>.</param>
    /// <param name="file_format">png, jpeg or bmp, instead of the ending.</param>
    /// <param name="scale">Whether values are scaled so that the least becomes 0 and the largest 255.</param>
    /// <exception cref="ValueError">The array isn't a picture, the format is unknown, or the package KerasPort.Pictures isn't referenced.</exception>
    public void save_img(string path, NDArray x, string? data_format = null, string? file_format = null, bool scale = true) =>
        array_to_img(x, data_format, scale).save(path, file_format);

    /// <inheritdoc cref="save_img(string, NDArray, string?, string?, bool)"/>
    public void save_img(string path, Tensor x, string? data_format = null, string? file_format = null, bool scale = true) =>
        save_img(path, x.numpy(), data_format, file_format, scale);
}
