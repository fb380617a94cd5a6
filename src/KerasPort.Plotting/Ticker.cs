namespace KerasPort.Plotting;

/// <summary>The positions of an axis' ticks: for <c>ax.xaxis.set_major_locator</c>.</summary>
public sealed class Locator
{
    private readonly Func<double, double, int, double[]> _places;

    internal Locator(Func<double, double, int, double[]> places) => _places = places;

    /// <summary>The ticks between two values, at most <paramref name="most"/>.</summary>
    internal double[] Between(double from, double to, int most) => _places(from, to, most);
}

/// <summary>The text of ticks: for <c>ax.yaxis.set_major_formatter</c>.</summary>
public sealed class Formatter
{
    internal Formatter(Func<double, int, string>? label) => Label = label;

    /// <summary>As Python's <c>format</c> writes it: <c>"{x:.2f}"</c>.</summary>
    public static implicit operator Formatter(string fmt) => new((value, i) => Written(fmt, value, i));

    /// <summary>The text of a tick, from its value and its index; <c>null</c> for the value itself, with as many digits as all ticks need.</summary>
    internal Func<double, int, string>? Label { get; }

    // x and pos are matplotlib's names.
    private static string Written(string fmt, double x, int pos) => fmt.Replace("{x", "{0", StringComparison.Ordinal)
        .Replace("{pos", "{1", StringComparison.Ordinal).format(x, pos);
}

/// <summary><c>matplotlib.ticker</c>: <c>ax.xaxis.set_major_locator(ticker.MaxNLocator(integer: true))</c>.</summary>
public sealed class TickerModule
{
    internal TickerModule() { }

    /// <summary>Ticks at round values, in a limited number of steps.</summary>
    /// <param name="nbins">The largest number of steps.</param>
    /// <param name="integer">Whether only at whole numbers.</param>
    /// <exception cref="ValueError"><paramref name="nbins"/> is below 1.</exception>
    public Locator MaxNLocator(int nbins = 10, bool integer = false)
    {
        if (nbins < 1) throw new ValueError($"`nbins` must be 1 or more. Received: nbins={nbins}");
        return new((from, to, most) =>
        {
            double[] places = Ticks.Linear(from, to, Math.Min(nbins, most));
            double low = Math.Ceiling(Math.Min(from, to)), high = Math.Floor(Math.Max(from, to));
            // Steps of less than 1 become steps of 1.
            return !integer || places.All(place => Math.Abs(place - Math.Round(place)) < 1e-9) || !(high - low < 100) ? places
                : [.. Enumerable.Range(0, Math.Max(0, (int)(high - low) + 1)).Select(i => low + i)];
        });
    }

    /// <summary>Ticks at the multiples of a number.</summary>
    /// <exception cref="ValueError">The number isn't above 0.</exception>
    public Locator MultipleLocator(double @base = 1) => @base > 0 ? new((from, to, _) =>
    {
        double first = Math.Ceiling(Math.Min(from, to) / @base - 1e-9), last = Math.Floor(Math.Max(from, to) / @base + 1e-9);
        return last - first < 1000 ? [.. Enumerable.Range(0, Math.Max(0, (int)(last - first) + 1)).Select(i => (first + i) * @base)]
            : throw new ValueError($"Locator attempting to generate {last - first + 1} ticks: give a larger `base`.");
    })
    : throw new ValueError($"'base' must be above 0. Received: base={PythonText.Repr(@base)}");

    /// <summary>Labels as percentages of a whole.</summary>
    /// <param name="xmax">The value of 100 %.</param>
    /// <param name="decimals">The number of decimal places.</param>
    /// <param name="symbol">The text after the number.</param>
    public Formatter PercentFormatter(double xmax = 100, int decimals = 0, string symbol = "%") =>
        new((value, _) => (value / xmax * 100).ToString("F" + decimals, System.Globalization.CultureInfo.InvariantCulture) + symbol);

    /// <summary>Labels from a function of the value and the tick's index.</summary>
    public Formatter FuncFormatter(Func<double, int, string> func) => new(func);

    /// <summary>Labels as plain numbers, even on a logarithmic axis.</summary>
    public Formatter ScalarFormatter() => new(null);

    /// <summary>No labels.</summary>
    public Formatter NullFormatter() => new((_, _) => "");

    /// <summary>Labels as Python's <c>format</c> writes them: <c>"{x:,.0f}"</c>.</summary>
    public Formatter StrMethodFormatter(string fmt) => fmt;

    /// <summary>No ticks.</summary>
    public Locator NullLocator() => new((_, _, _) => []);

    /// <summary>Ticks at these values.</summary>
    public Locator FixedLocator(Series locs)
    {
        double[] places = locs.Flat("locs");
        return new((_, _, _) => places);
    }

    /// <summary>Labels as Python's <c>%</c> writes them: <c>"%.2f"</c>.</summary>
    public Formatter FormatStrFormatter(string fmt) => new((value, _) => fmt % value);
}
