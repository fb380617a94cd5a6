using System.Buffers.Binary;
using System.Text;

namespace KerasPort.Summaries;

/// <summary>
/// A protocol buffer message as it is written, field by field. Fields that hold their type's default (0, no bytes) are left out by
/// whoever writes them, as proto3 does.
/// Source: protobuf.dev, Encoding.
/// </summary>
internal sealed class ProtoMessage
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2;
    private readonly MemoryStream _bytes = new();

    /// <summary>An integer, as a varint.</summary>
    public ProtoMessage Add(int field, long value)
    {
        WriteVarint((ulong)(field << 3 | Varint));
        WriteVarint((ulong)value);
        return this;
    }

    /// <summary>A double.</summary>
    public ProtoMessage Add(int field, double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        WriteVarint((ulong)(field << 3 | Fixed64));
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Bytes.</summary>
    public ProtoMessage Add(int field, ReadOnlySpan<byte> value)
    {
        WriteVarint((ulong)(field << 3 | Bytes));
        WriteVarint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    /// <summary>Text.</summary>
    public ProtoMessage Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Another message.</summary>
    public ProtoMessage Add(int field, ProtoMessage value) => Add(field, value.ToBytes());

    public byte[] ToBytes() => _bytes.ToArray();

    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _bytes.WriteByte((byte)(value | 0x80));
        _bytes.WriteByte((byte)value);
    }
}
