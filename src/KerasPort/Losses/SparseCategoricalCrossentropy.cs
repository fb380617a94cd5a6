using KerasPort.Activations;
using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Losses;

/// <summary>
/// -log p[label], for labels that are class numbers. Outputs are probabilities, or logits with <see cref="from_logits"/>.
/// </summary>
/// <remarks>
/// After a softmax or a sigmoid Keras takes the logits from before it, so that no probability collapses to zero.
/// Other probabilities are clipped to [1e-7, 1 - 1e-7] and their logarithms taken as logits.
/// </remarks>
[OnlySetting("ignore_class", null)]
public sealed class SparseCategoricalCrossentropy : Loss
{
    /// <summary>The loss for probabilities, or for logits.</summary>
    public SparseCategoricalCrossentropy(bool from_logits = false, string name = "sparse_categorical_crossentropy") : base(name) => this.from_logits = from_logits;

    /// <summary>Whether the model's outputs are logits.</summary>
    public bool from_logits { get; }

    /// <inheritdoc/>
    protected internal override void Check(NDArray targets, Shape outputs)
    {
        Shape shape = targets.shape;
        bool column = targets.ndim == outputs.Rank && shape[^1] == 1;
        if (!column && targets.ndim != outputs.Rank - 1)
            throw new ValueError($"Argument `output` must have rank (ndim) `target.ndim - 1`. Received: target.shape={shape[1..].WithBatch(null)}, output.shape={outputs[1..].WithBatch(null)}");
        if ((column ? shape[1..^1] : shape[1..]) != outputs[1..^1])
            throw new ValueError($"Arguments `target` and `output` must have the same shape up until the last dimension: target.shape={shape[1..].WithBatch(null)}, output.shape={outputs[1..].WithBatch(null)}");
        int classes = outputs[^1]!.Value;
        for (int i = 0; i < targets.size; i++)
        {
            double label = targets.ElementAt(i);
            if (!(label >= 0 && label < classes))
                throw new ValueError($"Received a label value of {PythonText.ClassNumber(label)} (sample {i * (long)targets.Length / targets.size}) which is outside the valid range of [0, {classes}).");
        }
    }

    internal override string? Oddity(ActivationFunction last) => !from_logits || last is not (Activations.Softmax or Sigmoid) ? null
        : "`sparse_categorical_crossentropy` received `from_logits=True`, but the `output` argument was produced by a Softmax activation and thus does not represent logits. Was this intended?";

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred) =>
        g.SparseCrossentropy(y_pred.LogitsOfLoss ?? y_pred, y_true, areProbabilities: !from_logits && y_pred.LogitsOfLoss is null);
}
