namespace KerasPort.Plotting;

/// <summary>numpy's histogram: bins of equal width or of given edges, of which only the last includes its right edge.</summary>
internal static class Histogram
{
    public static double[] Edges(double[] values, Series? bins, (double From, double To)? range)
    {
        if (bins is { Text: { } name }) throw new ValueError($"`bins` must be a number of bars or their edges here. Received: bins={PythonText.Repr(name)}");
        if (bins is { Values: { Length: > 1 } edges })
        {
            for (int i = 1; i < edges.Length; i++)
                if (!(edges[i] >= edges[i - 1])) throw new ValueError("`bins` must increase monotonically, when an array");
            return edges;
        }
        double count = bins?.Values[0] ?? 10;
        if (count < 1 || count > 1_000_000 || count != Math.Floor(count))
            throw new ValueError($"`bins` must be positive, when an integer. Received: bins={PythonText.Repr(count)}");
        var (from, to) = range ?? (values.DefaultIfEmpty(0).Min(), values.DefaultIfEmpty(1).Max());
        if (!double.IsFinite(from) || !double.IsFinite(to))
            throw new ValueError($"autodetected range of [{PythonText.Repr(from)}, {PythonText.Repr(to)}] is not finite");
        if (from > to) throw new ValueError("max must be larger than min in range parameter.");
        if (from == to) (from, to) = (from - 0.5, to + 0.5);
        return [.. Enumerable.Range(0, (int)count + 1).Select(i => i == (int)count ? to : from + (to - from) / count * i)];
    }

    public static double[] Counts(double[] values, double[] edges, bool density, double[]? weights = null, bool isCumulative = false)
    {
        if (weights is not null && weights.Length != values.Length)
            throw new ValueError($"weights should have the same shape as x. Received: {weights.Length} weights for {values.Length} values");
        var counts = new double[edges.Length - 1];
        foreach (var (i, value) in values.Index())
        {
            if (!(value >= edges[0] && value <= edges[^1])) continue;
            int at = Array.BinarySearch(edges, value);
            counts[Math.Min(at >= 0 ? at : ~at - 1, counts.Length - 1)] += weights?[i] ?? 1;
        }
        double all = counts.Sum(), sum = 0;
        if (density) counts = [.. counts.Select((count, i) => count / all / (isCumulative ? 1 : edges[i + 1] - edges[i]))];
        return isCumulative ? [.. counts.Select(count => sum += count)] : counts;
    }
}
