using System.Text;

namespace KerasPort.TensorFlow;

/// <summary>
/// Where TensorFlow.Keras writes its progress, which <c>verbose: 0</c> doesn't stop: nowhere. After each batch it also sets
/// <see cref="Console.CursorLeft"/>, and .NET, which can't learn the row when standard input isn't a terminal, takes it for the first:
/// the cursor jumps to the top of the screen. So there it is saved before and put back before anything of ours is written.
/// </summary>
internal sealed class Quiet : TextWriter
{
    private static readonly bool s_jumps = !OperatingSystem.IsWindows() && !Console.IsOutputRedirected && Console.IsInputRedirected
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    private bool _saved;

    /// <summary>The only one.</summary>
    public static Quiet Instance { get; } = new();

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Called with the text of a batch, just before the cursor is set.</summary>
    public override void Write(string? value)
    {
        if (!s_jumps || _saved) return;
        Send("\e7"u8);
        _saved = true;
    }

    /// <summary>Puts the cursor back to where it was.</summary>
    public void PutCursorBack()
    {
        if (!_saved) return;
        Send("\e8"u8);
        _saved = false;
    }

    private static void Send(ReadOnlySpan<byte> sequence)
    {
        using var terminal = Console.OpenStandardOutput();
        terminal.Write(sequence);
    }
}
