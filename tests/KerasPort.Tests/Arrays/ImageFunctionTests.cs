using System.Text.Json;

namespace KerasPort.Tests.Arrays;

/// <summary><c>tf.image</c>: what TensorFlow 2.16 gives for small images.</summary>
public sealed class ImageFunctionTests
{
    private static NDArray Image => new((float[])[1, 2, 3, 4, 5, 6], 2, 3, 1);

    [Fact]
    public void Images_are_resized_as_TensorFlow_does()
    {
        Assert.Equal([2.75f, 4.25f], tf.image.resize(Image, [1, 2]).numpy().ToFloats());
        Assert.Equal([1, 1.625f, 2.375f, 3, 2.5f, 3.125f, 3.875f, 4.5f, 4, 4.625f, 5.375f, 6], tf.image.resize(Image, [3, 4]).numpy().ToFloats());
        Assert.Equal(new Shape(3, 4, 1), tf.image.resize(Image, [3, 7], preserve_aspect_ratio: true).shape);
        Assert.Equal([1, 1, 2, 3, 3, 4, 4, 5, 6, 6], tf.image.resize(Image.astype("uint8"), [2, 5], method: "nearest").numpy().ToFloats());
        Assert.Equal("uint8", tf.image.resize(Image.astype("uint8"), [2, 5], method: "nearest").numpy().dtype.ToString());
        Assert.Equal(new Shape(4, 6, 1), tf.image.resize(Image, [7, 6], preserve_aspect_ratio: true).shape);
        Assert.Equal(new Shape(2, 4, 5, 1), tf.image.resize(np.zeros((2, 2, 3, 1)), [4, 5]).shape);
        Assert.Contains("'size' must be a 1-D Tensor of 2 elements", Assert.Throws<ValueError>(() => tf.image.resize(Image, 3)).Message);
        Assert.Contains("Received: method=cubic", Assert.Throws<ValueError>(() => tf.image.resize(Image, (2, 2), method: "cubic")).Message);
    }

    [Fact]
    public void Images_are_mirrored()
    {
        Assert.Equal([3, 2, 1, 6, 5, 4], tf.image.flip_left_right(Image).numpy().ToFloats());
        Assert.Equal([4, 5, 6, 1, 2, 3], tf.image.flip_up_down(Image).numpy().ToFloats());
        Assert.Contains("'images' must have either 3 or 4 dimensions", Assert.Throws<ValueError>(() => tf.image.flip_up_down(np.zeros((2, 2)))).Message);
        Assert.Contains("in a model use `layers.Resizing`", Assert.Throws<ValueError>(() => tf.image.resize(keras.Input((2, 2, 1)), (4, 4))).Message);
    }

    /// <summary>Every function, for one image and for a batch, floats and bytes, called in TensorFlow's order.</summary>
    [Fact]
    public void Functions_give_what_TensorFlow_gives()
    {
        tf.random.set_seed(5);
        var failed = new List<string>();
        foreach (var recorded in Fixtures.Cases("image-functions.json"))
            if (Record.Exception(() => Check(recorded)) is { } failure) failed.Add(failure.Message);
        Assert.True(failed.Count == 0, string.Join('\n', failed));
    }

