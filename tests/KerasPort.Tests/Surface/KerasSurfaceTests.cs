using System.Text.RegularExpressions;

namespace KerasPort.Tests.Surface;

/// <summary>Every parameter whose name, position or default differs from Keras' has a reason.</summary>
public class KerasSurfaceTests
{
    /// <summary>The reasons for differences, by member and parameter, with * for any.</summary>
    private static readonly (string Of, string Parameter, string Reason)[] s_reasons =
    [
        ("keras.distribution.DataParallel", "pieces", "the pieces of a batch, from whose number the bits follow: Keras leaves it to the devices"),
        ("*", "dtype", "everything is computed in float32"),
        ("*", "data_format", "images are channels_last"),
        ("keras.layers.*", "input_shape", "Keras takes it among **kwargs"),
        ("keras.layers.Dense", "input_dim", "Keras takes it among **kwargs"),
        ("keras.layers.*", "name", "Keras takes it among **kwargs"),
        ("keras.layers.*", "trainable", "set it on the layer or the model"),
        ("*Input*", "batch_shape", "say it with shape and batch_size"),
        ("*Input*", "sparse", "there are no sparse tensors"),
        ("*Input*", "ragged", "there are no ragged tensors"),
        ("*Input*", "optional", "every input is given"),
        ("*Input*", "tensor", "a tensor is an input already"),
        ("*Input*", "shape", "there is an input of a shape, and none without"),
        ("*Input*", "input_tensor", "a tensor is an input already"),
        ("keras*.Sequential", "trainable", "set it on the model"),
        ("keras*.Model", "inputs", "Keras takes it among **kwargs"),
        ("keras*.Model", "outputs", "Keras takes it among **kwargs"),
        ("keras*.Model", "name", "Keras takes it among **kwargs"),
        ("keras.layers.CategoryEncoding", "sparse", "there are no sparse tensors"),
        ("keras.layers.MaxNumBoundingBoxes", "bounding_box_format", "Keras takes it among **kwargs"),
        ("keras.layers.StringLookup", "oov_method", "Keras takes it among **kwargs"),
        ("*.InputSpec", "optional", "every input is given"),
        ("keras.layers.*", "lora_*", "there is no low-rank adaptation"),
        ("keras.layers.EinsumDense", "gptq_unpacked_column_size", "there is no quantization"),
        ("keras.layers.EinsumDense", "activity_regularizer", "Keras takes it among **kwargs"),
        ("keras.layers.LeakyReLU", "alpha", "Keras takes it among **kwargs"),
        ("keras.layers.Normalization", "axis", "null is Keras' None, and -1 is said by leaving it out: there are two signatures"),
        ("keras*.image_dataset_from_directory", "image_size", "(256, 256) is said by leaving it out"),
        ("keras.ops.convert_to_tensor", "sparse", "there are no sparse tensors"),
        ("keras.ops.convert_to_tensor", "ragged", "there are no ragged tensors"),
        ("keras.KerasTensor", "sparse", "there are no sparse tensors"),
        ("keras.KerasTensor", "ragged", "there are no ragged tensors"),
        ("keras.KerasTensor", "record_history", "it is of no model, and has none"),
        ("keras.ops.*", "sparse", "there are no sparse tensors"),
        ("keras.ops.rot90", "axes", "null is Keras' (0, 1)"),
        ("keras.ops.cross", "axis*", "vectors lie along the last axis"),
        ("keras.ops.isin", "assume_unique", "it changes nothing that is given"),
        ("keras.ops.segment_sum", "sorted", "it changes nothing that is given"),
        ("keras.ops.select", "default", "null is Keras' 0"),
        ("keras.ops.bincount", "sparse", "there are no sparse tensors"),
        ("keras.ops.linspace", "*", "an array of numbers alone"),
        ("keras.ops.logspace", "axis", "an array of numbers alone"),
        ("keras.ops.moments", "synchronized", "a batch is computed at once"),
        ("keras.ops.multi_hot", "num_classes", "it is always said"),
        ("keras.ops.einsum", "*", "the tensors"),
        ("keras.ops.vectorized_map", "*", "what it is given"),
        ("keras.ops.max", "initial", "nothing is reduced that is empty"),
        ("keras.ops.min", "initial", "nothing is reduced that is empty"),
        ("keras.ops.where", "x*", "there are no tensors whose shape their values decide"),
        ("keras.layers.Embedding", "embeddings_initializer", "\"uniform\" is RandomUniform"),
        ("keras.distribution.DataParallel", "pieces", "the parts of a batch, whose sums are the same however many processes there are"),
        ("keras.ops.*conv*", "*", "a shape is no constant in C#: null is Keras' 1"),
        ("keras.ops.*fold", "*", "a shape is no constant in C#: null is Keras' 1, and 0 of padding"),
        ("keras.ops.segment_*", "sorted", "it changes nothing that is given"),
        ("keras.ops.*_normalization", "axis", "null is Keras' -1"),
        ("keras.ops.ctc_decode", "*", "there is the greedy strategy"),
        ("keras.ops.dot_product_attention", "*", "what TensorFlow's backend doesn't look at"),
        ("keras.ops.geomspace", "axis", "an array of numbers alone"),
        ("keras.ops.meshgrid", "x", "the tensors"),
        ("keras.ops.rearrange", "axes_lengths", "lengths by name, which Keras takes among **kwargs"),
        ("keras.ops.scan", "unroll", "each step has nodes of its own"),
        ("keras.ops.unique", "*", "an array is as long as it is"),
        ("keras.ops.vectorize", "*", "a function of single numbers"),
        ("keras*.result_type", "dtypes", "the types"),
        ("keras.utils.timeseries_dataset_from_array", "format", "data sets are tf.data's"),
        ("keras.utils.model_to_dot", "subgraph", "it is drawn, not laid out by another program"),
        ("keras.layers.Lambda", "mask", "there are no masks"),
        ("keras.layers.Lambda", "arguments", "a function holds what it needs"),
        ("keras.utils.split_dataset", "preferred_backend", "there is one kind of data set, tf.data's"),
        ("keras.layers.dot", "axes", "null is Keras' -1"),
        ("keras.layers.dot", "normalize", "Keras takes it among **kwargs"),
        ("keras.layers.*", "*factor", "what Keras makes of one number is shown, from and to"),
        ("keras.layers.RandomElasticTransform", "scale", "what Keras makes of one number is shown, from and to"),
        ("keras.layers.RandomGaussianBlur", "*", "what Keras makes of one number is shown, from and to"),
        ("keras.layers.Cropping2D", "cropping", "a Padding2D, which is shown as Keras' tuples"),
        ("keras.metrics.BinaryIoU", "target_class_ids", "an array, as of the others"),
        ("keras.losses.*", "axis", "classes lie along the last axis"),
        ("keras.callbacks.LambdaCallback", "*", "Keras takes it among **kwargs"),
        ("keras.Sequential.from_config", "custom_objects", "`custom_object_scope` makes them known to it"),
        ("keras.Model.from_config", "custom_objects", "`custom_object_scope` makes them known to it"),
        ("*.clone_model", "kwargs", "there are no others"),
        ("*Model.compile", "engine", "what to compute on, which Keras chooses once for a program"),
        ("*Model.compile", "steps_per_execution", "a step needs no graph to be called, so there is nothing to gain"),
        ("*Model.compile", "jit_compile", "null is Keras' auto"),
        ("*Model.compile", "optimizer", "say what trains the model: Keras' rmsprop by default is rarely meant"),
        ("*Model.compile", "metrics", "lists of metrics come before what is rarely given"),
        ("*Model.fit", "x", "there is no training without data"),
        ("*Model.fit", "verbose", "\"auto\" is chosen when none is given"),
        ("*Model.evaluate", "x", "there is no evaluation without data"),
        ("*Model.evaluate", "verbose", "\"auto\" is chosen when none is given"),
        ("*Model.predict", "verbose", "\"auto\" is chosen when none is given"),
        ("*Model.save", "zipped", "a .keras is always one file"),
        ("*Model.save", "include_optimizer", "Keras takes it among **kwargs"),
        ("*save_model", "zipped", "a .keras is always one file"),
        ("*save_weights", "max_shard_size", "weights are one file"),
        ("keras.ops.rot90", "axes", "a pair is no constant in C#: null is (0, 1)"),
        ("keras.Sequential.*", "rebuild", "a model is always built again"),
        ("*.clear_session", "free_memory", "memory is freed when nothing refers to it"),
        ("*deserialize_keras_object", "safe_mode", "no file runs code, whatever is asked"),
        ("*load_model", "safe_mode", "no file runs code, whatever is asked"),
        ("*.TensorBoard", "*", "there are scalars, histograms and the model's layers"),
    ];

