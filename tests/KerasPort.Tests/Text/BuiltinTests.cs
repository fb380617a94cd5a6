using System.Text.Json.Nodes;
using CsCheck;

namespace KerasPort.Tests.Text;

/// <summary>Python's own functions; Python printed the expected values.</summary>
public class BuiltinTests
{
    [Fact]
    public void Lists_are_extended_and_popped()
    {
        List<int> list = [1, 2];
        list.extend(range(3, 6));
        Assert.Equal((5, 1, 3), (list.pop(), list.pop(0), list.pop(-2)));
        Assert.Equal([2, 4], list);
        Assert.Equal("pop index out of range", Assert.Throws<ValueError>(() => list.pop(2)).Message);
        Assert.Equal("pop from empty list", Assert.Throws<ValueError>(() => new List<int>().pop()).Message);
    }

    [Fact]
    public void A_range_counts_up_and_down_and_is_printed_as_itself()
    {
        Assert.Equal([0, 1, 2], range(3));
        Assert.Equal([2, 5, 8], range(2, 10, 3));
        Assert.Equal([9, 7, 5], range(9, 3, -2));
        Assert.Equal([], range(3, 3));
        Assert.Equal([], range(3, 1));
        Assert.Equal([], range(-2));
        Assert.Equal([0, 4], range(0, 5, 4));
        Assert.Equal((2, 8), (range(2, 10, 3)[0], range(2, 10, 3)[^1]));
        Assert.Equal("range(0, 3) range(9, 3, -2)", f($"{range(3)} {range(9, 3, -2)}"));
        Assert.Throws<ValueError>(() => range(0, 3, 0));
        Assert.Throws<ValueError>(() => range(3)[3]);
        NDArray array = range(3);
        Assert.Equal("int64", array.dtype.ToString());
    }

    [Fact]
    public void A_range_has_what_counting_gives() => Gen.Select(Gen.Int[-50, 50], Gen.Int[-50, 50], Gen.Int[-7, 7].Where(step => step != 0)).Sample(
        (start, stop, step) =>
        {
            var counted = new List<int>();
            for (int i = start; step > 0 ? i < stop : i > stop; i += step) counted.Add(i);
            Assert.Equal(counted, range(start, stop, step));
            Assert.Equal(counted.Count, len(range(start, stop, step)));
        });

    [Fact]
    public void Len_is_of_whatever_has_one()
    {
        NDArray array = np.zeros((5, 2));
        Assert.Equal((5, 2, 3, 4), (len(array), len(array.shape), len(new List<double> { 1, 2, 3 }), len("häus")));
        Assert.Equal(1, len(new Dictionary<string, int> { ["a"] = 7 }));
        Assert.Throws<ValueError>(() => len(np.array([1.0])[0]));
    }

    [Fact]
    public void Lists_dictionaries_and_what_comes_next()
    {
        Assert.Equal(["b", "a"], list(["b", "a"]));
        Assert.Equal(["B", "a", "b", "ä"], sorted(["b", "ä", "B", "a"]));
        Assert.Equal([3.5, 2, -1], sorted([2, 3.5, -1.0], reverse: true));
        var pairs = dict(zip(["loss", "mae", "loss"], [1.5, 2, 3]));
        Assert.Equal("{'loss': 3.0, 'mae': 2.0}", f($"{pairs}"));
        var (x, y) = next(iter(tf.data.Dataset.from_tensor_slices((np.arange(6).reshape(3, 2), np.array([7, 8, 9]))).batch(2)));
        Assert.Equal(("[[0 1]\n [2 3]]", "[7 8]"), (f($"{x.numpy()}"), f($"{y.numpy()}")));
        Assert.Equal((2, 8, 7, 7.0, 7f), (len(x), (int)y[1], (long)y[0], (double)y[0], (float)y[0]));
        Assert.Same(keras.optimizers, tf.optimizers);
        Assert.Equal((keras.losses, keras.metrics, keras.initializers), (tf.losses, tf.metrics, tf.initializers));
        var numbers = iter(range(1));
        Assert.Equal(0, next(numbers));
        Assert.Contains("there is no next item", Assert.Throws<ValueError>(() => next(numbers)).Message);
    }

