using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>A layer that gives images [height, width, channels] another size: a single image or a batch.</summary>
public abstract class SizedImages : SpatialLayer
{
    private protected SizedImages(int height, int width, string? data_format, Shape? input_shape, string? name) : base(data_format, input_shape, name)
    {
        RequireSize(height, width);
        (this.height, this.width) = (height, width);
    }

    internal override bool? TrainingArgument => true;

    /// <summary>Rows of the output.</summary>
    public int height { get; }

    /// <summary>Columns of the output.</summary>
    public int width { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireImages(input_shape);

    private protected override int ChannelAxis(int rank) => rank - 3;

    private protected override Shape OutputOf(Shape input) => Sized(input, height, width);

    /// <summary>Refuses a size without a pixel.</summary>
    internal static void RequireSize(int height, int width)
    {
        if (Math.Min(height, width) <= 0) throw new ValueError($"`height` and `width` must be positive. Received: height={height}, width={width}");
    }

    /// <summary>Refuses what is neither an image nor a batch of images.</summary>
    internal static void RequireImages(Shape input)
    {
        if (input.Rank is not (3 or 4))
            throw new ValueError($"Expected image tensor to have rank 3 (single image) or 4 (batch of images). Received: data.shape={input}");
    }

    /// <summary>The shape of such images in another size.</summary>
    internal static Shape Sized(Shape images, int height, int width)
    {
        RequireImages(images);
        return new Shape([.. images[..^3], height, width, images[^1]]);
    }

    /// <summary>The largest central part of the images that has the output's proportions.</summary>
    internal static ImagePart InProportion(Shape images, int height, int width)
    {
        var (_, _, rows, columns) = Whole(images);
        int kept = Math.Max(Math.Min(rows, (int)((float)(columns * height) / width)), 1),
            across = Math.Max(Math.Min(columns, (int)((float)(rows * width) / height)), 1);
        return new((rows - kept) / 2, (columns - across) / 2, kept, across);
    }

    /// <summary>All of the images.</summary>
    internal static ImagePart Whole(Shape images) => new(0, 0, images[^3]!.Value, images[^2]!.Value);
}

/// <summary>A part of images: its first row and column, and its size. Places outside of the images are zeros.</summary>
internal readonly record struct ImagePart(int Row, int Column, int Rows, int Columns)
{
    /// <summary>Cuts the part out of images.</summary>
    public Tensor Of(Graph g, Tensor x) => g.Cut(g.Cut(x, -3, Row, Rows), -2, Column, Columns);

    /// <summary>The shape of that part of such images.</summary>
    public Shape Size(Shape images) => new([.. images[..^3], Rows, Columns, images[^1]]);
}

/// <summary>Resizes images, with TensorFlow's interpolation.</summary>
[OnlySetting("fill_mode", "constant")]
public class Resizing : SizedImages
{
    /// <summary>A layer that resizes.</summary>
    /// <param name="height">Rows of the output.</param>
    /// <param name="width">Columns of the output.</param>
    /// <param name="interpolation">"bilinear", "nearest", "bicubic", "lanczos3", "lanczos5" or "area".</param>
    /// <param name="crop_to_aspect_ratio">Whether images are first cropped to the output's proportions.</param>
    /// <param name="pad_to_aspect_ratio">Whether images are first padded to the output's proportions.</param>
    /// <param name="fill_value">The value of the padding.</param>
    /// <param name="antialias">Whether images are smoothed when they get smaller.</param>
    /// <param name="data_format">"channels_last" by default, or "channels_first".</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range, or both ways to keep proportions are asked for.</exception>
    public Resizing(int height, int width, string interpolation = "bilinear", bool crop_to_aspect_ratio = false, bool pad_to_aspect_ratio = false,
        double fill_value = 0.0, bool antialias = false, string? data_format = null, Shape? input_shape = null, string? name = null)
        : base(height, width, data_format, input_shape, name)
    {
        if (crop_to_aspect_ratio && pad_to_aspect_ratio) throw new ValueError("Only one of `pad_to_aspect_ratio` & `crop_to_aspect_ratio` can be `True`.");
        this.interpolation = Resampling.Name(interpolation);
        (this.crop_to_aspect_ratio, this.pad_to_aspect_ratio) = (crop_to_aspect_ratio, pad_to_aspect_ratio);
        (this.fill_value, this.antialias) = (fill_value, antialias);
    }

    /// <summary>The interpolation between pixels.</summary>
    public string interpolation { get; }

    /// <summary>Whether images are first cropped to the output's proportions.</summary>
    public bool crop_to_aspect_ratio { get; }

    /// <summary>Whether images are first padded to the output's proportions.</summary>
    public bool pad_to_aspect_ratio { get; }

    /// <summary>The value of the padding.</summary>
    public double fill_value { get; }

    /// <summary>Whether images are smoothed when they get smaller.</summary>
    public bool antialias { get; }

    private protected override Tensor Computed(Graph g, Tensor x) =>
        g.Resize(crop_to_aspect_ratio ? InProportion(x.shape, height, width).Of(g, x) : pad_to_aspect_ratio ? Padded(g, x) : x, height, width, interpolation,
            antialias);

    /// <summary>The images with padding to the output's proportions, the same on both sides; an odd pixel is left out.</summary>
    internal ImagePart Around(Shape images)
    {
        var (_, _, rows, columns) = Whole(images);
        int above = (Math.Max(rows, (int)((float)(columns * height) / width)) - rows) / 2,
            before = (Math.Max(columns, (int)((float)(rows * width) / height)) - columns) / 2;
        return new(-above, -before, rows + 2 * above, columns + 2 * before);
    }

    private Tensor Padded(Graph g, Tensor x)
    {
        var ((_, _, rows, columns), around) = (Whole(x.shape), Around(x.shape));
        var padded = around.Of(g, x);
        var (above, before, wide) = (-around.Row, -around.Column, around.Columns);
        if (fill_value == 0 || above + before == 0) return padded;
        float[] fill = new float[around.Rows * wide];
        for (int i = 0; i < fill.Length; i++)
            if (i / wide < above || i / wide >= above + rows || i % wide < before || i % wide >= before + columns) fill[i] = (float)fill_value;
        return g.Add(padded, g.Lift(new NDArray(fill, around.Rows, wide, 1)));
    }
}

/// <summary>
/// The central part of images. If an image is smaller than the output, its largest central part of the output's proportions is resized bilinearly.
/// </summary>
/// <param name="height">Rows of the output.</param>
/// <param name="width">Columns of the output.</param>
/// <param name="data_format">"channels_last" by default, or "channels_first".</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
public class CenterCrop(int height, int width, string? data_format = null, Shape? input_shape = null, string? name = null)
    : SizedImages(height, width, data_format, input_shape, name)
{
    private protected override Tensor Computed(Graph g, Tensor x)
    {
        var part = Part(x.shape);
        return part.Rows == this.height && part.Columns == this.width ? part.Of(g, x) : g.Resize(part.Of(g, x), this.height, this.width, "bilinear");
    }

    /// <summary>The part that is kept, before it is resized if it is smaller than the output.</summary>
    internal ImagePart Part(Shape images)
    {
        int rows = images[^3]!.Value - this.height, columns = images[^2]!.Value - this.width;
        return rows >= 0 && columns >= 0 ? new(rows / 2, columns / 2, this.height, this.width) : InProportion(images, this.height, this.width);
    }
}
