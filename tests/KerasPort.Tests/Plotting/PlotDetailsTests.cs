using KerasPort.Plotting;
using static KerasPort.Plotting.PyPlot;

namespace KerasPort.Tests.Plotting;

/// <summary>
/// The effects of arguments, pixel by pixel: a figure of 640 x 480 has its axes from 80 to 576 and from 58 to 427, and here the limits of both
/// axes are 0 and 10. Each argument changes the picture where it should.
/// </summary>
public sealed class PlotDetailsTests : IDisposable
{
    public PlotDetailsTests() => plt.close("all");

    public void Dispose() => plt.close("all");

    private static double X(double x) => 80 + 49.6 * x;

    private static double Y(double y) => 427.2 - 36.96 * y;

    private static Drawn Of(Action<KerasPort.Plotting.Axes> draw) => Drawn.Of(ax =>
    {
        draw(ax);
        ax.axis([0, 10, 0, 10]);
    });

    private static Drawn Now() => new(plt.gcf().Png());

    [Fact]
    public void A_line_is_as_its_arguments_say()
    {
        var named = Of(ax => ax.plot([0, 10], [5, 5], "blue", linewidth: 4));
        Assert.Equal("#0000ff", named[X(5), Y(5)]);
        var short_ = Of(ax => ax.plot([0, 10], [5, 5], c: "r", lw: 4));
        Assert.Equal("#ff0000", short_[X(5), Y(5)]);
        var markers = Of(ax => ax.plot([1, 2, 3, 4, 5], [5, 5, 5, 5, 5], "o", markersize: 20, markerfacecolor: "lime", markeredgecolor: "k", markeredgewidth: 3,
            markevery: 2));
        Assert.Equal(["#00ff00", "#ffffff", "#00ff00"], new[] { markers[X(1), Y(5)], markers[X(2), Y(5)], markers[X(3), Y(5)] });
        Assert.Equal("#000000", markers[X(3) + 13, Y(5)]);
        var rings = Of(ax => ax.scatter([5], [5], s: 900, facecolors: "none", edgecolors: "r", linewidths: 4));
        Assert.Equal(["#ffffff", "#ff0000"], new[] { rings[X(5), Y(5)], rings[X(5) + 20, Y(5)] });
    }

    [Fact]
    public void What_has_the_higher_order_lies_above()
    {
        void Two(KerasPort.Plotting.Axes ax, double? first)
        {
            ax.plot([0, 10], [5, 5], "r", linewidth: 10, zorder: first);
            ax.plot([0, 10], [5, 5], "b", linewidth: 10);
        }
        Assert.Equal("#0000ff", Of(ax => Two(ax, null))[X(5), Y(5)]);
        Assert.Equal("#ff0000", Of(ax => Two(ax, 5))[X(5), Y(5)]);
        Assert.Equal("#ff0000", Of(ax =>
        {
            ax.plot([0, 10], [5, 5], "b", linewidth: 10);
            ax.bar([5], [8], color: "r", zorder: 4);
        })[X(5), Y(5)]);
    }

    [Fact]
    public void A_grid_lies_over_bars_and_below_lines_unless_it_is_told_otherwise()
    {
        Drawn With(Action<KerasPort.Plotting.Axes> how) => Of(ax =>
        {
            ax.bar([5], [9], width: 4, color: "w");
            ax.plot([0, 10], [2, 2], "r", linewidth: 8);
            how(ax);
        });
        double line = Math.Floor(Y(4)), below = Math.Floor(X(4));
        Assert.Equal(["#b0b0b0", "#ff0000"], new[] { With(ax => ax.grid(true))[X(5), line], With(ax => ax.grid(true))[below, Y(2)] });
        Assert.Equal("#ffffff", With(ax =>
        {
            ax.grid(true);
            ax.set_axisbelow(true);
        })[X(5), line]);
        var upright = With(ax => ax.grid(axis: "x", color: "b", linewidth: 3));
        Assert.Equal(["#0000ff", "#ffffff"], new[] { upright[below, Y(5)], upright[X(1), line] });
        var dashed = With(ax => ax.grid(linestyle: "--", color: "k", alpha: 0.5));
        int ink = dashed.Count("#808080", X(0) + 2, line, X(2), line + 1);
        Assert.InRange(ink, 30, 80);
        Assert.Equal("#ffffff", With(ax => ax.grid(false))[X(5), line]);
        var log = Drawn.Of(ax =>
        {
            ax.semilogy([1, 1000]);
            ax.axis([0, 1, 1, 1000]);
            ax.grid(true, which: "both", color: "r");
        });
        Assert.True(Enumerable.Range(70, 350).Count(y => log[400, y] == "#ff0000") > 20);
    }

