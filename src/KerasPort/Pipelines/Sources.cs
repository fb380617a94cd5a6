using System.Globalization;

namespace KerasPort.Pipelines;

/// <summary>Rows of arrays.</summary>
internal sealed class TensorSliceDataset(Tensor arrays) : Dataset
{
    private readonly int _rows = Element.Rows(arrays);

    internal override long Count => _rows;

    internal override IEnumerator<Tensor> Open()
    {
        for (int i = 0; i < _rows; i++) yield return Element.Row(arrays, i);
    }

    internal override TensorSpec Spec { get; } = TensorSpec.Of(arrays).Map(leaf => new TensorSpec(leaf.shape[1..], leaf.dtype));

    internal override string Describe() => $"rows of {Element.Hash(arrays)}";
}

/// <summary>One element.</summary>
internal sealed class TensorDataset(Tensor element) : Dataset
{
    internal override long Count => 1;

    internal override IEnumerator<Tensor> Open()
    {
        yield return element;
    }

    internal override TensorSpec Spec => TensorSpec.Of(element);

    internal override string Describe() => Element.Hash(element);
}

/// <summary>Numbers.</summary>
internal sealed class RangeDataset(long start, long stop, long step, DType type) : Dataset
{
    // A range up to the largest or the smallest long counts as endless.
    internal override long Count => stop is long.MaxValue or long.MinValue ? Infinite : Math.Max(0, (stop - start + step - Math.Sign(step)) / step);

    internal override IEnumerator<Tensor> Open()
    {
        for (long i = 0, count = Count; count == Infinite || i < count; i++)
        {
            NDArray number = start + i * step;
            yield return type == DType.int64 ? number : number.astype(type);
        }
    }

    internal override TensorSpec Spec => new([], type);

    internal override string Describe() => string.Create(CultureInfo.InvariantCulture, $"range({start}, {stop}, {step})");
}

/// <summary>The elements of the program's own generator, restarted in each pass.</summary>
internal sealed class FlatMapDataset(Func<IEnumerable<Tensor>> generator, TensorSpec? signature) : Dataset
{
    internal override TensorSpec? Spec => signature;

    internal override long Count => Unknown;

    internal override bool IsForeign => true;

    internal override string WhyNotAgain => "from_generator can't say where its generator is";

    internal override IEnumerator<Tensor> Open() =>
        (signature is null ? generator() : generator().Select(signature.Conformed)).GetEnumerator();

    internal override string Describe() => "a generator";
}
