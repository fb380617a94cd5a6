using KerasPort.Diagrams;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Pipelines;
using KerasPort.Random;
using KerasPort.Utils;
using Feature = KerasPort.Utils.Feature;

namespace KerasPort;

/// <summary><c>keras.utils</c>.</summary>
public sealed partial class UtilsModule
{
    /// <summary>
    /// Seeds all random generators, that of <c>np.random</c> too: initial weights and row order are then those of Python's Keras. From 0 to 2**32 - 1.
    /// </summary>
    /// <example><code>
    /// keras.utils.set_random_seed(1);
    /// print(np.random.rand());    // 0.417022004702574
    /// </code></example>
    public void set_random_seed(long seed) => Seeds.Set(seed);

    /// <summary>Restarts the default names of layers and models: dense, not dense_2.</summary>
    public void clear_session()
    {
        Names.Clear();
        Random.Seeds.ForgetDraws();
    }

    /// <summary>
    /// Divides the parts of x along an axis by their norms; those of norm 0 stay. As in numpy, float32 stays, and other types become float64.
    /// </summary>
    /// <param name="x">Any array. As in Keras, a vector becomes a single row.</param>
    /// <param name="axis">The axis along which the norms are taken.</param>
    /// <param name="order">
    /// The norm: 1 the sum of magnitudes, 2 Euclidean, ∞ the largest magnitude, p (Σ |x|^p)^(1/p), 0 the number of non-zero elements.
    /// </param>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray normalize(NDArray x, int axis = -1, double order = 2) => Normalized.Of(x, axis, order);

