using ScottPlot;

namespace KerasPort.Plotting;

/// <summary>
/// The default settings of figures: matplotlib's <c>rcParams</c>. Sizes are points, or names that stand for a
/// multiple of <c>font.size</c>. Axes keep the settings from when they were created.
/// </summary>
public sealed class RcParams
{
    private static readonly (string Name, double Share)[] s_sizes =
    [
        ("xx-small", 0.579), ("x-small", 0.694), ("small", 0.833), ("medium", 1), ("large", 1.2), ("x-large", 1.44), ("xx-large", 1.728),
    ];

    private const string CycleKey = "axes.prop_cycle";

    private static readonly Dictionary<string, Series> s_defaults = new()
    {
        ["axes.axisbelow"] = false,
        ["axes.edgecolor"] = "black",
        ["axes.facecolor"] = "white",
        ["axes.grid"] = false,
        ["axes.labelcolor"] = "black",
        ["axes.labelsize"] = "medium",
        ["axes.linewidth"] = 0.8,
        ["axes.titlepad"] = 6,
        ["axes.titlesize"] = "large",
        ["figure.autolayout"] = false,
        ["figure.dpi"] = 100,
        ["figure.facecolor"] = "white",
        ["figure.figsize"] = (6.4, 4.8),
        ["figure.titlesize"] = "large",
        ["font.size"] = 10,
        ["grid.alpha"] = 1,
        ["grid.color"] = "#b0b0b0",
        ["grid.linestyle"] = "-",
        ["grid.linewidth"] = 0.8,
        ["image.cmap"] = "viridis",
        ["legend.fontsize"] = "medium",
        ["legend.framealpha"] = 0.8,
        ["legend.frameon"] = true,
        ["legend.loc"] = "best",
        ["lines.linewidth"] = 1.5,
        ["lines.markersize"] = 6,
        ["text.color"] = "black",
        ["xtick.color"] = "black",
        ["xtick.labelsize"] = "medium",
        ["xtick.major.size"] = 3.5,
        ["ytick.color"] = "black",
        ["ytick.labelsize"] = "medium",
        ["ytick.major.size"] = 3.5,
    };

    private readonly Dictionary<string, Series> _values;

    internal RcParams() : this(s_defaults, ColorNames.Cycle) { }

    private RcParams(Dictionary<string, Series> values, Color[] cycle) => (_values, Cycle) = (new(values), cycle);

    /// <summary>A setting: <c>plt.rcParams["figure.figsize"] = (10, 5);</c>.</summary>
    /// <exception cref="ValueError">The setting is unknown here, or the value is invalid for it.</exception>
    public Series this[string key]
    {
        get => key == CycleKey ? Series.Create([.. Cycle.Select(color => (SeriesItem)color.ToHex().ToLowerInvariant())]) : Known(key);
        set => _values[key] = Checked(key, Known(key), value);
    }

    /// <summary>Sets several at once.</summary>
    /// <exception cref="ValueError">A setting is unknown here, or a value is invalid for it.</exception>
    public void update(Dictionary<string, Series> values)
    {
        foreach (var (key, value) in values) this[key] = value;
    }

    /// <summary>The colours of successive lines.</summary>
    internal Color[] Cycle { get; private set; }

    internal double Font => _values["font.size"].Values[0];

    internal double Label => Size("axes.labelsize");

    internal double Title => Size("axes.titlesize");

    internal double SupTitle => Size("figure.titlesize");

    internal double Legend => Size("legend.fontsize");

    internal double XTick => Size("xtick.labelsize");

    internal double YTick => Size("ytick.labelsize");

    internal RcParams Copy() => new(_values, Cycle);

    internal double Number(string key) => _values[key].Values[0];

    internal Color ColorOf(string key) => ColorNames.Parse(_values[key].Text!);

    /// <summary>Takes over the settings of a style; "default" resets all.</summary>
    internal void Use(string style)
    {
        var (values, cycle) = Styles.Of(style);
        if (values is null)
        {
            foreach (var (key, value) in s_defaults) _values[key] = value;
            Cycle = ColorNames.Cycle;
            return;
        }
        update(values);
        Cycle = cycle ?? Cycle;
    }

    private Series Known(string key) => _values.TryGetValue(key, out var value) ? value
        : throw new ValueError($"{PythonText.Repr(key)} is not a setting here: expected one of {string.Join(", ", s_defaults.Keys)}");

    private double Size(string key) => _values[key] is { Text: { } name } ? Font * s_sizes.First(size => size.Name == name).Share : _values[key].Values[0];

    private static Series Checked(string key, Series before, Series value)
    {
        bool isSize = key.EndsWith("size", StringComparison.Ordinal)
            && key is not ("figure.figsize" or "lines.markersize" or "font.size" or "xtick.major.size" or "ytick.major.size");
        bool isFine = value switch
        {
            null => false,
            { Text: { } name } when key.EndsWith("linestyle", StringComparison.Ordinal) => LineFormat.StyleOf(name) is var _,
            { Text: { } name } when isSize => Array.Exists(s_sizes, size => size.Name == name),
            { Text: { } name } when key.EndsWith("color", StringComparison.Ordinal) => ColorNames.Parse(name) is var _,
            { Text: { } name } when key == "image.cmap" => Colormap.Named(name) is not null,
            { Text: not null } when key == "legend.loc" => LegendBox.PlaceOf(value) >= 0,
            { Text: not null } => false,
            _ when key == "figure.figsize" => value.Values is [> 0 and < 650, > 0 and < 650],
            _ when before.Text is not null && !isSize => false,
            _ => value.Values is [>= 0 and < 1000],
        };
        return isFine ? value! : throw new ValueError($"Key {key}: expected a value such as {PythonText.Repr(before.Text ?? (object)before.Values)}. "
            + $"Received: {(value is null ? "None" : PythonText.Repr(value.Text ?? (object)value.Values))}");
    }
}

