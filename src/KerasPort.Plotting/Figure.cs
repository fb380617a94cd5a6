using System.Text;
using KerasPort.Saving;
using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

/// <summary>A picture of one or several axes: matplotlib's <c>Figure</c>.</summary>
public sealed partial class Figure
{
    private const double Dpi = 100, MostPixels = 65536;

    private readonly List<Axes> _axes = [];
    private readonly List<Colorbar> _bars = [];
    private double _width, _height;
    private readonly double _dpi;
    private FigureText? _title, _below, _beside;
    private readonly List<FigureText> _texts = [];
    private LegendBox? _legend;
    private (double Pad, double? Down, double? Across, (double Left, double Bottom, double Right, double Top) Rect)? _tight;
    private Color _background;
    private (double Left, double Right, double Bottom, double Top, double Across, double Down) _room = (0.125, 0.9, 0.11, 0.88, 0.2, 0.2);

    internal Figure(int number, Series? figsize, double? dpi, RcParams? settings = null)
    {
        Settings = settings ?? new RcParams();
        this.number = number;
        set_size_inches(figsize ?? Settings["figure.figsize"]);
        _dpi = dpi ?? Settings.Number("figure.dpi");
        _background = Settings.ColorOf("figure.facecolor");
        if (Settings.Number("figure.autolayout") > 0) tight_layout();
        if (!(_dpi > 0 && Math.Max(_width, _height) * _dpi <= MostPixels))
            throw new ValueError($"Image size of {_width * _dpi}x{_height * _dpi} pixels is too large, or `dpi` none. Received: dpi={PythonText.Repr(dpi)}");
    }

    /// <summary>The figure's number in the program.</summary>
    public int number { get; }

    /// <summary>The axes, in order of creation.</summary>
    public IReadOnlyList<Axes> axes => _axes;

    internal Axes? Current { get; set; }

    /// <summary>The program's current settings.</summary>
    internal RcParams Settings { get; }

    /// <summary>The default colour map.</summary>
    internal Colormap Map
    {
        get => field ?? Settings["image.cmap"].Text!;
        set;
    }

    /// <summary>Sets width and height in inches.</summary>
    /// <exception cref="ValueError">The values aren't two positive numbers.</exception>
    public void set_size_inches(Series figsize)
    {
        if (figsize.Flat("figsize") is not [> 0 and < 650 and var width, > 0 and < 650 and var height])
            throw new ValueError($"figure size must be two positive finite numbers, not {PythonText.Repr(figsize.Values)}");
        (_width, _height) = (width, height);
    }

    /// <inheritdoc cref="set_size_inches(Series)"/>
    public void set_size_inches(double w, double h) => set_size_inches((w, h));

    /// <summary>Axes in a cell of a grid, counted row by row from 1, with title, axis labels and ticks where given.</summary>
    /// <exception cref="ValueError">The cell doesn't exist.</exception>
    public AxesGrid add_subplot(int nrows = 1, int ncols = 1, int index = 1, string? title = null, string? xlabel = null, string? ylabel = null,
        Series? xticks = null, Series? yticks = null)
    {
        var axes = Subplot(SubplotPlace.Of(nrows, ncols, index, index));
        if (title is not null) axes.set_title(title);
        if (xlabel is not null) axes.set_xlabel(xlabel);
        if (ylabel is not null) axes.set_ylabel(ylabel);
        if (xticks is not null) axes.set_xticks(xticks);
        if (yticks is not null) axes.set_yticks(yticks);
        return axes;
    }

    /// <summary>The same as three digits: 221.</summary>
    /// <exception cref="ValueError">The cell doesn't exist.</exception>
    public AxesGrid add_subplot(int pos) => Subplot(SubplotPlace.Of(pos));

    /// <summary>Axes that span cells of a grid: <c>fig.add_subplot(gs[0, ..])</c>.</summary>
    public AxesGrid add_subplot(SubplotSpec pos) => Subplot(pos.Place);

    /// <summary>Axes at a position of the figure: left, bottom, width and height, as fractions of it.</summary>
    /// <exception cref="ValueError">The values aren't four numbers, with width and height above 0.</exception>
    public AxesGrid add_axes(Series rect) => rect.Flat("rect") is [var left, var bottom, > 0 and var width, > 0 and var height]
        ? Subplot(new SubplotPlace(1, 1, 0, 0) { Own = (left, bottom, width, height) })
        : throw new ValueError($"`rect` must be left, bottom, width and height. Received: {PythonText.Repr(rect.Values)}");

