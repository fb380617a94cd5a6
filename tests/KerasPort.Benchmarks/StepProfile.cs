using System.Globalization;
using KerasPort.Callbacks;
using KerasPort.Engines.Managed;
using Spectre.Console;
using static KerasPort.Python;
using Profile = KerasPort.Engines.Managed.Profile;

namespace KerasPort.Benchmarks;

/// <summary>The cost of a training step, kernel by kernel, to show what to tune next.</summary>
internal static class StepProfile
{
    private const int LongestWarmUp = 3000, MostSteps = 1000;

    /// <summary>Three quarters of the steps, at most 3000, warm up; the median of the others, at most 1000, is shown.</summary>
    public static void Print(Stack stack, int batch, int threads, int steps)
    {
        int warmUp = Math.Min(LongestWarmUp, steps * 3 / 4), measured = Math.Clamp(steps - warmUp, 1, MostSteps);
        using var engine = new ManagedEngine(threads);
        keras.utils.set_random_seed(1);
        var model = stack.Build();
        model.compile(optimizer: stack.Optimizer, loss: "sparse_categorical_crossentropy", metrics: ["accuracy"], engine: engine);
        var (x, y) = stack.Data(Math.Min(60_000, warmUp * batch));
        var profile = new Profile(measured);
        int seen = 0;
        model.fit(x, y, batch_size: batch, epochs: 10_000, verbose: 0, callbacks: [new LambdaCallback(on_train_batch_end: (_, _) =>
        {
            if (++seen == warmUp) engine.Profile = profile;
            if (engine.Profile is null || seen == warmUp) return;
            profile.EndStep();
            if (profile.IsFull) model.stop_training = true;
        })]);

        double peak = FmaPeak.GigaflopsPerSecond(threads);
        var table = new Table().Border(TableBorder.Simple).AddColumn("kernel").AddColumn("part");
        foreach (string name in (string[])["µs", "%", "MFLOP", "GFLOP/s", "of peak"]) table.AddColumn(new TableColumn(name).RightAligned());
        double step = profile.StepMicroseconds;
        void Row(string kernel, string part, double microseconds, long work = 0)
        {
            double flops = 2.0 * work;
            table.AddRow(kernel, part, Number(microseconds), Number(microseconds / step * 100),
                work == 0 ? "" : Number(flops / 1e6), work == 0 ? "" : Number(flops / microseconds / 1e3),
                    work == 0 ? "" : $"{flops / microseconds / 1e3 / peak:P0}");
        }
        foreach (var call in profile.Calls) Row(call.Kernel, call.JobName, call.Microseconds, call.Work);
        Row("outside kernels", "", profile.OutsideMicroseconds);
        table.AddEmptyRow();
        Row("step", $"median of {measured}", step);
        AnsiConsole.MarkupLineInterpolated(
            $"{stack.Name}, batch {batch}, {threads} threads; FMA peak {peak:F0} GFLOP/s, {CoreDistance.Nanoseconds():F0} ns between cores");
        AnsiConsole.Write(table);
    }

    private static string Number(double value) => value.ToString("F1", CultureInfo.InvariantCulture);
}
