using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace KerasPort.Plotting;

public partial class Axes
{
    private const double Margin = 0.05;

    /// <summary>The axes that share their limits with these, including these; inner ones have no labels.</summary>
    internal IReadOnlyList<Axes>? SharedX { get; set; }

    internal IReadOnlyList<Axes>? SharedY { get; set; }

    internal bool HidesXLabels { get; set; }

    internal bool HidesYLabels { get; set; }

    /// <summary>The limits of an axis: as set, else those of the data and a margin.</summary>
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
            double margin = IsTight ? 0 : (high - low) * (isX ? XMargin : YMargin);
            if (!sticky.Contains(low)) low -= margin;
            if (!sticky.Contains(high)) high += margin;
            return isLog ? (Math.Pow(10, low), Math.Pow(10, high)) : (low, high);
        }

        double Scaled(double value) => isLog ? Math.Log10(value) : value;
    }

    /// <summary>The centred part of a box that remains when both axes have the same scale.</summary>
    internal PixelRect Fitted(PixelRect box)
    {
        if (Aspect is not { } aspect || IsAspectOfLimits) return Whole(box);
        var (left, right) = Limits(true);
        var (bottom, top) = Limits(false);
        double ratio = Math.Abs((top - bottom) / (right - left)) * aspect;
        if (!double.IsFinite(ratio) || ratio == 0) return Whole(box);
        double width = Math.Min(box.Width, box.Height / ratio), height = width * ratio;
        double from = box.Left + (box.Width - width) * Anchor.Across, foot = box.Bottom - (box.Height - height) * Anchor.Up;
        return Whole(new PixelRect((float)from, (float)(from + width), (float)foot, (float)(foot - height)));
    }

    /// <summary>The alignment in the box where it isn't filled: from 0, left and bottom, to 1.</summary>
    internal (double Across, double Up) Anchor { get; set; } = (0.5, 0.5);

    /// <summary>The box rounded to whole pixels, so that lines are crisp.</summary>
    internal static PixelRect Whole(PixelRect box) => new(MathF.Round(box.Left), MathF.Round(box.Right), MathF.Round(box.Bottom), MathF.Round(box.Top));

    /// <summary>Draws the axes with everything in them.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="figure">The whole figure.</param>
    /// <param name="box">The box of the frame.</param>
    /// <param name="isClear">Whether the background is transparent.</param>
    internal void Draw(SKCanvas canvas, PixelRect figure, PixelRect box, bool isClear = false)
    {
        using var plot = Empty(box, IsOn && !isClear && !IsTwin && !IsTwinAcross ? Settings.ColorOf("axes.facecolor") : ColorNames.Clear);
        Func<double, double> x = IsLogX ? Math.Log10 : v => v, y = IsLogY ? Math.Log10 : v => v;
        var (left, right, bottom, top) = ScaledLimits(box);
        plot.Axes.SetLimits(left, right, bottom, top);
        double level = Settings["axes.axisbelow"].Values is [> 0] ? Math.Min(GridLevel, 0.5) : GridLevel;
        Artist[] ordered = [.. _artists.Where(artist => artist is not Text).OrderBy(artist => artist.ZOrder ?? artist.Level)];
        foreach (var artist in ordered.TakeWhile(artist => (artist.ZOrder ?? artist.Level) <= level)) artist.Draw(plot, x, y);
        if (IsOn)
        {
            if (XGrid is { IsMajor: true } or { IsMinor: true }) plot.Add.Plottable(new Grid(AcrossTicks(box), XGrid, Settings, true));
            if (YGrid is { IsMajor: true } or { IsMinor: true }) plot.Add.Plottable(new Grid(UpTicks(box), YGrid, Settings, false));
        }
        foreach (var artist in ordered.SkipWhile(artist => (artist.ZOrder ?? artist.Level) <= level)) artist.Draw(plot, x, y);
        plot.Render(canvas, figure);
        using var letters = new Lettering();
        if (IsOn)
        {
            Frame(canvas, box, Settings, spines);
            var (xSide, ySide) = Sides(box);
            xSide?.Draw(canvas, letters, box, AcrossPlace(box));
            ySide?.Draw(canvas, letters, box, UpPlace(box));
            var (xFar, yFar) = FarSides(box);
            xFar?.Draw(canvas, letters, box, AcrossPlace(box));
            yFar?.Draw(canvas, letters, box, UpPlace(box));
        }
        foreach (var (i, title) in Titles.Index())
        {
            if (title is null) continue;
            double foot = title.Height is { } height ? box.Bottom - height * box.Height : box.Top - Above(letters, box);
            double half = letters.Width(title.Words.Text, title.Words.Size) / 2;
            double middle = i switch { 0 => box.Left + half, 1 => box.HorizontalCenter, _ => box.Right - half };
            letters.Draw(canvas, title.Words.Text, middle, foot - title.Pad * Artist.Point - Lettering.Height(title.Words.Text, title.Words.Size) * 0.5
                + title.Words.Size * Artist.Point * 0.15, title.Words);
        }
        // Texts are drawn last and may extend beyond the frame.
        Func<double, double> toX = AcrossPlace(box), toY = UpPlace(box);
        foreach (var text in _artists.OfType<Text>().OrderBy(text => text.ZOrder ?? text.Level))
            text.Draw(canvas, letters, box, v => toX(x(v)), v => toY(y(v)));
        if (LegendOf(box) is var (drawing, place)) drawing.Draw(canvas, place);
    }

    /// <summary>The extent beyond the frame: ticks, their labels, axis labels and a legend beside it.</summary>
    internal (double Left, double Top, double Right, double Bottom) Overhang(PixelRect box)
    {
        using var letters = new Lettering();
        double above = Above(letters, box) + Titles.OfType<Heading>().Where(title => title.Height is null)
            .Select(title => Lettering.Height(title.Words.Text, title.Words.Size) * 1.1 + title.Pad * Artist.Point).DefaultIfEmpty(0).Max();
        var (left, top, right, bottom) = (0.0, above, 0.0, 0.0);
        if (IsOn)
        {
            var (xSide, ySide) = Sides(box);
            double beside = ySide?.Depth(letters) ?? 0, below = xSide?.Depth(letters) ?? 0;
            var (before, after) = xSide?.Beyond(letters, box, AcrossPlace(box)) ?? default;
            var (over, under) = ySide?.Beyond(letters, box, UpPlace(box)) ?? default;
            bool isRight = IsTwin != YTicks.IsOpposite;
            left = Math.Max(before, isRight ? 0 : beside);
            right = Math.Max(after, (isRight ? ySide : FarSides(box).Y)?.Depth(letters) ?? 0);
            bottom = Math.Max(under, IsAbove ? 0 : below);
            top = Math.Max(top, over);
        }
        if (LegendBox is { Anchor: not null } && LegendOf(box) is var (_, place))
        {
            (left, right) = (Math.Max(left, box.Left - place.Left), Math.Max(right, place.Right - box.Right));
            (top, bottom) = (Math.Max(top, box.Top - place.Top), Math.Max(bottom, place.Bottom - box.Bottom));
        }
        return (left, top, right, bottom);
    }

    private Func<double, double> AcrossPlace(PixelRect box)
    {
        var (left, right, _, _) = ScaledLimits(box);
        return v => box.Left + (v - left) / (right - left) * box.Width;
    }

    private Func<double, double> UpPlace(PixelRect box)
    {
        var (_, _, bottom, top) = ScaledLimits(box);
        return v => box.Bottom - (v - bottom) / (top - bottom) * box.Height;
    }

    /// <summary>A plot without frame, ticks and labels, which are drawn here.</summary>
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

    /// <summary>The line around the axes, on whole pixels.</summary>
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

    private (double Left, double Right, double Bottom, double Top) ScaledLimits(PixelRect box)
    {
        var (left, right) = Limits(true);
        var (bottom, top) = Limits(false);
        if (IsLogX) (left, right) = (Math.Log10(left), Math.Log10(right));
        if (IsLogY) (bottom, top) = (Math.Log10(bottom), Math.Log10(top));
        if (Aspect is { } aspect && IsAspectOfLimits) Widen(ref left, ref right, ref bottom, ref top, box, aspect);
        return (left, right, bottom, top);
    }

    private double Above(Lettering letters, PixelRect box)
    {
        if (!IsOn) return 0;
        var (x, y) = Sides(box);
        double depth = (IsAbove ? x : FarSides(box).X)?.Depth(letters) ?? 0;
        return Math.Max(depth, y?.PowerHeight ?? 0);
    }

    /// <summary>Whether the ticks and labels of x are above the axes.</summary>
    private bool IsAbove => HasTicksAbove || IsTwinAcross != XTicks.IsOpposite;

    private (Tick[] Ticks, string Power) AcrossTicksAndPower(PixelRect box)
    {
        var (left, right, _, _) = ScaledLimits(box);
        return TicksOf(XTicks, IsLogX, left, right, box.Width, 3 * (XTicks.Size ?? Settings.XTick), _namesOfX);
    }

    private (Tick[] Ticks, string Power) UpTicksAndPower(PixelRect box)
    {
        var (_, _, bottom, top) = ScaledLimits(box);
        return TicksOf(YTicks, IsLogY, bottom, top, box.Height, 2 * (YTicks.Size ?? Settings.YTick), _namesOfY);
    }

    private Tick[] AcrossTicks(PixelRect box) => AcrossTicksAndPower(box).Ticks;

    private Tick[] UpTicks(PixelRect box) => UpTicksAndPower(box).Ticks;

    /// <summary>The ticks and labels below or above the axes, and to their left or right.</summary>
    private (AxisSide? X, AxisSide? Y) Sides(PixelRect box)
    {
        var (xTicks, xPower) = AcrossTicksAndPower(box);
        var (yTicks, yPower) = UpTicksAndPower(box);
        return (
            !XTicks.IsVisible || IsTwin ? null : new AxisSide(IsAbove ? Edge.Top : Edge.Bottom, HidesXLabels || !XTicks.HasLabels ? Bare(xTicks) : xTicks,
                XTicks.Rotation, XLabel, HidesXLabels ? "" : xPower, Look(XTicks, Settings.XTick, "xtick")),
            !YTicks.IsVisible || IsTwinAcross ? null : new AxisSide(IsTwin != YTicks.IsOpposite ? Edge.Right : Edge.Left,
                HidesYLabels || !YTicks.HasLabels ? Bare(yTicks) : yTicks, YTicks.Rotation, YLabel, HidesYLabels ? "" : yPower,
                Look(YTicks, Settings.YTick, "ytick")));
    }

    /// <summary>The ticks and labels on the opposite sides, as set by <c>tick_params</c>.</summary>
    private (AxisSide? X, AxisSide? Y) FarSides(PixelRect box)
    {
        return (Far(XTicks, AcrossTicks, IsAbove ? Edge.Bottom : Edge.Top, Settings.XTick, "xtick"),
            Far(YTicks, UpTicks, IsTwin != YTicks.IsOpposite ? Edge.Left : Edge.Right, Settings.YTick, "ytick"));

        AxisSide? Far(AxisTicks ticks, Func<PixelRect, Tick[]> places, Edge edge, double size, string axis) =>
            !ticks.HasFarMarks && !ticks.HasFarLabels ? null
                : new AxisSide(edge, ticks.HasFarLabels ? places(box) : Bare(places(box)), ticks.Rotation, null, "",
                    Look(ticks, size, axis) with { Length = ticks.HasFarMarks ? ticks.Length ?? Settings.Number(axis + ".major.size") : 0 });
    }

    private AxisLook Look(AxisTicks ticks, double size, string axis) => new(ticks.Size ?? size, ticks.LabelColor ?? Settings.ColorOf(axis + ".color"),
        ticks.Color ?? Settings.ColorOf(axis + ".color"), ticks.HasMarks ? ticks.Length ?? Settings.Number(axis + ".major.size") : 0, ticks.NameGap,
        ticks.Side ?? 0);

    /// <summary>Whether the axes lie over others, with a y axis of their own on the right.</summary>
    internal bool IsTwin { get; private init; }

    /// <summary>The same with an x axis of their own above.</summary>
    internal bool IsTwinAcross { get; private init; }

    private static Tick[] Bare(Tick[] ticks) => Array.ConvertAll(ticks, tick => new Tick(tick.Position, "", tick.IsMajor));

    /// <summary>The ticks between two values of an axis, and the power of ten by which their labels are to be multiplied.</summary>
    private static (Tick[] Ticks, string Power) TicksOf(AxisTicks asked, bool isLog, double from, double to, double length, double each, string[]? names)
    {
        var (low, high) = (Math.Min(from, to), Math.Max(from, to));
        bool IsSeen(double at) => at >= low - 1e-9 * (high - low) && at <= high + 1e-9 * (high - low);
        var (places, labels) = (asked.Places, asked.Labels);
        if (places is null && names is not null) (places, labels) = ([.. Enumerable.Range(0, names.Length)], names);
        int most = (int)Math.Clamp(length / Artist.Point / each, 1, 50);
        double Scaled(double value) => isLog ? Math.Log10(value) : value;
        double Value(double scaled) => isLog ? Math.Pow(10, scaled) : scaled;
        double[] Seen(double[] values) => [.. values.Where(value => IsSeen(Scaled(value)))];
        double[] at = places ?? (asked.Locator is { } locator ? Seen(locator.Between(Value(from), Value(to), most))
            : isLog ? LogTicks.Powers(low, high, most) : Seen(Ticks.Linear(from, to, Math.Min(most, 9))));
        string power = "";
        if (labels is null && asked.Formatter is { Label: { } label }) labels = [.. at.Select(label)];
        if (labels is null && asked.Formatter is null && isLog) labels = Array.ConvertAll(at, value => LogTicks.Label(value, high - low));
        if (labels is null) (labels, power) = Ticks.Labels(at);
        double[] small = asked.MinorPlaces ?? asked.MinorLocator?.Between(Value(from), Value(to), most)
            ?? (isLog ? LogTicks.Between(low, high, most) : asked.HasMinor ? Ticks.Between(at, low, high) : []);
        small = [.. small.Where(value => !at.Any(large => Math.Abs(value - large) <= 1e-9 * Math.Abs(large)))];
        string[] words = asked.MinorFormatter is { Label: { } said } ? [.. small.Select(said)] : asked.MinorFormatter is not null ? Ticks.Labels(small).Labels
            : Array.ConvertAll(small, value => isLog && asked.MinorPlaces is null ? LogTicks.Label(value, high - low) : "");
        var ticks = at.Zip(labels).Select(tick => new Tick(Scaled(tick.First), tick.Second))
            .Concat(small.Zip(words).Select(tick => new Tick(Scaled(tick.First), tick.Second, false)));
        return ([.. ticks.Where(tick => IsSeen(tick.Position))], power);
    }

    /// <summary>Widens the limits around their middle until a unit is as high as wide.</summary>
    private static void Widen(ref double left, ref double right, ref double bottom, ref double top, PixelRect box, double aspect)
    {
        double width = (right - left) / box.Width, height = (top - bottom) / box.Height * aspect;
        double unit = Math.Max(Math.Abs(width), Math.Abs(height));
        if (width == 0 || height == 0) return;
        (left, right) = Around(left, right, unit / Math.Abs(width));
        (bottom, top) = Around(bottom, top, unit / Math.Abs(height));

        static (double, double) Around(double from, double to, double by) => ((from + to) / 2 - (to - from) / 2 * by, (from + to) / 2 + (to - from) / 2 * by);
    }

    /// <summary>The legend, and its position.</summary>
    private (LegendDrawing Drawing, PixelRect Place)? LegendOf(PixelRect box)
    {
        if (LegendBox is not { } legend) return null;
        var named = legend.Given ?? [.. Labelled.Select(artist => (artist, artist.Label!))];
        LegendItem[] items = [.. named.Select(one => Named(one.Artist, one.Label)).OfType<LegendItem>()];
        if (items.Length == 0) return null;
        var drawing = new LegendDrawing(legend, items, Settings.ColorOf("text.color"));
        var (left, right, bottom, top) = ScaledLimits(box);
        return (drawing, drawing.Within(box, (size, away) =>
            LegendPlaces.AlignmentOf(legend.Place, new AxisLimits(left, right, bottom, top), [.. _artists], size, away, box, IsLogX, IsLogY)));

        static LegendItem? Named(Artist artist, string label)
        {
            var item = artist.Legend;
            if (item is not null) item.LabelText = label;
            return item;
        }
    }

    /// <summary>The grid lines at the ticks of an axis.</summary>
    private sealed class Grid(Tick[] ticks, GridLines lines, RcParams settings, bool isUpright) : Plottable
    {
        public override void Render(RenderPack rp)
        {
            double width = (lines.Width ?? settings.Number("grid.linewidth")) * Artist.Point;
            var color = Artist.Faded(lines.Color ?? settings.ColorOf("grid.color"), lines.Alpha ?? settings.Number("grid.alpha"));
            string style = lines.Style ?? settings["grid.linestyle"].Text!;
            if (style is "") return;
            using var path = new SKPath();
            foreach (var tick in ticks.Where(tick => tick.IsMajor ? lines.IsMajor : lines.IsMinor))
            {
                var at = Axes.GetPixel(new Coordinates(tick.Position, tick.Position));
                float place = MathF.Floor(isUpright ? at.X : at.Y) + 0.5f;
                path.MoveTo(isUpright ? new(place, rp.DataRect.Bottom) : new(rp.DataRect.Left, place));
                path.LineTo(isUpright ? new(place, rp.DataRect.Top) : new(rp.DataRect.Right, place));
            }
            Stroke.Draw(rp.Canvas, path, color, width, LineFormat.DashesOf(style, width), isCrisp: rp.Canvas.TotalMatrix.ScaleX >= 1);
        }
    }
}
