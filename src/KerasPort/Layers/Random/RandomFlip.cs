using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>Flips each image with probability ½. As in Keras, "horizontal_and_vertical" flips both ways at once.</summary>
public sealed class RandomFlip : RandomImageLayer
{
    /// <summary>A random flip.</summary>
    /// <param name="mode">"horizontal" (left and right), "vertical" or "horizontal_and_vertical".</param>
    /// <param name="seed">The seed: the same seed gives the same flips. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">There is no such mode.</exception>
    public RandomFlip(string mode = "horizontal_and_vertical", long? seed = null, Shape? input_shape = null, string? name = null)
        : base(seed, name, input_shape) =>
        this.mode = mode is "horizontal" or "vertical" or "horizontal_and_vertical" ? mode
            : throw new ValueError($"Unknown `mode` {mode}. Expected one of 'horizontal', 'vertical', 'horizontal_and_vertical'.");

    /// <summary>"horizontal", "vertical" or "horizontal_and_vertical".</summary>
    public string mode { get; }

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        var (height, width) = (images[1]!.Value, images[2]!.Value);
        bool across = mode != "vertical", down = mode != "horizontal";
        float[] units = new float[images[0]!.Value];
        var transforms = g.Drawn(seeds, (units.Length, ImageTransform.Numbers), (state, rows) =>
        {
            Stateless.Uniform(state.Next(), 0, 1, units);
            for (int i = 0; i < units.Length; i++)
            {
                bool flips = units[i] <= 0.5f;
                var row = rows.AsSpan(i * ImageTransform.Numbers, ImageTransform.Numbers);
                row.Clear();
                (row[0], row[2]) = flips && across ? (-1, width - 1) : (1, 0);
                (row[4], row[5]) = flips && down ? (-1, height - 1) : (1, 0);
            }
        });
        Tensor Flipped(Tensor x) =>
            g.TransformImages(x, transforms, new ImageTransform(height, width, x.Columns, ImageFill.Constant, Bilinear: false, 0), inverse: transforms);
        return new(Flipped, Masks: Flipped);
    }
}
