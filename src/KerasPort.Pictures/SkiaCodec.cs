using System.Buffers;
using System.Buffers.Binary;
using KerasPort.Diagrams;
using SkiaSharp;

namespace KerasPort.Pictures;

/// <summary>
/// PNG, JPEG, GIF, BMP and WebP by SkiaSharp. A picture's size is checked before memory for its pixels is allocated. Colour profiles and
/// the camera's orientation (EXIF) are ignored, as in TensorFlow and Pillow.
/// </summary>
internal sealed class SkiaCodec : PictureCodec
{
    private const int BmpHeader = 54;

    public override unsafe Image Decode(ReadOnlySpan<byte> file, string path)
    {
        if (file.Length == 0) throw new DatasetException($"{path} is empty, expected a picture");
        fixed (byte* bytes = file)
        {
            using var data = SKData.Create((nint)bytes, file.Length);
            using var codec = SKCodec.Create(data)
                ?? throw new DatasetException($"cannot identify image file: {path} is no picture or cut short, expected PNG, JPEG, GIF or BMP");
            var stored = codec.Info;
            var (width, height) = (stored.Width, stored.Height);
            if ((long)width * height > Image.MostPixels)
                throw new DatasetException($"{path} has {width} x {height} pixels, expected {Image.MostPixels / 1_000_000} million at the most");
            bool isGrey = stored.ColorType == SKColorType.Gray8;
            int channels = isGrey ? 1 : stored.AlphaType == SKAlphaType.Opaque ? 3 : 4, decoded = isGrey ? 1 : 4;
            var info = new SKImageInfo(width, height, isGrey ? SKColorType.Gray8 : SKColorType.Rgba8888, isGrey ? SKAlphaType.Opaque : SKAlphaType.Unpremul);
            int count = height * width;
            if (channels == decoded)
            {
                var pixels = new byte[count * decoded];
                fixed (byte* to = pixels) Require(codec.GetPixels(info, (nint)to), path);
                return new Image(height, width, channels, pixels);
            }
            var rented = ArrayPool<byte>.Shared.Rent(count * decoded);
            try
            {
                fixed (byte* to = rented) Require(codec.GetPixels(info, (nint)to), path);
                return new Image(height, width, channels, WithoutAlpha(rented, count));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    public override byte[] Encode(Image image, string format)
    {
        if (format == "bmp") return Bmp(image);
        var encoding = format switch
        {
            "png" => SKEncodedImageFormat.Png,
            "jpeg" => SKEncodedImageFormat.Jpeg,
            _ => throw new ValueError($"Pictures are written as png, jpeg or bmp here. Received: file_format={PythonText.Repr(format)}"),
        };
        bool isGrey = image.Channels == 1;
        var whole = isGrey ? image : image.WithChannels(4);
        var info = new SKImageInfo(image.width, image.height, isGrey ? SKColorType.Gray8 : SKColorType.Rgba8888,
            image.Channels == 4 ? SKAlphaType.Unpremul : SKAlphaType.Opaque);
        using var picture = SKImage.FromPixelCopy(info, whole.Pixels);
        // Pillow's default quality for JPEG.
        using var encoded = picture.Encode(encoding, 75);
        return encoded.ToArray();
    }

    internal override byte[] Draw(Drawing drawing, double scale) => SkiaDrawing.Png(drawing, scale);

    private static void Require(SKCodecResult result, string path)
    {
        if (result != SKCodecResult.Success)
            throw new DatasetException(
                $"{path} is {(result == SKCodecResult.IncompleteInput ? "cut short" : "damaged")}: only a part of the picture can be read");
    }

    private static byte[] WithoutAlpha(ReadOnlySpan<byte> rgba, int count)
    {
        var rgb = new byte[3 * count];
        for (int i = 0, at = 0; i < rgb.Length; i += 3, at += 4) (rgb[i], rgb[i + 1], rgb[i + 2]) = (rgba[at], rgba[at + 1], rgba[at + 2]);
        return rgb;
    }

    /// <summary>A BMP file: blue, green and red, from the lowest row up, each row padded to a multiple of four bytes.</summary>
    private static byte[] Bmp(Image image)
    {
        var rgb = image.WithChannels(3);
        int row = (3 * rgb.width + 3) / 4 * 4;
        var file = new byte[BmpHeader + row * rgb.height];
        "BM"u8.CopyTo(file);
        Span<(int At, int Value)> header =
            [(2, file.Length), (10, BmpHeader), (14, BmpHeader - 14), (18, rgb.width), (22, rgb.height), (26, 1 | 24 << 16), (34, row * rgb.height)];
        foreach (var (at, value) in header) BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        for (int y = 0; y < rgb.height; y++)
        {
            var from = rgb.Pixels.AsSpan(3 * rgb.width * y, 3 * rgb.width);
            var to = file.AsSpan(BmpHeader + row * (rgb.height - 1 - y), from.Length);
            for (int i = 0; i < from.Length; i += 3) (to[i], to[i + 1], to[i + 2]) = (from[i + 2], from[i + 1], from[i]);
        }
        return file;
    }
}
