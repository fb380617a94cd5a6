using System.Globalization;
using System.Text.Json;
using CsCheck;
using KerasPort.Tests.Text;

namespace KerasPort.Tests.Arrays;

/// <summary>Arithmetic, comparisons, reductions, indices and text with numpy's types, digit by digit (<c>numpy-arrays.json</c>).</summary>
public class NumpyArrayTests
{
    public static TheoryData<string> Operations => [.. Fixtures.Cases("numpy-arrays.json").Select(c => c.GetProperty("op").GetString()!).Distinct()];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Arrays_do_what_numpy_does(string operation) =>
        Assert.All(Fixtures.Cases("numpy-arrays.json").Where(c => c.GetProperty("op").GetString() == operation), @case =>
        {
            var a = Array(@case.GetProperty("a"));
            JsonElement[] args = [.. @case.GetProperty("args").EnumerateArray()];
            if (@case.TryGetProperty("error", out var error))
            {
                // numpy's IndexError counts indices differently with an ellipsis or new axes; all other messages are compared literally.
                string message = Assert.Throws<ValueError>(() => Run(@case, operation, a, args)).Message;
                Assert.Equal(error.GetString(), message);
                return;
            }
            var result = Run(@case, operation, a, args);
            var expected = Array(@case.GetProperty("result"));
            Assert.Equal((expected.dtype, expected.shape.ToString()), (result.dtype, result.shape.ToString()));
            Assert.Equal(Elements(expected), Elements(result));
            if (@case.TryGetProperty("str", out var text)) Assert.Equal(text.GetString(), result.ToString());
        });

    [Fact]
    public void An_array_is_written_to_as_in_Python()
    {
        NDArray x = new NDArray(new float[6], 2, 3);
        var row = x[0];
        x[0, 1] = 7;
        x[1, ..2] = new[] { 1, 2 };
        Assert.Equal([0, 7, 0, 1, 2, 0], x.ToInts());
        Assert.Equal([0, 7, 0], row.ToInts());
        x[x > 1.5] = -1;
        x[.., 2] = 5.5;
        Assert.Equal([0, -1, 5.5f, 1, -1, 5.5f], x.ToFloats());
        x[[1]] = x[0];
        Assert.Equal("[[ 0.  -1.   5.5]\n [ 0.  -1.   5.5]]", x.ToString());
        x[..] = 0;
        Assert.Equal(0, (double)x.sum());
        var column = x[.., 0];
        column[0] = 1;
        Assert.Equal(1, (double)x[0, 0]);
        column = column.copy();
        column[0] = 2;
        Assert.Equal(1, (double)x.sum());
    }

    [Fact]
    public void What_was_scaled_and_what_it_was_scaled_from_are_written_to_apart()
    {
        var images = new NDArray(new byte[] { 0, 51, 102, 255 }, 2, 2);
        var scaled = images / 255.0;
        var view = scaled[1];
        images[0, 1] = 255;
        Assert.Equal("[[0.  0.2]\n [0.4 1. ]]", scaled.ToString());
        scaled[1, 0] = 0.25;
        Assert.Equal("[0.25 1.  ]", view.ToString());
        Assert.Equal("[[  0 255]\n [102 255]]", images.ToString());
        Assert.Equal((DType.float64, DType.uint8), (scaled.dtype, images.dtype));
    }

    [Fact]
    public void Indices_are_written_as_in_Python()
    {
        var x = np.arange(24).reshape(2, 3, 4);
        Assert.Equal((2, 3, 4, 1), x[Ellipsis, np.newaxis].shape);
        Assert.Equal([0, 12], x[.., 0, 0].ToInts());
        Assert.Equal([0, 2], x[0, 0][Slice(step: 2)].ToInts());
        Assert.Equal([3, 2, 1, 0], x[0, 0][Slice(step: -1)].ToInts());
        Assert.Equal([2, 3], x[0, 0, ^2..].ToInts());
        Assert.Equal((2, 3, 4), x[[1, 0]].shape);
        Assert.Equal([20, 21, 22, 23], x[x >= 20].ToInts());
        Assert.Equal("slice step cannot be zero", Assert.Throws<ValueError>(() => Slice(step: 0)).Message);
    }

    [Fact]
    public void Numbers_come_out_of_arrays_where_they_are_asked_for()
    {
        string[] names = ["a", "b", "c"];
        NDArray y = new[] { 2, 0 }, p = new[] { 0.25f, 0.75f };
        Assert.Equal("c", names[(int)y[0]]);
        Assert.Equal((0.75, 0.75f, 2L), ((double)p[1], (float)p[1], (long)y[0]));
        Assert.True(p[1] > 0.5 ? true : false);
        Assert.False(p[0] > 0.5 && p[1] > 0.5 ? true : false);
        Assert.True((bool)y[0] && !(bool)y[1]);
        Assert.Equal("The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
            Assert.Throws<ValueError>(() => (bool)(p > 0.5)).Message);
        Assert.Equal("cannot convert float NaN to integer", Assert.Throws<ValueError>(() => (int)(NDArray)double.NaN).Message);
        Assert.Throws<ValueError>(() => (int)(NDArray)1e10);
        Assert.Throws<ValueError>(() => (long)(NDArray)9.3e18);
        Assert.Equal(long.MaxValue, (long)(NDArray)long.MaxValue);
        Assert.True((p > 0.5).any() && !(p > 0.5).all());
    }

