using KerasPort.Callbacks;
using KerasPort.Engines;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Tests.Engines;

/// <summary>An engine may fetch the results of several batches together, unnoticed by any callback that acts on a batch.</summary>
public sealed class RunningAheadTests
{
    private const int Rows = 46, Batch = 4;     // eleven batches and a shorter one

    [Fact]
    public void Those_who_only_watch_see_every_batch_in_order_with_its_own_results()
    {
        var (seen, atOnce) = (new Watcher(), new Watcher());
        float[] ahead = Train(seen, resultsAtATime: 5), stepwise = Train(atOnce, resultsAtATime: 1);
        Assert.Equal(Enumerable.Range(0, 12), seen.Batches.Select(b => b.Batch));
        Assert.Equal(atOnce.Batches, seen.Batches);
        Assert.Equal(stepwise, ahead);
        Assert.True(seen.MostAhead > 1, "Nothing ran ahead.");
        Assert.Equal(1, atOnce.MostAhead);
    }

    [Fact]
    public void One_who_acts_on_a_batch_is_asked_before_the_next_one()
    {
        float[] Until(int batch, int resultsAtATime)
        {
            LambdaCallback? stop = null;
            stop = new LambdaCallback(on_train_batch_end: (b, _) => stop!.model.stop_training = b == batch);
            return Train(stop, resultsAtATime);
        }

        Assert.Equal(Until(2, resultsAtATime: 1), Until(2, resultsAtATime: 5));
        Assert.NotEqual(Until(2, resultsAtATime: 5), Until(3, resultsAtATime: 5));
    }

    [Fact]
    public void An_evaluation_that_runs_ahead_gives_the_same()
    {
        var (x, y) = SyntheticData.Rows(Rows, 6);
        Assert.Equal(Compiled(1).evaluate(x, y, batch_size: Batch, verbose: 0), Compiled(5).evaluate(x, y, batch_size: Batch, verbose: 0));
    }

    private static float[] Train(Callback callback, int resultsAtATime)
    {
        var model = Compiled(resultsAtATime);
        var (x, y) = SyntheticData.Rows(Rows, 6);
        model.fit(x, y, batch_size: Batch, verbose: 0, callbacks: [callback]);
        return [.. model.get_weights().SelectMany(w => w.ToFloats())];
    }

    private static Sequential Compiled(int resultsAtATime)
    {
        keras.utils.set_random_seed(3);
        var model = keras.Sequential([keras.Input(6), keras.layers.Dense(8, activation: "relu"), keras.layers.Dense(5, activation: "softmax")]);
        model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"], engine: new ReferenceEngine(resultsAtATime));
        return model;
    }

    /// <summary>A callback that only watches, and declares it.</summary>
    private sealed class Watcher : Callback
    {
        public List<(int Batch, double Loss, double Accuracy)> Batches { get; } = [];

        public int MostAhead { get; private set; }

        internal override bool ActsOn(params ReadOnlySpan<string> methods) => false;

        public override void on_train_batch_end(int batch, Logs logs)
        {
            Batches.Add((batch, logs["loss"], logs["accuracy"]));
            MostAhead = Math.Max(MostAhead, (int)model.optimizer!.iterations - batch);
        }
    }

    private sealed class ReferenceEngine(int resultsAtATime) : Engine
    {
        public override string name => "reference";

        public override string device => "cpu";

        public override int threads => 1;

        public override CompiledModel Compile(Model model, Optimizer? optimizer, IReadOnlyList<Goal> goals) =>
            new Executor(new ReferenceKernels(resultsAtATime), model, optimizer, goals);
    }
}
