using KerasPort.Graphs;

namespace KerasPort;

// Operations of networks, with the weights as arguments: convolutions, poolings, normalizations.
public sealed partial class OpsModule
{
    /// <summary>Average pooling of sequences, images or volumes to a given output size.</summary>
    public Tensor adaptive_average_pool(Tensor inputs, Shape output_size, string? data_format = null) =>
        KerasOps.AdaptiveAveragePool(output_size, data_format).Of(inputs);

    /// <summary>Maximum pooling of sequences, images or volumes to a given output size.</summary>
    public Tensor adaptive_max_pool(Tensor inputs, Shape output_size, string? data_format = null) =>
        KerasOps.AdaptiveMaxPool(output_size, data_format).Of(inputs);

    /// <summary>The mean of each window of sequences, images or volumes.</summary>
    public Tensor average_pool(Tensor inputs, Shape pool_size, Shape? strides = null, string padding = "valid", string? data_format = null) =>
        KerasOps.AveragePool(pool_size, strides, padding, data_format).Of(inputs);

    /// <summary>(x - mean) / √(variance + epsilon), then scale and offset: each has one value for each index along the axis.</summary>
    public Tensor batch_normalization(Tensor x, Tensor mean, Tensor variance, int axis, Tensor? offset = null, Tensor? scale = null, double epsilon = 0.001) =>
        KerasOps.BatchNorm(axis, epsilon, offset is not null, scale is not null).Of(Given(x, mean, variance, offset, scale));

    /// <summary>The convolution of sequences, images or volumes with a kernel [window, channels, filters].</summary>
    public Tensor conv(Tensor inputs, Tensor kernel, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? dilation_rate = null) =>
        KerasOps.Conv(strides ?? 1, padding, data_format, dilation_rate ?? 1).Of(inputs, kernel);

    /// <summary>The transposed convolution of sequences, images or volumes, with a kernel [window, filters, channels].</summary>
    public Tensor conv_transpose(Tensor inputs, Tensor kernel, Shape? strides = null, string padding = "valid", Shape? output_padding = null,
        string? data_format = null, Shape? dilation_rate = null) =>
        KerasOps.ConvTranspose(strides ?? 1, padding, output_padding, data_format, dilation_rate ?? 1).Of(inputs, kernel);

    /// <summary>Decodes sequences of outputs to labels, padded with -1, and their scores: <c>var (labels, scores) = …</c>; of arrays.</summary>
    /// <param name="inputs">Logits [samples, steps, classes].</param>
    /// <param name="sequence_lengths">The number of valid steps of each sample.</param>
    /// <param name="strategy">"greedy": the class with the largest logit at each step.</param>
    /// <param name="merge_repeated">Whether repeated labels in successive steps are merged.</param>
    /// <param name="mask_index">The index of the blank class.</param>
    /// <exception cref="ValueError">The strategy is unknown.</exception>
    public Tensor ctc_decode(NDArray inputs, NDArray sequence_lengths, string strategy = "greedy", bool merge_repeated = true, int mask_index = 0)
    {
        if (strategy != "greedy") throw new ValueError($"Invalid strategy {strategy}. There is 'greedy' here.");
        int samples = inputs.shape[0], steps = inputs.shape[1], classes = inputs.shape[2], blank = mask_index < 0 ? mask_index + classes : mask_index;
        float[] logits = inputs.ToFloats();
        int[] lengths = sequence_lengths.ToInts(), labels = [.. Enumerable.Repeat(-1, samples * steps)];
        var scores = new float[samples];
        for (int sample = 0; sample < samples; sample++)
            for (int step = 0, before = -1, next = 0; step < lengths[sample]; step++)
            {
                var at = logits.AsSpan((sample * steps + step) * classes, classes);
                int largest = System.Numerics.Tensors.TensorPrimitives.IndexOfMax(at);
                scores[sample] -= at[largest];
                if (largest != blank && !(merge_repeated && largest == before)) labels[sample * steps + next++] = largest;
                before = largest;
            }
        return Tensor.Several([new NDArray(labels, 1, samples, steps), new NDArray(scores, samples, 1)]);
    }

    /// <summary>-log of the probability that a sequence of logits yields the labels: the loss <see cref="Losses.CTC"/>, with given lengths.</summary>
    /// <param name="target">Labels [samples, length].</param>
    /// <param name="output">Logits [samples, steps, classes].</param>
    /// <param name="target_length">The number of valid labels of each sample.</param>
    /// <param name="output_length">The number of valid steps of each sample.</param>
    /// <param name="mask_index">The index of the blank class.</param>
    public Tensor ctc_loss(Tensor target, Tensor output, Tensor target_length, Tensor output_length, int mask_index = 0) =>
        KerasOps.CtcLoss(mask_index).Of(target, output, target_length, output_length);

    /// <summary>Rearranges channels of images into blocks of pixels.</summary>
    public Tensor depth_to_space(Tensor x, int block_size, string data_format = "channels_last") => KerasOps.DepthToSpace(block_size, data_format).Of(x);

