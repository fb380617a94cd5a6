using KerasPort.Graphs;

namespace KerasPort;

/// <summary><c>keras.ops.image</c>: functions of images [images, height, width, channels], or of a single one without the first axis.</summary>
public sealed partial class OpsImageModule
{
    internal OpsImageModule() { }

    /// <summary>Crops images at each side; what isn't given follows from the target size.</summary>
    /// <exception cref="ValueError">Too few or too many arguments are given, or the images are smaller.</exception>
    public Tensor crop_images(Tensor images, int? top_cropping = null, int? left_cropping = null, int? bottom_cropping = null, int? right_cropping = null,
        int? target_height = null, int? target_width = null)
    {
        var (height, width) = Size(images);
        var (top, rows) = Part("top_cropping, bottom_cropping, target_height", height, top_cropping, bottom_cropping, target_height);
        var (left, columns) = Part("left_cropping, right_cropping, target_width", width, left_cropping, right_cropping, target_width);
        return images[Slice.Ellipsis, top..(top + rows), left..(left + columns), ..];
    }

    /// <summary>Extracts windows of images, each flattened to one pixel.</summary>
    /// <param name="images">The images.</param>
    /// <param name="size">Height and width of a window, or one number for both.</param>
    /// <param name="strides">The strides of the windows; by default their size.</param>
    /// <param name="dilation_rate">The distance between the pixels of a window.</param>
    /// <param name="padding">"valid" or "same".</param>
    public Tensor extract_patches(Tensor images, Shape size, Shape? strides = null, Shape? dilation_rate = null, string padding = "valid")
    {
        var window = Layers.WindowArguments.Of(2, "size", size);
        int channels = images.shape[-1]!.Value, all = window[0]!.Value * window[1]!.Value * channels;
        var kernel = Python.keras.ops.reshape(Python.keras.ops.eye(all), new Shape(window[0], window[1], channels, all));
        return Batched(images, x => Python.keras.ops.conv(x, kernel, strides ?? window, padding, dilation_rate: dilation_rate));
    }

    /// <summary>Blurs images with a Gaussian filter.</summary>
    /// <param name="images">The images.</param>
    /// <param name="kernel_size">Height and width of the filter; (3, 3) by default.</param>
    /// <param name="sigma">The standard deviations, in pixels, along height and width; (1, 1) by default.</param>
    public Tensor gaussian_blur(Tensor images, (int Height, int Width)? kernel_size = null, (double Down, double Across)? sigma = null)
    {
        var (size, reach, channels) = (kernel_size ?? (3, 3), sigma ?? (1, 1), images.shape[-1]!.Value);
        // As in Keras, the first number of each pair is for the width.
        double[] across = Bell(size.Height, reach.Down), down = Bell(size.Width, reach.Across);
        float[] kernel = [.. down.SelectMany(y => across.Select(x => (float)(x * y))).SelectMany(weight => Enumerable.Repeat(weight, channels))];
        return Batched(images, x => Python.keras.ops.depthwise_conv(x, new NDArray(kernel, size.Height, size.Width, channels, 1), padding: "same"));
    }

    /// <summary>Pads images with zeros at each side; what isn't given follows from the target size.</summary>
    /// <exception cref="ValueError">Too few or too many arguments are given, or the target size is smaller.</exception>
    public Tensor pad_images(Tensor images, int? top_padding = null, int? left_padding = null, int? bottom_padding = null, int? right_padding = null,
        int? target_height = null, int? target_width = null)
    {
        var (height, width) = Size(images);
        var down = Padding("top_padding, bottom_padding, target_height", height, top_padding, bottom_padding, target_height);
        var across = Padding("left_padding, right_padding, target_width", width, left_padding, right_padding, target_width);
        int[][] widths = [.. Enumerable.Repeat<int[]>([0, 0], images.shape.Rank - 3), down, across, [0, 0]];
        return KerasOps.Pad(widths, "constant").Of(images);
    }

