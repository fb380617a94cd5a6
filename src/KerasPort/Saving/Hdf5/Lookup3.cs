using System.Buffers.Binary;
using System.Numerics;

namespace KerasPort.Saving.Hdf5;

/// <summary>The checksum of HDF5's newer structures: Bob Jenkins' lookup3 (hashlittle) with initial value 0.</summary>
internal static class Lookup3
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint a = 0xDEADBEEF + (uint)bytes.Length, b = a, c = a;
        if (bytes.Length == 0) return c;
        // The last 1 to 12 bytes, padded with zeros, are mixed differently.
        for (; bytes.Length > 12; bytes = bytes[12..])
        {
            Add(bytes);
            a -= c; a ^= BitOperations.RotateLeft(c, 4); c += b;
            b -= a; b ^= BitOperations.RotateLeft(a, 6); a += c;
            c -= b; c ^= BitOperations.RotateLeft(b, 8); b += a;
            a -= c; a ^= BitOperations.RotateLeft(c, 16); c += b;
            b -= a; b ^= BitOperations.RotateLeft(a, 19); a += c;
            c -= b; c ^= BitOperations.RotateLeft(b, 4); b += a;
        }
        Span<byte> last = stackalloc byte[12];
        last.Clear();
        bytes.CopyTo(last);
        Add(last);
        c ^= b; c -= BitOperations.RotateLeft(b, 14);
        a ^= c; a -= BitOperations.RotateLeft(c, 11);
        b ^= a; b -= BitOperations.RotateLeft(a, 25);
        c ^= b; c -= BitOperations.RotateLeft(b, 16);
        a ^= c; a -= BitOperations.RotateLeft(c, 4);
        b ^= a; b -= BitOperations.RotateLeft(a, 14);
        c ^= b; c -= BitOperations.RotateLeft(b, 24);
        return c;

        void Add(ReadOnlySpan<byte> twelve)
        {
            a += BinaryPrimitives.ReadUInt32LittleEndian(twelve);
            b += BinaryPrimitives.ReadUInt32LittleEndian(twelve[4..]);
            c += BinaryPrimitives.ReadUInt32LittleEndian(twelve[8..]);
        }
    }
}
