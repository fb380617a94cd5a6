using System.Text.Json.Nodes;
using System.Xml.Linq;
using KerasPort.Console.Analysis;
using SkiaSharp;

namespace KerasPort.Tests.Console.Plots;

[Needs(Need.FashionMnist)]
[Slow]
public class PlotTests
{
    private static readonly string[] Pictures =
    [
        "1-baseline-classes", "1-baseline-confusion", "1-baseline-filters-conv2d", "1-baseline-maps", "1-baseline-mistakes", "1-baseline-times",
        "curves-accuracy", "curves-loss", "parity-baseline-1", "parity-baseline-2",
    ];

    private static readonly Lazy<string> Whole = new(() =>
    {
        string report = ReportTests.WholeReport();
        // A convolution's name depends on what was built before it.
        string layer = (string)JsonNode.Parse(report)!["runs"]![0]!["analysis"]!["filters"]![0]!["layer"]!;
        return report.Replace($"\"{layer}\"", "\"conv2d\"");
    });

    private static (int ExitCode, string Output, string Error) Plot(TemporaryFolder folder, JsonNode report, params string[] options)
    {
        File.WriteAllText(folder["report.json"], report.ToJsonString());
        return Tool.Run(folder.Path, ["plot", "report.json", .. options]);
    }

    [Fact]
    public void What_the_page_shows_becomes_pictures()
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = Plot(folder, JsonNode.Parse(Whole.Value)!);
        string drawn = folder["report-plots"];
        // One line: Skia prints on stderr what it can't draw.
        Assert.Equal((0, "", $"kerasport: 20 pictures written to {drawn}\n"), (code, output, error));
        Assert.Equal(Pictures.SelectMany(p => new[] { p + ".png", p + ".svg" }),
            Directory.GetFiles(drawn).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (string picture in Pictures)
        {
            using var png = SKBitmap.Decode(Path.Combine(drawn, picture + ".png"));
            var svg = XDocument.Load(Path.Combine(drawn, picture + ".svg")).Root!;
            Assert.Equal((png.Width, png.Height), ((int)svg.Attribute("width")!, (int)svg.Attribute("height")!));
            Assert.InRange(png.Width, 500, 1200);
            // The plot isn't empty, and has letters.
            Assert.InRange(png.Pixels.Count(p => p != SKColors.White), 500, png.Width * png.Height);
            var letters = svg.Descendants().Where(e => e.Name.LocalName == "text").ToArray();
            Assert.NotEmpty(letters);
            Assert.All(letters, text => Assert.Equal("DejaVu Sans, Verdana, sans-serif", (string)text.Attribute("font-family")!));
        }
        string Text(string picture) => XDocument.Load(Path.Combine(drawn, picture + ".svg")).Root!.Value;
        Assert.All(TestResults.Classes, name => Assert.Contains(name, Text("1-baseline-confusion")));
        Assert.Contains("baseline in Python", Text("curves-loss"));
        Assert.Contains("taken for", Text("1-baseline-mistakes"));
        Assert.Contains("26x26", Text("1-baseline-maps"));
    }

