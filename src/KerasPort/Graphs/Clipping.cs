using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>y[…] = x[…], but at least -limit and at most limit; NaN stays NaN.</summary>
    public Tensor ClipByValue(Tensor x, float limit) => MapByInput(new Clipped(limit), new ClippedGradient(limit), x);

    /// <summary>y[…] = x[…], but at least low and at most high; NaN stays NaN.</summary>
    public Tensor Clip(Tensor x, float low, float high) => MapByInput(new Between(low, high), new BetweenGradient(low, high), x);

    /// <summary>y[…] = x[…] · limit / max(‖x‖, limit), with ‖x‖ = √Σx² over all elements, whose squares may be given.</summary>
    public Tensor ClipByNorm(Tensor x, float limit, Tensor? squares = null) =>
        Divide(Scale(x, limit), MapByInput(new NormOrLimit(limit), new NormOrLimitGradient(limit), SumAll(squares ?? Square(x))));

    /// <summary>
    /// Each tensor · min(limit / ‖all‖, 1), with ‖all‖ = √Σx² over all elements of all tensors, whose squares may be given; NaN where ‖all‖ isn't finite.
    /// </summary>
    public Tensor[] ClipByGlobalNorm(IReadOnlyList<Tensor> all, double limit, IReadOnlyList<Tensor?>? squares = null)
    {
        var sum = all.Select((x, i) => SumAll(squares?[i] ?? Square(x))).ToArray().Aggregate(Add);
        var factor = MapByInput(new NormFactor((float)limit, (float)(1 / limit)), new NormFactorGradient((float)limit), sum);
        return [.. all.Select(x => Multiply(x, factor))];
    }
}

/// <summary>x between -limit and limit.</summary>
internal readonly record struct Clipped(float Limit) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Select(M.Greater(M.Abs(x), M.Splat(Limit)), M.CopySign(M.Splat(Limit), x), x);
}

/// <summary>dx = dy where x lies between -limit and limit or on one of them, else 0.</summary>
internal readonly record struct ClippedGradient(float Limit) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> => M.Select(M.Greater(M.Abs(x), M.Splat(Limit)), M.Splat(0), dy);
}

/// <summary>x between both limits.</summary>
internal readonly record struct Between(float Low, float High) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T>
    {
        T low = M.Splat(Low), high = M.Splat(High);
        return M.Select(M.Greater(low, x), low, M.Select(M.Greater(x, high), high, x));
    }
}

/// <summary>dx = dy where x lies between the limits or on one, else 0.</summary>
internal readonly record struct BetweenGradient(float Low, float High) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T>
    {
        T zero = M.Splat(0);
        return M.Select(M.Greater(M.Splat(Low), x), zero, M.Select(M.Greater(x, M.Splat(High)), zero, dy));
    }
}

/// <summary>max(√x, limit) of a sum of squares; NaN stays NaN.</summary>
internal readonly record struct NormOrLimit(float Limit) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T>
    {
        T norm = M.Sqrt(x);
        return M.Select(M.Greater(M.Splat(Limit), norm), M.Splat(Limit), norm);
    }
}

/// <summary>dx = dy / (2·√x) where √x is above the limit, else 0.</summary>
internal readonly record struct NormOrLimitGradient(float Limit) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T>
    {
        T norm = M.Sqrt(x);
        return M.Select(M.Greater(norm, M.Splat(Limit)), M.Divide(M.Multiply(M.Splat(0.5f), dy), norm), M.Splat(0));
    }
}

/// <summary>limit · min(1 / √x, 1 / limit) of a sum of squares, in the order of Keras' rounding; NaN where x isn't finite.</summary>
internal readonly record struct NormFactor(float Limit, float Inverse) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T>
    {
        T norm = M.Sqrt(x), inverse = M.Divide(M.Splat(1), norm);
        inverse = M.Select(M.Greater(inverse, M.Splat(Inverse)), M.Splat(Inverse), inverse);
        return M.Add(M.Multiply(M.Splat(Limit), inverse), M.Subtract(norm, norm));
    }
}

/// <summary>dx = -dy · limit / (2·√x³) where √x is above the limit, else 0.</summary>
internal readonly record struct NormFactorGradient(float Limit) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T>
    {
        T norm = M.Sqrt(x), slope = M.Divide(M.Multiply(M.Splat(-0.5f * Limit), dy), M.Multiply(x, norm));
        return M.Select(M.Greater(norm, M.Splat(Limit)), slope, M.Splat(0));
    }
}
