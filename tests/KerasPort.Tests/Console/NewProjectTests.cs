using System.Diagnostics;
using System.Xml.Linq;
using KerasPort.Console;
using KerasPort.Console.Projects;

namespace KerasPort.Tests.Console;

/// <summary><c>kerasport new NAME</c>: its projects build and train.</summary>
public sealed class NewProjectTests : IDisposable
{
    private static readonly LibraryReference s_library = new(new XElement("Reference"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_command_makes_a_project()
    {
        var (code, output, error) = Tool.Run(_folder.Path, ["new", "clothes"]);
        Assert.True(code == 0, error);
        Assert.Equal("", output);
        Assert.Equal($"kerasport: made {_folder["clothes"]}; train with: cd clothes && dotnet run -c Release", error.Trim());
        Assert.Equal(["clothes"], _folder.Names);
        Assert.Equal(["Program.cs", "clothes.csproj", "config.json"],
            new DirectoryInfo(_folder["clothes"]).GetFileSystemInfos().Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.Contains($"<ProjectReference Include=\"{Repository.File("src", "KerasPort", "KerasPort.csproj")}\" />",
            File.ReadAllText(_folder["clothes/clothes.csproj"]));
    }

    [Fact]
    public void A_folder_of_packages_is_referred_to()
    {
        var (code, _, error) = Tool.Run(_folder.Path, ["new", "clothes", "--source", "feed"]);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Equal($"kerasport: error: --source: expected a folder with KerasPort.{CommandLine.Version}.nupkg in it, got \"feed\"", error.Trim());
        Assert.Empty(_folder.Names);

        Directory.CreateDirectory(_folder["feed"]);
        File.WriteAllText(_folder[$"feed/KerasPort.{CommandLine.Version}.nupkg"], "");
        (code, _, error) = Tool.Run(_folder.Path, ["new", "clothes", "--source", "feed"]);
        Assert.True(code == 0, error);
        string project = File.ReadAllText(_folder["clothes/clothes.csproj"]);
        Assert.Contains($"<PackageReference Include=\"KerasPort\" Version=\"{CommandLine.Version}\" />", project);
        Assert.Contains($"<RestoreAdditionalProjectSources>{_folder["feed"]}</RestoreAdditionalProjectSources>", project);
    }

    [Fact]
    public void A_tool_that_is_a_package_refers_to_one()
    {
        File.WriteAllText(_folder["DotnetToolSettings.xml"], "");
        Assert.Equal($"<PackageReference Include=\"KerasPort\" Version=\"{CommandLine.Version}\" />", LibraryReference.Of(_folder.Path).Item.ToString());
    }

    [Fact]
    public void What_is_there_is_left_alone()
    {
        Directory.CreateDirectory(_folder["clothes"]);
        File.WriteAllText(_folder["shoes"], "mine");
        foreach (string name in (string[])["clothes", "shoes"])
        {
            var (code, _, error) = Tool.Run(_folder.Path, ["new", name]);
            Assert.Equal(ExitCode.Usage, code);
            Assert.Equal($"kerasport: error: {_folder[name]} is there already; nothing was changed. Choose another name, or remove it first", error.Trim());
        }
        Assert.Empty(Directory.GetFileSystemEntries(_folder["clothes"]));
        Assert.Equal(["clothes", "shoes"], _folder.Names);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("/tmp/a")]
    [InlineData("a b")]
    [InlineData("1a")]
    [InlineData("a\n")]
    [InlineData("caf\u00e9")]
    [InlineData("Nul")]
    [InlineData("System")]
    [InlineData("kerasport")]
    [InlineData("a.b")]
    public void A_name_is_a_plain_one(string name)
    {
        string message = Assert.Throws<UsageException>(() => NewProject.Create(_folder.Path, name, s_library)).Message;
        Assert.StartsWith($"\"{name}\" is no name for a project: expected letters, digits, - and _, a letter first", message);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void A_name_of_65_letters_is_too_long()
    {
        Assert.Throws<UsageException>(() => NewProject.Create(_folder.Path, new string('a', 65), s_library));
        NewProject.Create(_folder.Path, new string('a', 64), s_library);
    }

    [Fact]
    public void A_folder_that_refuses_is_told()
    {
        var e = Assert.Throws<IOException>(() => NewProject.Create("/proc", "clothes", s_library));
        Assert.StartsWith("cannot write the project '/proc/clothes': ", e.Message);
        Assert.Equal(ExitCode.Disk, ExitCode.Of(e));
    }

    [Fact]
    public void Without_the_library_one_line_says_where_it_was_looked_for()
    {
        string message = Assert.Throws<UsageException>(() => LibraryReference.Of(_folder.Path)).Message;
        Assert.StartsWith($"there is no library that a project could refer to: neither its source above {_folder.Path} nor KerasPort.Core.dll in it", message);
    }

    /// <summary>References from a clone, and from a tool that was published to a folder.</summary>
    [Theory]
    [Slow]
    [Needs(Need.FashionMnist)]
    [InlineData(true)]
    [InlineData(false)]
    public void It_builds_and_trains(bool isClone)
    {
        string tool = AppContext.BaseDirectory;
        if (!isClone)
        {
            tool = Directory.CreateDirectory(_folder["tool"]).FullName;
            foreach (string name in (string[])["KerasPort.Core", "PureHDF", "System.IO.Hashing", "System.Numerics.Tensors"])
                File.Copy(Path.Combine(AppContext.BaseDirectory, name + ".dll"), Path.Combine(tool, name + ".dll"));
        }
        string folder = NewProject.Create(_folder.Path, "clothes", LibraryReference.Of(tool));
        string config = Path.Combine(folder, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("60000", "640").Replace("\"epochs\": 5", "\"epochs\": 1"));

        var (code, output, error) = DotnetRun(folder);
        Assert.True(code == 0, output + error);
        Assert.Contains("20/20", output);
        Assert.Matches("Test accuracy: 0\\.[5-7]", output);
        Assert.True(File.Exists(Path.Combine(folder, "model.keras")));

        File.WriteAllText(config, File.ReadAllText(config).Replace("\"units\"", "\"unitz\""));
        (code, _, error) = DotnetRun(folder);
        Assert.NotEqual(0, code);
        Assert.Contains("unit", error);
    }

    /// <summary>What <c>dotnet run -c Release</c> gives in a folder.</summary>
    internal static (int Code, string Output, string Error) DotnetRun(string folder, params string[] script)
    {
        using var run = Process.Start(new ProcessStartInfo("dotnet", ["run", "-c", "Release", .. script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // No build server outlives the test.
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
                ["UseSharedCompilation"] = "false", ["DOTNET_NOLOGO"] = "1" },
        })!;
        var error = run.StandardError.ReadToEndAsync();
        string output = run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        return (run.ExitCode, output, error.Result);
    }
}
