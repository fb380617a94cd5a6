using KerasPort.Datasets;

namespace KerasPort.Tests.Datasets;

public sealed class DatasetLoaderTests : IDisposable
{
    private readonly SmallDataset _small = new();
    private readonly StringWriter _log = new();
    private readonly ProgressLine _progress;

    public DatasetLoaderTests() => _progress = new ProgressLine(TextWriter.Synchronized(_log), redraw: false);

    public void Dispose() => _small.Dispose();

    [Fact]
    public void Looks_in_the_cache_then_where_it_is_installed_then_fetches()
    {
        Sound(Load(new Supply(_small.Packed)));
        Assert.Equal(_small.Files.Select(f => f.Name), _small.Listing("home"));
        Sound(Load(new Trap()));
        Directory.Delete(_small.At("home"), recursive: true);
        _small.Install("installed");
        Sound(Load(new Trap()));
        Assert.False(Directory.Exists(_small.At("home")));
        Assert.Equal("", _log.ToString());
    }

    [Fact]
    public void A_given_folder_is_the_only_one()
    {
        Sound(Load(new Trap(), given: _small.Install("given")));

        _small.Install("home");
        File.Delete(_small.At("given", _small.Files[1].Name));
        string lacks = Error(new Trap(), given: _small.At("given"));
        Assert.Equal($"the data folder {_small.At("given")} (from --data or KERASPORT_DATA) lacks labels-idx1-ubyte.gz; "
            + "expected one that holds images-idx3-ubyte.gz, labels-idx1-ubyte.gz, packed or unpacked", lacks);
        Directory.CreateDirectory(_small.At("empty"));
        Assert.Contains("(from --data or KERASPORT_DATA) does not hold the data set; expected one that holds images-idx3-ubyte.gz, ",
            Error(new Trap(), given: _small.At("empty")));

        File.WriteAllBytes(_small.At("given", _small.Files[1].Name), _small.Packed[1][..^9]);
        Assert.Contains("labels-idx1-ubyte.gz is cut short", Error(new Trap(), given: _small.At("given")));
        Assert.Contains("none (from --data or KERASPORT_DATA) does not exist", Error(new Trap(), given: _small.At("none")));
        Assert.Contains("(from --data or KERASPORT_DATA) is a file; expected a folder that holds",
            Error(new Trap(), given: _small.At("given", _small.Files[1].Name)));
    }

    /// <summary>Unpacked, or unpacked under the packed name as by browsers; where both exist the packed one counts. The checksum is the same.</summary>
    [Fact]
    public void Files_may_be_unpacked()
    {
        byte[] images = SmallDataset.Idx(_small.Elements[0], 20, 6, 5), labels = SmallDataset.Idx(_small.Elements[1], 20);
        Directory.CreateDirectory(_small.At("given"));
        File.WriteAllBytes(_small.At("given", "images-idx3-ubyte"), images);
        File.WriteAllBytes(_small.At("given", "labels-idx1-ubyte.gz"), labels);
        Sound(Load(new Trap(), given: _small.At("given")));

        File.WriteAllBytes(_small.At("given", "images-idx3-ubyte"), [.. images[..^1], (byte)(images[^1] ^ 1)]);
        Assert.Contains("images-idx3-ubyte is not the expected file", Error(new Trap(), given: _small.At("given")));
        File.WriteAllBytes(_small.At("given", "images-idx3-ubyte"), images[..^1]);
        Assert.Contains("images-idx3-ubyte is cut short", Error(new Trap(), given: _small.At("given")));
        File.WriteAllBytes(_small.At("given", "images-idx3-ubyte"), [.. images, 0]);
        Assert.Contains("images-idx3-ubyte is too long", Error(new Trap(), given: _small.At("given")));

        File.WriteAllBytes(_small.At("given", "images-idx3-ubyte.gz"), _small.Packed[0]);
        Sound(Load(new Trap(), given: _small.At("given")));
    }

    [Fact]
    public void A_broken_file_in_the_cache_is_fetched_anew_and_the_others_are_kept()
    {
        _small.Install("home");
        string path = _small.At("home", _small.Files[0].Name);
        File.WriteAllBytes(path, _small.Packed[0][..50]);
        var supply = new Supply(_small.Packed);
        Sound(Load(supply));
        Assert.Equal([_small.Files[0].Name], supply.Asked);
        Assert.Equal(_small.Packed[0], File.ReadAllBytes(path));
        Assert.StartsWith(path + " is cut short", _log.ToString());
    }

    [Fact]
    public void A_broken_cache_is_passed_over_for_an_installed_copy()
    {
        _small.Install("home");
        _small.Install("installed");
        File.WriteAllBytes(_small.At("home", _small.Files[1].Name), _small.Packed[0]);
        Sound(Load(new Trap()));
        Assert.StartsWith(_small.At("home", _small.Files[1].Name), _log.ToString());
    }

    [Fact]
    public void The_second_source_brings_what_the_first_did_not()
    {
        var second = new Supply(_small.Packed);
        Sound(Load([new Supply([_small.Packed[0], [1, 2, 3]]), second]));
        Assert.Equal([_small.Files[1].Name], second.Asked);
    }

