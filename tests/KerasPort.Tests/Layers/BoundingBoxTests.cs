using System.Text.Json.Nodes;

namespace KerasPort.Tests.Layers;

/// <summary>A number of bounding boxes per image, as in the real Keras.</summary>
public class BoundingBoxTests
{
    [Fact]
    public void Boxes_are_cut_off_or_filled_up()
    {
        NDArray boxes = np.arange(24).reshape(2, 3, 4).astype("float32"), labels = np.array([[1, 2, 3], [4, 5, 6]]);
        var given = new Dictionary<string, Tensor>
        {
            ["images"] = np.ones((2, 4, 4, 3)), ["bounding_boxes"] = new Dictionary<string, Tensor> { ["boxes"] = boxes, ["labels"] = labels },
            ["labels"] = np.array([[1.0], [0.0]]),
        };
        var fewer = keras.layers.MaxNumBoundingBoxes(2, bounding_box_format: "xyxy").Apply(given);
        Assert.Equal([0f, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 16, 17, 18, 19], fewer["bounding_boxes"]["boxes"].numpy().ToFloats());
        Assert.Equal([1, 2, 4, 5], fewer["bounding_boxes"]["labels"].numpy().ToInts());
        Assert.Equal(labels.dtype, fewer["bounding_boxes"]["labels"].numpy().dtype);
        Assert.Equal([1f, 0], fewer["labels"].numpy().ToFloats());

        given["bounding_boxes"] = new Dictionary<string, Tensor> { ["boxes"] = boxes[0, ..2], ["labels"] = labels[0, ..2] };
        given["images"] = np.ones((4, 4, 3));
        var more = keras.layers.MaxNumBoundingBoxes(3, fill_value: -7, bounding_box_format: "xyxy").Apply(given)["bounding_boxes"];
        Assert.Equal([0f, 1, 2, 3, 4, 5, 6, 7, -7, -7, -7, -7], more["boxes"].numpy().ToFloats());
        Assert.Equal([1, 2, -7], more["labels"].numpy().ToInts());
    }

    [Fact]
    public void Images_alone_stay_and_boxes_need_labels()
    {
        NDArray x = np.arange(48).reshape(1, 4, 4, 3).astype("float32");
        var layer = keras.layers.MaxNumBoundingBoxes(2, name: "most");
        Assert.Equal(x.ToFloats(), keras.Sequential([keras.Input((4, 4, 3)), layer]).predict(x, verbose: 0).ToFloats());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            {"name": "most", "trainable": true,
             "dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": null},
             "data_format": "channels_last", "max_number": 2}
            """), layer.get_config()), layer.get_config().ToJsonString());
        var given = new Dictionary<string, Tensor> { ["images"] = x, ["bounding_boxes"] = new Dictionary<string, Tensor> { ["boxes"] = np.ones((1, 1, 4)) } };
        Assert.Contains("specify a bounding box format", Assert.Throws<ValueError>(() => layer.Apply(given)).Message);
        layer = keras.layers.MaxNumBoundingBoxes(2, bounding_box_format: "xywh");
        Assert.Equal("xywh", (string?)layer.get_config()["bounding_box_format"]);
        Assert.Contains("the keys 'boxes' and 'labels'", Assert.Throws<ValueError>(() => layer.Apply(given)).Message);
    }
}
