using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using KerasPort.Engines;
using KerasPort.Engines.Managed;
using KerasPort.Layers;
using KerasPort.Optimizers;
using Perfolizer.Horology;

namespace KerasPort.Benchmarks;

/// <summary>The engine's kernels at the shapes of the codelab's models, batch 32, on all cores.</summary>
[Config(typeof(Settings))]
public class KernelBenchmarks
{
    private const int Images = 32;
    private static readonly Window2D s_conv1 = new(28, 28, 1, 26, 26, 64, 3, 3, 1, 1, 1, 1, 0, 0);
    private static readonly Window2D s_conv2 = new(13, 13, 64, 11, 11, 64, 3, 3, 1, 1, 1, 1, 0, 0);
    private static readonly Window2D s_pool = new(26, 26, 64, 13, 13, 64, 2, 2, 2, 2, 1, 1, 0, 0);

    private static readonly Window2D s_halved = new(32, 32, 32, 16, 16, 64, 3, 3, 2, 2, 1, 1, 0, 0),
        s_thinned = s_halved with { KernelHeight = 1, KernelWidth = 1 };
    private static readonly Window2D s_each = new(16, 16, 128, 16, 16, 128, 3, 3, 1, 1, 1, 1, 1, 1), s_few = s_each with { Channels = 8, Filters = 8 };
    private static readonly Window2D s_sequence = new(1, 200, 128, 1, 200, 128, 1, 5, 1, 1, 1, 1, 0, 2);

    private ManagedEngine _engine = null!;
    private FmaPeak _peak = null!;
    private Action _run = () => { };

    /// <summary>The kernels, by name.</summary>
    public static IEnumerable<string> Names => s_cases.Keys;

    [ParamsSource(nameof(Names))]
    public string Kernel { get; set; } = "";

    private static readonly Dictionary<string, Func<Kernels, Case>> s_cases = new()
    {
        ["conv1 forward"] = k => Convolution(k, s_conv1, (x, w, y, _) => k.Conv2D(s_conv1, Images, x, w, null, true, y)),
        ["conv1 dw"] = k => Convolution(k, s_conv1, (x, w, y, dw) => k.Conv2DKernelGradient(s_conv1, Images, x, y, dw)),
        ["conv2 forward"] = k => Convolution(k, s_conv2, (x, w, y, _) => k.Conv2D(s_conv2, Images, x, w, null, true, y)),
        ["conv2 dx"] = k => Convolution(k, s_conv2, (x, w, y, _) => k.Conv2DInputGradient(s_conv2, Images, y, w, x)),
        ["conv2 dw"] = k => Convolution(k, s_conv2, (x, w, y, dw) => k.Conv2DKernelGradient(s_conv2, Images, x, y, dw)),
        ["conv strides 2 dx"] = k => Convolution(k, s_halved, (x, w, y, _) => k.Conv2DInputGradient(s_halved, Images, y, w, x)),
        ["conv 1x1 strides 2 dx"] = k => Convolution(k, s_thinned, (x, w, y, _) => k.Conv2DInputGradient(s_thinned, Images, y, w, x)),
        ["conv1d forward"] = k => Convolution(k, s_sequence, (x, w, y, _) => k.Conv2D(s_sequence, Images, x, w, null, true, y)),
        ["conv1d dx"] = k => Convolution(k, s_sequence, (x, w, y, _) => k.Conv2DInputGradient(s_sequence, Images, y, w, x)),
        ["conv1d dw"] = k => Convolution(k, s_sequence, (x, w, y, dw) => k.Conv2DKernelGradient(s_sequence, Images, x, y, dw)),
        ["depthwise forward"] = k => Depthwise(k, s_each, (x, w, y, _) => k.DepthwiseConv2D(s_each, Images, x, w, null, true, y)),
        ["depthwise dx"] = k => Depthwise(k, s_each, (x, w, y, _) => k.DepthwiseConv2DInputGradient(s_each, Images, y, w, x)),
        ["depthwise dw"] = k => Depthwise(k, s_each, (x, w, y, dw) => k.DepthwiseConv2DKernelGradient(s_each, Images, x, y, dw)),
        ["depthwise of 8 forward"] = k => Depthwise(k, s_few, (x, w, y, _) => k.DepthwiseConv2D(s_few, Images, x, w, null, true, y)),
        ["depthwise of 8 dx"] = k => Depthwise(k, s_few, (x, w, y, _) => k.DepthwiseConv2DInputGradient(s_few, Images, y, w, x)),
        ["depthwise of 8 dw"] = k => Depthwise(k, s_few, (x, w, y, dw) => k.DepthwiseConv2DKernelGradient(s_few, Images, x, y, dw)),
        ["pool forward"] = k => Pooling(k),
        ["dense 784x128 forward"] = k => Dense(k, 784, 128, (x, w, y, _) => k.Dense(Images, 784, 128, x, w, null, true, y)),
        ["dense 784x128 dw"] = k => Dense(k, 784, 128, (x, w, y, dw) => k.DenseKernelGradient(Images, 784, 128, x, y, dw)),
        ["dense 1600x128 forward"] = k => Dense(k, 1600, 128, (x, w, y, _) => k.Dense(Images, 1600, 128, x, w, null, true, y)),
        ["dense 1600x128 dx"] = k => Dense(k, 1600, 128, (x, w, y, _) => k.DenseInputGradient(Images, 1600, 128, y, w, x)),
        ["dense 2048x2048 forward"] = k => Dense(k, 2048, 2048, (x, w, y, _) => k.Dense(Images, 2048, 2048, x, w, null, true, y)),
        ["adam 243,786 weights"] = k => AdamOf(k, 243_786),
    };

