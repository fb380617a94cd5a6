using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Activations;

/// <summary>y = 0 up to -1, (x + 1)² / 4 up to 1, then x.</summary>
public sealed class SparsePlus : ActivationFunction
{
    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByInput(default(SparsePlusFormula), default(SparsePlusGradient), x);
}

/// <summary>y = 0 up to -1, (x + 1) / 2 up to 1, then 1.</summary>
public sealed class SparseSigmoid : ActivationFunction
{
    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByInput(default(SparseSigmoidFormula), default(SparseSigmoidGradient), x);
}

/// <summary>0 up to -1, (x + 1)² / 4 up to 1, then x.</summary>
internal readonly struct SparsePlusFormula : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T>
    {
        T one = M.Splat(1), above = M.Add(x, one), middle = M.Multiply(M.Splat(0.25f), M.Multiply(above, above));
        return M.Select(M.Greater(one, x), M.Select(M.Greater(x, M.Splat(-1)), middle, M.Splat(0)), x);
    }
}

/// <summary>dx = 0 up to -1, dy · (x + 1) / 2 up to 1, then dy.</summary>
internal readonly struct SparsePlusGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T>
    {
        T one = M.Splat(1), middle = M.Multiply(dy, M.Multiply(M.Splat(0.5f), M.Add(x, one)));
        return M.Select(M.Greater(one, x), M.Select(M.Greater(x, M.Splat(-1)), middle, M.Splat(0)), dy);
    }
}

/// <summary>0 up to -1, (x + 1) / 2 up to 1, then 1; NaN stays NaN.</summary>
internal readonly struct SparseSigmoidFormula : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => new Ramp(0, 1).Of<T, M>(M.Multiply(M.Splat(0.5f), M.Add(x, M.Splat(1))));
}

/// <summary>dx = dy / 2 where x is between -1 and 1, else 0.</summary>
internal readonly struct SparseSigmoidGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> => new RampGradient(-1, 1).Of<T, M>(x, M.Multiply(M.Splat(0.5f), dy));
}
