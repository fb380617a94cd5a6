using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>Moves the colours of each image towards grey, or away from it.</summary>
public sealed class RandomColorDegeneration : RandomImageLayer
{
    /// <summary>Random colours.</summary>
    /// <param name="factor">The strength: a maximum, or a range, within -1 to 1. 0 leaves images as they are, 1 leaves no colour.</param>
    /// <param name="value_range">The limits of the output's values; 0 and 255 by default.</param>
    /// <param name="seed">The seed: the same seed gives the same colours. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandomColorDegeneration(Factor factor, Factor? value_range = null, long? seed = null, Shape? input_shape = null, string? name = null)
        : base(seed, name, input_shape) => (this.factor, this.value_range) = (Bounded(factor, -1), Sorted(value_range));

    /// <summary>The strength, as a range.</summary>
    public Factor factor { get; }

    /// <summary>The limits of the output's values.</summary>
    public Factor value_range { get; }

    private protected override int DrawsAnyway => 1;

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        var shares = g.DrawnEvenly(seeds, images[0]!.Value, factor.First, factor.Second);
        return new(x =>
        {
            var away = g.ImageRows(g.Subtract(g.Grayscale(x), x));
            return g.Reshape(g.Within(g.Add(g.ImageRows(x), g.Multiply(away, shares)), value_range), x.shape);
        });
    }
}