    /// <summary>A grid whose cells axes can span.</summary>
    /// <exception cref="ValueError">The numbers of rows and columns are invalid.</exception>
    public GridSpec add_gridspec(int nrows = 1, int ncols = 1, Series? width_ratios = null, Series? height_ratios = null, double? wspace = null,
        double? hspace = null) =>
        new(nrows, ncols, width_ratios, height_ratios, wspace, hspace);

    /// <summary>Sets the background of the figure.</summary>
    /// <exception cref="ValueError">The colour is unknown.</exception>
    public void set_facecolor(string color) => _background = ColorNames.Parse(color);

    /// <summary>Axes in all cells of a grid: a single one, or an array of them as in numpy.</summary>
    /// <param name="nrows">The number of rows.</param>
    /// <param name="ncols">The number of columns.</param>
    /// <param name="sharex">Whether all share the limits of x, with tick labels only at the bottom; or "row", "col".</param>
    /// <param name="sharey">The same for y.</param>
    /// <param name="squeeze">Whether a single row or column takes one index, and a single axes none.</param>
    /// <param name="width_ratios">The relative widths of the columns.</param>
    /// <param name="height_ratios">The relative heights of the rows.</param>
    /// <param name="gridspec_kw">width_ratios, height_ratios, wspace, hspace, left, right, bottom and top.</param>
    /// <exception cref="ValueError">The numbers of rows and columns are invalid, or another argument is.</exception>
    public AxesGrid subplots(int nrows = 1, int ncols = 1, Series? sharex = null, Series? sharey = null, bool squeeze = true, Series? width_ratios = null,
        Series? height_ratios = null, Dictionary<string, Series>? gridspec_kw = null)
    {
        _ = SubplotPlace.Of(nrows, ncols, 1, 1);
        string[] known = ["width_ratios", "height_ratios", "wspace", "hspace", "left", "right", "bottom", "top"];
        if (gridspec_kw?.Keys.FirstOrDefault(key => !known.Contains(key)) is { } other)
            throw new ValueError($"`gridspec_kw` has {string.Join(", ", known)} here. Received: {PythonText.Repr(other)}");
        var ratios = GridRatios.Of(nrows, ncols, width_ratios ?? gridspec_kw?.GetValueOrDefault("width_ratios"),
            height_ratios ?? gridspec_kw?.GetValueOrDefault("height_ratios"));
        if (gridspec_kw?.Keys.Any(key => key is not ("width_ratios" or "height_ratios")) == true)
            subplots_adjust(Number("left"), Number("bottom"), Number("right"), Number("top"), Number("wspace"), Number("hspace"));
        AxesGrid[] all = [.. Enumerable.Range(1, nrows * ncols).Select(i => Subplot(SubplotPlace.Of(nrows, ncols, i, i) with { Ratios = ratios }))];
        string across = Shared(sharex, "sharex"), up = Shared(sharey, "sharey");
        foreach (var (i, one) in all.Index())
        {
            if (Sharing(across, i) is { } alike) (one.SharedX, one.HidesXLabels) = (alike, across is "all" or "col" && i / ncols < nrows - 1);
            if (Sharing(up, i) is { } level) (one.SharedY, one.HidesYLabels) = (level, up is "all" or "row" && i % ncols > 0);
        }
        Current = all[^1];
        return !squeeze || (nrows > 1 && ncols > 1) ? new AxesGrid(all, nrows, ncols) : all.Length > 1 ? new AxesGrid(all, all.Length) : all[0];

        double? Number(string key) => gridspec_kw.GetValueOrDefault(key)?.Flat(key)[0];

        AxesGrid[]? Sharing(string which, int cell) => which switch
        {
            "all" => all,
            "row" => [.. all.Where((_, i) => i / ncols == cell / ncols)],
            "col" => [.. all.Where((_, i) => i % ncols == cell % ncols)],
            _ => null,
        };

        static string Shared(Series? asked, string what) => asked switch
        {
            null => "none",
            { Text: "all" or "row" or "col" or "none" } => asked.Text,
            { Text: null, Values: [var yes] } => yes != 0 ? "all" : "none",
            _ => throw new ValueError($"`{what}` must be true, false, 'all', 'row', 'col' or 'none'. Received: {PythonText.Repr(asked.Text)}"),
        };
    }

