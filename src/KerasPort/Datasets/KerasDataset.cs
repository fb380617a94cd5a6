namespace KerasPort.Datasets;

/// <summary>A data set of one file, which lies in Keras' cache folder itself, or is fetched into it.</summary>
/// <param name="Title">The name in messages.</param>
/// <param name="File">Its file.</param>
/// <param name="Web">The folder on the web from which it's fetched.</param>
internal sealed record KerasDataset(string Title, DatasetFile File, string Web)
{
    /// <summary>Where Keras fetches all but the CIFAR archives from.</summary>
    public const string Bucket = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/";

    /// <summary>Names under which Keras keeps the same data as pickles.</summary>
    public string[] Pickles { get; init; } = [];

    /// <summary>The same under the name that <c>path</c> gives it in the cache.</summary>
    /// <exception cref="ValueError">The name isn't a plain file name.</exception>
    public KerasDataset Named(string path) => path.Length > 0 && Path.GetFileName(path) == path && path is not ("." or "..")
        ? this with { File = File with { Name = path, RemoteName = File.RemoteName } }
        : throw new ValueError("Paths are no longer accepted as the `path` argument: it is the file's name in Keras' cache folder. "
            + $"To keep the file elsewhere, set KERAS_HOME, or name the folder that holds it with KERASPORT_DATA. Received: path={path}");

    /// <summary>Its arrays, found or fetched.</summary>
    /// <exception cref="DatasetException">The file can't be had; the message says why.</exception>
    public NDArray[] Load()
    {
        var progress = ProgressLine.OnError();
        return Load(DatasetPlaces.OfEnvironment(""), [new WebSource(new Uri(Web), TimeSpan.FromSeconds(10), progress)], progress);
    }

    /// <inheritdoc cref="Load()"/>
    internal NDArray[] Load(DatasetPlaces places, IEnumerable<DatasetSource> sources, ProgressLine progress) =>
        new DatasetLoader(Title, [File], places, sources, progress, Pickles).Load();
}
