using KerasPort.Graphs;
using KerasPort.Pictures;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>Makes the colours of each image, which has three channels, stronger or weaker. As in TensorFlow, it has no gradient.</summary>
public sealed class RandomSaturation : RandomImageLayer
{
    private const float Epsilon = 1e-7f;

    /// <summary>A random saturation.</summary>
    /// <param name="factor">f, or from and to, from -1 to 1: saturations are multiplied by f / (1 - f), so that ½ leaves them as they are.</param>
    /// <param name="value_range">The least and the largest value of images; 0 and 255 by default.</param>
    /// <param name="seed">The seed: the same seed gives the same saturations. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandomSaturation(Factor factor, Factor? value_range = null, long? seed = null, Shape? input_shape = null, string? name = null)
        : base(seed, name, input_shape) => (this.factor, this.value_range) = (Bounded(factor, -1), Sorted(value_range));

    /// <summary>f, from and to.</summary>
    public Factor factor { get; }

    /// <summary>The least and the largest value of images.</summary>
    public Factor value_range { get; }

    private protected override int DrawsAnyway => 1;

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        var factors = g.Drawn(seeds, (images[0], 1), (state, values) =>
        {
            Stateless.Uniform(state.Next(), factor.First, factor.Second, values);
            for (int i = 0; i < values.Length; i++) values[i] /= 1 - values[i] + Epsilon;
        });
        var (least, most) = ((float)value_range.First, (float)value_range.Second);
        return new(x => g.ChangeHsv(x, factors, (rgb, times) =>
        {
            var hsv = Hsv.Of(rgb.R, rgb.G, rgb.B);
            return (hsv with { Saturation = Math.Clamp(hsv.Saturation * times, least, most) }).ToRgb();
        }));
    }
}
