namespace KerasPort.Datasets;

/// <summary>Finds a data set and checks it, or fetches it into Keras' cache.</summary>
/// <param name="name">The name in messages.</param>
/// <param name="files">Its files; the largest first, for it takes longest to read.</param>
/// <param name="places">The folders that may have the files.</param>
/// <param name="sources">The sources to download from, in this order.</param>
/// <param name="progress">For notes and the bar.</param>
/// <param name="pickles">Names under which the same may lie beside it in a form that isn't read.</param>
internal sealed class DatasetLoader(string name, IReadOnlyList<DatasetFile> files, DatasetPlaces places, IEnumerable<DatasetSource> sources,
    ProgressLine progress, IReadOnlyList<string>? pickles = null)
{
    private IEnumerable<string> Folders => places.Installed is { } installed ? places.Caches.Append(installed) : places.Caches;

    /// <summary>The arrays of each file, in the files' order.</summary>
    /// <exception cref="DatasetException">The files can't be had; the message says why.</exception>
    public NDArray[] Load()
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

    /// <summary>The folders that hold it, in the order of the search, with the fault in each; nothing is fetched.</summary>
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

    /// <summary>A folder that the user named is the only one searched: files that it lacks don't come from elsewhere.</summary>
    private NDArray[] LoadGiven(string folder)
    {
        string what = $"the data folder {folder} (from --data or KERASPORT_DATA)";
        if (!Directory.Exists(folder))
            throw new DatasetException($"{what} {(File.Exists(folder) ? "is a file" : "does not exist")}; " +
                $"expected a folder that holds {Expected}");
        if (Missing(folder).ToList() is { Count: > 0 } missing)
            throw new DatasetException($"{what} {(missing.Count == files.Count ? "does not hold the data set" : $"lacks {NamesOf(missing)}")}; "
                + $"expected one that holds {Expected}{Pickled([folder])}");
        try
        {
            return ReadAll(folder);
        }
        catch (DatasetException e)
        {
            throw new DatasetException($"{e.Message}; replace it, or leave out --data and KERASPORT_DATA to have it fetched", e);
        }
    }

    private NDArray[] Fetch(List<string> reasons)
    {
        using var cache = DatasetCache.Open(places.Caches, progress);
        if (Pickled(Folders) is { Length: > 0 } left) progress.Note(left[2..]);
        try
        {
            // Another process may have filled the cache while this one waited for it.
            NDArray[]?[] data = ReadSound(cache.Folder);
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
                cache.Discard(files);
                return [.. data.SelectMany(arrays => arrays!)];
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            cache.Discard(files);
            throw new DatasetException($"{name} cannot be kept in {cache.Folder}: {e.Message}", e);
        }
        throw new DatasetException($"no sound copy of {name} is in {string.Join(" or ", Folders)}, and none can be fetched: {string.Join("; ", reasons)}. "
            + $"Connect to the network and run again, put {NamesOf(files)} into {places.Caches[0]} by hand, "
            + $"or name a folder that holds {(files.Count == 1 ? "it" : "them")} with --data or KERASPORT_DATA{Pickled(Folders)}");
    }

    private string Expected => NamesOf(files) + (files.Any(file => file is IdxArray) ? ", packed or unpacked" : "");

    /// <summary>A hint at Python's files there, which can't be used.</summary>
    private string Pickled(IEnumerable<string> folders)
    {
        var found = folders.SelectMany(folder => (pickles ?? []).Select(pickle => Path.Combine(folder, pickle))).FirstOrDefault(Path.Exists);
        return found is null ? "" : $". {found}, Python's copy of it, holds pickles, which run code when they are read: it is left alone";
    }

    private IEnumerable<DatasetFile> Missing(string folder) => files.Where(file => !File.Exists(file.PathIn(folder)));

    private NDArray[] ReadAll(string folder) => [.. Each(file => file.Read(file.PathIn(folder))).SelectMany(arrays => arrays)];

    /// <summary>Null for each file that is not there or not what it should be.</summary>
    private NDArray[]?[] ReadSound(string folder) => Each(file =>
    {
        string path = file.PathIn(folder);
        if (!File.Exists(path)) return null;
        try { return file.Read(path); }
        catch (DatasetException) { return null; }
    });

    /// <summary>All files at once; of several errors, the first in their order.</summary>
    private T[] Each<T>(Func<DatasetFile, T> read) =>
        Task.WhenAll(files.Select(file => Task.Run(() => read(file)))).GetAwaiter().GetResult();

    private static string NamesOf(IEnumerable<DatasetFile> files) => string.Join(", ", files.Select(file => file.Name));
}
