using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Activations;

/// <summary>y = 1 / (1 + exp(-x)). dx = dy·y·(1 - y).</summary>
public sealed class Sigmoid : ActivationFunction
{
    internal override string OnnxOperator => "Sigmoid";

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByOutput(default(SigmoidFormula), default(SigmoidGradient), x);
}

/// <summary>1 / (1 + exp(-x)).</summary>
public readonly struct SigmoidFormula : IUnary
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => Elementary<T, M>.Sigmoid(x);
}

/// <summary>dx = dy·y·(1 - y) for y, the sigmoid.</summary>
public readonly struct SigmoidGradient : IBinary
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T y, T dy) where M : struct, IMath<T> => M.Multiply(dy, M.Multiply(y, M.Subtract(M.Splat(1), y)));
}
