using System.Globalization;
using System.Text;

namespace KerasPort.Benchmarks;

/// <summary>A model's measured step on one rank.</summary>
/// <param name="Name">The name in the tables.</param>
/// <param name="Parameters">The number of trainable parameters; a gradient has four bytes of each.</param>
/// <param name="Batch">Rows per step.</param>
/// <param name="StepSeconds">The seconds of a training step.</param>
/// <param name="ForwardSeconds">The seconds of a step of an evaluation; the rest of the training step can hide an exchange.</param>
internal sealed record ScaleStep(string Name, long Parameters, int Batch, double StepSeconds, double ForwardSeconds)
{
    public double Bytes => 4.0 * Parameters;

    /// <summary>A model with a multiple of the parameters and the work.</summary>
    public ScaleStep Times(int factor) => new($"{factor} × {Name}", factor * Parameters, Batch, factor * StepSeconds, factor * ForwardSeconds);
}

/// <summary>The measured constants, with date and machine.</summary>
/// <param name="Machine">The processor.</param>
/// <param name="Threads">The threads of a rank.</param>
/// <param name="LatencySeconds">Half a round trip of four bytes between two ranks.</param>
/// <param name="OverheadSeconds">The seconds of a message of four bytes among many.</param>
/// <param name="MegabyteSeconds">The seconds to add up one megabyte over two ranks.</param>
/// <param name="Steps">The models.</param>
internal sealed record ScaleConstants(string Machine, int Threads, double LatencySeconds, double OverheadSeconds, double MegabyteSeconds, ScaleStep[] Steps);

/// <summary>The tables of <c>docs/scale.md</c>, from measured constants and <see cref="AllReduce"/> alone.</summary>
internal static class ScaleTables
{
    public const string Begin = "<!-- tables: dotnet run -c Release --project tests/KerasPort.Benchmarks -- scale -->", End = "<!-- end of the tables -->";

    private static readonly int[] s_ranks = [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
    private static readonly int[] s_gigabits = [1, 10, 25, 100];

    /// <summary>The tables between their two marks.</summary>
    public static string Markdown(ScaleConstants constants)
    {
        var text = new StringBuilder(Begin + "\n\n");
        text.Append(Text($"Measured: {constants.Machine}, {constants.Threads} threads a rank; two ranks over TCP on one machine: "));
        text.Append(Text($"{Micro(constants.LatencySeconds)} µs a message (α), "));
        text.Append(Text($"{Micro(constants.OverheadSeconds)} µs a message among many (o), {constants.MegabyteSeconds * 1e3:0.00} ms to add up 1 MB.\n\n"));
        ScaleStep[] models = [.. constants.Steps, constants.Steps[^1].Times(100)];
        text.Append("| model | parameters | bytes a step | rows a rank | step | of it forward |\n| --- | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (var model in models)
            text.Append(Text($"| {model.Name} | {model.Parameters:N0} | {model.Bytes / 1e6:N2} MB | {model.Batch} | ")
                + Text($"{Milli(model.StepSeconds)} ms | {Milli(model.ForwardSeconds)} ms |\n"));
        text.Append("\nThe largest number of ranks that train at half of N times one rank's speed or more, ")
            .Append("nothing hidden / hidden behind the backward pass:\n\n");
        text.Append($"| model |{string.Concat(s_gigabits.Select(g => $" {g} Gbit/s |"))}\n| --- |{string.Concat(s_gigabits.Select(_ => " ---: |"))}\n");
        foreach (var model in models)
            text.Append($"| {model.Name} |")
                .AppendJoin("", s_gigabits.Select(g => $" {Most(constants, model, g, hides: false)} / {Most(constants, model, g, hides: true)} |"))
                .Append('\n');
        foreach (var model in models) Add(text, constants, model);
        return text.Append('\n').Append(End).ToString();
    }

    private static void Add(StringBuilder text, ScaleConstants constants, ScaleStep model)
    {
        text.Append(Text($"\n**{model.Name}**: all-reduce in ms, direct (as here) / ring / tree, and the share of N times one rank's speed "));
        text.Append("with the direct one, hidden behind the backward pass:\n\n");
        text.Append($"| ranks |{string.Concat(s_gigabits.Select(g => $" {g} Gbit/s | speed |"))}\n");
        text.Append($"| ---: |{string.Concat(s_gigabits.Select(_ => " ---: | ---: |"))}\n");
        foreach (int ranks in s_ranks)
        {
            text.Append(Text($"| {ranks:N0} |"));
            foreach (int gigabits in s_gigabits)
            {
                var network = Network(constants, gigabits);
                double[] ways = [network.Direct(ranks, model.Bytes), network.Ring(ranks, model.Bytes), network.Tree(ranks, model.Bytes)];
                string times = string.Join(" / ", ways.Select(Milli));
                text.Append(Text($" {times} | {Efficiency(network, model, ranks, hides: true) * 100:0} % |"));
            }
            text.Append('\n');
        }
    }

    /// <summary>
    /// The speed of N ranks as a fraction of N times one rank's, with the same rows per rank: a step takes its time plus the rest of the exchange.
    /// </summary>
    internal static double Efficiency(AllReduce network, ScaleStep model, int ranks, bool hides)
    {
        double exchange = network.Direct(ranks, model.Bytes), hidden = hides ? Math.Max(0, model.StepSeconds - model.ForwardSeconds) : 0;
        return model.StepSeconds / (model.StepSeconds + Math.Max(0, exchange - hidden));
    }

    internal static AllReduce Network(ScaleConstants constants, double gigabits) =>
        new(constants.LatencySeconds, constants.OverheadSeconds, gigabits * 1e9 / 8);

    private static string Most(ScaleConstants constants, ScaleStep model, int gigabits, bool hides)
    {
        var network = Network(constants, gigabits);
        int most = s_ranks.Where(ranks => Efficiency(network, model, ranks, hides) >= 0.5).DefaultIfEmpty(1).Max();
        return most == s_ranks[^1] ? "1,024 and more" : Text($"{most:N0}");
    }

    private static string Micro(double seconds) => Text($"{seconds * 1e6:0.0}");

    private static string Milli(double seconds) => seconds * 1e3 is var ms && ms >= 100 ? Text($"{ms:N0}") : ms >= 10 ? Text($"{ms:0.0}") : Text($"{ms:0.00}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
