using System.Diagnostics;

namespace KerasPort.Tests.Console;

/// <summary>The built tool as a process, as a user starts it.</summary>
internal sealed class Tool : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Task<string> _error;
    private string _output = "";

    /// <param name="folder">The current folder.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="environment">Variables to set.</param>
    /// <param name="through">A command that starts the command line that is appended to it; by default one that undoes an ignored SIGINT, which shells hand to what they start in the background.</param>
    public Tool(string folder, string[] arguments, Dictionary<string, string>? environment = null, string[]? through = null)
    {
        string dll = Path.Combine(AppContext.BaseDirectory, "kerasport.dll");
        string[] command = [.. through ?? (OperatingSystem.IsLinux() ? ["env", "--default-signal=INT"] : []), "dotnet", dll, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("KERASPORT_", StringComparison.Ordinal) && k != "KERASPORT_DATA").ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Runs to the end.</summary>
    public static (int ExitCode, string Output, string Error) Run(string folder, string[] arguments, Dictionary<string, string>? environment = null, string[]? through = null)
    {
        using var tool = new Tool(folder, arguments, environment, through);
        return tool.Finish();
    }

    /// <summary>Waits until the output holds a text.</summary>
    public void WaitFor(string text)
    {
        var buffer = new char[4096];
        while (!_output.Contains(text))
        {
            int count = _process.StandardOutput.Read(buffer);
            if (count == 0) throw new InvalidOperationException($"The tool ended without '{text}': {_output} {_error.Result}");
            _output += new string(buffer, 0, count);
        }
    }

    /// <summary>Sends INT, TERM …</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public (int ExitCode, string Output, string Error) Finish()
    {
        var rest = _process.StandardOutput.ReadToEndAsync();
        if (!_process.WaitForExit(Longest))
        {
            _process.Kill();
            throw new TimeoutException($"The tool still runs after {Longest}.");
        }
        return (_process.ExitCode, _output + rest.Result, _error.Result);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
