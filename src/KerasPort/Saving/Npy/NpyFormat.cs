using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace KerasPort.Saving.Npy;

/// <summary>An array as numpy's <c>.npy</c> files hold it: a header, then the bytes of the elements. Nothing in it can be code.</summary>
internal static class NpyFormat
{
    /// <summary>The most elements that are read at once, so that a false length in a header can't allocate much.</summary>
    private const int Part = 1 << 18;

    /// <summary>Reads an array that must end where the stream ends.</summary>
    /// <param name="stream">It need not seek.</param>
    /// <param name="length">The length of the stream in bytes.</param>
    /// <exception cref="ValueError">It isn't an .npy file, its length isn't what the header says, or its elements are of an unsupported type.</exception>
    public static NDArray Read(Stream stream, long length)
    {
        var header = NpyHeader.Read(stream);
        long expected = (long)header.Count * header.Type.itemsize, found = length - header.Size;
        if (found != expected)
            throw new ValueError($"an array of {header.Type} of shape {new ArrayShape(header.Shape)} takes {expected} bytes, and {found} follow its header");
        var elements = Elements(stream, header);
        if (stream.ReadByte() >= 0) throw new ValueError($"more follows than the {length} bytes that it should have");
        return NDArray.Of(elements, new ArrayShape(header.Shape));
    }

    /// <summary>Writes an array in the bytes that <c>np.save</c> writes for a row-major one.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Write(NDArray a)
    {
        yield return NpyHeader.Of(a);
        foreach (var piece in a.Bytes()) yield return piece;
    }

    // Any byte but 0 is True, as in numpy; .NET's bool knows only 1.
    private static Array Elements(Stream stream, NpyHeader header) => header.Type == DType.@bool ? Array.ConvertAll(Fill<byte>(stream, header), b => b != 0)
        : header.Type.Run<Filled, (Stream, NpyHeader), Array>((stream, header));

    private readonly struct Filled : IOfNumbers<(Stream Stream, NpyHeader Header), Array>
    {
        public static Array Of<T>((Stream Stream, NpyHeader Header) from) where T : unmanaged, INumber<T>, IMinMaxValue<T> => Fill<T>(from.Stream, from.Header);
    }

    private static T[] Fill<T>(Stream stream, NpyHeader header) where T : unmanaged
    {
        var elements = NewElements.Of<T>(header.Count);
        for (int at = 0; at < elements.Length; at += Part)
        {
            var bytes = MemoryMarshal.AsBytes(elements.AsSpan(at, Math.Min(Part, elements.Length - at)));
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
                throw new ValueError("it is cut short: it ends within its elements");
            if (header.IsBigEndian) Turn(bytes, header.Type.itemsize);
        }
        return header.IsColumnMajor && header.Shape.Length > 1 ? RowMajor(elements, header.Shape) : elements;
    }

    private static void Turn(Span<byte> bytes, int width)
    {
        if (width == 2) BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, short>(bytes), MemoryMarshal.Cast<byte, short>(bytes));
        else if (width == 4) BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, int>(bytes), MemoryMarshal.Cast<byte, int>(bytes));
        else if (width == 8) BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, long>(bytes), MemoryMarshal.Cast<byte, long>(bytes));
    }

    /// <summary>Reorders elements from column-major to row-major.</summary>
    private static T[] RowMajor<T>(T[] elements, int[] shape) where T : unmanaged
    {
        var turned = NewElements.Of<T>(elements.Length);
        var (steps, index) = (new int[shape.Length], new int[shape.Length]);
        for (int axis = 0, step = 1; axis < shape.Length; step *= shape[axis++]) steps[axis] = step;
        for (int i = 0, from = 0; i < turned.Length; i++)
        {
            turned[i] = elements[from];
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                from += steps[axis];
                if (++index[axis] < shape[axis]) break;
                from -= steps[axis] * shape[axis];
                index[axis] = 0;
            }
        }
        return turned;
    }
}
