using System.Text.Json.Nodes;

namespace KerasPort.Tests.Text;

/// <summary>print, format and % as programs use them, with Python's output.</summary>
public class PrintTests
{
    private readonly NDArray _x = new([1f, 2.5f, 3f, 4f], 2, 2);

    [Fact]
    public void Print_takes_what_Python_takes()
    {
        double accuracy = 0.87654321;
        Assert.Equal("\n", Printed.By(() => print()));
        Assert.Equal("a\n", Printed.By(() => print("a")));
        Assert.Equal("a b\n", Printed.By(() => print("a", "b")));
        Assert.Equal("a b c d e f g\n", Printed.By(() => print("a", "b", "c", "d", "e", "f", "g")));
        Assert.Equal("0.88\n", Printed.By(() => print($"{accuracy:.2f}")));
        Assert.Equal("loss 0.88\n", Printed.By(() => print("loss", $"{accuracy:.2f}")));
        Assert.Equal("0.88 0.9 7\n", Printed.By(() => print($"{accuracy:.2f}", $"{accuracy:.1f}", 7)));
        Assert.Equal("[[1.  2.5]\n [3.  4. ]]\n", Printed.By(() => print(_x)));
        Assert.Equal("(2, 2)\n", Printed.By(() => print(_x.shape)));
        Assert.Equal("shape: (2, 2) (2,) 2\n", Printed.By(() => print("shape:", _x.shape, _x.shape[1..], _x.shape[0])));
        Assert.Equal("x is [1.  2.5] of (2,)\n", Printed.By(() => print($"x is {_x[0]} of {_x[0].shape}")));
        Assert.Equal("1 2.5 True None a\n", Printed.By(() => print(1, 2.5, true, (int?)null, 'a')));
        Assert.Equal("None\n", Printed.By(() => print(null)));
        Assert.Equal("None 1 b\n", Printed.By(() => print(null, 1, "b")));
        Assert.Equal("a None\n", Printed.By(() => print("a", null)));
        Assert.Equal("a 2 None x\n", Printed.By(() => print("a", 2, null, "x")));
        Assert.Equal("None of a\n", Printed.By(() => print($"{null} of {"a"}")));
        Assert.Equal("float32 2 4\n", Printed.By(() => print(_x.dtype, _x.ndim, _x.size)));
        Assert.Equal("[1, 2] [0.5, 1.0]\n", Printed.By(() => print(new[] { 1, 2 }, new[] { 0.5, 1 })));
        Assert.Equal("['a', \"b'c\"]\n", Printed.By(() => print(new[] { "a", "b'c" })));
    }

    [Fact]
    public void Print_takes_what_converts_to_nothing_and_fstrings_beside_it()
    {
        var list = new List<double> { 0.5, 1e-5 };
        var map = new Dictionary<string, List<double>> { ["loss"] = [0.5, 0.25] };
        IReadOnlyDictionary<string, List<double>> history = map;
        double loss = 0.12345;
        Assert.Equal("[0.5, 1e-05]\n", Printed.By(() => print(list)));
        Assert.Equal("{'loss': [0.5, 0.25]}\n", Printed.By(() => print(history)));
        Assert.Equal("history: {'loss': [0.5, 0.25]} 0.12\n", Printed.By(() => print("history:", history, $"{loss:.2f}")));
        Assert.Equal("0.12 [0.5, 1e-05]\n", Printed.By(() => print($"{loss:.2f}", list)));
        Assert.Equal("[0.5, 1e-05] 0.12\n", Printed.By(() => print(list, $"{loss:.2f}")));
        Assert.Equal("[0.5, 1e-05] {'loss': [0.5, 0.25]} 0.12\n", Printed.By(() => print(list, map, $"{loss:.2f}")));
        Assert.Equal("a [0.5, 1e-05] b (1, 'x')\n", Printed.By(() => print("a", list, "b", (1, "x"))));
        Assert.Equal("(1, 2.5, 'x')\n", Printed.By(() => print((1, 2.5, "x"))));
        Assert.Equal("{'accuracy': 0.5}\n", Printed.By(() => print(new Logs { ["accuracy"] = 0.5 })));
        Assert.Equal("{1: 'a'}\n", Printed.By(() => print(new Dictionary<int, string> { [1] = "a" })));
        Assert.Equal("{'units': 3, 'bias': None, 'shape': [1, 2.0], 'use': True}\n",
            Printed.By(() => print(JsonNode.Parse("""{"units": 3, "bias": null, "shape": [1, 2.0], "use": true}"""))));
        Assert.Equal("[[1, 2], [3, 4]]\n", Printed.By(() => print(new[,] { { 1, 2 }, { 3, 4 } })));
    }

