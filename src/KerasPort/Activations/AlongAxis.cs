using KerasPort.Graphs;

namespace KerasPort.Activations;

/// <summary>y = exp(x - max) / Σ exp(x - max) along an axis.</summary>
/// <param name="axis">The axis; the last by default.</param>
public sealed class Softmax(int axis = -1) : ActivationFunction
{
    /// <summary>The axis.</summary>
    public int axis { get; } = axis;

    internal override bool HasArguments => axis != -1;

    internal Tensor With(Tensor x, int axis = -1) => new Softmax(axis).Of(x);

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.WithAxisLast(x, axis, g.Softmax);
}

/// <summary>y = x - log Σ exp(x) along an axis: the logarithm of softmax.</summary>
/// <param name="axis">The axis; the last by default.</param>
public sealed class LogSoftmax(int axis = -1) : ActivationFunction
{
    /// <summary>The axis.</summary>
    public int axis { get; } = axis;

    internal override bool HasArguments => axis != -1;

    internal Tensor With(Tensor x, int axis = -1) => new LogSoftmax(axis).Of(x);

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.WithAxisLast(x, axis, rows =>
    {
        var shifted = g.Subtract(rows, g.Constantly(g.Max(rows, -1, keepdims: true)));
        return g.Subtract(shifted, g.Log(g.SumColumns(g.Exp(shifted))));
    });
}

/// <summary>y = exp(x - max) / Σ exp(x - max) over several axes; it has no name.</summary>
internal sealed class SoftmaxOver(Axes axes) : ActivationFunction
{
    internal override bool HasArguments => true;

    protected internal override Tensor Call(Graph g, Tensor x)
    {
        var powers = g.Exp(g.Subtract(x, g.Constantly(g.Max(x, axes, keepdims: true))));
        return g.Divide(powers, g.Sum(powers, axes, keepdims: true));
    }
}

/// <summary>
/// max(x - τ, 0) along an axis, as Keras computes it. Let k be the number of sorted values that exceed (the sum of the values up to them - 1) / their count;
/// then τ is (the sum of all k such sums - 1) / k. The source takes only the last of these sums, so that the results sum to 1; in Keras only for k = 1.
/// Source: Martins and Astudillo, From softmax to sparsemax (2016).
/// </summary>
/// <param name="axis">The axis; the last by default.</param>
public sealed class Sparsemax(int axis = -1) : ActivationFunction
{
    /// <summary>The axis.</summary>
    public int axis { get; } = axis;

    internal override bool HasArguments => axis != -1;

    internal Tensor With(Tensor x, int axis = -1) => new Sparsemax(axis).Of(x);

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.WithAxisLast(x, axis, z =>
    {
        int columns = z.Columns;
        var (values, sums, supports) = (g.Constantly(z), new Tensor[columns], new Tensor[columns]);
        for (int j = 0; j < columns; j++)
        {
            // The values that precede this one in descending order, itself included; equal ones are ordered from left to right.
            var one = g.Columns(values, j, 1);
            var before = g.Map(default(IsAtLeast), g.Columns(values, 0, j + 1), one);
            if (j + 1 < columns) before = g.Concatenate([before, g.Greater(g.Columns(values, j + 1, columns - j - 1), one)]);
            var sum = g.SumColumns(g.Multiply(before, z));
            supports[j] = g.Greater(one, g.Divide(g.Shift(g.Constantly(sum), -1), g.SumColumns(before)));
            sums[j] = g.Multiply(supports[j], sum);
        }
        var tau = g.Divide(g.Shift(g.SumColumns(g.Concatenate(sums)), -1), g.SumColumns(g.Concatenate(supports)));
        return g.MapByOutput(default(ReluFormula), default(ReluGradient), g.Subtract(z, tau));
    });
}

/// <summary>
/// The first half of an axis times the sigmoid of the second: the axis is half as long afterwards.
/// Source: Dauphin, Fan, Auli and Grangier, Language modeling with gated convolutional networks (2017).
/// </summary>
/// <param name="axis">The axis, of even length; the last by default.</param>
public sealed class Glu(int axis = -1) : ActivationFunction
{
    /// <summary>The axis.</summary>
    public int axis { get; } = axis;

    internal override bool HasArguments => axis != -1;

    internal Tensor With(Tensor x, int axis = -1) => new Glu(axis).Of(x);

    internal override Shape OutputShape(Shape x)
    {
        int at = axis < 0 ? axis + x.Rank : axis;
        if (at < 0 || at >= x.Rank || x[at] % 2 == 1)
            throw new ValueError($"axis size must be divisible by 2. Received: x.shape={x} with axis={axis}");
        return new Shape([.. x.Select((d, i) => i == at ? d / 2 : d)]);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        OutputShape(x.shape);
        return g.WithAxisLast(x, axis, rows =>
        {
            int half = rows.Columns / 2;
            var gate = g.MapByOutput(default(SigmoidFormula), default(SigmoidGradient), g.Columns(rows, half, half));
            return g.Multiply(g.Columns(rows, 0, half), gate);
        });
    }
}
