namespace KerasPort.Console.Sweeps;

/// <summary>
/// Everything that the config of a sweep may say: the search, and the settings of a run that all runs share or that vary.
/// The list is the only one, as <see cref="Settings"/> is for a run.
/// </summary>
internal static class SweepSettings
{
    private static readonly List<Setting> Listed = [];

    public static readonly Setting<string> Search = New("search", new Choice("grid", "random", "halving"), "grid",
        "grid tries each combination; random draws some; halving trains all for a few epochs and continues the best of them");

    public static readonly Setting<int?> Runs = New<int?>("runs", new WholeNumber<int>(1, SweepPlan.MostRuns), null,
        "combinations to draw; null lets halving begin with all of them");

    public static readonly Setting<long> SearchSeed = New<long>("search_seed", new WholeNumber<long>(0, uint.MaxValue), 0,
        "seed of the drawn combinations");

    public static readonly Setting<int> Factor = New("factor", new WholeNumber<int>(2, 100), 3,
        "halving: one run of this many continues, for this many times the epochs");

    public static readonly Setting<int> FirstEpochs = New("first_epochs", new WholeNumber<int>(1, 1_000_000), 1,
        "halving: epochs before the first comparison");

    public static readonly Setting<string?> Metric = New<string?>("metric", new Choice([.. SweepMetric.Names]), null,
        "what the best run is chosen by, after its last epoch; null is val_accuracy with a validation_split, else test_accuracy");

    public static readonly Setting<string> Folder = New("folder", new FilePath(), "sweep",
        "folder that all shards share, for runs, results, checkpoints and what is collected from them");

    public static readonly Setting<int?> AtOnce = New<int?>("at_once", new WholeNumber<int>(1, 256), null,
        "runs that train at the same time, null for as many as there are cores for, or one on a card");

    public static readonly Setting<int> Threads = New("threads", new WholeNumber<int>(1, 256), 1,
        "threads of each run; any number gives the same bits");

    public static readonly Setting<object> Models = Tries(Settings.Models, Settings.Models.Kind);

    public static readonly Setting<object> Optimizer = Tries(Settings.Optimizer, new Axis(Settings.Optimizer.Kind));

    public static readonly Setting<object> LearningRate = Tries(Settings.LearningRate, new Axis(Settings.LearningRate.Kind, nullable: true, ranges: true));

    public static readonly Setting<object> BatchSize = Tries(Settings.BatchSize, new Axis(Settings.BatchSize.Kind, whole: true, ranges: true));

    public static readonly Setting<object> Epochs = Tries(Settings.Epochs, new Axis(Settings.Epochs.Kind, whole: true, ranges: true));

    public static readonly Setting<object> Seed = Tries(Settings.Seed, new Axis(Settings.Seed.Kind, whole: true, ranges: true), 0L);

    /// <summary>The settings that may vary, in the order of the table's columns; the last varies fastest.</summary>
    public static readonly IReadOnlyList<(Setting Tried, Setting Of)> Axes =
    [
        (Models, Settings.Models), (Optimizer, Settings.Optimizer), (LearningRate, Settings.LearningRate),
        (BatchSize, Settings.BatchSize), (Epochs, Settings.Epochs), (Seed, Settings.Seed),
    ];

    /// <summary>All settings of a sweep's config, those shared by all runs last.</summary>
    public static IReadOnlyList<Setting> All { get; } =
        [.. Listed, Settings.ValidationSplit, Settings.Engine, Settings.Device, Settings.Data, Settings.CheckpointEvery];

    /// <summary>The settings that results depend on: shards that differ in one of them belong to different sweeps.</summary>
    public static IReadOnlyList<Setting> Decisive { get; } =
        [.. All.Except([Folder, AtOnce, Threads, Settings.Data, Settings.CheckpointEvery])];

    private static Setting<T> New<T>(string name, Kind kind, T initial, string help)
    {
        var setting = new Setting<T>(name, kind, initial, help, option: null);
        Listed.Add(setting);
        return setting;
    }

    private static Setting<object> Tries(Setting of, Kind kind, object? initial = null) =>
        New<object>(of.Name, kind, of.Default is IEnumerable<object?> list ? list : new[] { initial ?? of.Default }, of.Help + " (one, or several to try)");
}
