namespace KerasPort;

/// <content>Convolutions, poolings, normalizations and crossentropies of values and of tensors in a <c>call</c>.</content>
public sealed partial class TensorFlowNNModule
{
    /// <summary>The mean of each window of images.</summary>
    /// <inheritdoc cref="max_pool2d"/>
    public Tensor avg_pool2d(Tensor input, Shape ksize, Shape strides, string padding) =>
        Python.keras.ops.average_pool(input, Window(ksize), Window(strides), Same(padding), "channels_last");

    /// <summary>(x - mean) / √(variance + variance_epsilon) · scale + offset.</summary>
    public Tensor batch_normalization(Tensor x, Tensor mean, Tensor variance, Tensor? offset, Tensor? scale, double variance_epsilon)
    {
        var ops = Python.keras.ops;
        var inverse = ops.rsqrt(variance + variance_epsilon);
        if (scale is not null) inverse = inverse * scale;
        return x * inverse + (offset is null ? -mean * inverse : offset - mean * inverse);
    }

    /// <summary>Adds a vector to the last axis.</summary>
    public Tensor bias_add(Tensor value, Tensor bias) => Python.tf.add(value, bias);

    /// <summary>The sum of losses, each times its weight, divided by the number of samples of a whole batch.</summary>
    public Tensor compute_average_loss(Tensor per_example_loss, Tensor? sample_weight = null, int? global_batch_size = null) =>
        Python.keras.ops.sum(sample_weight is null ? per_example_loss : per_example_loss * sample_weight)
            / (double)(global_batch_size ?? per_example_loss.shape.Size);

    /// <summary>The convolution of images with filters [height, width, channels, filters].</summary>
    /// <param name="input">The images, channels last.</param>
    /// <param name="filters">The filters.</param>
    /// <param name="strides">The step of the windows: one number, two, or four as in <c>[1, 2, 2, 1]</c>.</param>
    /// <param name="padding">"SAME" or "VALID".</param>
    /// <exception cref="ValueError">The shapes don't fit, or the padding is unknown.</exception>
    public Tensor conv2d(Tensor input, Tensor filters, Shape strides, string padding) =>
        Python.keras.ops.conv(input, filters, Window(strides), Same(padding), "channels_last");

    /// <summary>relu of the tensor and of its negative, concatenated.</summary>
    public Tensor crelu(Tensor features, int axis = -1) => relu(Python.keras.ops.concatenate([features, -features], axis));

    /// <inheritdoc cref="OpsModule.depth_to_space"/>
    public Tensor depth_to_space(Tensor input, int block_size) => Python.keras.ops.depth_to_space(input, block_size);

    /// <summary>The depthwise convolution of images with a filter [height, width, channels, outputs per channel].</summary>
    /// <inheritdoc cref="conv2d"/>
    /// <param name="filter">The filter.</param>
    public Tensor depthwise_conv2d(Tensor input, Tensor filter, Shape strides, string padding) =>
        Python.keras.ops.depthwise_conv(input, filter, Window(strides), Same(padding), "channels_last");

    /// <summary>The rows of a table at indices.</summary>
    public Tensor embedding_lookup(Tensor @params, Tensor ids) => Python.tf.gather(@params, ids);

    /// <inheritdoc cref="OpsModule.in_top_k"/>
    public Tensor in_top_k(Tensor targets, Tensor predictions, int k) => Python.tf.math.in_top_k(targets, predictions, k);

    /// <summary>Half of the sum of squares.</summary>
    public Tensor l2_loss(Tensor t) => Python.tf.reduce_sum(Python.tf.square(t)) / 2.0;

    /// <summary>The maximum of each window of images.</summary>
    /// <inheritdoc cref="conv2d"/>
    /// <param name="ksize">The window: one number, two, or four as in <c>[1, 2, 2, 1]</c>.</param>
    public Tensor max_pool2d(Tensor input, Shape ksize, Shape strides, string padding) =>
        Python.keras.ops.max_pool(input, Window(ksize), Window(strides), Same(padding), "channels_last");

    /// <inheritdoc cref="OpsModule.moments"/>
    public Tensor moments(Tensor x, Axes axes, bool keepdims = false) => Python.keras.ops.moments(x, axes, keepdims);

    /// <summary>The crossentropy of each element of labels from 0 to 1 and logits.</summary>
    public Tensor sigmoid_cross_entropy_with_logits(Tensor labels, Tensor logits) =>
        Python.keras.ops.binary_crossentropy(labels, logits, from_logits: true);

    /// <summary>The crossentropy of probabilities and logits along an axis.</summary>
    public Tensor softmax_cross_entropy_with_logits(Tensor labels, Tensor logits, int axis = -1) =>
        Python.keras.ops.categorical_crossentropy(labels, logits, from_logits: true, axis);

    /// <inheritdoc cref="OpsModule.space_to_depth"/>
    public Tensor space_to_depth(Tensor input, int block_size) => Python.keras.ops.space_to_depth(input, block_size);

    /// <summary>The crossentropy of class numbers and logits, along the last axis.</summary>
    public Tensor sparse_softmax_cross_entropy_with_logits(Tensor labels, Tensor logits) =>
        Python.keras.ops.sparse_categorical_crossentropy(labels, logits, from_logits: true);

    /// <inheritdoc cref="TensorFlowMathModule.zero_fraction"/>
    public Tensor zero_fraction(Tensor value) => Python.tf.math.zero_fraction(value);

    // The height and the width of a window or a step, which TensorFlow takes with the images and the channels around them, too.
    private static Shape Window(Shape each) => each.Rank == 4 ? each[1..3] : each;

    private static string Same(string padding) => padding is "SAME" or "VALID" ? padding.ToLowerInvariant()
        : throw new ValueError($"`padding` is \"SAME\" or \"VALID\". Received: padding={padding}");
}
