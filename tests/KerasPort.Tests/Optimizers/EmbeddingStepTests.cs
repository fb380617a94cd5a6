using KerasPort.Optimizers;

namespace KerasPort.Tests.Optimizers;

/// <summary>
/// Steps of a table whose rows occur several times in a batch: TensorFlow keeps such a gradient row by row, squares and clips it in this form, and
/// only then adds up the entries of each row. Numbers of Keras 3.15.1 on TensorFlow 2.16.2, after three steps.
/// </summary>
public class EmbeddingStepTests
{
    private static readonly Dictionary<string, (Func<Optimizer> Make, float First, float Second)> s_cases = new()
    {
        ["sgd"] = (() => keras.optimizers.SGD(0.1), 1.2377084f, 1.3803333f),
        ["momentum"] = (() => keras.optimizers.SGD(0.1, momentum: 0.9), 1.4477084f, 1.7163334f),
        ["adam"] = (() => keras.optimizers.Adam(0.1, epsilon: 0.01), 1.2222456f, 1.3057169f),
        ["rmsprop"] = (() => keras.optimizers.RMSprop(0.1, epsilon: 0.01), 1.6026338f, 1.8298752f),
        ["nadam"] = (() => keras.optimizers.Nadam(0.1, epsilon: 0.01), 1.2335017f, 1.3109916f),
        ["adagrad"] = (() => keras.optimizers.Adagrad(0.1), 1.2032387f, 1.2734509f),
        ["a norm"] = (() => keras.optimizers.SGD(0.1, clipnorm: 0.1), 1.0076284f, 1.0122057f),
        ["the norm of all"] = (() => keras.optimizers.SGD(0.1, global_clipnorm: 0.1), 1.0076286f, 1.0122058f),
        ["values"] = (() => keras.optimizers.SGD(0.1, clipvalue: 0.01), 1.0030001f, 1.0059007f),
        ["a norm, then adamw"] = (() => keras.optimizers.AdamW(0.1, weight_decay: 0.02, epsilon: 0.01, global_clipnorm: 0.1), 1.0238236f, 1.0389242f),
        ["adam, with a loss that is scaled"] =
            (() => keras.optimizers.LossScaleOptimizer(keras.optimizers.Adam(0.1, epsilon: 0.01), initial_scale: 256), 1.2222456f, 1.3057169f),
        ["values, with a loss that is scaled"] =
            (() => keras.optimizers.LossScaleOptimizer(keras.optimizers.SGD(0.1, clipvalue: 0.01), initial_scale: 256), 1.0030001f, 1.0059007f),
    };

    public static TheoryData<string> Names => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_that_were_picked_twice_change_as_in_Keras(string name)
    {
        var (make, first, second) = s_cases[name];
        var table = keras.layers.Embedding(4, 2, embeddings_initializer: "ones");
        var model = keras.Sequential([keras.Input(3), table, keras.layers.Flatten()]);
        model.compile(make(), "mse");
        for (int step = 0; step < 3; step++) model.train_on_batch(np.array([[1, 1, 2], [1, 0, 2]]), np.arange(12).reshape(2, 6).astype("float32"));
        float[] row = table.get_weights()[0][1].ToFloats();
        Assert.Equal(first, row[0], 2e-6f);
        Assert.Equal(second, row[1], 2e-6f);
    }

    [Fact]
    public void What_is_read_otherwise_too_is_a_whole_table()
    {
        NDArray Trained()
        {
            var table = keras.layers.Embedding(4, 2, embeddings_initializer: "ones", embeddings_regularizer: keras.regularizers.L2(1e-12));
            var model = keras.Sequential([keras.Input(3), table, keras.layers.Flatten()]);
            model.compile(keras.optimizers.Adam(0.1, epsilon: 0.01), "mse");
            for (int step = 0; step < 3; step++) model.train_on_batch(np.array([[1, 1, 2], [1, 0, 2]]), np.arange(12).reshape(2, 6).astype("float32"));
            return table.get_weights()[0][1];
        }
        // Keras' numbers for one-hot rows and a matrix.
        Assert.Equal([1.231874f, 1.2535887f], Trained().ToFloats(), (a, b) => Math.Abs(a - b) < 2e-6f);
    }
}
