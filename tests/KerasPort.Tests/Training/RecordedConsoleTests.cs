using System.Globalization;
using System.Text.RegularExpressions;
using KerasPort.Tests.Text;

namespace KerasPort.Tests.Training;

/// <summary>
/// The codelab's output equals the real Keras' (<c>console/*.txt</c>), byte for byte: losses and predictions
/// are fed from the recording, and the clock is set to give its times.
/// </summary>
public partial class RecordedConsoleTests
{
    [Theory]
    [InlineData("baseline-tty.raw")]
    [InlineData("baseline-verbose-auto.pipe")]
    [InlineData("baseline-verbose-2.pipe")]
    [InlineData("baseline-verbose-0.pipe")]
    [InlineData("cnn-tty.raw")]
    [InlineData("cnn-verbose-auto.pipe")]
    [InlineData("cnn-verbose-2.pipe")]
    [InlineData("cnn-verbose-0.pipe")]
    public void The_codelab_prints_what_Keras_printed(string name)
    {
        bool onTerminal = name.Contains("tty", StringComparison.Ordinal);
        int verbose = name.Contains("verbose-2", StringComparison.Ordinal) ? 2 : name.Contains("verbose-0", StringComparison.Ordinal) ? 0 : 1;
        var terminal = onTerminal ? new Terminal(true, 100, Colors.Standard) : Terminal.Pipe;
        string recorded = Recording($"console/{name}.txt");

        var output = new StringWriter();
        var bars = new Queue<string>(Bar(verbose).Matches(recorded).Select(match => match.Value));
        bool baseline = name.StartsWith("baseline", StringComparison.Ordinal);
        Summary(output, terminal, baseline, trained: false);
        for (int epoch = 1; epoch <= 2 && verbose > 0; epoch++)
        {
            output.Write($"Epoch {epoch}/2\n");
            Replay(output, bars.Dequeue(), verbose, onTerminal);
        }
        if (verbose > 0) Replay(output, bars.Dequeue(), verbose, onTerminal);
        var result = TestLine().Match(recorded);
        output.Write("Test loss: {}, Test accuracy: {}\n".format(Number(result.Groups[1].Value), Number(result.Groups[2].Value)));
        Summary(output, terminal, baseline, trained: true);
        if (verbose > 0) Replay(output, bars.Dequeue(), verbose, onTerminal);
        float[] predictions = [.. Numeral().Matches(recorded[recorded.LastIndexOf("[[", StringComparison.Ordinal)..])
            .Select(m => float.Parse(m.Value, CultureInfo.InvariantCulture))];
        output.Write($"{new NDArray(predictions, 3, 10)}\n");

        Assert.Empty(bars);
        Assert.Equal(recorded, output.ToString());
    }

    private static string Recording(string name)
    {
        string text = Fixtures.Text(name).Replace("\r\n", "\n", StringComparison.Ordinal);
        // `script`, which recorded the terminal, adds a line at the start and one at the end.
        return text.StartsWith("Script started", StringComparison.Ordinal)
            ? text[(text.IndexOf('\n') + 1)..text.LastIndexOf("\nScript done", StringComparison.Ordinal)] : text;
    }

    private static void Summary(TextWriter output, Terminal terminal, bool baseline, bool trained)
    {
        SummaryRow[] rows = baseline
            ? trained
                ? [new("flatten", "Flatten", [(32, 784)], 0), new("dense", "Dense", [(32, 128)], 100_480), new("dense_1", "Dense", [(32, 10)], 1_290)]
                : [new("flatten", "Flatten", null, null), new("dense", "Dense", null, null), new("dense_1", "Dense", null, null)]
            :
            [
                new("conv2d", "Conv2D", [(null, 26, 26, 16)], 160), new("max_pooling2d", "MaxPooling2D", [(null, 13, 13, 16)], 0),
                new("conv2d_1", "Conv2D", [(null, 11, 11, 16)], 2_320), new("max_pooling2d_1", "MaxPooling2D", [(null, 5, 5, 16)], 0),
                new("flatten", "Flatten", [(null, 400)], 0), new("dense", "Dense", [(null, 128)], 51_328), new("dense_1", "Dense", [(null, 10)], 1_290),
            ];
        long count = rows.Sum(row => row.Parameters ?? 0);
        SummaryTable.Write(output, terminal, "sequential", rows, new(count, 4 * count), default,
            trained ? new SummaryTotal(2 * count + 2, 8 * (count + 1)) : null);
    }

