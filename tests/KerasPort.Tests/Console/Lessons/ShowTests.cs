using KerasPort.Console;
using KerasPort.Console.Analysis;
using KerasPort.Console.Lessons;
using KerasPort.Datasets;
using Spectre.Console;

namespace KerasPort.Tests.Console.Lessons;

public class ShowTests
{
    private static readonly string s_model = Fixtures.Path("models/cnn-2-2-seed1.keras");

    private static string[] Show(params string[] arguments)
    {
        var (code, output, error) = Tool.Run(Path.GetTempPath(), ["show", .. arguments]);
        Assert.Equal((0, ""), (code, error));
        return output.Split('\n');
    }

    [Fact]
    [Slow]
    [Needs(Need.FashionMnist)]
    public void An_image_is_drawn_under_its_label()
    {
        string[] lines = Show("0");
        Assert.Equal("test image 0: Ankle boot", lines[0]);
        Assert.Equal(14, lines[1..].Count(line => line.Length == 28));
        Assert.Equal("training image 59999: Sandal", Show("59999", "--train")[0]);
        // Rows 18 and 19 of the boot.
        Assert.Equal(".==-========+=++*****#****#.", lines[10]);
    }

    [Fact]
    [Slow]
    [Needs(Need.FashionMnist)]
    public void With_a_model_its_ten_probabilities_stand_beside_the_image()
    {
        string[] lines = Show("3", "--model", s_model);
        var (_, (images, _)) = tf.keras.datasets.fashion_mnist.load_data();
        float[] expected = keras.saving.load_model(s_model).predict(images[3..4].reshape(1, 28, 28, 1) / 255.0, verbose: 0).ToFloats();
        int best = Array.IndexOf(expected, expected.Max());
        Assert.Equal("test image 3: Trouser; {} says {}, {:.1f} %".format(s_model, FashionMnist.Classes[best], expected[best] * 100), lines[0]);
        for (int c = 0; c < 10; c++)
        {
            Assert.Contains(FashionMnist.Classes[c], lines[1 + c]);
            Assert.Contains("{:.1f} %".format(expected[c] * 100), lines[1 + c]);
            Assert.Equal((int)Math.Round(expected[c] * 20), lines[1 + c].Count(letter => letter == '━'));
        }
    }

    [Fact]
    [Slow]
    [Needs(Need.FashionMnist)]
    public void A_layer_shows_its_maps_by_name_and_by_place()
    {
        var model = keras.saving.load_model(s_model);
        for (int place = 0; place < 4; place++)
        {
            string[] maps = Show("0", "--model", s_model, "--layer", $"{place}")[15..];
            Assert.Equal(maps, Show("0", "--model", s_model, "--layer", model.layers[place].name)[15..]);
            int width = model.layers[place].output_shape!.Value[2]!.Value;
            Assert.StartsWith($"{model.layers[place].name}: 2 maps of {width} x {width}, the brightest is ", maps[1]);
            Assert.DoesNotContain("the brightest is 0.00", maps[1]);
            Assert.Equal(["0", "1"], maps[2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            // A line of characters is two rows of pixels; at most nine maps fit across a window of 80.
            int tile = Math.Min(width, 9);
            Assert.Equal((tile + 1) / 2, maps[3..].Count(line => line.Length > 0));
        }
    }

    /// <summary>A character is two pixels: the upper half of a block on the lower one's background, in the palette's colours.</summary>
    [Fact]
    public void Colours_where_the_terminal_has_them_and_letters_where_not()
    {
        var picture = new Picture(2, 3, [0, 255, 255, 0, 128, 64]);
        string Drawn(ColorSystemSupport colors, bool unicode)
        {
            var text = new StringWriter();
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = colors, Out = new AnsiConsoleOutput(text) });
            console.Profile.Capabilities.Unicode = unicode;
            console.Write(new PictureDrawing(picture, Palette.Heat));
            return text.ToString();
        }
        Assert.StartsWith("\e[38;2;0;0;4;48;2;252;255;164m▀\e[0m\e[38;2;252;255;164;48;2;0;0;4m▀\e[0m\n", Drawn(ColorSystemSupport.TrueColor, unicode: true));
        Assert.Equal("==\n+:\n", Drawn(ColorSystemSupport.NoColors, unicode: true));
        Assert.Equal("==\n+:\n", Drawn(ColorSystemSupport.TrueColor, unicode: false));
        Assert.Equal("==\n+:\n", Drawn(ColorSystemSupport.Standard, unicode: true));
    }

    [Theory]
    [Slow]
    [Needs(Need.FashionMnist)]
    [InlineData("there is no test image 10000: expected a number from 0 to 9999", "10000")]
    [InlineData("there is no training image -1: expected a number from 0 to 59999", "--train", "--", "-1")]
    [InlineData("--layer: expected --model FILE beside it", "0", "--layer", "0")]
    [InlineData("--layer: expected one of conv2d (0), max_pooling2d (1), conv2d_1 (2), max_pooling2d_1 (3), got \"4\"", "0",
        "--model", "MODEL", "--layer", "4")]
    [InlineData("got \"flatten\"", "0", "--model", "MODEL", "--layer", "flatten")]
    [InlineData("this model has no layer that gives pictures", "0", "--model", "flat.keras", "--layer", "0")]
    public void A_mistake_is_one_line_and_exit_code_2(string says, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        if (arguments.Contains("flat.keras"))
            tf.keras.Sequential([tf.keras.Input((28, 28)), tf.keras.layers.Flatten(), tf.keras.layers.Dense(10, activation: "softmax")])
                .save(folder["flat.keras"]);
        var (code, output, error) = Tool.Run(folder.Path, ["show", .. arguments.Select(a => a.Replace("MODEL", s_model))]);
        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Contains(says, error);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }
}
