using System.Globalization;
using System.Text.Json;
using KerasPort.Console.Analysis;
using KerasPort.Console.Parity;
using KerasPort.Datasets;
using KerasPort.Engines;
using KerasPort.Layers;

namespace KerasPort.Console;

/// <summary>The JSON report of a run; <c>configs/report.schema.json</c> describes it.</summary>
internal sealed class Report(RunSettings settings, Engine engine)
{
    /// <summary>Increased when a reader of older reports would misread a newer one.</summary>
    private const int SchemaVersion = 1;

    private readonly DateTime _started = DateTime.UtcNow;

    public List<Recorder> Runs { get; } = [];

    /// <summary>The comparison with Python, when there was one.</summary>
    public ParityResult? Parity { get; set; }

    public byte[] ToJson(bool interrupted)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonText.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schema_version", SchemaVersion);
            json.WriteStartObject("tool");
            json.WriteString("name", CommandLine.Tool);
            json.WriteString("version", CommandLine.Version);
            json.WriteEndObject();
            json.WriteString("started", _started.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteBoolean("interrupted", interrupted);
            json.WritePropertyName("config");
            settings.Write(json);
            json.WritePropertyName("environment");
            Machine.Write(json);
            json.WriteStartObject("engine");
            json.WriteString("name", engine.name);
            json.WriteString("version", engine.version);
            json.WriteString("device", engine.device);
            json.WriteNumber("threads", engine.threads);
            json.WriteEndObject();
            json.WriteStartObject("dataset");
            json.WriteString("name", FashionMnist.Name);
            json.WriteStartObject("sha256");
            foreach (var file in FashionMnist.Files) json.WriteString(file.Name, file.Sha256);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartArray("runs");
            foreach (var run in Runs.ToArray())
            {
                lock (run.Lock) WriteRun(json, run);
            }
            json.WriteEndArray();
            json.WritePropertyName("parity");
            if (Parity is null) json.WriteNullValue();
            else lock (Parity) Parity.Write(json);
            json.WriteEndObject();
        }
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void WriteRun(Utf8JsonWriter json, Recorder run)
    {
        json.WriteStartObject();
        json.WriteString("model", run.ModelName);
        json.WriteStartArray("layers");
        foreach (var layer in run.Layers) WriteLayer(json, layer);
        json.WriteEndArray();
        json.WriteNumber("parameters", run.Layers.Sum(layer => layer.count_params()));
        JsonText.WriteNumber(json, "seed", run.Seed);
        json.WriteString("initial_weights_sha256", run.InitialWeights);
        json.WriteString("weights_sha256", run.Weights);
        json.WriteStartObject("history");
        foreach (var (name, values) in run.History) JsonText.WriteNumbers(json, name, values);
        json.WriteEndObject();
        JsonText.WriteNumbers(json, "epoch_seconds", run.EpochSeconds);
        if (run.Test is null) json.WriteNull("test");
        else
        {
            json.WriteStartObject("test");
            foreach (var (name, value) in run.Test) JsonText.WriteNumber(json, name, value);
            json.WriteEndObject();
        }
        JsonText.WriteNumber(json, "evaluate_seconds", run.EvaluateSeconds);
        json.WriteNumber("peak_memory_bytes", run.PeakMemoryBytes);
        json.WriteString("peak_memory_of", run.PeakMemoryIsOfModel ? "model" : "process so far");
        LayerClock.Write(json, run.LayerTimes);
        json.WritePropertyName("analysis");
        if (run.Analysis is null) json.WriteNullValue();
        else run.Analysis.Write(json);
        json.WriteEndObject();
    }

    private static void WriteLayer(Utf8JsonWriter json, Layer layer)
    {
        json.WriteStartObject();
        json.WriteString("name", layer.name);
        json.WriteString("class", layer.GetType().Name);
        json.WriteStartArray("output_shape");
        foreach (int? dimension in layer.output_shape ?? [])
        {
            if (dimension is { } size) json.WriteNumberValue(size);
            else json.WriteNullValue();
        }
        json.WriteEndArray();
        json.WriteNumber("parameters", layer.count_params());
        json.WriteEndObject();
    }
}
