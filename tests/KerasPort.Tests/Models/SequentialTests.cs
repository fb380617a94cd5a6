using System.Text.Json;
using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Tests.Models;

public class SequentialTests
{
    public SequentialTests() => keras.utils.clear_session();

    [Fact]
    public void A_model_is_built_from_an_input_an_input_shape_a_build_or_its_first_data()
    {
        var input = keras.Sequential([keras.Input((28, 28)), .. Layers()]);
        var inputShape = keras.Sequential([keras.layers.Flatten(input_shape: (28, 28)), .. Layers()[1..]]);
        var built = keras.Sequential(Layers());
        built.build((null, 28, 28));
        var used = keras.Sequential(Layers());
        Assert.False(used.built);
        Assert.Empty(used.variables);
        used.predict(new NDArray(new byte[28 * 28], 1, 28, 28), verbose: 0);

        foreach (var model in (Sequential[])[input, inputShape, built, used])
        {
            Assert.True(model.built);
            Assert.Equal(["Flatten", "Dense", "Dense"], model.layers.Select(l => l.GetType().Name));
            Assert.Equal(784 * 6 + 6 + 6 * 5 + 5, model.count_params());
            Assert.Equal(["kernel", "bias", "kernel", "bias"], model.variables.Select(v => v.name));
            Assert.Equal((28, 28), model.input_shape[1..]);
            Assert.Equal(5, model.output_shape[1]);
        }
        Assert.Null(built.input_shape[0]);
        Assert.Equal(1, used.input_shape[0]);
    }

