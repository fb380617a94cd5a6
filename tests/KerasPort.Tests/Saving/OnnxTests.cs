using KerasPort.Models;
using KerasPort.Tests.Console;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Xunit;
using static KerasPort.Python;

namespace KerasPort.Tests.Saving;

/// <summary>Exported models predict the same in ONNX Runtime.</summary>
public class OnnxTests
{
    public static TheoryData<string> Names => [.. BothWaysTests.Models.Keys, "cnn-2-2", "no-layer-that-does-anything"];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_exported_model_predicts_the_same(string name)
    {
        keras.utils.set_random_seed(4);
        var model = name == "cnn-2-2" ? keras.saving.load_model(Fixtures.Path("models/cnn-2-2-seed1.keras"))
            : BothWaysTests.Models.TryGetValue(name, out var make) ? make() : keras.Sequential([keras.Input(3), keras.layers.Activation("linear")]);
        using var folder = new TemporaryFolder();
        var (x, y) = BothWaysTests.Data(model);
        // Moving means and variances that aren't those of the beginning.
        if (model.optimizer is not null) model.fit(x, y, epochs: 3, verbose: 0);
        model.export(folder["m.onnx"]);
        using var session = new InferenceSession(folder["m.onnx"]);
        var inputs = session.InputNames.Zip(x, (input, values) => NamedOnnxValue.CreateFromTensor(input, new DenseTensor<float>(values.ToFloats(), values.shape.AsSpan())));
        using var results = session.Run([.. inputs]);
        var expected = BothWaysTests.Outputs(model, x);
        Assert.Equal(expected.Length, results.Count);
        foreach (var (output, of) in results.Select(result => result.AsTensor<float>()).Zip(expected))
        {
            Assert.Equal(of.shape, output.Dimensions.ToArray());
            float[] wanted = of.ToFloats(), actual = [.. output];
            for (int i = 0; i < wanted.Length; i++) Assert.Equal(wanted[i], actual[i], 1e-5f);
        }
    }

    [Fact]
    public void What_cannot_be_exported_is_said()
    {
        Assert.Contains("must be built", Assert.Throws<ValueError>(() => keras.Sequential([keras.layers.Flatten()]).export("m.onnx")).Message);
        Assert.Contains(".onnx", Assert.Throws<ValueError>(() => keras.Sequential([keras.layers.Flatten()]).export("m.tflite")).Message);
    }
}
