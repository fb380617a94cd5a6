using KerasPort.Layers;

namespace KerasPort.Tests;

/// <summary>Keras' aliases, as Keras 3.15.1 exports them.</summary>
public class AliasTests
{
    [Fact]
    public void Other_names_give_the_same()
    {
        Assert.Equal(keras.layers.Conv2D(2, (3, 2), strides: 2, padding: "same", name: "c").get_config().ToJsonString(),
            keras.layers.Convolution2D(2, (3, 2), strides: 2, padding: "same", name: "c").get_config().ToJsonString());
        Assert.Equal(keras.layers.MaxPooling2D((3, 2), 2, "same", name: "p").get_config().ToJsonString(),
            keras.layers.MaxPool2D((3, 2), 2, "same", name: "p").get_config().ToJsonString());
        Assert.Equal((3, 4, 5), keras.layers.InputLayer((4, 5), batch_size: 3).batch_shape);
        Assert.Equal(keras.initializers.GlorotUniform(7).Values([3, 4]), keras.initializers.glorot_uniform(7).Values([3, 4]));
        Assert.Equal(keras.initializers.Zeros().Values([3]), keras.initializers.zeros().Values([3]));
        keras.backend.clear_session();
        Assert.Equal("dense", keras.layers.Dense(1).name);
        keras.backend.clear_session();
        Assert.Equal("dense", keras.layers.Dense(1).name);
    }

    /// <summary>A signature that is written twice must be the same both times.</summary>
    [Theory]
    [InlineData(nameof(LayersModule.Conv2D), nameof(LayersModule.Convolution2D))]
    [InlineData(nameof(LayersModule.MaxPooling2D), nameof(LayersModule.MaxPool2D))]
    [InlineData(nameof(LayersModule.MaxPooling1D), nameof(LayersModule.MaxPool1D))]
    [InlineData(nameof(LayersModule.AveragePooling1D), nameof(LayersModule.AvgPool1D))]
    [InlineData(nameof(LayersModule.AveragePooling2D), nameof(LayersModule.AvgPool2D))]
    [InlineData(nameof(LayersModule.GlobalAveragePooling1D), nameof(LayersModule.GlobalAvgPool1D))]
    [InlineData(nameof(LayersModule.GlobalAveragePooling2D), nameof(LayersModule.GlobalAvgPool2D))]
    [InlineData(nameof(LayersModule.GlobalMaxPooling1D), nameof(LayersModule.GlobalMaxPool1D))]
    [InlineData(nameof(LayersModule.GlobalMaxPooling2D), nameof(LayersModule.GlobalMaxPool2D))]
    [InlineData(nameof(LayersModule.Input), nameof(LayersModule.InputLayer))]
    public void Other_names_take_the_same(string name, string other)
    {
        string Signature(string method) => string.Join(
            ", ", typeof(LayersModule).GetMethod(method)!.GetParameters().Select(p => $"{p.ParameterType} {p.Name} = {p.DefaultValue}"));
        Assert.Equal(Signature(name), Signature(other));
    }

    [Fact]
    public void Saving_has_functions_for_what_a_model_does()
    {
        using var folder = new TemporaryFolder();
        var (x, _) = SyntheticData.Rows(5, 4);
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(2)]);
        keras.saving.save_model(model, folder["a.keras"]);
        keras.models.save_model(model, folder["b.keras"]);
        Assert.Equal(File.ReadAllBytes(folder["a.keras"]), File.ReadAllBytes(folder["b.keras"]));
        keras.saving.save_weights(model, folder["m.weights.h5"]);
        var other = keras.Sequential([keras.Input(4), keras.layers.Dense(2)]);
        keras.saving.load_weights(other, folder["m.weights.h5"]);
        Assert.Equal(model.predict(x, verbose: 0).ToFloats(), other.predict(x, verbose: 0).ToFloats());
    }

    [Fact]
    public void Objects_print_as_in_Python()
    {
        keras.utils.clear_session();
        var model = keras.Sequential([keras.layers.Dense(2)]);
        Assert.Equal("<Sequential name=sequential, built=False> <Dense name=dense, built=False>", $"{model} {model.layers[0]}");
        model.build((null, 3));
        Assert.Equal("<Sequential name=sequential, built=True> <Dense name=dense, built=True>", $"{model} {model.layers[0]}");
    }

    [Fact]
    public void A_message_is_one_line_whatever_was_given()
    {
        Assert.StartsWith(@"Could not interpret loss identifier: a\u2028b\nc\u202e. Expected one of: binary_crossentropy, BinaryCrossentropy, ",
            Assert.Throws<ValueError>(() => keras.Sequential([keras.layers.Dense(2)]).compile("adam", "a\u2028b\nc\u202E")).Message);
        Assert.Equal(
            "`save` writes a whole model, and `.weights.h5` is the extension of weights alone. Call `save_weights`, or let the name end in `.keras`. "
            + "Received: filepath=m.weights.h5.",
            Assert.Throws<ValueError>(() => keras.Sequential([keras.Input(2), keras.layers.Dense(2)]).save("m.weights.h5")).Message);
    }
}
