using System.Formats.Tar;
using System.IO.Compression;

namespace KerasPort.Datasets;

/// <summary>
/// The binary form of CIFAR-10 and CIFAR-100: a .tar.gz with files of records, a label or two and then 32x32 reds, greens and blues, a byte
/// each. The archives that Keras fetches hold the same pictures as pickles, which run code when they are read.
/// </summary>
/// <param name="Name">The name under which every folder holds it.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Sha256">Of all of them.</param>
/// <param name="Train">The members to train on, in order.</param>
/// <param name="Test">The member to test with.</param>
/// <param name="Labels">The labels of a record.</param>
/// <param name="Label">Which of them is wanted.</param>
/// <remarks>Read into memory and never unpacked to the disk, so that no name in the archive means a place.</remarks>
internal sealed record CifarArchive(string Name, long Size, string Sha256, string[] Train, string Test, int Labels, int Label)
    : WholeDatasetFile(Name, Size, Sha256)
{
    private const int Side = 32, Pixels = Side * Side, Channels = 3;

    protected override NDArray[] Read(Stream file)
    {
        var members = new Dictionary<string, byte[]>();
        try
        {
            using var tar = new TarReader(new GZipStream(file, CompressionMode.Decompress, leaveOpen: true));
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.DataStream is null || !(Train.Contains(entry.Name) || entry.Name == Test)) continue;
                var content = new byte[entry.Length];
                entry.DataStream.ReadExactly(content);
                members[entry.Name] = content;
            }
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or OverflowException)
        {
            throw new ValueError($"it does not unpack as .tar.gz: {e.Message}", e);
        }
        return [.. Arrays(members, Train), .. Arrays(members, [Test])];
    }

    /// <summary>Pictures (n, 32, 32, 3) and labels (n, 1) of these members, one behind the other.</summary>
    private NDArray[] Arrays(Dictionary<string, byte[]> members, string[] names)
    {
        int record = Labels + Channels * Pixels;
        var files = Array.ConvertAll(names, name => members.TryGetValue(name, out var bytes) ? bytes
            : throw new ValueError($"expected a member {name}, found none"));
        foreach (var (name, bytes) in names.Zip(files))
            if (bytes.Length % record != 0) throw new ValueError($"{name}: expected records of {record} bytes, found {bytes.Length} bytes");
        int count = files.Sum(bytes => bytes.Length / record), at = 0;
        var (pictures, labels) = (NewElements.Of<byte>(count * Channels * Pixels), new byte[count]);
        foreach (var bytes in files)
            for (int start = 0; start < bytes.Length; start += record, at++)
            {
                labels[at] = bytes[start + Label];
                var picture = pictures.AsSpan(at * Channels * Pixels, Channels * Pixels);
                for (int channel = 0; channel < Channels; channel++)
                {
                    var plane = bytes.AsSpan(start + Labels + channel * Pixels, Pixels);
                    for (int i = 0; i < plane.Length; i++) picture[i * Channels + channel] = plane[i];
                }
            }
        return [new NDArray(pictures, count, Side, Side, Channels), new NDArray(labels, count, 1)];
    }
}
