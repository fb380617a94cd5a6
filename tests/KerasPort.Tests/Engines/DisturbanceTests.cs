using System.Diagnostics;
using KerasPort.Engines.Managed;

namespace KerasPort.Tests.Engines;

/// <summary>When threads stop sharing their work because other processes use the cores, and when they share it again.</summary>
public class DisturbanceTests
{
    private static readonly long s_millisecond = Stopwatch.Frequency / 1000;

    private long _now = Stopwatch.GetTimestamp();

    /// <summary>A number of rounds of working and waiting, in milliseconds, and the rounds after which work isn't shared.</summary>
    private int Rounds(ref Disturbance disturbance, int rounds, int works, int waits)
    {
        int alone = 0;
        for (int i = 0; i < rounds; i++)
        {
            long began = _now += works * s_millisecond;
            if (!disturbance.IsAt(began)) disturbance.Waited(began, _now += waits * s_millisecond);
            if (disturbance.IsAt(_now)) alone++;
        }
        return alone;
    }

    [Theory]
    [InlineData(2, 4, 3)]
    [InlineData(4, 1, 2)]
    public void Waits_that_cost_less_than_working_alone_change_nothing(int threads, int works, int waits)
    {
        var disturbance = new Disturbance(threads);
        Assert.Equal(0, Rounds(ref disturbance, 1000, works, waits));
    }

    [Theory]
    [InlineData(2, 2, 4)]
    [InlineData(4, 1, 4)]
    public void Waits_that_cost_more_end_in_working_alone_for_a_while(int threads, int works, int waits)
    {
        var disturbance = new Disturbance(threads);
        Assert.InRange(Rounds(ref disturbance, 10, works, waits), 1, 9);
        // The pause is over, and nobody has waited since.
        Assert.False(disturbance.IsAt(_now + 1000 * s_millisecond));
    }

    /// <summary>The longer another process stays, the less often its presence is checked.</summary>
    [Fact]
    public void The_longer_it_goes_on_the_longer_the_while()
    {
        var disturbance = new Disturbance(2);
        int first = Rounds(ref disturbance, 100, 1, 3), later = Rounds(ref disturbance, 1000, 1, 3);
        Assert.InRange(first, 80, 98);
        Assert.InRange(later, 985, 999);
        _now += 10_000 * s_millisecond;
        Assert.Equal(0, Rounds(ref disturbance, 1, 1, 4));
    }

    /// <summary>A caller that has its core half of the time would have the other core all the time.</summary>
    [Theory]
    [InlineData(4, 4, true)]
    [InlineData(16, 4, false)]
    [InlineData(1, 1, false)]
    public void A_caller_that_loses_its_core_works_alone_but_large_pieces_change_nothing(int works, int waits, bool endsAlone)
    {
        var disturbance = new Disturbance(2);
        disturbance.Waited(_now, _now);
        bool isAlone = false;
        for (int i = 0; i < 10 && !isAlone; i++)
        {
            long began = _now += works * s_millisecond;
            disturbance.WaitedForCaller(began, _now += waits * s_millisecond);
            isAlone = disturbance.IsAt(_now);
        }
        Assert.Equal(endsAlone, isAlone);
    }
}
