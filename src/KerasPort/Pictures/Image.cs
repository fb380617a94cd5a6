namespace KerasPort.Pictures;

/// <summary>
/// A picture in memory, what Python has as Pillow's <c>Image</c>: what <c>load_img</c> gives and <c>img_to_array</c> takes. A byte a channel,
/// row by row: grey, red-green-blue, or these with opacity.
/// </summary>
public sealed partial class Image
{
    /// <summary>Pixels a picture may have at the most: a photo of today's cameras fits, and a few bytes that claim to be a billion don't.</summary>
    public const long MostPixels = 100_000_000;

    /// <param name="height">Rows.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue, 4 with opacity.</param>
    /// <param name="pixels">height × width × channels bytes, which it takes over.</param>
    /// <exception cref="ValueError">They are no picture.</exception>
    public Image(int height, int width, int channels, byte[] pixels)
    {
        if (channels is not (1 or 3 or 4)) throw new ValueError($"Unsupported channel number: {channels}");
        if (height < 1 || width < 1 || (long)height * width > MostPixels || pixels?.Length != height * width * channels)
            throw new ValueError($"A picture of {height} x {width} pixels and {channels} channels has as many bytes, and at most {MostPixels} pixels. "
                + $"Received: {pixels?.Length ?? 0} bytes");
        (this.height, this.width, Channels, Pixels) = (height, width, channels, pixels);
    }

    /// <summary>Rows.</summary>
    public int height { get; }

    /// <summary>Pixels a row.</summary>
    public int width { get; }

    /// <summary>Pillow's order: width, height.</summary>
    public (int width, int height) size => (width, height);

    /// <summary>Pillow's name of what a pixel is: L, RGB or RGBA.</summary>
    public string mode => Channels switch { 1 => "L", 3 => "RGB", _ => "RGBA" };

    /// <summary>Bytes a pixel.</summary>
    internal int Channels { get; }

    /// <summary>The bytes, row by row, not copied.</summary>
    internal byte[] Pixels { get; }

    /// <summary>As numpy sees a picture: (height, width) when it is grey, else (height, width, channels), of bytes; a copy.</summary>
    public static implicit operator NDArray(Image image) =>
        image.Channels == 1 ? new([.. image.Pixels], image.height, image.width) : new([.. image.Pixels], image.height, image.width, image.Channels);

    /// <summary>As Pillow writes it: <c>&lt;PIL.Image.Image image mode=RGB size=28x28&gt;</c>.</summary>
    public override string ToString() => $"<PIL.Image.Image image mode={mode} size={width}x{height}>";

    /// <summary>The picture in another mode: L, RGB or RGBA. Opacity is dropped, and grey is the luma of television (ITU-R BT.601), as in Pillow.</summary>
    /// <exception cref="ValueError">There is no such mode here.</exception>
    public Image convert(string mode) => mode switch
    {
        "L" => WithChannels(1),
        "RGB" => WithChannels(3),
        "RGBA" => WithChannels(4),
        _ => throw new ValueError($"A picture's mode is L, RGB or RGBA here. Received: mode={PythonText.Repr(mode)}"),
    };

    /// <summary>The picture with so many channels as TensorFlow decodes it: grey of colours by libpng's numbers, cut off.</summary>
    internal Image AsTensorFlow(int channels)
    {
        if (channels != 1 || Channels == 1) return WithChannels(channels);
        var grey = new byte[height * width];
        for (int i = 0, at = 0; i < grey.Length; i++, at += Channels)
        {
            var (red, green, blue) = (Pixels[at], Pixels[at + 1], Pixels[at + 2]);
            grey[i] = red == green && red == blue ? red : (byte)((9798 * red + 19235 * green + 3735 * blue) >> 15);
        }
        return new Image(height, width, 1, grey);
    }

    /// <summary>The picture with so many channels, itself when it has them.</summary>
    internal Image WithChannels(int channels)
    {
        if (channels == Channels) return this;
        int pixels = height * width;
        var to = new byte[pixels * channels];
        for (int i = 0; i < pixels; i++)
        {
            var from = Pixels.AsSpan(i * Channels, Channels);
            var into = to.AsSpan(i * channels, channels);
            if (channels == 1) into[0] = (byte)((from[0] * 19595 + from[1] * 38470 + from[2] * 7471 + 0x8000) >> 16);
            else
            {
                (into[0], into[1], into[2]) = Channels == 1 ? (from[0], from[0], from[0]) : (from[0], from[1], from[2]);
                if (channels == 4) into[3] = 255;
            }
        }
        return new Image(height, width, channels, to);
    }
}
