using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace KerasPort.Tests.Samples;

/// <summary>
/// Compares what a sample printed here with what it printed in Python: all words the same, each number within a tolerance. Seconds, and a
/// progress bar that is written over, are left out, and how far words stand apart; what is left of a bar is what it shows at the end of an
/// epoch: losses and metrics.
/// </summary>
internal static partial class SampleOutput
{
    /// <summary>Fails where they differ by more than <paramref name="tolerance"/>, of a number above 1 by that share of it.</summary>
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

    /// <summary>What stays to be seen of a line that was written over.</summary>
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

    // numpy pads a number that is shorter by a digit.
    [GeneratedRegex(@"\s+(?=\])|(?<=\[)\s+")]
    private static partial Regex Padding();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex Escape();
}
