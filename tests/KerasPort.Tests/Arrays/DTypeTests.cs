namespace KerasPort.Tests.Arrays;

/// <summary>Element types in programs' spellings, with numpy 1.26's answers.</summary>
public class DTypeTests
{
    [Theory]
    [InlineData("bool", "bool", 1)]
    [InlineData("int8", "int8", 1)]
    [InlineData("i2", "int16", 2)]
    [InlineData("uint16", "uint16", 2)]
    [InlineData("<u2", "uint16", 2)]
    [InlineData("uint32", "uint32", 4)]
    [InlineData("uint", "uint64", 8)]
    [InlineData("half", "float16", 2)]
    [InlineData("float16", "float16", 2)]
    [InlineData("?", "bool", 1)]
    [InlineData("uint8", "uint8", 1)]
    [InlineData("u1", "uint8", 1)]
    [InlineData("int32", "int32", 4)]
    [InlineData("i4", "int32", 4)]
    [InlineData("int64", "int64", 8)]
    [InlineData("int", "int64", 8)]
    [InlineData("i8", "int64", 8)]
    [InlineData("float32", "float32", 4)]
    [InlineData("single", "float32", 4)]
    [InlineData("f4", "float32", 4)]
    [InlineData("float64", "float64", 8)]
    [InlineData("float", "float64", 8)]
    [InlineData("double", "float64", 8)]
    [InlineData("f8", "float64", 8)]
    public void A_name_stands_for_a_type(string name, string type, int itemsize)
    {
        DType known = name;
        Assert.Equal((type, type, itemsize), (known.name, known.ToString(), known.itemsize));
        var x = np.array([0.0, 1.0]).astype(name);
        Assert.True(x.dtype == known && x.dtype == name && x.dtype == type && !(x.dtype != name));
        Assert.Equal(known, x.dtype);
    }

    [Theory]
    [InlineData("Float32")]
    [InlineData("")]
    [InlineData(" float32")]
    [InlineData("4")]
    [InlineData("complex64")]
    [InlineData(">f4")]
    public void Another_name_is_an_error_and_equals_none(string name)
    {
        var x = np.zeros(2);
        Assert.Equal($"data type '{name}' not understood; known are bool, int8, uint8, int16, uint16, int32, uint32, int64, uint64, float16, float32, float64",
            Assert.Throws<ValueError>(() => x.astype(name)).Message);
        Assert.Throws<ValueError>(() => np.zeros(2, dtype: name));
        Assert.True(x.dtype != name && !(x.dtype == name));
    }

    [Fact]
    public void None_is_no_name_of_a_type() =>
        Assert.Contains("data type None", Assert.Throws<ValueError>(() => np.zeros(2).astype((string)null!)).Message, StringComparison.Ordinal);

    [Fact]
    public void Np_has_the_types() =>
        Assert.Equal(DType.All, [np.bool_, np.int8, np.uint8, np.int16, np.uint16, np.int32, np.uint32, np.int64, np.uint64, np.float16, np.float32,
            np.float64]);

    [Fact]
    public void It_prints_as_numpys()
    {
        var x = np.zeros(2, dtype: np.float32);
        Assert.Equal("float32 float32 dtype('float32') [dtype('float32')]", f($"{x.dtype} {x.max().dtype} {x.dtype:!r} {new[] { x.dtype }}"));
        Assert.Equal("float32|dtype('float32')", "%s|%r" % (x.dtype, x.dtype));
        Assert.Equal("unsupported format string passed to numpy.dtypes.Float32DType.__format__",
            Assert.Throws<ValueError>(() => f($"{x.dtype:>10}")).Message);
    }

    /// <summary>Every argument that takes a type takes a value and a name.</summary>
    [Fact]
    public void Arrays_are_made_of_the_type_that_is_asked_for()
    {
        Assert.Equal("[array([0., 1., 2.], dtype=float32), array([0, 0, 0], dtype=int32), array([ True,  True])]",
            PythonText.Str(new[] { np.arange(3, dtype: np.float32), np.zeros(3, "int32"), np.ones(2, np.bool_) }));
        Assert.Equal("[array([ 1, -2]), array([1, 0], dtype=uint8), array([False,  True])]",
            PythonText.Str(new[] { np.array([1.5, -2.7], dtype: "int"), np.array([true, false], "uint8"), np.array([0.0, 2.0], np.bool_) }));
        Assert.Equal("[array([[1., 2.]], dtype=float32), array([[1, 2]]), array([[1., 0.]])]", PythonText.Str(new[]
        {
            np.array([[1, 2]], dtype: np.float32), np.array([[1.5f, 2.5f]], dtype: np.int64), np.array([[true, false]], dtype: np.float64),
        }));
        Assert.Equal("int64 float64 float64", f($"{np.arange(3).dtype} {np.zeros(3).dtype} {np.ones(3).dtype}"));
    }

    /// <summary>The result is a copy even where the type is already the right one.</summary>
    [Fact]
    public void Np_array_copies()
    {
        double[] values = [1, 2];
        np.array(values, dtype: "float64")[0] = 7;
        Assert.Equal([1, 2], values);
    }
}
