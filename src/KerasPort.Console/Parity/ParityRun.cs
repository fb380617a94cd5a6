using KerasPort.Console.Lessons;
using KerasPort.Engines;
using Spectre.Console;

namespace KerasPort.Console.Parity;

/// <summary><c>kerasport parity</c>: the codelab in Python and in the port with the same seeds, compared.</summary>
internal static class ParityRun
{
    /// <param name="settings">Models, epochs and all other settings of a run.</param>
    /// <param name="seeds">The seeds; each model is trained with each of them.</param>
    /// <param name="python">The Python named on the command line, if any.</param>
    /// <param name="recorded">Whether to compare with recorded runs.</param>
    /// <returns>The exit code.</returns>
    public static int Run(RunSettings settings, IReadOnlyList<long> seeds, string? python, bool recorded)
    {
        var models = settings.Get(Settings.Models);
        (int epochs, int batch) = (settings.Get(Settings.Epochs), settings.Get(Settings.BatchSize));
        // A missing Python is reported before an hour of training.
        var codelab = recorded ? null : PythonCodelab.Find(python, Environment.GetEnvironmentVariable);
        if (recorded) foreach (string model in models) foreach (long seed in seeds) RecordedRuns.Find(model, seed, epochs, batch);

        return CodelabRun.Reported(settings, (report, interruption) =>
        {
            var console = Output();
            var result = report.Parity = new ParityResult(recorded);
            foreach (string model in models)
            {
                var compared = new List<Comparison>();
                foreach (long seed in seeds)
                {
                    CommandLine.Say($"{model}, seed {seed}: {(recorded ? "the port" : "Python Keras, then the port")}");
                    var theirs = codelab?.Run(model, seed, settings, interruption) ?? RecordedRuns.Find(model, seed, epochs, batch);
                    var port = PortCodelab.Run(model, seed, settings, report, interruption);
                    var comparison = Compare(theirs, port, codelab, settings, interruption);
                    compared.Add(comparison);
                    lock (result) result.Comparisons.Add(comparison);
                    ParityTable.Write(console, comparison, recorded);
                }
                if (compared.Count < 2 || compared.Any(c => c.Python.Test is null)) continue;
                var test = new PairedTest(model, seeds, [.. compared.Select(c => c.Python.Test!["accuracy"])],
                    [.. compared.Select(c => c.Port.Test!["accuracy"])]);
                lock (result) result.Tests.Add(test);
                ParityTable.Write(console, test);
            }
            ParityTable.Write(console, result);
            return result.Holds ? ExitCode.Ok : ExitCode.NoParity;
        });
    }

    /// <summary>
    /// TensorFlow's own kernels in place of oneDNN's, the same on one thread, and oneDNN's for the narrowest vectors: each sums in another
    /// order.
    /// </summary>
    private static readonly string[] OtherKernels =
        [CodelabRecord.WithoutOneDnn, $"{CodelabRecord.WithoutOneDnn}, TF_NUM_INTRAOP_THREADS=1", "ONEDNN_MAX_CPU_ISA=SSE41"];

    /// <summary>Compares the two runs; where they differ by more than rounding, runs Python on other kernels and searches for the flip.</summary>
    private static Comparison Compare(CodelabRecord python, CodelabRecord port, PythonCodelab? codelab, RunSettings settings, Interruption interruption)
    {
        var engine = EngineLimits.Of(Engine.Current.name);
        var first = new Comparison(python, port, engine: engine);
        if (first.Verdict <= Verdict.WithinEngine || !first.SameStart) return first;

        (string model, long seed) = (port.Model, port.Seed);
        var others = RecordedRuns.OnOtherKernels(model, seed, settings.Get(Settings.Epochs), settings.Get(Settings.BatchSize)).ToList();
        var comparison = new Comparison(python, port, others, engine);
        if (codelab is null) return comparison;
        foreach (string kernels in OtherKernels)
        {
            // The first of the other kernels always runs, to be shown too; further ones where two runs of Python are too few to know their spread.
            if (comparison.Holds && kernels != CodelabRecord.WithoutOneDnn) break;
            CommandLine.Say($"{model}, seed {seed}: they lie further apart than rounding; how far does Python Keras with {kernels}?");
            others.RemoveAll(other => other.Kernels == kernels);
            others.Insert(kernels == CodelabRecord.WithoutOneDnn ? 0 : others.Count, codelab.Run(model, seed, settings, interruption, kernels));
            comparison = new Comparison(python, port, others, engine);
        }
        if (engine is not null || comparison.PartedEpoch is not { } epoch) return comparison;
        CommandLine.Say($"{model}, seed {seed}: Python Keras beside the port to the end of epoch {epoch + 1}, step by step: where do they part?");
        comparison.Flip = new FlipSearch(model, seed, settings, interruption).Find(epoch + 1, codelab);
        comparison.LookedForFlip = true;
        return comparison;
    }

    private static IAnsiConsole Output()
    {
        var console = Terminals.Output();
        // A file has no width unless COLUMNS gives one; wrapped lines and lists are harder to search.
        bool none = System.Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("COLUMNS"));
        console.Profile.Width = none ? 120 : Math.Max(24, Terminal.Current.Width);
        return console;
    }
}
