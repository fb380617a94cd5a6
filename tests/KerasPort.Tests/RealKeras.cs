using System.Diagnostics;
using System.Text.Json;

namespace KerasPort.Tests;

/// <summary>The Python that has Keras, for tests that <see cref="Need.RealKeras">need</see> it.</summary>
internal static class RealKeras
{
    /// <summary>The path in KERASPORT_PYTHON; empty where it isn't set.</summary>
    public static string Python { get; } = Environment.GetEnvironmentVariable("KERASPORT_PYTHON") ?? "";

    /// <summary>Runs a script of the fixtures and returns the JSON value that it prints; <paramref name="home"/> is Keras' folder for data sets.</summary>
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
