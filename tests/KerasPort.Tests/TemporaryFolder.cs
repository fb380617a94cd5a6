namespace KerasPort.Tests;

/// <summary>A folder for one test, removed after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kerasport-test-");

    public string Path => _folder.FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The names of all files in it, hidden ones included.</summary>
    public IEnumerable<string> Names => _folder.GetFileSystemInfos().Select(f => f.Name).Order();

    public void Dispose() => _folder.Delete(recursive: true);
}
