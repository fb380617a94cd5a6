using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort.Optimizers;

// Moving averages of the weights (Polyak and Juditsky, Acceleration of stochastic approximation by averaging, 1992).
public abstract partial class Optimizer
{
    /// <summary>Whether it keeps a moving average of each weight, which takes the weight's place when <c>fit</c> ends.</summary>
    public bool use_ema { get; }

    /// <summary>The share of the average that stays with each batch.</summary>
    public double ema_momentum { get; }

    /// <summary>The number of steps after which averages replace the weights; <c>null</c> for only at the end.</summary>
    public int? ema_overwrite_frequency { get; }

    /// <summary>The slot of a weight's moving average; <c>null</c> where there is none.</summary>
    internal virtual int? AverageOf(Variable variable) => use_ema ? AverageSlot : null;

    private void AddAverages(Graph g, FlatVariables flat, IReadOnlyList<TrainedVariable> trained)
    {
        DeviceBuffer Average(TrainedVariable t) => flat.Slots[AverageSlot].Part(t.Start, t.Variable.size);
        foreach (var t in trained) g.Do(new AverageNode(g.Variable(t.Variable), Average(t), this));
        if (ema_overwrite_frequency is not (> 0 and var steps)) return;
        var always = g.When;
        g.When = Also(always, () => (iterations + 1) % steps == 0);
        foreach (var t in trained)
            g.Assign(t.Variable, new Tensor(g, null, t.Variable.shape, new Storage { Buffer = Average(t), IsFixed = true }));
        g.When = always;
    }

    /// <summary>average = momentum · average + (1 - momentum) · w, where the momentum of the first step is 0.</summary>
    private sealed class AverageNode(Tensor w, DeviceBuffer average, Optimizer optimizer) : Node(w)
    {
        public override bool HasEffect => true;

        public override void Run(Kernels kernels)
        {
            float momentum = optimizer.iterations == 0 ? 0 : (float)optimizer.ema_momentum;
            kernels.Map(new Averaged(momentum, 1 - momentum), w.Size, average, w.Buffer);
        }
    }
}

/// <summary>a = old · a + new · b.</summary>
internal readonly record struct Averaged(float Old, float New) : IFormula
{
    public static int Reads => 0b11;

    public static int Writes => 0b01;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T a, ref T b, ref T c, ref T d, ref T e, ref T f) where M : struct, IMath<T> =>
        a = M.Add(M.Multiply(M.Splat(Old), a), M.Multiply(M.Splat(New), b));
}
