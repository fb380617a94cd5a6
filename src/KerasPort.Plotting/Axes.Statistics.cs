using ScottPlot;

namespace KerasPort.Plotting;

// Statistics: counts of points, boxes and pies.
public partial class Axes
{
    /// <summary>Colours the cells of a grid by the number of points in each.</summary>
    /// <param name="x">The x coordinates of the points.</param>
    /// <param name="y">The y coordinates of the points.</param>
    /// <param name="bins">The number of cells along both axes, or along each; 10 by default.</param>
    /// <param name="range">The ends of the grid along x and y; by default the smallest and the largest values.</param>
    /// <param name="density">Whether counts are divided by their sum and the cells' areas.</param>
    /// <param name="weights">The weight of each point; 1 by default.</param>
    /// <param name="cmap">The colour map; viridis by default.</param>
    /// <param name="vmin">The value of the map's first colour.</param>
    /// <param name="vmax">The value of the map's last colour.</param>
    /// <exception cref="ValueError">The lengths of the values differ.</exception>
    public (NDArray h, NDArray xedges, NDArray yedges, AxesImage image) hist2d(Series x, Series y, Series? bins = null,
        ((double, double), (double, double))? range = null, bool density = false, Series? weights = null, Colormap? cmap = null, double? vmin = null,
        double? vmax = null)
    {
        (int, int) counts = bins?.Flat("bins") switch
        {
            null => (10, 10),
            [var both] => ((int)both, (int)both),
            [var first, var second] => ((int)first, (int)second),
            var other => throw new ValueError($"`bins` must be a number, or one of each axis. Received: {other.Length} numbers"),
        };
        var (h, across, up) = Python.np.histogram2d(x.Flat("x"), y.Flat("y"), counts, range, density, weights is null ? null
            : (NDArray)weights.Flat("weights"));
        double[] place = [across[0].item(), across[-1].item(), up[0].item(), up[-1].item()];
        var image = imshow(h.T, cmap, aspect: "auto", interpolation: "nearest", vmin: vmin, vmax: vmax, origin: "lower", extent: place);
        return (h, across, up, image);
    }

    /// <summary>Draws box plots: a box from the first to the third quartile, a line at the median, whiskers, and outliers beyond.</summary>
    /// <param name="x">The values, one box per column.</param>
    /// <param name="labels">A name for each box.</param>
    /// <param name="vert">Whether boxes are vertical.</param>
    /// <param name="whis">The largest length of whiskers, in multiples of the interquartile range.</param>
    /// <param name="widths">The width of the boxes.</param>
    /// <param name="showfliers">Whether outliers are drawn.</param>
    /// <param name="patch_artist">Whether boxes are filled.</param>
    /// <param name="showmeans">Whether a triangle shows the mean.</param>
    /// <param name="positions">The positions of the boxes; 1, 2, … by default.</param>
    /// <param name="tick_labels">As <paramref name="labels"/>.</param>
    /// <exception cref="ValueError">The numbers of names and boxes differ.</exception>
    public BoxPlot boxplot(Series x, Series? labels = null, bool vert = true, double whis = 1.5, double? widths = null, bool showfliers = true,
        bool patch_artist = false, bool showmeans = false, Series? positions = null, Series? tick_labels = null) =>
        Boxes([.. Columns(x)], labels ?? tick_labels, vert, whis, widths, showfliers, patch_artist, showmeans, positions);

    /// <summary>The same for several lists of values.</summary>
    /// <exception cref="ValueError">The numbers of names and boxes differ.</exception>
    public BoxPlot boxplot(NDArray[] x, Series? labels = null, bool vert = true, double whis = 1.5, double? widths = null, bool showfliers = true,
        bool patch_artist = false, bool showmeans = false, Series? positions = null, Series? tick_labels = null) =>
        Boxes(Array.ConvertAll(x, values => ((Series)values).Flat("x")), labels ?? tick_labels, vert, whis, widths, showfliers, patch_artist, showmeans,
            positions);

