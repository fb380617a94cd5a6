using System.Globalization;
using Xunit;

namespace KerasPort.Tests;

/// <summary>
/// The figures of the README's table of reliability. Each test run tries a few of each; with <c>KERASPORT_FIGURES=claim</c> in the
/// environment, as many as the table says, which takes an hour or two:
/// <c>KERASPORT_FIGURES=claim dotnet test -c Release --filter Category=Figures --logger "console;verbosity=detailed"</c>.
/// </summary>
internal static class Figures
{
    public const string Category = "Figures";

    public static bool AreClaimed { get; } = Environment.GetEnvironmentVariable("KERASPORT_FIGURES") == "claim";

    /// <summary>How many to try.</summary>
    public static int Count(int always, int toClaim) => AreClaimed ? toClaim : always;

    /// <summary>A number that came out.</summary>
    public static void Tell(FormattableString line) => TestContext.Current.TestOutputHelper?.WriteLine("FIGURE " + line.ToString(CultureInfo.InvariantCulture));
}
