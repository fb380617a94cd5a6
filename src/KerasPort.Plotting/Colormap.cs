using ScottPlot;

namespace KerasPort.Plotting;

/// <summary>A map from numbers to colours: <c>cmap: "gray"</c> or <c>cmap: plt.cm.binary</c>.</summary>
public sealed class Colormap
{
    private readonly Func<double, Color> _color;

    private Colormap(string name, Func<double, Color> color) => (this.name, _color) = (name, color);

    /// <summary>The name in matplotlib.</summary>
    public string name { get; }

    /// <summary>The colour for a number from 0 to 1: one of 256.</summary>
    internal Color At(double x) => _color(Math.Clamp(Math.Floor(x * 256), 0, 255) / 255);

    /// <summary>The colour of a number from 0 to 1, <c>cmap(0.5)</c> in Python: red, green, blue and opacity, from 0 to 1.</summary>
    public (double red, double green, double blue, double alpha) Apply(double x)
    {
        var color = At(x);
        return (color.R / 255.0, color.G / 255.0, color.B / 255.0, color.A / 255.0);
    }

    /// <summary>The map of a name; an <c>_r</c> at the end reverses it.</summary>
    /// <exception cref="ValueError">The name is unknown.</exception>
    public static implicit operator Colormap(string name) => name is null ? null! : Named(name);

    internal static Colormap Named(string name)
    {
        bool isTurned = name.EndsWith("_r", StringComparison.Ordinal);
        if (!s_maps.TryGetValue(isTurned ? name[..^2] : name, out var map))
        {
            string known = string.Join(", ", s_maps.Keys.Order(StringComparer.Ordinal));
            throw new ValueError($"{PythonText.Repr(name)} is not a known colormap name here: expected one of {known}, or one of them with _r at its end");
        }

        return new Colormap(name, isTurned ? x => map(1 - x) : map);
    }

    private static readonly Dictionary<string, Func<double, Color>> s_maps = new(StringComparer.Ordinal)
    {
        ["gray"] = x => ColorNames.Of(x, x, x),
        ["grey"] = x => ColorNames.Of(x, x, x),
        ["binary"] = x => ColorNames.Of(1 - x, 1 - x, 1 - x),
        ["viridis"] = Of(new ScottPlot.Colormaps.Viridis()),
        ["plasma"] = Of(new ScottPlot.Colormaps.Plasma()),
        ["inferno"] = Of(new ScottPlot.Colormaps.Inferno()),
        ["magma"] = Of(new ScottPlot.Colormaps.Magma()),
        // Linear interpolation between these points, for red, green and blue.
        ["jet"] = Parts([(0, 0), (0.35, 0), (0.66, 1), (0.89, 1), (1, 0.5)], [(0, 0), (0.125, 0), (0.375, 1), (0.64, 1), (0.91, 0), (1, 0)],
            [(0, 0.5), (0.11, 1), (0.34, 1), (0.65, 0), (1, 0)]),
        ["hot"] = Parts([(0, 0.0416), (0.365079, 1), (1, 1)], [(0, 0), (0.365079, 0), (0.746032, 1), (1, 1)], [(0, 0), (0.746032, 0), (1, 1)]),
        ["cool"] = Parts([(0, 0), (1, 1)], [(0, 1), (1, 0)], [(0, 1), (1, 1)]),
        ["Greys"] = Through("ffffff f0f0f0 d9d9d9 bdbdbd 969696 737373 525252 252525 000000"),
        ["Blues"] = Through("f7fbff deebf7 c6dbef 9ecae1 6baed6 4292c6 2171b5 08519c 08306b"),
        ["Greens"] = Through("f7fcf5 e5f5e0 c7e9c0 a1d99b 74c476 41ab5d 238b45 006d2c 00441b"),
        ["Reds"] = Through("fff5f0 fee0d2 fcbba1 fc9272 fb6a4a ef3b2c cb181d a50f15 67000d"),
        ["Oranges"] = Through("fff5eb fee6ce fdd0a2 fdae6b fd8d3c f16913 d94801 a63603 7f2704"),
        ["Purples"] = Through("fcfbfd efedf5 dadaeb bcbddc 9e9ac8 807dba 6a51a3 54278f 3f007d"),
        ["YlGnBu"] = Through("ffffd9 edf8b1 c7e9b4 7fcdbb 41b6c4 1d91c0 225ea8 253494 081d58"),
        ["YlOrRd"] = Through("ffffcc ffeda0 fed976 feb24c fd8d3c fc4e2a e31a1c bd0026 800026"),
        ["bwr"] = Through("0000ff ffffff ff0000"),
        ["coolwarm"] = Through("3b4cc0 6788ee 9abbff c9d7f0 edd1c2 f7a889 e26952 b40426"),
        ["seismic"] = Through("00004c 0000ff ffffff ff0000 800000"),
        ["spring"] = Through("ff00ff ffff00"),
        ["summer"] = Through("008066 ffff66"),
        ["autumn"] = Through("ff0000 ffff00"),
        ["winter"] = Through("0000ff 00ff80"),
        ["RdYlBu"] = Through("a50026 d73027 f46d43 fdae61 fee090 ffffbf e0f3f8 abd9e9 74add1 4575b4 313695"),
        ["RdYlGn"] = Through("a50026 d73027 f46d43 fdae61 fee08b ffffbf d9ef8b a6d96a 66bd63 1a9850 006837"),
        ["tab10"] = x => ColorNames.Cycle[Math.Min((int)(x * 10), 9)],
        ["RdBu"] = Through("67001f b2182b d6604d f4a582 fddbc7 f7f7f7 d1e5f0 92c5de 4393c3 2166ac 053061"),
        ["Spectral"] = Through("9e0142 d53e4f f46d43 fdae61 fee08b ffffbf e6f598 abdda4 66c2a5 3288bd 5e4fa2"),
    };

