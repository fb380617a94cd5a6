using KerasPort.Models;

namespace KerasPort.Tests.Training;

/// <summary>Each way to spell data, for a model of one input and one output, which accepts those that mean one array, and refuses the others.</summary>
public sealed class DataTests
{
    private static readonly NDArray s_x = new([0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f], 6, 1), s_y = new([0, 1, 1, 0, 1, 0]);

    private static Sequential Model()
    {
        keras.backend.clear_session();
        keras.utils.set_random_seed(2);
        var model = keras.Sequential([keras.Input(1, name: "t"), keras.layers.Dense(2, activation: "softmax", name: "p")]);
        model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
        return model;
    }

    [Fact]
    public void Every_spelling_of_one_array_is_the_same_training()
    {
        double expected = Loss(m => m.fit(s_x, s_y, verbose: 0));
        Assert.Equal(expected, Loss(m => m.fit([s_x], [s_y], verbose: 0)));
        Assert.Equal(expected, Loss(m => m.fit(new() { ["t"] = s_x }, new() { ["p"] = s_y }, verbose: 0)));
        Assert.Equal(expected, Loss(m => m.fit(new Dictionary<string, NDArray> { ["t"] = s_x }, new NDArray[] { s_y }, verbose: 0)));
        Assert.Equal(expected, Loss(m => m.fit([0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f], [0, 1, 1, 0, 1, 0], verbose: 0)));
        Assert.Equal(expected, Loss(m => m.fit(s_x.ToFloats(), s_y.ToInts(), verbose: 0)));

        static double Loss(Action<Sequential> fit)
        {
            var model = Model();
            fit(model);
            return model.evaluate(s_x, s_y, verbose: 0)[0];
        }
    }

    [Fact]
    public void Every_spelling_of_validation_data_is_the_same_evaluation()
    {
        double expected = Validated((s_x, s_y));
        Assert.Equal(expected, Validated((s_x, s_y, new NDArray([1f, 1, 1, 1, 1, 1]))), 6);
        Assert.Equal(expected, Validated(([s_x], [s_y])));
        Assert.Equal(expected, Validated(([s_x], s_y)));
        Assert.Equal(expected, Validated((s_x, new NDArray[] { s_y })));
        Assert.Equal(expected, Validated((new Data { ["t"] = s_x }, s_y)));
        (NDArray x, NDArray y)? perhaps = (s_x, s_y);
        Assert.Equal(expected, Validated(perhaps));

        static double Validated(Data? data) => Model().fit(s_x, s_y, validation_data: data, verbose: 0).history["val_loss"][0];
    }

    [Fact]
    public void Numbers_are_one_array()
    {
        var model = Model();
        float[] expected = model.predict(new NDArray([10f], 1, 1), verbose: 0).ToFloats();
        Assert.Equal(expected, model.predict([10.0], verbose: 0).ToFloats());
        Assert.Equal(expected, model.predict(new float[] { 10 }, verbose: 0).ToFloats());
        Assert.Equal(expected, model.predict(new double[,] { { 10 } }, verbose: 0).ToFloats());
        Assert.Equal(expected, model.predict_on_batch([10]).ToFloats());
    }

