using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using KerasPort.Callbacks;
using KerasPort.Engines;
using KerasPort.Models;
using static KerasPort.Python;

namespace KerasPort.Benchmarks;

/// <summary>Time and memory of a training in a separate process; <c>train.py</c> prints the same for Python.</summary>
internal sealed record Measurement(int Parameters, double[] Loss, double[] EpochSeconds, double[] SilentEpochSeconds, double FirstBatchAt,
    long MemoryBytes, long PeakMemoryBytes, double EvaluateSeconds, double PredictSeconds, string Version)
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The time from the start of the process to the end of the first batch; set by the process that started it.</summary>
    [JsonInclude]
    public double SecondsToFirstBatch { get; init; }

    /// <summary>The bytes that a step allocates on the heap of the whole process; unknown for Python.</summary>
    public double? BytesPerStep { get; init; }

    [JsonIgnore]
    public double BestEpochSeconds => EpochSeconds.Min();

    [JsonIgnore]
    public double BestSilentEpochSeconds => SilentEpochSeconds.Min();

    /// <summary>Trains here and prints the measurement.</summary>
    public static void Print(Stack stack, int rows, int batch, int epochs, int seed, int? threads)
    {
        Engine.Current = Engine.Open(threads: threads);
        keras.utils.set_random_seed(seed);
        var model = stack.Build();
        model.compile(optimizer: stack.Optimizer, loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        var (x, y) = stack.Data(rows);
        model.fit(x[..batch], y[..batch], batch_size: batch, verbose: 0);
        double firstBatch = (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;

        long started = 0;
        var seconds = new List<double>();
        var clock = new LambdaCallback(
            on_epoch_begin: (_, _) => started = Stopwatch.GetTimestamp(),
            on_epoch_end: (_, _) => seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds));
        // As in the codelab, with the progress bar; then without, which costs Python less.
        var history = model.fit(x, y, batch_size: batch, epochs: epochs, callbacks: [clock]);
        double[] shown = [.. seconds];
        seconds.Clear();
        model.fit(x, y, batch_size: batch, epochs: 2, verbose: 0, callbacks: [clock]);
        long memory = Process.GetCurrentProcess().WorkingSet64;
        int most = Math.Min(rows, 10_000);
        System.Console.WriteLine(JsonSerializer.Serialize(
            new Measurement(model.count_params(), [.. history.history["loss"]], shown, [.. seconds], firstBatch, memory,
            Console.Machine.PeakMemoryBytes(), Best(() => model.evaluate(x[..most], y[..most], verbose: 0)), Best(() => model.predict(x[..most], verbose: 0)),
            $"KerasPort {Engine.Current.version}, {Console.Machine.InstructionSet}")
            { BytesPerStep = Allocated(model, x, y, batch) }, s_json));
    }

    /// <summary>Bytes per step of a silent epoch, without the first and the last steps.</summary>
    private static double Allocated(Model model, NDArray x, NDArray y, int batch)
    {
        int steps = x.shape[0] / batch, from = steps / 4, to = steps * 3 / 4;
        long before = 0, after = 0;
        model.fit(x, y, batch_size: batch, verbose: 0, callbacks: [new LambdaCallback(on_train_batch_end: (step, _) =>
        {
            if (step == from) before = GC.GetTotalAllocatedBytes(precise: true);
            if (step == to) after = GC.GetTotalAllocatedBytes(precise: true);
        })]);
        return (after - before) / (double)Math.Max(to - from, 1);
    }

    /// <summary>Runs a program that prints a measurement.</summary>
    public static Measurement Of(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        double started = (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;
        using var process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}.");
        var measured = JsonSerializer.Deserialize<Measurement>(text.TrimEnd().Split('\n')[^1], s_json)!;
        return measured with { SecondsToFirstBatch = measured.FirstBatchAt - started };
    }

    private static double Best(Action action)
    {
        double best = double.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            long started = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        return best;
    }
}
