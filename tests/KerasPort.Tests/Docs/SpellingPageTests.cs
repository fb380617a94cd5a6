using System.Text.RegularExpressions;
using KerasPort.Callbacks;

namespace KerasPort.Tests.Docs;

/// <summary>The C# in the table of <c>docs/spelling.md</c> is compiled: here, or in the codelab's script, from which it can't differ unnoticed.</summary>
public partial class SpellingPageTests
{
    /// <summary>Each piece of code in the right column of the table.</summary>
    private static IEnumerable<string> Shown => Rows().Matches(File.ReadAllText(Repository.File("docs", "spelling.md")))
        .SelectMany(row => Spans().Matches(row.Groups[1].Value)).Select(span => span.Groups[1].Value);

    [Fact]
    public void What_it_shows_in_CSharp_is_compiled()
    {
        string[] files = ["tests/KerasPort.Tests/Docs/SpellingPageTests.cs", "src/codelab.cs"];
        string compiled = Plain(string.Concat(files.Select(file => File.ReadAllText(Repository.File(file)))));
        string[] shown = [.. Shown.Select(Plain).Where(code => code.Length > 0)];
        Assert.True(shown.Length > 30, $"The table has {shown.Length} pieces of code.");
        Assert.All(shown, code => Assert.Contains(code, compiled));
    }

    [Fact]
    public void What_it_shows_gives_what_Python_gives()
    {
        var test_images = np.arange(12 * 28 * 28).reshape(12, 28, 28) / (12.0 * 28 * 28);
        var x = test_images.copy();
        var (test_loss, n) = (0.34567, 42);
        string printed = Printed.By(() =>
        {
            var (a, b) = (1, 2.5);
            print("Test loss: {}".format(test_loss));
            print($"loss {test_loss:.4f}", x.shape);
            print(a, b, sep: ", ", end: "");
            print(f($"{test_loss:.4f}"), "%05d" % n, "%s %d" % (a, b));
        });
        Assert.Equal("Test loss: 0.34567\nloss 0.3457 (12, 28, 28)\n1, 2.50.3457 00042 1 2\n", printed);

        Assert.Equal(new ArrayShape[] { (3, 28, 28), (28, 28), (28, 2) }, new[] { test_images[..3], x[0], x[5, .., 2..4] }.Select(part => part.shape));
    }

    [Fact]
    public void Its_arrays_are_numpy_s()
    {
        var x = np.arange(12 * 28 * 28).reshape(12, 28, 28) / (12.0 * 28 * 28);
        Assert.Equal(
            new ArrayShape[] { (12, 28, 28, 1), (1, 12, 28, 28), (6, 28, 28), (2, 28, 28), 4703 },
            new[] { x[Ellipsis, np.newaxis], x[np.newaxis, Ellipsis], x[Slice(step: 2)], x[[0, 2]], x[x > 0.5] }.Select(part => part.shape));
        x[0, 1] = 7;
        Assert.Equal(7, (double)x[0, 1].mean());
        string[] quality = ["Gd", "Ex"];
        var order = new Dictionary<string, int> { ["Gd"] = 4, ["Ex"] = 5 };
        Assert.Equal([4, 5], np.array(quality.Select(q => order[q])).ToInts());
        Assert.Equal((null, null, 10), keras.Input((null, 10)).shape);
        foreach (var i in range(3)) Assert.InRange(i, 0, 2);
        var (n, h, w) = x.shape;
        Assert.Equal((12, 28, 28), (n, h, w));
        Assert.Equal<ArrayShape>((28, 28), x.shape[1..]);
    }

    [Fact]
    public void Its_labels_and_callbacks_are_Python_s()
    {
        string[] names = ["T-shirt/top", "Trouser"];
        NDArray a = new[] { 0, 1, 1, 1 }, b = new[] { 0, 1, 0, 1 }, y = b, p = new[] { 0.25 };
        Assert.Equal(0.75, (a == b).mean());
        Assert.Equal(("T-shirt/top", 0.25), (names[(int)y[0]], (double)p[0]));
        if (p[0] > 0.5) Assert.Fail("0.25 is no more than 0.5.");
        Assert.False(a is null);

        var model = keras.Sequential([keras.Input(2), keras.layers.Dense(1)]);
        Assert.Equal(["kernel", "bias"], model.weights.Select(weight => weight.name));
        model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
        var stop = new Stop { model = model };
        stop.on_epoch_end(0, new Logs { { "accuracy", 0.96 } });
        Assert.True(model.stop_training);
    }

    private sealed class Stop : Callback
    {
        public override void on_epoch_end(int epoch, Logs logs)
        {
            if (logs["accuracy"] > 0.95) model.stop_training = true;
        }
    }

    /// <summary>The code without comments and white space.</summary>
    private static string Plain(string code) => Space().Replace(Remark().Replace(code, ""), "");

    [GeneratedRegex(@"^\| `.*` \| (`.*`) \|$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Spans();

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex Remark();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
