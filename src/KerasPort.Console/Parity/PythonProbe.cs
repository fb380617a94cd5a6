using System.Diagnostics;

namespace KerasPort.Console.Parity;

/// <summary>Whether a program is a Python that can run the codelab.</summary>
internal static class PythonProbe
{
    // Keras is located, not imported, which would take seconds. No other program answers with the sum.
    private const string Question = """
        import importlib.metadata as m, importlib.util as u
        version = next(iter(d.version for d in m.distributions(name='keras')), '') if u.find_spec('keras') else ''
        print('python', 6 * 7, version or '-', ','.join(n for n in ('keras', 'tensorflow', 'numpy') if u.find_spec(n) is None) or '-')
        """;

    /// <summary>The longest wait: a Python answers within a second, on a slow disk later.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Why a program can't run the codelab; null when it can.</summary>
    /// <param name="python">The program.</param>
    /// <param name="variable">Reads an environment variable.</param>
    public static string? WhyNot(string python, Func<string, string?> variable)
    {
        // The codelab is written for TensorFlow's Keras, and a seed gives the port's weights on that backend alone.
        if (variable("KERAS_BACKEND") is { Length: > 0 } backend && backend != "tensorflow")
            return $"KERAS_BACKEND is {backend}, and a seed gives other weights there; set it to tensorflow";
        if (variable("TF_USE_LEGACY_KERAS") is "1" or "true" or "True") return "TF_USE_LEGACY_KERAS takes Keras 2; unset it";
        if (Directory.Exists(python)) return "it is a folder; name the program in it";
        try
        {
            using var process = Process.Start(Start(python, "-c", Question))!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return $"it doesn't answer within {Patience.TotalSeconds} s";
            }
            string[] answer = output.Result.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (process.ExitCode != 0) return $"it ends with exit code {process.ExitCode}{Last(errors.Result)}";
            if (answer is not ["python", "42", var version, var lacks]) return "it doesn't answer as Python does";
            if (lacks != "-") return $"it has no {lacks.Replace(",", " and no ")}";
            return version == "-" || version.StartsWith("3.", StringComparison.Ordinal) ? null : $"its Keras is {version}, expected 3";
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return File.Exists(python) ? "it can't be started, it is no program or may not be run" : "it can't be started, there is none";
        }
    }

    /// <summary>How a Python is started to read its output. It gets no input of ours.</summary>
    public static ProcessStartInfo Start(string python, params string[] arguments) =>
        new(python, arguments)
        { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, Environment = { ["PYTHONUNBUFFERED"] = "1" } };

    private static string Last(string errors) => errors.Trim().Split('\n')[^1] is { Length: > 0 } line ? $": {line.Trim()}" : "";
}
