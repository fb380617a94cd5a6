using KerasPort.Saving;
using SkiaSharp;

namespace KerasPort.Console.Lessons;

/// <summary>Reads pictures from files, which may contain anything, without using memory beyond the size that a lesson needs.</summary>
internal static class PictureFile
{
    /// <summary>The supported formats.</summary>
    public const string Formats = "PNG, JPEG, WebP, GIF or BMP";

    /// <summary>The longer side of a picture in a lesson. At its own size, a photo of 12 million pixels would show only noise and threads.</summary>
    internal const int LongestSide = 1024;

    /// <summary>The most pixels of a picture: enough for photos of today's phones, while a small file that claims a billion is refused.</summary>
    private const long MostPixels = 50_000_000;

    private const int MostBytes = 256 << 20;

    /// <summary>Reads a picture, upright and in grey. Transparent areas become white, and a picture larger than <see cref="LongestSide"/> is reduced.</summary>
    /// <exception cref="PictureException">There is no such file, or it isn't a whole picture.</exception>
    public static Picture Read(string path)
    {
        byte[] file = Bytes(path);
        if (file.Length == 0) throw new PictureException($"{path} is empty, expected a picture");
        if (Unread(file) is { } format) throw new PictureException($"{path} is {format}, expected a {Formats} file: save it as one of these");
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data) ?? throw new PictureException($"{path} is no picture, or cut short: expected a {Formats} file");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > MostPixels)
            throw new PictureException($"{path} has {width}x{height} pixels, expected {MostPixels / 1_000_000} million at the most");
        var picture = Upright(Decode(codec, path), codec.EncodedOrigin);
        bool turned = picture.Width > picture.Height != width > height;
        return picture with { Stored = turned ? (height, width) : (width, height) };
    }

    private static byte[] Bytes(string path)
    {
        if (Directory.Exists(path)) throw new PictureException($"{path} is a folder, expected a picture");
        if (!File.Exists(path)) throw new PictureException($"there is no picture {path}");
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (!file.CanSeek || file.Length == 0 && path.StartsWith("/dev/", StringComparison.Ordinal))
                throw new PictureException($"{path} is a pipe or a device, expected a picture file");
            if (file.Length > MostBytes) throw new PictureException($"{path} has {file.Length >> 20} MiB, expected {MostBytes >> 20} at the most");
            return ModelFile.All(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PictureException($"cannot read the picture: {FilePath.Unreadable(path, e)}");
        }
    }

    /// <summary>The format of an unsupported file, by its first bytes.</summary>
    private static string? Unread(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8)) return "a TIFF picture (or a camera's raw file)";
        if (file.Length >= 12 && file[4..].StartsWith("ftyp"u8))
        {
            var brand = file.Slice(8, 4);
            if (brand.StartsWith("avi"u8)) return "an AVIF picture";
            return brand.StartsWith("he"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8) ? "a HEIC picture" : "a video";
        }
        if (file.StartsWith("%PDF"u8)) return "a PDF document";
        if (file.StartsWith("8BPS"u8)) return "a Photoshop picture";
        if (file is [0xFF, 0x0A, ..] || file.StartsWith("\0\0\0\fJXL "u8)) return "a JPEG XL picture";
        if (file.StartsWith("\0\0\0\fjP"u8)) return "a JPEG 2000 picture";
        return file.StartsWith("<svg"u8) || file.StartsWith("<?xml"u8) ? "a drawing in SVG, or other XML" : null;
    }

    /// <summary>The picture as it is stored, decoded no larger than needed if the format allows that, else row by row if it allows that.</summary>
    private static Picture Decode(SKCodec codec, string path)
    {
        var (size, needed) = (codec.Info.Size, Fitting(codec.Info.Width, codec.Info.Height));
        if (needed.Width < size.Width)
        {
            // A JPEG can be decoded at eighths of its size.
            for (int eighths = 1; eighths < 8; eighths++)
            {
                var smaller = codec.GetScaledDimensions(eighths / 8f);
                if (smaller.Width < needed.Width || smaller.Height < needed.Height) continue;
                size = smaller;
                break;
            }
        }
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var resizing = new Resizing(info.Width, info.Height, needed.Width, needed.Height);
        var grey = new float[info.Width];
        bool scaled = size != codec.Info.Size;
        if (!scaled && codec.ScanlineOrder == SKCodecScanlineOrder.TopDown && codec.StartScanlineDecode(info) == SKCodecResult.Success)
        {
            using var row = new SKBitmap(info.WithSize(info.Width, 1));
            for (int y = 0; y < info.Height; y++)
            {
                if (codec.GetScanlines(row.GetPixels(), 1, row.RowBytes) != 1) throw Damaged(path, "cut short or damaged");
                Add(row.GetPixelSpan());
            }
            return resizing.Picture;
        }
        using var bitmap = new SKBitmap(info);
        var result = codec.GetPixels(info, bitmap.GetPixels());
        if (result != SKCodecResult.Success) throw Damaged(path, result == SKCodecResult.IncompleteInput ? "cut short" : "damaged");
        var pixels = bitmap.GetPixelSpan();
        for (int y = 0; y < info.Height; y++) Add(pixels.Slice(y * bitmap.RowBytes, 4 * info.Width));
        return resizing.Picture;

        void Add(ReadOnlySpan<byte> rgba)
        {
            Grey(rgba, grey);
            resizing.Add(grey);
        }
    }

    private static PictureException Damaged(string path, string how) => new($"{path} is {how}: only a part of the picture can be read");

    /// <summary>The size, reduced so that the longer side is no longer than needed.</summary>
    private static (int Width, int Height) Fitting(int width, int height)
    {
        double scale = Math.Min(1, (double)LongestSide / Math.Max(width, height));
        return (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }

    /// <summary>Converts to luma as in television and in Pillow (ITU-R BT.601), on white.</summary>
    private static void Grey(ReadOnlySpan<byte> rgba, float[] grey)
    {
        for (int i = 0; i < grey.Length; i++)
        {
            var pixel = rgba[(4 * i)..];
            float luma = (299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2]) / 1000f, alpha = pixel[3] / 255f;
            grey[i] = alpha * luma + (1 - alpha) * 255;
        }
    }

    /// <summary>Rotates a picture as its Exif orientation says: cameras store pictures as the sensor was held.</summary>
    private static Picture Upright(Picture stored, SKEncodedOrigin origin)
    {
        bool onItsSide = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (width, height, pixels) = stored;
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