    /// <summary>A built-in font: the bytes are the same with the system's fonts and without.</summary>
    [Fact]
    [Needs(Need.Namespaces, Need.Fonts)]
    public void Pictures_need_no_font_of_the_system()
    {
        using var folder = new TemporaryFolder();
        string[] hidden = [.. Machine.Unshared("--mount"), "sh", "-c", "mount -t tmpfs none /usr/share/fonts && exec \"$@\"", "sh"];
        var report = JsonNode.Parse(Whole.Value)!;
        Assert.Equal(0, Plot(folder, report, "--output", "with").ExitCode);
        Assert.Equal(0, Tool.Run(folder.Path, ["plot", "report.json", "--output", "without"], through: hidden).ExitCode);
        foreach (string file in Directory.GetFiles(folder["with"]))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(folder["without"], Path.GetFileName(file))));
    }

    [Fact]
    public void One_format_in_a_folder_of_ones_choice()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, Plot(folder, JsonNode.Parse(Whole.Value)!, "--format", "svg", "--output", "deep/er").ExitCode);
        Assert.Equal(Pictures.Select(p => p + ".svg"), Directory.GetFiles(folder["deep/er"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    /// <summary>A report may come from anyone: no name in it leads out of the folder, or out of a text.</summary>
    [Fact]
    public void Nothing_in_a_report_leaves_its_place()
    {
        using var folder = new TemporaryFolder();
        const string evil = "../../\"><script>x</script>\u0001\ud800";
        var report = JsonNode.Parse(Whole.Value)!;
        report["runs"]![0]!["model"] = evil;
        report["runs"]![0]!["analysis"]!["classes"]![0] = evil;
        report["runs"]![0]!["analysis"]!["filters"]![0]!["layer"] = evil;
        Assert.Equal(0, Plot(folder, report, "--output", "plots", "--format", "svg").ExitCode);
        Assert.Equal(["plots", "report.json"], folder.Names);
        Assert.Equal(10, Directory.GetFiles(folder["plots"]).Length);
        foreach (string file in Directory.GetFiles(folder["plots"]))
            Assert.DoesNotContain(XDocument.Load(file).Descendants(), e => e.Name.LocalName == "script");
    }

    /// <summary>A loaded model has the name of its file.</summary>
    [Fact]
    public void Each_picture_of_a_model_with_a_long_name_is_a_file_of_its_own()
    {
        using var folder = new TemporaryFolder();
        var report = JsonNode.Parse(Whole.Value)!;
        report["runs"]![0]!["model"] = new string('m', 120) + ".keras";
        foreach (var sheet in report["runs"]![0]!["analysis"]!["filters"]!.AsArray()) sheet!["layer"] = new string('l', 120);
        report["runs"]!.AsArray().Add(report["runs"]![0]!.DeepClone());
        var (code, _, error) = Plot(folder, report, "--format", "svg");
        Assert.True(code == 0, error);
        string[] names = [.. Directory.GetFiles(folder["report-plots"]).Select(file => Path.GetFileName(file))];
        Assert.Contains($" {names.Length} pictures written", error);
        Assert.Contains("1-mmmmmmmmmmmmmmmm_mmmmmmmmm.keras-confusion.svg", names);
    }

    /// <summary>An interrupted run, or a report of an older version with less in it.</summary>
    [Fact]
    public void Less_in_the_report_is_less_to_draw()
    {
        using var folder = new TemporaryFolder();
        var report = JsonNode.Parse(Whole.Value)!;
        report.AsObject().Remove("parity");
        report["runs"]![0]!.AsObject().Remove("analysis");
        report["runs"]![0]!.AsObject().Remove("layer_seconds");
        report["runs"]![0]!["history"]!["loss"] = new JsonArray(null, null);
        Assert.Equal(0, Plot(folder, report, "--format", "png").ExitCode);
        Assert.Equal(["curves-accuracy.png", "curves-loss.png"], Directory.GetFiles(folder["report-plots"]).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(2, "cannot read the report: there is no file 'none.json'\n", "none.json")]
    [InlineData(2, "cannot read the report: '.' is a folder, expected a file\n", ".")]
    [InlineData(2, "'bad.json' is no report that this version can read", "bad.json")]
    [InlineData(2, "'empty.json' is no report that this version can read: it is empty; expected a report of run, exercises or parity\n", "empty.json")]
    [InlineData(2, "cannot read the report: '/dev/zero' is larger than 64 MiB\n", "/dev/zero")]
    [InlineData(2, "--format: expected png, svg or both, got \"gif\"", "report.json", "--format", "gif")]
    [InlineData(2, "one of its pictures is none, or cut short", "picture.json")]
    [InlineData(6, "bad.json': it is a file; name a folder\n", "report.json", "--output", "bad.json")]
    [InlineData(6, "bad.json' is a file, expected a folder\n", "report.json", "--output", "bad.json/plots")]
    [InlineData(6, "cannot write the pictures to '/proc/plots': no file can be made in '/proc'\n", "report.json", "--output", "/proc/plots")]
    public void A_mistake_is_one_line_and_an_exit_code(int expected, string says, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["report.json"], Whole.Value);
        File.WriteAllText(folder["bad.json"], "{ \"schema_version\": 2 }");
        File.WriteAllText(folder["empty.json"], " \n");
        var report = JsonNode.Parse(Whole.Value)!;
        report["runs"]![0]!["analysis"]!["feature_maps"]!["inputs"]![0] = "AAAA";
        File.WriteAllText(folder["picture.json"], report.ToJsonString());
        var (code, output, error) = Tool.Run(folder.Path, ["plot", .. arguments]);
        Assert.Equal((expected, ""), (code, output));
        Assert.Contains(says, error);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }
}
