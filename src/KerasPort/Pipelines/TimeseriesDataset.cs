using KerasPort.Pipelines;
using KerasPort.Random;

namespace KerasPort;

/// <summary>Windows over the rows of an array, with the target of each.</summary>
internal static class TimeseriesDataset
{
    // The size of Keras' shuffle buffer in elements, if there are no batches.
    private const int Unbatched = 1024;

    /// <inheritdoc cref="UtilsModule.timeseries_dataset_from_array"/>
    public static Dataset Of(NDArray data, NDArray? targets, int length, int stride, int rate, int? batchSize, bool shuffle, long? seed, int? start, int? end)
    {
        int rows = data.Length;
        void Require(bool isSo, string what, int value)
        {
            if (!isSo) throw new ValueError($"`{what}`. Received: {what.Split('`')[0]}={value}, for data of length {rows}");
        }
        if (start is { } from and not 0) Require(from > 0 && from < rows, "start_index` must be 0 or greater and lower than the length of the data", from);
        if (end is { } to and not 0) Require(to > (start ?? 0) && to < rows,
            "end_index` must be higher than `start_index` and lower than the length of the data", to);
        Require(rate > 0 && rate < rows, "sampling_rate` must be higher than 0 and lower than the length of the data", rate);
        Require(stride > 0 && stride < rows, "sequence_stride` must be higher than 0 and lower than the length of the data", stride);
        Require(length > 0, "sequence_length` must be higher than 0", length);
        int first = start ?? 0, count = (end ?? rows) - first - (length - 1) * rate;
        if (targets is not null) count = Math.Min(count, targets.Length);
        int[] starts = [.. Enumerable.Range(0, Math.Max(0, (count + stride - 1) / stride)).Select(i => i * stride)];
        if (shuffle)
        {
            seed ??= RandomState.Global.randint(1_000_000);
            new RandomState(seed).Shuffle(starts.AsSpan());
        }
        Dataset windows = new WindowDataset(data, targets, [.. starts.Select(at => at + first)], length, rate);
        if (shuffle) windows = batchSize is { } some ? windows.shuffle(some * 8L, seed) : windows.shuffle(Unbatched, seed);
        return batchSize is { } size ? windows.batch(size) : windows;
    }

    private sealed class WindowDataset(NDArray data, NDArray? targets, int[] starts, int length, int rate) : Dataset
    {
        internal override long Count => starts.Length;

        internal override TensorSpec Spec { get; } = SpecOf(data, targets, length);

        internal override IEnumerator<Tensor> Open()
        {
            foreach (int start in starts) yield return Row(data, targets, start, length, rate);
        }

        internal override string Describe() => $"windows of {length} rows, every {rate}, from {string.Join(", ", starts)} of "
            + Element.Hash(targets is null ? data : Tensor.Several([data, targets]));

        // Of the arrays, as there may be no window.
        private static TensorSpec SpecOf(NDArray data, NDArray? targets, int length)
        {
            TensorSpec window = new(new Shape([length, .. ((Shape)data.shape)[1..]]), data.dtype);
            return targets is null ? window : TensorSpec.Several([window, new(((Shape)targets.shape)[1..], targets.dtype)]);
        }

        private static Tensor Row(NDArray data, NDArray? targets, int start, int length, int rate)
        {
            NDArray window = data[[.. Enumerable.Range(0, length).Select(i => start + i * rate)]];
            return targets is null ? window : Tensor.Several([window, targets[start]]);
        }
    }
}
