using KerasPort.Engines;
using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>Adds x[…] to sums, which persist from batch to batch.</summary>
    internal void Accumulate(Tensor x, DeviceBuffer sums) => Do(new AccumulateNode(x, sums));

    /// <summary>y[…] = sums[…] / count, and sums[…] = 0.</summary>
    internal Tensor TakeMean(DeviceBuffer sums, Shape shape, int count) => Add(new TakeMeanNode(sums, count), shape);
}

/// <summary>sums[…] += x[…].</summary>
internal sealed class AccumulateNode(Tensor x, DeviceBuffer sums) : Node(x)
{
    public override bool HasEffect => true;

    public override void Run(Kernels kernels) => kernels.Map(new Binary<Sum>(), x.Size, sums, x.Buffer, sums);
}

/// <summary>y[…] = sums[…] / count and sums[…] = 0.</summary>
internal sealed class TakeMeanNode(DeviceBuffer sums, int count) : Node
{
    public override bool HasEffect => true;

    public override void Run(Kernels kernels) => kernels.Map(new TakenMean(count), Output.Size, Output.Buffer, sums);
}

/// <summary>a = b / count and b = 0.</summary>
internal readonly record struct TakenMean(float Count) : IFormula
{
    public static int Reads => 0b10;

    public static int Writes => 0b11;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T a, ref T b, ref T c, ref T d, ref T e, ref T f) where M : struct, IMath<T>
    {
        a = M.Divide(b, M.Splat(Count));
        b = M.Splat(0);
    }
}
