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
        (this.fill_mode, this.interpolation, this.fill_value) = (fill_mode, Interpolation(interpolation), fill_value);
        _fill = Fill(fill_mode);
    }

    /// <summary>The fill mode of that name.</summary>
    /// <exception cref="ValueError">There is no such mode.</exception>
    internal static ImageFill Fill(string fill_mode) => fill_mode switch
    {
        "reflect" => ImageFill.Reflect,
        "wrap" => ImageFill.Wrap,
        "constant" => ImageFill.Constant,
        "nearest" => ImageFill.Nearest,
        _ => throw new ValueError($"Unknown `fill_mode` {fill_mode}. Expected of one ('reflect', 'wrap', 'constant', 'nearest')."),
    };

    /// <summary>The name of an interpolation.</summary>
    /// <exception cref="ValueError">There is no such interpolation.</exception>
    internal static string Interpolation(string interpolation) => interpolation is "nearest" or "bilinear" ? interpolation
        : throw new ValueError($"Unknown `interpolation` {interpolation}. Expected of one ('nearest', 'bilinear').");

    /// <summary>The fill mode for pixels outside of an image: "reflect", "wrap", "constant" or "nearest".</summary>
    public string fill_mode { get; }

    /// <summary>The interpolation between pixels: "bilinear" or "nearest".</summary>
    public string interpolation { get; }

    /// <summary>The value outside of an image, if <c>fill_mode</c> is "constant".</summary>
    public double fill_value { get; }

    internal sealed override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        var (count, height, width) = (images[0]!.Value, images[1]!.Value, images[2]!.Value);
        float[] first = new float[count], second = new float[count], third = new float[count];
        var both = g.Drawn(seeds, (count, 2 * ImageTransform.Numbers), (state, rows) =>
        {
            Draw(state, height, width, first, second, third);
            for (int i = 0; i < count; i++)
            {
                var row = rows.AsSpan(2 * i * ImageTransform.Numbers, ImageTransform.Numbers);
                Row(first[i], second[i], height, width, row);
                ImageTransform.Invert(row, rows.AsSpan((2 * i + 1) * ImageTransform.Numbers, ImageTransform.Numbers));
            }
        });
        var (moved, back) = g.WithInverse(both);
        Tensor Moved(Tensor x, bool bilinear) =>
            g.TransformImages(x, moved, new ImageTransform(height, width, x.Columns, _fill, bilinear, (float)fill_value), inverse: back);
        return new(x => Moved(x, interpolation == "bilinear"), Masks: masks => Moved(masks, bilinear: false));
    }

    /// <summary>Draws two numbers for each image; the third array is scratch space.</summary>
    private protected abstract void Draw(SeedGenerator seeds, int height, int width, float[] first, float[] second, float[] third);

    /// <summary>The transform for an image's two numbers.</summary>
    private protected abstract void Row(float first, float second, int height, int width, Span<float> row);
}

/// <summary>Moves each image down and to the right by a share of its size. Positive factors move down and to the right.</summary>
public sealed class RandomTranslation : RandomTransform
{
    /// <summary>A random translation.</summary>
    /// <param name="height_factor">The move down as a share of the height: a maximum, or a range, within -1 to 1.</param>
    /// <param name="width_factor">The move to the right as a share of the width: a maximum, or a range, within -1 to 1.</param>
    /// <param name="fill_mode">The fill mode for pixels outside of an image: "reflect", "wrap", "constant" or "nearest".</param>
    /// <param name="interpolation">The interpolation between pixels: "bilinear" or "nearest".</param>
    /// <param name="seed">The seed: the same seed gives the same translations. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <param name="fill_value">The value outside of an image, if <c>fill_mode</c> is "constant".</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandomTranslation(Factor height_factor, Factor width_factor, string fill_mode = "reflect", string interpolation = "bilinear", long? seed = null,
        double fill_value = 0.0, Shape? input_shape = null, string? name = null) : base(fill_mode, interpolation, seed, fill_value, name, input_shape)
    {
        (this.height_factor, this.width_factor) = (height_factor, width_factor);
        foreach (var factor in new[] { height_factor, width_factor })
            factor.Require(number => number is >= -1 and <= 1, "The `factor` argument should be a number (or a list of two numbers) in the range [-1.0, 1.0].");
    }

    /// <summary>The move down.</summary>
    public Factor height_factor { get; }

    /// <summary>The move to the right.</summary>
    public Factor width_factor { get; }

    private protected override void Draw(SeedGenerator seeds, int height, int width, float[] first, float[] second, float[] third)
    {
        Stateless.Uniform(seeds.Next(), height_factor.Range.Lower, height_factor.Range.Upper, first);
        Stateless.Uniform(seeds.Next(), width_factor.Range.Lower, width_factor.Range.Upper, second);
    }

    private protected override void Row(float first, float second, int height, int width, Span<float> row) =>
        ((ReadOnlySpan<float>)[1, 0, -(second * width), 0, 1, -(first * height), 0, 0]).CopyTo(row);
}

