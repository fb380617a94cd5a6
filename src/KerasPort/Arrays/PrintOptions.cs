namespace KerasPort;

/// <summary>The options of printing arrays, which <c>np.set_printoptions</c> sets.</summary>
/// <param name="Precision">The most digits after the point.</param>
/// <param name="Threshold">Arrays of more elements are summarized.</param>
/// <param name="EdgeItems">The entries shown at each end of a summarized axis.</param>
/// <param name="LineWidth">Characters in a line.</param>
/// <param name="Suppress">Whether small numbers are written without an exponent.</param>
/// <param name="Formatter">Functions that format an element, by kind: "float", "int", "bool", "all", "float_kind", "int_kind".</param>
internal sealed record PrintOptions(int Precision = 8, int Threshold = 1000, int EdgeItems = 3, int LineWidth = 75, bool Suppress = false,
    IReadOnlyDictionary<string, Func<double, string>>? Formatter = null)
{
    [ThreadStatic]
    private static PrintOptions? t_here;

    private static PrintOptions s_everywhere = new();

    /// <summary>The options in effect; setting them affects every thread.</summary>
    public static PrintOptions Current
    {
        get => t_here ?? s_everywhere;
        set => s_everywhere = value;
    }

    /// <summary>These options with the given ones replaced.</summary>
    public PrintOptions With(int? precision, double? threshold, int? edgeitems, int? linewidth, bool? suppress) => this with
    {
        Precision = precision ?? Precision,
        Threshold = threshold is { } t ? (int)Math.Min(t, int.MaxValue) : Threshold,
        EdgeItems = edgeitems ?? EdgeItems,
        LineWidth = linewidth ?? LineWidth,
        Suppress = suppress ?? Suppress,
    };

    /// <summary>Runs a function under these options, which apply to this thread alone meanwhile.</summary>
    public string Text(Func<string> write)
    {
        var before = t_here;
        try
        {
            t_here = this;
            return write();
        }
        finally
        {
            t_here = before;
        }
    }

    /// <summary>The function that formats elements of that type, if one was set.</summary>
    public Func<double, string>? Writer(DType type)
    {
        if (Formatter is not { } writers) return null;
        string kind = type.Kind switch { 0 => "bool", 1 => "int", _ => "float" };
        return writers.GetValueOrDefault(kind) ?? writers.GetValueOrDefault(kind + "_kind") ?? writers.GetValueOrDefault("all");
    }
}
