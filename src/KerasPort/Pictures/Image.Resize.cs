namespace KerasPort.Pictures;

/// <content>
/// Resizing as in Pillow: weighted sums of bytes, with weights of 22 binary places, first along rows, then along columns, each rounded to a byte.
/// </content>
public sealed partial class Image
{
    private const int Bits = 32 - 8 - 2;

    private static readonly Dictionary<string, (double Reach, Func<double, double> Weight)> s_filters = new()
    {
        ["box"] = (0.5, x => x > -0.5 && x <= 0.5 ? 1 : 0),
        ["bilinear"] = (1, x => Math.Max(0, 1 - Math.Abs(x))),
        ["hamming"] = (1, x => Math.Abs(x) >= 1 ? 0 : Sinc(x) * (0.54 + 0.46 * Math.Cos(x * Math.PI))),
        ["bicubic"] = (2, x => Math.Abs(x) switch { < 1 and var d => (1.5 * d - 2.5) * d * d + 1, < 2 and var d => ((d - 5) * d + 8) * d * -0.5 + 2, _ => 0 }),
        ["lanczos"] = (3, x => x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0),
    };

    /// <summary>The filters that <see cref="resize"/> takes.</summary>
    internal static IEnumerable<string> Interpolations => s_filters.Keys.Prepend("nearest");

    /// <summary>The picture at another size, byte for byte as Pillow makes it.</summary>
    /// <param name="size">The width and the height, in Pillow's order.</param>
    /// <param name="resample">"nearest", "bilinear", "bicubic", "lanczos", "box" or "hamming".</param>
    /// <exception cref="ValueError">The size isn't positive or is too large, or there is no such filter.</exception>
    public Image resize((int width, int height) size, string resample = "bicubic") => Resized(size.width, size.height, resample, (0, 0, width, height));

    /// <summary>A part of the picture, given by its edges, at another size.</summary>
    internal Image Resized(int toWidth, int toHeight, string resample, (int Left, int Top, int Right, int Bottom) box)
    {
        if (toWidth < 1 || toHeight < 1 || (long)toWidth * toHeight > MostPixels)
            throw new ValueError($"height and width must be > 0 and no more than {MostPixels} pixels. Received: {toWidth} x {toHeight}");
        if (resample == "nearest") return Nearest(toWidth, toHeight, box);
        if (!s_filters.TryGetValue(resample, out var filter))
            throw new ValueError($"Invalid interpolation method {resample} specified. Supported methods are {string.Join(", ", Interpolations)}");
        var from = Channels == 4 ? Premultiplied() : Pixels;
        int rows = height;
        if (toWidth != width || box.Left != 0 || box.Right != width)
            from = Along(from, rows, width, Channels, Weights(box.Left, box.Right, width, toWidth, filter));
        if (toHeight != height || box.Top != 0 || box.Bottom != height)
            from = Along(from, 1, rows, toWidth * Channels, Weights(box.Top, box.Bottom, height, toHeight, filter));
        if (ReferenceEquals(from, Pixels)) from = [.. from];
        if (Channels == 4) Unmultiply(from);
        return new Image(toHeight, toWidth, Channels, from);
    }

    private Image Nearest(int toWidth, int toHeight, (int Left, int Top, int Right, int Bottom) box)
    {
        var to = new byte[checked(toHeight * toWidth * Channels)];
        int[] rows = Places(box.Top, box.Bottom, height, toHeight), columns = Places(box.Left, box.Right, width, toWidth);
        int at = 0;
        foreach (int row in rows)
            foreach (int column in columns)
            {
                Pixels.AsSpan((row * width + column) * Channels, Channels).CopyTo(to.AsSpan(at));
                at += Channels;
            }
        return new Image(toHeight, toWidth, Channels, to);
    }

    // The steps are added up one by one, with the rounding of each.
    private static int[] Places(int from, int to, int inputs, int outputs)
    {
        double step = (double)(to - from) / outputs, place = from + step * 0.5;
        var places = new int[outputs];
        for (int i = 0; i < outputs; i++, place += step) places[i] = Math.Min((int)place, inputs - 1);
        return places;
    }

    /// <summary>For each output of an axis the index of its first input, and the weights of its inputs.</summary>
    private static (int First, int[] Weights)[] Weights(double from, double to, int inputs, int outputs, (double Reach, Func<double, double> Weight) filter)
    {
        double scale = (to - from) / outputs, wider = Math.Max(scale, 1), reach = filter.Reach * wider;
        var all = new (int, int[])[outputs];
        for (int i = 0; i < outputs; i++)
        {
            double centre = from + (i + 0.5) * scale;
            int first = Math.Max((int)(centre - reach + 0.5), 0), end = Math.Min((int)(centre + reach + 0.5), inputs);
            var weights = new double[end - first];
            for (int k = 0; k < weights.Length; k++) weights[k] = filter.Weight((k + first - centre + 0.5) * (1 / wider));
            double sum = weights.Sum();
            all[i] = (first, Array.ConvertAll(weights, w => (int)Math.Round((sum == 0 ? w : w / sum) * (1 << Bits), MidpointRounding.AwayFromZero)));
        }
        return all;
    }

    /// <summary>Weighted sums along the middle one of three axes: outer, the axis, inner.</summary>
    private static byte[] Along(byte[] from, int outer, int length, int inner, (int First, int[] Weights)[] table)
    {
        var to = new byte[checked(outer * table.Length * inner)];
        for (int o = 0, at = 0; o < outer; o++)
        {
            foreach (var (first, weights) in table)
            {
                int start = (o * length + first) * inner;
                for (int i = 0; i < inner; i++, at++)
                {
                    int sum = 1 << (Bits - 1);
                    for (int k = 0; k < weights.Length; k++) sum += from[start + k * inner + i] * weights[k];
                    to[at] = (byte)Math.Clamp(sum >> Bits, 0, 255);
                }
            }
        }
        return to;
    }

    // Colours are weighed by their opacity.
    private byte[] Premultiplied()
    {
        var to = (byte[])Pixels.Clone();
        for (int i = 0; i < to.Length; i++)
        {
            if (i % 4 == 3) continue;
            int product = to[i] * to[i | 3] + 128;
            to[i] = (byte)(((product >> 8) + product) >> 8);
        }
        return to;
    }

    private static void Unmultiply(byte[] pixels)
    {
        for (int i = 0; i < pixels.Length; i++)
            if (i % 4 < 3 && pixels[i | 3] is > 0 and < 255 and var opacity) pixels[i] = (byte)Math.Min(255 * pixels[i] / opacity, 255);
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);
}