/// <summary><c>plt.style</c>.</summary>
public sealed class StyleModule
{
    private readonly RcParams _settings;

    internal StyleModule(RcParams settings) => _settings = settings;

    /// <summary>The names of all styles.</summary>
    public IReadOnlyList<string> available => Styles.Names;

    /// <summary>Makes pictures from now on look like a style; "default" undoes it.</summary>
    /// <exception cref="ValueError">The style is unknown here.</exception>
    public void use(string style) => _settings.Use(style);
}

/// <summary>The styles, with the settings of each.</summary>
internal static class Styles
{
    private const string Deep = "4C72B0 55A868 C44E52 8172B2 CCB974 64B5CD";

    private static readonly Dictionary<string, Series> s_ggplot = new()
    {
        ["axes.facecolor"] = "#E5E5E5", ["axes.edgecolor"] = "white", ["axes.linewidth"] = 1, ["axes.grid"] = true,
        ["axes.axisbelow"] = true, ["axes.titlesize"] = "x-large",
        ["axes.labelsize"] = "large", ["axes.labelcolor"] = "#555555", ["xtick.color"] = "#555555", ["ytick.color"] = "#555555",
        ["grid.color"] = "white", ["figure.facecolor"] = "white",
    };

    private static readonly Dictionary<string, Series> s_dark = new()
    {
        ["axes.facecolor"] = "black", ["figure.facecolor"] = "black", ["text.color"] = "white", ["axes.edgecolor"] = "white",
        ["axes.labelcolor"] = "white", ["xtick.color"] = "white", ["ytick.color"] = "white", ["grid.color"] = "white",
    };

    private static readonly Dictionary<string, Series> s_seaborn = new()
    {
        ["axes.facecolor"] = "#EAEAF2", ["axes.edgecolor"] = "white", ["axes.linewidth"] = 0, ["axes.grid"] = true,
        ["axes.axisbelow"] = true, ["grid.color"] = "white",
        ["grid.linewidth"] = 1, ["text.color"] = "#262626", ["axes.labelcolor"] = "#262626", ["xtick.color"] = "#262626", ["ytick.color"] = "#262626",
        ["figure.figsize"] = (8.0, 5.5), ["axes.labelsize"] = 11, ["axes.titlesize"] = 12, ["lines.linewidth"] = 1.75, ["lines.markersize"] = 7,
        ["image.cmap"] = "Greys", ["xtick.major.size"] = 0, ["ytick.major.size"] = 0, ["legend.frameon"] = false,
    };

    private static readonly Dictionary<string, Series> s_whitegrid = new()
    {
        ["axes.facecolor"] = "white", ["axes.edgecolor"] = "#cccccc", ["axes.linewidth"] = 1, ["axes.grid"] = true,
        ["axes.axisbelow"] = true, ["grid.color"] = "#cccccc",
        ["grid.linewidth"] = 1, ["text.color"] = "#262626", ["axes.labelcolor"] = "#262626", ["xtick.color"] = "#262626", ["ytick.color"] = "#262626",
        ["image.cmap"] = "Greys", ["xtick.major.size"] = 0, ["ytick.major.size"] = 0, ["legend.frameon"] = false,
    };

    private static readonly Dictionary<string, Series> s_fivethirtyeight = new()
    {
        ["axes.facecolor"] = "#f0f0f0", ["figure.facecolor"] = "#f0f0f0", ["axes.edgecolor"] = "#f0f0f0", ["axes.linewidth"] = 3, ["axes.grid"] = true,
        ["axes.axisbelow"] = true,
        ["axes.labelsize"] = "large", ["axes.titlesize"] = "x-large", ["lines.linewidth"] = 4, ["grid.color"] = "#cbcbcb", ["grid.linewidth"] = 1,
        ["font.size"] = 14,
    };

    private static readonly Dictionary<string, (Dictionary<string, Series> Values, string? Cycle)> s_styles = new(StringComparer.Ordinal)
    {
        ["dark_background"] = (s_dark, "8dd3c7 feffb3 bfbbd9 fa8174 81b1d2 fdb462 b3de69 bc82bd ccebc4 ffed6f"),
        ["fivethirtyeight"] = (s_fivethirtyeight, "008fd5 fc4f30 e5ae38 6d904f 8b8b8b 810f7c"),
        ["ggplot"] = (s_ggplot, "E24A33 348ABD 988ED5 777777 FBC15E 8EBA42 FFB5B8"),
        ["grayscale"] = (new() { ["image.cmap"] = "gray", ["figure.facecolor"] = "0.75" }, "000000 666666 999999 b3b3b3"),
        ["seaborn-v0_8"] = (s_seaborn, Deep),
        ["seaborn-v0_8-whitegrid"] = (s_whitegrid, null),
    };

    public static IReadOnlyList<string> Names => [.. s_styles.Keys];

    /// <summary>The settings of a style; none for the default.</summary>
    /// <exception cref="ValueError">The style is unknown here.</exception>
    public static (Dictionary<string, Series>? Values, Color[]? Cycle) Of(string name)
    {
        if (name == "default") return (null, null);
        if (s_styles.TryGetValue(name, out var style))
            return (style.Values, style.Cycle is { } cycle ? [.. cycle.Split(' ').Select(color => ColorNames.Parse("#" + color))] : null);
        throw new ValueError($"{PythonText.Repr(name)} is not a valid package style here: expected 'default', "
            + string.Join(", ", s_styles.Keys.Select(key => PythonText.Repr(key))));
    }
}
