using System.Buffers.Binary;
using System.Collections.Concurrent;
using KerasPort.Saving.Hdf5;

namespace KerasPort.Fuzz;

/// <summary>The checksums in HDF5 files. They are found by trial, independently of the reader: bytes followed by their own checksum are a block.</summary>
internal static class Hdf5Sums
{
    private static readonly ConcurrentDictionary<byte[], (int Start, int Length)[]> s_blocks = [];

    /// <summary>Corrects a damaged file's checksums, where the intact file has them.</summary>
    public static void Mend(byte[] damaged, byte[] whole)
    {
        foreach (var (start, length) in s_blocks.GetOrAdd(whole, Find))
            if (start + length + 4 <= damaged.Length) BinaryPrimitives.WriteUInt32LittleEndian(
                damaged.AsSpan(start + length), Lookup3.Of(damaged.AsSpan(start, length)));
    }

    private static (int, int)[] Find(byte[] file)
    {
        var found = new List<(int, int)>();
        for (int start = 0; start < file.Length - 8; start++)
        {
            var rest = file.AsSpan(start);
            if (!(rest.StartsWith(Hdf5File.Signature) || rest.StartsWith("OHDR"u8) || rest.StartsWith("OCHK"u8))) continue;
            for (int length = 4; length <= rest.Length - 4; length++)
            {
                if (Lookup3.Of(rest[..length]) != BinaryPrimitives.ReadUInt32LittleEndian(rest[length..])) continue;
                found.Add((start, length));
                break;
            }
        }
        return [.. found];
    }
}