    [Fact]
    public void Bars_say_how_long_and_how_certain_they_are()
    {
        var drawn = Of(ax =>
        {
            var bars = ax.bar([2, 5], [4, 6], yerr: [1, 2], capsize: 8, ecolor: "r", color: "w");
            var texts = ax.bar_label(bars, padding: 20, color: "b");
            Assert.Equal(["4", "6"], texts.Select(text => text.get_text()));
            Assert.Equal((1.6, 0, 0.8, 4), (Math.Round(bars[0].get_x(), 9), bars[0].get_y(), bars[0].get_width(), bars[0].get_height()));
            var lying = ax.barh([9], [3], color: "lime", xerr: 1);
            Assert.Equal((0, 8.6, 3, 0.8), (lying[0].get_x(), Math.Round(lying[0].get_y(), 9), lying[0].get_width(), Math.Round(lying[0].get_height(), 9)));
        });
        Assert.Equal(["#ff0000", "#ff0000", "#ffffff"], new[] { drawn[X(2), Y(4.9)], drawn[X(5), Y(4.2)], drawn[X(2), Y(5.4)] });
        Assert.True(drawn.Inked(X(2) - 10, Y(5) - 2, X(2) + 10, Y(5) + 2) > 30);
        Assert.True(drawn.Inked(X(2) - 10, Y(5) - 50, X(2) + 10, Y(5) - 24) > 10);
        Assert.Equal("#000000", drawn[X(3.6), Y(9)]);
    }

    [Fact]
    public void Histograms_stand_beside_each_other_over_each_other_or_as_outlines()
    {
        var a = np.array([1, 1, 1, 6]);
        var b = np.array([1, 6, 6, 6]);
        var beside = Drawn.Of(ax =>
        {
            var (counts, edges, _) = ax.hist([a, b], bins: [0, 5, 10], color: new[] { "r", "b" }, label: ["a", "b"]);
            Assert.Equal([3.0, 1], counts[0].ToDoubles());
            ax.axis([0, 10, 0, 10]);
        });
        Assert.Equal(["#ff0000", "#0000ff", "#ffffff"], new[] { beside[X(1.5), Y(2)], beside[X(3), Y(0.5)], beside[X(3), Y(2)] });
        var stacked = Drawn.Of(ax =>
        {
            ax.hist([a, b], bins: [0, 5, 10], color: new[] { "r", "b" }, stacked: true);
            ax.axis([0, 10, 0, 10]);
        });
        Assert.Equal(["#ff0000", "#0000ff"], new[] { stacked[X(2), Y(2)], stacked[X(2), Y(3.5)] });
        var outline = Drawn.Of(ax =>
        {
            ax.hist(a, bins: [0, 5, 10], histtype: "step", color: "r", linewidth: 4);
            ax.hist(b, bins: [0, 5, 10], histtype: "stepfilled", color: "lime", orientation: "horizontal");
            ax.axis([0, 10, 0, 10]);
        });
        Assert.Equal(["#ff0000", "#00ff00"], new[] { outline[X(4), Y(3)], outline[X(0.5), Y(7)] });
        var (cumulative, _, _) = plt.hist(a, bins: [0, 5, 10], cumulative: true);
        Assert.Equal([3.0, 4], cumulative.ToDoubles());
        var (weighted, _, _) = plt.hist(a, bins: [0, 5, 10], weights: [1, 2, 3, 10]);
        Assert.Equal([6.0, 10], weighted.ToDoubles());
    }