    [Fact]
    public void Parts_of_a_split_have_their_weights()
    {
        var data = Model().fit(s_x, s_y, validation_split: 0.5, sample_weight: new NDArray([1f, 1, 1, 1, 1, 1]), verbose: 0);
        Assert.Equal(Model().fit(s_x[..3], s_y[..3], validation_data: (s_x[3..], s_y[3..]), verbose: 0).history["val_loss"][0], data.history["val_loss"][0], 6);
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "two inputs", "The model has 1 input, ['t'], but `x` has 2 arrays: [array of shape (6, 1), array of shape (6, 1)]" },
        { "two targets", "The model has 1 target, ['p'], but `y` has 2 arrays: [array of shape (6,), array of shape (6,)]" },
        { "no input", "The model has 1 input, ['t'], but `x` has 0 arrays: []" },
        { "another name", "Missing data for input \"t\". You passed a data dictionary with keys ['u']. Expected the following keys: ['t']" },
        { "another target", "Missing data for target \"p\". You passed a data dictionary with keys ['q']. Expected the following keys: ['p']" },
        { "null among several", "None values not supported: `x` must be an array of inputs. Received: x=None" },
        { "a tuple", "The model has 1 input, ['t'], but `x` has 2 arrays: [array of shape (6, 1), array of shape (6,)]" },
        { "no y", "None values not supported: `y` must be an array of targets. Received: y=None" },
        { "weights",
            "Data cardinality is ambiguous. Make sure all arrays contain the same number of samples. 'x' sizes: 6, 'y' sizes: 6, 'sample_weight' sizes: 3" },
        { "validation weights",
            "Data cardinality is ambiguous. Make sure all arrays contain the same number of samples. 'x' sizes: 6, 'y' sizes: 6, 'sample_weight' sizes: 2" },
        { "validation without targets", "None values not supported: `y` must be an array of targets. Received: y=None" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_does_not_fit_is_named(string what, string message)
    {
        var model = Model();
        var error = Assert.Throws<ValueError>((Func<object>)(() => what switch
        {
            "two inputs" => model.fit([s_x, s_x], s_y),
            "two targets" => model.fit(s_x, [s_y, s_y]),
            "no input" => model.fit(new NDArray[0], s_y),
            "another name" => model.fit(new() { ["u"] = s_x }, s_y),
            "another target" => model.evaluate(s_x, new() { ["q"] = s_y }),
            "null among several" => model.predict(new NDArray[] { null! }),
            "a tuple" => model.predict((Data)(s_x, s_y)),
            "no y" => model.fit(s_x),
            "weights" => model.fit(s_x, s_y, sample_weight: s_y[..3]),
            "validation weights" => model.fit(s_x, s_y, validation_data: (s_x, s_y, s_y[..2])),
            _ => model.fit(s_x, s_y, validation_data: s_x),
        }));
        Assert.Equal(message, error.Message);
    }

    private static Model TwoInputs()
    {
        keras.backend.clear_session();
        keras.utils.set_random_seed(5);
        Tensor text = keras.Input(2, name: "text"), date = keras.Input(1, name: "date");
        var joined = keras.layers.Concatenate().Apply([text, date]);
        var model = keras.Model(inputs: [text, date], outputs: [keras.layers.Dense(2, activation: "softmax", name: "p").Apply(joined)]);
        model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
        return model;
    }

    /// <summary>A list in the order of the inputs, a dictionary in any order, and a generator of either.</summary>
    [Fact]
    public void Several_inputs_are_a_list_or_go_by_name()
    {
        NDArray text = new([.. Enumerable.Range(0, 12).Select(i => i / 12f)], 6, 2), date = s_x;
        string expected = Trained(m => m.fit([text, date], s_y, batch_size: 4, epochs: 2, shuffle: false, verbose: 0));
        Assert.Equal(expected, Trained(m => m.fit(new() { ["date"] = date, ["text"] = text }, s_y, batch_size: 4, epochs: 2, shuffle: false, verbose: 0)));
        Assert.Equal(expected, Trained(m => m.fit(new[] { text, date }, new[] { s_y }, batch_size: 4, epochs: 2, shuffle: false, verbose: 0)));
        Assert.Equal(expected, Trained(m => m.fit(Lists(), epochs: 2, steps_per_epoch: 2, verbose: 0)));
        Assert.Equal(expected, Trained(m => m.fit(Named(), epochs: 2, steps_per_epoch: 2, verbose: 0)));
        Assert.NotEqual(expected, Trained(m => m.fit([text, date * 2], s_y, batch_size: 4, epochs: 2, shuffle: false, verbose: 0)));

        var model = TwoInputs();
        float[] outputs = model.predict([text, date], verbose: 0).ToFloats();
        Assert.Equal(outputs, model.predict(new() { ["date"] = date, ["text"] = text }, verbose: 0).ToFloats());
        Assert.Equal(outputs, model.predict(Lists(), steps: 2, verbose: 0).ToFloats());
        Assert.Equal(model.evaluate([text, date], s_y, verbose: 0)[0],
            model.fit([text, date], s_y, epochs: 1, verbose: 0, validation_data: ([text, date], [s_y]),
            callbacks: new KerasPort.Callbacks.LambdaCallback(on_train_begin: _ => model.optimizer!.learning_rate = 0)).history["val_loss"][0]);

        IEnumerable<(NDArray[], NDArray)> Lists()
        {
            while (true)
            {
                yield return ([text[..4], date[..4]], s_y[..4]);
                yield return ([text[4..], date[4..]], s_y[4..]);
            }
        }

        IEnumerable<(Dictionary<string, NDArray>, NDArray)> Named() => Lists().Select(batch =>
            (new Dictionary<string, NDArray> { ["date"] = batch.Item1[1], ["text"] = batch.Item1[0] }, batch.Item2));

        static string Trained(Action<Model> fit)
        {
            var model = TwoInputs();
            fit(model);
            return string.Join(' ', model.get_weights().SelectMany(w => w.ToFloats()).Select(BitConverter.SingleToInt32Bits));
        }
    }

    public static TheoryData<string, string> RefusalsOfSeveral => new()
    {
        { "one", "The model has 2 inputs, ['text', 'date'], but `x` has 1 array: array of shape (6, 2)" },
        { "a name", "Missing data for input \"date\". You passed a data dictionary with keys ['text']. Expected the following keys: ['text', 'date']" },
        { "rows", "Data cardinality is ambiguous. Make sure all arrays contain the same number of samples. 'x' sizes: 6, 3, 'y' sizes: 6" },
        { "shape", "Input 1 ('date') of model 'functional' is incompatible with the model: expected shape=(None, 1), found shape=(None, 2)" },
    };

    [Theory]
    [MemberData(nameof(RefusalsOfSeveral))]
    public void Of_several_inputs_the_one_that_does_not_fit_is_named(string what, string message)
    {
        var model = TwoInputs();
        NDArray text = new(new float[12], 6, 2);
        var error = Assert.Throws<ValueError>((Func<object>)(() => what switch
        {
            "one" => model.fit(text, s_y),
            "a name" => model.fit(new() { ["text"] = text }, s_y),
            "rows" => model.fit([text, s_x[..3]], s_y),
            _ => model.fit([text, text], s_y),
        }));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Several_outputs_are_predicted_as_arrays()
    {
        keras.utils.set_random_seed(5);
        var x = keras.Input(1);
        var model = keras.Model(inputs: [x], outputs: [keras.layers.Dense(2).Apply(x), keras.layers.Dense(3, activation: "relu").Apply(x)]);
        var seen = new List<string>();
        var outputs = model.predict(s_x, batch_size: 4, verbose: 0, callbacks: new Watching(seen));
        var (two, three) = outputs;
        Assert.Equal(["(6, 2)", "(6, 3)"], [$"{two.shape}", $"{three.shape}"]);
        Assert.Same(three, outputs[-1]);
        Assert.Equal(2, outputs.Length);
        Assert.Equal(["(4, 2) (4, 3)", "(2, 2) (2, 3)"], seen);
        float[] kernel = model.get_weights()[0].ToFloats(), values = s_x.ToFloats();
        for (int row = 0; row < 6; row++) Assert.Equal(values[row] * kernel[1], outputs[0].ToFloats()[row * 2 + 1], 6);
        Assert.Equal(two.ToFloats(), model.predict_on_batch(s_x)[0].ToFloats());
        Assert.StartsWith("These are the 2 outputs of a model, not one array", Assert.Throws<ValueError>(() => outputs + 1).Message);
        Assert.Throws<ValueError>(() => outputs[2]);
        Assert.Throws<ValueError>(() => outputs[0, 0]);
        Assert.Throws<ValueError>(() => { var (_, _, _) = outputs; });
    }

    private sealed class Watching(List<string> seen) : KerasPort.Callbacks.Callback
    {
        public override void on_predict_batch_end(int batch, Logs logs) => seen.Add(string.Join(' ', logs.all_outputs.Select(o => o.shape)));
    }
}
