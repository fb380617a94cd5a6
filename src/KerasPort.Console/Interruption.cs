using System.Runtime.InteropServices;

namespace KerasPort.Console;

/// <summary>
/// Handles SIGINT, SIGTERM and SIGHUP (a closed terminal). The first signal asks the run to end after its batch; if it hasn't after a few seconds (a
/// download, a huge batch), it is ended from here. A second signal ends it at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    // Docker and systemd allow 10 s or more; people expect it sooner.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly PosixSignalRegistration[] _registrations;
    private readonly Action _end;
    private volatile int _exitCode;
    private volatile bool _left;
    private Timer? _timer;

    /// <param name="end">Saves what there is if the run itself doesn't get to it.</param>
    public Interruption(Action end)
    {
        _end = end;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => On(signal, Console.ExitCode.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => On(signal, Console.ExitCode.Terminated)),
            .. IsIgnored(1) ? Array.Empty<PosixSignalRegistration>() :
                [PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => On(signal, Console.ExitCode.HungUp))],
        ];
    }

    public bool Requested => _exitCode != 0;

    public int ExitCode => _exitCode;

    /// <exception cref="OperationCanceledException">The run was asked to end.</exception>
    public void ThrowIfRequested()
    {
        if (Requested) throw new OperationCanceledException("interrupted");
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _timer?.Dispose();
    }

    /// <summary>Whether the tool was started with this signal ignored, as by nohup.</summary>
    private static bool IsIgnored(int signal)
    {
        const string status = "/proc/self/status";
        if (!File.Exists(status)) return false;
        string? mask = File.ReadLines(status).FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        return mask is not null && (Convert.ToUInt64(mask["SigIgn:".Length..].Trim(), 16) >> (signal - 1) & 1) != 0;
    }

    /// <summary>Ends the run because its parent is gone or asks for it: as SIGTERM, but a signal after it doesn't count as a second one.</summary>
    public void Leave()
    {
        _left = true;
        Ask(Console.ExitCode.Terminated);
    }

    private void On(PosixSignalContext signal, int exitCode)
    {
        signal.Cancel = true;
        if (!Ask(exitCode) && !_left) Environment.Exit(_exitCode);
        _left = false;
    }

    /// <summary>Asks the run to end; returns whether this is the first request.</summary>
    private bool Ask(int exitCode)
    {
        if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0) return false;
        RunRanks.Interrupt(exitCode);
        _timer = new Timer(_ => End(exitCode), null, Patience, Timeout.InfiniteTimeSpan);
        return true;
    }

    private void End(int exitCode)
    {
        try
        {
            _end();
        }
        catch (Exception e)
        {
            exitCode = CommandLine.Fail(e, System.Console.Error);
        }
        Environment.Exit(exitCode);
    }
}
