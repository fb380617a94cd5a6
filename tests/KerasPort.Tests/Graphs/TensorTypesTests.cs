using System.Globalization;
using System.Text.Json;

namespace KerasPort.Tests.Graphs;

/// <summary>
/// The types and values of TensorFlow's and Keras' functions: each Python expression gives the same here as there
/// (<c>tensor-types.json</c>, written by make/tensor_types.py).
/// </summary>
public class TensorTypesTests
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("tensor-types.json")).RootElement;

    private static readonly NDArray s_na = np.array([1.5, 2.5]), s_ni = np.array([1, 2]), s_nf = s_na.astype("float32");

    private static readonly Tensor i = tf.constant([7, -3]), l = tf.constant([7, -3], tf.int64), f = tf.constant([1.5, 2.5]),
        d = tf.constant([1.5, 2.5], tf.float64), u = tf.constant([200, 100], tf.uint8), b = tf.constant(np.array([true, false])),
        s = tf.constant([1, 2], "int8");

    private static Tensor na => s_na;

    private static Tensor ni => s_ni;

    private static Tensor nf => s_nf;

    private static readonly Dictionary<string, Func<Tensor>> s_cases = new()
    {
        ["i + i"] = () => i + i,
        ["i + 1"] = () => i + 1,
        ["i + 1.5"] = () => i + 1.5,
        ["1.5 + i"] = () => 1.5 + i,
        ["2 - i"] = () => 2 - i,
        ["f + 1"] = () => f + 1,
        ["i + l"] = () => i + l,
        ["i + f"] = () => i + f,
        ["f + d"] = () => f + d,
        ["d * 0.1"] = () => d * 0.1,
        ["d / 3"] = () => d / 3,
        ["f + na"] = () => f + na,
        ["na + f"] = () => na + f,
        ["i + ni"] = () => i + ni,
        ["i + na"] = () => i + na,
        ["l + ni"] = () => l + ni,
        ["d + nf"] = () => d + nf,
        ["i / i"] = () => i / i,
        ["i / 2"] = () => i / 2,
        ["2 / i"] = () => 2 / i,
        ["l / l"] = () => l / l,
        ["u / u"] = () => u / u,
        ["b / b"] = () => b / b,
        ["u + u"] = () => u + u,
        ["u * 2"] = () => u * 2,
        ["u + 300"] = () => u + 300,
        ["b + b"] = () => b + b,
        ["-u"] = () => -u,
        ["-i"] = () => -i,
        ["-b"] = () => -b,
        ["i % 2"] = () => i % 2,
        ["i % i"] = () => i % i,
        ["f % 2"] = () => f % 2,
        ["i % 0"] = () => i % 0,
        ["i > 1"] = () => i > 1,
        ["i > 1.5"] = () => i > 1.5,
        ["i > f"] = () => i > f,
        ["f >= 2"] = () => f >= 2,
        ["tf.add(ni, nf)"] = () => tf.add(ni, nf),
        ["tf.add(1, 2.5)"] = () => tf.add(1, 2.5),
        ["tf.add(1, 2)"] = () => tf.add(1, 2),
        ["tf.add(i, 2.5)"] = () => tf.add(i, 2.5),
        ["tf.maximum(i, 2)"] = () => tf.maximum(i, 2),
        ["tf.maximum(i, f)"] = () => tf.maximum(i, f),
        ["tf.divide(i, i)"] = () => tf.divide(i, i),
        ["tf.divide(f, 2)"] = () => tf.divide(f, 2),
        ["tf.exp(i)"] = () => tf.exp(i),
        ["tf.exp(d)"] = () => tf.exp(d),
        ["tf.sqrt(i)"] = () => tf.sqrt(i),
        ["tf.sqrt(d)"] = () => tf.sqrt(d),
        ["tf.math.log(i)"] = () => tf.math.log(i),
        ["tf.square(i)"] = () => tf.square(i),
        ["tf.abs(i)"] = () => tf.abs(i),
        ["tf.negative(i)"] = () => tf.negative(i),
        ["tf.pow(i, 2)"] = () => tf.pow(i, 2),
        ["tf.pow(i, 2.5)"] = () => tf.pow(i, 2.5),
        ["tf.pow(f, 2)"] = () => tf.pow(f, 2),
        ["tf.reduce_mean(i)"] = () => tf.reduce_mean(i),
        ["tf.reduce_mean(-i)"] = () => tf.reduce_mean(-i),
        ["tf.reduce_mean(u)"] = () => tf.reduce_mean(u),
        ["tf.reduce_mean(b)"] = () => tf.reduce_mean(b),
        ["tf.reduce_mean(d)"] = () => tf.reduce_mean(d),
        ["tf.reduce_mean(tf.constant([3] * 49))"] = () => tf.reduce_mean(tf.constant(np.full(49, 3, dtype: np.int32))),
        ["tf.reduce_sum(u)"] = () => tf.reduce_sum(u),
        ["tf.reduce_sum(l)"] = () => tf.reduce_sum(l),
        ["tf.reduce_sum(b)"] = () => tf.reduce_sum(b),
        ["tf.reduce_max(i)"] = () => tf.reduce_max(i),
        ["tf.reduce_max(b)"] = () => tf.reduce_max(b),
        ["tf.math.reduce_std(i)"] = () => tf.math.reduce_std(i),
        ["tf.math.reduce_std(d)"] = () => tf.math.reduce_std(d),
        ["tf.equal(i, f)"] = () => tf.equal(i, f),
        ["tf.equal(i, 7)"] = () => tf.equal(i, 7),
        ["tf.equal(i, 7.0)"] = () => tf.equal(i, 7.0),
        ["tf.less(i, 2.5)"] = () => tf.less(i, 2.5),
        ["tf.not_equal(i, i)"] = () => tf.not_equal(i, i),
        ["tf.clip_by_value(i, 0, 3)"] = () => tf.clip_by_value(i, 0, 3),
        ["tf.clip_by_value(i, 0.5, 3)"] = () => tf.clip_by_value(i, 0.5, 3),
        ["tf.clip_by_value(f, 0, 2)"] = () => tf.clip_by_value(f, 0, 2),
        ["tf.concat([i, f], 0)"] = () => tf.concat([i, f], 0),
        ["tf.concat([i, i], 0)"] = () => tf.concat([i, i], 0),
        ["tf.stack([i, l])"] = () => tf.stack([i, l]),
        ["tf.stack([u, u])"] = () => tf.stack([u, u]),
        ["tf.where(b, i, 0)"] = () => tf.where(b, i, 0),
        ["tf.where(b, i, f)"] = () => tf.where(b, i, f),
        ["tf.where(b, i, 0.5)"] = () => tf.where(b, i, 0.5),
        ["tf.where(b, 1.0, 0.0)"] = () => tf.where(b, 1.0, 0.0),
        ["tf.where(i > 0, f, -f)"] = () => tf.where(i > 0, f, -f),
        ["tf.matmul(i[None], i[:, None])"] = () => tf.matmul(i[np.newaxis], i[.., np.newaxis]),
        ["tf.matmul(i[None], f[:, None])"] = () => tf.matmul(i[np.newaxis], f[.., np.newaxis]),
        ["tf.zeros_like(i)"] = () => tf.zeros_like(i),
        ["tf.ones_like(u)"] = () => tf.ones_like(u),
        ["tf.ones([2], tf.int32)"] = () => tf.ones(2, tf.int32),
        ["tf.fill([2], 7)"] = () => tf.fill(2, 7),
        ["tf.fill([2], 7.0)"] = () => tf.fill(2, 7.0),
        ["tf.transpose(i)"] = () => tf.transpose(i),
        ["tf.reverse(i, [0])"] = () => tf.reverse(i, 0),
        ["tf.expand_dims(u, 0)"] = () => tf.expand_dims(u, 0),
        ["tf.reshape(l, (2, 1))"] = () => tf.reshape(l, (2, 1)),
        ["tf.argmax(i)"] = () => tf.argmax(i),
        ["tf.add_n([i, i])"] = () => tf.add_n([i, i]),
        ["tf.cast(f, tf.int32)"] = () => tf.cast(f, tf.int32),
        ["tf.cast(-f, tf.int32)"] = () => tf.cast(-f, tf.int32),
        ["tf.cast(i, tf.uint8)"] = () => tf.cast(i, tf.uint8),
        ["tf.cast(b, tf.float32)"] = () => tf.cast(b, tf.float32),
        ["tf.cast(i > 0, tf.int32)"] = () => tf.cast(i > 0, tf.int32),
        ["tf.constant([1, 2.5])"] = () => tf.constant([1, 2.5]),
        ["tf.constant(ni)"] = () => tf.constant(ni),
        ["tf.constant(na, tf.float32)"] = () => tf.constant(na, tf.float32),
        ["tf.convert_to_tensor(na)"] = () => tf.convert_to_tensor(na),
        ["tf.constant([2147483647]) + 1"] = () => tf.constant([2147483647]) + 1,
        ["tf.constant([2147483647]) * 2"] = () => tf.constant([2147483647]) * 2,
        ["tf.constant([16777217]) + 0"] = () => tf.constant([16777217]) + 0,
        ["tf.square(tf.constant([16777217], tf.int64))"] = () => tf.square(tf.constant([16777217], tf.int64)),
        ["i[0]"] = () => i[0],
        ["i[0] + i[1]"] = () => i[0] + i[1],
        ["f * tf.cast(i, tf.float32)"] = () => f * tf.cast(i, tf.float32),
        ["keras.ops.add(i, f)"] = () => keras.ops.add(i, f),
        ["keras.ops.add(i, 1.5)"] = () => keras.ops.add(i, 1.5),
        ["keras.ops.add(i, l)"] = () => keras.ops.add(i, l),
        ["keras.ops.add(u, i)"] = () => keras.ops.add(u, i),
        ["keras.ops.add(u, s)"] = () => keras.ops.add(u, s),
        ["keras.ops.add(s, 1)"] = () => keras.ops.add(s, 1),
        ["keras.ops.add(l, tf.constant([1, 2], tf.float16))"] = () => keras.ops.add(l, tf.constant([1, 2], "float16")),
        ["keras.ops.add(ni, na)"] = () => keras.ops.add(ni, na),
        ["keras.ops.add(f, na)"] = () => keras.ops.add(f, na),
        ["keras.ops.add(b, 1)"] = () => keras.ops.add(b, 1),
        ["keras.ops.subtract(u, i)"] = () => keras.ops.subtract(u, i),
        ["keras.ops.multiply(d, f)"] = () => keras.ops.multiply(d, f),
        ["keras.ops.divide(i, i)"] = () => keras.ops.divide(i, i),
        ["keras.ops.divide(l, l)"] = () => keras.ops.divide(l, l),
        ["keras.ops.divide(d, i)"] = () => keras.ops.divide(d, i),
        ["keras.ops.divide(u, 255.0)"] = () => keras.ops.divide(u, 255.0),
        ["keras.ops.mean(i)"] = () => keras.ops.mean(i),
        ["keras.ops.mean(u)"] = () => keras.ops.mean(u),
        ["keras.ops.mean(d)"] = () => keras.ops.mean(d),
        ["keras.ops.sum(u)"] = () => keras.ops.sum(u),
        ["keras.ops.sum(b)"] = () => keras.ops.sum(b),
        ["keras.ops.sum(l)"] = () => keras.ops.sum(l),
        ["keras.ops.max(i)"] = () => keras.ops.max(i),
        ["keras.ops.exp(i)"] = () => keras.ops.exp(i),
        ["keras.ops.exp(d)"] = () => keras.ops.exp(d),
        ["keras.ops.sqrt(u)"] = () => keras.ops.sqrt(u),
        ["keras.ops.matmul(i[None], i[:, None])"] = () => keras.ops.matmul(i[np.newaxis], i[.., np.newaxis]),
        ["keras.ops.matmul(l[None], f[:, None])"] = () => keras.ops.matmul(l[np.newaxis], f[.., np.newaxis]),
        ["keras.ops.concatenate([i, f])"] = () => keras.ops.concatenate([i, f]),
        ["keras.ops.stack([i, l])"] = () => keras.ops.stack([i, l]),
        ["keras.ops.where(b, i, f)"] = () => keras.ops.where(b, i, f),
        ["keras.ops.where(b, i, 0.5)"] = () => keras.ops.where(b, i, 0.5),
        ["keras.ops.where(b, 1, 0)"] = () => keras.ops.where(b, 1, 0),
        ["keras.ops.equal(i, f)"] = () => keras.ops.equal(i, f),
        ["keras.ops.maximum(i, 2.5)"] = () => keras.ops.maximum(i, 2.5),
        ["keras.ops.clip(i, 0, 3)"] = () => keras.ops.clip(i, 0, 3),
        ["keras.ops.floor(i)"] = () => keras.ops.floor(i),
        ["keras.ops.power(i, 2)"] = () => keras.ops.power(i, 2),
        ["keras.ops.square(u)"] = () => keras.ops.square(u),
        ["keras.ops.abs(u)"] = () => keras.ops.abs(u),
        ["keras.ops.argmax(i)"] = () => keras.ops.argmax(i),
        ["keras.ops.cumsum(u)"] = () => keras.ops.cumsum(u),
        ["keras.ops.prod(i)"] = () => keras.ops.prod(i),
        ["keras.ops.var(i)"] = () => keras.ops.var(i),
        ["keras.ops.std(d)"] = () => keras.ops.std(d),
        ["keras.ops.relu(i)"] = () => keras.ops.relu(i),
        ["keras.ops.sigmoid(f)"] = () => keras.ops.sigmoid(f),
        ["keras.ops.softmax(d)"] = () => keras.ops.softmax(d),
        ["keras.ops.one_hot(tf.constant([1, 0]), 3)"] = () => keras.ops.one_hot(tf.constant([1, 0]), 3),
        ["keras.ops.arange(3)"] = () => keras.ops.arange(3),
        ["keras.ops.zeros_like(i)"] = () => keras.ops.zeros_like(i),
        ["keras.ops.floor_divide(i, 2)"] = () => keras.ops.floor_divide(i, 2),
        ["keras.ops.floor_divide(f, 2)"] = () => keras.ops.floor_divide(f, 2),
        ["keras.ops.mod(i, 4)"] = () => keras.ops.mod(i, 4),
        ["keras.ops.take(f, [1, 0])"] = () => keras.ops.take(f, np.array([1, 0])),
        ["keras.ops.take(l, [1, 0])"] = () => keras.ops.take(l, np.array([1, 0])),
        ["keras.ops.cast(f, 'int32')"] = () => keras.ops.cast(f, "int32"),
        ["keras.ops.convert_to_tensor([1, 2])"] = () => keras.ops.convert_to_tensor([1, 2]),
        ["keras.ops.logical_and(b, b)"] = () => keras.ops.logical_and(b, b),
        ["keras.ops.isnan(f)"] = () => keras.ops.isnan(f),
        ["keras.ops.reshape(u, (2, 1))"] = () => keras.ops.reshape(u, (2, 1)),
        ["keras.ops.sort(i)"] = () => keras.ops.sort(i),
        ["keras.ops.cos(d)"] = () => keras.ops.cos(d),
        ["[*tf.data.Dataset.range(4).map(lambda x: x * 2)][3]"] = () => tf.data.Dataset.range(4).map(x => x * 2).Last(),
        ["[*tf.data.Dataset.range(4).map(lambda x: x / 2)][3]"] = () => tf.data.Dataset.range(4).map(x => x / 2).Last(),
        ["[*tf.data.Dataset.range(4).map(lambda x: x * 1.5)][3]"] = () => tf.data.Dataset.range(4).map(x => x * 1.5).Last(),
        ["[*tf.data.Dataset.range(9).filter(lambda x: x % 3 > 1)][1]"] = () => tf.data.Dataset.range(9).filter(x => x % 3 > 1).ElementAt(1),
        ["[*tf.data.Dataset.from_tensor_slices(na).map(lambda x: x / 3)][0]"] = () => tf.data.Dataset.from_tensor_slices(na).map(x => x / 3).First(),
        ["tf.data.Dataset.range(5).reduce(np.int64(0), lambda x, y: x + y)"] = () => tf.data.Dataset.range(5).reduce(tf.constant(0, tf.int64), (x, y) => x + y),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_function_of_values_gives_the_type_that_Python_gives(string python)
    {
        var expected = s_recorded.GetProperty(python);
        if (expected.TryGetProperty("error", out _))
        {
            string message = Assert.ThrowsAny<KerasException>(() => s_cases[python]()).Message;
            Assert.DoesNotContain('\n', message);
            return;
        }
        var given = s_cases[python]();
        double[] values = [.. expected.GetProperty("data").EnumerateArray().Select(v => double.Parse(v.GetString()!, CultureInfo.InvariantCulture))];
        Assert.Equal(expected.GetProperty("dtype").GetString(), given.dtype.name);
        double step = given.dtype.name switch { "float64" => 1e-15, "float32" => 3e-7, "float16" => 1e-3, _ => 0 };
        double[] numbers = [.. Enumerable.Range(0, given.numpy().size).Select(at => given.numpy().ravel()[at].item())];
        Assert.Equal(values.Length, numbers.Length);
        foreach (var (value, number) in values.Zip(numbers))
            if (!value.Equals(number)) Assert.Equal(value, number, Math.Abs(value) * step);
        if (step == 0) Assert.Equal(expected.GetProperty("printed").GetString(), np.array_str(given.numpy()));
        Assert.Contains($"dtype={given.dtype}", given.ToString());
    }
}