    /// <summary>Resizes images.</summary>
    /// <param name="images">The images.</param>
    /// <param name="size">The height and width of the result.</param>
    /// <param name="interpolation">"bilinear", "nearest", "bicubic", "lanczos3", "lanczos5" or "area".</param>
    /// <param name="antialias">Whether images that become smaller are low-pass filtered.</param>
    /// <param name="crop_to_aspect_ratio">Whether images are cropped to the proportions of the size.</param>
    /// <param name="pad_to_aspect_ratio">Whether images are padded to the proportions of the size.</param>
    /// <param name="fill_value">The padding value.</param>
    public Tensor resize(Tensor images, Shape size, string interpolation = "bilinear", bool antialias = false, bool crop_to_aspect_ratio = false,
        bool pad_to_aspect_ratio = false, double fill_value = 0.0) =>
        Batched(images, x => KerasOps.Resize(size, interpolation, antialias, crop_to_aspect_ratio, pad_to_aspect_ratio, fill_value).Of(x));

    /// <summary>Converts RGB images to grayscale, with one channel.</summary>
    /// <exception cref="ValueError">The number of channels is neither 1 nor 3.</exception>
    public Tensor rgb_to_grayscale(Tensor images) => KerasOps.RgbToGrayscale.Of(images);

    /// <summary>The vertical and horizontal Sobel gradients of each channel, along a new last axis.</summary>
    public Tensor sobel_edges(Tensor images)
    {
        var ops = Python.keras.ops;
        int channels = images.shape[-1]!.Value;
        float[] down = [-1, -2, -1, 0, 0, 0, 1, 2, 1], across = [-1, 0, 1, -2, 0, 2, -1, 0, 1];
        float[] kernel = [.. Enumerable.Range(0, 9).SelectMany(i => Enumerable.Repeat<float[]>([down[i], across[i]], channels).SelectMany(both => both))];
        var padded = KerasOps.Pad([[0, 0], [1, 1], [1, 1], [0, 0]], "reflect").Of(images);
        return ops.reshape(ops.depthwise_conv(padded, new NDArray(kernel, 3, 3, channels, 2)), new Shape(-1, images.shape[1], images.shape[2], channels, 2));
    }

    private static double[] Bell(int size, double sigma)
    {
        double[] weights = [.. Enumerable.Range(0, size).Select(i => Math.Exp(-0.5 * Math.Pow((i - (size - 1) / 2.0) / sigma, 2)))];
        double sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    private static (int Height, int Width) Size(Tensor images) => images.shape.Rank is 3 or 4 ? (images.shape[-3]!.Value, images.shape[-2]!.Value)
        : throw new ValueError($"Invalid images rank: expected rank 3 (single image) or rank 4 (batch of images). Received: images.shape={images.shape}");

    /// <summary>The part of an axis that remains after cropping: its first index and its length.</summary>
    private static (int First, int Count) Part(string names, int length, int? before, int? behind, int? target)
    {
        if ((before is null ? 0 : 1) + (behind is null ? 0 : 1) + (target is null ? 0 : 1) != 2)
            throw new ValueError($"Two of {names} must be given, and the third is not.");
        int first = before ?? length - target!.Value - behind!.Value, count = target ?? length - before!.Value - behind!.Value;
        return first >= 0 && count > 0 && first + count <= length ? (first, count)
            : throw new ValueError($"There are not so many pixels to leave out by {names}. Received: {before}, {behind}, {target}, for {length} pixels");
    }

    /// <summary>The padding before and behind an axis.</summary>
    private static int[] Padding(string names, int length, int? before, int? behind, int? target)
    {
        if ((before is null ? 0 : 1) + (behind is null ? 0 : 1) + (target is null ? 0 : 1) != 2)
            throw new ValueError($"Two of {names} must be given, and the third is not.");
        int[] both = [before ?? target!.Value - behind!.Value - length, behind ?? target!.Value - before!.Value - length];
        return both.All(width => width >= 0) ? both
            : throw new ValueError($"What is put around an image by {names} must be 0 or more. Received: {both[0]}, {both[1]}");
    }

    private static Tensor Batched(Tensor images, Func<Tensor, Tensor> function)
    {
        if (images.shape.Rank != 3) return function(images);
        return Python.keras.ops.squeeze(function(Python.keras.ops.expand_dims(images, 0)), 0);
    }
}
