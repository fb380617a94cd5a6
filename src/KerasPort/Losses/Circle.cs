using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Losses;

/// <summary>
/// For class numbers and vectors of length 1, softplus(log Σₚ exp(-γ·(m + d)·(m - d)) + log Σₙ exp(γ·(1 + m - d)·(1 - m - d))), with
/// d = max(1 - x·y, 0) for two rows x and y of the batch: p are the rows of the same class, n the others. Rows without any p or any n have
/// a loss of 0, and a mean counts losses above 0 alone.
/// Source: Sun et al., Circle loss: a unified perspective of pair similarity optimization (2020), in the form that Keras computes.
/// </summary>
public sealed class Circle : Loss
{
    private const float Far = 1e30f;

    /// <summary>The loss for class numbers and vectors of length 1, as a <c>UnitNormalization</c> gives them.</summary>
    /// <param name="gamma">γ, the scale of what two rows lose.</param>
    /// <param name="margin">m, the distance up to which rows of a class may lie apart.</param>
    /// <param name="remove_diagonal">Whether a row is left out of the rows of its own class.</param>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    public Circle(double gamma = 80.0, double margin = 0.4, bool remove_diagonal = true, string? reduction = "sum_over_batch_size", string name = "circle")
        : base(name, reduction) => (this.gamma, this.margin, this.remove_diagonal) = (gamma, margin, remove_diagonal);

    /// <summary>γ.</summary>
    public double gamma { get; }

    /// <summary>m.</summary>
    public double margin { get; }

    /// <summary>Whether a row is left out of the rows of its own class.</summary>
    public bool remove_diagonal { get; }

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs)
    {
        RequireRows(targets, outputs);
        bool isColumn = targets.Rank == 2 && targets[1] == 1;
        if (outputs.Rank != 2 || (targets.Rank != 1 && !isColumn))
            throw new ValueError("Loss 'circle' takes a class number and a vector for each sample. "
                + $"Received: target.shape={targets[1..].WithBatch(null)}, output.shape={outputs[1..].WithBatch(null)}");
    }

    internal override Tensor? Mask(Graph g, Tensor y_true, Tensor losses) => g.Constantly(g.Greater(losses, Zero(g)));

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred) => Of(g, y_true, y_pred, y_true, y_pred);

    /// <summary>The loss of each row beside those of others.</summary>
    internal Tensor Of(Graph g, Tensor labels, Tensor rows, Tensor otherLabels, Tensor others)
    {
        int count = rows.Rows, beside = others.Rows;
        var distance = g.Maximum(g.Shift(g.Scale(g.MatMul(rows, g.Transpose(others, [1, 0])), -1), 1), Zero(g));
        var isSame = g.Equal(g.Reshape(labels, (count, 1)), g.Reshape(otherLabels, (1, beside)));
        var isOther = g.Shift(g.Scale(isSame, -1), 1);
        if (remove_diagonal) isSame = g.Multiply(isSame, g.Lift((Tensor)OffDiagonal(count, beside)));
        var (m, scale) = ((float)margin, (float)gamma);
        var same = g.Multiply(g.Scale(Weight(g, g.Shift(distance, m), isSame), -scale), g.Shift(g.Scale(distance, -1), m));
        var other = g.Multiply(g.Scale(Weight(g, g.Shift(g.Scale(distance, -1), 1 + m), isOther), scale), g.Shift(g.Scale(distance, -1), 1 - m));
        var (first, firstMost) = SumOfExponentials(g, same, isSame);
        var (second, secondMost) = SumOfExponentials(g, other, isOther);
        // log(1 + S·exp(M)) for the product S of both sums and their largest exponents M: a + log1p(exp(-a) - 1 + S·exp(M - a)).
        var most = g.Add(firstMost, secondMost);
        var above = g.Constantly(g.Maximum(most, Zero(g)));
        var terms = g.Multiply(g.Multiply(first, second), g.Exp(g.Subtract(most, above)));
        var inside = g.Add(g.Shift(g.Exp(g.Scale(above, -1)), -1), terms);
        return g.Reshape(g.Add(above, g.MapByInput(default(LogOfOnePlus), default(LogOfOnePlusGradient), inside)), count);
    }

    private static Tensor Weight(Graph g, Tensor x, Tensor counts) => g.Maximum(g.Multiply(x, counts), Zero(g));

    /// <summary>Σ exp(x - most) over those of a row that count, and the largest of them.</summary>
    private static (Tensor Sum, Tensor Most) SumOfExponentials(Graph g, Tensor x, Tensor counts)
    {
        var counted = g.Add(g.Multiply(x, counts), g.Scale(g.Shift(counts, -1), Far));
        var most = g.Constantly(g.Max(counted, [1], keepdims: true));
        return (g.Sum(g.Multiply(g.Exp(g.Subtract(counted, most)), counts), [1], keepdims: true), most);
    }

    private static NDArray OffDiagonal(int rows, int columns)
    {
        var ones = new float[rows * columns];
        for (int i = 0; i < ones.Length; i++) ones[i] = i / columns == i % columns ? 0 : 1;
        return new NDArray(ones, rows, columns);
    }

    private static Tensor Zero(Graph g) => g.Lift(new PythonNumber(0, IsWhole: false));
}

/// <summary>log(1 + x).</summary>
internal readonly struct LogOfOnePlus : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Log1p(x);
}

/// <summary>dx = dy / (1 + x).</summary>
internal readonly struct LogOfOnePlusGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> => M.Divide(dy, M.Add(M.Splat(1), x));
}
