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
    /// <param name="through">A command that starts the command line appended to it; by default one that undoes the ignored SIGINT that shells give
    /// to processes in the background.</param>
    /// <param name="tool">Another build of the tool.</param>
    public Tool(string folder, string[] arguments, Dictionary<string, string>? environment = null, string[]? through = null, string[]? tool = null)
    {
        string[] command = [.. through ?? (OperatingSystem.IsLinux() ? ["env", "--default-signal=INT"] : []), .. tool ?? Built, .. arguments];
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

    /// <summary>The command that starts the tool built with the tests.</summary>
    public static string[] Built { get; } = ["dotnet", Path.Combine(AppContext.BaseDirectory, "kerasport.dll")];

    /// <summary>Whether the process has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Runs to the end.</summary>
    public static (int ExitCode, string Output, string Error) Run(
        string folder, string[] arguments, Dictionary<string, string>? environment = null, string[]? through = null, string[]? tool = null)
    {
        using var started = new Tool(folder, arguments, environment, through, tool);
        return started.Finish();
    }

    /// <summary>Waits for a time, or until the process ends.</summary>
    public void Wait(double seconds) => _process.WaitForExit(TimeSpan.FromSeconds(seconds));

    /// <summary>Waits until it has worked and then used no processor time for half a second: it is blocked.</summary>
    public void WaitUntilIdle()
    {
        var (before, now) = (TimeSpan.Zero, TimeSpan.Zero);
        do
        {
            Thread.Sleep(500);
            _process.Refresh();
            (before, now) = (now, _process.TotalProcessorTime);
        }
        while (now != before || now == TimeSpan.Zero);
    }

    /// <summary>Waits until the output contains one of these texts.</summary>
    public void WaitFor(params string[] texts)
    {
        var buffer = new char[4096];
        while (!texts.Any(_output.Contains))
        {
            int count = _process.StandardOutput.Read(buffer);
            if (count == 0) throw new InvalidOperationException($"The tool ended without '{string.Join("' or '", texts)}': {_output} {_error.Result}");
            _output += new string(buffer, 0, count);
        }
    }

    /// <summary>
    /// Sends INT, TERM …; on Linux also to its child processes, or, where setsid started it, to all of its group, as a
    /// terminal does.
    /// </summary>
    public void Signal(string name, bool toChild = false, bool toGroup = false)
    {
        string id = toGroup ? $"-{_process.Id}" : $"{_process.Id}";
        if (toChild) id = File.ReadAllText($"/proc/{id}/task/{id}/children").Trim();
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-" + name, "--", id]) { RedirectStandardError = true })!;    // It may have ended.
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
