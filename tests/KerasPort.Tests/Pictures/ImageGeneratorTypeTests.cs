namespace KerasPort.Tests.Pictures;

/// <summary>The type of an ImageDataGenerator's batches: the given one, where numpy could convert to it in place.</summary>
public class ImageGeneratorTypeTests
{
    private static readonly NDArray s_bytes = np.random.RandomState(0).randint(0, 256, size: (5, 4, 6, 3), dtype: "uint8");

    [Theory]
    [InlineData("uint8")]
    [InlineData("int32")]
    [InlineData("float64")]
    [InlineData("float16")]
    public void Batches_are_of_the_type_that_is_asked_for(string type)
    {
        var batch = keras.preprocessing.image.ImageDataGenerator(dtype: type).flow(s_bytes, batch_size: 2, shuffle: false).next().numpy();
        Assert.Equal(type, batch.dtype.name);
        Assert.True(np.array_equal(batch, s_bytes[..2]));
    }

    [Fact]
    public void Whole_numbers_cannot_be_scaled_in_place()
    {
        Assert.Contains("leave `dtype` out", Assert.Throws<ValueError>(
            () => keras.preprocessing.image.ImageDataGenerator(dtype: "uint8", rescale: 1 / 255.0)).Message);
        Assert.Contains("leave `dtype` out",
            Assert.Throws<ValueError>(() => keras.preprocessing.image.ImageDataGenerator(dtype: "int32", samplewise_center: true)).Message);
        Assert.Equal("float64", keras.preprocessing.image.ImageDataGenerator(dtype: "float64", rescale: 1 / 255.0).flow(s_bytes).next().dtype.name);
    }
}
