namespace KerasPort.Pictures;

/// <summary>
/// The value ranges of image dtypes: integers from 0 to the dtype's largest, floats from 0 to 1. Each function computes in float32 and returns the dtype
/// that it was given, as those of <c>tf.image</c> do.
/// </summary>
internal static class ImageTypes
{
    /// <summary>Converts images to another dtype, scaled from one range to the other.</summary>
    /// <exception cref="ValueError">A dtype isn't numeric.</exception>
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

    /// <summary>Applies a function of floats to images, and converts the result to their dtype.</summary>
    public static NDArray Through(NDArray image, bool saturate, Func<NDArray, NDArray> function) =>
        Convert(function(Convert(image, DType.float32, saturate: false)), image.dtype, saturate);

    /// <summary>Images with a function applied to each value.</summary>
    public static NDArray Made(NDArray image, Func<float, float> change) => Made(image, [.. image.ToFloats().Select(change)]);

    /// <summary>Images of the same shape with other values.</summary>
    public static NDArray Made(NDArray image, float[] values) => new(values, [.. image.shape]);

    /// <summary>RGB images with a function applied to each pixel.</summary>
    /// <exception cref="ValueError">The number of channels isn't 3.</exception>
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
