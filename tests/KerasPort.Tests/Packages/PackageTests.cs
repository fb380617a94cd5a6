using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using KerasPort.Tests.Console;

namespace KerasPort.Tests.Packages;

/// <summary>The packages have the right content, and work in projects that have nothing else.</summary>
[Slow]
public partial class PackageTests(PackageFeed feed) : IClassFixture<PackageFeed>
{
    private static readonly string[] s_ids = ["KerasPort", "KerasPort.Cuda", "KerasPort.Pictures", "KerasPort.Plotting", "KerasPort.Tool"];

    private static readonly Guid s_embeddedSource = new("0e8a571b-6926-466e-b4ad-8ab04611f5fe");

    public static TheoryData<string> Ids => [.. s_ids];

    [Fact]
    public void Packing_warns_of_nothing()
    {
        Assert.Equal(s_ids, feed.Ids);
        Assert.DoesNotContain("warn", feed.PackOutput, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_package_says_what_it_is(string id)
    {
        var metadata = feed.Metadata(id);
        string Said(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
        Assert.Equal(("MIT", "icon.png", "README.md"), (Said("license"), Said("icon"), Said("readme")));
        foreach (string name in (string[])["title", "description", "authors", "copyright"]) Assert.NotEqual("", Said(name));
        Assert.Contains("keras", Said("tags").Split(' '));
        Assert.Equal("git", metadata.Elements().Single(element => element.Name.LocalName == "repository").Attribute("type")!.Value);
        using var package = feed.Open(id);
        Assert.Equal(File.ReadAllBytes(Repository.File("src", "icon.png")), Bytes(package.GetEntry("icon.png")!));
        Assert.StartsWith("# ", new StreamReader(package.GetEntry("README.md")!.Open()).ReadToEnd());
    }

    /// <summary>These see each other's internals: another version of one of them wouldn't fit.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void It_asks_for_the_others_of_its_own_version(string id)
    {
        var dependencies = feed.Metadata(id).Descendants().Where(element => element.Name.LocalName == "dependency").ToList();
        var ours = dependencies.Where(d => d.Attribute("id")!.Value.StartsWith("KerasPort", StringComparison.Ordinal)).ToList();
        string version = typeof(Python).Assembly.GetName().Version!.ToString(3);
        Assert.All(ours, d => Assert.Equal($"[{version}]", d.Attribute("version")!.Value));
        Assert.Equal(id is "KerasPort" or "KerasPort.Tool" ? [] : id == "KerasPort.Plotting" ? ["KerasPort", "KerasPort.Pictures"] : ["KerasPort"],
            ours.Select(d => d.Attribute("id")!.Value).Order());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Its_symbols_and_its_documentation_are_there(string id)
    {
        using var package = feed.Open(id);
        using var symbols = feed.Open(id, "snupkg");
        string[] ours = [.. package.Entries.Select(entry => entry.FullName).Where(name => OurAssembly().IsMatch(name))];
        Assert.NotEmpty(ours);
        foreach (string assembly in ours)
        {
            string name = Path.ChangeExtension(assembly, null);
            var pdb = symbols.GetEntry(name + ".pdb");
            Assert.True(pdb is not null, $"{assembly} has no symbols: {string.Join(", ", symbols.Entries.Select(entry => entry.FullName))}");
            using var image = new PEReader([.. Bytes(package.GetEntry(assembly)!)]);
            var wanted = image.ReadDebugDirectory().First(entry => entry.Type == DebugDirectoryEntryType.CodeView);
            using var read = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(pdb)));
            var reader = read.GetMetadataReader();
            Assert.Equal(image.ReadCodeViewDebugDirectoryData(wanted).Guid, new BlobContentId(reader.DebugMetadataHeader!.Id).Guid);
#if !DEBUG
            // The source is in the symbols, and the path of the clone isn't.
            Assert.Contains(reader.CustomDebugInformation, one => reader.GetGuid(reader.GetCustomDebugInformation(one).Kind) == s_embeddedSource);
            Assert.DoesNotContain(reader.Documents, file =>
                reader.GetString(reader.GetDocument(file).Name).StartsWith(Repository.Root, StringComparison.Ordinal));
#endif
            if (id != "KerasPort.Tool") Assert.NotNull(package.GetEntry(name + ".xml"));
        }
        Assert.Equal(id == "KerasPort.Pictures" || id == "KerasPort.Tool", package.Entries.Any(entry => entry.Name == "DejaVuSans.license.txt"));
    }

    /// <summary>Third parties' licences require it.</summary>
    [Fact]
    public void The_tool_names_the_libraries_that_it_brings()
    {
        using var package = feed.Open("KerasPort.Tool");
        string notices = new StreamReader(package.GetEntry("THIRD-PARTY-NOTICES.txt")!.Open()).ReadToEnd();
        string[] others = [.. package.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal) && !OurAssembly().IsMatch(entry.FullName))
            .Select(entry => Path.GetFileNameWithoutExtension(entry.Name)).Distinct()];
        Assert.Contains("ILGPU", others);
        // Parts of a library have its name, native ones with lib before.
        string[] named = [.. Names().Matches(notices).Select(name => name.Value)];
        Assert.All(others, other => Assert.Contains(named, name =>
            other.StartsWith(name, StringComparison.Ordinal) || other.StartsWith("lib" + name, StringComparison.Ordinal)));
        Assert.NotNull(package.GetEntry("SkiaSharp-notices.txt"));
    }

