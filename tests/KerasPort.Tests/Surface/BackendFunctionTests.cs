namespace KerasPort.Tests.Surface;

/// <summary>The functions that <c>tf.keras.backend</c> kept of Keras 2, with the values that it gives in Python.</summary>
public class BackendFunctionTests
{
    private static readonly BackendModule K = tf.keras.backend;

    [Fact]
    public void Values_types_and_shapes_are_those_of_Keras()
    {
        var t = tf.constant([[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]]);
        (Tensor Given, string Of, float[] Expected)[] all =
        [
            (K.argmax(t), "(2,) int64", [2, 1]),
            (K.argmin(t, 0), "(3,) int64", [0, 0, 1]),
            (K.std(t, axis: 1), "(2,) float32", [2.054805f, 4.966555f]),
            (K.var(t), "() float32", [14.47222f]),
            (K.hard_sigmoid(t), "(2, 3) float32", [0.7f, 0.09999999f, 1, 1, 1, 0]),
            (K.l2_normalize(t, axis: 1), "(2, 3) float32", [0.2672612f, -0.5345225f, 0.8017837f, 0.4558423f, 0.5698029f, -0.6837635f]),
            (K.permute_dimensions(t, (1, 0)), "(3, 2) float32", [1, 4, -2, 5, 3, -6]),
            (K.batch_flatten(tf.ones((2, 3, 2))), "(2, 6) float32", [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
            (K.repeat_elements(t, 2, 1), "(2, 6) float32", [1, 1, -2, -2, 3, 3, 4, 4, 5, 5, -6, -6]),
            (K.repeat(t, 2), "(2, 2, 3) float32", [1, -2, 3, 1, -2, 3, 4, 5, -6, 4, 5, -6]),
            (K.batch_dot(t, t, axes: 1), "(2, 1) float32", [14, 77]),
            (K.batch_dot(t, t), "(2, 1) float32", [14, 77]),
            (K.batch_dot(K.repeat(t,2), t), "(2, 2) float32", [14, 14, 77, 77]),
            (K.batch_dot(K.repeat(t,2), K.expand_dims(t)), "(2, 2, 1) float32", [14, 14, 77, 77]),
            (K.one_hot(tf.constant([0, 2]), 3), "(2, 3) float32", [1, 0, 0, 0, 0, 1]),
            (K.@switch(t > 0, t, -t), "(2, 3) float32", [1, 2, 3, 4, 5, 6]),
            (K.relu(t, alpha: 0.1, max_value: 4.0), "(2, 3) float32", [1, -0.2f, 3, 4, 4, -0.6f]),
            (K.relu(t, threshold: 2.0), "(2, 3) float32", [0, 0, 3, 4, 5, 0]),
            (K.elu(t, 0.5), "(2, 3) float32", [1, -0.4323324f, 3, 4, 5, -0.4987606f]),
            (K.softmax(t), "(2, 3) float32", [0.1184997f, 0.00589975f, 0.8756006f, 0.2689382f, 0.7310496f, 1.220977e-05f]),
            (K.any(t > 4), "() bool", [1]),
            (K.all(t, axis: 1), "(2,) bool", [1, 1]),
            (K.cast(t > 0, "int32"), "(2, 3) int32", [1, 0, 1, 1, 1, 0]),
            (K.mean(t > 0), "() float32", [0.6666667f]),
            (K.mean(K.equal(t, K.abs(t)), axis: 0), "(3,) float32", [1, 0.5f, 0.5f]),
            (K.binary_crossentropy(tf.constant([[1.0, 0.0]]), tf.constant([[0.7, 0.4]])), "(1, 2) float32", [0.3566748f, 0.5108254f]),
            (K.constant([1, 2]), "(2,) float32", [1, 2]),
            (K.dot(t, K.transpose(t)), "(2, 2) float32", [14, -24, -24, 77]),
            (K.arange(3), "(3,) int32", [0, 1, 2]),
            (K.arange(1, 7, 2), "(3,) int32", [1, 3, 5]),
            (K.sign(t), "(2, 3) float32", [1, -1, 1, 1, 1, -1]),
            (K.prod(t), "() float32", [720]),
            (K.prod(t, axis: 0), "(3,) float32", [4, -10, -18]),
            (K.cumsum(t, axis: 1), "(2, 3) float32", [1, -1, 2, 4, 9, 3]),
            (K.cumprod(t), "(2, 3) float32", [1, -2, 3, 4, -10, -18]),
            (K.reverse(t, 0), "(2, 3) float32", [4, 5, -6, 1, -2, 3]),
            (K.stack([t, t]), "(2, 2, 3) float32", [1, -2, 3, 4, 5, -6, 1, -2, 3, 4, 5, -6]),
            (K.expand_dims(t), "(2, 3, 1) float32", [1, -2, 3, 4, 5, -6]),
            (K.concatenate([t, t]), "(2, 6) float32", [1, -2, 3, 1, -2, 3, 4, 5, -6, 4, 5, -6]),
            (K.clip(t, 0, 1), "(2, 3) float32", [1, 0, 1, 1, 1, 0]),
            (K.clip(t, null, 2.0), "(2, 3) float32", [1, -2, 2, 2, 2, -6]),
            (K.flatten(t), "(6,) float32", [1, -2, 3, 4, 5, -6]),
            (K.squeeze(K.expand_dims(t), -1), "(2, 3) float32", [1, -2, 3, 4, 5, -6]),
            (K.categorical_crossentropy(tf.constant([[1.0, 0.0, 0.0]]), tf.constant([[0.7, 0.2, 0.1]])), "(1,) float32", [0.356675f]),
            (K.sparse_categorical_crossentropy(tf.constant([1]), tf.constant([[0.7, 0.2, 0.1]])), "(1,) float32", [1.609438f]),
            (K.pow(t, 2), "(2, 3) float32", [1, 4, 9, 16, 25, 36]),
            (K.gather(t, tf.constant([1, 0])), "(2, 3) float32", [4, 5, -6, 1, -2, 3]),
            (K.maximum(1 - t, 0), "(2, 3) float32", [0, 3, 0, 0, 0, 7]),
            (K.minimum(t, 0.0), "(2, 3) float32", [0, -2, 0, 0, 0, -6]),
            (K.round(t / 3), "(2, 3) float32", [0, -1, 1, 1, 2, -2]),
            (K.exp(t), "(2, 3) float32", [2.718282f, 0.1353353f, 20.08554f, 54.59815f, 148.4132f, 0.002478752f]),
            (K.log(K.abs(t)), "(2, 3) float32", [0, 0.6931472f, 1.098612f, 1.386294f, 1.609438f, 1.791759f]),
            (K.sqrt(K.abs(t)), "(2, 3) float32", [1, 1.414214f, 1.732051f, 2, 2.236068f, 2.44949f]),
            (K.tile(t, (1, 2)), "(2, 6) float32", [1, -2, 3, 1, -2, 3, 4, 5, -6, 4, 5, -6]),
            (K.eye(2), "(2, 2) float32", [1, 0, 0, 1]),
            (K.cast_to_floatx(tf.constant([1, 2])), "(2,) float32", [1, 2]),
            (K.sum(t, axis: [0, 1], keepdims: true), "(1, 1) float32", [5]),
            (K.max(t), "() float32", [5]),
            (K.min(t, axis: -1), "(2,) float32", [-2, -6]),
            (K.ones_like(t), "(2, 3) float32", [1, 1, 1, 1, 1, 1]),
            (K.zeros(2), "(2,) float32", [0, 0]),
            (K.softplus(t), "(2, 3) float32", [1.313262f, 0.126928f, 3.048587f, 4.01815f, 5.006715f, 0.002475685f]),
            (K.softsign(t), "(2, 3) float32", [0.5f, -0.6666667f, 0.75f, 0.8f, 0.8333333f, -0.8571429f]),
            (K.sin(t), "(2, 3) float32", [0.841471f, -0.9092974f, 0.14112f, -0.7568025f, -0.9589243f, 0.2794155f]),
            (K.cos(t), "(2, 3) float32", [0.5403023f, -0.4161468f, -0.9899925f, -0.6536436f, 0.2836622f, 0.9601703f]),
            (K.tanh(t), "(2, 3) float32", [0.7615942f, -0.9640276f, 0.9950547f, 0.9993292f, 0.9999092f, -0.9999878f]),
            (K.not_equal(t, 1.0), "(2, 3) bool", [0, 1, 1, 1, 1, 1]),
            (K.less(t, 1.0), "(2, 3) bool", [0, 1, 0, 0, 0, 1]),
            (K.greater_equal(t, 1.0), "(2, 3) bool", [1, 0, 1, 1, 1, 0]),
            (K.shape(t), "(2,) int32", [2, 3]),
        ];
        foreach (var (given, of, expected) in all)
        {
            Assert.Equal(of, $"{given.numpy().shape} {given.dtype.name}");
            var values = given.numpy().ToFloats();
            foreach (var (wanted, value) in expected.Zip(values))
                Assert.True(Math.Abs(wanted - value) <= 1e-6 * Math.Max(1, Math.Abs(wanted)), $"{of}: {given}");
        }
        Assert.Equal(("(2, 3)", 2, 6, "float32", 5.0), ($"{K.int_shape(t)}", K.ndim(t), K.count_params(t), K.dtype(t), (double)K.get_value(K.sum(t))));
        Assert.Contains("rank(x)=1", Assert.Throws<ValueError>(() => K.repeat(tf.constant([1.0]), 2)).Message);
    }

    /// <summary>A seed that isn't given is drawn from <c>np.random</c>, as in Keras.</summary>
    [Fact]
    public void Random_numbers_follow_the_seeds_of_numpy_and_tf()
    {
        np.random.seed(5);
        tf.random.set_seed(5);
        Assert.Equal("[-0.55387455  0.10010731  0.43302742]", K.random_normal(3).numpy().ToString());
        Assert.Equal("[4.418965  3.0712736]", K.random_uniform(2, 0, 5).numpy().ToString());
        Assert.Equal(0.9186109079379216, np.random.rand());
        tf.random.set_seed(5);
        Assert.Equal(K.eval(K.random_normal((2, 3), seed: 4)).ToFloats(), Again());

        static float[] Again()
        {
            tf.random.set_seed(5);
            return K.random_normal(tf.shape(tf.zeros((2, 3))), seed: 4).numpy().ToFloats();
        }
    }

    [Fact]
    public void Variables_are_read_and_set_together()
    {
        var (a, b) = (K.variable(np.array([1, 2])), K.variable(np.array([[3.0]])));
        K.batch_set_value([(a, np.array([5.0, 6.0])), (b, np.array([[7.0]]))]);
        Assert.Equal(["[5. 6.]", "[[7.]]"], K.batch_get_value([a, b]).Select(value => value.ToString()));
    }

    /// <summary>The epochs are those of Keras, for the metrics with which many programs measure precision and overlap.</summary>
    [Fact]
    public void Functions_of_a_program_measure_and_are_losses()
    {
        Tensor dice(Tensor y_true, Tensor y_pred)
        {
            Tensor of = K.flatten(y_true), to = K.flatten(y_pred);
            return (2.0 * K.sum(of * to) + 1) / (K.sum(of) + K.sum(to) + 1);
        }
        Tensor precision(Tensor y_true, Tensor y_pred) =>
            K.sum(K.round(K.clip(y_true * y_pred, 0, 1))) / (K.sum(K.round(K.clip(y_pred, 0, 1))) + K.epsilon());
        Tensor accuracy(Tensor y_true, Tensor y_pred) => K.mean(K.equal(y_true, K.round(y_pred)));

        var x = np.random.RandomState(1).rand(24, 8).astype("float32");
        var y = (x.sum(axis: 1, keepdims: true) > 4).astype("float32");
        var dense = keras.layers.Dense(1, activation: "sigmoid", kernel_initializer: "ones", bias_initializer: keras.initializers.Constant(-3.8));
        var model = keras.Sequential([keras.Input(8), dense]);
        model.compile("sgd", (y_true, y_pred) => keras.losses.binary_crossentropy(y_true, y_pred) + 1 - dice(y_true, y_pred),
            metrics: ["acc", new(dice), new(precision), new(accuracy)]);
        var history = model.fit(x, y, batch_size: 8, epochs: 2, shuffle: false, verbose: 0).history;
        (string, double[])[] expected =
        [
            ("acc", [0.9583333134651184, 0.9583333134651184]),
            ("accuracy", [0.9583333134651184, 0.9583333134651184]),
            ("dice", [0.6660646200180054, 0.6666625142097473]),
            ("loss", [0.7719151377677917, 0.7709658741950989]),
            ("precision", [0.9166666865348816, 0.9166666865348816]),
        ];
        Assert.Equal(expected.Select(one => one.Item1), history.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, epochs) in expected)
            foreach (var (wanted, value) in epochs.Zip(history[name])) Assert.Equal(wanted, value, 1e-6);
    }
}
