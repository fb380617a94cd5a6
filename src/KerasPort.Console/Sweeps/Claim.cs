using KerasPort.Saving;

namespace KerasPort.Console.Sweeps;

/// <summary>
/// A file that one process at a time holds, among all machines that share the folder. It is locked by the system, as those of checkpoints and of
/// the data's cache: the lock ends with its process, so that nothing waits for a killed one, and no clocks are compared. The file stays, because
/// a deleted one would keep nobody out.
/// </summary>
/// <remarks>
/// flock on Linux, which NFS passes on to its server since Linux 2.6.12. A mount without locks (nolock) lets two processes in: they then train
/// the same run to the same bits twice, and the later report replaces the earlier one whole.
/// </remarks>
internal sealed class Claim : IDisposable
{
    /// <summary>The locks of a shard on a run that it trains, of the run's own process, and of the sweep on its own files.</summary>
    public const string OfShard = ".shard.lock", OfProcess = ".process.lock", OfFolder = ".sweep.lock";

    private readonly FileStream _file;

    private Claim(FileStream file) => _file = file;

    /// <summary>The claim, or null while another process holds it.</summary>
    /// <exception cref="IOException">The file can't be created.</exception>
    public static Claim? TryTake(string path)
    {
        try
        {
            return new Claim(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        }
        catch (IOException e) when (e.HResult is 11 or 35 or unchecked((int)0x80070020)) // EWOULDBLOCK, ERROR_SHARING_VIOLATION
        {
            return null;
        }
        catch (Exception e) when (WholeFile.IsRefusal(e))
        {
            throw WholeFile.Refused("the sweep's lock ", path, e);
        }
    }

    /// <summary>Waits for the claim.</summary>
    /// <exception cref="IOException">The file can't be created.</exception>
    public static Claim Take(string path)
    {
        while (true)
        {
            if (TryTake(path) is { } claim) return claim;
            Thread.Sleep(20);
        }
    }

    public void Dispose() => _file.Dispose();
}
