using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Tests.Layers;

/// <summary>Every layer takes <c>activity_regularizer</c>, which Keras' layers take beside their own arguments.</summary>
public class ActivityRegularizerTests
{
    private static readonly NDArray s_x = np.ones([6, 4]), s_y = np.ones([6, 2]);

    private sealed class Mine : Layer
    {
        public Mine(string? name = null) : base(name) => activity_regularizer = keras.regularizers.L1(0.25);

        public override Tensor call(Tensor x, bool training) => x;
    }

    /// <summary>The loss: for outputs of 4 the mean square is 9, and each sample adds 0.1 · 2 · 16 or 0.25 · 2 · 4.</summary>
    [Theory]
    [InlineData("flatten", 12.2)]
    [InlineData("batch", 12.2)]
    [InlineData("merge", 12.2)]
    [InlineData("dense", 12.2)]
    [InlineData("model", 12.2)]
    [InlineData("inner", 12.2)]
    [InlineData("own", 11)]
    public void It_is_added_to_the_loss(string of, double expected)
    {
        var regularizer = keras.regularizers.L2(0.1);
        Layer dense = keras.layers.Dense(2, kernel_initializer: "ones", activity_regularizer: of == "dense" ? regularizer : null);
        Model model = of switch
        {
            "flatten" => keras.Sequential([keras.Input(4), dense, new Flatten { activity_regularizer = regularizer }]),
            "batch" => keras.Sequential([keras.Input(4), dense, new BatchNormalization(epsilon: 0) { activity_regularizer = regularizer }]),
            "merge" => keras.Input(4) is var x ? keras.Model(
                x, new Maximum { activity_regularizer = regularizer }.Apply([dense.Apply(x), dense.Apply(x)])) : null!,
            "inner" => keras.Sequential([keras.Input(4), Regularized(keras.Sequential([keras.Input(4), dense]))]),
            "model" => Regularized(keras.Sequential([keras.Input(4), dense])),
            "own" => keras.Sequential([keras.Input(4), dense, new Mine()]),
            _ => keras.Sequential([keras.Input(4), dense]),
        };
        model.compile("sgd", "mse");
        Assert.Equal(expected, (double)model.evaluate(s_x, s_y, verbose: 0), 1e-5);

        Model Regularized(Model made)
        {
            made.activity_regularizer = regularizer;
            return made;
        }
    }

    [Fact]
    public void Files_hold_it()
    {
        using var folder = new TemporaryFolder();
        var model = keras.Sequential([keras.Input((2, 2)), new Flatten { activity_regularizer = "l2" }, keras.layers.Dense(2),
            new Dropout(0) { activity_regularizer = "l1" }]);
        model.activity_regularizer = keras.regularizers.L2(0.25);
        model.compile("sgd", "mse");
        NDArray x = np.ones([3, 2, 2]), y = np.ones([3, 2]);
        double loss = (double)model.evaluate(x, y, verbose: 0);
        foreach (string name in new[] { "m.keras", "m.h5" })
        {
            model.save(folder[name]);
            var again = keras.models.load_model(folder[name]);
            Assert.Equal(loss, (double)again.evaluate(x, y, verbose: 0));
            Assert.Equal(model.get_config().ToJsonString(), again.get_config().ToJsonString());
        }
        string config = """
            {"name":"flatten","trainable":true,"data_format":"channels_last",
             "activity_regularizer":{"module":"keras.regularizers","class_name":"L2","config":{"l2":0.01},"registered_name":null}}
            """;
        var flat = Layer.from_config<Flatten>((System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(config)!);
        Assert.Equal(0.01, Assert.IsType<KerasPort.Regularizers.L2>(flat.activity_regularizer).l2);
        // Keras' ActivityRegularization saves its factors.
        Assert.False(keras.layers.ActivityRegularization(0.1).get_config().ContainsKey("activity_regularizer"));
        Assert.Contains("non-negative", Assert.Throws<ModelFormatException>(() => Layer.from_config<Flatten>(
            (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(config.Replace("0.01", "-1"))!)).Message);
    }
}
