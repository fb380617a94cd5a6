using System.Globalization;

namespace KerasPort;

/// <content>The methods of Python's <c>str</c> that programs use on names and lines.</content>
public static partial class Python
{
    /// <summary>The text with its first letter in upper case, all others in lower case.</summary>
    public static string capitalize(this string text) => text.Length == 0 ? "" : text[..1].upper() + text[1..].lower();

    /// <summary>Whether the text ends with another.</summary>
    public static bool endswith(this string text, string suffix) => text.EndsWith(suffix, StringComparison.Ordinal);

    /// <summary>The text centred in that width.</summary>
    public static string center(this string text, int width, char fillchar = ' ')
    {
        int missing = Math.Max(0, width - text.Length), before = missing / 2 + (missing & width & 1);
        return text.PadLeft(text.Length + before, fillchar).PadRight(text.Length + missing, fillchar);
    }

    /// <summary>The number of occurrences of a text in this one, without overlaps.</summary>
    public static int count(this string text, string sub) => sub.Length == 0 ? text.Length + 1 : text.Split(sub).Length - 1;

    /// <summary>The index at which a text first occurs in this one; -1 if it doesn't.</summary>
    public static int find(this string text, string sub) => text.IndexOf(sub, StringComparison.Ordinal);

    /// <summary>Whether the text has digits only, and at least one.</summary>
    public static bool isdigit(this string text) => text.Length > 0 && text.All(char.IsDigit);

    /// <summary>The texts concatenated, with this one between them.</summary>
    public static string join(this string separator, IEnumerable<string> parts) => string.Join(separator, parts);

    /// <summary>The text left-aligned in that width.</summary>
    public static string ljust(this string text, int width, char fillchar = ' ') => text.PadRight(Math.Max(0, width), fillchar);

    /// <summary>The text in lower case.</summary>
    public static string lower(this string text) => text.ToLower(CultureInfo.InvariantCulture);

    /// <summary>The text without leading white space, or without those leading characters.</summary>
    public static string lstrip(this string text, string? chars = null) => chars is null ? text.TrimStart() : text.TrimStart(chars.ToCharArray());

    /// <summary>The text with each occurrence of a text replaced by another.</summary>
    public static string replace(this string text, string old, string @new) => old.Length > 0 ? text.Replace(old, @new, StringComparison.Ordinal)
        : @new + string.Concat(text.EnumerateRunes().Select(letter => letter + @new));

    /// <summary>The text right-aligned in that width.</summary>
    public static string rjust(this string text, int width, char fillchar = ' ') => text.PadLeft(Math.Max(0, width), fillchar);

    /// <summary>The text without trailing white space, or without those trailing characters.</summary>
    public static string rstrip(this string text, string? chars = null) => chars is null ? text.TrimEnd() : text.TrimEnd(chars.ToCharArray());

    /// <summary>The parts between white space, or between separators.</summary>
    /// <exception cref="ValueError">The separator is empty.</exception>
    public static List<string> split(this string text, string? sep = null) => sep switch
    {
        null => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)],
        "" => throw new ValueError("empty separator"),
        _ => [.. text.Split(sep)],
    };

    /// <summary>The lines, without their ends.</summary>
    public static List<string> splitlines(this string text)
    {
        string[] lines = text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);
        return [.. lines[^1].Length == 0 ? lines[..^1] : lines];
    }

    /// <summary>Whether the text begins with another.</summary>
    public static bool startswith(this string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal);

    /// <summary>The text without white space, or without those characters, at both ends.</summary>
    public static string strip(this string text, string? chars = null) => chars is null ? text.Trim() : text.Trim(chars.ToCharArray());

    /// <summary>The text with the first letter of each word in upper case, all others in lower case.</summary>
    public static string title(this string text) =>
        string.Concat(text.Select((letter, i) => i > 0 && char.IsLetter(text[i - 1]) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter)));

    /// <summary>The text in upper case.</summary>
    public static string upper(this string text) => text.ToUpper(CultureInfo.InvariantCulture);

    /// <summary>The text padded to that width with zeros in front, but after a sign.</summary>
    public static string zfill(this string text, int width) => text.Length > 0 && text[0] is '-' or '+'
        ? text[0] + text[1..].PadLeft(Math.Max(0, width - 1), '0') : text.PadLeft(Math.Max(0, width), '0');
}
