using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using KerasPort.Engines.Formulas;
using KerasPort.Engines.Managed;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace KerasPort.Benchmarks;

/// <summary>The functions of formulas in nanoseconds per value on one thread: by vectors, and by .NET's functions, value by value.</summary>
[Config(typeof(Settings))]
public unsafe class FunctionBenchmarks
{
    private const int Count = 4096;
    private readonly float[] _x = new float[Count], _y = new float[Count];
    private Action _vectors = () => { }, _singles = () => { };

    [Params("exp", "expm1", "log", "log1p", "tanh", "erf", "sigmoid", "softplus", "pow")]
    public string Function { get; set; } = "";

    [GlobalSetup]
    public void Fill()
    {
        var random = new System.Random(1);
        for (int i = 0; i < Count; i++) _x[i] = Function is "log" or "log1p" or "pow" ? random.NextSingle() * 10 : random.NextSingle() * 10 - 5;
        (_vectors, _singles) = Function switch
        {
            "exp" => (() => Vectors(Simd512.Exp), () => Singles(MathF.Exp)),
            "expm1" => (() => Vectors(Simd512.Expm1), () => Singles(x => (float)DoubleMath.Expm1(x))),
            "log" => (() => Vectors(Simd512.Log), () => Singles(MathF.Log)),
            "log1p" => (() => Vectors(Simd512.Log1p), () => Singles(x => (float)DoubleMath.Log1p(x))),
            "tanh" => (() => Vectors(Simd512.Tanh), () => Singles(MathF.Tanh)),
            "erf" => (() => Vectors(Simd512.Erf), () => Singles(x => (float)ErrorFunction.Of(x))),
            "sigmoid" => (() => Vectors(Elementary<V, Simd512>.Sigmoid), () => Singles(x => 1 / (1 + MathF.Exp(-x)))),
            "softplus" => (() => Vectors(Elementary<V, Simd512>.Softplus), () => Singles(x => MathF.Log(1 + MathF.Exp(x)))),
            _ => ((Action)(() => Vectors(x => Simd512.Pow(x, Simd512.Splat(1.7f)))), (Action)(() => Singles(x => MathF.Pow(x, 1.7f)))),
        };
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Vectors() => _vectors();

    [Benchmark(OperationsPerInvoke = Count, Baseline = true)]
    public void Singles() => _singles();

    private void Vectors(Func<V, V> function)
    {
        fixed (float* x = _x, y = _y)
            for (int i = 0; i < Count; i += Simd512.Lanes) Simd512.Store(function(Simd512.Load(x + i)), y + i);
    }

    private void Singles(Func<float, float> function)
    {
        for (int i = 0; i < Count; i++) _y[i] = function(_x[i]);
    }

    private sealed class Settings : ManualConfig
    {
        public Settings() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    }
}
