using System.Globalization;
using Spectre.Console;
using Attempt = KerasPort.Console.Lessons.ExercisesCommand.Attempt;

namespace KerasPort.Console.Lessons;

/// <summary>The results of the exercises beside the codelab's expectations: a table, or a list in a narrow terminal.</summary>
internal static class ExerciseTable
{
    // Widths in columns: the numbers take 53; from 110 on there is room for answers beside them.
    private const int Narrow = 80, Wide = 110;

    public static void Write(IAnsiConsole console, Attempt[] attempts)
    {
        if (console.Profile.Width < Narrow) WriteList(console.Profile.Width, attempts);
        else WriteTable(console, attempts);
    }

    /// <summary>The result of an exercise, in words and in its own numbers.</summary>
    internal static string Here(Attempt attempt, IReadOnlyList<Attempt> all)
    {
        var (exercise, training, test) = (attempt.Exercise, Training(attempt), Test(attempt));
        int epochs = attempt.Recorder.EpochSeconds.Count;
        if (exercise.StopsAt is { } goal)
        {
            return training > goal
                ? Text($"stopped after epoch {epochs} of at most {attempt.MostEpochs}, {Exercise.Patience} times --epochs: ")
                    + Text($"training is at {training * 100:0.0} %, the test at {test * 100:0.0} %.")
                : Text($"not stopped: training is at {training * 100:0.0} % after all {epochs} epochs, {Exercise.Patience} times --epochs; ")
                    + Text($"the test at {test * 100:0.0} %.");
        }
        string gap = Text($"training is {Math.Abs(training - test) * 100:0.0} points {(training >= test ? "above" : "below")} the test");
        if (all.FirstOrDefault(a => a.Exercise.Title == exercise.Beside) is { } other)
        {
            double points = (test - Test(other)) * 100, times = Seconds(attempt) / Math.Max(Seconds(other), 1e-9);
            return Text($"{Math.Abs(points):0.0} points {(points >= 0 ? "above" : "below")} \"{exercise.Beside}\" in the test, ")
                + Text($"in {times:0.0} times its seconds; {gap}.");
        }
        Attempt[] others = [.. all.Where(a => a.Exercise.StopsAt is null)];
        return Text($"number {Rank(others, a => Seconds(a) < Seconds(attempt))} of {others.Length} in speed, ")
            + Text($"number {Rank(others, a => Test(a) > test)} in the test; {gap}.");
    }

    private static int Rank(Attempt[] others, Func<Attempt, bool> isBetter) => 1 + others.Count(isBetter);

    private static double Training(Attempt attempt) => attempt.Recorder.History["accuracy"][^1];

    private static double Test(Attempt attempt) => attempt.Recorder.Test!["accuracy"];

    private static double Seconds(Attempt attempt) => attempt.Recorder.EpochSeconds.Sum();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static (string Name, string Value)[] Numbers(Attempt attempt) =>
    [
        ("training accuracy", Text($"{Training(attempt) * 100:0.00} %")),
        ("test accuracy", Text($"{Test(attempt) * 100:0.00} %")),
        ("test loss", Text($"{attempt.Recorder.Test!["loss"]:0.0000}")),
        ("parameters", Text($"{attempt.Recorder.Layers.Sum(layer => layer.count_params()):N0}")),
        ("epochs", Text($"{attempt.Recorder.EpochSeconds.Count}")),
        ("seconds", Text($"{Seconds(attempt):0.0}")),
    ];

    private static string Title(Attempt attempt) =>
        $"{attempt.Exercise.Title}\n{attempt.Exercise.Model}" + (attempt.Exercise.StopsAt is null ? "" : $"\nat most {attempt.MostEpochs} epochs");

    private static void WriteTable(IAnsiConsole console, Attempt[] attempts)
    {
        static TableColumn Number(string header) => new TableColumn(header).RightAligned().NoWrap();
        bool wide = console.Profile.Width >= Wide;
        var table = new Table().Border(TableBorder.Rounded).ShowRowSeparators()
            .AddColumn("exercise").AddColumn(Number("accuracy:\ntraining\ntest")).AddColumn(Number("test\nloss"))
            .AddColumn(Number("param-\neters")).AddColumn(Number("epochs")).AddColumn(Number("seconds"));
        if (wide) table.AddColumn("what the codelab expects, and what came out here");
        foreach (var attempt in attempts)
        {
            var numbers = Numbers(attempt);
            string answers = $"Expected: {attempt.Exercise.Expected}\nHere: {Here(attempt, attempts)}";
            List<string> row = [wide ? Title(attempt) : $"{Title(attempt)}\n{answers}",
                $"{numbers[0].Value}\n{numbers[1].Value}", .. numbers[2..].Select(n => n.Value)];
            if (wide) row.Add(answers);
            table.AddRow([.. row.Select(cell => new Text(cell))]);
        }
        console.Write(table);
    }

    private static void WriteList(int width, Attempt[] attempts)
    {
        foreach (var attempt in attempts)
        {
            System.Console.Out.WriteLine(Title(attempt).Replace("\n", ", "));
            foreach (var (name, value) in Numbers(attempt)) System.Console.Out.WriteLine($"  {name,-17}  {value}");
            foreach (string answer in new[] { $"Expected: {attempt.Exercise.Expected}", $"Here: {Here(attempt, attempts)}" })
                foreach (string line in Terminals.Broken(answer, width - 2)) System.Console.Out.WriteLine($"  {line}");
            System.Console.Out.WriteLine();
        }
    }
}