    [Fact]
    public void With_nothing_anywhere_one_line_says_what_was_tried_and_what_to_do()
    {
        var sources = new DatasetSource[] { new WebSource(Dead(), TimeSpan.FromSeconds(1), _progress),
            new DebianPackage("p", "f", _progress, aptGet: "no-apt-get-here") };
        string message = Assert.Throws<DatasetException>(() => Load(sources)).Message;
        Assert.DoesNotContain('\n', message);
        foreach (string part in (string[])[_small.At("home"), _small.At("installed"), "refused", "Debian package p: no-apt-get-here is not installed here",
            "Connect to the network", $"into {_small.At("home")} by hand", "--data or KERASPORT_DATA", .. _small.Files.Select(f => f.Name)])
            Assert.Contains(part, message);
        Assert.Empty(_small.Listing("home"));
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_told()
    {
        File.WriteAllText(_small.At("file"), "");
        var places = new DatasetPlaces(null, [_small.At("file", "x")], _small.At("installed"));
        var e = Assert.Throws<DatasetException>(() => new DatasetLoader("Small", _small.Files, places, [new Supply(_small.Packed)], _progress).Load());
        Assert.Contains("no cache folder for it can be written", e.Message);
    }

    [Fact]
    public void A_full_disk_is_told_and_leaves_nothing()
    {
        var e = Assert.Throws<DatasetException>(() => Load(new FullDisk()));
        Assert.Contains("No space left", e.Message);
        Assert.IsType<IOException>(e.InnerException);
        Assert.Empty(_small.Listing("home"));
    }

    /// <summary>
    /// Whatever the server does, each of the sixteen gets the right data or an error, nothing unsound is ever under a
    /// file's name, and afterwards one good response is enough.
    /// </summary>
    [Fact]
    [Slow]
    public async Task Sixteen_at_once_on_one_cache_with_a_bad_server()
    {
        int rounds = Figures.Count(3, 20, 20), served = 0;
        for (int round = 0; round < rounds; round++)
        {
            var random = new System.Random(round);
            var answers = Enumerable.Range(0, 1000).Select(_ => (Answer)random.Next(7)).ToArray();
            using (var server = new FileServer(_small, i => answers[i]))
            {
                await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Factory.StartNew(() =>
                {
                    try
                    {
                        Sound(Load(new WebSource(server.Address, TimeSpan.FromSeconds(0.2), _progress)));
                        Interlocked.Increment(ref served);
                    }
                    catch (DatasetException e)
                    {
                        Assert.StartsWith("no sound copy of Small is in", e.Message);
                    }
                }, TaskCreationOptions.LongRunning)));
                foreach (var (file, packed) in _small.Files.Zip(_small.Packed))
                    if (File.Exists(_small.At("home", file.Name))) Assert.Equal(packed, File.ReadAllBytes(_small.At("home", file.Name)));
            }
            using (var good = new FileServer(_small, _ => Answer.Whole))
                Sound(Load(new WebSource(good.Address, TimeSpan.FromSeconds(30), _progress)));
            Assert.Equal(_small.Files.Select(f => f.Name), _small.Listing("home"));
            Directory.Delete(_small.At("home"), recursive: true);
        }
        Assert.True(served > rounds, $"Only {served} of {16 * rounds} got the data.");
    }

    [Fact]
    public async Task Sixteen_at_once_fetch_once()
    {
        using var server = new FileServer(_small, _ => Answer.Whole);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Factory.StartNew(
            () => Sound(Load(new WebSource(server.Address, TimeSpan.FromSeconds(30), _progress))), TaskCreationOptions.LongRunning)));
        Assert.Equal(_small.Files.Select(f => f.Name), server.Requests);
        Assert.Equal(_small.Files.Select(f => f.Name), _small.Listing("home"));
    }

    private NDArray[] Load(DatasetSource source, string? given = null) => Load([source], given);

    private NDArray[] Load(DatasetSource[] sources, string? given = null) =>
        new DatasetLoader("Small", _small.Files, new DatasetPlaces(given, [_small.At("home")], _small.At("installed")), sources, _progress).Load();

    private string Error(DatasetSource source, string? given)
    {
        string message = Assert.Throws<DatasetException>(() => Load(source, given)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private void Sound(NDArray[] loaded)
    {
        Assert.Equal(_small.Elements, SmallDataset.Bytes(loaded));
        Assert.Equal(_small.Files.Select(file => file.Shape), loaded.Select(array => array.shape.ToArray()));
    }

    private Uri Dead()
    {
        var server = new FileServer(_small, _ => Answer.Whole);
        server.Dispose();
        return server.Address;
    }

    /// <summary>Serves files from memory.</summary>
    private sealed class Supply(byte[][] packed) : DatasetSource
    {
        public List<string> Asked { get; } = [];

        public override string Name => "supply";

        public override void Fetch(IReadOnlyList<DatasetFile> wanted, DatasetCache cache)
        {
            foreach (var file in wanted)
            {
                Asked.Add(file.Name);
                string part = cache.Begin(file);
                File.WriteAllBytes(part, packed[file.Name.StartsWith("images", StringComparison.Ordinal) ? 0 : 1]);
                cache.Keep(part, file);
            }
        }
    }

    /// <summary>A source that must not be asked.</summary>
    private sealed class Trap : DatasetSource
    {
        public override string Name => "trap";

        public override void Fetch(IReadOnlyList<DatasetFile> wanted, DatasetCache cache) => Assert.Fail("Nothing had to be fetched.");
    }

    private sealed class FullDisk : DatasetSource
    {
        public override string Name => "full";

        public override void Fetch(IReadOnlyList<DatasetFile> wanted, DatasetCache cache)
        {
            File.WriteAllText(cache.Begin(wanted[0]), "half");
            File.AppendAllText("/dev/full", "more");
        }
    }
}
