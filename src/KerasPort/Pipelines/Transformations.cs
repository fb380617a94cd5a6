using System.Globalization;

namespace KerasPort.Pipelines;

/// <summary>The elements for which a function is true.</summary>
internal sealed class FilterDataset(Dataset input, Func<Tensor, bool> predicate) : Dataset(input)
{
    internal override long Count => Unknown;

    internal override bool IsForeign => true;

    internal override string Describe() => "filter";

    internal override IEnumerator<Tensor> Open()
    {
        using var elements = input.Open();
        while (elements.MoveNext())
            if (predicate(elements.Current)) yield return elements.Current;
    }
}

/// <summary>Batches of elements, padded to the same shape where asked for.</summary>
internal sealed class BatchDataset(Dataset input, int size, bool dropsRemainder, Padding? padding = null) : Dataset(input)
{
    /// <summary>Elements per batch.</summary>
    public int Size => size;

    internal override long Count => input.Count < 0 ? input.Count : dropsRemainder ? input.Count / size : (input.Count + size - 1) / size;

    internal override TensorSpec? Spec => input.Spec is not { } given ? null : padding?.Of(given, Rows)
        ?? given.Map(leaf => new TensorSpec(leaf.shape.WithBatch(Rows), leaf.dtype));

    private int? Rows => dropsRemainder ? size : null;

    internal override string Describe() => string.Create(CultureInfo.InvariantCulture, $"batch({size}, {dropsRemainder})");

    internal override IEnumerator<Tensor> Open()
    {
        using var elements = input.Open();
        var batch = new List<Tensor>();
        while (elements.MoveNext())
        {
            batch.Add(elements.Current);
            if (batch.Count < size) continue;
            yield return Together(batch);
            batch.Clear();
        }
        if (batch.Count > 0 && !dropsRemainder) yield return Together(batch);
    }

    private Tensor Together(List<Tensor> elements) => padding?.Stack(elements) ?? Element.Stack(elements);
}

/// <summary>The rows of each element.</summary>
internal sealed class UnbatchDataset(Dataset input, bool isCounted = true) : Dataset(input)
{
    internal override long Count => !isCounted ? Unknown : input.Count < 0 ? input.Count
        : input.Spec?.Shapes.Select(shape => shape.Rank > 0 ? shape[0] : null).FirstOrDefault(rows => rows is not null) is > 0 and int rows
            ? checked(input.Count * rows) : Unknown;

    internal override TensorSpec? Spec => input.Spec?.Map(leaf => new TensorSpec(leaf.shape[1..], leaf.dtype));

    internal override string Describe() => "unbatch";

    internal override IEnumerator<Tensor> Open()
    {
        using var elements = input.Open();
        while (elements.MoveNext())
            for (int i = 0, rows = Element.Rows(elements.Current); i < rows; i++) yield return Element.Row(elements.Current, i);
    }
}

/// <summary>The elements again and again.</summary>
internal sealed class RepeatDataset(Dataset input, long? times) : Dataset(input)
{
    internal override long Count => times == 0 || input.Count == 0 ? 0 : times is null || input.Count == Infinite ? Infinite
        : input.Count == Unknown ? Unknown : checked(input.Count * times.Value);

    internal override string Describe() => string.Create(CultureInfo.InvariantCulture, $"repeat({times})");

    internal override void Touch()
    {
        if (times != 0) base.Touch();
    }

    internal override IEnumerator<Tensor> Open()
    {
        for (long i = 0; i != times; i++)
        {
            using var elements = input.Open();
            bool any = false;
            for (; elements.MoveNext(); any = true) yield return elements.Current;
            if (!any) yield break;
        }
        // TensorFlow opens one more pass behind the last. Not for a shuffle, which it fuses with the repeat into one operation.
        if (times is > 1 && input is not ShuffleDataset) input.Touch();
    }
}

/// <summary>The first elements.</summary>
internal sealed class TakeDataset(Dataset input, long count) : Dataset(input)
{
    internal override long Count => count < 0 ? input.Count : count == 0 ? 0
        : input.Count switch { Infinite => count, Unknown => Unknown, var all => Math.Min(all, count) };

    internal override string Describe() => string.Create(CultureInfo.InvariantCulture, $"take({count})");

    internal override IEnumerator<Tensor> Open()
    {
        if (count == 0) yield break;
        using var elements = input.Open();
        // The element behind the last isn't asked for, which might take long or draw numbers.
        for (long i = 0; i != count && elements.MoveNext(); i++) yield return elements.Current;
    }
}