    [Fact]
    public void Straight_lines_go_from_where_to_where_they_were_told_in_their_colours()
    {
        var drawn = Of(ax =>
        {
            ax.hlines([2, 4], 1, [3, 8], colors: new[] { "r", "b" }, linewidth: 5);
            ax.axhline(6, 0.5, 1, color: "k", lw: 5);
            ax.axvline(9, ymax: 0.3, c: "k", ls: "-", lw: 5);
            ax.axline((0, 0), slope: 1, color: "lime", linewidth: 5);
        });
        Assert.Equal(["#ff0000", "#ffffff", "#0000ff"], new[] { drawn[X(2.8), Y(2)], drawn[X(3.3), Y(2)], drawn[X(7), Y(4)] });
        Assert.Equal(["#ffffff", "#000000"], new[] { drawn[X(4), Y(6)], drawn[X(7), Y(6)] });
        Assert.Equal(["#000000", "#ffffff"], new[] { drawn[X(9), Y(2)], drawn[X(9), Y(4.5)] });
        Assert.Equal("#00ff00", drawn[X(9.5), Y(9.5)]);
    }

    [Fact]
    public void Surfaces_and_shapes_lie_where_they_were_put()
    {
        var drawn = Of(ax =>
        {
            ax.stackplot([0, 4], [np.array([1, 1]), np.array([2, 2])], colors: new[] { "r", "b" }, labels: ["a", "b"]);
            ax.fill_betweenx([5, 10], [1, 1], [3, 3], color: "lime");
            ax.fill([6, 8, 8, 6], [1, 1, 3, 3], "k");
            ax.add_patch(plt.Rectangle((5, 5), 2, 3, fill: false, edgecolor: "r", linewidth: 4));
            ax.add_patch(plt.Circle((8.5, 8.5), 1, color: "b"));
        });
        Assert.Equal(["#ff0000", "#0000ff", "#00ff00", "#000000"], new[] { drawn[X(2), Y(0.5)], drawn[X(2), Y(2)], drawn[X(2), Y(7)], drawn[X(7), Y(2)] });
        Assert.Equal(["#ff0000", "#ffffff", "#0000ff", "#ffffff"],
            new[] { drawn[X(5), Y(6)], drawn[X(6), Y(6)], drawn[X(8.5), Y(8.5)], drawn[X(9.6), Y(9.6)] });
    }

    [Fact]
    public void A_mesh_has_fields_of_any_size()
    {
        var drawn = Of(ax => ax.pcolormesh(np.array([0, 2, 10]), np.array([0, 5, 10]), np.array([[0, 1], [1, 0]]), cmap: "gray",
            edgecolors: "r", linewidth: 3));
        Assert.Equal(["#000000", "#ffffff", "#ffffff", "#000000"], new[] { drawn[X(1), Y(2)], drawn[X(6), Y(2)], drawn[X(1), Y(7)], drawn[X(6), Y(7)] });
        Assert.Equal("#ff0000", drawn[X(2), Y(2)]);
        var middles = Of(ax => ax.pcolormesh(np.array([2, 8]), np.array([2, 8]), np.array([[0, 1], [1, 0]]), cmap: "gray"));
        Assert.Equal(["#000000", "#ffffff"], new[] { middles[X(4.8), Y(1)], middles[X(5.2), Y(1)] });
        Assert.Throws<TypeError>(() => plt.pcolormesh(np.array([0, 1, 2, 3]), np.array([0, 1]), np.array([[0, 1], [1, 0]])));
    }

    [Fact]
    public void Hexagons_count_points_and_arrows_point()
    {
        plt.hexbin(np.array([0, 10, 10, 10]), np.array([0, 10, 10, 10]), gridsize: 5, cmap: "gray");
        plt.axis([0, 10, 0, 10]);
        var hexagons = Now();
        Assert.Equal(["#ffffff", "#000000"], new[] { hexagons[X(10) - 6, Y(10) + 6], hexagons[X(5), Y(5)] });
        var arrows = Of(ax => ax.quiver([2], [2], [6], [0], color: "r", angles: "xy", scale_units: "xy", scale: 1, width: 0.02));
        Assert.Equal(["#ff0000", "#ff0000", "#ffffff"], new[] { arrows[X(3), Y(2)], arrows[X(7.8), Y(2)], arrows[X(8.3), Y(2)] });
        var one = Of(ax => ax.arrow(1, 1, 0, 5, head_width: 1, head_length: 2, width: 0.3, color: "b"));
        Assert.Equal(["#0000ff", "#0000ff", "#ffffff"], new[] { one[X(1), Y(3)], one[X(1.3), Y(6.2)], one[X(1.3), Y(3)] });
    }

