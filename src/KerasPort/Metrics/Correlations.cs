using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Metrics;

/// <summary>The mean similarity of targets and outputs, compared as vectors along an axis.</summary>
public abstract class Likeness : MeanMetric
{
    private protected Likeness(string name, int axis) : base(name) => this.axis = axis;

    /// <summary>The axis of the vectors.</summary>
    public virtual int axis { get; }

    internal override bool? SmallerIsBetter => false;

    /// <inheritdoc/>
    protected internal sealed override void Check(Shape targets, Shape outputs) => RequireOneEachOrColumn(targets, outputs);

    /// <inheritdoc/>
    protected internal sealed override Tensor Values(Graph g, Tensor y_true, Tensor y_pred)
    {
        (y_true, y_pred) = Losses.Loss.SameRank(g, y_true, y_pred);
        return Of(g, y_true, y_pred);
    }

    private protected sealed override DType EachType(DType outputs) => DTypes.Fraction(outputs);

    private protected abstract Tensor Of(Graph g, Tensor y_true, Tensor y_pred);

    /// <summary>x less its mean along the axis.</summary>
    private protected Tensor Centred(Graph g, Tensor x) => g.Subtract(x, g.Mean(x, [axis], keepdims: true));

    /// <summary>The variance along the axis.</summary>
    private protected Tensor Variance(Graph g, Tensor x) => g.Mean(g.Square(Centred(g, x)), [axis], keepdims: true);
}

/// <summary>The cosine of the angle between targets and outputs: 1 where they point the same way, 0 where one of them is 0.</summary>
public sealed class CosineSimilarity : Likeness
{
    /// <summary>The mean cosine of vectors along an axis.</summary>
    public CosineSimilarity(string name = "cosine_similarity", int axis = -1) : base(name, axis) { }

    /// <summary>The axis of the vectors. Keras doesn't write it to files, but reads it; here it is written unless it is the last.</summary>
    [OnlyWhenGiven]
    public override int axis => base.axis;

    private protected override Tensor Of(Graph g, Tensor y_true, Tensor y_pred) => Losses.CosineSimilarity.Cosine(g, y_true, y_pred, axis);
}

/// <summary>Pearson's correlation of targets and outputs: 1 where one is a rising linear function of the other, -1 a falling one.</summary>
public sealed class PearsonCorrelation : Likeness
{
    /// <summary>The mean correlation of vectors along an axis.</summary>
    public PearsonCorrelation(string name = "pearson_correlation", int axis = -1) : base(name, axis) { }

    private protected override Tensor Of(Graph g, Tensor y_true, Tensor y_pred)
    {
        Tensor Standard(Tensor x)
        {
            var centred = Centred(g, x);
            return g.Divide(centred, g.Sqrt(Variance(g, centred)));
        }
        return g.Mean(g.Multiply(Standard(y_true), Standard(y_pred)), [axis]);
    }
}

/// <summary>Lin's concordance of targets and outputs: 1 where they are equal.</summary>
/// <remarks>As in Keras the covariance is taken about the mean of the outputs alone.</remarks>
public sealed class ConcordanceCorrelation : Likeness
{
    /// <summary>The mean concordance of vectors along an axis.</summary>
    public ConcordanceCorrelation(string name = "concordance_correlation", int axis = -1) : base(name, axis) { }

    private protected override Tensor Of(Graph g, Tensor y_true, Tensor y_pred)
    {
        Tensor meanOfTrue = g.Mean(y_true, [axis], keepdims: true), meanOfPred = g.Mean(y_pred, [axis], keepdims: true);
        var covariance = g.Multiply(g.Subtract(y_true, meanOfPred), g.Subtract(y_pred, meanOfPred));
        var norm = g.Add(g.Add(Variance(g, y_true), Variance(g, y_pred)), g.Square(g.Subtract(meanOfTrue, meanOfPred)));
        return g.Mean(g.Divide(g.Scale(covariance, 2), g.Shift(norm, 1e-7f)), [axis]);
    }
}
