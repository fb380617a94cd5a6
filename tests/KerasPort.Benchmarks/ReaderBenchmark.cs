using System.Diagnostics;
using System.Globalization;
using KerasPort.Engines.Managed;
using KerasPort.Pictures;
using KerasPort.Pipelines;
using Spectre.Console;
using static KerasPort.Python;

namespace KerasPort.Benchmarks;

/// <summary>The speed of reading a folder of 28 x 28 PNGs and of training from memory, and the time that training from the folder waits.</summary>
internal static class ReaderBenchmark
{
    private const int Side = 28, Batch = 32;

    /// <summary>Two epochs of each; the second counts.</summary>
    public static void Print(Stack stack, int pictures, int threads)
    {
        var folder = Directory.CreateTempSubdirectory("kerasport-reader-");
        try
        {
            var (x, y) = stack.Data(pictures);
            Write(folder.FullName, x, y);
            using var engine = new ManagedEngine(threads);
            var dataset = keras.utils.image_dataset_from_directory(folder.FullName, color_mode: "grayscale", batch_size: Batch, image_size: (Side, Side),
                seed: 1, verbose: false);
            Count(dataset);
            var reading = Taken.By(() => Count(dataset));
            var inMemory = Fit(stack, engine, dataset.cache(), out _);
            var onFolder = Fit(stack, engine, dataset, out double waiting);
            var table = new Table().Border(TableBorder.Simple).AddColumn("");
            foreach (string name in (string[])["s", "pictures/s", "ms a batch", "processor's µs a picture"])
                table.AddColumn(new TableColumn(name).RightAligned());
            void Row(string what, double seconds, double? processor) => table.AddRow(what, Number(seconds), processor is null ? "" : Number(pictures / seconds),
                Number(seconds * 1000 * Batch / pictures), processor is { } used ? Number(used * 1e6 / pictures) : "");
            Row("reader alone", reading.Seconds, reading.Processor);
            Row("step, pictures in memory", inMemory.Seconds, inMemory.Processor);
            Row("training on the folder", onFolder.Seconds, onFolder.Processor);
            Row("of that waiting for the reader", waiting, null);
            double share = waiting / onFolder.Seconds * 100;
            AnsiConsole.MarkupLineInterpolated(
                $"{stack.Name}, {pictures} PNGs of {Side} x {Side}, batch {Batch}, {threads} threads: waits {share:F1} % of the time");
            AnsiConsole.Write(table);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(string folder, NDArray x, NDArray y)
    {
        for (int c = 0; c < 10; c++) Directory.CreateDirectory(Path.Join(folder, $"{c}"));
        var codec = PictureCodec.Open("reader");
        Parallel.For(0, x.Length, i =>
        {
            byte[] pixels = [.. x[i].ToFloats().Select(v => (byte)Math.Round(v * 255))];
            File.WriteAllBytes(Path.Join(folder, $"{(int)y[i]}", $"{i}.png"), codec.Encode(new KerasPort.Pictures.Image(Side, Side, 1, pixels), "png"));
        });
    }

    private static Taken Fit(Stack stack, ManagedEngine engine, Dataset dataset, out double waiting)
    {
        keras.utils.set_random_seed(1);
        var model = stack.Build();
        model.compile(optimizer: stack.Optimizer, loss: "sparse_categorical_crossentropy", metrics: ["accuracy"], engine: engine);
        var timed = new Timed(dataset.map((images, labels) => (tf.cast(images, tf.float32) / 255.0, labels)).prefetch(tf.data.AUTOTUNE));
        model.fit(timed, epochs: 1, verbose: 0);
        timed.Waited = 0;
        var taken = Taken.By(() => model.fit(timed, epochs: 1, verbose: 0));
        waiting = timed.Waited;
        return taken;
    }

    private static void Count(Dataset dataset)
    {
        foreach (var _ in dataset)
        {
            // Reads without training.
        }
    }

    private static string Number(double value) => value.ToString(value < 100 ? "F2" : "F0", CultureInfo.InvariantCulture);

    /// <summary>Elapsed seconds, and processor seconds of all threads.</summary>
    private readonly record struct Taken(double Seconds, double Processor)
    {
        public static Taken By(Action action)
        {
            var before = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            action();
            return new(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }
    }

    /// <summary>The same elements, with the time that their consumer waits.</summary>
    private sealed class Timed(Dataset input) : Dataset(input)
    {
        public double Waited { get; set; }

        internal override long Count => input.Count;

        internal override string Describe() => "timed";

        internal override IEnumerator<Tensor> Open()
        {
            using var elements = input.Open();
            while (true)
            {
                long from = Stopwatch.GetTimestamp();
                bool more = elements.MoveNext();
                Waited += Stopwatch.GetElapsedTime(from).TotalSeconds;
                if (!more) yield break;
                yield return elements.Current;
            }
        }
    }
}
