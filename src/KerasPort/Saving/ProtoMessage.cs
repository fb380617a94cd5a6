using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace KerasPort.Saving;

/// <summary>
/// A protocol buffer message to be written, field by field: a key (number and kind), then a varint, eight bytes, or a length and bytes. The caller omits
/// fields that hold their type's default (0, no bytes), as proto3 does.
/// Source: protobuf.dev, Encoding.
/// </summary>
internal sealed class ProtoMessage
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;
    private readonly MemoryStream _bytes = new();

    private ReadOnlySpan<byte> Written => _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);

    /// <summary>An integer, as a varint.</summary>
    public ProtoMessage Add(int field, long value)
    {
        WriteKey(field, Varint);
        WriteVarint((ulong)value);
        return this;
    }

    /// <summary>A double.</summary>
    public ProtoMessage Add(int field, double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        WriteKey(field, Fixed64);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>A float.</summary>
    public ProtoMessage Add(int field, float value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        WriteKey(field, Fixed32);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Bytes.</summary>
    public ProtoMessage Add(int field, ReadOnlySpan<byte> value)
    {
        WriteKey(field, Bytes);
        WriteVarint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    /// <summary>Text.</summary>
    public ProtoMessage Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Another message.</summary>
    public ProtoMessage Add(int field, ProtoMessage value) => Add(field, value.Written);

    /// <summary>Texts, as one field repeated.</summary>
    public ProtoMessage Add(int field, IEnumerable<string> values)
    {
        foreach (string value in values) Add(field, value);
        return this;
    }

    /// <summary>Floats as raw little-endian bytes.</summary>
    public ProtoMessage Add(int field, ReadOnlySpan<float> values) => Add(field, MemoryMarshal.AsBytes(values));

    /// <summary>Integers, packed: one after another without keys between them.</summary>
    public ProtoMessage AddPacked(int field, IEnumerable<long> values)
    {
        var packed = new ProtoMessage();
        foreach (long value in values) packed.WriteVarint((ulong)value);
        return Add(field, packed);
    }

    public byte[] ToBytes() => _bytes.ToArray();

    private void WriteKey(int field, int kind) => WriteVarint((ulong)(field << 3 | kind));

    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _bytes.WriteByte((byte)(value | 0x80));
        _bytes.WriteByte((byte)value);
    }
}
