namespace KerasPort;

/// <summary>The base of every exception that the library throws on purpose. The message is one line for a person.</summary>
public abstract class KerasException(string message, Exception? inner = null) : Exception(OneLine(message), inner)
{
    /// <summary>
    /// Whether a character would end a line, or change how the rest of it is read: control characters, separators of lines and paragraphs,
    /// turns of direction.
    /// </summary>
    private protected static bool Upsets(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029'
        or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    // What was given, a name or a path, may hold anything.
    private static string OneLine(string message) => !message.Any(Upsets) ? message : string.Concat(message.Select(c => !Upsets(c) ? c.ToString()
        : c switch { '\n' => @"\n", '\r' => @"\r", '\t' => @"\t", _ => $@"\u{(int)c:x4}" }));
}

/// <summary>A value that does not fit, where Python Keras raises <c>ValueError</c>: a shape, a label, an unknown name.</summary>
public sealed class ValueError(string message, Exception? inner = null) : KerasException(message, inner)
{
    /// <summary>The error of a tuple with more or fewer variables than there are values, in Python's words.</summary>
    internal static ValueError Unpacking(int expected, int got) =>
        new($"{(got < expected ? "not enough" : "too many")} values to unpack (expected {expected}, got {got})");
}

/// <summary>Training came to something that can't be gone on with, such as a loss that is no number.</summary>
public sealed class RuntimeError(string message, Exception? inner = null) : KerasException(message, inner);

/// <summary>A matrix that has no inverse or isn't square, where numpy raises <c>numpy.linalg.LinAlgError</c>.</summary>
public sealed class LinAlgError(string message) : KerasException(message);

/// <summary>Something of the wrong kind, where Python Keras raises <c>TypeError</c>.</summary>
public sealed class TypeError(string message, Exception? inner = null) : KerasException(message, inner);

/// <summary>A number is too large, or too small, for the type that it is put into: Python's OverflowError.</summary>
public sealed class OverflowError(string message) : KerasException(message);

/// <summary>Arrays aren't what <c>np.testing</c> was told that they are.</summary>
public sealed class AssertionError(string message, Exception? inner = null) : KerasException(message, inner);

/// <summary>A data set that is missing, cut short or not the file it should be.</summary>
public sealed class DatasetException(string message, Exception? inner = null) : KerasException(message, inner);

/// <summary>An engine or a device that was asked for and is not there.</summary>
public sealed class EngineException(string message, Exception? inner = null) : KerasException(message, inner);

/// <summary>Processes can't train together, or one of those that do was lost.</summary>
public sealed class DistributionException(string message, Exception? inner = null) : KerasException(message, inner);

/// <summary>
/// A model file that is damaged, hostile, or holds something that this library hasn't. The one exception that reading a model's bytes
/// throws, whatever they are.
/// </summary>
public sealed class ModelFormatException : KerasException
{
    internal ModelFormatException(string? place, string reason, Exception? inner = null, string? file = null, bool isUnsupported = false)
        : base(string.Join(": ", new[] { file, place, reason }.Where(part => !string.IsNullOrEmpty(part)).Select(part => Printable(part!))), inner) =>
        (File, Place, Reason, IsUnsupported) = (file, place, reason, isUnsupported);

    /// <summary>The file's path; <c>null</c> for text that came from none.</summary>
    public string? File { get; }

    /// <summary>Where in the file: a member, a layer, a setting, an HDF5 path.</summary>
    public string? Place { get; }

    /// <summary>What was expected there, and what was found.</summary>
    public string Reason { get; }

    /// <summary>Whether the file names something that Keras may have and this library hasn't, rather than being damaged.</summary>
    internal bool IsUnsupported { get; }

    /// <summary>Text from a file as a terminal may be shown it: no control character, and not without end.</summary>
    internal static string Printable(string text)
    {
        const int longest = 600;
        var shown = text.AsSpan(0, Math.Min(text.Length, longest));
        return string.Concat(shown.ToString().Select(c => Upsets(c) ? '\uFFFD' : c)) + (text.Length > longest ? "…" : "");
    }

    internal ModelFormatException In(string file) => new(Place, Reason, this, file, IsUnsupported);
}

/// <summary>A checkpoint that isn't whole, or is of another training.</summary>
public sealed class CheckpointException(string message, Exception? inner = null) : KerasException(message, inner);
