using System.CommandLine;
using System.Globalization;

namespace KerasPort.Console.Sweeps;

/// <summary><c>kerasport sweep</c>: many runs of one config, on one machine or on several that share a folder.</summary>
internal static class SweepCommand
{
    public static Command Create()
    {
        var config = new Argument<string?>("CONFIG") { Arity = ArgumentArity.ZeroOrOne, Description = "config of the sweep (configs/sweep.json)" };
        var collect = new Option<string>("--collect")
        {
            HelpName = "FOLDER",
            Description = "train nothing: write table, plots, best model and results.json of the finished runs in this folder",
        };
        var shard = new Option<string>("--shard")
        {
            HelpName = "I/N",
            Description = "do the I-th of N parts; by default the part that a Slurm array or a Kubernetes Indexed Job names, else all",
        };
        var shards = new Option<string>("--shards")
        {
            HelpName = "N",
            Description = "number of parts, for an index that counts from 0: an Indexed Job's completions",
        };
        var format = new Option<string>("--format") { HelpName = "png|svg|both|none", DefaultValueFactory = _ => "png", Description = "formats of the plots" };
        (Setting Setting, Option<string> Option)[] own =
        [
            .. new Setting[] { SweepSettings.Folder, SweepSettings.AtOnce, SweepSettings.Threads, Settings.Data }
                .Select(setting => (setting,
                    new Option<string>(setting.Option) { HelpName = setting.HelpName, Description = $"{setting.Help}; by default the config's" })),
        ];
        var command = new Command("sweep",
            "Train many models: a grid of settings, random draws from it, or halving; on one machine's cores, or in shards that share a folder.")
            { config, collect, shard, shards, format };
        foreach (var (_, option) in own) command.Add(option);
        command.SetAction(parsed =>
        {
            string[] formats = parsed.GetValue(format) switch
            {
                "both" => ["png", "svg"],
                "png" or "svg" => [parsed.GetValue(format)!],
                "none" => [],
                var other => throw new UsageException($"--format: expected png, svg, both or none, got \"{other}\""),
            };
            var given = own.Where(o => parsed.GetValue(o.Option) is not null)
                .ToDictionary(o => o.Setting, o => o.Setting.Parse(parsed.GetValue(o.Option)!, o.Option.Name));
            string? path = parsed.GetValue(config), collected = parsed.GetValue(collect);
            if (path is not null == collected is not null)
                throw new UsageException("sweep expects a CONFIG to train, or --collect FOLDER to see what is finished"
                    + (path is null ? "" : ": one of the two"));
            if (collected is not null)
            {
                if (given.Count > 0 || parsed.GetValue(shard) is not null || parsed.GetValue(shards) is not null)
                    throw new UsageException("--collect trains nothing: expected no option beside it but --format");
                return Collect(SweepFolder.Find(collected), formats);
            }
            return Run(SweepPlan.Read(path!, given), Shard.Find(parsed.GetValue(shard), parsed.GetValue(shards), Environment.GetEnvironmentVariable), formats);
        });
        return command;
    }

    private static int Run(SweepPlan plan, Shard shard, string[] formats)
    {
        var folder = SweepFolder.Open(plan.Get(SweepSettings.Folder), plan);
        int atOnce = AtOnce(plan, Environment.GetEnvironmentVariable);
        if (!shard.IsAlone) CommandLine.Say($"{shard}{(shard.Source is null ? "" : $", by {shard.Source}")}, {atOnce} runs at once, in {folder.FullPath}");
        void SayInterrupted() => CommandLine.Say($"interrupted; the same command goes on in {folder.FullPath}");
        using var interruption = new Interruption(end: SayInterrupted);
        var progress = new SweepProgress(plan, shard);
        var work = new SweepWork(folder, shard, atOnce, interruption, progress);
        int code = ExitCode.Ok;
        progress.While(() => code = work.Run());
        if (interruption.Requested)
        {
            SayInterrupted();
            return interruption.ExitCode;
        }
        if (shard.IsAlone && code == ExitCode.Ok) return Collect(folder, formats);
        if (code == ExitCode.Ok) CommandLine.Say($"{shard} is done; kerasport sweep --collect {folder.FullPath} shows what came of all");
        return code;
    }

    private static int Collect(SweepFolder folder, string[] formats)
    {
        var results = new SweepResults(folder);
        string? model = results.Write(formats);
        foreach (string line in results.Damaged) CommandLine.Say(line);
        CommandLine.Say($"{results.Finished} of {folder.Plan.Runs.Count} runs "
            + (results.IsComplete ? "finished" : "have a result, and the sweep isn't finished")
            + (model is null ? "" : $"; the best one's model is {model}") + $", all numbers are in {Path.Combine(folder.FullPath, "results.json")}");
        return results.Damaged.Count > 0 ? ExitCode.Data : ExitCode.Ok;
    }

    /// <summary>The number of runs that the cores suffice for; a scheduler may give fewer cores than the machine has.</summary>
    internal static int AtOnce(SweepPlan plan, Func<string, string?> variable)
    {
        if (plan.Get(SweepSettings.AtOnce) is { } given) return given;
        if (plan.Get(Settings.Device) != "cpu") return 1;
        int cores = Environment.ProcessorCount;
        if (int.TryParse(variable("SLURM_CPUS_PER_TASK"), NumberStyles.None, CultureInfo.InvariantCulture, out int cpus) && cpus > 0)
            cores = Math.Min(cores, cpus);
        return Math.Max(1, cores / plan.Get(SweepSettings.Threads));
    }
}
