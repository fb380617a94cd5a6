using KerasPort.Saving;

namespace KerasPort.Tests.Saving;

/// <summary>
/// A disk whose N-th step fails: a write is half done, any other step not at all. When the power fails, no later step is done either,
/// so that nothing can be cleaned up.
/// </summary>
internal sealed class FaultyDisk(int failing, bool powerGoes) : Disk
{
    private int _steps;

    /// <summary>Whether fewer steps than N were made.</summary>
    public bool WasSpared => _steps < failing;

    public override FileStream Create(string path)
    {
        Step();
        return base.Create(path);
    }

    public override void Write(FileStream file, ReadOnlySpan<byte> part)
    {
        if (_steps + 1 == failing) base.Write(file, part[..(part.Length / 2)]);
        Step();
        base.Write(file, part);
    }

    public override void Flush(FileStream file)
    {
        Step();
        base.Flush(file);
    }

    public override void Rename(string from, string to)
    {
        Step();
        base.Rename(from, to);
    }

    public override void Delete(string path)
    {
        Step();
        base.Delete(path);
    }

    public override void FlushFolder(string path)
    {
        Step();
        base.FlushFolder(path);
    }

    private void Step()
    {
        _steps++;
        if (_steps == failing || (powerGoes && _steps > failing)) throw new IOException("No space left on device");
    }
}
