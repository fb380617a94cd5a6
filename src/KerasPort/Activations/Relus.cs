using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Activations;

/// <summary>y = min(max(x, 0), 6).</summary>
public sealed class Relu6 : ActivationFunction
{
    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByInput(new Ramp(0, 6), new RampGradient(0, 6), x);
}

/// <summary>y = x above 0, else negative_slope · x.</summary>
/// <param name="negative_slope">The slope below 0.</param>
public sealed class LeakyRelu(double negative_slope = 0.2) : ActivationFunction
{
    /// <summary>The slope below 0.</summary>
    public double negative_slope { get; } = negative_slope;

    internal override bool HasArguments => negative_slope != 0.2;

    internal override (string Operator, double Alpha)? OnnxWithAlpha => ("LeakyRelu", negative_slope);

    internal Tensor OfAlpha(Tensor features, double alpha = 0.2) => new LeakyRelu(alpha).Of(features);

    internal Tensor With(Tensor x, double negative_slope = 0.2) => new LeakyRelu(negative_slope).Of(x);

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByInput(new Leaky((float)negative_slope), new LeakyGradient((float)negative_slope), x);
}

/// <summary>x limited to [least, most]; NaN stays NaN.</summary>
internal readonly record struct Ramp(float Least, float Most) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T>
    {
        T below = M.Select(M.Greater(x, M.Splat(Most)), M.Splat(Most), x);
        return M.Select(M.Greater(M.Splat(Least), below), M.Splat(Least), below);
    }
}

/// <summary>dx = dy where x lies strictly between least and most, else 0.</summary>
internal readonly record struct RampGradient(float Least, float Most) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> =>
        M.Select(M.Greater(x, M.Splat(Least)), M.Select(M.Greater(M.Splat(Most), x), dy, M.Splat(0)), M.Splat(0));
}

/// <summary>x above 0, else slope · x.</summary>
internal readonly record struct Leaky(float Slope) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Select(M.Greater(x, M.Splat(0)), x, M.Multiply(M.Splat(Slope), x));
}

/// <summary>dx = dy where x is above 0, else slope · dy.</summary>
internal readonly record struct LeakyGradient(float Slope) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> => M.Select(M.Greater(x, M.Splat(0)), dy, M.Multiply(M.Splat(Slope), dy));
}

/// <summary>x above the threshold, else other.</summary>
internal readonly record struct Above(float Threshold, float Other) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Select(M.Greater(x, M.Splat(Threshold)), x, M.Splat(Other));
}

/// <summary>dx = dy where x is above the threshold, else 0.</summary>
internal readonly record struct AboveGradient(float Threshold) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> => M.Select(M.Greater(x, M.Splat(Threshold)), dy, M.Splat(0));
}

/// <summary>dx = dy where x lies between least and most or equals one, else 0.</summary>
internal readonly record struct WithinGradient(float Least, float Most) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> =>
        M.Select(M.Greater(x, M.Splat(Most)), M.Splat(0), M.Select(M.Greater(M.Splat(Least), x), M.Splat(0), dy));
}
