using KerasPort.Engines;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;
using Xunit;
using static KerasPort.Python;

namespace KerasPort.Tests.Models;

/// <summary>What an engine lacks is said by <c>compile</c>, not by the first <c>fit</c>.</summary>
public sealed class CompileTests
{
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
            throw new ValueError($"Engine picky has no {model.layers.Single().GetType().Name} beside {optimizer.GetType().Name}, {goals[0].Loss!.GetType().Name}, {string.Join(", ", goals[0].Metrics.Select(m => m.name))}.");

        public override CompiledModel Compile(Model model, Optimizer? optimizer, IReadOnlyList<Goal> goals) => throw new NotSupportedException();
    }
}
