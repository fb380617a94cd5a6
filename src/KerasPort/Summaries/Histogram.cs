namespace KerasPort.Summaries;

/// <summary>The buckets of <c>tf.summary.histogram</c>: 30 of equal width between the least and the largest value, computed in double.</summary>
internal static class Histogram
{
    private const int Buckets = 30;

    /// <summary>For each bucket its left edge, its right edge and the number of values.</summary>
    /// <remarks>If all values are equal, every edge is that value, and all are counted in the last bucket; without values, everything is 0.</remarks>
    public static double[] Of(ReadOnlySpan<float> values)
    {
        var rows = new double[Buckets * 3];
        if (values.IsEmpty) return rows;
        double least = double.PositiveInfinity, largest = double.NegativeInfinity;
        foreach (float value in values) (least, largest) = (Math.Min(least, value), Math.Max(largest, value));

        double range = largest - least, width = range / Buckets;
        for (int i = 0; i < Buckets; i++)
        {
            rows[3 * i] = range == 0 ? largest : Edge(i);
            rows[3 * i + 1] = range == 0 || i == Buckets - 1 ? largest : Edge(i + 1);
        }
        if (range == 0)
        {
            rows[^1] = values.Length;
            return rows;
        }
        foreach (float value in values)
        {
            double bucket = Math.Min(Math.Floor((value - least) / width), Buckets - 1);
            if (bucket >= 0) rows[3 * (int)bucket + 2]++;       // NaN is in no bucket
        }
        return rows;

        // As tf.linspace: the first edge itself, then multiples of the width.
        double Edge(int i) => i == 0 ? least : least + width * i;
    }
}