/// <summary>The elements behind the first ones.</summary>
internal sealed class SkipDataset(Dataset input, long count) : Dataset(input)
{
    internal override long Count => input.Count < 0 ? input.Count : count < 0 ? 0 : Math.Max(0, input.Count - count);

    internal override string Describe() => string.Create(CultureInfo.InvariantCulture, $"skip({count})");

    internal override IEnumerator<Tensor> Open()
    {
        if (count < 0) yield break;
        using var elements = input.Open();
        for (long i = 0; i < count; i++)
            if (!elements.MoveNext()) yield break;
        while (elements.MoveNext()) yield return elements.Current;
    }
}

/// <summary>Every n-th element.</summary>
internal sealed class ShardDataset(Dataset input, long shards, long index) : Dataset(input)
{
    internal override long Count => input.Count < 0 ? input.Count : (input.Count + shards - 1 - index) / shards;

    internal override string Describe() => string.Create(CultureInfo.InvariantCulture, $"shard({shards}, {index})");

    internal override IEnumerator<Tensor> Open()
    {
        using var elements = input.Open();
        for (long i = 0; elements.MoveNext(); i++)
            if (i % shards == index) yield return elements.Current;
    }
}

/// <summary>Keeps the elements of the first complete pass in memory.</summary>
internal sealed class CacheDataset(Dataset input) : Dataset(input)
{
    private volatile IReadOnlyList<Tensor>? _all;

    internal override long Count => input.Count;

    internal override string Describe() => "cache";

    internal override void Touch()
    {
        if (_all is null) base.Touch();
    }

    internal override IEnumerator<Tensor> Open() => _all?.GetEnumerator() ?? Filling();

    private IEnumerator<Tensor> Filling()
    {
        using var elements = input.Open();
        var seen = new List<Tensor>();
        while (elements.MoveNext())
        {
            seen.Add(elements.Current);
            yield return elements.Current;
        }
        _all = seen;
    }
}

/// <summary>Tuples of one element of each data set, until one of them ends.</summary>
internal sealed class ZipDataset(Dataset[] inputs) : Dataset(inputs)
{
    internal override long Count => Inputs.All(input => input.Count == Infinite) ? Infinite : Inputs.Any(input => input.Count == Unknown) ? Unknown
        : Inputs.Where(input => input.Count != Infinite).Min(input => input.Count);

    internal override TensorSpec? Spec
    {
        get
        {
            TensorSpec?[] all = [.. Inputs.Select(input => input.Spec)];
            return all.Contains(null) ? null : TensorSpec.Several(all!);
        }
    }

    internal override string Describe() => "zip";

    internal override IEnumerator<Tensor> Open()
    {
        var all = Inputs.Select(input => input.Open()).ToArray();
        try
        {
            while (all.All(elements => elements.MoveNext())) yield return Tensor.Several([.. all.Select(elements => elements.Current)]);
        }
        finally
        {
            foreach (var elements in all) elements.Dispose();
        }
    }
}

/// <summary>The elements of one data set, then those of another.</summary>
internal sealed class ConcatenateDataset(Dataset first, Dataset second) : Dataset(first, second)
{
    internal override long Count => first.Count == Infinite || second.Count == Infinite ? Infinite
        : first.Count < 0 || second.Count < 0 ? Unknown : first.Count + second.Count;

    internal override TensorSpec? Spec => first.Spec is { } a && second.Spec is { } b ? TensorSpec.Joined(a, b) : null;

    internal override string Describe() => "concatenate";

    // A pass opens the second data set only when the first ends.
    internal override void Touch() => first.Touch();

    internal override IEnumerator<Tensor> Open()
    {
        foreach (var input in Inputs)
        {
            using var elements = input.Open();
            while (elements.MoveNext()) yield return elements.Current;
        }
    }
}

/// <summary>The elements with their numbers.</summary>
internal sealed class EnumerateDataset(Dataset input, long start) : Dataset(input)
{
    internal override long Count => input.Count;

    internal override TensorSpec? Spec => input.Spec is { } given ? TensorSpec.Several([new([], DType.int64), given]) : null;

    internal override string Describe() => string.Create(CultureInfo.InvariantCulture, $"enumerate({start})");

    internal override IEnumerator<Tensor> Open()
    {
        using var elements = input.Open();
        for (long i = start; elements.MoveNext(); i++) yield return Tensor.Several([(NDArray)i, elements.Current]);
    }
}
