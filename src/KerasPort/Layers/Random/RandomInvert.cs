using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>Inverts each image, largest value - x, with a probability that is itself drawn.</summary>
public sealed class RandomInvert : RandomImageLayer
{
    /// <summary>Random negatives.</summary>
    /// <param name="factor">The probability: a maximum, or a range, within 0 to 1.</param>
    /// <param name="value_range">The least and the largest value of images; 0 and 255 by default.</param>
    /// <param name="seed">The seed: the same seed gives the same negatives. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandomInvert(Factor? factor = null, Factor? value_range = null, long? seed = null, Shape? input_shape = null, string? name = null)
        : base(seed, name, input_shape) => (this.factor, this.value_range) = (Bounded(factor ?? 1.0, 0), AsGiven(value_range));

    /// <summary>The probability, as a range.</summary>
    public Factor factor { get; }

    /// <summary>The least and the largest value of images.</summary>
    public Factor value_range { get; }

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        var isInverted = g.DrawnChance(seeds, images[0]!.Value, factor);
        return new(x =>
        {
            var rows = g.ImageRows(x);
            return g.Reshape(g.Choose(isInverted, g.Shift(g.Scale(rows, -1), (float)value_range.Second), rows), x.shape);
        });
    }
}
