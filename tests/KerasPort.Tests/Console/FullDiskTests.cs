namespace KerasPort.Tests.Console;

/// <summary>No space, no permission, no home: one line, its exit code, and the previous files are kept.</summary>
[Trait("Category", Figures.Category)]
[Slow]
public sealed class FullDiskTests : IDisposable
{
    private static readonly string[] s_command = ["--model", "baseline", "--epochs", "4", "--batch-size", "1000", "--seed", "5", "--verbose", "0"];

    private readonly TemporaryFolder _folder = new();

    public FullDiskTests()
    {
        Directory.CreateDirectory(_folder["disk"]);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Two checkpoints fit, the third one doesn't: the two are kept.</summary>
    [Theory]
    [Needs(Need.Namespaces, Need.FashionMnist)]
    [InlineData("size=100k", "")]
    [InlineData("size=3m", "00000001.checkpoint 00000002.checkpoint")]
    public void A_full_disk_stops_a_checkpoint_and_leaves_the_older_ones(string size, string left)
    {
        var (code, output, error, files) = On(size, "true", ["--checkpoint", "disk/ck"]);
        Assert.Equal((6, ""), (code, output));
        Assert.Matches(@"^kerasport: error: cannot write the checkpoint '\S+': No space left on device\n$", error);
        Assert.Equal(left, string.Join(' ', files.Where(f => f.Contains("1-baseline")).Select(Path.GetFileName)));
        Assert.DoesNotContain(files, f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    [Needs(Need.Namespaces, Need.FashionMnist)]
    public void A_full_disk_leaves_the_old_report()
    {
        var (code, _, error, files) = On("size=16k", "echo old > disk/report.json; head -c 12k /dev/zero > disk/fill", ["--report", "disk/report.json"],
            then: "grep -q old disk/report.json || echo lost");
        Assert.Equal(6, code);
        Assert.Matches(@"^kerasport: error: cannot write the report '\S+': No space left on device\n$", error);
        Assert.Equal(["fill", "report.json"], files.Select(Path.GetFileName).Order());
    }

    [Theory]
    [Needs(Need.Namespaces, Need.FashionMnist)]
    [InlineData("--checkpoint", "disk/ck", "cannot write checkpoints in")]
    [InlineData("--report", "disk/report.json", "cannot write the report")]
    [InlineData("--save", "disk/{model}.keras", "cannot write '")]
    public void A_read_only_disk_is_known_before_the_training(string option, string path, string says)
    {
        var (code, output, error, files) = On("size=1m", "echo old > disk/report.json; mount -o remount,ro disk", [option, path],
            then: "grep -q old disk/report.json || echo lost");
        Assert.Equal((6, ""), (code, output));
        Assert.StartsWith($"kerasport: error: {says}", error);
        Assert.Equal(1, error.Count(c => c == '\n'));
        Assert.Equal(["report.json"], files.Select(Path.GetFileName));
    }

    [Theory]
    [Needs(Need.Unix, Need.FashionMnist)]
    [InlineData("env -u HOME")]
    [InlineData("env HOME=/nonexistent")]
    public void Without_a_home_all_goes_well(string home)
    {
        // The data may be in the very home that is taken away.
        var (code, _, error) = Tool.Run(_folder.Path, [.. s_command, "--checkpoint", "ck", "--data", Machine.FashionMnist!],
            through: ["sh", "-c", $"exec {home} \"$@\"", "sh"]);
        Assert.Equal($"kerasport: report written to {_folder["report.json"]}\n", error);
        Assert.Equal(0, code);
        Assert.Equal(["disk", "report.json"], _folder.Names);
    }

    /// <summary>Runs the tool where <c>disk</c> is a small file system, and lists its content at the end.</summary>
    private (int Code, string Output, string Error, string[] Files) On(string size, string prepare, string[] arguments, string then = "true")
    {
        string script = $"mount -t tmpfs -o {size} tmpfs disk && {prepare}; \"$@\"; code=$?; {then}; find disk -type f; exit $code";
        var (code, output, error) = Tool.Run(_folder.Path, [.. s_command, .. arguments], through: [.. Machine.Unshared("--mount"), "sh", "-c", script, "sh"]);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToLookup(line => line.StartsWith("disk/", StringComparison.Ordinal));
        return (code, string.Join('\n', lines[false]), error, [.. lines[true].Order()]);
    }
}
