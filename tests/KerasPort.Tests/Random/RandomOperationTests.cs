using System.Text.Json;
using KerasPort.Random;
using static KerasPort.Tests.Refusals;

namespace KerasPort.Tests.Random;

/// <summary>The numbers of <c>tf.random</c> and <c>keras.random</c>, call by call, equal TensorFlow's and Keras' (<c>random-ops.json</c>).</summary>
public sealed class RandomOperationTests
{
    private static readonly JsonElement[] s_cases = Fixtures.Cases("random-ops.json");

    public static TheoryData<string> Cases => [.. s_cases.Select(c => c.GetProperty("case").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void They_draw_Keras_own_numbers(string name)
    {
        switch (name)
        {
            case "tf.random.set_seed(5)": tf.random.set_seed(5); break;
            case "tf.random.set_seed(0)": tf.random.set_seed(0); break;
            case "set_random_seed(4), distributions": keras.utils.set_random_seed(4); break;
            case "set_random_seed(3)": keras.utils.set_random_seed(3); break;
            default:
                keras.utils.set_random_seed(3);
                keras.random.normal(2);
                keras.utils.clear_session();
                break;
        }
        foreach (var (i, call) in s_cases.Single(c => c.GetProperty("case").GetString() == name).GetProperty("calls").EnumerateArray().Index())
        {
            var drawn = Call(call.GetProperty("call").GetString()!, call.GetProperty("arguments"));
            Assert.Equal(call.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()), drawn.shape.ToArray());
            foreach (var (wanted, given) in Fixtures.Floats(call.GetProperty("values")).Zip(drawn.ToFloats()))
                Assert.True(wanted.Equals(given), $"{name}, call {i}: {given}, Keras {wanted}");
        }
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused()
    {
        Refused("Must specify maxval for integer dtype int32", () => tf.random.uniform(3, dtype: tf.int32));
        Refused("Need minval < maxval, got 5 >= 5", () => tf.random.uniform(3, 5, 5, dtype: tf.int32));
        Refused("`tf.random.normal` draws float32. Received: dtype=float64", () => tf.random.normal(3, dtype: tf.float64));
        Refused("requires an integer `dtype`", () => keras.random.randint(3, 0, 2, dtype: "float32"));
        Refused("a shape of numbers of 0 or more", () => keras.random.normal((2, null)));
        Refused("from 0 to 1", () => keras.random.dropout(np.array([1.0]), 1.5));
    }

    private static readonly float[,] s_logits = { { 0.5f, -1, 2, 0.25f }, { 3, 0, 0, 0 }, { 1, 1, 1, 1 } };

    private static NDArray Call(string function, JsonElement arguments)
    {
        Shape? Of(string name) => arguments.TryGetProperty(name, out var value)
            ? Shape.Of([.. value.EnumerateArray().Select(d => d.GetInt32())]) : (Shape?)null;
        double? Number(string name) => arguments.TryGetProperty(name, out var value) ? value.GetDouble() : null;
        NDArray Numbers(string name) => arguments.GetProperty(name) is { ValueKind: JsonValueKind.Number } one ? one.GetDouble()
            : arguments.GetProperty(name).EnumerateArray().Select(n => n.GetDouble()).ToArray();
        DType? type = arguments.TryGetProperty("dtype", out var text) ? (DType)text.GetString()! : (DType?)null;
        var (shape, seed) = (Of("shape") ?? 0, (long?)Number("seed"));
        double mean = Number("mean") ?? 0, stddev = Number("stddev") ?? 1, min = Number("minval") ?? 0;
        NDArray array = new([.. Enumerable.Range(0, 24).Select(i => (float)i)], 4, 3, 2);
        return function switch
        {
            "tf.normal" => tf.random.normal(shape, mean, stddev, seed: seed).numpy(),
            "tf.uniform" => tf.random.uniform(shape, min, Number("maxval"), type, seed).numpy(),
            "tf.truncated_normal" => tf.random.truncated_normal(shape, mean, stddev, seed: seed).numpy(),
            "tf.shuffle" => tf.random.shuffle(new NDArray([.. Enumerable.Range(0, (int)Number("n")!.Value)]), seed),
            "normal" => keras.random.normal(shape, mean, stddev, seed: seed).numpy(),
            "uniform" => keras.random.uniform(shape, min, Number("maxval") ?? 1, seed: seed).numpy(),
            "truncated_normal" => keras.random.truncated_normal(shape, mean, stddev, seed: seed).numpy(),
            "gamma" => keras.random.gamma(shape, Numbers("alpha"), seed: seed).numpy(),
            "beta" => keras.random.beta(shape, Numbers("alpha"), Numbers("beta"), seed: seed).numpy(),
            "binomial" => keras.random.binomial(shape, Numbers("counts"), Numbers("probabilities"), seed: seed).numpy(),
            "categorical" => keras.random.categorical(np.array(s_logits), (int)Number("n")!.Value, type ?? "int64", seed),
            "randint" => keras.random.randint(shape, (long)min, (long)Number("maxval")!.Value, type, seed).numpy(),
            "shuffle" => keras.random.shuffle(array, (int)(Number("axis") ?? 0), seed),
            "dropout" => keras.random.dropout(array + 1f, Number("rate")!.Value, Of("noise_shape"), seed).numpy(),
            _ => throw new ArgumentException(function),
        };
    }
}
