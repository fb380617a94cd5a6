using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>Blurs or sharpens each image: moves it towards a weighted mean of 3 x 3 pixels, or as far in the opposite direction.</summary>
public sealed class RandomSharpness : RandomImageLayer
{
    /// <summary>A random sharpness.</summary>
    /// <param name="factor">The sharpness: a maximum, or a range, within 0 to 1. 0 blurs, ½ leaves images as they are, 1 sharpens.</param>
    /// <param name="value_range">The limits of the output's values; 0 and 255 by default.</param>
    /// <param name="seed">The seed: the same seed gives the same sharpness. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandomSharpness(Factor factor, Factor? value_range = null, long? seed = null, Shape? input_shape = null, string? name = null)
        : base(seed, name, input_shape) => (this.factor, this.value_range) = (Bounded(factor, 0), Sorted(value_range));

    /// <summary>The sharpness, as a range.</summary>
    public Factor factor { get; }

    /// <summary>The limits of the output's values.</summary>
    public Factor value_range { get; }

    private protected override int DrawsAnyway => 1;

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        var blur = g.Drawn(seeds, (images[0], 1), (state, values) =>
        {
            Stateless.Uniform(state.Next(), factor.First, factor.Second, values);
            for (int i = 0; i < values.Length; i++) values[i] = 1 - values[i] * 2;
        });
        return new(x =>
        {
            const float around = 1f / 13, middle = 5f / 13;
            float[] shares = [.. Enumerable.Range(0, 9 * x.Columns).Select(i => i / x.Columns == 4 ? middle : around)];
            var (rows, smooth) = (g.ImageRows(x), g.ImageRows(g.Smoothed(x, g.Lift(new NDArray(shares, 3, 3, x.Columns, 1)))));
            return g.Reshape(g.Within(g.Add(rows, g.Multiply(g.Subtract(smooth, rows), blur)), value_range), x.shape);
        });
    }
}
