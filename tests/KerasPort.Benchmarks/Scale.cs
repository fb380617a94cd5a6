using System.Diagnostics;
using System.Text.Json;
using KerasPort.Callbacks;
using KerasPort.Distribution;
using KerasPort.Engines;
using static KerasPort.Python;

namespace KerasPort.Benchmarks;

/// <summary>
/// Data parallelism on paper: measures a step of some models here and messages between two ranks that <c>mpirun</c> starts, and computes from
/// these constants the effect of more ranks on faster networks (<see cref="ScaleTables"/>).
/// </summary>
internal static class Scale
{
    private const int Turns = 5, Messages = 2000, Megabyte = 1_000_000;
    private static readonly string[] s_models = ["baseline", "toy-resnet", "cnn-64-64"];
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>The output of two ranks.</summary>
    private sealed record Exchange(double Latency, double Overhead, double MegabyteSeconds);

    /// <summary>Measures, and writes the constants to <c>scale.json</c> and the tables into the page, between its marks.</summary>
    /// <param name="checkout">The folder of the source tree.</param>
    /// <param name="threads">Threads of a rank.</param>
    public static void Write(string checkout, int threads)
    {
        string json = Path.Combine(checkout, "tests", "KerasPort.Benchmarks", "scale.json"), page = Path.Combine(checkout, "docs", "scale.md");
        var exchange = Between();
        var steps = s_models.Select(name => Step(Stack.Find(name), threads)).ToArray();
        var constants = new ScaleConstants(Console.Machine.Processor(), threads, exchange.Latency, exchange.Overhead, exchange.MegabyteSeconds, steps);
        File.WriteAllText(json, JsonSerializer.Serialize(constants, s_json) + "\n");
        string text = File.ReadAllText(page);
        int from = text.IndexOf(ScaleTables.Begin, StringComparison.Ordinal), to = text.IndexOf(ScaleTables.End, StringComparison.Ordinal);
        if (from < 0 || to < from) throw new InvalidOperationException($"{page} has no marks for the tables.");
        string tables = ScaleTables.Markdown(constants);
        File.WriteAllText(page, text[..from] + tables + text[(to + ScaleTables.End.Length)..]);
        System.Console.WriteLine(tables);
    }

    /// <summary>The median step over epochs, alternating with an evaluation of the same rows, which is the forward part of a step.</summary>
    private static ScaleStep Step(Stack stack, int threads)
    {
        Engine.Current = Engine.Open(threads: threads);
        keras.utils.set_random_seed(1);
        var model = stack.Build();
        model.compile(optimizer: stack.Optimizer, loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        int steps = Math.Min(stack.Rows / stack.Batch, stack.Name == "baseline" ? 1000 : 60);
        var (x, y) = stack.Data(steps * stack.Batch);
        model.fit(x, y, batch_size: stack.Batch, verbose: 0);
        var (training, forward) = (new List<double>(), new List<double>());
        for (int turn = 0; turn < Turns; turn++)
        {
            long started = 0;
            model.fit(x, y, batch_size: stack.Batch, verbose: 0, callbacks: [new LambdaCallback(
                on_epoch_begin: (_, _) => started = Stopwatch.GetTimestamp(),
                on_epoch_end: (_, _) => training.Add(Stopwatch.GetElapsedTime(started).TotalSeconds / steps))]);
            long began = Stopwatch.GetTimestamp();
            model.evaluate(x, y, batch_size: stack.Batch, verbose: 0);
            forward.Add(Stopwatch.GetElapsedTime(began).TotalSeconds / steps);
        }
        return new ScaleStep(stack.Name, model.trainable_weights.Sum(weight => (long)weight.size), stack.Batch, Median(training), Median(forward));
    }

    /// <summary>Two ranks of this program, over TCP as between machines, not over the memory that they could share here.</summary>
    private static Exchange Between()
    {
        string[] self = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) != "dotnet" ? [path]
            : ["dotnet", Path.Combine(AppContext.BaseDirectory, "KerasPort.Benchmarks.dll")];
        string[] tcp = ["--mca", "btl", "tcp,self", "--mca", "btl_tcp_if_include", "lo"];
        var start = new ProcessStartInfo("mpirun", ["--allow-run-as-root", "--oversubscribe", "-n", "2", .. tcp, .. self, "scale-rank"])
        {
            RedirectStandardOutput = true,
        };
        using var ranks = Process.Start(start)!;
        string text = ranks.StandardOutput.ReadToEnd();
        ranks.WaitForExit();
        if (ranks.ExitCode != 0) throw new InvalidOperationException($"mpirun ended with exit code {ranks.ExitCode}.");
        // mpirun gives ranks a terminal, to which the runtime writes control sequences for keys.
        return JsonSerializer.Deserialize<Exchange>(text[text.IndexOf('{')..text.IndexOf('}')] + "}", s_json)!;
    }

    /// <summary>One of the two ranks.</summary>
    public static void Rank()
    {
        var ranks = OpenMpi.World();
        var one = Pair(ranks, 1);
        // A round trip.
        double latency = Timed(() => { for (int i = 0; i < Messages; i++) Once(one); }) / Messages;
        var many = Enumerable.Range(0, 64).Select(i => Pair(ranks, 1, tag: 100 + i)).ToArray();
        double overhead = Timed(() =>
        {
            for (int i = 0; i < Messages / 64; i++)
            {
                foreach (var transfer in many) transfer.Begin();
                foreach (var transfer in many) ranks.Wait(transfer);
            }
        }) / (Messages / 64 * 64);
        var sum = new Reduction(ranks, new PieceSums(2, 2, ranks.Rank), Megabyte / sizeof(float), tag: 300);
        double megabyte = Timed(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                sum.Begin();
                sum.Wait();
            }
        }) / 50;
        var oneLine = new JsonSerializerOptions(s_json) { WriteIndented = false };
        if (ranks.IsFirst) System.Console.WriteLine(JsonSerializer.Serialize(new Exchange(latency, overhead, megabyte), oneLine));
        OpenMpi.End();

        void Once(Transfer transfer)
        {
            transfer.Begin();
            ranks.Wait(transfer);
        }
    }

    /// <summary>Both ranks send each other a number of floats.</summary>
    private static Transfer Pair(Ranks ranks, int floats, int tag = 99)
    {
        int[] sizes = [ranks.Rank == 0 ? 0 : floats, ranks.Rank == 0 ? floats : 0], starts = [0, 0];
        return new Transfer(ranks, tag, sizes, starts, sizes, starts);
    }

    private static double Timed(Action action)
    {
        action();
        var seconds = new List<double>();
        for (int turn = 0; turn < Turns; turn++)
        {
            long started = Stopwatch.GetTimestamp();
            action();
            seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        return Median(seconds);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
