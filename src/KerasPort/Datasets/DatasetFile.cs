namespace KerasPort.Datasets;

/// <summary>One file of a data set: an idx array of unsigned bytes, compressed with gzip or as it is.</summary>
/// <param name="Name">The name under which every place holds it, <c>.gz</c> included.</param>
/// <param name="Shape">The dimensions that its header must state.</param>
/// <param name="Sha256">
/// Of the unpacked bytes, header included, in lower-case hexadecimal. Not of the .gz: Debian compresses the files anew.
/// </param>
internal sealed record DatasetFile(string Name, int[] Shape, string Sha256)
{
    /// <summary>Where it lies in a folder: under its name, else unpacked, without <c>.gz</c>.</summary>
    public string PathIn(string folder)
    {
        string packed = Path.Combine(folder, Name), unpacked = packed[..^".gz".Length];
        return !File.Exists(packed) && File.Exists(unpacked) ? unpacked : packed;
    }

    /// <summary>The magic number, two zeros, type 0x08 for unsigned bytes and the rank; then each dimension.</summary>
    public int HeaderSize => 4 + 4 * Shape.Length;

    /// <summary>The size of the unpacked file.</summary>
    public int Size => HeaderSize + Shape.Aggregate(1, (product, dimension) => checked(product * dimension));
}
