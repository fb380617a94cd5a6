namespace KerasPort.Saving.Npy;

/// <summary>Arrays by name as numpy's <c>.npz</c> files hold them: a zip archive of .npy members. Nothing is unpacked to the disk.</summary>
internal static class NpzFormat
{
    /// <summary>The ending of every member's name in the archive, which programs omit.</summary>
    private const string Ending = ".npy";

    private const int MostMembers = 1 << 16;

    /// <summary>
    /// Up to this size a member may unpack from next to nothing, as an array of zeros does. A larger one must be compressed to no less than a hundredth, so
    /// that a small file can't ask for all memory.
    /// </summary>
    private const long SmallBytes = 256 << 20;

    /// <summary>The arrays' names, in the file's order.</summary>
    /// <exception cref="ValueError">It isn't an .npz file.</exception>
    public static string[] Names(Stream stream) => Opened(stream, zip => zip.Names.Select(NameOf).ToArray());

    /// <summary>The array of that name.</summary>
    /// <exception cref="ValueError">There is no such array, or its member is damaged.</exception>
    public static NDArray Read(Stream stream, string name) => Opened(stream, zip =>
    {
        string member = zip.Names.FirstOrDefault(m => NameOf(m) == name) ?? zip.Names.FirstOrDefault(m => m == name)
            ?? throw new ValueError($"{name} is not a file in the archive, which has "
                + $"{(zip.Names.Any() ? string.Join(", ", zip.Names.Select(NameOf)) : "none")}");
        try
        {
            using var content = zip.Open(member, long.MaxValue);
            return NpyFormat.Read(content, zip.LengthOf(member));
        }
        catch (ValueError e)
        {
            throw new ValueError($"{member}: {e.Message}", e);
        }
    });

    private static string NameOf(string member) => member.EndsWith(Ending, StringComparison.Ordinal) ? member[..^Ending.Length] : member;

    private static T Opened<T>(Stream stream, Func<ZipMembers, T> read)
    {
        try
        {
            stream.Position = 0;
            using var zip = new ZipMembers(stream, MostMembers, SmallBytes);
            return read(zip);
        }
        catch (ModelFormatException e)
        {
            throw new ValueError(e.Message, e);
        }
    }
}