    [Fact]
    public void A_legend_is_where_and_as_it_was_asked_for()
    {
        Drawn With(Action<KerasPort.Plotting.Axes> legend) => Of(ax =>
        {
            ax.plot([0, 10], [20, 20], "r", label: "one");
            ax.plot([0, 10], [20, 20], "b", label: "two");
            legend(ax);
        });
        // Beside the axes.
        var beside = With(ax => ax.legend(bbox_to_anchor: (1.0, 1), loc: "upper left"));
        Assert.True(beside.Count("#ff0000", 577, 58, 640, 120) > 10);
        Assert.Equal(0, beside.Count("#ff0000", 80, 58, 576, 427));
        // Two columns are wider and lower than two rows.
        var columns = With(ax => ax.legend(loc: "upper left", ncol: 2, frameon: false));
        var rows = With(ax => ax.legend(loc: "upper left", facecolor: "lime", framealpha: 1, edgecolor: "k"));
        Assert.Equal(0, columns.Inked(X(0) + 2, 92, X(3), 420));
        Assert.True(rows.Inked(X(0) + 2, 92, X(3), 420) > 50);
        Assert.Equal(0, rows.Inked(X(2), 60, 575, 400));
        Assert.True(columns.Inked(X(2), 60, 575, 90) > 20);
        Assert.True(rows.Count("#00ff00", 80, 58, 200, 120) > 500);
        // Given artists, of other axes too.
        plt.clf();
        var (_, ax1) = plt.subplots();
        var ax2 = ax1.twinx();
        Line2D[] both = [ax1.plot([0, 1], [0, 1], "r", label: "loss")[0], ax2.plot([0, 1], [1, 0], "b", label: "accuracy")[0]];
        ax1.legend(handles: both, loc: "center");
        var given = Now();
        Assert.True(given.Count("#0000ff", 280, 200, 330, 290) > 10 && given.Count("#ff0000", 280, 200, 330, 290) > 10);
        var (handles, labels) = ax1.get_legend_handles_labels();
        Assert.Equal((1, "loss"), (handles.Length, labels[0]));
        ax1.legend([mpatches.Patch(color: "lime", label: "cats")], loc: "center");
        Assert.True(Now().Count("#00ff00", 280, 200, 330, 290) > 50);
    }

    [Fact]
    public void Titles_and_names_are_where_they_were_said_and_can_be_changed()
    {
        var left = Of(ax => ax.set_title("words", loc: "left", pad: 20));
        Assert.True(left.Inked(80, 10, 140, 38) > 20);
        Assert.Equal(0, left.Inked(200, 0, 640, 56));
        Assert.Equal(0, left.Inked(80, 40, 560, 56));
        var far = Of(ax => ax.set_xlabel("words", labelpad: 15));
        Assert.Equal(0, far.Inked(300, 452, 340, 462));
        Assert.True(far.Inked(290, 462, 370, 480) > 20);
        var plain = Of(ax => ax.set_title("words"));
        var changed = Of(ax => ax.set_title("words").set_color("r"));
        Assert.Equal(0, plain.Count("#ff0000", 0, 0, 640, 57));
        Assert.True(changed.Count("#ff0000", 280, 20, 380, 57) > 10);
        var italic = Of(ax => ax.text(5, 5, "HHHHH", style: "italic"));
        var upright = Of(ax => ax.text(5, 5, "HHHHH", alpha: 0.5));
        Assert.NotEqual(italic.Inked(X(5), Y(6), X(7), Y(5)), upright.Inked(X(5), Y(6), X(7), Y(5)));
        Assert.False(upright.Count("#000000", X(5), Y(6), X(7), Y(5)) > 0);
    }

