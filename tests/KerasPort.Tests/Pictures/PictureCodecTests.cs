using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using CsCheck;
using KerasPort.Pictures;

namespace KerasPort.Tests.Pictures;

public class PictureCodecTests
{
    private static readonly PictureCodec s_codec = PictureCodec.Open("load_img");

    private static readonly Gen<string> s_formats = Gen.Int[0, 2].Select(i => new[] { "png", "jpeg", "bmp" }[i]);

    internal static readonly Gen<Image> Images = Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20], Gen.Int[0, 2].Select(i => new[] { 1, 3, 4 }[i]), Gen.Int)
        .Select((height, width, channels, seed) =>
    {
        var pixels = new byte[height * width * channels];
        new System.Random(seed).NextBytes(pixels);
        // One pixel is transparent, so that no encoder leaves opacity out.
        if (channels == 4) pixels[3] = 7;
        return new Image(height, width, channels, pixels);
    });

    [Fact]
    public void A_png_holds_every_byte() => Images.Sample(image =>
    {
        var read = s_codec.Decode(s_codec.Encode(image, "png"), "p.png");
        Assert.Equal(image.mode, read.mode);
        Assert.Equal(image.size, read.size);
        for (int i = 0; i < image.Pixels.Length; i++)
            // The colour of a fully transparent pixel isn't kept.
            if (image.Channels < 4 || image.Pixels[i / 4 * 4 + 3] > 0) Assert.Equal(image.Pixels[i], read.Pixels[i]);
    }, iter: 100);

    [Fact]
    public void A_bmp_holds_every_colour() => Images.Sample(image =>
        Assert.Equal(image.convert("RGB").Pixels, s_codec.Decode(s_codec.Encode(image, "bmp"), "p.bmp").convert("RGB").Pixels), iter: 100);

    [Fact]
    public void A_jpeg_is_about_the_same_picture()
    {
        var image = new Image(16, 16, 3, [.. Enumerable.Range(0, 16 * 16).SelectMany(i => new byte[] { (byte)(4 * (i % 16)), (byte)(8 * (i / 16)), 100 })]);
        var read = s_codec.Decode(s_codec.Encode(image, "jpeg"), "p.jpg");
        Assert.Equal("RGB", read.mode);
        Assert.All(image.Pixels.Zip(read.Pixels), pair => Assert.InRange(pair.Second - pair.First, -12, 12));
    }

    [Fact]
    public void Of_a_gif_the_first_picture_is_read()
    {
        // Two pictures of one pixel: red, then green.
        byte[] gif =
        [
            .. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 255, 0,
            0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0,
            0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4c, 1, 0, 0x3b,
        ];
        Assert.Equal([255, 0, 0], s_codec.Decode(gif, "p.gif").convert("RGB").Pixels);
    }

    /// <summary>A truncated file gives the same picture or is refused by name, at every length.</summary>
    [Fact]
    public void A_file_cut_short_is_refused() => Gen.Select(Images, s_formats, Gen.Double[0, 1]).Sample((image, format, share) =>
    {
        var file = s_codec.Encode(image, format);
        var whole = s_codec.Decode(file, "whole").Pixels;
        try
        {
            Assert.Equal(whole, s_codec.Decode(file[..(int)(share * file.Length)], "folder/cut").Pixels);
        }
        catch (DatasetException e)
        {
            Assert.Contains("folder/cut", e.Message);
        }
    }, iter: 300);

    [Fact]
    public void A_damaged_file_is_refused_or_read_but_nothing_else() => Gen.Select(Images, s_formats, Gen.Int, Gen.Byte).Sample((image, format, at, value) =>
    {
        var file = s_codec.Encode(image, format);
        file[(int)((uint)at % file.Length)] = value;
        try
        {
            Assert.InRange((long)s_codec.Decode(file, "damaged").Pixels.Length, 1, 4 * Image.MostPixels);
        }
        catch (DatasetException e)
        {
            Assert.Contains("damaged", e.Message);
        }
    }, iter: 300);

    [Fact]
    public void A_few_bytes_that_claim_a_huge_picture_get_no_memory()
    {
        var png = s_codec.Encode(new Image(1, 1, 3, [1, 2, 3]), "png");
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 60_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32.HashToUInt32(png.AsSpan(12, 17)));
        Assert.InRange(Allocations.Of(() => Assert.Equal("huge.png has 60000 x 60000 pixels, expected 100 million at the most",
            Assert.Throws<DatasetException>(() => s_codec.Decode(png, "huge.png")).Message)), 0, 100_000);
    }

    /// <summary>A request's body has no name.</summary>
    [Theory]
    [InlineData("", "the stream is empty, expected a picture")]
    [InlineData("no picture", "cannot identify image file: the stream is no picture or cut short, expected PNG, JPEG, GIF or BMP")]
    public void A_stream_that_is_no_picture_is_called_one(string content, string says) =>
        Assert.Equal(says, Assert.Throws<DatasetException>(() => Image.open(new MemoryStream(Encoding.UTF8.GetBytes(content)))).Message);

    [Fact]
    public void What_is_no_picture_says_so()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["notes.png"], "no picture");
        File.WriteAllBytes(folder["empty.png"], []);
        Assert.Contains("notes.png", Assert.Throws<DatasetException>(() => s_codec.Read(folder["notes.png"])).Message);
        Assert.Contains("is empty", Assert.Throws<DatasetException>(() => s_codec.Read(folder["empty.png"])).Message);
        Assert.StartsWith("There is no picture", Assert.Throws<DatasetException>(() => s_codec.Read(folder["other.png"])).Message);
        Assert.Contains("is a folder", Assert.Throws<DatasetException>(() => s_codec.Read(folder[""])).Message);
        Assert.Contains("gif", Assert.Throws<ValueError>(() => s_codec.Encode(new Image(1, 1, 1, [0]), "gif")).Message);
    }

    [Fact]
    public void Without_its_project_a_picture_says_how_to_have_it()
    {
        var missing = Assert.Throws<ValueError>(() => PictureCodec.Load("KerasPort.NoSuchPictures", "load_img"));
        Assert.StartsWith("Could not import KerasPort.NoSuchPictures. The use of `load_img` requires the package", missing.Message);
        Assert.Contains("#:project", missing.Message);
    }
}
