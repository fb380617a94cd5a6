using KerasPort.Plotting;
using static KerasPort.Plotting.PyPlot;
using static KerasPort.Tests.Refusals;

namespace KerasPort.Tests.Plotting;

/// <summary>plt as programs use it: one figure and one axes are current.</summary>
public sealed class PyPlotTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plt").FullName;

    public PyPlotTests() => plt.close("all");

    public void Dispose()
    {
        plt.close("all");
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Show_writes_each_figure_under_a_number_of_its_own_says_where_and_closes_them()
    {
        plt.figure(figsize: (2, 1));
        plt.plot([1, 2, 3]);
        var said = new StringWriter();
        plt.Show(_folder, said);
        plt.plot([1, 2, 3]);
        plt.Show(_folder, said);
        plt.Show(_folder, said);
        string[] files = said.ToString().Trim().Split(Environment.NewLine);
        Assert.Equal(2, files.Distinct().Count());
        Assert.All(files, file => Assert.Matches(@"Figure_\d+\.png$", file));
        var (first, second) = (new Drawn(File.ReadAllBytes(files[0])), new Drawn(File.ReadAllBytes(files[1])));
        Assert.Equal((200, 100, 640, 480), (first.Width, first.Height, second.Width, second.Height));
    }

    [Fact]
    public void Savefig_writes_by_the_ending_at_the_resolution_asked_for()
    {
        plt.plot([1, 2], [3, 4], "r-", label: "a");
        plt.title("A title");
        foreach (string name in new[] { "a.png", "a.svg", "bare" }) plt.savefig(Path.Combine(_folder, name), dpi: 50);
        Assert.Equal(320, new Drawn(File.ReadAllBytes(Path.Combine(_folder, "a.png"))).Width);
        Assert.Equal(320, new Drawn(File.ReadAllBytes(Path.Combine(_folder, "bare.png"))).Width);
        string svg = File.ReadAllText(Path.Combine(_folder, "a.svg"));
        Assert.Contains("<svg", svg);
        Assert.DoesNotContain("<image", svg);
        plt.savefig(Path.Combine(_folder, "tight.png"), bbox_inches: "tight");
        Assert.InRange(new Drawn(File.ReadAllBytes(Path.Combine(_folder, "tight.png"))).Width, 520, 600);
    }

    [Fact]
    public void Subplot_makes_axes_once_and_makes_them_the_current_ones()
    {
        var first = plt.subplot(2, 2, 1);
        var second = plt.subplot(222);
        Assert.Same(second, plt.gca());
        Assert.Same(first, plt.subplot(2, 2, 1));
        Assert.Same(first, plt.gca());
        Assert.Equal(2, plt.gcf().axes.Count);
        plt.clf();
        Assert.Empty(plt.gcf().axes);
        var (fig, axes) = plt.subplots(2, 3);
        Assert.Same(fig, plt.gcf());
        Assert.Equal("(2, 3)", axes.shape.ToString());
        Assert.Same(axes[0, 2], axes[0][2]);
        Assert.Equal([2, 3, 6], new[] { axes.Count, axes[1].Count, axes.flat.Count });
        Assert.Same(axes[1, 2], axes[-1, -1]);
        Assert.Same(axes[0, 1], axes.flat[1]);
        var (_, column) = plt.subplots(3, sharex: true);
        Assert.Same(column[2], column[-1]);
        var (_, ((a, b), (c, d))) = plt.subplots(2, 2);
        Assert.True(plt.gcf().axes.SequenceEqual([a, b, c, d]));
        var (_, (left, right)) = plt.subplots(1, 2);
        Assert.True(plt.gcf().axes.SequenceEqual([left, right]));
        // A single axes isn't an array of one, unless asked for.
        var (only, one) = plt.subplots(1, 1);
        Assert.Single(one.plot([1, 2]));
        Assert.Same(only.gca(), one);
        Assert.Equal("(1, 1)", plt.subplots(1, 1, squeeze: false).axes.shape.ToString());
    }

    [Fact]
    public void Limits_are_the_data_s_and_a_margin_unless_they_are_given()
    {
        plt.plot(Enumerable.Range(0, 20), Enumerable.Range(0, 20).Select(i => i * 0.5).ToArray());
        Assert.Equal((-0.95, 19.95), (Math.Round(plt.xlim().left, 9), Math.Round(plt.xlim().right, 9)));
        plt.ylim([0, 1]);
        Assert.Equal((0, 1), plt.ylim());
        plt.ylim(top: 5);
        Assert.Equal((0, 5), plt.ylim());
        plt.axis([1, 2, 3, 4]);
        Assert.Equal((1, 2, 3, 4), (plt.xlim().left, plt.xlim().right, plt.ylim().bottom, plt.ylim().top));
        plt.clf();
        plt.imshow(np.zeros([3, 5]));
        Assert.Equal((-0.5, 4.5, 2.5, -0.5), (plt.xlim().left, plt.xlim().right, plt.ylim().bottom, plt.ylim().top));
        plt.clf();
        plt.bar(["a", "b"], [3, 4]);
        Assert.Equal((0, 4.2), (plt.ylim().bottom, Math.Round(plt.ylim().top, 9)));
    }

    [Fact]
    public void Axes_of_a_figure_are_made_with_what_they_say()
    {
        var figure = plt.figure();
        var axes = figure.add_subplot(3, 5, 2, xticks: [], yticks: [0, 1], title: "t", xlabel: "x", ylabel: "y");
        axes.plot(np.arange(3));
        Assert.Empty(axes.XTicks.Places!);
        Assert.Equal([0.0, 1.0], axes.YTicks.Places!);
        Assert.Equal((3.0, 9.0), plt.xlim([3, 9]));
        int[] limits = [0, 50];
        Assert.Equal((0.0, 50.0), plt.ylim(limits));
        var colors = plt.rcParams["axes.prop_cycle"].by_key()["color"];
        Assert.Equal(("#1f77b4", "#17becf", 10), (colors[0], colors[^1], colors.Length));
        Assert.Contains("axes.prop_cycle", Assert.Throws<ValueError>(() => plt.rcParams["figure.figsize"].by_key()).Message);
    }

    [Fact]
    public void A_histogram_counts_as_numpy_does()
    {
        var (n, bins, patches) = plt.hist([1, 2, 2, 3, 3, 3, 4], bins: 3);
        Assert.Equal([1, 2, 4], n.ToDoubles());
        Assert.Equal([1, 2, 3, 4], bins.ToDoubles());
        Assert.Equal(3, patches.Count);
        Assert.Equal(1, plt.hist([1, 2, 2, 3], bins: 3, density: true).n.ToDoubles().Sum() * (2 / 3.0), 12);
    }

    [Fact]
    public void What_is_not_there_is_refused_by_name()
    {
        Refused("'c-c' is not a valid format string (two color symbols)", () => plt.plot([1], "c-c"));
        Refused("'rr' is not a valid format string (two color symbols)", () => plt.plot([1], "rr"));
        Refused("x and y must have same first dimension, but have shapes (2,) and (3,)", () => plt.plot([1, 2], [1, 2, 3]));
        Refused("'colour' is not a valid value for color", () => plt.plot([1], color: "colour"));
        Refused("'wavy' is not a valid value for linestyle", () => plt.plot([1], linestyle: "wavy"));
        Refused("Unrecognized marker style '8': expected one of . ,", () => plt.plot([1], marker: "8"));
        Refused("'viridi' is not a known colormap name here: expected one of ", () => plt.imshow(np.zeros([2, 2]), cmap: "viridi"));
        Refused("`interpolation` must be 'nearest', 'bilinear', 'bicubic', 'none' or 'antialiased' here. Received: interpolation='lanczos'",
            () => plt.imshow(np.zeros([2, 2]), interpolation: "lanczos"));
        Refused("num must be an integer with 1 <= num <= 4, not 5", () => plt.subplot(2, 2, 5));
        Refused("Integer subplot specification must be a three-digit number, not 22", () => plt.subplot(22));
        Refused("Unrecognized string 'of' to axis; try 'on', 'off'", () => plt.axis("of"));
        Refused("`loc` must be one of 'best', 'upper right'", () => plt.legend(loc: "north"));
        Refused("Format 'tiff' is not supported (supported formats: jpeg, jpg, pdf, png, svg)", () => plt.savefig(Path.Combine(_folder, "a.tiff")));
        Refused("alpha (2.0) is outside 0-1 range", () => plt.plot([1], alpha: 2));
        Refused("'symlog' is not a valid value for scale here", () => plt.yscale("symlog"));
        Refused("figure size must be two positive finite numbers", () => plt.figure(figsize: (0, 1)));
        Refused("The number of FixedLocator locations (2), usually from a call to set_ticks, does not match the number of labels (1).",
            () => plt.xticks([1, 2], ["a"]));
        Refused("A list holds names or numbers, not both. Received: 'a'", () => plt.plot([1, "a"]));
        Refused("There are 2 axes here, (2,): say which by an index", () => plt.subplots(2, 2).axes[0].plot([1]));
        Refused("There are 4 axes here, (2, 2): say which by an index", () => plt.subplots(2, 2).axes.set_title("one"));
        Refused("too many indices for array: these axes are (2,), and [0, 1]", () => _ = plt.subplots(2).axes[0, 1]);
        Refused("not enough values to unpack (expected 3, got 2)", () => { var (_, (_, _, _)) = plt.subplots(1, 2); });
        Refused("These are one axes, which have no [0]", () => _ = plt.subplots(1, 1).axes[0]);
        Refused("GridSpec has 2 here, and no cells 2", () => plt.subplot2grid((2, 2), (2, 0)));
        Refused("'lines.width' is not a setting here: expected one of axes.axisbelow", () => plt.rcParams["lines.width"] = 2);
        Refused("Key font.size: expected a value such as", () => plt.rcParams["font.size"] = "wide");
        Refused("Key axes.grid: expected a value such as", () => plt.rcParams["axes.grid"] = "yes");
        Refused("'ggplot2' is not a valid package style here: expected 'default', 'dark_background'", () => plt.style.use("ggplot2"));
        Refused("`arrowstyle` must be '-', '->'", () => plt.annotate("a", (0, 0), arrowprops: new() { ["arrowstyle"] = "wedge" }));
        Refused("`arrowprops` has arrowstyle, color", () => plt.annotate("a", (0, 0), arrowprops: new() { ["arrowstile"] = "->" }));
        Refused("'where' must be 'pre', 'post' or 'mid'", () => plt.step([1], [1], where: "after"));
        Refused("'yerr' must not contain negative values", () => plt.errorbar([1], [1], yerr: -1));
        Refused("Wedge sizes 'x' must be non negative values", () => plt.pie([1, -1]));
        Refused("Contour levels must be increasing", () => plt.contour(np.eye(3), levels: [1, 0]));
        Refused("axis must be 'x', 'y' or 'both'", () => plt.tick_params(axis: "z"));
        Assert.Contains("Length of x ((2,)) must match number of columns in z (3)",
            Assert.Throws<TypeError>(() => plt.contourf([1, 2], [1, 2, 3], np.eye(3))).Message);
        Assert.Contains("Invalid shape (5,) for image data", Assert.Throws<TypeError>(() => plt.imshow(np.zeros([5]))).Message);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_terminal_gets_the_picture_in_the_way_that_it_says_it_knows()
    {
        plt.figure(figsize: (0.3, 0.2));
        byte[] png = plt.gcf().Png();
        string? For(bool isTerminal, params (string, string)[] set) =>
            TerminalPicture.Of(png, isTerminal, name => set.FirstOrDefault(one => one.Item1 == name).Item2);
        string content = Convert.ToBase64String(png);
        Assert.Equal($"\e_Ga=T,f=100,m=0;{content}\e\\", For(true, ("TERM", "xterm-kitty")));
        Assert.Equal($"\e]1337;File=inline=1;size={png.Length}:{content}\a", For(true, ("TERM_PROGRAM", "iTerm.app")));
        // White is the last of 216 colours: 30 columns of six rows each.
        string sixels = For(true, ("TERM", "foot"))!;
        Assert.StartsWith("\ePq\"1;1;30;20#0;2;0;0;0", sixels);
        Assert.EndsWith("#215!30~$-#215!30~$-#215!30~$-#215!30B$-\e\\", sixels);
        Assert.Null(For(true, ("TERM", "xterm-256color")));
        Assert.Null(For(false, ("TERM", "xterm-kitty")));
        Assert.Null(For(true, ("TERM", "xterm-kitty"), ("TMUX", "/tmp/tmux")));
    }
}
