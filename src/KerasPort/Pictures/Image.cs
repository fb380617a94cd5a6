namespace KerasPort.Pictures;

/// <summary>
/// A picture in memory, the counterpart of Pillow's <c>Image</c>: the result of <c>load_img</c>, and the argument of <c>img_to_array</c>. It has one byte
/// per channel, row by row: grey, red-green-blue, or red-green-blue with opacity.
/// </summary>
public sealed partial class Image
{
    /// <summary>The most pixels of a picture: enough for photos of today's cameras, while a small file that claims a billion is refused.</summary>
    public const long MostPixels = 100_000_000;

    /// <param name="height">The height in pixels.</param>
    /// <param name="width">The width in pixels.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue, 4 with opacity.</param>
    /// <param name="pixels">height × width × channels bytes, which aren't copied.</param>
    /// <exception cref="ValueError">The sizes don't fit, or aren't those of a picture.</exception>
    public Image(int height, int width, int channels, byte[] pixels)
    {
        if (channels is not (1 or 3 or 4)) throw new ValueError($"Unsupported channel number: {channels}");
        if (height < 1 || width < 1 || (long)height * width > MostPixels || pixels?.Length != height * width * channels)
            throw new ValueError($"A picture of {height} x {width} pixels and {channels} channels has as many bytes, and at most {MostPixels} pixels. "
                + $"Received: {pixels?.Length ?? 0} bytes");
        (this.height, this.width, Channels, Pixels) = (height, width, channels, pixels);
    }

    /// <summary>The height in pixels.</summary>
    public int height { get; }

    /// <summary>The width in pixels.</summary>
    public int width { get; }

    /// <summary>The width and the height, in Pillow's order.</summary>
    public (int width, int height) size => (width, height);

    /// <summary>Pillow's name of the pixel format: L, RGB or RGBA.</summary>
    public string mode => Channels switch { 1 => "L", 3 => "RGB", _ => "RGBA" };

    /// <summary>Bytes per pixel.</summary>
    internal int Channels { get; }

    /// <summary>The bytes row by row, not copied.</summary>
    internal byte[] Pixels { get; }

    /// <summary>The picture as an array of bytes as numpy makes it: (height, width) if it is grey, else (height, width, channels); a copy.</summary>
    public static implicit operator NDArray(Image image) =>
        image.Channels == 1 ? new([.. image.Pixels], image.height, image.width) : new([.. image.Pixels], image.height, image.width, image.Channels);

    /// <summary>The text that Pillow shows: <c>&lt;PIL.Image.Image image mode=RGB size=28x28&gt;</c>.</summary>
    public override string ToString() => $"<PIL.Image.Image image mode={mode} size={width}x{height}>";

    /// <summary>The picture in another mode: L, RGB or RGBA. Opacity is dropped, and grey is the luma of television (ITU-R BT.601), as in Pillow.</summary>
    /// <exception cref="ValueError">The mode isn't supported.</exception>
    public Image convert(string mode) => mode switch
    {
        "L" => WithChannels(1),
        "RGB" => WithChannels(3),
        "RGBA" => WithChannels(4),
        _ => throw new ValueError($"A picture's mode is L, RGB or RGBA here. Received: mode={PythonText.Repr(mode)}"),
    };

    /// <summary>The picture converted to that many channels as TensorFlow decodes it: grey by libpng's weights, truncated.</summary>
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

    /// <summary>The picture converted to that many channels; itself if it has them.</summary>
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
