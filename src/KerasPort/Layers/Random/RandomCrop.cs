using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>
/// Crops images to a size, in training at a place that is drawn once for a batch. Images that aren't larger in both directions give their central part
/// of the output's proportions, resized. Outside of training images stay as they are, as in Keras.
/// </summary>
public sealed class RandomCrop : RandomImageLayer
{
    /// <summary>A random crop.</summary>
    /// <param name="height">Rows of the part.</param>
    /// <param name="width">Columns of the part.</param>
    /// <param name="seed">The seed: the same seed gives the same places. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">The part has no pixel.</exception>
    public RandomCrop(int height, int width, long? seed = null, Shape? input_shape = null, string? name = null)
        // As in Keras, two seeds are drawn: one that files hold, and one that is used.
        : base(seed ?? Random.Seeds.ForInitializer(), new SeedGenerator(seed), name, input_shape)
    {
        SizedImages.RequireSize(height, width);
        (this.height, this.width) = (height, width);
    }

    /// <summary>Rows of the part.</summary>
    public int height { get; }

    /// <summary>Columns of the part.</summary>
    public int width { get; }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => SizedImages.Sized(input_shape, height, width);

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        var (rows, columns) = (images[1]!.Value, images[2]!.Value);
        if (rows <= height || columns <= width) return new(x => Middle(g, x), Masks: masks => Middle(g, masks));
        float[] one = new float[1];
        var (moved, back) = g.WithInverse(g.Drawn(seeds, (images[0], 2 * ImageTransform.Numbers), (state, values) =>
        {
            Stateless.Uniform(state.Next(), 0, rows - height + 1, one);
            int top = (int)one[0];
            Stateless.Uniform(state.Next(), 0, columns - width + 1, one);
            int left = (int)one[0];
            for (int i = 0; i < values.Length; i += 2 * ImageTransform.Numbers)
                ((ReadOnlySpan<float>)[1, 0, left, 0, 1, top, 0, 0, 1, 0, -left, 0, 1, -top, 0, 0]).CopyTo(values.AsSpan(i));
        }));
        Tensor Part(Tensor x)
        {
            var transform = new ImageTransform(rows, columns, x.Columns, ImageFill.Constant, Bilinear: false, 0);
            return g.Cut(g.Cut(g.TransformImages(x, moved, transform, back), 1, 0, height), 2, 0, width);
        }
        return new(Part, Masks: Part);
    }

    private Tensor Middle(Graph g, Tensor x)
    {
        var (rows, columns) = (x.shape[1]!.Value, x.shape[2]!.Value);
        int kept = Math.Clamp((int)((double)(columns * height) / width), 1, rows), across = Math.Clamp((int)((double)(rows * width) / height), 1, columns);
        int top = (rows - kept) / 2, left = (columns - across) / 2;
        // As in Keras, the part begins at the central part's corner, but has the output's size.
        var part = g.Cut(g.Cut(x, 1, top, Math.Min(height, rows - top)), 2, left, Math.Min(width, columns - left));
        return g.Resize(part, height, width, "bilinear");
    }
}
