using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KerasPort.Callbacks;
using KerasPort.Cuda;
using KerasPort.Engines;
using KerasPort.Models;
using KerasPort.Tests.Engines;
using KerasPort.Tests.Engines.Formulas;

namespace KerasPort.Tests.Gpu;

/// <summary>
/// All checks for the first minutes on a card. Results are written after each part, so that they are kept when the rest is cut off:
/// <c>gpu-check.json</c> and <c>gpu-check.md</c>. <c>tests/gpu-check</c> starts it.
/// </summary>
/// <param name="folder">The folder for both files.</param>
/// <param name="data">A folder of <c>x.npy</c>, <c>y.npy</c>: pictures and labels, a tenth of which is for evaluation.</param>
/// <param name="isPocl">Whether the card is a processor, by PoCL: for a trial with small numbers.</param>
/// <param name="epochs">The epochs of each training.</param>
internal sealed partial class GpuCheck(string folder, string data, bool isPocl, int epochs)
{
    /// <summary>The program's arguments for all checks, and for a training that is killed.</summary>
    public const string Command = "gpu-check", TrainCommand = "gpu-check-train", DataCommand = "gpu-check-data";

    private const int MostProfiledSteps = 20;
    private static readonly TimeSpan s_mostContract = TimeSpan.FromMinutes(4);
    private static readonly string[] s_models = ["baseline", "cnn-64-64"];

    private static readonly string[] s_contract =
        [typeof(CudaKernelTests).FullName!, typeof(TensorCoreTests).FullName!, typeof(CardFunctionTests).FullName!];

    private readonly JsonObject _all = [];
    private readonly List<string> _lines = [];

    /// <summary>Reads the command line of <see cref="Command"/> and runs it.</summary>
    public static int Run(string[] arguments)
    {
        var (folder, data) = (new Argument<string>("folder"), new Option<string>("--data") { Required = true });
        var (pocl, epochs) = (new Option<bool>("--pocl"), new Option<int>("--epochs") { DefaultValueFactory = _ => 5 });
        var contract = new Option<string[]>("--contract") { DefaultValueFactory = _ => s_contract, AllowMultipleArgumentsPerToken = true };
        var root = new RootCommand { folder, data, pocl, epochs, contract };
        root.SetAction(parsed => new GpuCheck(parsed.GetValue(folder)!, parsed.GetValue(data)!, parsed.GetValue(pocl), parsed.GetValue(epochs))
            .All(parsed.GetValue(contract)!));
        return root.Parse(arguments).Invoke();
    }

    /// <summary>Writes a number of rows of Fashion-MNIST's training data as <c>x.npy</c> and <c>y.npy</c>.</summary>
    public static int WriteData(string folder, int rows)
    {
        Directory.CreateDirectory(folder);
        var (x, y) = keras.datasets.fashion_mnist.load_data().Item1;
        np.save(Path.Combine(folder, "x.npy"), x[..rows]);
        np.save(Path.Combine(folder, "y.npy"), y[..rows]);
        return 0;
    }

    /// <summary>A training that saves its state and prints each batch, then a hash of the weights: it is killed and resumed.</summary>
    public static int Train(string checkpoints, string data, bool isPocl)
    {
        using var engine = Open(isPocl, false);
        keras.utils.set_random_seed(7);
        var (x, y) = Load(data, "cnn-8");
        var model = TestModels.Compiled("cnn-8", engine);
        int rows = Math.Min(x.shape[0], 2560);
        model.fit(x[..rows], y[..rows], epochs: 2, verbose: 0, callbacks: [keras.callbacks.BackupAndRestore(checkpoints, 5, delete_checkpoint: false),
            new LambdaCallback(on_train_batch_end: (batch, _) => System.Console.WriteLine($"batch {batch}"))]);
        System.Console.WriteLine("weights " + Convert.ToHexString(
            SHA256.HashData([.. model.get_weights().SelectMany(w => w.ToFloats()).SelectMany(BitConverter.GetBytes)])));
        return 0;
    }

    private int All(string[] contract)
    {
        Directory.CreateDirectory(folder);
        bool allWell = Part("doctor", Doctor);
        using (var engine = Open(isPocl, false))
        {
            _lines.Add($"Card: {engine.device}; {epochs} epochs.");
            foreach (int batch in (int[])[32, 256])
                foreach (string model in s_models) allWell &= Part($"{model}, batch {batch}", () => Training(engine, model, batch));
            foreach (string model in s_models) allWell &= Part($"{model}, kernels of a step", () => Profile(engine, model));
        }
        allWell &= Part("kill and resume", KillAndResume);
        allWell &= isPocl ? Skip("TF32", "PoCL has no tensor cores") : Part("TF32", () =>
        {
            using var engine = Open(false, tf32: true);
            return Training(engine, "cnn-64-64", 256);
        });
        allWell &= Part("contract", () => Contract(contract));
        System.Console.WriteLine($"{(allWell ? "all is well" : "something failed")}: {Path.Combine(folder, "gpu-check.md")}");
        return allWell ? 0 : 1;
    }

