using System.Globalization;

namespace KerasPort;

/// <content>The methods of Python's <c>str</c> that programs use of names and lines.</content>
public static partial class Python
{
    /// <summary>The first letter large, all others small.</summary>
    public static string capitalize(this string text) => text.Length == 0 ? "" : text[..1].upper() + text[1..].lower();

    /// <summary>Whether a text ends with another.</summary>
    public static bool endswith(this string text, string suffix) => text.EndsWith(suffix, StringComparison.Ordinal);

    /// <summary>In the middle of so many places.</summary>
    public static string center(this string text, int width, char fillchar = ' ')
    {
        int missing = Math.Max(0, width - text.Length), before = missing / 2 + (missing & width & 1);
        return text.PadLeft(text.Length + before, fillchar).PadRight(text.Length + missing, fillchar);
    }

    /// <summary>How often a text is in this one, each letter counted once.</summary>
    public static int count(this string text, string sub) => sub.Length == 0 ? text.Length + 1 : text.Split(sub).Length - 1;

    /// <summary>Where a text first begins in this one; -1 where it doesn't.</summary>
    public static int find(this string text, string sub) => text.IndexOf(sub, StringComparison.Ordinal);

    /// <summary>Whether there are digits alone.</summary>
    public static bool isdigit(this string text) => text.Length > 0 && text.All(char.IsDigit);

    /// <summary>Texts as one, with this one between them.</summary>
    public static string join(this string separator, IEnumerable<string> parts) => string.Join(separator, parts);

    /// <summary>In so many places, from the left.</summary>
    public static string ljust(this string text, int width, char fillchar = ' ') => text.PadRight(Math.Max(0, width), fillchar);

    /// <summary>In small letters.</summary>
    public static string lower(this string text) => text.ToLower(CultureInfo.InvariantCulture);

    /// <summary>Without white space, or without those letters, at the front.</summary>
    public static string lstrip(this string text, string? chars = null) => chars is null ? text.TrimStart() : text.TrimStart(chars.ToCharArray());

    /// <summary>With each place of a text replaced by another.</summary>
    public static string replace(this string text, string old, string @new) => old.Length > 0 ? text.Replace(old, @new, StringComparison.Ordinal)
        : @new + string.Concat(text.EnumerateRunes().Select(letter => letter + @new));

    /// <summary>In so many places, from the right.</summary>
    public static string rjust(this string text, int width, char fillchar = ' ') => text.PadLeft(Math.Max(0, width), fillchar);

    /// <summary>Without white space, or without those letters, at the end.</summary>
    public static string rstrip(this string text, string? chars = null) => chars is null ? text.TrimEnd() : text.TrimEnd(chars.ToCharArray());

    /// <summary>The parts between white space, or between each two separators.</summary>
    /// <exception cref="ValueError">The separator is empty.</exception>
    public static List<string> split(this string text, string? sep = null) => sep switch
    {
        null => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)],
        "" => throw new ValueError("empty separator"),
        _ => [.. text.Split(sep)],
    };

    /// <summary>The lines, without what ends them.</summary>
    public static List<string> splitlines(this string text)
    {
        string[] lines = text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);
        return [.. lines[^1].Length == 0 ? lines[..^1] : lines];
    }

    /// <summary>Whether a text begins with another.</summary>
    public static bool startswith(this string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal);

    /// <summary>Without white space, or without those letters, at both ends.</summary>
    public static string strip(this string text, string? chars = null) => chars is null ? text.Trim() : text.Trim(chars.ToCharArray());

    /// <summary>The first letter of each word large, all others small.</summary>
    public static string title(this string text) =>
        string.Concat(text.Select((letter, i) => i > 0 && char.IsLetter(text[i - 1]) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter)));

    /// <summary>In large letters.</summary>
    public static string upper(this string text) => text.ToUpper(CultureInfo.InvariantCulture);

    /// <summary>With as many zeros in front, behind a sign, as so many places need.</summary>
    public static string zfill(this string text, int width) => text.Length > 0 && text[0] is '-' or '+'
        ? text[0] + text[1..].PadLeft(Math.Max(0, width - 1), '0') : text.PadLeft(Math.Max(0, width), '0');
}
