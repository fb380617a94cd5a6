namespace KerasPort.Datasets;

/// <summary>
/// Fashion-MNIST: 28x28 grey pictures of clothing in ten classes, 60,000 to train on and 10,000 to test with.
/// Behind <c>tf.keras.datasets.fashion_mnist</c>.
/// </summary>
/// <remarks>
/// Found, in this order, in the folder that the environment variable <c>KERASPORT_DATA</c> names (then nowhere else), in Keras'
/// own cache <c>~/.keras/datasets/fashion-mnist</c> and where Debian's package installs it; else fetched into Keras' cache:
/// from where Keras fetches it, else from Debian's package. Wherever it comes from, its SHA-256 is checked on every load.
/// <para><see cref="Classes"/> names the classes of the labels 0 to 9.</para>
/// </remarks>
public sealed class FashionMnist
{
    /// <summary>The name in Keras and in reports.</summary>
    public const string Name = "fashion_mnist";

    /// <summary>The name of each label.</summary>
    public static IReadOnlyList<string> Classes { get; } =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    private const string Folder = "fashion-mnist";

    internal static IReadOnlyList<IdxArray> Packed { get; } =
    [
        new("train-images-idx3-ubyte.gz", [60000, 28, 28], "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
        new("train-labels-idx1-ubyte.gz", [60000], "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
        new("t10k-images-idx3-ubyte.gz", [10000, 28, 28], "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
        new("t10k-labels-idx1-ubyte.gz", [10000], "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
    ];

    /// <summary>The four files, unpacked, and the SHA-256 that each has: nothing else is ever loaded.</summary>
    public static IReadOnlyList<(string Name, string Sha256)> Files =>
        [.. Packed.Select(file => (Path.GetFileNameWithoutExtension(file.Name), file.Sha256))];

    /// <summary>The pictures, (60000, 28, 28) and (10000, 28, 28), and their labels, (60000,) and (10000,), all uint8.</summary>
    /// <exception cref="DatasetException">It is nowhere and can't be fetched, or a file is not what it should be.</exception>
    /// <example><code><![CDATA[
    /// var ((x_train, y_train), (x_test, y_test)) = keras.datasets.fashion_mnist.load_data();
    /// x_train = x_train / 255.0;
    /// print(x_train.shape[1..], x_train.max() <= 1);    // (28, 28) True
    /// ]]></code></example>
    public ((NDArray x_train, NDArray y_train), (NDArray x_test, NDArray y_test)) load_data() =>
        Load(DatasetPlaces.OfEnvironment(Folder), ProgressLine.OnError());

    /// <summary>The folders that hold it, with the fault in each; nothing is fetched.</summary>
    internal static IEnumerable<(string Folder, string? Defect)> Look() => Dataset(DatasetPlaces.OfEnvironment(Folder), ProgressLine.OnError()).Look();

    internal static ((NDArray x_train, NDArray y_train), (NDArray x_test, NDArray y_test)) Load(DatasetPlaces places, ProgressLine progress)
    {
        var arrays = Dataset(places, progress).Load();
        return ((arrays[0], arrays[1]), (arrays[2], arrays[3]));
    }

    private static DatasetLoader Dataset(DatasetPlaces places, ProgressLine progress) => new("Fashion-MNIST", Packed, places, Sources(progress), progress);

    /// <summary>Sources are made on demand, since the files are mostly here.</summary>
    private static IEnumerable<DatasetSource> Sources(ProgressLine progress)
    {
        yield return new WebSource(new Uri(KerasDataset.Bucket), TimeSpan.FromSeconds(10), progress);
        yield return new DebianPackage($"dataset-{Folder}", $"usr/share/datasets/{Folder}", progress);
    }
}
