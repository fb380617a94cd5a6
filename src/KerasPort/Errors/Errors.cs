namespace KerasPort;

/// <summary>The base of all exceptions that the library throws on purpose. The message is a single line for a person to read.</summary>
public abstract class KerasException(string message, Exception? inner = null) : Exception(OneLine(message), inner)
{
    /// <summary>
    /// Whether a character ends a line or changes how the rest of it is displayed: control characters, separators of lines and paragraphs, and marks of the
    /// writing direction.
    /// </summary>
    private protected static bool Upsets(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029'
        or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    // Names and paths in a message may contain any character.
    private static string OneLine(string message) => !message.Any(Upsets) ? message : string.Concat(message.Select(c => !Upsets(c) ? c.ToString()
        : c switch { '\n' => @"\n", '\r' => @"\r", '\t' => @"\t", _ => $@"\u{(int)c:x4}" }));
}

/// <summary>A value doesn't fit: a shape, a label, an unknown name. Python Keras raises <c>ValueError</c>.</summary>
public sealed class ValueError(string message, Exception? inner = null) : KerasException(message, inner)
{
    /// <summary>The error of deconstructing into more or fewer variables than there are values, with Python's message.</summary>
    internal static ValueError Unpacking(int expected, int got) =>
        new($"{(got < expected ? "not enough" : "too many")} values to unpack (expected {expected}, got {got})");
}

/// <summary>Training can't continue, such as after a loss that isn't finite.</summary>
public sealed class RuntimeError(string message, Exception? inner = null) : KerasException(message, inner);

/// <summary>A matrix has no inverse or isn't square. numpy raises <c>numpy.linalg.LinAlgError</c>.</summary>
public sealed class LinAlgError(string message) : KerasException(message);

/// <summary>An argument is of the wrong type. Python Keras raises <c>TypeError</c>.</summary>
public sealed class TypeError(string message, Exception? inner = null) : KerasException(message, inner);

/// <summary>A number is out of the range of the type that it is converted to: Python's OverflowError.</summary>
public sealed class OverflowError(string message) : KerasException(message);

/// <summary>An assertion of a program or of <c>np.testing</c> doesn't hold.</summary>
public sealed class AssertionError(string message, Exception? inner = null) : KerasException(message, inner);

/// <summary>A data set is missing, cut short, or not the expected file.</summary>
public sealed class DatasetException(string message, Exception? inner = null) : KerasException(message, inner);

/// <summary>An engine or a device that was asked for isn't available.</summary>
public sealed class EngineException(string message, Exception? inner = null) : KerasException(message, inner);

/// <summary>Processes can't train together, or one of them was lost.</summary>
public sealed class DistributionException(string message, Exception? inner = null) : KerasException(message, inner);

/// <summary>
/// A model file is damaged, malicious, or contains something that this library doesn't support. It is the only exception that reading a model's bytes
/// throws, whatever they are.
/// </summary>
public sealed class ModelFormatException : KerasException
{
    internal ModelFormatException(string? place, string reason, Exception? inner = null, string? file = null, bool isUnsupported = false)
        : base(string.Join(": ", new[] { file, place, reason }.Where(part => !string.IsNullOrEmpty(part)).Select(part => Printable(part!))), inner) =>
        (File, Place, Reason, IsUnsupported) = (file, place, reason, isUnsupported);

    /// <summary>The file's path; <c>null</c> if there is none.</summary>
    public string? File { get; }

    /// <summary>The place in the file: a member, a layer, a setting, an HDF5 path.</summary>
    public string? Place { get; }

    /// <summary>The expectation at that place, and what was found.</summary>
    public string Reason { get; }

    /// <summary>Whether the file contains something that this library doesn't support, rather than being damaged.</summary>
    internal bool IsUnsupported { get; }

    /// <summary>Text from a file, made safe for a terminal: no control characters, and limited in length.</summary>
    internal static string Printable(string text)
    {
        const int longest = 600;
        var shown = text.AsSpan(0, Math.Min(text.Length, longest));
        return string.Concat(shown.ToString().Select(c => Upsets(c) ? '\uFFFD' : c)) + (text.Length > longest ? "…" : "");
    }

    internal ModelFormatException In(string file) => new(Place, Reason, this, file, IsUnsupported);
}

/// <summary>A checkpoint is incomplete, or belongs to another training.</summary>
public sealed class CheckpointException(string message, Exception? inner = null) : KerasException(message, inner);
