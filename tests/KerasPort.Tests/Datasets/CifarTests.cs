using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using KerasPort.Datasets;

namespace KerasPort.Tests.Datasets;

/// <summary>Archives in the format of the CIFAR sets with a few noisy pictures.</summary>
public sealed class CifarTests : IDisposable
{
    private const int Picture = 3 * 32 * 32;
    private readonly TemporaryFolder _folder = new();
    private readonly System.Random _random = new(3);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Batches_are_one_behind_the_other_whatever_their_place_in_the_archive()
    {
        byte[][] batches = [Records(3, labels: 1), Records(2, labels: 1), Records(4, labels: 1)];
        var file = Archive([("b/readme.html", [1, 2]), ("b/2.bin", batches[1]), ("b/test.bin", batches[2]), ("b/1.bin", batches[0])],
            ["b/1.bin", "b/2.bin"], "b/test.bin", 1, 0);
        var arrays = file.Read(_folder["a"]);
        Assert.All(arrays, array => Assert.Equal(DType.uint8, array.dtype));
        Assert.Equal([[5, 32, 32, 3], [5, 1], [4, 32, 32, 3], [4, 1]], arrays.Select(array => array.shape.ToArray()));
        Sound([.. batches[0], .. batches[1]], 1, 0, arrays[0], arrays[1]);
        Sound(batches[2], 1, 0, arrays[2], arrays[3]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Of_two_labels_the_one_that_is_wanted_is_taken(int label)
    {
        byte[] train = Records(3, labels: 2), test = Records(2, labels: 2);
        var arrays = Archive([("c/train.bin", train), ("c/test.bin", test)], ["c/train.bin"], "c/test.bin", 2, label).Read(_folder["a"]);
        Sound(train, 2, label, arrays[0], arrays[1]);
        Sound(test, 2, label, arrays[2], arrays[3]);
    }

    [Fact]
    public void Another_archive_is_refused_by_its_content()
    {
        byte[] batch = Records(2, labels: 1);
        var file = Archive([("b/1.bin", batch), ("b/test.bin", batch)], ["b/1.bin"], "b/test.bin", 1, 0);
        byte[] bytes = File.ReadAllBytes(_folder["a"]);
        bytes[^20] ^= 1;
        File.WriteAllBytes(_folder["a"], bytes);
        Assert.Contains("its SHA-256 is", Assert.Throws<DatasetException>(() => file.Read(_folder["a"])).Message);
        File.WriteAllBytes(_folder["a"], bytes[..^1]);
        Assert.EndsWith($"it has {bytes.Length - 1} bytes, expected {bytes.Length}", Assert.Throws<DatasetException>(() => file.Read(_folder["a"])).Message);
        Assert.Contains("cannot be read", Assert.Throws<DatasetException>(() => file.Read(_folder["none"])).Message);

        Assert.Contains("b/1.bin: expected records of 3073 bytes, found 6145 bytes",
            Assert.Throws<DatasetException>(() => Archive([("b/1.bin", batch[..^1]), ("b/test.bin", batch)], ["b/1.bin"], "b/test.bin", 1, 0)
                .Read(_folder["a"])).Message);
        Assert.Contains("expected a member b/1.bin, found none",
            Assert.Throws<DatasetException>(() => Archive([("../b/1.bin", batch), ("b/test.bin", batch)], ["b/1.bin"], "b/test.bin", 1, 0)
                .Read(_folder["a"])).Message);
    }

    [Fact]
    public void A_mode_of_labels_that_is_not_there_is_told() =>
        Assert.Equal("`label_mode` must be one of \"fine\", \"coarse\". Received: label_mode=rough.",
            Assert.Throws<ValueError>(() => new Cifar100().load_data("rough")).Message);

    private byte[] Records(int count, int labels)
    {
        var records = new byte[count * (labels + Picture)];
        _random.NextBytes(records);
        return records;
    }

    private CifarArchive Archive((string Name, byte[] Content)[] members, string[] train, string test, int labels, int label)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
            foreach (var (name, content) in members) tar.WriteEntry(
                new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        File.WriteAllBytes(_folder["a"], file.ToArray());
        return new CifarArchive("a", file.Length, Convert.ToHexStringLower(SHA256.HashData(file.ToArray())), train, test, labels, label);
    }

    private static void Sound(byte[] records, int labels, int label, NDArray pictures, NDArray found)
    {
        int record = labels + Picture;
        for (int i = 0; i < found.Length; i++)
        {
            Assert.Equal(records[i * record + label], found[i, 0].item());
            foreach (var (row, column, channel) in ((int, int, int)[])[(0, 0, 0), (0, 1, 0), (31, 31, 2), (5, 17, 1), (20, 0, 2)])
                Assert.Equal(records[i * record + labels + channel * 1024 + row * 32 + column], pictures[i, row, column, channel].item());
        }
    }
}
