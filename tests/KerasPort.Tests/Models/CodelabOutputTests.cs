using System.Text.RegularExpressions;

namespace KerasPort.Tests.Models;

/// <summary>The recorded codelab (console/codelab.py), run here on the real data: its output equals Keras', except for digits and times.</summary>
[Needs(Need.FashionMnist)]
[Slow]
public sealed partial class CodelabOutputTests
{
    [Theory]
    [InlineData("baseline", "auto")]
    [InlineData("baseline", "2")]
    [InlineData("baseline", "0")]
    [InlineData("cnn", "2")]
    public void Prints_what_Keras_prints(string model, string verbose)
    {
        Assert.Equal(Shape(Fixtures.Text($"console/{model}-verbose-{verbose}.pipe.txt")), Shape(Run(model, verbose)));
    }

    private static string Run(string architecture, string verbose)
    {
        keras.utils.clear_session();
        keras.utils.set_random_seed(1);
        string name = architecture == "cnn" ? "cnn-16-16" : "baseline";
        var ((x, y), (xv, yv)) = TestModels.Data(name);
        // The recorded baseline has no Input: the first fit builds it.
        var model = architecture == "cnn" ? TestModels.Build(name)
            : keras.models.Sequential([keras.layers.Flatten(), keras.layers.Dense(128, activation: "relu"), keras.layers.Dense(10, activation: "softmax")]);
        var before = System.Console.Out;
        using var output = new StringWriter { NewLine = "\n" };
        System.Console.SetOut(output);
        try
        {
            model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
            model.summary();
            model.fit(x, y, epochs: 2, verbose: verbose);
            var (test_loss, test_acc) = model.evaluate(xv, yv, verbose: verbose);
            print("Test loss: {}, Test accuracy: {}".format(test_loss, test_acc * 100));
            model.summary();
            print(model.predict(xv[..3], verbose: verbose));
        }
        finally
        {
            System.Console.SetOut(before);
        }
        return output.ToString();
    }

    /// <summary>The text without parts that differ from run to run: times, digits, all but the last state of a progress bar, and the predictions.</summary>
    private static string Shape(string text)
    {
        text = text[..text.IndexOf("[[", StringComparison.Ordinal)];
        text = EarlierStates().Replace(text, "");
        text = Durations().Replace(text, "#s #/step");
        text = Decimals().Replace(text, "#");
        return Padding().Replace(text, "");
    }

    // A redrawn bar starts with backspaces and a carriage return.
    [GeneratedRegex("(?<=^|\n)[^\n]*\r(?=[^\r\n]*\n)")]
    private static partial Regex EarlierStates();

    [GeneratedRegex(@"(\x1b\[1m)?\d+s(\x1b\[0m)?( -)? \d+(us|ms|s)/step")]
    private static partial Regex Durations();

    // Spaces that cover the rest of a longer state.
    [GeneratedRegex(" +(?=\n)")]
    private static partial Regex Padding();

    [GeneratedRegex(@"(?<=(accuracy|loss): )[\d.e-]+")]
    private static partial Regex Decimals();
}
