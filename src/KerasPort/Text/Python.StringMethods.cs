using System.Globalization;

namespace KerasPort;

/// <content>The methods of Python's <c>str</c> that programs use of names and lines.</content>
public static partial class Python
{
    /// <summary>The first letter large, all others small.</summary>
    public static string capitalize(this string text) => text.Length == 0 ? "" : text[..1].upper() + text[1..].lower();

    /// <summary>Whether a text ends with another.</summary>
    public static bool endswith(this string text, string suffix) => text.EndsWith(suffix, StringComparison.Ordinal);

    /// <summary>Texts as one, with this one between them.</summary>
    public static string join(this string separator, IEnumerable<string> parts) => string.Join(separator, parts);

    /// <summary>In small letters.</summary>
    public static string lower(this string text) => text.ToLower(CultureInfo.InvariantCulture);

    /// <summary>With each place of a text replaced by another.</summary>
    public static string replace(this string text, string old, string @new) => old.Length > 0 ? text.Replace(old, @new, StringComparison.Ordinal)
        : @new + string.Concat(text.EnumerateRunes().Select(letter => letter + @new));

    /// <summary>The parts between white space, or between each two separators.</summary>
    /// <exception cref="ValueError">The separator is empty.</exception>
    public static List<string> split(this string text, string? sep = null) => sep switch
    {
        null => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)],
        "" => throw new ValueError("empty separator"),
        _ => [.. text.Split(sep)],
    };

    /// <summary>Whether a text begins with another.</summary>
    public static bool startswith(this string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal);

    /// <summary>Without white space, or without those letters, at both ends.</summary>
    public static string strip(this string text, string? chars = null) => chars is null ? text.Trim() : text.Trim(chars.ToCharArray());

    /// <summary>In large letters.</summary>
    public static string upper(this string text) => text.ToUpper(CultureInfo.InvariantCulture);
}
