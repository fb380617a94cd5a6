using System.Text.Json.Nodes;
using KerasPort.Layers;

namespace KerasPort.Tests.Saving;

/// <summary>Values that Keras 3.15 refuses in configurations of layers.</summary>
public class LayerSettingsTests
{
    [Theory]
    [InlineData(typeof(Conv2D), "strides", "null", "expected a number or a list of them, found null")]
    [InlineData(typeof(Conv1D), "dilation_rate", "null", "expected a number or a list of them, found null")]
    [InlineData(typeof(Conv3D), "groups", "null", "expected a number or a list of them, found null")]
    [InlineData(typeof(DepthwiseConv2D), "depth_multiplier", "null", "expected a number or a list of them, found null")]
    [InlineData(typeof(MaxPooling2D), "pool_size", "null", "expected a number or a list of them, found null")]
    [InlineData(typeof(ZeroPadding2D), "padding", "null", "expected a number or a list of them, found null")]
    [InlineData(typeof(Cropping1D), "cropping", "null", "expected a number or a list of them, found null")]
    [InlineData(typeof(UpSampling3D), "size", "null", "expected a number or a list of them, found null")]
    [InlineData(typeof(Softmax), "axis", "null", "expected an axis or a list of them, found null")]
    [InlineData(typeof(UnitNormalization), "axis", "null", "expected an axis or a list of them, found null")]
    [InlineData(typeof(Conv2D), "kernel_size", "[3]", "expected a number or a list of 2, found [3]")]
    [InlineData(typeof(SeparableConv2D), "strides", "[1]", "expected a number or a list of 2, found [1]")]
    [InlineData(typeof(Conv3DTranspose), "dilation_rate", "[1]", "expected a number or a list of 3, found [1]")]
    [InlineData(typeof(AveragePooling2D), "pool_size", "[2]", "expected a number or a list of 2, found [2]")]
    [InlineData(typeof(UpSampling2D), "size", "[2]", "expected a number or a list of 2, found [2]")]
    [InlineData(typeof(ZeroPadding1D), "padding", "[1]", "expected a number or a list of 2, found [1]")]
    [InlineData(typeof(Dropout), "noise_shape", "[-1,1]", "expected lengths of 1 or more, found [-1,1]")]
    public void Values_that_Keras_refuses_are_refused(Type type, string key, string value, string reason)
    {
        var config = Config(type);
        config[key] = JsonNode.Parse(value);
        var refused = Assert.Throws<ModelFormatException>(() => Make(type, config));
        Assert.EndsWith($", {key}: {reason}", refused.Message);
    }

    [Theory]
    [InlineData(typeof(MaxPooling2D), "strides", "null")]
    [InlineData(typeof(Conv1D), "kernel_size", "[3]")]
    [InlineData(typeof(Conv2D), "data_format", "null")]
    [InlineData(typeof(Dropout), "noise_shape", "[null,1]")]
    [InlineData(typeof(AlphaDropout), "noise_shape", "[0,1]")]
    [InlineData(typeof(Normalization), "axis", "null")]
    public void Values_that_Keras_takes_are_taken(Type type, string key, string value)
    {
        var config = Config(type);
        config[key] = JsonNode.Parse(value);
        Make(type, config);
    }

    private static JsonObject Config(Type type) => new[] { typeof(Conv1D), typeof(Conv2D), typeof(Conv3D), typeof(Conv3DTranspose), typeof(SeparableConv2D) }
        .Contains(type) ? new() { ["filters"] = 2, ["kernel_size"] = 3 }
        : type == typeof(DepthwiseConv2D) ? new() { ["kernel_size"] = 3 }
        : type == typeof(Dropout) || type == typeof(AlphaDropout) ? new() { ["rate"] = 0.5 } : [];

    private static Layer Make(Type type, JsonObject config) =>
        keras.layers.deserialize(new() { ["module"] = "keras.layers", ["class_name"] = type.Name, ["config"] = config, ["registered_name"] = null });
}
