using System.Text;

namespace KerasPort.Console.Parity;

/// <summary>Puts a label before each line, because both programs print the same words.</summary>
internal sealed class LabelledWriter(string label, TextWriter target) : TextWriter
{
    private bool _within;

    public override Encoding Encoding => target.Encoding;

    public override void Write(char value)
    {
        // A progress bar returns to the start of its line.
        if (!_within && value is not ('\n' or '\r')) target.Write($"{label}: ");
        _within = value is not ('\n' or '\r');
        target.Write(value);
    }

    public override void Write(string? value)
    {
        foreach (char c in value ?? "") Write(c);
    }

    public override void Flush() => target.Flush();
}
