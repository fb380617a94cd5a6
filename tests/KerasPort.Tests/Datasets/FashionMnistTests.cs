using KerasPort.Datasets;

namespace KerasPort.Tests.Datasets;

public sealed class FashionMnistTests
{
    /// <summary>The figures are those of numpy on the arrays of Python's load_data.</summary>
    [Fact]
    [Needs(Need.FashionMnist)]
    public void The_real_data_is_what_Keras_gives()
    {
        var ((x_train, y_train), (x_test, y_test)) = new FashionMnist().load_data();

        Assert.All([x_train, y_train, x_test, y_test], array => Assert.Equal(DType.uint8, array.dtype));
        Assert.Equal([60000, 28, 28], x_train.shape);
        Assert.Equal([60000], y_train.shape);
        Assert.Equal([10000, 28, 28], x_test.shape);
        Assert.Equal([10000], y_test.shape);
        Assert.Equal([76247, 16684, 33456, 24390], new[] { x_train[0], x_train[^1], x_test[0], x_test[^1] }.Select(picture => (double)picture.sum()));
        Assert.Equal([270000, 45000], new[] { y_train, y_test }.Select(labels => (double)labels.sum()));
        Assert.Equal([9, 0, 0, 3, 0, 2, 7, 2, 5, 5], y_train[..10].ToInts());
        Assert.Equal([9, 2, 1, 1, 6, 1, 4, 6, 5, 7], y_test[..10].ToInts());
    }

    [Fact]
    public void The_report_gets_each_file_unpacked_and_its_hash()
    {
        Assert.Equal("fashion_mnist", FashionMnist.Name);
        Assert.Equal(["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"],
            FashionMnist.Files.Select(f => f.Name));
        Assert.All(FashionMnist.Files, f => Assert.Matches("^[0-9a-f]{64}$", f.Sha256));
    }
}
