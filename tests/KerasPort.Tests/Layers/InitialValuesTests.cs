using System.Reflection;
using KerasPort.Initializers;
using KerasPort.Layers;
using KerasPort.Saving;

namespace KerasPort.Tests.Layers;

/// <summary>A <c>null</c> initializer means Keras' default, Glorot's; one that is left out is the weight's own.</summary>
public class InitialValuesTests
{
    /// <summary>Every layer with such an argument, and its other required arguments.</summary>
    public static TheoryData<string, string> Arguments => [.. from method in typeof(LayersModule).GetMethods()
                                                              from parameter in method.GetParameters()
                                                              where parameter.ParameterType == typeof(InitialValues)
                                                              select (method.Name, parameter.Name!)];

    [Fact]
    public void Draws_what_Keras_draws()
    {
        keras.utils.set_random_seed(3);
        var dense = keras.layers.Dense(3, kernel_initializer: null, bias_initializer: null);
        dense.build((null, 2));
        Assert.Equal([-0.0045318603515625f, -1.0605511665344238f, 0.6995449066162109f, -0.8964764475822449f, 0.8809665441513062f, -0.3235142230987549f],
            dense.kernel.numpy().ToFloats());
        Assert.Equal([0.3470156192779541f, -0.48105740547180176f, -0.19350957870483398f], dense.bias.numpy().ToFloats());
        var normalization = keras.layers.BatchNormalization(gamma_initializer: null, moving_mean_initializer: null);
        normalization.build((null, 2));
        Assert.Equal([0.7105683088302612f, 0.6688047647476196f], normalization.gamma.numpy().ToFloats());
        Assert.Equal([0, 0], normalization.beta.numpy().ToFloats());
        Assert.Equal([-0.5004504323005676f, -0.7033427357673645f], normalization.moving_mean.numpy().ToFloats());
        Assert.Equal([1, 1], normalization.moving_variance.numpy().ToFloats());
    }

    [Theory]
    [MemberData(nameof(Arguments))]
    public void None_stays_none_in_files(string layer, string argument)
    {
        var method = typeof(LayersModule).GetMethod(layer)!;
        Layer Made(Func<ParameterInfo, object?> otherwise) => (Layer)method.Invoke(keras.layers, [.. method.GetParameters().Select(p =>
            p.Name switch { "equation" => "ab,bc->ac", _ when p.HasDefaultValue => otherwise(p),
                _ => p.ParameterType == typeof(int) ? 2 : (object)(Shape)2 })])!;

        var none = Made(p => p.Name == argument ? new InitialValues(null) : Type.Missing);
        var property = none.GetType().GetProperty(argument)!;
        Assert.Null(property.GetValue(none));
        var config = none.get_config();
        Assert.True(config.ContainsKey(argument) && config[argument] is null);
        Assert.Null(property.GetValue(ObjectConfig.Again(none)));
        Assert.NotNull(property.GetValue(Made(_ => Type.Missing)));
    }

    [Fact]
    public void A_name_an_initializer_and_a_variable_of_one_are_taken()
    {
        Initializer? absent = null, ones = "ones";
        Assert.IsType<HeNormal>(keras.layers.Dense(1, kernel_initializer: "he_normal").kernel_initializer);
        Assert.IsType<Constant>(keras.layers.Dense(1, bias_initializer: keras.initializers.Constant(2.0)).bias_initializer);
        Assert.IsType<Ones>(keras.layers.Dense(1, bias_initializer: ones).bias_initializer);
        Assert.Null(keras.layers.Dense(1, bias_initializer: absent).bias_initializer);
    }

    [Fact]
    public void Constant_repeats_an_array_to_the_shape_and_files_hold_it_as_Keras_does()
    {
        var layer = keras.layers.Dense(4, kernel_initializer: keras.initializers.Constant(np.array([1f, 2, 3, 4])),
            bias_initializer: keras.initializers.Constant(np.eye(2).flatten()));
        layer.build((null, 2));
        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4], layer.kernel.numpy().ToFloats());
        Assert.Equal([1, 0, 0, 1], layer.bias!.numpy().ToFloats());
        var config = layer.get_config();
        Assert.Equal("""{"value":{"class_name":"__numpy__","config":{"value":[1.0,0.0,0.0,1.0],"dtype":"float64"}}}""",
            config["bias_initializer"]!["config"]!.ToJsonString());
        Assert.Equal("""{"value":2.5}""", keras.initializers.Constant(2.5).get_config().ToJsonString());
        var again = Dense.from_config<Dense>(config);
        again.build((null, 1));
        Assert.Equal([1, 2, 3, 4], again.kernel.numpy().ToFloats());
        Assert.Equal(config.ToJsonString(), again.get_config().ToJsonString());
        Assert.Equal("`Constant` fills a variable of shape (2, 2) with one number, or with an array that can be repeated to that shape. "
            + "Received: an array of shape (4,)", Assert.Throws<ValueError>(() => keras.initializers.Constant(np.arange(4)).Apply((2, 2))).Message);
    }

    /// <summary>Keras 3.15.1 builds each layer of a file as it is read, so that numbers drawn in building precede the next layer's seeds.</summary>
    [Fact]
    public void What_building_draws_comes_in_the_order_of_Keras()
    {
        Tensor x = keras.Input((4, 3));
        var steps = keras.layers.TimeDistributed(keras.layers.SpectralNormalization(keras.layers.Dense(2)));
        var y = steps.Apply(keras.layers.SpectralNormalization(keras.layers.Dense(3)).Apply(x));
        string json = keras.Model(x, keras.layers.Dense(2).Apply(y)).to_json();
        keras.utils.set_random_seed(5);
        float[][] expected =
        [
            [0.4822628f, 0.4213369f], [-0.003204236f, -0.006816881f], [0, 0], [-0.3699831f, -0.9302536f], [0.02371841f, -0.01009357f], [0, 0],
            [-1.193703f, 1.163297f], [0, 0],
        ];
        var weights = keras.models.model_from_json(json).get_weights();
        foreach (var (wanted, given) in expected.Zip(weights)) Assert.Equal(wanted, given.ToFloats()[..2], (a, b) => Math.Abs(a - b) < 1e-6f);
    }
}
