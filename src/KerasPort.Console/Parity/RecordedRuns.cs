namespace KerasPort.Console.Parity;

/// <summary>Recorded runs of <c>codelab.py</c>, for machines without Python: <c>recorded.json</c>, made by <c>make_recorded.py</c>.</summary>
internal static class RecordedRuns
{
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "parity", "recorded.json");

    private static readonly Lazy<CodelabRecord[]> All = new(() =>
    {
        using var stream = System.IO.File.OpenRead(File);
        return CodelabRecord.Read<CodelabRecord[]>(stream);
    });

    private static IEnumerable<CodelabRecord> Default => All.Value.Where(r => r.Kernels.Length == 0);

    /// <summary>The recorded run of a model with a seed.</summary>
    /// <exception cref="UsageException">There is no such run, or it has fewer epochs or another batch size.</exception>
    public static CodelabRecord Find(string model, long seed, int epochs, int batchSize)
    {
        var run = Default.FirstOrDefault(r => r.Model == model && r.Seed == seed)
            ?? throw new UsageException($"no run of {model} with seed {seed} is recorded; recorded are {List()}");
        if (batchSize != run.BatchSize) throw new UsageException($"--batch-size: the recorded runs have {run.BatchSize}, got {batchSize}");
        int recorded = run.History["loss"].Length;
        if (epochs > recorded) throw new UsageException($"--epochs: the recorded runs have {recorded}, got {epochs}");
        return First(run, epochs);
    }

    /// <summary>
    /// The same model and seed on other kernels, without oneDNN's first; empty where none are recorded. All their epochs are kept, because these
    /// tell how far runs of Python differ even where fewer epochs are compared.
    /// </summary>
    public static CodelabRecord[] OnOtherKernels(string model, long seed, int epochs, int batchSize) =>
        [.. All.Value.Where(r => r.Kernels.Length > 0 && r.Model == model && r.Seed == seed && r.BatchSize == batchSize && r.History["loss"].Length >= epochs)
            .OrderBy(r => r.Kernels == CodelabRecord.WithoutOneDnn ? 0 : 1).Select(r => First(r, epochs) with { History = r.History })];

    /// <summary>The first epochs of a run. Its test result belongs to the model after all recorded epochs, and is left out where fewer are compared.</summary>
    private static CodelabRecord First(CodelabRecord run, int epochs) => epochs == run.History["loss"].Length ? run : run with
    {
        History = run.History.ToDictionary(h => h.Key, h => h.Value[..epochs]),
        EpochSeconds = run.EpochSeconds?[..epochs],
        Test = null,
        PredictionsFloat32 = null,
    };

    private static string List() =>
        string.Join("; ", Default.GroupBy(r => r.Model).Select(g => $"{g.Key} with seed {string.Join(", ", g.Select(r => r.Seed).Order())}"));
}
