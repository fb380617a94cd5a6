using KerasPort.Plotting;
using static KerasPort.Plotting.PyPlot;

namespace KerasPort.Tests.Plotting;

/// <summary>
/// Less common charts, pixel by pixel: a figure of 640 x 480 has its axes from 80 to 576 and from 58 to 427, and here the limits of both axes
/// are 0 and 10.
/// </summary>
public sealed class MoreOfPlotTests : IDisposable
{
    public MoreOfPlotTests() => plt.close("all");

    public void Dispose()
    {
        plt.style.use("default");
        plt.close("all");
    }

    private static double X(double x) => 80 + 49.6 * x;

    private static double Y(double y) => 427.2 - 36.96 * y;

    private static Drawn Of(Action<KerasPort.Plotting.Axes> draw) => Drawn.Of(ax =>
    {
        ax.axis([0, 10, 0, 10]);
        draw(ax);
    });

    [Fact]
    public void An_annotation_has_an_arrow_from_its_words_to_its_place()
    {
        var drawn = Of(ax => ax.annotate("here", (2, 2), xytext: (8, 8), arrowprops: new() { ["arrowstyle"] = "->", ["color"] = "red", ["lw"] = 3 }));
        foreach (double at in new[] { 2.2, 3, 5, 7 }) Assert.True(drawn.Count("#ff0000", X(at) - 8, Y(at) - 8, X(at) + 8, Y(at) + 8) > 5, $"no line at {at}");
        Assert.True(drawn.Inked(X(8), Y(8) - 14, X(8) + 40, Y(8) + 4) > 40);
        // The head is wider than the line.
        Assert.True(drawn.Inked(X(2), Y(2) - 14, X(2) + 14, Y(2)) > drawn.Inked(X(5), Y(5) - 7, X(5) + 7, Y(5) + 7));
        var filled = Of(ax => ax.annotate("here", (2, 5), xytext: (8, 5), va: "center", arrowprops: new() { ["facecolor"] = "black", ["shrink"] = 0.05 }));
        Assert.Equal("#000000", filled[X(5), Y(5)]);
        Assert.Equal("#ffffff", filled[X(2.05), Y(5)]);
        var beside = Of(ax => ax.annotate("p", (5, 5), xytext: (20, 10), textcoords: "offset points"));
        Assert.Equal(0, beside.Inked(X(5) - 40, Y(5) - 12, X(5) + 20, Y(5) + 30));
        Assert.True(beside.Inked(X(5) + 24, Y(5) - 30, X(5) + 50, Y(5) - 5) > 10);
    }

    [Fact]
    public void Words_stand_at_the_side_of_their_place_that_was_asked_for()
    {
        foreach (var (ha, va, right, up) in new[] { ("left", "bottom", 1, 1), ("right", "top", -1, -1), ("right", "bottom", -1, 1) })
        {
            var drawn = Of(ax => ax.text(5, 5, "$\\theta$ word", ha: ha, va: va));
            int beside = drawn.Inked(X(5) + (right > 0 ? 1 : -80), Y(5) + (up > 0 ? -25 : 1), X(5) + (right > 0 ? 80 : -1), Y(5) + (up > 0 ? -1 : 25));
            // Except for the edge of a letter.
            Assert.InRange(drawn.Inked(X(5) - 80, Y(5) - 25, X(5) + 80, Y(5) + 25), 80, beside * 1.05);
        }
    }

    [Fact]
    public void A_twin_has_values_of_its_own_at_the_right()
    {
        var drawn = Drawn.Of(ax =>
        {
            ax.plot([0, 10], [1, 1], "b-");
            var twin = ax.twinx();
            twin.plot([0, 10], [500, 500], "r-", linewidth: 4);
            twin.set_ylim(0, 1000);
            twin.set_ylabel("accuracy", color: "red");
            ax.set_ylim(0, 4);
        });
        Assert.Equal("#ff0000", drawn[320, (57.6 + 427.2) / 2]);
        Assert.True(drawn.Count("#0000ff", 300, Y(2.5) - 3, 320, Y(2.5) + 3) > 15);
        Assert.True(drawn.Inked(577, 50, 610, 440) > 100);
        Assert.True(drawn.Inked(600, 180, 639, 300) > 20);
        // Below there is one row of labels, not two on top of each other.
        var single = Drawn.Of(ax => ax.plot([0, 10], [1, 1]));
        Assert.Equal(single.Inked(60, 434, 600, 460), drawn.Inked(60, 434, 600, 460));
    }

