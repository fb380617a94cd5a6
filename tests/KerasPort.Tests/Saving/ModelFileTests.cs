using KerasPort.Callbacks;
using KerasPort.Saving;
using KerasPort.Saving.Hdf5;
using PureHDF;

namespace KerasPort.Tests.Saving;

public class ModelFileTests
{
    [Fact]
    public void The_same_model_gives_the_same_bytes()
    {
        foreach (var (_, make) in BothWaysTests.Models)
        {
            keras.utils.set_random_seed(1);
            var model = make();
            Assert.Equal(KerasFile.Write(model), KerasFile.Write(model));
            Assert.Equal(LegacyFile.Write(model, true), LegacyFile.Write(model, true));
        }
    }

    /// <summary>A training that stops, is saved, loaded and resumed ends with the same bits as one that doesn't stop.</summary>
    [Theory]
    [InlineData("m.keras")]
    [InlineData("m.h5")]
    public void Training_goes_on_bit_by_bit(string file)
    {
        var (x, y) = SyntheticData.Rows(64, 6);
        using var folder = new TemporaryFolder();
        keras.utils.set_random_seed(2);
        var model = keras.Sequential([keras.Input(6), keras.layers.Dense(8, activation: "relu"), keras.layers.Dense(5, activation: "softmax")]);
        model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        // Even in the middle of an epoch, where the engine holds the numbers.
        model.fit(x, y, epochs: 3, verbose: 0, callbacks: [new LambdaCallback(on_epoch_end: (epoch, _) => { if (epoch == 1) model.save(folder[file]); })]);
        var again = keras.saving.load_model(folder[file]);
        again.fit(x, y, verbose: 0);
        Assert.Equal(model.get_weights().SelectMany(w => w.ToFloats()), again.get_weights().SelectMany(w => w.ToFloats()));
        Assert.Equal(6, again.optimizer!.iterations);
    }

    [Fact]
    public void What_is_read_here_another_reader_reads_too()
    {
        foreach (string file in new[] { "cnn-2-2-seed1.weights.h5", "cnn-2-2-seed1.legacy.h5" })
        {
            var ours = Hdf5File.Read(File.ReadAllBytes(Fixtures.Path("models/" + file)));
            using var theirs = H5File.OpenRead(Fixtures.Path("models/" + file));
            int compared = 0;
            void Compare(Hdf5Object here, IH5Group there)
            {
                Assert.Equal(there.Children().Select(c => c.Name).Order(), here.Children.Keys.Order());
                Assert.Equal(there.Attributes().Select(a => a.Name).Order(), here.Attributes.Keys.Order());
                foreach (var (name, child) in here.Children)
                {
                    if (child.Value is null) Compare(child, there.Group(name));
                    else if (child.Value.Type == Hdf5Type.Float32 && child.Value.Shape.Count > 0)
                    {
                        Assert.Equal(there.Dataset(name).Read<float[]>(), child.Value.Floats([.. child.Value.Shape.Select(d => (int)d)]));
                        compared++;
                    }
                }
            }

            Compare(ours, theirs);
            Assert.True(compared >= 20);
        }
    }

    /// <summary>More names than fit in one attribute, where the writer would silently spoil the longest.</summary>
    [Fact]
    public void Many_layers_are_saved_in_parts()
    {
        using var folder = new TemporaryFolder();
        var model = keras.Sequential([keras.Input(1),
            .. Enumerable.Range(0, 4200).Select(i => keras.layers.Activation("linear", name: $"a{i}")), keras.layers.Dense(1)]);
        model.save(folder["m.h5"]);
        var again = keras.models.load_model(folder["m.h5"]);
        Assert.Equal(model.layers.Select(l => l.name), again.layers.Select(l => l.name));
        Assert.Equal(model.get_weights()[0].ToFloats(), again.get_weights()[0].ToFloats());
    }

    [Fact]
    public void Mistakes_are_said_in_Keras_words_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        var model = BothWaysTests.Models["dense"]();
        Assert.Contains("Please add either a `.keras` extension", Assert.Throws<ValueError>(() => model.save(folder["m.foo"])).Message);
        Assert.Contains("must end in `.weights.h5`", Assert.Throws<ValueError>(() => model.save_weights(folder["m.h5"])).Message);
        Assert.Contains("not yet been built", Assert.Throws<ValueError>(
            () => keras.Sequential([keras.layers.Dense(1)]).save_weights(folder["m.weights.h5"])).Message);
        Assert.Contains("File not found: filepath=", Assert.Throws<ValueError>(() => keras.saving.load_model(folder["none.keras"])).Message);
        Assert.Contains("File format not supported", Assert.Throws<ValueError>(() => keras.saving.load_model(folder["none.pb"])).Message);
        Assert.Contains("there is no folder", Assert.Throws<IOException>(() => model.save(folder["no/m.keras"])).Message);
        Assert.Empty(folder.Names);
        model.save(folder["m.keras"]);
        Assert.Contains("exists already", Assert.Throws<ValueError>(() => model.save(folder["m.keras"], overwrite: false)).Message);
        Assert.Equal(["m.keras"], folder.Names);
    }

    [Fact]
    public void A_model_that_is_not_built_is_saved_without_weights()
    {
        using var folder = new TemporaryFolder();
        keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(3)]).save(folder["m.keras"]);
        var again = keras.saving.load_model(folder["m.keras"]);
        Assert.False(again.built);
        Assert.Equal([2, 3], again.predict(new NDArray(new float[8], 2, 4), verbose: 0).shape);
    }

    [Fact]
    public void Without_compile_a_model_only_predicts()
    {
        var model = keras.saving.load_model(Fixtures.Path("models/cnn-2-2-seed1.keras"), compile: false);
        Assert.Null(model.optimizer);
        Assert.Equal([1, 10], model.predict(new NDArray(new float[784], 1, 28, 28, 1), verbose: 0).shape);
    }
}
