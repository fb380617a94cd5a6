using KerasPort.Constraints;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Regularizers;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>A learned vector for each whole number from 0 to input_dim - 1, such as the index of a word or a category.</summary>
/// <example><code>
/// var words = np.array([[4, 10, 2], [7, 0, 1]]);
/// print(keras.layers.Embedding(input_dim: 1000, output_dim: 64).Apply(words).shape);    // (2, 3, 64)
/// </code></example>
[OnlySetting("quantization_config", null)]
public class Embedding : Layer
{
    /// <summary>A layer of that many vectors.</summary>
    /// <param name="input_dim">The number of different indices: the largest plus 1.</param>
    /// <param name="output_dim">The length of a vector.</param>
    /// <param name="embeddings_initializer">First values of the vectors; uniform from -0.05 to 0.05 by default.</param>
    /// <param name="embeddings_regularizer">The regularizer, whose penalty is added to the loss; none by default.</param>
    /// <param name="embeddings_constraint">The constraint that is applied after each step; none by default.</param>
    /// <param name="mask_zero">Whether steps of the number 0 are masked, so that later layers, losses and metrics leave them out.</param>
    /// <param name="activity_regularizer">The regularizer of the outputs, whose penalty is added to the loss; none by default.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">A size isn't positive.</exception>
    public Embedding(int input_dim, int output_dim, InitialValues embeddings_initializer = default, Regularizer? embeddings_regularizer = null,
        Constraint? embeddings_constraint = null, bool mask_zero = false, Regularizer? activity_regularizer = null, Shape? input_shape = null,
        string? name = null) : base(name, input_shape)
    {
        static int Positive(int size, string argument) => size > 0 ? size
            : throw new ValueError($"`{argument}` must be a positive integer. Received: {argument}={size} (of type int).");
        (this.input_dim, this.output_dim) = (Positive(input_dim, nameof(input_dim)), Positive(output_dim, nameof(output_dim)));
        (this.embeddings_initializer, this.embeddings_regularizer) = (embeddings_initializer.Or("uniform"), embeddings_regularizer);
        (this.embeddings_constraint, this.mask_zero, this.activity_regularizer) = (embeddings_constraint, mask_zero, activity_regularizer);
    }

    /// <summary>A layer whose vectors are given.</summary>
    /// <inheritdoc cref="Embedding(int, int, InitialValues, Regularizer?, Constraint?, bool, Regularizer?, Shape?, string?)"/>
    /// <param name="input_dim">The number of different indices: the largest plus 1.</param>
    /// <param name="output_dim">The length of a vector.</param>
    /// <param name="embeddings_initializer">First values of the vectors, if none are given.</param>
    /// <param name="embeddings_regularizer">The regularizer, whose penalty is added to the loss; none by default.</param>
    /// <param name="embeddings_constraint">The constraint that is applied after each step; none by default.</param>
    /// <param name="mask_zero">Whether steps of the number 0 are masked.</param>
    /// <param name="weights">The vectors, a row each: [input_dim, output_dim].</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    public Embedding(int input_dim, int output_dim, InitialValues embeddings_initializer, Regularizer? embeddings_regularizer,
        Constraint? embeddings_constraint, bool mask_zero, NDArray? weights, Shape? input_shape = null, string? name = null)
        : this(input_dim, output_dim, embeddings_initializer, embeddings_regularizer, embeddings_constraint, mask_zero, activity_regularizer: null,
            input_shape, name)
    {
        if (weights is null) return;
        Build([new Shape((int?)null)]);
        set_weights([weights]);
    }

    /// <summary>The number of different indices.</summary>
    public int input_dim { get; }

    /// <summary>The length of a vector.</summary>
    public int output_dim { get; }

    /// <summary>First values of the vectors.</summary>
    public Initializer? embeddings_initializer { get; }

    /// <summary>The regularizer, whose penalty is added to the loss.</summary>
    public Regularizer? embeddings_regularizer { get; }

    /// <summary>The constraint that is applied after each step.</summary>
    public Constraint? embeddings_constraint { get; }

    /// <summary>Whether steps of the number 0 are masked.</summary>
    public bool mask_zero { get; }

    internal override bool PassesMask => mask_zero;

    internal override bool MakesMask => mask_zero;

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => new([.. input_shape, output_dim]);

    /// <inheritdoc/>
    public override Tensor? compute_mask(Tensor inputs, Tensor? mask = null) => mask_zero ? KerasOps.NotEqual.Of(inputs, 0) : null;

    /// <inheritdoc/>
    protected internal override IEnumerable<Weight> Weights(Shape input_shape) =>
        [new("embeddings", [input_dim, output_dim], embeddings_initializer, Constraint: embeddings_constraint, Regularizer: embeddings_regularizer)];

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.Picked(g.Variable(WeightAt(0)), x, 0);
}
