namespace KerasPort.Tests.Surface;

/// <summary>The parts of <c>keras</c> itself for symbolic tensors, and stateless calls.</summary>
public class SymbolicTests
{
    [Fact]
    public void A_layer_tells_what_comes_out()
    {
        var spec = keras.layers.Dense(2).compute_output_spec(keras.KerasTensor((null, 3)));
        Assert.Equal((new Shape(null, 2), DType.float32), (spec.shape, spec.dtype));
        Tensor x = keras.Input(3);
        var (one, two) = keras.Model(x, [keras.layers.Dense(4).Apply(x), x]).compute_output_spec(keras.KerasTensor((5, 3)));
        Assert.Equal((new Shape(5, 4), new Shape(5, 3)), (one.shape, two.shape));
        Assert.Throws<ValueError>(() => keras.layers.Conv2D(2, 3).compute_output_spec(keras.KerasTensor((null, 3))));
    }

    [Fact]
    public void A_function_is_what_lies_between_tensors()
    {
        Tensor x = keras.Input(2);
        var function = keras.Function(x, keras.ops.square(x) + 1.0);
        Assert.Equal([2f, 5f], function.Apply(np.array([[1.0, 2.0]])).numpy().ToFloats());
        Assert.StartsWith("function", function.name);
        Assert.Throws<ValueError>(() => keras.Function(keras.Input(2), x * 2.0));
    }

    [Fact]
    public void A_call_with_given_values_leaves_a_layer_as_it_is()
    {
        var layer = keras.layers.BatchNormalization(momentum: 0.5);
        Assert.Contains("must be built", Assert.Throws<ValueError>(() => layer.stateless_call([], [], np.ones((1, 2)))).Message);
        layer.build((null, 2));
        var (y, moved) = layer.stateless_call([np.array([2.0, 3.0]), np.array([1.0, 1.0])], [np.zeros(2), np.ones(2)],
            np.array([[1.0, 2.0], [3.0, 6.0]]), training: true);
        float[] expected = [-0.99900031f, -1.9996252f, 2.9990003f, 3.9996252f];
        foreach (var (wanted, given) in expected.Zip(y.numpy().ToFloats())) Assert.Equal(wanted, given, 1e-3f);
        Assert.Equal([1f, 2f], moved[0].ToFloats());
        Assert.Equal([1f, 2.5f], moved[1].ToFloats());
        Assert.Equal([1f, 1, 0, 0, 0, 0, 1, 1], layer.get_weights().SelectMany(w => w.ToFloats()));
        Assert.Throws<ValueError>(() => layer.stateless_call([np.ones(3), np.ones(2)], [np.zeros(2), np.ones(2)], np.ones((1, 2))));
        Assert.Equal([1f, 1, 0, 0, 0, 0, 1, 1], layer.get_weights().SelectMany(w => w.ToFloats()));
    }

    [Fact]
    public void All_is_computed_in_float32()
    {
        Assert.Equal("<DTypePolicy \"float32\">", keras.DTypePolicy("float32").ToString());
        Assert.Equal("float32", keras.config.dtype_policy().compute_dtype);
        keras.config.set_dtype_policy("float32");
        Assert.Contains("no mixed precision", Assert.Throws<ValueError>(() => keras.config.set_dtype_policy("mixed_float16")).Message);
    }

    [Fact]
    public void A_scope_is_part_of_the_names_in_it()
    {
        var layer = keras.layers.Dense(1, name: "d");
        using (keras.name_scope("outer")) layer.build((null, 2));
        Assert.Equal("outer/d/kernel", layer.weights[0].path);
    }
}
