namespace KerasPort;

/// <content>Arrays as text.</content>
public sealed partial class NumpyModule
{
    /// <summary>How arrays are printed from now on; what isn't given stays.</summary>
    /// <param name="precision">Digits behind the point, at the most: 8 at first.</param>
    /// <param name="threshold">More elements than that are cut: 1000 at first.</param>
    /// <param name="edgeitems">What is left at each end of a cut axis: 3 at first.</param>
    /// <param name="linewidth">Letters in a line: 75 at first.</param>
    /// <param name="suppress">Whether small numbers are written without an exponent.</param>
    /// <param name="formatter">What writes an element, by its kind: "float", "int", "bool" or "all". It holds until the next call without one.</param>
    public void set_printoptions(int? precision = null, double? threshold = null, int? edgeitems = null, int? linewidth = null, bool? suppress = null,
        Dictionary<string, Func<double, string>>? formatter = null) =>
        PrintOptions.Current = PrintOptions.Current.With(precision, threshold, edgeitems, linewidth, suppress) with { Formatter = formatter };

    /// <summary>The same until it is disposed of: <c>using (np.printoptions(precision: 3)) print(x);</c></summary>
    /// <inheritdoc cref="set_printoptions"/>
    public IDisposable printoptions(int? precision = null, double? threshold = null, int? edgeitems = null, int? linewidth = null, bool? suppress = null,
        Dictionary<string, Func<double, string>>? formatter = null)
    {
        var before = PrintOptions.Current;
        set_printoptions(precision, threshold, edgeitems, linewidth, suppress, formatter);
        return new Restored(before);
    }

    /// <summary>An array as it is printed, in a way of its own.</summary>
    /// <param name="a">The array.</param>
    /// <param name="max_line_width">Letters in a line.</param>
    /// <param name="precision">Digits behind the point, at the most.</param>
    /// <param name="suppress_small">Whether small numbers are written without an exponent.</param>
    /// <param name="separator">What stands between elements.</param>
    /// <param name="prefix">What stands before the array: so far its other lines are moved to the right.</param>
    /// <param name="threshold">More elements than that are cut.</param>
    /// <param name="edgeitems">What is left at each end of a cut axis.</param>
    /// <param name="formatter">What writes an element, by its kind.</param>
    public string array2string(NDArray a, int? max_line_width = null, int? precision = null, bool? suppress_small = null, string separator = " ",
        string prefix = "", double? threshold = null, int? edgeitems = null, Dictionary<string, Func<double, string>>? formatter = null)
    {
        var options = PrintOptions.Current.With(precision, threshold, edgeitems, max_line_width, suppress_small);
        return (formatter is null ? options : options with { Formatter = formatter }).Text(() => a.Written(separator, prefix));
    }

    /// <summary>An array as numpy shows it: <c>array([1., 2.], dtype=float32)</c>.</summary>
    public string array_repr(NDArray arr) => arr.Repr();

    /// <summary>An array as it is printed.</summary>
    public string array_str(NDArray a) => a.ToString();

    private sealed class Restored(PrintOptions before) : IDisposable
    {
        public void Dispose() => PrintOptions.Current = before;
    }
}
