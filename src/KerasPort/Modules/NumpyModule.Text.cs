namespace KerasPort;

/// <content>Arrays as text.</content>
public sealed partial class NumpyModule
{
    /// <summary>Sets the options by which arrays are printed from now on; those that aren't given stay.</summary>
    /// <param name="precision">The most digits after the point: 8 at first.</param>
    /// <param name="threshold">Arrays of more elements are summarized: 1000 at first.</param>
    /// <param name="edgeitems">Entries shown at each end of a summarized axis: 3 at first.</param>
    /// <param name="linewidth">Characters per line: 75 at first.</param>
    /// <param name="suppress">Whether small numbers are written without an exponent.</param>
    /// <param name="formatter">Functions that format an element, by kind: "float", "int", "bool" or "all". They apply until the next call without any.</param>
    public void set_printoptions(int? precision = null, double? threshold = null, int? edgeitems = null, int? linewidth = null, bool? suppress = null,
        Dictionary<string, Func<double, string>>? formatter = null) =>
        PrintOptions.Current = PrintOptions.Current.With(precision, threshold, edgeitems, linewidth, suppress) with { Formatter = formatter };

    /// <summary>Likewise until the result is disposed of: <c>using (np.printoptions(precision: 3)) print(x);</c></summary>
    /// <inheritdoc cref="set_printoptions"/>
    public IDisposable printoptions(int? precision = null, double? threshold = null, int? edgeitems = null, int? linewidth = null, bool? suppress = null,
        Dictionary<string, Func<double, string>>? formatter = null)
    {
        var before = PrintOptions.Current;
        set_printoptions(precision, threshold, edgeitems, linewidth, suppress, formatter);
        return new Restored(before);
    }

    /// <summary>The text of an array, with options of its own.</summary>
    /// <param name="a">The array.</param>
    /// <param name="max_line_width">Characters per line.</param>
    /// <param name="precision">The most digits after the point.</param>
    /// <param name="suppress_small">Whether small numbers are written without an exponent.</param>
    /// <param name="separator">The text between elements.</param>
    /// <param name="prefix">The text that will precede the array: further lines are indented by its length.</param>
    /// <param name="threshold">Arrays of more elements are summarized.</param>
    /// <param name="edgeitems">Entries shown at each end of a summarized axis.</param>
    /// <param name="formatter">Functions that format an element, by kind.</param>
    public string array2string(NDArray a, int? max_line_width = null, int? precision = null, bool? suppress_small = null, string separator = " ",
        string prefix = "", double? threshold = null, int? edgeitems = null, Dictionary<string, Func<double, string>>? formatter = null)
    {
        var options = PrintOptions.Current.With(precision, threshold, edgeitems, max_line_width, suppress_small);
        return (formatter is null ? options : options with { Formatter = formatter }).Text(() => a.Written(separator, prefix));
    }

    /// <summary>A number without an exponent, with the fewest digits that distinguish it from others of its type.</summary>
    /// <param name="x">The number.</param>
    /// <param name="precision">The most digits after the point.</param>
    /// <param name="unique">Whether to write the fewest digits that identify the number; else <paramref name="precision"/> digits.</param>
    /// <param name="trim">Trailing zeros: "k" keeps them, "." keeps only the point, "0" one zero, "-" neither.</param>
    /// <exception cref="ValueError">The precision is negative, or missing with <paramref name="unique"/> false.</exception>
    public string format_float_positional(NDArray x, int? precision = null, bool unique = true, string trim = "k")
    {
        double value = x.item();
        RequirePrecision(precision, unique);
        var (digits, exponent) = Digits(x);
        int shortest = Math.Max(digits.Length - 1 - exponent, 0), decimals = unique ? Math.Min(shortest, precision ?? shortest) : precision!.Value;
        string text = PythonFloat.Fixed(value, decimals) + (decimals == 0 ? "." : "");
        if (unique && decimals == shortest) text = PythonFloat.Sign(value) + Padded(PythonFloat.Positional(digits, exponent));
        return Trimmed(text, "", unique && trim == "k" ? "." : trim);
    }

    /// <summary>A number with an exponent, with the fewest digits that distinguish it from others of its type.</summary>
    /// <inheritdoc cref="format_float_positional"/>
    public string format_float_scientific(NDArray x, int? precision = null, bool unique = true, string trim = "k")
    {
        double value = x.item();
        RequirePrecision(precision, unique);
        var (digits, exponent) = Digits(x);
        int shortest = digits.Length - 1, decimals = unique ? Math.Min(shortest, precision ?? shortest) : precision!.Value;
        string text = decimals == shortest && unique ? PythonFloat.Sign(value) + PythonFloat.Exponential(digits, exponent) : PythonFloat.Scientific(value,
            decimals);
        int e = text.IndexOf('e', StringComparison.Ordinal);
        string mantissa = text[..e].Contains('.', StringComparison.Ordinal) ? text[..e] : text[..e] + ".";
        return Trimmed(mantissa, text[e..], unique && trim == "k" ? "." : trim);
    }

