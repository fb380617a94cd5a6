using System.Globalization;

namespace KerasPort.Pipelines;

/// <summary>Makes a data set of each element and takes elements from a cycle of these in turn; where one ends, the next takes its place.</summary>
internal sealed class InterleaveDataset(Dataset input, Func<Tensor, Dataset> function, int cycle, int block) : Dataset(input)
{
    internal override long Count => Unknown;

    internal override bool IsForeign => true;

    internal override TensorSpec? Spec => input.Spec is { } given ? function(given.Zeros(1)).Spec : null;

    internal override string Describe() => string.Create(CultureInfo.InvariantCulture, $"interleave({cycle}, {block})");

    internal override IEnumerator<Tensor> Open()
    {
        using var elements = input.Open();
        var open = new IEnumerator<Tensor>?[cycle];
        try
        {
            bool more = true;
            for (int at = 0; more || Array.Exists(open, one => one is not null); at = (at + 1) % cycle)
            {
                if (open[at] is null && more && (more = elements.MoveNext())) open[at] = function(elements.Current).Open();
                if (open[at] is not { } current) continue;
                for (int taken = 0; ; taken++)
                {
                    if (taken == block) break;
                    if (!current.MoveNext())
                    {
                        current.Dispose();
                        open[at] = null;
                        break;
                    }
                    yield return current.Current;
                }
            }
        }
        finally
        {
            foreach (var one in open) one?.Dispose();
        }
    }
}

/// <summary>The outputs of a function of a state and each element, which also gives the next state.</summary>
internal sealed class ScanDataset(Dataset input, Tensor initial, Func<Tensor, Tensor, (Tensor State, Tensor Output)> function) : Dataset(input)
{
    internal override long Count => input.Count;

    internal override bool IsForeign => true;

    internal override TensorSpec? Spec => input.Spec is { } given ? TensorSpec.Of(function(initial, given.Zeros(1)).Output) : null;

    internal override string Describe() => "scan";

    internal override IEnumerator<Tensor> Open()
    {
        using var elements = input.Open();
        var state = initial;
        while (elements.MoveNext())
        {
            (state, var output) = function(state, elements.Current);
            yield return output;
        }
    }
}

/// <summary>The elements before the first for which a function is false.</summary>
internal sealed class TakeWhileDataset(Dataset input, Func<Tensor, bool> predicate) : Dataset(input)
{
    internal override long Count => Unknown;

    internal override bool IsForeign => true;

    internal override string Describe() => "take_while";

    internal override IEnumerator<Tensor> Open()
    {
        using var elements = input.Open();
        while (elements.MoveNext() && predicate(elements.Current)) yield return elements.Current;
    }
}

/// <summary>The elements without duplicates.</summary>
internal sealed class UniqueDataset(Dataset input) : Dataset(input)
{
    internal override long Count => Unknown;

    internal override string Describe() => "unique";

    internal override IEnumerator<Tensor> Open()
    {
        using var elements = input.Open();
        var seen = new HashSet<string>();
        while (elements.MoveNext())
            if (seen.Add(Element.Hash(elements.Current))) yield return elements.Current;
    }
}

/// <summary>For each number of a data set of choices, the next element of the input of that number.</summary>
internal sealed class ChooseDataset(Dataset[] inputs, Dataset choices, bool stopsOnEmpty) : Dataset([choices, .. inputs])
{
    internal override long Count => Array.Exists(inputs, input => input.Count == Infinite) ? Infinite : Unknown;

    internal override TensorSpec? Spec => Inputs[1].Spec;

    internal override string Describe() => "choose_from_datasets";

    internal override IEnumerator<Tensor> Open()
    {
        var open = inputs.Select(input => (IEnumerator<Tensor>?)input.Open()).ToArray();
        try
        {
            using var chosen = choices.Open();
            while (chosen.MoveNext())
            {
                double number = chosen.Current.numpy().item();
                if (!(number >= 0 && number < open.Length)) throw new ValueError($"A choice is a number from 0 to {open.Length - 1}. Received: {number}");
                if (open[(int)number] is not { } elements) continue;
                if (elements.MoveNext())
                {
                    yield return elements.Current;
                    continue;
                }
                if (stopsOnEmpty) yield break;
                elements.Dispose();
                open[(int)number] = null;
                if (Array.TrueForAll(open, one => one is null)) yield break;
            }
        }
        finally
        {
            foreach (var one in open) one?.Dispose();
        }
    }
}

/// <summary>Pads elements of different shapes to one shape, so that they can be stacked.</summary>
internal sealed class Padding(Shape[]? shapes, double value, string text = "")
{
    /// <summary>The elements stacked along a new first axis, each padded to the common shape.</summary>
    public Tensor Stack(IReadOnlyList<Tensor> elements)
    {
        Tensor[][] leaves = [.. elements.Select(element => element.Leaves.ToArray())];
        if (shapes is not null && shapes.Length != leaves[0].Length)
            throw new ValueError($"`padded_shapes` has {shapes.Length} shapes, but an element of the data set has {leaves[0].Length} tensors.");
        int at = 0;
        return Element.Map(elements[0], leaf =>
        {
            Tensor[] all = [.. leaves.Select(one => one[at])];
            var shape = shapes?[at];
            at++;
            return leaf.Texts is null ? Stack([.. all.Select(one => one.numpy())], shape, value) : Stack([.. all.Select(one => (Strings)one)], shape);
        });
    }

    /// <summary>The spec of a batch of such elements.</summary>
    public TensorSpec Of(TensorSpec element, int? rows)
    {
        int at = 0;
        return element.Map(leaf => new TensorSpec(Shape.Create([rows, .. shapes is null ? leaf.shape : shapes[at++]]), leaf.dtype));
    }

    // Pads the indices of the strings; the padding is the index of one more string, the padding value.
    private Strings Stack(Strings[] texts, Shape? shape)
    {
        byte[][] all = [.. texts.SelectMany(one => Enumerable.Range(0, one.Count).Select(one.Bytes)), System.Text.Encoding.UTF8.GetBytes(text)];
        int before = 0;
        NDArray[] places = [.. texts.Select(one => one.Places + (before += one.Count) - one.Count)];
        return Strings.Of(all, ArrayShape.Create([all.Length])).At(Stack(places, shape, all.Length - 1));
    }

    private static NDArray Stack(NDArray[] arrays, Shape? shape, double value)
    {
        var first = arrays[0];
        var to = new int[first.ndim];
        if (shape is { } given && given.Rank != to.Length)
            throw new ValueError($"The padded shape {shape} must have the same rank as the component shape {first.shape}.");
        foreach (var array in arrays)
        {
            if (array.ndim != to.Length) throw new ValueError("All elements in a batch must have the same rank when padded_batch fills them up.");
            for (int axis = 0; axis < to.Length; axis++) to[axis] = Math.Max(to[axis], array.shape[axis]);
        }
        for (int axis = 0; axis < to.Length; axis++)
        {
            if (shape?[axis] is not { } wanted) continue;
            if (to[axis] > wanted) throw new ValueError($"Attempted to pad to a smaller size than the input element: {to[axis]} to {wanted}.");
            to[axis] = wanted;
        }
        var all = Python.np.full([arrays.Length, .. to], value, dtype: first.dtype);
        for (int i = 0; i < arrays.Length; i++)
            if (arrays[i].size > 0) all[[(Slice)i, .. arrays[i].shape.Select(d => (Slice)(0..d))]] = arrays[i];
        return all;
    }
}
