using KerasPort.Activations;
using KerasPort.Callbacks;
using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;
using KerasPort.Training;
using Tensorflow;
using Tensorflow.Keras.ArgsDefinition;
using Xunit;
using static KerasPort.Python;
using RecordedLayer = Tensorflow.Keras.Engine.Layer;
using RecordedSequential = Tensorflow.Keras.Engine.Sequential;
using SparseCategoricalCrossentropy = KerasPort.Losses.SparseCategoricalCrossentropy;

namespace KerasPort.TensorFlow.Tests;

/// <summary>The calls to TensorFlow.Keras: layers, optimizer, loss, weights, rows in their order; and what isn't passed to it.</summary>
public sealed class SentDownTests
{
    private static readonly Engine s_engine = new TensorFlowEngine("cpu", 2);
    private readonly NDArray _x = new([.. Enumerable.Range(0, 40).Select(i => (float)i)], 10, 4), _y = new([0, 1, 2, 0, 1, 2, 0, 1, 2, 0]);

    [Fact]
    public void Layers_with_their_arguments()
    {
        var model = keras.Sequential([
            keras.Input((9, 8, 1)), keras.layers.Conv2D(3, (2, 3), strides: (2, 1), padding: "same", activation: "relu"),
                keras.layers.MaxPooling2D((3, 2), 1, "same"),
            keras.layers.Conv2D(2, 2, dilation_rate: 2, use_bias: false), keras.layers.Activation("tanh"), keras.layers.Flatten(),
                keras.layers.Dense(3, "softmax", use_bias: false)]);
        var sent = Take(model, new NDArray(new float[2 * 72], 2, 9, 8, 1));
        Assert.Equal(
            [
                "Input 9x8x1", "Conv2D 3 2x3 strides 2x1 same dilation 1x1 relu bias True", "MaxPooling2D 3x2 strides 1x1 same",
                "Conv2D 2 2x2 strides 1x1 valid dilation 2x2 linear bias False", "ActivationLayer", "Flatten", "Dense 3 softmax bias False",
            ],
            sent.Added.Select(Words));
    }

    [Fact]
    public void Optimizer_loss_and_metrics_as_objects()
    {
        var sent = Fit(new SparseCategoricalCrossentropy(from_logits: true), new Adam()).Sent;
        Assert.Collection(sent.Compiled,
            optimizer => Assert.IsType<AdamOf>(optimizer),
            loss => Assert.Equal("SparseCategoricalCrossentropy from_logits True", ((Recorded)loss).What),
            metric => Assert.IsType<BatchReport>(metric));
        sent = Fit("sparse_categorical_crossentropy", "adam").Sent;
        Assert.Equal("SparseCategoricalCrossentropy from_logits False", ((Recorded)sent.Compiled[1]).What);
    }

    /// <summary>The coefficients of a step, each operation in float32, from the optimizer's step counter and current learning rate.</summary>
    [Fact]
    public void Adam_at_our_step_with_our_learning_rate()
    {
        var adam = new Adam(0.01, 0.8, 0.99, 1e-5);
        var (model, sent) = Fit("sparse_categorical_crossentropy", adam,
            new LambdaCallback(on_train_batch_end: (batch, _) => adam.learning_rate = 0.01 / (batch + 2)));
        var steps = ((AdamOf)sent.Compiled[0]).Coefficients;
        Assert.Equal([0.01f, 0.005f, (float)(0.01 / 3)], steps.Select(s => s["lr_t"]));
        for (int t = 1; t <= 3; t++)
        {
            var step = steps[t - 1];
            Assert.Equal((0.8f, 0.99f, 1e-5f), (step["beta_1_t"], step["beta_2_t"], step["epsilon"]));
            Assert.Equal((MathF.Pow(0.8f, t), MathF.Pow(0.99f, t)), (step["beta_1_power"], step["beta_2_power"]));
        }
        Assert.Equal(3, adam.iterations);

        // Compiled again with the same optimizer, the model is another one there, which continues at step 4.
        Sizes(model);
        model.compile(adam, "sparse_categorical_crossentropy", engine: s_engine);
        model.fit(_x, _y, batch_size: 4, verbose: 0);
        Assert.NotSame(sent, RecordedSequential.Last);
        Assert.Equal(MathF.Pow(0.8f, 4), ((AdamOf)RecordedSequential.Last.Compiled[0]).Coefficients[0]["beta_1_power"]);
    }

