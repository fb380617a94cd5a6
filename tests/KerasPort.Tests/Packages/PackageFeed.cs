using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace KerasPort.Tests.Packages;

/// <summary>
/// The packages that <c>dotnet pack</c> makes of this build, in a folder that serves as a feed; and a user's NuGet that has only this feed and the
/// packages that this build was restored from, in a separate folder. No registry is asked.
/// </summary>
public sealed class PackageFeed : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly TemporaryFolder _folder = new();

    public PackageFeed()
    {
        // Made as by `dotnet pack -c Release -o FOLDER`, from what the tests' build has compiled.
        PackOutput = Succeed(Repository.Root, "dotnet", "pack", "--no-build", "-c", Configuration, "-o", Folder, "-v", "minimal", "KerasPort.sln");
        string here = Succeed(Repository.Root, "dotnet", "nuget", "locals", "global-packages", "--list");
        string restored = here[(here.IndexOf(':') + 1)..].Trim();
        File.WriteAllText(_folder["nuget.config"], $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
              <packageSources>
                <clear />
                <add key="feed" value="{Folder}" />
                <add key="restored" value="{restored}" />
              </packageSources>
              <packageSourceMapping>
                <clear />
                <packageSource key="feed"><package pattern="KerasPort*" /></packageSource>
                <packageSource key="restored"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """);
    }

    /// <summary>The folder of the packages.</summary>
    public string Folder => _folder["feed"];

    /// <summary>The output of packing.</summary>
    public string PackOutput { get; }

    /// <summary>The ids of the packages.</summary>
    public IEnumerable<string> Ids => Directory.GetFiles(Folder, "*.nupkg")
        .Select(path => Path.GetFileNameWithoutExtension(path)[..^(Version.Length + 1)]).Order();

    private static string Version => typeof(Python).Assembly.GetName().Version!.ToString(3);

    public void Dispose() => _folder.Dispose();

    /// <summary>Opens a package for reading.</summary>
    internal ZipArchive Open(string id, string ending = "nupkg") => ZipFile.OpenRead(Path.Combine(Folder, $"{id}.{Version}.{ending}"));

    /// <summary>The description (nuspec) of a package.</summary>
    internal XElement Metadata(string id)
    {
        using var package = Open(id);
        using var nuspec = package.GetEntry(id + ".nuspec")!.Open();
        return XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    /// <summary>An empty folder in which <c>dotnet</c> uses this feed.</summary>
    internal string NewFolder(string name) => Directory.CreateDirectory(_folder[name]).FullName;

    /// <summary>Runs a command there, as for a user who has never run one, and returns its output.</summary>
    internal string Succeed(string folder, params string[] command)
    {
        var (code, text) = Run(folder, command);
        Assert.True(code == 0, $"{string.Join(' ', command)}: exit code {code}\n{text}");
        return text;
    }

    private (int Code, string Text) Run(string folder, string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(key => key.StartsWith("KERASPORT_", StringComparison.Ordinal) && key != "KERASPORT_DATA").ToList())
            start.Environment.Remove(name);
        if (folder != Repository.Root)
        {
            start.Environment["NUGET_PACKAGES"] = _folder["packages"];
            start.Environment["DOTNET_CLI_HOME"] = _folder["home"];
        }
        // No build server outlives the test.
        foreach (string name in (string[])["DOTNET_CLI_USE_MSBUILD_SERVER", "UseSharedCompilation"]) start.Environment[name] = "false";
        foreach (string name in (string[])["MSBUILDDISABLENODEREUSE", "DOTNET_NOLOGO", "DOTNET_CLI_TELEMETRY_OPTOUT"]) start.Environment[name] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
