using KerasPort.Pictures;
using KerasPort.Plotting;

namespace KerasPort.Tests.Plotting;

/// <summary>A figure's pixels.</summary>
internal sealed class Drawn
{
    private readonly Image _image;

    public Drawn(byte[] png) => _image = PictureCodec.Open("test").Decode(png, "a figure").WithChannels(3);

    public static Drawn Of(Action<KerasPort.Plotting.Axes> draw, Series? figsize = null)
    {
        var figure = new Figure(1, figsize, null);
        draw(figure.gca());
        return new Drawn(figure.Png());
    }

    public int Width => _image.width;

    public int Height => _image.height;

    /// <summary>The colour at a position, as #rrggbb.</summary>
    public string this[double x, double y]
    {
        get
        {
            int at = 3 * ((int)y * Width + (int)x);
            return $"#{Convert.ToHexStringLower(_image.Pixels.AsSpan(at, 3))}";
        }
    }

    public bool IsDark(double x, double y) => _image.Pixels[3 * ((int)y * Width + (int)x)] < 128;

    /// <summary>The number of pixels of a part with a given colour.</summary>
    public int Count(string color, double left, double top, double right, double bottom)
    {
        int count = 0;
        for (int y = (int)top; y < bottom; y++)
            for (int x = (int)left; x < right; x++)
                if (this[x, y] == color) count++;
        return count;
    }

    /// <summary>The number of pixels of a part that aren't white.</summary>
    public int Inked(double left, double top, double right, double bottom) =>
        (int)((Math.Ceiling(right) - (int)left) * (Math.Ceiling(bottom) - (int)top)) - Count("#ffffff", left, top, right, bottom);
}
