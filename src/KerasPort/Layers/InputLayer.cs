using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>An input of a model: <c>keras.Input(shape: (28, 28, 1))</c>. It isn't among <c>model.layers</c>.</summary>
[OnlySetting("sparse", false), OnlySetting("ragged", false), OnlySetting("optional", false)]
public sealed class InputLayer : Layer
{
    /// <summary>An input of that shape, without the batch dimension.</summary>
    /// <param name="shape">The dimensions of a sample.</param>
    /// <param name="batch_size">The batch size; any by default.</param>
    /// <param name="dtype">The type of its elements; a whole-number type cuts fractions off. Values flow as float32 in any case.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="ValueError">A dimension is negative.</exception>
    public InputLayer(Shape shape, int? batch_size = null, DType? dtype = null, string? name = null) : base(name, shape)
    {
        this.dtype = dtype ?? DType.float32;
        foreach (var dimension in shape)
            if (dimension < 0) throw new ValueError($"Cannot convert '{shape}' to a shape. Negative dimensions are not allowed.");
        batch_shape = shape.WithBatch(batch_size);
        // As in Keras, an input without a name uses up one of the names for tensors.
        if (name is null) Names.Unique("keras_tensor");
        Symbolically([]);
        built = true;
    }

    // The settings as Keras writes them.
    private InputLayer(string? name, Shape batch_shape, DType? dtype)
        : this(batch_shape.Rank > 0 ? batch_shape[1..]
            : throw new ValueError("An input's `batch_shape` must have the batch dimension in front. Received: batch_shape=()"), batch_shape[0], dtype,
            name)
    { }

    /// <summary>The input of a first layer that was given its input shape; the shape is batch first.</summary>
    internal static InputLayer Of(Shape batch_shape) => new(batch_shape[1..], batch_shape[0]);

    /// <summary>The input of a model whose first data decides the shape.</summary>
    internal static InputLayer Implied(Shape batch_shape) => new(batch_shape[1..], batch_shape[0]) { IsImplied = true };

    /// <summary>Whether the input follows from a model's first data and wasn't given.</summary>
    internal bool IsImplied { get; private init; }

    /// <summary>The shape with the batch dimension in front.</summary>
    public Shape batch_shape { get; }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => batch_shape;

    internal override void Build(Shape[] inputs) => built = true;

    internal override Shape[] ShapesOf(Shape[] inputs) => [batch_shape];

    /// <summary>The type of its elements.</summary>
    public DType dtype { get; }

    internal override DType OutputType => dtype;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => dtype.IsInexact ? x
        : dtype == DType.@bool ? g.Equal(g.Equal(x, g.Lift(0)), g.Lift(0)) : g.Map(default(Truncated), x);
}
