using System.Text.Json.Nodes;
using KerasPort.Engines;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Tests.Models;

/// <summary>Features that an engine lacks are reported by <c>compile</c>, not by the first <c>fit</c>.</summary>
public sealed class CompileTests
{
    /// <summary>The result of Keras' <c>get_compile_config</c> for a model of two outputs, and the names in its logs.</summary>
    public static TheoryData<string, string> PerOutput => new()
    {
        { "lists", """[["mae"],["mse","mae"]] a_loss a_mae b_loss b_mae b_mse loss""" },
        { "flat", """["mae","mse"] a_loss a_mae b_loss b_mse loss""" },
        { "mixed", """["mae",["mse","mae"]] a_loss a_mae b_loss b_mae b_mse loss""" },
        { "none", """[null,"mae"] a_loss b_loss b_mae loss""" },
        { "empty", """[[],["mae"]] a_loss b_loss b_mae loss""" },
        { "names", """{"a":"mae","b":["mse","mae"]} a_loss a_mae b_loss b_mae b_mse loss""" },
        { "one name", """{"a":"mae"} a_loss a_mae b_loss loss""" },
        { "no name", """{"a":null,"b":["mae"]} a_loss b_loss b_mae loss""" },
    };

    [Theory]
    [MemberData(nameof(PerOutput))]
    public void Metrics_of_several_outputs_are_written_as_they_were_given(string name, string expected)
    {
        Tensor x = keras.Input(4);
        var model = keras.Model(x, [keras.layers.Dense(3, name: "a").Apply(x), keras.layers.Dense(1, name: "b").Apply(x)]);
        MetricList metrics = name switch
        {
            "lists" => [["mae"], ["mse", "mae"]],
            "flat" => ["mae", "mse"],
            "mixed" => ["mae", ["mse", "mae"]],
            "none" => [null, "mae"],
            "empty" => [[], ["mae"]],
            "names" => new() { ["a"] = "mae", ["b"] = ["mse", "mae"] },
            "one name" => new() { ["a"] = "mae" },
            _ => new() { ["a"] = null, ["b"] = ["mae"] },
        };
        model.compile("sgd", "mse", metrics, weighted_metrics: metrics);
        model.compile("sgd", "mse", metrics);
        string Said(Model of) => JsonNode.Parse(of.to_json())!["compile_config"]!["metrics"]!.ToJsonString()
            + " " + string.Join(' ', of.fit(new NDArray(new float[32], 8, 4),
                (NDArray[])[new NDArray(new float[24], 8, 3), new NDArray(new float[8], 8, 1)], verbose: 0).history.Keys);
        Assert.Equal(expected, Said(model));
        Assert.Equal(expected, Said(keras.models.model_from_json(model.to_json())));
        Assert.Equal(expected, Said(keras.models.clone_model(model)));
        Assert.Throws<ValueError>(() => model.compile("sgd", "mse", [["mae"]]));
        Assert.Throws<ValueError>(() => model.compile("sgd", "mse", [["mae", null!], ["mse"]]));
        Assert.Throws<ValueError>(() => model.compile("sgd", "mse", new MetricList { ["c"] = "mae" }));
    }

    /// <summary>As in Keras, one weight for a single loss applies to all outputs.</summary>
    [Fact]
    public void One_loss_and_one_weight_go_for_all_outputs()
    {
        Tensor x = keras.Input(4);
        var model = keras.Model(x, [keras.layers.Dense(3, name: "a", kernel_initializer: "ones").Apply(x),
            keras.layers.Dense(1, name: "b", kernel_initializer: "ones").Apply(x)]);
        model.compile("sgd", "mse", loss_weights: 2.0);
        NDArray ones(params int[] shape) => new([.. Enumerable.Repeat(1f, shape[0] * shape[1])], shape);
        var losses = model.evaluate(ones(8, 4), (NDArray[])[ones(8, 3), new NDArray(new float[8], 8, 1)], verbose: 0);
        Assert.Equal([50, 9, 16], [(double)losses[0], (double)losses[1], (double)losses[2]]);
    }

    [Fact]
    public void An_engine_is_asked_of_models_with_weights_and_without()
    {
        foreach (var model in (Sequential[])[keras.Sequential([keras.Input(4), keras.layers.Dense(3)]), keras.Sequential([keras.layers.Dense(3)])])
        {
            var error = Assert.Throws<ValueError>(() => model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"], new Picky()));
            Assert.Equal("Engine picky has no Dense beside Adam, SparseCategoricalCrossentropy, accuracy.", error.Message);
        }
    }

    [Fact]
    public void A_model_that_an_engine_refuses_stays_compiled_as_it_was()
    {
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(3)]);
        model.compile("adam", "sparse_categorical_crossentropy");
        var (optimizer, x, y) = (model.optimizer, new NDArray(new float[32], 8, 4), new NDArray([0, 1, 2, 0, 1, 2, 0, 1]));
        model.fit(x, y, verbose: 0);
        Assert.Throws<ValueError>(() => model.compile("adam", "sparse_categorical_crossentropy", engine: new Picky()));
        model.fit(x, y, verbose: 0);
        Assert.Same(optimizer, model.optimizer);
        Assert.Equal(2, optimizer!.iterations);
    }

    private sealed class Picky : Engine
    {
        public override string name => "picky";

        public override string device => "cpu";

        public override int threads => 1;

        public override void Check(Model model, Optimizer optimizer, IReadOnlyList<Goal> goals) =>
            throw new ValueError(
                $"Engine picky has no {model.layers.Single().GetType().Name} beside {optimizer.GetType().Name}, {goals[0].Loss!.GetType().Name}, "
                + $"{string.Join(", ", goals[0].Metrics.Select(m => m.name))}.");

        public override CompiledModel Compile(Model model, Optimizer? optimizer, IReadOnlyList<Goal> goals) => throw new NotSupportedException();
    }
}
