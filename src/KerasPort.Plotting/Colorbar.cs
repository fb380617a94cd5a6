using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

/// <summary>A bar beside axes that shows the colours of numbers: the result of <c>colorbar</c>.</summary>
public sealed class Colorbar
{
    private readonly IMapped _mapped;
    private readonly bool _isLying;
    private readonly double _fraction, _pad, _shrink, _aspect;
    private readonly string? _format;
    private double[]? _ticks;
    private string[]? _labels;
    private Wording? _label;

    internal Colorbar(IMapped mapped, Axes[] parents, bool isLying, double fraction, double pad, double shrink, double aspect, double[]? ticks, string? format)
    {
        (_mapped, Parents, _isLying, _fraction, _pad, _shrink, _aspect, _ticks, _format) =
            (mapped, parents, isLying, fraction, pad, shrink, aspect, ticks, format);
        if (!(fraction > 0 && pad >= 0 && fraction + pad < 1 && shrink > 0 && aspect > 0))
            throw new ValueError($"`fraction` and `pad` must be parts of the axes, `shrink` and `aspect` above 0. Received: fraction={fraction}, pad={pad}, "
                + $"shrink={shrink}, aspect={aspect}");
    }

    /// <summary>The axes that give up space for the bar.</summary>
    internal Axes[] Parents { get; }

    private RcParams Settings => Parents[0].Settings;

    /// <summary>Sets the label.</summary>
    public void set_label(Arg label, Series? fontsize = null, Series? size = null) =>
        _label = Wording.Of(label.ToString(), Settings.Label, fontsize ?? size, Paint.Of(Settings.ColorOf("axes.labelcolor")), null);

    /// <summary>Sets the positions of ticks, and their labels.</summary>
    /// <exception cref="ValueError">The numbers of labels and ticks differ.</exception>
    public void set_ticks(Series ticks, Series? labels = null)
    {
        (_ticks, _labels) = (ticks.Flat("ticks"), Axes.LabelsOf(labels));
        if (_labels is { } names && names.Length != _ticks.Length)
            throw new ValueError($"The number of ticks ({_ticks.Length}) does not match the number of labels ({names.Length}).");
    }

    /// <summary>Sets the labels of the ticks that <see cref="set_ticks"/> set.</summary>
    /// <exception cref="ValueError">The numbers of labels and ticks differ, or no ticks were set.</exception>
    public void set_ticklabels(Series labels) =>
        set_ticks(_ticks ?? throw new ValueError("Labels need ticks to be at: give them by `set_ticks` first."), labels);

    /// <summary>Divides the axes' boxes between the axes and the bar, as matplotlib does.</summary>
    internal (PixelRect[] Axes, PixelRect Bar) Split(PixelRect[] places)
    {
        var all = new PixelRect(places.Min(p => p.Left), places.Max(p => p.Right), places.Max(p => p.Bottom), places.Min(p => p.Top));
        double whole = _isLying ? all.Height : all.Width;
        // With one axes the gap is a fraction of the mean size of both, with several a fraction of the whole.
        double gaps = 2 * _pad / (1 - _pad), cell = whole / (2 + gaps), net = 2 * cell;
        var (axes, gap, bar) = places.Length == 1 ? (net * (1 - _fraction - _pad) / (1 - _pad), gaps * cell, net * _fraction / (1 - _pad))
            : (whole * (1 - _fraction - _pad), whole * _pad, whole * _fraction);
        double part = axes / whole;
        var left = Array.ConvertAll(places, p => _isLying
            ? new PixelRect(p.Left, p.Right, all.Top + (float)((p.Bottom - all.Top) * part), all.Top + (float)((p.Top - all.Top) * part))
            : new PixelRect(all.Left + (float)((p.Left - all.Left) * part), all.Left + (float)((p.Right - all.Left) * part), p.Bottom, p.Top));
        double length = (_isLying ? all.Width : all.Height) * _shrink, thick = Math.Min(bar, length / _aspect), at = axes + gap;
        return (left, _isLying
            ? new PixelRect((float)(all.HorizontalCenter - length / 2), (float)(all.HorizontalCenter + length / 2), (float)(all.Top + at + thick),
                (float)(all.Top + at))
            : new PixelRect((float)(all.Left + at), (float)(all.Left + at + thick), (float)(all.VerticalCenter + length / 2),
                (float)(all.VerticalCenter - length / 2)));
    }

    /// <summary>The extent to the right and downwards, with tick labels and label.</summary>
    internal (double Right, double Bottom) Reach(PixelRect place)
    {
        using var letters = new Lettering();
        double depth = Side(place).Depth(letters);
        return _isLying ? (place.Right, place.Bottom + depth) : (place.Right + depth, place.Bottom);
    }

    private (double Least, double Largest) Range
    {
        get
        {
            var (least, largest) = (_mapped.Shades.Least, _mapped.Shades.Largest);
            return largest > least ? (least, largest) : (least - 0.05, least + 0.05);
        }
    }

    private AxisSide Side(PixelRect box)
    {
        var (least, largest) = Range;
        double size = _isLying ? Settings.XTick : Settings.YTick, slack = (largest - least) * 1e-9;
        double[] at = _ticks ?? _mapped.Shades.Levels
            ?? Ticks.Linear(least, largest, (int)Math.Clamp((_isLying ? box.Width / 3 : box.Height / 2) / Artist.Point / size, 1, 9));
        // Of many levels only every second, third, … has a tick, including the one nearest to 0.
        if (_ticks is null && _mapped.Shades.Levels is not null && (at.Length + 9) / 10 is > 1 and var each)
            at = Enumerable.Range(0, each).Select(first => at.Where((_, i) => i % each == first).ToArray()).MinBy(some => some.Min(Math.Abs))!;
        var (labels, power) = _labels is { } given ? (given, "") : _format is { } format ? (Array.ConvertAll(at, v => format % v), "") : Ticks.Labels(at);
        var ticks = at.Zip(labels).Where(tick => tick.First >= least - slack && tick.First <= largest + slack);
        return new AxisSide(_isLying ? Edge.Bottom : Edge.Right, [.. ticks.Select(tick => new Tick(tick.First, tick.Second))], 0, _label, power,
            new AxisLook(size, Settings.ColorOf("ytick.color"), Settings.ColorOf("ytick.color"), AxisSide.TickLength));
    }

    internal void Draw(SKCanvas canvas, PixelRect figure, PixelRect place)
    {
        var box = Axes.Whole(place);
        using var plot = Axes.Empty(box, ColorNames.White);
        var (least, largest) = Range;
        double[] steps = [.. Enumerable.Range(0, 256).Select(i => least + (largest - least) * i / 255)];
        var shades = new Shades(least, largest, _mapped.Shades.Map) { Levels = _mapped.Shades.Levels };
        var series = (NDArray)steps;
        var colors = new AxesImage(_isLying ? series.reshape(1, 256) : series.reshape(256, 1), _isLying ? (least, largest, 0, 1) : (0, 1, least, largest), true,
            shades, null, null);
        colors.Draw(plot, v => v, v => v);
        if (_isLying) plot.Axes.SetLimits(least, largest, 0, 1);
        else plot.Axes.SetLimits(0, 1, least, largest);
        plot.Render(canvas, figure);
        Axes.Frame(canvas, box, Settings);
        using var letters = new Lettering();
        Side(box).Draw(canvas, letters, box, v => _isLying ? box.Left + (v - least) / (largest - least) * box.Width
            : box.Bottom - (v - least) / (largest - least) * box.Height);
    }
}
