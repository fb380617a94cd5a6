using System.IO.Compression;
using System.Security.Cryptography;
using KerasPort.Datasets;
using KerasPort.Saving.Npy;

namespace KerasPort.Tests.Datasets;

/// <summary>Data sets of one file in Keras' cache folder: a small one in the format of mnist.npz, from a local server.</summary>
public sealed class KerasDatasetTests : IDisposable
{
    private static readonly ProgressLine Quiet = new(TextWriter.Null, redraw: false);

    private static readonly NDArray[] s_arrays =
    [
        new NDArray(Enumerable.Range(0, 24).Select(i => (byte)i).ToArray(), 4, 3, 2), new NDArray([1, 2, 3, 4]), new NDArray([0.5, -1, 3]),
            new NDArray(new byte[] { 9 }),
    ];

    private readonly string _root = Directory.CreateTempSubdirectory("kerasport-test-").FullName;
    private readonly byte[] _content = Npz(["x_train", "y_train", "x_test", "y_test"], s_arrays);
    private readonly KerasDataset _small;

    public KerasDatasetTests() =>
        _small = new KerasDataset("Small", new NpzArrays(
            "small.npz", _content.Length, Convert.ToHexStringLower(SHA256.HashData(_content)), "x_test", "x_train"), "http://127.0.0.1/");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Is_fetched_once_into_the_cache_folder_itself()
    {
        using var server = new FileServer([("small.npz", _content)], _ => Answer.Whole);
        Sound(Load(_small, server));
        Assert.Equal([Path.Combine(_root, "small.npz")], Directory.GetFileSystemEntries(_root));
        Sound(Load(_small, server));
        Sound(Load(_small.Named("other.npz"), server));
        Assert.Equal(["small.npz", "small.npz"], server.Requests);
        Assert.Equal(_content, File.ReadAllBytes(Path.Combine(_root, "other.npz")));
    }

    /// <summary>Other data sets' partial downloads are left for them to continue.</summary>
    [Fact]
    public void Goes_on_with_its_own_half_and_leaves_others_alone()
    {
        File.WriteAllBytes(Path.Combine(_root, "small.npz.abc.part"), _content[..50]);
        File.WriteAllBytes(Path.Combine(_root, "large.npz.abc.part"), _content[..60]);
        using var server = new FileServer([("small.npz", _content)], _ => Answer.Whole);
        Sound(Load(_small, server));
        Assert.Equal(["small.npz bytes=50-"], server.Requests);
        Assert.Equal(["large.npz.abc.part", "small.npz"], Directory.GetFileSystemEntries(_root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Another_file_under_its_name_is_replaced()
    {
        File.WriteAllBytes(Path.Combine(_root, "small.npz"), Npz(["x_train"], [s_arrays[0]]));
        using var server = new FileServer([("small.npz", _content)], _ => Answer.Whole);
        Sound(Load(_small, server));
        byte[] changed = [.. _content];
        changed[^1] ^= 1;
        File.WriteAllBytes(Path.Combine(_root, "small.npz"), changed);
        string found = Convert.ToHexStringLower(SHA256.HashData(changed));
        using var broken = new FileServer([("small.npz", changed)], _ => Answer.Whole);
        string message = Assert.Throws<DatasetException>(() => Load(_small, broken)).Message;
        Assert.Contains($"its SHA-256 is {found}, expected {_small.File.Sha256}", message);
    }

    [Fact]
    public void Without_a_source_one_line_says_where_to_put_the_file()
    {
        Uri dead;
        using (var server = new FileServer([("small.npz", _content)], _ => Answer.Whole)) dead = server.Address;
        var places = new DatasetPlaces(null, [_root], null);
        var e = Assert.Throws<DatasetException>(() => _small.Load(places, [new WebSource(dead, TimeSpan.FromSeconds(1), Quiet)], Quiet));
        Assert.StartsWith($"no sound copy of Small is in {_root}, and none can be fetched: {dead}", e.Message);
        Assert.EndsWith(
            $". Connect to the network and run again, put small.npz into {_root} by hand, or name a folder that holds it with --data or KERASPORT_DATA",
            e.Message);
    }

    [Fact]
    public void Pickles_are_named_and_left_alone()
    {
        var pickled = _small with { Pickles = ["batches-py", "batches-py.tar.gz"] };
        File.WriteAllText(Path.Combine(_root, "batches-py.tar.gz"), "");
        var e = Assert.Throws<DatasetException>(() => pickled.Load(new DatasetPlaces(null, [_root], null), [], Quiet));
        Assert.EndsWith($". {_root}/batches-py.tar.gz, Python's copy of it, holds pickles, which run code when they are read: it is left alone", e.Message);
        e = Assert.Throws<DatasetException>(() => pickled.Load(new DatasetPlaces(_root, [], null), [], Quiet));
        Assert.Contains("does not hold the data set; expected one that holds small.npz. ", e.Message);
        Assert.EndsWith("it is left alone", e.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/mnist.npz")]
    [InlineData("/tmp/mnist.npz")]
    public void A_path_is_no_more_than_a_name(string path)
    {
        var e = Assert.Throws<ValueError>(() => new Mnist().load_data(path));
        Assert.StartsWith("Paths are no longer accepted as the `path` argument", e.Message);
        Assert.EndsWith($"Received: path={path}", e.Message);
    }

    private static byte[] Npz(string[] names, NDArray[] arrays)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, array) in names.Zip(arrays))
            {
                using var member = zip.CreateEntry(name + ".npy").Open();
                foreach (var piece in NpyFormat.Write(array)) member.Write(piece.Span);
            }
        }
        return file.ToArray();
    }

    private NDArray[] Load(KerasDataset dataset, FileServer server) =>
        dataset.Load(new DatasetPlaces(null, [_root], null), [new WebSource(server.Address, TimeSpan.FromSeconds(30), Quiet)], Quiet);

    private static void Sound(NDArray[] loaded)
    {
        Assert.Equal([DType.float64, DType.uint8], loaded.Select(array => array.dtype));
        Assert.Equal([[3], [4, 3, 2]], loaded.Select(array => array.shape.ToArray()));
        Assert.Equal([0.5, -1, 3], loaded[0].ToDoubles());
        Assert.Equal(Enumerable.Range(0, 24), loaded[1].ToInts());
    }
}