    [Fact]
    public void Ticks_are_where_and_as_they_were_asked_for()
    {
        var turned = Of(ax => ax.set_xticks([5], labels: ["a long label"], rotation: 45, ha: "right", fontsize: 14, color: "r"));
        Assert.True(turned.Count("#ff0000", X(3), 428, X(5) + 6, 480) > 20);
        Assert.Equal(0, turned.Inked(X(5) + 8, 440, 640, 480));
        int[] ink = [.. new KerasPort.Plotting.Series[] { [7, 8], ["7", "8"], ["7.0", "8.0"] }.Select(
            labels => Of(ax => ax.bar([2, 4], [1, 2], tick_label: labels)).Inked(70, 430, 600, 480))];
        Assert.Equal(ink[1], ink[0]);
        Assert.NotEqual(ink[2], ink[0]);
        var minor = Of(ax => ax.minorticks_on());
        Assert.True(minor.IsDark(X(0.5), 429) && !minor.IsDark(X(0.5), 432) && minor.IsDark(X(2), 431));
        var above = Of(ax => ax.xaxis.tick_top());
        Assert.True(above.Inked(70, 30, 600, 56) > 50);
        Assert.Equal(0, above.Inked(70, 430, 600, 480));
        var both = Of(ax => ax.tick_params(top: true, labeltop: true, right: true, bottom: false, labelbottom: false));
        Assert.True(both.IsDark(X(2), 55) && both.IsDark(579, Y(4)) && !both.IsDark(X(2), 430));
        Assert.True(both.Inked(70, 30, 600, 52) > 50);
        Assert.Equal(0, both.Inked(90, 430, 570, 480));
        var whole = Drawn.Of(ax =>
        {
            ax.plot([0, 1, 2], [0, 1, 2]);
            ax.xaxis.set_major_locator(ticker.MaxNLocator(integer: true));
            ax.yaxis.set_major_formatter(ticker.PercentFormatter(1));
            ax.yaxis.set_major_locator(ticker.MultipleLocator(1));
        });
        Assert.Equal(3, Enumerable.Range(82, 490).Count(x => whole.IsDark(x, 430) && !whole.IsDark(x - 1, 430)));
        Assert.Equal(3, Enumerable.Range(60, 366).Count(y => whole.IsDark(77, y) && !whole.IsDark(77, y - 1)));
        Drawn Log(Formatter formatter, Locator minor) => Drawn.Of(ax =>
        {
            ax.semilogy([1, 1000]);
            ax.axis([0, 1, 1, 1000]);
            ax.yaxis.set_major_locator(ticker.FixedLocator([1, 50, 1000]));
            ax.yaxis.set_minor_locator(minor);
            ax.yaxis.set_major_formatter(formatter);
        });
        int Marks(Drawn drawn) => Enumerable.Range(50, 385).Count(y => drawn.IsDark(76, y) && !drawn.IsDark(76, y - 1));
        var log = Log(ticker.ScalarFormatter(), ticker.NullLocator());
        Assert.Equal(3, Marks(log));
        Assert.True(log.Inked(0, 220, 74, 280) > 10);
        var bare = Log(ticker.NullFormatter(), ticker.FixedLocator([2, 3]));
        Assert.Equal((3, 0), (Marks(bare), bare.Inked(0, 0, 74, 420)));
        Assert.True(Log("{x:.1f}", ticker.NullLocator()).Inked(0, 220, 74, 280) > log.Inked(0, 220, 74, 280));
        Assert.Equal(3, Marks(Log(ticker.FuncFormatter((value, i) => $"{i}"), ticker.MultipleLocator(1000))));
        var (_, ax) = plt.subplots();
        ax.get_xaxis().set_visible(false);
        Assert.Equal(0, Now().Inked(90, 430, 640, 480));
        var (_, several) = plt.subplots(1, 2);
        Assert.Throws<ValueError>(() => several.xaxis.set_visible(false));
    }

    [Fact]
    public void A_colour_bar_has_the_place_and_the_ticks_that_it_was_told()
    {
        var (fig, ax) = plt.subplots();
        var image = ax.imshow(np.array([[0, 1], [2, 3]]), aspect: "auto", cmap: "gray");
        fig.colorbar(image, ax: ax, orientation: "horizontal", ticks: [0, 3], format: "%.1f", shrink: 0.5);
        var below = Now();
        Assert.Equal(["#ffffff", "#ffffff"], new[] { below[100, 395], below[560, 395] });
        Assert.NotEqual("#ffffff", below[250, 378]);
        Assert.Equal("#555555", below[450, 100]);
        var (figure, axes) = plt.subplots(2, 2);
        foreach (var one in axes.flat) image = one.imshow(np.array([[0, 0], [0, 0]]), aspect: "auto", cmap: "gray", vmin: 0, vmax: 1);
        figure.colorbar(image, ax: axes);
        var all = Now();
        // One bar beside all four, over their whole height.
        Assert.Equal("#000000", all[430, 100]);
        Assert.Equal(0, all.Count("#000000", 480, 100, 498, 180));
        Assert.StartsWith("#f", all[505, 62]);
        Assert.StartsWith("#0", all[505, 423]);
    }

