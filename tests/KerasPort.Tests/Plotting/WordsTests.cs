using KerasPort.Plotting;
using ScottPlot;

namespace KerasPort.Tests.Plotting;

/// <summary>Titles, labels and ticks around axes.</summary>
public class WordsTests
{
    [Theory]
    [InlineData("loss", "loss")]
    [InlineData("costs $5", "costs $5")]
    [InlineData("x^2 is no formula", "x^2 is no formula")]
    [InlineData("$z$", "z")]
    [InlineData("huber($z$)", "huber(z|)")]
    [InlineData("$10^{-3}$", "10|^\u22123")]
    [InlineData(@"$\frac{1}{2}z^2$", "1/2z|^2")]
    [InlineData(@"ELU$_\alpha(z) = \alpha (e^z - 1)$", "ELU|_\u03b1|(z)=\u03b1(e|^z|\u22121)")]
    [InlineData(@"$\Delta\omega \leq \infty$", "\u0394\u03c9\u2264\u221e")]
    [InlineData(@"$\mathrm{loss}_{\theta}$", "loss|_\u03b8")]
    [InlineData(@"$\frac{a + b}{\sigma^2}$", "(a+b)/(\u03c3|^2|)")]
    [InlineData(@"$\sqrt{x}$", "\u221ax")]
    public void Formulas_are_raised_and_lowered(string text, string runs) =>
        Assert.Equal(runs, string.Join("|", MathText.Runs(text).Select(run => (run.Level > 0 ? "^" : run.Level < 0 ? "_" : "") + run.Text)));

    [Theory]
    [InlineData(-0.95, 19.95, 9, "0.0 2.5 5.0 7.5 10.0 12.5 15.0 17.5")]
    [InlineData(-0.5, 27.5, 9, "0 5 10 15 20 25")]
    [InlineData(0, 1, 9, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-0.045, 0.945, 9, "0.0 0.2 0.4 0.6 0.8")]
    [InlineData(0.305, 0.315, 9, "0.306 0.308 0.310 0.312 0.314")]
    [InlineData(-5, 5, 9, "\u22124 \u22122 0 2 4")]
    [InlineData(-5, 105, 9, "0 20 40 60 80 100")]
    public void Ticks_are_matplotlib_s(double from, double to, int most, string expected)
    {
        double[] seen = [.. Ticks.Linear(from, to, most).Where(at => at >= from - 1e-9 && at <= to + 1e-9)];
        Assert.Equal(expected, string.Join(" ", Ticks.Labels(seen).Labels));
    }

    [Fact]
    public void Large_and_small_numbers_have_one_power_for_all()
    {
        var (labels, power) = Ticks.Labels([0, 500_000, 1_000_000]);
        Assert.Equal(["0.0", "0.5", "1.0"], labels);
        Assert.Equal("1e6", power);
        Assert.Equal("1e\u22125", Ticks.Labels([0, 0.00001, 0.00002]).Power);
        Assert.Equal(["0.0001", "0.0002"], Ticks.Labels([0.0001, 0.0002]).Labels);
    }

    [Fact]
    public void A_logarithmic_axis_has_powers_of_ten_and_between_two_their_multiples()
    {
        Assert.Equal([0.1, 1, 10, 100, 1000, 1e4], LogTicks.Powers(0, 3, 9)[..6]);
        Assert.Equal([1, 100, 1e4], LogTicks.Powers(0, 12, 9)[1..4]);
        Assert.Empty(LogTicks.Between(0, 12, 9));
        Assert.Equal([2, 3, 4, 5, 6, 7, 8, 9], LogTicks.Between(0, 1, 9)[..8]);
        string[] Labels(double low, double high, params double[] values) => [.. values.Select(value => LogTicks.Label(value, Math.Log10(high / low)))];
        Assert.Equal(["$10^{0}$", "", "$10^{1}$", "$10^{\u22123}$"], Labels(1, 1000, 1, 2, 10, 0.001));
        Assert.Equal(["$2×10^{0}$", "$3×10^{0}$", "$4×10^{0}$", "", "$6×10^{0}$", "", "$2×10^{1}$"], Labels(2, 20, 2, 3, 4, 5, 6, 7, 20));
        Assert.Equal(["", "$10^{1}$", "$1.4×10^{1}$", ""], Labels(2, 30, 5, 10, 14, 20));
        Assert.Equal(["$3.1×10^{0}$", "$9.6×10^{1}$", "$1.02×10^{2}$"], Labels(3, 3.5, 3.1, 96, 102));
    }

    [Fact]
    public void Sizes_are_those_that_were_set()
    {
        var sizes = new RcParams { ["font.size"] = 20 };
        Assert.Equal((20, 24, 20), (sizes.Label, sizes.Title, sizes.XTick));
        sizes["xtick.labelsize"] = 8;
        Assert.Equal((8, 20), (sizes.XTick, sizes.YTick));
        int Ink(double size)
        {
            var figure = new Figure(1, null, null, new RcParams { ["font.size"] = size });
            figure.gca().set_xlabel("epochs");
            return new Drawn(figure.Png()).Inked(250, 445, 400, 480);
        }
        Assert.True(Ink(16) > 1.5 * Ink(9));
    }

    [Fact]
    public void Greek_letters_have_a_font()
    {
        int Ink(string text) => new Drawn(Figured(text)).Inked(250, 445, 400, 480);
        byte[] Figured(string text)
        {
            var figure = new Figure(1, null, null);
            figure.gca().set_xlabel(text);
            return figure.Png();
        }
        Assert.NotEqual(Ink(@"$\theta$"), Ink(@"$\omega$"));
        Assert.True(Ink(@"$\Omega\nabla\leq$") > 40);
        // A letter that neither font has is drawn as a box, the same for each.
        Assert.Equal(Figured("\u4e00"), Figured("\u4e01"));
        Assert.NotEqual(Figured("\u4e00"), Figured(@"$\theta$"));
    }

    [Fact]
    public void A_word_where_numbers_are_expected_is_a_name_on_the_axis()
    {
        var figure = new Figure(1, null, null);
        figure.gca().plot(Enumerable.Range(1, 2), [0.5, 0.7], "r", "Training Accuracy");
        Assert.Equal(2, figure.gca().Artists.Count);
        Assert.Equal(0, figure.gca().get_ylim().bottom, 0.04);
        // The axis' label is longer than any tick label.
        Assert.True(new Drawn(figure.Png()).Inked(0, 380, 40, 460) > 30);
    }

    [Fact]
    public void Nothing_of_one_axes_lies_over_another_s_when_they_are_laid_out_tightly()
    {
        var figure = new Figure(1, null, null);
        foreach (var ax in figure.subplots(2, 2).flat)
        {
            ax.plot([0, 1000], [0, 1000]);
            ax.set_title("title");
            ax.set_xlabel("x");
            ax.set_ylabel("y");
        }
        int before = new Drawn(figure.Png()).Inked(0, 0, 640, 480);
        figure.tight_layout();
        var drawn = new Drawn(figure.Png());
        // Room all around, and between.
        Assert.Equal(0, drawn.Inked(0, 0, 640, 8) + drawn.Inked(0, 474, 640, 480) + drawn.Inked(0, 0, 8, 480) + drawn.Inked(634, 0, 640, 480));
        int[] gaps = [.. Enumerable.Range(200, 100).Where(y => drawn.Inked(0, y, 640, y + 1) == 0)];
        Assert.True(gaps.Length > 5, $"no empty row between the two: {before}");
    }
}
