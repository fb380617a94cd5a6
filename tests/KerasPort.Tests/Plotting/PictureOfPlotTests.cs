using KerasPort.Plotting;

namespace KerasPort.Tests.Plotting;

/// <summary>The appearance of a plot, pixel by pixel: a figure of 640 x 480 has its axes from 80 to 576 and from 58 to 427, as in matplotlib.</summary>
public class PictureOfPlotTests
{
    private const double Left = 80, Right = 576, Top = 57.6, Bottom = 427.2;

    // Converts a share of the data's range; a margin of a twentieth is at each end.
    private static double X(double share) => Left + (Right - Left) * (0.05 + share) / 1.1;

    private static double Y(double share) => Bottom - (Bottom - Top) * (0.05 + share) / 1.1;

    [Fact]
    public void A_line_is_where_the_data_is_in_the_first_colour_within_a_frame()
    {
        var drawn = Drawn.Of(ax => ax.plot([0, 1, 2], [0, 2, 4]));
        Assert.Equal((640, 480), (drawn.Width, drawn.Height));
        for (double share = 0; share <= 1; share += 0.125)
        {
            double x = X(share), y = Y(share);
            if (share is > 0 and < 1) Assert.Equal("#1f77b4", drawn[x, y]);
            if (share is > 0.1 and < 0.9) Assert.Equal("#ffffff", drawn[x, y + 30]);
        }
        foreach (double x in new[] { 80, 575.0 }) Assert.All(Enumerable.Range(60, 360), y => Assert.True(drawn.IsDark(x, y)));
        foreach (double y in new[] { 58, 426.0 }) Assert.All(Enumerable.Range(82, 490), x => Assert.True(drawn.IsDark(x, y)));
    }

    [Fact]
    public void Formats_say_colour_marker_and_line()
    {
        var dots = Drawn.Of(ax => ax.plot([0, 1], [0, 1], "ro"));
        double x = X(0), y = Y(0);
        Assert.Equal("#ff0000", dots[x, y]);
        Assert.Equal(0, dots.Count("#ff0000", 200, 100, 400, 380));
        var dashes = Drawn.Of(ax => ax.plot([0, 1], [0.5, 0.5], "g--"));
        int green = Enumerable.Range(110, 430).Count(at => dashes[at, (Top + Bottom) / 2] != "#ffffff");
        Assert.InRange(green, 240, 380);
        Assert.Equal("#000000", Drawn.Of(ax => ax.plot([0, 1], [0.5, 0.5], color: "black", linewidth: 5))[300, (Top + Bottom) / 2]);
    }

    [Fact]
    public void Lines_get_the_ten_colours_one_after_another()
    {
        var drawn = Drawn.Of(ax =>
        {
            for (int i = 0; i < 3; i++) ax.plot([0, 1], [i, i], linewidth: 4);
        });
        string[] colors = ["#1f77b4", "#ff7f0e", "#2ca02c"];
        for (int i = 0; i < 3; i++) Assert.Equal(colors[i], drawn[300, Y(i / 2.0)]);
    }

    [Fact]
    public void A_picture_s_pixels_are_squares_with_the_first_row_above()
    {
        var drawn = Drawn.Of(ax => ax.imshow(np.array([[0, 255], [255, 0]]), cmap: "gray"));
        // As high as wide, in the middle.
        double half = (Bottom - Top) / 4, x = (Left + Right) / 2, y = (Top + Bottom) / 2;
        Assert.Equal(["#000000", "#ffffff", "#ffffff", "#000000"],
            new[] { drawn[x - half, y - half], drawn[x + half, y - half], drawn[x - half, y + half], drawn[x + half, y + half] });
        Assert.Equal("#000000", drawn[x - 4, y - 4]);
        Assert.Equal("#ffffff", drawn[x - 2.5 * half, y]);
        var colored = Drawn.Of(ax => ax.imshow(np.array([[0, 1]])));
        Assert.Equal("#440154", colored[x - half, y]);
        Assert.Equal("#fde724", colored[x + half, y]);
    }

    [Fact]
    public void Colours_are_of_255_as_bytes_and_of_1_as_fractions()
    {
        var bytes = Drawn.Of(ax => ax.imshow(np.array([255, 128, 0]).reshape(1, 1, 3).astype("uint8")));
        Assert.Equal("#ff8000", bytes[300, 240]);
        var fractions = Drawn.Of(ax => ax.imshow(np.array([1.0, 0.5, 0.0]).reshape(1, 1, 3)));
        Assert.Equal("#ff8000", fractions[300, 240]);
    }

    [Fact]
    public void Without_axis_there_is_the_picture_and_its_title()
    {
        var drawn = Drawn.Of(ax =>
        {
            ax.imshow(np.array([[0, 1], [2, 3]]), cmap: "binary");
            ax.axis("off");
            ax.set_title("one");
        });
        Assert.Equal(0, drawn.Inked(0, 60, 130, 480));
        Assert.Equal(0, drawn.Inked(0, 430, 640, 480));
        Assert.True(drawn.Inked(250, 30, 400, 57) > 50);
    }

