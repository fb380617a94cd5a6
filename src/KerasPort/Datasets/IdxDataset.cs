namespace KerasPort.Datasets;

/// <summary>A data set of idx files: looked for, checked and, where it is nowhere, fetched into Keras' cache.</summary>
/// <param name="name">What it is called in messages.</param>
/// <param name="files">Its files; the largest first, for it takes longest to read.</param>
/// <param name="places">Where they may lie.</param>
/// <param name="sources">Where they can be fetched, in this order.</param>
/// <param name="progress">For notes and the bar.</param>
internal sealed class IdxDataset(
    string name, IReadOnlyList<DatasetFile> files, DatasetPlaces places, IEnumerable<DatasetSource> sources, ProgressLine progress)
{
    private IEnumerable<string> Folders => places.Caches.Append(places.Installed);

    /// <summary>The elements of each file.</summary>
    /// <exception cref="DatasetException">They can't be had, and why.</exception>
    public byte[][] Load()
    {
        if (places.Given is { } given) return LoadGiven(given);
        var defects = new List<string>();
        foreach (string folder in Folders.Where(folder => !Missing(folder).Any()))
        {
            try
            {
                return ReadAll(folder);
            }
            catch (DatasetException e)
            {
                defects.Add(e.Message);
                progress.Note($"{e.Message}; looking for another");
            }
        }
        return Fetch(defects);
    }

    /// <summary>The folders that hold it, in the order in which they are looked at, with what is wrong there; nothing is fetched.</summary>
    public IEnumerable<(string Folder, string? Defect)> Look()
    {
        foreach (string folder in places.Given is { } given ? [given] : Folders.Where(folder => !Missing(folder).Any()))
        {
            string? defect = null;
            try
            {
                ReadAll(folder);
            }
            catch (DatasetException e)
            {
                defect = e.Message;
            }
            yield return (folder, defect);
        }
    }

    /// <summary>A folder that someone named is the only one meant: what it lacks is not made up for from elsewhere.</summary>
    private byte[][] LoadGiven(string folder)
    {
        string what = $"the data folder {folder} (from --data or KERASPORT_DATA)";
        if (!Directory.Exists(folder))
            throw new DatasetException($"{what} {(File.Exists(folder) ? "is a file" : "does not exist")}; " +
                $"expected a folder that holds {NamesOf(files)}, packed or unpacked");
        if (Missing(folder).ToList() is { Count: > 0 } missing)
            throw new DatasetException($"{what} lacks {NamesOf(missing)}; expected one that holds {NamesOf(files)}, packed or unpacked");
        try
        {
            return ReadAll(folder);
        }
        catch (DatasetException e)
        {
            throw new DatasetException($"{e.Message}; replace it, or leave out --data and KERASPORT_DATA to have it fetched", e);
        }
    }

    private byte[][] Fetch(List<string> reasons)
    {
        using var cache = DatasetCache.Open(places.Caches, progress);
        try
        {
            // Another process may have filled the cache while this one waited for it.
            byte[]?[] data = ReadSound(cache.Folder);
            foreach (var source in sources)
            {
                var wanted = files.Where((_, i) => data[i] is null).ToList();
                if (wanted.Count == 0) break;
                try
                {
                    source.Fetch(wanted, cache);
                }
                catch (DatasetException e)
                {
                    reasons.Add($"{source.Name}: {e.Message}");
                }
                data = ReadSound(cache.Folder);
            }
            if (!data.Contains(null))
            {
                cache.Discard();
                return data!;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            cache.Discard();
            throw new DatasetException($"{name} cannot be kept in {cache.Folder}: {e.Message}", e);
        }
        throw new DatasetException($"no sound copy of {name} is in {string.Join(" or ", Folders)}, and none can be fetched: {string.Join("; ", reasons)}. "
            + $"Connect to the network and run again, or name a folder that holds {NamesOf(files)} with --data or KERASPORT_DATA");
    }

    private IEnumerable<DatasetFile> Missing(string folder) => files.Where(file => !File.Exists(file.PathIn(folder)));

    private byte[][] ReadAll(string folder) => Each(file => IdxFile.Read(file.PathIn(folder), file));

    /// <summary>Null for each file that is not there or not what it should be.</summary>
    private byte[]?[] ReadSound(string folder) => Each(file =>
    {
        string path = file.PathIn(folder);
        if (!File.Exists(path)) return null;
        try { return IdxFile.Read(path, file); }
        catch (DatasetException) { return null; }
    });

    /// <summary>All files at once; of several errors, the first in their order.</summary>
    private T[] Each<T>(Func<DatasetFile, T> read) =>
        Task.WhenAll(files.Select(file => Task.Run(() => read(file)))).GetAwaiter().GetResult();

    private static string NamesOf(IEnumerable<DatasetFile> files) => string.Join(", ", files.Select(file => file.Name));
}
