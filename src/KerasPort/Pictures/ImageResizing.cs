using System.Numerics.Tensors;
using KerasPort.Engines;
using KerasPort.Graphs;

namespace KerasPort.Pictures;

/// <summary>
/// Resizes pictures as <c>tf.image.resize</c> does, on the threads that decoded them: bilinear with the operations of TensorFlow's kernel, bit for bit,
/// the others by weighted sums along rows and columns.
/// </summary>
/// <param name="height">The height of the output in pixels.</param>
/// <param name="width">The width of the output in pixels.</param>
/// <param name="channels">The channels of all pictures.</param>
/// <param name="interpolation">A name of <see cref="Resampling.All"/>.</param>
/// <param name="crops">Whether pictures are cropped to the output's proportions first.</param>
/// <param name="pads">Whether pictures are padded with black to the output's proportions.</param>
internal sealed class ImageResizing(int height, int width, int channels, string interpolation, bool crops, bool pads)
{
    // Folders have either few sizes of pictures, or very many.
    private const int MostTables = 64;

    private readonly Dictionary<(int, int), AlongTable> _tables = [];
    private readonly Dictionary<(int, int), Place[]> _places = [];

    /// <summary>The number of values of a picture.</summary>
    public int Size { get; } = height * width * channels;

    /// <summary>
    /// Pictures as floats [pictures, height, width, channels]; bytes for nearest. Where no picture changes its size, the floats are stored as bytes, in a
    /// quarter of the memory.
    /// </summary>
    public NDArray Batch(int count, Func<int, Image> open)
    {
        byte[]? bytes = null;
        float[]? floats = null;
        for (int i = 0; i < count; i++)
        {
            var image = open(i);
            if (floats is null && (image.height, image.width) == (height, width))
            {
                image.Pixels.CopyTo((bytes ??= new byte[count * Size]).AsSpan(i * Size));
                continue;
            }
            if (floats is null)
            {
                floats = new float[count * Size];
                if (bytes is not null) AsFloats(bytes.AsSpan(0, i * Size), floats);
            }
            Resize(image, floats.AsSpan(i * Size, Size));
        }
        NDArray all = floats is null ? new(bytes!, count, height, width, channels) : new(floats, count, height, width, channels);
        var type = interpolation == "nearest" ? DType.uint8 : DType.float32;
        return all.dtype == type ? all : all.astype(type);
    }

    private void Resize(Image image, Span<float> to)
    {
        int left = 0, top = 0, columns = image.width, rows = image.height;
        if (crops)
        {
            rows = Math.Max(Math.Min(image.height, (int)((float)(image.width * height) / width)), 1);
            columns = Math.Max(Math.Min(image.width, (int)((float)(image.height * width) / height)), 1);
            (top, left) = ((int)((image.height - rows) / 2f), (int)((image.width - columns) / 2f));
        }
        if (!pads)
        {
            Resize(new(image, top, left, rows, columns), height, width, to);
            return;
        }
        // tf.image.resize_with_pad: resized to fit within the output, with equal black margins on both sides.
        float ratio = Math.Max((float)image.width / width, (float)image.height / height);
        int down = Math.Max((int)MathF.Floor(image.height / ratio), 1), across = Math.Max((int)MathF.Floor(image.width / ratio), 1);
        int above = (int)MathF.Max(0, MathF.Floor((height - image.height / ratio) / 2));
        int before = (int)MathF.Max(0, MathF.Floor((width - image.width / ratio) / 2));
        var inner = new float[down * across * channels];
        Resize(new(image, 0, 0, rows, columns), down, across, inner);
        to.Clear();
        for (int y = 0; y < Math.Min(down, height - above); y++)
            inner.AsSpan(y * across * channels, Math.Min(across, width - before) * channels).CopyTo(to[(((above + y) * width + before) * channels)..]);
    }

    private void Resize(Part from, int toRows, int toColumns, Span<float> to)
    {
        if (interpolation == "bilinear" && (from.Rows, from.Columns) != (toRows, toColumns))
        {
            Bilinear(from, toRows, toColumns, to);
            return;
        }
        var whole = new float[from.Rows * from.Columns * channels];
        for (int y = 0; y < from.Rows; y++) AsFloats(from.Row(y), whole.AsSpan(y * from.Columns * channels));
        // Every interpolation leaves a picture of the wanted size unchanged.
        var all = (from.Rows, from.Columns) == (toRows, toColumns) ? whole
            : Along(Along(whole, 1, from.Columns * channels, Table(from.Rows, toRows)), toRows, channels, Table(from.Columns, toColumns));
        all.CopyTo(to);
    }

    private void Bilinear(Part from, int toRows, int toColumns, Span<float> to)
    {
        var across = Places(from.Columns, toColumns);
        int at = 0;
        foreach (var y in Places(from.Rows, toRows))
        {
            ReadOnlySpan<byte> upper = from.Row(y.Lower), lower = from.Row(y.Upper);
            foreach (var x in across)
            {
                int before = x.Lower * channels, behind = x.Upper * channels;
                for (int c = 0; c < channels; c++, at++)
                {
                    float topLeft = upper[before + c], bottomLeft = lower[before + c];
                    float above = topLeft + (upper[behind + c] - topLeft) * x.Share;
                    float below = bottomLeft + (lower[behind + c] - bottomLeft) * x.Share;
                    to[at] = above + (below - above) * y.Share;
                }
            }
        }
    }

    private Place[] Places(int inputs, int outputs) => Kept(_places, (inputs, outputs), () =>
    {
        float scale = (float)inputs / outputs;
        return [.. Enumerable.Range(0, outputs).Select(i =>
        {
            float place = (i + 0.5f) * scale - 0.5f, below = MathF.Floor(place);
            return new Place(Math.Max((int)below, 0), Math.Min((int)MathF.Ceiling(place), inputs - 1), place - below);
        })];
    });

    private AlongTable Table(int inputs, int outputs) => Kept(_tables, (inputs, outputs), () =>
        Resampling.Table(inputs, outputs, interpolation, antialias: false));

    private static T Kept<T>(Dictionary<(int, int), T> tables, (int, int) sizes, Func<T> make)
    {
        lock (tables)
        {
            if (tables.TryGetValue(sizes, out var table)) return table;
            if (tables.Count > MostTables) tables.Clear();
            return tables[sizes] = make();
        }
    }

    private static void AsFloats(ReadOnlySpan<byte> from, Span<float> to) => TensorPrimitives.ConvertTruncating(from, to);

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

    /// <summary>The two inputs between which an output lies, and its share of the distance to the second.</summary>
    private readonly record struct Place(int Lower, int Upper, float Share);

    /// <summary>A rectangle of a picture.</summary>
    private readonly record struct Part(Image Image, int Top, int Left, int Rows, int Columns)
    {
        public ReadOnlySpan<byte> Row(int y) => Image.Pixels.AsSpan(((Top + y) * Image.width + Left) * Image.Channels, Columns * Image.Channels);
    }
}
