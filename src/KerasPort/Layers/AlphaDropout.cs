using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>
/// In training each element becomes selu's lower limit with probability rate; all elements are then scaled and shifted to keep mean and variance.
/// Otherwise y = x. The masks are TensorFlow's own. Source: Klambauer et al., Self-normalizing neural networks (2017).
/// </summary>
public class AlphaDropout : TrainingOnlyLayer
{
    /// <summary>A dropout for outputs of selu.</summary>
    /// <param name="rate">The share of elements that are dropped: from 0 to 1.</param>
    /// <param name="noise_shape">The shape of the mask: an axis of length 1 shares one draw, an open one is as long as the input's.</param>
    /// <param name="seed">The seed: the same seed gives the same masks. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">The rate isn't from 0 to 1.</exception>
    public AlphaDropout(double rate, Shape? noise_shape = null, long? seed = null, Shape? input_shape = null, string? name = null)
        : base(seed, Share(rate, nameof(rate)) > 0, name, input_shape) => (this.rate, this.noise_shape) = (rate, noise_shape);

    /// <summary>The share of elements that are dropped.</summary>
    public double rate { get; }

    /// <summary>The shape of the mask, where it isn't the input's.</summary>
    public Shape? noise_shape { get; }

    private protected override Tensor Changed(Graph g, Tensor x)
    {
        if (rate == 0) return x;
        if (rate == 1) throw new ValueError($"Layer '{name}' can't keep mean and variance of what it drops altogether. Received: rate=1");
        var units = g.RandomUnits(Seeds!, MaskShape(x.shape, noise_shape));
        const double lowest = -1.6732632423543772848170429916717 * 1.0507009873554804934193349852946;
        double scale = Math.Pow((1 - rate) * (1 + rate * lowest * lowest), -0.5), offset = -scale * lowest * rate;
        var kept = new Kept((float)rate, (float)scale);
        return g.Map(new KeptOrLowest((float)rate, (float)scale, (float)lowest, (float)offset), x, units, (list, _, dy) => [list.Map(kept, dy, units), null]);
    }
}

/// <summary>scale · (x where the drawn number is at least the rate, else lowest) + offset.</summary>
internal readonly record struct KeptOrLowest(float Rate, float Scale, float Lowest, float Offset) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T unit) where M : struct, IMath<T> =>
        M.Add(M.Multiply(M.Splat(Scale), M.Select(M.Greater(M.Splat(Rate), unit), M.Splat(Lowest), x)), M.Splat(Offset));
}