    [Fact]
    public void Bars_begin_at_the_frame_and_can_be_coloured_each()
    {
        var drawn = Drawn.Of(ax =>
        {
            var bars = ax.bar(Enumerable.Range(0, 3), [1, 2, 4], color: "#777777");
            bars[1].set_color("red");
            ax.set_ylim([0, 4]);
        });
        double At(double v) => X((v + 0.4) / 2.8);
        Assert.Equal(["#777777", "#ff0000", "#777777"], new[] { drawn[At(0), 400], drawn[At(1), 400], drawn[At(2), 400] });
        Assert.Equal("#ffffff", drawn[At(0), Bottom - (Bottom - Top) * 0.3]);
        Assert.Equal("#777777", drawn[At(2), Top + 6]);
        Assert.Equal("#ffffff", drawn[At(0.5), 400]);
    }

    [Fact]
    public void Ticks_their_labels_and_names_stand_around_the_frame()
    {
        var drawn = Drawn.Of(ax =>
        {
            ax.plot([0, 10], [0, 100]);
            ax.set_xlabel("epoch");
            ax.set_ylabel("loss");
        });
        // Ticks at 0, 2, …, 10, of five pixels.
        foreach (int tick in new[] { 0, 2, 4, 6, 8, 10 }) Assert.True(drawn.IsDark(X(tick / 10.0), 430), $"no tick at {tick}");
        Assert.False(drawn.IsDark(X(0.1), 430));
        Assert.True(drawn.Inked(300, 455, 360, 475) > 40);
        Assert.True(drawn.Inked(22, 215, 45, 270) > 40);
        var none = Drawn.Of(ax =>
        {
            ax.plot([0, 10], [0, 100]);
            ax.set_xticks([]);
            ax.set_yticks([]);
        });
        Assert.Equal(0, none.Inked(0, 0, 79, 480) + none.Inked(0, 429, 640, 480));
    }

    [Fact]
    public void A_legend_hides_what_it_can_least_and_names_what_has_a_label()
    {
        var falling = Drawn.Of(ax =>
        {
            ax.plot([0, 1], [1, 0], label: "loss");
            ax.plot([0, 1], [0.9, 0], label: "_hidden");
            ax.legend();
        });
        // The upper right is empty: matplotlib's first location.
        Assert.True(falling.Inked(480, 62, 572, 100) > 60);
        Assert.Equal(0, falling.Inked(85, 380, 200, 424));
        var rising = Drawn.Of(ax =>
        {
            ax.plot([0, 1], [0, 1], label: "accuracy");
            ax.legend();
        });
        Assert.True(rising.Inked(86, 62, 200, 100) > 60);
        var asked = Drawn.Of(ax =>
        {
            ax.plot([0, 1], [1, 0]);
            ax.legend(["loss"], loc: "lower left");
        });
        Assert.True(asked.Inked(86, 390, 200, 422) > 60);
    }

    [Fact]
    public void A_grid_is_at_the_ticks()
    {
        var drawn = Drawn.Of(ax =>
        {
            ax.plot([0, 10], [0, 10]);
            ax.grid(true);
        });
        Assert.NotEqual("#ffffff", drawn[X(0.8), 400]);
        Assert.Equal("#ffffff", drawn[X(0.7), 400]);
    }

    [Fact]
    public void Axes_share_a_figure_as_matplotlib_lays_them_out()
    {
        var figure = new Figure(1, null, null);
        foreach (var ax in figure.subplots(2, 2).flat) ax.imshow(np.array([[0, 1], [1, 0]]), cmap: "gray", aspect: "auto");
        var drawn = new Drawn(figure.Png());
        double width = 496 / 2.2, height = 369.6 / 2.2;
        foreach (double left in new[] { 80, 80 + 1.2 * width })
        {
            foreach (double top in new[] { 57.6, 57.6 + 1.2 * height })
            {
                Assert.Equal("#000000", drawn[left + width / 4, top + height / 4]);
                Assert.Equal("#ffffff", drawn[left + width * 3 / 4, top + height / 4]);
                Assert.True(drawn.IsDark(left + 0.5, top + height / 2));
                Assert.False(drawn.IsDark(left + width + 3, top + height * 0.4));
            }
        }
    }

    [Fact]
    public void A_colour_bar_goes_from_the_map_s_first_colour_to_its_last()
    {
        var figure = new Figure(1, null, null);
        var image = figure.gca().imshow(np.array([[0, 100], [50, 25]]));
        figure.colorbar(image);
        var drawn = new Drawn(figure.Png());
        Assert.StartsWith("#44", drawn[510, 424]);
        Assert.StartsWith("#f", drawn[510, 60]);
        Assert.True(drawn.Inked(524, 50, 570, 435) > 100);
        // The picture gave up space for it.
        Assert.Equal(0, drawn.Inked(480, 60, 500, 420));
    }

    [Fact]
    public void A_line_lies_over_points_and_surfaces_that_came_later_and_words_over_all()
    {
        var drawn = Drawn.Of(ax =>
        {
            ax.plot([0, 1], [0.5, 0.5], color: "black", linewidth: 6);
            ax.fill_between([0, 1], [0, 0], [1, 1], color: "red");
            ax.imshow(np.zeros([1, 1]), cmap: "gray", extent: [0, 1, 0, 1], aspect: "auto");
        });
        Assert.Equal("#000000", drawn[(Left + Right) / 2, (Top + Bottom) / 2]);
        Assert.Equal("#ff0000", drawn[(Left + Right) / 2, Top + 60]);
    }
}
