using KerasPort.Console;
using KerasPort.Console.Lessons;
using KerasPort.Datasets;
using KerasPort.Models;

namespace KerasPort.Tests.Console.Lessons;

/// <summary>A model of the first lesson after one epoch, trained when a test asks for it.</summary>
public sealed class TrainedModel
{
    private readonly Lazy<(Sequential Model, NDArray Images)> _trained = new(() =>
    {
        keras.utils.set_random_seed(1);
        var (training, test) = TestModels.Data("baseline");
        var model = TestModels.Compiled("baseline");
        model.fit(training.x, training.y, batch_size: 128, verbose: 0);
        return (model, test.x);
    });

    public Sequential Model => _trained.Value.Model;

    public NDArray Images => _trained.Value.Images;
}

[Slow]
public class PredictTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private static readonly Lazy<NDArray> s_images = new(() => tf.keras.datasets.fashion_mnist.load_data().Item2.Item1);

    private static Picture TestImage(int number) => new(28, 28, s_images.Value[number].ToFloats());

    [Fact]
    [Needs(Need.FashionMnist)]
    public void A_picture_of_the_data_set_stays_as_it_is_also_when_it_comes_dark_on_white()
    {
        for (int i = 0; i < 20; i++)
        {
            var image = TestImage(i);
            Assert.Equal(image.Pixels, Garment.Of(image, null, "").Pixels);
            Assert.Equal(image.Pixels, Garment.Of(image.Inverted(), null, "").Pixels);
            Assert.Equal(image.Pixels, Garment.Of(image, false, "").Pixels);
            Assert.Equal(image.Inverted().Pixels, Garment.Of(image, true, "").Pixels);
        }
    }

    /// <summary>Like a photograph: large, dark on light grey, off-centre. The model gives the same answer as for the data set's own image.</summary>
    [Fact]
    [Needs(Need.FashionMnist)]
    public void A_large_picture_is_brought_into_the_data_sets_form()
    {
        var own = Enumerable.Range(0, 60).Select(TestImage).ToArray();
        var photos = own.Select(image =>
        {
            var large = image.Resized(224, 224);
            var photo = new Picture(400, 300, new float[400 * 300]);
            for (int y = 0; y < 300; y++)
                for (int x = 0; x < 400; x++) photo.Pixels[y * 400 + x] = 235 - 0.9f * (
                    x is >= 120 and < 344 && y is >= 30 and < 254 ? large[x - 120, y - 30] : 0);
            return Garment.Of(photo, null, "");
        }).ToArray();
        Assert.All(photos, photo => Assert.Equal((28, 28), (photo.Width, photo.Height)));
        Assert.All(photos, photo => Assert.InRange(photo.Pixels.Max(), 60, 255));
        long[] expected = Best(own), actual = Best(photos);
        Assert.InRange(expected.Zip(actual).Count(pair => pair.First == pair.Second), 50, 60);

        long[] Best(Picture[] pictures)
        {
            var probabilities = PredictCommand.Probabilities(trained.Model, pictures, "");
            return [.. Enumerable.Range(0, pictures.Length).Select(i => (long)probabilities[i].argmax().item())];
        }
    }

    [Fact]
    public void A_garment_is_centred_with_its_longer_side_from_edge_to_edge()
    {
        var picture = new Picture(100, 80, new float[8000]);
        for (int y = 20; y < 60; y++)
            for (int x = 50; x < 70; x++) picture.Pixels[y * 100 + x] = 200;
        var garment = Garment.Of(picture, null, "");
        for (int y = 0; y < 28; y++)
            for (int x = 0; x < 28; x++) Assert.Equal(x is >= 7 and < 21 ? 200 : 0, garment[x, y], 0.01);
    }

    [Fact]
    public void A_picture_of_nothing_is_refused() => Assert.StartsWith("a.png shows nothing",
        Assert.Throws<PictureException>(() => Garment.Of(new Picture(30, 30, [.. Enumerable.Repeat(77f, 900)]), null, "a.png")).Message);

    [Fact]
    [Needs(Need.FashionMnist)]
    public void Logits_become_probabilities()
    {
        var logits = tf.keras.Sequential([tf.keras.Input((28, 28)), tf.keras.layers.Flatten(), tf.keras.layers.Dense(128, activation: "relu"),
            tf.keras.layers.Dense(10)]);
        logits.set_weights(trained.Model.get_weights());
        float[] expected = PredictCommand.Probabilities(trained.Model, [TestImage(0)], "").ToFloats();
        float[] actual = PredictCommand.Probabilities(logits, [TestImage(0)], "").ToFloats();
        for (int i = 0; i < 10; i++) Assert.Equal(expected[i], actual[i], 1e-6);
    }

    [Fact]
    [Needs(Need.FashionMnist)]
    public void The_tool_says_what_the_saved_model_does()
    {
        using var folder = new TemporaryFolder();
        trained.Model.save(folder["model.keras"]);
        File.WriteAllBytes(folder["bag.png"], TestImage(18).Inverted().Resized(280, 280).ToPng());
        var (code, output, error) = Tool.Run(folder.Path, ["predict", "--model", "model.keras", "0", "bag.png"]);
        Assert.Equal((0, ""), (code, error));
        float[] expected = trained.Model.predict(trained.Images[..1], verbose: 0).ToFloats();
        int best = Array.IndexOf(expected, expected.Max());
        string[] lines = output.Split('\n');
        Assert.Equal("0: {}, {:.1f} %".format(FashionMnist.Classes[best], expected[best] * 100), lines[0]);
        foreach (var (name, p) in FashionMnist.Classes.Zip(expected))
            Assert.Contains(lines, line => line.Contains(name) && line.Contains("{:.1f} %".format(p * 100)));
        Assert.Contains(lines, line => line.StartsWith("bag.png: Bag, "));
    }

    /// <summary>Good files are answered in their order, bad ones named, and the exit code is that of the first bad one.</summary>
    [Fact]
    [Needs(Need.FashionMnist)]
    public void A_bad_picture_among_others_is_named_and_the_others_are_answered()
    {
        using var folder = new TemporaryFolder();
        trained.Model.save(folder["model.keras"]);
        File.WriteAllText(folder["bad.png"], "no picture");
        var (code, output, error) = Tool.Run(folder.Path, ["predict", "--model", "model.keras", "3", "bad.png", "no.png", "99999", "18"]);
        Assert.Equal(3, code);
        Assert.Equal(["3: ", "18: "], output.Split('\n').Where(line => char.IsAsciiDigit(line.FirstOrDefault()))
            .Select(line => line[..(line.IndexOf(": ") + 2)]));
        string[] lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["bad.png is no picture", "there is no picture no.png", "there is no test image 99999"],
            lines.Select(line => line["kerasport: error: ".Length..].Split([",", ":"], 2, default)[0]));
        Assert.Equal((3, ""), Tool.Run(folder.Path, ["predict", "--model", "model.keras", "bad.png", "no.png"]) is var (none, nothing, _)
            ? (none, nothing) : default);
    }

    /// <summary>Names and numbers are whole at any width; the bars shrink first, then the picture.</summary>
    [Theory]
    [Needs(Need.FashionMnist)]
    [InlineData(100, true, true)]
    [InlineData(80, true, true)]
    [InlineData(60, true, true)]
    [InlineData(40, true, true)]
    [InlineData(28, true, true)]
    [InlineData(24, false, false)]
    [InlineData(10, false, false)]
    public void In_a_narrow_terminal_names_and_numbers_stay(int columns, bool picture, bool bars)
    {
        using var folder = new TemporaryFolder();
        trained.Model.save(folder["model.keras"]);
        foreach (string[] command in new string[][] { ["predict", "--model", "model.keras", "3"], ["show", "3", "--model", "model.keras"] })
        {
            string[] lines = Tool.Run(folder.Path, command, new() { ["COLUMNS"] = $"{columns}" }).Output.Split('\n')[1..];
            foreach (string name in FashionMnist.Classes) Assert.Single(
                lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, $@"(^|  ){name} +\d+\.\d %( |$)"));
            Assert.All(lines, line => Assert.InRange(line.TrimEnd().Length, 0, Math.Max(columns, 24)));
            Assert.Equal(picture, lines.Any(line => line.Contains("%%%%%#%%*")));
            Assert.Equal(bars, lines.Any(line => line.Contains("━━")));
        }
    }

    [Theory]
    [InlineData(2, "--model", "0")]
    [InlineData(5, "no.keras: there is no such file, expected a saved model", "--model", "no.keras", "0")]
    [InlineData(5, "no: there is no such file", "--model", "no", "0")]
    [InlineData(5, ".: this is a folder", "--model", ".", "0")]
    [InlineData(5, "none.keras: this file is empty", "--model", "none.keras", "0")]
    [InlineData(5, "this file holds weights alone", "--model", "some.weights.h5", "0")]
    [InlineData(5, "bad.keras", "--model", "bad.keras", "0")]
    [InlineData(2, "expected a model that takes (28, 28)", "--model", "other.keras", "p.png")]
    [InlineData(2, "--invert", "--model", "other.keras", "0", "--invert", "perhaps")]
    [InlineData(3, "there is no picture no.png", "--model", "other.keras", "no.png")]
    public void A_mistake_is_one_line_and_an_exit_code(int expected, string says, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["bad.keras"], "no model");
        File.WriteAllText(folder["none.keras"], "");
        File.WriteAllText(folder["some.weights.h5"], "x");
        File.WriteAllBytes(folder["p.png"], new Picture(28, 28, [.. Enumerable.Range(0, 784).Select(i => i % 28 * 9f)]).ToPng());
        tf.keras.Sequential([tf.keras.Input(4), tf.keras.layers.Dense(10)]).save(folder["other.keras"]);
        var (code, output, error) = Tool.Run(folder.Path, ["predict", .. arguments]);
        Assert.Equal((expected, ""), (code, output));
        Assert.Contains(says, error);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }
}