    /// <summary>Draws a pie chart.</summary>
    /// <param name="x">The values, whose wedges are their shares of the sum.</param>
    /// <param name="explode">The distance by which each wedge is moved out, in radii.</param>
    /// <param name="labels">The label of each wedge.</param>
    /// <param name="colors">The colours, used in turn.</param>
    /// <param name="autopct">The format of percentages: <c>"%1.1f%%"</c>.</param>
    /// <param name="startangle">The start of the first wedge in degrees, counterclockwise from the right.</param>
    /// <param name="counterclock">Whether the wedges follow each other counterclockwise.</param>
    /// <param name="radius">The radius.</param>
    /// <param name="shadow">Whether it has a shadow.</param>
    /// <param name="pctdistance">The distance of percentages from the centre, in radii.</param>
    /// <param name="labeldistance">The distance of labels from the centre, in radii.</param>
    /// <param name="wedgeprops">The appearance of wedges: width (of a ring), edgecolor, linewidth, alpha.</param>
    /// <param name="textprops">The appearance of text: fontsize, color.</param>
    /// <exception cref="ValueError">A value is negative, or an argument is invalid.</exception>
    public PieContainer pie(Series x, Series? explode = null, Series? labels = null, Paint? colors = null, string? autopct = null, double startangle = 0,
        bool counterclock = true, double radius = 1, bool shadow = false, double pctdistance = 0.6, double labeldistance = 1.1,
        Dictionary<string, object>? wedgeprops = null, Dictionary<string, object>? textprops = null)
    {
        var (ring, edge, line, alpha) = Wedge.Looks(wedgeprops);
        var (letters, ink) = Looks(textprops);
        double[] shares = x.Flat("x"), outward = explode?.Flat("explode") ?? new double[shares.Length];
        string[]? names = labels is null ? null : Labels(labels);
        if (Array.Exists(shares, share => !(share >= 0))) throw new ValueError("Wedge sizes 'x' must be non negative values");
        if (outward.Length != shares.Length) throw new ValueError("'explode' must be of length 'x'");
        if (names is not null && names.Length != shares.Length) throw new ValueError("'label' must be of length 'x'");
        set_aspect("equal");
        IsOn = false;
        (_xlim, _ylim) = ((-1.25, 1.25), (-1.25, 1.25));
        double sum = shares.Sum(), angle = startangle;
        var (wedges, texts, percents) = (new List<Wedge>(), new List<Text>(), new List<Text>());
        for (int i = 0; i < shares.Length; i++)
        {
            double sweep = (counterclock ? 360 : -360) * shares[i] / (sum > 0 ? sum : 1), middle = (angle + sweep / 2) * Math.PI / 180;
            double cos = Math.Cos(middle), sin = Math.Sin(middle), out_ = outward[i] * radius;
            var fill = colors?.Colors is { } given ? given[i % given.Length] : Settings.Cycle[i % Settings.Cycle.Length];
            if (shadow) Add(new Wedge((cos * out_ - 0.02, sin * out_ - 0.02), radius, angle, sweep, new Color(0, 0, 0, 0x60), null) { ZOrder = 0.9 });
            wedges.Add(Add(new Wedge((cos * out_, sin * out_), radius, angle, sweep, Artist.Faded(fill, alpha), names?[i])
            {
                Ring = ring, Edge = edge, EdgeWidth = line,
            }));
            if (names is not null) texts.Add(Word(names[i], out_ + labeldistance * radius, cos > -1e-9 ? "left" : "right"));
            if (autopct is not null) percents.Add(Word(autopct % (100 * shares[i] / (sum > 0 ? sum : 1)), out_ + pctdistance * radius, "center"));
            angle += sweep;

            Text Word(string words, double at, string side) =>
                Add(new Text(cos * at, sin * at, Words(words, Settings.Font, letters, ink, null), TextPlace.Of(side, "center"), 0));
        }
        return new PieContainer(wedges, texts, percents);

        static (Series? Size, Paint? Color) Looks(Dictionary<string, object>? how)
        {
            if (how?.Keys.FirstOrDefault(key => key is not ("fontsize" or "size" or "color")) is { } other)
                throw new ValueError($"`textprops` has fontsize, size, color here. Received: {PythonText.Repr(other)}");
            Series? size = (how?.GetValueOrDefault("fontsize") ?? how?.GetValueOrDefault("size")) switch
            {
                null => null,
                string name => name,
                var points => Convert.ToDouble(points, System.Globalization.CultureInfo.InvariantCulture),
            };
            return (size, how?.GetValueOrDefault("color") is string color ? (Paint)color : null);
        }
    }

    private BoxPlot Boxes(double[][] columns, Series? labels, bool vert, double whis, double? widths, bool showfliers, bool isFilled, bool hasMeans,
        Series? positions)
    {
        double[] places = positions?.Flat("positions") ?? [.. Enumerable.Range(1, columns.Length).Select(i => (double)i)];
        if (places.Length != columns.Length) throw new ValueError("List of boxplot statistics and `positions` values must have same the length. "
            + $"Received: {places.Length} positions for {columns.Length} boxes");
        string[] names = labels is not null ? Labels(labels)
            : [.. places.Select(place => PythonText.Str(place == Math.Floor(place) ? (object)(long)place : place))];
        if (names.Length != columns.Length) throw new ValueError("Dimensions of labels and X must be compatible. "
            + $"Received: {names.Length} labels for {columns.Length} boxes");
        double spread = places.Length == 0 ? 1 : Math.Max(1, places.Max() - places.Min());
        var made = Add(new BoxPlot(columns, places, whis, widths ?? Math.Clamp(0.15 * spread, 0.15, 0.5), vert, showfliers, Settings.Cycle)
        {
            IsFilled = isFilled, HasMeans = hasMeans,
        });
        if (vert) set_xticks(places, names);
        else set_yticks(places, names);
        if (places.Length > 0 && vert) set_xlim(places.Min() - 0.5, places.Max() + 0.5);
        else if (places.Length > 0) set_ylim(places.Min() - 0.5, places.Max() + 0.5);
        return made;
    }
}
