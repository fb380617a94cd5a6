using System.Runtime.InteropServices;
using System.Text;

namespace KerasPort.Saving.Onnx;

/// <summary>
/// A message in protobuf's wire format: each field a key (number and kind) and a varint, or a length and bytes. Just what ONNX files need;
/// source: the protocol buffers' encoding document.
/// </summary>
internal sealed class Protobuf
{
    private const int VarintKind = 0, BytesKind = 2;

    private readonly MemoryStream _bytes = new();

    public Protobuf Add(int field, long value)
    {
        Varint((ulong)(field << 3 | VarintKind));
        Varint((ulong)value);
        return this;
    }

    public Protobuf Add(int field, ReadOnlySpan<byte> value)
    {
        Varint((ulong)(field << 3 | BytesKind));
        Varint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    public Protobuf Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

    public Protobuf Add(int field, Protobuf message) => Add(field, message._bytes.GetBuffer().AsSpan(0, (int)message._bytes.Length));

    public Protobuf Add(int field, IEnumerable<string> values)
    {
        foreach (string value in values) Add(field, value);
        return this;
    }

    /// <summary>Numbers one after another without keys between them.</summary>
    public Protobuf AddPacked(int field, IEnumerable<long> values)
    {
        var packed = new Protobuf();
        foreach (long value in values) packed.Varint((ulong)value);
        return Add(field, packed);
    }

    /// <summary>Floats as raw little-endian bytes.</summary>
    public Protobuf Add(int field, ReadOnlySpan<float> values) => Add(field, MemoryMarshal.AsBytes(values));

    public byte[] ToArray() => _bytes.ToArray();

    private void Varint(ulong value)
    {
        for (; value > 127; value >>= 7) _bytes.WriteByte((byte)(value | 128));
        _bytes.WriteByte((byte)value);
    }
}
