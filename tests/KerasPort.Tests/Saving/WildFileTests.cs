using System.Text.Json;
using KerasPort.Models;
using KerasPort.Tests.Console;
using KerasPort.Tests.Engines;
using PureHDF;

namespace KerasPort.Tests.Saving;

/// <summary>Published model files, of Keras 2.2 to 3.10. They aren't part of the project: KERASPORT_FIXTURES names their folder.</summary>
[Needs(Need.PublishedModels)]
public class WildFileTests
{
    internal static string Folder { get; } = Path.Combine(Environment.GetEnvironmentVariable("KERASPORT_FIXTURES") ?? "", "wild");

    private const string StartsFresh = "the saved state of the optimizer is another one's, so it starts fresh";

    private const string NoTraining = "there is no training configuration";

    public static TheoryData<string, string?> Loaded => new()
    {
        { "fashion-baseline.h5", null },
        { "fashion-cnn-dropout.h5", null },
        { "mnist-tiny-tf2.h5", StartsFresh },
        { "mnist-keras224-variance-scaling.h5", StartsFresh },
        { "dense-functional.h5", NoTraining },
        { "dense-functional-batchnorm.h5", NoTraining },
        { "dense-functional-dropout.h5", NoTraining },
        { "conv1d.h5", NoTraining },
        { "conv2d-batchnorm-dropout.h5", NoTraining },
        { "fashion-cnn-dropout-l2.keras", null },
        { "resnet-add-avgpool.h5", null },
        { "resnet-custom-adam.h5", StartsFresh },
    };

    [Theory]
    [MemberData(nameof(Loaded))]
    public void A_file_that_is_loaded_predicts_as_Keras_does(string name, string? warning)
    {
        string path = Find(name);
        using var recorded = H5File.OpenRead(Find("predictions.h5"));
        Model? loaded = null;
        string warned = Printed.ToErrorBy(() => loaded = keras.models.load_model(path));
        var model = loaded!;
        float[] y = model.predict(recorded.Group(name).Array("x"), verbose: 0).ToFloats();
        double[] expected = recorded.Group(name).Doubles("y");
        Assert.Equal(expected.Length, y.Length);
        for (int i = 0; i < y.Length; i++) Assert.Equal(expected[i], y[i], 1e-5);
        if (warning is null or StartsFresh)
        {
            if (warning is null) Assert.Equal("", warned);
            else Assert.StartsWith($"UserWarning: {path}: /optimizer_weights: {StartsFresh}", warned);
            double rate = name.EndsWith("-l2.keras") ? 1e-5f : name.StartsWith("resnet") ? 6.636851594521431e-06f
                : model.optimizer is KerasPort.Optimizers.Adadelta ? 1 : 1e-3f;
            Assert.Equal(rate, model.optimizer!.learning_rate.Value);
            return;
        }
        Assert.Null(model.optimizer);
        Assert.Equal(1, warned.Count(c => c == '\n'));
        Assert.StartsWith($"UserWarning: {path}: {(warning == NoTraining ? "" : "the model was *not* compiled")}", warned);
        Assert.Contains(warning, warned);
        // Without compiling there are no remarks on it.
        Assert.Equal("", Printed.ToErrorBy(() => keras.models.load_model(path, compile: false)));
    }

    /// <summary>The list is complete.</summary>
    [Fact]
    public void Every_file_is_tried()
    {
        var all = JsonDocument.Parse(File.ReadAllText(Find("wild.json"))).RootElement.EnumerateObject().Select(p => p.Name);
        Assert.Equal(all.Order(), Loaded.Select(row => row.Data.Item1).Order());
    }

    [Fact]
    [Slow]
    public void Inspect_finds_nothing_missing()
    {
        foreach (string name in Loaded.Select(row => row.Data.Item1))
        {
            var (code, output, _) = Tool.Run(Folder, ["inspect", name]);
            Assert.True(code == 0, $"{name}: {output}");
        }
    }

    private static string Find(string name) => Path.Combine(Folder, name);
}
