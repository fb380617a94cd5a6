using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Activations;

/// <summary>y = log(1 + eˣ).</summary>
public sealed class Softplus : ActivationFunction
{
    internal override string OnnxOperator => "Softplus";

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByInput(default(SoftplusFormula), default(SoftplusGradient), x);
}

/// <summary>y = log(sigmoid(x)) = -log(1 + e to the -x).</summary>
public sealed class LogSigmoid : ActivationFunction
{
    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) =>
        g.Scale(g.MapByInput(default(SoftplusFormula), default(SoftplusGradient), g.Scale(x, -1)), -1);
}

/// <summary>y = x / (1 + |x|).</summary>
public sealed class Softsign : ActivationFunction
{
    internal override string OnnxOperator => "Softsign";

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByInput(default(SoftsignFormula), default(SoftsignGradient), x);
}

/// <summary>
/// y = (x + √(x² + b)) / 2.
/// Source: Barron, Squareplus: a softplus-like algebraic rectifier (2021).
/// </summary>
/// <param name="b">The roundness of the bend at 0.</param>
public sealed class Squareplus(double b = 4) : ActivationFunction
{
    /// <summary>The roundness of the bend at 0.</summary>
    public double b { get; } = b;

    internal override bool HasArguments => b != 4;

    internal Tensor With(Tensor x, double b = 4) => new Squareplus(b).Of(x);

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByInput(new SquareplusFormula((float)b), new SquareplusGradient((float)b), x);
}

/// <summary>log(1 + eˣ).</summary>
internal readonly struct SoftplusFormula : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => Elementary<T, M>.Softplus(x);
}

/// <summary>dx = dy · sigmoid(x).</summary>
internal readonly struct SoftplusGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> => M.Multiply(dy, Elementary<T, M>.Sigmoid(x));
}

/// <summary>x / (1 + |x|).</summary>
internal readonly struct SoftsignFormula : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Divide(x, M.Add(M.Splat(1), M.Abs(x)));
}

/// <summary>dx = dy / (1 + |x|)².</summary>
internal readonly struct SoftsignGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T>
    {
        T below = M.Add(M.Splat(1), M.Abs(x));
        return M.Divide(dy, M.Multiply(below, below));
    }
}

/// <summary>(x + √(x² + b)) / 2.</summary>
internal readonly record struct SquareplusFormula(float B) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Multiply(M.Splat(0.5f), M.Add(x, M.Sqrt(M.Add(M.Multiply(x, x), M.Splat(B)))));
}

/// <summary>dx = dy · (1 + x / √(x² + b)) / 2.</summary>
internal readonly record struct SquareplusGradient(float B) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T>
    {
        T root = M.Sqrt(M.Add(M.Multiply(x, x), M.Splat(B)));
        return M.Multiply(dy, M.Multiply(M.Splat(0.5f), M.Add(M.Splat(1), M.Divide(x, root))));
    }
}
