using System.Text.Json;

namespace KerasPort.Tests.Console;

/// <summary>Saved models on the command line.</summary>
public class ModelCommandTests
{
    [Fact]
    [Slow]
    [Needs(Need.FashionMnist)]
    public void A_run_is_saved_evaluated_resumed_inspected_and_exported()
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = Tool.Run(folder.Path,
            ["run", "--model", "baseline", "cnn-1", "--epochs", "1", "--batch-size", "500", "--seed", "1", "--verbose", "2", "--save", "{model}.keras"]);
        Assert.Equal((0, 2), (code, error.Split("model saved to ").Length - 1));
        Assert.Equal(["baseline.keras", "cnn-1.keras", "report.json"], folder.Names);
        string[] results = [.. output.Split('\n').Where(line => line.StartsWith("Test loss"))];

        // The saved weights are those that were tested, to the digit.
        foreach (var (model, result) in new[] { "baseline", "cnn-1" }.Zip(results))
        {
            (code, output, error) = Tool.Run(folder.Path, ["evaluate", model + ".keras", "--verbose", "0"]);
            Assert.Equal((0, result + "\n", ""), (code, output, error));
        }

        (code, _, error) = Tool.Run(folder.Path,
            ["run", "--resume", "cnn-1.keras", "--epochs", "1", "--batch-size", "500", "--verbose", "2", "--save", "more.weights.h5"]);
        Assert.Equal((0, true), (code, error.Contains("more.weights.h5")));
        var run = JsonDocument.Parse(File.ReadAllText(folder["report.json"])).RootElement.GetProperty("runs")[0];
        Assert.Equal("cnn-1.keras", run.GetProperty("model").GetString());
        var resumed = keras.saving.load_model(folder["cnn-1.keras"]);
        Assert.Equal(120, resumed.optimizer!.iterations);
        resumed.load_weights(folder["more.weights.h5"]);
        Assert.Equal(240, resumed.optimizer!.iterations);

        (code, output, _) = Tool.Run(folder.Path, ["inspect", "cnn-1.keras"]);
        Assert.Equal(0, code);
        foreach (string says in new[] { "metadata.json", "Adam with learning rate 0.001, sparse_categorical_crossentropy, ", "120 batches",
            "conv2d (Conv2D)", "(None, 26, 26, 1)", "It would be loaded." }) Assert.Contains(says, output);

