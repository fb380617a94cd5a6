using System.Text.RegularExpressions;
using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Regularizers;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>
/// y = activation(x ∘ kernel + bias), where an equation such as <c>"abc,cd->abd"</c> defines the product: axes that the output lacks are summed over.
/// <c>...</c> stands for axes in front (<c>"...x,xy->...y"</c>) or at the end (<c>"ab...,bc->ac..."</c>) that stay as they are.
/// </summary>
[OnlySetting("quantization_config", null)]
public partial class EinsumDense : Layer
{
    /// <summary>A layer of that product.</summary>
    /// <param name="equation">The axes of input, kernel and output, a letter each.</param>
    /// <param name="output_shape">The output's shape without the batch and the axes of an ellipsis; <c>null</c> for an axis that is open.</param>
    /// <param name="activation">Applied to the sum; none by default.</param>
    /// <param name="bias_axes">The axes of the output that the bias has; no bias by default.</param>
    /// <param name="kernel_initializer">First values of the kernel; Glorot uniform by default.</param>
    /// <param name="bias_initializer">First values of the bias; zeros by default.</param>
    /// <param name="kernel_regularizer">The regularizer of the kernel, whose penalty is added to the loss; none by default.</param>
    /// <param name="bias_regularizer">The regularizer of the bias, whose penalty is added to the loss; none by default.</param>
    /// <param name="kernel_constraint">The constraint that is applied to the kernel after each step; none by default.</param>
    /// <param name="bias_constraint">The constraint that is applied to the bias after each step; none by default.</param>
    /// <param name="activity_regularizer">The regularizer of the outputs, whose penalty is added to the loss; none by default.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">The equation has another form.</exception>
    public EinsumDense(string equation, Shape output_shape, ActivationFunction? activation = null, string? bias_axes = null,
        InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Constraint? kernel_constraint = null, Constraint? bias_constraint = null,
        Regularizer? activity_regularizer = null, Shape? input_shape = null, string? name = null) : base(name, input_shape)
    {
        (this.equation, OutputShape, this.activation, this.bias_axes) = (equation, output_shape, activation ?? new Linear(), bias_axes);
        (this.kernel_initializer, this.bias_initializer) = (kernel_initializer.Or("glorot_uniform"), bias_initializer.Or("zeros"));
        (this.kernel_regularizer, this.bias_regularizer, this.activity_regularizer) = (kernel_regularizer, bias_regularizer, activity_regularizer);
        (this.kernel_constraint, this.bias_constraint) = (kernel_constraint, bias_constraint);
    }

    /// <summary>The axes of input, kernel and output.</summary>
    public string equation { get; }

    /// <summary>The output's shape, without the axes that the input determines.</summary>
    internal Shape OutputShape { get; }

    /// <inheritdoc cref="Layer.output_shape"/>
    [SettingLiesIn(nameof(OutputShape))]
    public new Shape? output_shape => base.output_shape;

    /// <summary>The activation, applied to the sum.</summary>
    public ActivationFunction activation { get; }

    /// <summary>The axes of the output that the bias has.</summary>
    public string? bias_axes { get; }

    /// <summary>First values of the kernel.</summary>
    public Initializer? kernel_initializer { get; }

    /// <summary>First values of the bias.</summary>
    public Initializer? bias_initializer { get; }

    /// <summary>The regularizer of the kernel, whose penalty is added to the loss.</summary>
    public Regularizer? kernel_regularizer { get; }

    /// <summary>The regularizer of the bias, whose penalty is added to the loss.</summary>
    public Regularizer? bias_regularizer { get; }

    /// <summary>The constraint that is applied to the kernel after each step.</summary>
    public Constraint? kernel_constraint { get; }

    /// <summary>The constraint that is applied to the bias after each step.</summary>
    public Constraint? bias_constraint { get; }

    internal override ActivationFunction OutputActivation => activation;

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape)
    {
        if (built) RequireRank(input_shape, this.input_shape!.Value.Rank);
    }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => activation.OutputShape(new EinsumAxes(this, input_shape).Output);

    /// <inheritdoc/>
    protected internal override IEnumerable<Weight> Weights(Shape input_shape)
    {
        var axes = new EinsumAxes(this, input_shape);
        yield return new("kernel", axes.Kernel, kernel_initializer is { } given ? axes.For(given) : null, Constraint: kernel_constraint,
            Regularizer: kernel_regularizer);
        if (axes.Bias is { } bias) yield return new("bias", bias, bias_initializer, Constraint: bias_constraint, Regularizer: bias_regularizer);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        var y = new EinsumAxes(this, x.shape).Product(g, x, g.Variable(WeightAt(0)));
        if (bias_axes is not null) y = g.Add(y, g.Variable(WeightAt(1)));
        return activation.Call(g, y);
    }

    [GeneratedRegex(@"^(?<left>\.\.\.)?(?<input>[a-zA-Z]+)(?<right>\.\.\.)?,(?<kernel>[a-zA-Z]+)->(\.\.\.)?(?<output>[a-zA-Z]+)(\.\.\.)?$")]
    internal static partial Regex Form();
}
