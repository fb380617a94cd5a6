using KerasPort.Graphs;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;

namespace KerasPort.Tests.Losses;

/// <summary>Losses as programs name, call and write them.</summary>
public sealed class LossTests
{
    private static NDArray Rows(int columns, params float[] values) => new(values, values.Length / columns, columns);

    /// <summary>Probabilities of 0 and 1 are clipped as float32 holds the limits: what Keras gives, row by row.</summary>
    [Fact]
    public void Probabilities_that_say_never_are_clipped()
    {
        NDArray t = Rows(3, 0, 0, 1, 0, 0, 0, 1, 1, 1), p = Rows(3, 0, 1, 0.5f, 1, 0, 1e-7f, 1e-9f, 1 - MathF.Pow(2, -24), 0.25f);
        Near([5.545177459716797f, 5.314128398895264f, 5.834796905517578f], keras.losses.binary_crossentropy(t, p));
        Near([5.551034450531006f, 5.857255458831787f, 5.7923197746276855f], keras.losses.binary_crossentropy(t, p, label_smoothing: 0.2));
        Near([5.564701f], keras.losses.BinaryCrossentropy().Apply(t, p));
    }

    /// <summary>Called directly, a loss gives one number, or one per sample, with weights counted as in Keras.</summary>
    [Theory]
    [InlineData("sum_over_batch_size", 2.5f)]
    [InlineData("mean", 2.5f)]
    [InlineData("sum", 5f)]
    [InlineData("mean_with_sample_weight", 2f)]
    [InlineData("none", 1f, 4f)]
    [InlineData(null, 1f, 4f)]
    public void By_hand_reductions_are_those_of_Keras(string? reduction, params float[] expected)
    {
        var loss = keras.losses.MeanSquaredError(reduction);
        Near(expected, reduction == "mean_with_sample_weight" ? loss.Apply(Rows(1, 1, 2), Rows(1, 0, 0), (NDArray)new float[] { 2, 1 })
            : loss.Apply(Rows(1, 1, 2), Rows(1, 0, 0)));
        Assert.Equal(reduction, (string?)loss.get_config()["reduction"]);
        Assert.Equal("Invalid value for argument `reduction`. Expected one of {'sum_over_batch_size', 'sum', None, 'none', 'mean', 'mean_with_sample_weight'}. "
            + "Received: reduction=most", Assert.Throws<ValueError>(() => keras.losses.Huber(reduction: "most")).Message);
    }

    [Theory]
    [InlineData("bce", typeof(KerasPort.Losses.BinaryCrossentropy))]
    [InlineData("BCE", typeof(KerasPort.Losses.BinaryCrossentropy))]
    [InlineData("categorical_crossentropy", typeof(KerasPort.Losses.CategoricalCrossentropy))]
    [InlineData("huber", typeof(Huber))]
    [InlineData("kld", typeof(KerasPort.Losses.KLDivergence))]
    [InlineData("kl_divergence", typeof(KerasPort.Losses.KLDivergence))]
    [InlineData("mae", typeof(KerasPort.Losses.MeanAbsoluteError))]
    [InlineData("MAE", typeof(KerasPort.Losses.MeanAbsoluteError))]
    [InlineData("MeanAbsoluteError", typeof(KerasPort.Losses.MeanAbsoluteError))]
    public void Names_are_those_of_Keras(string name, Type type)
    {
        Loss loss = name;
        Assert.Equal((type, name), (loss.GetType(), loss.Identifier));
    }

