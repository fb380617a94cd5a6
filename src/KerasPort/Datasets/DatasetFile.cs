namespace KerasPort.Datasets;

/// <summary>One file of a data set, known by its content.</summary>
/// <param name="Name">The name under which every folder holds it.</param>
/// <param name="Sha256">Of the content, in lower-case hexadecimal: nothing else is ever loaded.</param>
internal abstract record DatasetFile(string Name, string Sha256)
{
    /// <summary>The name on the web server.</summary>
    public string RemoteName { get; init; } = Name;

    /// <summary>The most bytes that a server may send for it.</summary>
    public abstract long Largest { get; }

    /// <summary>The path in a folder.</summary>
    public virtual string PathIn(string folder) => Path.Combine(folder, Name);

    /// <summary>Its arrays, after its whole content was found to be what is expected.</summary>
    /// <exception cref="DatasetException">It can't be read, or isn't that file.</exception>
    public abstract NDArray[] Read(string path);
}
