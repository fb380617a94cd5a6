using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace KerasPort;

/// <summary>
/// What <c>fit</c>, <c>evaluate</c> and <c>predict</c> take as inputs, targets, weights and validation data: an array, several as
/// <c>[a, b]</c>, by the names of inputs or outputs as <c>new() { ["text"] = a, ["date"] = b }</c>, or these together as <c>(x, y)</c> and
/// <c>(x, y, sample_weight)</c>. A list of numbers, <c>[10.0, 20.0]</c>, is the array of them.
/// </summary>
[CollectionBuilder(typeof(Data), nameof(Create))]
public sealed class Data : IEnumerable<NDArray>
{
    private readonly NDArray? _only;
    private readonly List<string>? _names;
    private readonly Data?[]? _parts;

    /// <summary>Arrays by the names of a model's inputs or outputs, which are set one by one.</summary>
    public Data() : this([], [], null) { }

    private Data(List<NDArray?> arrays, List<string>? names, Data?[]? parts) => (Arrays, _names, _parts) = (arrays, names, parts);

    private Data(NDArray only) => _only = only;

    private List<NDArray?> Arrays { get => field ??= [_only]; init; }

    /// <summary>The array of that name.</summary>
    /// <exception cref="ValueError">There is none, or the arrays have no names.</exception>
    public NDArray this[string name]
    {
        get => _names?.IndexOf(name) is >= 0 and int at ? Arrays[at]! : throw new ValueError($"There is no array named '{name}' in {this}.");
        set
        {
            if (_names is null) throw new ValueError("Arrays that were given without names can't be named: make them of `new Data()`.");
            int at = _names.IndexOf(name);
            if (at >= 0) Arrays[at] = value;
            else
            {
                _names.Add(name);
                Arrays.Add(value);
            }
        }
    }

    /// <summary>Arrays from a collection expression; numbers are one array.</summary>
    public static Data Create(ReadOnlySpan<NDArray?> arrays)
    {
        var all = arrays.ToArray();
        if (all.Length == 0 || !Array.TrueForAll(all, a => a is { ndim: 0 })) return Several(all);
        return Array.TrueForAll(all, a => a!.dtype == "int64") ? Array.ConvertAll(all, a => (int)a!) : Array.ConvertAll(all, a => a!.item());
    }

