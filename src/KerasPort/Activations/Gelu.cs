using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Activations;

/// <summary>
/// y = x · Φ(x) with the cumulative distribution function Φ of the standard normal distribution; or its approximation by tanh.
/// Source: Hendrycks and Gimpel, Gaussian error linear units (2016).
/// </summary>
/// <param name="approximate">Whether it is computed as ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))).</param>
public sealed class Gelu(bool approximate = false) : ActivationFunction
{
    /// <summary>Whether it is approximated by tanh.</summary>
    public bool approximate { get; } = approximate;

    internal override bool HasArguments => approximate;

    internal Tensor With(Tensor x, bool approximate = false) => new Gelu(approximate).Of(x);

    internal Tensor OfOps(Tensor x, bool approximate = true) => new Gelu(approximate).Of(x);

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => approximate
        ? g.MapByInput(default(TanhGelu), default(TanhGeluGradient), x) : g.MapByInput(default(GeluFormula), default(GeluGradient), x);
}

/// <summary>½ x (1 + erf(x / √2)).</summary>
internal readonly struct GeluFormula : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Multiply(M.Multiply(M.Splat(0.5f), x), Twice<T, M>(x));

    /// <summary>2 Φ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Twice<T, M>(T x) where M : struct, IMath<T> => M.Add(M.Splat(1), M.Erf(M.Divide(x, M.Splat(1.41421356f))));
}

/// <summary>dx = dy · (Φ(x) + x · exp(-x² / 2) / √(2π)).</summary>
internal readonly struct GeluGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T>
    {
        T density = M.Multiply(M.Splat(0.39894228f), M.Exp(M.Multiply(M.Splat(-0.5f), M.Multiply(x, x))));
        return M.Multiply(dy, M.Add(M.Multiply(M.Splat(0.5f), GeluFormula.Twice<T, M>(x)), M.Multiply(x, density)));
    }
}

/// <summary>½ x (1 + tanh(√(2/π) (x + 0.044715 x³))).</summary>
internal readonly struct TanhGelu : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Multiply(M.Multiply(M.Splat(0.5f), x), M.Add(M.Splat(1), Tanh<T, M>(x)));

    public const float Cubic = 0.044715f, Factor = 0.797884561f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T, M>(T x) where M : struct, IMath<T> =>
        M.Tanh(M.Multiply(M.Splat(Factor), M.Add(x, M.Multiply(M.Splat(Cubic), M.Multiply(x, M.Multiply(x, x))))));
}

/// <summary>dx = dy · ½ (1 + t + x (1 - t²) √(2/π) (1 + 3 · 0.044715 x²)) for t, the tanh.</summary>
internal readonly struct TanhGeluGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T>
    {
        T one = M.Splat(1), half = M.Splat(0.5f), t = TanhGelu.Tanh<T, M>(x), inner = M.Multiply(M.Splat(3 * TanhGelu.Cubic), M.Multiply(x, x));
        T slope = M.Multiply(M.Splat(TanhGelu.Factor), M.Add(one, inner)), steep = M.Multiply(M.Multiply(x, M.Subtract(one, M.Multiply(t, t))), slope);
        return M.Multiply(dy, M.Multiply(half, M.Add(M.Add(one, t), steep)));
    }
}
