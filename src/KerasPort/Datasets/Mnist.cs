namespace KerasPort.Datasets;

/// <summary>MNIST: 28x28 grey pictures of handwritten digits, 60,000 to train on and 10,000 to test with. Behind <c>keras.datasets.mnist</c>.</summary>
/// <remarks>
/// Found in the folder that the environment variable <c>KERASPORT_DATA</c> names (then nowhere else) or in Keras' own cache,
/// <c>~/.keras/datasets/mnist.npz</c>; else fetched into it from where Keras fetches it. Its SHA-256, the one that Keras knows, is checked on
/// every load.
/// </remarks>
public sealed class Mnist
{
    private static readonly KerasDataset s_keras = new("MNIST", new NpzArrays("mnist.npz", 11_490_434,
        "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1", "x_train", "y_train", "x_test", "y_test"), KerasDataset.Bucket);

    /// <summary>The pictures, (60000, 28, 28) and (10000, 28, 28), and their labels 0 to 9, (60000,) and (10000,), all uint8.</summary>
    /// <param name="path">The file's name in the cache.</param>
    /// <exception cref="DatasetException">The data set is found nowhere and can't be downloaded, or a file isn't the expected one.</exception>
    /// <exception cref="ValueError">The path is more than a name.</exception>
    public ((NDArray x_train, NDArray y_train), (NDArray x_test, NDArray y_test)) load_data(string path = "mnist.npz") =>
        s_keras.Named(path).Load() is [var x_train, var y_train, var x_test, var y_test] ? ((x_train, y_train), (x_test, y_test)) : default;
}
