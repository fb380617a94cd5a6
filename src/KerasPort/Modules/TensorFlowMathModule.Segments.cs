using KerasPort.Graphs;

namespace KerasPort;

/// <content>Reductions of the segments of a first axis.</content>
public sealed partial class TensorFlowMathModule
{
    /// <summary>The largest entry of each segment of the first axis.</summary>
    /// <param name="data">The entries.</param>
    /// <param name="segment_ids">The segment of each entry, ascending from 0 without a gap.</param>
    public Tensor segment_max(Tensor data, Tensor segment_ids) => Python.keras.ops.segment_max(data, segment_ids);

    /// <summary>The mean of each segment of the first axis.</summary>
    /// <inheritdoc cref="segment_max"/>
    public Tensor segment_mean(Tensor data, Tensor segment_ids) => unsorted_segment_mean(data, segment_ids, Segments(segment_ids));

    /// <summary>The smallest entry of each segment of the first axis.</summary>
    /// <inheritdoc cref="segment_max"/>
    public Tensor segment_min(Tensor data, Tensor segment_ids) => Python.keras.ops.segment_min(data, segment_ids);

    /// <summary>The sum of each segment of the first axis.</summary>
    /// <inheritdoc cref="segment_max"/>
    public Tensor segment_sum(Tensor data, Tensor segment_ids) => unsorted_segment_sum(data, segment_ids, Segments(segment_ids));

    /// <summary>The mean of each segment of the first axis, 0 of an empty one.</summary>
    /// <param name="data">The entries.</param>
    /// <param name="segment_ids">The segment of each entry, in any order.</param>
    /// <param name="num_segments">The number of segments.</param>
    public Tensor unsorted_segment_mean(Tensor data, Tensor segment_ids, int num_segments) =>
        divide_no_nan(unsorted_segment_sum(data, segment_ids, num_segments), unsorted_segment_sum(Python.tf.ones_like(data), segment_ids, num_segments));

    /// <summary>The sum of each segment of the first axis, 0 of an empty one.</summary>
    /// <inheritdoc cref="unsorted_segment_mean"/>
    public Tensor unsorted_segment_sum(Tensor data, Tensor segment_ids, int num_segments) =>
        Python.keras.ops.segment_sum(data, segment_ids, num_segments);

    private static int Segments(Tensor segment_ids) => (int)segment_ids.numpy().max() + 1;
}
