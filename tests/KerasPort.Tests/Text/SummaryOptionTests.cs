using System.Text.Json;
using KerasPort.Models;

namespace KerasPort.Tests.Text;

/// <summary><c>summary()</c> with its options prints what Keras' does (<c>summary-options.json</c>).</summary>
public class SummaryOptionTests
{
    [Fact]
    public void Summaries_with_options_print_as_in_Keras() => Assert.All(Fixtures.Cases("summary-options.json"), @case =>
    {
        if (@case.TryGetProperty("error", out _)) Assert.Throws<ValueError>(() => Print(@case));
        else Assert.Equal(@case.GetProperty("text").GetString(), Print(@case));
    });

    [Fact]
    public void A_function_gets_the_whole_text_at_once_and_without_colours()
    {
        var texts = new List<string>();
        var model = Stack();
        model.summary(print_fn: texts.Add, show_trainable: true);
        var printed = new StringWriter();
        model.Summarize(printed, Terminal.Current with { Colors = Colors.None }, new SummaryLayout(null, null, true));
        Assert.Equal([printed.ToString()], texts);
        Assert.StartsWith("Model: \"stack\"\n┏", texts[0]);
    }

    [Fact]
    public void A_model_that_a_file_compiled_counts_its_optimizer_before_it_trains()
    {
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(3)]);
        model.compile("adam", "mse");
        Assert.DoesNotContain("Optimizer params", TextOf(model));
        var read = keras.models.model_from_json(model.to_json());
        Assert.Contains(" Total params: 47 (192.00 B)\n", TextOf(read));
        Assert.Contains(" Optimizer params: 32 (132.00 B)\n", TextOf(read));
        read.compile("adam", "mse");
        Assert.DoesNotContain("Optimizer params", TextOf(read));
    }

    [Fact]
    public void The_layers_of_a_pipeline_are_nested_ones()
    {
        var model = keras.Sequential([keras.Input((4, 4, 3)), keras.layers.Pipeline([keras.layers.Rescaling(2), keras.layers.Flatten(name: "flat")])]);
        Assert.Contains("└ flat (Flatten)", TextOf(model));
    }

    private static string TextOf(Model model)
    {
        string all = "";
        model.summary(print_fn: text => all = text, expand_nested: true);
        return all;
    }

    [Theory]
    [InlineData("[", "x")]
    [InlineData("last", null)]
    public void A_range_that_is_none_is_refused_in_a_line(string from, string? to) =>
        Assert.DoesNotContain('\n', Assert.Throws<ValueError>(() => Stack().summary(layer_range: [from, to!])).Message);

    private static string Print(JsonElement @case)
    {
        var options = @case.GetProperty("options");
        T? Option<T>(string name, Func<JsonElement, T> read) => options.TryGetProperty(name, out var value) ? read(value) : default;
        keras.utils.clear_session();
        var model = @case.GetProperty("model").GetString() switch { "stack" => Stack(), "graph" => Graph(), _ => Unbuilt() };
        var colors = Enum.Parse<Colors>(@case.GetProperty("colors").GetString()!);
        var layout = new SummaryLayout(Option("line_length", v => (int?)v.GetInt32()),
            Option("positions", v => v.EnumerateArray().Select(p => p.GetDouble()).ToArray()), Option("show_trainable", v => v.GetBoolean()));
        var output = new StringWriter();
        model.Summarize(output, new Terminal(colors != Colors.None, @case.GetProperty("columns").GetInt32(), colors), layout,
            Option("expand_nested", v => v.GetBoolean()), Option("layer_range", v => v.EnumerateArray().Select(n => n.GetString()!).ToArray()));
        return output.ToString();
    }

    private static Model Stack()
    {
        var inner = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(4, 3, name: "conv"), keras.layers.Flatten(name: "flat")], name: "base");
        inner.trainable = false;
        return keras.Sequential([keras.Input((8, 8, 3)), inner, keras.layers.Dense(16, name: "dense_of_a_long_name_that_wraps"),
            keras.layers.Dropout(0.5, name: "drop"), keras.layers.Dense(2, name: "last")], name: "stack");
    }

    private static Model Graph()
    {
        Tensor a = keras.Input(4, name: "a"), b = keras.Input(4, name: "b"), x = keras.Input(4, name: "inner_in");
        var deep = keras.Sequential([keras.layers.Dense(4, name: "deep")], name: "deeper");
        var inner = keras.Model(x, keras.layers.Dense(4, name: "inner_dense").Apply(deep.Apply(x)), name: "inner");
        var shared = keras.layers.Dense(4, name: "shared");
        shared.trainable = false;
        var y = keras.layers.Concatenate(name: "joined").Apply([inner.Apply(shared.Apply(a)), shared.Apply(b)]);
        return keras.Model([a, b], keras.layers.Dense(1, name: "out").Apply(y), name: "graph");
    }

    private static Model Unbuilt() => keras.Sequential([keras.layers.Dense(2, name: "one"), keras.layers.Dense(3, name: "two")], name: "unbuilt");
}
