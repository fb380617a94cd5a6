using System.Text.Json.Nodes;

namespace KerasPort.Tests.Console;

/// <summary>The part of a report in which two runs of the same command must agree to the last bit: everything but times, memory and paths.</summary>
internal static class Comparable
{
    private static readonly string[] s_free = ["epoch_seconds", "evaluate_seconds", "peak_memory_bytes", "layer_seconds"];

    public static string Of(string reportPath)
    {
        var report = JsonNode.Parse(File.ReadAllText(reportPath))!;
        var runs = report["runs"]!.AsArray();
        foreach (var run in runs)
            foreach (string name in s_free) run!.AsObject().Remove(name);
        return $"interrupted: {report["interrupted"]}\n{runs.ToJsonString()}";
    }
}
