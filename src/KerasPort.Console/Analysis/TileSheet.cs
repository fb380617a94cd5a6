namespace KerasPort.Console.Analysis;

/// <summary>Many small pictures of one size in rows and columns of one larger picture.</summary>
internal sealed class TileSheet(int tileWidth, int tileHeight, int columns, int rows, int gap, byte background)
{
    private readonly byte[] _pixels = Filled(Extent(columns, tileWidth, gap) * Extent(rows, tileHeight, gap), background);

    public int Width => Extent(columns, tileWidth, gap);

    public int Height => Extent(rows, tileHeight, gap);

    /// <summary>Sets a pixel of a tile.</summary>
    public void Set(int column, int row, int x, int y, byte value) =>
        _pixels[(row * (tileHeight + gap) + y) * Width + column * (tileWidth + gap) + x] = value;

    public byte[] ToPng(ReadOnlySpan<byte> palette) => Png.Encode(Width, _pixels, palette);

    private static int Extent(int count, int size, int gap) => count * (size + gap) - gap;

    private static byte[] Filled(int count, byte value)
    {
        var pixels = new byte[count];
        Array.Fill(pixels, value);
        return pixels;
    }
}
