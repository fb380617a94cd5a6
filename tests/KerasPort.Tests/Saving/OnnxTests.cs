using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Tests.Engines;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace KerasPort.Tests.Saving;

/// <summary>Exported models predict the same in ONNX Runtime.</summary>
public class OnnxTests
{
    // Functions that are refused: ONNX has no operator for them, they change the batch axis, or they slide a window, which is exported of layers only.
    private static readonly HashSet<string> s_notInOnnx =
        ["sparsemax", "flipud of all", "cholesky", "cholesky_inverse", "erfinv", "i0", "inv", "solve", "solve_triangular",
            "conv", "conv of sequences", "depthwise_conv", "separable_conv", "max_pool", "max_pool strides", "adaptive_max_pool"];

    public static TheoryData<string> Names =>
        [.. BothWaysTests.Models.Keys.Except(["masks", "masks-in-a-row", "tables"]), "cnn-2-2", "no-layer-that-does-anything"];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_exported_model_predicts_the_same(string name)
    {
        keras.utils.set_random_seed(4);
        var model = name == "cnn-2-2" ? keras.saving.load_model(Fixtures.Path("models/cnn-2-2-seed1.keras"))
            : BothWaysTests.Models.TryGetValue(name, out var make) ? make() : keras.Sequential([keras.Input(3), keras.layers.Activation("linear")]);
        var (x, y) = BothWaysTests.Data(model);
        // Moving means and variances that differ from the initial ones.
        if (model.optimizer is not null) model.fit(x, y, epochs: 3, verbose: 0);
        Same(model, x);
    }

    [Theory]
    [MemberData(nameof(OperationTests.Cases), MemberType = typeof(OperationTests))]
    public void A_function_between_layers_gives_the_same(string name)
    {
        var model = OperationTests.Recorded(name);
        if (s_notInOnnx.Contains(name)) Assert.Contains("can't be exported to ONNX", Assert.Throws<ValueError>(() => model.export("m.onnx")).Message);
        else Same(model, [OperationTests.Input("x"), OperationTests.Input("y")]);
    }

    public static TheoryData<string> Activations =>
        ["relu", "leaky_relu", "relu6", "softmax", "celu", "elu", "selu", "softplus", "softsign", "squareplus", "soft_shrink",
        "sparse_plus", "silu", "gelu", "glu", "tanh", "tanh_shrink", "sigmoid", "sparse_sigmoid", "exponential", "hard_sigmoid",
        "hard_silu", "hard_tanh", "hard_shrink",
        "linear", "mish", "log_softmax", "log_sigmoid", "axis", "three", "approximate"];

    [Theory]
    [MemberData(nameof(Activations))]
    public void An_activation_gives_the_same_of_vectors_and_of_images(string name)
    {
        keras.utils.set_random_seed(4);
        KerasPort.Activations.ActivationFunction function = name switch
        {
            "axis" => new KerasPort.Activations.Softmax(1),
            "three" => new KerasPort.Activations.Relu(0.5, 3, 0.25),
            "approximate" => new KerasPort.Activations.Gelu(true),
            _ => name,
        };
        Tensor x = keras.Input((6, 5, 2));
        var y = keras.layers.Dense(4).Apply(function.Apply(keras.layers.Conv2D(4, 3, activation: function).Apply(x)));
        var model = keras.Model(x, keras.layers.Dense(6, activation: function).Apply(y));
        Same(model, [new NDArray([.. Enumerable.Range(0, 3 * 60).Select(i => (i * 7919 % 1009 - 504) / (name == "exponential" ? 1000f : 100f))], 3, 6, 5, 2)]);
    }

    [Theory]
    [InlineData(6, 9, "bilinear", true, 0)]
    [InlineData(12, 7, "nearest", true, 0)]
    [InlineData(6, 15, "bicubic", false, 0.5)]
    [InlineData(15, 5, "bilinear", false, -1)]
    [InlineData(10, 11, "center", false, 0)]
    [InlineData(20, 5, "center", false, 0)]
    public void Images_keep_their_proportions(int height, int width, string how, bool crops, double fill)
    {
        keras.utils.set_random_seed(4);
        Layer sized = how == "center" ? keras.layers.CenterCrop(height, width)
            : keras.layers.Resizing(height, width, how, crop_to_aspect_ratio: crops, pad_to_aspect_ratio: !crops, fill_value: fill);
        var model = keras.Sequential([keras.Input((11, 12, 3)), keras.layers.Conv2D(3, 2), sized, keras.layers.Conv2D(2, 1)]);
        Same(model, [new NDArray([.. Enumerable.Range(0, 2 * 11 * 12 * 3).Select(i => i * 7919 % 1009 / 1009f)], 2, 11, 12, 3)]);
    }

    private static void Same(Model model, NDArray[] x)
    {
        using var folder = new TemporaryFolder();
        model.export(folder["m.onnx"]);
        using var session = new InferenceSession(folder["m.onnx"]);
        var inputs = session.InputNames.Zip(x, (input, values) =>
            NamedOnnxValue.CreateFromTensor(input, new DenseTensor<float>(values.ToFloats(), values.shape.AsSpan())));
        using var results = session.Run([.. inputs]);
        var expected = BothWaysTests.Outputs(model, x);
        Assert.Equal(expected.Length, results.Count);
        foreach (var (output, of) in results.Select(result => result.AsTensor<float>()).Zip(expected))
        {
            Assert.Equal(of.shape, output.Dimensions.ToArray());
            float[] wanted = of.ToFloats(), actual = [.. output];
            for (int i = 0; i < wanted.Length; i++) Assert.Equal(wanted[i], actual[i], 1e-5f * Math.Max(1, Math.Abs(wanted[i])));
        }
    }

    // Refused layers, by class or case: their operations aren't arithmetic, or need something unknown to ONNX, such as masks; or they move the batch axis,
    // whose length is open.
    private static readonly HashSet<string> s_layersNotInOnnx =
        ["ContrastLimitedAdaptiveHistogramEqualization", "Masking", "RandomCrop", "activation_sparsemax", "einsum_each", "einsum_each_and_rows",
            "einsum_elementwise", "einsum_left_two", "embedding_mask"];

    /// <summary>Every recorded layer, channels last or first.</summary>
    [Fact]
    [Slow]
    public void Layers_give_the_same() => RecordedCase.Each<Layer>((name, layer, group) =>
    {
        NDArray[] x = group.OneOrMore("x");
        if (layer is SizedImages or RandomImageLayer && x[0].ndim == 3) return;
        Tensor[] inputs = [.. x.Select(given => keras.Input(new Shape([.. given.shape.Skip(1).Select(d => (int?)d)])))];
        var model = keras.Model((Tensors)inputs, layer.Apply((Tensors)inputs));
        model.set_weights(group.Arrays("w"));
        if (s_layersNotInOnnx.Contains(layer.GetType().Name) || s_layersNotInOnnx.Contains(name))
            Assert.Contains("can't be exported to ONNX", Assert.Throws<ValueError>(() => model.export("m.onnx")).Message);
        else Same(model, [.. x.Select(given => given.astype("float32"))]);
    });

    [Fact]
    public void What_cannot_be_exported_is_said()
    {
        Assert.Contains("must be built", Assert.Throws<ValueError>(() => keras.Sequential([keras.layers.Flatten()]).export("m.onnx")).Message);
        Assert.Contains(".onnx", Assert.Throws<ValueError>(() => keras.Sequential([keras.layers.Flatten()]).export("m.tflite")).Message);
    }
}
