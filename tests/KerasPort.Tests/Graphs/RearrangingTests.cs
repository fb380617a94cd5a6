using KerasPort.Layers;

namespace KerasPort.Tests.Graphs;

/// <summary>The functions of <c>tf</c> that pad, split, roll, pick and accumulate, with TensorFlow 2.16's values.</summary>
public class RearrangingTests
{
    private static readonly Tensor s_a = tf.constant([[1, 2, 3], [4, 5, 6]]), s_f = tf.constant(np.array([[3f, 4f], [0f, 0f]]));

    public static TheoryData<string, Func<Tensor>, string> Cases => new()
    {
        { "boolean_mask of rows", () => tf.boolean_mask(s_a, np.array([true, false])), "[[1, 2, 3]] int32" },
        { "boolean_mask of elements", () => tf.boolean_mask(s_a, s_a > 2), "[3, 4, 5, 6] int32" },
        { "cumsum", () => tf.cumsum(s_a), "[[1, 2, 3], [5, 7, 9]] int32" },
        { "cumsum from the end", () => tf.cumsum(s_a, axis: 1, reverse: true), "[[6, 5, 3], [15, 11, 6]] int32" },
        { "cumsum, exclusive", () => tf.math.cumsum(s_a, axis: -1, exclusive: true), "[[0, 1, 3], [0, 4, 9]] int32" },
        { "cumsum, both", () => tf.cumsum(s_a, axis: 1, exclusive: true, reverse: true), "[[5, 3, 0], [11, 6, 0]] int32" },
        { "cumprod", () => tf.math.cumprod(s_a, axis: 1), "[[1, 2, 6], [4, 20, 120]] int32" },
        { "cumprod, exclusive", () => tf.math.cumprod(s_a, axis: 1, exclusive: true), "[[1, 1, 2], [1, 4, 20]] int32" },
        { "matmul, b turned", () => tf.matmul(s_a, s_a, transpose_b: true), "[[14, 32], [32, 77]] int32" },
        { "matmul, a turned", () => tf.matmul(s_a, s_a, transpose_a: true), "[[17, 22, 27], [22, 29, 36], [27, 36, 45]] int32" },
        { "matmul, both turned", () => tf.matmul(s_f, s_f, transpose_a: true, transpose_b: true), "[[9.0, 0.0], [12.0, 0.0]] float32" },
        { "norm", () => tf.norm(s_f), "5.0 float32" },
        { "norm of order 1", () => tf.norm(s_f, ord: 1, axis: 1, keepdims: true), "[[7.0], [0.0]] float32" },
        { "pad", () => tf.pad(s_a, [[1, 0], [0, 2]]), "[[0, 0, 0, 0, 0], [1, 2, 3, 0, 0], [4, 5, 6, 0, 0]] int32" },
        { "pad, reflect", () => tf.pad(s_a, [[1, 1], [0, 2]], "REFLECT"),
            "[[4, 5, 6, 5, 4], [1, 2, 3, 2, 1], [4, 5, 6, 5, 4], [1, 2, 3, 2, 1]] int32" },
        { "pad, symmetric", () => tf.pad(s_a, tf.constant([[0, 0], [1, 1]]), mode: "SYMMETRIC"), "[[1, 1, 2, 3, 3], [4, 4, 5, 6, 6]] int32" },
        { "pad with 9", () => tf.pad(s_a, [[0, 1], [0, 0]], constant_values: 9), "[[1, 2, 3], [4, 5, 6], [9, 9, 9]] int32" },
        { "roll", () => tf.roll(s_a, shift: 1, axis: 1), "[[3, 1, 2], [6, 4, 5]] int32" },
        { "roll of both axes", () => tf.roll(s_a, shift: [1, -1], axis: [0, 1]), "[[5, 6, 4], [2, 3, 1]] int32" },
        { "searchsorted", () => tf.searchsorted(np.array([1, 3, 5, 7]), np.array([3, 4, 8])), "[1, 2, 4] int32" },
        { "searchsorted, right", () => tf.searchsorted(np.array([1, 3, 5, 7]), np.array([3, 4, 8]), side: "right"), "[2, 2, 4] int32" },
        { "split in three", () => tf.split(s_a, 3, axis: 1), "[[1], [4]] int32; [[2], [5]] int32; [[3], [6]] int32" },
        { "split by sizes", () => tf.split(s_a, [1, 2], axis: 1), "[[1], [4]] int32; [[2, 3], [5, 6]] int32" },
        { "split with a rest", () => tf.split(s_a, [1, -1], -1), "[[1], [4]] int32; [[2, 3], [5, 6]] int32" },
        { "where", () => tf.where(s_a > 2), "[[0, 2], [1, 0], [1, 1], [1, 2]] int64" },
        { "meshgrid", () => tf.meshgrid(np.array([1, 2]), np.array([3, 4, 5])), "[[1, 2], [1, 2], [1, 2]] int64; [[3, 3], [4, 4], [5, 5]] int64" },
        { "top_k", () => tf.math.top_k(tf.constant(np.array([1f, 5f, 3f])), k: 2), "[5.0, 3.0] float32; [1, 2] int32" },
        { "top_k of rows", () => tf.nn.top_k(tf.constant([[1, 5, 3]])), "[[5]] int32; [[1]] int32" },
        { "l2_normalize", () => tf.nn.l2_normalize(s_f, axis: 1), "[[0.6000000238418579, 0.800000011920929], [0.0, 0.0]] float32" },
        { "bincount", () => tf.math.bincount(tf.constant([1, 1, 3]), minlength: 6), "[0, 2, 0, 1, 0, 0] int32" },
    };

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Functions_give_what_TensorFlow_gives(string name, Func<Tensor> function, string expected)
    {
        static string Shown(Tensor x) => $"{str(x.numpy().tolist())} {x.dtype.name}";
        var made = function();
        Assert.True(name.Length > 0);
        Assert.Equal(expected, string.Join("; ", (made.Parts ?? [made]).Select(Shown)));
    }

