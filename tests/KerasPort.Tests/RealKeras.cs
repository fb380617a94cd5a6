using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace KerasPort.Tests;

/// <summary>The Python that has Keras, for tests that <see cref="Need.RealKeras">need</see> it.</summary>
internal static class RealKeras
{
    /// <summary>As KERASPORT_PYTHON names it; empty where nothing does.</summary>
    public static string Python { get; } = Environment.GetEnvironmentVariable("KERASPORT_PYTHON") ?? "";

    /// <summary>What a script among the fixtures prints, one JSON value; <paramref name="home"/> is where Keras keeps its data sets.</summary>
    public static JsonElement Ask(string script, string[] arguments, string? home = null)
    {
        var start = new ProcessStartInfo(Python, [Fixtures.Path(script), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (home is not null) start.Environment["KERAS_HOME"] = home;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return JsonDocument.Parse(answer).RootElement;
    }
}
