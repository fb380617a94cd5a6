using KerasPort.Pictures;
using KerasPort.Random;

namespace KerasPort;

/// <content>Colours, contrast and dtypes.</content>
public sealed partial class TensorFlowImageModule
{
    /// <summary>Adds a number to each value of images; for an integer dtype, as a share of its range.</summary>
    public Tensor adjust_brightness(Tensor image, double delta) =>
        ImageTypes.Through(Values(image), true, x => ImageTypes.Made(x, value => value + (float)delta));

    /// <summary>Multiplies the distances from the mean of each channel by a factor.</summary>
    public Tensor adjust_contrast(Tensor images, double contrast_factor) =>
        ImageTypes.Through(Values(images), true, x => Contrasted(x, (float)contrast_factor));

    /// <summary>gain · value to the power of gamma.</summary>
    /// <exception cref="ValueError">gamma is negative.</exception>
    public Tensor adjust_gamma(Tensor image, double gamma = 1, double gain = 1) => gamma >= 0
        ? ImageTypes.Through(Values(image), true, x => ImageTypes.Made(x, value => (float)gain * MathF.Pow(value, (float)gamma)))
        : throw new ValueError("Gamma should be a non-negative real number.");

    /// <summary>Rotates the hues of RGB images by a share of the colour circle.</summary>
    /// <exception cref="ValueError">The share isn't from -1 to 1, or the number of channels isn't 3.</exception>
    public Tensor adjust_hue(Tensor image, double delta) => delta is >= -1 and <= 1
        ? ImageTypes.Through(Values(image), false, x => ImageTypes.Pixels(x, pixel => HueRange.Turned(pixel, (float)delta)))
        : throw new ValueError("delta must be in the interval [-1, 1]");

    /// <summary>Multiplies the saturation of RGB images by a factor.</summary>
    /// <exception cref="ValueError">The number of channels isn't 3.</exception>
    public Tensor adjust_saturation(Tensor image, double saturation_factor) =>
        ImageTypes.Through(Values(image), false, x => ImageTypes.Pixels(x, pixel => HueRange.Saturated(pixel, (float)saturation_factor)));

    /// <summary>Converts images to another dtype and its range: floats from 0 to 1, integers from 0 to the dtype's largest.</summary>
    /// <param name="image">The images.</param>
    /// <param name="dtype">The type.</param>
    /// <param name="saturate">Whether values out of the range are limited to it.</param>
    /// <exception cref="ValueError">A dtype isn't numeric.</exception>
    public Tensor convert_image_dtype(Tensor image, DType dtype, bool saturate = false) =>
        ImageTypes.Convert(image.numpy(), dtype, saturate);

    /// <summary>Converts grayscale images to RGB, with three equal channels.</summary>
    /// <exception cref="ValueError">The number of channels isn't 1.</exception>
    public Tensor grayscale_to_rgb(Tensor images) => images.shape[^1] == 1 ? (Tensor)Python.np.repeat(Values(images), 3, -1)
        : throw new ValueError($"Last dimension of a grayscale image should be size 1. Received: shape={images.shape}");

    /// <summary>Images minus their mean, divided by their standard deviation, each one by itself.</summary>
    public Tensor per_image_standardization(Tensor image)
    {
        var x = Values(image);
        float[] values = x.ToFloats();
        int each = x.shape[^1] * x.shape[^2] * x.shape[^3];
        for (int first = 0; first < values.Length; first += each)
        {
            var of = values.AsSpan(first, each);
            double mean = 0, square = 0;
            foreach (float value in of) mean += value;
            mean /= each;
            foreach (float value in of) square += (value - mean) * (value - mean);
            float deviation = Math.Max((float)Math.Sqrt(square / each), 1 / MathF.Sqrt(each));
            foreach (ref float value in of) value = (value - (float)mean) / deviation;
        }
        return ImageTypes.Made(x, values);
    }

    /// <summary><see cref="adjust_brightness"/> with a random number.</summary>
    /// <exception cref="ValueError">The limit is negative.</exception>
    public Tensor random_brightness(Tensor image, double max_delta, long? seed = null) => max_delta >= 0
        ? adjust_brightness(image, Drawn(-max_delta, max_delta, seed))
        : throw new ValueError("max_delta must be non-negative.");

