using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Tests.Engines;

/// <summary>A minimal new engine: with its own memory, and every kernel by its definition. It can do everything, slowly.</summary>
internal sealed class FirstDayKernels : HostKernels<float, FloatMath>
{
    protected override DeviceBuffer AllocateCore(int length) => new Memory(new float[length]);

    protected override void WriteCore(ReadOnlySpan<float> source, DeviceBuffer target) => source.CopyTo(((Memory)target).Floats.Span);

    protected override void ReadCore(DeviceBuffer source, Span<float> target) => ((Memory)source).Floats.Span[..target.Length].CopyTo(target);

    private sealed class Memory(Memory<float> floats) : DeviceBuffer(floats.Length)
    {
        public Memory<float> Floats => floats;

        protected override DeviceBuffer Cut(int start, int length) => new Memory(floats.Slice(start, length));
    }
}

internal sealed class FirstDayEngine : Engine
{
    public override string name => "first-day";

    public override string device => "cpu";

    public override int threads => 1;

    public override CompiledModel Compile(Model model, Optimizer? optimizer, IReadOnlyList<Goal> goals) =>
        new Executor(new FirstDayKernels(), model, optimizer, goals);
}

[Slow]
public sealed class FirstDayKernelTests : EngineContract
{
    private protected override bool FusesConvReluPool => false;

    private protected override bool FusesDenseKernelUpdate => false;

    private protected override Kernels Open(int threads) => new FirstDayKernels();
}

public sealed class FirstDayModelTests : ModelContract
{
    private protected override Engine Engine { get; } = new FirstDayEngine();
}