    [Fact]
    public void Axes_share_what_they_were_told_and_grids_have_the_sizes_they_were_told()
    {
        var (_, axes) = plt.subplots(2, 2, sharex: "col", sharey: "row");
        axes[0, 0].plot([0, 100], [0, 7]);
        Assert.Equal(axes[0, 0].get_xlim(), axes[1, 0].get_xlim());
        Assert.Equal(axes[0, 0].get_ylim(), axes[0, 1].get_ylim());
        Assert.NotEqual(axes[0, 0].get_xlim(), axes[0, 1].get_xlim());
        foreach (var ax in axes.flat)
        {
            ax.set(xlabel: "x", ylabel: "y", title: "t");
            ax.label_outer();
        }
        Assert.Equal(["", "", "x", "x"], axes.flat.Select(ax => ax.get_xlabel()));
        Assert.Equal(["y", "", "y", ""], axes.flat.Select(ax => ax.get_ylabel()));
        var (_, (wide, narrow)) = plt.subplots(1, 2, gridspec_kw: new() { ["width_ratios"] = [3, 1], ["wspace"] = 0.0 });
        wide.imshow(np.zeros([1, 1]), cmap: "gray", aspect: "auto");
        var drawn = Now();
        Assert.Equal(["#000000", "#ffffff"], new[] { drawn[80 + 496 * 0.74, 240], drawn[80 + 496 * 0.76, 240] });
        Assert.Throws<ValueError>(() => plt.subplots(1, 2, gridspec_kw: new() { ["widths"] = [3, 1] }));
        plt.figure();
        plt.axes([0.5, 0.5, 0.25, 0.25]).imshow(np.zeros([1, 1]), cmap: "gray", aspect: "auto");
        var placed = Now();
        Assert.Equal(["#000000", "#ffffff"], new[] { placed[400, 180], placed[250, 180] });
    }

    [Fact]
    public void A_figure_has_words_of_its_own_and_room_for_them()
    {
        var (fig, _) = plt.subplots();
        fig.text(0.5, 0.5, "HHH", ha: "center", va: "center", color: "r");
        fig.supxlabel("below");
        fig.supylabel("beside");
        plt.figtext(0.01, 0.97, "corner", va: "top", color: "b");
        var drawn = Now();
        Assert.True(drawn.Count("#ff0000", 300, 225, 340, 255) > 20);
        Assert.True(drawn.Inked(280, 455, 360, 480) > 20);
        Assert.True(drawn.Inked(10, 200, 30, 280) > 20);
        Assert.True(drawn.Count("#0000ff", 5, 8, 70, 40) > 10);
        plt.figure(facecolor: "yellow");
        plt.plot([0, 1]);
        plt.tight_layout(pad: 4);
        var roomy = Now();
        Assert.Equal("#ffff00", roomy[3, 3]);
        Assert.Equal(640 * 480, roomy.Count("#ffff00", 0, 0, 640, 480) + roomy.Count("#ffffff", 0, 0, 640, 480) + Others(roomy));
        Assert.Equal(50 * 480, roomy.Count("#ffff00", 0, 0, 50, 480));
        plt.tight_layout(rect: (0, 0, 0.5, 1));
        Assert.Equal(300 * 480, Now().Count("#ffff00", 340, 0, 640, 480));

        static int Others(Drawn of) => of.Inked(0, 0, 640, 480) - of.Count("#ffff00", 0, 0, 640, 480);
    }

