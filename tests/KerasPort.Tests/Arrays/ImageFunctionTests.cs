using Xunit;
using static KerasPort.Python;

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
        Assert.Contains("Received: method=area", Assert.Throws<ValueError>(() => tf.image.resize(Image, (2, 2), method: "area")).Message);
    }

    [Fact]
    public void Images_are_mirrored()
    {
        Assert.Equal([3, 2, 1, 6, 5, 4], tf.image.flip_left_right(Image).numpy().ToFloats());
        Assert.Equal([4, 5, 6, 1, 2, 3], tf.image.flip_up_down(Image).numpy().ToFloats());
        Assert.Contains("'images' must have either 3 or 4 dimensions", Assert.Throws<ValueError>(() => tf.image.flip_up_down(np.zeros((2, 2)))).Message);
        Assert.Contains("in a model use `layers.Resizing`", Assert.Throws<ValueError>(() => tf.image.resize(keras.Input((2, 2, 1)), (4, 4))).Message);
    }

    [Fact]
    public void Versions_are_those_whose_results_these_are() => Assert.Equal(("2.16.2", "3.15.1"), (tf.__version__, keras.__version__));
}
