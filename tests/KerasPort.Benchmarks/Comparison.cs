using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace KerasPort.Benchmarks;

/// <summary>Trains each model here and in Python, alternately and each in a separate process, and writes the results as a table and as JSON.</summary>
/// <param name="python">A Python that has Keras.</param>
/// <param name="epochs">Epochs of each training; the best one counts.</param>
/// <param name="folder">The folder for <c>compare.md</c> and <c>compare.json</c>.</param>
internal sealed class Comparison(string python, int epochs, string folder)
{
    private const int Seed = 1;
    private static readonly int[] s_batches = [1, 8, 32, 128, 512];
    private static readonly string[] s_main = ["baseline", "cnn-64-64"];

    /// <summary>Switches AVX-512 off in .NET and in oneDNN, which multiplies and convolves for TensorFlow: a processor has it for both or for none.</summary>
    private static readonly Dictionary<string, string> s_noAvx512 = new() { ["DOTNET_EnableAVX512"] = "0", ["ONEDNN_MAX_CPU_ISA"] = "AVX2" };

    private readonly Dictionary<string, object> _all = [];
    private readonly Dictionary<string, object> _history = [];
    private readonly Dictionary<string, (Measurement Here, Measurement Python)> _trained = [];
    private readonly StringBuilder _markdown = new();

    /// <summary>Everything, or only the models named.</summary>
    public void Run(string[] models)
    {
        Directory.CreateDirectory(folder);
        if (System.Console.IsOutputRedirected) AnsiConsole.Profile.Width = 160;
        double peak = FmaPeak.GigaflopsPerSecond(Environment.ProcessorCount);
        string machine = string.Create(CultureInfo.InvariantCulture,
            $"{Machine()}; {Environment.ProcessorCount} cores, {Console.Machine.InstructionSet}, FMA peak {peak:F0} GFLOP/s; {DateTime.UtcNow:yyyy-MM-dd}");
        _all["machine"] = machine;
        Say($"{machine}. Seconds an epoch, the best of {epochs}; batch 32 unless the table says otherwise, `fit` as the codelab calls it.");

        bool all = models.Length == 0;
        var given = models.Select(Stack.Find).ToArray();
        Codelab(all ? [.. Stack.Codelab.Select(Stack.Find)] : [.. given.Except(Stack.Models)]);
        PublicModels(all ? Stack.Models : [.. given.Intersect(Stack.Models)]);
        foreach (string model in s_main.Where(m => all || models.Contains(m))) Variants(Stack.Find(model));
        if (all)
        {
            General();
            foreach (string model in s_main) Batches(Stack.Find(model));
        }
        File.WriteAllText(Path.Combine(folder, "compare.md"), _markdown.ToString());
        Remember(machine);
        File.WriteAllText(Path.Combine(folder, "compare.json"), JsonSerializer.Serialize(_all, new JsonSerializerOptions { WriteIndented = true }));
    }

    /// <summary>Appends a line to the checkout's history; does nothing outside of a checkout.</summary>
    private void Remember(string machine)
    {
        using var checkout = Checkout.Here();
        if (checkout is not null) File.AppendAllText(
            checkout.History, JsonSerializer.Serialize(new { commit = checkout.Commit, machine, figures = _history }) + "\n");
    }

    private void Codelab(Stack[] stacks)
    {
        var rows = new List<string[]>();
        foreach (var stack in stacks)
        {
            var (here, there) = _trained[stack.Name] = Both(stack, stack.Rows, stack.Batch);
            rows.Add([stack.Name, Seconds(there.BestEpochSeconds), Seconds(here.BestEpochSeconds), Ratio(there.BestEpochSeconds / here.BestEpochSeconds),
                Ratio(there.BestSilentEpochSeconds / here.BestSilentEpochSeconds), Ratio(there.EvaluateSeconds / here.EvaluateSeconds),
                    Ratio(there.PredictSeconds / here.PredictSeconds),
                Megabytes(there.PeakMemoryBytes), Megabytes(here.PeakMemoryBytes), Seconds(there.SecondsToFirstBatch), Seconds(here.SecondsToFirstBatch)]);
        }
        if (rows.Count > 0) Table("The codelab's models",
            ["model", "Python", "KerasPort", "ratio", "with verbose=0", "evaluate", "predict", "peak memory, Python", "KerasPort",
            "first batch after, Python", "KerasPort"], rows);
    }

