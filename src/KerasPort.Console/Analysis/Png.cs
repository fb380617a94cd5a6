using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace KerasPort.Console.Analysis;

/// <summary>
/// Writes small PNG files with one byte per pixel, an index into a palette. Every run writes some, and shouldn't have to load a graphics library for
/// that.
/// </summary>
internal static class Png
{
    /// <param name="width">The width in pixels.</param>
    /// <param name="indices">The rows from the top, one byte per pixel.</param>
    /// <param name="palette">256 colours, red, green and blue each.</param>
    public static byte[] Encode(int width, ReadOnlySpan<byte> indices, ReadOnlySpan<byte> palette)
    {
        int height = indices.Length / width;
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (8, 3); // 8 bits, palette; then deflate, filters, no interlace: all 0
        header[10..].Clear();

        var rows = new MemoryStream();
        using (var deflate = new ZLibStream(rows, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int y = 0; y < height; y++)
            {
                deflate.WriteByte(0); // no filter: neighbouring indices aren't related
                deflate.Write(indices.Slice(y * width, width));
            }
        }
        var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "PLTE"u8, palette);
        WriteChunk(png, "IDAT"u8, rows.GetBuffer().AsSpan(0, (int)rows.Length));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void WriteChunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        png.Write(type);
        png.Write(content);
        var crc = new Crc32();
        crc.Append(type);
        crc.Append(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.GetCurrentHashAsUInt32());
        png.Write(number);
    }
}
