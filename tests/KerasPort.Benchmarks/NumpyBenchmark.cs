using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using static KerasPort.Python;

namespace KerasPort.Benchmarks;

/// <summary>The usual preprocessing of 60,000 pictures, line by line beside numpy: the same lines in both, in turns, each side in a process of its own.</summary>
/// <param name="python">A Python that has numpy.</param>
internal sealed class NumpyBenchmark(string python)
{
    private const int Turns = 3, Runs = 7;

    /// <summary>What Python calls <c>b</c>, <c>f</c>, <c>s</c> and <c>y</c>: bytes, floats, scaled bytes and class numbers.</summary>
    private const string Data = """
        import numpy as np, time
        b = np.random.RandomState(1).randint(0, 256, size=(60000, 28, 28), dtype='uint8')
        y = np.random.RandomState(2).randint(0, 10, size=60000)
        f = b.astype('float32') * np.float32(0.5)
        s = b / 255.0
        def one_hot(y, n):
            rows = np.zeros((len(y), n))
            rows[np.arange(len(y)), y] = 1
            return rows
        """;

    private static readonly NDArray s_bytes = np.random.RandomState(1).randint(0, 256, size: (60000, 28, 28), dtype: "uint8");
    private static readonly NDArray s_classes = np.random.RandomState(2).randint(0, 10, size: 60000);
    private static readonly NDArray s_floats = s_bytes.astype("float32") * 0.5f * np.ones(28, dtype: "float32"), s_scaled = s_bytes / 255.0;

    private static readonly (string Python, Func<object> Here)[] s_lines =
    [
        ("b.astype('float32')", () => s_bytes.astype("float32")),
        ("b / 255.0", () => s_bytes / 255.0),
        ("f / 255", () => s_floats / 255),
        ("f.reshape(60000, 784)", () => s_floats.reshape(60000, 784)),
        ("np.expand_dims(f, -1)", () => np.expand_dims(s_floats, -1)),
        ("b.mean(axis=0)", () => s_bytes.mean(axis: 0)),
        ("s.mean(axis=0)", () => s_scaled.mean(axis: 0)),
        ("f.mean(axis=0)", () => s_floats.mean(axis: 0)),
        ("f.mean(axis=(1, 2))", () => s_floats.mean(axis: (1, 2))),
        ("f.std()", () => s_floats.std()),
        ("f - f.mean(axis=0)", () => s_floats - s_floats.mean(axis: 0)),
        ("f.max()", () => s_floats.max()),
        ("one_hot(y, 10)", () => keras.utils.to_categorical(s_classes, 10)),
        ("np.eye(10)[y]", () => np.eye(10)[s_classes]),
        ("np.concatenate([b, b])", () => np.concatenate([s_bytes, s_bytes])),
        ("b[y == 3]", () => s_bytes[s_classes == 3]),
    ];

    /// <summary>One side's medians in milliseconds, a line each.</summary>
    public static void Print()
    {
        foreach (var (_, run) in s_lines)
        {
            var times = new double[Runs];
            for (int i = 0; i < Runs; i++)
            {
                long start = Stopwatch.GetTimestamp();
                GC.KeepAlive(run());
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
            System.Console.WriteLine(Median(times).ToString("R", CultureInfo.InvariantCulture));
        }
    }

    public void Run()
    {
        string program = Data + $"""

            for line in [{string.Join(", ", s_lines.Select(line => $"\"{line.Python}\""))}]:
                code, times = compile(line, 'line', 'eval'), []
                for _ in range({Runs}):
                    start = time.perf_counter()
                    eval(code)
                    times.append((time.perf_counter() - start) * 1e3)
                print(sorted(times)[{Runs / 2}])
            """;
        var turns = Enumerable.Range(0, Turns).Select(_ => (Here: Times(Environment.ProcessPath!, ["numpy-here"]), Numpy: Times(python, ["-c", program]))).ToArray();
        var table = new Table().AddColumns("", "numpy, ms", "KerasPort, ms", "ratio");
        for (int i = 0; i < s_lines.Length; i++)
        {
            double here = Median([.. turns.Select(turn => turn.Here[i])]), numpy = Median([.. turns.Select(turn => turn.Numpy[i])]);
            table.AddRow(Markup.Escape(s_lines[i].Python), Text(numpy), Text(here), f($"{numpy / here:.3g}"));
        }
        AnsiConsole.Write(table);
    }

    private static string Text(double milliseconds) => f($"{milliseconds:.3g}");

    private static double[] Times(string file, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{file} ended with exit code {process.ExitCode}.");
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
