using System.Globalization;

namespace KerasPort.Console.Parity;

/// <summary>A run of the codelab in Python compared with the same run in the port, line by line. A value that one side didn't record is left out.</summary>
internal sealed class Comparison
{
    private readonly List<ComparedLine> _lines = [];

    /// <param name="python">Python on its default kernels.</param>
    /// <param name="port">The port.</param>
    /// <param name="others">The same run in Python on other kernels, the first of them without oneDNN's.</param>
    /// <param name="engine">The known limits of the port's engine.</param>
    public Comparison(CodelabRecord python, CodelabRecord port, IReadOnlyList<CodelabRecord>? others = null, EngineLimits? engine = null)
    {
        (Python, Port, Others, Engine) = (python, port, others ?? [], engine);
        CompareStart();
        CompareSteps();
        CompareEpochs("loss", Rounding.Loss, engine?.EpochLoss);
        CompareEpochs("accuracy", Rounding.Accuracy(60_000), engine?.EpochAccuracy);
        Number("test loss", r => r.Test?["loss"], Rounding.Loss, engine?.TestLoss);
        Number("test accuracy", r => r.Test?["accuracy"], Rounding.Accuracy(10_000), engine?.TestAccuracy);
        if (python.PredictionsFloat32 is not null && port.PredictionsFloat32 is not null) ComparePredictions();
        CompareCosts();
    }

    public CodelabRecord Python { get; }

    public CodelabRecord Port { get; }

    public IReadOnlyList<CodelabRecord> Others { get; }

    /// <summary>The known limits of the port's engine.</summary>
    public EngineLimits? Engine { get; }

    /// <summary>Python without oneDNN's kernels, where it ran.</summary>
    public CodelabRecord? Plain => Others.Count > 0 ? Others[0] : null;

    public IReadOnlyList<ComparedLine> Lines => _lines;

    /// <summary>The worst verdict of all lines.</summary>
    public Verdict Verdict => _lines.Max(line => line.Verdict);

    /// <summary>The verdict on the port and Python without oneDNN's kernels, where it ran and the two differ by rounding at most; null otherwise.</summary>
    public Verdict? BesidePlain => Plain is not null && new Comparison(Plain, Port).Verdict is <= Verdict.WithinRounding and var verdict ? verdict : null;

    public bool Holds => Verdict != Verdict.Differs;

    /// <summary>The first compared step, counted from 0, whose loss differs from Python's by more than rounding; null when none does.</summary>
    public int? PartedStep { get; private set; }

    /// <summary>The first epoch, counted from 0, whose loss differs from Python's by more than rounding; null when none does.</summary>
    public int? PartedEpoch { get; private set; }

    /// <summary>The relu unit at which the two runs part, where it was found.</summary>
    public Flip? Flip { get; set; }

    /// <summary>Whether the search for the flip was made.</summary>
    public bool LookedForFlip { get; set; }

    /// <summary>Whether both start from the same weights and take the same rows, as far as recorded: only then can a flip be found.</summary>
    public bool SameStart => !_lines.Any(line => line.Difference is null && line.Verdict == Verdict.Differs);

    private void CompareStart()
    {
        if (Python.InitialWeightsSha256 is { } weights && Port.InitialWeightsSha256 is { } ours)
        {
            // The hash of all weights together, as the report has it; where they differ, the hash of the first array that does.
            int at = Enumerable.Range(0, Math.Max(weights.Length, ours.Length))
                .FirstOrDefault(i => weights.ElementAtOrDefault(i) != ours.ElementAtOrDefault(i), -1);
            if (at < 0) Exact("initial weights, SHA-256", Port.WholeInitialWeightsSha256 ?? "", Port.WholeInitialWeightsSha256 ?? "");
            else Exact($"initial weights, SHA-256 of array {at + 1}", weights.ElementAtOrDefault(at) ?? "none", ours.ElementAtOrDefault(at) ?? "none");
        }
        if (Python.RowOrderSha256 is { } order && Port.RowOrderSha256 is { } ourOrder) Exact("row order, SHA-256", order, ourOrder);
    }

