namespace KerasPort.Pictures;

/// <summary>
/// The types that images have: whole numbers from 0 to the largest that there is, or floats from 0 to 1. Each function computes in float32 and gives
/// the type that came in, as those of <c>tf.image</c> do.
/// </summary>
internal static class ImageTypes
{
    /// <summary>Images of one type as another, from one's range to the other's.</summary>
    /// <exception cref="ValueError">One of both isn't a type of numbers.</exception>
    public static NDArray Convert(NDArray image, DType type, bool saturate)
    {
        var from = image.dtype;
        if (from == DType.@bool || type == DType.@bool) throw new ValueError("dtype must be either floating point or integer");
        if (from == type) return image;
        if (from.IsInexact && type.IsInexact) return image.astype(type);
        if (type.IsInexact) return Made(image, value => value * (float)(1 / Most(from))).astype(type);
        if (from.IsInexact)
        {
            float scale = (float)(Most(type) + 0.5);
            return Whole(image, [.. image.ToFloats().Select(value => (double)(value * scale))], type, saturate);
        }
        double most = Most(from), other = Most(type);
        double[] values = [.. image.astype(DType.float64).ToDoubles()];
        double step = most > other ? Math.Floor((most + 1) / (other + 1)) : Math.Floor((other + 1) / (most + 1));
        return Whole(image, [.. values.Select(value => most > other ? Math.Floor(value / step) : value * step)], type, saturate);
    }

    /// <summary>What a function makes of images as floats, in their own type.</summary>
    public static NDArray Through(NDArray image, bool saturate, Func<NDArray, NDArray> function) =>
        Convert(function(Convert(image, DType.float32, saturate: false)), image.dtype, saturate);

    /// <summary>Images with each value changed.</summary>
    public static NDArray Made(NDArray image, Func<float, float> change) => Made(image, [.. image.ToFloats().Select(change)]);

    /// <summary>Images with these values.</summary>
    public static NDArray Made(NDArray image, float[] values) => new(values, [.. image.shape]);

    /// <summary>Images of three channels with each pixel changed.</summary>
    /// <exception cref="ValueError">They have another number of channels.</exception>
    public static NDArray Pixels(NDArray image, Func<(float R, float G, float B), (float R, float G, float B)> change)
    {
        float[] values = image.ToFloats();
        if (image.shape[^1] != 3) throw new ValueError($"input must have 3 channels but instead has {image.shape[^1]} channels.");
        for (int i = 0; i < values.Length; i += 3) (values[i], values[i + 1], values[i + 2]) = change((values[i], values[i + 1], values[i + 2]));
        return Made(image, values);
    }

    private static double Most(DType type) => (double)type.Limits.Most;

    private static NDArray Whole(NDArray image, double[] values, DType type, bool saturate)
    {
        double least = (double)type.Limits.Least, most = Most(type);
        if (saturate) values = [.. values.Select(value => Math.Clamp(value, least, most))];
        return new NDArray([.. values.Select(Math.Truncate)], [.. image.shape]).astype(type);
    }
}