    /// <summary>The same functions in a model, of a batch of unknown length.</summary>
    [Fact]
    public void They_are_layers_of_models_too()
    {
        var inputs = keras.Input(3);
        var (first, rest) = tf.split(inputs, [1, -1], axis: 1);
        var running = tf.cumsum(inputs, axis: 1, exclusive: true);
        var padded = tf.pad(rest, [[0, 0], [1, 0]]);
        var model = keras.Model(inputs, tf.concat([first, running, padded, tf.roll(inputs, 1, axis: 1), tf.nn.l2_normalize(inputs, axis: 1)], axis: 1));
        float[] y = model.predict(np.array([[2f, 3f, 6f], [0f, 0f, 5f]]), verbose: 0).ToFloats();
        float[] expected = [2, 0, 2, 5, 0, 3, 6, 6, 2, 3, 2 / 7f, 3 / 7f, 6 / 7f, 0, 0, 0, 0, 0, 0, 5, 5, 0, 0, 0, 0, 1];
        Assert.Equal(expected.Length, y.Length);
        for (int i = 0; i < y.Length; i++) Assert.Equal(expected[i], y[i], 1e-6f);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Equal("Sizes must add up to the axis' length, 3. Received: num_or_size_splits=[1, 1]",
            Assert.Throws<ValueError>(() => tf.split(s_a, [1, 1], axis: 1)).Message);
        Assert.Throws<ValueError>(() => tf.split(s_a, 2, axis: 1));
        Assert.StartsWith("`paddings` needs two numbers for each axis", Assert.Throws<ValueError>(() => tf.pad(s_a, [[1, 1]])).Message);
        Assert.Equal("Value of argument `mode` expected to be one of \"CONSTANT\", \"REFLECT\", or \"SYMMETRIC\". Received `mode` = EDGE",
            Assert.Throws<ValueError>(() => tf.pad(s_a, [[1, 1], [1, 1]], mode: "EDGE")).Message);
    }
}
