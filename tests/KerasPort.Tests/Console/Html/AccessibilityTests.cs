using System.Text;
using System.Text.Json.Nodes;
using Deque.AxeCore.Playwright;
using KerasPort.Console.Html;
using Microsoft.Playwright;

namespace KerasPort.Tests.Console.Html;

/// <summary>The page of many models with long names, used by keyboard or with a screen reader. Needs Debian's chromium.</summary>
public class AccessibilityTests
{
    private const int Models = 12, Epochs = 7;

    [Fact]
    [Slow]
    [Needs(Need.Chromium, Need.FashionMnist)]
    public async Task The_page_of_many_models_with_long_names_shuts_nobody_out()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["page.html"], HtmlReport.Page(Encoding.UTF8.GetBytes(ManyModels())));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Machine.Find("chromium"), Args = ["--no-sandbox"] });
        foreach (int width in (int[])[400, 1280])
        {
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await using var context = await browser.NewContextAsync(
                    new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, BypassCSP = true });
                var page = await context.NewPageAsync();
                await page.GotoAsync("file://" + folder["page.html"]);
                if (Environment.GetEnvironmentVariable("KERASPORT_SCREENSHOTS") is { Length: > 0 } shots)
                    await page.ScreenshotAsync(new() { Path = Path.Combine(shots, $"many-{width}-{scheme}.png"), FullPage = true });
                Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
                await ATableSaysWhatAChartShows(page);
                await LettersCanBeReadInCharts(page);
                if (width == 1280 && scheme == ColorScheme.Light) await TheKeyboardReachesAll(page);

                // All rules of axe, including best practices, with the tables open; it is slow, and so runs once per width and colour scheme.
                if (width == 400 != (scheme == ColorScheme.Light)) continue;
                await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
                var result = await page.RunAxe();
                Assert.True(result.Passes.Length > 20, "axe has looked at nothing");
                Assert.True(result.Violations.Length == 0, $"{width} {scheme}:\n" + string.Join("\n", result.Violations.SelectMany(v => v.Nodes
                    .Select(node => $"{v.Id}: {v.Help}: {string.Join(" ", node.Any.Concat(node.All).Select(check => check.Message))} {node.Html}"))));
                Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            }
        }
    }

    private static async Task ATableSaysWhatAChartShows(IPage page)
    {
        Assert.Equal(await page.Locator("svg[role=img]").CountAsync(), await page.Locator("svg[role=img] + details table").CountAsync());
        Assert.Equal(Epochs, await page.Locator("#curves figure:first-child tbody tr").CountAsync());
        int lines = await page.Locator("#curves .legend li").CountAsync();
        Assert.InRange(lines, Models, 2 * Models);
        Assert.Equal(1 + lines, await page.Locator("#curves figure:first-child thead th").CountAsync());
        // No two lines look alike.
        string[] looks = await page.Locator("#curves .legend path").EvaluateAllAsync<string[]>(
            "paths => paths.map(p => getComputedStyle(p).stroke + getComputedStyle(p).strokeDasharray)");
        Assert.Equal(lines, looks.Distinct().Count());
    }

    /// <summary>axe ignores text in SVG: a contrast of 4.5 with the page, and with the cell around a number.</summary>
    private static async Task LettersCanBeReadInCharts(IPage page) => Assert.Empty(await page.EvaluateAsync<string[]>("""
        (() => {
            const parts = color => color.match(/[\d.]+/g).map(Number);
            const over = (top, share, ground) => top.map((v, i) => v * share + ground[i] * (1 - share));
            const light = color => color.map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
            const page = parts(getComputedStyle(document.body).backgroundColor).slice(0, 3);
            return [...document.querySelectorAll('svg.chart text')].map(text => {
                const cell = text.classList.contains('count') ? getComputedStyle(text.parentElement.querySelector('rect')) : null;
                const ground = cell ? over(parts(cell.fill).slice(0, 3), Number(cell.fillOpacity), page) : page;
                const [a, b] = [light(parts(getComputedStyle(text).fill).slice(0, 3)), light(ground)].sort((x, y) => y - x);
                return [(a + 0.05) / (b + 0.05), text.textContent];
            }).filter(([contrast]) => contrast < 4.5).map(([contrast, letters]) => `${letters}: ${contrast.toFixed(2)}`);
        })()
        """));

    private static async Task TheKeyboardReachesAll(IPage page)
    {
        // Elements in a closed part are reached once it is open.
        int count = await page.EvaluateAsync<int>("[...document.querySelectorAll('a[href], input, summary')].filter(e => e.checkVisibility()).length");
        Assert.InRange(count, 6 * Models, 20 * Models);
        var seen = new HashSet<string>();
        for (int i = 0; i < count; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            string[] focused = await page.EvaluateAsync<string[]>("""
                (() => {
                    const e = document.activeElement, style = getComputedStyle(e);
                    return [e.tagName, [...document.querySelectorAll('a[href], input, summary')].indexOf(e).toString(), style.outlineStyle, style.outlineWidth];
                })()
                """);
            Assert.True(focused[2] != "none" && focused[3] != "0px", $"nothing shows that {focused[0]} {focused[1]} has the focus");
            if (focused[1] != "-1") seen.Add(focused[1]);
        }
        Assert.Equal(count, seen.Count);
        var slider = page.Locator("input[type=range]").First;
        await slider.FocusAsync();
        // The slider starts at the brightest map, which may be the last.
        foreach (var (key, map) in new[] { ("Home", "1"), ("ArrowRight", "2") })
        {
            await page.Keyboard.PressAsync(key);
            await Assertions.Expect(page.Locator("output").First).ToHaveTextAsync(map);
        }
    }

    private static string ManyModels()
    {
        var report = JsonNode.Parse(ReportTests.WholeReport())!;
        var first = report["runs"]![0]!.DeepClone();
        var runs = report["runs"]!.AsArray();
        runs.Clear();
        for (int i = 0; i < Models; i++)
        {
            var run = first.DeepClone();
            run["model"] = $"cnn-{16 + i}-{32 + i}-64-128-with-a-name-that-is-longer-than-most-{i}";
            foreach (string name in new[] { "loss", "accuracy" })
                run["history"]![name] = new JsonArray([.. Enumerable.Range(0, Epochs).Select(e => JsonValue.Create(0.3 + 0.02 * i + 0.3 / (e + 1)))]);
            runs.Add(run);
        }
        return report.ToJsonString();
    }
}
