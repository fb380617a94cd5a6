using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using KerasPort.Datasets;
using static KerasPort.Python;

namespace KerasPort.Console.Parity;

/// <summary>Runs <c>codelab.py</c>, which lies beside the tool, with a Python that has Keras.</summary>
internal sealed class PythonCodelab
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "parity", "codelab.py");

    private readonly string _python;

    private PythonCodelab(string python) => _python = python;

    /// <summary>The Python that was named, on the command line or by KERASPORT_PYTHON, else the first on PATH that has Keras.</summary>
    /// <exception cref="EngineException">There is no Python that has Keras.</exception>
    public static PythonCodelab Find(string? option, Func<string, string?> variable)
    {
        string? named = option ?? (variable("KERASPORT_PYTHON") is { Length: > 0 } given ? given : null);
        string[] candidates = named is not null ? [named] : ["python3", "python"];
        var reasons = new List<string>();
        foreach (string candidate in candidates)
        {
            if (PythonProbe.WhyNot(candidate, variable) is not { } reason) return new PythonCodelab(candidate);
            reasons.Add($"{candidate} is not a Python with Keras: {reason}");
        }
        throw new EngineException($"{string.Join("; ", reasons)}. Install it (pip install keras tensorflow), "
            + "name a Python that has it with --python or KERASPORT_PYTHON, or compare with recorded runs (--recorded).");
    }

    /// <summary>Runs the codelab to its end; its output goes to stderr.</summary>
    /// <param name="model">One of <see cref="ModelName"/>.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="settings">Epochs, batch size and what is printed.</param>
    /// <param name="interruption">Ends Python too when a signal comes.</param>
    /// <param name="kernels">Variables that make TensorFlow use other kernels, which sum in another order: <c>NAME=VALUE, …</c>, or empty.</param>
    /// <exception cref="EngineException">Python failed.</exception>
    /// <exception cref="OperationCanceledException">A signal came.</exception>
    public CodelabRecord Run(string model, long seed, RunSettings settings, Interruption interruption, string kernels = "")
    {
        string verbose = settings.Get(Settings.Verbose) is int level ? $"{level}" : "2";
        return Run<CodelabRecord>(kernels.Length == 0 ? "Python" : $"Python, {kernels}", kernels, interruption, _ =>
            ["--model", model, "--seed", Text(seed), "--epochs", Text(settings.Get(Settings.Epochs)),
                "--batch-size", Text(settings.Get(Settings.BatchSize)), "--verbose", verbose]);
    }

    /// <summary>Trains step by step until a loss differs from the port's by more than rounding, and returns the units that were on before.</summary>
    /// <inheritdoc cref="Run(string, long, RunSettings, Interruption, string)"/>
    public UnitsOn RunBeside(string model, long seed, int epochs, double[] losses, RunSettings settings, Interruption interruption) =>
        Run<UnitsOn>("Python beside the port", "", interruption, folder =>
        {
            string beside = Path.Combine(folder, "losses.json");
            File.WriteAllText(beside, JsonSerializer.Serialize(new { losses, limit = Rounding.Loss }));
            return ["--model", model, "--seed", Text(seed), "--epochs", Text(epochs),
                "--batch-size", Text(settings.Get(Settings.BatchSize)), "--beside", beside];
        });

    private T Run<T>(string label, string kernels, Interruption interruption, Func<string, string[]> arguments)
    {
        using var folder = new Home();
        string json = Path.Combine(folder.Path, "codelab.json");
        var start = PythonProbe.Start(_python, [Script, "--json", json, .. arguments(folder.Path)]);
        start.Environment["KERAS_HOME"] = folder.Path;
        foreach (string variable in kernels.Split(", ", StringSplitOptions.RemoveEmptyEntries))
            start.Environment[variable.Split('=')[0]] = variable.Split('=')[1];
        using var process = Process.Start(start)!;
        var errors = new Queue<string>();
        var output = new LabelledWriter(label, System.Console.Error);
        process.ErrorDataReceived += (_, line) =>
        {
            if (string.IsNullOrWhiteSpace(line.Data)) return;
            lock (errors) errors.Enqueue(line.Data);
        };
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null) output.WriteLine(line.Data);
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(100)))
        {
            if (!interruption.Requested) continue;
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        process.WaitForExit();
        interruption.ThrowIfRequested();
        if (process.ExitCode != 0)
            throw new EngineException($"{_python} {Script} ended with exit code {process.ExitCode}: {(errors.Count > 0 ? errors.Last() : "it said nothing")}");
        try
        {
            using var stream = File.OpenRead(json);
            return CodelabRecord.Read<T>(stream);
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException)
        {
            throw new EngineException($"{Script} wrote something else than was expected: {e.Message}", e);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// A KERAS_HOME with the very data set that the port loads, from wherever it was found: both train on the same bytes,
    /// and nothing is downloaded twice.
    /// </summary>
    private sealed class Home : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("kerasport-parity-").FullName;

        public Home()
        {
            string target = System.IO.Path.Combine(Path, "datasets", "fashion-mnist");
            Directory.CreateDirectory(target);
            var (train, test) = tf.keras.datasets.fashion_mnist.load_data();
            NDArray[] arrays = [train.x_train, train.y_train, test.x_test, test.y_test];
            foreach (var (file, array) in FashionMnist.Packed.Zip(arrays)) Write(System.IO.Path.Combine(target, file.Name), array);
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);

        /// <summary>An idx file: two zeros, 8 for bytes, the rank, the dimensions in big-endian, the elements.</summary>
        private static void Write(string path, NDArray array)
        {
            if (!array.TryGetBytes(out byte[]? bytes, out _, out int offset)) throw new ArgumentException("The data set is one of bytes.", nameof(array));
            using var stream = new GZipStream(File.Create(path), CompressionLevel.NoCompression);
            stream.Write([0, 0, 8, (byte)array.ndim]);
            Span<byte> number = stackalloc byte[4];
            foreach (int dimension in array.shape)
            {
                BinaryPrimitives.WriteInt32BigEndian(number, dimension);
                stream.Write(number);
            }
            stream.Write(bytes, offset, array.size);
        }
    }
}
