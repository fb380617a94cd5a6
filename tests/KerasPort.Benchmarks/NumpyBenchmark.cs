using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using static KerasPort.Python;

namespace KerasPort.Benchmarks;

/// <summary>
/// The usual preprocessing of 60,000 pictures compared with numpy: the same lines on both sides, alternately, each side in a separate process.
/// </summary>
/// <param name="python">A Python that has numpy.</param>
internal sealed class NumpyBenchmark(string python)
{
    private const int Turns = 5, Runs = 15;

    /// <summary>The variables <c>b</c>, <c>f</c>, <c>s</c> and <c>y</c> of the Python side: bytes, floats, scaled bytes and class indices.</summary>
    private const string Data = """
        import numpy as np, time
        b = np.random.RandomState(1).randint(0, 256, size=(60000, 28, 28), dtype='uint8')
        y = np.random.RandomState(2).randint(0, 10, size=60000)
        f = b.astype('float32') * np.float32(0.5)
        s = b / 255.0
        v = np.random.RandomState(3).rand(60000)
        w, d = np.ones((784, 128), 'float32') * np.float32(0.5), np.random.RandomState(4).rand(512, 512)
        p = np.random.RandomState(5).permutation(60000)
        def one_hot(y, n):
            rows = np.zeros((len(y), n))
            rows[np.arange(len(y)), y] = 1
            return rows
        """;

    private static readonly NDArray s_bytes = np.random.RandomState(1).randint(0, 256, size: (60000, 28, 28), dtype: "uint8");
    private static readonly NDArray s_classes = np.random.RandomState(2).randint(0, 10, size: 60000);
    private static readonly NDArray s_floats = s_bytes.astype("float32") * 0.5f * np.ones(28, dtype: "float32"), s_scaled = s_bytes / 255.0;
    private static readonly NDArray s_numbers = np.random.RandomState(3).rand(60000), s_weights = np.ones((784, 128), "float32") * 0.5f;
    private static readonly NDArray s_matrix = np.random.RandomState(4).rand(512, 512), s_order = np.random.RandomState(5).permutation(60000);

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
        ("b[p]", () => s_bytes[s_order]),
        ("b[:, ::2, ::2]", () => s_bytes[.., Slice(step: 2), Slice(step: 2)]),
        ("np.stack([b, b, b], -1)", () => np.stack([s_bytes, s_bytes, s_bytes], -1)),
        ("np.pad(b, ((0, 0), (2, 2), (2, 2)))", () => np.pad(s_bytes, ((0, 0), (2, 2), (2, 2)))),
        ("f.reshape(60000, 784).T", () => s_floats.reshape(60000, 784).T),
        ("np.where(b > 127, 1, 0)", () => np.where(s_bytes > 127, 1, 0)),
        ("np.clip(f, 10, 100)", () => np.clip(s_floats, 10, 100)),
        ("(b > 127).sum()", () => (s_bytes > 127).sum()),
        ("b.sum()", () => s_bytes.sum()),
        ("b.mean(axis=(1, 2))", () => s_bytes.mean(axis: (1, 2))),
        ("f.reshape(60000, 784).argmax(axis=1)", () => s_floats.reshape(60000, 784).argmax(axis: 1)),
        ("np.exp(f[:10000])", () => np.exp(s_floats[..10000])),
        ("f[:10000].reshape(-1, 784) @ w", () => np.matmul(s_floats[..10000].reshape(-1, 784), s_weights)),
        ("d @ d", () => np.matmul(s_matrix, s_matrix)),
        ("np.argsort(y)", () => np.argsort(s_classes)),
        ("np.argsort(v)", () => np.argsort(s_numbers)),
        ("np.sort(v)", () => np.sort(s_numbers)),
        ("np.unique(y, return_counts=True)", () => np.unique(s_classes, return_counts: true)),
        ("np.cumsum(v)", () => np.cumsum(s_numbers)),
        ("np.random.rand(1000, 784)", () => np.random.rand(1000, 784)),
        ("np.random.randn(1000, 784)", () => np.random.randn(1000, 784)),
        ("np.random.randint(0, 10, 60000)", () => np.random.randint(0, 10, size: 60000)),
        ("np.random.permutation(60000)", () => np.random.permutation(60000)),
    ];

    /// <summary>One side's shortest times in milliseconds, one per line.</summary>
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
            System.Console.WriteLine(times.Min().ToString("R", CultureInfo.InvariantCulture));
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
                print(min(times))
            """;
        var turns = Enumerable.Range(0, Turns).Select(
            _ => (Here: Times(Environment.ProcessPath!, ["numpy-here"]), Numpy: Times(python, ["-c", program]))).ToArray();
        var table = new Table().AddColumns("", "numpy, ms", "KerasPort, ms", "ratio");
        for (int i = 0; i < s_lines.Length; i++)
        {
            double here = turns.Min(turn => turn.Here[i]), numpy = turns.Min(turn => turn.Numpy[i]);
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
}
