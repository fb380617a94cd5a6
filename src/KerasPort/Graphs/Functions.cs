using KerasPort.Engines;
using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>x + number.</summary>
    public Tensor Shift(Tensor x, float number) => Add(new MapNode<Unary<Shifted>>(new(new(number)), (_, _, dy) => [dy], x), x.shape);

    /// <summary>eˣ.</summary>
    public Tensor Exp(Tensor x) => MapByOutput(default(Exponential), default(ExponentialGradient), x);

    /// <summary>The natural logarithm of x.</summary>
    public Tensor Log(Tensor x) => MapByInput(default(Logarithm), default(LogarithmGradient), x);

    /// <summary>√x.</summary>
    public Tensor Sqrt(Tensor x) => MapByOutput(default(Root), default(RootGradient), x);

    /// <summary>x to the power of <paramref name="exponent"/>.</summary>
    public Tensor Power(Tensor x, float exponent) => MapByInput(new ToPower(exponent), new ToPowerGradient(exponent), x);

    /// <summary>x to the power of y.</summary>
    public Tensor Power(Tensor x, Tensor y) => y.Number is { } n ? Power(x, (float)n.Value) : Map(default(Powers), x, y, (g, node, dz) =>
        [g.Multiply(g.Multiply(dz, y), g.Map(default(Powers), x, g.Shift(y, -1))), g.Multiply(g.Multiply(dz, node.Output), g.Log(x))]);

    /// <summary>The larger of both; where they are equal the gradient goes to x.</summary>
    public Tensor Maximum(Tensor x, Tensor y) => Map(default(Larger), x, y, (g, _, dz) => Chosen(g, dz, g.Map(default(IsAtLeast), x, y)));

    /// <summary>The smaller of both; where they are equal the gradient goes to x.</summary>
    public Tensor Minimum(Tensor x, Tensor y) => Map(default(Smaller), x, y, (g, _, dz) => Chosen(g, dz, g.Map(default(IsAtLeast), y, x)));

    /// <summary>1 where x equals y, else 0. It has no gradient.</summary>
    public Tensor Equal(Tensor x, Tensor y) => Map(default(IsEqual), x, y, (_, _, _) => [null, null]);

    /// <summary>1 where x is at least y, else 0. It has no gradient.</summary>
    public Tensor AtLeast(Tensor x, Tensor y) => Map(default(IsAtLeast), x, y, (_, _, _) => [null, null]);

    /// <summary>1 where x is greater than y, else 0. It has no gradient.</summary>
    public Tensor Greater(Tensor x, Tensor y) => Map(default(IsGreater), x, y, (_, _, _) => [null, null]);

    /// <summary>A tensor of the shape of x, filled with a number.</summary>
    internal Tensor Like(Tensor x, float number) => Add(new MapNode<Unary<Constant>>(new(new(number)), (_, _, _) => [null], x), x.shape);

    /// <summary>The sum over axes; by default over all.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public Tensor Sum(Tensor x, Axes? axes = null, bool keepdims = false)
    {
        int[] over = Axes.Of(axes, x.shape), sizes = x.shape.ToArray();
        if (over.Length == 0) return x;
        var sum = x;
        foreach (var (first, end) in Runs(over))
        {
            int outer = NDArray.SizeOf(sizes[..first]), run = NDArray.SizeOf(sizes[first..end]), inner = NDArray.SizeOf(sizes[end..]);
            sum = outer == 1 && inner == 1 ? SumAll(sum)
                : inner == 1 ? SumColumns(Reshape(sum, (outer, run)))
                : outer == 1 ? SumRows(Reshape(sum, (run, inner)))
                : Along(Reshape(sum, (outer, run, inner)), 1, AlongTable.Sum(run));
            sizes.AsSpan(first, end - first).Fill(1);
        }
        return Reshape(sum, [.. Kept(x.shape, over, keepdims)]);
    }

    /// <summary>The mean over those axes: see <see cref="Sum"/>.</summary>
    public Tensor Mean(Tensor x, Axes? axes = null, bool keepdims = false)
    {
        var sum = Sum(x, axes, keepdims);
        return IsExact ? Divide(sum, Lift(x.Size / Math.Max(sum.Size, 1))) : Scale(sum, (float)sum.Size / x.Size);
    }

    /// <summary>The mean squared distance from the mean over those axes: see <see cref="Sum"/>.</summary>
    public Tensor Variance(Tensor x, Axes? axes = null, bool keepdims = false) =>
        Mean(Square(Subtract(x, Mean(x, axes, keepdims: true))), axes, keepdims);

    private static Tensor?[] Chosen(Graph g, Tensor dz, Tensor first) =>
        [g.Map(default(Product), dz, first), g.Map(default(Product), dz, g.Shift(g.Scale(first, -1), 1))];
}

/// <summary>x rounded towards 0.</summary>
internal readonly struct Truncated : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T>
    {
        T size = M.Abs(x), near = M.Round(size);
        return M.CopySign(M.Select(M.Greater(near, size), M.Subtract(near, M.Splat(1)), near), x);
    }
}

/// <summary>x + number.</summary>
internal readonly record struct Shifted(float Number) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Add(x, M.Splat(Number));
}

/// <summary>eˣ.</summary>
internal readonly struct Exponential : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Exp(x);
}

/// <summary>dx = dy·y for y = eˣ.</summary>
internal readonly struct ExponentialGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T y, T dy) where M : struct, IMath<T> => M.Multiply(dy, y);
}

/// <summary>log x.</summary>
internal readonly struct Logarithm : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Log(x);
}

/// <summary>dx = dy / x.</summary>
internal readonly struct LogarithmGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> => M.Divide(dy, x);
}

/// <summary>√x.</summary>
internal readonly struct Root : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Sqrt(x);
}

/// <summary>dx = dy / (2·y) for y = √x.</summary>
internal readonly struct RootGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T y, T dy) where M : struct, IMath<T> => M.Divide(M.Multiply(dy, M.Splat(0.5f)), y);
}

/// <summary>x to the power of the exponent.</summary>
internal readonly record struct ToPower(float Exponent) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Pow(x, M.Splat(Exponent));
}

/// <summary>dx = dy · exponent · x to the power of exponent - 1.</summary>
internal readonly record struct ToPowerGradient(float Exponent) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> =>
        M.Multiply(M.Multiply(dy, M.Splat(Exponent)), M.Pow(x, M.Splat(Exponent - 1)));
}

/// <summary>x to the power of y.</summary>
internal readonly struct Powers : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T> => M.Pow(x, y);
}

/// <summary>The larger; if both are equal, x.</summary>
internal readonly struct Larger : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T> => M.Select(M.Greater(y, x), y, x);
}

/// <summary>The smaller; if both are equal, x.</summary>
internal readonly struct Smaller : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T> => M.Select(M.Greater(x, y), y, x);
}

/// <summary>1 where x equals y, else 0.</summary>
internal readonly struct IsEqual : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T> => M.Select(M.Equal(x, y), M.Splat(1), M.Splat(0));
}

/// <summary>1 where x is greater than y, else 0.</summary>
internal readonly struct IsGreater : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T> => M.Select(M.Greater(x, y), M.Splat(1), M.Splat(0));
}

/// <summary>1 where x is at least y, else 0.</summary>
internal readonly struct IsAtLeast : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T> => M.Select(M.Greater(y, x), M.Splat(0), M.Splat(1));
}
