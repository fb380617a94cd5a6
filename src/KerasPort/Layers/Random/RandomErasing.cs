using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>Covers a part of each image with noise or with one colour, with a probability that is itself drawn. Source: Zhong et al. (2017).</summary>
public sealed class RandomErasing : RandomImageLayer
{
    /// <summary>A random erasing.</summary>
    /// <param name="factor">The probability: a maximum, or a range, within 0 to 1.</param>
    /// <param name="scale">The share of an image that is covered: a maximum, or a range, within 0 to 1; 0.02 to 0.33 by default.</param>
    /// <param name="fill_value">The colour of the part: a number, or one for each channel; noise by default.</param>
    /// <param name="value_range">The least and the largest value of images; 0 and 255 by default.</param>
    /// <param name="seed">The seed: the same seed gives the same parts. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandomErasing(Factor? factor = null, Factor? scale = null, NDArray? fill_value = null, Factor? value_range = null, long? seed = null,
        Shape? input_shape = null, string? name = null) : base(seed, name, input_shape)
    {
        (this.factor, this.scale) = (Bounded(factor ?? 1.0, 0), Bounded(scale ?? (0.02, 0.33), 0, argument: nameof(scale)));
        (this.fill_value, this.value_range) = (fill_value, AsGiven(value_range));
        if (fill_value is not (null or { ndim: 0 } or { ndim: 1, Length: 3 }))
            throw new ValueError($"The `fill_value` argument should be a number (or a list of three numbers). "
                + $"Received: fill_value={PythonText.Str(fill_value)}");
    }

    /// <summary>The probability, as a range.</summary>
    public Factor factor { get; }

    /// <summary>The share that is covered, as a range.</summary>
    public Factor scale { get; }

    /// <summary>The colour of the part; <c>null</c> for noise.</summary>
    public NDArray? fill_value { get; }

    /// <summary>The least and the largest value of images.</summary>
    public Factor value_range { get; }

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        var (count, height, width) = (images[0]!.Value, images[1]!.Value, images[2]!.Value);
        float[] sizes = new float[2 * count], across = new float[count], down = new float[count], threshold = new float[count], chance = new float[count];
        var boxes = new Boxes(count);
        var covered = g.Drawn(seeds, (count * height * width, 1), (state, mask) =>
        {
            Stateless.Uniform(state.Next(), scale.First, scale.Second, sizes);
            for (int i = 0; i < count; i++) (across[i], down[i]) = (MathF.Sqrt(sizes[2 * i]), MathF.Sqrt(sizes[2 * i + 1]));
            boxes.Draw(state, width, height, across, down);
            Stateless.Uniform(state.Next(), factor.First, factor.Second, chance);
            Stateless.Uniform(state.Next(), 0, 1, threshold);
            for (int i = 0; i < count; i++) chance[i] = threshold[i] < chance[i] ? 1 : 0;
            boxes.Mark(height, width, chance, mask);
        });
        var noise = fill_value is null ? g.Scale(g.RandomNormals(seeds, images), (float)value_range.Second) : g.Repeat(g.Lift(fill_value), images);
        var fill = g.Within(noise, value_range);
        return new(x => g.Reshape(g.Choose(covered, Boxes.Pixels(g, fill), Boxes.Pixels(g, x)), x.shape));
    }
}