    /// <summary><see cref="adjust_contrast"/> with a random factor.</summary>
    /// <exception cref="ValueError">The bounds are invalid.</exception>
    public Tensor random_contrast(Tensor image, double lower, double upper, long? seed = null) => adjust_contrast(image, Between(lower, upper, seed));

    /// <summary><see cref="adjust_hue"/> with a random share.</summary>
    /// <exception cref="ValueError">The limit isn't from 0 to ½.</exception>
    public Tensor random_hue(Tensor image, double max_delta, long? seed = null) => max_delta is >= 0 and <= 0.5
        ? adjust_hue(image, Drawn(-max_delta, max_delta, seed))
        : throw new ValueError(max_delta > 0.5 ? "max_delta must be <= 0.5." : "max_delta must be non-negative.");

    /// <summary><see cref="adjust_saturation"/> with a random factor.</summary>
    /// <exception cref="ValueError">The bounds are invalid.</exception>
    public Tensor random_saturation(Tensor image, double lower, double upper, long? seed = null) => adjust_saturation(image, Between(lower, upper, seed));

    /// <summary>Converts RGB images to grayscale, with one channel.</summary>
    /// <exception cref="ValueError">The number of channels isn't 3.</exception>
    public Tensor rgb_to_grayscale(Tensor images)
    {
        if (images.shape[^1] != 3) throw new ValueError($"Last dimension of an RGB image should be size 3. Received: shape={images.shape}");
        return ImageTypes.Through(Values(images), false, x =>
        {
            float[] values = x.ToFloats(), grays = new float[values.Length / 3];
            for (int i = 0; i < grays.Length; i++)
            {
                float r = values[3 * i] * 0.2989f, g = values[3 * i + 1] * 0.587f, b = values[3 * i + 2] * 0.114f, both = r + g;
                grays[i] = both + b;
            }
            return new NDArray(grays, [.. x.shape[..^1], 1]);
        });
    }

    /// <summary>Converts RGB images to YUV: brightness and two differences of colour.</summary>
    /// <exception cref="ValueError">The number of channels isn't 3.</exception>
    public Tensor rgb_to_yuv(Tensor images) => Mixed(images, new NDArray([
        0.299f, -0.14714119f, 0.61497538f,
        0.587f, -0.28886916f, -0.51496512f,
        0.114f, 0.43601035f, -0.10001026f], 3, 3));

    /// <summary>Converts YUV images to RGB.</summary>
    /// <exception cref="ValueError">The number of channels isn't 3.</exception>
    public Tensor yuv_to_rgb(Tensor images) => Mixed(images, new NDArray([
        1, 1, 1,
        0, -0.394642334f, 2.03206185f,
        1.13988303f, -0.58062185f, 0], 3, 3));

    private static Tensor Mixed(Tensor images, NDArray kernel) => images.shape[^1] == 3 ? Python.keras.ops.tensordot(images, kernel, 1)
        : throw new ValueError($"Last dimension of a colour image should be size 3. Received: shape={images.shape}");

    private static NDArray Contrasted(NDArray x, float factor)
    {
        float[] values = x.ToFloats();
        int channels = x.shape[^1], each = channels * x.shape[^2] * x.shape[^3];
        double[] means = new double[channels];
        for (int first = 0; first < values.Length; first += each)
        {
            Array.Clear(means);
            for (int i = 0; i < each; i++) means[i % channels] += values[first + i];
            for (int i = 0; i < each; i++)
            {
                float mean = (float)(means[i % channels] / (each / channels));
                values[first + i] = (values[first + i] - mean) * factor + mean;
            }
        }
        return ImageTypes.Made(x, values);
    }

    private static double Between(double lower, double upper, long? seed) => upper <= lower ? throw new ValueError("upper must be > lower.")
        : lower < 0 ? throw new ValueError("lower must be non-negative.") : Drawn(lower, upper, seed);

    private static float Drawn(double least, double most, long? seed)
    {
        Span<float> one = stackalloc float[1];
        Stateless.Uniform(OperationRandom.Draw("uniform", seed, new Shape()), least, most, one);
        return one[0];
    }

    private static NDArray Values(Tensor images) => Image(images).numpy();
}
