namespace KerasPort.Datasets;

/// <summary>The folders in which a data set may lie.</summary>
/// <param name="Given">The one that the user named, if any: then no other is looked at.</param>
/// <param name="Caches">Keras' own, in Keras' order of preference.</param>
/// <param name="Installed">Where Debian's package puts it; <c>null</c> where there is none.</param>
internal sealed record DatasetPlaces(string? Given, IReadOnlyList<string> Caches, string? Installed)
{
    /// <summary>The places that this process' environment determines.</summary>
    /// <param name="dataset">The name of the data set's folder; empty for a file that lies in Keras' folder itself.</param>
    public static DatasetPlaces OfEnvironment(string dataset) => Of(dataset, Environment.GetEnvironmentVariable,
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify));

    /// <summary>The places that the environment determines.</summary>
    /// <param name="dataset">The name of the data set's folder; empty for a file that lies in Keras' folder itself.</param>
    /// <param name="variable">Gives an environment variable or null.</param>
    /// <param name="home">The user's home folder; empty where there is none.</param>
    /// <remarks>
    /// Keras' cache is <c>$KERAS_HOME/datasets</c>, else <c>~/.keras/datasets</c>,
    /// and where that can't be written (keras/src/utils/file_utils.py) <c>/tmp/.keras/datasets</c>.
    /// </remarks>
    public static DatasetPlaces Of(string dataset, Func<string, string?> variable, string home)
    {
        return new DatasetPlaces(
            variable("KERASPORT_DATA") is { Length: > 0 } given ? Expand(given, home) : null,
            [.. Roots(variable, home).Select(cache => Path.GetFullPath(Path.Combine(cache, "datasets", dataset)))],
            dataset.Length > 0 ? $"/usr/share/datasets/{dataset}" : null);
    }

    /// <summary>The folder of that name in the named cache, or in Keras' own caches, in Keras' order of preference.</summary>
    public static IReadOnlyList<string> Folders(string? cache, string folder)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        string[] caches = Roots(cache is null ? Environment.GetEnvironmentVariable : _ => cache, home);
        return [.. caches.Select(root => Path.GetFullPath(Path.Combine(root, folder))).Distinct()];
    }

    private static string[] Roots(Func<string, string?> variable, string home)
    {
        string temporary = Path.Combine(Directory.Exists("/tmp") ? "/tmp" : Path.GetTempPath(), ".keras");
        return variable("KERAS_HOME") is { Length: > 0 } named ? [Expand(named, home), temporary]
            : home.Length > 0 ? [Path.Combine(home, ".keras"), temporary] : [temporary];
    }

    /// <summary>Python's <c>expanduser</c>, which Keras applies.</summary>
    private static string Expand(string path, string home) =>
        path == "~" || path.StartsWith("~/", StringComparison.Ordinal) ? home + path[1..] : path;
}
