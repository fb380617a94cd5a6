using System.Text.Json;

namespace KerasPort.Tests.Text;

public class ProgressBarTests
{
    /// <summary>Sequences of steps under a scripted clock, with the output of Keras' Progbar (<c>progress.json</c>).</summary>
    [Fact]
    public void Bars_are_written_as_in_Keras() => Assert.All(Fixtures.Cases("progress.json"), @case =>
    {
        var clock = new ManualClock(1024);
        var output = new StringWriter();
        int? target = @case.GetProperty("target") is { ValueKind: JsonValueKind.Number } steps ? steps.GetInt32() : null;
        var bar = new ProgressBar(target, @case.GetProperty("verbose").GetInt32(), output, @case.GetProperty("rewrites").GetBoolean(), clock);
        foreach (var step in @case.GetProperty("steps").EnumerateArray())
        {
            clock.Now = step[0].GetInt64();
            var logs = new Logs();
            foreach (var entry in step[2].EnumerateArray()) logs[entry[0].GetString()!] = PythonTextTests.Float(entry[1].GetString()!);
            bar.Update(step[1].GetInt32(), logs, finalize: step[3].GetBoolean());
        }
        Assert.Equal(@case.GetProperty("text").GetString(), output.ToString());
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_update_that_is_not_due_allocates_nothing(int verbose)
    {
        var clock = new ManualClock(1_000_000);
        var bar = new ProgressBar(1875, verbose, TextWriter.Null, rewrites: true, clock);
        var logs = new Logs { ["accuracy"] = 0.5, ["loss"] = 0.25 };
        bar.Update(1, logs);
        clock.Now = 49_000;
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int step = 2; step < 500; step++)
            {
                logs["loss"] = step;
                bar.Update(step, logs);
            }
        }));
    }

    [Fact]
    public void Verbose_0_writes_nothing()
    {
        var output = new StringWriter();
        new ProgressBar(3, 0, output, rewrites: true, new ManualClock(1)).Update(3, null, finalize: true);
        Assert.Equal("", output.ToString());
    }
}