    private void CompareSteps()
    {
        if (Python.FirstLosses is not { Length: > 0 } python || Port.FirstLosses is not { Length: > 0 } port) return;
        int count = Math.Min(python.Length, port.Length);
        int parted = Enumerable.Range(0, count).FirstOrDefault(i => !(Distance(python[i], port[i]) <= Rounding.Loss), count);
        if (parted < count) PartedStep = parted;
        if (parted > 0) Steps(0, parted, null, null);
        if (parted == count) return;
        double? kerases = parted < Rounding.EarlySteps ? null : Kerases(r => r.FirstLosses, (a, b) => Largest(a[parted..], b[parted..]));
        Steps(parted, count, kerases, parted == 0 ? null : Engine?.StepLoss);

        void Steps(int from, int to, double? bound, double? engine)
        {
            string name = to - from == 1 ? $"loss of step {to}" : $"losses of steps {from + 1} to {to}";
            Judge(name, Text(python[from]), Plain?.FirstLosses is { } plain ? Text(plain[from]) : null, Text(port[from]),
                Largest(python[from..to], port[from..to]), Rounding.Loss, bound, engine,
                Beside(r => r.FirstLosses, (a, b) => Largest(a[from..to], b[from..to])));
        }
    }

    private void CompareEpochs(string metric, double rounding, double? engine)
    {
        if (!Python.History.TryGetValue(metric, out double[]? python) || !Port.History.TryGetValue(metric, out double[]? port)) return;
        // Runs that have parted come near each other now and then by chance, so that the largest difference of all epochs counts.
        double? kerases = Kerases(r => r.History.GetValueOrDefault(metric), Largest);
        for (int i = 0; i < Math.Min(python.Length, port.Length); i++)
        {
            int epoch = i;
            if (metric == "loss" && !(Distance(python[i], port[i]) <= rounding)) PartedEpoch ??= i;
            double? Of(CodelabRecord run) => run.History.GetValueOrDefault(metric)?.ElementAtOrDefault(epoch);
            Judge($"{metric} of epoch {i + 1}", Text(python[i]), Plain is { } plain ? Text(Of(plain)) : null, Text(port[i]),
                Distance(python[i], port[i]), rounding, kerases, engine, Beside(Of, (a, b) => Distance(a!.Value, b!.Value)));
        }
        if (python.Length != port.Length) Exact($"epochs with {metric}", $"{python.Length}", $"{port.Length}");
    }

    private void Number(string name, Func<CodelabRecord, double?> of, double rounding, double? engine)
    {
        if (of(Python) is not { } python || of(Port) is not { } port) return;
        Judge(name, Text(python), Plain is { } plain ? Text(of(plain)) : null, Text(port), Distance(python, port), rounding,
            Kerases(of, (a, b) => Distance(a!.Value, b!.Value)), engine, Beside(of, (a, b) => Distance(a!.Value, b!.Value)));
    }

    private void ComparePredictions()
    {
        if (Python.Predictions.Length != Port.Predictions.Length)
        {
            Exact("predictions", $"{Python.Predictions.Length} numbers", $"{Port.Predictions.Length} numbers");
            return;
        }
        int images = Python.Predictions.Length / 10;
        var bytes = (CodelabRecord r) => r.PredictionsFloat32;
        var mean = (byte[] a, byte[] b) => PredictedImages.MeanDifference(a, b);
        var others = (byte[] a, byte[] b) => (double)PredictedImages.OtherClasses(a, b);
        Judge($"predictions of {images:N0} test images, mean difference", "", Plain is null ? null : "", "",
            mean(bytes(Python)!, bytes(Port)!), Rounding.Probability, Kerases(bytes, mean), Engine?.Probability, Beside(bytes, mean));
        double count = others(bytes(Python)!, bytes(Port)!);
        string? plain = Plain?.PredictionsFloat32 is { } p ? string.Create(CultureInfo.InvariantCulture, $"{others(bytes(Python)!, p):0} others") : null;
        Judge($"predicted classes of {images:N0} test images", "", Plain is null ? null : plain ?? "",
            string.Create(CultureInfo.InvariantCulture, $"{count:0} others"),
            count / images, Rounding.Accuracy(images), Kerases(bytes, others) / images, Engine?.Class, Beside(bytes, others) / images);
    }

