using KerasPort.Console;
using KerasPort.Console.Lessons;

namespace KerasPort.Tests.Console.Lessons;

public class ConvolveTests
{
    private static readonly Lazy<Picture> s_picture = new(() => Picture.Open("3"));

    public static TheoryData<string> Filters =>
        [.. Filter.Known.Select(f => f.Name), "0 1 0 1 -4 1 0 1 0", string.Join(',', Enumerable.Range(-12, 25).Select(i => i / 8.0))];

    /// <summary>The definition: each pixel and its neighbours, times the filter's numbers, summed up.</summary>
    [Theory]
    [Needs(Need.FashionMnist)]
    [MemberData(nameof(Filters))]
    public void Is_what_the_definition_gives(string text)
    {
        var (filter, picture) = (Filter.Parse(text), s_picture.Value);
        var convolved = ConvolveCommand.Convolve(picture, filter);
        Assert.Equal((29 - filter.Size, 29 - filter.Size), (convolved.Width, convolved.Height));
        for (int y = 0; y < convolved.Height; y++)
        {
            for (int x = 0; x < convolved.Width; x++)
            {
                double[] sums = [.. filter.Kernels.Select(kernel => Enumerable.Range(0, kernel.Length)
                    .Sum(i => (double)kernel[i] * picture[x + i % filter.Size, y + i / filter.Size]))];
                Assert.Equal(sums.Length == 1 ? sums[0] : Math.Sqrt(sums.Sum(s => s * s)), convolved[x, y], 0.01);
            }
        }
    }

    /// <summary>A uniform area has no edge, and nothing to blur or to sharpen.</summary>
    [Theory]
    [InlineData("edges", 0)]
    [InlineData("sobel", 0)]
    [InlineData("sobel-x", 0)]
    [InlineData("sobel-y", 0)]
    [InlineData("blur", 100)]
    [InlineData("gauss", 100)]
    [InlineData("sharpen", 100)]
    public void A_plain_picture_stays_plain(string filter, float expected)
    {
        var plain = new Picture(9, 7, [.. Enumerable.Repeat(100f, 63)]);
        Assert.All(ConvolveCommand.Convolve(plain, Filter.Parse(filter)).Pixels, p => Assert.Equal(expected, p, 0.001));
    }

    [Fact]
    public void Sobel_gives_white_at_a_step_from_black_to_white_and_knows_its_direction()
    {
        var step = new Picture(6, 5, [.. Enumerable.Range(0, 30).Select(i => i % 6 < 3 ? 0f : 255f)]);
        Assert.Equal([0, 255, 255, 0], ConvolveCommand.Convolve(step, Filter.Parse("sobel")).Pixels[..4]);
        Assert.Equal([0, 255, 255, 0], ConvolveCommand.Convolve(step, Filter.Parse("sobel-x")).Pixels[..4]);
        Assert.Equal([0, 0, 0, 0], ConvolveCommand.Convolve(step, Filter.Parse("sobel-y")).Pixels[..4]);
    }