    /// <summary>The arrays, in their order.</summary>
    public IEnumerator<NDArray> GetEnumerator() =>
        (_parts is null ? Arrays! : _parts.Where(part => part is not null).SelectMany(part => part!)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The shapes of what it holds.</summary>
    public override string ToString() => Dataset is not null ? Dataset.ToString() : Sequence is not null ? Sequence.Content
        : _parts is not null ? $"({string.Join(", ", _parts.Select(part => part?.ToString() ?? "None"))})"
        : _names is not null ? $"{{{string.Join(", ", _names.Zip(Arrays, (name, array) => $"'{name}': {Shape(array)}"))}}}"
        : Arrays.Count == 1 ? Shape(Arrays[0]) : $"[{string.Join(", ", Arrays.Select(Shape))}]";

    /// <summary>The array, if a single one was given; else <c>null</c>.</summary>
    internal NDArray? Only => _only;

    /// <summary>The data set, if one was given; else <c>null</c>.</summary>
    internal Dataset? Dataset { get; private init; }

    /// <summary>The batches by number, if such were given; else <c>null</c>.</summary>
    internal Training.IBatchSequence? Sequence { get => field ?? Dataset as Training.IBatchSequence; private init; }

    /// <summary>The same as an element of a data set. Arrays in brackets are the rows of one, as in Python.</summary>
    internal Tensor ToElement() => Dataset is not null || Sequence is not null ? throw new ValueError("Arrays are expected here, not a data set.")
        : _parts is not null ? Tensor.Several([.. _parts.Select(part => part?.ToElement() ?? throw NoNone())])
        : _names is not null ? Tensor.Several([.. Arrays.Select(array => (Tensor)(array ?? throw NoNone()))], [.. _names])
        : Arrays.Count == 1 ? Arrays[0] ?? throw NoNone() : NDArray.Stack([.. Arrays.Select(array => array ?? throw NoNone())]);

    private static ValueError NoNone() => new("None values not supported: a data set is made of arrays.");

    /// <summary>How the arrays are arranged: one, a list, or a dictionary.</summary>
    internal Layers.Arrangement Arrangement => _names is not null ? Layers.Arrangement.ByName([.. _names])
        : _only is not null || (_parts is null && Arrays.Count == 1) ? Layers.Arrangement.One : Layers.Arrangement.List;

    /// <summary>Splits a tuple into inputs, targets and weights; anything else is inputs alone.</summary>
    internal (Data? X, Data? Y, Data? Weights) Unpack() => _parts switch
    {
        null => (this, null, null),
        [var x] => (x, null, null),
        [var x, var y] => (x, y, null),
        [var x, var y, var weights] => (x, y, weights),
        _ => throw new ValueError($"Data is expected to be in format `x`, `(x,)`, `(x, y)`, or `(x, y, sample_weight)`, found: {this}"),
    };

    /// <summary>The arrays in the order of these names.</summary>
    /// <param name="argument">The argument's name, for messages.</param>
    /// <param name="names">The names of the model's inputs or outputs; <c>null</c> where they aren't known yet, or have none.</param>
    /// <param name="what">"input" or "output".</param>
    /// <param name="count">The number of elements; <c>null</c> where it is unknown.</param>
    /// <exception cref="ValueError">The arrays are too few, too many, of other names or null.</exception>
    internal NDArray[] InOrder(string argument, IReadOnlyList<string>? names, string what, int? count)
    {
        if (Dataset is not null || Sequence is not null)
            throw new ValueError($"`{argument}` must be an array or several, not a data set. Received: {argument}={this}");
        // A tuple of arrays counts as a list of them, as in Keras.
        if (_parts is not null && _parts.All(part => part?.Only is not null))
            return Several(_parts.Select(part => part!.Only)).InOrder(argument, names, what, count);
        if (_parts is not null)
            throw new ValueError($"`{argument}` must be an array or several, not a tuple of other things. Received: {argument}={this}");
        if (_names is not null && names is null && count > 1)
            throw new ValueError($"The model's {count} {what}s have no names: give them in a list. Received: {argument}={this}");
        var arrays = _names is null ? Arrays : [.. (names ?? _names).Select(name => _names.IndexOf(name) is >= 0 and int at ? Arrays[at]
            : throw new ValueError($"Missing data for {what} \"{name}\". "
                + $"You passed a data dictionary with keys {PythonText.Repr(_names)}. Expected the following keys: {PythonText.Repr(names!)}"))];
        if (count is { } expected && arrays.Count != expected)
            throw new ValueError($"The model has {expected} {what}{(expected == 1 ? "" : "s")}{(names is null ? "" : $", {PythonText.Repr(names)}")}, "
                + $"but `{argument}` has {arrays.Count} array{(arrays.Count == 1 ? "" : "s")}: {this}");
        return [.. arrays.Select(array => array
            ?? throw new ValueError($"None values not supported: `{argument}` must be an array of {what}s. Received: {argument}=None"))];
    }

    /// <summary>Data from an object that a generator gave, such as one element of its tuples.</summary>
    internal static Data? Of(object? value) => value switch
    {
        null => null,
        Data data => data,
        NDArray array => array,
        Tensor tensor => Of(tensor),
        IEnumerable<NDArray> arrays => Several(arrays),
        Dictionary<string, NDArray> named => named,
        float[] numbers => numbers,
        double[] numbers => numbers,
        int[] numbers => numbers,
        long[] numbers => numbers,
        ITuple tuple => Tuple([.. Enumerable.Range(0, tuple.Length).Select(i => Of(tuple[i]))]),
        _ => throw new ValueError("Expected arrays, or tuples of (input,), (inputs, targets) or (inputs, targets, sample_weights). "
            + $"Received: {PythonText.Str(value)} (of type {value.GetType().Name})"),
    };

    /// <summary>Data from an element of a data set: a tuple of inputs, targets and weights, each of them one tensor, several, or several by name.</summary>
    internal static Data Of(Tensor element) => element is { Parts: { } parts, Names: null } ? Tuple([.. parts.Select(Part)]) : Part(element);

    private static Data Part(Tensor part) =>
        part.Parts is null ? (Data)part.numpy() : new Data([.. part.Leaves.Select(leaf => leaf.numpy())], part.Names?.ToList(), null);

    /// <summary>A data set, whose elements are batches.</summary>
    [return: NotNullIfNotNull(nameof(dataset))]
    public static implicit operator Data?(Dataset? dataset) => dataset is null ? null : new([], null, null) { Dataset = dataset };

    /// <summary>Batches of a user's class, asked for by number.</summary>
    [return: NotNullIfNotNull(nameof(batches))]
    public static implicit operator Data?(Utils.PyDataset? batches) => batches is null ? null : new([], null, null) { Sequence = batches };

    /// <summary>A tensor's values.</summary>
    [return: NotNullIfNotNull(nameof(tensor))]
    public static implicit operator Data?(Tensor? tensor) => tensor is null ? null : Of(tensor);

    /// <summary>One array.</summary>
    [return: NotNullIfNotNull(nameof(array))]
    public static implicit operator Data?(NDArray? array) => array is null ? null : new(array);

    /// <summary>The array of one number, without a dimension.</summary>
    public static implicit operator Data(double value) => (NDArray)value;

    /// <summary>Several arrays.</summary>
    [return: NotNullIfNotNull(nameof(arrays))]
    public static implicit operator Data?(NDArray[]? arrays) => arrays is null ? null : Several(arrays);

    /// <summary>Several arrays.</summary>
    [return: NotNullIfNotNull(nameof(arrays))]
    public static implicit operator Data?(List<NDArray>? arrays) => arrays is null ? null : Several(arrays);

    /// <summary>Arrays by name.</summary>
    [return: NotNullIfNotNull(nameof(arrays))]
    public static implicit operator Data?(Dictionary<string, NDArray>? arrays)
    {
        if (arrays is null) return null;
        var data = new Data();
        foreach (var (name, array) in arrays) data[name] = array;
        return data;
    }

    /// <summary>A vector.</summary>
    [return: NotNullIfNotNull(nameof(values))]
    public static implicit operator Data?(float[]? values) => values is null ? null : (NDArray)values;

    /// <summary>A vector.</summary>
    [return: NotNullIfNotNull(nameof(values))]
    public static implicit operator Data?(double[]? values) => values is null ? null : (NDArray)values;

    /// <summary>A vector.</summary>
    [return: NotNullIfNotNull(nameof(values))]
    public static implicit operator Data?(int[]? values) => values is null ? null : (NDArray)values;

    /// <summary>A vector.</summary>
    [return: NotNullIfNotNull(nameof(values))]
    public static implicit operator Data?(long[]? values) => values is null ? null : (NDArray)values;

    /// <summary>A matrix.</summary>
    [return: NotNullIfNotNull(nameof(values))]
    public static implicit operator Data?(float[,]? values) => values is null ? null : (NDArray)values;

    /// <summary>A matrix.</summary>
    [return: NotNullIfNotNull(nameof(values))]
    public static implicit operator Data?(double[,]? values) => values is null ? null : (NDArray)values;

    /// <summary>Inputs and targets, each in whatever form.</summary>
    public static implicit operator Data((Data x, Data y) data) => Tuple(data.x, data.y);

    /// <summary>Inputs, targets and weights, each in whatever form.</summary>
    public static implicit operator Data((Data x, Data y, Data sample_weight) data) => Tuple(data.x, data.y, data.sample_weight);

    private static Data Several(IEnumerable<NDArray?> arrays) => new([.. arrays], null, null);

    internal static Data Tuple(params Data?[] parts) => new([], null, parts);

    private static string Shape(NDArray? array) => array is null ? "None" : $"array of shape {array.shape}";
}
