using System.Globalization;
using System.Text.RegularExpressions;

namespace KerasPort.Tests.Samples;

/// <summary>
/// Compares the output of a sample here and in Python: all words equal, each number within a tolerance. Seconds, the intermediate states
/// of a progress bar, and the widths of gaps are ignored; the final state of a bar is compared, with the epoch's
/// losses and metrics.
/// </summary>
internal static partial class SampleOutput
{
    /// <summary>Fails where they differ by more than <paramref name="tolerance"/>, which is relative for numbers above 1.</summary>
    public static void RequireNear(string python, string here, double tolerance)
    {
        string[] expected = Lines(python), actual = Lines(here);
        for (int i = 0; i < Math.Max(expected.Length, actual.Length); i++)
        {
            string there = i < expected.Length ? expected[i] : "(nothing)", line = i < actual.Length ? actual[i] : "(nothing)";
            Assert.True(IsNear(there, line, tolerance), $"Line {i + 1}\nPython: {there}\nhere:   {line}");
        }
    }

    private static bool IsNear(string expected, string actual, double tolerance)
    {
        if (Number().Replace(expected, "#") != Number().Replace(actual, "#")) return false;
        return Number().Matches(expected).Zip(Number().Matches(actual)).All(pair =>
        {
            double there = Parsed(pair.First.Value), here = Parsed(pair.Second.Value);
            return Math.Abs(there - here) <= tolerance * Math.Max(1, Math.Abs(there));
        });
    }

    private static double Parsed(string number) => double.Parse(number, CultureInfo.InvariantCulture);

    private static string[] Lines(string text) =>
        [.. text.Split('\n').Select(Last).Select(line => Space().Replace(Padding().Replace(Seconds().Replace(line, ""), ""), " ").Trim())
            .Where(line => line.Length > 0)];

    /// <summary>The visible rest of a line that was overwritten.</summary>
    private static string Last(string line)
    {
        line = Escape().Replace(line, "").TrimEnd('\r');
        int back = line.LastIndexOfAny(['\r', '\b']);
        return line[(back + 1)..];
    }

    [GeneratedRegex(@"-?\d+(?:\.\d*)?(?:e[+-]?\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"\s*\b\d+(\.\d+)?(s|ms|us)(/(step|epoch))?\b")]
    private static partial Regex Seconds();

    // numpy pads a number that is a digit shorter.
    [GeneratedRegex(@"\s+(?=\])|(?<=\[)\s+")]
    private static partial Regex Padding();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex Escape();
}
