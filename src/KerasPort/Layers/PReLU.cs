using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>
/// y = x above 0, else alpha · x, with a learned alpha for each place.
/// Source: He, Zhang, Ren and Sun, Delving deep into rectifiers (2015).
/// </summary>
public class PReLU : Layer
{
    /// <summary>A relu that learns its slopes.</summary>
    /// <param name="alpha_initializer">The first slopes below 0; zeros by default.</param>
    /// <param name="alpha_regularizer">The regularizer, whose penalty is added to the loss; none by default.</param>
    /// <param name="alpha_constraint">The constraint that is applied after each step; none by default.</param>
    /// <param name="shared_axes">Axes that share one slope, counted with the batch: <c>[1, 2]</c> gives each channel of images one slope.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    public PReLU(InitialValues alpha_initializer = default, Regularizer? alpha_regularizer = null, Constraint? alpha_constraint = null,
        Axes? shared_axes = null,
        Shape? input_shape = null, string? name = null) : base(name, input_shape)
    {
        (this.alpha_initializer, this.alpha_regularizer, this.alpha_constraint) = (alpha_initializer.Or("zeros"), alpha_regularizer, alpha_constraint);
        this.shared_axes = shared_axes is null ? null : Axes.Create([.. shared_axes]);
    }

    /// <summary>The first slopes below 0.</summary>
    public Initializer? alpha_initializer { get; }

    /// <summary>The regularizer, whose penalty is added to the loss.</summary>
    public Regularizer? alpha_regularizer { get; }

    /// <summary>The constraint that is applied after each step.</summary>
    public Constraint? alpha_constraint { get; }

    /// <summary>Axes that share one slope.</summary>
    public Axes? shared_axes { get; }

    internal override bool PassesMask => true;

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape)
    {
        RequireRank(input_shape, 2, atLeast: true);
        foreach (int axis in shared_axes ?? Axes.Create([]))
            if (axis < 1 || axis >= input_shape.Rank)
                throw new ValueError($"shared_axes of layer '{name}' must be from 1 to {input_shape.Rank - 1} for an input of shape {input_shape}. "
                    + $"Received: shared_axes={shared_axes}");
        if (!built) return;
        var alpha = WeightAt(0).shape;
        if (alpha.Length != input_shape.Rank - 1 || Enumerable.Range(1, alpha.Length).Any(i => !IsShared(i) && alpha[i - 1] != input_shape[i]))
            throw new ValueError($"Layer '{name}' has slopes of shape {alpha}, and is given an input of shape {input_shape}.");
    }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => input_shape;

    /// <inheritdoc/>
    protected internal override IEnumerable<Weight> Weights(Shape input_shape)
    {
        int[] places = [.. Enumerable.Range(1, input_shape.Rank - 1).Select(i => IsShared(i) ? 1 : input_shape[i]
            ?? throw new ValueError($"Layer '{name}' has a slope for each place along axis {i}, whose length isn't known. "
                + $"Received: input_shape={input_shape}"))];
        yield return new("alpha", places, alpha_initializer, Constraint: alpha_constraint, Regularizer: alpha_regularizer);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        var (alpha, given) = (g.Variable(WeightAt(0)), x);
        // Without shared axes both are flattened, so that one row of slopes applies to each row of x.
        if (shared_axes is null or []) (alpha, given) = (g.Reshape(alpha, alpha.Size), g.Reshape(x, (x.Rows * x.Columns / alpha.Size, alpha.Size)));
        var above = g.MapByOutput(default(ReluFormula), default(ReluGradient), given);
        var below = g.MapByOutput(default(ReluFormula), default(ReluGradient), g.Scale(given, -1));
        return g.Reshape(g.Subtract(above, g.Multiply(below, alpha)), x.shape);
    }

    private bool IsShared(int axis) => shared_axes?.Contains(axis) ?? false;
}