    /// <summary>The current axes; created where there are none.</summary>
    public Axes gca() => Current ??= _axes.LastOrDefault() ?? Subplot(new SubplotPlace(1, 1, 0, 0));

    /// <summary>Sets the title of the figure.</summary>
    /// <param name="t">The text.</param>
    /// <param name="fontsize">The font size: points, or a name such as 'large'.</param>
    /// <param name="fontweight">'normal' or 'bold'.</param>
    /// <param name="x">The x of its centre, as a fraction of the figure's width.</param>
    /// <param name="y">The y of its upper side, as a fraction of the figure's height.</param>
    /// <param name="color">The colour.</param>
    /// <param name="size">As <paramref name="fontsize"/>.</param>
    /// <param name="weight">As <paramref name="fontweight"/>.</param>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public void suptitle(Arg t, Series? fontsize = null, string? fontweight = null, double x = 0.5, double y = 0.98, Paint? color = null,
        Series? size = null, string? weight = null) =>
        _title = new(x, y, Words(t, Settings.SupTitle, fontsize ?? size, color, fontweight ?? weight), TextPlace.Of("center", "top"), 0);

    /// <summary>Sets the text below all axes.</summary>
    public void supxlabel(Arg t, Series? fontsize = null, string? fontweight = null, double x = 0.5, double y = 0.01) =>
        _below = new(x, y, Words(t, Settings.SupTitle, fontsize, null, fontweight), TextPlace.Of("center", "bottom"), 0);

    /// <summary>Sets the text to the left of all axes.</summary>
    public void supylabel(Arg t, Series? fontsize = null, string? fontweight = null, double x = 0.02, double y = 0.5) =>
        _beside = new(x, y, Words(t, Settings.SupTitle, fontsize, null, fontweight), TextPlace.Of("left", "center"), 90);

    /// <summary>Writes text at a position of the figure, in fractions of its width and height.</summary>
    /// <param name="x">The x coordinate.</param>
    /// <param name="y">The y coordinate.</param>
    /// <param name="s">The text.</param>
    /// <param name="fontsize">The font size: points, or a name such as 'large'.</param>
    /// <param name="color">The colour.</param>
    /// <param name="ha">The side of the text at the position: 'left', 'center' or 'right'.</param>
    /// <param name="va">The side of the text at the position: 'bottom', 'baseline', 'center' or 'top'.</param>
    /// <param name="rotation">Degrees counterclockwise.</param>
    /// <param name="fontweight">'normal' or 'bold'.</param>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public void text(double x, double y, Arg s, Series? fontsize = null, Paint? color = null, string? ha = null, string? va = null, double rotation = 0,
        string? fontweight = null) => _texts.Add(new(x, y, Words(s, Settings.Font, fontsize, color, fontweight), TextPlace.Of(ha, va), rotation));

    private Wording Words(Arg text, double size, Series? fontsize, Paint? color, string? weight) =>
        Wording.Of(text.ToString(), size, fontsize, color ?? Paint.Of(Settings.ColorOf("text.color")), weight);

    /// <summary>Adds a legend of the given artists, or of all in any of its axes that have a label.</summary>
    /// <param name="handles">The artists in the legend.</param>
    /// <param name="labels">Labels in place of the artists' own.</param>
    /// <param name="loc">The location in the figure: 'upper right', …, or matplotlib's number.</param>
    /// <param name="fontsize">The font size: points, or a name such as 'small'.</param>
    /// <param name="title">The title.</param>
    /// <param name="bbox_to_anchor">The position of that corner of the box, as fractions of the figure's width and height.</param>
    /// <param name="ncol">The number of columns.</param>
    /// <param name="frameon">Whether it has a frame and a background.</param>
    /// <exception cref="ValueError">The location is unknown, or an argument is invalid.</exception>
    public Legend legend(IReadOnlyList<Artist>? handles = null, Series? labels = null, Series? loc = null, Series? fontsize = null, string? title = null,
        (double, double)? bbox_to_anchor = null, int? ncol = null, bool? frameon = null)
    {
        Artist[] named = [.. handles ?? [.. _axes.SelectMany(axes => axes.Labelled)]];
        string[] names = Axes.LabelsOf(labels) ?? Array.ConvertAll(named, artist => artist.Label ?? "");
        return new(_legend = LegendBox.Of(Settings, [.. named.Zip(names)], loc ?? "upper right", fontsize, title, bbox_to_anchor, ncol, frameon, null, false,
            null, null, null), changed => _legend = changed);
    }

    /// <summary>Adjusts margins and gaps to make room for all titles and labels.</summary>
    /// <param name="pad">The distance to the figure's edge, in multiples of the font size.</param>
    /// <param name="h_pad">The distance between rows, in multiples of the font size; <paramref name="pad"/> by default.</param>
    /// <param name="w_pad">The distance between columns, in multiples of the font size; <paramref name="pad"/> by default.</param>
    /// <param name="rect">Left, bottom, right and top of the area to use, as fractions of the figure.</param>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public void tight_layout(double pad = 1.08, double? h_pad = null, double? w_pad = null, Series? rect = null)
    {
        double[] part = rect?.Flat("rect") ?? [0, 0, 1, 1];
        if (part is not [var left, var bottom, var right, var top] || !(left < right && bottom < top))
            throw new ValueError($"`rect` must be left, bottom, right and top. Received: {PythonText.Repr(part)}");
        _tight = (pad, h_pad, w_pad, (left, bottom, right, top));
    }

    /// <summary>Sets the margins as fractions of the figure, and the gaps as fractions of the axes' mean size.</summary>
    /// <exception cref="ValueError">No space is left for axes.</exception>
    public void subplots_adjust(double? left = null, double? bottom = null, double? right = null, double? top = null, double? wspace = null,
        double? hspace = null)
    {
        var room = (Left: left ?? _room.Left, Right: right ?? _room.Right, Bottom: bottom ?? _room.Bottom, Top: top ?? _room.Top,
            wspace ?? _room.Across, hspace ?? _room.Down);
        if (room.Left >= room.Right) throw new ValueError("left cannot be >= right");
        if (room.Bottom >= room.Top) throw new ValueError("bottom cannot be >= top");
        (_room, _tight) = (room, null);
    }

    /// <summary>A colour bar beside the axes.</summary>
    /// <param name="mappable">The picture or the points whose colours it shows.</param>
    /// <param name="ax">The axes, one or several, that give up space for it; by default those of <paramref name="mappable"/>.</param>
    /// <param name="label">The label.</param>
    /// <param name="orientation">"vertical": at the right; "horizontal": below.</param>
    /// <param name="fraction">The share of the axes' space that it takes.</param>
    /// <param name="pad">The share that is left free between them; by default 0.05, or 0.15 where horizontal.</param>
    /// <param name="shrink">The length, as a fraction of the axes' space.</param>
    /// <param name="aspect">The ratio of length to thickness.</param>
    /// <param name="ticks">The positions of the ticks.</param>
    /// <param name="format">The format of numbers: <c>"%.2f"</c>.</param>
    /// <exception cref="ValueError"><paramref name="mappable"/> has no colour map, or an argument is invalid.</exception>
    public Colorbar colorbar(Artist mappable, Axes? ax = null, string? label = null, string orientation = "vertical", double fraction = 0.15,
        double? pad = null, double shrink = 1, double aspect = 20, Series? ticks = null, string? format = null)
    {
        var mapped = mappable as IMapped ?? throw new ValueError("No mappable was found to use for colorbar creation: give what `imshow` or `scatter` gave.");
        if (orientation is not ("vertical" or "horizontal"))
            throw new ValueError($"`orientation` must be 'vertical' or 'horizontal'. Received: orientation={PythonText.Repr(orientation)}");
        Axes[] parents = ax is AxesGrid grid ? [.. grid.flat] : [ax ?? _axes.Find(axes => axes.Artists.Contains(mappable)) ?? gca()];
        bool isLying = orientation == "horizontal";
        var bar = new Colorbar(mapped, parents, isLying, fraction, pad ?? (isLying ? 0.15 : 0.05), shrink, aspect, ticks?.Flat("ticks"), format);
        if (label is not null) bar.set_label(label);
        // Axes that don't fill their box are aligned with the bar.
        if (parents is [var beside]) beside.Anchor = isLying ? (0.5, 0) : (1, 0.5);
        _bars.Add(bar);
        return bar;
    }

    /// <summary>Removes all axes.</summary>
    public void clf()
    {
        _axes.Clear();
        _bars.Clear();
        _texts.Clear();
        (Current, _title, _below, _beside, _legend, _tight) = (null, null, null, null, null, null);
    }

    /// <summary>Writes the figure as PNG, JPEG, PDF or SVG by the file's extension; without one as PNG.</summary>
    /// <param name="fname">The file.</param>
    /// <param name="dpi">Pixels per inch; by default the figure's own.</param>
    /// <param name="format">"png", "jpg", "pdf" or "svg", in place of the extension.</param>
    /// <param name="bbox_inches">"tight": crops the empty margin, and includes artists that extend beyond the figure.</param>
    /// <param name="pad_inches">The margin around a tight figure in inches; 0.1 by default.</param>
    /// <param name="transparent">Whether the backgrounds of the figure and its axes are transparent.</param>
    /// <param name="facecolor">The background of the figure.</param>
    /// <exception cref="ValueError">The format is unknown here, or an argument is invalid.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void savefig(string fname, double? dpi = null, string? format = null, string? bbox_inches = null, double? pad_inches = null,
        bool transparent = false, string? facecolor = null)
    {
        if (fname is not { Length: > 0 }) throw new ValueError($"`fname` must name a file. Received: fname={PythonText.Repr(fname)}");
        string kind = (format ?? Path.GetExtension(fname).TrimStart('.')).ToLowerInvariant();
        if (kind is "" && format is null) (fname, kind) = (fname + ".png", "png");
        if (kind is not ("png" or "jpg" or "jpeg" or "pdf" or "svg"))
            throw new ValueError($"Format {PythonText.Repr(kind)} is not supported (supported formats: jpeg, jpg, pdf, png, svg)");
        if (bbox_inches is not (null or "tight")) throw new ValueError($"`bbox_inches` must be 'tight'. Received: bbox_inches={PythonText.Repr(bbox_inches)}");
        double scale = (dpi ?? _dpi) / Dpi, around = pad_inches ?? 0.1;
        if (!(scale > 0 && Math.Max(_width, _height) * scale * Dpi <= MostPixels))
            throw new ValueError($"`dpi` must be a positive number of pixels an inch. Received: dpi={PythonText.Repr(dpi)}");
        if (!(around >= 0 && around < 100)) throw new ValueError($"`pad_inches` must be inches. Received: pad_inches={PythonText.Repr(around)}");
        var ground = transparent ? ColorNames.Clear : facecolor is null ? _background : ColorNames.Parse(facecolor);
        var part = bbox_inches is null ? Whole : Inked(around, ground, transparent);
        WholeFile.Write(fname, kind switch
        {
            "svg" => Svg(part, ground, transparent),
            "pdf" => Pdf(part, ground, transparent),
            "png" => Pixels(part, scale, ground, transparent, SKEncodedImageFormat.Png),
            // A JPEG has no transparency.
            _ => Pixels(part, scale, ground.A == 0 ? ColorNames.White : ground, transparent, SKEncodedImageFormat.Jpeg),
        }, "the picture ");
    }

    /// <summary>The figure as PNG.</summary>
    internal byte[] Png(double scale = 0) => Pixels(Whole, scale == 0 ? _dpi / Dpi : scale, _background, false, SKEncodedImageFormat.Png);

    private SKRect Whole => SKRect.Create((float)(_width * Dpi), (float)(_height * Dpi));

    private byte[] Pixels(SKRect part, double scale, Color ground, bool isClear, SKEncodedImageFormat format)
    {
        using var bitmap = Bitmap(part, scale, ground, isClear);
        using var encoded = bitmap.Encode(format, format == SKEncodedImageFormat.Png ? 100 : 95);
        return encoded.ToArray();
    }

    private SKBitmap Bitmap(SKRect part, double scale, Color ground, bool isClear)
    {
        var info = new SKImageInfo(Math.Max(1, (int)Math.Round(part.Width * scale)), Math.Max(1, (int)Math.Round(part.Height * scale)), SKColorType.Rgba8888,
            ground.A == 255 ? SKAlphaType.Opaque : SKAlphaType.Premul);
        var bitmap = new SKBitmap(info);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(ground.A == 0 ? SKColors.Transparent : ground.ToSKColor());
        canvas.Scale((float)scale);
        canvas.Translate(-part.Left, -part.Top);
        Draw(canvas, isClear);
        return bitmap;
    }

    private byte[] Pdf(SKRect part, Color ground, bool isClear)
    {
        using var stream = new MemoryStream();
        using (var document = SKDocument.CreatePdf(stream))
        {
            // The unit of a page is the point.
            float scale = 1 / (float)Artist.Point;
            using var canvas = document.BeginPage(part.Width * scale, part.Height * scale);
            if (ground.A > 0) canvas.DrawColor(ground.ToSKColor());
            canvas.Scale(scale);
            canvas.Translate(-part.Left, -part.Top);
            Draw(canvas, isClear);
            document.EndPage();
            document.Close();
        }
        return stream.ToArray();
    }

    private byte[] Svg(SKRect part, Color ground, bool isClear)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(part.Width, part.Height), stream))
        {
            if (ground != ColorNames.White && ground.A > 0) canvas.DrawColor(ground.ToSKColor());
            canvas.Translate(-part.Left, -part.Top);
            Draw(canvas, isClear);
        }
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(stream.ToArray()).Replace(PlotFont.InSvgAsDrawn, PlotFont.InSvg));
    }

    /// <summary>The smallest rectangle around everything drawn, within the figure and beyond it, plus a margin in inches.</summary>
    private SKRect Inked(double inches, Color ground, bool isClear)
    {
        // Half a figure more on each side: rendered once coarsely, then exactly around what was found.
        var whole = Whole;
        var around = new SKRect(-whole.Width / 2, -whole.Height / 2, whole.Width * 1.5f, whole.Height * 1.5f);
        if (Found(around, Math.Min(0.5, 1000 / Math.Max(around.Width, around.Height))) is not { } rough) return whole;
        rough.Inflate(8, 8);
        var found = Found(rough, 1) ?? rough;
        found.Inflate((float)(inches * Dpi), (float)(inches * Dpi));
        return found;

        SKRect? Found(SKRect part, double scale)
        {
            using var bitmap = Bitmap(part, scale, ground, isClear);
            var (left, top, right, bottom) = (bitmap.Width, bitmap.Height, 0, 0);
            var pixels = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
            uint empty = pixels[0];
            for (int y = 0; y < bitmap.Height; y++)
            {
                var row = pixels.Slice(y * bitmap.Width, bitmap.Width);
                int first = row.IndexOfAnyExcept(empty);
                if (first < 0) continue;
                (left, right, top, bottom) = (Math.Min(left, first), Math.Max(right, row.LastIndexOfAnyExcept(empty) + 1), Math.Min(top, y), y + 1);
            }
            if (right == 0) return null;
            float size = (float)(1 / scale);
            return new SKRect(part.Left + left * size, part.Top + top * size, part.Left + right * size, part.Top + bottom * size);
        }
    }
}

/// <summary>Text at a position of a figure.</summary>
/// <param name="X">The x coordinate, as a fraction of the figure's width.</param>
/// <param name="Y">The y coordinate, as a fraction of the figure's height.</param>
/// <param name="Words">The text.</param>
/// <param name="Place">The side of the text at the position.</param>
/// <param name="Rotation">The rotation in degrees counterclockwise.</param>
internal sealed record FigureText(double X, double Y, Wording Words, TextPlace Place, double Rotation)
{
    public void Draw(SKCanvas canvas, PixelRect figure)
    {
        using var letters = new Lettering();
        double width = letters.Width(Words.Text, Words.Size), height = Lettering.Height(Words.Text, Words.Size);
        double turn = Rotation * Math.PI / 180, sin = Math.Abs(Math.Sin(turn)), cos = Math.Abs(Math.Cos(turn));
        double across = width * cos + height * sin, along = width * sin + height * cos;
        letters.Draw(canvas, Words.Text, figure.Left + X * figure.Width - Place.Across * across / 2,
            figure.Bottom - Y * figure.Height - Place.Along * along / 2, Words, Rotation);
    }
}
