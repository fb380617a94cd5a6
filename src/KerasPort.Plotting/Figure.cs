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
    private Wording? _title;
    private bool _isTight;
    private readonly Color _background;
    private (double Left, double Right, double Bottom, double Top, double Across, double Down) _room = (0.125, 0.9, 0.11, 0.88, 0.2, 0.2);

    internal Figure(int number, Series? figsize, double? dpi, RcParams? settings = null)
    {
        Settings = settings ?? new RcParams();
        this.number = number;
        set_size_inches(figsize ?? Settings["figure.figsize"]);
        _dpi = dpi ?? Settings.Number("figure.dpi");
        (_background, _isTight) = (Settings.ColorOf("figure.facecolor"), Settings.Number("figure.autolayout") > 0);
        if (!(_dpi > 0 && Math.Max(_width, _height) * _dpi <= MostPixels))
            throw new ValueError($"Image size of {_width * _dpi}x{_height * _dpi} pixels is too large, or `dpi` none. Received: dpi={PythonText.Repr(dpi)}");
    }

    /// <summary>Its number among the program's.</summary>
    public int number { get; }

    /// <summary>Its axes, in the order in which they came.</summary>
    public IReadOnlyList<Axes> axes => _axes;

    internal Axes? Current { get; set; }

    /// <summary>The program's settings, as they are now.</summary>
    internal RcParams Settings { get; }

    /// <summary>The colour map of what asks for none.</summary>
    internal Colormap Map
    {
        get => field ?? Settings["image.cmap"].Text!;
        set;
    }

    /// <summary>Inches across and down.</summary>
    /// <exception cref="ValueError">They aren't two positive numbers.</exception>
    public void set_size_inches(Series figsize)
    {
        if (figsize.Flat("figsize") is not [> 0 and < 650 and var width, > 0 and < 650 and var height])
            throw new ValueError($"figure size must be two positive finite numbers, not {PythonText.Repr(figsize.Values)}");
        (_width, _height) = (width, height);
    }

    /// <inheritdoc cref="set_size_inches(Series)"/>
    public void set_size_inches(double w, double h) => set_size_inches((w, h));

    /// <summary>Axes in a cell of a grid: row by row from 1.</summary>
    /// <exception cref="ValueError">There is no such cell.</exception>
    public AxesGrid add_subplot(int nrows = 1, int ncols = 1, int index = 1) => Subplot(SubplotPlace.Of(nrows, ncols, index, index));

    /// <summary>The same as three digits: 221.</summary>
    /// <exception cref="ValueError">There is no such cell.</exception>
    public AxesGrid add_subplot(int pos) => Subplot(SubplotPlace.Of(pos));

    /// <summary>Axes over some cells of a grid: <c>fig.add_subplot(gs[0, ..])</c>.</summary>
    public AxesGrid add_subplot(SubplotSpec pos) => Subplot(pos.Place);

    /// <summary>A grid whose cells axes can share.</summary>
    /// <exception cref="ValueError">There is no such grid.</exception>
    public GridSpec add_gridspec(int nrows = 1, int ncols = 1, Series? width_ratios = null, Series? height_ratios = null) =>
        new(nrows, ncols, width_ratios, height_ratios);

    /// <summary>Axes in all cells of a grid: one, or what an array of numpy's has of them.</summary>
    /// <exception cref="ValueError">There is no such grid.</exception>
    public AxesGrid subplots(int nrows = 1, int ncols = 1, bool sharex = false, bool sharey = false, bool squeeze = true, Series? width_ratios = null,
        Series? height_ratios = null)
    {
        _ = SubplotPlace.Of(nrows, ncols, 1, 1);
        var ratios = GridRatios.Of(nrows, ncols, width_ratios, height_ratios);
        AxesGrid[] all = [.. Enumerable.Range(1, nrows * ncols).Select(i => Subplot(SubplotPlace.Of(nrows, ncols, i, i) with { Ratios = ratios }))];
        foreach (var (i, one) in all.Index())
        {
            if (sharex) (one.SharedX, one.HidesXLabels) = (all, i / ncols < nrows - 1);
            if (sharey) (one.SharedY, one.HidesYLabels) = (all, i % ncols > 0);
        }
        Current = all[^1];
        return !squeeze || (nrows > 1 && ncols > 1) ? new AxesGrid(all, nrows, ncols) : all.Length > 1 ? new AxesGrid(all, all.Length) : all[0];
    }

    /// <summary>The current axes; made where there are none.</summary>
    public Axes gca() => Current ??= _axes.LastOrDefault() ?? Subplot(new SubplotPlace(1, 1, 0, 0));

    /// <summary>What stands above all of it.</summary>
    public void suptitle(string t, Series? fontsize = null, string? fontweight = null) =>
        _title = Wording.Of(t, Settings.SupTitle, fontsize, Paint.Of(Settings.ColorOf("text.color")), fontweight);

    /// <summary>Makes room for all names and labels.</summary>
    public void tight_layout() => _isTight = true;

    /// <summary>The room around axes, as parts of the figure, and between them, as parts of their mean size.</summary>
    /// <exception cref="ValueError">No room is left.</exception>
    public void subplots_adjust(double? left = null, double? bottom = null, double? right = null, double? top = null, double? wspace = null,
        double? hspace = null)
    {
        var room = (Left: left ?? _room.Left, Right: right ?? _room.Right, Bottom: bottom ?? _room.Bottom, Top: top ?? _room.Top,
            wspace ?? _room.Across, hspace ?? _room.Down);
        if (room.Left >= room.Right) throw new ValueError("left cannot be >= right");
        if (room.Bottom >= room.Top) throw new ValueError("bottom cannot be >= top");
        (_room, _isTight) = (room, false);
    }

    /// <summary>A bar beside the axes that says which number has which colour.</summary>
    /// <param name="mappable">The picture or the points.</param>
    /// <param name="ax">The axes that give room to it; those that <paramref name="mappable"/> is in without.</param>
    /// <param name="label">Its name.</param>
    /// <exception cref="ValueError">No colour map colours it.</exception>
    public Colorbar colorbar(Artist mappable, Axes? ax = null, string? label = null)
    {
        var mapped = mappable as IMapped ?? throw new ValueError("No mappable was found to use for colorbar creation: give what `imshow` or `scatter` gave.");
        var place = ax ?? _axes.Find(axes => axes.Artists.Contains(mappable)) ?? gca();
        var bar = new Colorbar(mapped, place, label is null ? null : Wording.Of(label, place.Settings.Label, null, null, null));
        _bars.Add(bar);
        return bar;
    }

    /// <summary>Takes all axes out.</summary>
    public void clf()
    {
        _axes.Clear();
        _bars.Clear();
        (Current, _title, _isTight) = (null, null, false);
    }

    /// <summary>Writes it, as PNG or SVG by the ending of the name; without one as PNG.</summary>
    /// <param name="fname">The file.</param>
    /// <param name="dpi">Pixels an inch; the figure's own without.</param>
    /// <param name="format">"png" or "svg", in place of the ending.</param>
    /// <param name="bbox_inches">"tight": without what is empty around it, but a tenth of an inch.</param>
    /// <exception cref="ValueError">There is no such format here.</exception>
    /// <exception cref="IOException">It can't be written.</exception>
    public void savefig(string fname, double? dpi = null, string? format = null, string? bbox_inches = null)
    {
        if (fname is not { Length: > 0 }) throw new ValueError($"`fname` must name a file. Received: fname={PythonText.Repr(fname)}");
        string kind = (format ?? Path.GetExtension(fname).TrimStart('.')).ToLowerInvariant();
        if (kind is "" && format is null) (fname, kind) = (fname + ".png", "png");
        if (kind is not ("png" or "svg")) throw new ValueError($"Format {PythonText.Repr(kind)} is not supported (supported formats: png, svg)");
        if (bbox_inches is not (null or "tight")) throw new ValueError($"`bbox_inches` must be 'tight'. Received: bbox_inches={PythonText.Repr(bbox_inches)}");
        double scale = (dpi ?? _dpi) / Dpi;
        if (!(scale > 0 && Math.Max(_width, _height) * scale * Dpi <= MostPixels))
            throw new ValueError($"`dpi` must be a positive number of pixels an inch. Received: dpi={PythonText.Repr(dpi)}");
        bool isTight = bbox_inches is "tight";
        if (isTight && kind == "svg") throw new ValueError("An SVG has no bbox_inches='tight' here: leave it out, or write a PNG.");
        WholeFile.Write(fname, kind == "png" ? Png(scale, isTight) : Svg(), "the picture ");
    }

    /// <summary>The picture as PNG.</summary>
    internal byte[] Png(double scale = 0, bool isTight = false)
    {
        if (scale == 0) scale = _dpi / Dpi;
        var info = new SKImageInfo((int)Math.Round(_width * Dpi * scale), (int)Math.Round(_height * Dpi * scale), SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var bitmap = new SKBitmap(info);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(_background.ToSKColor());
            canvas.Scale((float)scale);
            Draw(canvas);
        }
        using var cut = new SKBitmap();
        bool isCut = isTight && bitmap.ExtractSubset(cut, Inked(bitmap, (int)(0.1 * Dpi * scale)));
        using var encoded = (isCut ? cut : bitmap).Encode(SKEncodedImageFormat.Png, 100);
        return encoded.ToArray();
    }

    private byte[] Svg()
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create((float)(_width * Dpi), (float)(_height * Dpi)), stream))
        {
            if (_background != ColorNames.White) canvas.DrawColor(_background.ToSKColor());
            Draw(canvas);
        }
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(stream.ToArray()).Replace(PlotFont.InSvgAsDrawn, PlotFont.InSvg));
    }

    /// <summary>The smallest part that holds all that isn't background, and some room around it.</summary>
    private static SKRectI Inked(SKBitmap bitmap, int room)
    {
        var (left, top, right, bottom) = (bitmap.Width, bitmap.Height, 0, 0);
        var pixels = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        uint ground = pixels[0];
        for (int y = 0; y < bitmap.Height; y++)
        {
            var row = pixels.Slice(y * bitmap.Width, bitmap.Width);
            int first = row.IndexOfAnyExcept(ground);
            if (first < 0) continue;
            (left, right, top, bottom) = (Math.Min(left, first), Math.Max(right, row.LastIndexOfAnyExcept(ground) + 1), Math.Min(top, y), y + 1);
        }
        if (right == 0) return SKRectI.Create(bitmap.Width, bitmap.Height);
        return new SKRectI(Math.Max(0, left - room), Math.Max(0, top - room), Math.Min(bitmap.Width, right + room), Math.Min(bitmap.Height, bottom + room));
    }
}
