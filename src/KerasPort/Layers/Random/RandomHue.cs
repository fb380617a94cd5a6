using KerasPort.Graphs;
using KerasPort.Pictures;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>Turns the hues of each image, which has three channels, on the colour circle. As in TensorFlow, it has no gradient.</summary>
public sealed class RandomHue : RandomImageLayer
{
    /// <summary>Random hues.</summary>
    /// <param name="factor">The turn, in either direction, as a share of half the circle: a maximum, or a range, within 0 to 1.</param>
    /// <param name="value_range">The least and the largest value of images; 0 and 255 by default.</param>
    /// <param name="seed">The seed: the same seed gives the same hues. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandomHue(Factor factor, Factor? value_range = null, long? seed = null, Shape? input_shape = null, string? name = null)
        : base(seed, name, input_shape) =>
        (this.factor, this.value_range) = (Bounded(factor, 0), AsGiven(value_range));

    /// <summary>The turn, as a range.</summary>
    public Factor factor { get; }

    /// <summary>The least and the largest value of images.</summary>
    public Factor value_range { get; }

    private protected override int DrawsAnyway => 2;

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        float[] sides = new float[images[0]!.Value];
        var turns = g.Drawn(seeds, (sides.Length, 1), (state, values) =>
        {
            Stateless.Uniform(state.Next(), 0, 1, sides);
            Stateless.Uniform(state.Next(), factor.First, factor.Second, values);
            for (int i = 0; i < sides.Length; i++) values[i] *= sides[i] > 0.5f ? -0.5f : 0.5f;
        });
        return new(x => Turned(g, x, turns));
    }

    private Tensor Turned(Graph g, Tensor x, Tensor turns)
    {
        Ranged toOne = Ranged.Of(value_range, (0, 1)), back = Ranged.Of((0, 1), value_range);
        bool isOne = value_range is { First: 0, Second: 1 };
        float Scaled(in Ranged range, float value) => isOne ? value : range.Of<float, Engines.Formulas.FloatMath>(value);
        return g.ChangeHsv(x, turns, (rgb, turn) =>
        {
            var hsv = Hsv.Of(Scaled(toOne, rgb.R), Scaled(toOne, rgb.G), Scaled(toOne, rgb.B));
            float hue = hsv.Hue + turn;
            if (hue > 1) hue -= 1;
            if (hue < 0) hue += 1;
            var (r, green, b) = (hsv with { Hue = hue }).ToRgb();
            return (Scaled(back, Math.Clamp(r, 0, 1)), Scaled(back, Math.Clamp(green, 0, 1)), Scaled(back, Math.Clamp(b, 0, 1)));
        });
    }
}
