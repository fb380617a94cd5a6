namespace KerasPort.Pipelines;

/// <summary>Elements grouped by a key; a function makes a data set of each full window of a key.</summary>
internal sealed class GroupByWindowDataset(Dataset input, Func<Tensor, long> key, Func<long, Dataset, Dataset> make, Func<long, long> size) : Dataset(input)
{
    internal override long Count => Unknown;

    internal override bool IsForeign => true;

    internal override TensorSpec? Spec => input.Spec is { } given ? make(0, new TensorDataset(given.Zeros(1))).Spec : null;

    internal override string Describe() => "group_by_window";

    internal override IEnumerator<Tensor> Open()
    {
        var groups = new SortedDictionary<long, List<Tensor>>();
        using var elements = input.Open();
        while (elements.MoveNext())
        {
            long at = key(elements.Current), most = size(at);
            if (most <= 0) throw new ValueError($"Window size must be greater than zero, but got {most}.");
            if (!groups.TryGetValue(at, out var group)) groups[at] = group = [];
            group.Add(elements.Current);
            if (group.Count < most) continue;
            groups.Remove(at);
            foreach (var made in make(at, new ListDataset(group))) yield return made;
        }
        // Incomplete windows come last, the lowest key first, as in TensorFlow.
        foreach (var (at, group) in groups)
            foreach (var made in make(at, new ListDataset(group))) yield return made;
    }
}

/// <summary>A list of elements.</summary>
internal sealed class ListDataset(IReadOnlyList<Tensor> elements) : Dataset
{
    internal override long Count => elements.Count;

    internal override TensorSpec? Spec => elements.Count == 0 ? null : elements.Select(TensorSpec.Of).Aggregate((TensorSpec?)null, (all, one) =>
        all is null ? one : TensorSpec.Joined(all, one));

    internal override string Describe() => "elements";

    internal override IEnumerator<Tensor> Open() => elements.GetEnumerator();
}

/// <summary>A data set with a number of elements that the program asserts.</summary>
internal sealed class CountedDataset(Dataset input, long count) : Dataset(input)
{
    internal override long Count => count;

    internal override string Describe() => "assert_cardinality";

    internal override IEnumerator<Tensor> Open()
    {
        using var elements = input.Open();
        long seen = 0;
        for (; elements.MoveNext(); seen++)
        {
            if (seen == count) throw new ValueError($"Input dataset was expected to contain {count} elements but contained at least {seen + 1} elements.");
            yield return elements.Current;
        }
        if (count >= 0 && seen < count) throw new ValueError($"Input dataset was expected to contain {count} elements but contained only {seen} elements.");
    }
}
