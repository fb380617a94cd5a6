using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Activations;

/// <summary>y = min(max(x + 3, 0), 6) / 6.</summary>
public sealed class HardSigmoid : ActivationFunction
{
    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.MapByInput(default(HardSigmoidFormula), default(HardSigmoidGradient), x);
}

/// <summary>
/// y = x · hard_sigmoid(x).
/// Source: Howard et al., Searching for MobileNetV3 (2019).
/// </summary>
[Alias("hard_swish")]
public sealed class HardSilu : ActivationFunction
{
    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.Multiply(x, g.MapByInput(default(HardSigmoidFormula), default(HardSigmoidGradient), x));
}

/// <summary>y = x, limited to [-1, 1].</summary>
public sealed class HardTanh : ActivationFunction
{
    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.ClipByValue(x, 1);
}

/// <summary>min(max(x + 3, 0), 6) / 6.</summary>
internal readonly struct HardSigmoidFormula : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Divide(new Ramp(0, 6).Of<T, M>(M.Add(x, M.Splat(3))), M.Splat(6));
}

/// <summary>dx = dy / 6 where x + 3 lies strictly between 0 and 6, else 0.</summary>
internal readonly struct HardSigmoidGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> => new RampGradient(0, 6).Of<T, M>(M.Add(x, M.Splat(3)), M.Divide(dy, M.Splat(6)));
}
