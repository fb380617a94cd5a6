using KerasPort.Callbacks;
using KerasPort.Layers;
using KerasPort.Metrics;
using KerasPort.Models;

namespace KerasPort.Tests.Models;

/// <summary>
/// Keras' refusals, in its words (<c>errors.json</c>: without traceback and colours, on one line); where the words differ on purpose, the
/// difference is listed here. Then inputs that Keras accepts.
/// </summary>
public class BadInputTests
{
    private static readonly NDArray s_x = new(new float[40], 10, 4), s_y = new int[10];

    private static readonly Dictionary<string, Action> s_cases = new()
    {
        ["Dense(0)"] = () => keras.layers.Dense(0),
        ["Dense(-1)"] = () => keras.layers.Dense(-1),
        ["Conv2D(0, 3)"] = () => keras.layers.Conv2D(0, 3),
        ["Conv2D(1, 0)"] = () => keras.layers.Conv2D(1, 0),
        ["Conv2D(1, (3, -1))"] = () => keras.layers.Conv2D(1, (3, -1)),
        ["Conv2D(1, (3, 3, 3))"] = () => keras.layers.Conv2D(1, (3, 3, 3)),
        ["strides 0"] = () => keras.layers.Conv2D(1, 3, strides: 0),
        ["strides (0, 1)"] = () => keras.layers.Conv2D(1, 3, strides: (0, 1)),
        ["dilation 0"] = () => keras.layers.Conv2D(1, 3, dilation_rate: 0),
        ["padding foo"] = () => keras.layers.Conv2D(1, 3, padding: "foo"),
        ["strides with dilation"] = () => keras.layers.Conv2D(1, 3, strides: 2, dilation_rate: (1, 2)),
        ["pool 0"] = () => keras.layers.MaxPooling2D(0),
        ["pool (2, 2, 2)"] = () => keras.layers.MaxPooling2D((2, 2, 2)),
        ["activation foo"] = () => keras.layers.Dense(1, activation: "foo"),
        ["convolution of three axes"] = () => keras.Sequential([keras.Input((28, 28)), keras.layers.Conv2D(1, 3)]),
        ["pooling of three axes"] = () => keras.Sequential([keras.Input((28, 28)), keras.layers.MaxPooling2D()]),
        ["dense of one axis"] = () => keras.Sequential([keras.layers.Dense(1, name: "dense_1")]).predict(new float[3], verbose: 0),
        ["kernel larger than the image"] = () => keras.Sequential([keras.Input((4, 9, 2)), keras.layers.Conv2D(3, (5, 2))]),
        ["no pool fits"] = () => keras.Sequential([keras.Input((3, 3, 1)), keras.layers.Conv2D(2, 3), keras.layers.MaxPooling2D(2)]),
        ["channels of another layer"] = () => Shared(keras.layers.Conv2D(2, 3), (8, 8, 1), (8, 8, 3)),
        ["last axis of another layer"] = () => Shared(keras.layers.Dense(2), 8, 9),
        ["optimizer foo"] = () => Small().compile(optimizer: "foo", loss: "sparse_categorical_crossentropy"),
        ["loss foo"] = () => Small().compile(optimizer: "adam", loss: "foo"),
        ["metric foo"] = () => Small().compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["foo"]),
        ["fit before compile"] = () => Small(compiled: false).fit(s_x, s_y, verbose: 0),
        ["evaluate before compile"] = () => Small(compiled: false).evaluate(s_x, s_y, verbose: 0),
        ["two names alike"] = () => keras.Sequential([keras.layers.Dense(1, name: "d"), keras.layers.Dense(2, name: "d")]),
        ["no layers"] = () => keras.Sequential().build((null, 4)),
        ["predict without layers"] = () => keras.Sequential().predict(s_x, verbose: 0),
        ["no output shape"] = () => _ = keras.Sequential([keras.layers.Dense(1)]).output_shape,
        ["no input shape"] = () => _ = keras.Sequential([keras.layers.Dense(1)]).input_shape,
        ["count_params before build"] = () => keras.Sequential([keras.layers.Dense(1)]).count_params(),
        ["layer's count_params before build"] = () => keras.layers.Dense(1).count_params(),
        ["a second input"] = () => keras.Sequential([keras.Input(4), keras.layers.Dense(1), keras.Input(4)]),
        ["two inputs"] = () => keras.Sequential([keras.Input(4), keras.Input(3)]),
        ["too few weights"] = () => Small().set_weights([new NDArray(new float[12], 4, 3)]),
        ["wrong weight shape"] = () => Small().set_weights([new NDArray(new float[12], 3, 4), new float[3]]),
        ["too few weights of a layer"] = () => Small().layers[0].set_weights([]),
        ["wrong weight shape of a layer"] = () => Small().layers[0].set_weights([new NDArray(new float[12], 4, 3), new NDArray(new float[3], 3, 1)]),
        ["get_layer foo"] = () => Small().get_layer("foo"),
        ["get_layer 1"] = () => Small().get_layer(index: 1),
        ["get_layer of nothing"] = () => Small().get_layer(),
        ["get_layer of both"] = () => Small().get_layer("dense", 0),
        ["different lengths"] = () => Small().fit(s_x, s_y[..9], verbose: 0),
        ["rows of labels"] = () => Small().fit(s_x, new NDArray(new float[30], 10, 3), verbose: 0),
        ["wrong input"] = () => Small().fit(s_x[.., ..3], s_y, verbose: 0),
        ["nothing left to train on"] = () => Small().fit(s_x, s_y, validation_split: 1.0, verbose: 0),
        ["EarlyStopping of an unknown value"] = () => Small().fit(s_x, s_y, callbacks: [keras.callbacks.EarlyStopping("val_loss_")], verbose: 0),
    };

    private static readonly Dictionary<string, string> s_otherWords = new()
    {
        // A set, which Python prints in any order.
        ["padding foo"] = "The `padding` argument must be a list/tuple or one of {'same', 'valid'}. Received: foo",
        // Also the known names.
        // The lists of known names grow, so that only their start is compared.
        ["activation foo"] = "Could not interpret activation function identifier: foo. Expected one of: celu, elu, ",
        ["optimizer foo"] = "Could not interpret optimizer identifier: foo. Expected one of: adadelta, adafactor, adagrad, adam, ",
        ["loss foo"] = "Could not interpret loss identifier: foo. Expected one of: binary_crossentropy, BinaryCrossentropy, ",
        ["metric foo"] = "Could not interpret metric identifier: foo. Expected one of: auc, AUC, accuracy, ",
        // Tuples, where Keras has arrays.
        ["no pool fits"] =
            "Computed output size would be zero or negative. Received: `inputs.shape=(None, 1, 1, 2)`, `pool_size=(2, 2)`, `strides=(2, 2)`, `padding=valid`.",
        // The model's shape, not that of the first layer that fails on it.
        ["wrong input"] = "Input 0 of model 'sequential' is incompatible with the model: expected shape=(None, 4), found shape=(None, 3)",
        ["different lengths"] = "Data cardinality is ambiguous. Make sure all arrays contain the same number of samples. 'x' sizes: 10, 'y' sizes: 9",
    };

    public static TheoryData<string> Refused => [.. Fixtures.Cases("errors.json").Select(c => c.GetProperty("case").GetString()!)];

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_Keras_refuses_is_refused_in_its_words(string name)
    {
        keras.utils.clear_session();
        var recorded = Fixtures.Cases("errors.json").Single(c => c.GetProperty("case").GetString() == name);
        string expected = s_otherWords.GetValueOrDefault(name) ?? recorded.GetProperty("message").GetString()!;
        string message = Assert.Throws<ValueError>(s_cases[name]).Message;
        if (expected.EndsWith(", ", StringComparison.Ordinal)) Assert.StartsWith(expected, message);
        else Assert.Equal(expected, message);
    }

    public static TheoryData<string, Action> AcceptedByKeras => new()
    {
        { "Expected at least one sample, but x has shape (0, 4). Check how the data was loaded.", () => Small().fit(s_x[..0], s_y[..0], verbose: 0) },
        { "Expected at least one sample, but x has shape (0, 4). Check how the data was loaded.", () => Small().evaluate(s_x[..0], s_y[..0], verbose: 0) },
        { "Expected at least one sample, but x has shape (0, 4). Check how the data was loaded.", () => Small().predict(s_x[..0], verbose: 0) },
        { "Expected at least one sample, but x has shape (0, 4). Check how the data was loaded.",
            () => Small().fit(s_x, s_y, validation_data: (s_x[..0], s_y[..0]), verbose: 0) },
        { "Expected at least one sample, but x has shape (). Check how the data was loaded.", () => Small().predict(1.5, verbose: 0) },
        { "`batch_size` must be a positive integer. Received: batch_size=0", () => Small().fit(s_x, s_y, batch_size: 0, verbose: 0) },
        { "`batch_size` must be a positive integer. Received: batch_size=-1", () => Small().predict(s_x, batch_size: -1, verbose: 0) },
        { "`validation_freq` must be a positive integer or a list of epochs. Received: validation_freq=0",
            () => Small().fit(s_x, s_y, validation_freq: 0, verbose: 0) },
        { "Training data contains 10 samples, which is not sufficient to split it into a validation and training set as specified by "
            + "`validation_split=-0.5`. Either provide more data, or a different value for the `validation_split` argument.",
            () => Small().fit(s_x, s_y, validation_split: -0.5, verbose: 0) },
        { "`verbose` must be \"auto\", 0, 1 or 2. Received: verbose=3", () => Small().fit(s_x, s_y, verbose: 3) },
        { "`verbose` must be \"auto\", 0, 1 or 2. Received: verbose=loud", () => Small().fit(s_x, s_y, verbose: "loud") },
        { "Cannot convert '(-3,)' to a shape. Negative dimensions are not allowed.", () => keras.Input(-3) },
        { "Cannot convert '(4, -1)' to a shape. Negative dimensions are not allowed.", () => keras.Sequential([keras.layers.Dense(2, input_shape: (4, -1))]) },
        { "A metric named 'loss' would hide the loss in logs: give it another name.",
            () => Small().compile("adam", "sparse_categorical_crossentropy", [keras.metrics.SparseCategoricalAccuracy("loss")]) },
        { "Sequential model 'sequential' has no layer to remove.", () => keras.Sequential().pop() },
        { "Every dimension that goes into a model, but the batch, must be open or a number of 1 or more. Received: shape=(10, 0)",
            () => keras.Sequential([keras.layers.Dense(1)]).predict(s_x[.., ..0], verbose: 0) },
        { "`build` needs a shape with the batch dimension in front, such as (null, 28, 28). Received: ()",
            () => keras.Sequential([keras.layers.Dense(1)]).build([]) },
    };

    [Theory]
    [MemberData(nameof(AcceptedByKeras), DisableDiscoveryEnumeration = true)]
    public void What_Keras_lets_pass_and_nobody_can_mean_is_refused(string message, Action action)
    {
        keras.utils.clear_session();
        Assert.Equal(message, Assert.Throws<ValueError>(action).Message);
    }

    /// <summary>
    /// TensorFlow reports this in the middle of an epoch, within a traceback: "Received a label value of 3 which is outside the valid range of [0, 3)."
    /// </summary>
    [Theory]
    [InlineData(3, "3")]
    [InlineData(-1, "-1")]
    [InlineData(3.5, "3.5")]
    [InlineData(double.NaN, "nan")]
    public void A_label_outside_the_classes_is_named_with_its_row_before_anything_is_trained(double label, string text)
    {
        var labels = new NDArray([0, 1, 2, 0, (float)label, 0, 0, 0, 0, 0]);
        string message = $"Received a label value of {text} (sample 4) which is outside the valid range of [0, 3).";
        var model = Small();
        float[] before = model.get_weights()[0].ToFloats();
        var calls = 0;
        Callback[] counting = [new LambdaCallback(on_train_begin: _ => calls++)];
        Assert.Equal(message, Assert.Throws<ValueError>(() => model.fit(s_x, labels, callbacks: counting, verbose: 0)).Message);
        Assert.Equal(message, Assert.Throws<ValueError>(() => model.fit(s_x, s_y, validation_data: (s_x, labels), callbacks: counting, verbose: 0)).Message);
        Assert.Equal(message, Assert.Throws<ValueError>(() => model.evaluate(s_x, labels, verbose: 0)).Message);
        Assert.Equal(0, calls);
        Assert.Equal(before, model.get_weights()[0].ToFloats());
    }

    /// <summary>Keras accepts it; here a layer may be in a Sequential only once.</summary>
    [Fact]
    public void A_layer_stands_in_a_model_once()
    {
        var layer = keras.layers.Dense(4, name: "d");
        Assert.StartsWith("All layers added to a Sequential model should have unique names. Name 'd' is already",
            Assert.Throws<ValueError>(() => keras.Sequential([layer, layer])).Message);
    }

    private static void Shared(Layer layer, Shape first, Shape second)
    {
        keras.Sequential([keras.Input(first), layer]);
        keras.Sequential([keras.Input(second), layer]);
    }

    private static Sequential Small(bool compiled = true)
    {
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(3, activation: "softmax")]);
        if (compiled) model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        return model;
    }
}
