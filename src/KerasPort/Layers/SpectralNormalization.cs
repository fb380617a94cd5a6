using KerasPort.Graphs;
using KerasPort.Initializers;

namespace KerasPort.Layers;

/// <summary>
/// Divides the kernel of the wrapped layer by its largest singular value σ with each batch of training, and applies the layer. Power iterations over W,
/// the kernel as [rows, last axis], approach σ: v = u·Wᵀ / ‖u·Wᵀ‖, u = v·W / ‖v·W‖, σ = v·W·uᵀ; u is kept from batch to batch.
/// As in Keras, the kernel is among the wrapper's own weights too, in front of vector_u, and a kernel of zeros stays as it is.
/// Source: Miyato, Kataoka, Koyama and Yoshida, Spectral normalization for generative adversarial networks (2018).
/// </summary>
public class SpectralNormalization : Wrapper
{
    private TruncatedNormal? _first;        // draws its seed when it is made, which is once

    /// <summary>A wrapper that keeps the kernel's spectral norm at 1 in training.</summary>
    /// <param name="layer">A layer that has a kernel, as Dense and convolutions do, or embeddings.</param>
    /// <param name="power_iterations">The number of power iterations with each batch.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">There are no iterations, or there is no layer.</exception>
    public SpectralNormalization(Layer layer, int power_iterations = 1, Shape? input_shape = null, string? name = null) : base(layer, input_shape, name)
    {
        if (power_iterations <= 0)
            throw new ValueError($"`power_iterations` should be greater than zero. Received: `power_iterations={power_iterations}`");
        this.power_iterations = power_iterations;
    }

    /// <summary>The number of power iterations with each batch.</summary>
    public int power_iterations { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape)
    {
        RequireRank(input_shape, 1, atLeast: true);
        if (built && this.input_shape!.Value[^1] is { } last) RequireLastAxis(input_shape, last);
    }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => layer.OutputShapes([input_shape])[0];

    /// <inheritdoc/>
    protected internal override IEnumerable<Weight> Weights(Shape input_shape)
    {
        int columns = layer.built ? Kernel.shape[^1]
            : layer.Weights([input_shape]).Where(weight => IsKernel(weight.Name)).Select(weight => weight.Shape[^1]).FirstOrDefault();
        // The kernel of a class of one's own is known only after it is built.
        if (columns > 0) yield return new("vector_u", [1, columns], Draw(), Trainable: false);
    }

    /// <summary>The initializer of vector_u, whose seed is drawn once, when the layer is built.</summary>
    internal TruncatedNormal Draw() => _first ??= new TruncatedNormal(stddev: 0.02);

    internal override void Build(Shape[] inputs)
    {
        base.Build(inputs);
        Share(Kernel);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        if (g.Training) Normalize(g);
        return layer.CallRegularized(g, [x])[0];
    }

    private Variable Kernel => layer.OwnVariables.FirstOrDefault(weight => IsKernel(weight.name))
        ?? throw new ValueError($"{layer.GetType().Name} object has no attribute 'kernel' nor 'embeddings'");

    private static bool IsKernel(string name) => name is "kernel" or "embeddings";

    /// <summary>Updates vector_u and the kernel before the layer reads the kernel. Gradients don't flow through this.</summary>
    private void Normalize(Graph g)
    {
        Variable kept = OwnVariables[^1], weight = Kernel;
        Tensor kernel = g.Variable(weight), before = g.Variable(kept), u = before, v = u;
        int columns = kernel.shape[^1]!.Value;
        Tensor rows = g.Reshape(kernel, (kernel.Size / columns, columns)), turned = g.Transpose(rows, [1, 0]);
        for (int i = 0; i < power_iterations; i++)
        {
            v = Unit(g.MatMul(u, turned));
            u = Unit(g.MatMul(v, rows));
        }
        var sigma = g.Reshape(g.MatMul(g.MatMul(v, rows), g.Transpose(u, [1, 0])), new Shape());
        var isZero = g.Equal(g.Sum(g.Abs(kernel)), g.Lift(0));
        var divided = g.Divide(kernel, g.Where(isZero, g.Like(sigma, 1), sigma));
        g.Assign(kept, g.Where(isZero, before, u));
        g.Assign(weight, divided);

        Tensor Unit(Tensor vector) => g.UnitLength(vector, (0, 1), 1e-12f);
    }
}
