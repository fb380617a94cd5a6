using KerasPort.Saving;
using static KerasPort.Tests.Refusals;

namespace KerasPort.Tests.Saving;

/// <summary>Weights files, inspected and changed as by the real Keras' editor.</summary>
public class KerasFileEditorTests
{
    [Fact]
    public void A_file_of_a_model_that_has_changed_is_made_to_fit()
    {
        using var folder = new TemporaryFolder();
        KerasPort.Models.Sequential Made(int units) => keras.Sequential([keras.Input(4), keras.layers.Dense(units), keras.layers.Dense(2)]);
        var (before, after) = (Made(3), Made(5));
        before.save_weights(folder["a.weights.h5"]);
        string told = Printed.By(() =>
        {
            var editor = new KerasFileEditor(folder["a.weights.h5"]);
            Assert.Equal(("success", 0, 4), editor.compare(before));
            Assert.Equal(("error", 3, 1), editor.compare(after));
            editor.delete_object("layers/dense");
            editor.add_object("layers/dense", new() { ["0"] = np.ones((4, 5)), ["1"] = np.zeros(5) });
            editor.delete_weight("dense_1", "0");
            editor.add_weights("layers/dense_1", new() { ["0"] = np.ones((5, 2)) });
            Assert.Equal(("success", 0, 4), editor.compare(after));
            editor.save(folder["b.weights.h5"]);
            editor.rename_object("dense_1", "out");
            editor.summary();
        });
        after.load_weights(folder["b.weights.h5"]);
        Assert.Equal(before.layers[1].get_weights()[1].ToFloats(), after.layers[1].get_weights()[1].ToFloats());
        Assert.All(after.layers[0].get_weights()[0].ToFloats(), value => Assert.Equal(1, value));
        Assert.Contains("...Weight shape mismatch for /layers/dense/0\n    In reference model: shape=(4, 5)\n    In saved file: shape=(4, 3)\n", told);
        Assert.Contains("Found 3 errors: saved file is not compatible with the reference model\n", told);
        Assert.EndsWith("""
            Weights structure
              > layers
                  ├─ dense
                  │   ├─ 0: shape=(4, 5), dtype=float32
                  │   └─ 1: shape=(5,), dtype=float32
                  └─ out
                      ├─ 0: shape=(5, 2), dtype=float32
                      └─ 1: shape=(2,), dtype=float32

            """, told);
    }

    [Fact]
    public void A_compiled_model_s_optimizer_goes_along()
    {
        using var folder = new TemporaryFolder();
        var model = keras.Sequential([keras.Input(2), keras.layers.Dense(1)]);
        model.compile("adam", "mse");
        model.fit(np.ones((4, 2)), np.ones(4), verbose: 0);
        model.save(folder["a.keras"]);
        Printed.By(() => new KerasFileEditor(folder["a.keras"]).save(folder["b.weights.h5"]));
        var again = keras.models.load_model(folder["a.keras"]);
        again.load_weights(folder["b.weights.h5"]);
        Assert.Equal(1, again.optimizer!.iterations);
    }

    [Fact]
    public void What_is_not_there_is_refused()
    {
        using var folder = new TemporaryFolder();
        keras.Sequential([keras.Input(4), keras.layers.Dense(3), keras.layers.Dense(2)]).save_weights(folder["a.weights.h5"]);
        KerasFileEditor? opened = null;
        Printed.By(() => opened = new KerasFileEditor(folder["a.weights.h5"]));
        var editor = opened!;
        Refused("Source name 'nothing' does not appear in the model", () => editor.rename_object("nothing", "a"));
        Refused("occurs more than once", () => editor.delete_object("0"));
        Refused("Path 'layers/x' not found", () => editor.delete_object("layers/x"));
        Refused("should be a leaf name", () => editor.rename_object("dense", "a/b"));
        Refused("Weight 9 not found in object dense. Weights found: [0, 1]", () => editor.delete_weight("dense", "9"));
        Refused("expected a `.weights.h5` extension", () => editor.save("a.h5"));
        Refused("Path 'a' not found", () => editor.add_object("a/b", new() { ["0"] = np.ones(1) }));
        Refused("Invalid filename", () => _ = new KerasFileEditor("a.h5"));
        Refused("File not found", () => _ = new KerasFileEditor(folder["none.weights.h5"]));
        File.WriteAllText(folder["b.weights.h5"], "no file");
        Assert.Throws<ModelFormatException>(() => new KerasFileEditor(folder["b.weights.h5"]));
        File.Copy(Fixtures.Path("hostile/external-link.weights.h5"), folder["c.weights.h5"]);
        Assert.Contains("a link to another file", Assert.Throws<ModelFormatException>(() => new KerasFileEditor(folder["c.weights.h5"])).Message);
    }
}
