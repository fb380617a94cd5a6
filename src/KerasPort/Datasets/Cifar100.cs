namespace KerasPort.Datasets;

/// <summary>
/// CIFAR-100: 32x32 colour pictures of a hundred kinds of things in twenty groups, 50,000 to train on and 10,000 to test with.
/// Behind <c>keras.datasets.cifar100</c>.
/// </summary>
/// <remarks>The binary archive, <c>cifar-100-binary.tar.gz</c>, found and checked as <see cref="Cifar10"/>'s.</remarks>
public sealed class Cifar100
{
    /// <summary>The pictures, (50000, 32, 32, 3) and (10000, 32, 32, 3), in uint8, and their labels, (50000, 1) and (10000, 1), in int64.</summary>
    /// <param name="label_mode">"fine" for labels 0 to 99, "coarse" for those of the groups, 0 to 19.</param>
    /// <exception cref="DatasetException">The data set is found nowhere and can't be downloaded, or a file isn't the expected one.</exception>
    /// <exception cref="ValueError">There is no such mode.</exception>
    public ((NDArray x_train, NDArray y_train), (NDArray x_test, NDArray y_test)) load_data(string label_mode = "fine")
    {
        var arrays = Of(label_mode).Load();
        // Python Keras reads the labels as a list of numbers, which numpy turns into int64.
        return Cifar10.Of([arrays[0], arrays[1].astype(DType.int64), arrays[2], arrays[3].astype(DType.int64)]);
    }

    // The size and SHA-256 are TensorFlow Datasets' (tensorflow_datasets/url_checksums/cifar100.txt).
    private static KerasDataset Of(string mode) => new("CIFAR-100", new CifarArchive("cifar-100-binary.tar.gz", 168_513_733,
        "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec", ["cifar-100-binary/train.bin"], "cifar-100-binary/test.bin",
        Labels: 2, Label: mode switch
        {
            "coarse" => 0,
            "fine" => 1,
            _ => throw new ValueError($"`label_mode` must be one of \"fine\", \"coarse\". Received: label_mode={mode}."),
        }), Cifar10.Web)
    {
        Pickles = ["cifar-100-python-target", "cifar-100-python-target_archive", "cifar-100-python", "cifar-100-python.tar.gz"],
    };
}
