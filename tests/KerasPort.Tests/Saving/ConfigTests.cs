using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Activations;
using KerasPort.Initializers;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;
using KerasPort.Saving;
using KerasPort.Schedules;
using KerasPort.Tests.Engines;

namespace KerasPort.Tests.Saving;

public class ConfigTests
{
    /// <summary>Everything that a file may name: additions to this list are decisions.</summary>
    [Theory]
    [InlineData(typeof(Layer), "Activation", "ActivityRegularization", "AdaptiveAveragePooling1D", "AdaptiveAveragePooling2D",
        "AdaptiveAveragePooling3D", "AdaptiveMaxPooling1D", "AdaptiveMaxPooling2D", "AdaptiveMaxPooling3D", "Add", "AlphaDropout", "AugMix",
        "AutoContrast", "Average", "AveragePooling1D", "AveragePooling2D", "AveragePooling3D", "BatchNormalization", "CategoryEncoding", "CenterCrop",
        "Concatenate", "ContrastLimitedAdaptiveHistogramEqualization", "Conv1D", "Conv1DTranspose", "Conv2D", "Conv2DTranspose", "Conv3D",
        "Conv3DTranspose", "Cropping1D", "Cropping2D", "Cropping3D", "CutMix", "Dense", "DepthwiseConv1D", "DepthwiseConv2D", "Discretization", "Dot",
        "Dropout", "ELU", "EinsumDense", "Embedding", "Equalization", "Flatten", "GaussianDropout", "GaussianNoise", "GlobalAveragePooling1D",
        "GlobalAveragePooling2D", "GlobalAveragePooling3D", "GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalMaxPooling3D", "GroupNormalization",
        "HashedCrossing", "Hashing", "Identity", "InputLayer", "IntegerLookup", "LayerNormalization", "LeakyReLU", "Masking", "MaxNumBoundingBoxes",
        "MaxPooling1D", "MaxPooling2D",
        "MaxPooling3D", "Maximum", "Minimum", "MixUp", "Multiply", "Normalization", "PReLU", "Permute", "Pipeline", "RMSNormalization", "RandAugment",
        "RandomBrightness", "RandomColorDegeneration", "RandomColorJitter", "RandomContrast", "RandomCrop", "RandomElasticTransform", "RandomErasing",
        "RandomFlip", "RandomGaussianBlur", "RandomGrayscale", "RandomHue", "RandomInvert", "RandomPerspective", "RandomPosterization",
        "RandomRotation", "RandomSaturation", "RandomSharpness", "RandomShear", "RandomTranslation", "RandomZoom", "ReLU", "RepeatVector",
        "Rescaling", "Reshape", "Resizing", "SeparableConv1D", "SeparableConv2D", "Softmax", "Solarization", "SpatialDropout1D", "SpatialDropout2D",
        "SpatialDropout3D", "SpectralNormalization", "StringLookup", "Subtract",
        "TimeDistributed", "UnitNormalization", "UpSampling1D", "UpSampling2D", "UpSampling3D",
        "Wrapper", "ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D")]
    [InlineData(typeof(Initializer), "Constant", "GlorotNormal", "GlorotUniform", "HeNormal", "HeUniform", "Identity", "LecunNormal",
        "LecunUniform", "Ones", "Orthogonal",
        "RandomNormal", "RandomUniform", "STFT", "TruncatedNormal", "VarianceScaling", "Zeros")]
    [InlineData(typeof(KerasPort.Constraints.Constraint), "MaxNorm", "MinMaxNorm", "NonNeg", "UnitNorm")]
    [InlineData(typeof(Loss), "BinaryCrossentropy", "BinaryFocalCrossentropy", "CTC", "CategoricalCrossentropy", "CategoricalFocalCrossentropy",
        "CategoricalGeneralizedCrossEntropy", "CategoricalHinge", "Circle", "CosineSimilarity", "Dice", "Hinge", "Huber", "KLDivergence", "LogCosh",
        "MeanAbsoluteError", "MeanAbsolutePercentageError", "MeanSquaredError", "MeanSquaredLogarithmicError", "Poisson",
        "SparseCategoricalCrossentropy", "SquaredHinge", "Tversky")]
    [InlineData(typeof(Metric), "AUC", "Accuracy", "BinaryAccuracy", "BinaryCrossentropy", "BinaryIoU", "CategoricalAccuracy",
        "CategoricalCrossentropy", "CategoricalHinge", "ConcordanceCorrelation", "CosineSimilarity", "F1Score", "FBetaScore", "FalseNegatives",
        "FalsePositives", "Hinge", "IoU", "KLDivergence", "LogCoshError", "Mean", "MeanAbsoluteError", "MeanAbsolutePercentageError", "MeanIoU",
        "MeanSquaredError", "MeanSquaredLogarithmicError", "OneHotIoU", "OneHotMeanIoU", "PearsonCorrelation", "Poisson", "Precision",
        "PrecisionAtRecall", "R2Score", "Recall", "RecallAtPrecision", "RootMeanSquaredError", "SensitivityAtSpecificity",
        "SparseCategoricalAccuracy", "SparseCategoricalCrossentropy", "SparseTopKCategoricalAccuracy", "SpecificityAtSensitivity", "SquaredHinge",
        "Sum", "TopKCategoricalAccuracy", "TrueNegatives", "TruePositives")]
    [InlineData(typeof(KerasPort.Regularizers.Regularizer), "L1", "L1L2", "L2", "OrthogonalRegularizer")]
    [InlineData(typeof(Optimizer), "Adadelta", "Adafactor", "Adagrad", "Adam", "AdamW", "Adamax", "Ftrl", "Lamb", "Lion",
        "LossScaleOptimizer", "MultiOptimizer",
        "Muon", "Nadam", "RMSprop", "SGD", "ScheduleFreeAdamW")]
    [InlineData(typeof(LearningRateSchedule), "CosineDecay", "CosineDecayRestarts", "ExponentialDecay", "InverseTimeDecay",
        "PiecewiseConstantDecay", "PolynomialDecay")]
    public void The_closed_list_is_this(Type kind, params string[] names) => Assert.Equal(names, KnownClasses.Names(kind).Order(StringComparer.Ordinal));

