namespace KerasPort.Datasets;

/// <summary>An idx array of unsigned bytes, compressed with gzip or as it is.</summary>
/// <param name="Name">With <c>.gz</c>.</param>
/// <param name="Shape">The dimensions that its header must state.</param>
/// <param name="Sha256">Of the unpacked bytes, header included, not of the .gz: Debian compresses the files anew.</param>
internal sealed record IdxArray(string Name, int[] Shape, string Sha256) : DatasetFile(Name, Sha256)
{
    /// <summary>Deflate never makes bytes much longer, so nothing sent by an honest server is refused.</summary>
    public override long Largest => Size + (1 << 16);

    /// <summary>Under its name, else unpacked, without <c>.gz</c>.</summary>
    public override string PathIn(string folder)
    {
        string packed = Path.Combine(folder, Name), unpacked = packed[..^".gz".Length];
        return !File.Exists(packed) && File.Exists(unpacked) ? unpacked : packed;
    }

    public override NDArray[] Read(string path) => [new NDArray(IdxFile.Read(path, this), Shape)];

    /// <summary>The magic number, two zeros, type 0x08 for unsigned bytes and the rank; then each dimension.</summary>
    public int HeaderSize => 4 + 4 * Shape.Length;

    /// <summary>The size of the unpacked file.</summary>
    public int Size => HeaderSize + Shape.Aggregate(1, (product, dimension) => checked(product * dimension));
}
