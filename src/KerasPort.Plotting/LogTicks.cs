using System.Globalization;

namespace KerasPort.Plotting;

/// <summary>The positions and labels of a logarithmic axis' ticks, by matplotlib's rules. The axis' ends are exponents of ten.</summary>
internal static class LogTicks
{
    /// <summary>Powers of ten, and one beyond the axis on either side, which counts when labels are chosen.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end.</param>
    /// <param name="most">The largest number of ticks.</param>
    public static double[] Powers(double low, double high, int most)
    {
        int step = Step(low, high, most), first = (int)Math.Ceiling(low) - step;
        return [.. Enumerable.Range(0, ((int)Math.Ceiling(high) + 2 * step - first + step - 1) / step).Select(i => Math.Pow(10, first + i * step))];
    }

    /// <summary>The minor ticks: at the multiples of successive powers, and at round values where there is at most one power.</summary>
    /// <inheritdoc cref="Powers"/>
    public static double[] Between(double low, double high, int most)
    {
        if (Step(low, high, most) > 1 || Decades(low, high) > 10) return [];
        double[] all = [.. Enumerable.Range((int)Math.Floor(low), (int)Math.Ceiling(high) - (int)Math.Floor(low) + 1)
            .SelectMany(power => Enumerable.Range(2, 8).Select(digit => digit * Math.Pow(10, power)))];
        double from = Math.Pow(10, low), to = Math.Pow(10, high);
        return all.Count(value => value >= from && value <= to) > 1 ? all : Ticks.Linear(from, to, Math.Min(most, 9));
    }

    /// <summary>The label of a tick: powers of ten, and multiples of them where the axis spans at most one power.</summary>
    /// <param name="value">The value.</param>
    /// <param name="length">The axis' length, in powers.</param>
    public static string Label(double value, double length)
    {
        if (!(value > 0)) return "";
        double exponent = Math.Log10(value), near = Math.Round(exponent);
        if (Math.Abs(exponent - near) < 1e-10) return $"$10^{{{Ticks.Signed((int)near)}}}$";
        int power = (int)Math.Floor(exponent);
        double head = value / Math.Pow(10, power);
        bool isSaid = Math.Round(head) switch { 1 => true, 2 or 3 or 4 or 6 or 10 => length <= 1, _ => length <= 0.4 };
        return isSaid ? $"${head.ToString("0.###", CultureInfo.InvariantCulture)}×10^{{{Ticks.Signed(power)}}}$" : "";
    }

    /// <summary>The number of powers of ten on the axis, minus one.</summary>
    private static int Decades(double low, double high) => (int)Math.Floor(high) - (int)Math.Ceiling(low);

    /// <summary>The number of powers from tick to tick.</summary>
    private static int Step(double low, double high, int most)
    {
        int decades = Decades(low, high), step = (decades + 1) / Math.Clamp(most, 1, 9) + 1;
        return step >= decades ? Math.Max(1, decades - 1) : step;
    }
}
