using System.Globalization;

namespace KerasPort.Tests;

/// <summary>
/// How many kills, signals, damaged files and concurrent processes the tests try. The environment variable
/// KERASPORT_FIGURES sets it: by default a few of each, with <c>ci</c> more of them (.ci/run), with <c>claim</c> as many as the table
/// of docs/reliability.md says, which takes an hour or two:
/// <c>KERASPORT_FIGURES=claim dotnet test -c Release --filter Category=Figures --logger "console;verbosity=detailed"</c>.
/// </summary>
internal static class Figures
{
    public const string Category = "Figures";

    private static readonly int s_level = Environment.GetEnvironmentVariable("KERASPORT_FIGURES") switch
    {
        null or "" => 0,
        "ci" => 1,
        "claim" => 2,
        var other => throw new InvalidOperationException($"KERASPORT_FIGURES is '{other}'; expected ci, claim, or none."),
    };

    /// <summary>Whether more than a few of each are tried.</summary>
    public static bool AreMany => s_level > 0;

    public static bool AreClaimed => s_level > 1;

    /// <summary>The number to try.</summary>
    public static int Count(int always, int inCi, int toClaim) => s_level switch { 0 => always, 1 => inCi, _ => toClaim };

    /// <summary>Reports a resulting figure.</summary>
    public static void Tell(FormattableString line) => TestContext.Current.TestOutputHelper?.WriteLine("FIGURE " + line.ToString(CultureInfo.InvariantCulture));
}
