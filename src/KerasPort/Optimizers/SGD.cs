using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Optimizers;

/// <summary>
/// w -= lr·g; with momentum m = μ·m - lr·g and w += m, or, with Nesterov's, w += μ·m - lr·g.
/// Source: Sutskever et al., On the importance of initialization and momentum in deep learning (2013), in the form that Keras computes.
/// </summary>
/// <example><code>
/// var model = keras.Sequential([keras.Input(2), keras.layers.Dense(1)]);
/// model.compile(optimizer: keras.optimizers.SGD(learning_rate: 0.1, momentum: 0.9, nesterov: true), loss: "mse");
/// </code></example>
public sealed class SGD : Optimizer
{
    /// <summary>Gradient descent with Keras' defaults.</summary>
    /// <param name="learning_rate">A number of 0 or more, or a schedule; 0.01 by default.</param>
    /// <param name="momentum">μ, the share of the last step that the next one goes on with: from 0 to 1.</param>
    /// <param name="nesterov">Whether the gradient counts as if the momentum's step had been taken.</param>
    /// <inheritdoc cref="Optimizer(LearningRate, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    /// <exception cref="ValueError">… or the momentum isn't a number from 0 to 1.</exception>
    public SGD(LearningRate? learning_rate = null, double momentum = 0, bool nesterov = false,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null)
        : base(learning_rate ?? 0.01, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name)
    {
        if (!(momentum >= 0 && momentum <= 1)) throw new ValueError("`momentum` must be a float between [0, 1].");
        (this.momentum, this.nesterov) = (momentum, nesterov);
    }

    /// <summary>μ, the share of the last step that the next one goes on with.</summary>
    public double momentum { get; }

    /// <summary>Whether the gradient counts as if the momentum's step had been taken.</summary>
    public bool nesterov { get; }

    /// <inheritdoc/>
    protected internal override string[][] Slots => momentum == 0 ? [] : [["momentum"]];

    /// <inheritdoc/>
    protected internal override void Update(Kernels kernels, VariableUpdate update)
    {
        float rate = (float)learning_rate, share = (float)momentum;
        if (momentum == 0) update.Run(kernels, new Descent(rate));
        else if (nesterov) update.Run(kernels, new NesterovDescent(rate, share));
        else update.Run(kernels, new MomentumDescent(rate, share));
    }
}

/// <summary>w -= rate·g.</summary>
internal readonly record struct Descent(float Rate) : IFormula
{
    public static int Reads => 0b11;

    public static int Writes => 0b01;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T w, ref T g, ref T c, ref T d, ref T e, ref T f) where M : struct, IMath<T> =>
        w = M.Subtract(w, M.Multiply(g, M.Splat(Rate)));
}

/// <summary>m = μ·m - rate·g and w += m.</summary>
internal readonly record struct MomentumDescent(float Rate, float Momentum) : IFormula
{
    public static int Reads => 0b111;

    public static int Writes => 0b101;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T w, ref T g, ref T m, ref T d, ref T e, ref T f) where M : struct, IMath<T>
    {
        m = M.Subtract(M.Multiply(m, M.Splat(Momentum)), M.Multiply(g, M.Splat(Rate)));
        w = M.Add(w, m);
    }
}

/// <summary>m = μ·m - rate·g and w += μ·m - rate·g, with the new m.</summary>
internal readonly record struct NesterovDescent(float Rate, float Momentum) : IFormula
{
    public static int Reads => 0b111;

    public static int Writes => 0b101;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T w, ref T g, ref T m, ref T d, ref T e, ref T f) where M : struct, IMath<T>
    {
        T step = M.Multiply(g, M.Splat(Rate));
        m = M.Subtract(M.Multiply(m, M.Splat(Momentum)), step);
        w = M.Add(w, M.Subtract(M.Multiply(m, M.Splat(Momentum)), step));
    }
}
