using KerasPort.Models;

namespace KerasPort.Tests.Models;

/// <summary>Turns: an exclusive turn is exclusive, a shared turn is shared by no more than allowed, and nobody starves.</summary>
public sealed class TurnsTests
{
    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 8)]
    [InlineData(5, 3)]
    public void No_more_than_so_many_share_one(int most, int threads)
    {
        var turns = new Turns();
        int now = 0, seen = 0, wrong = 0;
        ThreadTests.AtOnce(Enumerable.Range(0, threads).Select<int, Action>(thread => () =>
        {
            for (int i = 0; i < 500; i++)
            {
                if ((i + thread) % 20 == 0)
                {
                    using var alone = turns.Take();
                    if (Volatile.Read(ref now) != 0) Interlocked.Increment(ref wrong);
                    continue;
                }
                using var shared = turns.Share(most);
                using var again = turns.Share(most);
                int count = Interlocked.Increment(ref now);
                InterlockedMax(ref seen, count);
                if (i % 10 == 0) Thread.Sleep(0);
                Interlocked.Decrement(ref now);
            }
        }));
        Assert.Equal(0, wrong);
        Assert.InRange(seen, 1, Math.Min(most, threads));
    }

    private static void InterlockedMax(ref int place, int value)
    {
        for (int known = Volatile.Read(ref place); known < value; known = Volatile.Read(ref place)) Interlocked.CompareExchange(ref place, value, known);
    }

    /// <summary>Those who share a turn and want it exclusively get it one after the other, and share it afterwards.</summary>
    [Fact]
    public void Who_shares_a_turn_gets_it_alone()
    {
        var turns = new Turns();
        int alone = 0, wrong = 0;
        using var sharing = new Barrier(3);
        ThreadTests.AtOnce(Enumerable.Range(0, 3).Select<int, Action>(_ => () =>
        {
            using var shared = turns.Share(3);
            sharing.SignalAndWait();
            using (turns.Take())
            {
                if (Interlocked.Increment(ref alone) != 1) Interlocked.Increment(ref wrong);
                using (turns.Share(3)) Thread.Sleep(5);
                Interlocked.Decrement(ref alone);
            }
            // Shared again.
            using (turns.Share(3)) Thread.Yield();
        }));
        Assert.Equal(0, wrong);
        using var last = turns.Take();
    }

    /// <summary>Those who always share turns, each taking the next before it has left the last, don't starve those who want one exclusively.</summary>
    [Fact]
    public void Nobody_is_kept_out()
    {
        var turns = new Turns();
        using var ended = new CancellationTokenSource();
        ThreadTests.AtOnce([() =>
        {
            for (int i = 0; i < 200; i++)
            {
                using var alone = turns.Take();
            }
            ended.Cancel();
        }, .. Enumerable.Repeat<Action>(() =>
        {
            while (!ended.IsCancellationRequested)
            {
                using var shared = turns.Share(2);
                Thread.Yield();
            }
        }, 4)]);
    }

    /// <summary>A break lets waiting ones in and then restores the turn: an exclusive one within a shared one.</summary>
    [Fact]
    public void A_break_gives_back_what_one_had()
    {
        var turns = new Turns();
        using (turns.Share(1))
        using (turns.Take())
        {
            using (turns.LetOthers()) ThreadTests.AtOnce(() => turns.Take().Dispose(), () => turns.Share(1).Dispose());
            Assert.False(CanTake(turns));
        }
        Assert.True(CanTake(turns));
        using (turns.Share(2))
        {
            using (turns.LetOthers()) Assert.True(CanTake(turns));
            Assert.False(CanTake(turns));
        }
        Assert.True(CanTake(turns));
    }

    /// <summary>A waiting thread that is interrupted leaves, and those after it get their turns.</summary>
    [Fact]
    public void Who_is_interrupted_holds_nobody_up()
    {
        var turns = new Turns();
        using (turns.Share(1))
        {
            Thread[] waiting = [.. new Action[] { () => turns.Take().Dispose(), () => turns.Share(1).Dispose() }.Select(take => new Thread(() =>
            {
                Assert.Throws<ThreadInterruptedException>(take);
            })
            { IsBackground = true })];
            foreach (var thread in waiting)
            {
                thread.Start();
                Thread.Sleep(20);
                thread.Interrupt();
                Assert.True(thread.Join(TimeSpan.FromSeconds(30)));
            }
        }
        Assert.True(CanTake(turns));
    }

    private static bool CanTake(Turns turns)
    {
        bool taken = false;
        var thread = new Thread(() =>
        {
            try
            {
                using var turn = turns.Take();
                taken = true;
            }
            catch (ThreadInterruptedException)
            {
            }
        });
        thread.Start();
        if (!thread.Join(300))
        {
            thread.Interrupt();
            thread.Join();
        }
        return taken;
    }
}