/// <summary>Zooms into each image, or out of it; positive factors zoom out.</summary>
public sealed class RandomZoom : RandomTransform
{
    /// <summary>A random zoom.</summary>
    /// <param name="height_factor">The vertical zoom: a maximum, or a range, above -1 and up to 1.</param>
    /// <param name="width_factor">The horizontal zoom; the vertical one by default, so that images keep their proportions.</param>
    /// <param name="fill_mode">The fill mode for pixels outside of an image: "reflect", "wrap", "constant" or "nearest".</param>
    /// <param name="interpolation">The interpolation between pixels: "bilinear" or "nearest".</param>
    /// <param name="seed">The seed: the same seed gives the same zooms. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <param name="fill_value">The value outside of an image, if <c>fill_mode</c> is "constant".</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandomZoom(Factor height_factor, Factor? width_factor = null, string fill_mode = "reflect", string interpolation = "bilinear", long? seed = null,
        double fill_value = 0.0, Shape? input_shape = null, string? name = null) : base(fill_mode, interpolation, seed, fill_value, name, input_shape)
    {
        (this.height_factor, this.width_factor) = (height_factor, width_factor);
        foreach (var factor in new[] { height_factor, width_factor })
            factor?.Require(number => number is > -1 and <= 1,
                "The `height_factor` and `width_factor` arguments should be a number (or a list of two numbers) in the range (-1.0, 1.0].");
    }

    /// <summary>The vertical zoom.</summary>
    public Factor height_factor { get; }

    /// <summary>The horizontal zoom, if it is drawn separately.</summary>
    public Factor? width_factor { get; }

    private protected override void Draw(SeedGenerator seeds, int height, int width, float[] first, float[] second, float[] third)
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
    /// <param name="factor">The rotation as a share of a full turn: a maximum, or a range; positive values turn counter-clockwise.</param>
    /// <param name="fill_mode">The fill mode for pixels outside of an image: "reflect", "wrap", "constant" or "nearest".</param>
    /// <param name="interpolation">The interpolation between pixels: "bilinear" or "nearest".</param>
    /// <param name="seed">The seed: the same seed gives the same rotations. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <param name="fill_value">The value outside of an image, if <c>fill_mode</c> is "constant".</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandomRotation(Factor factor, string fill_mode = "reflect", string interpolation = "bilinear", long? seed = null, double fill_value = 0.0,
        Shape? input_shape = null, string? name = null) : base(fill_mode, interpolation, seed, fill_value, name, input_shape) =>
        this.factor = Bounded(factor, -1);

    /// <summary>The rotation, as a range of shares of a full turn.</summary>
    public Factor factor { get; }

    private protected override void Draw(SeedGenerator seeds, int height, int width, float[] first, float[] second, float[] third)
    {
        const float degree = (float)(Math.PI / 180);
        // As TensorFlow does, sines and cosines are computed for eight angles at a time, and by the C library's functions for the rest.
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

/// <summary>Shears each image: across by a share of the height, down by a share of the width.</summary>
public sealed class RandomShear : RandomTransform
{
    /// <summary>A random shear.</summary>
    /// <param name="x_factor">The shear across, to either side, as a share of the height: a maximum, or a range, within 0 to 1.</param>
    /// <param name="y_factor">The shear down or up as a share of the width: a maximum, or a range, within 0 to 1.</param>
    /// <param name="interpolation">The interpolation between pixels: "bilinear" or "nearest".</param>
    /// <param name="fill_mode">The fill mode for pixels outside of an image: "reflect", "wrap", "constant" or "nearest".</param>
    /// <param name="fill_value">The value outside of an image, if <c>fill_mode</c> is "constant".</param>
    /// <param name="seed">The seed: the same seed gives the same shears. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandomShear(Factor? x_factor = null, Factor? y_factor = null, string interpolation = "bilinear", string fill_mode = "reflect",
        double fill_value = 0.0, long? seed = null, Shape? input_shape = null, string? name = null)
        : base(fill_mode, interpolation, seed, fill_value, name, input_shape) =>
        (this.x_factor, this.y_factor) = (Sheared(x_factor), Sheared(y_factor));

    /// <summary>The shear across, as a range.</summary>
    public Factor x_factor { get; }

    /// <summary>The shear down, as a range.</summary>
    public Factor y_factor { get; }

    private static Factor Sheared(Factor? factor)
    {
        factor ??= 0.0;
        // Keras writes a single number f into files as the range -f to f, which its constructor refuses; it is read as f here.
        if (!factor.IsOne && factor.First == -factor.Second) factor = Math.Abs(factor.First);
        factor.Require(number => number is >= 0 and <= 1, "The `factor` argument should be a number (or a list of two numbers) in the range [0, 1.0].");
        return factor.From(-1);
    }

    private protected override void Draw(SeedGenerator seeds, int height, int width, float[] first, float[] second, float[] third)
    {
        Stateless.Uniform(seeds.Next(), 0, 1, third);
        Stateless.Uniform(seeds.Next(), y_factor.First, y_factor.Second, second);
        Stateless.Uniform(seeds.Next(), x_factor.First, x_factor.Second, first);
        for (int i = 0; i < third.Length; i++)
            if (third[i] > 0.5f) (first[i], second[i]) = (-first[i], -second[i]);
    }

    private protected override void Row(float first, float second, int height, int width, Span<float> row) =>
        ((ReadOnlySpan<float>)[1, first, 0, second, 1, 0, 0, 0]).CopyTo(row);
}
