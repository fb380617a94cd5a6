using KerasPort.Engines.Managed;
using KerasPort.Models;

namespace KerasPort.Tests.Training;

/// <summary>A training step allocates nothing, in models as public programs have them.</summary>
public class StepAllocationTests
{
    private static readonly Dictionary<string, (string Optimizer, Func<Model> Build)> s_models = new()
    {
        ["dense layers and SGD"] = ("sgd", () => keras.Sequential(
        [
            keras.Input((8, 8, 3)), keras.layers.Flatten(), keras.layers.Dense(30, activation: "relu"), keras.layers.Dense(10, activation: "softmax"),
        ])),
        ["convolutions, poolings and dropout"] = ("adam", () => keras.Sequential(
        [
            keras.Input((8, 8, 3)), keras.layers.Conv2D(32, 3, activation: "relu", padding: "same"), keras.layers.BatchNormalization(),
            keras.layers.Conv2D(32, 3, activation: "relu", padding: "same"), keras.layers.MaxPooling2D(2), keras.layers.Dropout(0.2),
            keras.layers.Flatten(), keras.layers.Dense(10, activation: "softmax"),
        ])),
        ["residual blocks and windows of each channel"] = ("adam", Residual),
    };

    public static TheoryData<string> Names => [.. s_models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_allocates_nothing(string name)
    {
        using var engine = new ManagedEngine(1);
        var (optimizer, build) = s_models[name];
        var model = build();
        model.compile(optimizer, "sparse_categorical_crossentropy", metrics: ["accuracy"], engine: engine);
        var (x, y) = (np.ones([80, 8, 8, 3]), np.zeros(80));
        // The whole process is counted, and in some of the stretches the test runner allocates too.
        var allocated = new StepAllocations(ofProcess: true);
        model.fit(x, y, batch_size: 2, verbose: 0);
        model.fit(x, y, batch_size: 2, verbose: 0, callbacks: [allocated]);
        Assert.Equal((9, 0), (allocated.Stretches, allocated.Usual));
    }

    private static Model Residual()
    {
        var inputs = keras.Input((8, 8, 3));
        var x = keras.layers.Conv2D(8, 3, strides: 2, padding: "same").Apply(inputs);
        var inner = keras.layers.BatchNormalization().Apply(keras.layers.SeparableConv2D(16, 3, padding: "same").Apply(x));
        inner = keras.layers.MaxPooling2D(3, strides: 2, padding: "same").Apply(keras.layers.Activation("relu").Apply(inner));
        x = keras.layers.add([inner, keras.layers.Conv2D(16, 1, strides: 2, padding: "same").Apply(x)]);
        x = keras.layers.Conv2DTranspose(8, 3, strides: 2, padding: "same").Apply(keras.layers.DepthwiseConv2D(3, padding: "same").Apply(x));
        x = keras.layers.Dropout(0.25).Apply(keras.layers.GlobalAveragePooling2D().Apply(x));
        return keras.Model(inputs, keras.layers.Dense(10, activation: "softmax").Apply(x));
    }
}
