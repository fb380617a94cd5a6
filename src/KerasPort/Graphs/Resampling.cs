using KerasPort.Engines;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>Resizes images x[…, height, width, channels].</summary>
    /// <param name="x">The images.</param>
    /// <param name="height">The height of the output in pixels.</param>
    /// <param name="width">The width of the output in pixels.</param>
    /// <param name="interpolation">A name of <see cref="Resampling.All"/>.</param>
    /// <param name="antialias">Whether images that become smaller are low-pass filtered.</param>
    internal Tensor Resize(Tensor x, int height, int width, string interpolation, bool antialias = false) =>
        Along(Along(x, -3, Resampling.Table(x.shape[^3]!.Value, height, interpolation, antialias)),
            -2, Resampling.Table(x.shape[^2]!.Value, width, interpolation, antialias));
}

/// <summary>
/// The weights of the pixels that each output pixel is interpolated from, along one axis: TensorFlow's formulas (<c>tf.image.resize</c>) in float32 as
/// there, with the centres of pixels at halves.
/// </summary>
internal static class Resampling
{
    // The steps between two pixels at which TensorFlow tabulates the bicubic weights.
    private const int Steps = 1024;

    // The longest side: a file may ask for any.
    private const int MostPixels = 1 << 16;

    /// <summary>The interpolations of <c>tf.image.resize</c>, of which layers have fewer.</summary>
    public static IReadOnlyList<string> All { get; } = ["bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic"];

    /// <summary>The interpolations of layers.</summary>
    public static IReadOnlyList<string> Names { get; } = ["bilinear", "nearest", "lanczos3", "lanczos5", "bicubic", "area"];

    /// <summary>The name of an interpolation in lower case.</summary>
    /// <exception cref="ValueError">There is no interpolation of that name.</exception>
    public static string Name(string? interpolation) => interpolation?.ToLowerInvariant() is { } name && Names.Contains(name) ? name
        : throw new ValueError(
            $"Invalid value for argument `interpolation`. Expected of one {PythonText.Repr(Names.ToArray())}. Received: "
                + $"interpolation={interpolation ?? "None"}");

    /// <summary>The weights for resizing an axis from one length to another.</summary>
    /// <exception cref="ValueError">The other one is longer than an image's side can be.</exception>
    public static AlongTable Table(int inputs, int outputs, string interpolation, bool antialias)
    {
        float scale = (float)inputs / outputs;
        // gaussian and mitchellcubic filter an axis that keeps its size, too, since the other axis may change.
        if (inputs == outputs && interpolation is not ("gaussian" or "mitchellcubic")) return AlongTable.Take(inputs, Enumerable.Range(0, inputs));
        if (outputs > MostPixels) throw new ValueError($"Images are resized to at most {MostPixels} pixels a side. Received: {outputs}");
        return interpolation switch
        {
            "nearest" => AlongTable.Take(inputs, Enumerable.Range(0, outputs).Select(j => Math.Min((int)MathF.Floor((j + 0.5f) * scale), inputs - 1))),
            "bilinear" when !antialias => Of(j => Linear((j + 0.5f) * scale - 0.5f, inputs)),
            "bicubic" when !antialias => Of(j => Cubic((j + 0.5f) * scale - 0.5f, inputs)),
            "area" => Areas(inputs, outputs),
            "gaussian" => Of(j => Spread(j, inputs, outputs, 1.5f, x => x >= 1.5f ? 0 : MathF.Exp(-x * x / 0.5f), antialias)),
            "mitchellcubic" => Of(j => Spread(j, inputs, outputs, 2, Mitchell, antialias)),
            "bilinear" => Of(j => Spread(j, inputs, outputs, 1, x => Math.Max(0, 1 - x), antialias)),
            "bicubic" => Of(j => Spread(j, inputs, outputs, 2, Keys, antialias)),
            _ => Of(j => Spread(j, inputs, outputs, interpolation[^1] - '0', x => Lanczos(x, interpolation[^1] - '0'), antialias)),
        };

        AlongTable Of(Func<int, IEnumerable<(int, double)>> entries) => AlongTable.Of(inputs, Enumerable.Range(0, outputs).Select(entries));
    }

    private static IEnumerable<(int, double)> Linear(float place, int inputs)
    {
        int below = (int)MathF.Floor(place);
        float share = place - below;
        return [(Math.Max(below, 0), 1 - share), (Math.Min((int)MathF.Ceiling(place), inputs - 1), share)];
    }

    private static IEnumerable<(int, double)> Cubic(float place, int inputs)
    {
        int below = (int)MathF.Floor(place), step = (int)MathF.Round((place - below) * Steps);
        return Normalized([.. Enumerable.Range(-1, 4).Where(d => below + d >= 0 && below + d < inputs)
            .Select(d => (below + d, Keys(Math.Abs(d - (float)step / Steps))))]);
    }

    /// <summary>
    /// Every pixel within a window around the output pixel's centre, weighed by its distance; with antialiasing the window widens as the image shrinks.
    /// </summary>
    private static IEnumerable<(int, double)> Spread(int j, int inputs, int outputs, float radius, Func<float, float> weight, bool antialias)
    {
        float scale = 1 / ((float)outputs / inputs), wider = antialias ? Math.Max(scale, 1) : 1, centre = (j + 0.5f) * scale, reach = radius * wider;
        int first = Math.Clamp((int)MathF.Ceiling(centre - reach - 0.5f), 0, inputs - 1),
            last = Math.Clamp((int)MathF.Floor(centre + reach - 0.5f), 0, inputs - 1);
        return Normalized([.. Enumerable.Range(first, last - first + 1).Select(i => (i, weight(Math.Abs((i + 0.5f - centre) / wider))))]);
    }

    private static IEnumerable<(int, double)> Normalized((int At, float Weight)[] entries)
    {
        float sum = entries.Sum(entry => entry.Weight);
        return entries.Select(entry => (entry.At, (double)(entry.Weight / sum)));
    }

    // Source: Keys, Cubic convolution interpolation for digital image processing (1981), with a = -1/2.
    private static float Keys(float x) =>
        x >= 2 ? 0 : x >= 1 ? ((-0.5f * x + 2.5f) * x - 4) * x + 2 : (1.5f * x - 2.5f) * x * x + 1;

    // Source: Mitchell and Netravali, Reconstruction filters in computer graphics (1988), with B = C = 1/3.
    private static float Mitchell(float x) => x >= 2 ? 0 : x >= 1 ? (((-7 / 18f * x + 2) * x) - 10 / 3f) * x + 16 / 9f : (7 / 6f * x - 2) * x * x + 8 / 9f;

    /// <summary>The overlap of each pixel with the output pixel.</summary>
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

    private static float Lanczos(float x, int radius)
    {
        if (x > radius) return 0;
        float angle = MathF.PI * x;
        return x <= 1e-3f ? 1 : radius * MathF.Sin(angle) * MathF.Sin(angle / radius) / (angle * angle);
    }
}
