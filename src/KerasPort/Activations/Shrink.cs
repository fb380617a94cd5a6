using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Activations;

/// <summary>y = x where |x| is above the threshold, else 0.</summary>
/// <param name="threshold">The magnitude above which a value passes.</param>
public sealed class HardShrink(double threshold = 0.5) : ActivationFunction
{
    /// <summary>The magnitude above which a value passes.</summary>
    public double threshold { get; } = threshold;

    internal override bool HasArguments => threshold != 0.5;

    internal Tensor With(Tensor x, double threshold = 0.5) => new HardShrink(threshold).Of(x);

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByInput(new HardShrunk((float)threshold), new ShrinkGradient((float)threshold), x);
}

/// <summary>y = x moved towards 0 by the threshold, and 0 where |x| isn't above it.</summary>
/// <param name="threshold">The distance by which values move, and up to which they become 0.</param>
public sealed class SoftShrink(double threshold = 0.5) : ActivationFunction
{
    /// <summary>The distance by which values move, and up to which they become 0.</summary>
    public double threshold { get; } = threshold;

    internal override bool HasArguments => threshold != 0.5;

    internal Tensor With(Tensor x, double threshold = 0.5) => new SoftShrink(threshold).Of(x);

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByInput(new SoftShrunk((float)threshold), new ShrinkGradient((float)threshold), x);
}

/// <summary>y = x - tanh(x).</summary>
public sealed class TanhShrink : ActivationFunction
{
    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByInput(default(TanhShrunk), default(TanhShrunkGradient), x);
}

/// <summary>y = x where it is above the threshold, else the default value.</summary>
/// <param name="threshold">The value above which x passes.</param>
/// <param name="default_value">The output where x doesn't pass.</param>
public sealed class Threshold(double threshold, double default_value) : ActivationFunction
{
    /// <summary>The value above which x passes.</summary>
    public double threshold { get; } = threshold;

    /// <summary>The output where x doesn't pass.</summary>
    public double default_value { get; } = default_value;

    internal override bool HasArguments => true;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) =>
        g.MapByInput(new Above((float)threshold, (float)default_value), new AboveGradient((float)threshold), x);
}

/// <summary>x where |x| is above the threshold, else 0.</summary>
internal readonly record struct HardShrunk(float Threshold) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Select(M.Greater(M.Abs(x), M.Splat(Threshold)), x, M.Splat(0));
}

/// <summary>x moved towards 0 by the threshold, and 0 where |x| isn't above it.</summary>
internal readonly record struct SoftShrunk(float Threshold) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> =>
        M.Select(M.Greater(M.Abs(x), M.Splat(Threshold)), M.Subtract(x, M.CopySign(M.Splat(Threshold), x)), M.Splat(0));
}

/// <summary>dx = dy where |x| is above the threshold, else 0.</summary>
internal readonly record struct ShrinkGradient(float Threshold) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> => M.Select(M.Greater(M.Abs(x), M.Splat(Threshold)), dy, M.Splat(0));
}

/// <summary>x - tanh(x).</summary>
internal readonly struct TanhShrunk : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Subtract(x, M.Tanh(x));
}

/// <summary>dx = dy · tanh(x)².</summary>
internal readonly struct TanhShrunkGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T>
    {
        T t = M.Tanh(x);
        return M.Multiply(dy, M.Multiply(t, t));
    }
}
