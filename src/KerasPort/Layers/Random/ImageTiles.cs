namespace KerasPort.Layers;

/// <summary>An image in tiles of equal size, each with a table that maps its values from 0 to 255. The image is mirrored to fill the last tiles.</summary>
internal sealed class ImageTiles
{
    private const int Values = 256;

    private readonly int _height, _width, _channels, _down, _across, _rows, _columns;
    private readonly double _clipLimit;
    private readonly float[] _tables;

    public ImageTiles(int height, int width, int channels, int down, int across, double clipLimit)
    {
        (_height, _width, _channels, _down, _across, _clipLimit) = (height, width, channels, down, across, clipLimit);
        (_rows, _columns) = ((height + down - 1) / down, (width + across - 1) / across);
        _tables = new float[down * across * channels * Values];
    }

    /// <summary>The number of values in an image.</summary>
    public int Size => _height * _width * _channels;

    /// <summary>Equalizes an image [height, width, channels].</summary>
    public void Equalize(ReadOnlySpan<float> x, Span<float> y)
    {
        Count(x);
        for (int table = 0; table < _tables.Length; table += Values) Sum(_tables.AsSpan(table, Values));
        for (int row = 0; row < _height; row++)
        {
            var (top, bottom, down) = Between(row, _rows, _down);
            for (int column = 0; column < _width; column++)
            {
                var (left, right, across) = Between(column, _columns, _across);
                for (int c = 0; c < _channels; c++)
                {
                    int at = (row * _width + column) * _channels + c, value = Value(x[at]);
                    float above = Table(top, left, c)[value] * (1 - across) + Table(top, right, c)[value] * across;
                    float below = Table(bottom, left, c)[value] * (1 - across) + Table(bottom, right, c)[value] * across;
                    y[at] = above * (1 - down) + below * down;
                }
            }
        }
    }

    /// <summary>Counts each value in each tile.</summary>
    private void Count(ReadOnlySpan<float> x)
    {
        Array.Clear(_tables);
        for (int row = 0; row < _rows * _down; row++)
            for (int column = 0; column < _columns * _across; column++)
                for (int c = 0; c < _channels; c++)
                    Table(row / _rows, column / _columns, c)[Value(x[(Mirrored(row, _height) * _width + Mirrored(column, _width)) * _channels + c])]++;
    }

    /// <summary>Turns the counts of a tile into its map of values.</summary>
    private void Sum(Span<float> table)
    {
        int pixels = _rows * _columns;
        if (_clipLimit > 0)
        {
            float limit = (float)(_clipLimit * pixels / Values), excess = 0;
            foreach (ref float count in table)
            {
                float clipped = Math.Min(count, limit);
                excess += count - clipped;
                count = clipped;
            }
            foreach (ref float count in table) count += excess / Values;
        }
        for (int i = 1; i < Values; i++) table[i] += table[i - 1];
        float first = table[0], others = pixels - first;
        foreach (ref float sum in table) sum = Math.Clamp((sum - first) * 255 / (others == 0 ? 1 : others), 0, 255);
    }

    private Span<float> Table(int down, int across, int channel) => _tables.AsSpan(((down * _across + across) * _channels + channel) * Values, Values);

    /// <summary>The two tiles between whose centres a pixel lies, and its relative distance from the first to the second.</summary>
    private static (int First, int Second, float Share) Between(int pixel, int size, int parts)
    {
        float place = (pixel - size / 2f) / size + 1, before = MathF.Floor(place);
        return (Math.Clamp((int)before - 1, 0, parts - 1), Math.Clamp((int)before, 0, parts - 1), place - before);
    }

    // As in Keras and numpy, an image that is too small is mirrored repeatedly.
    private static int Mirrored(int place, int count)
    {
        int within = place % (2 * count);
        return within < count ? within : 2 * count - 1 - within;
    }

    private static int Value(float value) => (int)Math.Clamp(value, 0, Values - 1);
}
