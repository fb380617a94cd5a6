using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Saving;
using PureHDF;

namespace KerasPort.Tests.Saving;

/// <summary>A compiled nested model is compiled in files too, and its optimizer continues there.</summary>
public class NestedTrainingTests
{
    /// <summary>A model of three, each with an optimizer of its own that has trained.</summary>
    private static Model Trained()
    {
        keras.utils.clear_session();
        keras.utils.set_random_seed(3);
        var inner = keras.Sequential([keras.Input(4), keras.layers.Dense(3, "tanh")], name: "inner");
        inner.compile("adam", "mse", metrics: ["mae"]);
        var mid = keras.Sequential([keras.Input(4), inner, keras.layers.BatchNormalization(), keras.layers.Dense(3)], name: "mid");
        mid.compile(keras.optimizers.RMSprop(0.01, momentum: 0.5), "mae");
        var x = keras.Input(4);
        var outer = keras.Model(x, keras.layers.Dense(2).Apply(mid.Apply(x)));
        outer.compile(keras.optimizers.SGD(0.05, momentum: 0.9), "mse");
        Losses(outer);
        inner.fit(Rows(4, 5), Rows(3, 7), verbose: 0);
        return outer;
    }

    private static Model[] Models(Model outer) => (Model)outer.get_layer("mid") is var mid ? [(Model)mid.get_layer("inner"), mid, outer] : [];

    private static NDArray Rows(int width, int step) => new([.. Enumerable.Range(0, 8 * width).Select(i => i * step % 13 / 13f)], 8, width);

    private static float[] Losses(Model outer) => [.. Enumerable.Range(0, 2).SelectMany(_ => Models(outer)).Select(model =>
        (float)model.fit(Rows(4, 5), Rows(model.output_shape[^1]!.Value, 7), shuffle: false, verbose: 0).history["loss"][0])];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Each_optimizer_goes_on_where_it_was(bool compiles)
    {
        using var folder = new TemporaryFolder();
        var outer = Trained();
        outer.save(folder["m.keras"]);
        var again = keras.models.load_model(folder["m.keras"], compile: compiles);
        // As in Keras only the outermost model is then not compiled.
        Assert.Equal(compiles, again.optimizer is not null);
        if (!compiles) again.compile(keras.optimizers.SGD(0.05, momentum: 0.9), "mse");
        Assert.Equal(Models(outer)[..2].Select(model => model.optimizer.iterations), Models(again)[..2].Select(model => model.optimizer.iterations));
        Assert.Equal(["loss", "mae"], ((Model)again.get_layer("mid")).get_layer("inner") is Model inner
            ? inner.fit(Rows(4, 5), Rows(3, 7), verbose: 0).history.Keys : []);
        if (!compiles) return;
        Models(outer)[0].fit(Rows(4, 5), Rows(3, 7), verbose: 0);
        Assert.Equal(Losses(outer), Losses(again));
    }

    [Fact]
    public void Weights_alone_bring_the_optimizers_of_models_that_have_trained()
    {
        using var folder = new TemporaryFolder();
        var (outer, other) = (Trained(), Trained());
        Losses(outer);
        outer.save_weights(folder["m.weights.h5"]);
        other.load_weights(folder["m.weights.h5"]);
        Assert.Equal(Losses(outer), Losses(other));
        // Text has no state, but compiles; the legacy format compiles the outermost model alone.
        Assert.Equal([0, 0, 0], Models(keras.models.model_from_json(outer.to_json())).Select(model => model.optimizer.iterations));
        outer.save(folder["m.h5"]);
        Assert.Equal([false, false, true], Models(keras.models.load_model(folder["m.h5"])).Select(model => model.optimizer is not null));
    }

    private sealed class Around : Model
    {
        private readonly Sequential _inner = keras.Sequential([keras.Input(4), keras.layers.Dense(2)], name: "inner");

        public Sequential Inside => _inner;

        public override Tensor call(Tensor x, bool training) => _inner.Apply(x);
    }

    [Fact]
    public void A_model_in_a_class_of_ones_own_keeps_its_optimizer()
    {
        using var folder = new TemporaryFolder();
        var model = new Around();
        model.predict(Rows(4, 5), verbose: 0);
        model.Inside.compile("adam", "mse");
        model.Inside.fit(Rows(4, 5), Rows(2, 7), epochs: 3, verbose: 0);
        model.save_weights(folder["m.weights.h5"]);
        var other = new Around();
        other.predict(Rows(4, 5), verbose: 0);
        other.Inside.compile("adam", "mse");
        other.Inside.fit(Rows(4, 5), Rows(2, 7), verbose: 0);
        other.load_weights(folder["m.weights.h5"]);
        Assert.Equal(3, other.Inside.optimizer.iterations);
        double[] On(Around of) => [.. of.Inside.fit(Rows(4, 5), Rows(2, 7), epochs: 2, verbose: 0).history["loss"]];
        Assert.Equal(On(model), On(other));
    }

