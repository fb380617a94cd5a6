namespace KerasPort.Console.Lessons;

/// <summary>
/// Resizes a picture row by row while it is read, so that a photo needn't be in memory as a whole: each new pixel is the mean of the area that it
/// covers.
/// </summary>
internal sealed class Resizing(int width, int height, int newWidth, int newHeight)
{
    private readonly (int From, float Share)[][] _across = [.. Enumerable.Range(0, newWidth).Select(i => Covered(i, width, newWidth).ToArray())];
    private readonly float[] _pixels = new float[newWidth * newHeight], _narrow = new float[newWidth];
    private int _row;

    /// <summary>The resized picture, once all rows were added.</summary>
    public Picture Picture => new(newWidth, newHeight, _pixels);

    /// <summary>Adds the next row from the top.</summary>
    public void Add(ReadOnlySpan<float> row)
    {
        for (int x = 0; x < newWidth; x++)
        {
            float mean = 0;
            foreach (var (from, share) in _across[x]) mean += share * row[from];
            _narrow[x] = mean;
        }
        // The new rows that this old row contributes to.
        int first = (int)((long)_row * newHeight / height), last = (int)((((long)_row + 1) * newHeight - 1) / height);
        for (int y = first; y <= last; y++)
        {
            float share = ShareOf(_row, y, height, newHeight);
            for (int x = 0; x < newWidth; x++) _pixels[y * newWidth + x] += share * _narrow[x];
        }
        _row++;
    }

    /// <summary>The old pixels that a new pixel covers along one axis, with their shares.</summary>
    private static IEnumerable<(int From, float Share)> Covered(int i, int old, int now)
    {
        int first = (int)((double)i * old / now), last = Math.Min((int)Math.Ceiling((double)(i + 1) * old / now), old);
        return Enumerable.Range(first, last - first).Select(from => (from, ShareOf(from, i, old, now)));
    }

    /// <summary>The share of old pixel p in new pixel i.</summary>
    private static float ShareOf(int p, int i, int old, int now)
    {
        double start = (double)i * old / now, end = (double)(i + 1) * old / now;
        return (float)(Math.Max(0, Math.Min(end, p + 1) - Math.Max(start, p)) / (end - start));
    }
}