    [Fact]
    [Needs(Need.FashionMnist)]
    public void The_first_program_trains_in_a_new_project()
    {
        string project = NewProject("first", "KerasPort");
        File.WriteAllText(Path.Combine(project, "Program.cs"), Program(File.ReadAllText(Repository.File("src", "KerasPort", "PACKAGE.md"))));
        string text = feed.Succeed(project, "dotnet", "run", "-c", "Release");
        Assert.Equal(5, text.Split('\n').Count(line => line.StartsWith("Epoch ", StringComparison.Ordinal)));
        Assert.Matches(@"\[0\.3\d+, 0\.8\d+\]\s*$", text);
    }

    /// <summary>Libraries that are loaded by name are found, native ones too.</summary>
    [Fact]
    public void All_of_them_work_together()
    {
        string project = NewProject("all", "KerasPort.Cuda", "KerasPort.Plotting");
        File.WriteAllText(Path.Combine(project, "Program.cs"), """
            using KerasPort;
            using KerasPort.Engines;
            using static KerasPort.Python;
            using static KerasPort.Plotting.PyPlot;

            keras.utils.save_img("picture.png", np.ones((3, 4, 3)));
            print(keras.utils.img_to_array(keras.utils.load_img("picture.png")).shape);

            var x = np.arange(64).reshape(16, 4) / 64.0;
            var model = keras.Sequential([keras.Input(4), keras.layers.Dense(1)]);
            model.compile(optimizer: "adam", loss: "mse");
            var history = model.fit(x, x.sum(axis: 1), epochs: 2, verbose: 2);
            model.save("model.keras");
            print(keras.models.load_model("model.keras").count_params());

            plt.plot(history.history["loss"]);
            plt.savefig("loss.png");
            try
            {
                print(Engine.Open("cuda", "gpu:9").name);
            }
            catch (EngineException e)
            {
                print(e.Message);
            }
            """);
        string text = feed.Succeed(project, "dotnet", "run", "-c", "Release");
        Assert.Contains("(3, 4, 3)", text);
        Assert.Contains("Epoch 2/2", text);
        Assert.Matches("(?m)^5$", text);
        Assert.DoesNotContain("not part of this build", text);
        Assert.True(new FileInfo(Path.Combine(project, "loss.png")).Length > 1000);
    }

    [Fact]
    public void The_tool_is_installed_and_makes_a_project_that_builds()
    {
        string folder = feed.NewFolder("tool"), kerasport = Install(folder);
        Assert.Contains("kerasport run --model", feed.Succeed(folder, kerasport, "--help"));
        Assert.Contains("  ok       managed      trains on cpu", feed.Succeed(folder, kerasport, "doctor"));
        feed.Succeed(folder, kerasport, "new", "clothes");
        var reference = Assert.Single(XDocument.Load(Path.Combine(folder, "clothes", "clothes.csproj")).Descendants("PackageReference"));
        Assert.Equal("KerasPort", reference.Attribute("Include")!.Value);
        feed.Succeed(Path.Combine(folder, "clothes"), "dotnet", "build", "-c", "Release");
    }

    [Fact]
    [Needs(Need.FashionMnist)]
    public void The_tool_trains()
    {
        string folder = feed.NewFolder("trained"), kerasport = Install(folder);
        string text = feed.Succeed(folder, kerasport, "run", "--model", "baseline", "--epochs", "1", "--batch-size", "1000", "--seed", "1");
        Assert.Contains("Test loss: ", text);
        Assert.True(File.Exists(Path.Combine(folder, "report.json")));
    }

    private string Install(string folder)
    {
        string into = Path.Combine(folder, "tools"), kerasport = Path.Combine(into, OperatingSystem.IsWindows() ? "kerasport.exe" : "kerasport");
        feed.Succeed(folder, "dotnet", "tool", "install", "--tool-path", into, "KerasPort.Tool");
        Assert.True(File.Exists(kerasport));
        return kerasport;
    }

    /// <summary>A user's commands in an empty folder.</summary>
    private string NewProject(string name, params string[] packages)
    {
        string folder = feed.NewFolder(name);
        feed.Succeed(folder, "dotnet", "new", "console", "--no-restore");
        foreach (string package in packages) feed.Succeed(folder, "dotnet", "add", "package", package);
        return folder;
    }

    private static string Program(string readme) => Block().Match(readme).Groups[1].Value;

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var from = entry.Open();
        using var into = new MemoryStream();
        from.CopyTo(into);
        return into.ToArray();
    }

    [GeneratedRegex(@"/(KerasPort[\w.]*|kerasport)\.dll$")]
    private static partial Regex OurAssembly();

    [GeneratedRegex(@"(?<=^  |, )[A-Z][\w.]*(?=,|  )", RegexOptions.Multiline)]
    private static partial Regex Names();

    [GeneratedRegex(@"^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
