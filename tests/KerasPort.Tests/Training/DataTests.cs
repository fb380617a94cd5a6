using KerasPort.Models;
using Xunit;
using static KerasPort.Python;

namespace KerasPort.Tests.Training;

/// <summary>Each way to spell data, on a model of one input and one output, which takes those that mean one array, and refuses the others.</summary>
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
        Assert.Equal(expected, model.predict_outputs([10], verbose: 0).Single().ToFloats());
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
        { "a tuple", "`x` must be an array or several, not a tuple. Received: x=(array of shape (6, 1), array of shape (6,))" },
        { "no y", "None values not supported: `y` must be an array of targets. Received: y=None" },
        { "weights", "Data cardinality is ambiguous. Make sure all arrays contain the same number of samples. 'x' sizes: 6, 'y' sizes: 6, 'sample_weight' sizes: 3" },
        { "validation weights", "Data cardinality is ambiguous. Make sure all arrays contain the same number of samples. 'x' sizes: 6, 'y' sizes: 6, 'sample_weight' sizes: 2" },
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
}
