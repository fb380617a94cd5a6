using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>Adds a number to each image's values, then inverts values from a threshold on, 255 - x, as overexposed film does.</summary>
public sealed class Solarization : RandomImageLayer
{
    /// <summary>A random solarization.</summary>
    /// <param name="addition_factor">The addition as a share of 255: a maximum, or a range, within 0 to 1.</param>
    /// <param name="threshold_factor">The threshold as a share of 255: a maximum, or a range, within 0 to 1.</param>
    /// <param name="value_range">The least and the largest value of images; 0 and 255 by default.</param>
    /// <param name="seed">The seed: the same seed gives the same numbers. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public Solarization(Factor? addition_factor = null, Factor? threshold_factor = null, Factor? value_range = null, long? seed = null,
        Shape? input_shape = null, string? name = null) : base(seed, name, input_shape)
    {
        (this.addition_factor, this.threshold_factor) = (Part(addition_factor), Part(threshold_factor));
        this.value_range = Sorted(value_range);
    }

    /// <summary>The addition, as a range.</summary>
    public Factor addition_factor { get; }

    /// <summary>The threshold, as a range.</summary>
    public Factor threshold_factor { get; }

    /// <summary>The least and the largest value of images.</summary>
    public Factor value_range { get; }

    private static Factor Part(Factor? factor)
    {
        factor ??= 0.0;
        factor.Require(number => number is >= 0 and <= 1,
            "The `addition_factor` and `threshold_factor` arguments should be a number (or a list of two numbers) in the range [0, 1].");
        return factor.From(0);
    }

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        // As in Keras, the lower end isn't multiplied by 255.
        var additions = g.DrawnEvenly(seeds, images[0]!.Value, addition_factor.First, addition_factor.Second * 255);
        var thresholds = g.DrawnEvenly(seeds, images[0]!.Value, threshold_factor.First, threshold_factor.Second * 255);
        return new(x =>
        {
            var more = g.Within(g.Add(g.InRange(g.ImageRows(x), value_range, (0, 255)), additions), (0, 255));
            var y = g.Choose(g.Greater(thresholds, more), more, g.Shift(g.Scale(more, -1), 255));
            return g.Reshape(g.InRange(y, (0, 255), value_range), x.shape);
        });
    }
}