    /// <summary>Draws a model's layers and the tensors between them, without Graphviz. A PNG needs the package KerasPort.Pictures, an SVG does not.</summary>
    /// <param name="model">The model, which must be built.</param>
    /// <param name="to_file">The file, whose name ends in .png or .svg; without an ending it is a PNG.</param>
    /// <param name="show_shapes">Whether to show the shapes of each layer.</param>
    /// <param name="show_dtype">Whether to show the dtype of each layer's output.</param>
    /// <param name="show_layer_names">Whether to show the name of each layer besides its class.</param>
    /// <param name="rankdir">The direction: TB downwards, LR to the right, BT upwards, RL to the left.</param>
    /// <param name="expand_nested">Whether models among the layers are drawn with their own layers, in a frame.</param>
    /// <param name="dpi">Pixels per 72 points of the drawing.</param>
    /// <param name="show_layer_activations">Whether to show the activation of each layer that has one.</param>
    /// <param name="show_trainable">Whether to show if layers with weights are trainable.</param>
    /// <param name="splines">The style of the edges: only "ortho", with right angles.</param>
    /// <exception cref="ValueError">The model isn't built, an argument isn't supported, or the package for PNG isn't referenced.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void plot_model(Model model, string to_file = "model.png", bool show_shapes = false, bool show_dtype = false,
        bool show_layer_names = false, string rankdir = "TB", bool expand_nested = false, int dpi = 200, bool show_layer_activations = false,
        bool show_trainable = false, string splines = "ortho") =>
        ModelPlot.Write(model, to_file, new LabelContent(show_shapes, show_dtype, show_layer_names, show_layer_activations, show_trainable),
            rankdir, expand_nested, dpi, splines);

    /// <summary>The drawing of a model, as <see cref="plot_model"/> saves it.</summary>
    /// <inheritdoc cref="plot_model"/>
    public ModelDot model_to_dot(Model model, bool show_shapes = false, bool show_dtype = false, bool show_layer_names = true, string rankdir = "TB",
        bool expand_nested = false, int dpi = 200, bool show_layer_activations = false, bool show_trainable = false, string splines = "ortho") =>
        ModelPlot.Of(model, new LabelContent(show_shapes, show_dtype, show_layer_names, show_layer_activations, show_trainable), rankdir, expand_nested,
            dpi, splines);

    /// <inheritdoc cref="ConfigModule.disable_interactive_logging"/>
    public void disable_interactive_logging() => Messages.AreShown = false;

    /// <inheritdoc cref="ConfigModule.enable_interactive_logging"/>
    public void enable_interactive_logging() => Messages.AreShown = true;

    /// <inheritdoc cref="Utils.FeatureSpace(Dictionary{string, Feature}, string, Cross[], int, int, int, string)"/>
    public FeatureSpace FeatureSpace(Dictionary<string, Feature> features, string output_mode = "concat", Cross[]? crosses = null, int crossing_dim = 32,
        int hashing_dim = 32, int num_discretization_bins = 32, string? name = null) =>
        new(features, output_mode, crosses, crossing_dim, hashing_dim, num_discretization_bins, name);

    /// <inheritdoc cref="ConfigModule.is_interactive_logging_enabled"/>
    public bool is_interactive_logging_enabled() => Messages.AreShown;

    /// <inheritdoc cref="Utils.Progbar(int?, int, int, double, string[], string[], string)"/>
    public Progbar Progbar(int? target, int width = 20, int verbose = 1, double interval = 0.05, string[]? stateful_metrics = null,
        string[]? stateless_metrics = null, string unit_name = "step") => new(target, width, verbose, interval, stateful_metrics, stateless_metrics, unit_name);

    /// <summary>Windows over the rows of an array with the target of each, in batches.</summary>
    /// <param name="data">The rows, one per time step.</param>
    /// <param name="targets">The targets: that of a window has the index of the window's first row; <c>null</c> for none.</param>
    /// <param name="sequence_length">The number of rows of a window.</param>
    /// <param name="sequence_stride">The distance between the starts of successive windows, in rows.</param>
    /// <param name="sampling_rate">The distance between successive rows of a window.</param>
    /// <param name="batch_size">Windows per batch; <c>null</c> for no batches.</param>
    /// <param name="shuffle">Whether the windows are shuffled; with a seed, in Python's order.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="start_index">The first row.</param>
    /// <param name="end_index">The index after the last row.</param>
    /// <exception cref="ValueError">A number is out of range for the data.</exception>
    public Dataset timeseries_dataset_from_array(NDArray data, NDArray? targets, int sequence_length, int sequence_stride = 1, int sampling_rate = 1,
        int? batch_size = 128, bool shuffle = false, long? seed = null, int? start_index = null, int? end_index = null) =>
        TimeseriesDataset.Of(data, targets, sequence_length, sequence_stride, sampling_rate, batch_size, shuffle, seed, start_index, end_index);

    /// <summary>Splits data into two data sets, in memory: arrays, a tuple of them, or a <c>tf.data.Dataset</c>.</summary>
    /// <param name="dataset">The data. Batches are split into samples, and made anew with the same size.</param>
    /// <param name="left_size">The number of samples of the first data set, or their share; by default those that the second leaves.</param>
    /// <param name="right_size">Likewise for the second data set, which has the last samples.</param>
    /// <param name="shuffle">Whether the samples are shuffled first.</param>
    /// <param name="seed">The seed of the shuffle, for Python's order. As in Keras, it also reseeds the generator from which layers get their seeds.</param>
    /// <exception cref="ValueError">A data set would be empty, the sizes exceed the data, or the data is empty or endless.</exception>
    public (Dataset left, Dataset right) split_dataset(
        Data dataset, SplitSize? left_size = null, SplitSize? right_size = null, bool shuffle = false, long? seed = null) =>
        SplitDataset.Of(dataset, left_size, right_size, shuffle, seed);

    /// <summary>
    /// One-hot encoding: class numbers as rows that are 1 at their class and 0 elsewhere, in float64 as in numpy. A last axis of length 1 is removed. As with
    /// numpy's indices, -1 is the last class.
    /// </summary>
    /// <param name="x">Class numbers, of any shape; fractions are truncated.</param>
    /// <param name="num_classes">The number of classes; by default one more than the largest.</param>
    /// <exception cref="ValueError">A class is out of range, or there is no number from which to infer the number of classes.</exception>
    /// <example><code>
    /// print(keras.utils.to_categorical(np.array([0, 2]), num_classes: 3));    // [[1. 0. 0.] [0. 0. 1.]]
    /// </code></example>
    public NDArray to_categorical(NDArray x, int? num_classes = null) => OneHot.Of(x, num_classes);
}
