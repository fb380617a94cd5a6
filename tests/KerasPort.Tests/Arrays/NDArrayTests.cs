using System.Globalization;
using System.Text.Json;
using CsCheck;

namespace KerasPort.Tests.Arrays;

/// <summary>Arithmetic, slices, shapes and reductions as numpy does them (<c>ndarray.json</c>), and against naive loops in double.</summary>
public class NDArrayTests
{
    public static TheoryData<string> Operations => [.. Fixtures.Cases("ndarray.json").Select(c => c.GetProperty("op").GetString()!).Distinct()];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Arrays_do_what_numpy_does(string operation)
    {
        var cases = Fixtures.Cases("ndarray.json").Where(c => c.GetProperty("op").GetString() == operation);
        Assert.All(cases, @case =>
        {
            var a = Array(@case.GetProperty("a"));
            JsonElement[] args = [.. @case.GetProperty("args").EnumerateArray()];
            if (@case.TryGetProperty("error", out var error))
                Assert.Equal(error.GetString(), Assert.Throws<ValueError>(() => Run(operation, a, args)).Message);
            else
                AssertEqual(@case.GetProperty("result"), Run(operation, a, args), operation);
        });
    }

    [Fact]
    public void Scaled_bytes_are_the_floats_that_numpy_gives()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        var scaled = new NDArray(all, 256) / 255.0;
        Assert.Equal(DType.float64, scaled.dtype);
        Assert.Equal(all.Select(b => (float)(b / 255.0)), scaled.ToFloats());
    }

    [Fact]
    public void Arithmetic_with_a_number_leaves_bytes_as_bytes()
    {
        var images = new NDArray(new byte[60_000 * 784], 60_000, 28, 28);
        NDArray scaled = images;
        long allocated = Allocations.Of(() => scaled = (images / 255.0 - 0.5) * 2);
        Assert.InRange(allocated, 0, 20_000);
        Assert.True(scaled.TryGetBytes(out _, out var table, out _));
        Assert.Equal(-1, scaled.ElementAt(0));
        Assert.Equal(-1, table[0]);
        Assert.InRange(Allocations.Of(() => scaled = images.astype("float64")), 0, 5_000);
        scaled[0, 0, 0] = 0.5;
        Assert.Equal((0.5, 0.0), (scaled.ElementAt(0), images.ElementAt(0)));
    }

    [Fact]
    public void Slices_of_the_first_axis_and_reshaped_arrays_share_the_elements()
    {
        NDArray images = new(new byte[60_000 * 784], 60_000, 28, 28), some = images;
        long allocated = Allocations.Of(() => some = images[1000..].reshape(-1, 28, 28, 1)[..^1].reshape(-1, 28, 28));
        Assert.InRange(allocated, 0, 5_000);
        Assert.Equal([58_999, 28, 28], some.shape);
    }

    [Fact]
    public void An_array_knows_its_shape()
    {
        var array = new NDArray(new float[24], 2, 3, 4);
        Assert.Equal([2, 3, 4], array.shape);
        Assert.Equal((24, 3, 2, DType.float32), (array.size, array.ndim, array.Length, array.dtype));
        Assert.Equal("len() of unsized object", Assert.Throws<ValueError>(() => ((NDArray)5).Length).Message);
        Assert.Equal("cannot reshape array of size 24 into shape (5,5)", Assert.Throws<ValueError>(() => new NDArray(new float[24], 5, 5)).Message);
        Assert.Equal("cannot reshape array of size 24 into shape (100000,100000)", Assert.Throws<ValueError>(() => array.reshape(100_000, 100_000)).Message);
    }

    [Fact]
    public void Shapes_are_written_as_in_Python()
    {
        var array = new NDArray(new float[24]);
        Assert.Equal([2, 12], array.reshape(2, -1).shape);
        Assert.Equal([2, 12], array.reshape((2, 12)).shape);
        Assert.Equal([2, 12], array.reshape([2, 12]).shape);
        Assert.Equal([2, 3, 4], array.reshape((2, 3, 4)).shape);
        Assert.Equal([2, 3, 4, 1], array.reshape((-1, 3, 4, 1)).shape);
    }

    [Fact]
    public void An_array_keeps_its_shape_whatever_becomes_of_the_array_that_gave_it()
    {
        int[] shape = [2, 3];
        var array = new NDArray(new float[6], shape);
        var reshaped = array.reshape(shape);
        shape[0] = 7;
        Assert.Equal([2, 3], array.shape);
        Assert.Equal([2, 3], reshaped.shape);
    }

    [Fact]
    public void A_cast_to_float_or_decimal_keeps_the_fraction()
    {
        NDArray x = new(new[] { 0.25f, 0.75f });
        Assert.Equal(0.75f, (float)x.max());
        Assert.Equal(0.5m, (decimal)x.mean());
        Assert.Equal(0.75f, (float)x[1]);
        Assert.Equal(0.75m, (decimal)x[1]);
        Tensor tensor = x[1];
        Assert.Equal(0.75f, (float)tensor);
        Assert.Equal(0.75m, (decimal)tensor);
    }

    [Fact]
    public void Numbers_vectors_and_matrices_become_arrays()
    {
        NDArray number = 0.1, single = new float[] { 5 }, floats = new[] { 1f, 2f }, doubles = new[] { 0.1, 2 },
            ints = new[] { 3, 4, 5 }, bytes = new byte[] { 6 };
        NDArray matrix = new[,] { { 1f, 2f, 3f }, { 4f, 5f, 6f } }, wide = new[,] { { 0.1 }, { 0.2 } };
        Assert.Empty(number.shape);
        Assert.Equal(0.1, number.item());
        Assert.Equal(0.1, (double)number);
        Assert.Equal([1], single.shape);
        Assert.Equal([2], floats.shape);
        Assert.Equal([0.1f, 2f], doubles.ToFloats());
        Assert.Equal((DType.int32, DType.uint8, DType.float64), (ints.dtype, bytes.dtype, doubles.dtype));
        Assert.Equal([1], bytes.shape);
        Assert.Equal([2, 3], matrix.shape);
        Assert.Equal(6, matrix[1, 2].item());
        Assert.Equal([0.1f, 0.2f], wide.ToFloats());
        Assert.Equal("can only convert an array of size 1 to a Python scalar", Assert.Throws<ValueError>(() => (double)floats).Message);
    }

    [Fact]
    public void Slices_take_what_the_naive_loop_takes() =>
        Gen.Select(Gen.Int[0, 5].Array[1, 4], Gen.Int[0, 3], Gen.Int[-6, 6].Array[8], Gen.Bool.Array[4]).Sample((shape, named, ends, single) =>
        {
            var array = Range(shape);
            var slices = new Slice[Math.Min(named, shape.Length)];
            var expected = Indices(shape);
            var kept = new List<int>();
            for (int axis = 0; axis < shape.Length; axis++)
            {
                int at = axis, length = shape[axis];
                int Clamp(int end) => Math.Clamp(end < 0 ? end + length : end, 0, length);
                if (axis >= slices.Length)
                {
                    kept.Add(length);
                }
                else if (single[axis] && length > 0)
                {
                    int index = ((ends[axis] % length) + length) % length;
                    slices[axis] = ends[axis] < 0 ? index - length : index;
                    expected = expected.Where(i => i[at] == index);
                }
                else
                {
                    int from = Clamp(ends[axis]), to = Math.Max(Clamp(ends[axis + 4]), from);
                    slices[axis] = End(ends[axis])..End(ends[axis + 4]);
                    expected = expected.Where(i => i[at] >= from && i[at] < to);
                    kept.Add(to - from);
                }
            }
            var part = array[slices];
            Assert.Equal(kept, part.shape);
            Assert.Equal(expected.Select(i => Position(i, shape)), part.ToInts());
        });

    [Fact]
    public void Broadcasting_computes_what_the_naive_loop_computes() =>
        Gen.Select(Gen.Int[0, 4].Array[0, 4], Gen.Bool.Array[4], Gen.Bool.Array[4], Gen.Int[0, 4], Gen.Int[0, 3])
            .Sample((shape, onesA, onesB, cut, operation) =>
        {
            int[] ofA = [.. shape.Select((d, i) => onesA[i] ? 1 : d)];
            int[] ofB = [.. shape.Select((d, i) => onesB[i] ? 1 : d).Skip(Math.Min(cut, shape.Length))];
            NDArray a = Range(ofA) * 0.37, b = Range(ofB) * 1.9 - 3.3;
            int[] whole = [.. shape.Select((d, i) => Broadcast(ofA[i], i - (shape.Length - ofB.Length) is >= 0 and var at ? ofB[at] : 1))];
            var result = operation switch { 0 => a + b, 1 => a - b, 2 => a * b, _ => a / b };

            Assert.Equal(whole, result.shape);
            var (x, y) = (a.ToFloats(), b.ToFloats());
            Assert.Equal(Indices(whole).Select(index =>
            {
                double p = x[Position(Fold(index, ofA), ofA)], q = y[Position(Fold(index, ofB), ofB)];
                return (float)(operation switch { 0 => p + q, 1 => p - q, 2 => p * q, _ => p / q });
            }), result.ToFloats());
        });

    [Fact]
    public void Argmax_finds_the_first_of_the_largest() =>
        Gen.Select(Gen.Int[1, 4].Array[1, 4], Gen.Int[-4, 3], Gen.Int[0, 5].Array[256]).Sample((shape, axis, values) =>
        {
            int at = (axis + 4) % shape.Length;
            var array = new NDArray([.. values.Take(shape.Aggregate(1, (p, d) => p * d)).Select(v => (float)v)], shape);
            var best = array.argmax(axis < 0 ? at - shape.Length : at);
            int[] rest = [.. shape[..at], .. shape[(at + 1)..]];
            Assert.Equal(rest, best.shape);
            Assert.Equal(DType.int64, best.dtype);
            Assert.Equal(Indices(rest).Select(i => Enumerable.Range(0, shape[at])
                .MaxBy(k => values[Position([.. i[..at], k, .. i[at..]], shape)])), best.ToInts());
        });

    private static Index End(int end) => end < 0 ? ^-end : end;

    private static int Broadcast(int a, int b) => a == 1 ? b : a;

    private static NDArray Range(int[] shape) =>
        new NDArray([.. Enumerable.Range(0, shape.Aggregate(1, (p, d) => p * d)).Select(i => (float)i)]).reshape(shape);

    private static IEnumerable<int[]> Indices(int[] shape) => shape.Aggregate((IEnumerable<int[]>)[[]],
        (all, d) => all.SelectMany(index => Enumerable.Range(0, d).Select(i => (int[])[.. index, i])));

    private static int Position(int[] index, int[] shape)
    {
        int position = 0;
        for (int axis = 0; axis < shape.Length; axis++) position = position * shape[axis] + index[axis];
        return position;
    }

    private static int[] Fold(int[] index, int[] shape) => [.. index[^shape.Length..].Select((i, axis) => shape[axis] == 1 ? 0 : i)];

    private static NDArray Run(string operation, NDArray a, JsonElement[] args) => operation switch
    {
        "+" => args[0].ValueKind == JsonValueKind.String ? a + Number(args[0]) : a + Array(args[0]),
        "-" => args[0].ValueKind == JsonValueKind.String ? a - Number(args[0]) : a - Array(args[0]),
        "*" => args[0].ValueKind == JsonValueKind.String ? a * Number(args[0]) : a * Array(args[0]),
        "/" => args[0].ValueKind == JsonValueKind.String ? a / Number(args[0]) : a / Array(args[0]),
        "r+" => Number(args[0]) + a,
        "r-" => Number(args[0]) - a,
        "r*" => Number(args[0]) * a,
        "r/" => Number(args[0]) / a,
        "chain" => (a / 255.0 - 0.2860) / 0.3530,
        "neg" => -a,
        "index" => a[[.. args.Select(Index)]],
        "reshape" => a.reshape([.. args[0].EnumerateArray().Select(d => d.GetInt32())]),
        "max" => a.max(),
        "min" => a.min(),
        "sum" => a.sum(),
        "mean" => a.mean(),
        "argmax" => a.argmax(args.Length > 0 ? args[0].GetInt32() : null),
        "astype" => a.astype(args[0].GetString()!),
        _ => throw new ArgumentException(operation),
    };

    private static Slice Index(JsonElement index)
    {
        if (index.ValueKind == JsonValueKind.Number) return index.GetInt32();
        var (from, to) = (index.GetProperty("from"), index.GetProperty("to"));
        return (from.ValueKind == JsonValueKind.Null ? 0 : End(from.GetInt32()))..(to.ValueKind == JsonValueKind.Null ? ^0 : End(to.GetInt32()));
    }

    private static void AssertEqual(JsonElement expected, NDArray actual, string operation)
    {
        if (expected.ValueKind == JsonValueKind.String)
        {
            Assert.Equal((float)Number(expected), (float)actual.item());
            return;
        }
        var array = Array(expected);
        Assert.Equal(array.shape, actual.shape);
        Assert.Equal(array.ToFloats(), actual.ToFloats());
        if (operation is "index" or "reshape" or "argmax" or "astype") Assert.Equal(array.dtype, actual.dtype);
    }

    private static NDArray Array(JsonElement array)
    {
        int[] shape = [.. array.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
        var data = array.GetProperty("data").EnumerateArray();
        NDArray flat = array.GetProperty("dtype").GetString() switch
        {
            "uint8" => new NDArray([.. data.Select(v => v.GetByte())]),
            "int32" => new NDArray([.. data.Select(v => v.GetInt32())]),
            "int64" => new NDArray([.. data.Select(v => v.GetInt64())]),
            _ => new NDArray([.. data.Select(v => (float)Number(v))]),
        };
        return flat.reshape(shape);
    }

    private static double Number(JsonElement number) => number.GetString() switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        var text => double.Parse(text!, CultureInfo.InvariantCulture),
    };

    /// <summary>Memory for several megabytes is allocated in another way than for a few bytes.</summary>
    [Fact]
    public void Large_arrays_compute_as_small_ones()
    {
        const int Rows = 1_500_001, Columns = 3;
        var x = np.arange(Rows * Columns).reshape(Rows, Columns).astype("float32");
        var y = x / 4;
        Assert.Equal((Rows * Columns - 1) / 4f, (float)y[^1, ^1]);
        Assert.Equal([562500, 562500.25, 562500.5], y.astype("float64").mean(axis: 0).ToDoubles());
    }
}
