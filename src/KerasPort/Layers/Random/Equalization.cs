using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>
/// Makes all values about equally frequent: each becomes the share of values that aren't larger, channel by channel and, as in Keras, over all images
/// of a batch together. It works in training only, and has no gradient.
/// </summary>
public sealed class Equalization : RandomImageLayer
{
    /// <summary>A layer of equalization.</summary>
    /// <param name="value_range">The least and the largest value of images; 0 and 255 by default.</param>
    /// <param name="bins">The number of bins of the histogram.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">The range isn't two numbers, or there is no bin.</exception>
    public Equalization(Factor? value_range = null, int bins = 256, Shape? input_shape = null, string? name = null)
        : base(null, name, input_shape, draws: false)
    {
        if (bins < 1) throw new ValueError($"`bins` must be at least 1. Received: bins={bins}");
        (this.value_range, this.bins) = (Sorted(value_range), bins);
    }

    /// <summary>The least and the largest value of images.</summary>
    public Factor value_range { get; }

    /// <summary>The number of bins of the histogram.</summary>
    public int bins { get; }

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds) => new(x =>
    {
        int channels = x.Columns;
        var (counts, table, values) = (new long[bins], new double[bins], new float[x.Size / channels]);
        return g.OnHost(x.shape, (inputs, output) =>
        {
            for (int c = 0; c < channels; c++) Equalize(inputs[0], output, c, channels, counts, table, values);
        }, null, x);
    });

    private void Equalize(float[] x, float[] y, int channel, int channels, long[] counts, double[] table, float[] values)
    {
        double range = value_range.Second - value_range.First, up = 255 / range, down = range / 255;
        float upScale = (float)up, upOffset = (float)(0 - value_range.First * up);
        Array.Clear(counts);
        for (int i = 0; i < values.Length; i++)
        {
            float scaled = x[i * channels + channel] * upScale;
            values[i] = scaled + upOffset;
            counts[Place(values[i] * (bins - 1) / 255)]++;
        }
        bool isOneValue = counts.Count(n => n > 0) <= 1;
        long first = 0, sum = 0;
        for (int i = 0; i < bins; i++)
        {
            sum += counts[i];
            if (first == 0) first = sum;
            table[i] = sum - first;
        }
        double others = Math.Max(sum - first, 1);
        for (int i = 0; i < bins; i++) table[i] = Math.Clamp(Math.Round(table[i] * 255 / others), 0, 255);
        for (int i = 0; i < values.Length; i++)
            y[i * channels + channel] = (float)((isOneValue ? values[i] : table[Place(values[i] / 255f * (bins - 1))]) * down + value_range.First);
    }

    private int Place(float value) => (int)Math.Clamp(value, 0, bins - 1);
}
