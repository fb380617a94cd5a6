namespace KerasPort.Pipelines;

/// <summary>An element of a data set: a tensor of values or a nested tuple of these. The tensors of a dictionary have names.</summary>
internal static class Element
{
    /// <summary>The element that a generator or a function returned.</summary>
    /// <exception cref="ValueError">The value can't be converted to tensors.</exception>
    public static Tensor Of(object? value) => value switch
    {
        Tensor tensor => tensor,
        NDArray array => array,
        Strings texts => texts,
        string text => text,
        string[] texts => texts,
        Dictionary<string, Tensor> named => named,
        ITuple tuple => Tensor.Several([.. Enumerable.Range(0, tuple.Length).Select(i => Of(tuple[i]))]),
        Dictionary<string, NDArray> named => Tensor.Several([.. named.Values.Select(array => (Tensor)array)], [.. named.Keys]),
        Data data => data.ToElement(),
        bool flag => (NDArray)flag,
        int number => (NDArray)number,
        long number => (NDArray)number,
        float number => (NDArray)number,
        double number => (NDArray)number,
        float[] numbers => (NDArray)numbers,
        double[] numbers => (NDArray)numbers,
        int[] numbers => (NDArray)numbers,
        long[] numbers => (NDArray)numbers,
        _ => throw new ValueError("An element of a data set is of arrays, numbers or tuples of them. "
            + $"Received: {PythonText.Str(value)} (of type {value?.GetType().Name ?? "None"})"),
    };

    /// <summary>An element as the arguments of a function.</summary>
    /// <exception cref="ValueError">The element has another number of tensors.</exception>
    public static IReadOnlyList<Tensor> Arguments(Tensor element, int count) => count == 1 || element.Parts is null && count == 1 ? [element]
        : element.Parts is { } parts && parts.Count == count ? parts
        : throw new ValueError($"The function takes {count} arguments, but an element of the data set has {element.Parts?.Count ?? 1}.");

    /// <summary>The same structure with other tensors in it.</summary>
    public static Tensor Map(Tensor element, Func<Tensor, Tensor> leaf) =>
        element.Parts is { } parts ? Tensor.Several([.. parts.Select(part => Map(part, leaf))], element.Names) : leaf(element);

    /// <summary>Elements of one structure, stacked along a new first axis.</summary>
    /// <exception cref="ValueError">Their shapes or types differ.</exception>
    public static Tensor Stack(IReadOnlyList<Tensor> elements)
    {
        var first = elements[0];
        if (first.Texts is not null)
            return Strings.Stack(
                [.. elements.Select(element => element.Texts ?? throw new ValueError("Cannot batch tensors with different types: strings and numbers."))]);
        if (first.Parts is not { } parts) return NDArray.Stack([.. elements.Select(element => element.numpy())]);
        return Tensor.Several([.. parts.Select((_, i) => Stack([.. elements.Select(element => element.Parts![i])]))], first.Names);
    }

    /// <summary>The number of rows of an element's tensors.</summary>
    /// <exception cref="ValueError">A tensor has no axis, or tensors have different numbers of rows.</exception>
    public static int Rows(Tensor element)
    {
        int? rows = null;
        foreach (var leaf in element.Leaves)
        {
            if (leaf.shape.Rank == 0) throw new ValueError("Unbatching a tensor is only supported for rank >= 1: an element has a number without a dimension.");
            int length = leaf.shape[0]!.Value;
            if (rows is { } before && before != length)
                throw new ValueError($"Dimensions {before} and {length} are not compatible: all arrays of a data set have as many rows.");
            rows = length;
        }
        return rows ?? throw new ValueError("A data set needs at least one array.");
    }

    /// <summary>A row of an element's tensors.</summary>
    public static Tensor Row(Tensor element, int row) => Map(element, leaf => leaf.Texts is { } texts ? texts.Part([row]) : leaf.numpy()[row]);

    /// <summary>Some rows of an element's tensors.</summary>
    public static Tensor Rows(Tensor element, int[] rows) =>
        Map(element, leaf => leaf.Texts is { } texts ? texts.At(texts.Places[rows]) : leaf.numpy()[rows]);

    /// <summary>A hash of all that an element holds.</summary>
    public static string Hash(Tensor element) => Training.ArraySource.Hash([.. element.Leaves.SelectMany(Arrays)]);

    /// <summary>A tensor as arrays: strings as their bytes and their lengths.</summary>
    public static NDArray[] Arrays(Tensor leaf) => leaf.Texts?.Packed() is var (bytes, lengths) ? [bytes, lengths] : [leaf.numpy()];
}
