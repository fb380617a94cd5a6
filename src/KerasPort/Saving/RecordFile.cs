using System.Buffers.Binary;
using System.Numerics;
using KerasPort.Pipelines;

namespace KerasPort.Saving;

/// <summary>
/// Files of records, as event files and TFRecord files are: for each a length, its checksum, the bytes, their checksum.
/// Source: tensorflow/core/lib/io/record_writer.h.
/// </summary>
internal static class RecordFile
{
    private const int Length = 8, Checksum = 4;

    /// <summary>A record of these bytes, with its length and checksums.</summary>
    public static byte[] Record(ReadOnlySpan<byte> content)
    {
        var record = new byte[Length + Checksum + content.Length + Checksum];
        BinaryPrimitives.WriteInt64LittleEndian(record, content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(Length), Masked(record.AsSpan(0, Length)));
        content.CopyTo(record.AsSpan(Length + Checksum));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(^Checksum..), Masked(content));
        return record;
    }

    /// <summary>The records of a file.</summary>
    /// <exception cref="DatasetException">The file can't be read, or is damaged.</exception>
    public static IEnumerable<byte[]> Read(string path, string? compression)
    {
        using var file = TextFile.Open(path, compression);
        var head = new byte[Length + Checksum];
        for (long number = 0; TextFile.Fill(file, head, path) is > 0 and var read; number++)
        {
            if (read < head.Length) throw Damaged(path, number, "is cut short");
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(head);
            if (BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(Length)) != Masked(head.AsSpan(0, Length)) || length > int.MaxValue - Checksum)
                throw Damaged(path, number, "has a length that isn't what was written, or this is no file of records");
            // The buffer grows with the bytes read, so that a false length alone allocates nothing.
            var content = new MemoryStream();
            var piece = new byte[Math.Min(length + Checksum, 1 << 16)];
            for (ulong left = length + Checksum; left > 0;)
            {
                int more = TextFile.Fill(file, piece.AsSpan(0, (int)Math.Min(left, (ulong)piece.Length)), path);
                if (more == 0) throw Damaged(path, number, "is cut short");
                content.Write(piece, 0, more);
                left -= (ulong)more;
            }
            byte[] all = content.ToArray();
            if (BinaryPrimitives.ReadUInt32LittleEndian(all.AsSpan((int)length)) != Masked(all.AsSpan(0, (int)length)))
                throw Damaged(path, number, "isn't what was written: its checksum is another");
            yield return all[..(int)length];
        }
    }

    private static DatasetException Damaged(string path, long number, string why) =>
        new($"{path} is damaged: record {number} {why}. Write it again, or leave the file out.");

    // The format masks its checksums by a rotation and a sum, since the CRC of data that contains its own CRC would be constant.
    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes) crc = BitOperations.Crc32C(crc, b);
        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8;
    }
}
