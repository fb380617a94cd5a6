using System.Text.Json;
using KerasPort.Console.Lessons;
using KerasPort.Console.Plots;
using KerasPort.Saving;
using Spectre.Console;

namespace KerasPort.Console.Sweeps;

/// <summary>
/// The results of a sweep: each run's last one, best first, as a table, as <c>results.json</c>, as plots and as the best run's model. The same
/// folder gives the same files, except for the seconds, no matter which process trained which run when.
/// </summary>
internal sealed class SweepResults
{
    private const int WidthInLogs = 120;

    private readonly SweepFolder _folder;
    private readonly SweepPlan _plan;
    private readonly IReadOnlyList<RunResult> _ranked;
    private readonly HashSet<SweepRun> _left;

    public SweepResults(SweepFolder folder)
    {
        (_folder, _plan) = (folder, folder.Plan);
        var last = new Dictionary<SweepRun, RunResult>();
        _left = [];
        for (int step = 0; step < _plan.Rungs.Count && folder.Rung(step) is { } runs; step++)
        {
            foreach (var run in runs)
            {
                int epochs = _plan.Rungs[step].Epochs ?? run.Epochs;
                try
                {
                    if (folder.Result(run, epochs) is { } result) last[run] = result;
                    else _left.Add(run);
                }
                catch (DamagedResultException e)
                {
                    Damaged.Add(e.Message);
                    _left.Add(run);
                }
            }
            IsComplete = step == _plan.Rungs.Count - 1 && _left.Count == 0;
        }
        // In halving, runs that trained for more epochs rank first, since they won earlier comparisons; in a grid epochs don't matter.
        _ranked = _plan.Search == "halving"
            ? [.. last.Values.GroupBy(result => result.Epochs).OrderByDescending(group => group.Key).SelectMany(_plan.Metric.Ranked)]
            : [.. _plan.Metric.Ranked(last.Values)];
    }

    /// <summary>Messages about damaged results, one line each.</summary>
    public List<string> Damaged { get; } = [];

    /// <summary>Whether each run is finished: trained to its end or, in a search by halving, to the step at which it was dropped.</summary>
    public bool IsComplete { get; private set; }

    public int Finished => _ranked.Count;

    /// <summary>Writes all of these.</summary>
    /// <returns>The path of the best run's model.</returns>
    /// <exception cref="IOException">A file can't be written.</exception>
    public string? Write(string[] formats)
    {
        var json = new ReportFile(Path.Combine(_folder.FullPath, "results.json"), "results");
        var console = Terminals.Output();
        // A log has no edge that a table might not fit into.
        if (!Terminal.Current.IsTerminal) console.Profile.Width = Math.Max(console.Profile.Width, WidthInLogs);
        SweepTable.Write(console, _plan, _ranked);
        json.Write(ToJson());
        string? model = _ranked is [var best, ..] && File.Exists(_folder.ModelOf(best.Run)) ? Path.Combine(_folder.FullPath, "best.keras") : null;
        if (model is not null)
        {
            using var from = File.OpenRead(_folder.ModelOf(_ranked[0].Run));
            WholeFile.Write(model, from.CopyTo, "the best model ");
        }
        if (formats.Length > 0 && _ranked.Count > 0)
        {
            string plots = Path.Combine(_folder.FullPath, "plots");
            WholeFile.MakeFolder(plots, "the plots to ");
            SweepPlots.Write(_plan, _ranked, plots, formats);
        }
        return model;
    }

    private byte[] ToJson()
    {
        var ranks = _ranked.Select((result, i) => (result, i)).ToDictionary(pair => pair.result.Run, pair => (pair.result, Rank: pair.i + 1));
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonText.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schema_version", 1);
            json.WriteString("metric", _plan.Metric.Name);
            json.WriteBoolean("complete", IsComplete);
            if (_ranked is [var best, ..]) json.WriteNumber("best", best.Run.Number);
            else json.WriteNull("best");
            json.WriteStartArray("runs");
            foreach (var run in _plan.Runs)
            {
                json.WriteStartObject();
                json.WriteNumber("run", run.Number);
                json.WriteString("state", !ranks.ContainsKey(run) ? "unfinished" : _left.Contains(run) ? "unfinished in its last step" : "finished");
                json.WriteStartObject("config");
                run.Write(json);
                json.WriteEndObject();
                if (ranks.TryGetValue(run, out var one)) Write(json, one.result, one.Rank);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private void Write(Utf8JsonWriter json, RunResult result, int rank)
    {
        json.WriteNumber("rank", rank);
        json.WriteNumber("epochs", result.Epochs);
        foreach (string metric in result.Metrics) JsonText.WriteNumber(json, metric, result.Last(metric));
        foreach (string metric in new[] { "loss", "accuracy" }) JsonText.WriteNumber(json, "test_" + metric, result.Test(metric));
        JsonText.WriteNumber(json, "seconds", result.Seconds);
        json.WriteString("weights_sha256", result.Weights);
        json.WriteString("report", Path.GetRelativePath(_folder.FullPath, _folder.ReportOf(result.Run, result.Epochs)).Replace('\\', '/'));
    }
}
