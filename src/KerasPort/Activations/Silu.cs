using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Activations;

/// <summary>
/// y = x · sigmoid(x).
/// Source: Ramachandran, Zoph and Le, Searching for activation functions (2017).
/// </summary>
[Alias("swish")]
public sealed class Silu : ActivationFunction
{
    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByInput(default(SiluFormula), default(SiluGradient), x);
}

/// <summary>
/// y = x · tanh(log(1 + eˣ)).
/// Source: Misra, Mish: a self regularized non-monotonic activation function (2019).
/// </summary>
public sealed class Mish : ActivationFunction
{
    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByInput(default(MishFormula), default(MishGradient), x);
}

/// <summary>x · sigmoid(x).</summary>
internal readonly struct SiluFormula : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Multiply(x, Elementary<T, M>.Sigmoid(x));
}

/// <summary>dx = dy · s · (1 + x · (1 - s)) for s, the sigmoid.</summary>
internal readonly struct SiluGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T>
    {
        T one = M.Splat(1), s = Elementary<T, M>.Sigmoid(x);
        return M.Multiply(dy, M.Multiply(s, M.Add(one, M.Multiply(x, M.Subtract(one, s)))));
    }
}

/// <summary>x · tanh(softplus(x)).</summary>
internal readonly struct MishFormula : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Multiply(x, M.Tanh(Elementary<T, M>.Softplus(x)));
}

/// <summary>dx = dy · (t + x · (1 - t²) · sigmoid(x)) for t = tanh(softplus(x)).</summary>
internal readonly struct MishGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T>
    {
        T t = M.Tanh(Elementary<T, M>.Softplus(x)), slope = M.Multiply(M.Subtract(M.Splat(1), M.Multiply(t, t)), Elementary<T, M>.Sigmoid(x));
        return M.Multiply(dy, M.Add(t, M.Multiply(x, slope)));
    }
}
