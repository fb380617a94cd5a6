namespace KerasPort.Datasets;

/// <summary>
/// A cache folder while this process, alone, adds to it. Readers need no lock: a file appears under its name
/// only when it is whole, checked and on the disk. Unfinished files end in <c>.part</c>; if their process dies, the next one
/// continues or removes them.
/// </summary>
internal sealed class DatasetCache : IDisposable
{
    private const string Unfinished = ".part";
    private readonly FileStream _lock;
    private readonly List<string> _made;

    private DatasetCache(string folder, FileStream held, List<string> made) => (Folder, _lock, _made) = (folder, held, made);

    public string Folder { get; }

    /// <summary>Locks the first of the folders that can be written; waits while another process holds it.</summary>
    /// <exception cref="DatasetException">None can be written.</exception>
    public static DatasetCache Open(IReadOnlyList<string> folders, ProgressLine progress)
    {
        Exception? last = null;
        foreach (string folder in folders)
        {
            try
            {
                var made = new List<string>();
                return new DatasetCache(folder, Lock(folder, made, progress), made);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                last = e;
            }
        }
        throw new DatasetException($"the data set is not here and no cache folder for it can be written ({string.Join(" or ", folders)}): {last?.Message} "
            + "Set KERAS_HOME to a folder that can, or name a folder that holds the files with --data or KERASPORT_DATA", last);
    }

    /// <summary>The path of this file while it is downloaded; the part that an interrupted download left is there already.</summary>
    public string Begin(DatasetFile file)
    {
        string part = Path.Combine(Folder, $"{file.Name}.{Path.GetRandomFileName()}{Unfinished}");
        // Not a link: where others may write, as in /tmp, it could lead out of the folder.
        var left = new DirectoryInfo(Folder).GetFiles($"{file.Name}.*{Unfinished}").Where(f => f.LinkTarget is null);
        left.MaxBy(f => f.Length)?.MoveTo(part);
        return part;
    }

    /// <summary>An empty folder to work in.</summary>
    public string BeginFolder(string name) =>
        Directory.CreateDirectory(Path.Combine(Folder, $"{name}.{Path.GetRandomFileName()}{Unfinished}")).FullName;

    /// <summary>Takes a finished file in, under its name.</summary>
    /// <exception cref="DatasetException">It isn't the file that it should be.</exception>
    public void Keep(string path, DatasetFile file)
    {
        file.Read(path);
        using (var handle = File.OpenHandle(path, access: FileAccess.ReadWrite)) RandomAccess.FlushToDisk(handle);
        File.Move(path, Path.Combine(Folder, file.Name), overwrite: true);
    }

    /// <summary>Removes the unfinished parts of these files, and work folders; files of other data sets stay.</summary>
    public void Discard(IReadOnlyList<DatasetFile> files)
    {
        var folder = new DirectoryInfo(Folder);
        foreach (var file in files.SelectMany(file => folder.GetFiles($"{file.Name}.*{Unfinished}"))) file.Delete();
        foreach (var work in folder.GetDirectories("*" + Unfinished)) work.Delete(recursive: true);
    }

    public void Dispose()
    {
        try { File.Delete(_lock.Name); }
        catch (IOException) { /* Windows keeps an open file. An empty one does no harm. */ }
        _lock.Dispose();
        try
        {
            // A folder made for this download is removed again where nothing was fetched. It stays, empty, if another process came into it
            // just now: to that process it was there before.
            foreach (string folder in _made.OrderByDescending(f => f.Length)) Directory.Delete(folder);
        }
        catch (IOException) { /* It isn't empty, or another process removed it. */ }
    }

    private static FileStream Lock(string folder, List<string> made, ProgressLine progress)
    {
        string path = Path.Combine(Path.GetFullPath(folder), ".lock");
        for (int wait = 0, vanished = 0; ;)
        {
            try
            {
                // Each time: the holder before may have taken the folder away.
                for (string? missing = Path.GetDirectoryName(path); missing is not null && !Directory.Exists(missing); missing = Path.GetDirectoryName(missing))
                    if (!made.Contains(missing)) made.Add(missing);
                Directory.CreateDirectory(folder);
                if (TryLock(path) is { } held) return held;
            }
            catch (IOException e) when ((e is DirectoryNotFoundException or FileNotFoundException || IsMadeAndGone(e, folder)) && vanished++ < 500)
            {
                continue;   // Or it does so now.
            }
            if (wait++ == 20) progress.Note($"Waiting for another process, which is fetching into {folder}");
            Thread.Sleep(50);
        }
    }

    /// <summary>
    /// The lock ends with the process that holds it, however that ends. A holder that ends well deletes the file, so the file opened here may
    /// be gone from the folder, and its lock then keeps nobody out. The stamp shows that.
    /// </summary>
    private static FileStream? TryLock(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
        File.SetLastWriteTimeUtc(file.SafeFileHandle, DateTime.UnixEpoch.AddSeconds(System.Random.Shared.Next()));
        if (File.GetLastWriteTimeUtc(path) == File.GetLastWriteTimeUtc(file.SafeFileHandle)) return file;
        file.Dispose();
        return null;
    }

    /// <summary>EEXIST where nothing is: another process made the folder at the same time, and took it away before it could be seen.</summary>
    private static bool IsMadeAndGone(IOException e, string folder) => e.HResult == 17 && !File.Exists(folder);

    /// <summary>EWOULDBLOCK of flock on Linux and macOS, ERROR_SHARING_VIOLATION on Windows.</summary>
    private static bool IsHeld(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