    [GlobalSetup]
    public void Open()
    {
        _peak = new FmaPeak(Environment.ProcessorCount);
        _engine = new ManagedEngine(Environment.ProcessorCount);
        _run = s_cases[Kernel](_engine.OpenKernels()).Run;
    }

    [GlobalCleanup]
    public void Close()
    {
        _engine.Dispose();
        _peak.Dispose();
    }

    /// <summary>The processor's FMA peak in the minute of each kernel, which its rate is a share of.</summary>
    [Benchmark(Baseline = true)]
    public void Peak() => _peak.Run();

    [Benchmark]
    public void Run() => _run();

    /// <summary>An action, and its number of multiplications and additions.</summary>
    private sealed record Case(double Flops, Action Run);

    private static Case Convolution(Kernels k, Window2D w, Action<DeviceBuffer, DeviceBuffer, DeviceBuffer, DeviceBuffer> run)
    {
        var (x, kernel, y, dkernel) = (Filled(k, Images * w.InputSize), Filled(k, w.Depth * w.Filters), Filled(k, Images * w.OutputSize),
            Filled(k, w.Depth * w.Filters));
        return new(2.0 * Images * w.Pixels * w.Depth * w.Filters, () => run(x, kernel, y, dkernel));
    }

    private static Case Depthwise(Kernels k, Window2D w, Action<DeviceBuffer, DeviceBuffer, DeviceBuffer, DeviceBuffer> run) =>
        Convolution(k, w, run) with { Flops = 2.0 * Images * w.OutputSize * w.KernelHeight * w.KernelWidth };

    private static Case Pooling(Kernels k)
    {
        var (x, y) = (Filled(k, Images * s_pool.InputSize), Filled(k, Images * s_pool.OutputSize));
        return new(0, () => k.MaxPooling2D(s_pool, Images, x, y));
    }

    private static Case Dense(Kernels k, int inputs, int outputs, Action<DeviceBuffer, DeviceBuffer, DeviceBuffer, DeviceBuffer> run)
    {
        var (x, kernel, y, dkernel) = (Filled(k, Images * inputs), Filled(k, inputs * outputs), Filled(k, Images * outputs), Filled(k, inputs * outputs));
        return new(2.0 * Images * inputs * outputs, () => run(x, kernel, y, dkernel));
    }

    private static Case AdamOf(Kernels k, int count)
    {
        var (w, g, m, v) = (Filled(k, count), Filled(k, count), Filled(k, count), Filled(k, count));
        return new(0, () => k.Map(new AdamFormula(0.001f, 0.1f, 0.001f, 1e-7f), count, w, g, m, v));
    }

    private static DeviceBuffer Filled(Kernels k, int length)
    {
        var buffer = k.Allocate(length);
        var random = new System.Random(1);
        var values = new float[length];
        for (int i = 0; i < length; i++) values[i] = random.NextSingle();
        k.Write(values, buffer);
        return buffer;
    }

    private sealed class Settings : ManualConfig
    {
        public Settings()
        {
            SummaryStyle = SummaryStyle.Default.WithMaxParameterColumnWidth(30);
            // Many short measurements: their median leaves out those that something disturbed.
            AddJob(Job.ShortRun.WithIterationTime(TimeInterval.FromMilliseconds(100)).WithIterationCount(15).WithToolchain(InProcessEmitToolchain.Instance));
            HideColumns("Ratio", "RatioSD");
            AddColumn(StatisticColumn.Median, new Rate("GFLOP/s"), new Rate("of peak"));
        }
    }

    /// <summary>The rate of a kernel's median in GFLOP/s, or as a share of the median of <see cref="Peak"/> beside it.</summary>
    private sealed class Rate(string name) : IColumn
    {
        public string Id => name;

        public string ColumnName => name;

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Custom;

        public int PriorityInCategory => 0;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Legend => name == "of peak"
            ? "share of Peak, the FMA units of all cores, measured beside the kernel"
            : "10⁹ multiplications and additions a second";

        public bool IsAvailable(Summary summary) => true;

        public bool IsDefault(Summary summary, BenchmarkCase benchmark) => false;

        public string GetValue(Summary summary, BenchmarkCase benchmark)
        {
            double rate = Gigaflops(summary, benchmark);
            if (name != "of peak" || rate == 0) return rate == 0 ? "-" : rate.ToString("F0", CultureInfo.InvariantCulture);
            return summary.GetBaseline(summary.GetLogicalGroupKey(benchmark)!) is { } peak
                ? (rate / Gigaflops(summary, peak)).ToString("P0", CultureInfo.InvariantCulture)
                : "-";
        }

        private static double Gigaflops(Summary summary, BenchmarkCase benchmark)
        {
            if (summary[benchmark]?.ResultStatistics is not { } result) return 0;
            using var peak = new FmaPeak(Environment.ProcessorCount);
            using var engine = new ManagedEngine(1);
            double flops = benchmark.Descriptor.Baseline ? peak.Flops : s_cases[(string)benchmark.Parameters[nameof(Kernel)]](engine.OpenKernels()).Flops;
            return flops / result.Median;
        }

        public string GetValue(Summary summary, BenchmarkCase benchmark, SummaryStyle style) => GetValue(summary, benchmark);
    }
}
