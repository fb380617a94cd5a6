using System.IO.Compression;
using System.IO.Hashing;

namespace KerasPort.Saving;

/// <summary>
/// The members of an untrusted zip archive, by name and in memory: nothing is ever extracted. Lengths and CRC-32 are checked
/// here, which <see cref="ZipArchive"/> doesn't do for uncompressed members.
/// </summary>
internal sealed class ZipMembers : IDisposable
{
    // Weights don't compress by more than this factor, and Keras doesn't compress at all.
    private const long MostExpansion = 100;

    private readonly ZipArchive _zip;
    private readonly long _smallBytes;
    private readonly Dictionary<string, ZipArchiveEntry> _members = new(StringComparer.Ordinal);

    /// <param name="stream">The archive.</param>
    /// <param name="mostMembers">The most members that it may have.</param>
    /// <param name="smallBytes">The size in bytes up to which a member may have any rate of compression.</param>
    /// <exception cref="ModelFormatException">It isn't an archive, or a member's name is refused.</exception>
    public ZipMembers(Stream stream, int mostMembers = 64, long smallBytes = 1 << 20)
    {
        _smallBytes = smallBytes;
        _zip = Guarded("zip", () =>
        {
            var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            _ = zip.Entries;
            return zip;
        });
        if (_zip.Entries.Count > mostMembers) throw new ModelFormatException("zip", $"expected at most {mostMembers} members, found {_zip.Entries.Count}");
        foreach (var entry in _zip.Entries)
        {
            string name = entry.FullName;
            if (!IsInside(name))
                throw new ModelFormatException("zip", $"a member '{name}' is refused: it names a place outside the archive");
            if (!_members.TryAdd(name, entry)) throw new ModelFormatException("zip", $"member '{name}' is there twice");
        }
    }

    /// <summary>Whether a member's name stays inside of the archive's folder.</summary>
    public static bool IsInside(string name) =>
        !name.StartsWith('/') && !name.Contains('\\') && !name.Contains(':') && !name.Contains('\0') && !name.Split('/').Any(part => part is ".." or ".");

    /// <summary>The members' names, in the archive's order.</summary>
    public IEnumerable<string> Names => _zip.Entries.Select(e => e.FullName);

    /// <summary>The declared length of a member, in bytes.</summary>
    public long LengthOf(string name) => Find(name).Length;

    /// <summary>A member's bytes, at most <paramref name="most"/>.</summary>
    /// <exception cref="ModelFormatException">The member is missing, larger, or damaged.</exception>
    public byte[] Read(string name, long most)
    {
        using var stream = Open(name, Math.Min(most, Array.MaxLength));
        // Grows with the bytes read, whatever length was declared.
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>A member's bytes, at most <paramref name="most"/>, as a stream. It ends only where length and checksum are right, else it throws.</summary>
    /// <exception cref="ModelFormatException">The member is missing or larger; reading throws it where the member is damaged.</exception>
    public Stream Open(string name, long most)
    {
        var entry = Find(name);
        if (entry.Length > most) throw new ModelFormatException(name, $"expected at most {most} bytes, found {entry.Length}");
        if (entry.Length > _smallBytes && entry.Length / MostExpansion > entry.CompressedLength)
            throw new ModelFormatException(name, $"{entry.CompressedLength} bytes that unpack to {entry.Length} are refused");
        return new Member(name, entry, Guarded(name, entry.Open));
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
        catch (Exception e) when (IsDamage(e))
        {
            throw Damaged(place, e);
        }
    }

    /// <summary>Whether ZipArchive or one of its streams reports damage by this exception.</summary>
    private static bool IsDamage(Exception e) => e is InvalidDataException or EndOfStreamException or IOException
        or NotSupportedException or ArgumentException or OverflowException;

    private static ModelFormatException Damaged(string place, Exception e) => new(place, $"it is damaged: {e.Message}", e);

    /// <summary>A member's unpacked bytes, checked while they are read.</summary>
    private sealed class Member(string name, ZipArchiveEntry entry, Stream content) : ReadingStream
    {
        private readonly Crc32 _checksum = new();
        private long _read;

        public override int Read(Span<byte> buffer)
        {
            int count = 0;
            // A lambda can't capture a span, so Guarded isn't used here.
            try { count = content.Read(buffer); }
            catch (Exception e) when (IsDamage(e)) { throw Damaged(name, e); }
            _checksum.Append(buffer[..count]);
            _read += count;
            if (_read > entry.Length || (count == 0 && buffer.Length > 0 && _read < entry.Length))
                throw new ModelFormatException(name, $"expected {entry.Length} bytes, found {(_read > entry.Length ? "more" : $"{_read}")}");
            if (count == 0 && buffer.Length > 0 && _checksum.GetCurrentHashAsUInt32() != entry.Crc32)
                throw new ModelFormatException(name, "it is damaged: its checksum (CRC-32) differs");
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) content.Dispose();
            base.Dispose(disposing);
        }
    }
}
