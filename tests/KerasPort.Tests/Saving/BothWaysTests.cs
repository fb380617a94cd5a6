using System.Text.Json;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Optimizers;
using KerasPort.Random;

namespace KerasPort.Tests.Saving;

/// <summary>
/// Every layer and setting there and back: written here, loaded by the real Keras, trained further there, written there, loaded here and trained further.
/// Needs a Python that has Keras, named by KERASPORT_PYTHON.
/// </summary>
[Slow]
public class BothWaysTests
{
    /// <summary>Models that together have all layers with all their settings.</summary>
    internal static Dictionary<string, Func<Model>> Models { get; } = new()
    {
        ["dense"] = () => Compiled(keras.Sequential(
            [keras.Input((5, 6)), keras.layers.Flatten(), keras.layers.Dense(7, activation: "relu"), keras.layers.Dense(4, activation: "softmax")])),
        ["dense-first-data"] = () =>
        {
            var model = Compiled(keras.Sequential([keras.layers.Flatten(name: "flat"), keras.layers.Dense(3, use_bias: false)], name: "by_data"));
            model.build((null, 4, 3));
            return model;
        },
        ["dense-of-sequences"] = () => Compiled(keras.Sequential(
            [keras.Input((4, 6), name: "in"), keras.layers.Dense(
            5, "tanh", kernel_initializer: keras.initializers.GlorotUniform(7), bias_initializer: "glorot_uniform"), keras.layers.Activation("relu"),
            keras.layers.Dense(3), keras.layers.Activation("softmax", name: "probabilities")]),
            optimizer: keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.1, 2, 0.5), 0.9, true, clipnorm: 0.5)),
        ["fixed-batch"] = () => Compiled(keras.Sequential(
            [keras.Input(9, batch_size: 32), keras.layers.Dense(6, activation: "linear"), keras.layers.Dense(2, activation: "softmax")]),
            optimizer: keras.optimizers.Nadam(0.01)),
        ["convolutions"] = () => Compiled(keras.Sequential([
            keras.layers.Conv2D(3, (3, 2), strides: (2, 1), padding: "same", activation: "relu", input_shape: (14, 10, 2)),
                keras.layers.MaxPooling2D((3, 2), strides: (2, 1), padding: "same"),
            keras.layers.Conv2D(4, 3, dilation_rate: 2, padding: "same", use_bias: false, activation: "tanh"), keras.layers.MaxPooling2D(2, 1),
            keras.layers.Conv2D(5, 2), keras.layers.Activation("relu"), keras.layers.MaxPooling2D(), keras.layers.Flatten(),
                keras.layers.Dense(6, "sigmoid")]), fromLogits: true,
            optimizer: keras.optimizers.Adam(0.01, amsgrad: true, weight_decay: 0.01, gradient_accumulation_steps: 2)),
        ["pixelwise"] = () => Compiled(keras.Sequential(
            [keras.Input((6, 5, 3)), keras.layers.Conv2D(4, 1, activation: "softmax"), keras.layers.MaxPooling2D(2, padding: "same")]),
            optimizer: keras.optimizers.RMSprop(keras.optimizers.schedules.CosineDecay(0.01, 6, warmup_target: 0.02, warmup_steps: 2),
                momentum: 0.9, centered: true)),
        ["sequences"] = () => Compiled(keras.Sequential([
            keras.Input((11, 3)), keras.layers.Conv1D(5, 3, padding: "causal", dilation_rate: 2, activation: "relu"),
            keras.layers.Conv1D(4, 4, strides: 2, padding: "same", use_bias: false), keras.layers.Conv1D(6, 2, activation: "tanh"),
            keras.layers.Flatten(), keras.layers.Dense(3, "softmax")])),
        ["convolutions-of-channels"] = () => Compiled(keras.Sequential([
            keras.Input((9, 8, 3)), keras.layers.DepthwiseConv2D((3, 2), strides: 2, padding: "same", depth_multiplier: 2, activation: "relu"),
            keras.layers.SeparableConv2D(5, 3, depth_multiplier: 2, padding: "same", dilation_rate: 2, activation: "tanh"),
            keras.layers.Conv2DTranspose(4, 3, strides: 2, padding: "same", output_padding: (0, 1)),
            keras.layers.Conv2DTranspose(3, 2, strides: (3, 1), activation: "relu", use_bias: false), keras.layers.DepthwiseConv2D(2, use_bias: false),
            keras.layers.Flatten(), keras.layers.Dense(3, "softmax")])),
        ["poolings"] = Poolings,
        ["merges"] = Merges,
        ["activations"] = () => Compiled(keras.Sequential([
            keras.Input((4, 5, 2)), keras.layers.Conv2D(3, 2, activation: "elu"), keras.layers.LeakyReLU(0.125), keras.layers.Dense(4, "softplus"),
            keras.layers.ELU(0.5), keras.layers.Flatten(), keras.layers.Dense(6, "selu"), keras.layers.Dense(5, "leaky_relu"),
            keras.layers.Dense(5, "softsign"), keras.layers.ReLU(), keras.layers.Dense(5, "exponential"), keras.layers.Dense(4), keras.layers.Softmax()])),
        // Without pairs of factors, and RandomContrast and RandomBrightness: Keras can't write lists that it loaded to .h5.
        ["augmentation"] = () => Compiled(keras.Sequential([
            keras.Input((6, 7, 2)), keras.layers.RandomFlip(seed: 1), keras.layers.RandomTranslation(0.2, 0.1, seed: 2),
                keras.layers.RandomRotation(0.1, "constant", seed: 3),
            keras.layers.RandomZoom(0.2, interpolation: "nearest", seed: 4),
            keras.layers.Conv2D(3, 2), keras.layers.SpatialDropout2D(0.3, seed: 7), keras.layers.Flatten(),
            keras.layers.GaussianNoise(0.1, seed: 8), keras.layers.GaussianDropout(0.2, seed: 9), keras.layers.Dense(3, "softmax")])),
        ["normalizations"] = Normalizations,
        ["graph"] = Graph,
        ["graph-of-two-outputs"] = TwoOutputs,
        ["nested"] = Nested,
        ["functions"] = Functions,
        ["tables"] = () =>
        {
            Tensor x = keras.Input(6), number = keras.Input(2, dtype: "int64");
            var (bins, words) = (keras.layers.Discretization(num_bins: 4), keras.layers.IntegerLookup(vocabulary: [3, 0, 1], output_mode: "multi_hot"));
            bins.adapt(np.array([[0.1, 0.2, 0.35], [0.5, 0.6, 0.9]]));
            Tensor[] all = [
                keras.layers.CategoryEncoding(4, "count").Apply(bins.Apply(x)), words.Apply(number),
                    keras.layers.Hashing(3, output_mode: "count", salt: 5).Apply(number),
                keras.layers.Discretization([0.25, 0.75], output_mode: "multi_hot").Apply(x)];
            return Compiled(keras.Model([x, number], keras.layers.Dense(3, activation: "softmax").Apply(keras.layers.Concatenate().Apply(all))));
        },
        ["volumes"] = () => Compiled(keras.Sequential([
            keras.Input((5, 6, 7, 2)), keras.layers.Conv3D(3, (2, 3, 2), strides: (1, 2, 1), padding: "same", activation: "relu"),
            keras.layers.ZeroPadding3D((1, 0, 1)),
            keras.layers.MaxPooling3D((2, 1, 2)), keras.layers.Conv3DTranspose(2, 2, strides: (2, 1, 1), output_padding: (1, 0, 0)),
            keras.layers.Cropping3D(((1, 0), (0, 1), (1, 1))),
            keras.layers.UpSampling3D((1, 2, 1)), keras.layers.AveragePooling3D(2, padding: "same"), keras.layers.SpatialDropout3D(0),
            keras.layers.Flatten(), keras.layers.Dense(3, "softmax")])),
        ["groups"] = () => Compiled(keras.Sequential([
            keras.Input((7, 6, 4)), keras.layers.Conv2D(6, 3, groups: 2, activation: "relu"), keras.layers.Conv2D(4, 2, groups: 2, use_bias: false),
            keras.layers.Reshape((12, 4)), keras.layers.Conv1D(4, 3, groups: 4, padding: "same"), keras.layers.GlobalMaxPooling1D(),
            keras.layers.Dense(3, "softmax")])),
        ["channels-first"] = () => Compiled(keras.Sequential([
            keras.Input((3, 8, 7)), keras.layers.ZeroPadding2D(1, "channels_first"), keras.layers.Cropping2D((0, 1), "channels_first"),
            keras.layers.UpSampling2D(2, "channels_first"), keras.layers.BatchNormalization(axis: 1),
            keras.layers.GlobalAveragePooling2D("channels_first", keepdims: true),
            keras.layers.Flatten("channels_first"), keras.layers.Dense(3, "softmax")])),
        ["more-layers"] = MoreLayers,
        ["spectral"] = () => Compiled(keras.Sequential([
            keras.Input((6, 5, 2)), keras.layers.SpectralNormalization(keras.layers.Conv2D(4, 3, activation: "relu")),
            keras.layers.SpectralNormalization(keras.layers.Conv2DTranspose(3, 2, use_bias: false), power_iterations: 3), keras.layers.Flatten(),
            keras.layers.SpectralNormalization(keras.layers.Dense(3, "softmax", kernel_regularizer: "l2"))])),
        ["masks-in-a-row"] = () => Compiled(keras.Sequential([
            keras.Input(6), keras.layers.Rescaling(5.0), keras.layers.Embedding(5, 4, embeddings_regularizer: "l2", mask_zero: true),
            keras.layers.Dense(5, "tanh"), keras.layers.BatchNormalization(), keras.layers.LayerNormalization(),
            keras.layers.TimeDistributed(keras.layers.Dense(4)), keras.layers.Dense(3, "softmax")])),
        ["masks"] = Masks,
        ["wrappers"] = () =>
        {
            Tensor x = keras.Input((4, 5, 3));
            var steps = keras.Sequential([keras.layers.Dense(3), keras.layers.BatchNormalization()], name: "steps");
            var y = keras.layers.TimeDistributed(keras.layers.Dense(4, activation: "relu")).Apply(x);
            y = keras.layers.Pipeline([keras.layers.Rescaling(0.5), keras.layers.Conv2D(3, 2)]).Apply(y);
            y = keras.layers.TimeDistributed(keras.layers.Flatten()).Apply(keras.layers.TimeDistributed(steps).Apply(y));
            return Compiled(keras.Model(x, keras.layers.Dense(3, activation: "softmax").Apply(keras.layers.Flatten().Apply(y))));
        },
    };

    /// <summary>Two inputs, a shared layer, a frozen one, and nested models of each kind.</summary>
    private static Model Graph()
    {
        Tensor a = keras.Input(5, name: "left"), b = keras.Input(5, name: "right"), c = keras.Input(6);
        var shared = keras.layers.Dense(3, activation: "tanh");
        var frozen = keras.layers.Dense(6);
        frozen.trainable = false;
        var chain = keras.Sequential([keras.Input(6), keras.layers.Dense(6, use_bias: false), keras.layers.BatchNormalization(momentum: 0.8)], name: "chain");
        var residual = keras.Model(c, keras.layers.Add().Apply([frozen.Apply(c), c]), name: "residual");
        var x = residual.Apply(chain.Apply(keras.layers.Concatenate().Apply([shared.Apply(a), shared.Apply(b)])));
        return Compiled(keras.Model([a, b], keras.layers.Dense(4, activation: "softmax").Apply(x), name: "graph"), optimizer: keras.optimizers.Adagrad(0.05));
    }

    /// <summary>Two outputs from a nested model that has two itself and is applied twice; a nested model that is frozen as a whole.</summary>
    private static Model TwoOutputs()
    {
        Tensor image = keras.Input((8, 8, 2), name: "image"), inner = keras.Input(4);
        var first = keras.layers.Dense(4, activation: "relu").Apply(inner);
        var both = keras.Model(inner, [first, keras.layers.BatchNormalization(scale: false).Apply(first)], name: "both");
        var frozen = keras.Sequential([keras.layers.Conv2D(4, 3, activation: "relu"), keras.layers.BatchNormalization(center: false)], name: "frozen");
        var x = keras.layers.MaxPooling2D(2).Apply(frozen.Apply(image));
        // Keras doesn't read back the nodes that a Sequential itself writes.
        foreach (var layer in frozen.layers) layer.trainable = false;
        var flat = keras.layers.Dense(4).Apply(keras.layers.Flatten().Apply(x));
        var (one, two) = both.Apply(flat);
        var (three, _) = both.Apply(two);
        var model = keras.Model(image, [
            keras.layers.Activation("softmax", name: "one").Apply(keras.layers.Add().Apply([one, three])),
            keras.layers.Dense(3, activation: "softmax", name: "two").Apply(two)]);
        model.compile(keras.optimizers.Adam(0.01), [keras.losses.SparseCategoricalCrossentropy(), keras.losses.SparseCategoricalCrossentropy()]);
        return model;
    }

    /// <summary>Layers that pool, pad, upsample, rescale and move, for images and sequences, channels first and last in ONNX.</summary>
    private static Model Poolings()
    {
        Tensor image = keras.Input((9, 8, 3));
        var x = keras.layers.Rescaling((double[])[0.5, 2, 1], (double[])[0, -1, 0.25]).Apply(image);
        x = keras.layers.AveragePooling2D((2, 3), strides: 2, padding: "same").Apply(keras.layers.ZeroPadding2D(((1, 0), (2, 1))).Apply(x));
        x = keras.layers.AveragePooling2D(2, 1).Apply(keras.layers.Rescaling(0.25, 1).Apply(keras.layers.UpSampling2D((2, 3)).Apply(x)));
        x = keras.layers.UpSampling2D(2, interpolation: "bilinear").Apply(keras.layers.MaxPooling2D(3).Apply(x));
        var steps = keras.layers.Reshape((-1, 4)).Apply(keras.layers.Permute((3, 1, 2)).Apply(keras.layers.Conv2D(4, 1).Apply(x)));
        steps = keras.layers.AveragePooling1D(2, padding: "same").Apply(keras.layers.MaxPooling1D(3, 2).Apply(steps));
        var adapted = keras.layers.Normalization(axis: -1);
        adapted.adapt(new NDArray([.. Enumerable.Range(0, 30).Select(i => i * i * 0.25f)], 2, 1, 5, 3));
        var small = keras.layers.CenterCrop(4, 5).Apply(keras.layers.Resizing(6, 7, "bicubic").Apply(adapted.Apply(image)));
        small = keras.layers.Normalization(axis: null, mean: 0.5, variance: 2.0).Apply(small);
        Tensor[] all = [
            keras.layers.Flatten().Apply(keras.layers.Resizing(2, 3, "lanczos3", antialias: true).Apply(small)),
            keras.layers.Flatten().Apply(keras.layers.Resizing(4, 5, "area").Apply(image)),
            keras.layers.GlobalAveragePooling2D().Apply(keras.layers.Conv2D(5, 1).Apply(x)),
            keras.layers.Flatten().Apply(keras.layers.GlobalMaxPooling2D(keepdims: true).Apply(keras.layers.MaxPooling2D(2).Apply(x))),
            keras.layers.GlobalMaxPooling1D().Apply(steps), keras.layers.Flatten().Apply(keras.layers.GlobalAveragePooling1D(keepdims: true).Apply(steps))];
        return Compiled(keras.Model(image, keras.layers.Dense(3, activation: "softmax").Apply(keras.layers.Concatenate().Apply(all))));
    }

    /// <summary>Layers that normalize vectors, sequences and images, and that pool to a size; a graph, whose calls have arguments.</summary>
    private static Model Normalizations()
    {
        Tensor image = keras.Input((7, 5, 4));
        var x = keras.layers.GroupNormalization(2, epsilon: 0.01).Apply(keras.layers.Conv2D(6, 2, activation: "relu").Apply(image));
        x = keras.layers.LayerNormalization().Apply(keras.layers.Identity().Apply(x));
        x = keras.layers.AdaptiveAveragePooling2D((4, 3)).Apply(keras.layers.GroupNormalization(-1, axis: 1).Apply(x));
        var steps = keras.layers.AdaptiveMaxPooling1D(3).Apply(keras.layers.Reshape((12, 6)).Apply(x));
        steps = keras.layers.RMSNormalization().Apply(keras.layers.AlphaDropout(0.2, seed: 3).Apply(steps));
        steps = keras.layers.EinsumDense("abc,cde->abde", (3, 2, 4), bias_axes: "de").Apply(steps);
        steps = keras.layers.EinsumDense("...xy,xyz->...z", 5, activation: "tanh").Apply(keras.layers.UnitNormalization().Apply(steps));
        steps = keras.layers.BatchNormalization().Apply(keras.layers.ActivityRegularization(l2: 0.01).Apply(steps));
        return Compiled(keras.Model(image, keras.layers.Dense(3, "softmax").Apply(keras.layers.Flatten().Apply(steps))));
    }

    /// <summary>Every function of several tensors: of equal ones, of rows, and of fewer axes.</summary>
    private static Model Merges()
    {
        Tensor a = keras.Input((4, 4, 2), name: "a"), b = keras.Input(2, name: "b");
        Tensor c = keras.layers.Conv2D(2, 3, padding: "same", activation: "relu").Apply(a), d = keras.layers.Conv2D(2, 1).Apply(a);
        var x = keras.layers.Average().Apply([keras.layers.Multiply().Apply([c, d]), keras.layers.Subtract().Apply([a, d]), c]);
        x = keras.layers.Maximum().Apply([x, keras.layers.Multiply().Apply([d, keras.layers.GlobalAveragePooling2D(keepdims: true).Apply(d)]), a]);
        x = keras.layers.Minimum().Apply([keras.layers.Add().Apply([x, b]), c]);
        return Compiled(keras.Model([a, b], keras.layers.Dense(3, activation: "softmax").Apply(keras.layers.Flatten().Apply(x))));
    }

    /// <summary>Functions between layers and in a nested model that is applied twice, of tensors, numbers and arrays.</summary>
    private static Model Functions()
    {
        Tensor a = keras.Input((4, 4, 2), name: "a"), b = keras.Input(6, name: "b"), c = keras.Input(6);
        var inner = keras.Model(c, [keras.ops.relu(keras.layers.Dense(6).Apply(c)) * 2.0, 1 - c / 2], name: "inner");
        var x = keras.layers.Conv2D(3, 2).Apply(a / 255 - np.array([0.25f, 0.5f]).astype("float32"));
        x = keras.ops.mean(x, axis: (1, 2)) + keras.ops.max(x[.., 1.., 1], axis: (1, 2), keepdims: true)[.., 0];
        var (d, e) = inner.Apply(b);
        var (f, _) = inner.Apply(d + e * e);
        x = keras.ops.concatenate([keras.ops.tanh(x), keras.ops.where(f > 0.5, f, -0.25 * f), b[.., Slice(step: 2)]], axis: 1);
        return Compiled(keras.Model([a, b], keras.ops.softmax(keras.layers.Dense(3).Apply(x))));
    }

    /// <summary>The other layers for sequences and vectors.</summary>
    private static Model MoreLayers()
    {
        Tensor x = keras.Input((6, 4));
        var y = keras.layers.PReLU(shared_axes: [1]).Apply(keras.layers.SeparableConv1D(5, 3, depth_multiplier: 2).Apply(x));
        y = keras.layers.Conv1DTranspose(3, 2, strides: 2).Apply(keras.layers.DepthwiseConv1D(2, activation: "tanh").Apply(y));
        y = keras.layers.Cropping1D((1, 0)).Apply(keras.layers.ZeroPadding1D(2).Apply(keras.layers.UpSampling1D(2).Apply(y)));
        var row = keras.layers.AdaptiveAveragePooling1D(4).Apply(y);
        var again = keras.layers.RepeatVector(4).Apply(keras.layers.GlobalMaxPooling1D().Apply(y));
        var dot = keras.layers.Dot((2, 2), normalize: true).Apply([row, again]);
        var all = keras.layers.Concatenate().Apply([keras.layers.Flatten().Apply(dot),
            keras.layers.Flatten().Apply(keras.layers.LayerNormalization(axis: 2).Apply(row))]);
        return Compiled(keras.Model(x, keras.layers.Dense(3, activation: "softmax").Apply(all)));
    }

    /// <summary>Masked steps, with a loss over steps and with means; with merges where masks exist and where they don't.</summary>
    private static Model Masks()
    {
        Tensor x = keras.Input((5, 2), name: "x"), number = keras.Input(5, name: "number");
        var steps = keras.layers.Masking().Apply(keras.layers.ReLU(threshold: 0.6).Apply(x));
        var codes = keras.layers.Embedding(4, 3, mask_zero: true).Apply(keras.layers.Rescaling(4.0).Apply(number));
        var plain = keras.layers.Embedding(4, 3).Apply(keras.layers.Rescaling(4.0).Apply(number));
        var wide = keras.layers.BatchNormalization(momentum: 0.8).Apply(keras.layers.Dense(3, activation: "relu").Apply(steps));
        var joined = keras.layers.Maximum().Apply([wide, codes]);
        var product = keras.layers.Multiply().Apply([wide, codes, keras.layers.Minimum().Apply([codes, wide])]);
        var all = keras.layers.Concatenate().Apply([joined, product, keras.layers.Add().Apply([wide, codes]), plain]);
        var mean = keras.layers.GlobalAveragePooling1D().Apply(keras.layers.Average().Apply([joined, codes]));
        var model = keras.Model([x, number], [
            keras.layers.Dense(3, activation: "softmax", name: "steps").Apply(keras.layers.Subtract().Apply([joined, product])),
            keras.layers.Dense(4, activation: "softmax", name: "all").Apply(all), keras.layers.Dense(2, activation: "softmax", name: "mean").Apply(mean)]);
        // Adam would make whole steps of gradients that are 0 but for rounding, such as of a bias before a normalization.
        model.compile(keras.optimizers.SGD(0.1), ["sparse_categorical_crossentropy", "sparse_categorical_crossentropy", "sparse_categorical_crossentropy"]);
        return model;
    }

    /// <summary>Nested models, one of them unbuilt until it is called.</summary>
    private static Model Nested()
    {
        Tensor x = keras.Input((6, 6, 3));
        var branches = keras.Model(x, keras.layers.Concatenate()
            .Apply([keras.layers.Conv2D(2, 3, padding: "same").Apply(x), keras.layers.Conv2D(3, 1).Apply(x), x]));
        return Compiled(keras.Sequential([
            keras.Input((6, 6, 1)), keras.Sequential([keras.layers.Conv2D(3, 1), keras.layers.BatchNormalization()]), branches,
            keras.Sequential([keras.layers.MaxPooling2D(2), keras.Sequential([keras.layers.Flatten()])]), keras.layers.Dense(3)]), fromLogits: true,
            optimizer: keras.optimizers.AdamW(keras.optimizers.schedules.PiecewiseConstantDecay([1, 3], [0.01, 0.02, 0.005]), 0.1));
    }

    [Fact]
    [Needs(Need.RealKeras)]
    public void Every_layer_goes_to_Python_and_back()
    {
        using var folder = new TemporaryFolder();
        var here = new Dictionary<string, Model>();
        foreach (var (name, make) in Models)
        {
            keras.utils.clear_session();
            keras.utils.set_random_seed(3);
            var model = here[name] = make();
            var (x, y) = Data(model);
            // One has been trained before, the others haven't.
            if (name == "convolutions") Losses(model, x, y, 2);
            model.save(folder[name + ".keras"]);
            if (name != "functions") model.save(folder[name + ".h5"]);
            model.save_weights(folder[name + ".weights.h5"]);
        }

        var answer = RealKeras.Ask("both_ways.py", [folder.Path]);
        Assert.Equal(Models.Keys.Order(), answer.EnumerateObject().Select(p => p.Name).Order());
        foreach (var (name, model) in here)
        {
            var there = answer.GetProperty(name);
            var (x, y) = Data(model);
            foreach (var predictions in there.GetProperty("predictions").EnumerateArray()) Near(name, predictions, Predicted(model, x));
            Assert.Equal(model.optimizer!.iterations, there.GetProperty("iterations").GetInt64());
            Assert.Equal(model.optimizer!.iterations, there.GetProperty("legacy_iterations").GetInt64());
            Near(name, there.GetProperty("losses"), Losses(model, x, y, 3));

            Seeds.Set(5);
            var back = keras.saving.load_model(folder[name + ".python.keras"]);
            Assert.Equal(there.GetProperty("drawn").GetInt32(), Drawn());
            Near(name, there.GetProperty("after"), Predicted(back, x));
            var legacy = keras.models.load_model(folder[name + ".python.h5"]);
            Near(name, there.GetProperty("after"), Predicted(legacy, x));
            model.load_weights(folder[name + ".python.weights.h5"]);
            Near(name, there.GetProperty("after"), Predicted(model, x));
            // Files don't hold the state of layers' generators; the model here has advanced it.
            foreach (var resumed in name is "augmentation" or "normalizations" ? [back, legacy] : new[] { back, legacy, model })
            {
                string config = here[name].get_config().ToJsonString();
                // The legacy format doesn't hold the shape of the data that a layer has adapted to.
                if (resumed == legacy) config = config.Replace("{\"input_shape\":[2,1,5,3]}", "{\"input_shape\":[null,9,8,3]}");
                // Keras also writes a mask for calls of layers that take one, and the functions that compute it.
                if (name != "masks") Assert.Equal(config, resumed.get_config().ToJsonString());
                Near(name, there.GetProperty("resumed"), Losses(resumed, x, y, 2));
            }
        }
    }

    /// <summary>Rows as the script makes them for a model.</summary>
    internal static (NDArray[] x, NDArray[] y) Data(Model model)
    {
        NDArray Input(Shape of) => Fixtures.Numbers([32, .. of[1..].ToArray()]);
        NDArray Target(Shape of)
        {
            int[] rows = [32, .. of[1..^1].ToArray()];
            return new NDArray([.. Enumerable.Range(0, rows.Aggregate((a, b) => a * b)).Select(i => i * 31 % of[^1]!.Value)], rows);
        }
        return ([.. model.inputs.Select(x => Input(x.shape))], [.. model.outputs.Select(y => Target(y.shape))]);
    }

    /// <summary>The outputs, one array each.</summary>
    internal static NDArray[] Outputs(Model model, NDArray[] x)
    {
        var y = model.predict(x, verbose: 0);
        return model.outputs.Count == 1 ? [y] : [.. Enumerable.Range(0, model.outputs.Count).Select(i => y[i])];
    }

    private static float[] Predicted(Model model, NDArray[] x) => [.. Outputs(model, x).SelectMany(y => y.ToFloats())];

    private static T Compiled<T>(T model, bool fromLogits = false, Optimizer? optimizer = null) where T : Model
    {
        model.compile(optimizer ?? keras.optimizers.Adam(0.01, beta_1: 0.8, epsilon: 1e-6), keras.losses.SparseCategoricalCrossentropy(fromLogits),
            fromLogits ? [keras.metrics.SparseCategoricalAccuracy("right")] : ["accuracy"]);
        return model;
    }

    private static float[] Losses(Model model, NDArray[] x, NDArray[] y, int steps) =>
        [.. Enumerable.Range(0, steps).Select(_ => (float)model.fit(x, y, shuffle: false, verbose: 0).history["loss"][0])];

    private static int Drawn()
    {
        int next = Seeds.ForInitializer();
        Seeds.Set(5);
        return Enumerable.Range(0, 1000).First(_ => Seeds.ForInitializer() == next);
    }

    private static void Near(string name, JsonElement expected, float[] actual)
    {
        Assert.Equal(expected.GetArrayLength(), actual.Length);
        for (int i = 0; i < actual.Length; i++)
            Assert.True(Math.Abs(expected[i].GetDouble() - actual[i]) <= 1e-5, $"{name}, {i}: {actual[i]}, Python {expected[i]}");
    }
}
