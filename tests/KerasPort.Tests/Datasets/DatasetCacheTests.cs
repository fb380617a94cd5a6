using KerasPort.Datasets;

namespace KerasPort.Tests.Datasets;

public sealed class DatasetCacheTests : IDisposable
{
    private static readonly ProgressLine Quiet = new(TextWriter.Null, redraw: false);
    private readonly SmallDataset _small = new();

    public void Dispose() => _small.Dispose();

    /// <summary>Each holder deletes the lock file, so this also shows that nobody holds a lock on a deleted one.</summary>
    [Fact]
    public async Task One_holder_at_a_time()
    {
        int holders = 0, held = 0;
        var tasks = Enumerable.Range(0, 16).Select(_ => Task.Factory.StartNew(() =>
        {
            for (int round = 0; round < 3; round++)
            {
                using var cache = DatasetCache.Open([_small.At("cache")], Quiet);
                Assert.Equal(1, Interlocked.Increment(ref holders));
                Thread.Yield();
                held++;
                Interlocked.Decrement(ref holders);
            }
        }, TaskCreationOptions.LongRunning));
        await Task.WhenAll(tasks);
        Assert.Equal(48, held);
        // The folder itself may stay: a process that comes while it is being removed didn't create it.
        if (Directory.Exists(_small.At("cache"))) Assert.Empty(_small.Listing("cache"));
    }

    [Fact]
    public void The_lock_of_a_killed_process_holds_nobody_up()
    {
        Directory.CreateDirectory(_small.At("cache"));
        File.WriteAllBytes(_small.At("cache", ".lock"), []);
        DatasetCache.Open([_small.At("cache")], Quiet).Dispose();
        Assert.Empty(_small.Listing("cache"));
    }

    [Fact]
    public void A_folder_that_was_made_for_nothing_does_not_stay()
    {
        using (var cache = DatasetCache.Open([_small.At("home", ".keras", "datasets", "small")], Quiet)) Assert.True(Directory.Exists(cache.Folder));
        Assert.Empty(_small.Listing(""));

        // Except for the downloaded part of a file, and for earlier files.
        using (var cache = DatasetCache.Open([_small.At("home", "small")], Quiet)) File.WriteAllText(cache.Begin(_small.Files[0]), "half");
        Assert.Single(_small.Listing("home/small"));
        DatasetCache.Open([_small.At("home")], Quiet).Dispose();
        Assert.Equal(["small"], _small.Listing("home"));
    }

    [Fact]
    public void Takes_the_first_folder_that_can_be_written()
    {
        File.WriteAllText(_small.At("file"), "");
        using (var cache = DatasetCache.Open([_small.At("file", "cache"), _small.At("cache")], Quiet))
            Assert.Equal(_small.At("cache"), cache.Folder);
        var e = Assert.Throws<DatasetException>(() => DatasetCache.Open([_small.At("file", "cache")], Quiet));
        Assert.Contains(_small.At("file", "cache"), e.Message);
        Assert.Contains("Set KERAS_HOME", e.Message);
    }

    [Fact]
    public void Keeps_only_what_is_sound()
    {
        using var cache = DatasetCache.Open([_small.At("cache")], Quiet);
        string part = cache.Begin(_small.Files[0]);
        File.WriteAllBytes(part, _small.Packed[1]);
        Assert.Throws<DatasetException>(() => cache.Keep(part, _small.Files[0]));
        Assert.False(File.Exists(_small.At("cache", _small.Files[0].Name)));

        File.WriteAllBytes(part, _small.Packed[0]);
        File.WriteAllText(_small.At("cache", _small.Files[0].Name), "an older, broken one");
        cache.Keep(part, _small.Files[0]);
        Assert.Equal(_small.Packed[0], File.ReadAllBytes(_small.At("cache", _small.Files[0].Name)));
    }

    [Fact]
    public void Discards_what_dead_processes_left_and_nothing_else()
    {
        _small.Install("cache");
        File.WriteAllText(_small.At("cache", "images-idx3-ubyte.gz.abc.part"), "half");
        Directory.CreateDirectory(_small.At("cache", "package.abc.part", "lists"));
        File.WriteAllText(_small.At("cache", "notes.txt"), "somebody's");
        File.WriteAllText(_small.At("cache", "other.npz.abc.part"), "half of another data set");
        using (var cache = DatasetCache.Open([_small.At("cache")], Quiet)) cache.Discard(_small.Files);
        Assert.Equal(["images-idx3-ubyte.gz", "labels-idx1-ubyte.gz", "notes.txt", "other.npz.abc.part"], _small.Listing("cache"));
    }
}
