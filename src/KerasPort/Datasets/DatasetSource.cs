namespace KerasPort.Datasets;

/// <summary>Where a data set can be fetched from.</summary>
internal abstract class DatasetSource
{
    /// <summary>The name in messages.</summary>
    public abstract string Name { get; }

    /// <summary>Brings these files into the cache, or as many as it can before it fails.</summary>
    /// <exception cref="DatasetException">Why it failed, in a few words.</exception>
    /// <exception cref="IOException">The cache can't be written.</exception>
    public abstract void Fetch(IReadOnlyList<DatasetFile> wanted, DatasetCache cache);
}
