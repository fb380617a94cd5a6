using System.Runtime.InteropServices;

namespace KerasPort;

/// <content>The elements as files hold them.</content>
public sealed partial class NDArray
{
    /// <summary>An array over these elements, bool[] to double[], not copied.</summary>
    internal static NDArray Of(Array elements, ArrayShape shape) => new(elements, Fitting(elements, shape), 0);

    /// <summary>The elements' bytes, row-major and lowest byte first. Each piece is good until the next is asked for.</summary>
    internal IEnumerable<ReadOnlyMemory<byte>> Bytes()
    {
        const int most = 1 << 13;
        int width = dtype.itemsize;
        var bytes = new byte[Math.Min(most, size) * width];
        for (int at = 0; at < size; at += most)
        {
            int count = Math.Min(most, size - at);
            Put(at, bytes.AsSpan(0, count * width));
            yield return bytes.AsMemory(0, count * width);
        }
    }

    private void Put(int start, Span<byte> bytes)
    {
        switch (dtype.Type)
        {
            case ElementType.Bool or ElementType.UInt8: Read(start, bytes); break;
            case ElementType.Int32: Read(start, MemoryMarshal.Cast<byte, int>(bytes)); break;
            case ElementType.Int64: Read(start, MemoryMarshal.Cast<byte, long>(bytes)); break;
            case ElementType.Float32: Read(start, MemoryMarshal.Cast<byte, float>(bytes)); break;
            default: Read(start, MemoryMarshal.Cast<byte, double>(bytes)); break;
        }
    }
}
