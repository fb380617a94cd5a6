using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort.Tests.Saving;

/// <summary><c>load_weights(path, skip_mismatch: true)</c>: weights that fit are loaded, the others stay, with a remark.</summary>
public class SkippedWeightsTests
{
    private static Sequential Made(int classes, bool extra = false) => keras.Sequential([keras.Input(4), keras.layers.Dense(3, name: "body"),
        keras.layers.BatchNormalization(name: "norm"), keras.layers.Dense(classes, name: "head"),
            .. extra ? [keras.layers.Dense(2, name: "more")] : Array.Empty<KerasPort.Layers.Layer>()]);

    [Theory]
    [InlineData("w.weights.h5")]
    [InlineData("w.keras")]
    [InlineData("w.h5")]
    public void A_head_of_another_size_stays(string file)
    {
        using var folder = new TemporaryFolder();
        var (model, other) = (Made(5), Made(7));
        if (file == "w.weights.h5") model.save_weights(folder[file]);
        else model.save(folder[file]);
        float[][] Weights(Model of) => [.. of.get_weights().Select(w => w.ToFloats())];
        float[][] before = Weights(other);
        Assert.Throws<ModelFormatException>(() => other.load_weights(folder[file]));
        Assert.Equal(before, Weights(other));
        string said = Printed.ToErrorBy(() => other.load_weights(folder[file], skip_mismatch: true));
        Assert.Contains("1 layers keep the weights that they had: 'head'", said);
        Assert.Equal(Weights(model)[..^2], Weights(other)[..^2]);
        Assert.Equal(before[^2..], Weights(other)[^2..]);
        Assert.DoesNotContain("keep", Printed.ToErrorBy(() => Made(5).load_weights(folder[file], skip_mismatch: true)));
        if (file == "w.h5") return;
        // A layer missing from the file, and one missing from the model.
        Assert.Contains("'more'", Printed.ToErrorBy(() => keras.saving.load_weights(Made(5, extra: true), folder[file], skip_mismatch: true)));
        Assert.Equal("", Printed.ToErrorBy(() => keras.Sequential([keras.Input(4), keras.layers.Dense(3)]).load_weights(folder[file], skip_mismatch: true)));
    }
}
