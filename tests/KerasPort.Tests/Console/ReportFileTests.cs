using System.Text;
using KerasPort.Console;

namespace KerasPort.Tests.Console;

public class ReportFileTests
{
    [Fact]
    public void Writes_and_replaces_and_leaves_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var file = new ReportFile(folder["r.json"]);
        Assert.Empty(folder.Names);
        file.Write("one, and long"u8.ToArray());
        file.Write("two"u8.ToArray());
        Assert.Equal("two", File.ReadAllText(folder["r.json"]));
        Assert.Equal(["r.json"], folder.Names);
    }

    [Fact]
    public void A_link_stays_one()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["target.json"], "old");
        File.CreateSymbolicLink(folder["link.json"], folder["target.json"]);
        new ReportFile(folder["link.json"]).Write("new"u8.ToArray());
        Assert.NotNull(new FileInfo(folder["link.json"]).LinkTarget);
        Assert.Equal("new", File.ReadAllText(folder["target.json"]));
    }

    [Fact]
    public void What_it_is_made_of_is_not_overwritten()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["r.html"], "a report");
        File.CreateSymbolicLink(folder["link.html"], folder["r.html"]);
        foreach (string path in new[] { folder["r.html"], folder["../" + Path.GetFileName(folder.Path) + "/r.html"], folder["link.html"] })
            Assert.StartsWith("the page would overwrite ", Assert.Throws<UsageException>(() => new ReportFile(path, "page", madeOf: folder["r.html"])).Message);
        Assert.Equal("a report", File.ReadAllText(folder["r.html"]));
        new ReportFile(folder["5"], "picture", madeOf: folder["5"]);    // a number of an image, no file
    }

    [Fact]
    public void A_wrong_path_is_known_at_once()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("there is no folder", Refusal(folder["no/r.json"]));
        Assert.Contains("is a folder", Refusal(folder.Path));
        Assert.Contains("is a folder", Refusal(folder["no/"]));
        Assert.Contains("is a device", Refusal("/dev/null"));
        if (OperatingSystem.IsLinux()) Assert.EndsWith("no file can be made in '/proc'", Refusal("/proc/r.json"));
        File.WriteAllText(folder["plain"], "");
        Assert.Contains("cannot write the report", Refusal(folder["plain/r.json"]));
        Assert.Equal(["plain"], folder.Names);
    }

    [Fact]
    public void A_failure_leaves_the_old_file_and_no_other()
    {
        using var folder = new TemporaryFolder();
        var inner = Directory.CreateDirectory(folder["inner"]);
        var file = new ReportFile(folder["inner/r.json"]);
        // The rename fails, because a folder took the name in the meantime.
        Directory.CreateDirectory(folder["inner/r.json"]);
        File.WriteAllText(folder["inner/r.json/old"], "old");
        Assert.Throws<IOException>(() => file.Write(Encoding.UTF8.GetBytes("new")));
        Assert.Equal(["r.json"], inner.GetFileSystemInfos().Select(f => f.Name));
        Assert.Equal("old", File.ReadAllText(folder["inner/r.json/old"]));
        inner.Delete(recursive: true);
        Assert.Contains("there is no folder", Assert.Throws<IOException>(() => file.Write(new byte[1])).Message);
    }

    private static string Refusal(string path) => Assert.Throws<IOException>(() => new ReportFile(path)).Message;
}
