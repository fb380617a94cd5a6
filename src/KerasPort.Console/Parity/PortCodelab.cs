using System.Runtime.InteropServices;
using System.Security.Cryptography;
using KerasPort.Callbacks;
using KerasPort.Engines;
using KerasPort.Random;
using static KerasPort.Python;

namespace KerasPort.Console.Parity;

/// <summary>Runs the port as <c>codelab.py</c> runs Python Keras, and records the same values.</summary>
internal static class PortCodelab
{
    /// <summary>The same numbers as in <c>codelab.py</c>.</summary>
    public const int FirstSteps = 100, PredictedImages = 1000;

    public static CodelabRecord Run(string name, long seed, RunSettings settings, Report report, Interruption interruption)
    {
        var start = new Start();
        Recorder run;
        // The lessons' output is only progress here and goes to stderr: stdout is for the verdicts.
        using (Redirected.Output(new LabelledWriter("KerasPort", System.Console.Error)))
            run = CodelabRun.Train(name, seed, settings, report, interruption, start);
        run.Analyse();
        var model = run.model;
        var (_, (images, _)) = tf.keras.datasets.fashion_mnist.load_data();
        float[] predictions = model.predict(images[..PredictedImages] / 255.0, verbose: 0).ToFloats();

        var first = StepLosses.Of(name, seed, 1, settings.Get(Settings.BatchSize), FirstSteps, interruption);

        keras.utils.set_random_seed(seed);
        var order = new int[60_000];
        Seeds.Shuffle(order);
        return new CodelabRecord
        {
            Source = $"{CommandLine.Tool} {CommandLine.Version}, engine {Engine.Current.name} on {Engine.Current.device}",
            Machine = Console.Machine.Processor(),
            Model = name,
            Seed = seed,
            BatchSize = settings.Get(Settings.BatchSize),
            InitialWeightsSha256 = start.Weights,
            WholeInitialWeightsSha256 = run.InitialWeights,
            RowOrderSha256 = Hash(MemoryMarshal.AsBytes(order.AsSpan())),
            FirstLosses = [.. first],
            History = run.History.ToDictionary(h => h.Key, h => h.Value.ToArray()),
            EpochSeconds = [.. run.EpochSeconds],
            Test = new(run.Test!),
            EvaluateSeconds = run.EvaluateSeconds,
            PredictionsFloat32 = MemoryMarshal.AsBytes(predictions.AsSpan()).ToArray(),
            PeakMemoryBytes = run.PeakMemoryBytes,
            PeakMemoryIsOfProcess = !run.PeakMemoryIsOfModel,
        };
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Records the weights that training starts from.</summary>
    private sealed class Start : Callback
    {
        public string[] Weights { get; private set; } = [];

        public override void on_train_begin(Logs logs) =>
            Weights = [.. model.get_weights().Select(weight => Hash(MemoryMarshal.AsBytes(weight.ToFloats().AsSpan())))];
    }
}

/// <summary>Standard output, redirected until it is disposed of.</summary>
internal sealed class Redirected : IDisposable
{
    private readonly TextWriter _before = System.Console.Out;

    private Redirected(TextWriter target) => System.Console.SetOut(target);

    public static Redirected Output(TextWriter target) => new(target);

    public void Dispose() => System.Console.SetOut(_before);
}
