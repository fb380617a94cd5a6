using System.Runtime.InteropServices;
using KerasPort.Console.Parity;

namespace KerasPort.Tests.Console.Parity;

/// <summary>A small record of a run, and changes to it.</summary>
internal static class Records
{
    public static CodelabRecord Run(int seed = 1, double accuracy = 0.75) => new()
    {
        Source = "Keras",
        Machine = "a processor",
        Model = "baseline",
        Seed = seed,
        InitialWeightsSha256 = [new('a', 64), new('b', 64)],
        WholeInitialWeightsSha256 = new('e', 64),
        RowOrderSha256 = new('c', 64),
        FirstLosses = [.. Enumerable.Range(0, 100).Select(i => 2.5 / (i + 1))],
        History = new() { ["accuracy"] = [0.5, 0.625], ["loss"] = [1.5, 1.25] },
        EpochSeconds = [2, 1],
        Test = new() { ["accuracy"] = accuracy, ["loss"] = 1.0 },
        EvaluateSeconds = 0.5,
        PredictionsFloat32 = Bytes(Predictions()),
        PeakMemoryBytes = 1_000_000,
    };

    /// <summary>Two seeds, and the test over them.</summary>
    public static ParityResult Result()
    {
        Comparison[] comparisons = [new(Run(1), Run(1, 0.7421875)), new(Run(2, 0.78125), Run(2, 0.78125))];
        var result = new ParityResult(recorded: true);
        result.Comparisons.AddRange(comparisons);
        result.Tests.Add(new PairedTest("baseline", [1, 2], [0.75, 0.78125], [0.7421875, 0.78125]));
        return result;
    }

    public static float[] Predictions() => [.. Enumerable.Range(0, 10_000).Select(i => i % 10 == i / 10 % 10 ? 0.91f : 0.01f)];

    public static byte[] Bytes(float[] numbers) => MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray();
}