    [Fact]
    public void Contours_lie_where_numbers_are_the_same()
    {
        var x = np.linspace(0, 10, 11);
        // z is x: a vertical line at each level.
        var z = np.stack([x, x, x]);
        var lines = Of(ax =>
        {
            var set = ax.contour(x, np.array([0, 5, 10]), z, levels: [2.5, 7.5], colors: "k", linewidths: 3);
            Assert.Equal([2.5, 7.5], set.levels);
        });
        Assert.Equal(["#000000", "#000000", "#ffffff"], new[] { lines[X(2.5), Y(3)], lines[X(7.5), Y(8)], lines[X(5), Y(5)] });
        var bands = Of(ax => ax.contourf(x, np.array([0, 5, 10]), z, levels: [0, 5, 10], cmap: "gray"));
        Assert.Equal("#404040", bands[X(1), Y(5)]);
        Assert.Equal("#c0c0c0", bands[X(9), Y(5)]);
        Assert.Equal("#404040", bands[X(4.9), Y(1)]);
        Assert.Equal("#c0c0c0", bands[X(5.1), Y(9)]);
        // matplotlib's default levels.
        Assert.Equal([0.0, 1.5, 3.0, 4.5, 6.0, 7.5, 9.0, 10.5], plt.contourf(z).levels);
        Assert.Equal([-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1],
            Array.ConvertAll(plt.contour(np.array([[-1.0, 0.8], [0.5, 0.1]])).levels, v => Math.Round(v, 9)));
    }

    [Fact]
    public void Axes_share_the_cells_of_a_grid()
    {
        var figure = plt.figure();
        var gs = figure.add_gridspec(2, 3);
        foreach (var place in new[] { gs[0, ..], gs[1, ..^1], gs[-1, -1] }) figure.add_subplot(place).imshow(np.zeros([1, 1]), cmap: "gray", aspect: "auto");
        double width = 496 / 3.4, height = 369.6 / 2.2, below = 57.6 + 1.2 * height;
        var drawn = new Drawn(figure.Png());
        Assert.Equal("#000000", drawn[320, 57.6 + height / 2]);
        Assert.Equal("#000000", drawn[80 + 1.1 * width, below + height / 2]);
        Assert.False(drawn.IsDark(80 + 2.3 * width, below + height / 2));
        Assert.Equal("#000000", drawn[80 + 2.6 * width, below + height / 2]);
        plt.figure();
        plt.subplot2grid((2, 3), (1, 1), colspan: 2).imshow(np.zeros([1, 1]), cmap: "gray", aspect: "auto");
        var other = new Drawn(plt.gcf().Png());
        Assert.Equal("#000000", other[80 + 2.3 * width, below + height / 2]);
        Assert.False(other.IsDark(320, 57.6 + height / 2));
    }

    [Fact]
    public void Ticks_are_as_they_were_asked_for()
    {
        var plain = Of(_ => { });
        var large = Of(ax => ax.tick_params(labelsize: 20, length: 0));
        Assert.True(large.Inked(60, 436, 600, 470) > 1.5 * plain.Inked(60, 436, 600, 470));
        Assert.True(plain.IsDark(X(2), 430));
        Assert.False(large.IsDark(X(2), 430));
        var bare = Of(ax => ax.tick_params(axis: "x", labelbottom: false, bottom: false));
        Assert.Equal(0, bare.Inked(70, 429, 640, 480));
        Assert.True(bare.Inked(40, 50, 79, 440) > 50);
        Assert.True(Of(ax => ax.tick_params(axis: "y", colors: "red")).Count("#ff0000", 40, 50, 79, 440) > 20);
    }