    [Fact]
    public void Rows_are_gone_through_counted_and_side_by_side()
    {
        NDArray x = np.array([[1, 2], [3, 4], [5, 6]]), y = np.array([7, 8]);
        var seen = new List<string>();
        foreach (var row in x) seen.append(f($"{row}"));
        foreach (var (i, row) in enumerate(x, start: 1)) seen.append(f($"{i} {row}"));
        foreach (var (row, label) in zip(x, y)) seen.append(f($"{row} {label}"));
        foreach (var (row, name) in zip(y, ["a", "b", "c"])) seen.append(f($"{row} {name}"));
        foreach (var (i, (a, b)) in enumerate(zip(range(2), y))) seen.append(f($"{i} {a} {b}"));
        Assert.Equal(["[1 2]", "[3 4]", "[5 6]", "1 [1 2]", "2 [3 4]", "3 [5 6]", "[1 2] 7", "[3 4] 8", "7 a", "8 b", "0 0 7", "1 1 8"], seen);
        Assert.Equal("iteration over a 0-d array", Assert.Throws<ValueError>(() => enumerate(y[0]).Count()).Message);
    }

    [Fact]
    public void A_list_grows_and_finds()
    {
        List<double> losses = [3.5];
        losses.append(1.25);
        losses.append(2);
        Assert.Equal((1.25, 3.5, 1), (min(losses), max(losses), losses.index(min(losses))));
        Assert.Equal("9.5 is not in list", Assert.Throws<ValueError>(() => losses.index(9.5)).Message);
        Assert.Equal("min() iterable argument is empty", Assert.Throws<ValueError>(() => min(new List<int>())).Message);
        Assert.Equal("max() iterable argument is empty", Assert.Throws<ValueError>(() => max(new List<int>())).Message);
    }

    [Fact]
    public void A_list_is_put_in_order_and_printed_with_others()
    {
        List<string> names = ["b", "ä", "B"];
        names.sort();
        List<NDArray> pixels = [np.array([3, 200])[0], np.array([3, 200])[1], np.array([17])[0]];
        pixels.sort(reverse: true);
        List<double> losses = [0.5, 2];
        Assert.Equal("['B', 'b', 'ä'] 200 17 3\n", Printed.By(() => print(names, pixels[0], pixels[1], pixels[2])));
        Assert.Equal("[0.5, 2.0] [1, 2] ['B', 'b', 'ä'] [0.5, 2.0] 7\n", Printed.By(() => print(losses, new List<int> { 1, 2 }, names, losses, 7)));
        Assert.Equal((-1.5, 2.0), (min((2.0, -1.5)), max((-1.5, 2.0))));
    }

    [Fact]
    public void Numbers_of_arrays_and_rows_of_tensors_are_gone_through_as_lists_are()
    {
        var x = np.array([3, 9, 4]);
        Assert.Equal("9 3 10 [3, 4, 9] 2.35 2\n", Printed.By(
            () => print(max(x), min(x), max(x) + 1, sorted(x.Select(v => (int)v)), round(np.array([2.346])[0], 2), round(np.array([2.5])[0]))));
        Assert.Equal("max() iterable argument is empty", Assert.Throws<ValueError>(() => max(np.zeros(0))).Message);
        Assert.Equal(["loss", "mae"], sorted(new Dictionary<string, double> { ["mae"] = 1, ["loss"] = 2 }));
        Assert.Equal([0, 1, 2], range((int?)3));
        Assert.Throws<ValueError>(() => range(keras.Input((null, 3)).shape[1]));
        var t = tf.constant([[1, 2], [3, 4]]);
        Assert.Equal("0 [1 2]\n1 [3 4]\n", Printed.By(() => { foreach (var (i, row) in enumerate(t)) print(i, row.numpy()); }));
        Assert.Equal([11, 33], zip(t[.., 0], tf.constant([10, 30])).Select(pair => (int)(pair.Item1 + pair.Item2)));
        Assert.Equal([1L, 3L], t.Select(row => (long)row[0]));
        Assert.Equal([0, 9, 8], x.Select((v, i) => (int)v * i));
        Assert.Equal([9], x.Where((v, i) => i == 1).Select(v => (int)v));
        Assert.Equal("tf.Tensor([ True False], shape=(2,), dtype=bool) tf.Tensor(1, shape=(), dtype=int32)\n",
            Printed.By(() => print(t[.., 0] < 2, t[0, 0])));
        Assert.True((bool)tf.reduce_any(t > 3));
        Assert.Equal(5, 5L.numpy());
    }

