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
        ["adam with the largest"] = (() => keras.optimizers.Adam(0.1, epsilon: 0.01, amsgrad: true), 1.2222456f, 1.3057169f),
        ["adam of three batches"] = (() => keras.optimizers.Adam(0.1, epsilon: 0.01, gradient_accumulation_steps: 3), 1.0724909f, 1.080829f),
        ["rmsprop around a mean"] = (() => keras.optimizers.RMSprop(0.1, epsilon: 0.01, centered: true, momentum: 0.5), 1.9413137f, 2.3721714f),
        ["adamax"] = (() => keras.optimizers.Adamax(0.1, epsilon: 0.01), 1.207887f, 1.2921804f),
        ["adamax with a norm"] = (() => keras.optimizers.Adamax(0.1, epsilon: 0.01, clipnorm: 0.1), 1.1648911f, 1.2381617f),
        ["adadelta"] = (() => keras.optimizers.Adadelta(1, epsilon: 0.01), 1.9276314f, 2.3285954f),
        ["adadelta with values"] = (() => keras.optimizers.Adadelta(1, epsilon: 0.01, clipvalue: 0.2), 1.3837315f, 1.8775214f),
        ["ftrl"] = (() => keras.optimizers.Ftrl(0.1, l2_shrinkage_regularization_strength: 0.01), 0.87592983f, 0.99431294f),
        ["adafactor"] = (() => keras.optimizers.Adafactor(0.1), 1.2898265f, 1.406213f),
        ["adafactor that cuts"] = (() => keras.optimizers.Adafactor(0.1, clip_threshold: 0.5), 1.1658566f, 1.2315886f),
        ["lamb"] = (() => keras.optimizers.Lamb(0.1, epsilon: 0.01), 1.3117334f, 1.4148283f),
        ["lion"] = (() => keras.optimizers.Lion(0.01), 1.03f, 1.03f),
        ["muon"] = (() => keras.optimizers.Muon(0.1, epsilon: 0.01), 1.2209835f, 1.3044142f),
        ["muon of a matrix"] = (() => keras.optimizers.Muon(0.1, exclude_embeddings: false), 0.95022994f, 1.0821794f),
        ["free of a schedule"] = (() => keras.optimizers.ScheduleFreeAdamW(0.1, epsilon: 0.01), 0.2263716f, 0.27493584f),
        ["adam with a norm"] = (() => keras.optimizers.Adam(0.1, epsilon: 0.01, clipnorm: 0.1), 1.0297204f, 1.046479f),
        ["adagrad with a norm"] = (() => keras.optimizers.Adagrad(0.1, clipnorm: 0.1), 1.0239145f, 1.0381382f),
        ["adafactor with the norm of all"] = (() => keras.optimizers.Adafactor(0.1, global_clipnorm: 0.1), 1.2644503f, 1.3503311f),
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
    public void A_norm_is_that_of_all_picks_of_a_table()
    {
        var table = keras.layers.Embedding(4, 2, embeddings_initializer: "ones");
        var (one, other) = (keras.Input(3), keras.Input(3));
        var model = keras.Model([one, other], keras.layers.Flatten().Apply(table.Apply(one) * 0.3f + table.Apply(other)));
        model.compile(keras.optimizers.Adam(0.1, epsilon: 0.01, clipnorm: 0.1), "mse");
        for (int step = 0; step < 3; step++)
            model.train_on_batch(new[] { np.array([[1, 1, 2], [1, 0, 2]]), np.array([[2, 1, 1], [2, 0, 1]]) }, np.arange(12).reshape(2, 6).astype("float32"));
        Assert.Equal([1.0730559f, 1.0919824f], table.get_weights()[0][1].ToFloats(), (a, b) => Math.Abs(a - b) < 2e-6f);
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
