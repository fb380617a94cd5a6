using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Layers;
using KerasPort.Optimizers;

namespace KerasPort.Graphs;

/// <summary>w[…] -= w[…] · share · learning rate, for a variable that isn't excluded from the optimizer's weight decay.</summary>
internal sealed class WeightDecayNode(Tensor w, Variable variable, Optimizer optimizer, float share) : Node(w)
{
    public override bool HasEffect => true;

    public override void Run(Kernels kernels)
    {
        if (optimizer.Decays(variable)) kernels.Map(new Unary<Decayed>(new(share, (float)optimizer.learning_rate)), w.Size, w.Buffer, w.Buffer);
    }
}

/// <summary>w - w · share · rate.</summary>
internal readonly record struct Decayed(float Share, float Rate) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T w) where M : struct, IMath<T> => M.Subtract(w, M.Multiply(M.Multiply(w, M.Splat(Share)), M.Splat(Rate)));
}
