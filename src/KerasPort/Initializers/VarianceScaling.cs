using KerasPort.Random;
using KerasPort.Saving;

namespace KerasPort.Initializers;

/// <summary>
/// Values with a variance of scale / n, where n is the number of inputs of a weight ("fan_in"), that of its outputs ("fan_out") or the mean of both
/// ("fan_avg"). Glorot's and He's initializers are special cases.
/// Source: He, Zhang, Ren and Sun, Delving deep into rectifiers (2015).
/// </summary>
public class VarianceScaling : RandomInitializer
{
    /// <summary>Creates an initializer. Without a seed, one is drawn at once, from Python's generator, as in Keras.</summary>
    /// <param name="scale">The factor of the variance, above 0.</param>
    /// <param name="mode">"fan_in", "fan_out" or "fan_avg".</param>
    /// <param name="distribution">
    /// "truncated_normal" (or "normal": values beyond two standard deviations are drawn again), "untruncated_normal" or "uniform".
    /// </param>
    /// <param name="seed">The seed: the same seed and shape give the same values.</param>
    /// <param name="input_axes">The axes whose product is the number of inputs, if <paramref name="output_axes"/> are given, too.</param>
    /// <param name="output_axes">The axes whose product is the number of outputs.</param>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public VarianceScaling(double scale = 1.0, string mode = "fan_in", string distribution = "truncated_normal", Seed? seed = null,
        int[]? input_axes = null, int[]? output_axes = null) : base(seed)
    {
        if (!(scale > 0)) throw new ValueError($"Argument `scale` must be positive float. Received: scale={PythonText.Str(scale)}");
        if (mode is not ("fan_in" or "fan_out" or "fan_avg"))
            throw new ValueError($"Invalid `mode` argument: {mode}. Please use one of the {{'fan_avg', 'fan_in', 'fan_out'}}.");
        distribution = distribution.ToLowerInvariant();
        if (distribution == "normal") distribution = "truncated_normal";
        if (distribution is not ("truncated_normal" or "untruncated_normal" or "uniform"))
            throw new ValueError($"Invalid `distribution` argument: {distribution}. " +
                $"Please use one of the {{'truncated_normal', 'uniform', 'untruncated_normal'}}.");
        (this.scale, this.mode, this.distribution) = (scale, mode, distribution);
        (this.input_axes, this.output_axes) = (input_axes, output_axes);
    }

    /// <summary>The factor of the variance.</summary>
    public double scale { get; }

    /// <summary>"fan_in", "fan_out" or "fan_avg".</summary>
    public string mode { get; }

    /// <summary>"truncated_normal", "untruncated_normal" or "uniform".</summary>
    public string distribution { get; }

    /// <summary>The axes whose product is the number of inputs, if they were given.</summary>
    public int[]? input_axes { get; }

    /// <summary>The axes whose product is the number of outputs, if they were given.</summary>
    public int[]? output_axes { get; }

    /// <summary>The same initializer with these axes; it gives the same values for the same seed, even if that was drawn.</summary>
    internal VarianceScaling Over(int[] inputs, int[] outputs) => new(scale, mode, distribution, Drawing, inputs, outputs);

    private protected override void Fill(Philox words, int[] shape, float[] values)
    {
        var (fanIn, fanOut) = Fans(shape);
        double fan = mode switch { "fan_in" => fanIn, "fan_out" => fanOut, _ => (fanIn + fanOut) / 2 };
        double variance = scale / Math.Max(1.0, fan), limit = Math.Sqrt(3.0 * variance);
        // The standard deviation of a standard normal distribution that is truncated at two deviations.
        const double truncated = 0.87962566103423978;
        switch (distribution)
        {
            case "uniform": Stateless.Uniform(words, -limit, limit, values); break;
            case "untruncated_normal": Stateless.Normal(words, 0, Math.Sqrt(variance), values); break;
            default: Stateless.TruncatedNormal(words, 0, Math.Sqrt(variance) / truncated, values); break;
        }
    }

    private protected override void Check(int[] shape)
    {
        if (input_axes is null || output_axes is null) return;
        foreach (int axis in input_axes.Concat(output_axes))
            if (axis < -shape.Length || axis >= shape.Length)
                throw new ValueError($"tuple index out of range: there is no axis {axis} in shape {new Shape([.. shape])}");
    }

    /// <summary>
    /// The numbers of inputs and outputs of a weight: its channels times the receptive field. A vector, such as a bias, has its length as both.
    /// </summary>
    private (double In, double Out) Fans(int[] shape)
    {
        double Size(int[] axes) => axes.Aggregate(1.0, (product, axis) => product * shape[axis < 0 ? axis + shape.Length : axis]);
        if (input_axes is not null && output_axes is not null) return (Size(input_axes), Size(output_axes));
        if (shape.Length == 0) return (1, 1);
        double receptive = 1;
        for (int i = 0; i < shape.Length - 2; i++) receptive *= shape[i];
        return (receptive * shape[^Math.Min(2, shape.Length)], receptive * shape[^1]);
    }
}
