using System.CommandLine;
using System.CommandLine.Parsing;

namespace KerasPort.Console.Parity;

/// <summary>The command line of <c>kerasport parity</c>.</summary>
internal static class ParityCommand
{
    public static Command Create(RunOptions options)
    {
        var python = new Option<string>("--python")
        {
            HelpName = "PATH",
            Description = "Python that has Keras; by default python3 or python on PATH [KERASPORT_PYTHON]",
        };
        var seeds = new Option<string>("--seeds")
        {
            HelpName = "N,N,…",
            Description = "run each of these seeds, and test whether the test accuracies differ by more than their spread",
        };
        var recorded = new Option<bool>("--recorded") { Description = "compare with recorded runs of Python Keras instead of running it" };
        var command = new Command("parity", "Train the codelab's models in Python Keras and here with the same seed (by default 1), and compare.")
            { python, seeds, recorded };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(seeds) is not null && parsed.GetResult(Settings.Seed.Option) is OptionResult { Implicit: false })
                throw new UsageException("--seeds and --seed: name the seeds in one of them");
            if (parsed.GetValue(recorded) && parsed.GetValue(python) is not null)
                throw new UsageException("--recorded and --python: recorded runs need no Python; leave one of them out");
            var settings = options.Resolve(parsed);
            return ParityRun.Run(settings, Seeds(parsed.GetValue(seeds), settings.Get(Settings.Seed)), parsed.GetValue(python), parsed.GetValue(recorded));
        });
        return command;
    }

    private static long[] Seeds(string? list, long? single)
    {
        if (list is null) return [single ?? 1];
        object?[] seeds = [.. list.Split(',', StringSplitOptions.TrimEntries).Select(text => Settings.Seed.Kind.Parse(text))];
        if (seeds.Contains(null) || seeds.Distinct().Count() < seeds.Length)
            throw new UsageException($"--seeds: expected different whole numbers with commas between, as 1,2,3, got \"{list}\"");
        return [.. seeds.Cast<long>()];
    }
}
