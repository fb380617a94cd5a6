using KerasPort.Console.Sweeps;
using Spectre.Console;

namespace KerasPort.Tests.Console.Sweeps;

/// <summary>The progress of a sweep on a terminal: one line in all, and one per running run.</summary>
public class SweepProgressTests
{
    [Theory]
    [InlineData(1, "all: 1 of 2 runs")]
    [InlineData(2, "shard 1 of 2: 1 of 2 runs")]
    public void A_terminal_shows_the_whole_and_each_run_at_work(int shards, string whole)
    {
        using var screen = new StringWriter();
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(screen),
        });
        terminal.Profile.Width = 80;
        var plan = SweepPlanTests.Plan("""{"models": ["baseline", "cnn-4"], "seed": 1}""");
        var progress = new SweepProgress(plan, new Shard(0, shards));
        progress.While(terminal, () =>
        {
            progress.Expect(left: 1, finished: 1);
            progress.Begin(plan.Runs[1]);
            progress.Tell(plan.Runs[1], 0.5);
        });
        Assert.Contains(whole, screen.ToString());
        Assert.Contains("run 2 (cnn-4)", screen.ToString());
    }
}