    // Every line that one bar wrote, under a clock set to the line's time: as early within the range of the rounded
    // times as the interval between lines allows.
    private static void Replay(TextWriter output, string lines, int verbose, bool onTerminal)
    {
        var clock = new ManualClock(1_000_000_000);
        ProgressBar? bar = null;
        double first = 0, last = double.NegativeInfinity;
        foreach (Match line in Line().Matches(lines))
        {
            int current = int.Parse(line.Groups["current"].Value.Trim(), CultureInfo.InvariantCulture);
            int target = int.Parse(line.Groups["target"].Value, CultureInfo.InvariantCulture);
            bool final = line.Groups["end"].Success;
            bar ??= new ProgressBar(target, verbose, output, ProgressBar.Rewrites(onTerminal), clock);

            var (low, high) = StepRange(line.Groups["step"].Value);
            double time = TotalSeconds(line.Groups["time"].Value);
            if (!final && target > current)
            {
                low = Math.Max(low, time / (target - current));
                high = Math.Min(high, (time + 1) / (target - current));
            }
            bool measured = current > 1 && last >= 0;
            low = measured ? first + low * (current - 1) : low * current;
            high = measured ? first + high * (current - 1) : high * current;
            if (final) (low, high) = (Math.Max(low, time - 0.5), Math.Min(high, time + 0.5));
            low = Math.Max(low, final ? last : last + 0.05);
            Assert.True(low < high, $"No time gives {line.Value}");

            double now = current == 1 ? (low + high) / 2 : low + (high - low) / 1000;
            if (current == 1) first = now;
            last = now;
            clock.Now = (long)(now * 1e9);
            var logs = new Logs();
            foreach (Match metric in Metric().Matches(line.Groups["metrics"].Value)) logs[metric.Groups[1].Value] = Number(metric.Groups[2].Value);
            bar.Update(current, logs, final);
        }
    }

    private static (double Low, double High) StepRange(string step)
    {
        var match = StepTime().Match(step);
        double value = Number(match.Groups[1].Value), unit = match.Groups[2].Value switch { "s" => 1, "ms" => 1e-3, _ => 1e-6 };
        return (Math.Max((value - 0.5) * unit, unit), (value + 0.5) * unit);
    }

    private static double TotalSeconds(string time) => time.TrimEnd('s').Split(':').Aggregate(0.0, (sum, part) => 60 * sum + Number(part));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static Regex Bar(int verbose) => verbose == 1 ? RewrittenBar() : FinalLine();

    [GeneratedRegex(@"\r\e\[1m[^\n]*\n")]
    private static partial Regex RewrittenBar();

    [GeneratedRegex(@"(?<=\n)\d+/\d+ - [^\n]*\n")]
    private static partial Regex FinalLine();

    [GeneratedRegex(
        @"(?<current> *\d+)/(?<target>\d+)(?:\e\[0m [^ ]* \e\[1m| - )(?<time>[\d:]+s?)(?:\e\[0m| -) (?<step>\d+\w+/step)"
            + @"(?<metrics>(?: - \w+: [-+.\w]+)*) *(?<end>\n)?")]
    private static partial Regex Line();

    [GeneratedRegex(@"(\w+): ([-+.\w]+)")]
    private static partial Regex Metric();

    [GeneratedRegex(@"^(\d+)(\w+)/step$")]
    private static partial Regex StepTime();

    [GeneratedRegex(@"Test loss: (\S+), Test accuracy: (\S+)\n")]
    private static partial Regex TestLine();

    [GeneratedRegex(@"[\d.]+(?:e[-+]\d+)?")]
    private static partial Regex Numeral();
}
