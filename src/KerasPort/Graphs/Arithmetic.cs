using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>x + y.</summary>
    public Tensor Add(Tensor x, Tensor y) => y.Number is { } n ? Shift(x, (float)n.Value) : x.Number is { } m ? Shift(y, (float)m.Value)
        : MapOfPair(x, y, (a, b) => MapNode.BeforeRelu(default(Binary<Sum>), (_, _, dz) => [dz, dz], a, b));

    /// <summary>x - y.</summary>
    public Tensor Subtract(Tensor x, Tensor y) => y.Number is { } n ? Shift(x, -(float)n.Value)
        : x.Number is { } m ? Shift(Scale(y, -1), (float)m.Value) : Map(default(Difference), x, y, (g, _, dz) => [dz, g.Scale(dz, -1)]);

    /// <summary>x · y.</summary>
    public Tensor Multiply(Tensor x, Tensor y) => y.Number is { } n ? Scale(x, (float)n.Value) : x.Number is { } m ? Scale(y, (float)m.Value)
        : Map(default(Product), x, y, (g, _, dz) => [g.Map(default(Product), dz, y), g.Map(default(Product), dz, x)]);

    /// <summary>x / y.</summary>
    public Tensor Divide(Tensor x, Tensor y) =>
        Map(default(Quotient), x, y, (g, node, dz) => [g.Divide(dz, y), g.Scale(g.Divide(g.Multiply(dz, node.Output), y), -1)]);

    /// <summary>x · factor.</summary>
    public Tensor Scale(Tensor x, float factor) =>
        Add(new MapNode<Unary<Scaled>>(new(new(factor)), (g, _, dy) => [g.Scale(dy, factor)], x), x.shape);

    /// <summary>x · factor, which is a double where doubles are computed with.</summary>
    internal Tensor Scale(Tensor x, double factor) => IsExact ? Multiply(x, Lift(factor)) : Scale(x, (float)factor);

    /// <summary>x².</summary>
    public Tensor Square(Tensor x) => MapByInput(default(Squared), default(SquareGradient), x);

    /// <summary>|x|.</summary>
    public Tensor Abs(Tensor x) => MapByInput(default(Magnitude), default(MagnitudeGradient), x);

    /// <summary>1 / √(x + epsilon).</summary>
    public Tensor InverseRoot(Tensor x, float epsilon) => MapByOutput(new InverseRoot(epsilon), default(InverseRootGradient), x);
}

/// <summary>x + y.</summary>
internal readonly struct Sum : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T> => M.Add(x, y);
}

/// <summary>x - y.</summary>
internal readonly struct Difference : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T> => M.Subtract(x, y);
}

/// <summary>x · y.</summary>
internal readonly struct Product : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T> => M.Multiply(x, y);
}

/// <summary>x / y.</summary>
internal readonly struct Quotient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T> => M.Divide(x, y);
}

/// <summary>x · factor.</summary>
internal readonly record struct Scaled(float Factor) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Multiply(x, M.Splat(Factor));
}

/// <summary>x².</summary>
internal readonly struct Squared : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Multiply(x, x);
}

/// <summary>dx = 2·x·dy.</summary>
internal readonly struct SquareGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> => M.Multiply(M.Multiply(M.Splat(2), x), dy);
}

/// <summary>1 / √(x + ε).</summary>
internal readonly record struct InverseRoot(float Epsilon) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Divide(M.Splat(1), M.Sqrt(M.Add(x, M.Splat(Epsilon))));
}

/// <summary>dx = -dy·y³ / 2 for y = 1 / √(x + ε).</summary>
internal readonly struct InverseRootGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T y, T dy) where M : struct, IMath<T> => M.Multiply(M.Multiply(M.Splat(-0.5f), dy), M.Multiply(y, M.Multiply(y, y)));
}

/// <summary>|x|.</summary>
internal readonly struct Magnitude : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Abs(x);
}

/// <summary>dx = dy with the sign of x; 0 where x is 0.</summary>
internal readonly struct MagnitudeGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> =>
        M.Select(M.Equal(x, M.Splat(0)), M.Splat(0), M.Multiply(dy, M.CopySign(M.Splat(1), x)));
}
