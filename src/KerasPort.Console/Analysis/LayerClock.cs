using System.Diagnostics.Metrics;
using System.Text.Json;

namespace KerasPort.Console.Analysis;

/// <summary>Measures how long each layer takes on the thread that created this clock, until it is disposed of. Other threads may train other models.</summary>
internal sealed class LayerClock : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<(string Layer, List<double> Forward, List<double> Backward)> _layers = [];

    public LayerClock()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // The meter is compared by name: instruments may be published before the field that holds it is set.
            if (instrument.Meter.Name == Telemetry.Name) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>(Add);
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>Writes medians, since the first steps wait for the compiler, and some for other processes.</summary>
    public static void Write(Utf8JsonWriter json, LayerClock? clock)
    {
        json.WriteStartArray("layer_seconds");
        foreach (var (layer, forward, backward) in clock?._layers ?? [])
        {
            json.WriteStartObject();
            json.WriteString("layer", layer);
            json.WriteNumber("forward", Median(forward));
            json.WriteNumber("backward", Median(backward));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void Add(Instrument instrument, double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread) return;
        string layer = (string)tags[0].Value!;
        int at = _layers.FindIndex(l => l.Layer == layer);
        if (at < 0)
        {
            at = _layers.Count;
            _layers.Add((layer, [], []));
        }
        ((string)tags[1].Value! == "forward" ? _layers[at].Forward : _layers[at].Backward).Add(seconds);
    }

    private static double Median(List<double> values) => values.Count == 0 ? 0 : values.Order().ElementAt(values.Count / 2);
}
