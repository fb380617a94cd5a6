using KerasPort.Random;

namespace KerasPort.Pipelines;

/// <summary><c>keras.utils.split_dataset</c>: two data sets of one, which is read into memory first.</summary>
internal static class SplitDataset
{
    /// <exception cref="ValueError">A side would be empty, the sizes exceed the data, or the data is empty or without end.</exception>
    public static (Dataset Left, Dataset Right) Of(Data data, SplitSize? left_size, SplitSize? right_size, bool shuffle, long? seed)
    {
        if (left_size is null && right_size is null)
            throw new ValueError("At least one of the `left_size` or `right_size` must be specified. Received: left_size=None and right_size=None");
        var all = Samples(data);
        int[] order = [.. Enumerable.Range(0, all is null ? 0 : Element.Rows(all))];
        if (all is null || order.Length == 0)
            throw new ValueError("Received an empty dataset. Argument `dataset` must be non-empty arrays or a non-empty `tf.data.Dataset`.");
        var (left, right) = Sizes(left_size, right_size, order.Length);
        if (shuffle) Seeds.ShuffleAsPython(order, seed);
        return (Part(order[..left]), Part(order[^right..]));

        Dataset Part(int[] rows)
        {
            Dataset part = new TensorSliceDataset(Element.Rows(all, rows));
            if (data.Dataset is BatchDataset { Size: var size }) part = part.batch(size);
            return part.prefetch(Python.tf.data.AUTOTUNE);
        }
    }

    /// <summary>All samples in order; <c>null</c> where there are none.</summary>
    private static Tensor? Samples(Data data)
    {
        if (data.Dataset is not { } dataset) return data.ToElement();
        if (dataset.Count == Dataset.Infinite) throw new ValueError("The dataset is infinite: it can't be split; `take` the part that is wanted first.");
        Tensor[] samples = [.. dataset is BatchDataset ? dataset.unbatch() : dataset];
        return samples.Length == 0 ? null : Element.Stack(samples);
    }

    private static (int Left, int Right) Sizes(SplitSize? left_size, SplitSize? right_size, int total)
    {
        if (left_size is { Value: 0 } && right_size is { Value: 0 })
            throw new ValueError("Both `left_size` and `right_size` are zero. At least one of the split sizes must be non-zero.");
        foreach (var (size, name) in ((SplitSize?, string)[])[(left_size, "left_size"), (right_size, "right_size")])
        {
            if (size?.Fits(total) == false)
                throw new ValueError(
                    $"`{name}` should be either a positive integer smaller than {total}, or a float within the range `[0, 1]`. Received: {name}={size}");
        }
        if (left_size is { IsFraction: true } l && right_size is { IsFraction: true } r && l.Value + r.Value > 1)
            throw new ValueError($"The sum of `left_size` and `right_size` is greater than 1. It must be less than or equal to 1. Received: {l} and {r}");
        int left = left_size?.Of(total) ?? total - right_size!.Value.Of(total), right = right_size?.Of(total) ?? total - left;
        if (left + right > total)
            throw new ValueError(
                $"The sum of `left_size` and `right_size` should be smaller than the {total}. Received: left_size + right_size = {left + right}");
        return left > 0 && right > 0 ? (left, right) : throw new ValueError($"With `dataset` of length={total}, `left_size`={left} and `right_size`={right}. "
            + $"Resulting {(left == 0 ? "left" : "right")} side dataset split will be empty. Adjust any of the aforementioned parameters");
    }
}
