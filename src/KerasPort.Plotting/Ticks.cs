using System.Globalization;

namespace KerasPort.Plotting;

/// <summary>The positions and labels of an axis' ticks, by matplotlib's rules: steps of 1, 2, 2.5 or 5 times a power of ten, at most nine of them.</summary>
internal static class Ticks
{
    private const char Minus = '\u2212';

    private static readonly double[] s_steps = [0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5, 10, 20, 25, 50];

    /// <param name="from">One end of the axis.</param>
    /// <param name="to">The other end of the axis.</param>
    /// <param name="most">The largest number of steps, 1 to 9.</param>
    public static double[] Linear(double from, double to, int most)
    {
        var (low, high) = (Math.Min(from, to), Math.Max(from, to));
        double range = high - low;
        if (!(range > 0) || !double.IsFinite(range)) return [low];
        double scale = Math.Pow(10, Math.Floor(Math.Log10(range / most))), step = range / most / scale;
        int first = Array.FindIndex(s_steps, s => s >= step - 1e-10);
        for (int i = first; i >= 0; i--)
        {
            double width = s_steps[i] * scale, slack = 1e-10;
            double begin = Math.Ceiling(low / width - slack), end = Math.Floor(high / width + slack);
            if (end - begin < 1 && i > 0) continue;
            return [.. Enumerable.Range(0, (int)(end - begin) + 1).Select(k => (begin + k) * width)];
        }
        return [low, high];
    }

    /// <summary>The minor ticks between those: four per step of 1, 2.5 and 5, three per step of 2.</summary>
    public static double[] Between(double[] ticks, double low, double high)
    {
        if (ticks.Length < 2) return [];
        double[] sorted = [.. ticks.Order()];
        double step = sorted[1] - sorted[0], head = step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-9));
        int parts = Math.Abs(head - 2) < 1e-6 ? 4 : 5;
        double small = step / parts;
        int from = (int)Math.Ceiling((low - sorted[0]) / small - 1e-9), to = (int)Math.Floor((high - sorted[0]) / small + 1e-9);
        return [.. Enumerable.Range(from, Math.Max(0, to - from + 1)).Where(i => i % parts != 0).Select(i => sorted[0] + i * small)];
    }

    internal static string Signed(int number) => number.ToString(CultureInfo.InvariantCulture).Replace('-', Minus);

    /// <summary>The labels of ticks, all with as many digits; for large or small values also the power of ten that they are to be multiplied by.</summary>
    public static (string[] Labels, string Power) Labels(double[] ticks)
    {
        double largest = ticks.Select(Math.Abs).DefaultIfEmpty(0).Max();
        int exponent = largest > 0 ? (int)Math.Floor(Math.Log10(largest)) : 0;
        bool isScientific = exponent is < -4 or >= 6;
        double scale = isScientific ? Math.Pow(10, exponent) : 1;
        double[] shown = Array.ConvertAll(ticks, tick => tick / scale);
        int digits = 0;
        double range = shown.Length > 1 ? shown.Max() - shown.Min() : Math.Abs(shown.DefaultIfEmpty(0).First());
        double near = 1e-3 * Math.Pow(10, Math.Floor(Math.Log10(range > 0 ? range : 1)));
        while (digits < 12 && Array.Exists(shown, tick => Math.Abs(tick - Math.Round(tick, digits)) >= near)) digits++;
        return (Array.ConvertAll(shown, Label), isScientific ? $"1e{Signed(exponent)}" : "");

        string Label(double tick)
        {
            string text = tick.ToString("F" + digits, CultureInfo.InvariantCulture);
            return text.AsSpan().Trim("-0.").IsEmpty ? text.TrimStart('-') : text.Replace('-', Minus);
        }
    }
}