    [Fact]
    public void Math_is_Pythons()
    {
        Assert.Equal((3.0, 8.0, -2, 3, 2), (math.sqrt(9), math.pow(2, 3), math.floor(-1.5), math.ceil(2.1), math.trunc(2.9)));
        Assert.Equal((2.0, 3.0, 0.0, Math.PI), (math.log10(100), math.log2(8), math.log(1), math.pi));
        Assert.Equal(2, math.log(9, 3), 12);
        Assert.Equal((120, 6L, true, false), ((int)math.factorial(5), math.gcd(12, -18), math.isclose(0.1 + 0.2, 0.3), math.isnan(1)));
        Assert.Equal(-1.5, math.fmod(-5.5, 4));
        Assert.Equal(180, math.degrees(math.radians(180)), 12);
        Func<double>[] all = [() => math.sqrt(-1), () => math.log(0), () => math.acos(2), () => math.pow(-1, 0.5), () => math.log1p(-1)];
        foreach (var outside in all)
            Assert.Equal("math domain error", Assert.Throws<ValueError>(() => outside()).Message);
        Assert.True(double.IsNaN(math.sqrt(math.nan)));
        Assert.Equal("cannot convert float infinity to integer", Assert.Throws<ValueError>(() => math.floor(math.inf)).Message);
    }

    [Fact]
    public void A_text_has_the_methods_of_Pythons()
    {
        Assert.Equal("Val loss", "val_LOSS".replace("_", " ").capitalize());
        Assert.Equal("-a-b-", "ab".replace("", "-"));
        Assert.Equal(("straße", "ÄB", ""), ("STRAßE".lower(), "äb".upper(), "".capitalize()));
        Assert.Equal(["a", "b"], " a \t b\n".split());
        Assert.Equal(["", "usr", "", "x"], "/usr//x".split("/"));
        Assert.Equal("a, b", ", ".join("a b".split()));
        Assert.Equal(("a b", "line", "cat.0.png"), (" a b\n".strip(), "--line-".strip("-"), "cat.0.png".strip(".")));
        Assert.True("cat.0.jpg".startswith("cat") && "cat.0.jpg".endswith(".jpg") && !"cat".startswith("CAT"));
        Assert.Equal("empty separator", Assert.Throws<ValueError>(() => "a".split("")).Message);
        Assert.Equal(("  ab ", " a  ", "-ab-"), ("ab".center(5), "a".center(4), "ab".center(4, '-')));
        Assert.Equal(("ab..", "..ab", "007", "-07", "abc"), ("ab".ljust(4, '.'), "ab".rjust(4, '.'), "7".zfill(3), "-7".zfill(3), "abc".zfill(2)));
        Assert.Equal((2, 4, 1, -1), ("banana".count("an"), "abc".count(""), "banana".find("an"), "banana".find("x")));
        Assert.Equal(("x ", " x", "x--", "--x"), (" x ".lstrip(), " x ".rstrip(), "--x--".lstrip("-"), "--x--".rstrip("-")));
        Assert.Equal(["a", "", "b"], "a\n\r\nb\n".splitlines());
        Assert.Empty("".splitlines());
        Assert.Equal(("They'Re Here", true, false, false), ("they'RE here".title(), "12".isdigit(), "-1".isdigit(), "".isdigit()));
        var x = np.array([1, 2]);
        Assert.Equal("y = 2 0.1 [1 2] (2,)", "y = " + str(x[1]) + " " + str(0.1) + " " + str(x) + " " + str(x.shape));
    }

