using System.Globalization;
using System.Text.Json;
using KerasPort.Callbacks;
using KerasPort.Models;

namespace KerasPort.Tests.Models;

/// <summary>Trainings of small models with a seed: every epoch, the test and the predictions agree with Keras (<c>training.json</c>).</summary>
public class RecordedTrainingTests
{
    private delegate History[] Training(Sequential model, NDArray x, NDArray y);

    private static readonly Dictionary<string, (Func<Sequential> Build, Training Run)> s_cases = new()
    {
        ["linear"] = (Linear, (m, x, y) => [m.fit(x, y, epochs: 3, batch_size: 32, validation_split: 0.2, verbose: 0)]),
        ["dense"] = (Dense, (m, x, y) => [m.fit(x, y, epochs: 3, batch_size: 32, validation_split: 0.2, verbose: 0)]),
        ["conv"] = (Convolutions, (m, x, y) => [m.fit(x, y, epochs: 3, batch_size: 32, validation_split: 0.2, verbose: 0)]),
        ["logits"] = (Logits, (m, x, y) => [m.fit(x, y, epochs: 3, batch_size: 32, validation_split: 0.2, verbose: 0)]),
        ["no shuffle, short last batch"] = (Dense, (m, x, y) => [m.fit(x, y, epochs: 2, batch_size: 7, shuffle: false, verbose: 0)]),
        ["labels in a column"] = (Dense, (m, x, y) =>
        {
            var column = y.reshape(-1, 1);
            return [m.fit(x, column, epochs: 2, batch_size: 64, validation_data: (x[..50], column[..50]), verbose: 0)];
        }
        ),
        ["initial_epoch"] = (Dense, (m, x, y) => [m.fit(x, y, epochs: 3, initial_epoch: 1, verbose: 0)]),
        ["no epochs"] = (Dense, (m, x, y) => [m.fit(x, y, epochs: 2, initial_epoch: 2, verbose: 0)]),
        ["validation_freq"] = (Dense, (m, x, y) =>
            [m.fit(x, y, epochs: 5, validation_data: (x[100..], y[100..]), validation_batch_size: 11, validation_freq: 2, verbose: 0)]),
        ["a batch larger than the data"] = (Dense, (m, x, y) => [m.fit(x[..20], y[..20], epochs: 2, validation_split: 0.31, verbose: 0)]),
        ["fit again"] = (Dense, (m, x, y) => [m.fit(x, y, verbose: 0), m.fit(x, y, verbose: 0)]),
        ["compile again with a new optimizer"] = (Dense, (m, x, y) =>
        {
            var first = m.fit(x, y, verbose: 0);
            Compile(m);
            return [first, m.fit(x, y, verbose: 0)];
        }
        ),
        ["compile again with the same optimizer"] = (Dense, (m, x, y) =>
        {
            var first = m.fit(x, y, verbose: 0);
            m.compile(m.optimizer!, "sparse_categorical_crossentropy", ["accuracy"]);
            return [first, m.fit(x, y, verbose: 0)];
        }
        ),
        ["an optimizer comes back"] = (Dense, (m, x, y) =>
        {
            var optimizer = m.optimizer!;
            var first = m.fit(x, y, verbose: 0);
            Compile(m);
            var second = m.fit(x, y, verbose: 0);
            m.compile(optimizer, "sparse_categorical_crossentropy", ["accuracy"]);
            return [first, second, m.fit(x, y, verbose: 0)];
        }
        ),
        ["weights set between fits"] = (Dense, (m, x, y) =>
        {
            var first = m.fit(x, y, verbose: 0);
            m.set_weights([.. m.get_weights().Select(w => w / 2)]);
            return [first, m.fit(x, y, verbose: 0)];
        }
        ),
        ["learning rate set between fits"] = (Dense, (m, x, y) =>
        {
            var first = m.fit(x, y, verbose: 0);
            m.optimizer!.learning_rate = 0.02;
            return [first, m.fit(x, y, verbose: 0)];
        }
        ),
        ["NaN"] = (Linear, (m, x, y) =>
        {
            float[] values = x.ToFloats();
            values[150 * 12 + 3] = float.NaN;
            var broken = new NDArray(values, x.shape);
            return [m.fit(broken, y, epochs: 2, shuffle: false, batch_size: 50, validation_data: (x[..50], y[..50]), verbose: 0)];
        }
        ),
    };

    public static TheoryData<string> Recorded => [.. Fixtures.Cases("training.json").Select(c => c.GetProperty("case").GetString()!)];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Epochs_tests_and_predictions_are_those_of_Keras(string name)
    {
        var recorded = Fixtures.Cases("training.json").Single(c => c.GetProperty("case").GetString() == name);
        keras.utils.set_random_seed(3);
        var (build, run) = s_cases[name];
        var model = build();
        var (x, y) = SyntheticData.Rows(200, [.. model.input_shape[1..].ToArray()]);
        var histories = run(model, x, y);

        Assert.Equal(recorded.GetProperty("histories").GetArrayLength(), histories.Length);
        foreach (var (expected, actual) in recorded.GetProperty("histories").EnumerateArray().Zip(histories))
        {
            Assert.Equal(expected.EnumerateArray().Select(e => e[0].GetString()), actual.history.Keys);
            foreach (var entry in expected.EnumerateArray())
                AssertClose(Numbers(entry[1]), [.. actual.history[entry[0].GetString()!]], 2e-6);
        }
        double[] test = Numbers(recorded.GetProperty("test"));
        if (test.Length > 0) AssertClose(test, [.. model.evaluate(x[..150], y[..150], verbose: 0)], 2e-6);
        AssertClose(Numbers(recorded.GetProperty("predictions")), [.. model.predict(x[..3], verbose: 0).ToFloats().Select(v => (double)v)], 1e-5);
    }

    private static Sequential Linear() => Compile(keras.Sequential([keras.Input(12), keras.layers.Dense(5, activation: "softmax")]));

    private static Sequential Dense() => Compile(keras.Sequential([
        keras.Input(12), keras.layers.Dense(16, activation: "relu"), keras.layers.Dense(5, activation: "softmax")]));

    private static Sequential Convolutions() => Compile(keras.Sequential([
        keras.Input((8, 8, 2)),
        keras.layers.Conv2D(4, 3, strides: 2, padding: "same", activation: "relu"),
        keras.layers.MaxPooling2D((2, 2), strides: 1, padding: "same"),
        keras.layers.Conv2D(6, (2, 3), use_bias: false, activation: "relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(5, activation: "softmax")]));

    private static Sequential Logits()
    {
        var model = keras.Sequential([
            keras.Input((4, 4)), keras.layers.Flatten(), keras.layers.Dense(8, activation: "relu"), keras.layers.Dense(5)]);
        model.compile(keras.optimizers.Adam(learning_rate: 0.01), keras.losses.SparseCategoricalCrossentropy(from_logits: true), ["accuracy"]);
        return model;
    }

    private static Sequential Compile(Sequential model)
    {
        model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        return model;
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= tolerance, $"{i}: {actual[i]}, Keras {expected[i]}.");
    }

    private static double[] Numbers(JsonElement numbers) => [.. numbers.EnumerateArray().Select(n =>
        n.ValueKind == JsonValueKind.String ? double.Parse(n.GetString()!, CultureInfo.InvariantCulture) : n.GetDouble())];
}
