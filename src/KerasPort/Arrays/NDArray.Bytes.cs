using System.Numerics;
using System.Runtime.InteropServices;

namespace KerasPort;

/// <content>The elements as files hold them.</content>
public sealed partial class NDArray
{
    /// <summary>An array over these elements (bool[] to double[]), which are not copied.</summary>
    internal static NDArray Of(Array elements, ArrayShape shape) => new(elements, Fitting(elements, shape), 0);

    /// <summary>The elements' bytes, row-major and little-endian. Each piece is valid until the next is asked for.</summary>
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

    private void Put(int start, Span<byte> bytes) => dtype.Run<PutTo, Target, int>(new(this, start, bytes));

    private readonly ref struct Target(NDArray array, int start, Span<byte> bytes)
    {
        public readonly Span<byte> Bytes = bytes;

        public NDArray Array { get; } = array;

        public int Start { get; } = start;
    }

    private readonly struct PutTo : IOfNumbers<Target, int>
    {
        public static int Of<T>(Target to) where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            to.Array.Read(to.Start, MemoryMarshal.Cast<byte, T>(to.Bytes));
            return to.Bytes.Length;
        }
    }
}
