using System.Globalization;
using System.Text;
using KerasPort.Saving;

namespace KerasPort.Console;

/// <summary>
/// Standard output or standard error, whose disk may be full or whose reader may be gone. Output that can't be written is dropped and the first failure
/// remembered, so that a training goes on to its report. A reader that stops early (<c>| head -1</c>) is no failure; the runtime drops the rest.
/// </summary>
internal sealed class StandardOutput(TextWriter inner) : TextWriter(CultureInfo.InvariantCulture)
{
    private const string Descriptor = "/proc/self/fdinfo/1";

    /// <summary>Why output was dropped; null where none was.</summary>
    public string? Refusal { get; private set; }

    public override Encoding Encoding => inner.Encoding;

    /// <summary>Runs the work with both outputs guarded so.</summary>
    /// <returns>The work's exit code; where that is 0 and standard output couldn't be written, the code of an I/O error.</returns>
    public static int While(Func<int> work)
    {
        var output = IsClosed() ? new StandardOutput(Null) { Refusal = "it is closed" } : new StandardOutput(System.Console.Out);
        System.Console.SetOut(output);
        System.Console.SetError(new StandardOutput(System.Console.Error));
        bool closed = output.Refusal is not null;
        int code = work();
        if (output.Refusal is null || (closed && !output._used)) return code;
        int refused = CommandLine.Fail(new IOException($"cannot write to standard output: {output.Refusal}"), System.Console.Error);
        return code == ExitCode.Ok ? refused : code;
    }

    public override void Write(char value) => Try(writer => writer.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(writer => writer.Write(buffer, index, count));

    public override void Write(string? value) => Try(writer => writer.Write(value));

    public override void WriteLine(string? value) => Try(writer => writer.WriteLine(value));

    public override void WriteLine() => Try(writer => writer.WriteLine());

    public override void Flush() => Try(writer => writer.Flush(), isContent: false);

    private bool _used;

    private void Try(Action<TextWriter> write, bool isContent = true)
    {
        _used |= isContent;
        if (Refusal is not null) return;
        try
        {
            write(inner);
        }
        catch (Exception e) when (WholeFile.IsRefusal(e))
        {
            Refusal = e is UnauthorizedAccessException ? "it is closed" : e.Message.Split(" : '")[0].TrimEnd('.');
        }
    }

    /// <summary>
    /// Whether the tool was started without a standard output (<c>&gt;&amp;-</c>). The next file that the runtime opened then has its descriptor, and
    /// isn't to be written to. Files that the runtime opens are closed on exec; an inherited descriptor isn't.
    /// </summary>
    private static bool IsClosed()
    {
        const int closeOnExec = 0x80000;
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            string? flags = File.ReadLines(Descriptor).FirstOrDefault(line => line.StartsWith("flags:", StringComparison.Ordinal));
            return flags is not null && (Convert.ToInt32(flags["flags:".Length..].Trim(), 8) & closeOnExec) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without /proc nothing is known until a write fails.
            return e is FileNotFoundException && Directory.Exists("/proc/self/fd");
        }
    }
}