    [Fact]
    public void Print_takes_an_end_and_a_separator()
    {
        double loss = 0.5;
        Assert.Equal("a", Printed.By(() => print("a", end: "")));
        Assert.Equal("a-b\n", Printed.By(() => print("a", "b", sep: "-")));
        Assert.Equal("1,2.5,0.50;", Printed.By(() => print(1, 2.5, $"{loss:.2f}", sep: ",", end: ";")));
        Assert.Equal("0.50|", Printed.By(() => print($"{loss:.2f}", end: "|")));
        Assert.Equal("[1, 2]|", Printed.By(() => print(new List<int> { 1, 2 }, end: "|")));
    }

    [Fact]
    public void What_evaluate_and_fit_give_is_printed()
    {
        var model = keras.Sequential([keras.Input(2), keras.layers.Dense(2, activation: "softmax")]);
        model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        NDArray y = new[] { 0, 1 };
        var history = model.fit(_x, y, verbose: 0).history;
        Assert.Matches(@"^\{'accuracy': \[[^]]*\], 'loss': \[[^]]*\]\}\n$", Printed.By(() => print(history)));
        Assert.Matches(@"^\[\d[^,]*, \d[^,]*\]\n$", Printed.By(() => print(model.evaluate(_x, y, verbose: 0))));
        Assert.Equal("(None, 2)\n", Printed.By(() => print(model.input_shape)));
        Assert.Equal("[(2, 2), (2,)]\n", Printed.By(() => print(model.weights.Select(w => w.shape).ToList())));
        Assert.Same(model.variables[0], model.layers[0].weights[0]);
        Assert.Equal(model.variables, model.trainable_variables);
        Assert.Equal(model.layers[0].variables, model.layers[0].trainable_weights);
    }

    [Fact]
    public void An_fstring_is_Pythons()
    {
        double value = 1234.5678;
        string name = "a'b";
        Assert.Equal("1,234.57", f($"{value:,.2f}"));
        Assert.Equal("\"a'b\"|     \"a'b\"|a'b", f($"{name:!r}|{name:!r:>10}|{name:!s}"));
        Assert.Equal("{1234.5678} 1.23e+03", f($"{{{value}}} {value:.3g}"));
        Assert.Equal("  7|7  |0b111", f($"{7,3}|{7,-3}|{7:#b}"));
        Assert.Equal("None True nan", f($"{(string?)null} {true} {double.NaN}"));
        Assert.Equal("2.50", f($"{_x[0, 1]:.2f}"));
        Assert.Equal("Unknown format code 'y' for object of type 'float'", Assert.Throws<ValueError>(() => f($"{value:y}")).Message);
        Assert.Equal("unsupported format string passed to numpy.ndarray.__format__", Assert.Throws<ValueError>(() => f($"{_x:.2f}")).Message);
    }

    [Fact]
    public void Strings_are_formatted()
    {
        double loss = 0.12345;
        var list = new List<int> { 1, 2 };
        Assert.Equal("00042", "%05d" % 42);
        Assert.Equal("a 3 0.12", "%s %d %.2f" % ("a", 3, loss));
        Assert.Equal("loss 0.1", "loss %s" % $"{loss:.1f}");
        Assert.Equal("[1, 2] (2, 2)", "%s (%d, %d)" % (list, _x.shape[0], _x.shape[1]));
        Assert.Equal("100 %", "%d %%" % 100);
        Assert.Equal("PSNR 0.123, 7", "PSNR %.3f, %d" % (tf.constant(loss), tf.constant(7)));
        Assert.Equal("PSNR 0.123", "PSNR %.3f" % tf.constant(loss));
        Assert.Equal("loss=0.123", "%(name)s=%(value).3f" % new Dictionary<string, object> { ["name"] = "loss", ["value"] = loss });
        Assert.Equal("[1, 2] 0.12", "{} {}".format(list, $"{loss:.2f}"));
        Assert.Equal("b a", "{1} {0}".format("a", "b"));
        Assert.Equal("loss: 0.123", "{name}: {loss:.3f}".format(new { name = "loss", loss }));
        Assert.Equal("loss: 0.123", "{loss:.3f}".format(new Logs { ["loss"] = loss }).Insert(0, "loss: "));
        Assert.Equal("  a|a  | a ", "{:>3}|{:<3}|{:^3}".format("a", "a", "a"));
    }
}
