using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using KerasPort.Datasets;

namespace KerasPort.Tests.Datasets;

/// <summary>Twenty noisy pictures of 6x5 with labels, in the real files' format, and a folder that is removed with the test.</summary>
internal sealed class SmallDataset : IDisposable
{
    public SmallDataset()
    {
        var random = new System.Random(7);
        Elements = [new byte[20 * 6 * 5], new byte[20]];
        // Small values are frequent, as in pictures: deflate then really compresses.
        for (int i = 0; i < 600; i++) Elements[0][i] = (byte)(random.Next(256) & random.Next(256) & random.Next(256));
        for (int i = 0; i < 20; i++) Elements[1][i] = (byte)random.Next(10);
        Files = [File("images-idx3-ubyte.gz", Elements[0], 20, 6, 5), File("labels-idx1-ubyte.gz", Elements[1], 20)];
        Packed = [Pack(Idx(Elements[0], 20, 6, 5)), Pack(Idx(Elements[1], 20))];
        Root = Directory.CreateTempSubdirectory("kerasport-test-").FullName;
    }

    public IdxArray[] Files { get; }

    /// <summary>The arrays that a load must return.</summary>
    public byte[][] Elements { get; }

    /// <summary>The bytes of each .gz.</summary>
    public byte[][] Packed { get; }

    public string Root { get; }

    public string At(params string[] path) => Path.Combine([Root, .. path]);

    /// <summary>Writes both files to a folder.</summary>
    public string Install(string folder)
    {
        Directory.CreateDirectory(At(folder));
        for (int i = 0; i < Files.Length; i++) System.IO.File.WriteAllBytes(At(folder, Files[i].Name), Packed[i]);
        return At(folder);
    }

    /// <summary>The names of all files in a folder, sorted; none where it doesn't exist.</summary>
    public string[] Listing(string folder) => !Directory.Exists(At(folder)) ? [] :
        [.. new DirectoryInfo(At(folder)).GetFileSystemInfos().Select(f => f.Name).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public static IdxArray File(string name, byte[] elements, params int[] shape) =>
        new(name, shape, Convert.ToHexStringLower(SHA256.HashData(Idx(elements, shape))));

    public static byte[] Idx(byte[] elements, params int[] shape)
    {
        var idx = new byte[4 + 4 * shape.Length + elements.Length];
        (idx[2], idx[3]) = (8, (byte)shape.Length);
        for (int i = 0; i < shape.Length; i++) BinaryPrimitives.WriteInt32BigEndian(idx.AsSpan(4 + 4 * i), shape[i]);
        elements.CopyTo(idx, 4 + 4 * shape.Length);
        return idx;
    }

    /// <summary>The elements of arrays of bytes.</summary>
    public static byte[][] Bytes(NDArray[] arrays) =>
        [.. arrays.Select(array => array.Bytes().SelectMany(piece => piece.ToArray()).ToArray())];

    public static byte[] Pack(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(content);
        return packed.ToArray();
    }
}