    [Fact]
    public void Stripes_steps_and_uncertain_values_are_where_they_were_said()
    {
        var stripes = Of(ax =>
        {
            ax.axvspan(2, 4, color: "red");
            ax.axhspan(7, 8, facecolor: "blue", alpha: 0.5);
        });
        Assert.Equal(["#ff0000", "#ff0000", "#ffffff", "#8080ff"],
            new[] { stripes[X(3), Y(1)], stripes[X(2.1), Y(9)], stripes[X(5), Y(5)], stripes[X(9), Y(7.5)] });
        foreach (var (where, turn) in new[] { ("pre", 2.0), ("post", 8.0), ("mid", 5.0) })
        {
            var steps = Of(ax => ax.step([2, 8], [2, 8], where: where, color: "black", linewidth: 4));
            Assert.Equal("#000000", steps[X(turn), Y(5)]);
            Assert.Equal(where == "post" ? "#000000" : "#ffffff", steps[X(6), Y(2)]);
        }
        var errors = Of(ax => ax.errorbar([5], [5], yerr: 2, xerr: [1], fmt: "o", ecolor: "black", elinewidth: 4, capsize: 8));
        Assert.Equal(["#000000", "#000000", "#ffffff", "#000000"],
            new[] { errors[X(5), Y(6.8)], errors[X(5), Y(3.2)], errors[X(5), Y(7.4)], errors[X(5.9), Y(5)] });
        Assert.True(errors.IsDark(X(5) - 8, Y(7)));
        Assert.True(errors.Count("#1f77b4", X(5) - 4, Y(5) - 4, X(5) + 4, Y(5) + 4) > 20);
    }

    [Fact]
    public void A_logarithmic_axis_of_axes_has_equal_steps_for_equal_factors()
    {
        var drawn = Drawn.Of(ax =>
        {
            ax.semilogy([1, 10, 1000], color: "black", linewidth: 4);
            ax.axis([0, 2, 1, 1000]);
        });
        Assert.Equal(["#000000", "#000000"], new[] { drawn[80 + 248, 427.2 - 123.2], drawn[80 + 372, 427.2 - 246.4] });
        plt.gca().loglog([1, 10], [1, 100]);
        Assert.Equal((true, true), (plt.gca().IsLogX, plt.gca().IsLogY));
    }

    [Fact]
    public void Boxes_say_where_values_lie()
    {
        var drawn = Drawn.Of(ax =>
        {
            ax.boxplot([np.array([1, 2, 3, 4, 5, 9.5]), np.array([6, 6, 6])], labels: ["a", "b"]);
            ax.set_ylim(0, 10);
        });
        double At(double place) => 80 + 496 * (place - 0.5) / 2;
        // Quartiles 2.25, 3.5 and 4.75; whiskers at 1 and 5; one outlier.
        Assert.StartsWith("#ff", drawn[At(0.95), Y(3.5)]);
        Assert.NotEqual("#ffffff", drawn[At(0.95), Y(3.5)]);
        Assert.True(drawn.IsDark(At(0.95), Y(2.25)) || drawn.IsDark(At(0.95), Y(2.25) + 1));
        Assert.True(drawn.Inked(At(1) - 3, Y(5) - 2, At(1) + 3, Y(1) + 2) > 20);
        Assert.Equal(0, drawn.Inked(At(1) - 3, Y(8.9), At(1) + 3, Y(5) - 4));
        Assert.True(drawn.Inked(At(1) - 6, Y(9.5) - 6, At(1) + 6, Y(9.5) + 6) > 10);
        Assert.True(drawn.Count("#ffffff", At(1.95), Y(6), At(1.96), Y(6) + 1) == 0);
    }

    [Fact]
    public void A_pie_s_shares_go_against_the_clock_from_the_right()
    {
        var drawn = Drawn.Of(ax =>
        {
            var (wedges, texts, percents) = ax.pie([1, 1, 2], labels: ["a", "b", "c"], colors: new[] { "red", "lime", "blue" }, autopct: "%1.1f%%");
            Assert.Equal((3, 3), (wedges.Count, texts.Count));
            Assert.Equal(["25.0%", "25.0%", "50.0%"], percents.Select(text => text.get_text()));
        });
        double x = 328, y = 242.4, radius = 369.6 / 2.5, near = radius * 0.2;
        Assert.Equal(["#ff0000", "#00ff00", "#0000ff", "#0000ff"],
            new[] { drawn[x + near, y - near], drawn[x - near, y - near], drawn[x - near, y + near], drawn[x + near, y + near] });
        Assert.Equal("#0000ff", drawn[x, y + radius - 3]);
        Assert.Equal("#ffffff", drawn[x, y + radius + 3]);
        Assert.Equal(0, drawn.Inked(80, 60, 150, 420));
    }

