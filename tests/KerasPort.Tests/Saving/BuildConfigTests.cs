using System.Text.Json.Nodes;
using KerasPort.Layers;

namespace KerasPort.Tests.Saving;

/// <summary>What Keras writes of a layer once it is built; the values are those of Keras 3.15.</summary>
public class BuildConfigTests
{
    [Fact]
    public void Layers_that_Keras_builds_for_a_shape_write_it_with_weights_or_without()
    {
        var x = keras.Input((8, 6, 4));
        string? Built(Layer layer, params Tensor[] on)
        {
            if (on.Length == 0) layer.Apply(x);
            else if (on.Length == 1) layer.Apply(on[0]);
            else layer.Apply(on);
            Assert.Equal(layer.get_build_config()?.ToJsonString(), keras.layers.serialize(layer)["build_config"]?.ToJsonString());
            return layer.get_build_config()?.ToJsonString();
        }
        foreach (Layer layer in new Layer[] { keras.layers.UpSampling2D(), keras.layers.ZeroPadding2D(1), keras.layers.Cropping2D(1), keras.layers.Rescaling(2),
            keras.layers.AdaptiveMaxPooling2D(2), keras.layers.Permute([2, 1, 3]), keras.layers.RandomFlip(), keras.layers.Resizing(4, 4), new Plain() })
            Assert.Equal("""{"input_shape":[null,8,6,4]}""", Built(layer));
        foreach (Layer layer in new Layer[] { keras.layers.MaxPooling2D(), keras.layers.GlobalMaxPooling2D(), keras.layers.ReLU(), keras.layers.Softmax(),
            keras.layers.Dropout(0.5), keras.layers.SpatialDropout2D(0.5), keras.layers.GaussianNoise(0.5), keras.layers.Reshape(-1), keras.layers.Identity(),
            keras.layers.Masking(), keras.layers.UnitNormalization(), keras.layers.ActivityRegularization(0.1) }) Assert.Null(Built(layer));
        Assert.Equal("""{"input_shape":[[null,8,6,4],[null,8,6,4]]}""", Built(keras.layers.Add(), x, x));
        Assert.Equal("{}", keras.layers.serialize(keras.layers.IntegerLookup(vocabulary: [1, 2]))["build_config"]!.ToJsonString());
        // The first shape stays.
        var shared = keras.layers.Dense(2);
        shared.Apply(keras.Input((3, 5)));
        Assert.Equal("""{"input_shape":[null,3,5]}""", Built(shared, keras.Input((7, 5))));
    }

    [Fact]
    public void Axes_of_a_normalization_are_a_list_in_order_once_it_is_built()
    {
        foreach (Layer layer in new Layer[] { keras.layers.LayerNormalization((2, 1)), keras.layers.RMSNormalization((2, 1)) })
        {
            Assert.Equal("[2,1]", layer.get_config()["axis"]!.ToJsonString());
            layer.build((null, 4, 5));
            Assert.Equal("[1,2]", layer.get_config()["axis"]!.ToJsonString());
        }
        var last = keras.layers.LayerNormalization();
        Assert.Equal("-1", last.get_config()["axis"]!.ToJsonString());
        last.build((null, 4));
        Assert.Equal("[-1]", last.get_config()["axis"]!.ToJsonString());
        // A list of one stays a list, except for BatchNormalization in files of Keras 2.
        Assert.Equal("[1]", Layer.from_config<UnitNormalization>(new() { ["axis"] = new JsonArray(1) }).get_config()["axis"]!.ToJsonString());
        Assert.Equal("1", Layer.from_config<BatchNormalization>(new() { ["axis"] = new JsonArray(1) }).get_config()["axis"]!.ToJsonString());
    }

    [Fact]
    public void Data_that_a_layer_adapted_to_is_the_shape_that_it_was_built_for()
    {
        var layer = keras.layers.Normalization();
        layer.adapt(np.zeros((3, 4)));
        Assert.Equal("""{"input_shape":[3,4]}""", layer.get_build_config()!.ToJsonString());
        string json = keras.Sequential([keras.Input(4), layer]).to_json();
        Assert.Contains("""{"input_shape":[3,4]}""", json);
        Assert.Equal(json, keras.models.model_from_json(json).to_json());
    }

    private sealed class Plain : Layer
    {
        public override Tensor call(Tensor x, bool training) => x * 2;
    }
}
