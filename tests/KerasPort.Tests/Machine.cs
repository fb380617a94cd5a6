using System.ComponentModel;
using System.Diagnostics;
using KerasPort.Engines;
using KerasPort.Tests.Engines;
using KerasPort.Tests.Saving;

namespace KerasPort.Tests;

/// <summary>Requirements of tests, for <see cref="NeedsAttribute"/>.</summary>
internal enum Need
{
    /// <summary>The real data, anywhere on this machine.</summary>
    FashionMnist,

    /// <summary>OpenCL on the processor, which stands in for a card.</summary>
    Pocl,

    /// <summary>A Python that has Keras.</summary>
    RealKeras,

    /// <summary>The engine on TensorFlow.NET, as part of the build.</summary>
    TensorFlow,

    /// <summary>A browser.</summary>
    Chromium,

    /// <summary>strace, and permission to use it.</summary>
    Strace,

    /// <summary>Open MPI, and permission to start processes with it.</summary>
    Mpi,

    /// <summary>python3, with or without Keras.</summary>
    Python3,

    /// <summary>Permission to give a test separate processes, a file system and a network (namespaces).</summary>
    Namespaces,

    /// <summary>The tools that unpack Debian's packages.</summary>
    DpkgDeb,

    /// <summary>Debian's package sources, and thirty megabytes from them.</summary>
    DebianSources,

    /// <summary>/proc, /dev/full, env with signals, and a backlog that is respected.</summary>
    Linux,

    /// <summary>Shell scripts and named pipes.</summary>
    Unix,

    /// <summary>System fonts, which a test hides.</summary>
    Fonts,

    /// <summary>Published model files, which are no part of the project.</summary>
    PublishedModels,
}

/// <summary>The machine that the tests run on.</summary>
internal static class Machine
{
    private static readonly Dictionary<Need, (Lazy<bool> Has, string What)> s_needs = new()
    {
        [Need.FashionMnist] = (new(() => FashionMnist is not null),
            "Fashion-MNIST on this machine (a first training fetches it; or apt-get install dataset-fashion-mnist; or KERASPORT_DATA names its folder)"),
        [Need.Pocl] = (new(() => PoclCard.IsThere), "PoCL (apt-get install pocl-opencl-icd ocl-icd-libopencl1)"),
        [Need.RealKeras] = (new(() => RealKeras.Python.Length > 0), "a Python that has Keras (KERASPORT_PYTHON names it)"),
        [Need.TensorFlow] = (new(() => Engine.IsBuiltIn("tensorflow")), "the engine on TensorFlow.NET in the build (dotnet test -c Release -p:TensorFlow=cpu)"),
        [Need.Chromium] = (new(() => Find("chromium") is not null), "a browser (apt-get install chromium)"),
        [Need.Strace] = (new(() => Runs("strace", "-e", "trace=none", "true")), "strace, and a system that lets it trace (apt-get install strace)"),
        [Need.Mpi] = (new(() => Runs([.. Console.MpiTests.Launcher, "-n", "2", "true"])), "Open MPI (apt-get install openmpi-bin)"),
        [Need.Python3] = (new(() => Runs("python3", "--version")), "python3 (apt-get install python3)"),
        [Need.Namespaces] = (new(() => OperatingSystem.IsLinux() && Runs([.. Unshared("--pid", "--fork", "--mount", "--net"),
            "mount", "-t", "tmpfs", "none", "/tmp"])),
            "namespaces of its own (unshare --mount --pid --net, which containers often forbid)"),
        [Need.DpkgDeb] = (new(() => Runs("dpkg-deb", "--version")), "dpkg-deb, which Debian and Ubuntu have"),
        [Need.DebianSources] = (new(() => Figures.AreMany && Runs("apt-get", "--version")), "Debian's apt-get and KERASPORT_FIGURES=ci, for it fetches 30 MB"),
        [Need.Linux] = (new(OperatingSystem.IsLinux), "Linux"),
        [Need.Unix] = (new(() => !OperatingSystem.IsWindows()), "a system with shell scripts and named pipes"),
        [Need.PublishedModels] = (new(() => Directory.Exists(WildFileTests.Folder)),
            "published model files (KERASPORT_FIXTURES names the folder in which wild/ is)"),
        [Need.Fonts] = (new(() => Directory.Exists("/usr/share/fonts")), "fonts in /usr/share/fonts (apt-get install fonts-dejavu-core)"),
    };

    /// <summary>The folder with the data set: the one that KERASPORT_DATA names, even if it is wrong, else the first sound one.</summary>
    public static string? FashionMnist => s_fashionMnist.Value;

    private static readonly Lazy<string?> s_fashionMnist = new(() =>
        Environment.GetEnvironmentVariable("KERASPORT_DATA") is { Length: > 0 } named ? Path.GetFullPath(named)
        : KerasPort.Datasets.FashionMnist.Look().FirstOrDefault(place => place.Defect is null).Folder);

    /// <summary>Skips the test where a requirement is missing.</summary>
    public static void Require(Need need) => Assert.SkipUnless(s_needs[need].Has.Value, $"Needs {s_needs[need].What}.");

    /// <summary>The start of a command line for a process in new namespaces, where it may mount.</summary>
    public static string[] Unshared(params string[] what) =>
        ["unshare", .. Environment.IsPrivilegedProcess ? Array.Empty<string>() : ["--user", "--map-root-user"], .. what];

    /// <summary>The path of a program; null where it can't be found or run.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(path => File.Exists(path)
            && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.OtherExecute)) != 0));

    private static bool Runs(params string[] command)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
