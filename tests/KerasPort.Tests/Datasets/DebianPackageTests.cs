using System.Diagnostics;
using KerasPort.Datasets;

namespace KerasPort.Tests.Datasets;

public sealed class DebianPackageTests : IDisposable
{
    private static readonly ProgressLine Quiet = new(TextWriter.Null, redraw: false);
    private readonly SmallDataset _small = new();

    public void Dispose() => _small.Dispose();

    [Theory]
    [Needs(Need.DpkgDeb)]
    [InlineData("exit 0", "echo \"E: Unable to locate package small\" >&2; exit 100", "Unable to locate package small")]
    [InlineData("echo \"W: Failed to fetch x  Temporary failure resolving 'x'\" >&2", "echo \"E: Unable to locate package small\" >&2; exit 100",
        "Failed to fetch x  Temporary failure resolving 'x'")]
    [InlineData("exit 100", "exit 100", "apt-get failed")]
    public void Says_why_apt_failed(string update, string download, string reason)
    {
        string message = Assert.Throws<DatasetException>(() => Fetch(Apt(update, download))).Message;
        Assert.EndsWith(reason, message);
        Assert.Empty(_small.Listing("cache"));
    }

    [Fact]
    [Needs(Need.Linux)]
    public void Without_apt_says_so()
    {
        Assert.Equal("no-such-apt is not installed here", Assert.Throws<DatasetException>(() => Fetch("no-such-apt")).Message);
        Assert.Empty(_small.Listing("cache"));
    }

    /// <summary>A package built here, and an apt whose update partly fails, as when one of several sources is down.</summary>
    [Fact]
    [Needs(Need.DpkgDeb)]
    public void Takes_the_files_out_of_the_package()
    {
        Fetch(Apt("echo 'E: one source is down' >&2; exit 100", $"cp '{Package(_small.Packed[0])}' . && echo 'W: some warning' >&2"));
        Assert.Equal(_small.Files.Select(f => f.Name), _small.Listing("cache"));
        Assert.Equal(_small.Packed[0], File.ReadAllBytes(_small.At("cache", _small.Files[0].Name)));
    }

    [Fact]
    [Needs(Need.DpkgDeb)]
    public void Refuses_a_package_with_other_content()
    {
        string package = Package(_small.Packed[1]);
        Assert.Contains("images-idx3-ubyte.gz is not an idx file",
            Assert.Throws<DatasetException>(() => Fetch(Apt("exit 0", $"cp '{package}' ."))).Message);
        Assert.Empty(_small.Listing("cache"));
    }

    [Fact]
    [Slow]
    [Needs(Need.DpkgDeb, Need.DebianSources)]
    public void The_real_package_is_fetched_without_the_state_of_the_system()
    {
        using (var cache = DatasetCache.Open([_small.At("cache")], Quiet))
        {
            try
            {
                new DebianPackage("dataset-fashion-mnist", "usr/share/datasets/fashion-mnist", Quiet).Fetch(FashionMnist.Packed, cache);
            }
            catch (DatasetException e) when (e.Message.Contains("Failed to fetch", StringComparison.Ordinal)
                || e.Message.Contains("Unable to locate", StringComparison.Ordinal))
            {
                Assert.Skip($"Needs a network, and package sources that have dataset-fashion-mnist: {e.Message}");
            }
        }
        Assert.Equal(FashionMnist.Packed.Select(f => f.Name).Order(StringComparer.Ordinal), _small.Listing("cache"));
    }

    private void Fetch(string apt)
    {
        using var cache = DatasetCache.Open([_small.At("cache")], Quiet);
        new DebianPackage("small", "usr/share/small", Quiet, apt).Fetch(_small.Files, cache);
    }

    /// <summary>A stand-in for apt-get with given answers to these two commands.</summary>
    private string Apt(string update, string download)
    {
        string path = _small.At("apt-get");
        File.WriteAllText(path, $"#!/bin/sh\ncase \"$*\" in\n*update) {update} ;;\n*'download small') {download} ;;\nesac\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private string Package(byte[] images)
    {
        _small.Install("package/usr/share/small");
        File.WriteAllBytes(_small.At("package", "usr", "share", "small", _small.Files[0].Name), images);
        Directory.CreateDirectory(_small.At("package", "DEBIAN"));
        File.WriteAllText(_small.At("package", "DEBIAN", "control"),
            "Package: small\nVersion: 1\nArchitecture: all\nMaintainer: A <a@example.org>\nDescription: small\n");
        using var build = Process.Start(new ProcessStartInfo("dpkg-deb", ["--build", _small.At("package"), _small.At("small.deb")])
        {
            RedirectStandardOutput = true,
        })!;
        build.WaitForExit();
        Assert.Equal(0, build.ExitCode);
        return _small.At("small.deb");
    }
}
