using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>A layer that moves the pixels of images.</summary>
public abstract class RandomTransform : RandomImageLayer
{
    private readonly ImageFill _fill;

    private protected RandomTransform(string fill_mode, string interpolation, long? seed, double fill_value, string? name, Shape? input_shape)
        : base(seed, name, input_shape)
    {
        (this.fill_mode, this.interpolation, this.fill_value) = (fill_mode, interpolation, fill_value);
        _fill = fill_mode switch
        {
            "reflect" => ImageFill.Reflect,
            "wrap" => ImageFill.Wrap,
            "constant" => ImageFill.Constant,
            "nearest" => ImageFill.Nearest,
            _ => throw new ValueError($"Unknown `fill_mode` {fill_mode}. Expected of one ('reflect', 'wrap', 'constant', 'nearest')."),
        };
        if (interpolation is not ("nearest" or "bilinear")) throw new ValueError($"Unknown `interpolation` {interpolation}. "
            + "Expected of one ('nearest', 'bilinear').");
    }

    /// <summary>What lies outside of an image: "reflect", "wrap", "constant" or "nearest".</summary>
    public string fill_mode { get; }

    /// <summary>Whether pixels are mixed: "bilinear" or "nearest".</summary>
    public string interpolation { get; }

    /// <summary>What lies outside of an image, if that is constant.</summary>
    public double fill_value { get; }

    private protected sealed override Tensor Images(Graph g, Tensor x, SeedGenerator seeds)
    {
        var (images, height, width) = (x.shape[0]!.Value, x.shape[1]!.Value, x.shape[2]!.Value);
        var transform = new ImageTransform(height, width, x.Columns, _fill, interpolation == "bilinear", (float)fill_value);
        float[] first = new float[images], second = new float[images];
        // Beside each transform lies its inverse, where a layer before this one is trained.
        int each = x.NeedsGradient ? 2 * ImageTransform.Numbers : ImageTransform.Numbers;
        var transforms = g.Drawn(seeds, (images, each), (state, rows) =>
        {
            Draw(state, height, width, first, second);
            for (int i = 0; i < images; i++)
            {
                var row = rows.AsSpan(i * each, ImageTransform.Numbers);
                Row(first[i], second[i], height, width, row);
                if (each > ImageTransform.Numbers) Invert(row, rows.AsSpan(i * each + ImageTransform.Numbers, ImageTransform.Numbers));
            }
        });
        if (!x.NeedsGradient) return g.TransformImages(x, transforms, transform, inverse: null);
        return g.TransformImages(x, g.Cut(transforms, 1, 0, ImageTransform.Numbers), transform,
            inverse: g.Cut(transforms, 1, ImageTransform.Numbers, ImageTransform.Numbers));
    }

    /// <summary>The transform that undoes one of straight lines into parallel ones, whose last two numbers are 0.</summary>
    private static void Invert(ReadOnlySpan<float> t, Span<float> inverse)
    {
        float determinant = t[0] * t[4] - t[1] * t[3];
        ((ReadOnlySpan<float>)[t[4], -t[1], t[1] * t[5] - t[2] * t[4], -t[3], t[0], t[2] * t[3] - t[0] * t[5], 0, 0]).CopyTo(inverse);
        for (int i = 0; i < inverse.Length; i++) inverse[i] /= determinant;
    }

    /// <summary>Draws two numbers an image.</summary>
    private protected abstract void Draw(SeedGenerator seeds, int height, int width, float[] first, float[] second);

    /// <summary>The transform that they are.</summary>
    private protected abstract void Row(float first, float second, int height, int width, Span<float> row);
}

/// <summary>Moves each image down and to the right by a part of its size. Positive factors move down and to the right.</summary>
public sealed class RandomTranslation : RandomTransform
{
    /// <summary>A random translation.</summary>
    /// <param name="height_factor">How far down at the most, as a part of the height, or from and to: from -1 to 1.</param>
    /// <param name="width_factor">How far to the right at the most, as a part of the width, or from and to: from -1 to 1.</param>
    /// <param name="fill_mode">What lies outside of an image: "reflect", "wrap", "constant" or "nearest".</param>
    /// <param name="interpolation">Whether pixels are mixed: "bilinear" or "nearest".</param>
    /// <param name="seed">The seed: the same seed gives the same translations. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <param name="fill_value">What lies outside of an image, if that is constant.</param>
    /// <param name="input_shape">What goes in, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandomTranslation(Factor height_factor, Factor width_factor, string fill_mode = "reflect", string interpolation = "bilinear", long? seed = null,
        double fill_value = 0.0, Shape? input_shape = null, string? name = null) : base(fill_mode, interpolation, seed, fill_value, name, input_shape)
    {
        (this.height_factor, this.width_factor) = (height_factor, width_factor);
        foreach (double number in new[] { height_factor.First, height_factor.Second, width_factor.First, width_factor.Second })
            if (!(number is >= -1 and <= 1))
                throw new ValueError("The `factor` argument should be a number (or a list of two numbers) in the range [-1.0, 1.0]. "
                    + $"Received: input_number={PythonText.Str(number)}");
    }

    /// <summary>How far down.</summary>
    public Factor height_factor { get; }

    /// <summary>How far to the right.</summary>
    public Factor width_factor { get; }

    private protected override void Draw(SeedGenerator seeds, int height, int width, float[] first, float[] second)
    {
        Stateless.Uniform(seeds.Next(), height_factor.Range.Lower, height_factor.Range.Upper, first);
        Stateless.Uniform(seeds.Next(), width_factor.Range.Lower, width_factor.Range.Upper, second);
    }

    private protected override void Row(float first, float second, int height, int width, Span<float> row) =>
        ((ReadOnlySpan<float>)[1, 0, -(second * width), 0, 1, -(first * height), 0, 0]).CopyTo(row);
}

