using System.Buffers.Binary;
using System.IO.Compression;
using KerasPort.Console.Analysis;

namespace KerasPort.Tests.Console;

public class PngTests
{
    /// <summary>The pixels, read back by the format's rules; the browser tests show that browsers read the files too.</summary>
    [Fact]
    public void Pixels_come_back()
    {
        byte[] indices = [.. Enumerable.Range(0, 7 * 5).Select(i => (byte)(i * 37))];
        byte[] png = Png.Encode(7, indices, Palette.Signed);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        var chunks = new Dictionary<string, byte[]>();
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks.Add(System.Text.Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += length + 12;
        }
        Assert.Equal(["IHDR", "PLTE", "IDAT", "IEND"], chunks.Keys);
        Assert.Equal([0, 0, 0, 7, 0, 0, 0, 5, 8, 3, 0, 0, 0], chunks["IHDR"]);
        Assert.Equal(Palette.Signed, chunks["PLTE"]);
        using var rows = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress);
        var unpacked = new MemoryStream();
        rows.CopyTo(unpacked);
        Assert.Equal(indices, unpacked.ToArray().Chunk(8).SelectMany(row => row[0] == 0 ? row[1..] : throw new InvalidDataException()));
        // The checksum of an empty IEND is the same in every PNG file.
        Assert.Equal([0xAE, 0x42, 0x60, 0x82], png[^4..]);
    }
}