    private static void Check(JsonElement recorded)
    {
        string what = string.Join(' ', new[] { "function", "x_shape", "x_dtype", "arguments" }.Select(key => recorded.GetProperty(key)));
        var y = Call(recorded).numpy();
        Assert.True(recorded.GetProperty("dtype").GetString() == y.dtype.name, $"{what}: {y.dtype}");
        Assert.True(recorded.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()).SequenceEqual(y.shape), $"{what}: {y.shape}");
        double[] wanted = [.. recorded.GetProperty("values").EnumerateArray().Select(v => v.GetDouble())], values = y.ToDoubles();
        // Sums in another order, and another library's logarithms and powers, differ in their last digits.
        double apart = y.dtype == DType.float32 || y.dtype == DType.float64 ? 1e-6 * Math.Max(1, wanted.Max(Math.Abs)) : 0;
        for (int i = 0; i < values.Length; i++)
            Assert.True(Math.Abs(wanted[i] - values[i]) <= apart, $"{what}, value {i}: {values[i]}, TensorFlow {wanted[i]}");
    }

    [Fact]
    public void Colours_become_brightness_and_differences()
    {
        var pixels = np.random.RandomState(0).rand(64 + 72 + 3)[^3..].reshape(1, 1, 1, 3).astype("float32");
        np.testing.assert_allclose(tf.image.rgb_to_yuv(pixels).numpy().ravel(), np.array([0.6294919, 0.01112728, -0.04839674]), 1e-6, 1e-7);
        np.testing.assert_allclose(tf.image.yuv_to_rgb(pixels).numpy().ravel(), np.array([1.31764674, -0.06208079, 1.90166962]), 1e-6, 1e-7);
        np.testing.assert_allclose(tf.image.yuv_to_rgb(tf.image.rgb_to_yuv(pixels)).numpy(), pixels, 1e-5, 1e-6);
        Assert.Equal((4, 5, 3), tf.image.rgb_to_yuv(tf.zeros((4, 5, 3))).numpy().shape);
    }

    [Fact]
    public void What_can_not_be_is_told_in_TensorFlows_words()
    {
        void Says(string words, Func<Tensor> call) => Assert.Contains(words, Assert.Throws<ValueError>(call).Message);
        Says("central_fraction must be within (0, 1]", () => tf.image.central_crop(Image, 1.5));
        Says("width must be >= target + offset.", () => tf.image.crop_to_bounding_box(Image, 0, 2, 1, 2));
        Says("height must be <= target - offset", () => tf.image.pad_to_bounding_box(Image, 0, 0, 1, 3));
        Says("delta must be in the interval [-1, 1]", () => tf.image.adjust_hue(Image, 2));
        Says("input must have 3 channels but instead has 1 channels.", () => tf.image.adjust_hue(Image, 0.5));
        Says("upper must be > lower.", () => tf.image.random_contrast(Image, 1, 0.5));
        Says("max_delta must be <= 0.5.", () => tf.image.random_hue(Image, 0.6));
        Says("Last dimension of an RGB image should be size 3.", () => tf.image.rgb_to_grayscale(Image));
        Says("Last dimension of a colour image should be size 3.", () => tf.image.rgb_to_yuv(Image));
        Says("target_width must be > 0.", () => tf.image.resize_with_pad(Image, 2, 0));
    }

    private static Tensor Call(JsonElement recorded)
    {
        var arguments = recorded.GetProperty("arguments");
        double Number(string name) => arguments.GetProperty(name).GetDouble();
        int Whole(string name) => arguments.TryGetProperty(name, out var whole) ? whole.GetInt32() : 0;
        var (height, width) = (Whole("target_height"), Whole("target_width"));
        bool Flag(string name) => arguments.TryGetProperty(name, out var flag) && flag.GetBoolean();
        string method = arguments.TryGetProperty("method", out var named) ? named.GetString()! : "bilinear";
        double gain = arguments.TryGetProperty("gain", out var times) ? times.GetDouble() : 1;
        long? seed = arguments.TryGetProperty("seed", out var own) ? own.GetInt64() : null;
        int[] shape = [.. recorded.GetProperty("x_shape").EnumerateArray().Select(d => d.GetInt32())];
        bool isFloat = recorded.GetProperty("x_dtype").GetString() == "float32";
        int count = shape.Aggregate(1, (product, d) => product * d);
        float[] pixels = [.. Enumerable.Range(0, count).Select(i => ((uint)i * 2654435761u >> 24) / (isFloat ? 256f : 1))];
        Tensor x = new NDArray(pixels, shape).astype(isFloat ? "float32" : "uint8");
        var image = tf.image;
        return recorded.GetProperty("function").GetString() switch
        {
            "adjust_brightness" => image.adjust_brightness(x, Number("delta")),
            "adjust_hue" => image.adjust_hue(x, Number("delta")),
            "adjust_contrast" => image.adjust_contrast(x, Number("contrast_factor")),
            "adjust_saturation" => image.adjust_saturation(x, Number("saturation_factor")),
            "adjust_gamma" => image.adjust_gamma(x, Number("gamma"), gain),
            "central_crop" => image.central_crop(x, Number("central_fraction")),
            "crop_to_bounding_box" => image.crop_to_bounding_box(x, Whole("offset_height"), Whole("offset_width"), height, width),
            "pad_to_bounding_box" => image.pad_to_bounding_box(x, Whole("offset_height"), Whole("offset_width"), height, width),
            "resize_with_crop_or_pad" => image.resize_with_crop_or_pad(x, height, width),
            "resize_with_pad" => image.resize_with_pad(x, height, width, method, Flag("antialias")),
            "rgb_to_grayscale" => image.rgb_to_grayscale(x),
            "grayscale_to_rgb" => image.grayscale_to_rgb(x),
            "per_image_standardization" => image.per_image_standardization(x),
            "transpose" => image.transpose(x),
            "flip_left_right" => image.flip_left_right(x),
            "flip_up_down" => image.flip_up_down(x),
            "rot90" => image.rot90(x, Whole("k")),
            "convert_image_dtype" => image.convert_image_dtype(x, arguments.GetProperty("dtype").GetString()!, Flag("saturate")),
            "random_brightness" => image.random_brightness(x, Number("max_delta"), seed),
            "random_contrast" => image.random_contrast(x, Number("lower"), Number("upper"), seed),
            "random_hue" => image.random_hue(x, Number("max_delta"), seed),
            "random_saturation" => image.random_saturation(x, Number("lower"), Number("upper"), seed),
            "random_flip_left_right" => image.random_flip_left_right(x, seed),
            "random_flip_up_down" => image.random_flip_up_down(x, seed),
            var other => throw new ArgumentException(other),
        };
    }

    [Fact]
    public void Versions_are_those_whose_results_these_are() => Assert.Equal(("2.16.2", "3.15.1"), (tf.__version__, keras.__version__));
}
