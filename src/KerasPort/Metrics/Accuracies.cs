using System.Runtime.CompilerServices;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Metrics;

/// <summary>1 where the largest output (the first of equals) is the label's, else 0.</summary>
public sealed class SparseCategoricalAccuracy : Metric
{
    /// <summary>The accuracy for labels that are class numbers.</summary>
    public SparseCategoricalAccuracy(string name = "sparse_categorical_accuracy") : base(name) { }

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs)
    {
        bool column = targets.Rank == outputs.Rank && targets[^1] == 1;
        if (targets.Rank != outputs.Rank - 1 && !column) throw Incomparable(targets, outputs, "one class number a row of outputs");
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred) => g.SparseAccuracy(y_pred.Logits ?? y_pred, y_true);
}

/// <summary>1 where the one output lies above the threshold and the label is 1, or below and it is 0.</summary>
public sealed class BinaryAccuracy : Metric
{
    /// <summary>The accuracy for labels of 0 and 1.</summary>
    /// <exception cref="ValueError">The threshold isn't between 0 and 1.</exception>
    public BinaryAccuracy(string name = "binary_accuracy", double threshold = 0.5) : base(name) =>
        this.threshold = threshold is > 0 and < 1 ? threshold
            : throw new ValueError($"Invalid value for argument `threshold`. Expected a value in interval (0, 1). Received: threshold={PythonText.Str(threshold)}");

    /// <summary>What an output must lie above to say 1.</summary>
    public double threshold { get; }

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs)
    {
        bool same = targets == outputs || targets == outputs[..^1];
        if (outputs[^1] != 1 || !same) throw Incomparable(targets, outputs, "models of one output, and a label of 0 or 1 for each");
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred) =>
        g.Map(new ThresholdHit((float)threshold), y_pred, g.Reshape(y_true, y_pred.shape));
}

/// <summary>1 where the label is what the output says: 1 above the threshold, else 0.</summary>
internal readonly record struct ThresholdHit(float Threshold) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T output, T label) where M : struct, IMath<T>
    {
        T said = M.Select(M.Greater(output, M.Splat(Threshold)), M.Splat(1), M.Splat(0));
        return M.Select(M.Equal(label, said), M.Splat(1), M.Splat(0));
    }
}

/// <summary>What "accuracy" stands for until there are targets: Keras takes binary, sparse categorical or categorical accuracy by their shape and the outputs'.</summary>
internal sealed class AccuracyByShapes(string name) : Metric(name)
{
    internal override Metric For(Shape targets, Shape outputs)
    {
        if (outputs[^1] == 1) return new BinaryAccuracy(name);
        if (targets.Rank < outputs.Rank || targets[^1] == 1) return new SparseCategoricalAccuracy(name);
        throw new ValueError($"Metric '{name}' means categorical accuracy for targets of shape {targets} and outputs of shape {outputs}, and there is none here yet. Give class numbers as targets, one a row, or compile without it.");
    }

    // For is asked before anything is computed.
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred) => throw new NotSupportedException();
}