    /// <summary>The depthwise convolution of sequences or images with a kernel [window, channels, outputs per channel].</summary>
    public Tensor depthwise_conv(Tensor inputs, Tensor kernel, Shape? strides = null, string padding = "valid", string? data_format = null,
        Shape? dilation_rate = null) =>
        KerasOps.DepthwiseConv(strides ?? 1, padding, data_format, dilation_rate ?? 1).Of(inputs, kernel);

    /// <summary>softmax(query · keyᵀ · scale + bias) · value for each head.</summary>
    /// <param name="query">[samples, steps, heads, features].</param>
    /// <param name="key">[samples, key steps, heads or a divisor of them, features].</param>
    /// <param name="value">Like the key.</param>
    /// <param name="bias">Added to the logits before the softmax.</param>
    /// <param name="mask">0 where a step must not attend to another.</param>
    /// <param name="scale">1 / √features by default.</param>
    /// <param name="is_causal">Whether no step attends to later ones.</param>
    public Tensor dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? bias = null, Tensor? mask = null, double? scale = null,
        bool is_causal = false) =>
        KerasOps.DotProductAttention(bias is not null, mask is not null, scale, is_causal).Of(Given(query, key, value, bias, mask));

    /// <summary>Windows over the last axis, stacked along a new axis in front of it.</summary>
    public Tensor extract_sequences(Tensor x, int sequence_length, int sequence_stride) => KerasOps.ExtractSequences(sequence_length, sequence_stride).Of(x);

    /// <summary>Sums windows [images, channels · window, windows] at their positions in images [images, channels, height, width].</summary>
    public Tensor fold(Tensor x, Shape output_size, Shape kernel_size, Shape? dilation = null, Shape? padding = null, Shape? stride = null) =>
        KerasOps.Fold(Both(output_size), Both(kernel_size), Both(dilation ?? 1), Both(padding ?? 0), Both(stride ?? 1)).Of(x);

    /// <summary>(x - mean) / √(variance + epsilon) over axes, then gamma and beta.</summary>
    public Tensor layer_normalization(Tensor x, Tensor? gamma = null, Tensor? beta = null, Axes? axis = null, double? epsilon = null) =>
        KerasOps.LayerNorm(axis ?? -1, epsilon, gamma is not null, beta is not null).Of(Given(x, gamma, beta));

    /// <summary>The maximum of each window of sequences, images or volumes.</summary>
    public Tensor max_pool(Tensor inputs, Shape pool_size, Shape? strides = null, string padding = "valid", string? data_format = null) =>
        KerasOps.MaxPool(pool_size, strides, padding, data_format).Of(inputs);

    /// <summary>The peak signal-to-noise ratio of two images in decibels: 20 · log₁₀(max) - 10 · log₁₀ of the mean squared difference.</summary>
    public Tensor psnr(Tensor x1, Tensor x2, double max_val) => x1.shape == x2.shape ? 20 * Math.Log10(max_val) - 10 * log10(mean(square(subtract(x1, x2))))
        : throw new ValueError($"Input shapes {x1.shape} and {x2.shape} must match for PSNR calculation.");

    /// <summary>x / √(mean of x² over axes + epsilon), then scale.</summary>
    public Tensor rms_normalization(Tensor x, Tensor? scale = null, Axes? axis = null, double? epsilon = null) =>
        KerasOps.RMSNorm(axis ?? -1, epsilon, scale is not null).Of(Given(x, scale));

    /// <summary>A depthwise convolution, followed by a pointwise one over the channels of each pixel.</summary>
    public Tensor separable_conv(Tensor inputs, Tensor depthwise_kernel, Tensor pointwise_kernel, Shape? strides = null, string padding = "valid",
        string? data_format = null, Shape? dilation_rate = null) =>
        KerasOps.SeparableConv(strides ?? 1, padding, data_format, dilation_rate ?? 1).Of(inputs, depthwise_kernel, pointwise_kernel);

    /// <summary>Rearranges blocks of pixels of images into channels.</summary>
    public Tensor space_to_depth(Tensor x, int block_size, string data_format = "channels_last") => KerasOps.SpaceToDepth(block_size, data_format).Of(x);

    /// <summary>Extracts the windows of images [images, channels, height, width], as [images, channels · window, windows].</summary>
    public Tensor unfold(Tensor x, Shape kernel_size, Shape? dilation = null, Shape? padding = null, Shape? stride = null) =>
        KerasOps.Unfold(Both(kernel_size), Both(dilation ?? 1), Both(padding ?? 0), Both(stride ?? 1)).Of(x);

    private static Tensor[] Given(params Tensor?[] tensors) => [.. tensors.OfType<Tensor>()];

    /// <summary>A number for each of two axes.</summary>
    private static Shape Both(Shape one) => Layers.WindowArguments.Of(2, "kernel_size", one, allowsZero: true);
}
