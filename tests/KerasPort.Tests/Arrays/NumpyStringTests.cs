namespace KerasPort.Tests.Arrays;

/// <summary>numpy's strings, with the output of numpy 1.26.</summary>
public class NumpyStringTests
{
    private static readonly Strings s_names = np.array(["cat", "dog", "a cow", "dog"]);

    [Fact]
    public void They_print_as_texts()
    {
        Assert.Equal("['cat' 'dog' 'a cow' 'dog'] (4,) cat dog\n", Printed.By(() => print(s_names, s_names.shape, s_names[0], s_names[-1])));
        Assert.Equal("[array(['cat', 'dog'], dtype='<U3')]", PythonText.Repr(new object[] { s_names[..2] }));
        Assert.Equal("[['cat' 'dog']\n ['a cow' 'dog']]", Rows().ToString());
        string[] lines = np.array([.. Enumerable.Repeat("flower", 12)]).ToString().Split('\n');
        Assert.Equal(["['flower' 'flower' 'flower' 'flower' 'flower' 'flower' 'flower' 'flower'", " 'flower' 'flower' 'flower' 'flower']"], lines);
    }

    [Fact]
    public void They_are_picked_compared_and_counted()
    {
        Assert.Equal(["dog", "cat"], s_names[np.array([1, 0])]);
        Assert.Equal(["dog", "dog"], s_names[s_names == "dog"]);
        Assert.Equal(2, (int)(s_names != "dog").sum());
        Assert.Equal(4, len(s_names));
        var (values, inverse, counts) = np.unique(s_names, return_inverse: true, return_counts: true);
        Assert.Equal(["a cow", "cat", "dog"], values);
        Assert.Equal([1, 2, 0, 2], inverse.ToInts());
        Assert.Equal([1, 1, 2], counts.ToInts());
        Assert.Equal(["a cow", "cat", "dog"], np.unique(s_names));
        Assert.Equal("not enough values to unpack (expected 3, got 2)", Assert.Throws<ValueError>(() =>
        {
            var (_, _, _) = np.unique(s_names, return_counts: true);
        }).Message);
        Assert.Throws<ValueError>(() => s_names[4]);
        var fruits = np.array(["pear", "Fig", "apple", "Fig"]);
        Assert.Equal(["Fig", "Fig", "apple", "pear"], np.sort(fruits));
        Assert.Equal([1, 3, 2, 0], np.argsort(fruits).ToInts());
        Assert.Equal("Strings are sorted in a vector. Received: shape=(2, 2)", Assert.Throws<ValueError>(() => np.sort(Rows())).Message);
    }

    [Fact]
    public void They_come_of_conditions_and_of_chance_and_turn_into_numbers()
    {
        Assert.Equal(["low", "high", "high"], np.where(np.array([1, 5, 9]) < 4, "low", "high"));
        Assert.Equal(["x", "cat"], np.where(np.array([false, true]), s_names[..1], "x")[Slice(step: -1)][..2].Reverse());
        Assert.Equal([1, 22], np.array(["1", "22"]).astype("int64").ToInts());
        Assert.Equal([1.5, -2], np.array(["1.5", "-2"]).astype("float64").ToDoubles());
        Assert.Equal("could not convert string to float: 'x'", Assert.Throws<ValueError>(() => np.array(["x"]).astype("float32")).Message);
        Assert.Equal("invalid literal for int() with base 10: '1.5'", Assert.Throws<ValueError>(() => np.array(["1.5"]).astype("int64")).Message);
        // numpy.random.default_rng(0).choice(["Po", "Fa", "TA"], 5, p=[0.2, 0.5, 0.3]), and RandomState(0).choice(["a", "b", "c"], 5).
        Assert.Equal(["Fa", "Fa", "Po", "Po", "TA"], np.random.default_rng(0).choice(["Po", "Fa", "TA"], 5, p: [0.2, 0.5, 0.3]));
        Assert.Equal(["a", "b", "a", "b", "b"], np.random.RandomState(0).choice(["a", "b", "c"], 5));
        Assert.Equal([1, 2, 2], np.array(new[] { "b", "cc", "dd" }.Select(name => name.Length)).ToInts());
        Assert.Equal((2, 2, 3), np.array(new List<NDArray[]> { new[] { np.zeros(3), np.ones(3) }, new[] { np.ones(3), np.zeros(3) } }).shape);
        Assert.Equal((2, 1), np.array(new List<int[]> { new[] { 1 }, new[] { 2 } }, dtype: "uint8").shape);
    }

    private static Strings Rows() => np.where(np.ones((2, 2)) > 0, s_names[np.array([[0, 1], [2, 3]])], "");
}
