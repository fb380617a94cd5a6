using System.Buffers.Binary;
using CsCheck;
using KerasPort.Console;
using KerasPort.Console.Lessons;
using KerasPort.Saving;
using SkiaSharp;
using Xunit;

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
        var read = Picture.Read(folder["p.png"]);
        return (read.Width, read.Height) == (picture.Width, picture.Height) && read.Pixels.SequenceEqual(picture.Pixels);
    }, iter: 50);

    /// <summary>Means of areas: the mean of all of it stays, whatever the sizes; at the same size every pixel does.</summary>
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
        Assert.Equal(grey, Picture.Read(folder["p.png"])[0, 0], 0.01);
    }

    /// <summary>A picture of 32x16, white in its upper left quarter, that says how it is to be turned: where the white quarter then is.</summary>
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
        var picture = Picture.Read(folder["p.jpg"]);
        Assert.Equal((width, 48 - width), (picture.Width, picture.Height));
        foreach (var (x, y) in new[] { (true, true), (true, false), (false, true), (false, false) })
        {
            float corner = picture[x ? 1 : picture.Width - 2, y ? 1 : picture.Height - 2];
            Assert.InRange(corner, (x, y) == (left, top) ? 200 : 0, (x, y) == (left, top) ? 255 : 55);
        }
    }

    /// <summary>Whatever the bytes, the answer is a picture or a <see cref="PictureException"/>.</summary>
    [Fact]
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
                Picture.Read(folder["p.png"]);
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
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32.Of(png.AsSpan(12, 17)));
        File.WriteAllBytes(folder["p.png"], png);
        Assert.Equal($"{folder["p.png"]} has 60000x60000 pixels, expected 50 million at the most", Assert.Throws<PictureException>(() => Picture.Read(folder["p.png"])).Message);
    }

    [Fact]
    [Needs(Need.FashionMnist)]
    public void Numbers_are_test_images()
    {
        Assert.Equal(33456, Picture.Open("0").Pixels.Sum());
        Assert.Throws<UsageException>(() => Picture.Open("10000"));
        Assert.Throws<UsageException>(() => Picture.Open("99999999999"));
        Assert.Throws<PictureException>(() => Picture.Open("./0"));
        Assert.Throws<PictureException>(() => Picture.Open(Path.GetTempPath()));
    }
}
