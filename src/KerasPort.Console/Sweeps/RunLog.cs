using KerasPort.Saving;

namespace KerasPort.Console.Sweeps;

/// <summary>
/// The output of a run, appended to that of its earlier starts. A full disk ends a run at its checkpoint or report, which report it,
/// but not at its log: lines that don't fit are dropped.
/// </summary>
internal sealed class RunLog : IDisposable
{
    private readonly StreamWriter _file;
    private readonly Lock _one = new();

    /// <exception cref="IOException">The file can't be created.</exception>
    public RunLog(string path)
    {
        try
        {
            _file = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)) { AutoFlush = true };
        }
        catch (Exception e) when (WholeFile.IsRefusal(e))
        {
            throw WholeFile.Refused("the run's log ", path, e);
        }
    }

    public void Write(string? line)
    {
        if (line is null) return;
        lock (_one) Try(() => _file.WriteLine(line));
    }

    public void Dispose() => Try(_file.Dispose);

    private static void Try(Action write)
    {
        try { write(); }
        catch (Exception e) when (WholeFile.IsRefusal(e)) { }
    }
}
