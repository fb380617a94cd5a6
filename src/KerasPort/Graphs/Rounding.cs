using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs;

/// <summary>The nearest integer; a half is rounded to the even one.</summary>
internal readonly struct Rounded : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Round(x);
}

/// <summary>The largest integer not above x.</summary>
internal readonly struct Floored : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => Floor<T, M>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Floor<T, M>(T x) where M : struct, IMath<T>
    {
        T near = M.Round(x);
        return M.Select(M.Greater(near, x), M.Subtract(near, M.Splat(1)), near);
    }
}

/// <summary>1 above 0, -1 below 0, and x itself for ±0 and NaN.</summary>
internal readonly struct SignOf : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Select(M.Greater(M.Abs(x), M.Splat(0)), M.CopySign(M.Splat(1), x), x);
}

/// <summary>x - y · ⌊x / y⌋, which has the sign of y.</summary>
internal readonly struct Modulo : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T> => M.Subtract(x, M.Multiply(y, Floored.Floor<T, M>(M.Divide(x, y))));
}

/// <summary>x / y, or 0 where y is 0.</summary>
internal readonly struct QuotientUnless0 : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T> => M.Select(M.Equal(y, M.Splat(0)), M.Splat(0), M.Divide(x, y));
}

/// <summary>dx = 0, for piecewise constant functions.</summary>
internal readonly struct NoGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> => M.Splat(0);
}

/// <summary>The error function.</summary>
internal readonly struct ErrorFunction : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Erf(x);
}

/// <summary>dx = dy · 2/√π · exp(-x²).</summary>
internal readonly struct ErrorFunctionGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> =>
        M.Multiply(M.Multiply(dy, M.Splat(1.1283791670955126f)), M.Exp(M.Subtract(M.Splat(0), M.Multiply(x, x))));
}

/// <summary>eˣ - 1.</summary>
internal readonly struct ExponentialLess1 : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Expm1(x);
}

/// <summary>dx = dy · (y + 1) for y = eˣ - 1.</summary>
internal readonly struct ExponentialLess1Gradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T y, T dy) where M : struct, IMath<T> => M.Multiply(dy, M.Add(y, M.Splat(1)));
}

/// <summary>log(1 + x).</summary>
internal readonly struct LogarithmOf1More : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Log1p(x);
}

/// <summary>dx = dy / (1 + x).</summary>
internal readonly struct LogarithmOf1MoreGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> => M.Divide(dy, M.Add(x, M.Splat(1)));
}
