namespace KerasPort.Tests.Surface;

/// <summary>Small functions of <c>keras.utils</c> and <c>keras.backend</c>, with the values that Keras gives.</summary>
public class UtilsTests
{
    [Fact]
    public void Sequences_are_padded_and_cut()
    {
        int[][] rows = [[1, 2, 3], [4], [5, 6]];
        var before = keras.utils.pad_sequences(rows);
        Assert.Equal((3, 3), before.shape);
        Assert.Equal("int32", before.dtype.name);
        Assert.Equal([1, 2, 3, 0, 0, 4, 0, 5, 6], before.ToFloats());
        var behind = keras.utils.pad_sequences(rows, maxlen: 2, padding: "post", truncating: "post", value: -1, dtype: "float32");
        Assert.Equal([1, 2, 4, -1, 5, 6], behind.ToFloats());
        Assert.Equal([2, 3, 0, 4, 5, 6], keras.utils.pad_sequences(rows, maxlen: 2).ToFloats());
        Assert.Equal([0, 4], keras.utils.pad_sequences(new[] { np.array([4.7]) }, maxlen: 2).ToFloats());
        Assert.Equal([0, 3], keras.utils.pad_sequences(Array.Empty<int[]>(), maxlen: 3).shape);
        Assert.Contains("padding=both", Assert.Throws<ValueError>(() => keras.utils.pad_sequences(rows, padding: "both")).Message);
    }

    [Fact]
    public void Inputs_targets_and_weights_are_packed_and_unpacked()
    {
        NDArray x = np.ones([2, 3]), y = np.zeros(2), w = np.ones(2);
        var (a, b, c) = keras.utils.unpack_x_y_sample_weight(keras.utils.pack_x_y_sample_weight(x, y, w));
        Assert.Equal([x, y, w], new[] { a.Single(), b!.Single(), c!.Single() }, ReferenceEqualityComparer.Instance);
        (_, b, c) = keras.utils.unpack_x_y_sample_weight(keras.utils.pack_x_y_sample_weight(x, y));
        Assert.Same(y, b!.Single());
        Assert.Null(c);
        (a, b, _) = keras.utils.unpack_x_y_sample_weight(keras.utils.pack_x_y_sample_weight(x));
        Assert.Same(x, a.Single());
        Assert.Null(b);
    }

    [Fact]
    public void Symbolic_tensors_are_told_and_traced_back()
    {
        Tensor x = keras.Input(4), y = keras.Input(4);
        var sum = keras.layers.Dense(2).Apply(x) + keras.layers.Dense(2).Apply(keras.layers.Add().Apply([y, x]));
        Assert.Equal([x, y], keras.utils.get_source_inputs(sum));
        Assert.True(keras.utils.is_keras_tensor(sum) && keras.backend.is_keras_tensor(x));
        Assert.False(keras.utils.is_keras_tensor(np.ones(2)));
        Assert.Contains("symbolic", Assert.Throws<ValueError>(() => keras.utils.get_source_inputs(np.ones(2))).Message);
    }

    [Fact]
    public void Types_have_names_and_prefixes_numbers()
    {
        Assert.Equal(("float32", "float64", "uint8"),
            (keras.utils.standardize_dtype(null), keras.backend.standardize_dtype(np.float64), keras.utils.standardize_dtype("uint8")));
        Assert.True(keras.backend.is_float_dtype("float64") && keras.backend.is_int_dtype(np.uint8));
        Assert.False(keras.backend.is_float_dtype("int32") || keras.backend.is_int_dtype("bool"));
        string prefix = "prefix_of_" + nameof(UtilsTests).ToLowerInvariant();
        Assert.Equal([1, 2], new[] { keras.backend.get_uid(prefix), keras.backend.get_uid(prefix) });
        Assert.Equal("3.15.1", keras.version());
    }
}
