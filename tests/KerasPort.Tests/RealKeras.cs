using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace KerasPort.Tests;

/// <summary>The Python that has Keras, named by KERASPORT_PYTHON, for tests that ask it.</summary>
internal static class RealKeras
{
    /// <summary>Skips the test where there is none.</summary>
    public static string Require()
    {
        string? python = Environment.GetEnvironmentVariable("KERASPORT_PYTHON");
        if (string.IsNullOrEmpty(python)) Assert.Skip("KERASPORT_PYTHON names no Python that has Keras.");
        return python;
    }

    /// <summary>What a script among the fixtures prints, one JSON value; <paramref name="home"/> is where Keras keeps its data sets.</summary>
    public static JsonElement Ask(string script, string[] arguments, string? home = null)
    {
        var start = new ProcessStartInfo(Require(), [Fixtures.Path(script), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (home is not null) start.Environment["KERAS_HOME"] = home;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return JsonDocument.Parse(answer).RootElement;
    }
}
