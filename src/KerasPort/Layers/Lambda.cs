using System.Text.Json.Nodes;
using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>A function as a layer: <c>layers.Lambda(x => tf.expand_dims(x, axis: -1))</c>. It has no weights, and no file holds it.</summary>
public sealed class Lambda : Layer
{
    private readonly Func<Tensor, Tensor> _function;

    /// <summary>A layer of a function.</summary>
    /// <param name="function">The function, written with functions of tensors; it takes several inputs apart, <c>var (x, y) = inputs;</c>.</param>
    /// <param name="output_shape">The shape of a sample of the output; derived from the function by default.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">There is no function.</exception>
    public Lambda(Func<Tensor, Tensor> function, Shape? output_shape = null, Shape? input_shape = null, string? name = null) : base(name, input_shape)
    {
        _function = function ?? throw new ValueError("A Lambda layer needs a function of a tensor. Received: function=None");
        OutputSample = output_shape;
    }

    private Shape? OutputSample { get; }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => OutputSample?.WithBatch(input_shape[0]) ?? TracedShapes([input_shape])[0];

    internal override void CheckInput(Shape[] inputs) { }

    internal override Shape[] ShapesOf(Shape[] inputs) => OutputSample is { } sample ? [sample.WithBatch(inputs[0][0])] : TracedShapes(inputs);

    internal override IEnumerable<Weight> Weights(Shape[] inputs) => [];

    /// <inheritdoc/>
    public override Tensor call(Tensor x, bool training) => _function(x);

    internal override Tensor[] Call(Graph g, Tensor[] inputs) => [.. _function(Tensor.Of(inputs)).All];

    /// <summary>The same function as another layer.</summary>
    internal Lambda Again() => new(_function, OutputSample, InputShape, name);

    /// <summary>Refused: a configuration can't hold code.</summary>
    /// <exception cref="ValueError">Always.</exception>
    public override JsonObject get_config() => throw Saving.KnownClasses.NotKnown(typeof(Lambda));
}