    private static void RequirePrecision(int? precision, bool unique)
    {
        if (precision < 0) throw new ValueError($"precision must be non-negative. Received: precision={precision}");
        if (!unique && precision is null) throw new ValueError("in non-unique mode `precision` must be supplied");
    }

    private static (string Digits, int Exponent) Digits(NDArray x) => x.dtype == DType.float32 ? PythonFloat.Shortest((float)x.item())
        : x.dtype == DType.float16 ? PythonFloat.Shortest((Half)x.item()) : PythonFloat.Shortest(x.item());

    private static string Padded(string text) => text.Contains('.', StringComparison.Ordinal) ? text : text + ".";

    private static string Trimmed(string mantissa, string exponent, string trim) => trim switch
    {
        "k" => mantissa,
        "." => mantissa.TrimEnd('0'),
        "0" => mantissa.TrimEnd('0') is [.., '.'] whole ? whole + "0" : mantissa.TrimEnd('0'),
        "-" => mantissa.TrimEnd('0').TrimEnd('.'),
        _ => throw new ValueError($"if supplied, trim must be 'k', '.', '0' or '-' found '{trim}'"),
    } + exponent;

    /// <summary>An integer in binary, with a minus sign or, if a width is given, as two's complement.</summary>
    /// <exception cref="ValueError">The width is too small.</exception>
    public string binary_repr(long num, int? width = null)
    {
        string magnitude = base_repr(Math.Abs(num));
        if (width is not { } wide) return num < 0 ? "-" + magnitude : magnitude;
        bool fits = wide >= magnitude.Length + (num < 0 && Math.Abs(num) != 1L << (magnitude.Length - 1) ? 1 : 0);
        if (!fits) throw new ValueError($"Insufficient bit width={wide} provided for binwidth={magnitude.Length + (num < 0 ? 1 : 0)}");
        return num < 0 ? base_repr((1L << wide) + num) : magnitude.PadLeft(wide, '0');
    }

    /// <summary>An integer in another base, with zeros in front.</summary>
    /// <exception cref="ValueError">The base isn't from 2 to 36.</exception>
    public string base_repr(long number, int @base = 2, int padding = 0)
    {
        if (@base is < 2 or > 36) throw new ValueError($"Bases {(@base < 2 ? "less than 2" : "greater than 36")} not handled in base_repr.");
        string digits = "";
        for (ulong left = (ulong)Int128.Abs(number); left > 0; left /= (ulong)@base)
            digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(int)(left % (ulong)@base)] + digits;
        digits = new string('0', padding) + digits;
        if (number == 0 && padding == 0) digits = "0";
        return number < 0 ? "-" + digits : digits;
    }

    /// <summary>The options by which arrays are printed, by the names of <see cref="set_printoptions"/>.</summary>
    public Dictionary<string, object> get_printoptions()
    {
        var now = PrintOptions.Current;
        return new()
        {
            ["precision"] = now.Precision, ["threshold"] = now.Threshold, ["edgeitems"] = now.EdgeItems, ["linewidth"] = now.LineWidth,
            ["suppress"] = now.Suppress,
        };
    }

    /// <summary>
    /// Sets the handling of floating-point errors until the result is disposed of: <c>using (np.errstate(divide: "ignore"))</c>. Only "ignore" is supported,
    /// which is always in effect: results are inf or nan, without a warning.
    /// </summary>
    /// <exception cref="ValueError">Anything other than "ignore" is asked for.</exception>
    public IDisposable errstate(string? all = null, string? divide = null, string? over = null, string? under = null, string? invalid = null)
    {
        seterr(all, divide, over, under, invalid);
        return new Restored(null);
    }

    /// <summary>Likewise, permanently.</summary>
    /// <inheritdoc cref="errstate"/>
    public void seterr(string? all = null, string? divide = null, string? over = null, string? under = null, string? invalid = null)
    {
        foreach (string? asked in (string?[])[all, divide, over, under, invalid])
            if (asked is not (null or "ignore"))
                throw new ValueError($"'{asked}' is not supported: arithmetic gives inf and nan without a warning or an error; 'ignore' is there");
    }

    /// <summary>The text that numpy shows for an array: <c>array([1., 2.], dtype=float32)</c>.</summary>
    public string array_repr(NDArray arr) => arr.Repr();

    /// <summary>The text that numpy prints for an array.</summary>
    public string array_str(NDArray a) => a.ToString();

    private sealed class Restored(PrintOptions? before) : IDisposable
    {
        public void Dispose() => PrintOptions.Current = before ?? PrintOptions.Current;
    }
}
