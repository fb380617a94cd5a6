using System.Runtime.CompilerServices;
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
    /// Seeds what is random, <c>np.random</c> too: initial weights and row order are then Python Keras' own. The seed is from 0 to 2**32 - 1.
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

    /// <summary>The parts of x, each divided by its norm; those of norm 0 stay. As in numpy float32 stays so, and all else becomes float64.</summary>
    /// <param name="x">Any array. As in Keras one of one axis gets a second in front.</param>
    /// <param name="axis">The axis along which the norms are taken.</param>
    /// <param name="order">Which norm: 1 the sum of magnitudes, 2 Euclid's, ∞ the largest magnitude, p (Σ |x|^p)^(1/p), 0 how many aren't 0.</param>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray normalize(NDArray x, int axis = -1, double order = 2) => Normalized.Of(x, axis, order);

    /// <summary>
    /// Draws a model's layers and what flows between them, without Graphviz. A PNG needs the package KerasPort.Pictures, an SVG nothing.
    /// </summary>
    /// <param name="model">The model, built.</param>
    /// <param name="to_file">The file, which ends in .png or .svg; without an ending it is a PNG.</param>
    /// <param name="show_shapes">Whether each layer has its shapes.</param>
    /// <param name="show_dtype">Whether it has the type of what it gives.</param>
    /// <param name="show_layer_names">Whether it has its name beside its class.</param>
    /// <param name="rankdir">Where it goes: TB down, LR to the right, BT up, RL to the left.</param>
    /// <param name="expand_nested">Whether a model among the layers is drawn as what it is made of, in a frame.</param>
    /// <param name="dpi">Pixels for each 72 points of the drawing.</param>
    /// <param name="show_layer_activations">Whether each layer that has an activation has its name.</param>
    /// <param name="show_trainable">Whether layers with weights say if training changes them.</param>
    /// <param name="splines">How edges go: only "ortho", with right angles.</param>
    /// <exception cref="ValueError">The model isn't built, an argument isn't supported, or the PNG's package isn't.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void plot_model(Model model, string to_file = "model.png", bool show_shapes = false, bool show_dtype = false,
        bool show_layer_names = false, string rankdir = "TB", bool expand_nested = false, int dpi = 200, bool show_layer_activations = false,
        bool show_trainable = false, string splines = "ortho") =>
        ModelPlot.Write(model, to_file, new LabelContent(show_shapes, show_dtype, show_layer_names, show_layer_activations, show_trainable),
            rankdir, expand_nested, dpi, splines);

    /// <summary>The drawing of a model that <see cref="plot_model"/> writes.</summary>
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

    /// <summary>Windows over the rows of an array, in batches, with the target of each.</summary>
    /// <param name="data">The rows, one for each time.</param>
    /// <param name="targets">The target of the window that begins at each row; <c>null</c> for none.</param>
    /// <param name="sequence_length">Rows of a window.</param>
    /// <param name="sequence_stride">Rows from one window to the next.</param>
    /// <param name="sampling_rate">Rows from one of a window to the next.</param>
    /// <param name="batch_size">Windows a batch; <c>null</c> for no batches.</param>
    /// <param name="shuffle">Whether they come in random order, with a seed in Python's.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="start_index">The first row.</param>
    /// <param name="end_index">The row behind the last one.</param>
    /// <exception cref="ValueError">A number is none that the data has.</exception>
    public Dataset timeseries_dataset_from_array(NDArray data, NDArray? targets, int sequence_length, int sequence_stride = 1, int sampling_rate = 1,
        int? batch_size = 128, bool shuffle = false, long? seed = null, int? start_index = null, int? end_index = null) =>
        TimeseriesDataset.Of(data, targets, sequence_length, sequence_stride, sampling_rate, batch_size, shuffle, seed, start_index, end_index);

    /// <summary>Two data sets of one, which is taken into memory: arrays, a tuple of them, or a <c>tf.data.Dataset</c>.</summary>
    /// <param name="dataset">The data. Batches are taken apart, and made again of the same size.</param>
    /// <param name="left_size">Samples in the first part, or its fraction of all; by default what the second leaves.</param>
    /// <param name="right_size">The same for the second part, which gets the last samples.</param>
    /// <param name="shuffle">Whether the samples are shuffled first.</param>
    /// <param name="seed">The seed of that, which gives Python's order, and as in Keras seeds what layers get their seeds from.</param>
    /// <exception cref="ValueError">The sizes leave nothing on a side or are more than there is, or the data is empty or without end.</exception>
    public (Dataset left, Dataset right) split_dataset(
        Data dataset, SplitSize? left_size = null, SplitSize? right_size = null, bool shuffle = false, long? seed = null) =>
        SplitDataset.Of(dataset, left_size, right_size, shuffle, seed);

    /// <summary>
    /// Class numbers as rows that are 1 at their class and 0 elsewhere, in float64 as numpy makes them; a last axis of 1 is left out. As with numpy's
    /// indices, -1 is the last class.
    /// </summary>
    /// <param name="x">Class numbers, of any shape; fractions are cut off.</param>
    /// <param name="num_classes">The number of classes; by default one more than the largest.</param>
    /// <exception cref="ValueError">There is no such class, or no number to tell how many there are.</exception>
    /// <example><code>
    /// print(keras.utils.to_categorical(np.array([0, 2]), num_classes: 3));    // [[1. 0. 0.] [0. 0. 1.]]
    /// </code></example>
    public NDArray to_categorical(NDArray x, int? num_classes = null) => OneHot.Of(x, num_classes);
}
