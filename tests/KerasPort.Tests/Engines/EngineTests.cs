using System.Runtime.Intrinsics;
using KerasPort.Engines;
using KerasPort.Engines.Managed;

namespace KerasPort.Tests.Engines;

/// <summary>The definition itself gives what Keras recorded.</summary>
public sealed class ReferenceEngineTests : RecordedContract
{
    private protected override Kernels Open(int threads) => new ReferenceKernels();
}

public abstract class ManagedContract : EngineContract
{
    // Threads for every number of them, kept: each test opens kernels many times.
    private static readonly Dictionary<int, Workers> s_workers = [];

    private protected override bool FusesConvReluPool => true;

    private protected override bool FusesDenseKernelUpdate => true;

    private protected static Workers Threads(int count) => s_workers.TryGetValue(count, out var workers) ? workers : s_workers[count] = new Workers(count);
}

public sealed class Managed512Tests : ManagedContract
{
    private protected override Kernels Open(int threads) => new ManagedKernels<Simd512, Vector512<float>>(Threads(threads));
}

public sealed class Managed256Tests : ManagedContract
{
    private protected override Kernels Open(int threads) => new ManagedKernels<Simd256, Vector256<float>>(Threads(threads));
}

public sealed class Managed128Tests : ManagedContract
{
    private protected override Kernels Open(int threads) => new ManagedKernels<Simd128, Vector128<float>>(Threads(threads));
}
