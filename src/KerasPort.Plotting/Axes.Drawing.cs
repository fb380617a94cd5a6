using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace KerasPort.Plotting;

public partial class Axes
{
    private const double Margin = 0.05, TitleGap = 6;

    /// <summary>The axes whose limits are its own too, itself among them; what stands between them has no labels.</summary>
    internal IReadOnlyList<Axes>? SharedX { get; set; }

    internal IReadOnlyList<Axes>? SharedY { get; set; }

    internal bool HidesXLabels { get; set; }

    internal bool HidesYLabels { get; set; }

    /// <summary>From where to where it goes: what was said, else what is drawn and a margin.</summary>
    private (double From, double To) Limits(bool isX)
    {
        bool isLog = isX ? IsLogX : IsLogY;
        var all = (isX ? SharedX : SharedY) ?? [this];
        var (begin, end) = isX ? (_xend.Left, _xend.Right) : (_yend.Bottom, _yend.Top);
        foreach (var other in all) (begin, end) = isX ? (begin ?? other._xend.Left, end ?? other._xend.Right)
            : (begin ?? other._yend.Bottom, end ?? other._yend.Top);
        var given = isX ? _xlim : _ylim;
        var (from, to) = given ?? Auto();
        return (begin ?? from, end ?? to);

        (double, double) Auto()
        {
            Artist[] artists = [.. all.SelectMany(axes => axes.Artists)];
            double[] values = [.. artists.SelectMany(artist => isX ? artist.Xs : artist.Ys).Where(v => double.IsFinite(v) && (!isLog || v > 0)).Select(Scaled)];
            if (values.Length == 0) return isLog ? (1, 10) : (0, 1);
            var (low, high) = (values.Min(), values.Max());
            var sticky = artists.SelectMany(artist => isX ? artist.StickyXs : artist.StickyYs).Where(v => !isLog || v > 0).Select(Scaled).ToHashSet();
            if (high - low <= 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high)))
                (low, high) = low == 0 ? (-Margin, Margin) : (low - Margin * Math.Abs(low), high + Margin * Math.Abs(high));
            double margin = IsTight ? 0 : (high - low) * Margin;
            if (!sticky.Contains(low)) low -= margin;
            if (!sticky.Contains(high)) high += margin;
            return isLog ? (Math.Pow(10, low), Math.Pow(10, high)) : (low, high);
        }

        double Scaled(double value) => isLog ? Math.Log10(value) : value;
    }

    /// <summary>What is left of a place when a unit is as high as wide, in its middle.</summary>
    internal PixelRect Fitted(PixelRect box)
    {
        if (Aspect is not { } aspect || IsAspectOfLimits) return Whole(box);
        var (left, right) = Limits(true);
        var (bottom, top) = Limits(false);
        double ratio = Math.Abs((top - bottom) / (right - left)) * aspect;
        if (!double.IsFinite(ratio) || ratio == 0) return Whole(box);
        double width = Math.Min(box.Width, box.Height / ratio), height = width * ratio;
        return Whole(new PixelRect((float)(box.HorizontalCenter - width / 2), (float)(box.HorizontalCenter + width / 2),
            (float)(box.VerticalCenter + height / 2), (float)(box.VerticalCenter - height / 2)));
    }

    /// <summary>On whole pixels, so that lines are crisp.</summary>
    internal static PixelRect Whole(PixelRect box) => new(MathF.Round(box.Left), MathF.Round(box.Right), MathF.Round(box.Bottom), MathF.Round(box.Top));

    /// <summary>Draws it all.</summary>
    /// <param name="canvas">What it is drawn on.</param>
    /// <param name="figure">The whole figure.</param>
    /// <param name="box">Where its frame is.</param>
    internal void Draw(SKCanvas canvas, PixelRect figure, PixelRect box)
    {
        using var plot = Empty(box, IsOn ? Settings.ColorOf("axes.facecolor") : ColorNames.Clear);
        Func<double, double> x = IsLogX ? Math.Log10 : v => v, y = IsLogY ? Math.Log10 : v => v;
        var (left, right, bottom, top) = ScaledLimits(box);
        plot.Axes.SetLimits(left, right, bottom, top);
        if (IsTwin) plot.DataBackground.Color = ColorNames.Clear;
        foreach (var artist in _artists.OrderBy(artist => artist.Level)) artist.Draw(plot, x, y);
        if (HasGrid && IsOn)
        {
            (plot.Grid.IsVisible, plot.Grid.MajorLineColor, plot.Grid.MajorLineWidth) =
                (true, Settings.ColorOf("grid.color"), (float)(Settings.Number("grid.linewidth") * Artist.Point));
            plot.Axes.Bottom.TickGenerator = Unnamed(TicksOf(XTicks, IsLogX, left, right, box.Width, 3 * (XTicks.Size ?? Settings.XTick), _namesOfX).Ticks);
            plot.Axes.Left.TickGenerator = Unnamed(TicksOf(YTicks, IsLogY, bottom, top, box.Height, 2 * (YTicks.Size ?? Settings.YTick), _namesOfY).Ticks);
        }
        if (LegendBox is { } legend) AddLegend(plot, legend, box);
        plot.Render(canvas, figure);
        using var letters = new Lettering();
        if (IsOn)
        {
            Frame(canvas, box, Settings, spines);
            var (xSide, ySide) = Sides(box);
            xSide?.Draw(canvas, letters, box, v => box.Left + (v - left) / (right - left) * box.Width);
            ySide?.Draw(canvas, letters, box, v => box.Bottom - (v - bottom) / (top - bottom) * box.Height);
        }
        if (Title is not { } title) return;
        double above = box.Top - Above(letters, box) - TitleGap * Artist.Point;
        letters.Draw(canvas, title.Text, box.HorizontalCenter,
            above - Lettering.Height(title.Text, title.Size) * 0.5 + title.Size * Artist.Point * 0.15, title);
    }

    /// <summary>How far it reaches beyond its frame: ticks, their labels and names.</summary>
    internal (double Left, double Top, double Right, double Bottom) Overhang(PixelRect box)
    {
        using var letters = new Lettering();
        double above = Above(letters, box) + (Title is { } title ? Lettering.Height(title.Text, title.Size) * 1.1 + TitleGap * Artist.Point : 0);
        if (!IsOn) return (0, above, 0, 0);
        var (xSide, ySide) = Sides(box);
        double beside = ySide?.Depth(letters) ?? 0;
        return (IsTwin ? 0 : beside, above, IsTwin ? beside : xSide?.Beyond(letters) ?? 0, HasTicksAbove ? 0 : xSide?.Depth(letters) ?? 0);
    }

    /// <summary>A plot without frame, ticks and names, which are drawn here.</summary>
    internal static Plot Empty(PixelRect box, Color background)
    {
        PlotFont.Use();
        var plot = new Plot();
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        (plot.FigureBackground.Color, plot.DataBackground.Color) = (ColorNames.Clear, background);
        plot.Layout.Fixed(box);
        plot.Grid.IsVisible = false;
        plot.Axes.Title.IsVisible = false;
        foreach (var axis in plot.Axes.GetAxes())
        {
            (axis.FrameLineStyle.Width, axis.MajorTickStyle.Length, axis.MinorTickStyle.Length) = (0, 0, 0);
            axis.TickGenerator = new NumericManual();
            axis.Label.Text = "";
        }
        return plot;
    }

    /// <summary>The line around axes, on whole pixels.</summary>
    internal static void Frame(SKCanvas canvas, PixelRect box, RcParams settings, Spines? spines = null)
    {
        if (settings.Number("axes.linewidth") is not (> 0 and var width)) return;
        using var paint = AxisSide.Pen(canvas, settings.ColorOf("axes.edgecolor"), width);
        var (left, right, top, bottom) = (box.Left + 0.5f, box.Right - 0.5f, box.Top + 0.5f, box.Bottom - 0.5f);
        if (IsThere("left")) canvas.DrawLine(left, top, left, bottom, paint);
        if (IsThere("right")) canvas.DrawLine(right, top, right, bottom, paint);
        if (IsThere("top")) canvas.DrawLine(left, top, right, top, paint);
        if (IsThere("bottom")) canvas.DrawLine(left, bottom, right + 0.5f, bottom, paint);

        bool IsThere(string side) => spines is null || spines[side].IsVisible;
    }

    private static NumericManual Unnamed(Tick[] ticks) => new([.. ticks.Where(tick => tick.IsMajor).Select(tick => new Tick(tick.Position, ""))]);

    private (double Left, double Right, double Bottom, double Top) ScaledLimits(PixelRect box)
    {
        var (left, right) = Limits(true);
        var (bottom, top) = Limits(false);
        if (IsLogX) (left, right) = (Math.Log10(left), Math.Log10(right));
        if (IsLogY) (bottom, top) = (Math.Log10(bottom), Math.Log10(top));
        if (Aspect is { } aspect && IsAspectOfLimits) Widen(ref left, ref right, ref bottom, ref top, box, aspect);
        return (left, right, bottom, top);
    }

    private double Above(Lettering letters, PixelRect box) => IsOn && HasTicksAbove ? Sides(box).X?.Depth(letters) ?? 0 : 0;

    /// <summary>What stands below, or above, and at the left.</summary>
    private (AxisSide? X, AxisSide? Y) Sides(PixelRect box)
    {
        var (left, right, bottom, top) = ScaledLimits(box);
        var (xTicks, xPower) = TicksOf(XTicks, IsLogX, left, right, box.Width, 3 * (XTicks.Size ?? Settings.XTick), _namesOfX);
        var (yTicks, yPower) = TicksOf(YTicks, IsLogY, bottom, top, box.Height, 2 * (YTicks.Size ?? Settings.YTick), _namesOfY);
        return (
            !XTicks.IsVisible || IsTwin ? null : new AxisSide(HasTicksAbove ? Edge.Top : Edge.Bottom, HidesXLabels || !XTicks.HasLabels ? Bare(xTicks) : xTicks,
                XTicks.Rotation, HidesXLabels ? null : XLabel, HidesXLabels ? "" : xPower, Look(XTicks, Settings.XTick, "xtick.color")),
            !YTicks.IsVisible ? null : new AxisSide(IsTwin ? Edge.Right : Edge.Left, HidesYLabels || !YTicks.HasLabels ? Bare(yTicks) : yTicks,
                YTicks.Rotation, HidesYLabels ? null : YLabel, HidesYLabels ? "" : yPower, Look(YTicks, Settings.YTick, "ytick.color")));
    }

    private AxisLook Look(AxisTicks ticks, double size, string color) => new(ticks.Size ?? size, ticks.LabelColor ?? Settings.ColorOf(color),
        ticks.Color ?? Settings.ColorOf(color), ticks.HasMarks ? ticks.Length : 0);

    /// <summary>Whether it stands over others, with ticks of its own at the right.</summary>
    internal bool IsTwin { get; private init; }

    private static Tick[] Bare(Tick[] ticks) => Array.ConvertAll(ticks, tick => new Tick(tick.Position, "", tick.IsMajor));

    /// <summary>The ticks between two places of an axis, and the power of ten that their labels are to be multiplied by.</summary>
    private static (Tick[] Ticks, string Power) TicksOf(AxisTicks asked, bool isLog, double from, double to, double length, double each, string[]? names)
    {
        var (low, high) = (Math.Min(from, to), Math.Max(from, to));
        bool IsSeen(double at) => at >= low - 1e-9 * (high - low) && at <= high + 1e-9 * (high - low);
        var (places, labels) = (asked.Places, asked.Labels);
        if (places is null && names is not null) (places, labels) = ([.. Enumerable.Range(0, names.Length)], names);
        if (places is null && isLog) return ([.. Ticks.Powers(low, high).Where(tick => IsSeen(tick.Position))], "");
        double[] at = places is null
            ? [.. Ticks.Linear(from, to, (int)Math.Clamp(length / Artist.Point / each, 1, 9)).Where(IsSeen)]
            : isLog ? Array.ConvertAll(places, v => Math.Log10(v)) : places;
        string power = "";
        if (labels is null && isLog) labels = Array.ConvertAll(places!, v => PythonText.Str(v));
        if (labels is null) (labels, power) = Ticks.Labels(at);
        return ([.. at.Zip(labels).Where(tick => IsSeen(tick.First)).Select(tick => new Tick(tick.First, tick.Second))], power);
    }

    /// <summary>Makes the limits wider, around their middle, until a unit is as high as wide.</summary>
    private static void Widen(ref double left, ref double right, ref double bottom, ref double top, PixelRect box, double aspect)
    {
        double width = (right - left) / box.Width, height = (top - bottom) / box.Height * aspect;
        double unit = Math.Max(Math.Abs(width), Math.Abs(height));
        if (width == 0 || height == 0) return;
        (left, right) = Around(left, right, unit / Math.Abs(width));
        (bottom, top) = Around(bottom, top, unit / Math.Abs(height));

        static (double, double) Around(double from, double to, double by) => ((from + to) / 2 - (to - from) / 2 * by, (from + to) / 2 + (to - from) / 2 * by);
    }

    private void AddLegend(Plot plot, LegendBox legend, PixelRect box)
    {
        var labelled = _artists.Where(artist => artist.Label is { Length: > 0 } label && label[0] != '_').ToArray();
        if (labelled.Length == 0) return;
        var items = labelled.Select(artist => artist.Legend).OfType<LegendItem>().ToList();
        if (legend.Title is { } title) items.Insert(0, new LegendItem { LabelText = title, LineWidth = 0 });
        plot.Legend.ManualItems = items;
        plot.Legend.DisplayPlottableLegendItems = false;
        plot.Legend.FontColor = Settings.ColorOf("text.color");
        (plot.Legend.FontSize, plot.Legend.BackgroundColor, plot.Legend.OutlineColor, plot.Legend.ShadowColor) =
            ((float)(legend.Size * Artist.Point), Settings.ColorOf("axes.facecolor").WithAlpha(0.8), new Color(0xcc, 0xcc, 0xcc), ColorNames.Clear);
        (plot.Legend.Margin, plot.Legend.Padding, plot.Legend.SymbolWidth) = (new PixelPadding(7), new PixelPadding(6), 28);
        using var paint = ScottPlot.Paint.NewDisposablePaint();
        var size = plot.Legend.GetLayout(new PixelSize(box.Width, box.Height), paint).LegendRect;
        plot.ShowLegend(LegendPlaces.AlignmentOf(legend.Place, plot, labelled, size.Size, box, IsLogX, IsLogY));
    }
}
