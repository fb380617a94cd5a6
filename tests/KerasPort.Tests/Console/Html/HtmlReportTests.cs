using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Console;
using KerasPort.Console.Html;
using KerasPort.Tests.Console.Parity;

namespace KerasPort.Tests.Console.Html;

public class HtmlReportTests
{
    private static string Page(string json) => Encoding.UTF8.GetString(HtmlReport.Page(Encoding.UTF8.GetBytes(json)));

    /// <summary>A report may come from anyone: nothing in it becomes a tag or leaves an attribute.</summary>
    [Fact]
    [Needs(Need.FashionMnist)]
    public void Nothing_in_a_report_becomes_markup()
    {
        string json = ReportTests.WholeReport();
        const string evil = "\"><script>alert('x')</script>";
        var report = JsonNode.Parse(json)!;
        report["runs"]![0]!["model"] = evil;
        report["environment"]!["cpu"] = evil;
        report["engine"]!["device"] = evil;
        report["runs"]![0]!["analysis"]!["classes"]![0] = evil;
        report["runs"]![0]!["analysis"]!["filters"]![0]!["layer"] = evil;
        report["parity"]!["comparisons"]![0]!["lines"]![0]!["python"] = evil;
        string page = Page(report.ToJsonString());
        Assert.DoesNotContain("alert('x')", page);
        Assert.Equal(Page(json).Split("<script>").Length, page.Split("<script>").Length);
        Assert.Contains("&lt;script&gt;alert(&#39;x&#39;)", page);

        report["runs"]![0]!["analysis"]!["mistakes"]![0]!["png"] = "\" onerror=\"alert(1)";
        Assert.Throws<UsageException>(() => Page(report.ToJsonString()));
    }

    [Theory]
    [InlineData("", "it is empty; expected a report of run, exercises or parity")]
    [InlineData("{", "JSON")]
    [InlineData("[]", "something that every report has is missing, or of another kind; expected a report of run, exercises or parity")]
    [InlineData("{}", "no schema_version")]
    [InlineData("{ \"schema_version\": 2 }", "schema_version is 2, expected 1")]
    [InlineData("{ \"schema_version\": 1 }", "something that every report has is missing")]
    [InlineData("{ \"schema_version\": 1, \"runs\": [ {} ], \"started\": 1 }", "something that every report has is missing")]
    public void What_is_no_report_is_refused(string json, string says) =>
        Assert.Contains(says, Assert.Throws<UsageException>(() => Page(json)).Message);

    [Fact]
    [Slow]
    [Needs(Need.FashionMnist)]
    public void A_page_does_not_overwrite_its_report()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["r.html"], ReportTests.WholeReport());
        var (code, output, error) = Tool.Run(folder.Path, ["report", "r.html"]);
        Assert.Equal((2, "", "kerasport: error: the page would overwrite 'r.html', which it is made of; name another file\n"), (code, output, error));
    }

    /// <summary>A report of a version that had no analysis, no layer times and no parity.</summary>
    [Fact]
    [Needs(Need.FashionMnist)]
    public void An_earlier_report_has_less_to_show()
    {
        var report = JsonNode.Parse(ReportTests.WholeReport())!.AsObject();
        report.Remove("parity");
        report["runs"]![0]!.AsObject().Remove("analysis");
        report["runs"]![0]!.AsObject().Remove("layer_seconds");
        string page = Page(report.ToJsonString());
        Assert.Contains("data-section=\"summary\"", page);
        Assert.Contains("there is nothing to show", page);
        Assert.DoesNotContain("data-section=\"parity\"", page);
    }

    [Theory]
    [InlineData("a 1, b 1", "a|b")]
    [InlineData("a 1, b 1, a 2", "a, seed 1|b|a, seed 2")]
    [InlineData("a null, b null, a null", "a, run 1|b|a, run 2")]
    [InlineData("a 1, a 1, a 2", "a, run 1|a, run 2|a, run 3")]
    public void Runs_of_one_model_are_told_apart(string runs, string names)
    {
        var report = JsonSerializer.SerializeToElement(runs.Split(", ").Select(run => run.Split(' ')).Select(run => new JsonObject
        {
            ["model"] = run[0],
            ["seed"] = run[1] == "null" ? null : int.Parse(run[1]),
        }));
        Assert.Equal(names, string.Join('|', SavedReport.NamesOf([.. report.EnumerateArray()])));
    }

    [Theory]
    [InlineData(0.3, 0.49, "0.3 0.35 0.4 0.45 0.5")]
    [InlineData(0, 1, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(2, 2, "1.8 1.9 2 2.1 2.2")]
    [InlineData(0.5, 0.5, "0.44 0.46 0.48 0.5 0.52 0.54 0.56")]
    [InlineData(0, 0, "-0.6 -0.4 -0.2 0 0.2 0.4 0.6")]
    public void Ticks_are_round_and_cover_the_values(double least, double most, string ticks) =>
        Assert.Equal(ticks, string.Join(' ', Axis.Ticks(least, most).Select(t => t.ToString(System.Globalization.CultureInfo.InvariantCulture))));
}
