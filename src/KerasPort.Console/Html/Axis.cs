namespace KerasPort.Console.Html;

/// <summary>Round numbers for the ticks of an axis.</summary>
internal static class Axis
{
    /// <summary>A few ticks at steps of 1, 2 or 5 times a power of ten that cover the values; for a single value, ticks around it.</summary>
    public static double[] Ticks(double least, double most)
    {
        if (!(most > least))
        {
            double near = least == 0 ? 0.5 : Math.Abs(least) / 10;
            (least, most) = (least - near, least + near);
        }
        double rough = (most - least) / 5, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * ((rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 });
        int first = (int)Math.Floor(least / step + 1e-9), last = (int)Math.Ceiling(most / step - 1e-9);
        return [.. Enumerable.Range(first, last - first + 1).Select(i => Math.Round(i * step, 10))];
    }
}
