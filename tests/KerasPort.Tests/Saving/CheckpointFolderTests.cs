using KerasPort.Saving;

namespace KerasPort.Tests.Saving;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Each file takes several writes.</summary>
    private static byte[] Content(int number) => [.. Enumerable.Repeat((byte)number, 300_000)];

    private string[] Files => [.. _folder.Names];

    [Fact]
    public void The_newest_counts_and_two_are_kept()
    {
        using (var folder = new CheckpointFolder(_folder.Path))
        {
            Assert.Null(folder.Newest());
            for (int i = 1; i <= 5; i++) folder.Add([Content(i)]);
        }
        Assert.Equal(["00000004.checkpoint", "00000005.checkpoint"], Files);
        using var again = new CheckpointFolder(_folder.Path);
        Assert.Equal(Content(5), again.Newest());
        again.Clear();
        Assert.False(Directory.Exists(_folder.Path));
        Directory.CreateDirectory(_folder.Path);
    }

    /// <summary>At every single step of saving, a failure or a loss of power leaves the old checkpoint or the new one loadable.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Category", Figures.Category)]
    public void Whichever_step_fails_the_old_or_the_new_checkpoint_loads(bool powerGoes)
    {
        int step = 1, old = 0;
        for (bool spared = false; !spared; step++)
        {
            string path = _folder[$"{powerGoes} {step}"];
            using (var before = new CheckpointFolder(path))
            {
                before.Newest();
                before.Add([Content(1)]);
                before.Add([Content(2)]);
            }
            var disk = new FaultyDisk(step, powerGoes);
            using (var folder = new CheckpointFolder(path, disk))
            {
                Assert.Equal(Content(2), folder.Newest());
                if (Record.Exception(() => folder.Add([Content(3)])) is { } refused)
                {
                    Assert.Contains("No space left on device", Assert.IsType<IOException>(refused).Message);
                    Assert.DoesNotContain('\n', refused.Message);
                }
                spared = disk.WasSpared;
            }
            if (!powerGoes) Assert.DoesNotContain(Directory.GetFiles(path), f => f.EndsWith(WholeFile.Unfinished, StringComparison.Ordinal));

            // The next process finds one of them, can add its own, and leaves only sound files.
            using (var after = new CheckpointFolder(path))
            {
                byte found = after.Newest()![0];
                Assert.True(found is 2 or 3);
                if (found == 2) old++;
                after.Add([Content(4)]);
                Assert.Equal(Content(4), after.Newest());
            }
            Assert.Equal(2, Directory.GetFiles(path).Length);
        }
        // Create, seven writes, flush, rename; then the folder's flush and, once the new one is there, the oldest one's deletion.
        Assert.Equal((12, 10), (step - 2, old));
        Figures.Tell($"write faults, {(powerGoes ? "power cut" : "refused")}: {step - 2} of {step - 2} steps, the old or the new checkpoint loads");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_first_one_too_is_there_or_not(bool powerGoes)
    {
        for (int step = 1; step <= 10; step++)
        {
            string path = _folder[$"{step}"];
            using (var folder = new CheckpointFolder(path, new FaultyDisk(step, powerGoes)))
            {
                Assert.Null(folder.Newest());
                Record.Exception(() => folder.Add([Content(1)]));
            }
            using var after = new CheckpointFolder(path);
            Assert.True(after.Newest() is null or [1, ..]);
        }
    }

    [Fact]
    public void What_stands_in_the_way_is_told_on_one_line()
    {
        File.WriteAllText(_folder["file"], "");
        var e = Assert.Throws<IOException>(() => new CheckpointFolder(_folder["file/c"]));
        Assert.Equal($"cannot write checkpoints in '{_folder["file/c"]}': '{_folder["file"]}' is a file, expected a folder", e.Message);
        e = Assert.Throws<IOException>(() => new CheckpointFolder(_folder["file"]));
        Assert.Equal($"cannot write checkpoints in '{_folder["file"]}': it is a file; name a folder", e.Message);
    }
}
