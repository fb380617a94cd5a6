using System.Globalization;
using System.Runtime.InteropServices;
using KerasPort.Console.Lessons;
using KerasPort.Datasets;
using KerasPort.Engines;
using static KerasPort.Python;

namespace KerasPort.Console;

/// <summary>
/// <c>kerasport doctor</c>: what is available for training, tried out where possible, and for each missing thing the one line that provides it.
/// </summary>
internal static class Doctor
{
    private const int Indent = 24;

    /// <returns>The exit code, always 0, since it is a report.</returns>
    public static int Run(TextWriter output)
    {
        var terminal = Terminal.Current;
        int width = terminal.IsTerminal ? terminal.Width : int.MaxValue;
        Say("", $"{CommandLine.Tool} {CommandLine.Version}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}", 0);
        foreach (var finding in Examine(NvidiaDriver.Query()))
        {
            Say($"  {(finding.Mend is null ? "ok" : "missing"),-9}{finding.Subject,-13}", finding.What, Indent);
            if (finding.Mend is not null) Say(new string(' ', Indent), finding.Mend + ".", Indent);
        }
        return ExitCode.Ok;

        // Text that is too long for the terminal continues below its start.
        void Say(string head, string text, int indent)
        {
            foreach (var (i, line) in Terminals.Broken(text, Math.Max(16, width - indent)).Index())
                output.WriteLine((i == 0 ? head : new string(' ', indent)) + line);
        }
    }

    /// <summary>A finding about a subject, and the line that fixes it if something is missing.</summary>
    internal sealed record Finding(string Subject, string What, string? Mend = null);

    internal static IEnumerable<Finding> Examine(NvidiaDriver driver)
    {
        int cores = Environment.ProcessorCount;
        yield return new("processor", $"{Machine.Processor()}, {cores} core{(cores == 1 ? "" : "s")}, {Machine.InstructionSet}");
        yield return driver.Problem is { } none ? new("driver", none.What, none.Mend) : new("driver", $"NVIDIA's, for CUDA {driver.VersionText}");
        foreach (var card in driver.Cards)
            yield return new("card",
                string.Create(CultureInfo.InvariantCulture, $"{card}, {card.Memory / 1e9:F1} GB, compute capability {card.Major}.{card.Minor}"),
                card.Problem?.Mend);

        yield return Try("managed", "cpu");
        if (!Engine.IsBuiltIn("cuda")) yield return new("cuda", "not part of this build", "Build without -p:Cuda=false");
        else if (driver.Problem is not null) yield return new("cuda", "built in, without a card to run on", driver.Problem.Mend);
        else foreach (var card in driver.Cards.Where(card => card.Problem is null)) yield return Try("cuda", $"gpu:{card.Number}");
        if (!Engine.IsBuiltIn("tensorflow"))
            yield return new("tensorflow", "not part of this build",
                "Build with -p:TensorFlow=cpu if you want TensorFlow.NET; managed gives the same model");
        else yield return Try("tensorflow", "cpu");

        yield return Dataset();
    }

    /// <summary>Trains a small model on an engine, and compares the loss with that of engine managed.</summary>
    private static Finding Try(string name, string device)
    {
        try
        {
            var engine = Engine.Open(name, device);
            double loss = SmallTraining(engine), expected = SmallTraining(Engine.Open("managed"));
            string works = $"trains on {engine.device}";
            return Math.Abs(loss - expected) <= 1e-4 ? new(name, works)
                : new(name,
                    string.Create(CultureInfo.InvariantCulture, $"{works}, but wrongly: a loss of {loss} where {expected} is right"),
                    "Use engine managed, and report this");
        }
        catch (Exception e) when (e is EngineException or DllNotFoundException)
        {
            return new(name, $"doesn't run on {device}: {e.Message.TrimEnd('.')}", "Do what is said there, or use engine managed on cpu");
        }
    }

    private static double SmallTraining(Engine engine)
    {
        keras.utils.set_random_seed(1);
        NDArray x = new([.. Enumerable.Range(0, 256).Select(i => i * 37 % 64 / 64f)], 32, 8), y = new([.. Enumerable.Range(0, 32).Select(i => i % 3)], 32);
        var model = keras.Sequential([keras.Input(8), keras.layers.Dense(16, activation: "relu"), keras.layers.Dense(3, activation: "softmax")]);
        model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", engine: engine);
        return model.fit(x, y, epochs: 2, batch_size: 8, verbose: 0).history["loss"][^1];
    }

    private static Finding Dataset()
    {
        var places = FashionMnist.Look().ToList();
        if (places.FirstOrDefault(p => p.Defect is null) is { Folder: { } sound }) return new("data set", $"Fashion-MNIST in {sound}");
        const string mend = "Training fetches it when there is a network; or apt-get install dataset-fashion-mnist, or name its folder with KERASPORT_DATA";
        return places.Count == 0 ? new("data set", "Fashion-MNIST is not here", mend) : new("data set", places[0].Defect!, mend);
    }
}