    /// <summary>The batch dimension in a summary after the first data came (<c>training-shapes.json</c>).</summary>
    [Fact]
    public void The_first_data_gives_the_shapes_that_Keras_gives() => Assert.All(Fixtures.Cases("training-shapes.json"), @case =>
    {
        int rows = @case.GetProperty("rows").GetInt32();
        int? batch = @case.GetProperty("batch_size").ValueKind == JsonValueKind.Null ? null : @case.GetProperty("batch_size").GetInt32();
        var (x, y) = SyntheticData.Rows(rows, 3, 2);
        var model = keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(5, activation: "softmax")]);
        model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy");
        _ = @case.GetProperty("run").GetString() switch
        {
            "fit" => (object)model.fit(x, y, batch, validation_split: @case.GetProperty("validation_split").GetDouble(), verbose: 0),
            "evaluate" => model.evaluate(x, y, batch, verbose: 0),
            _ => model.predict(x, batch, verbose: 0),
        };
        Assert.Equal(ReadShape(@case.GetProperty("input_shape")), model.input_shape);
        Assert.Equal(@case.GetProperty("output_shapes").EnumerateArray().Select(ReadShape), model.layers.Select(l => l.output_shape!.Value));
    });

    [Fact]
    public void Layers_are_added_and_taken_off()
    {
        var model = keras.Sequential();
        model.add(keras.Input(4));
        Assert.Empty(model.layers);
        model.add(keras.layers.Dense(3, name: "first"));
        model.add(keras.layers.Dense(2));
        Assert.Equal(4 * 3 + 3 + 3 * 2 + 2, model.count_params());
        var first = model.get_weights()[0].ToFloats();

        var last = model.pop();
        Assert.Equal((2, 1), (((Dense)last).units, model.layers.Count));
        Assert.Equal((null, 3), model.output_shape);
        model.add(keras.layers.Dense(7));
        Assert.Equal((null, 7), model.output_shape);
        Assert.Equal(first, model.get_weights()[0].ToFloats());
        Assert.Equal([1, 7], model.predict(new NDArray(new float[4], 1, 4), verbose: 0).shape);
    }

    [Fact]
    public void A_model_that_has_trained_takes_another_head_and_keeps_the_rest()
    {
        var (x, y) = SyntheticData.Rows(64, 4);
        var model = Compiled(keras.Sequential([keras.Input(4), keras.layers.Dense(3, activation: "relu"), keras.layers.Dense(5, activation: "softmax")]));
        model.fit(x, y, verbose: 0);
        var trained = model.get_weights();
        model.pop();
        Assert.Equal([64, 3], model.predict(x, verbose: 0).shape);
        model.add(keras.layers.Dense(6, activation: "softmax"));
        Assert.Equal(trained[0].ToFloats(), model.get_weights()[0].ToFloats());
        Compiled(model).fit(x, y, verbose: 0);
        Assert.Equal([3, 6], model.get_weights()[2].shape);
        Assert.NotEqual(trained[0].ToFloats(), model.get_weights()[0].ToFloats());
    }

    [Fact]
    public void A_layer_that_does_not_fit_is_not_added()
    {
        var model = keras.Sequential([keras.Input((3, 3, 1)), keras.layers.Conv2D(2, 3)]);
        Assert.Throws<ValueError>(() => model.add(keras.layers.MaxPooling2D(2, 2)));
        Assert.Single(model.layers);
        model.add(keras.layers.Flatten());
        Assert.Equal((null, 2), model.output_shape);
    }

    [Fact]
    public void A_model_that_does_not_fit_its_first_data_can_be_built_for_other_data()
    {
        var model = keras.Sequential([keras.layers.MaxPooling2D(4), keras.layers.Flatten()]);
        Assert.Throws<ValueError>(() => model.predict(new NDArray(new float[9], 1, 3, 3, 1), verbose: 0));
        Assert.Equal([1, 1], model.predict(new NDArray(new float[16], 1, 4, 4, 1), verbose: 0).shape);
    }

    [Fact]
    public void Names_are_counted_by_class_until_the_session_is_cleared()
    {
        string[] Names() => [keras.layers.Dense(1).name, keras.layers.Conv2D(1, 1).name, keras.layers.MaxPooling2D().name, keras.layers.Flatten().name,
            keras.Input(1).name, keras.Sequential().name];

        Assert.Equal(["dense", "conv2d", "max_pooling2d", "flatten", "input_layer", "sequential"], Names());
        Assert.Equal(["dense_1", "conv2d_1", "max_pooling2d_1", "flatten_1", "input_layer_1", "sequential_1"], Names());
        Assert.Equal(("mine", "net"), (keras.layers.Dense(1, name: "mine").name, keras.Sequential(name: "net").name));
        Assert.Equal("dense_2", keras.layers.Dense(1).name);
        keras.utils.clear_session();
        Assert.Equal("dense", keras.layers.Dense(1).name);
    }

    [Fact]
    public void Layers_are_found_by_name_and_by_place()
    {
        var model = keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(3, name: "hidden"), keras.layers.Dense(2)]);
        Assert.Same(model.layers[1], model.get_layer("hidden"));
        Assert.Same(model.layers[0], model.get_layer(index: 0));
        Assert.Same(model.layers[2], model.get_layer(index: -1));
        Assert.Throws<ValueError>(() => model.get_layer(index: -4));
    }

    [Fact]
    public void A_last_axis_of_1_may_be_missing_or_too_many()
    {
        var convolution = keras.Sequential([keras.Input((5, 5, 1)), keras.layers.Conv2D(2, 3)]);
        var flatten = keras.Sequential([keras.Input((5, 5)), keras.layers.Flatten()]);
        var (x, _) = SyntheticData.Rows(3, 5, 5);
        var image = x.reshape(3, 5, 5, 1);
        Assert.Equal(convolution.predict(image, verbose: 0).ToFloats(), convolution.predict(x, verbose: 0).ToFloats());
        Assert.Equal(flatten.predict(x, verbose: 0).ToFloats(), flatten.predict(image, verbose: 0).ToFloats());
        Assert.Throws<ValueError>(() => flatten.predict(x.reshape(1, 5, 5, 3), verbose: 0));
    }

    private static Sequential Compiled(Sequential model)
    {
        model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        return model;
    }

    private static Layer[] Layers() => [keras.layers.Flatten(), keras.layers.Dense(6, activation: "relu"), keras.layers.Dense(5, activation: "softmax")];

    private static Shape ReadShape(JsonElement shape) =>
        new([.. shape.EnumerateArray().Select(d => d.ValueKind == JsonValueKind.Null ? (int?)null : d.GetInt32())]);
}
