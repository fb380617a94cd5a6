using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>
/// In training y = x / (1 - rate) with probability 1 - rate, else 0, drawn for each element; otherwise y = x.
/// Source: Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting (2014). The masks are TensorFlow's own.
/// </summary>
/// <example><code>
/// var layer = keras.layers.Dropout(0.5, seed: 1);
/// var x = np.ones((2, 3));
/// print(layer.Apply(x).numpy().mean());                               // 1.0
/// print(np.unique(layer.Apply(np.ones((8, 8)), training: true)));     // [0. 2.]
/// </code></example>
public class Dropout : TrainingOnlyLayer
{
    /// <summary>A dropout.</summary>
    /// <param name="rate">The share of elements that become 0: from 0 to 1.</param>
    /// <param name="noise_shape">The shape of the mask: an axis of length 1 shares one draw, an open one is as long as the input's.</param>
    /// <param name="seed">The seed: the same seed gives the same masks. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">The rate isn't from 0 to 1.</exception>
    public Dropout(double rate, Shape? noise_shape = null, long? seed = null, Shape? input_shape = null, string? name = null)
        : base(seed, Share(rate, nameof(rate)) > 0, name, input_shape) => (this.rate, this.noise_shape) = (rate, noise_shape);

    /// <summary>The share of elements that become 0.</summary>
    public double rate { get; }

    /// <summary>The shape of the mask, where it isn't the input's.</summary>
    public Shape? noise_shape { get; }

    private protected override Tensor Changed(Graph g, Tensor x)
    {
        if (rate == 0) return x;
        if (rate == 1) return g.Scale(x, 0);
        var units = g.RandomUnits(Seeds!, MaskShape(x.shape, noise_shape));
        var kept = new Kept((float)rate, (float)(1 / (1 - rate)));
        return g.Map(kept, x, units, (list, _, dy) => [list.Map(kept, dy, units), null]);
    }
}

/// <summary>x · factor where the drawn number is at least the rate, else 0.</summary>
internal readonly record struct Kept(float Rate, float Factor) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T unit) where M : struct, IMath<T> => M.Select(M.Greater(M.Splat(Rate), unit), M.Splat(0), M.Multiply(x, M.Splat(Factor)));
}
