using System.Text.Json.Nodes;
using KerasPort.Pipelines;

namespace KerasPort;

/// <summary>
/// The shape and type of a data set's tensors, <c>tf.TensorSpec</c>; a dimension is <c>null</c> where it may differ. The spec of several tensors has one for
/// each: <c>var (x, y) = ds.element_spec</c>, <c>spec[0]</c> or <c>spec["name"]</c>.
/// </summary>
public sealed class TensorSpec
{
    private readonly TensorSpec[]? _several;
    private readonly string[]? _names;

    /// <summary>One tensor.</summary>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="dtype">Its type; float32 by default.</param>
    /// <param name="name">Its name, which has no effect.</param>
    public TensorSpec(Shape shape, DType? dtype = null, string? name = null) => (this.shape, this.dtype, this.name) = (shape, dtype ?? DType.float32, name);

    private TensorSpec(TensorSpec[] several, string[]? names) : this(new Shape()) => (_several, _names) = (several, names);

    /// <summary>The dimensions.</summary>
    /// <exception cref="ValueError">This is the spec of several tensors.</exception>
    public Shape shape => _several is null ? field : throw AreSeveral();

    /// <summary>The type.</summary>
    /// <exception cref="ValueError">This is the spec of several tensors.</exception>
    public DType dtype => _several is null ? field : throw AreSeveral();

    /// <summary>The name; <c>null</c> for none.</summary>
    public string? name { get; }

    /// <summary>The spec of the tensor at an index.</summary>
    /// <exception cref="ValueError">There is no such tensor.</exception>
    public TensorSpec this[int index] => _several is not null && (uint)index < _several.Length ? _several[index]
        : throw new ValueError($"There is no tensor {index} in {this}.");

    /// <summary>The spec of the tensor of a name.</summary>
    /// <exception cref="ValueError">There is no such tensor.</exception>
    public TensorSpec this[string key] => _names is not null && Array.IndexOf(_names, key) is >= 0 and var at ? _several![at]
        : throw new ValueError($"There is no tensor '{key}' in {this}.");

    /// <summary>Converts the specs of an element's two tensors.</summary>
    public static implicit operator TensorSpec((TensorSpec, TensorSpec) several) => Several([several.Item1, several.Item2]);

    /// <summary>Converts the specs of an element's three tensors.</summary>
    public static implicit operator TensorSpec((TensorSpec, TensorSpec, TensorSpec) several) => Several([several.Item1, several.Item2, several.Item3]);

    /// <summary>Deconstructs the spec of two tensors.</summary>
    /// <exception cref="ValueError">It has another number of tensors.</exception>
    public void Deconstruct(out TensorSpec first, out TensorSpec second) =>
        (first, second) = _several is [var a, var b] ? (a, b) : throw new ValueError($"cannot unpack two of {this}");

    /// <summary>Deconstructs the spec of three tensors.</summary>
    /// <exception cref="ValueError">It has another number of tensors.</exception>
    public void Deconstruct(out TensorSpec first, out TensorSpec second, out TensorSpec third) =>
        (first, second, third) = _several is [var a, var b, var c] ? (a, b, c) : throw new ValueError($"cannot unpack three of {this}");

    /// <summary>The text that Python shows: <c>TensorSpec(shape=(None, 28, 28), dtype=tf.float32, name=None)</c>, or a tuple of these.</summary>
    public override string ToString() => _several is null ? $"TensorSpec(shape={shape}, dtype=tf.{dtype.name}, name={PythonText.Repr(name)})"
        : _names is null ? $"({string.Join(", ", (object[])_several)})"
        : $"{{{string.Join(", ", _names.Zip(_several, (key, one) => $"'{key}': {one}"))}}}";

    internal static TensorSpec Several(TensorSpec[] several, string[]? names = null) => new(several, names);

    /// <summary>The spec of an element.</summary>
    internal static TensorSpec Of(Tensor element) => element.Parts is { } parts ? Several([.. parts.Select(Of)], element.Names)
        : new TensorSpec(element.shape, element.dtype);

    /// <summary>The same structure with each spec replaced.</summary>
    internal TensorSpec Map(Func<TensorSpec, TensorSpec> leaf) => _several is null ? leaf(this) : Several([.. _several.Select(one => one.Map(leaf))], _names);

