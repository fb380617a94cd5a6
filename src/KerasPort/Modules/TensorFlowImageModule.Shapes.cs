using KerasPort.Random;

namespace KerasPort;

/// <content>Cropping, rotating, flipping and padding images.</content>
public sealed partial class TensorFlowImageModule
{
    /// <summary>Crops the centre of images: a share of their height and of their width.</summary>
    /// <exception cref="ValueError">The share isn't above 0 and at most 1.</exception>
    public Tensor central_crop(Tensor image, double central_fraction)
    {
        if (!(central_fraction > 0 && central_fraction <= 1)) throw new ValueError("central_fraction must be within (0, 1]");
        var (rows, columns) = Size(image);
        int top = (int)((rows - rows * central_fraction) / 2), left = (int)((columns - columns * central_fraction) / 2);
        return Part(image, top, left, rows - 2 * top, columns - 2 * left);
    }

    /// <summary>Crops images to a box, given by its first pixel and its size.</summary>
    /// <exception cref="ValueError">The box isn't within the images.</exception>
    public Tensor crop_to_bounding_box(Tensor image, int offset_height, int offset_width, int target_height, int target_width)
    {
        var (rows, columns) = Size(image);
        Require(offset_width >= 0, "offset_width must be >= 0.");
        Require(offset_height >= 0, "offset_height must be >= 0.");
        Require(target_width > 0, "target_width must be > 0.");
        Require(target_height > 0, "target_height must be > 0.");
        Require(columns >= target_width + offset_width, "width must be >= target + offset.");
        Require(rows >= target_height + offset_height, "height must be >= target + offset.");
        return Part(image, offset_height, offset_width, target_height, target_width);
    }

    /// <summary>Pads images with zeros to a size, given the new position of their first pixel.</summary>
    /// <exception cref="ValueError">The images don't fit.</exception>
    public Tensor pad_to_bounding_box(Tensor image, int offset_height, int offset_width, int target_height, int target_width)
    {
        var (rows, columns) = Size(image);
        Require(offset_height >= 0, "offset_height must be >= 0");
        Require(offset_width >= 0, "offset_width must be >= 0");
        Require(target_width - offset_width - columns >= 0, "width must be <= target - offset");
        Require(target_height - offset_height - rows >= 0, "height must be <= target - offset");
        var x = image.numpy();
        var padded = Python.np.zeros(new Shape([.. x.shape[..^3], target_height, target_width, x.shape[^1]]), x.dtype);
        padded[[Slice.Ellipsis, offset_height..(offset_height + rows), offset_width..(offset_width + columns), Range.All]] = x;
        return padded;
    }

    /// <summary>Flips each image left to right, with probability 0.5.</summary>
    /// <exception cref="ValueError">The tensor doesn't have the axes of images.</exception>
    public Tensor random_flip_left_right(Tensor image, long? seed = null) => Flipped(image, seed, flip_left_right);

    /// <summary>Flips each image top to bottom, with probability 0.5.</summary>
    /// <exception cref="ValueError">The tensor doesn't have the axes of images.</exception>
    public Tensor random_flip_up_down(Tensor image, long? seed = null) => Flipped(image, seed, flip_up_down);

    /// <summary>Crops images centrally, or pads them with zeros, to a size.</summary>
    /// <exception cref="ValueError">The size isn't positive.</exception>
    public Tensor resize_with_crop_or_pad(Tensor image, int target_height, int target_width)
    {
        RequireTarget(target_height, target_width);
        var (rows, columns) = Size(image);
        static int Half(int n) => (int)Math.Floor(n / 2.0);
        int cropTop = Math.Max(Half(rows - target_height), 0), cropLeft = Math.Max(Half(columns - target_width), 0);
        var part = Part(image, cropTop, cropLeft, Math.Min(target_height, rows), Math.Min(target_width, columns));
        return pad_to_bounding_box(part, Math.Max(Half(target_height - rows), 0), Math.Max(Half(target_width - columns), 0), target_height, target_width);
    }

    /// <summary>Resizes images in their own proportions, and pads them with zeros to the size.</summary>
    /// <param name="image">The images.</param>
    /// <param name="target_height">The height of the result.</param>
    /// <param name="target_width">The width of the result.</param>
    /// <param name="method">As of <see cref="resize"/>.</param>
    /// <param name="antialias">As of <see cref="resize"/>.</param>
    /// <exception cref="ValueError">The size isn't positive, or the method is unknown.</exception>
    public Tensor resize_with_pad(Tensor image, int target_height, int target_width, string method = "bilinear", bool antialias = false)
    {
        RequireTarget(target_height, target_width);
        var (rows, columns) = Size(image);
        float ratio = Math.Max((float)columns / target_width, (float)rows / target_height), height = rows / ratio, width = columns / ratio;
        int top = Math.Max(0, (int)MathF.Floor((target_height - height) / 2)), left = Math.Max(0, (int)MathF.Floor((target_width - width) / 2));
        var resized = resize(image, ((int)MathF.Floor(height), (int)MathF.Floor(width)), method, antialias: antialias);
        return pad_to_bounding_box(resized, top, left, target_height, target_width);
    }

    private static void RequireTarget(int height, int width)
    {
        Require(width > 0, "target_width must be > 0.");
        Require(height > 0, "target_height must be > 0.");
    }

    /// <summary>Rotates images by 90 degrees counter-clockwise, k times.</summary>
    /// <exception cref="ValueError">The tensor doesn't have the axes of images.</exception>
    public Tensor rot90(Tensor image, int k = 1) => ((k % 4 + 4) % 4) switch
    {
        1 => flip_up_down(transpose(image)),
        2 => flip_up_down(flip_left_right(image)),
        3 => flip_left_right(transpose(image)),
        _ => Image(image),
    };

    /// <summary>Exchanges the rows and columns of images.</summary>
    /// <exception cref="ValueError">The tensor doesn't have the axes of images.</exception>
    public Tensor transpose(Tensor image) => Image(image).shape.Rank == 3 ? image.numpy().transpose(1, 0, 2) : image.numpy().transpose(0, 2, 1, 3);

    private static Tensor Flipped(Tensor images, long? seed, Func<Tensor, Tensor> flip)
    {
        bool isOne = Image(images).shape.Rank == 3;
        float[] units = new float[isOne ? 1 : images.shape[0]!.Value];
        Stateless.Uniform(OperationRandom.Draw("uniform", seed, isOne ? new Shape() : new Shape(units.Length)), 0, 1, units);
        if (isOne) return units[0] < 0.5f ? flip(images) : images;
        NDArray given = images.numpy(), mirrored = flip(images).numpy(), chosen = given.copy();
        for (int i = 0; i < units.Length; i++)
            if (units[i] > 0.5f) chosen[i] = mirrored[i];
        return chosen;
    }

    private static Tensor Part(Tensor image, int top, int left, int height, int width)
    {
        Slice[] part = [Slice.Ellipsis, top..(top + height), left..(left + width), Range.All];
        return image.numpy()[part];
    }

    private static (int Rows, int Columns) Size(Tensor image) => (Image(image).shape[^3]!.Value, image.shape[^2]!.Value);

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new ValueError(otherwise);
    }
}
