using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace KerasPort.Datasets;

/// <summary>Any file that is fetched once into Keras' cache: <c>keras.utils.get_file</c>, with its names and rules.</summary>
/// <param name="Origin">The URL to download from: http, https or file.</param>
/// <param name="Name">The name in the cache.</param>
/// <param name="Hash">Of its bytes in hexadecimal, SHA-256 or MD5; <c>null</c> where anything will do.</param>
/// <param name="Algorithm">"sha256" or "md5".</param>
internal sealed record CachedFile(Uri Origin, string Name, string? Hash, string Algorithm) : DatasetFile(Name, Hash ?? "")
{
    // The size of the file is unknown.
    public override long Largest => long.MaxValue;

    /// <summary>The path of the file, or of the folder that it was unpacked into.</summary>
    /// <param name="folders">The folders to look in, in the order of preference.</param>
    /// <param name="unpacked">The name of that folder; <c>null</c> where it isn't unpacked.</param>
    /// <param name="formats">The possible archive formats, "tar" and "zip".</param>
    /// <param name="anew">Whether it is fetched though it is there.</param>
    /// <param name="source">Fetches it.</param>
    /// <param name="progress">For notes and the bar.</param>
    /// <exception cref="DatasetException">It can't be had, or isn't what its hash says.</exception>
    /// <exception cref="ValueError">It is to be unpacked and isn't packed as one of the formats.</exception>
    public string Get(IReadOnlyList<string> folders, string? unpacked, IReadOnlyList<string> formats, bool anew, DatasetSource source, ProgressLine progress)
    {
        string? folder = anew ? null : folders.FirstOrDefault(IsSound);
        if (folder is not null && (unpacked is null || Directory.Exists(Path.Combine(folder, unpacked)))) return Path.Combine(folder, unpacked ?? Name);
        using var cache = DatasetCache.Open(folder is null ? folders : [folder], progress);
        try
        {
            // Another process may have brought it while this one waited.
            if (anew || !IsSound(cache.Folder)) Fetch(cache, source, progress);
            return unpacked is null ? PathIn(cache.Folder) : Unpack(cache, unpacked, formats);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{Name} cannot be kept in {cache.Folder}: {e.Message}", e);
        }

        bool IsSound(string inFolder)
        {
            if (!File.Exists(PathIn(inFolder))) return false;
            try
            {
                Read(PathIn(inFolder));
                return true;
            }
            catch (DatasetException e)
            {
                progress.Note($"{e.Message}; it is fetched again");
                return false;
            }
        }
    }

    /// <summary>Checks the hash of the bytes, and returns no array.</summary>
    public override NDArray[] Read(string path)
    {
        if (Hash is null) return [];
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 18);
            // Keras accepts MD5 hashes for the sake of older programs. MD5 detects a damaged file, not a forged one.
#pragma warning disable CA5351
            string found = Convert.ToHexStringLower(Algorithm == "md5" ? MD5.HashData(file) : SHA256.HashData(file));
#pragma warning restore CA5351
            return found == Hash ? [] : throw new DatasetException($"{path} is not the expected file: its {Algorithm} hash is {found}, expected {Hash}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private void Fetch(DatasetCache cache, DatasetSource source, ProgressLine progress)
    {
        // Without a hash, a partial download may be part of another file.
        if (Hash is null) cache.Discard([this]);
        try
        {
            if (Origin.IsFile)
            {
                progress.Note($"Copying data from {Origin.LocalPath}");
                string part = cache.Begin(this);
                File.Copy(Origin.LocalPath, part, overwrite: true);
                cache.Keep(part, this);
            }
            else
            {
                source.Fetch([this], cache);
            }
        }
        catch (Exception e) when (e is DatasetException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DatasetException($"URL fetch failure on {Origin}: {e.Message}. Connect to the network and run again, "
                + $"or put the file into {cache.Folder} by hand, as {Name}", e);
        }
    }

    /// <summary>Unpacks all or nothing: into a folder elsewhere, until it is whole.</summary>
    private string Unpack(DatasetCache cache, string unpacked, IReadOnlyList<string> formats)
    {
        string archive = PathIn(cache.Folder), target = Path.Combine(cache.Folder, unpacked), work = cache.BeginFolder(unpacked);
        try
        {
            // Both refuse names and links that lead out of the folder.
            bool isZip = IsZip(archive);
            if (!formats.Contains(isZip ? "zip" : "tar"))
                throw new ValueError($"{archive} can't be unpacked: it is no archive of "
                    + (formats.Count == 0 ? "any format, since archive_format is None" : string.Join(" or ", formats)));
            if (isZip) ZipFile.ExtractToDirectory(archive, work);
            else Untar(archive, work);
            if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
            Directory.Move(work, target);
            return target;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or FormatException)
        {
            throw new ValueError($"{archive} can't be unpacked, as tar, tar.gz or zip: {e.Message}", e);
        }
        finally
        {
            if (Directory.Exists(work)) Directory.Delete(work, recursive: true);
        }
    }

    private static void Untar(string archive, string folder)
    {
        using var file = File.OpenRead(archive);
        bool isPacked = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        using Stream bytes = isPacked ? new GZipStream(file, CompressionMode.Decompress) : file;
        TarFile.ExtractToDirectory(bytes, folder, overwriteFiles: false);
        if (!Directory.EnumerateFileSystemEntries(folder).Any()) throw new InvalidDataException("there is no file in it");
    }

    private static bool IsZip(string archive)
    {
        using var file = File.OpenRead(archive);
        Span<byte> start = stackalloc byte[4];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start[..read].StartsWith("PK"u8);
    }
}
