namespace KerasPort;

/// <summary>How arrays are printed, what <c>np.set_printoptions</c> sets.</summary>
/// <param name="Precision">Digits behind the point, at the most.</param>
/// <param name="Threshold">More elements than that are cut.</param>
/// <param name="EdgeItems">What is left at each end of a cut axis.</param>
/// <param name="LineWidth">Letters in a line.</param>
/// <param name="Suppress">Whether small numbers are written without an exponent.</param>
/// <param name="Formatter">What writes an element, by its kind: "float", "int", "bool", "all" and numpy's "float_kind", "int_kind".</param>
internal sealed record PrintOptions(int Precision = 8, int Threshold = 1000, int EdgeItems = 3, int LineWidth = 75, bool Suppress = false,
    IReadOnlyDictionary<string, Func<double, string>>? Formatter = null)
{
    [ThreadStatic]
    private static PrintOptions? t_here;

    private static PrintOptions s_everywhere = new();

    /// <summary>Those that hold now; what is set holds on every thread.</summary>
    public static PrintOptions Current
    {
        get => t_here ?? s_everywhere;
        set => s_everywhere = value;
    }

    /// <summary>These, but for what is given.</summary>
    public PrintOptions With(int? precision, double? threshold, int? edgeitems, int? linewidth, bool? suppress) => this with
    {
        Precision = precision ?? Precision,
        Threshold = threshold is { } t ? (int)Math.Min(t, int.MaxValue) : Threshold,
        EdgeItems = edgeitems ?? EdgeItems,
        LineWidth = linewidth ?? LineWidth,
        Suppress = suppress ?? Suppress,
    };

    /// <summary>What is written under these options, which hold for this thread and while it is.</summary>
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

    /// <summary>What writes an element of that type, where there is one.</summary>
    public Func<double, string>? Writer(DType type)
    {
        if (Formatter is not { } writers) return null;
        string kind = type.Kind switch { 0 => "bool", 1 => "int", _ => "float" };
        return writers.GetValueOrDefault(kind) ?? writers.GetValueOrDefault(kind + "_kind") ?? writers.GetValueOrDefault("all");
    }
}