    /// <summary>The narrowest spec that covers both; <c>null</c> where structure, rank or type differ.</summary>
    internal static TensorSpec? Joined(TensorSpec a, TensorSpec b)
    {
        if (a._several?.Length != b._several?.Length) return null;
        if (a._several is not null)
        {
            TensorSpec?[] all = [.. a._several.Zip(b._several!, Joined)];
            return all.Contains(null) ? null : Several(all!, a._names);
        }
        if (a.dtype != b.dtype || a.shape.Rank != b.shape.Rank) return null;
        return new TensorSpec(Shape.Create([.. a.shape.Zip(b.shape, (x, y) => x == y ? x : null)]), a.dtype);
    }

    /// <summary>Whether a dimension is open.</summary>
    internal bool IsOpen => _several?.Any(one => one.IsOpen) ?? shape.Any(d => d is null);

    /// <summary>The shapes of all tensors.</summary>
    internal Shape[] Shapes => _several is null ? [shape] : [.. _several.SelectMany(one => one.Shapes)];

    /// <summary>An element whose tensors a function makes, in order.</summary>
    internal Tensor Filled(Func<TensorSpec, Tensor> leaf) => _several is null ? leaf(this)
        : Tensor.Several([.. _several.Select(one => one.Filled(leaf))], _names);

    /// <summary>The JSON of the spec: <c>{"shape":[null,28],"dtype":"uint8"}</c>, a list of these, or a dictionary.</summary>
    internal JsonNode ToJson()
    {
        if (_several is null)
            return new JsonObject { ["shape"] = new JsonArray([.. shape.Select(d => (JsonNode?)d)]), ["dtype"] = dtype.name };
        var parts = new JsonArray([.. _several.Select(one => one.ToJson())]);
        return _names is null ? parts : new JsonObject { ["names"] = new JsonArray([.. _names.Select(name => (JsonNode?)name)]), ["parts"] = parts };
    }

    /// <summary>Parses what <see cref="ToJson"/> wrote; <c>null</c> if it is anything else.</summary>
    internal static TensorSpec? FromJson(JsonNode? json)
    {
        if (json is JsonArray list) return Parts(list) is { } parts ? Several(parts) : null;
        if (json is not JsonObject one) return null;
        if (one["parts"] is JsonArray named)
            return Parts(named) is { } all && one["names"] is JsonArray names && names.Count == all.Length
                ? Several(all, [.. names.Select(name => name?.GetValue<string>() ?? throw new FormatException())]) : null;
        if (one["shape"] is not JsonArray dimensions || one["dtype"]?.GetValue<string>() is not { } type) return null;
        return new TensorSpec(Shape.Create([.. dimensions.Select(d => d?.GetValue<int>())]), type == "string" ? DType.@string : type);

        static TensorSpec[]? Parts(JsonArray list)
        {
            TensorSpec[] parts = [.. list.Select(FromJson).OfType<TensorSpec>()];
            return parts.Length == list.Count ? parts : null;
        }
    }

    /// <summary>An element of zeros, with length <paramref name="open"/> for open dimensions.</summary>
    internal Tensor Zeros(int open) => _several is not null ? Tensor.Several([.. _several.Select(one => one.Zeros(open))], _names)
        : dtype == DType.@string ? Strings.Of([.. Enumerable.Repeat("", ArrayOf(open).Aggregate(1, (n, d) => n * d))], ArrayShape.Create(ArrayOf(open)))
        : Python.np.zeros(Shape.Create([.. shape.Select(d => d ?? open)]), dtype);

    private int[] ArrayOf(int open) => [.. shape.Select(d => d ?? open)];

    /// <summary>The element converted to these types.</summary>
    /// <exception cref="ValueError">It has another structure or other shapes.</exception>
    internal Tensor Conformed(Tensor element)
    {
        if (_several?.Length != element.Parts?.Count)
            throw new ValueError($"`generator` yielded an element that did not match the expected structure. The expected structure was {this}, "
                + $"but the yielded element was {Of(element)}.");
        if (_several is not null) return Tensor.Several([.. _several.Zip(element.Parts!, (one, part) => one.Conformed(part))], _names);
        if (element.Texts is not null != (dtype == DType.@string))
            throw new ValueError($"`generator` yielded an element of dtype {element.dtype} where an element of dtype {dtype} was expected.");
        ArrayShape given = ArrayShape.Create([.. element.shape.Select(d => d!.Value)]);
        int?[] expected = [.. shape];
        if (given.Length != expected.Length || !expected.Zip(given, (e, d) => e is null || e == d).All(fits => fits))
            throw new ValueError($"`generator` yielded an element of shape {given} where an element of shape {shape} was expected.");
        return element.dtype == dtype ? element : element.numpy().astype(dtype);
    }

    private ValueError AreSeveral() => new($"These are several tensors, not one: take them apart by `var (a, b) = …` or `[0]`. Received: {this}");
}