    private void PublicModels(Stack[] stacks)
    {
        if (stacks.Length == 0) return;
        string[] columns = ["model", "images", "batch", "Python", "KerasPort", "ratio", "with verbose=0", "evaluate", "predict", "bytes a step"];
        Table("Models of public programs; those for CIFAR-10 on random pictures of its size", columns, [.. stacks.Select(stack =>
        {
            var (here, there) = Both(stack, stack.Rows, stack.Batch);
            return (string[])[stack.Name, Text(stack.Rows), Text(stack.Batch), Seconds(there.BestEpochSeconds), Seconds(here.BestEpochSeconds),
                Ratio(there.BestEpochSeconds / here.BestEpochSeconds), Ratio(there.BestSilentEpochSeconds / here.BestSilentEpochSeconds),
                Ratio(there.EvaluateSeconds / here.EvaluateSeconds), Ratio(there.PredictSeconds / here.PredictSeconds), Text(here.BytesPerStep!.Value)];
        })]);
    }

    /// <summary>The same model without AVX-512 on both sides, and here on one thread and beside a process that keeps a core busy.</summary>
    private void Variants(Stack stack)
    {
        var (here, there) = _trained[stack.Name];
        var (narrow, narrowThere) = Both(stack, stack.Rows, stack.Batch, s_noAvx512, "without AVX-512");
        var alone = Here(stack, stack.Rows, stack.Batch, threads: 1);
        Measurement disturbed;
        using (var neighbour = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["burn"]))!)
        {
            disturbed = Here(stack, stack.Rows, stack.Batch);
            neighbour.Kill();
        }
        _all[$"{stack.Name} variants"] = new { alone, disturbed };
        double best = here.BestEpochSeconds;
        Table($"{stack.Name} under other conditions", ["", "s", ""],
        [
            [$"{Environment.ProcessorCount} threads", Seconds(best), Ratio(there.BestEpochSeconds / best) + " Python's speed"],
            ["AVX-512 switched off in both", Seconds(narrow.BestEpochSeconds),
                Ratio(narrowThere.BestEpochSeconds / narrow.BestEpochSeconds) + " Python's speed"],
            ["AVX-512 switched off, but not in Python", Seconds(narrow.BestEpochSeconds),
                Ratio(there.BestEpochSeconds / narrow.BestEpochSeconds) + " Python's speed"],
            ["1 thread", Seconds(alone.BestEpochSeconds), Ratio(alone.BestEpochSeconds / best) + " as long"],
            ["beside a busy process", Seconds(disturbed.BestEpochSeconds), Ratio(disturbed.BestEpochSeconds / best) + " as long"],
        ]);
    }

    private void General() => Table($"Stacks that no kernel is fused for, {Stack.SomeRows} images", ["stack", "Python", "KerasPort", "ratio"],
        [.. Stack.General.Select(stack =>
    {
        var (here, there) = Both(stack, stack.Rows, stack.Batch);
        return (string[])[stack.Name, Seconds(there.BestEpochSeconds), Seconds(here.BestEpochSeconds), Ratio(there.BestEpochSeconds / here.BestEpochSeconds)];
    })]);

    private void Batches(Stack stack) => Table(
        $"{stack.Name} by batch size, images a second", ["batch", "Python", "KerasPort", "ratio"], [.. s_batches.Select(batch =>
    {
        int rows = Math.Min(Stack.AllRows, 400 * batch);
        var (here, there) = Both(stack, rows, batch);
        return (string[])[Text(batch), Text(rows / there.BestEpochSeconds, "N0"), Text(rows / here.BestEpochSeconds, "N0"),
            Ratio(there.BestEpochSeconds / here.BestEpochSeconds)];
    })]);

    /// <summary>Here, in Python, and here again: whatever slows the machine down for a while affects both.</summary>
    private (Measurement Here, Measurement Python) Both(
        Stack stack, int rows, int batch, IReadOnlyDictionary<string, string>? environment = null, string? condition = null)
    {
        string suffix = condition is null ? "" : $", {condition}", name = $"{stack.Name}, {rows} images, batch {batch}{suffix}";
        AnsiConsole.MarkupLineInterpolated($"[grey]{name}[/]");
        double before = CoreDistance.Nanoseconds();
        var first = Here(stack, rows, batch, environment: environment);
        var there = There(stack, rows, batch, environment);
        var second = Here(stack, rows, batch, environment: environment);
        if (there.Parameters != first.Parameters) throw new InvalidOperationException(
            $"{stack.Name} has {first.Parameters} parameters here and {there.Parameters} in Python.");
        var here = second with
        {
            EpochSeconds = [.. first.EpochSeconds, .. second.EpochSeconds],
            SilentEpochSeconds = [.. first.SilentEpochSeconds, .. second.SilentEpochSeconds],
            EvaluateSeconds = Math.Min(first.EvaluateSeconds, second.EvaluateSeconds),
            PredictSeconds = Math.Min(first.PredictSeconds, second.PredictSeconds),
            SecondsToFirstBatch = Math.Min(first.SecondsToFirstBatch, second.SecondsToFirstBatch),
        };
        double[] nanoseconds = [Math.Round(before), Math.Round(CoreDistance.Nanoseconds())];
        _all[name] = new { here, python = there, betweenCores = nanoseconds };
        _history[batch == stack.Batch && rows == stack.Rows ? stack.Name + suffix : name] =
            new
            {
                seconds = Math.Round(here.BestEpochSeconds, 4),
                python = Math.Round(there.BestEpochSeconds, 4),
                ratio = Math.Round(there.BestEpochSeconds / here.BestEpochSeconds, 2),
                betweenCores = nanoseconds
            };
        return (here, there);
    }

    private Measurement Here(Stack stack, int rows, int batch, int? threads = null, IReadOnlyDictionary<string, string>? environment = null) =>
        Measurement.Of(Environment.ProcessPath!,
            ["train", stack.Name, "--rows", Text(rows), "--batch", Text(batch), "--epochs", Text(epochs), "--seed", Text(Seed),
            "--threads", Text(threads ?? Environment.ProcessorCount)], environment);

    private Measurement There(Stack stack, int rows, int batch, IReadOnlyDictionary<string, string>? environment = null)
    {
        string data = Directory.CreateTempSubdirectory("kerasport-compare").FullName;
        try
        {
            string At(string name) => Path.Combine(data, name);
            var (x, y) = stack.Pixels(rows);
            File.WriteAllText(At("model.json"), stack.Build().to_json());
            File.WriteAllBytes(At("pixels"), x);
            File.WriteAllBytes(At("labels"), y);
            return Measurement.Of(python, [Path.Combine(AppContext.BaseDirectory, "train.py"), "--model", At("model.json"), "--optimizer", stack.Optimizer,
                "--pixels", At("pixels"), "--labels", At("labels"),
                "--batch", Text(batch), "--epochs", Text(epochs), "--seed", Text(Seed)],
                new Dictionary<string, string>(environment ?? new Dictionary<string, string>()) { ["TF_CPP_MIN_LOG_LEVEL"] = "3" });
        }
        finally
        {
            Directory.Delete(data, true);
        }
    }

    private void Table(string title, string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Simple).Title(title);
        foreach (string column in columns) table.AddColumn(column == columns[0] ? new TableColumn(column) : new TableColumn(column).RightAligned());
        Say($"\n**{title}**\n\n| {string.Join(" | ", columns)} |\n|{string.Concat(columns.Select(c => c == columns[0] ? " --- |" : " ---: |"))}");
        foreach (string[] row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
            Say($"| {string.Join(" | ", row)} |");
        }
        AnsiConsole.Write(table);
    }

    private void Say(string line) => _markdown.Append(line).Append('\n');

    private static string Machine() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(':')[1].Trim()
        : System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString();

    private static string Text(double number, string format = "0") => number.ToString(format, CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => Text(seconds, seconds < 1 ? "0.000" : "0.00");

    private static string Ratio(double ratio) => Text(ratio, "0.0") + "x";

    private static string Megabytes(long bytes) => Text(bytes / 1e6) + " MB";
}
