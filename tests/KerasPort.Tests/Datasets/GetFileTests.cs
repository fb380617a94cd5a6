using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace KerasPort.Tests.Datasets;

/// <summary><c>keras.utils.get_file</c>: names, hashes and archives as in Keras, from a server on this machine.</summary>
public sealed class GetFileTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("kerasport-test-").FullName;
    private static readonly byte[] s_text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a line of text\n", 20)));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_file_is_fetched_once()
    {
        using var server = Server();
        string path = keras.utils.get_file(origin: $"{server.Address}text.txt?a=1", cache_dir: _root);
        Assert.Equal(Path.Combine(_root, "datasets", "text.txt"), path);
        Assert.Equal(s_text, File.ReadAllBytes(path));
        Assert.Equal(path, keras.utils.get_file(origin: $"{server.Address}text.txt?a=1", cache_dir: _root));
        Assert.Equal(Path.Combine(_root, "else", "b.txt"), keras.utils.get_file("b.txt", $"{server.Address}text.txt", cache_dir: _root, cache_subdir: "else"));
        Assert.Equal(2, server.Requests.Length);
        keras.utils.get_file(origin: $"{server.Address}text.txt", cache_dir: _root, force_download: true);
        Assert.Equal(3, server.Requests.Length);
        Assert.Equal(["text.txt"], Names("datasets"));
    }

    [Theory]
    [InlineData("sha256")]
    [InlineData("md5")]
    public void A_hash_is_held_to(string algorithm)
    {
#pragma warning disable CA5351  // As Keras' older users have it.
        string hash = Convert.ToHexString(algorithm == "md5" ? MD5.HashData(s_text) : SHA256.HashData(s_text));
#pragma warning restore CA5351
        using var server = Server();
        string path = keras.utils.get_file(origin: $"{server.Address}text.txt", file_hash: hash, cache_dir: _root);
        File.WriteAllText(path, "another");
        Assert.Equal(path, keras.utils.get_file(origin: $"{server.Address}text.txt", file_hash: hash, hash_algorithm: algorithm, cache_dir: _root));
        Assert.Equal(s_text, File.ReadAllBytes(path));
        Assert.Equal(2, server.Requests.Length);
        var error = Assert.Throws<DatasetException>(
            () => keras.utils.get_file("c", $"{server.Address}text.txt", md5_hash: new string('0', 32), cache_dir: _root));
        Assert.Contains($"URL fetch failure on {server.Address}text.txt: ", error.Message);
        Assert.Contains("expected " + new string('0', 32), error.Message);
        Assert.Equal(["text.txt"], Names("datasets"));
    }

    [Theory]
    [InlineData("pictures.tar.gz", null, "pictures.tar.gz", "pictures.tar.gz_archive")]
    [InlineData("pictures.tar", "pets", "pets", "pets_archive")]
    [InlineData("pictures.zip", "pets.zip", "pets_extracted", "pets.zip")]
    public void An_archive_is_unpacked_into_the_folder_that_Keras_names(string remote, string? fname, string folder, string archive)
    {
        using var server = Server();
        string path = keras.utils.get_file(fname, $"{server.Address}{remote}", extract: true, cache_dir: _root);
        Assert.Equal(Path.Combine(_root, "datasets", folder), path);
        Assert.Equal(s_text, File.ReadAllBytes(Path.Combine(path, "pictures", "a.txt")));
        Assert.Equal(new[] { folder, archive }.Order(StringComparer.Ordinal), Names("datasets"));
        File.WriteAllText(Path.Combine(path, "mine.txt"), "kept");
        Assert.Equal(path, keras.utils.get_file(fname, $"{server.Address}{remote}", extract: true, cache_dir: _root));
        Assert.True(File.Exists(Path.Combine(path, "mine.txt")));
        Assert.Single(server.Requests);
    }

    [Fact]
    public void A_file_of_this_machine_is_copied()
    {
        string from = Path.Combine(_root, "from.txt");
        File.WriteAllBytes(from, s_text);
        Assert.Equal(s_text, File.ReadAllBytes(keras.utils.get_file(origin: new Uri(from).AbsoluteUri, cache_dir: _root)));
    }

    [Theory]
    [InlineData("text.txt", "no_archive", "can't be unpacked")]
    [InlineData("cut.zip", "cut", "can't be unpacked")]
    [InlineData("out.zip", "out", "can't be unpacked")]
    [InlineData("out.tar", "out", "can't be unpacked")]
    public void What_is_no_archive_or_leads_out_of_the_folder_is_refused(string remote, string fname, string message)
    {
        using var server = Server();
        var error = Assert.Throws<ValueError>(() => keras.utils.get_file(fname, $"{server.Address}{remote}", extract: true, cache_dir: _root));
        Assert.Contains(message, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal([fname + "_archive"], Names("datasets"));
        Assert.Equal(["datasets"], Directory.GetFileSystemEntries(_root).Select(Path.GetFileName));
    }

    [Fact]
    public void What_is_not_there_is_named()
    {
        using var server = Server();
        using var none = new FileServer([("text.txt", s_text)], _ => Answer.NotFound);
        var error = Assert.Throws<DatasetException>(() => keras.utils.get_file(origin: $"{none.Address}text.txt", cache_dir: _root));
        Assert.Contains("the server answers 404", error.Message);
        Assert.Contains(Path.Combine(_root, "datasets"), error.Message);
        Assert.Throws<ValueError>(() => keras.utils.get_file("a"));
        Assert.Throws<ValueError>(() => keras.utils.get_file(origin: "ftp://127.0.0.1/a", cache_dir: _root));
        Assert.Throws<ValueError>(() => keras.utils.get_file("a/b", $"{server.Address}text.txt", cache_dir: _root));
        Assert.Throws<ValueError>(() => keras.utils.get_file(origin: $"{server.Address}", cache_dir: _root));
        Assert.Throws<ValueError>(() => keras.utils.get_file("a", $"{server.Address}text.txt", hash_algorithm: "crc", cache_dir: _root));
        Assert.Throws<ValueError>(() => keras.utils.get_file("a", $"{server.Address}text.txt", archive_format: "rar", cache_dir: _root));
    }

    private string?[] Names(string folder) =>
        [.. Directory.GetFileSystemEntries(Path.Combine(_root, folder)).Select(Path.GetFileName).Order(StringComparer.Ordinal)];

    private static FileServer Server() => new(
    [
        ("text.txt", s_text), ("pictures.tar", Tar("pictures/a.txt")), ("pictures.tar.gz", Packed(Tar("pictures/a.txt"))),
        ("pictures.zip", Zip("pictures/a.txt")),
        ("cut.zip", Zip("pictures/a.txt")[..60]), ("out.zip", Zip("../../out.txt")), ("out.tar", Tar("../../out.txt")),
    ], _ => Answer.Whole);

    private static byte[] Tar(string name)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(s_text) });
        return bytes.ToArray();
    }

    private static byte[] Packed(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionMode.Compress, leaveOpen: true)) gzip.Write(content);
        return bytes.ToArray();
    }

    private static byte[] Zip(string name)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(s_text);
        }
        return bytes.ToArray();
    }
}