    [Fact]
    public void A_dictionary_tells_what_it_holds()
    {
        var map = new Dictionary<string, double> { ["loss"] = 0.5, ["mae"] = 2 };
        Assert.Equal(["dict_keys(['loss', 'mae'])", "dict_values([0.5, 2.0])", "dict_items([('loss', 0.5), ('mae', 2.0)])"],
            (string[])[f($"{map.keys()}"), f($"{map.values()}"), f($"{map.items()}")]);
        List<string> seen = [];
        foreach (var (key, value) in map.items()) seen.append(f($"{key}={value}"));
        Assert.Equal(["loss=0.5", "mae=2.0"], seen);
        Assert.Contains("loss", map.keys());
    }

    [Fact]
    public void An_array_tells_whether_a_value_is_in_it() =>
        Assert.Equal((true, false), (np.array([[1, 2], [3, 4]]).Contains(3), np.array([1.5, 2]).Contains(1)));

    [Fact]
    public void A_dictionary_is_filled_and_emptied()
    {
        Dictionary<string, List<double>> history = [];
        history.setdefault("lr", []).append(0.1);
        history.setdefault("lr", []).append(0.2);
        history.update(new Dictionary<string, List<double>> { ["loss"] = [3] });
        Assert.Equal("{'lr': [0.1, 0.2], 'loss': [3.0]}", f($"{history}"));
        Assert.Equal([3.0], history.pop("loss"));
        Assert.Equal("The dictionary has no key 'loss'. Its keys: ['lr']", Assert.Throws<ValueError>(() => history.pop("loss")).Message);
        Assert.Equal([7.0], history.get("loss", [7]));
        Assert.Equal(["lr"], list(history));
    }

    [Fact]
    public void A_configuration_is_updated_as_a_dictionary()
    {
        var config = new JsonObject { ["name"] = "own" };
        JsonObject kept = new() { ["initializer"] = keras.initializers.serialize(keras.initializers.Zeros()) };
        config.update(new() { ["units"] = 3, ["name"] = null });
        config.update(kept);
        Assert.Equal(("Zeros", 3, 3), ((string?)config["initializer"]!["class_name"], (int)config["units"]!, config.Count));
        Assert.Null(config["name"]);
        Assert.Same(kept, kept["initializer"]!.Parent);
    }

    [Fact]
    public void Numbers_are_compared_rounded_and_summed()
    {
        Assert.Equal((3, 2.5, 1), (max(1, 3), min(2.5, 4.0), abs(-1)));
        Assert.Equal("0.0 3.0", f($"{max(np.array([-1.5])[0], 0.0)} {min(np.array([3.0])[0], 7)}"));
        Assert.Equal((2.67, 0.12, 1.0, 2L, 4L), (round(2.674999, 2), round(0.125, 2), round(0.96, 1), round(2.5), round(3.5)));
        Assert.Equal((6, 1.5), (sum([1, 2, 3]), sum([0.5, 1.0])));
        double x = 0.25, rate = 0.1 * np.maximum(0, 1 - x) * np.power(0.5, 2);
        Assert.Equal("0.018750000000000003 4 nan", f($"{rate} {np.minimum(4, 7)} {np.maximum(x, double.NaN)}"));
        assert(true);
        Assert.Equal("no", Assert.Throws<AssertionError>(() => assert(1 > 2, "no")).Message);
        Assert.Equal([1L, 0L], from row in np.array([[0.2, 0.9], [0.7, 0.1]]) select (long)row.argmax());
        Assert.Equal(784L, (long)np.prod(np.zeros((3, 28, 28)).shape[1..]));
    }

    [Fact]
    public void Weights_are_taken_apart()
    {
        var model = keras.Sequential([keras.Input(2), keras.layers.Dense(3)]);
        var (kernel, bias) = model.get_weights();
        Assert.Equal((ArrayShape.Create([2, 3]), ArrayShape.Create([3])), (kernel.shape, bias.shape));
        Assert.Equal("not enough values to unpack (expected 4, got 2)", Assert.Throws<ValueError>(() => { var (_, _, _, _) = model.get_weights(); }).Message);
    }
}