    [Fact]
    public void Settings_and_styles_are_for_what_is_made_after_them()
    {
        plt.rcParams["figure.figsize"] = (3, 2);
        plt.rcParams.update(new() { ["lines.linewidth"] = 8, ["axes.grid"] = true });
        var (figure, ax) = plt.subplots();
        ax.plot([0, 1], [0.5, 0.5]);
        var drawn = new Drawn(figure.Png());
        Assert.Equal((300, 200), (drawn.Width, drawn.Height));
        Assert.True(drawn.Count("#1f77b4", 150, 80, 151, 130) >= 9);
        plt.rc("lines", linewidth: 1.5);
        plt.style.use("default");
        plt.style.use("ggplot");
        var styled = plt.figure();
        styled.gca().plot([0, 10], [5, 5], linewidth: 4);
        var second = new Drawn(styled.Png());
        Assert.Equal("#e5e5e5", second[330, 80]);
        Assert.Equal("#e24a33", second[320, 242]);
        Assert.False(second.IsDark(80.5, 200));
        plt.style.use("dark_background");
        var dark = plt.figure();
        dark.suptitle("title");
        dark.gca();
        var third = new Drawn(dark.Png());
        Assert.Equal(["#000000", "#000000", "#ffffff"], new[] { third[5, 5], third[320, 240], third[80, 200] });
        // A smaller picture has the frame's four lines too.
        var small = new Drawn(dark.Png(0.6));
        foreach (var (x, y) in new[] { (48, 120), (345, 120), (190, 34), (190, 255) })
            Assert.True(small.Count("#000000", x - 2, y - 2, x + 3, y + 3) < 25, $"no line at {x}, {y}");
        Assert.True(third.Count("#ffffff", 280, 2, 360, 40) > 30);
        Assert.Contains("ggplot", plt.style.available);
        // Earlier figures keep their settings.
        Assert.Equal(drawn[150, 100], new Drawn(figure.Png())[150, 100]);
    }

    [Fact]
    public void The_frame_s_lines_can_be_left_out_and_axes_turned_round()
    {
        var drawn = Of(ax => ax.spines[["top", "right"]].set_visible(false));
        Assert.Equal("#ffffff", drawn[320, 58]);
        Assert.Equal("#ffffff", drawn[575, 200]);
        Assert.True(drawn.IsDark(80, 200));
        Assert.True(drawn.IsDark(320, 426));
        Assert.Equal((10, 0), Turned());
        static (double, double) Turned()
        {
            plt.axis([0, 10, 0, 10]);
            plt.gca().invert_yaxis();
            return plt.ylim();
        }
    }

    [Fact]
    public void An_array_is_written_as_a_picture_and_read_again()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "a.png");
        plt.imsave(path, np.array([[0, 1], [2, 3]]), cmap: "gray");
        var read = plt.imread(path);
        Assert.Equal("(2, 2, 4)", read.shape.ToString());
        Assert.Equal([0, 1 / 3.0, 2 / 3.0, 1], read[.., .., 0].ravel().ToDoubles(), (a, b) => Math.Abs(a - b) < 0.003);
    }

    [Fact]
    public void A_colour_map_says_a_number_s_colour()
    {
        var (red, green, blue, alpha) = plt.cm.get_cmap("bwr").Apply(1.0);
        Assert.Equal((1, 0, 0, 1), (red, green, blue, alpha));
        var drawn = Of(ax => ax.plot([0, 10], [5, 5], color: plt.get_cmap("winter").Apply(0), linewidth: 5));
        Assert.Equal("#0000ff", drawn[X(5), Y(5)]);
    }

    [Fact]
    public void Cleared_axes_are_as_new()
    {
        var drawn = Drawn.Of(ax =>
        {
            ax.plot([0, 5], [3, 9]);
            ax.set_title("title");
            ax.set_yscale("log");
            ax.cla();
        });
        Assert.Equal(new Drawn(new Figure(1, null, null) is var bare && bare.gca() is not null ? bare.Png() : []).Inked(0, 0, 640, 480),
            drawn.Inked(0, 0, 640, 480));
    }
}