    private static Func<double, Color> Of(IColormap map) => map.GetColor;

    private static Func<double, Color> Through(string colors)
    {
        Color[] all = [.. colors.Split(' ').Select(color => ColorNames.Parse("#" + color))];
        return x =>
        {
            int at = Math.Min((int)(x * (all.Length - 1)), all.Length - 2);
            double share = x * (all.Length - 1) - at;
            byte Mean(byte from, byte to) => (byte)Math.Round(from + (to - from) * share);
            return new Color(Mean(all[at].R, all[at + 1].R), Mean(all[at].G, all[at + 1].G), Mean(all[at].B, all[at + 1].B));
        };
    }

    private static Func<double, Color> Parts((double X, double Y)[] red, (double X, double Y)[] green, (double X, double Y)[] blue)
    {
        return x => ColorNames.Of(Between(red, x), Between(green, x), Between(blue, x));

        static double Between((double X, double Y)[] points, double x)
        {
            int at = Math.Clamp(Array.FindIndex(points, p => p.X > x) - 1, 0, points.Length - 2);
            if (x >= 1) return points[^1].Y;
            var (a, b) = (points[at], points[at + 1]);
            return a.Y + (b.Y - a.Y) * (x - a.X) / (b.X - a.X);
        }
    }
}

/// <summary><c>plt.cm</c>: the colour maps by name.</summary>
public sealed class ColormapsModule
{
    /// <summary>Black to white.</summary>
    public Colormap gray => "gray";

    /// <summary>White to black.</summary>
    public Colormap binary => "binary";

    /// <summary>Dark blue over green to yellow: the default.</summary>
    public Colormap viridis => "viridis";

    /// <summary>Dark blue over red to yellow.</summary>
    public Colormap plasma => "plasma";

    /// <summary>Black over red to light yellow.</summary>
    public Colormap inferno => "inferno";

    /// <summary>Black over purple to light yellow.</summary>
    public Colormap magma => "magma";

    /// <summary>The rainbow: blue, green, yellow, red.</summary>
    public Colormap jet => "jet";

    /// <summary>Black over red and yellow to white.</summary>
    public Colormap hot => "hot";

    /// <summary>Cyan to magenta.</summary>
    public Colormap cool => "cool";

    /// <summary>White to black, with a printer's shades.</summary>
    public Colormap Greys => "Greys";

    /// <summary>White to dark blue.</summary>
    public Colormap Blues => "Blues";

    /// <summary>White to dark green.</summary>
    public Colormap Greens => "Greens";

    /// <summary>White to dark red.</summary>
    public Colormap Reds => "Reds";

    /// <summary>Red over white to blue.</summary>
    public Colormap RdBu => "RdBu";

    /// <summary>Red over yellow to blue.</summary>
    public Colormap Spectral => "Spectral";

    /// <summary>White to dark orange.</summary>
    public Colormap Oranges => "Oranges";

    /// <summary>White to dark purple.</summary>
    public Colormap Purples => "Purples";

    /// <summary>Light yellow over green to dark blue.</summary>
    public Colormap YlGnBu => "YlGnBu";

    /// <summary>Light yellow over orange to dark red.</summary>
    public Colormap YlOrRd => "YlOrRd";

    /// <summary>Blue over grey to red.</summary>
    public Colormap coolwarm => "coolwarm";

    /// <summary>Blue over white to red.</summary>
    public Colormap bwr => "bwr";

    /// <summary>Dark blue over white to dark red.</summary>
    public Colormap seismic => "seismic";

    /// <summary>Magenta to yellow.</summary>
    public Colormap spring => "spring";

    /// <summary>Green to yellow.</summary>
    public Colormap summer => "summer";

    /// <summary>Red to yellow.</summary>
    public Colormap autumn => "autumn";

    /// <summary>Blue to green.</summary>
    public Colormap winter => "winter";

    /// <summary>Red over yellow to blue.</summary>
    public Colormap RdYlBu => "RdYlBu";

    /// <summary>Red over yellow to green.</summary>
    public Colormap RdYlGn => "RdYlGn";

    /// <summary>The ten colours of successive lines.</summary>
    public Colormap tab10 => "tab10";

    /// <summary>A colour map by its name; viridis by default.</summary>
    /// <exception cref="ValueError">The name is unknown.</exception>
    public Colormap get_cmap(string? name = null) => name ?? "viridis";
}
