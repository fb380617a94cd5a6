using System.Text;

namespace KerasPort.TensorFlow;

/// <summary>
/// Discards the progress that TensorFlow.Keras writes despite <c>verbose: 0</c>. After each batch it also sets
/// <see cref="Console.CursorLeft"/>, and .NET, which can't read the row when standard input isn't a terminal, takes it for the first:
/// the cursor jumps to the top of the screen. There the cursor is therefore saved before and restored before we write anything.
/// </summary>
internal sealed class Quiet : TextWriter
{
    private static readonly bool s_jumps = !OperatingSystem.IsWindows() && !Console.IsOutputRedirected && Console.IsInputRedirected
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    private bool _saved;

    /// <summary>The only instance.</summary>
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

    /// <summary>Restores the cursor's position.</summary>
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
