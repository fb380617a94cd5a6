using System.Globalization;
using System.Text.Json;
using KerasPort.Console.Html;
using KerasPort.Saving;

namespace KerasPort.Console.Sweeps;

/// <summary>
/// The folder that the shards of a sweep share. <c>sweep.json</c> says which sweep it is; <c>runs/00007/</c> has a run's config, log, checkpoint,
/// model and, once it is finished, its report; <c>rung-2.json</c> names the runs that went on to halving's second step. Every file appears whole
/// (<see cref="WholeFile"/>) and none depends on who wrote it, so that a shard may be killed, duplicated or started again.
/// </summary>
internal sealed class SweepFolder
{
    private SweepFolder(string path, SweepPlan plan) => (FullPath, Plan) = (path, plan);

    public string FullPath { get; }

    public SweepPlan Plan { get; }

    private string Identity => Path.Combine(FullPath, "sweep.json");

    /// <summary>Opens the folder of a sweep, or creates it.</summary>
    /// <exception cref="UsageException">The folder belongs to another sweep.</exception>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public static SweepFolder Open(string path, SweepPlan plan)
    {
        var folder = new SweepFolder(Path.GetFullPath(path), plan);
        WholeFile.MakeFolder(folder.FullPath, "the sweep to ");
        using var one = folder.Guard();
        WholeFile.RemoveUnfinished(folder.Identity);
        if (!File.Exists(folder.Identity)) WholeFile.Write(folder.Identity, plan.ToJson(), "the sweep ");
        else if (plan.DifferenceFrom(SweepPlan.Read(folder.Identity)) is (var name, var here, var there))
            throw new UsageException($"the folder '{folder.FullPath}' is of a sweep with {name} {there}, this one has {here}: " +
                "name another folder, or give the same config");
        return folder;
    }

    /// <summary>Opens the existing folder of a sweep.</summary>
    /// <exception cref="UsageException">The folder isn't a sweep's.</exception>
    public static SweepFolder Find(string path)
    {
        string identity = Path.Combine(path, "sweep.json");
        if (!File.Exists(identity)) throw new UsageException($"'{path}' is no folder of a sweep: there is no sweep.json in it");
        return new SweepFolder(Path.GetFullPath(path), SweepPlan.Read(identity));
    }

    /// <summary>The path of a run's file.</summary>
    public string Of(SweepRun run, string file) => Path.Combine(FullPath, "runs", run.Name, file);

    /// <summary>The path of the report of a run's first epochs.</summary>
    public string ReportOf(SweepRun run, int epochs) => Of(run, string.Create(CultureInfo.InvariantCulture, $"report-{epochs}.json"));

    public string ModelOf(SweepRun run) => Of(run, "model.keras");

    public string CheckpointOf(SweepRun run) => Of(run, "checkpoint");

    /// <inheritdoc cref="RunResult.Read"/>
    public RunResult? Result(SweepRun run, int epochs) => RunResult.Read(ReportOf(run, epochs), run, epochs);

    /// <summary>The result of a run's first epochs; null where it isn't finished or is damaged.</summary>
    /// <param name="run">The run.</param>
    /// <param name="epochs">The number of epochs.</param>
    /// <param name="tell">Receives the message about a damaged result.</param>
    public RunResult? Sound(SweepRun run, int epochs, Action<string>? tell = null)
    {
        try
        {
            return Result(run, epochs);
        }
        catch (DamagedResultException e)
        {
            tell?.Invoke(e.Message);
            return null;
        }
    }

    /// <summary>The runs of a step of the search; null where that is undecided, because a run of the step before isn't finished.</summary>
    public IReadOnlyList<SweepRun>? Rung(int step)
    {
        if (step == 0) return Plan.Runs;
        string decision = Path.Combine(FullPath, string.Create(CultureInfo.InvariantCulture, $"rung-{step + 1}.json"));
        if (Rung(step - 1) is not { } before) return null;
        if (Decided(decision, before, Plan.Rungs[step].Runs) is { } decided) return decided;
        int epochs = Plan.Rungs[step - 1].Epochs!.Value;
        RunResult?[] results = [.. before.Select(run => Sound(run, epochs))];
        if (results.Any(result => result is null)) return null;
        // The shard that finishes last decides; any other would decide alike.
        SweepRun[] best = [.. Plan.Metric.Ranked(results!).Take(Plan.Rungs[step].Runs).Select(result => result.Run).OrderBy(run => run.Number)];
        using (Guard())
        {
            if (Decided(decision, before, best.Length) is { } other) return other;
            WholeFile.RemoveUnfinished(decision);
            WholeFile.Write(decision, Numbers(best), "the sweep's step ");
        }
        foreach (var run in before.Except(best)) Forget(run);
        return best;
    }

    /// <summary>The runs that continue according to a file; <c>null</c> where the file doesn't name the right number of runs.</summary>
    private static SweepRun[]? Decided(string path, IReadOnlyList<SweepRun> before, int count)
    {
        try
        {
            using var file = JsonDocument.Parse(File.ReadAllBytes(path));
            int[] numbers = [.. file.RootElement.Items("runs").Select(number => number.GetInt32())];
            SweepRun[] runs = [.. before.Where(run => numbers.Contains(run.Number))];
            return runs.Length == count && numbers.Length == count ? runs : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static byte[] Numbers(SweepRun[] runs)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonText.Indented))
        {
            json.WriteStartObject();
            json.WriteStartArray("runs");
            foreach (var run in runs) json.WriteNumberValue(run.Number);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    /// <summary>Removes the checkpoint of a run that doesn't continue, to save space; a failure is ignored.</summary>
    private void Forget(SweepRun run)
    {
        try
        {
            if (Directory.Exists(CheckpointOf(run))) Directory.Delete(CheckpointOf(run), recursive: true);
        }
        catch (Exception e) when (WholeFile.IsRefusal(e)) { }
    }

    private Claim Guard() => Claim.Take(Path.Combine(FullPath, Claim.OfFolder));
}
