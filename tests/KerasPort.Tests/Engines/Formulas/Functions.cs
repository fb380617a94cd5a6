using System.Runtime.CompilerServices;
using KerasPort.Engines.Formulas;
using KerasPort.Engines.Managed;

namespace KerasPort.Tests.Engines.Formulas;

// The functions of every number, and two composed of them, as formulas.

internal readonly struct Exp : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Exp(x);
}

internal readonly struct Expm1 : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Expm1(x);
}

internal readonly struct Log : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Log(x);
}

internal readonly struct Log1p : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Log1p(x);
}

internal readonly struct Tanh : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Tanh(x);
}

internal readonly struct Erf : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Erf(x);
}

internal readonly struct Softplus : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => Elementary<T, M>.Softplus(x);
}

internal readonly struct Pow : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T> => M.Pow(x, y);
}

/// <summary>A function of each element of a span, whose length is a multiple of every vector's, at a width.</summary>
internal static unsafe class Over<S, V> where S : struct, ISimd<V> where V : struct
{
    public static void Run<F>(ReadOnlySpan<float> x, Span<float> y) where F : struct, IUnary
    {
        fixed (float* from = x, to = y)
            for (int i = 0; i < x.Length; i += S.Lanes) S.Store(default(F).Of<V, S>(S.Load(from + i)), to + i);
    }

    public static void Run<F>(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> z) where F : struct, IBinary
    {
        fixed (float* from = x, other = y, to = z)
            for (int i = 0; i < x.Length; i += S.Lanes) S.Store(default(F).Of<V, S>(S.Load(from + i), S.Load(other + i)), to + i);
    }
}