    [Fact]
    [Slow]
    [Needs(Need.RealKeras)]
    public void Keras_trains_each_on_and_back()
    {
        using var folder = new TemporaryFolder();
        var outer = Trained();
        outer.save(folder["here.keras"]);
        var answer = RealKeras.Ask("nested_training.py", [folder["here.keras"], folder["there.keras"]]);
        float[] Of(string key) => [.. answer.GetProperty(key).EnumerateArray().Select(value => value.GetSingle())];
        Assert.Equal(Models(outer).Select(model => (float)model.optimizer.iterations), Of("iterations"));
        foreach (var (expected, actual) in Of("losses").Zip(Losses(outer))) Assert.Equal(expected, actual, 2e-6f);
        var back = keras.models.load_model(folder["there.keras"]);
        foreach (var (expected, actual) in Of("resumed").Zip(Losses(back))) Assert.Equal(expected, actual, 2e-6f);
    }

    /// <summary>An invalid compile configuration is refused, and one with unknown classes leaves the nested model uncompiled, with a remark.</summary>
    [Theory]
    [InlineData("[]", "compile_config: expected object", null)]
    [InlineData("{\"optimizer\":{\"class_name\":\"Evil\",\"config\":{}},\"loss\":\"mse\"}", null, "model 'inner' was *not* compiled")]
    [InlineData("{\"optimizer\":\"adam\",\"loss\":\"/etc/passwd\"}", null, "Could not interpret loss identifier: /etc/passwd")]
    [InlineData("{\"optimizer\":\"adam\",\"loss\":[\"mse\",\"mse\"]}", null, "model 'inner' was *not* compiled")]
    [InlineData("{\"optimizer\":\"adam\",\"loss\":\"mse\",\"steps\":{\"a\":1}}", null, "is not supported")]
    public void A_configuration_made_to_do_harm(string training, string? refused, string? said)
    {
        var config = JsonNode.Parse(Small().to_json())!;
        config["config"]!["layers"]![1]!["compile_config"] = JsonNode.Parse(training);
        void Load()
        {
            var model = keras.models.model_from_json(config.ToJsonString());
            Assert.Null(((Model)model.layers[0]).optimizer);
            Assert.NotNull(model.optimizer);
        }
        if (refused is not null) Assert.Contains(refused, Assert.Throws<ModelFormatException>(Load).Message);
        else Assert.Contains(said!, Printed.ToErrorBy(Load));
    }

    /// <summary>A state of the wrong shapes is refused; one with another number of variables leaves the optimizer fresh, as in Keras.</summary>
    [Theory]
    [InlineData(0, "other", "expected")]
    [InlineData(2, "shape", "expected shape (4, 2)")]
    [InlineData(0, "negative", "iterations of 0 or more")]
    [InlineData(5, "missing", "starts fresh: expected 2 or 6 variables, found 5")]
    [InlineData(6, "more", "starts fresh: expected 2 or 6 variables, found 7")]
    public void A_state_made_to_do_harm(int variable, string how, string why)
    {
        var model = Small();
        model.fit(Rows(4, 5), Rows(1, 7), verbose: 0);
        byte[] bytes = Rewritten(model, states =>
        {
            switch (how)
            {
                case "other": states["0"] = new H5Group(); break;
                case "shape": states[$"{variable}"] = new H5Dataset(new float[8], fileDims: [2, 4]); break;
                case "negative": states["0"] = new H5Dataset(-1L); break;
                case "missing": states.Remove($"{variable}"); break;
                default: states[$"{variable}"] = new H5Dataset(1f); break;
            }
        });
        Model? loaded = null;
        void Load() => loaded = ModelFile.LoadKeras(new MemoryStream(bytes), compile: true);
        if (how is not ("missing" or "more"))
        {
            Assert.Contains(why, Assert.Throws<ModelFormatException>(Load).Message);
            return;
        }
        Assert.Contains(why, Printed.ToErrorBy(Load));
        Assert.Equal(0, ((Model)loaded!.layers[0]).optimizer.iterations);
        Assert.Equal(1, loaded.optimizer.iterations);
    }

    private static Sequential Small()
    {
        var inner = keras.Sequential([keras.Input(4), keras.layers.Dense(2)], name: "inner");
        inner.compile("adam", "mse");
        inner.fit(Rows(4, 5), Rows(2, 7), verbose: 0);
        var model = keras.Sequential([keras.Input(4), inner, keras.layers.Dense(1)], name: "small");
        model.compile("sgd", "mse");
        return model;
    }

    /// <summary>The file of a model, with the nested optimizer's state changed.</summary>
    private static byte[] Rewritten(Sequential model, Action<H5Group> change)
    {
        var root = WeightsFile.Content(model);
        change((H5Group)((H5Group)((H5Group)((H5Group)root["layers"])["sequential"])["optimizer"])["vars"]);
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Add(string name, byte[] content)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
            Add(KerasFile.Config, Encoding.UTF8.GetBytes(model.to_json()));
            Add(KerasFile.Weights, KerasPort.Saving.Hdf5.Hdf5Writer.Bytes(root));
        }
        return stream.ToArray();
    }
}