    /// <summary>Digits and types of numpy 1.26, which sums float32 in float32.</summary>
    [Fact]
    public void Numbers_of_a_whole_array_are_of_numpys_type()
    {
        static string Of(NDArray a) => $"{a.sum()} {a.mean()} {a.std()} {a.max()} {a.min()}";
        var floats = new NDArray([.. Enumerable.Range(0, 5000).Select(i => (float)(i * 7919 % 1000) / 7)]);
        var bytes = new NDArray([.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7919 % 251))]);
        Assert.Equal("356785.7 71.35714 41.239285 142.71428 0.0", Of(floats));
        Assert.Equal("625105 125.021 72.45676337651302 250 0", Of(bytes));
        Assert.Equal("2451.3921568627447 0.49027843137254895 0.28414417010397264 0.9803921568627451 0.0", Of(bytes / 255.0));
        Assert.Equal("2451.3923 0.49027845 0.2841442 0.98039216 0.0", Of((bytes / 255.0).astype("float32")));
        Assert.Equal("4881 0.9762 0.1524255884029975 True False", Of(bytes > 5));
        Assert.Equal("0.0 0", f($"{np.zeros(0).sum()} {np.arange(0).sum()}"));
        Assert.Equal("250   250 71.357 [250, 142.71428]",
            f($"{bytes.max():d} {bytes.max():5} {floats.mean():.3f} {(NumpyScalar[])[bytes.max(), floats.max()]}"));
        Assert.Equal("356785.6875", f($"{floats.sum()}"));    // as Python's f-string, which makes it a float
        Assert.Equal("250 142.71428 142.71428", "%d %s %r" % (bytes.max(), floats.max(), floats.max()));
        Assert.Equal("250 142.71 142.71428", $"{bytes.max()} {floats.max():F2} {floats.max()}");

        double sum = floats.sum();
        Assert.Equal(356785.6875, sum);
        Assert.Equal(125.0, (double)(bytes.max() / 2));
        Assert.Equal(250, (int)bytes.max());
        Assert.True(bytes.max() > 249 && bytes.max() == 250 && bytes.min() < bytes.max());
        Assert.Equal(DType.float32, (floats / floats.max()).dtype);
        Assert.Equal(DType.uint8, bytes.max().dtype);
        bytes[0] = bytes.max();
        Assert.Equal(250, (int)bytes[0]);
    }

    /// <summary>A copy even where the type stays, as in numpy: writing to one doesn't change the other.</summary>
    [Fact]
    public void Another_type_is_another_array()
    {
        foreach (var type in DType.All)
        {
            var x = np.array([1, 1, 1]).astype(type);
            var part = x[1..].astype(type);
            x.astype(type)[0] = 0;
            part[0] = 0;
            Assert.True(x.all() && !part.all() && part.any());
        }
        var scaled = new NDArray(new byte[] { 255, 255 }) / 255.0;
        scaled.astype("float64")[0] = 0;
        Assert.Equal("[1. 1.]", scaled.ToString());
    }

    [Fact]
    public void Null_between_the_brackets_is_a_new_axis()
    {
        var x = np.array([[1, 2, 3]]);
        Assert.Equal((1, 1, 3), x[null].shape);
        x[null] = 7;
        Assert.Equal("[[7 7 7]]", x.ToString());
        Assert.Equal(DType.float32, np.array([[1.5f, 2f], [3f, 4f]]).dtype);
        Assert.Equal(DType.float64, np.array([[1.5, 2f], [3f, 4f]]).dtype);
    }

    [Fact]
    public void Equality_is_of_elements_and_identity_of_objects()
    {
        NDArray a = new[] { 1, 2, 3 }, b = new[] { 1, 0, 3 };
        NDArray? none = null;
        Assert.Equal(2 / 3.0, (a == b).mean());
        Assert.Equal("[ True False  True]", (a == b).ToString());
        Assert.Equal("False", (a == none).ToString());
        Assert.Equal("True", (a != none).ToString());
        Assert.True(none is null && a is not null);
        Assert.False(a.Equals(a.copy()));
        Assert.Equal(2, new HashSet<NDArray> { a, a, b }.Count);
        Assert.Equal("[False  True False]", (a != b).ToString());
    }

    /// <summary>Vectorized search finds the same as element by element: the first of equals, of NaNs, and of zeros of either sign.</summary>
    [Fact]
    public void The_first_of_the_largest_and_smallest_is_found() =>
        Gen.Select(Gen.Int[0, 5].Select(i => new[] { -0.0f, 0.0f, 1f, -1f, 2f, float.NaN }[i]).Array[1, 70], Gen.Int[1, 3]).Sample((values, columns) =>
        {
            int Naive(float[] all, Func<float, float, bool> before)
            {
                int best = 0;
                for (int i = 1; i < all.Length && !float.IsNaN(all[best]); i++) if (float.IsNaN(all[i]) || before(all[i], all[best])) best = i;
                return best;
            }
            var array = new NDArray(values);
            Assert.Equal(Naive(values, (a, b) => a > b), (int)array.argmax());
            Assert.Equal(Naive(values, (a, b) => a < b), (int)array.argmin());
            var table = array[..(values.Length / columns * columns)].reshape(-1, columns);
            if (table.Length == 0) return;
            for (int c = 0; c < columns; c++)
                Assert.Equal(Naive(table[.., c].ToFloats(), (a, b) => a > b), (int)table.argmax(0)[c]);
        });

    private static NDArray Run(JsonElement @case, string operation, NDArray a, JsonElement[] args)
    {
        NDArray Other() => args[0].ValueKind switch
        {
            JsonValueKind.Number => args[0].GetInt32(),
            JsonValueKind.String => PythonTextTests.Float(args[0].GetString()!),
            _ => Array(args[0]),
        };
        int Axis() => args[0].GetInt32();
        switch (operation)
        {
            case "+": return a + Other();
            case "-": return a - Other();
            case "*": return a * Other();
            case "/": return a / Other();
            case "==": return a == Other();
            case "!=": return a != Other();
            case "<": return a < Other();
            case "<=": return a <= Other();
            case ">": return a > Other();
            case ">=": return a >= Other();
            case "&": return a & Other();
            case "|": return a | Other();
            case "^": return a ^ Other();
            case "~": return ~a;
            case "neg": return -a;
            case "sum": return a.sum(Axis());
            case "mean": return a.mean(Axis());
            case "max": return a.max(Axis());
            case "min": return a.min(Axis());
            case "argmax": return a.argmax(Axis());
            case "argmin": return a.argmin(Axis());
            case "astype": return a.astype(args[0].GetString()!);
            case "text": return a;
            case "scaled": return a / 255.0;
            case "scaled32": return a.astype("float32") / 255.0;
            case "mask": return a[Array(args[0])];
            case "setmask":
                a[Array(args[0])] = 9;
                return a;
            case "get": return IsList(args) ? a[List(args)] : a[[.. args.Select(Index)]];
            case "set":
                var value = @case.GetProperty("value");
                NDArray given = value.ValueKind == JsonValueKind.Number ? value.GetInt32() : Array(value);
                if (IsList(args)) a[List(args)] = given;
                else a[[.. args.Select(Index)]] = given;
                return a;
            default: throw new ArgumentException(operation);
        }
    }

    private static bool IsList(JsonElement[] args) => args is [{ ValueKind: JsonValueKind.Object } one] && one.TryGetProperty("list", out _);

    private static int[] List(JsonElement[] args) => [.. args[0].GetProperty("list").EnumerateArray().Select(i => i.GetInt32())];

    private static Slice Index(JsonElement index)
    {
        if (index.ValueKind == JsonValueKind.Number) return index.GetInt32();
        if (index.TryGetProperty("axis", out var axis)) return axis.GetString() == "new" ? np.newaxis : Ellipsis;
        int?[] parts = [.. index.GetProperty("slice").EnumerateArray().Select(i => i.ValueKind == JsonValueKind.Null ? (int?)null : i.GetInt32())];
        return Slice(parts[0], parts[1], parts[2] ?? 1);
    }

    private static NDArray Array(JsonElement array)
    {
        int[] shape = [.. array.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
        var data = array.GetProperty("data").EnumerateArray();
        NDArray flat = array.GetProperty("dtype").GetString() switch
        {
            "bool" => new NDArray([.. data.Select(v => v.GetInt32() != 0)]),
            "uint8" => new NDArray([.. data.Select(v => v.GetByte())]),
            "int32" => new NDArray([.. data.Select(v => v.GetInt32())]),
            "int64" => new NDArray([.. data.Select(v => v.GetInt64())]),
            "uint64" => data.Select(v => v.GetUInt64()).ToArray(),
            "float32" => new NDArray([.. data.Select(v => (float)PythonTextTests.Float(v.GetString()!))]),
            "float64" => new NDArray([.. data.Select(v => PythonTextTests.Float(v.GetString()!))]),
            var other => throw new ArgumentException(other),
        };
        return flat.reshape(shape);
    }

    private static IEnumerable<string> Elements(NDArray array) => Enumerable.Range(0, array.size)
        .Select(i => array.dtype == DType.int64 ? ((long)array.reshape(-1)[i]).ToString(CultureInfo.InvariantCulture)
            : array.ElementAt(i).ToString("R", CultureInfo.InvariantCulture));
}
