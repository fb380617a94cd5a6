using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

/// <summary>
/// A picture in axes: the result of <c>imshow</c>. Its pixels are drawn as squares; where they are smaller than a screen pixel they are averaged.
/// </summary>
public sealed class AxesImage : Artist, IMapped
{
    private readonly Series _picture;
    private readonly int _height, _width, _channels;
    private readonly (double Left, double Right, double Bottom, double Top) _extent;
    private readonly double? _alpha;
    private readonly string? _interpolation;

    internal AxesImage(Series picture, (double Left, double Right, double Bottom, double Top) extent, bool isUpsideDown, Shades shades, string? interpolation,
        double? alpha) : base(null)
    {
        (_picture, _extent, IsUpsideDown, Shades, _interpolation, _alpha) = (picture, extent, isUpsideDown, shades, interpolation, alpha);
        (_height, _width, _channels) = SizeOf(picture);
        _ = Faded(default, alpha);
    }

    /// <summary>Rows, columns and channels of a picture; an axis for a single channel may be absent.</summary>
    /// <exception cref="TypeError">The array isn't a picture.</exception>
    internal static (int Height, int Width, int Channels) SizeOf(Series picture) => picture.Shape switch
    {
        _ when picture.Text is not null || picture.Names is not null => throw new TypeError("Image data of dtype str cannot be converted to float"),
        [var height, var width] => (height, width, 1),
        [var height, var width, 1 or 3 or 4] => (height, width, picture.Shape[2]),
        _ => throw new TypeError($"Invalid shape {new ArrayShape(picture.Shape)} for image data"),
    };

    internal Shades Shades { get; }

    Shades IMapped.Shades => Shades;

    /// <summary>Whether the first row is the lowest.</summary>
    internal bool IsUpsideDown { get; }

    /// <summary>Whether it is coloured by a colour map.</summary>
    internal bool IsMapped => _channels == 1;

    /// <summary>Sets the colour map.</summary>
    public void set_cmap(Colormap cmap) => Shades.Map = cmap;

    internal override int Level => 0;

    internal override double[] Xs => [_extent.Left, _extent.Right];

    internal override double[] Ys => [_extent.Bottom, _extent.Top];

    internal override double[] StickyXs => Xs;

    internal override double[] StickyYs => Ys;

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y) => plot.Add.Plottable(new Pixels(this));

    /// <summary>Red, green, blue and opacity of each pixel, as bytes.</summary>
    internal byte[] Rgba()
    {
        var bytes = new byte[4 * _height * _width];
        for (int i = 0; i < _height * _width; i++)
        {
            var color = IsMapped ? Shades.Of(_picture.Values[i]) : new Color(Part(i, 0), Part(i, 1), Part(i, 2), _channels == 4 ? Part(i, 3) : (byte)255);
            (bytes[4 * i], bytes[4 * i + 1], bytes[4 * i + 2]) = (color.R, color.G, color.B);
            bytes[4 * i + 3] = (byte)Math.Round(color.A * (_alpha ?? 1));
        }
        return bytes;

        // Whole numbers are out of 255, fractions out of 1, and values beyond are clipped, as in matplotlib.
        byte Part(int pixel, int channel)
        {
            double value = _picture.Values[pixel * _channels + channel];
            return (byte)Math.Clamp(_picture.IsWhole ? value : Math.Round(value * 255), 0, 255);
        }
    }

    private sealed class Pixels(AxesImage image) : Plottable
    {
        public override void Render(RenderPack rp)
        {
            var (left, right, bottom, top) = image._extent;
            var corner = Axes.GetPixel(new Coordinates(left, image.IsUpsideDown ? bottom : top));
            var opposite = Axes.GetPixel(new Coordinates(right, image.IsUpsideDown ? top : bottom));
            using var pixels = SKImage.FromPixelCopy(new SKImageInfo(image._width, image._height, SKColorType.Rgba8888, SKAlphaType.Unpremul), image.Rgba());
            var sampling = image._interpolation is "bilinear" ? new SKSamplingOptions(SKFilterMode.Linear)
                : image._interpolation is "bicubic" ? new SKSamplingOptions(SKCubicResampler.CatmullRom)
                : Math.Abs(opposite.X - corner.X) >= image._width ? new SKSamplingOptions(SKFilterMode.Nearest)
                    : new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear);
            rp.Canvas.Save();
            // The first row is at the corner, whichever direction the axes have.
            rp.Canvas.Translate(corner.X, corner.Y);
            rp.Canvas.Scale((opposite.X - corner.X) / image._width, (opposite.Y - corner.Y) / image._height);
            rp.Canvas.DrawImage(pixels, 0, 0, sampling);
            rp.Canvas.Restore();
        }
    }
}
