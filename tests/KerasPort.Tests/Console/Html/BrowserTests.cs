using System.Text;
using System.Text.Json.Nodes;
using KerasPort.Console.Html;
using Microsoft.Playwright;

namespace KerasPort.Tests.Console.Html;

/// <summary>The page in a real browser. Needs Debian's chromium.</summary>
public class BrowserTests
{
    /// <summary>A run that goes on from a saved model is called as its file, whose name may be long and without a place to break it.</summary>
    [Fact]
    [Slow]
    [Needs(Need.Chromium, Need.FashionMnist)]
    public async Task Long_names_of_many_models_stay_in_the_page()
    {
        using var folder = new TemporaryFolder();
        var report = JsonNode.Parse(ReportTests.WholeReport())!;
        var runs = report["runs"]!.AsArray();
        foreach (int length in (int[])[5, 80, 120, 250])
        {
            var run = runs[0]!.DeepClone();
            run["model"] = new string('m', length) + ".keras";
            runs.Add(run);
        }
        File.WriteAllBytes(folder["page.html"], HtmlReport.Page(Encoding.UTF8.GetBytes(report.ToJsonString())));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Machine.Find("chromium"), Args = ["--no-sandbox"] });
        foreach (int width in (int[])[400, 1280])
        {
            await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
            var page = await context.NewPageAsync();
            await page.GotoAsync("file://" + folder["page.html"]);
            Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }

    [Fact]
    [Slow]
    [Needs(Need.Chromium, Need.FashionMnist)]
    public async Task Every_section_is_there_and_nothing_leaves_the_page()
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = Tool.Run(folder.Path,
            ["parity", "--recorded", "--model", "baseline", "cnn-16-16", "--seed", "1", "--epochs", "1", "--verbose", "0", "--html", "run.html"]);
        Assert.True(code == 0, error);
        // The same page, rendered from the report alone.
        Assert.Equal(0, Tool.Run(folder.Path, ["report", "report.json"]).ExitCode);
        Assert.Equal(File.ReadAllText(folder["run.html"]), File.ReadAllText(folder["report.html"]));

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Machine.Find("chromium"), Args = ["--no-sandbox"] });
        foreach (int width in (int[])[400, 1280])
        {
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
                var page = await context.NewPageAsync();
                var said = new List<string>();
                var asked = new List<string>();
                page.Console += (_, message) => said.Add($"{message.Type}: {message.Text}");
                page.PageError += (_, message) => said.Add(message);
                page.Request += (_, request) => asked.Add(request.Url);
                await page.GotoAsync("file://" + folder["report.html"]);

                Assert.Equal(
                    [
                        "summary", "parity", "curves", "confusion", "classes", "mistakes", "times",
                        "confusion", "classes", "mistakes", "filters", "maps", "times", "environment",
                    ], await page.Locator("[data-section]").EvaluateAllAsync<string[]>("sections => sections.map(s => s.dataset.section)"));
                foreach (var section in await page.Locator("[data-section]").AllAsync()) Assert.True((await section.BoundingBoxAsync())!.Height > 60);
                // Pictures are whole, and no wider than the page.
                Assert.Equal(0, await page.EvaluateAsync<int>("[...document.images].filter(i => !i.complete || i.naturalWidth === 0).length"));
                Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
                Assert.Equal(57, await page.Locator("img").CountAsync());
                // No letter of a chart is cut off.
                Assert.Empty(await page.EvaluateAsync<string[]>("""
                    [...document.querySelectorAll('svg.chart text')].filter(text => {
                        const letters = text.getBoundingClientRect(), chart = text.closest('svg').getBoundingClientRect();
                        return letters.left < chart.left - 1 || letters.right > chart.right + 1
                            || letters.top < chart.top - 1 || letters.bottom > chart.bottom + 1;
                    }).map(text => text.textContent)
                    """));

                // A point of a curve shows its value.
                await page.Locator("#curves [data-tip]").First.HoverAsync();
                string tip = await page.Locator("#tip").InnerTextAsync();
                Assert.Matches(@"^epoch 1: baseline 0\.\d{4}, baseline in Python 0\.4951, cnn-16-16 0\.\d{4}, cnn-16-16 in Python 0\.5068$", tip);
                Assert.InRange(await page.Locator("#curves .grid").CountAsync(), 6, 18);
                Assert.Equal(4, await page.Locator("#model-0-times [data-tip]").CountAsync());
                Assert.Equal(8, await page.Locator("#model-1-times [data-tip]").CountAsync());
                // Another filter changes the sheets.
                var sheet = page.Locator("#model-1-maps [data-columns]").First;
                await page.Locator("#model-1-maps input").FillAsync("6");
                Assert.Equal("-100%|-100%", await sheet.EvaluateAsync<string>("s => s.style.left + '|' + s.style.top"));
                Assert.Equal("6", await page.Locator("#model-1-maps output").InnerTextAsync());

                string background = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
                Assert.Equal(scheme == ColorScheme.Light ? "rgb(255, 255, 255)" : "rgb(20, 24, 31)", background);
                Assert.Empty(said);
                Assert.All(asked, url => Assert.True(url.StartsWith("data:", StringComparison.Ordinal) || url == "file://" + folder["report.html"], url));
                if (Environment.GetEnvironmentVariable("KERASPORT_SCREENSHOTS") is { Length: > 0 } shots)
                    await page.ScreenshotAsync(new() { Path = Path.Combine(shots, $"{width}-{scheme}.png"), FullPage = true });
            }
        }
    }
}
