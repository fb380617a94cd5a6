using System.Text.Json;

namespace KerasPort.Console.Html;

/// <summary>A JSON report in a file, which may be of another version or not a report at all.</summary>
internal static class SavedReport
{
    private const string Validation = ", validation";
    private const string Expected = "expected a report of run, exercises or parity";

    // A model takes some 50 KB of a report.
    private const int MostMiB = 64;

    /// <param name="path">The file.</param>
    /// <param name="use">Receives the report.</param>
    /// <exception cref="UsageException">There is no such file, or this version can't read it.</exception>
    public static T Read<T>(string path, Func<JsonElement, T> use)
    {
        byte[] json = JsonFile.Read(path, "report", MostMiB);
        try
        {
            return Read(json, use);
        }
        catch (UsageException e)
        {
            throw new UsageException($"'{path}' is no report that this version can read: {e.Message}");
        }
    }

    /// <exception cref="UsageException">It isn't a report, or is one of a later version.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> json, Func<JsonElement, T> use)
    {
        if (json.Span.Trim(" \t\r\n"u8).IsEmpty) throw new UsageException($"it is empty; {Expected}");
        try
        {
            using var document = JsonDocument.Parse(json);
            var report = document.RootElement;
            if (report.Text("schema_version") is not "1" and var version)
                throw new UsageException(version.Length == 0 ? "it has no schema_version" : $"its schema_version is {version}, expected 1");
            return use(report);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new UsageException(e.Message.Split(" LineNumber:")[0].TrimEnd('.'));
        }
        // The runtime's messages for these name nothing in the report.
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new UsageException($"something that every report has is missing, or of another kind; {Expected}");
        }
    }

    /// <summary>The name of each run: its model; with the seed if that model ran several times, or with a number if seeds don't tell its runs apart.</summary>
    public static string[] NamesOf(JsonElement[] runs)
    {
        var byModel = runs.ToLookup(run => run.Text("model"), run => run.Maybe("seed")?.ToString());
        var seen = new Dictionary<string, int>();
        return [.. runs.Select(run =>
        {
            string model = run.Text("model");
            string?[] seeds = [.. byModel[model]];
            if (seeds.Length == 1) return model;
            int number = seen[model] = seen.GetValueOrDefault(model) + 1;
            return seeds.Contains(null) || seeds.Distinct().Count() < seeds.Length ? $"{model}, run {number}" : $"{model}, seed {run.Text("seed")}";
        })];
    }

    /// <summary>The images that learning curves are of, for titles.</summary>
    public static string Images(Line[] curves) =>
        curves.Any(line => line.Name.EndsWith(Validation, StringComparison.Ordinal)) ? "the training images and those held back" : "the training images";

    /// <summary>The learning curves of all runs: of training, of validation if there was one, and Python's if there was a comparison.</summary>
    public static Line[] Curves(JsonElement report, string metric)
    {
        var runs = report.Items("runs").ToArray();
        string[] names = NamesOf(runs);
        var comparisons = report.Maybe("parity")?.Items("comparisons").ToArray() ?? [];
        return [.. runs.SelectMany((run, i) =>
        {
            // Eight colours: solid at first, then dotted, then dash-dotted.
            int color = i % 8 + 1, round = i / 8;
            string name = names[i];
            var lines = new List<Line>();
            if (run.GetProperty("history").Maybe(metric) is { } ours) lines.Add(new(name, color, false, ours.Numbers(), round));
            if (run.GetProperty("history").Maybe("val_" + metric) is { } validation)
                lines.Add(new(name + Validation, (color + 3) % 8 + 1, false, validation.Numbers(), round));
            if (i < comparisons.Length && comparisons[i].GetProperty("python_history").Maybe(metric) is { } python)
                lines.Add(new(name + " in Python", color, true, python.Numbers()));
            return lines;
        })];
    }

    /// <summary>The distances of the first steps' losses in a comparison with Python, as powers of ten, down to the resolution of float32.</summary>
    public static double[] StepsApart(JsonElement comparison) =>
        [.. comparison.GetProperty("python_first_losses").Numbers().Zip(comparison.GetProperty("kerasport_first_losses").Numbers(), (a, b) =>
             Math.Log10(Math.Max(Math.Abs(a - b), 1e-8)))];
}
