namespace KerasPort.Datasets;

/// <summary>CIFAR-10: 32x32 colour pictures of ten kinds of things, 50,000 to train on and 10,000 to test with. Behind <c>keras.datasets.cifar10</c>.</summary>
/// <remarks>
/// The binary archive of the same pictures that Keras has as pickles: <c>cifar-10-binary.tar.gz</c> in the folder that the environment variable
/// <c>KERASPORT_DATA</c> names (then nowhere else) or in Keras' cache <c>~/.keras/datasets</c>; else it is fetched into the latter. Its SHA-256 is
/// checked on every load.
/// </remarks>
public sealed class Cifar10
{
    /// <summary>The name of each label.</summary>
    public static IReadOnlyList<string> Classes { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    internal const string Web = "https://www.cs.toronto.edu/~kriz/";

    // The size and SHA-256 are TensorFlow Datasets' (tensorflow_datasets/url_checksums/cifar10.txt).
    private static readonly KerasDataset s_keras = new("CIFAR-10", new CifarArchive("cifar-10-binary.tar.gz", 170_052_171,
        "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
        [.. Enumerable.Range(1, 5).Select(i => $"cifar-10-batches-bin/data_batch_{i}.bin")], "cifar-10-batches-bin/test_batch.bin", Labels: 1, Label: 0), Web)
    {
        Pickles = ["cifar-10-batches-py-target", "cifar-10-batches-py-target_archive", "cifar-10-batches-py",
            "cifar-10-batches-py.tar.gz", "cifar-10-python.tar.gz"],
    };

    /// <summary>The pictures, (50000, 32, 32, 3) and (10000, 32, 32, 3), and their labels 0 to 9, (50000, 1) and (10000, 1), all uint8.</summary>
    /// <exception cref="DatasetException">The data set is found nowhere and can't be downloaded, or a file isn't the expected one.</exception>
    public ((NDArray x_train, NDArray y_train), (NDArray x_test, NDArray y_test)) load_data() => Of(s_keras.Load());

    internal static ((NDArray x_train, NDArray y_train), (NDArray x_test, NDArray y_test)) Of(NDArray[] arrays) =>
        ((arrays[0], arrays[1]), (arrays[2], arrays[3]));
}
