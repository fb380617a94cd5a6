using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace KerasPort;

/// <summary>The library's measurements, on the meter <c>KerasPort</c>. They cost nothing while nobody listens.</summary>
internal static class Telemetry
{
    /// <summary>The meter's name.</summary>
    public const string Name = "KerasPort";

    private static readonly Meter s_meter = new(Name);

    /// <summary>Tags: <c>layer</c> (names with + between where layers run as one) and <c>pass</c>, forward or backward.</summary>
    public static readonly Histogram<double> LayerDuration = s_meter.CreateHistogram<double>(
        "kerasport.layer.duration", "s", "One pass of a training batch through a layer. Not on engines that run ahead of the host.");

    /// <summary>Records how long a pass took that began at that timestamp.</summary>
    public static void Record(string layer, string pass, long began) =>
        LayerDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new("layer", layer), new("pass", pass));
}
