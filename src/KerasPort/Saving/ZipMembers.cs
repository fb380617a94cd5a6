using System.IO.Compression;
using System.IO.Hashing;

namespace KerasPort.Saving;

/// <summary>
/// The members of a zip archive that nobody vouches for, by name and in memory: nothing is ever extracted. Lengths and CRC-32 are checked
/// here, which <see cref="ZipArchive"/> doesn't do for uncompressed members.
/// </summary>
internal sealed class ZipMembers : IDisposable
{
    private const int MostMembers = 64;

    // What is compressed by more than this isn't weights. Keras compresses nothing.
    private const long MostExpansion = 100, SmallBytes = 1 << 20;

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _members = new(StringComparer.Ordinal);

    /// <exception cref="ModelFormatException">It's no archive, or one whose names are refused.</exception>
    public ZipMembers(Stream stream)
    {
        _zip = Guarded("zip", () =>
        {
            var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            _ = zip.Entries;
            return zip;
        });
        if (_zip.Entries.Count > MostMembers) throw new ModelFormatException("zip", $"expected at most {MostMembers} members, found {_zip.Entries.Count}");
        foreach (var entry in _zip.Entries)
        {
            string name = entry.FullName;
            if (name.StartsWith('/') || name.Contains('\\') || name.Contains(':') || name.Contains('\0') || name.Split('/').Any(part => part is ".." or "."))
                throw new ModelFormatException("zip", $"a member '{name}' is refused: it names a place outside the archive");
            if (!_members.TryAdd(name, entry)) throw new ModelFormatException("zip", $"member '{name}' is there twice");
        }
    }

    /// <summary>The members' names, in the archive's order.</summary>
    public IEnumerable<string> Names => _zip.Entries.Select(e => e.FullName);

    /// <summary>The bytes that a member says it has.</summary>
    public long LengthOf(string name) => Find(name).Length;

    /// <summary>A member's bytes, of which there may be only so many.</summary>
    /// <exception cref="ModelFormatException">It isn't there, is larger, or damaged.</exception>
    public byte[] Read(string name, long most)
    {
        var entry = Find(name);
        if (entry.Length > Math.Min(most, Array.MaxLength)) throw new ModelFormatException(name, $"expected at most {most} bytes, found {entry.Length}");
        if (entry.Length > SmallBytes && entry.Length / MostExpansion > entry.CompressedLength)
            throw new ModelFormatException(name, $"{entry.CompressedLength} bytes that unpack to {entry.Length} are refused");
        return Guarded(name, () =>
        {
            using var stream = entry.Open();
            // Grows with what is really there, whatever length was claimed.
            using var content = new MemoryStream();
            byte[] part = new byte[(int)Math.Min(entry.Length + 1, 1 << 16)];
            for (int count; (count = stream.Read(part)) > 0;)
            {
                content.Write(part, 0, count);
                if (content.Length > entry.Length) break;
            }
            if (content.Length != entry.Length)
                throw new ModelFormatException(name, $"expected {entry.Length} bytes, found {(content.Length > entry.Length ? "more" : $"{content.Length}")}");
            if (Crc32.HashToUInt32(content.GetBuffer().AsSpan(0, (int)content.Length)) != entry.Crc32)
                throw new ModelFormatException(name, "it is damaged: its checksum (CRC-32) differs");
            return content.ToArray();
        });
    }

    public void Dispose() => _zip.Dispose();

    private ZipArchiveEntry Find(string name) => _members.TryGetValue(name, out var entry) ? entry
        : throw new ModelFormatException("zip", $"expected a member '{name}', " +
            $"found {(_members.Count == 0 ? "none" : string.Join(", ", _members.Keys.Select(n => $"'{n}'")))}");

    private static T Guarded<T>(string place, Func<T> read)
    {
        try
        {
            return read();
        }
        // What ZipArchive and its streams make of damage.
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or IOException
            or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new ModelFormatException(place, $"it is damaged: {e.Message}", e);
        }
    }
}
