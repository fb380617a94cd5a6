using System.Runtime.Intrinsics;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Engines.Managed;

/// <summary>Pure C# on the CPU: the widest SIMD that the processor has, on all cores. It is always available.</summary>
public sealed class ManagedEngine : Engine, IDisposable
{
    private readonly Workers _workers;

    /// <summary>The engine on a number of threads.</summary>
    public ManagedEngine(int threads) => _workers = new Workers(threads);

    /// <inheritdoc/>
    public override string name => "managed";

    /// <inheritdoc/>
    public override string device => "cpu";

    /// <inheritdoc/>
    public override int threads => _workers.Threads;

    /// <inheritdoc/>
    public override CompiledModel Compile(Model model, Optimizer? optimizer, IReadOnlyList<Goal> goals) =>
        new Executor(OpenKernels(), model, optimizer, goals, OpenKernels, threads);

    /// <summary>Records how long each kernel takes; <c>null</c> if nothing is measured. Its medians are meaningful for steps of a single model.</summary>
    internal Profile? Profile
    {
        get => _workers.Profile;
        set => _workers.Profile = value;
    }

    /// <summary>The kernels for this processor. The width of vectors is chosen here and nowhere else.</summary>
    internal Kernels OpenKernels() =>
        Vector512.IsHardwareAccelerated ? new ManagedKernels<Simd512, Vector512<float>>(_workers)
        : Vector256.IsHardwareAccelerated ? new ManagedKernels<Simd256, Vector256<float>>(_workers)
        : new ManagedKernels<Simd128, Vector128<float>>(_workers);

    /// <summary>Stops the threads.</summary>
    public void Dispose() => _workers.Dispose();
}
