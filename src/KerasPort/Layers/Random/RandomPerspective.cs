using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>Changes the perspective of each image by moving its corners, with a probability that is itself drawn.</summary>
public sealed class RandomPerspective : RandomImageLayer
{
    private const int Corners = 4;

    /// <summary>A random perspective.</summary>
    /// <param name="factor">The probability: a maximum, or a range, within 0 to 1.</param>
    /// <param name="scale">The largest move of a corner, as a share of twice its distance from the first corner: from 0 to 1.</param>
    /// <param name="interpolation">The interpolation between pixels: "bilinear" or "nearest".</param>
    /// <param name="fill_value">The value outside of an image.</param>
    /// <param name="seed">The seed: the same seed gives the same perspectives. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandomPerspective(Factor? factor = null, double scale = 1.0, string interpolation = "bilinear", double fill_value = 0.0, long? seed = null,
        Shape? input_shape = null, string? name = null) : base(seed, name, input_shape)
    {
        (this.factor, this.scale, this.fill_value) = (Bounded(factor ?? 1.0, 0), scale, fill_value);
        this.interpolation = RandomTransform.Interpolation(interpolation);
        if (scale is not (>= 0 and <= 1))
            throw new ValueError($"The `scale` argument should be a number in the range [0,1]. Received: scale={PythonText.Str(scale)}");
    }

    /// <summary>The probability, as a range.</summary>
    public Factor factor { get; }

    /// <summary>The largest relative move of a corner.</summary>
    public double scale { get; }

    /// <summary>The interpolation between pixels: "bilinear" or "nearest".</summary>
    public string interpolation { get; }

    /// <summary>The value outside of an image.</summary>
    public double fill_value { get; }

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        var (count, height, width) = (images[0]!.Value, images[1]!.Value, images[2]!.Value);
        var isMoved = g.DrawnChance(seeds, count, factor);
        float[] moves = new float[count * Corners * 2], matrix = new float[64], right = new float[8];
        var both = g.Drawn(seeds, (count, 2 * ImageTransform.Numbers), (state, rows) =>
        {
            Stateless.Uniform(state.Next(), -0.5 * scale, 0.5 * scale, moves);
            for (int i = 0; i < count; i++)
            {
                Equations(moves.AsSpan(i * Corners * 2, Corners * 2), height, width, matrix, right);
                LinearEquations.Solve(matrix, right);
                right.CopyTo(rows.AsSpan(2 * i * ImageTransform.Numbers));
                ImageTransform.Invert(right, rows.AsSpan((2 * i + 1) * ImageTransform.Numbers, ImageTransform.Numbers));
            }
        });
        var (moved, back) = g.WithInverse(both);
        Tensor Moved(Tensor x, bool bilinear)
        {
            var transform = new ImageTransform(height, width, x.Columns, ImageFill.Constant, bilinear, (float)fill_value);
            return g.Reshape(g.Choose(isMoved, g.ImageRows(g.TransformImages(x, moved, transform, back)), g.ImageRows(x)), x.shape);
        }
        return new(x => Moved(x, interpolation == "bilinear"), Masks: masks => Moved(masks, bilinear: false));
    }

    /// <summary>The linear equations for the eight numbers of the transform that maps the moved corners back to the corners.</summary>
    private static void Equations(ReadOnlySpan<float> moves, int height, int width, float[] matrix, float[] right)
    {
        for (int corner = 0; corner < Corners; corner++)
        {
            float x = corner % 2 * (width - 1), y = corner / 2 * (height - 1), toX = x + x * moves[2 * corner], toY = y + y * moves[2 * corner + 1];
            ((ReadOnlySpan<float>)[toX, toY, 1, 0, 0, 0, -x * toX, -x * toY, 0, 0, 0, toX, toY, 1, -y * toX, -y * toY]).CopyTo(matrix.AsSpan(16 * corner));
            (right[2 * corner], right[2 * corner + 1]) = (x, y);
        }
    }
}
