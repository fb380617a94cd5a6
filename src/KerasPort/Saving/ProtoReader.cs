using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace KerasPort.Saving;

/// <summary>The fields of a protocol buffer message, one after the other; the bytes are not trusted.</summary>
/// <exception cref="FormatException">The bytes are not a valid message.</exception>
internal ref struct ProtoReader(ReadOnlySpan<byte> bytes)
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;
    private ReadOnlySpan<byte> _left = bytes;

    /// <summary>The number of the field.</summary>
    public int Field { get; private set; }

    /// <summary>The value of an integer field; 0 for bytes.</summary>
    public ulong Number { get; private set; }

    /// <summary>The value of a field of bytes, text or a message; empty for an integer.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Whether the field holds bytes.</summary>
    public bool IsBytes { get; private set; }

    /// <summary>Moves to the next field; false after the last.</summary>
    public bool Next()
    {
        if (_left.IsEmpty) return false;
        ulong key = ReadVarint();
        Field = key >> 3 is > 0 and <= int.MaxValue ? (int)(key >> 3) : throw Damaged("a field has no number");
        Content = default;
        (Number, IsBytes) = (0, (key & 7) == Bytes);
        switch (key & 7)
        {
            case Varint: Number = ReadVarint(); break;
            case Fixed64: Number = BinaryPrimitives.ReadUInt64LittleEndian(Taken(8)); break;
            case Fixed32: Number = BinaryPrimitives.ReadUInt32LittleEndian(Taken(4)); break;
            case Bytes: Content = Taken(ReadVarint()); break;
            default: throw Damaged($"a field is of kind {key & 7}");
        }
        return true;
    }

    /// <summary>Adds the integers of this field: one, or several that are packed.</summary>
    public readonly void AddIntegers(List<long> to)
    {
        if (!IsBytes)
        {
            to.Add((long)Number);
            return;
        }
        var packed = new ProtoReader(Content);
        while (!packed._left.IsEmpty) to.Add((long)packed.ReadVarint());
    }

    /// <summary>Adds the floats of this field: one, or several that are packed.</summary>
    public readonly void AddFloats(List<float> to)
    {
        if (!IsBytes) to.Add(BitConverter.UInt32BitsToSingle((uint)Number));
        else if (Content.Length % sizeof(float) == 0) to.AddRange(MemoryMarshal.Cast<byte, float>(Content));
        else throw Damaged($"{Content.Length} bytes are no floats");
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte b = Taken(1)[0];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) return value;
        }
        throw Damaged("a number has no end");
    }

    private ReadOnlySpan<byte> Taken(ulong count)
    {
        if (count > (ulong)_left.Length) throw Damaged("it is cut short");
        var taken = _left[..(int)count];
        _left = _left[(int)count..];
        return taken;
    }

    private static FormatException Damaged(string why) => new(why);
}
