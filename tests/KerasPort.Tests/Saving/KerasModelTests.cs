using System.Text.Json;
using KerasPort.Callbacks;
using KerasPort.Models;
using KerasPort.Tests.Engines;

namespace KerasPort.Tests.Saving;

/// <summary>Python Keras' files give the same here as there.</summary>
[Needs(Need.FashionMnist)]
[Slow]
public class KerasModelTests
{
    public static TheoryData<string> Names => [.. Hdf5.Files("models", "*.json").Select(f => Path.GetFileNameWithoutExtension(f))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_keras_file_predicts_evaluates_and_trains_on_as_in_Python(string name) =>
        Compare(name, keras.saving.load_model(File(name, ".keras")), resumes: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_legacy_file_predicts_evaluates_and_trains_on_as_in_Python(string name) =>
        Compare(name, keras.models.load_model(File(name, ".legacy.h5")), resumes: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_weights_file_predicts_and_evaluates_as_in_Python(string name)
    {
        var model = TestModels.Compiled(name[..name.LastIndexOf('-')]);
        model.load_weights(File(name, ".weights.h5"));
        // Keras leaves the state of an untrained optimizer as it is.
        Assert.Equal(0, model.optimizer!.iterations);
        Compare(name, model, resumes: false);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_saved_again_loads_as_the_same(string name)
    {
        using var folder = new TemporaryFolder();
        var model = keras.saving.load_model(File(name, ".keras"));
        foreach (string ending in new[] { ".keras", ".h5" })
        {
            model.save(folder["m" + ending]);
            Compare(name, keras.saving.load_model(folder["m" + ending]), resumes: true);
        }
        model.save_weights(folder["m.weights.h5"]);
        var other = keras.saving.load_model(File(name, ".keras"));
        other.set_weights([.. other.get_weights().Select(w => w * 0)]);
        other.load_weights(folder["m.weights.h5"]);
        Compare(name, other, resumes: true);
    }

    private static string File(string name, string ending) => Hdf5.Files("models", name + ending).Single();

    private static void Compare(string name, Model model, bool resumes)
    {
        var expected = JsonDocument.Parse(System.IO.File.ReadAllText(File(name, ".json"))).RootElement;
        var ((x, y), (xt, yt)) = TestModels.Data(name[..name.LastIndexOf('-')]);
        var (loss, accuracy) = model.evaluate(xt, yt, verbose: 0);
        Assert.Equal(expected.GetProperty("evaluate").GetProperty("loss").GetDouble(), loss, 1e-6);
        Assert.Equal(expected.GetProperty("evaluate").GetProperty("accuracy").GetDouble(), accuracy, 1e-9);
        float[] predictions = model.predict(xt[..20], verbose: 0).ToFloats();
        double[] wanted = [.. expected.GetProperty("predict_first_20").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(v => v.GetDouble())];
        for (int i = 0; i < wanted.Length; i++) Assert.Equal(wanted[i], predictions[i], 1e-5);

        if (!resumes) return;
        int step = 0;
        foreach (var recorded in expected.GetProperty("resumed").EnumerateArray())
        {
            var rows = (step * 32)..(++step * 32);
            var history = model.fit(x[rows], y[rows], shuffle: false, verbose: 0).history;
            Assert.True(Math.Abs(recorded[0].GetDouble() - history["loss"][0]) <= 2e-6, $"step {step}: loss {history["loss"][0]}, Python {recorded[0]}");
            Assert.Equal(recorded[1].GetDouble(), history["accuracy"][0], 1e-6);
        }
        Assert.Equal(20, step);
    }
}
