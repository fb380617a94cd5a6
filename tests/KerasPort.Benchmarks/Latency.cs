using System.Diagnostics;
using System.Globalization;
using KerasPort.Models;
using Spectre.Console;

namespace KerasPort.Benchmarks;

/// <summary>The latency of one image's prediction, as in a web service: alone, and from several threads at once.</summary>
internal static class Latency
{
    private const int WarmUp = 2_000, Calls = 100_000, Images = 64;

    /// <summary>Prints percentiles, bytes per call, throughput per number of callers, and the number of answers that differ from a single caller's.</summary>
    public static void Print(Stack stack)
    {
        var model = stack.Build();
        var (x, _) = stack.Data(Images);
        var images = Enumerable.Range(0, Images).Select(i => x[i..(i + 1)]).ToArray();
        var answers = images.Select(image => model.predict_on_batch(image).ToFloats()).ToArray();
        for (int i = 0; i < WarmUp; i++) model.predict_on_batch(images[i % Images]);

        var table = new Table().Border(TableBorder.Simple).Title($"{stack.Name}: predict_on_batch of one image, {Calls} calls a caller");
        foreach (string column in new[] { "callers", "median µs", "99 % µs", "calls a second", "of one caller's", "bytes a call", "wrong" })
            table.AddColumn(new TableColumn(column).RightAligned());
        double alone = 0;
        foreach (int callers in new[] { 1, 2, 4, 16 })
        {
            long before = GC.GetTotalAllocatedBytes(precise: true), started = Stopwatch.GetTimestamp();
            int wrong = 0;
            double[][] times = new double[callers][];
            var threads = Enumerable.Range(0, callers)
                .Select(caller => new Thread(() => times[caller] = Call(model, images, answers, caller, ref wrong))).ToArray();
            foreach (var thread in threads) thread.Start();
            foreach (var thread in threads) thread.Join();
            double rate = callers * Calls / Stopwatch.GetElapsedTime(started).TotalSeconds;
            long bytes = GC.GetTotalAllocatedBytes(precise: true) - before - callers * Calls * sizeof(double);
            if (callers == 1) alone = rate;
            double[] all = [.. times.SelectMany(t => t).Order()];
            table.AddRow(Text(callers), Text(all[all.Length / 2], "0.0"), Text(all[all.Length * 99 / 100], "0.0"), Text(rate, "N0"),
                Text(rate / alone, "0.00") + "x",
                Text(bytes / (double)(callers * Calls)), Text(wrong));
        }
        AnsiConsole.Write(table);
    }

    private static double[] Call(Model model, NDArray[] images, float[][] answers, int caller, ref int wrong)
    {
        var times = new double[Calls];
        for (int i = 0; i < Calls; i++)
        {
            int image = (i + 7 * caller) % images.Length;
            long started = Stopwatch.GetTimestamp();
            var answer = model.predict_on_batch(images[image]);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            if (!answer.ToFloats().AsSpan().SequenceEqual(answers[image])) Interlocked.Increment(ref wrong);
        }
        return times;
    }

    private static string Text(double number, string format = "0") => number.ToString(format, CultureInfo.InvariantCulture);
}
