using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>A layer that makes one tensor of several.</summary>
public abstract class Merge : Layer
{
    private protected Merge(string? name) : base(name) { }

    /// <inheritdoc/>
    /// <exception cref="ValueError">Always: several shapes go in.</exception>
    public override Shape compute_output_shape(Shape input_shape) => throw TooFew();

    internal override void CheckInput(Shape[] inputs)
    {
        if (inputs.Length < 1) throw TooFew();
    }

    internal override bool PassesMask => true;

    internal abstract override Tensor? MaskOf(Tensor[] inputs);

    internal abstract override Shape[] ShapesOf(Shape[] inputs);

    internal override IEnumerable<Weight> Weights(Shape[] inputs) => [];

    internal abstract override Tensor[] Call(Graph g, Tensor[] inputs);

    private ValueError TooFew() => new($"A merge layer should be called on a list of at least 1 input. Layer '{name}' ({GetType().Name}) received none.");
}
