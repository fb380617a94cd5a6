using System.Globalization;

namespace KerasPort.Console;

/// <summary>
/// The codelab's exercises as names: <c>baseline</c>, and <c>cnn-F1-F2-…</c> with a convolution and a pooling for each F
/// before the baseline's layers.
/// </summary>
internal static class ModelName
{
    // After three convolutions and poolings an image of 28x28 is 1x1, and no fourth convolution fits.
    private const int MostConvolutions = 3;

    public const string Allowed = "baseline, or cnn-F1, cnn-F1-F2, cnn-F1-F2-F3 with 1 to 999 filters each (cnn-16-16)";

    /// <summary>A regular expression for the names that <see cref="IsValid"/> accepts, for the schema.</summary>
    public const string Pattern = "^(baseline|cnn(-[1-9][0-9]{0,2}){1,3})$";

    public static bool IsValid(string name) => name == "baseline" || Filters(name) is not null;

    /// <summary>The number of filters of each convolution, or null if the name is invalid.</summary>
    public static int[]? Filters(string name)
    {
        var parts = name.Split('-');
        if (parts[0] != "cnn" || parts.Length < 2 || parts.Length > 1 + MostConvolutions) return null;
        return Array.TrueForAll(parts[1..], IsCount)
            ? Array.ConvertAll(parts[1..], p => int.Parse(p, CultureInfo.InvariantCulture)) : null;
    }

    private static bool IsCount(string text) =>
        text.Length is >= 1 and <= 3 && text[0] != '0' && text.All(char.IsAsciiDigit);
}
