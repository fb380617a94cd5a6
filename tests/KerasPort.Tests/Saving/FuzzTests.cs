using KerasPort.Fuzz;

namespace KerasPort.Tests.Saving;

/// <summary>
/// Damaged files of every format are refused by the one exception, or load; nothing else, not slowly and not with much memory.
/// The command of the same name tries more of them.
/// </summary>
[Slow]
public class FuzzTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. Formats.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Damage_is_refused_or_harmless(string format)
    {
        int count = Figures.Count(2_000, 20_000, 20_000);
        var outcome = Fuzzing.Run(Formats.All.Single(f => f.Name == format), seed: 20261125, count);
        output.WriteLine($"{outcome}");
        Assert.Empty(outcome.Others);
        // Some damage must go unnoticed, or the mutations would be too coarse to test much.
        Assert.InRange(outcome.Refused, count / 4, count - count / 1000);
    }
}
