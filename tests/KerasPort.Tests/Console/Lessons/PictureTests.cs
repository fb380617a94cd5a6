using System.Buffers.Binary;
using System.IO.Hashing;
using CsCheck;
using KerasPort.Console;
using KerasPort.Console.Lessons;
using KerasPort.Saving;
using SkiaSharp;

namespace KerasPort.Tests.Console.Lessons;

public class PictureTests
{
    private static readonly Gen<Picture> s_pictures = Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int).Select((width, height, seed) =>
    {
        var random = new System.Random(seed);
        return new Picture(width, height, [.. Enumerable.Range(0, width * height).Select(_ => (float)random.Next(256))]);
    });

    [Fact]
    public void What_is_written_is_read_again() => s_pictures.Sample(picture =>
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["p.png"], picture.ToPng());
        var read = PictureFile.Read(folder["p.png"]);
        return (read.Width, read.Height) == (picture.Width, picture.Height) && read.Pixels.SequenceEqual(picture.Pixels);
    }, iter: 50);

    /// <summary>Means of areas: the overall mean is kept for any sizes; at the same size every pixel is.</summary>
    [Fact]
    public void Another_size_has_the_same_mean() => Gen.Select(s_pictures, Gen.Int[1, 60], Gen.Int[1, 60]).Sample((picture, width, height) =>
    {
        var resized = picture.Resized(width, height);
        Assert.Equal((width, height), (resized.Width, resized.Height));
        Assert.Equal(picture.Pixels.Average(), resized.Pixels.Average(), 0.01);
        Assert.InRange(resized.Pixels.Max(), 0, picture.Pixels.Max() + 0.01f);
        Assert.Equal(picture.Pixels, picture.Resized(picture.Width, picture.Height).Pixels);
    }, iter: 200);

    [Fact]
    public void Outside_is_black()
    {
        var cut = new Picture(2, 1, [10, 20]).Cut(-1, -1, 4, 3);
        Assert.Equal([0, 0, 0, 0, 0, 10, 20, 0, 0, 0, 0, 0], cut.Pixels);
    }

    [Theory]
    [InlineData(255, 0, 0, 255, 76.245)] // PIL's convert("L") gives 76 for pure red
    [InlineData(0, 255, 0, 255, 149.685)]
    [InlineData(0, 0, 255, 255, 29.07)]
    [InlineData(0, 0, 0, 0, 255)] // transparent
    public void Colours_become_grey_on_white(byte red, byte green, byte blue, byte alpha, double grey)
    {
        using var folder = new TemporaryFolder();
        using var bitmap = new SKBitmap(new SKImageInfo(1, 1, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.SetPixel(0, 0, new SKColor(red, green, blue, alpha));
        using (var file = File.Create(folder["p.png"])) bitmap.Encode(file, SKEncodedImageFormat.Png, 100);
        Assert.Equal(grey, PictureFile.Read(folder["p.png"])[0, 0], 0.01);
    }

    /// <summary>A picture of 32x16, white in its upper left quarter, with an orientation in its Exif data: where the white quarter is then.</summary>
    [Theory]
    [InlineData(1, 32, true, true)]
    [InlineData(2, 32, false, true)]
    [InlineData(3, 32, false, false)]
    [InlineData(4, 32, true, false)]
    [InlineData(5, 16, true, true)]
    [InlineData(6, 16, false, true)]
    [InlineData(7, 16, false, false)]
    [InlineData(8, 16, true, false)]
    public void Photos_stand_upright(byte orientation, int width, bool left, bool top)
    {
        using var folder = new TemporaryFolder();
        using var bitmap = new SKBitmap(32, 16);
        bitmap.Erase(SKColors.Black);
        for (int y = 0; y < 8; y++)
            for (int x = 0; x < 16; x++) bitmap.SetPixel(x, y, SKColors.White);
        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 95);
        byte[] bytes = jpeg.ToArray();
        // An Exif segment with one entry, 0x0112, behind the start marker.
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];
        File.WriteAllBytes(folder["p.jpg"], [.. bytes[..2], .. exif, .. bytes[2..]]);
        var picture = PictureFile.Read(folder["p.jpg"]);
        Assert.Equal((width, 48 - width), (picture.Width, picture.Height));
        foreach (var (x, y) in new[] { (true, true), (true, false), (false, true), (false, false) })
        {
            float corner = picture[x ? 1 : picture.Width - 2, y ? 1 : picture.Height - 2];
            Assert.InRange(corner, (x, y) == (left, top) ? 200 : 0, (x, y) == (left, top) ? 255 : 55);
        }
    }

    /// <summary>For any bytes the result is a picture or a <see cref="PictureException"/>.</summary>
    [Fact]
    [Slow]
    public void Damaged_files_are_refused()
    {
        using var folder = new TemporaryFolder();
        byte[] png = new Picture(20, 20, [.. Enumerable.Range(0, 400).Select(i => (float)(i * 7 % 256))]).ToPng();
        var random = new System.Random(1);
        int refused = 0;
        for (int i = 0; i < 1500; i++)
        {
            bool cut = i < png.Length;
            byte[] mutant = cut ? png[..i] : [.. png];
            if (!cut) mutant[random.Next(mutant.Length)] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(folder["p.png"], mutant);
            try
            {
                PictureFile.Read(folder["p.png"]);
            }
            catch (PictureException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 1000, 1500);
    }

    [Fact]
    public void A_picture_that_claims_to_be_endless_is_not_made_room_for()
    {
        using var folder = new TemporaryFolder();
        byte[] png = new Picture(2, 2, new float[4]).ToPng();
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 60_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32.HashToUInt32(png.AsSpan(12, 17)));
        File.WriteAllBytes(folder["p.png"], png);
        Assert.Equal($"{folder["p.png"]} has 60000x60000 pixels, expected 50 million at the most",
            Assert.Throws<PictureException>(() => PictureFile.Read(folder["p.png"])).Message);
    }

    /// <summary>Formats of cameras and scanners, recognized by content and not by name.</summary>
    [Theory]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0mif1", "a HEIC picture")]
    [InlineData("\0\0\0\u0018ftypmif1\0\0\0\0heic", "a HEIC picture")]
    [InlineData("\0\0\0\u0018ftypavif\0\0\0\0", "an AVIF picture")]
    [InlineData("\0\0\0\u0018ftypisom\0\0\0\0", "a video")]
    [InlineData("II*\0\b\0\0\0", "a TIFF picture")]
    [InlineData("MM\0*\0\0\0\b", "a TIFF picture")]
    [InlineData("%PDF-1.7", "a PDF document")]
    [InlineData("<svg xmlns='x'/>", "a drawing in SVG")]
    [InlineData("8BPS\0\u0001", "a Photoshop picture")]
    [InlineData("", "is empty")]
    [InlineData("hello", "is no picture")]
    public void What_is_no_picture_that_is_read_is_named(string content, string says)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["p.jpg"], [.. content.Select(c => (byte)c)]);
        string message = Assert.Throws<PictureException>(() => PictureFile.Read(folder["p.jpg"])).Message;
        Assert.Contains(says, message);
        if (content.Length > 0) Assert.Contains("expected a PNG, JPEG, WebP, GIF or BMP file", message);
    }

    /// <summary>Larger pictures are reduced while they are read, in each format: the means of areas are kept.</summary>
    [Theory]
    [InlineData(SKEncodedImageFormat.Png, 3000, 1500, 1024, 512)]
    [InlineData(SKEncodedImageFormat.Jpeg, 3000, 1500, 1024, 512)]
    [InlineData(SKEncodedImageFormat.Webp, 3000, 1500, 1024, 512)]
    [InlineData(SKEncodedImageFormat.Jpeg, 9000, 40, 1024, 5)]
    [InlineData(SKEncodedImageFormat.Png, 3, 5000, 1, 1024)]
    [InlineData(SKEncodedImageFormat.Jpeg, 1024, 1024, 1024, 1024)]
    [InlineData(SKEncodedImageFormat.Png, 1025, 10, 1024, 10)]
    public void A_large_picture_is_read_at_the_size_that_is_needed(SKEncodedImageFormat format, int width, int height, int newWidth, int newHeight)
    {
        using var folder = new TemporaryFolder();
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(new SKColor(200, 200, 200));
        bitmap.Erase(new SKColor(40, 40, 40), new SKRectI(0, 0, width / 2, height / 2));
        using (var encoded = bitmap.Encode(format, 95)) File.WriteAllBytes(folder["p"], encoded.ToArray());
        var picture = PictureFile.Read(folder["p"]);
        Assert.Equal((newWidth, newHeight), (picture.Width, picture.Height));
        Assert.Equal((width, height), picture.Stored);
        Assert.Equal(newWidth * newHeight, picture.Pixels.Length);
        if (width > 100 && height > 100)
        {
            Assert.Equal(40, picture[newWidth / 4, newHeight / 4], 3.0);
            Assert.Equal(200, picture[3 * newWidth / 4, newHeight / 4], 3.0);
            Assert.Equal(200, picture[newWidth / 4, 3 * newHeight / 4], 3.0);
        }
    }

    /// <summary>20 million pixels take only a fraction of the memory that they would take as floats.</summary>
    [Fact]
    public void A_photo_is_never_in_memory_as_a_whole()
    {
        using var folder = new TemporaryFolder();
        using (var bitmap = new SKBitmap(new SKImageInfo(5200, 3900, SKColorType.Rgba8888, SKAlphaType.Opaque)))
        using (var encoded = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90)) File.WriteAllBytes(folder["p.jpg"], encoded.ToArray());
        long before = GC.GetAllocatedBytesForCurrentThread();
        PictureFile.Read(folder["p.jpg"]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 20 << 20);
    }

    [Fact]
    public void The_brightest_of_each_area_is_kept() => Gen.Select(s_pictures, Gen.Int[1, 40], Gen.Int[1, 40]).Sample((picture, w, h) =>
    {
        var (width, height) = (Math.Min(w, picture.Width), Math.Min(h, picture.Height));
        var smaller = picture.Brightest(width, height);
        Assert.Equal((width, height), (smaller.Width, smaller.Height));
        Assert.Equal(picture.Pixels.Max(), smaller.Pixels.Max());
        var mean = picture.Resized(width, height);
        Assert.All(smaller.Pixels.Zip(mean.Pixels), p => Assert.True(p.First >= p.Second - 0.01f));
        Assert.Equal(picture.Pixels, picture.Brightest(picture.Width, picture.Height).Pixels);
    }, iter: 200);

    [Fact]
    [Needs(Need.FashionMnist)]
    public void Numbers_are_test_images()
    {
        Assert.Equal(33456, Picture.Open("0").Pixels.Sum());
        Assert.Throws<UsageException>(() => Picture.Open("10000"));
        Assert.Throws<UsageException>(() => Picture.Open("99999999999"));
        Assert.Throws<PictureException>(() => Picture.Open("./0"));
        Assert.Throws<PictureException>(() => Picture.Open(Path.GetTempPath()));
        if (!OperatingSystem.IsWindows()) Assert.Contains("a pipe or a device", Assert.Throws<PictureException>(() => Picture.Open("/dev/zero")).Message);
    }
}
