using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Constraints;

/// <summary>w · min(‖w‖, max_value) / (‖w‖ + 1e-7). Source: Srebro and Shraibman, Rank, trace-norm and max-norm (2005).</summary>
/// <param name="max_value">The upper limit of a norm.</param>
/// <param name="axis">The axes over which norms are computed; 0 by default.</param>
public sealed class MaxNorm(double max_value = 2, Axes? axis = null) : NormConstraint(axis)
{
    /// <summary>The upper limit of a norm.</summary>
    [Counts]
    public double max_value { get; } = max_value;

    private protected override Tensor Bound(Graph g, Tensor w, Tensor squares) => g.Multiply(w, g.Map(new NormShare(0, (float)max_value), squares));
}

/// <summary>w / (‖w‖ + 1e-7).</summary>
/// <param name="axis">The axes over which norms are computed; 0 by default.</param>
public sealed class UnitNorm(Axes? axis = null) : NormConstraint(axis)
{
    private protected override Tensor Bound(Graph g, Tensor w, Tensor squares) => g.Divide(w, g.Map(default(NormAndEpsilon), squares));
}

/// <summary>w · (rate · clip(‖w‖, min_value, max_value) + (1 - rate) · ‖w‖) / (‖w‖ + 1e-7).</summary>
/// <param name="min_value">The lower limit of a norm.</param>
/// <param name="max_value">The upper limit of a norm.</param>
/// <param name="rate">The share of the distance to the limits that each step goes; 1 enforces them.</param>
/// <param name="axis">The axes over which norms are computed; 0 by default.</param>
public sealed class MinMaxNorm(double min_value = 0.0, double max_value = 1.0, double rate = 1.0, Axes? axis = null) : NormConstraint(axis)
{
    /// <summary>The lower limit of a norm.</summary>
    public double min_value { get; } = min_value;

    /// <summary>The upper limit of a norm.</summary>
    public double max_value { get; } = max_value;

    /// <summary>The share of the distance to the limits that each step goes.</summary>
    public double rate { get; } = rate;

    private protected override Tensor Bound(Graph g, Tensor w, Tensor squares) =>
        g.Multiply(w, g.Map(new MixedNormShare((float)min_value, (float)max_value, (float)rate, (float)(1 - rate)), squares));
}

/// <summary>√x + 1e-7 of a sum of squares.</summary>
internal readonly struct NormAndEpsilon : IUnary
{
    public const float Epsilon = 1e-7f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Add(M.Splat(Epsilon), M.Sqrt(x));
}

/// <summary>clip(√x, least, most) / (√x + 1e-7) of a sum of squares; NaN stays NaN.</summary>
internal readonly record struct NormShare(float Least, float Most) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T>
    {
        T norm = M.Sqrt(x);
        return M.Divide(Clipped<T, M>(norm, Least, Most), M.Add(M.Splat(NormAndEpsilon.Epsilon), norm));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Clipped<T, M>(T norm, float least, float most) where M : struct, IMath<T>
    {
        T above = M.Select(M.Greater(norm, M.Splat(most)), M.Splat(most), norm);
        return M.Select(M.Greater(M.Splat(least), above), M.Splat(least), above);
    }
}

/// <summary>(rate · clip(√x, least, most) + rest · √x) / (√x + 1e-7) of a sum of squares.</summary>
internal readonly record struct MixedNormShare(float Least, float Most, float Rate, float Rest) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T>
    {
        T norm = M.Sqrt(x), desired = M.Multiply(M.Splat(Rate), NormShare.Clipped<T, M>(norm, Least, Most));
        return M.Divide(M.Add(desired, M.Multiply(M.Splat(Rest), norm)), M.Add(M.Splat(NormAndEpsilon.Epsilon), norm));
    }
}