    [Fact]
    public void Slots_go_with_the_optimizer_by_their_names()
    {
        var (model, sent) = Fit("sparse_categorical_crossentropy", "adam");
        var kernel = ((RecordedLayer)sent.Added[1]).Weights[0];
        var before = (AdamOf)sent.Compiled[0];
        before.add_slot(kernel, "m").assign(new Tensorflow.NumPy.NDArray((Array)Enumerable.Repeat(2f, 12).ToArray(), kernel.shape));
        before.add_slot(kernel, "v").assign(new Tensorflow.NumPy.NDArray((Array)Enumerable.Repeat(3f, 12).ToArray(), kernel.shape));
        Sizes(model);
        model.compile(model.optimizer!, model.loss!, engine: s_engine);
        model.predict(_x, verbose: 0);
        var now = (RecordedLayer)RecordedSequential.Last.Added[1];
        var after = ((AdamOf)RecordedSequential.Last.Compiled[0]).Slots;
        Assert.Equal(Enumerable.Repeat(2f, 12), after[(now.Weights[0], "m")].Values);
        Assert.Equal(Enumerable.Repeat(3f, 12), after[(now.Weights[0], "v")].Values);
        Assert.All(after[(now.Weights[1], "v")].Values, v => Assert.Equal(0, v));
    }