/// <summary>Zooms into each image, or out of it: positive factors make what is on it smaller.</summary>
public sealed class RandomZoom : RandomTransform
{
    /// <summary>A random zoom.</summary>
    /// <param name="height_factor">How much at the most, or from and to: above -1, up to 1.</param>
    /// <param name="width_factor">The same across; as much as down by default, so that images keep their proportions.</param>
    /// <param name="fill_mode">What lies outside of an image: "reflect", "wrap", "constant" or "nearest".</param>
    /// <param name="interpolation">Whether pixels are mixed: "bilinear" or "nearest".</param>
    /// <param name="seed">The seed: the same seed gives the same zooms. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <param name="fill_value">What lies outside of an image, if that is constant.</param>
    /// <param name="input_shape">What goes in, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandomZoom(Factor height_factor, Factor? width_factor = null, string fill_mode = "reflect", string interpolation = "bilinear", long? seed = null,
        double fill_value = 0.0, Shape? input_shape = null, string? name = null) : base(fill_mode, interpolation, seed, fill_value, name, input_shape)
    {
        (this.height_factor, this.width_factor) = (height_factor, width_factor);
        foreach (double number in new[] { height_factor.First, height_factor.Second, width_factor?.First ?? 0, width_factor?.Second ?? 0 })
            if (!(number is > -1 and <= 1))
                throw new ValueError("The `height_factor` and `width_factor` arguments should be a number (or a list of two numbers) in the range (-1.0, 1.0]. "
                    + $"Received: input_number={PythonText.Str(number)}");
    }

    /// <summary>How much.</summary>
    public Factor height_factor { get; }

    /// <summary>How much across, where it is drawn by itself.</summary>
    public Factor? width_factor { get; }

    private protected override void Draw(SeedGenerator seeds, int height, int width, float[] first, float[] second)
    {
        Stateless.Uniform(seeds.Next(), 1 + height_factor.Range.Lower, 1 + height_factor.Range.Upper, first);
        if (width_factor is null) first.CopyTo(second, 0);
        else Stateless.Uniform(seeds.Next(), 1 + width_factor.Range.Lower, 1 + width_factor.Range.Upper, second);
    }

    private protected override void Row(float first, float second, int height, int width, Span<float> row) =>
        ((ReadOnlySpan<float>)[second, 0, (width - 1f) / 2 * (1 - second), 0, first, (height - 1f) / 2 * (1 - first), 0, 0]).CopyTo(row);
}

/// <summary>Turns each image about its middle.</summary>
public sealed class RandomRotation : RandomTransform
{
    /// <summary>A random rotation.</summary>
    /// <param name="factor">How far at the most, as a part of a full turn, or from and to: positive ones turn counter-clockwise.</param>
    /// <param name="fill_mode">What lies outside of an image: "reflect", "wrap", "constant" or "nearest".</param>
    /// <param name="interpolation">Whether pixels are mixed: "bilinear" or "nearest".</param>
    /// <param name="seed">The seed: the same seed gives the same rotations. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <param name="fill_value">What lies outside of an image, if that is constant.</param>
    /// <param name="input_shape">What goes in, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandomRotation(Factor factor, string fill_mode = "reflect", string interpolation = "bilinear", long? seed = null, double fill_value = 0.0,
        Shape? input_shape = null, string? name = null) : base(fill_mode, interpolation, seed, fill_value, name, input_shape) =>
        this.factor = Bounded(factor, -1);

    /// <summary>From where to where, as parts of a full turn.</summary>
    public Factor factor { get; }

    private protected override void Draw(SeedGenerator seeds, int height, int width, float[] first, float[] second)
    {
        const float degree = (float)(Math.PI / 180);
        // TensorFlow computes sines and cosines of eight angles at a time, and those of the rest by the C library.
        int together = first.Length / PacketMath.Width * PacketMath.Width;
        Stateless.Uniform(seeds.Next(), factor.First * 360, factor.Second * 360, first);
        for (int i = 0; i < first.Length; i++)
        {
            float angle = first[i] * degree;
            (first[i], second[i]) = i < together ? PacketMath.SinCos(angle) : GlibcMath.SinCos(angle);
        }
    }

    private protected override void Row(float first, float second, int height, int width, Span<float> row)
    {
        float sin = first, cos = second, x = 0.5f * (width - 1f), y = 0.5f * (height - 1f);
        ((ReadOnlySpan<float>)[cos, -sin, x - x * cos - y * -sin, sin, cos, y - x * sin - y * cos, 0, 0]).CopyTo(row);
    }
}
