using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Regularizers;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>y = activation(x · kernel + bias) along the last axis; kernel [in, units].</summary>
/// <example><code>
/// var layer = keras.layers.Dense(10, activation: "softmax");
/// var y = layer.Apply(np.zeros((32, 128)));
/// print(y.shape);                  // (32, 10)
/// print(layer.count_params());     // 1290
/// </code></example>
[OnlySetting("quantization_config", null)]
public class Dense : Layer
{
    /// <summary>A dense layer of that many units.</summary>
    /// <param name="units">The size of the output's last axis.</param>
    /// <param name="activation">Applied to x · kernel + bias; none by default.</param>
    /// <param name="use_bias">Whether a bias is added.</param>
    /// <param name="kernel_initializer">First values of the kernel; Glorot uniform by default.</param>
    /// <param name="bias_initializer">First values of the bias; zeros by default.</param>
    /// <param name="kernel_regularizer">The regularizer of the kernel, whose penalty is added to the loss; none by default.</param>
    /// <param name="bias_regularizer">The regularizer of the bias, whose penalty is added to the loss; none by default.</param>
    /// <param name="activity_regularizer">The regularizer of the outputs, whose penalty is added to the loss; none by default.</param>
    /// <param name="kernel_constraint">The constraint that is applied to the kernel after each step; none by default.</param>
    /// <param name="bias_constraint">The constraint that is applied to the bias after each step; none by default.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError"><paramref name="units"/> isn't positive.</exception>
    public Dense(int units, ActivationFunction? activation = null, bool use_bias = true,
        InitialValues kernel_initializer = default, InitialValues bias_initializer = default, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null,
        Constraint? kernel_constraint = null, Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null)
        : base(name, input_shape)
    {
        if (units <= 0) throw new ValueError($"Received an invalid value for `units`, expected a positive integer. Received: units={units}");
        (this.units, this.activation, this.use_bias) = (units, activation ?? new Linear(), use_bias);
        (this.kernel_initializer, this.bias_initializer) = (kernel_initializer.Or("glorot_uniform"), bias_initializer.Or("zeros"));
        (this.kernel_regularizer, this.bias_regularizer, this.activity_regularizer) = (kernel_regularizer, bias_regularizer, activity_regularizer);
        (this.kernel_constraint, this.bias_constraint) = (kernel_constraint, bias_constraint);
    }

    /// <summary>The size of the last axis of the output.</summary>
    public int units { get; }

    /// <summary>The activation, applied to x · kernel + bias.</summary>
    public ActivationFunction activation { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool use_bias { get; }

    /// <summary>First values of the kernel.</summary>
    public Initializer? kernel_initializer { get; }

    /// <summary>First values of the bias.</summary>
    public Initializer? bias_initializer { get; }

    /// <summary>The regularizer of the kernel, whose penalty is added to the loss.</summary>
    public Regularizer? kernel_regularizer { get; }

    /// <summary>The regularizer of the bias, whose penalty is added to the loss.</summary>
    public Regularizer? bias_regularizer { get; }

    /// <inheritdoc/>
    [OnlyWhenGiven]
    public override Regularizer? activity_regularizer { get; set; }

    /// <summary>The constraint that is applied to the kernel after each step.</summary>
    public Constraint? kernel_constraint { get; }

    /// <summary>The constraint that is applied to the bias after each step.</summary>
    public Constraint? bias_constraint { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape)
    {
        RequireRank(input_shape, 2, atLeast: true);
        if (built) RequireLastAxis(input_shape, WeightAt(0).shape[0]);
    }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, 1, atLeast: true);
        return activation.OutputShape(new Shape([.. input_shape[..^1], units]));
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<Weight> Weights(Shape input_shape)
    {
        yield return new("kernel", [LastAxis(input_shape), units], kernel_initializer, Constraint: kernel_constraint, Regularizer: kernel_regularizer);
        if (use_bias) yield return new("bias", [units], bias_initializer, Constraint: bias_constraint, Regularizer: bias_regularizer);
    }

    internal override bool PassesMask => true;

    internal override ActivationFunction OutputActivation => activation;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        return activation.Call(g, g.Dense(x, g.Variable(WeightAt(0)), use_bias ? g.Variable(WeightAt(1)) : null));
    }
}
