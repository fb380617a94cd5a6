using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Activations;

/// <summary>y = eˣ.</summary>
public sealed class Exponential : ActivationFunction
{
    internal override Function AsFunction() => KerasOps.Exp;

    internal override string OnnxOperator => "Exp";

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.Exp(x);
}

/// <summary>
/// y = x above 0, else alpha · (eˣ - 1).
/// Source: Clevert, Unterthiner and Hochreiter, Fast and accurate deep network learning by exponential linear units (2016).
/// </summary>
/// <param name="alpha">The factor of the function below 0, where it approaches -alpha.</param>
public sealed class Elu(double alpha = 1.0) : ActivationFunction
{
    /// <summary>The factor of the function below 0.</summary>
    public double alpha { get; } = alpha;

    internal override bool HasArguments => alpha != 1;

    internal override (string Operator, double Alpha)? OnnxWithAlpha => ("Elu", alpha);

    internal Tensor With(Tensor x, double alpha = 1.0) => new Elu(alpha).Of(x);

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByInput(new EluFormula((float)alpha), new EluGradient((float)alpha), x);
}

/// <summary>
/// y = 1.0507 · x above 0, else 1.7581 · (eˣ - 1).
/// Source: Klambauer, Unterthiner, Mayr and Hochreiter, Self-normalizing neural networks (2017).
/// </summary>
public sealed class Selu : ActivationFunction
{
    internal override string OnnxOperator => "Selu";

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByInput(default(SeluFormula), default(SeluGradient), x);
}

/// <summary>
/// y = max(x, 0) + alpha · (exp(min(x, 0) / alpha) - 1).
/// Source: Barron, Continuously differentiable exponential linear units (2017).
/// </summary>
/// <param name="alpha">The factor of the function below 0, where it approaches -alpha.</param>
public sealed class Celu(double alpha = 1.0) : ActivationFunction
{
    /// <summary>The factor of the function below 0.</summary>
    public double alpha { get; } = alpha;

    internal override bool HasArguments => alpha != 1;

    internal override (string Operator, double Alpha)? OnnxWithAlpha => ("Celu", alpha);

    internal Tensor With(Tensor x, double alpha = 1.0) => new Celu(alpha).Of(x);

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByInput(new CeluFormula((float)alpha), new CeluGradient((float)alpha), x);
}

/// <summary>x above 0, else alpha · (eˣ - 1).</summary>
internal readonly record struct EluFormula(float Alpha) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Select(M.Greater(x, M.Splat(0)), x, M.Multiply(M.Splat(Alpha), M.Expm1(x)));
}

/// <summary>dx = dy where x is above 0, else dy · alpha · eˣ.</summary>
internal readonly record struct EluGradient(float Alpha) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> => M.Select(M.Greater(x, M.Splat(0)), dy, M.Multiply(dy, M.Multiply(M.Splat(Alpha), M.Exp(x))));
}

/// <summary>scale · x from 0 on, else scale · alpha · (eˣ - 1).</summary>
internal readonly struct SeluFormula : IUnary
{
    public const float Scale = 1.05070098f, ScaledAlpha = 1.75809934f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> =>
        M.Select(M.Greater(M.Splat(0), x), M.Multiply(M.Splat(ScaledAlpha), M.Expm1(x)), M.Multiply(M.Splat(Scale), x));
}

/// <summary>dx = dy · scale from 0 on, else dy · scale · alpha · eˣ.</summary>
internal readonly struct SeluGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> =>
        M.Multiply(dy, M.Select(M.Greater(M.Splat(0), x), M.Multiply(M.Splat(SeluFormula.ScaledAlpha), M.Exp(x)), M.Splat(SeluFormula.Scale)));
}

/// <summary>max(x, 0) + alpha · (exp(min(x, 0) / alpha) - 1).</summary>
internal readonly record struct CeluFormula(float Alpha) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T>
    {
        T zero = M.Splat(0), alpha = M.Splat(Alpha), below = M.Select(M.Greater(x, zero), zero, x);
        return M.Add(M.Select(M.Greater(zero, x), zero, x), M.Multiply(alpha, M.Expm1(M.Divide(below, alpha))));
    }
}

/// <summary>dx = dy above 0, dy · exp(x / alpha) below, and at 0, as in Keras, the sum of both.</summary>
internal readonly record struct CeluGradient(float Alpha) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T>
    {
        T zero = M.Splat(0), power = M.Exp(M.Divide(x, M.Splat(Alpha)));
        T slope = M.Select(M.Greater(x, zero), M.Splat(1), M.Select(M.Equal(x, zero), M.Splat(2), power));
        return M.Multiply(dy, slope);
    }
}
