namespace KerasPort.Console.Sweeps;

/// <summary>The metric by which runs are ranked.</summary>
internal sealed record SweepMetric(string Name)
{
    private const string Validation = "val_", Test = "test_";

    public static readonly string[] Names = ["val_accuracy", "val_loss", "test_accuracy", "test_loss", "accuracy", "loss"];

    public bool IsOfValidation => Name.StartsWith(Validation, StringComparison.Ordinal);

    private bool IsLoss => Name.EndsWith("loss", StringComparison.Ordinal);

    /// <summary>A run's final value; NaN where it has none or diverged.</summary>
    public double Of(RunResult result) =>
        Name.StartsWith(Test, StringComparison.Ordinal) ? result.Test(Name[Test.Length..]) : result.Last(Name);

    /// <summary>The results, best first. Diverged runs come last, and equal ones in the order of their numbers, so that every shard ranks them alike.</summary>
    public IEnumerable<RunResult> Ranked(IEnumerable<RunResult> results) => results
        .OrderBy(result => double.IsNaN(Of(result)))
        .ThenBy(result => double.IsNaN(Of(result)) ? 0 : IsLoss ? Of(result) : -Of(result))
        .ThenBy(result => result.Run.Number);
}
