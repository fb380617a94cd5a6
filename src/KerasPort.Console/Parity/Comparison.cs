using System.Globalization;

namespace KerasPort.Console.Parity;

/// <summary>How near two values are.</summary>
internal enum Verdict
{
    /// <summary>The same in every digit.</summary>
    Identical,

    /// <summary>As near as two correct implementations are; see <see cref="Tolerance"/>.</summary>
    WithinRounding,

    /// <summary>Further apart than that.</summary>
    Differs,

    /// <summary>Shown, but nobody claims that it is the same: seconds, memory.</summary>
    NotCompared,
}

/// <summary>One line of a comparison: what each side has, how far apart that is, and how far it may be.</summary>
internal sealed record ComparedLine(string Name, string Python, string Port, double? Difference, double? Allowed, Verdict Verdict)
{
    /// <summary>The verdict in words, as people and JSON read it.</summary>
    public string VerdictText => Verdict switch
    {
        Verdict.Identical => "identical",
        Verdict.WithinRounding => "within rounding",
        Verdict.Differs => "differs",
        _ => "not compared",
    };
}

/// <summary>A run of the codelab in Python and the same run in the port, line by line. What one side did not take down is left out.</summary>
internal sealed class Comparison
{
    private readonly List<ComparedLine> _lines = [];

    public Comparison(CodelabRecord python, CodelabRecord port)
    {
        (Python, Port) = (python, port);
        if (python.InitialWeightsSha256 is { } weights && port.InitialWeightsSha256 is { } ours)
            Same("initial weights", weights, ours, "SHA-256");
        if (python.RowOrderSha256 is { } order && port.RowOrderSha256 is { } ourOrder)
            Same("row order of an epoch", [order], [ourOrder], "SHA-256");
        if (python.FirstLosses is { } first && port.FirstLosses is { } ourFirst)
        {
            int count = Math.Min(first.Length, ourFirst.Length), early = Math.Min(Tolerance.EarlySteps, count);
            Largest($"losses of steps 1 to {early}", first.AsSpan(0, early), ourFirst.AsSpan(0, early), Tolerance.EarlyStepLoss);
            if (count > early) Largest($"losses of steps {early + 1} to {count}", first.AsSpan(early, count - early), ourFirst.AsSpan(early, count - early), Tolerance.LateStepLoss);
        }
        foreach (string metric in (string[])["loss", "accuracy"])
        {
            if (!python.History.TryGetValue(metric, out var epochs) || !port.History.TryGetValue(metric, out var ourEpochs)) continue;
            for (int epoch = 0; epoch < Math.Min(epochs.Length, ourEpochs.Length); epoch++)
                Near($"{metric} of epoch {epoch + 1}", epochs[epoch], ourEpochs[epoch], metric == "loss" ? Tolerance.EpochLoss : Tolerance.EpochAccuracy);
            if (epochs.Length != ourEpochs.Length) _lines.Add(new($"epochs with {metric}", $"{epochs.Length}", $"{ourEpochs.Length}", null, null, Verdict.Differs));
        }
        foreach (string metric in (string[])["loss", "accuracy"])
        {
            if (python.Test is { } test && port.Test is { } ourTest)
                Near($"test {metric}", test[metric], ourTest[metric], metric == "loss" ? Tolerance.TestLoss : Tolerance.TestAccuracy);
        }
        if (python.PredictionsFloat32 is not null && port.PredictionsFloat32 is not null) ComparePredictions();
        CompareCosts();
    }

    public CodelabRecord Python { get; }

    public CodelabRecord Port { get; }

    public IReadOnlyList<ComparedLine> Lines => _lines;

    public bool Holds => _lines.All(line => line.Verdict != Verdict.Differs);

    private void ComparePredictions()
    {
        ReadOnlySpan<float> python = Python.Predictions, port = Port.Predictions;
        if (python.Length != port.Length)
        {
            _lines.Add(new("predictions", $"{python.Length} numbers", $"{port.Length} numbers", null, null, Verdict.Differs));
            return;
        }
        double sum = 0;
        int same = 0, rows = python.Length / 10;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> p = python.Slice(row * 10, 10), q = port.Slice(row * 10, 10);
            for (int i = 0; i < 10; i++) sum += Math.Abs(p[i] - q[i]);
            if (Largest(p) == Largest(q)) same++;
        }
        Add($"predictions of {rows:N0} test images, mean difference", "", "", sum / python.Length, Tolerance.Prediction);
        string share = string.Create(CultureInfo.InvariantCulture, $"{same:N0} the same");
        Add($"predicted classes of {rows:N0} test images", $"{rows:N0}", share, 1 - (double)same / rows, Tolerance.PredictedClass);
    }

    private static int Largest(ReadOnlySpan<float> row)
    {
        int largest = 0;
        for (int i = 1; i < row.Length; i++) if (row[i] > row[largest]) largest = i;
        return largest;
    }

    private void CompareCosts()
    {
        if (Python.EpochSeconds is { Length: > 0 } seconds && Port.EpochSeconds is { Length: > 0 } ours)
            Cost("seconds an epoch, the best", seconds.Min(), ours.Min(), "0.00 s");
        if (Python.EvaluateSeconds is { } evaluate && Port.EvaluateSeconds is { } ourEvaluate)
            Cost("seconds to evaluate", evaluate, ourEvaluate, "0.00 s");
        if (Python.PeakMemoryBytes is { } bytes && Port.PeakMemoryBytes is { } ourBytes)
            Cost("peak memory", bytes / 1e6, ourBytes / 1e6, "#,0 MB");
    }

    private void Same(string name, string[] python, string[] port, string what)
    {
        // Enough of a checksum to tell it from another; of several, the first that differ.
        int at = Enumerable.Range(0, Math.Min(python.Length, port.Length)).FirstOrDefault(i => python[i] != port[i]);
        string Short(string[] sha256) => at < sha256.Length ? $"{what}, {sha256[at][..12]}" : "none";
        _lines.Add(new(name, Short(python), Short(port), null, null, python.SequenceEqual(port) ? Verdict.Identical : Verdict.Differs));
    }

    private void Near(string name, double python, double port, double allowed) => Add(name, Number(python), Number(port), Distance(python, port), allowed);

    private void Largest(string name, ReadOnlySpan<double> python, ReadOnlySpan<double> port, double allowed)
    {
        double largest = 0;
        for (int i = 0; i < python.Length; i++) largest = Math.Max(largest, Distance(python[i], port[i]));
        Add(name, Number(python[0]) + " …", Number(port[0]) + " …", largest, allowed);
    }

    private void Add(string name, string python, string port, double difference, double allowed) => _lines.Add(new(
        name, python, port, difference, allowed,
        difference == 0 ? Verdict.Identical : difference <= allowed ? Verdict.WithinRounding : Verdict.Differs));

    private void Cost(string name, double python, double port, string format) => _lines.Add(new(
        name, python.ToString(format, CultureInfo.InvariantCulture), port.ToString(format, CultureInfo.InvariantCulture), null, null, Verdict.NotCompared));

    // A loss that ran away on both sides is the same.
    private static double Distance(double a, double b) => a.Equals(b) ? 0 : double.IsFinite(a - b) ? Math.Abs(a - b) : double.PositiveInfinity;

    private static string Number(double value) => value.ToString("0.00000000", CultureInfo.InvariantCulture);
}