    /// <summary>Each configuration that Keras recorded makes an object, whose configuration has the same keys and values.</summary>
    [Theory]
    [InlineData(typeof(Layer))]
    [InlineData(typeof(Loss))]
    [InlineData(typeof(Optimizer))]
    public void Keras_own_settings_make_the_object(Type kind) => RecordedCase.Each(kind, (name, made, group) =>
    {
        var recorded = JsonNode.Parse(group.Config().Config.GetRawText())!.AsObject();
        var own = ObjectConfig.Get(made);
        // Configurations recorded in double lack the type, or have a rate that float32 can't represent.
        if (!recorded.ContainsKey("dtype")) own.Remove("dtype");
        if (recorded["learning_rate"] is JsonValue rate) recorded["learning_rate"] = (double)(float)rate.GetValue<double>();
        string[] differences = [.. recorded.Concat(own).Select(setting => setting.Key).Distinct()
            .Where(key => !recorded.ContainsKey(key) || !own.ContainsKey(key) || !JsonNode.DeepEquals(recorded[key], own[key]))
            .Select(key => $"{key}: {own[key]?.ToJsonString()}, Keras {recorded[key]?.ToJsonString()}")];
        Assert.True(differences.Length == 0, $"{name}: {string.Join("; ", differences)}");
    });

    [Fact]
    public void A_model_is_made_again_from_its_settings()
    {
        foreach (var (_, make) in BothWaysTests.Models)
        {
            keras.utils.set_random_seed(9);
            var model = make();
            keras.utils.set_random_seed(9);
            Model again = model is Functional ? Functional.from_config(model.get_config()) : Sequential.from_config(model.get_config());
            Assert.Equal(model.get_config().ToJsonString(), again.get_config().ToJsonString());
            // Seeds are drawn in the order in which layers are created, which for a graph isn't that of its layers, and differs again where building draws.
            if (model is Sequential && !model.layers.Any(layer => layer is Model or SpectralNormalization)) Assert.Equal(
                model.get_weights().SelectMany(w => w.ToFloats()), again.get_weights().SelectMany(w => w.ToFloats()));
            Assert.Null(again.optimizer);
            Assert.Equal(model.to_json(), keras.models.model_from_json(model.to_json()).to_json());
            foreach (var layer in model.layers.OfType<Dense>()) Assert.Equal(layer.units, Layer.from_config<Dense>(layer.get_config()).units);
        }
    }

    [Fact]
    public void A_class_of_ones_own_is_written_and_read_where_it_is_given()
    {
        string json = keras.Sequential([keras.Input(2), new Own()]).to_json();
        Assert.Contains("class 'Own'", Assert.Throws<ModelFormatException>(() => keras.models.model_from_json(json)).Message);
        Assert.IsType<Own>(keras.models.model_from_json(json, new() { [nameof(Own)] = typeof(Own) }).layers[0]);
    }

    /// <summary>A reshape to nothing, which anyone may write.</summary>
    private sealed class Own() : Layer(null)
    {
        public override Shape compute_output_shape(Shape input_shape) => input_shape;

        protected internal override Tensor Call(KerasPort.Graphs.Graph g, Tensor x) => x;
    }
}
