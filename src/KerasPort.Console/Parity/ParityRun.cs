using Spectre.Console;

namespace KerasPort.Console.Parity;

/// <summary><c>kerasport parity</c>: the codelab in Python and in the port with the same seeds, compared.</summary>
internal static class ParityRun
{
    /// <param name="settings">Models, epochs and all else that a run has.</param>
    /// <param name="seeds">Each model is trained with each of them.</param>
    /// <param name="python">The Python named on the command line, if any.</param>
    /// <param name="recorded">Compare with recorded runs.</param>
    /// <returns>The exit code.</returns>
    public static int Run(RunSettings settings, IReadOnlyList<long> seeds, string? python, bool recorded)
    {
        var models = settings.Get(Settings.Models);
        // What isn't there is said before an hour of training.
        var codelab = recorded ? null : PythonCodelab.Find(python, Environment.GetEnvironmentVariable);
        CodelabRecord Recorded(string model, long seed) => RecordedRuns.Find(model, seed, settings.Get(Settings.Epochs), settings.Get(Settings.BatchSize));
        if (recorded) foreach (string model in models) foreach (long seed in seeds) Recorded(model, seed);

        return CodelabRun.Reported(settings, (report, interruption) =>
        {
            var console = Terminal();
            var result = report.Parity = new ParityResult(recorded);
            foreach (string model in models)
            {
                var compared = new List<Comparison>();
                foreach (long seed in seeds)
                {
                    CommandLine.Say($"{model}, seed {seed}: {(recorded ? "the port" : "Python Keras, then the port")}");
                    var theirs = codelab?.Run(model, seed, settings, interruption) ?? Recorded(model, seed);
                    var comparison = new Comparison(theirs, PortCodelab.Run(model, seed, settings, report, interruption));
                    compared.Add(comparison);
                    lock (result) result.Comparisons.Add(comparison);
                    ParityTable.Write(console, comparison);
                }
                if (compared.Count < 2 || compared.Any(c => c.Python.Test is null)) continue;
                var test = new PairedTest(model, seeds, [.. compared.Select(c => c.Python.Test!["accuracy"])], [.. compared.Select(c => c.Port.Test!["accuracy"])]);
                lock (result) result.Tests.Add(test);
                ParityTable.Write(console, test);
            }
            int lines = result.Comparisons.Sum(c => c.Lines.Count(l => l.Verdict == Verdict.Differs)) + result.Tests.Count(t => t.Differs);
            console.MarkupLine(result.Holds ? "[green]Parity holds.[/]" : $"[red bold]Parity does not hold[/]: {lines} {(lines == 1 ? "line differs" : "lines differ")}.");
            return result.Holds ? ExitCode.Ok : ExitCode.NoParity;
        });
    }

    private static IAnsiConsole Terminal()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Out) });
        // A file has no width; lines that wrap would be harder to search.
        if (System.Console.IsOutputRedirected) console.Profile.Width = 140;
        return console;
    }
}