    /// <summary>A function of the library is a loss that a file can name; a custom function trains all the same, and so does a class.</summary>
    [Fact]
    public void A_function_or_a_class_is_a_loss()
    {
        double Trained(Action<Sequential> compile)
        {
            keras.utils.set_random_seed(3);
            var model = keras.Sequential([keras.Input(2), keras.layers.Dense(1)]);
            compile(model);
            return model.fit(Rows(2, 1, 2, 3, 4, 5, 6, 7, 8), Rows(1, 1, 2, 3, 4), batch_size: 2, epochs: 3, shuffle: false, verbose: 0).history["loss"][^1];
        }

        double expected = Trained(model => model.compile("sgd", "mse"));
        Assert.Equal(expected, Trained(model => model.compile("sgd", keras.losses.mean_squared_error)));
        Assert.Equal(expected, Trained(model => model.compile("sgd", (y_true, y_pred) => keras.ops.mean(keras.ops.square(y_true - y_pred), axis: -1))), 1e-6);
        Assert.Equal(expected, Trained(model => model.compile("sgd", new Squares())), 1e-6);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_told_at_once_in_one_line()
    {
        Assert.Equal("Loss 'mean_squared_error' compares a row of targets with each of outputs. Received: target.shape=(2, 1), output.shape=(3, 1)",
            Assert.Throws<ValueError>(() => keras.losses.MeanSquaredError().Apply(Rows(1, 1, 2), Rows(1, 1, 2, 3))).Message);
        Assert.Equal("Arguments `target` and `output` must have the same shape. Received: target.shape=(None, 2), output.shape=(None, 3)",
            Assert.Throws<ValueError>(() => keras.losses.BinaryCrossentropy().Apply(Rows(2, 1, 0), Rows(3, 1, 0, 1))).Message);
        Assert.Equal("Loss 'huber_loss' compares two arrays. Received: y_pred=None",
            Assert.Throws<ValueError>(() => keras.losses.Huber().Apply(Rows(1, 1), null!)).Message);
        Assert.Equal("Loss Silent does not have a `call()` method implemented.",
            Assert.Throws<ValueError>(() => new Silent().Apply(Rows(1, 1), Rows(1, 1))).Message);
    }

    /// <summary>Keras' values: the loss of whole numbers is a fraction, a function's result has the outputs' dtype, and a loss object's is float32.</summary>
    [Fact]
    public void Losses_of_whole_numbers_are_fractions()
    {
        NDArray t = np.array([1, 2]), p = np.array([2, 4]), isOne = np.array([true, false]);
        foreach (var type in (string[])["int32", "int64", "float32"]) Given(DType.float32, [2.5f], keras.losses.mean_squared_error(t, p.astype(type)));
        Given(DType.float64, [2.5f], keras.losses.mean_squared_error(t, p.astype("float64")));
        Given(DType.float32, [2.5f], keras.losses.mean_squared_error(t.astype("float64"), p.astype("float32")));
        Given(DType.float32, [1.5f], keras.losses.mean_absolute_error(t, p));
        Given(DType.float32, [1.5f], keras.losses.MeanAbsoluteError().Apply(t, p));
        Given(DType.float32, [0.5f], keras.losses.MeanAbsoluteError().Apply(isOne, np.array([true, true])));
        Given(DType.float32, [1.5f], keras.losses.MeanAbsoluteError().Apply(t.astype("float64"), p.astype("float64")));
        NDArray rows = p.reshape(2, 1), of = t.reshape(2, 1);
        Given(DType.float32, [0.5f, 4f], keras.losses.MeanSquaredError(reduction: "none").Apply(of, rows, np.array([.5, 1])));
        Given(DType.float32, [3f], keras.losses.MeanSquaredError(reduction: "mean_with_sample_weight").Apply(of, rows, np.array([1, 2])));
        Given(DType.float32, [5f], keras.losses.MeanSquaredError(reduction: "mean_with_sample_weight").Apply(t, p, np.array(2.0)));
        Given(DType.float32, [1f, 0f], keras.metrics.binary_accuracy(np.array([1, 0]), np.array([1.0, 1])));
        Given(DType.float32, [1f, 0f], keras.metrics.sparse_categorical_accuracy(np.array([1, 1]), np.array([[0, 1], [2, 1]])));
    }

    /// <summary>Keras' values: a focal loss has one weight, or one for each class, which a file holds.</summary>
    [Fact]
    public void A_focal_loss_takes_a_weight_for_each_class()
    {
        NDArray t = Rows(3, 0, 1, 0, 0, 0, 1), p = Rows(3, .05f, .95f, 0, .1f, .8f, .1f), alpha = np.array([.2, .3, .5]);
        Near([3.84699723e-05f, 0.932546963f], keras.losses.categorical_focal_crossentropy(t, p, alpha: alpha));
        var loss = keras.losses.CategoricalFocalCrossentropy(alpha);
        Near([0.46629268f], loss.Apply(t, p));
        Assert.Equal("[0.2,0.3,0.5]", loss.get_config()["alpha"]!.ToJsonString());
        Near([0.46629268f], Loss.from_config<CategoricalFocalCrossentropy>(loss.get_config()).Apply(t, p));
        Near([0.29870117f], keras.losses.CategoricalFocalCrossentropy(alpha, 1, from_logits: true, label_smoothing: 0.1).Apply(t, p));
        Near([0.18652222f], keras.losses.CategoricalFocalCrossentropy(np.array([.2])).Apply(t, p));
        NDArray images = Rows(3, 1, 0, 0, 0, 1, 0).reshape(1, 2, 3), given = Rows(3, .6f, .3f, .1f, .4f, .3f, .3f).reshape(1, 2, 3);
        Near([0.0966652f], loss.Apply(images, given));
        Assert.Equal("0.25", keras.losses.CategoricalFocalCrossentropy().get_config()["alpha"]!.ToJsonString());
        Assert.Equal("Loss 'categorical_focal_crossentropy' has one weight, or one for each class. Received: alpha=[0.2 0.3], output.shape=(None, 3)",
            Assert.Throws<ValueError>(() => keras.losses.CategoricalFocalCrossentropy(np.array([.2, .3])).Apply(t, p)).Message);
    }

    /// <summary>The losses of Keras' epochs.</summary>
    [Fact]
    public void A_focal_loss_with_a_weight_for_each_class_trains()
    {
        var model = keras.Sequential([keras.Input(2), keras.layers.Dense(3, activation: "softmax", kernel_initializer: "ones")]);
        model.compile(keras.optimizers.SGD(0.5), keras.losses.CategoricalFocalCrossentropy(np.array([.2, .3, .5])));
        NDArray x = Rows(2, 1, 2, 0, 1, 3, 1, 2, 2), y = Rows(3, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1);
        double[] expected = [0.18310202658176422, 0.1531526893377304, 0.14371024072170258];
        var losses = model.fit(x, y, batch_size: 4, epochs: 3, shuffle: false, verbose: 0).history["loss"];
        foreach (var (wanted, given) in expected.Zip(losses)) Assert.Equal(wanted, given, 1e-6);
    }

    /// <summary>Keras' values: applied by hand, a number or a row stands for all.</summary>
    [Fact]
    public void Numbers_and_rows_are_broadcast_by_hand()
    {
        Tensor row = Rows(3, .2f, .5f, .4f).reshape(3), rows = Rows(3, .2f, .5f, .3f, .4f, .1f, .5f), one = Rows(3, .2f, .5f, .4f);
        Near([-0.36888796f], keras.losses.kl_divergence(0.1, row));
        Near([1.4978662f], keras.losses.kl_divergence(row, 0.1));
        Near([-0.34011975f, -0.29957324f], keras.losses.kl_divergence(0.1, rows));
        Near([0.11507281f, 0.5768321f], keras.losses.kl_divergence(one, rows));
        Near([0.00333333f, 0.07000001f], keras.losses.mean_squared_error(row, rows));
        Near([0.00333333f, 0.07000001f], keras.losses.mean_squared_error(rows, one));
        Near([0.035f, 0.04166667f], keras.losses.huber(0.1, rows));
        Near([0.9281667f], keras.losses.squared_hinge(0.1, row));
        Near([0.84000003f, 0.99f], keras.losses.categorical_hinge(row, rows));
        Near([0.07666666805744171f], keras.losses.MeanSquaredError().Apply(0.1, rows));
        Near([0.34595245122909546f], keras.losses.KLDivergence().Apply(row, rows));
        Assert.Contains("element by element",
            Assert.Throws<ValueError>(() => keras.losses.mean_squared_error(np.array([.1, .2]), rows)).Message);
    }

    /// <summary>Keras' losses of the epochs: a regularizer of a program's own compares a number with the mean of the activities.</summary>
    [Fact]
    public void A_number_is_compared_with_activities_in_training()
    {
        keras.utils.set_random_seed(3);
        var model = keras.Sequential([
            keras.Input(2),
            keras.layers.Dense(4, activation: "sigmoid", kernel_initializer: "ones", activity_regularizer: new Sparsity()),
            keras.layers.Dense(1, kernel_initializer: "ones"),
        ]);
        model.compile(keras.optimizers.SGD(0.1), "mse");
        NDArray x = Rows(2, .1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f), y = Rows(1, .1f, .2f, .3f, .4f);
        var history = model.fit(x, y, batch_size: 2, epochs: 2, shuffle: false, verbose: 0).history["loss"];
        foreach (var (wanted, value) in new[] { 4.3982744216918945, 0.769662618637085 }.Zip(history)) Assert.Equal(wanted, value, 1e-5);
    }

    private sealed class Sparsity : Regularizers.Regularizer
    {
        protected internal override Tensor Call(Graph g, Tensor x)
        {
            var mean = tf.reduce_mean(x, axis: 0);
            return 0.5 * (keras.losses.kl_divergence(0.1, mean) + keras.losses.kl_divergence(1 - 0.1, 1 - mean));
        }
    }

    [Fact]
    public void Numbers_alone_are_refused()
    {
        Assert.Equal("Loss 'mean_squared_error' compares a row of targets with each of outputs. Received: target.shape=(), output.shape=()",
            Assert.Throws<ValueError>(() => keras.losses.mean_squared_error(np.array(1.0), np.array(2.0))).Message);
        Assert.Equal("Loss 'binary_crossentropy' compares a row of targets with each of outputs. Received: target.shape=(), output.shape=(2,)",
            Assert.Throws<ValueError>(() => keras.losses.BinaryCrossentropy().Apply(np.array(1.0), np.array([.5, .5]))).Message);
        Loss[] ofClasses = [keras.losses.Circle(), keras.losses.SparseCategoricalCrossentropy(), keras.losses.CategoricalCrossentropy()];
        foreach (var loss in ofClasses)
        {
            Assert.StartsWith("Loss '", Assert.Throws<ValueError>(() => loss.Apply(np.array(1.0), np.array(2.0))).Message);
            Assert.StartsWith("Loss '", Assert.Throws<ValueError>(() => loss.Apply(np.array(1), np.array([.5, .5]))).Message);
        }
        Metric[] metrics = [keras.metrics.CategoricalAccuracy(), keras.metrics.TopKCategoricalAccuracy(), keras.metrics.SparseCategoricalAccuracy(),
            keras.metrics.SparseTopKCategoricalAccuracy(), keras.metrics.OneHotIoU(2, [0]), keras.metrics.OneHotMeanIoU(2), keras.metrics.MeanIoU(2)];
        foreach (var metric in metrics)
            Assert.StartsWith("Metric '", Assert.Throws<ValueError>(() => metric.update_state(np.array(1.0), np.array(2.0))).Message);
    }

    private static void Given(DType type, float[] expected, Tensor actual)
    {
        Assert.Equal(type, actual.dtype);
        Near(expected, actual);
    }

    private static void Near(float[] expected, Tensor actual)
    {
        float[] given = actual.numpy().ToFloats();
        Assert.Equal(expected.Length, given.Length);
        foreach (var (wanted, value) in expected.Zip(given)) Assert.Equal(wanted, value, 1e-6 * Math.Max(1, Math.Abs(wanted)));
    }

    private sealed class Squares : Loss
    {
        public override Tensor call(Tensor y_true, Tensor y_pred) => keras.ops.mean(keras.ops.square(y_true - y_pred), axis: -1);
    }

    private sealed class Silent : Loss;
}
