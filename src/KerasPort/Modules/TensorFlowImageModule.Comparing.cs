namespace KerasPort;

/// <content>Functions that compare images, find edges, and take parts.</content>
public sealed partial class TensorFlowImageModule
{
    private static OpsModule Ops => Python.keras.ops;

    /// <summary>Extracts windows of images [images, height, width, channels], each flattened to one pixel.</summary>
    /// <param name="images">The images.</param>
    /// <param name="sizes">The window: <c>[1, height, width, 1]</c>.</param>
    /// <param name="strides">The step of the windows: <c>[1, down, across, 1]</c>.</param>
    /// <param name="rates">The distance between the pixels of a window: <c>[1, down, across, 1]</c>.</param>
    /// <param name="padding">"VALID" or "SAME".</param>
    /// <exception cref="ValueError">A list isn't of that form, or the padding is unknown.</exception>
    public Tensor extract_patches(Tensor images, int[] sizes, int[] strides, int[] rates, string padding)
    {
        Shape Inner(int[] each, string name) => each is [1, var down, var across, 1] ? new Shape(down, across)
            : throw new ValueError($"`{name}` must be [1, rows, columns, 1]. Received: {name}=[{string.Join(", ", each)}]");
        return Ops.image.extract_patches(Image(images), Inner(sizes, nameof(sizes)), Inner(strides, nameof(strides)), Inner(rates, nameof(rates)),
            padding.ToLowerInvariant());
    }

    /// <inheritdoc cref="OpsImageModule.hsv_to_rgb"/>
    public Tensor hsv_to_rgb(Tensor images) => Ops.image.hsv_to_rgb(images);

    /// <summary>The differences of each pixel to the one below and to the one on the right, 0 at the edge: <c>var (dy, dx) = …</c>.</summary>
    public Tensor image_gradients(Tensor image)
    {
        Tensor Along(int axis)
        {
            var widths = new (int, int)[image.shape.Rank];
            widths[^(-axis)] = (0, 1);
            return Ops.pad(Ops.diff(image, axis: axis), widths);
        }
        if (image.shape.Rank != 4) throw new ValueError($"image_gradients expects a 4D tensor [batch_size, h, w, d], not {image.shape}.");
        return Tensor.Several([Along(-3), Along(-2)]);
    }

    /// <summary>The peak signal-to-noise ratio of each pair of images, in decibels.</summary>
    /// <param name="a">Images.</param>
    /// <param name="b">Images of the same size.</param>
    /// <param name="max_val">The largest value that a pixel can have.</param>
    public Tensor psnr(Tensor a, Tensor b, double max_val)
    {
        var (x, y, most) = InUnits(a, b, max_val);
        var error = Ops.mean(Ops.square(x - y), axis: (-3, -2, -1));
        return 20 * Math.Log10(most) - 10 / Math.Log(10) * Ops.log(error);
    }

    /// <summary>A part of that size at a random place.</summary>
    /// <exception cref="ValueError">The size has another number of axes, or is larger than the tensor.</exception>
    public Tensor random_crop(Tensor value, Shape size, long? seed = null)
    {
        int[] all = value.shape.ToArray(), wanted = size.ToArray();
        if (all.Length != wanted.Length || all.Zip(wanted).Any(d => d.First < d.Second))
            throw new ValueError($"Need value.shape >= size. Received: value.shape={value.shape}, size={size}");
        int[] drawn = Python.tf.random.uniform(all.Length, maxval: int.MaxValue, dtype: DType.int32, seed: seed).numpy().ToInts();
        return Python.tf.slice(value, [.. drawn.Select((number, axis) => number % (all[axis] - wanted[axis] + 1))], wanted);
    }

    /// <inheritdoc cref="OpsImageModule.rgb_to_hsv"/>
    public Tensor rgb_to_hsv(Tensor images) => Ops.image.rgb_to_hsv(images);

    /// <inheritdoc cref="OpsImageModule.sobel_edges"/>
    public Tensor sobel_edges(Tensor image) => Ops.image.sobel_edges(image);

    /// <inheritdoc cref="OpsImageModule.ssim"/>
    public Tensor ssim(Tensor img1, Tensor img2, double max_val, int filter_size = 11, double filter_sigma = 1.5, double k1 = 0.01, double k2 = 0.03)
    {
        var (x, y, most) = InUnits(img1, img2, max_val);
        return Ops.image.ssim(x, y, most, filter_size, filter_sigma, k1, k2);
    }

    /// <summary>The sum of the magnitudes of the differences of neighbouring pixels, of each image.</summary>
    public Tensor total_variation(Tensor images)
    {
        Tensor Along(int axis) => Ops.sum(Ops.abs(Ops.diff(images, axis: axis)), axis: (-3, -2, -1));
        return Along(images.shape.Rank - 3) + Along(images.shape.Rank - 2);
    }

    // TensorFlow compares images of any type as floats, those of integers and their largest value scaled to 1.
    private static (Tensor X, Tensor Y, double Most) InUnits(Tensor a, Tensor b, double most)
    {
        if (!a.HasValues || a.dtype.IsInexact) return (a, b, most);
        var scaled = Pictures.ImageTypes.Convert(Python.np.array([most]).astype(a.dtype), DType.float32, saturate: false);
        return (Pictures.ImageTypes.Convert(a.numpy(), DType.float32, saturate: false), Pictures.ImageTypes.Convert(b.numpy(), DType.float32, saturate: false),
            scaled.ElementAt(0));
    }
}
