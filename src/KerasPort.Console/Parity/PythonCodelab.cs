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
    /// <exception cref="EngineException">There is none.</exception>
    public static PythonCodelab Find(string? option, Func<string, string?> variable)
    {
        string? named = option ?? (variable("KERASPORT_PYTHON") is { Length: > 0 } given ? given : null);
        string[] candidates = named is not null ? [named] : ["python3", "python"];
        var reasons = new List<string>();
        foreach (string candidate in candidates)
        {
            if (WhyNot(candidate) is not { } reason) return new PythonCodelab(candidate);
            reasons.Add($"{candidate} {reason}");
        }
        throw new EngineException($"no Python with Keras: {string.Join(", ", reasons)}. Install it (pip install keras tensorflow), "
            + "name a Python that has it with --python or KERASPORT_PYTHON, or compare with recorded runs (--recorded).");
    }

    /// <summary>Runs it to its end; what it prints goes to stderr.</summary>
    /// <exception cref="EngineException">It failed.</exception>
    /// <exception cref="OperationCanceledException">A signal came.</exception>
    public CodelabRecord Run(string model, long seed, RunSettings settings, Interruption interruption)
    {
        using var folder = new Home();
        string json = Path.Combine(folder.Path, "codelab.json");
        string verbose = settings.Get(Settings.Verbose) is int level ? $"{level}" : "2";
        var start = Start(_python,
            Script, "--json", json, "--model", model, "--seed", Text(seed), "--epochs", Text(settings.Get(Settings.Epochs)),
            "--batch-size", Text(settings.Get(Settings.BatchSize)), "--verbose", verbose);
        start.Environment["KERAS_HOME"] = folder.Path;
        using var process = Process.Start(start)!;
        var errors = new Queue<string>();
        process.ErrorDataReceived += (_, line) =>
        {
            if (string.IsNullOrWhiteSpace(line.Data)) return;
            lock (errors) errors.Enqueue(line.Data);
        };
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null) System.Console.Error.WriteLine(line.Data);
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
        using var stream = File.OpenRead(json);
        try
        {
            return CodelabRecord.Read<CodelabRecord>(stream);
        }
        catch (JsonException e)
        {
            throw new EngineException($"{Script} wrote something else than was expected: {e.Message}", e);
        }
    }

    /// <summary>What keeps a Python from running the codelab; null when nothing does.</summary>
    private static string? WhyNot(string python)
    {
        try
        {
            // Found, not imported: that would take seconds.
            using var process = Process.Start(Start(python, "-c",
                "import importlib.util as u; print(' and '.join(m for m in ('keras', 'numpy') if u.find_spec(m) is None))"))!;
            var errors = process.StandardError.ReadToEndAsync();
            string lacks = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            errors.Wait();
            return process.ExitCode != 0 ? $"ends with exit code {process.ExitCode}" : lacks.Length > 0 ? $"has no {lacks}" : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "can't be started";
        }
    }

    private static ProcessStartInfo Start(string python, params string[] arguments) =>
        new(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["PYTHONUNBUFFERED"] = "1" } };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// A folder of Keras' own with the very data set that the port loads, wherever that was: both train on the same bytes,
    /// and nothing is fetched twice.
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
