using System.Runtime.Intrinsics;
using KerasPort.Engines;
using KerasPort.Engines.Managed;

namespace KerasPort.Tests.Engines;

public sealed class ReferenceEngineTests : EngineContract
{
    private protected override Kernels Open(int threads) => new ReferenceKernels();
}

/// <summary>Threads for every number of them, kept: each test opens kernels many times.</summary>
file static class Shared
{
    private static readonly Dictionary<int, Workers> s_workers = [];

    public static Workers Workers(int threads) => s_workers.TryGetValue(threads, out var workers) ? workers : s_workers[threads] = new Workers(threads);
}

public sealed class Managed512Tests : EngineContract
{
    private protected override Kernels Open(int threads) => new ManagedKernels<Simd512, Vector512<float>>(Shared.Workers(threads));
}

public sealed class Managed256Tests : EngineContract
{
    private protected override Kernels Open(int threads) => new ManagedKernels<Simd256, Vector256<float>>(Shared.Workers(threads));
}

public sealed class Managed128Tests : EngineContract
{
    private protected override Kernels Open(int threads) => new ManagedKernels<Simd128, Vector128<float>>(Shared.Workers(threads));
}
