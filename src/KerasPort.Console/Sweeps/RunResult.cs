using System.Text.Json;
using KerasPort.Console.Html;

namespace KerasPort.Console.Sweeps;

/// <summary>A damaged result in the folder of a sweep: truncated, changed, or of another run.</summary>
internal sealed class DamagedResultException(string message) : Exception(message);

/// <summary>The result of a run, or of its first epochs: the numbers of its report.</summary>
internal sealed class RunResult
{
    private readonly Dictionary<string, double[]> _history;
    private readonly Dictionary<string, double> _test;

    private RunResult(SweepRun run, int epochs, JsonElement report)
    {
        (Run, Epochs) = (run, epochs);
        if (report.GetProperty("config").ValueKind != JsonValueKind.Object || run.Differences(report.GetProperty("config")).ToArray() is not [])
            throw new FormatException($"it is of a run with another {run.Differences(report.GetProperty("config")).FirstOrDefault() ?? "config"}");
        if (report.Items("runs").ToArray() is not [var trained]) throw new FormatException("it isn't of one model");
        _history = trained.GetProperty("history").EnumerateObject().ToDictionary(metric => metric.Name, metric => metric.Value.Numbers());
        _test = trained.GetProperty("test").EnumerateObject().ToDictionary(metric => metric.Name,
            metric => metric.Value.ValueKind == JsonValueKind.Null ? double.NaN : metric.Value.GetDouble());
        if (_history.Count == 0 || _history.Values.Any(values => values.Length != epochs))
            throw new FormatException($"it is of {_history.Values.FirstOrDefault()?.Length ?? 0} epochs, expected {epochs}");
        Seconds = trained.GetProperty("epoch_seconds").Numbers().Sum();
        Weights = trained.Text("weights_sha256");
        if (Weights.Length != 64) throw new FormatException("it has no checksum of the weights");
    }

    public SweepRun Run { get; }

    public int Epochs { get; }

    /// <summary>The seconds of the training, over all of its parts.</summary>
    public double Seconds { get; }

    /// <summary>SHA-256 of the weights, in hexadecimal digits.</summary>
    public string Weights { get; }

    /// <summary>The names of the metrics measured in training.</summary>
    public IEnumerable<string> Metrics => _history.Keys;

    /// <summary>The values of a metric per epoch; empty where it wasn't measured.</summary>
    public double[] Curve(string metric) => _history.GetValueOrDefault(metric) ?? [];

    /// <summary>The value of a metric in the last epoch.</summary>
    public double Last(string metric) => _history.TryGetValue(metric, out var values) ? values[^1] : double.NaN;

    /// <summary>The value of a metric on the test images.</summary>
    public double Test(string metric) => _test.GetValueOrDefault(metric, double.NaN);

    /// <summary>Reads the report of a finished run; null where there is none, or an interrupted run's.</summary>
    /// <exception cref="DamagedResultException">The file can't be read, or isn't this run's report.</exception>
    public static RunResult? Read(string path, SweepRun run, int epochs)
    {
        byte[] json;
        try
        {
            json = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DamagedResultException($"cannot read the result: {FilePath.Unreadable(path, e)}");
        }
        try
        {
            return SavedReport.Read(json, report => report.GetProperty("interrupted").GetBoolean() ? null : new RunResult(run, epochs, report));
        }
        catch (Exception e) when (e is UsageException or ArgumentException)
        {
            throw new DamagedResultException($"the result '{path}' is damaged: {e.Message}; " +
                "it counts for nothing, and the shard it belongs to trains the run again");
        }
    }
}