    [Fact]
    public void Pooling_keeps_the_largest()
    {
        var pooled = ConvolveCommand.Pool(new Picture(5, 4, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 1, 0, 1, 0, 2, 0, 2, 0, 2]), 2);
        Assert.Equal((2, 2), (pooled.Width, pooled.Height));
        Assert.Equal([7, 9, 2, 2], pooled.Pixels);
    }

    [Fact]
    [Slow]
    [Needs(Need.FashionMnist)]
    public void Shows_before_and_after_in_text_and_as_a_picture()
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = Tool.Run(folder.Path, ["convolve", "0", "--png", "after.png"], new() { ["TERM"] = "xterm-256color" });
        Assert.Equal((0, $"kerasport: before and after written to {folder["after.png"]}\n"), (code, error));
        string[] lines = [.. output.Split('\n').Select(line => line.TrimEnd())];
        Assert.Equal(["  -1  -1  -1", "  -1   8  -1", "  -1  -1  -1", "", "before                        edges                       max pooled 2x2",
            "28 x 28                       26 x 26                     13 x 13"], lines[..6]);
        Assert.Contains(lines, line => line.Contains('@'));
        Assert.DoesNotContain('\e', output);

        // Each pixel eight wide, with a gap of eight around: before, after, pooled.
        var (before, after) = (Picture.Open("0"), PictureFile.Read(folder["after.png"]));
        Assert.Equal((8 * (28 + 26 + 13 + 4), 8 * (28 + 2)), (after.Width, after.Height));
        for (int i = 0; i < 28; i++) Assert.Equal(before[i, 20], after[8 + 8 * i + 4, 8 + 8 * 20 + 4]);
    }

    /// <summary>A line of one pixel across 640 x 480: in the terminal it is brighter than the uniform rest, whose cells are black.</summary>
    [Theory]
    [Slow]
    [InlineData("edges", 80)]
    [InlineData("sobel", 80)]
    [InlineData("edges", 40)]
    public void Thin_lines_of_a_large_picture_stay(string filter, int columns)
    {
        using var folder = new TemporaryFolder();
        var picture = new Picture(640, 480, [.. Enumerable.Range(0, 640 * 480).Select(i => i % 640 == 320 ? 0f : 220)]);
        File.WriteAllBytes(folder["line.png"], picture.ToPng());
        var (code, output, error) = Tool.Run(folder.Path, ["convolve", "line.png", "--filter", filter, "--pool", "1"], new() { ["COLUMNS"] = $"{columns}" });
        Assert.Equal((0, ""), (code, error));
        string[] lines = [.. output.Split('\n').Select(line => line.TrimEnd())];
        Assert.All(lines, line => Assert.InRange(line.Length, 0, columns));
        string[] drawn = [.. lines.Where(line => line.Length > 10 && line.All(" .:-=+*#%@".Contains))];
        Assert.True(drawn.Length > 8);
        // The picture on the left (or on top), the line alone on the right (or below).
        if (columns == 80) Assert.All(drawn, line => Assert.Matches("^ +[%@]+$", line[40..]));
        else Assert.All(drawn[(drawn.Length / 2 + 1)..], line => Assert.Matches(@"^ {15,25}@+$", line));
    }

    /// <summary>Pictures that fit singly but not side by side are drawn one above the other, at their own size.</summary>
    [Theory]
    [Slow]
    [Needs(Need.FashionMnist)]
    [InlineData(40)]
    [InlineData(60)]
    public void In_a_narrow_terminal_panels_stand_one_above_the_other(int columns)
    {
        string output = Tool.Run(Path.GetTempPath(), ["convolve", "0"], new() { ["COLUMNS"] = $"{columns}" }).Output;
        string[] lines = [.. output.Split('\n').Select(line => line.TrimEnd())];
        foreach (string label in new[] { "before", "28 x 28", "edges", "26 x 26", "max pooled 2x2", "13 x 13" }) Assert.Contains(label, lines);
        Assert.Contains(".==-========+=++*****#****#.", lines);
    }

    [Theory]
    [Slow]
    [Needs(Need.FashionMnist)]
    [InlineData(2, "did you mean \"edges\"?", "--filter", "edge")]
    [InlineData(2, "got \"1 2 3 4 5 6 7 8\", 8 numbers", "--filter", "1 2 3 4 5 6 7 8")]
    [InlineData(2, "got \"1 2 3 4 5 6 7 8 x\", of which \"x\" is no number", "--filter", "1 2 3 4 5 6 7 8 x")]
    [InlineData(2, "9 numbers (3x3) or 25 (5x5)", "--filter", "1 2 3 4 x 6 7 8 9")]
    [InlineData(2, "9 numbers (3x3) or 25 (5x5)", "--filter", "1 2 3 4 nan 6 7 8 9")]
    [InlineData(2, "--pool", "--pool", "0")]
    [InlineData(2, "--pool: test image 0 has 28 x 28 pixels, of which the filter leaves 26 x 26, less than a window of 27 x 27; expected at most 26",
        "--pool", "27")]
    [InlineData(2, "--png: expected a name that ends in .png, got \"after.jpg\"", "--png", "after.jpg")]
    [InlineData(3, "there is no picture no.png", "no.png")]
    [InlineData(3, "text.png is no picture", "text.png")]
    [InlineData(3, "small.png has 2 x 2 pixels, the filter 3 x 3: expected a picture at least as large", "small.png")]
    [InlineData(3, "small.png has 2 x 2 pixels, the filter 5 x 5", "small.png", "--filter", "gauss")]
    [InlineData(3, "edge.png has 3 x 3 pixels, of which the filter leaves 1 x 1, less than a window of 2 x 2", "edge.png")]
    [InlineData(6, "cannot write the picture", "--png", "no/after.png")]
    public void A_mistake_is_one_line_and_an_exit_code(int expected, string says, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["text.png"], "no picture");
        File.WriteAllBytes(folder["small.png"], new Picture(2, 2, new float[4]).ToPng());
        File.WriteAllBytes(folder["edge.png"], new Picture(3, 3, new float[9]).ToPng());
        var (code, output, error) = Tool.Run(folder.Path, ["convolve", .. arguments]);
        Assert.Equal((expected, ""), (code, output));
        Assert.Contains(says, error);
        Assert.Equal(1, error.Count(c => c == '\n'));
        Assert.Equal(["edge.png", "small.png", "text.png"], folder.Names);
    }
}
