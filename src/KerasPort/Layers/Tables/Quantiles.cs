namespace KerasPort.Layers;

/// <summary>
/// Quantiles of numbers that come batch by batch, as Keras' Discretization estimates them. Of each sorted batch every n-th number is kept with the
/// count that it represents; batches are merged, and thinned out by interpolation.
/// </summary>
internal sealed class Quantiles(double epsilon)
{
    private (float Value, float Weight)[] _summary = [];

    public void Add(float[] values)
    {
        float[] sorted = [.. values];
        Array.Sort(sorted, CompareNumbers);
        double step = Math.Max(sorted.Length / (1.0 / epsilon), 1);
        var kept = new List<(float, float)>();
        for (int i = (int)(step - 1); i < sorted.Length; i += (int)step) kept.Add((sorted[i], (float)step));
        _summary = Thinned([.. kept.Concat(_summary).Order(Comparer<(float Value, float)>.Create((x, y) => CompareNumbers(x.Value, y.Value)))], epsilon);
    }

    /// <summary>The boundaries between that many bins.</summary>
    public double[] Boundaries(int bins) => [.. Thinned(_summary, 1.0 / bins).SkipLast(1).Select(kept => (double)kept.Value)];

    private static (float Value, float Weight)[] Thinned((float Value, float Weight)[] summary, double epsilon)
    {
        if (summary.Length * epsilon < 1) return summary;
        float sum = 0;
        float[] sums = Array.ConvertAll(summary, kept => sum += kept.Weight);
        double[] shares = Array.ConvertAll(sums, part => (double)(part / sum)), values = Array.ConvertAll(summary, kept => (double)kept.Value);
        double[] asked = [.. Enumerable.Range(0, (int)Math.Ceiling(1 / epsilon)).Select(i => epsilon + i * epsilon)];
        double[] parts = Array.ConvertAll(asked, share => Interpolated(share, shares, Array.ConvertAll(sums, part => (double)part)));
        return [.. asked.Select((share, i) => ((float)Interpolated(share, shares, values), (float)(parts[i] - (i == 0 ? 0 : parts[i - 1]))))];
    }

    /// <summary>numpy's <c>interp</c>.</summary>
    private static double Interpolated(double x, double[] xs, double[] ys)
    {
        if (x >= xs[^1]) return ys[^1];
        int at = Array.BinarySearch(xs, x);
        // Among equal numbers the last is taken, as in numpy.
        if (at < 0) at = ~at - 1;
        while (at + 1 < xs.Length && xs[at + 1] <= x) at++;
        return at < 0 ? ys[0] : xs[at] == x ? ys[at] : (ys[at + 1] - ys[at]) / (xs[at + 1] - xs[at]) * (x - xs[at]) + ys[at];
    }

    // As in numpy, NaN is sorted last.
    private static int CompareNumbers(float x, float y) => float.IsNaN(x) ? float.IsNaN(y) ? 0 : 1 : float.IsNaN(y) ? -1 : x.CompareTo(y);
}
