using KerasPort.Graphs;

namespace KerasPort.Losses;

/// <summary>
/// Connectionist temporal classification: -log of the probability that a sequence of outputs reads as the labels, summed over all alignments: blanks
/// (class 0) may lie between labels, and labels may repeat. Labels are [samples, length], where zeros don't count; logits [samples, steps, classes].
/// Source: Graves et al., Connectionist temporal classification: labelling unsegmented sequence data with recurrent neural networks (2006).
/// </summary>
public sealed class CTC : Loss
{
    /// <summary>The logarithm of the probability 0.</summary>
    private const float Never = -1e30f;

    /// <summary>The loss for labels whose zeros are no labels, and logits.</summary>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    public CTC(string? reduction = "sum_over_batch_size", string name = "ctc") : base(name, reduction) { }

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs)
    {
        if (targets.Rank != 2)
            throw new ValueError("Targets `y_true` are expected to be a tensor of shape `(batch_size, max_length)` in integer format. "
                + $"Received: y_true.shape={targets.WithBatch(null)}");
        if (outputs.Rank != 3)
            throw new ValueError("Logits `y_pred` are expected to be a tensor of shape `(batch_size, max_length, num_classes)`. "
                + $"Received: y_pred.shape={outputs.WithBatch(null)}");
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred) =>
        Of(g, y_true, y_pred, g.Sum(g.Greater(y_true, Number(g, 0)), [1], keepdims: true), null, blank: 0);

    /// <summary>The loss of each sample.</summary>
    /// <param name="g">The list.</param>
    /// <param name="labels">[samples, length].</param>
    /// <param name="logits">[samples, steps, classes].</param>
    /// <param name="count">The number of labels that count, [samples, 1].</param>
    /// <param name="stepCount">The number of steps that count, [samples, 1]; all by default.</param>
    /// <param name="blank">The class that says nothing.</param>
    internal static Tensor Of(Graph g, Tensor labels, Tensor logits, Tensor count, Tensor? stepCount, int blank)
    {
        var (samples, steps, classes, length) = (logits.shape[0]!.Value, logits.shape[1]!.Value, logits.Columns, labels.Columns);
        int places = 2 * length + 1;
        Tensor All(int columns, float value) => g.Spread(g.Like(count, value), (samples, columns));
        // Blank, label, blank, label, …, blank.
        var blanks = g.Like(g.Reshape(labels, (samples, length, 1)), blank);
        var pairs = g.Concatenate([blanks, g.Reshape(labels, (samples, length, 1))], 2);
        var said = g.Concatenate([g.Reshape(pairs, (samples, 2 * length)), All(1, blank)], 1);
        var isSaid = g.Equal(g.Reshape(said, (samples, places, 1)), g.Lift((Tensor)Numbers(classes, (1, 1, classes))));

        var below = g.Subtract(logits, g.Constantly(g.Max(logits, [2], keepdims: true)));
        var logs = g.Subtract(below, g.Log(g.Sum(g.Exp(below), [2], keepdims: true)));
        var (atSteps, atPlaces) = (new Shape(samples, steps, 1, classes), new Shape(samples, 1, places, classes));
        var ofPlaces = g.Sum(g.Multiply(g.Reshape(logs, atSteps), g.Reshape(isSaid, atPlaces)), [3]);

        // Two labels that differ may follow each other without a blank between them.
        Tensor Back(Tensor x, int by) => g.Concatenate([All(by, Never), g.Cut(x, 1, 0, places - by)], 1);
        var isLabel = g.Equal(g.Equal(said, Number(g, blank)), Number(g, 0));
        var mayJump = g.Multiply(isLabel, g.Shift(g.Scale(g.Equal(said, Back(said, 2)), -1), 1));
        var at = g.Lift((Tensor)Numbers(places, (1, places)));

        var reached = Where(g, g.Greater(Number(g, 1.5), at), g.Reshape(g.Cut(ofPlaces, 1, 0, 1), (samples, places)));
        for (int step = 1; step < steps; step++)
        {
            var sum = SumOfLogs(g, [reached, Back(reached, 1), Where(g, mayJump, Back(reached, 2))]);
            var next = g.Add(sum, g.Reshape(g.Cut(ofPlaces, 1, step, 1), (samples, places)));
            reached = stepCount is null ? next : g.Where(g.Greater(stepCount, Number(g, step)), next, reached);
        }
        // The last label, or the blank behind it.
        var fromEnd = g.Subtract(at, g.Scale(count, 2));
        var isEnd = g.Add(g.Equal(fromEnd, Number(g, 0)), g.Equal(fromEnd, Number(g, -1)));
        var ends = Where(g, isEnd, reached);
        var most = g.Constantly(g.Max(ends, [1], keepdims: true));
        return g.Reshape(g.Scale(g.Add(most, g.Log(g.Sum(g.Exp(g.Subtract(ends, most)), [1], keepdims: true))), -1), samples);
    }

    /// <summary>x where the condition is 1, else the logarithm of 0.</summary>
    private static Tensor Where(Graph g, Tensor isSo, Tensor x) => g.Add(g.Multiply(x, isSo), g.Scale(g.Shift(isSo, -1), -Never));

    /// <summary>log Σ exp(x), element by element.</summary>
    private static Tensor SumOfLogs(Graph g, Tensor[] all)
    {
        var most = g.Constantly(all.Aggregate(g.Maximum));
        return g.Add(most, g.Log(all.Select(x => g.Exp(g.Subtract(x, most))).ToArray().Aggregate(g.Add)));
    }

    private static NDArray Numbers(int count, Shape shape) => new NDArray([.. Enumerable.Range(0, count).Select(i => (float)i)], count).reshape(shape);

    private static Tensor Number(Graph g, double value) => g.Lift(new PythonNumber(value, IsWhole: false));
}
