using KerasPort.Plotting;

namespace KerasPort.Tests.Plotting;

/// <summary>Charts of tutorials other than lines and pictures, with the pixels that matplotlib has.</summary>
public class PlotTutorialTests
{
    // The axes of a figure of 640 x 480, as matplotlib has them.
    private const double Left = 80, Right = 576, Top = 57.6, Bottom = 427.2;

    [Fact]
    public void A_surface_is_filled_where_it_is_said()
    {
        var x = np.linspace(0, 10, 101);
        var drawn = Drawn.Of(ax =>
        {
            ax.fill_between(x, 1, where: (x < 3) | (x > 7), color: "red");
            ax.set_xlim(0, 10);
            ax.set_ylim(0, 1);
        });
        foreach (var (at, color) in new[] { (1.5, "#ff0000"), (5, "#ffffff"), (8.5, "#ff0000") })
            Assert.Equal(color, drawn[Left + at / 10 * (Right - Left), (Top + Bottom) / 2]);
        Assert.Contains("where size (2)", Assert.Throws<ValueError>(() => Drawn.Of(ax => ax.fill_between(x, 1, where: np.ones(2)))).Message);
    }

    [Fact]
    public void Stems_stand_on_their_base()
    {
        var drawn = Drawn.Of(ax =>
        {
            var (markers, lines, baseline) = ax.stem(np.array([1, 2, 3]), np.array([1, 2, 1.5]), linefmt: "b-", markerfmt: "gs", basefmt: "r-");
            ax.set_xlim(0, 4);
            ax.set_ylim(-1, 3);
        });
        double X(double x) => Left + x / 4 * (Right - Left);
        double Y(double y) => Bottom - (y + 1) / 4 * (Bottom - Top);
        Assert.True(drawn.Count("#0000ff", X(2) - 2, Y(1) - 2, X(2) + 3, Y(1) + 3) > 3);
        Assert.Equal("#008000", drawn[X(2), Y(2)]);
        Assert.True(drawn.Count("#ff0000", X(1.5) - 2, Y(0) - 3, X(1.5) + 3, Y(0) + 4) > 3);
        Assert.Equal("#ffffff", drawn[X(2.5), Y(1)]);
    }

    [Fact]
    public void Fields_are_as_bright_as_points_lie_in_them()
    {
        NDArray h = 0, edges = 0;
        var drawn = Drawn.Of(ax =>
        {
            (h, edges, _, _) = ax.hist2d(np.array([0.1, 0.9, 0.9, 0.4]), np.array([0.2, 0.8, 0.9, 0.3]), bins: 2, cmap: "gray", range: ((0, 1), (0, 1)));
        });
        Assert.Equal(("[[2. 0.]\n [0. 2.]]", "[0.  0.5 1. ]"), (h.ToString(), edges.ToString()));
        double left = Left + (Right - Left) / 4, right = Left + 3 * (Right - Left) / 4;
        double low = Bottom - (Bottom - Top) / 4, high = Bottom - 3 * (Bottom - Top) / 4;
        Assert.Equal(("#ffffff", "#ffffff", "#000000", "#000000"), (drawn[left, low], drawn[right, high], drawn[left, high], drawn[right, low]));
    }

    [Fact]
    public void Words_stand_at_places_of_the_axes_and_in_boxes()
    {
        var drawn = Drawn.Of(ax =>
        {
            ax.plot(np.array([0.0, 1000]), np.array([0.0, 0]));
            ax.text(0.5, 0.75, "here", transform: ax.transAxes, ha: "center", va: "center",
                bbox: new() { ["facecolor"] = "yellow", ["edgecolor"] = "red", ["boxstyle"] = "round,pad=1" });
            ax.annotate("there", (0.25, 0.25), xycoords: "axes fraction", ha: "center", va: "center", bbox: new() { ["fc"] = "lime", ["pad"] = 8 });
        });
        double x = (Left + Right) / 2, y = Bottom - 0.75 * (Bottom - Top);
        Assert.True(drawn.Count("#ffff00", x - 40, y - 20, x + 40, y + 20) > 500);
        Assert.True(drawn.Count("#ff0000", x - 60, y - 40, x + 60, y + 40) > 20);
        x = Left + 0.25 * (Right - Left);
        y = Bottom - 0.25 * (Bottom - Top);
        Assert.True(drawn.Count("#00ff00", x - 40, y - 20, x + 40, y + 20) > 500);
        Assert.Contains("'xycoords'", Assert.Throws<ValueError>(() => Drawn.Of(ax => ax.annotate("x", (0, 0), xycoords: "polar"))).Message.Replace('`', '\''));
        Assert.Contains("alignment", Assert.Throws<ValueError>(() => Drawn.Of(ax => ax.text(0, 0, "x", bbox: new() { ["alignment"] = 1 }))).Message);
    }

    [Fact]
    public void Columns_are_as_wide_as_their_ratios_say()
    {
        var figure = new Figure(1, null, null);
        var axes = figure.subplots(1, 2, width_ratios: [3, 1]);
        foreach (int i in (int[])[0, 1]) axes[i].imshow(np.zeros([1, 1]), cmap: "gray", aspect: "auto");
        var drawn = new Drawn(figure.Png());
        // A gap of a fifth of the mean width between them.
        double mean = (Right - Left) / 2.2, wide = 1.5 * mean, middle = (Top + Bottom) / 2;
        Assert.True(drawn.IsDark(Left + wide - 3, middle) && drawn.IsDark(Left + wide + 0.2 * mean + 3, middle));
        Assert.False(drawn.IsDark(Left + wide + 0.1 * mean, middle));
        Assert.Contains("width ratios", Assert.Throws<ValueError>(() => figure.add_gridspec(1, 2, width_ratios: [1])).Message);
    }
}
