using SkiaSharp;
using static KerasPort.Python;

namespace KerasPort.Console.Lessons;

/// <summary>A grey picture: a number a pixel, 0 for black to 255 for white, row by row.</summary>
internal sealed record Picture(int Width, int Height, float[] Pixels)
{
    /// <summary>A photo of today's phones fits; a few bytes that claim to be a picture of a billion pixels don't.</summary>
    private const long MostPixels = 50_000_000;

    /// <summary>Images in the data set's test half, from which lessons take theirs.</summary>
    private const int TestImages = 10_000;

    public float this[int x, int y] => Pixels[y * Width + x];

    /// <summary>A test image of the data set when the text is a number, else the picture in that file.</summary>
    /// <exception cref="UsageException">There is no test image of that number.</exception>
    /// <exception cref="PictureException">The file can't be read as a picture.</exception>
    public static Picture Open(string text)
    {
        if (!text.All(char.IsAsciiDigit)) return Read(text);
        if (!int.TryParse(text, out int number) || number >= TestImages)
            throw new UsageException($"there is no test image {text}: the data set has 0 to {TestImages - 1}. For a file of that name say ./{text}");
        var (_, (images, _)) = tf.keras.datasets.fashion_mnist.load_data();
        return new Picture(28, 28, images[number].ToFloats());
    }

    /// <summary>Reads a PNG, JPEG, WebP, GIF or BMP, upright and in grey; what is transparent is white.</summary>
    /// <exception cref="PictureException">There is no such file, or it isn't a whole picture.</exception>
    public static Picture Read(string path)
    {
        if (Directory.Exists(path)) throw new PictureException($"{path} is a folder, expected a picture");
        if (!File.Exists(path)) throw new PictureException($"there is no picture {path}");
        byte[] file;
        try
        {
            file = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PictureException($"cannot read the picture {path}: {e.Message}");
        }
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data)
            ?? throw new PictureException($"{path} is no picture, or cut short: expected a PNG, JPEG, WebP, GIF or BMP file");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > MostPixels)
            throw new PictureException($"{path} has {width}x{height} pixels, expected {MostPixels / 1_000_000} million at the most");

        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
            throw new PictureException($"{path} is {(result == SKCodecResult.IncompleteInput ? "cut short" : "damaged")}: only a part of the picture can be read");
        return Upright(width, height, Grey(bitmap.GetPixelSpan()), codec.EncodedOrigin);
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
        var across = Areas(Width, width);
        var down = Areas(Height, height);
        var narrow = new float[width * Height];
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < width; x++)
                foreach (var (from, share) in across[x]) narrow[y * width + x] += share * this[from, y];
        var resized = new float[width * height];
        for (int y = 0; y < height; y++)
            foreach (var (from, share) in down[y])
                for (int x = 0; x < width; x++) resized[y * width + x] += share * narrow[from * width + x];
        return new Picture(width, height, resized);
    }

    /// <summary>Black for white and white for black.</summary>
    public Picture Inverted() => this with { Pixels = [.. Pixels.Select(p => 255 - p)] };

    /// <summary>A part of the picture; what lies outside is black.</summary>
    public Picture Cut(int left, int top, int width, int height)
    {
        var part = new float[width * height];
        for (int y = Math.Max(0, -top); y < Math.Min(height, Height - top); y++)
            for (int x = Math.Max(0, -left); x < Math.Min(width, Width - left); x++) part[y * width + x] = this[left + x, top + y];
        return new Picture(width, height, part);
    }

    /// <summary>What each new pixel covers along one axis: old pixels with their shares.</summary>
    private static (int From, float Share)[][] Areas(int old, int now) => [.. Enumerable.Range(0, now).Select(i =>
    {
        double start = (double)i * old / now, end = (double)(i + 1) * old / now;
        int first = (int)start, last = Math.Min((int)Math.Ceiling(end), old);
        return Enumerable.Range(first, last - first)
            .Select(p => (p, (float)((Math.Min(end, p + 1) - Math.Max(start, p)) / (end - start)))).ToArray();
    })];

    /// <summary>Luma as in television and in Python's PIL (ITU-R BT.601), on white.</summary>
    private static float[] Grey(ReadOnlySpan<byte> rgba)
    {
        var grey = new float[rgba.Length / 4];
        for (int i = 0; i < grey.Length; i++)
        {
            var pixel = rgba[(4 * i)..];
            float luma = (299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2]) / 1000f, alpha = pixel[3] / 255f;
            grey[i] = alpha * luma + (1 - alpha) * 255;
        }
        return grey;
    }

    /// <summary>Cameras store pictures as the sensor lay, and a note of how to turn them (Exif orientation).</summary>
    private static Picture Upright(int width, int height, float[] pixels, SKEncodedOrigin origin)
    {
        bool onItsSide = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var stored = new Picture(width, height, pixels);
        if (origin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default) return stored;
        var turned = onItsSide ? new Picture(height, width, new float[pixels.Length]) : new Picture(width, height, new float[pixels.Length]);
        for (int y = 0; y < turned.Height; y++)
        {
            for (int x = 0; x < turned.Width; x++)
            {
                turned.Pixels[y * turned.Width + x] = origin switch
                {
                    SKEncodedOrigin.TopRight => stored[width - 1 - x, y],
                    SKEncodedOrigin.BottomRight => stored[width - 1 - x, height - 1 - y],
                    SKEncodedOrigin.BottomLeft => stored[x, height - 1 - y],
                    SKEncodedOrigin.LeftTop => stored[y, x],
                    SKEncodedOrigin.RightTop => stored[y, height - 1 - x],
                    SKEncodedOrigin.RightBottom => stored[width - 1 - y, height - 1 - x],
                    _ => stored[width - 1 - y, x],
                };
            }
        }
        return turned;
    }
}

/// <summary>A picture that isn't there, or isn't one. The message is one line.</summary>
internal sealed class PictureException(string message) : Exception(message);