    /// <summary>Python's initial weights (<c>seeds.json</c>, baseline with seed 0) go down, and the weights after training come back.</summary>
    [Fact]
    public void Weights_both_ways()
    {
        keras.utils.set_random_seed(0);
        var model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(128, activation: "relu"),
            keras.layers.Dense(10, activation: "softmax")]);
        var sent = Take(model, new NDArray(new float[784], 1, 28, 28));
        var weights = sent.Added.OfType<RecordedLayer>().SelectMany(layer => layer.Weights).Cast<RecordedVariable>().ToArray();
        Assert.Equal(["784x128", "128", "128x10", "10"], weights.Select(w => string.Join("x", w.shape.dims)));
        Assert.Equal([0.0025443435f, -0.030974232f, 0.054977544f], weights[0].Values[..3]);

        weights[1].Values[5] = 42;
        model.compile("adam", "sparse_categorical_crossentropy", engine: s_engine);
        Assert.Equal(0, model.get_weights()[1].ToFloats()[5]);      // predicting changes no weights, so none were fetched
        model.variables[3].assign(new NDArray([.. Enumerable.Range(0, 10).Select(i => (float)i)]));
        Sizes(model);
        model.predict(new NDArray(new float[784], 1, 28, 28), verbose: 0);
        Assert.Equal(7, ((RecordedVariable)((RecordedLayer)RecordedSequential.Last.Added[^1]).Weights[1]).Values[7]);
    }

    /// <summary>TensorFlow's order for seed 0 (its random shuffle), whole batches, nothing shuffled again.</summary>
    [Fact]
    public void Rows_in_our_order()
    {
        keras.utils.set_random_seed(0);
        var call = Fit("sparse_categorical_crossentropy", "adam", seeded: true).Sent.Calls.Single();
        var order = new int[10];
        keras.utils.set_random_seed(0);
        Random.Seeds.Shuffle(order);
        Assert.NotEqual(Enumerable.Range(0, 10), order);
        Assert.Equal([10, 4], call.Shape);
        Assert.Equal(order.SelectMany(row => Enumerable.Range(row * 4, 4).Select(i => (float)i)), call.X);
        Assert.Equal(order.Select(row => (float)(row % 3)), call.Y);
        Assert.Equal(("fit", 4, "epochs 1 verbose 0 shuffle False"), (call.Verb, call.BatchSize, call.Options));
    }

    [Fact]
    public void Many_rows_in_parts_of_whole_batches()
    {
        var x = new NDArray([.. Enumerable.Range(0, 20_000).Select(i => (float)i)], 20_000, 1);
        var y = new NDArray(new int[20_000]);
        var model = keras.Sequential([keras.Input(1), keras.layers.Dense(3)]);
        model.compile("adam", "sparse_categorical_crossentropy", engine: s_engine);
        Sizes(model);
        var batches = new List<int>();
        model.fit(x, y, batch_size: 3000, shuffle: false, verbose: 0, callbacks: [new LambdaCallback(on_train_batch_end: (batch, _) => batches.Add(batch))]);
        model.evaluate(x, y, batch_size: 30_000, verbose: 0);
        Assert.Equal(2000, model.predict(x[..2000], batch_size: 7, verbose: 0).Length);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], batches);
        var calls = RecordedSequential.Last.Calls;
        Assert.Equal(["fit 6000", "fit 6000", "fit 6000", "fit 2000", "evaluate 20000", "predict 2000"], calls.Select(call => $"{call.Verb} {call.Shape[0]}"));
        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => (float)i), calls.Where(call => call.Verb == "fit").SelectMany(call => call.X));
        Assert.Equal(("verbose 0 is_val True", "verbose 0"), (calls[^2].Options, calls[^1].Options));
    }

    /// <summary>Not the running mean, but the batch's own loss and metrics; the last batch is short.</summary>
    [Fact]
    public void Each_batch_reports_what_it_gave()
    {
        var model = Small();
        model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"], s_engine);
        Sizes(model);
        var compiled = new TensorFlowModel(model, new Adam(), model.Goals);
        var results = new List<string>();
        Sizes(model);
        compiled.Test([new Portion([_x], [_y], [], Portion.InOrder(_x.Length), 4)], (batch, result) =>
        {
            results.Add($"{batch}: {result.Loss} of {result.Samples}, ({result.Metrics.ToArray().Sum()}, {result.Sizes[0]})");
            return true;
        }, atOnce: true);
        Assert.Equal(["0: 7.5 of 4, (1, 4)", "1: 23.5 of 4, (2, 4)", "2: 35.5 of 2, (0, 2)"], results);
    }

    [Fact]
    public void Nothing_is_printed()
    {
        var (output, previous) = (new StringWriter(), Console.Out);
        Console.SetOut(output);
        try
        {
            Fit("sparse_categorical_crossentropy", "adam").Model.evaluate(_x, _y, verbose: 0);
        }
        finally
        {
            Console.SetOut(previous);
        }
        Assert.Equal("", output.ToString());
    }

    private sealed class Doubling() : Layer("doubling")
    {
        public override Shape compute_output_shape(Shape input_shape) => input_shape;

        protected internal override Tensor Call(Graph g, Tensor x) => throw new NotSupportedException();
    }

    private sealed class Cube : ActivationFunction
    {
        protected internal override Tensor Call(Graph g, Tensor x) => throw new NotSupportedException();
    }

    private sealed class Lion() : Optimizer(0.1)
    {
        protected internal override string[][] Slots => [["momentum"]];

        protected internal override void Update(Kernels kernels, VariableUpdate update) => throw new NotSupportedException();
    }

    private sealed class Hinge : Loss
    {
        protected internal override void Check(NDArray targets, Shape outputs) { }

        protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred) => throw new NotSupportedException();
    }

    private sealed class TopK() : MeanMetric("top_k")
    {
        protected internal override Tensor Values(Graph g, Tensor y_true, Tensor y_pred) => throw new NotSupportedException();
    }

    [Fact]
    public void What_TensorFlow_Keras_lacks_is_refused_at_compile_by_its_name()
    {
        Refused("layer Doubling, used as 'doubling'", new Doubling(), "adam", new SparseCategoricalCrossentropy());
        Refused("activation Cube, used in layer 'cubed'", keras.layers.Dense(3, new Cube(), name: "cubed"), "adam", new SparseCategoricalCrossentropy());
        Refused("optimizer Lion", keras.layers.Dense(3), new Lion(), new SparseCategoricalCrossentropy());
        Refused("optimizer SGD", keras.layers.Dense(3), "sgd", new SparseCategoricalCrossentropy());
        foreach (var (setting, adam) in ((string, Adam)[])[("amsgrad", new(amsgrad: true)), ("weight_decay", new(weight_decay: 0.1)),
            ("clipnorm", new(clipnorm: 1)),
            ("clipvalue", new(clipvalue: 1)), ("global_clipnorm", new(global_clipnorm: 1)),
            ("gradient_accumulation_steps", new(gradient_accumulation_steps: 2))])
            Refused($"optimizer Adam with {setting}", keras.layers.Dense(3), adam, new SparseCategoricalCrossentropy());
        Refused("activation Sigmoid, used in layer 'cubed'", keras.layers.Dense(3, "sigmoid", name: "cubed"), "adam", new SparseCategoricalCrossentropy());
        Refused("loss MeanSquaredError", keras.layers.Dense(3), "adam", "mse");
        Refused("loss Hinge", keras.layers.Dense(3), "adam", new Hinge());
        Refused("metric TopK", keras.layers.Dense(3), "adam", new SparseCategoricalCrossentropy(), new TopK());
    }

    private static void Refused(string what, Layer layer, Optimizer optimizer, Loss loss, params Metric[] metrics)
    {
        var last = RecordedSequential.Last;
        foreach (var model in (Sequential[])[keras.Sequential([keras.Input(4), layer]), keras.Sequential([layer])])
        {
            Lacks(what, () => model.compile(optimizer, loss, metrics, s_engine));
            Assert.Null(model.optimizer);
        }
        Assert.Same(last, RecordedSequential.Last);     // nothing was built
    }

    [Fact]
    public void A_layer_added_after_compile_is_refused_before_anything_is_built()
    {
        var model = Small();
        model.compile("adam", "sparse_categorical_crossentropy", engine: s_engine);
        model.add(new Doubling());
        var last = RecordedSequential.Last;
        Lacks("layer Doubling, used as 'doubling'", () => model.fit(_x, _y, verbose: 0));
        Assert.Same(last, RecordedSequential.Last);
    }

    [Fact]
    public void What_is_no_chain_of_trained_layers_is_refused_by_name()
    {
        void Refused(string what, Model model) => Lacks(what, () => model.compile("adam", "sparse_categorical_crossentropy", engine: s_engine));
        Tensor x = keras.Input(4);
        Refused("model Functional, used as 'graph'", keras.Model(x, keras.layers.Dense(2).Apply(x), name: "graph"));
        Refused("layer Sequential, used as 'inner'", keras.Sequential([keras.Input(4), keras.Sequential([keras.layers.Dense(2)], name: "inner")]));
        Refused("layer BatchNormalization, used as 'bn'", keras.Sequential([keras.Input(4), keras.layers.BatchNormalization(name: "bn")]));
        Refused("layer Concatenate, used as 'c'", keras.Sequential([keras.layers.Concatenate(name: "c")]));
        Refused("layer Add, used as 'a'", keras.Sequential([keras.layers.Add(name: "a")]));
        var frozen = keras.Sequential([keras.Input(4), keras.layers.Dense(2, name: "frozen")], name: "whole");
        frozen.layers[0].trainable = false;
        Refused("frozen layer, used as 'frozen'", frozen);
        frozen.trainable = false;
        Refused("model 'whole' that isn't trainable", frozen);
    }

    private static void Lacks(string what, Action action) =>
        Assert.Equal($"Engine tensorflow has no {what}. Use engine managed, which has all of them.", Assert.Throws<ValueError>(action).Message);

    private static Sequential Small() => keras.Sequential([keras.Input(4), keras.layers.Dense(3, activation: "softmax")]);

    /// <summary>Three batches: 4, 4 and 2 rows.</summary>
    private (Sequential Model, RecordedSequential Sent) Fit(Loss loss, Optimizer optimizer, Callback? callback = null, bool seeded = false)
    {
        var model = Small();
        model.compile(optimizer, loss, ["accuracy"], s_engine);
        Sizes(model);
        model.fit(_x, _y, batch_size: 4, verbose: 0, shuffle: seeded, callbacks: callback is null ? [] : [callback]);
        return (model, RecordedSequential.Last);
    }

    private static RecordedSequential Take(Sequential model, NDArray x)
    {
        model.compile("adam", "sparse_categorical_crossentropy", engine: s_engine);
        Sizes(model);
        model.predict(x, verbose: 0);
        return RecordedSequential.Last;
    }

    /// <summary>Gives the recording layers weights like the model's.</summary>
    private static void Sizes(Sequential model)
    {
        RecordedSequential.Sizes.Clear();
        foreach (var layer in model.layers) RecordedSequential.Sizes.Enqueue([.. layer.variables.Select(w => (int[])[.. w.shape])]);
    }

    private static string Words(object added) => added switch
    {
        Recorded recorded => recorded.What,
        Tensorflow.Keras.Engine.KerasTensor input => "Input " + string.Join("x", input.shape.dims),
        RecordedLayer { Args: DenseArgs dense } => $"Dense {dense.Units} {dense.Activation!.Name} bias {dense.UseBias}",
        _ => added.GetType().Name,
    };
}
