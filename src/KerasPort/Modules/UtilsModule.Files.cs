using KerasPort.Datasets;

namespace KerasPort;

/// <content>Files from the web.</content>
public sealed partial class UtilsModule
{
    /// <summary>
    /// Downloads a file unless it is in Keras' cache, <c>~/.keras/datasets</c>, and returns its path there; if it is unpacked, that of the folder.
    /// </summary>
    /// <param name="fname">The file's name in the cache; by default that of its URL. If it is unpacked, the folder's name, unless that has an ending.</param>
    /// <param name="origin">The URL: http, https or file.</param>
    /// <param name="untar">As <paramref name="extract"/>, for a tar archive.</param>
    /// <param name="md5_hash">As <paramref name="file_hash"/>, an MD5.</param>
    /// <param name="file_hash">The hash of the file: a cached file with another one is downloaded again, a downloaded one is refused.</param>
    /// <param name="cache_subdir">The folder in the cache, or an absolute one.</param>
    /// <param name="hash_algorithm">"sha256", "md5", or "auto" to infer it from the hash's length.</param>
    /// <param name="extract">Whether to unpack it: a .zip, .tar or .tar.gz.</param>
    /// <param name="archive_format">"tar", "zip", or "auto" for either.</param>
    /// <param name="cache_dir">The cache instead of <c>KERAS_HOME</c> or <c>~/.keras</c>.</param>
    /// <param name="force_download">Whether to download it even if it is in the cache.</param>
    /// <exception cref="DatasetException">The file can't be downloaded, or has another hash.</exception>
    /// <exception cref="ValueError">An argument is invalid, or the file can't be unpacked.</exception>
    public string get_file(string? fname = null, string? origin = null, bool untar = false, string? md5_hash = null, string? file_hash = null,
        string cache_subdir = "datasets", string hash_algorithm = "auto", bool extract = false, string? archive_format = "auto",
        string? cache_dir = null, bool force_download = false)
    {
        var from = CheckedOrigin(origin);
        if (string.IsNullOrEmpty(fname))
        {
            fname = Path.GetFileName(Uri.UnescapeDataString(from.AbsolutePath));
            if (fname.Length == 0)
                throw new ValueError($"Can't parse the file name from the origin provided: '{origin}'. Please specify the `fname` argument.");
            return Get(fname, extract || untar ? fname : null, fname + "_archive");
        }
        if (fname.Contains('/') || fname.Contains(Path.DirectorySeparatorChar) || fname is "." or "..")
            throw new ValueError("Paths are no longer accepted as the `fname` argument. To specify the file's parent directory, use the `cache_dir` argument. "
                + $"Received: fname={fname}");
        int dot = fname.IndexOf('.', StringComparison.Ordinal);
        return !(extract || untar) ? Get(fname, null, fname) : dot < 0 ? Get(fname, fname, fname + "_archive") : Get(fname, fname[..dot] + "_extracted", fname);

        string Get(string name, string? unpacked, string archive)
        {
            string? hash = (file_hash ?? md5_hash)?.ToLowerInvariant();
            string algorithm = (file_hash is null && md5_hash is not null ? "md5" : hash_algorithm) switch
            {
                "auto" => hash?.Length == 64 ? "sha256" : "md5",
                "sha256" => "sha256",
                "md5" => "md5",
                _ => throw new ValueError($"`hash_algorithm` must be one of \"auto\", \"sha256\", \"md5\". Received: hash_algorithm={hash_algorithm}"),
            };
            string[] formats = (untar ? "tar" : archive_format) switch
            {
                "auto" => ["tar", "zip"],
                "tar" => ["tar"],
                "zip" => ["zip"],
                null => [],
                _ => throw new ValueError($"`archive_format` must be one of \"auto\", \"tar\", \"zip\", None. Received: archive_format={archive_format}"),
            };
            var progress = ProgressLine.OnError();
            return new CachedFile(from, unpacked is null ? name : archive, hash, algorithm) { RemoteName = from.AbsoluteUri }
                .Get(DatasetPlaces.Folders(cache_dir, cache_subdir), unpacked, formats, force_download,
                    new WebSource(from, TimeSpan.FromSeconds(10), progress), progress);
        }
    }

    private static Uri CheckedOrigin(string? origin)
    {
        if (origin is null) throw new ValueError("Please specify the \"origin\" argument (URL of the file to download).");
        return Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "file" ? uri
            : throw new ValueError($"`origin` must be the address of a file, by http, https or file. Received: origin={origin}");
    }
}
