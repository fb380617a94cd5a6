using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>A layer applied to each step of x[batch, steps, …], with the same weights: y[batch, steps, …].</summary>
/// <param name="layer">The layer, which takes [batch, …].</param>
/// <param name="input_shape">Shape of all steps of a sample, for a model's first layer.</param>
/// <param name="name">The layer's name.</param>
public class TimeDistributed(Layer layer, Shape? input_shape = null, string? name = null) : Wrapper(layer, input_shape, name)
{
    internal override bool TakesMask => true;

    internal override bool PassesMask => true;

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => Step(input_shape);

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        var step = layer.OutputShapes([Step(input_shape)])[0];
        return new Shape([step[0], input_shape[1], .. step[1..]]);
    }

    internal override IEnumerable<(Layer, Shape[])> Within(Shape[] inputs) => [(layer, [Step(inputs[0])])];

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        // As in Keras, the activity regularization of the wrapped layer itself isn't added to the loss; that of layers inside it is.
        if (layer is ActivityRegularization) return x;
        int batch = x.shape[0]!.Value, steps = x.shape[1]!.Value;
        var mask = layer.TakesMask ? x.Mask : null;
        if (mask is not null && !(mask.shape.Rank > 1 && mask.shape[..2] == x.shape[..2]))
            throw new ValueError($"The `mask` passed to the `TimeDistributed` layer has a shape {mask.shape} that is incompatible with the input shape "
                + $"{x.shape}: its first two dimensions must be ({batch}, {steps}).");
        Tensor Made(Tensor samples, Tensor? counts)
        {
            Tensor Samples(Tensor all, Tensor of) => g.Reshape(all, new Shape([all.Size / of.shape[2..].Size, .. of.shape[2..]]));
            return One(layer.Nodes(g, [counts is null ? Samples(samples, x) : g.Masked(Samples(samples, x), Samples(counts, mask!))]));
        }
        if (TakesEachSampleByItself)
        {
            var all = Made(x, mask);
            return g.Reshape(all, new Shape([batch, steps, .. all.shape[1..]]));
        }
        Tensor[] made = [.. Enumerable.Range(0, steps).Select(step => Made(g.Cut(x, 1, step, 1), mask is null ? null : g.Cut(mask, 1, step, 1)))];
        return g.Concatenate([.. made.Select(y => g.Reshape(y, new Shape([batch, 1, .. y.shape[1..]])))], 1);
    }

    /// <summary>
    /// Whether all steps may be one batch. A layer that draws random numbers or keeps a moving mean must see them step by step, and so must functions and
    /// classes of one's own, about which nothing is known.
    /// </summary>
    private bool TakesEachSampleByItself => layer.Inner.Count == 0 && layer is not Lambda && layer.GetType().Assembly == typeof(Layer).Assembly
        && layer.SeedGenerator is null && layer.variables.All(weight => weight.IsLearned);

    private static Tensor One(Tensor[] outputs) => outputs is [var only] ? only
        : throw new ValueError($"TimeDistributed takes a layer of one output. Received: one of {outputs.Length}");

    private Shape Step(Shape input) => input.Rank >= 3 ? new Shape([input[0], .. input[2..]])
        : throw new ValueError($"`TimeDistributed` Layer should be passed an `input_shape` with at least 3 dimensions, received: {input}");
}
