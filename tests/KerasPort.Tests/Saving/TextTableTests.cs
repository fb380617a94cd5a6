namespace KerasPort.Tests.Saving;

/// <summary>Tables as text; the expected values are numpy 1.26's for the same text.</summary>
public sealed class TextTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tables_of_numbers()
    {
        Equal([[1, 2], [3, 4]], np.loadtxt(Text("1,2\n\n3,4 # e\n#a\n"), delimiter: ","));
        Equal([[1, 3], [2, 4]], np.loadtxt(Text("a\nb\n1 2\n3 4\n"), skiprows: 2, unpack: true));
        Equal([[1, 2], [3, 4]], np.loadtxt(Text("  1 \t2\r\n3 4  \r\n5 6"), max_rows: 2));
        Equal([[3, 1], [6, 4]], np.loadtxt(Text("1,2,3\n4,5,6"), delimiter: ",", usecols: (2, 0)));
        Equal([[1, 2], [3, 4]], np.loadtxt(Text("\"1\";\"2\"\n3;4"), delimiter: ";", quotechar: "\""));
        Equal([[5], [6]], np.loadtxt(Text("5\n6"), ndmin: 2));
        Equal([[5, 6]], np.loadtxt(Text("5 6"), ndmin: 2));
        var (x, y) = np.loadtxt(Text("1 2\n3 4\n5 6\n"), unpack: true);
        Assert.Equal([1, 3, 5], x.ToDoubles());
        Assert.Equal([2, 4, 6], y.ToDoubles());
    }

    [Fact]
    public void Rows_columns_and_single_numbers()
    {
        Assert.Equal([1, 3], np.loadtxt(Text("1,2\n3\n"), delimiter: ",", usecols: 0).ToDoubles());
        Assert.Equal([2, 4], np.loadtxt(Text("1,2\n3,4\n"), delimiter: ",", usecols: -1).ToDoubles());
        Assert.Equal([double.NaN, double.NegativeInfinity, double.PositiveInfinity, double.PositiveInfinity, 0.5, 5, 3],
            np.loadtxt(Text("nan -INF infinity 1e400 .5 5. +3")).ToDoubles());
        Assert.Equal([], np.loadtxt(Text("5")).shape);
        Assert.Equal([1], np.loadtxt(Text("5"), ndmin: 1).shape);
        Assert.Equal([1, 1], np.loadtxt(Text("5"), ndmin: 2).shape);
        Assert.Equal([0], np.loadtxt(Text("")).shape);
        Assert.Equal([0, 1], np.loadtxt(Text("# nothing\n"), ndmin: 2).shape);
        Assert.Equal([2, 0], np.loadtxt(Text("1,2\n3,4"), delimiter: ",", usecols: []).shape);
    }

    [Fact]
    public void Types_of_numbers()
    {
        Assert.Equal(DType.float64, np.loadtxt(Text("1 2")).dtype);
        Assert.Equal("float32", np.loadtxt(Text("0.1 2"), dtype: np.float32).dtype.name);
        Assert.Equal(0.1f, np.loadtxt(Text("0.1 2"), dtype: np.float32)[0].item());
        var whole = np.loadtxt(Text("1.5 9223372036854775807"), dtype: "int");
        Assert.Equal("int64", whole.dtype.name);
        Assert.Equal("[                  1 9223372036854775807]", whole.ToString());
        Assert.Equal("[ True False  True]", np.loadtxt(Text("1 0 -3"), dtype: "bool").ToString());
    }

    [Theory]
    [InlineData("1,2\n3,x\n", null, "could not convert string 'x' to float64 at row 1, column 2.")]
    [InlineData("1,2\n3,\n", null, "could not convert string '' to float64 at row 1, column 2.")]
    [InlineData("1,2\n   \n3,4\n", null, "the number of columns changed from 2 to 1 at row 2; use `usecols` to select a subset and avoid this error")]
    [InlineData("1,2\n3\n", null, "the number of columns changed from 2 to 1 at row 2; use `usecols` to select a subset and avoid this error")]
    [InlineData("1,True\n", "bool", "could not convert string 'True' to bool at row 0, column 2.")]
    [InlineData("1_0,2\n", null, "could not convert string '1_0' to float64 at row 0, column 1.")]
    [InlineData("\"1\",2\n", null, "could not convert string '\"1\"' to float64 at row 0, column 1.")]
    [InlineData("1,0x1\n", null, "could not convert string '0x1' to float64 at row 0, column 2.")]
    [InlineData("1,\u00a32\n", null, "could not convert string '\u00a32' to float64 at row 0, column 2.")]
    [InlineData("1,300\n", "uint8", "300 in row 0 is out of bounds for uint8")]
    [InlineData("1,3000000000\n", "int32", "3000000000 in row 0 is out of bounds for int32")]
    [InlineData("1,9223372036854775808\n", "int64", "9.223372036854776e+18 in row 0 is out of bounds for int64")]
    public void What_is_no_number_is_told_with_its_place(string text, string? dtype, string why)
    {
        string path = Text(text);
        Assert.EndsWith(why, Assert.Throws<ValueError>(() => np.loadtxt(path, dtype: dtype is null ? DType.float64 : dtype, delimiter: ",")).Message);
    }

    [Fact]
    public void Arguments_that_do_not_fit()
    {
        string path = Text("1,2\n3\n");
        Assert.EndsWith("invalid column index 1 at row 2 with 1 columns",
            Assert.Throws<ValueError>(() => np.loadtxt(path, delimiter: ",", usecols: (0, 1))).Message);
        Assert.Equal("delimiter: expected a single character or None; got: '::'", Assert.Throws<TypeError>(() => np.loadtxt(path, delimiter: "::")).Message);
        Assert.StartsWith("Illegal value of ndmin keyword: 3", Assert.Throws<ValueError>(() => np.loadtxt(Text("1"), ndmin: 3)).Message);
        Assert.Contains("Received: skiprows=-1", Assert.Throws<ValueError>(() => np.loadtxt(path, skiprows: -1)).Message);
        Assert.Throws<FileNotFoundException>(() => np.loadtxt(_folder["none.csv"]));
        File.WriteAllBytes(_folder["t.csv"], [0x1f, 0x8b, 8, 0, 0xff, 0xff]);
        Assert.EndsWith("is no text in UTF-8; if it is compressed, unpack it first", Assert.Throws<ValueError>(() => np.loadtxt(_folder["t.csv"])).Message);
        Assert.EndsWith("is no text in UTF-8; if it is compressed, unpack it first", Assert.Throws<ValueError>(() => np.genfromtxt(_folder["t.csv"])).Message);
    }

    [Fact]
    public void Tables_with_gaps()
    {
        double nan = double.NaN;
        Equal([[1, 2], [3, nan], [nan, 4]], np.genfromtxt(Text("a,b\n1,2\n3,x\n,4\n"), delimiter: ",", skip_header: 1));
        Equal([[1, 2], [3, -1], [-1, 4]], np.genfromtxt(Text("1,2\n3,x\n,4\n"), delimiter: ",", dtype: "int"));
        Equal([[1, 2], [3, 7], [7, 7]], np.genfromtxt(Text("1,2\n3,x\n,4.5\n"), delimiter: ",", dtype: "int", filling_values: 7));
        Equal([[1, 2], [3, 7], [7, 4.5]], np.genfromtxt(Text("1,2\n3,x\n,4.5\n"), delimiter: ",", filling_values: 7));
        Equal([[1, 2], [3, 4]], np.genfromtxt(Text("1 2 # c\n\n# x\n3 4\n")));
        Equal([[0, 1], [0, 0], [0, 0]], np.genfromtxt(Text("1,True\n0,false\nx,\n"), delimiter: ",", dtype: "bool"));
        Equal([[1, 3], [2, 4]], np.genfromtxt(Text("1 2\n3 4\n5 6\n"), skip_footer: 1, unpack: true));
        Equal([[1, 2, nan], [3, 4, nan]], np.genfromtxt(Text("1,2,\n3,4,\n"), delimiter: ","));
        Assert.Equal([1000, nan], np.genfromtxt(Text("1_000,0x10\n"), delimiter: ",").ToDoubles());
        Assert.Equal([1, 2], np.genfromtxt(Text("1\t\t2\n")).ToDoubles());
        Assert.Equal([], np.genfromtxt(Text("1,2,3\n")).shape);
        Assert.Equal([0], np.genfromtxt(Text("")).shape);
    }

    [Fact]
    public void Rows_of_other_lengths_are_told()
    {
        Assert.EndsWith("Some errors were detected ! Row #2 (got 1 columns instead of 2)",
            Assert.Throws<ValueError>(() => np.genfromtxt(Text("1,2\n3\n"), delimiter: ",")).Message);
        Assert.EndsWith("Row #2 (got 1 columns instead of 2)",
            Assert.Throws<ValueError>(() => np.genfromtxt(Text("1,2\n3\n4,5,6\n"), delimiter: ",", usecols: (0, -1))).Message);
        Equal([[1, 2], [3, 4]], np.genfromtxt(Text("1,2\n3,4\nend\n"), delimiter: ",", skip_footer: 1));
    }

    /// <summary>The texts that numpy's savetxt wrote.</summary>
    [Fact]
    public void Tables_are_written()
    {
        var a = new NDArray([1.5, -2, 0.1, 1e10], 2, 2);
        Written("1.500000000000000000e+00 -2.000000000000000000e+00\n1.000000000000000056e-01 1.000000000000000000e+10\n", path => np.savetxt(path, a));
        Written("# a,b\n# c\n1.50,-2.00\n0.10,10000000000.00\n# end\n",
            path => np.savetxt(path, a, fmt: "%.2f", delimiter: ",", header: "a,b\nc", footer: "end"));
        Written("1\n2\n3\n", path => np.savetxt(path, new NDArray([1, 2, 3]), fmt: "%d"));
        Written("  1.5|-2\n  0.1|10000000000\n", path => np.savetxt(path, a, fmt: "%5.1f|%d"));
        Written("x\r\n1.5;-2\r\n0.1;1e+10\r\n", path =>
            np.savetxt(path, a.astype("float32"), fmt: ["%s", "%g"], delimiter: ";", newline: "\r\n", comments: "", header: "x"));
        Written("1.000000000000000000e+00\n0.000000000000000000e+00\n", path => np.savetxt(path, new NDArray([true, false])));
        Assert.Contains("fmt has wrong number of % formats", Assert.Throws<ValueError>(() => np.savetxt(_folder["t"], a, fmt: "%d %d %d")).Message);
        Assert.Contains("expected 2 formats, one for each column, found 1", Assert.Throws<ValueError>(() => np.savetxt(_folder["t"], a, fmt: ["%d"])).Message);
        Assert.Contains("Expected 1D or 2D array, got 3D array instead", Assert.Throws<ValueError>(() => np.savetxt(_folder["t"], a.reshape(1, 2, 2))).Message);
        np.savetxt(_folder["t"], a);
        Equal([[1.5, -2], [0.1, 1e10]], np.loadtxt(_folder["t"]));
    }

    private void Written(string expected, Action<string> write)
    {
        write(_folder["written.txt"]);
        Assert.Equal(expected, File.ReadAllText(_folder["written.txt"]));
    }

    private string Text(string text)
    {
        File.WriteAllText(_folder["t.csv"], text);
        return _folder["t.csv"];
    }

    private static void Equal(double[][] expected, NDArray found)
    {
        Assert.Equal([expected.Length, expected[0].Length], found.shape);
        Assert.Equal(expected.SelectMany(row => row), found.ToDoubles());
    }
}
