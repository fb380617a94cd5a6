using KerasPort.Graphs;

namespace KerasPort;

/// <summary><c>tf.image</c>: functions of images [height, width, channels], or of a batch of them.</summary>
public sealed partial class TensorFlowImageModule
{
    /// <inheritdoc cref="TensorFlowIOModule.decode_image"/>
    public Tensor decode_image(Tensor contents, int channels = 0, DType? dtype = null, bool expand_animations = true) =>
        Python.tf.io.decode_image(contents, channels, dtype, expand_animations);

    /// <inheritdoc cref="TensorFlowIOModule.decode_png"/>
    public Tensor decode_png(Tensor contents, int channels = 0) => Python.tf.io.decode_png(contents, channels);

    /// <inheritdoc cref="TensorFlowIOModule.decode_jpeg"/>
    public Tensor decode_jpeg(Tensor contents, int channels = 0) => Python.tf.io.decode_jpeg(contents, channels);

    /// <summary>Flips images left to right.</summary>
    /// <exception cref="ValueError">The tensor doesn't have the axes of images.</exception>
    public Tensor flip_left_right(Tensor image) => Python.np.flip(Image(image).numpy(), -2);

    /// <summary>Flips images top to bottom.</summary>
    /// <exception cref="ValueError">The tensor doesn't have the axes of images.</exception>
    public Tensor flip_up_down(Tensor image) => Python.np.flip(Image(image).numpy(), -3);

    /// <summary>Resizes images, in float32; "nearest" keeps their dtype.</summary>
    /// <param name="images">The images.</param>
    /// <param name="size">The height and the width of the result.</param>
    /// <param name="method">"bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian" or "mitchellcubic".</param>
    /// <param name="preserve_aspect_ratio">Whether proportions are kept, so that the result may be smaller than the size along one axis.</param>
    /// <param name="antialias">Whether images that become smaller are low-pass filtered.</param>
    /// <exception cref="ValueError">The tensor doesn't have the axes of images, the method is unknown, or the size isn't two positive numbers.</exception>
    public Tensor resize(Tensor images, Shape size, string method = "bilinear", bool preserve_aspect_ratio = false, bool antialias = false)
    {
        var shape = Image(images).shape;
        var (height, width) = size.Rank == 2 ? (size[0] ?? 0, size[1] ?? 0) : (0, 0);
        if (height <= 0 || width <= 0)
            throw new ValueError($"'size' must be a 1-D Tensor of 2 elements: new_height, new_width. Received: size={size}");
        if (!Resampling.All.Contains(method))
            throw new ValueError($"`tf.image.resize` has the methods {PythonText.Repr(Resampling.All.ToArray())} here. Received: method={method}");
        if (preserve_aspect_ratio)
        {
            var (rows, columns) = (shape[^3]!.Value, shape[^2]!.Value);
            double scale = Math.Min((float)height / rows, (float)width / columns);
            (height, width) = ((int)Math.Round(scale * rows, MidpointRounding.ToEven), (int)Math.Round(scale * columns, MidpointRounding.ToEven));
        }
        if (shape[^3] == height && shape[^2] == width) return images;
        // Interpolation gives floats for bytes; "nearest" only picks pixels.
        return new Function("Resize", (g, x) => g.Resize(x[0], height, width, method, antialias))
        { Gives = type => method == "nearest" ? type : DType.float32 }.Of(images);
    }

    private static Tensor Image(Tensor image) => image.IsSymbolic
        ? throw new ValueError("Functions of `tf.image` take images, and nothing that stands for them: in a model use `layers.Resizing` and its kin. "
            + $"Received: {image}")
        : image.shape.Rank is 3 or 4 ? image : throw new ValueError($"'images' must have either 3 or 4 dimensions. Received: shape={image.shape}");
}
