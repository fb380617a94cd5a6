using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>Says what goes into a model: <c>keras.Input(shape: (28, 28, 1))</c>. It isn't among <c>model.layers</c>.</summary>
[OnlySetting("dtype", "float32"), OnlySetting("sparse", false), OnlySetting("ragged", false)]
[OnlySetting("optional", false)]
public sealed class InputLayer : Layer
{
    /// <summary>An input of that shape, without the batch dimension.</summary>
    public InputLayer(Shape shape, int? batch_size = null, string? name = null) : base(name, shape)
    {
        foreach (var dimension in shape)
            if (dimension < 0) throw new ValueError($"Cannot convert '{shape}' to a shape. Negative dimensions are not allowed.");
        batch_shape = shape.WithBatch(batch_size);
        // Keras' tensor of an input without a name takes one of the names of tensors.
        if (name is null) Names.Unique("keras_tensor");
        Symbolically([]);
        built = true;
    }

    // As Keras writes it down.
    private InputLayer(string? name, Shape batch_shape)
        : this(batch_shape.Rank > 0 ? batch_shape[1..] : throw new ValueError("An input's `batch_shape` must have the batch dimension in front. Received: batch_shape=()"), batch_shape[0], name) { }

    /// <summary>The input of a first layer that says what goes into it, batch first.</summary>
    internal static InputLayer Of(Shape batch_shape) => new(batch_shape[1..], batch_shape[0]);

    /// <summary>The same for a model whose first data decides.</summary>
    internal static InputLayer Implied(Shape batch_shape) => new(batch_shape[1..], batch_shape[0]) { IsImplied = true };

    /// <summary>Whether it was made for the first data rather than given.</summary>
    internal bool IsImplied { get; private init; }

    /// <summary>The shape with the batch dimension in front.</summary>
    public Shape batch_shape { get; }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => batch_shape;

    internal override void Build(Shape[] inputs) => built = true;

    internal override Shape[] OutputShapes(Shape[] inputs) => [batch_shape];

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => x;
}
