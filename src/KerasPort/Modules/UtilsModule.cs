using KerasPort.Diagrams;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Pipelines;
using KerasPort.Random;

namespace KerasPort;

/// <summary><c>keras.utils</c>.</summary>
public sealed partial class UtilsModule
{
    /// <summary>Seeds what is random, <c>np.random</c> too: initial weights and row order are then Python Keras' own. The seed is from 0 to 2**32 - 1.</summary>
    public void set_random_seed(long seed) => Seeds.Set(seed);

    /// <summary>Starts the names of layers and models anew: dense, not dense_2.</summary>
    public void clear_session()
    {
        Names.Clear();
        Random.Seeds.ForgetDraws();
    }

    /// <inheritdoc cref="Normalized.Of"/>
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
    /// <exception cref="ValueError">The model isn't built, an argument is of what isn't there, or the PNG's package isn't.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void plot_model(Model model, string to_file = "model.png", bool show_shapes = false, bool show_dtype = false,
        bool show_layer_names = false, string rankdir = "TB", bool expand_nested = false, int dpi = 200, bool show_layer_activations = false,
        bool show_trainable = false, string splines = "ortho") =>
        ModelPlot.Write(model, to_file, new LabelContent(show_shapes, show_dtype, show_layer_names, show_layer_activations, show_trainable),
            rankdir, expand_nested, dpi, splines);

    /// <summary>Two data sets of one, which is taken into memory: arrays, a tuple of them, or a <c>tf.data.Dataset</c>.</summary>
    /// <param name="dataset">The data. Batches are taken apart, and made again of the same size.</param>
    /// <param name="left_size">Samples of the first, or the fraction of all that it gets; the rest of the second without.</param>
    /// <param name="right_size">The same of the second, which gets the last ones.</param>
    /// <param name="shuffle">Whether the samples are shuffled first.</param>
    /// <param name="seed">The seed of that, which gives Python's order, and as in Keras seeds what layers get their seeds from.</param>
    /// <exception cref="ValueError">The sizes leave nothing on a side or are more than there is, or the data is empty or without end.</exception>
    public (Dataset left, Dataset right) split_dataset(
        Data dataset, SplitSize? left_size = null, SplitSize? right_size = null, bool shuffle = false, long? seed = null) =>
        SplitDataset.Of(dataset, left_size, right_size, shuffle, seed);

    /// <inheritdoc cref="OneHot.Of"/>
    /// <param name="x">Class numbers, of any shape; fractions are cut off.</param>
    /// <param name="num_classes">How many there are; one more than the largest without.</param>
    public NDArray to_categorical(NDArray x, int? num_classes = null) => OneHot.Of(x, num_classes);
}