        (code, output, error) = Tool.Run(folder.Path, ["export", "cnn-1.keras", "m.onnx"]);
        Assert.Equal((0, "", $"kerasport: model written to {folder["m.onnx"]}\n"), (code, output, error));
    }

    /// <summary>A model is trained further whatever metrics it has.</summary>
    [Fact]
    [Slow]
    [Needs(Need.FashionMnist)]
    public void A_model_without_metrics_and_one_with_two_are_resumed()
    {
        using var folder = new TemporaryFolder();
        foreach (string[] metrics in new string[][] { [], ["accuracy", "sparse_categorical_accuracy"] })
        {
            var model = keras.Sequential([keras.layers.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(10, activation: "softmax")]);
            model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: [.. metrics]);
            model.save(folder["m.keras"]);
            var (code, output, error) = Tool.Run(folder.Path,
                ["run", "--resume", "m.keras", "--epochs", "1", "--batch-size", "5000", "--verbose", "0", "--html", "r.html"]);
            Assert.Equal((0, metrics.Length > 0), (code, output.Contains(", Test accuracy: ")));
            Assert.StartsWith("Test loss: ", output);
            Assert.Contains("report written to", error);
            Assert.Contains("r.html", folder.Names);
        }
    }

    [Theory]
    [Slow]
    [InlineData(5, "class 'Lambda' is refused", "evaluate", "bad.keras")]
    [InlineData(5, "class 'Lambda' is refused", "run", "--resume", "bad.keras")]
    [InlineData(5, "class 'Lambda' is refused", "export", "bad.keras", "x.onnx")]
    [InlineData(5, "none.keras: there is no such file, expected a saved model", "evaluate", "none.keras")]
    [InlineData(5, "none.txt: there is no such file", "evaluate", "none.txt")]
    [InlineData(5, "none: there is no such file", "inspect", "none")]
    [InlineData(5, "none.keras: there is no such file", "export", "none.keras", "x.onnx")]
    [InlineData(5, "none.keras: there is no such file", "run", "--resume", "none.keras")]
    [InlineData(5, ".: this is a folder", "inspect", ".")]
    [InlineData(5, "it says of no training that is known here", "run", "--resume", "new.keras")]
    [InlineData(2, "the report is JSON", "--report", "r.html")]
    [InlineData(2, "--config and --report both name './config.json': one would overwrite the other", "--config", "config.json", "--report", "./config.json")]
    [InlineData(2, "--html: expected a name that ends in .html", "--html", "page.pdf")]
    [InlineData(2, ".onnx", "export", "good.keras", "x.txt")]
    [InlineData(2, "--save: expected a name that ends in", "--save", "x.txt")]
    [InlineData(2, "--save: 2 models can't be saved to one file", "--save", "x.keras")]
    [InlineData(2, "--save: a model that is trained twice", "--model", "baseline", "baseline", "--save", "{model}.keras")]
    [InlineData(6, "there is no folder", "--model", "baseline", "--save", "no/x.keras")]
    [InlineData(6, "there is no folder", "export", "good.keras", "no/x.onnx")]
    public void A_mistake_is_one_line_an_exit_code_and_nothing_written(int expected, string says, params string[] arguments)
    {
        using var folder = Files();
        var (code, output, error) = Tool.Run(folder.Path, arguments);
        Assert.Equal((expected, ""), (code, output));
        Assert.Contains(says, error);
        Assert.Equal(1, error.Count(c => c == '\n'));
        Assert.Equal(["bad.keras", "config.json", "good.keras", "new.keras"], folder.Names.Except(["report.json"]));
    }

    /// <summary>The image is looked for before the model.</summary>
    [Fact]
    [Slow]
    [Needs(Need.FashionMnist)]
    public void A_model_that_is_not_there_is_not_shown()
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = Tool.Run(folder.Path, ["show", "3", "--model", "none.keras"]);
        Assert.Equal((5, ""), (code, output));
        Assert.StartsWith("kerasport: error: none.keras: there is no such file", error);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    [Slow]
    public void Inspect_says_everything_that_would_be_refused()
    {
        using var folder = Files();
        var (code, output, error) = Tool.Run(folder.Path, ["inspect", "bad.keras"]);
        Assert.Equal((5, ""), (code, error));
        Assert.Contains("flatten (Lambda)", output);
        Assert.Contains("It would be refused:\n  config.json, layer 1 \"flatten\": class 'Lambda' is refused", output);
        Assert.Contains("config.json, layer 3 \"dense_1\"", output);
    }

    private static TemporaryFolder Files()
    {
        var folder = new TemporaryFolder();
        File.WriteAllText(folder["config.json"], "{}");
        keras.Sequential([keras.layers.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(10)]).save(folder["new.keras"]);
        byte[] tiny = File.ReadAllBytes(Fixtures.Path("hostile/tiny.keras"));
        File.WriteAllBytes(folder["good.keras"], tiny);
        using var zip = new KerasPort.Saving.ZipMembers(new MemoryStream(tiny));
        File.WriteAllBytes(folder["bad.keras"], KerasPort.Fuzz.Formats.Zip(zip.Names.Select(name => (name, name != "config.json" ? zip.Read(name, int.MaxValue)
            : System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(zip.Read(name, int.MaxValue))
                .Replace("\"class_name\": \"Flatten\"", "\"class_name\": \"Lambda\"").Replace("\"softmax\"", "\"swoosh\""))))));
        return folder;
    }
}
