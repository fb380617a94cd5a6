using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

/// <summary>A bar at the right of axes that says which number has which colour: what <c>colorbar</c> gives.</summary>
public sealed class Colorbar
{
    /// <summary>matplotlib's shares of the axes' place: what the bar takes, what is between, and how much higher than wide it is.</summary>
    private const double Share = 0.15, Between = 0.05, Slimness = 20;

    private readonly IMapped _mapped;
    private Wording? _label;

    internal Colorbar(IMapped mapped, Axes axes, Wording? label) => (_mapped, Axes, _label) = (mapped, axes, label);

    internal Axes Axes { get; }

    /// <summary>Names it.</summary>
    public void set_label(string label, Series? fontsize = null) => _label = Wording.Of(label, Axes.Settings.Label, fontsize, null, null);

    /// <summary>What is left of the axes' place, and the bar's.</summary>
    internal static (PixelRect Axes, PixelRect Bar) Split(PixelRect box)
    {
        double gaps = 2 * Between / (1 - Between), cell = box.Width / (2 + gaps), net = 2 * cell;
        double axes = net * (1 - Share - Between) / (1 - Between), left = box.Left + axes + gaps * cell;
        double width = Math.Min(net - axes, box.Height / Slimness);
        return (new PixelRect(box.Left, box.Left + (float)axes, box.Bottom, box.Top), new PixelRect((float)left, (float)(left + width), box.Bottom, box.Top));
    }

    internal void Draw(SKCanvas canvas, PixelRect figure, PixelRect place)
    {
        var box = Plotting.Axes.Whole(place);
        using var plot = Plotting.Axes.Empty(box, ColorNames.White);
        var (least, largest) = (_mapped.Shades.Least, _mapped.Shades.Largest);
        if (!(largest > least)) (least, largest) = (least - 0.05, least + 0.05);
        double[] steps = [.. Enumerable.Range(0, 256).Select(i => least + (largest - least) * i / 255)];
        var shades = new Shades(least, largest, _mapped.Shades.Map) { Levels = _mapped.Shades.Levels };
        var colors = new AxesImage(((NDArray)steps).reshape(256, 1), (0, 1, least, largest), true, shades, false, null);
        colors.Draw(plot, v => v, v => v);
        plot.Axes.SetLimits(0, 1, least, largest);
        plot.Render(canvas, figure);
        Plotting.Axes.Frame(canvas, box, Axes.Settings);
        double[] at = _mapped.Shades.Levels ?? Ticks.Linear(least, largest, (int)Math.Clamp(box.Height / Artist.Point / 20, 1, 9));
        var (labels, power) = Ticks.Labels(at);
        using var letters = new Lettering();
        new AxisSide(Edge.Right, [.. at.Zip(labels).Select(tick => new Tick(tick.First, tick.Second))], 0, _label, power,
            new AxisLook(Axes.Settings.YTick, Axes.Settings.ColorOf("ytick.color"), Axes.Settings.ColorOf("ytick.color"), AxisSide.TickLength))
            .Draw(canvas, letters, box, v => box.Bottom - (v - least) / (largest - least) * box.Height);
    }
}
