using SkiaSharp;
using static KerasPort.Python;

namespace KerasPort.Console.Lessons;

/// <summary>A grey picture: a number per pixel, from 0 for black to 255 for white, row by row.</summary>
internal sealed record Picture(int Width, int Height, float[] Pixels)
{
    /// <summary>The number of images in the data set's test half, from which lessons take theirs.</summary>
    private const int TestImages = 10_000;

    /// <summary>The size in the file, which is larger if the picture was reduced as it was read.</summary>
    public (int Width, int Height) Stored { get; init; } = (Width, Height);

    public float this[int x, int y] => Pixels[y * Width + x];

    /// <summary>Opens a test image of the data set if the text is a number, else the picture in that file.</summary>
    /// <exception cref="UsageException">There is no test image of that number.</exception>
    /// <exception cref="PictureException">The file can't be read as a picture.</exception>
    public static Picture Open(string text)
    {
        if (!text.All(char.IsAsciiDigit)) return PictureFile.Read(text);
        if (!int.TryParse(text, out int number) || number >= TestImages)
            throw new UsageException($"there is no test image {text}: the data set has 0 to {TestImages - 1}. For a file of that name say ./{text}");
        var (_, (images, _)) = tf.keras.datasets.fashion_mnist.load_data();
        return new Picture(28, 28, images[number].ToFloats());
    }

    /// <summary>The picture as a PNG file.</summary>
    public byte[] ToPng()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Gray8, SKAlphaType.Opaque));
        var target = bitmap.GetPixelSpan();
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++) target[y * bitmap.RowBytes + x] = (byte)Math.Clamp(MathF.Round(this[x, y]), 0, 255);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }

    /// <summary>The picture at another size: each new pixel is the mean of the area that it covers.</summary>
    public Picture Resized(int width, int height)
    {
        var resizing = new Resizing(Width, Height, width, height);
        for (int y = 0; y < Height; y++) resizing.Add(Pixels.AsSpan(y * Width, Width));
        return resizing.Picture;
    }

    /// <summary>The picture at a smaller size: each new pixel is the brightest of the area that it covers, so that thin lines stay.</summary>
    public Picture Brightest(int width, int height)
    {
        var resized = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float brightest = float.MinValue;
                for (int v = y * Height / height; v * height < (y + 1) * Height; v++)
                    for (int u = x * Width / width; u * width < (x + 1) * Width; u++) brightest = MathF.Max(brightest, this[u, v]);
                resized[y * width + x] = brightest;
            }
        }
        return new Picture(width, height, resized);
    }

    /// <summary>The picture with black and white exchanged.</summary>
    public Picture Inverted() => this with { Pixels = [.. Pixels.Select(p => 255 - p)] };

    /// <summary>A part of the picture; the area outside is black.</summary>
    public Picture Cut(int left, int top, int width, int height)
    {
        var part = new float[width * height];
        for (int y = Math.Max(0, -top); y < Math.Min(height, Height - top); y++)
            for (int x = Math.Max(0, -left); x < Math.Min(width, Width - left); x++) part[y * width + x] = this[left + x, top + y];
        return new Picture(width, height, part);
    }
}

/// <summary>A picture is missing or can't be read. The message is one line.</summary>
internal sealed class PictureException(string message) : Exception(message);