    [Fact]
    public void Files_are_as_large_and_as_clear_as_they_were_asked_for()
    {
        using var folder = new TemporaryFolder();
        plt.figure(figsize: (4, 3));
        plt.plot([1, 2, 3], label: "a line beside");
        plt.legend(bbox_to_anchor: (1.5, 1), loc: "upper left");
        Drawn Saved(string name, Action<string> save)
        {
            save(folder[name]);
            return new(File.ReadAllBytes(folder[name]));
        }
        // Including artists outside of the figure.
        var tight = Saved("tight.png", path => plt.savefig(path, bbox_inches: "tight"));
        Assert.InRange(tight.Width, 560, 760);
        var loose = Saved("loose.png", path => plt.savefig(path, bbox_inches: "tight", pad_inches: 1));
        Assert.InRange(loose.Width - tight.Width, 178, 182);
        Assert.Equal("#d3d3d3", Saved("face.png", path => plt.savefig(path, facecolor: "lightgrey"))[2, 2]);
        plt.savefig(folder["clear.png"], transparent: true);
        var clear = plt.imread(folder["clear.png"]);
        Assert.Equal("(300, 400, 4)", clear.shape.ToString());
        Assert.Equal([0.0, 0.0], new[] { clear[2, 2, 3].item(), clear[150, 60, 3].item() });
        plt.savefig(folder["a.jpg"], dpi: 50);
        Assert.Equal("(150, 200, 3)", plt.imread(folder["a.jpg"]).shape.ToString());
        plt.savefig(folder["a.pdf"]);
        Assert.StartsWith("%PDF-", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(folder["a.pdf"])));
        Assert.Throws<ValueError>(() => plt.savefig(folder["a.tiff"]));
    }

    [Fact]
    public void Boxes_and_pies_are_as_their_arguments_say()
    {
        var boxes = Of(ax => ax.boxplot([np.array([2, 4, 6, 8])], positions: [5], widths: 4, patch_artist: true, showmeans: true));
        Assert.Equal("#1f77b4", boxes[X(4), Y(4.5)]);
        Assert.Equal("#2ca02c", boxes[X(5), Y(5) + 2]);
        Assert.Equal("#ffffff", Of(ax => ax.boxplot([np.array([2, 4, 6, 8])], positions: [5], widths: 4))[X(4), Y(4.5)]);
        var ring = Drawn.Of(ax => ax.pie([1, 1], colors: new[] { "red", "blue" },
            wedgeprops: new() { ["width"] = 0.4, ["edgecolor"] = "lime", ["linewidth"] = 6 }));
        double radius = 369.6 / 2.5;
        Assert.Equal(["#ffffff", "#ff0000", "#0000ff"], new[] { ring[328, 242], ring[328, 242.4 - 0.8 * radius], ring[328, 242.4 + 0.8 * radius] });
        Assert.Equal("#00ff00", ring[328 + 0.8 * radius, 242.4]);
        var words = Drawn.Of(ax => ax.pie([1, 1], labels: ["a", "b"], textprops: new() { ["color"] = "red", ["fontsize"] = 20 }, labeldistance: 0.5));
        Assert.True(words.Count("#ff0000", 300, 130, 380, 200) > 20);
        Assert.True(Drawn.Of(ax => ax.pie([1, 1], shadow: true)).Inked(0, 0, 640, 480) > Drawn.Of(ax => ax.pie([1, 1])).Inked(0, 0, 640, 480) + 200);
    }

    [Fact]
    public void Contour_lines_say_their_numbers()
    {
        var x = np.linspace(0, 10, 41);
        var z = np.stack([x, x, x]);
        Drawn With(bool isNamed, bool isInline) => Of(ax =>
        {
            var set = ax.contour(x, np.array([0, 5, 10]), z, levels: [5.0, 20], colors: "k");
            if (isNamed) ax.clabel(set, inline: isInline, fontsize: 12);
        });
        Assert.Equal(0, With(false, true).Inked(X(5) + 3, Y(9), X(6), Y(1)));
        Assert.True(With(true, true).Inked(X(5) + 3, Y(9), X(6), Y(1)) > 15);
        int[] whole = [.. new[] { With(false, true), With(true, true) }.Select(drawn => Enumerable.Range(65, 355).Count(y => drawn.IsDark(X(5), y)))];
        Assert.True(whole[1] < whole[0] - 10);
        Assert.Throws<ValueError>(() => plt.clabel(plt.contourf(z)));
    }
}
