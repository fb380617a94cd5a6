using KerasPort.Callbacks;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort.Tests.Models;

/// <summary>
/// Each public method with each kind of wrong input is refused with one of the library's exceptions and a message of
/// one line; never with an exception of the runtime's. Inputs that aren't refused must work.
/// </summary>
public class WrongInputTests
{
    private static readonly Dictionary<string, NDArray?> s_arrays = new()
    {
        ["null"] = null,
        ["a number"] = 1.5,
        ["no rows"] = new NDArray(Array.Empty<float>(), 0, 4),
        ["no columns"] = new NDArray(Array.Empty<float>(), 10, 0),
        ["rank 1"] = new NDArray(new float[10], 10),
        ["a column"] = new NDArray(new float[10], 10, 1),
        ["fewer columns"] = new NDArray(new float[20], 10, 2),
        ["right"] = new NDArray(new float[40], 10, 4),
        ["right with an axis more"] = new NDArray(new float[40], 10, 4, 1),
        ["rank 4"] = new NDArray(new float[160], 10, 4, 2, 2),
        ["rank 5"] = new NDArray(new float[160], 10, 1, 4, 2, 2),
        ["fewer rows"] = new NDArray(new float[12], 3, 4),
        ["NaN"] = new NDArray([.. Enumerable.Repeat(float.NaN, 40)], 10, 4),
        ["infinities"] = new NDArray([.. Enumerable.Repeat(float.NegativeInfinity, 40)], 10, 4),
        ["huge"] = new NDArray([.. Enumerable.Repeat(3e38f, 40)], 10, 4),
        ["whole numbers"] = new NDArray(new int[40], 10, 4),
        ["bytes"] = new NDArray(new byte[40], 10, 4),
        ["classes"] = new int[10],
        ["fewer classes"] = new int[4],
        ["no class"] = new int[0],
        ["classes beyond"] = new NDArray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
        ["negative classes"] = new NDArray([-1, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ["fractions"] = new NDArray([0.5f, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ["NaN as a class"] = new NDArray([float.NaN, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ["classes in a column"] = new NDArray(new int[10], 10, 1),
        ["one-hot"] = new NDArray(new float[30], 10, 3),
    };

    private static readonly Dictionary<string, Func<Sequential>> s_models = new()
    {
        ["dense"] = () => keras.Sequential([keras.Input(4), keras.layers.Dense(3, activation: "softmax")]),
        ["dense without input"] = () => keras.Sequential([keras.layers.Dense(3, activation: "softmax")]),
        ["flat without input"] = () => keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(3, activation: "softmax")]),
        ["flat alone"] = () => keras.Sequential([keras.layers.Flatten()]),
        ["activation alone"] = () => keras.Sequential([keras.layers.Activation("softmax")]),
        ["images without input"] = () => keras.Sequential(
            [keras.layers.Conv2D(2, 2, activation: "relu"), keras.layers.MaxPooling2D(2, padding: "same"), keras.layers.Flatten(), keras.layers.Dense(3)]),
        ["pooling without input"] = () => keras.Sequential([keras.layers.MaxPooling2D(), keras.layers.Flatten()]),
        ["no layers"] = () => keras.Sequential(),
        ["one output"] = () => keras.Sequential([keras.layers.Dense(1)]),
    };

    public static TheoryData<string> Models => [.. s_models.Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void Arrays_of_every_kind(string name)
    {
        foreach (var (xs, x) in s_arrays)
        {
            Try($"predict {xs}", () => s_models[name]().predict(x!, verbose: 0));
            foreach (var (ys, y) in s_arrays)
            {
                Try($"fit {xs}, {ys}", () => Compiled(name).fit(x!, y!, verbose: 0));
                Try($"evaluate {xs}, {ys}", () => Compiled(name).evaluate(x!, y!, verbose: 0));
                if (name == "dense") Try($"validate {xs}, {ys}",
                    () => Compiled(name).fit(s_arrays["right"]!, s_arrays["classes"]!, validation_data: (x!, y!), verbose: 0));
            }
        }
    }

    public static TheoryData<int> Numbers => [int.MinValue, -1, 0, 1, 3, int.MaxValue];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Numbers_of_every_kind(int n)
    {
        var (x, y) = (s_arrays["right"]!, s_arrays["classes"]!);
        Try("batch_size", () => Compiled("dense").fit(x, y, batch_size: n, verbose: 0));
        Try("batch_size of evaluate", () => Compiled("dense").evaluate(x, y, batch_size: n, verbose: 0));
        Try("batch_size of predict", () => Compiled("dense").predict(x, batch_size: n, verbose: 0));
        Try("validation_batch_size", () => Compiled("dense").fit(x, y, validation_split: 0.5, validation_batch_size: n, verbose: 0));
        Try("validation_freq", () => Compiled("dense").fit(x, y, validation_split: 0.5, validation_freq: n, verbose: 0));
        if (n < 100) Try("epochs", () => Compiled("dense").fit(x, y, epochs: n, verbose: 0));
        if (n > -100) Try("initial_epoch", () => Compiled("dense").fit(x, y, epochs: 3, initial_epoch: n, verbose: 0));
        Try("verbose", () => Compiled("dense").fit(x, y, verbose: n));
        Try("get_layer", () => Compiled("dense").get_layer(index: n));
        Try("units", () => keras.Sequential([keras.Input(4), keras.layers.Dense(n)]));
        Try("filters", () => keras.Sequential([keras.Input((8, 8, 2)), keras.layers.Conv2D(n, 3)]));
        foreach (string padding in new[] { "same", "valid", "", "full" })
        {
            Try("kernel_size", () => keras.Sequential([keras.Input((8, 8, 2)), keras.layers.Conv2D(2, n, padding: padding)]));
            Try("kernel_size of two", () => keras.Sequential([keras.Input((8, 8, 2)), keras.layers.Conv2D(2, (n, 1), padding: padding)]));
            Try("strides", () => keras.Sequential([keras.Input((8, 8, 2)), keras.layers.Conv2D(2, 2, strides: n, padding: padding)]));
            Try("dilation_rate", () => keras.Sequential([keras.Input((8, 8, 2)), keras.layers.Conv2D(2, 2, dilation_rate: n, padding: padding)]));
            Try("pool_size", () => keras.Sequential([keras.Input((8, 8, 2)), keras.layers.MaxPooling2D(n, padding: padding)]));
            Try("strides of a pool", () => keras.Sequential([keras.Input((8, 8, 2)), keras.layers.MaxPooling2D(2, n, padding: padding)]));
        }
        foreach (Shape shape in (Shape[])[n, (n, n), (n, 8, 2), (8, n, 2), (8, 8, n), (n, n, n), [n, n, n, n], [n, n, n, n, n]])
        {
            Try("Input", () => keras.Input(shape));
            foreach (var layer in (Func<Layer>[])[() => keras.layers.Dense(2), () => keras.layers.Flatten(), () => keras.layers.Activation("relu"),
                () => keras.layers.Conv2D(2, 3), () => keras.layers.MaxPooling2D(2)])
            {
                Try($"input_shape {shape}", () => keras.Sequential([keras.Input(shape), layer()]));
                if (n < 100) Try($"build {shape}", () => layer().build(shape));
                Try($"compute_output_shape {shape}", () => layer().compute_output_shape(shape));
            }
        }
        Try("seed", () => keras.utils.set_random_seed(n));
        Try("patience", () => Compiled("dense").fit(
            x, y, epochs: 2, verbose: 0, callbacks: keras.callbacks.EarlyStopping("loss", patience: n, start_from_epoch: n)));
        keras.utils.clear_session();
    }

    public static TheoryData<double> Reals => [double.NaN, double.NegativeInfinity, -1, -0.5, 0, 1e-300, 0.5, 0.99, 1, 1.5, 1e300, double.PositiveInfinity];

    [Theory]
    [MemberData(nameof(Reals))]
    public void Reals_of_every_kind(double r)
    {
        var (x, y) = (s_arrays["right"]!, s_arrays["classes"]!);
        Try("validation_split", () => Compiled("dense").fit(x, y, validation_split: r, verbose: 0));
        Try("learning_rate", () =>
        {
            var model = s_models["dense"]();
            model.compile(keras.optimizers.Adam(r, r, r, r), "sparse_categorical_crossentropy");
            model.fit(x, y, verbose: 0);
        });
        Try("threshold", () => keras.metrics.BinaryAccuracy(threshold: r));
        Try("min_delta", () => Compiled("dense").fit(x, y, verbose: 0, callbacks: keras.callbacks.EarlyStopping("loss", min_delta: r, baseline: r)));
    }

    public static TheoryData<string> Texts => [null!, "", " ", "foo", "a/b", "a\nb", "a\u2028b", "\u202Ekeras", new string('x', 10_000), "..", "/"];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Texts_of_every_kind(string? text)
    {
        var (x, y) = (s_arrays["right"]!, s_arrays["classes"]!);
        Try("name", () => keras.layers.Dense(2, name: text));
        Try("name of a model", () => Named(keras.Sequential([keras.layers.Dense(2)], name: text)).predict(x[.., ..0], verbose: 0));
        Try("activation", () => keras.layers.Dense(2, activation: text));
        Try("Activation", () => keras.layers.Activation(text!));
        Try("initializer", () => keras.layers.Dense(2, kernel_initializer: text));
        Try("padding", () => keras.layers.Conv2D(2, 2, padding: text!));
        Try("padding of a pool", () => keras.layers.MaxPooling2D(2, padding: text!));
        Try("optimizer", () => s_models["dense"]().compile(text!, "sparse_categorical_crossentropy"));
        Try("loss", () => s_models["dense"]().compile("adam", text!));
        Try("metrics", () => s_models["dense"]().compile("adam", "sparse_categorical_crossentropy", metrics: text));
        Try("metrics in brackets", () => s_models["dense"]().compile("adam", "sparse_categorical_crossentropy", metrics: [text!]));
        Try("get_layer", () => s_models["dense"]().get_layer(text));
        Try("verbose", () => Compiled("dense").fit(x, y, verbose: text!));
        Try("monitor", () => Compiled("dense").fit(x, y, verbose: 0, callbacks: keras.callbacks.EarlyStopping(text!)));
        Try("save", () => Compiled("dense").save(text!));
        Try("save_weights", () => Compiled("dense").save_weights(text!));
        Try("load_weights", () => Compiled("dense").load_weights(text!));
        Try("load_model", () => keras.saving.load_model(text!));
        Try("export", () => Compiled("dense").export(text!));
        Try("model_from_json", () => keras.models.model_from_json(text!));
        Try("ModelCheckpoint", () => keras.callbacks.ModelCheckpoint(text!));
        Try("save_freq", () => keras.callbacks.ModelCheckpoint("m.keras", save_freq: text!));
        Try("CSVLogger", () => keras.callbacks.CSVLogger("log.csv", separator: text!));
        Try("CSVLogger's file", () => keras.callbacks.CSVLogger(text!));
        Try("BackupAndRestore", () => keras.callbacks.BackupAndRestore(text!));
        Try("update_freq", () => keras.callbacks.TensorBoard(update_freq: text!));
    }

    [Fact]
    public void Nothing_where_there_should_be_something()
    {
        var (x, y) = (s_arrays["right"]!, s_arrays["classes"]!);
        Refused("Only instances of `keras.Layer` can be added to a Sequential model. Received: None (of type <class 'NoneType'>)",
            () => keras.Sequential([null!]));
        Refused("Only instances of `keras.Layer` can be added to a Sequential model. Received: None (of type <class 'NoneType'>)",
            () => keras.Sequential().add(null!));
        Refused("Expected a callback, received `None` (at place 1 of `callbacks`).",
            () => Compiled("dense").fit(x, y, verbose: 0, callbacks: [new History(), null!]));
        Refused("Expected metric, received `None` (at place 0 of `metrics`).",
            () => s_models["dense"]().compile("adam", "sparse_categorical_crossentropy", [(string)null!]));
        var aimless = s_models["dense"]();
        aimless.compile("adam", (string)null!);
        Refused("No loss to compute. Provide a `loss` argument in `compile()`.", () => aimless.fit(x, y, verbose: 0));
        Refused("None values not supported: `x` must be an array of inputs. Received: x=None", () => Compiled("dense").fit(null!, y, verbose: 0));
        Refused("None values not supported: `y` must be an array of targets. Received: y=None", () => Compiled("dense").evaluate(x, null!, verbose: 0));
        Refused("Input 0 with name 'None' of layer 'd' is incompatible with the layer: expected min_ndim=2, found ndim=1. Full shape received: (10,)",
            () => keras.Sequential([keras.layers.Dense(3, name: "d")]).predict(s_arrays["rank 1"]!, verbose: 0));
        Try("set_weights", () => Compiled("dense").set_weights(null!));
        Try("set_weights of null", () => Compiled("dense").set_weights([null!, null!]));
        Try("set_weights of a layer", () => Compiled("dense").layers[0].set_weights(null!));
        Try("assign", () => Compiled("dense").variables[0].assign(null!));
        Try("from_config", () => Sequential.from_config(null!));
        Try("of layers", () => Layer.from_config<Dense>(null!));

        static void Refused(string message, Action action) => Assert.Equal(message, Assert.Throws<ValueError>(action).Message);
    }

    /// <summary>Sizes beyond any array are refused before anything of that size is allocated.</summary>
    [Fact]
    public void Outputs_that_no_array_holds()
    {
        var image = new NDArray(new float[1_000_000], 1, 1000, 1000, 1);
        var model = keras.Sequential([keras.layers.Conv2D(3000, 1)]);
        Assert.Equal("An array of shape (1, 1000, 1000, 3000) has more numbers than an array holds.",
            Assert.Throws<ValueError>(() => model.predict(image, verbose: 0)).Message);
        Assert.Equal("The outputs of 3000 rows, 1000000 numbers each, are more than an array holds. Predict some of the rows at a time.",
            Assert.Throws<ValueError>(() => keras.Sequential([keras.layers.Dense(1_000_000)])
                .predict(new NDArray(new float[3000], 3000, 1), verbose: 0)).Message);
    }

    private static Sequential Named(Sequential model) => model;

    private static Sequential Compiled(string name)
    {
        var model = s_models[name]();
        model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
        return model;
    }

    private static void Try(string what, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is KerasException or IOException)
        {
            Assert.False(e.Message.Length == 0 || e.Message.IndexOfAny(['\n', '\r', '\u2028', '\u2029', '\u202E']) >= 0, $"{what}: {e.Message}");
        }
        catch (Exception e)
        {
            Assert.Fail($"{what}: {e}");
        }
    }
}