    private bool Part(string name, Func<JsonObject> run)
    {
        long started = Stopwatch.GetTimestamp();
        JsonObject found;
        try
        {
            found = run();
        }
        catch (Exception e)
        {
            found = new() { ["failed"] = $"{e.GetType().Name}: {e.Message}" };
        }
        found["seconds"] = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 1);
        return Keep(name, found);
    }

    private bool Skip(string name, string why) => Keep(name, new() { ["not run"] = why });

    private bool Keep(string name, JsonObject found)
    {
        _all[name] = found;
        _lines.Add($"\n## {name}\n\n| | |\n| --- | --- |");
        foreach (var (key, value) in found) _lines.Add($"| {key} | {Inline(value)} |");
        File.WriteAllText(Path.Combine(folder, "gpu-check.json"),
            _all.ToJsonString(new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        File.WriteAllText(Path.Combine(folder, "gpu-check.md"), "# What a card gave\n\n" + string.Join('\n', _lines) + "\n");
        System.Console.WriteLine($"{name}: {(found.ContainsKey("failed") ? $"FAILED, {found["failed"]}" : "done")}");
        return !found.ContainsKey("failed");
    }

    private static string Inline(JsonNode? value) => value switch
    {
        JsonArray several => string.Join("<br>", several.Select(Inline)),
        JsonObject many => string.Join(", ", many.Select(m => $"{m.Key} {Inline(m.Value)}")),
        _ => value?.ToString().Replace("\n", "<br>").Replace("|", "\\|") ?? "",
    };

    private static JsonObject Doctor()
    {
        string said = Start(Path.Combine(AppContext.BaseDirectory, "kerasport"), ["doctor"], null, TimeSpan.FromMinutes(1)).Output;
        return new() { ["says"] = said.TrimEnd() };
    }

    private JsonObject Training(Engine engine, string name, int batch)
    {
        var (x, y) = Load(data, name);
        keras.utils.set_random_seed(1);
        var model = TestModels.Compiled(name, engine);
        int rows = x.shape[0] * 9 / 10;
        var (seconds, clock) = (new List<double>(), new Stopwatch());
        var history = model.fit(x[..rows], y[..rows], batch_size: batch, epochs: epochs, verbose: 0, callbacks: [new LambdaCallback(
            on_epoch_begin: (_, _) => clock.Restart(), on_epoch_end: (_, _) => seconds.Add(clock.Elapsed.TotalSeconds))]).history;
        var held = model.evaluate(x[rows..], y[rows..], batch_size: batch, verbose: 0);
        double rate = rows / seconds.Min();
        return new()
        {
            ["engine"] = engine.name, ["rows"] = rows, ["epoch seconds"] = Numbers(seconds, "0.000"), ["images a second"] = Math.Round(rate),
            ["GFLOP/s"] = Math.Round(rate * Flops(model) / 1e9, 1), ["loss"] = Numbers(history["loss"], "0.0000"),
            ["test loss and accuracy"] = Numbers(held, "0.0000"),
        };
    }

    /// <summary>The number of launches per step, and the microseconds of each kernel when the host waits for it, beside the card's peak figures.</summary>
    private JsonObject Profile(CudaEngine engine, string name)
    {
        const int batch = 32;
        var (x, y) = Load(data, name);
        var model = TestModels.Compiled(name, engine);
        var card = engine.Card;
        void Steps(int count) => model.fit(x[..(count * batch)], y[..(count * batch)], batch_size: batch, verbose: 0);
        int steps = Math.Min(MostProfiledSteps, x.shape[0] / batch);
        Steps(steps);   // compiles
        var launches = (Few: Launches(4), More: Launches(7));
        var times = new Dictionary<Type, (int Count, double Microseconds)>();
        card.Timed = (kernel, time) => times[kernel] = (
            times.GetValueOrDefault(kernel).Count + 1, times.GetValueOrDefault(kernel).Microseconds + time.TotalMicroseconds);
        Steps(steps);
        card.Timed = null;
        var (gflops, gigabytes) = isPocl ? CardLimits.Measure(card, 1 << 10, 1 << 18) : CardLimits.Measure(card, 1 << 19, 1 << 27);
        return new()
        {
            ["launches a step"] = (launches.More - launches.Few) / 3,
            ["µs a step by kernel, each waited for"] = new JsonArray([.. times.OrderByDescending(t => t.Value.Microseconds).Select(t => (JsonNode)new JsonObject
            {
                [Named(t.Key)] = Math.Round(t.Value.Microseconds / steps, 1), ["launches"] = Math.Round(t.Value.Count / (double)steps, 2),
            })]),
            ["card's limit, GFLOP/s"] = Math.Round(gflops), ["card's limit, GB/s"] = Math.Round(gigabytes, 1),
        };

        long Launches(int steps)
        {
            long before = card.Launches;
            Steps(steps);
            return card.Launches - before;
        }
    }

    /// <summary>A training that is killed after its first checkpoints goes on, in a new process, to the bits of one that ran through.</summary>
    private JsonObject KillAndResume()
    {
        using var temporary = new TemporaryFolder();
        string Ends(string checkpoints, int? killedAfter)
        {
            string[] arguments = [TrainCommand, temporary[checkpoints], data, isPocl ? "pocl" : "nvidia"];
            return Start(Environment.ProcessPath!, arguments, killedAfter, TimeSpan.FromMinutes(3)).Output.TrimEnd().Split('\n')[^1];
        }
        string through = Ends("a", null), killed = Ends("b", 12), resumed = Ends("b", null);
        var found = new JsonObject { ["ran through"] = through, ["killed after"] = killed, ["went on to"] = resumed };
        if (!through.StartsWith("weights", StringComparison.Ordinal) || through != resumed || killed.StartsWith("weights", StringComparison.Ordinal))
            found["failed"] = "the training that was killed did not go on to the same bits";
        return found;
    }

    /// <summary>The tests of the engine's contract, on this card.</summary>
    private JsonObject Contract(string[] classes)
    {
        var (code, output) = Start(Environment.ProcessPath!, [.. classes.SelectMany(c => (string[])["-class", c]), "-noColor"], null, s_mostContract,
            isPocl ? null : PoclCard.RealCard);
        var found = new JsonObject { ["tests"] = Summary().Match(output).Value.Trim() };
        if (code != 0) found["failed"] = string.Join(
            "\n", output.Split('\n').Where(line => line.Contains("[FAIL]", StringComparison.Ordinal)).Append($"exit code {code}"));
        return found;
    }

    /// <summary>Runs a program, and kills it once it has printed a number of lines.</summary>
    private static (int Code, string Output) Start(string program, string[] arguments, int? killedAfter, TimeSpan most, string? card = null)
    {
        // A build that isn't self-contained is started by dotnet, which is then the running program.
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") arguments = [typeof(GpuCheck).Assembly.Location, .. arguments];
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        if (card is not null) start.Environment[PoclCard.Variable] = card;
        using var process = Process.Start(start)!;
        using var limit = new Timer(_ => process.Kill(entireProcessTree: true), null, most, Timeout.InfiniteTimeSpan);
        var lines = new List<string>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
            if (lines.Count == killedAfter) process.Kill();
        }
        process.WaitForExit();
        return (process.ExitCode, string.Join('\n', lines));
    }

    private static CudaEngine Open(bool isPocl, bool tf32) => new(isPocl ? PoclCard.Another() : CudaEngine.Open("gpu", tf32), tf32);

    /// <summary>The data in the shape that a model takes.</summary>
    private static (NDArray X, NDArray Y) Load(string folder, string model)
    {
        NDArray x = np.load(Path.Combine(folder, "x.npy")) / 255.0, y = np.load(Path.Combine(folder, "y.npy"));
        return (model == "baseline" ? x : x.reshape(-1, 28, 28, 1), y);
    }

    /// <summary>Multiplications and additions per image of a training: those of each forward product, and twice that for its two gradients.</summary>
    private static double Flops(Model model) => model.layers.Where(layer => layer.weights.Count > 0).Select((layer, number) =>
    {
        // Each filter's weights count once per output pixel.
        Shape kernel = layer.weights[0].shape, output = layer.output.shape[1..];
        return 2.0 * kernel.Size / kernel[^1]!.Value * output.Size * (number == 0 ? 2 : 3);
    }).Sum();

    private static string Named(Type kernel) =>
        kernel.Name.Split('`')[0] + (kernel.IsGenericType ? $"<{string.Join(", ", kernel.GetGenericArguments().Select(Named))}>" : "");

    private static JsonArray Numbers(IEnumerable<double> numbers, string format) =>
        [.. numbers.Select(n => (JsonNode)n.ToString(format, CultureInfo.InvariantCulture))];

    [GeneratedRegex("Total:.*")]
    private static partial Regex Summary();
}
