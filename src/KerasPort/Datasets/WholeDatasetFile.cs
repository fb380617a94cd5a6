using System.Security.Cryptography;

namespace KerasPort.Datasets;

/// <summary>A file that is known by its bytes as they lie on the disk, as Keras knows its files.</summary>
/// <param name="Name">The name under which every folder holds it.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Sha256">Of all of them.</param>
internal abstract record WholeDatasetFile(string Name, long Size, string Sha256) : DatasetFile(Name, Sha256)
{
    public override long Largest => Size;

    public override NDArray[] Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 18);
            if (!file.CanSeek) throw new DatasetException($"{path} is a pipe or a device, expected a file");
            if (file.Length != Size) throw new DatasetException($"{path} is not the expected file: it has {file.Length} bytes, expected {Size}");
            string found = Convert.ToHexStringLower(SHA256.HashData(file));
            if (found != Sha256) throw new DatasetException($"{path} is not the expected file: its SHA-256 is {found}, expected {Sha256}");
            file.Position = 0;
            return Read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path} cannot be read: {e.Message}", e);
        }
        catch (ValueError e)
        {
            throw new DatasetException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>The arrays in the file, whose bytes are the expected ones.</summary>
    /// <exception cref="ValueError">The bytes have another format.</exception>
    protected abstract NDArray[] Read(Stream file);
}
