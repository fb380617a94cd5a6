using KerasPort.Engines;
using KerasPort.Graphs;

namespace KerasPort.Pictures;

/// <summary>
/// <c>tf.image.resize</c> of one picture, by whichever thread decoded it: bilinear with the kernel's own operations, to the bit, the others by sums
/// along rows and columns.
/// </summary>
/// <param name="height">Rows of the output.</param>
/// <param name="width">Columns of the output.</param>
/// <param name="interpolation">A name of <see cref="Names"/>.</param>
/// <param name="crops">Whether what is outside of the output's proportions is cut off before.</param>
/// <param name="pads">Whether what is missing to the output's proportions is black.</param>
internal sealed class ImageResizing(int height, int width, string interpolation, bool crops, bool pads)
{
    // Folders have pictures of few sizes, or of very many.
    private const int MostTables = 64;

    private readonly Dictionary<(int, int), AlongTable> _tables = [];

    /// <summary>The interpolations that there are.</summary>
    public static IReadOnlyList<string> Names { get; } = ["bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5"];

    /// <summary>[height, width, channels], of floats; nearest leaves bytes.</summary>
    public NDArray Resize(Image image)
    {
        int left = 0, top = 0, columns = image.width, rows = image.height;
        if (crops)
        {
            rows = Math.Max(Math.Min(image.height, (int)((float)(image.width * height) / width)), 1);
            columns = Math.Max(Math.Min(image.width, (int)((float)(image.height * width) / height)), 1);
            (top, left) = ((int)((image.height - rows) / 2f), (int)((image.width - columns) / 2f));
        }
        if (!pads) return Resized(image, top, left, rows, columns, height, width);
        // tf.image.resize_with_pad: the size within, then as much black on both sides.
        float ratio = Math.Max((float)image.width / width, (float)image.height / height);
        int down = (int)MathF.Floor(image.height / ratio), across = (int)MathF.Floor(image.width / ratio);
        int above = (int)MathF.Max(0, MathF.Floor((height - image.height / ratio) / 2));
        int before = (int)MathF.Max(0, MathF.Floor((width - image.width / ratio) / 2));
        return Padded(Resized(image, 0, 0, rows, columns, Math.Max(down, 1), Math.Max(across, 1)), above, before);
    }

    private NDArray Resized(Image image, int top, int left, int rows, int columns, int toRows, int toColumns)
    {
        int channels = image.Channels;
        bool stays = rows == toRows && columns == toColumns;
        if (stays && interpolation == "nearest" && rows == image.height && columns == image.width) return new NDArray(image.Pixels, rows, columns, channels);
        var from = new float[rows * columns * channels];
        for (int y = 0; y < rows; y++)
        {
            var row = image.Pixels.AsSpan(((top + y) * image.width + left) * channels, columns * channels);
            for (int i = 0; i < row.Length; i++) from[y * row.Length + i] = row[i];
        }
        // Each of the interpolations gives a picture of the wanted size as it is.
        if (stays && interpolation != "nearest") return new NDArray(from, rows, columns, channels);
        if (interpolation == "bilinear") return new NDArray(Bilinear(from, rows, columns, channels, toRows, toColumns), toRows, toColumns, channels);
        var across = Along(from, 1, columns * channels, Table(rows, toRows));
        var all = new NDArray(Along(across, toRows, channels, Table(columns, toColumns)), toRows, toColumns, channels);
        return interpolation == "nearest" ? all.astype(DType.uint8) : all;
    }

    private static float[] Bilinear(float[] from, int rows, int columns, int channels, int toRows, int toColumns)
    {
        var to = new float[toRows * toColumns * channels];
        var (down, across) = (Places(rows, toRows), Places(columns, toColumns));
        int at = 0;
        foreach (var y in down)
        {
            int upper = y.Lower * columns * channels, lower = y.Upper * columns * channels;
            foreach (var x in across)
            {
                int before = x.Lower * channels, behind = x.Upper * channels;
                for (int c = 0; c < channels; c++, at++)
                {
                    float topLeft = from[upper + before + c], bottomLeft = from[lower + before + c];
                    float above = topLeft + (from[upper + behind + c] - topLeft) * x.Share;
                    float below = bottomLeft + (from[lower + behind + c] - bottomLeft) * x.Share;
                    to[at] = above + (below - above) * y.Share;
                }
            }
        }
        return to;
    }

    private static (int Lower, int Upper, float Share)[] Places(int inputs, int outputs)
    {
        float scale = (float)inputs / outputs;
        return [.. Enumerable.Range(0, outputs).Select(i =>
        {
            float place = (i + 0.5f) * scale - 0.5f, below = MathF.Floor(place);
            return (Math.Max((int)below, 0), Math.Min((int)MathF.Ceiling(place), inputs - 1), place - below);
        })];
    }

    private AlongTable Table(int inputs, int outputs)
    {
        lock (_tables)
        {
            if (_tables.Count > MostTables) _tables.Clear();
            if (!_tables.TryGetValue((inputs, outputs), out var table))
                _tables[(inputs, outputs)] = table = interpolation == "area" ? Areas(inputs, outputs)
                    : Resampling.Table(inputs, outputs, interpolation, antialias: false);
            return table;
        }
    }

    /// <summary>How much of each pixel lies within the output's.</summary>
    private static AlongTable Areas(int inputs, int outputs)
    {
        float scale = (float)inputs / outputs;
        return AlongTable.Of(inputs, Enumerable.Range(0, outputs).Select(j =>
        {
            float from = j * scale, to = (j + 1) * scale;
            int first = (int)MathF.Floor(from), end = Math.Min((int)MathF.Ceiling(to), inputs);
            return Enumerable.Range(first, end - first).Select(i => (i, (double)((MathF.Min(i + 1, to) - MathF.Max(i, from)) / scale)));
        }));
    }

    private static float[] Along(float[] from, int outer, int inner, AlongTable table)
    {
        var to = new float[outer * table.Outputs * inner];
        for (int o = 0; o < outer; o++)
            for (int j = 0; j < table.Outputs; j++)
                for (int k = table.Starts[j]; k < table.Starts[j + 1]; k++)
                {
                    int start = (o * table.Inputs + table.At[k]) * inner, target = (o * table.Outputs + j) * inner;
                    float weight = table.Weights[k];
                    for (int i = 0; i < inner; i++) to[target + i] += weight * from[start + i];
                }
        return to;
    }

    private NDArray Padded(NDArray image, int above, int before)
    {
        var (rows, columns, channels) = image.shape;
        float[] from = image.ToFloats(), to = new float[height * width * channels];
        for (int y = 0; y < Math.Min(rows, height - above); y++)
            from.AsSpan(y * columns * channels, Math.Min(columns, width - before) * channels).CopyTo(to.AsSpan(((above + y) * width + before) * channels));
        var padded = new NDArray(to, height, width, channels);
        return interpolation == "nearest" ? padded.astype(DType.uint8) : padded;
    }
}