    [Fact]
    public void Parameters_are_Keras_but_for_a_short_list_of_reasons()
    {
        var unexplained = KerasSurface.Here.Differences.Where(d => ReasonOf(d.Of, d.Parameter) is null).Select(d => $"{d.Of}: {d.Parameter} {d.How}").ToList();
        Assert.True(unexplained.Count == 0, "Not as in Keras, and without a reason in this test's list:\n" + string.Join("\n", unexplained));
    }

    [Fact]
    public void Other_names_of_one_thing_count()
    {
        bool IsHere(string module, string name) =>
            KerasSurface.Here.Modules.Concat(KerasSurface.Here.Text).First(m => m.Module == module).Names.Contains((name, true));
        Assert.True(IsHere("keras.layers", "MaxPool2D") && IsHere("keras.layers", "Convolution2D") && IsHere("loss", "mse") && IsHere("loss", "MSE"));
        Assert.False(IsHere("keras.layers", "LSTM"));
    }

    internal static string? ReasonOf(string of, string parameter) =>
        s_reasons.FirstOrDefault(reason => Matches(reason.Of, of) && Matches(reason.Parameter, parameter)).Reason;

    private static bool Matches(string pattern, string text) => Regex.IsMatch(text, $"^{Regex.Escape(pattern).Replace("\\*", ".*")}$");
}