    private void CompareCosts()
    {
        Cost("seconds an epoch, the best", r => r.EpochSeconds is { Length: > 0 } seconds ? seconds.Min() : null, "0.00 s");
        Cost("seconds to evaluate", r => r.EvaluateSeconds, "0.00 s");
        Cost(Port.PeakMemoryIsOfProcess ? "peak memory, the port's of its process so far" : "peak memory", r => r.PeakMemoryBytes / 1e6, "#,0 MB");
    }

    private void Cost(string name, Func<CodelabRecord, double?> of, string format)
    {
        if (of(Python) is not { } python || of(Port) is not { } port) return;
        string Formatted(double? value) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
        _lines.Add(new(name, Formatted(python), Plain is { } plain ? Formatted(of(plain)) : null, Formatted(port),
            null, null, null, null, Verdict.NotCompared));
    }

    /// <summary>A checksum's first digits, enough to tell it from another.</summary>
    private void Exact(string name, string python, string port)
    {
        static string Short(string text) => text.Length == 64 ? text[..10] : text;
        _lines.Add(new(name, Short(python), Plain is null ? null : "", Short(port), null, null, null, null,
            python == port ? Verdict.Identical : Verdict.Differs));
    }

    /// <param name="name">The line's name.</param>
    /// <param name="python">Python's value, as text.</param>
    /// <param name="plain">The value of Python without oneDNN's kernels.</param>
    /// <param name="port">The port's value.</param>
    /// <param name="difference">The difference between Python and the port.</param>
    /// <param name="rounding">The largest difference that rounding explains.</param>
    /// <param name="kerases">The largest distance between Pythons on different kernels.</param>
    /// <param name="engine">The known limit of the engine.</param>
    /// <param name="beside">The distance of the port from the nearest of the other Pythons.</param>
    private void Judge(string name, string python, string? plain, string port,
        double difference, double rounding, double? kerases, double? engine, double? beside)
    {
        // Python is as right on one set of kernels as on another.
        double nearest = Math.Min(difference, beside ?? difference);
        _lines.Add(new(name, python, plain, port, difference, beside is null ? null : nearest, rounding, kerases,
            difference == 0 ? Verdict.Identical
            : difference <= rounding ? Verdict.WithinRounding
            : difference <= engine ? Verdict.WithinEngine
            : nearest <= kerases ? Verdict.AsTwoKerases
            : Verdict.Differs));
    }

    /// <summary>The largest distance between two runs of Python in a value, where two or more recorded it.</summary>
    private double? Kerases<T>(Func<CodelabRecord, T?> of, Func<T, T, double> distance)
    {
        T[] all = [.. Others.Prepend(Python).Select(of).OfType<T>()];
        return all.Length < 2 ? null : all.SelectMany((a, i) => all[(i + 1)..].Select(b => distance(a, b))).Max();
    }

    /// <summary>The distance between the port and the nearest of the other runs of Python.</summary>
    private double? Beside<T>(Func<CodelabRecord, T?> of, Func<T, T, double> distance)
    {
        if (of(Port) is not { } port) return null;
        double[] distances = [.. Others.Select(of).OfType<T>().Select(other => distance(other, port))];
        return distances.Length == 0 ? null : distances.Min();
    }

    private static double Largest(double[] a, double[] b) => a.Zip(b, Distance).DefaultIfEmpty(double.PositiveInfinity).Max();

    // Two losses that are both infinite, or both NaN, are equal.
    private static double Distance(double a, double b) => a.Equals(b) ? 0 : double.IsFinite(a - b) ? Math.Abs(a - b) : double.PositiveInfinity;

    private static string Text(double? value) => value?.ToString("0.00000000", CultureInfo.InvariantCulture) ?? "";
}
