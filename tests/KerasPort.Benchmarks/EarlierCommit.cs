using System.Globalization;
using Spectre.Console;

namespace KerasPort.Benchmarks;

/// <summary>Trains each model as it is here and as it was at an earlier commit, alternately and each in a separate process, to show losses of speed.</summary>
/// <param name="epochs">Epochs of each training; the best one counts.</param>
/// <param name="turns">The number of trainings of each side.</param>
internal sealed class EarlierCommit(int epochs, int turns)
{
    /// <summary>A table of the models with seconds per epoch on both sides.</summary>
    public void Compare(string[] models, string commit)
    {
        using var here = Checkout.Here() ?? throw new InvalidOperationException(
            $"{AppContext.BaseDirectory} lies in no git checkout, which holds the commit to compare with.");
        AnsiConsole.MarkupLineInterpolated($"[grey]building {commit}[/]");
        using var earlier = here.At(commit);
        var table = new Table().Border(TableBorder.Simple).Title($"Seconds an epoch, the best of {turns * epochs}; median of the turns' ratios");
        table.AddColumn("model");
        foreach (string column in new[] { earlier.Commit, here.Commit, "now against then" }) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var stack in models.Length > 0 ? models.Select(Stack.Find) : [.. Stack.Codelab.Select(Stack.Find), .. Stack.Models])
        {
            AnsiConsole.MarkupLineInterpolated($"[grey]{stack.Name}[/]");
            var (then, now) = (new double[turns], new double[turns]);
            for (int turn = 0; turn < turns; turn++) (then[turn], now[turn]) = (Best(earlier.Program, stack), Best(Environment.ProcessPath!, stack));
            double[] ratios = [.. then.Zip(now, (before, after) => before / after).Order()];
            table.AddRow(stack.Name, Text(then.Min(), "0.000"), Text(now.Min(), "0.000"), Text(ratios[turns / 2], "0.00") + "x");
        }
        AnsiConsole.Write(table);
    }

    private double Best(string program, Stack stack) => Measurement.Of(program, ["train", stack.Name, "--rows", Text(stack.Rows), "--batch", Text(stack.Batch),
        "--epochs", Text(epochs), "--seed", "1", "--threads", Text(Environment.ProcessorCount)]).BestEpochSeconds;

    private static string Text(double number, string format = "0") => number.ToString(format, CultureInfo.InvariantCulture);
}
