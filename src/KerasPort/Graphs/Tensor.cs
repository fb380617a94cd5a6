using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort;

/// <summary>
/// The argument and result of layers and functions. There are three kinds: a symbolic tensor stands for the values between the layers of a model
/// (<c>keras.Input</c>, <c>layer.Apply(x)</c>); a tensor with values results from applying layers to arrays; and a tensor that a layer's <c>call</c>
/// receives is part of a plan, a list of kernels to be run. The same functions take all three. The first axis is the batch.
/// </summary>
[CollectionBuilder(typeof(Tensor), nameof(Create))]
public sealed partial class Tensor
{
    private readonly Graph? _graph;
    private readonly NDArray? _values;
    private readonly Tensor[]? _several;
    private readonly string[]? _names;      // for several tensors
    private readonly DType? _type;
    private readonly string? _name;
    private int _size, _columns;            // of the shape, computed when a kernel first asks; 0 before

    internal Tensor(Graph graph, Node? source, Shape shape, Storage? storage = null)
    {
        (_graph, Source, this.shape) = (graph, source, shape);
        Storage = storage ?? new Storage();
        Storage.Size = Math.Max(Storage.Size, Size);
        NeedsGradient = graph.Trains && source is not null && source.Inputs.Any(x => x.NeedsGradient);
    }

    /// <summary>A symbolic output of a layer.</summary>
    internal Tensor(LayerCall call, Shape shape, DType type, bool isBatched)
    {
        (Call, this.shape, _type, IsBatched) = (call, shape, type, isBatched);
        if (call.Layer is not InputLayer) _name = Layers.Names.Unique("keras_tensor");
    }

    private Tensor(PythonNumber number) => (Number, shape) = (number, new Shape());

    private Tensor(NDArray values, bool isConverted = true) => (_values, shape, IsConverted) = (values, values.shape, isConverted);

    private Tensor(Strings texts) => (Texts, shape) = (texts, texts.shape);

    private Tensor(Variable variable) => (Variable, shape) = (variable, variable.shape);

    private Tensor(Tensor[] several, string[]? names = null) => (_several, _names) = (several, names);

    /// <summary>The dimensions, with the batch first; <c>null</c> for an open one.</summary>
    /// <exception cref="ValueError">It stands for several tensors.</exception>
    public Shape shape
    {
        get => _several is null ? field : IsRagged ? Shape.Create([_several.Length, null]) : throw AreSeveral();
        internal set => (field, _size, _columns) = (value, 0, 0);
    }

    /// <summary>The name; that of a model's input is its layer's.</summary>
    public string name => (Call?.Layer as InputLayer)?.name ?? _name ?? "keras_tensor";

    /// <summary>The type of its elements; within a model, the one that Keras gives them, though the values there are float32.</summary>
    public DType dtype => Texts is not null ? DType.@string : IsRagged && _several is [var row, ..] ? row.dtype
        : _type ?? _values?.dtype ?? Variable?.dtype ?? (Number is { IsWhole: true } ? DType.int32 : DType.float32);

    /// <summary>The values as an array.</summary>
    /// <exception cref="ValueError">The tensor is symbolic or part of a plan, and so has no values yet.</exception>
    public NDArray numpy() => _values ?? Variable?.numpy() ?? Number?.Array
        ?? throw (_several is not null ? AreSeveral() : Texts is not null ? DType.HasNoArrays
        : new ValueError($"A symbolic tensor has no values: they come of applying the model to arrays. Received: {this}"));

    /// <summary>One of several outputs by its index; of a single tensor that entry of the first axis.</summary>
    /// <exception cref="ValueError">The index is out of range.</exception>
    public Tensor this[int index] => _several is null ? this[(Slice)index]
        : index < _several.Length && index >= -_several.Length ? _several[index < 0 ? index + _several.Length : index]
        : throw new ValueError($"list index out of range: there are {_several.Length} outputs. Received: {index}");

    /// <summary>One tensor of a dictionary by its name.</summary>
    /// <exception cref="ValueError">There is no tensor of that name, or the tensors have no names.</exception>
    public Tensor this[string name] => _names is not null && Array.IndexOf(_names, name) is >= 0 and int at ? _several![at]
        : throw new ValueError(_names is null ? $"These tensors have no names. Received: {PythonText.Repr(name)}"
            : $"There is no tensor named {PythonText.Repr(name)}; there is {string.Join(", ", _names)}.");

    /// <summary>
    /// A slice: a number takes one entry of its axis, which is removed, a range several. <c>x[.., 0]</c>, <c>x[Ellipsis, ..3]</c>,
    /// <c>x[.., Slice(step: 2)]</c>, <c>x[Ellipsis, np.newaxis]</c>. Axes that aren't named are taken whole.
    /// </summary>
    /// <exception cref="ValueError">There are more indices than axes, one is out of range, or nothing is left.</exception>
    public Tensor this[params ReadOnlySpan<Slice> slices]
    {
        get
        {
            Slice[] all = [.. slices];
            if (Texts is not null) return Texts.Part(all);
            // How many rows a mask leaves is known only for values.
            if (_values is not null && Array.Exists(all, slice => slice.Places?.dtype == DType.@bool)) return _values[all];
            return KerasOps.GetItem(all).Of(this);
        }
    }

    /// <summary>Deconstructs two outputs.</summary>
    /// <exception cref="ValueError">There are fewer or more.</exception>
    public void Deconstruct(out Tensor first, out Tensor second)
    {
        var all = Unpack(2);
        (first, second) = (all[0], all[1]);
    }

    /// <summary>Deconstructs three outputs.</summary>
    /// <exception cref="ValueError">There are fewer or more.</exception>
    public void Deconstruct(out Tensor first, out Tensor second, out Tensor third)
    {
        var all = Unpack(3);
        (first, second, third) = (all[0], all[1], all[2]);
    }

    /// <summary>Converts an array to a tensor with its values.</summary>
    public static implicit operator Tensor(NDArray values) => new(values ?? throw new ValueError("None values not supported: a tensor needs an array."));

    /// <summary>Converts strings to a tensor of strings.</summary>
    public static implicit operator Tensor(Strings values) => new(values ?? throw new ValueError("None values not supported: a tensor needs strings."));

    /// <inheritdoc cref="op_Implicit(Strings)"/>
    public static implicit operator Tensor(string value) => (Strings)value;

    /// <inheritdoc cref="op_Implicit(Strings)"/>
    public static implicit operator Tensor(string[] values) => (Strings)values;

    /// <summary>Converts a dictionary to tensors by name, as an element of a data set may be.</summary>
    public static implicit operator Tensor(Dictionary<string, Tensor> tensors) => Several([.. tensors.Values], [.. tensors.Keys]);

    /// <summary>Converts two tensors to one structure, as a <c>call</c> with two outputs returns.</summary>
    public static implicit operator Tensor((Tensor, Tensor) tensors) => Several([tensors.Item1, tensors.Item2]);

    /// <summary>Converts three tensors to one structure.</summary>
    public static implicit operator Tensor((Tensor, Tensor, Tensor) tensors) => Several([tensors.Item1, tensors.Item2, tensors.Item3]);

    /// <summary>Converts four tensors to one structure.</summary>
    public static implicit operator Tensor((Tensor, Tensor, Tensor, Tensor) tensors) =>
        Several([tensors.Item1, tensors.Item2, tensors.Item3, tensors.Item4]);

    /// <summary>Converts a layer's weight.</summary>
    public static implicit operator Tensor(Variable variable) => new(variable ?? throw new ValueError("None values not supported: a tensor needs a variable."));

    /// <summary>Converts a number, which is broadcast to the other operand.</summary>
    public static implicit operator Tensor(double number) => new(new PythonNumber(number, IsWhole: false));

    /// <inheritdoc cref="op_Implicit(double)"/>
    public static implicit operator Tensor(int number) => new(new PythonNumber(number, IsWhole: true));

    /// <inheritdoc cref="op_Implicit(double)"/>
    public static implicit operator Tensor(NumpyScalar number) => number.item();

    /// <summary>Converts to the values, as <see cref="numpy"/>.</summary>
    public static explicit operator NDArray(Tensor tensor) => tensor.numpy();

    /// <summary>Converts a tensor of one number: <c>float(tensor)</c> in Python.</summary>
    public static explicit operator double(Tensor tensor) => (double)tensor.numpy();

    /// <summary>Converts a tensor of one number.</summary>
    public static explicit operator float(Tensor tensor) => (float)tensor.numpy();

    /// <summary>Converts a tensor of one number.</summary>
    public static explicit operator decimal(Tensor tensor) => (decimal)tensor.numpy();

    /// <summary>Converts a tensor of one number; true if it isn't 0: <c>bool(tensor)</c> in Python.</summary>
    public static explicit operator bool(Tensor tensor) => (double)tensor != 0;

    /// <summary>Converts a tensor of one string: <c>tensor.numpy().decode()</c> in Python.</summary>
    /// <exception cref="ValueError">It has no string, or several.</exception>
    public static explicit operator string(Tensor tensor) => tensor.Texts is { Count: 1 } one ? one.Text(0)
        : throw new ValueError($"One string is expected. Received: {tensor}");

    /// <summary>Converts a tensor of strings.</summary>
    /// <exception cref="ValueError">Its elements are numbers.</exception>
    public static explicit operator Strings(Tensor tensor) => tensor.Texts ?? throw new ValueError($"Strings are expected. Received: {tensor}");

    /// <summary>The tensors of a dictionary with their names: <c>foreach (var (name, column) in features.items())</c>.</summary>
    /// <exception cref="ValueError">The tensors have no names.</exception>
    public IEnumerable<KeyValuePair<string, Tensor>> items() => keys().Zip(_several!, KeyValuePair.Create);

    /// <summary>The names of a dictionary's tensors.</summary>
    /// <inheritdoc cref="items"/>
    public IReadOnlyList<string> keys() => _names ?? throw new ValueError($"These tensors have no names. Received: {this}");

    /// <summary>The tensors of a dictionary.</summary>
    /// <inheritdoc cref="items"/>
    public IReadOnlyList<Tensor> values() => keys() is { } ? _several! : [];

    /// <summary>Converts a tensor of one number, truncated: <c>int(tensor)</c> in Python.</summary>
    public static explicit operator int(Tensor tensor) => (int)tensor.numpy();

    /// <summary>Converts a tensor of one number, truncated.</summary>
    public static explicit operator long(Tensor tensor) => (long)tensor.numpy();

    /// <summary>Converts a model's input to its layer: <c>keras.Sequential([keras.Input(shape: 784), …])</c>.</summary>
    /// <exception cref="ValueError">It isn't an input.</exception>
    public static implicit operator Layer(Tensor tensor) => tensor.Call?.Layer as InputLayer
        ?? throw new ValueError($"Only instances of `keras.Layer` can be added to a Sequential model. Received: {tensor} (a tensor that is no `keras.Input`)");

    /// <summary>The text of Python's <c>repr</c>.</summary>
    public override string ToString() => _names is not null ? $"{{{string.Join(", ", items().Select(one => $"'{one.Key}': {one.Value}"))}}}"
        : IsRagged ? $"<tf.RaggedTensor {Listed}>"
        : _several is not null ? $"[{string.Join(", ", (object[])_several)}]"
        : Texts is not null ? $"<tf.Tensor: shape={shape}, dtype=string, numpy={Below($"{Texts}")}>"
        : _values is not null ? $"<tf.Tensor: shape={shape}, dtype={_values.dtype}, "
            + $"numpy={Below(_values.ndim == 0 ? PythonText.Repr(_values.Scalar()) : PythonText.Repr(_values))}>"
        : Number is { } number ? PythonText.Str(number.Boxed)
        : $"<KerasTensor shape={shape}, dtype={dtype.name}, sparse=False, ragged=False, name={name}>";

    /// <summary>The text that Python's <c>print</c> writes.</summary>
    internal string Printed => _several is not null || Number is not null || (Texts is null && !HasValues) ? ToString()
        : $"tf.Tensor({Below(Texts?.Written() ?? PythonText.Str(numpy()))}, shape={shape}, dtype={dtype})";

    // TensorFlow begins a text of several lines on a line of its own.
    private static string Below(string text) => text.Contains('\n') ? "\n" + text : text;

    /// <summary>A single tensor, or several as one structure.</summary>
    internal static Tensor Of(Tensor[] tensors) => tensors is [var only] ? only : new Tensor(tensors);

    /// <summary>A tensor with values, converted to a dtype: integers are widened or narrowed to its bits.</summary>
    internal static Tensor Holding(NDArray values, DType type) => new(values.dtype == type ? values
        : type.IsInteger && values.dtype.IsInexact ? values.astype(DType.int64).astype(type) : values.astype(type), isConverted: false);

    /// <summary>Several tensors as one structure, possibly nested; with names a dictionary.</summary>
    internal static Tensor Several(Tensor[] tensors, string[]? names = null) => new(tensors, names);

    /// <summary>The tensors of the structure, or this one.</summary>
    internal IEnumerable<Tensor> All => _several ?? [this];

    /// <summary>The single tensors in it, at any depth.</summary>
    internal IEnumerable<Tensor> Leaves => _several?.SelectMany(x => x.Leaves) ?? [this];

    /// <summary>The tensors of the structure; <c>null</c> for a single one.</summary>
    internal IReadOnlyList<Tensor>? Parts => _several;

    /// <summary>The names of a dictionary's tensors.</summary>
    internal string[]? Names => _names;

    /// <summary>The call of a layer that produces it; <c>null</c> unless it is symbolic.</summary>
    internal LayerCall? Call { get; }

    /// <summary>The strings that it holds; <c>null</c> if its elements are numbers.</summary>
    internal Strings? Texts { get; }

    /// <summary>The weight that it stands for, wherever that is; else <c>null</c>.</summary>
    internal Variable? Variable { get; }

    /// <summary>The number that it stands for; else <c>null</c>.</summary>
    internal PythonNumber? Number { get; init; }

    /// <summary>Whether it was converted from an array: TensorFlow gives such a tensor the dtype of the other operand.</summary>
    internal bool IsConverted { get; }

    internal bool IsSymbolic => Call is not null;

    /// <summary>Whether its first axis is the batch, for a symbolic tensor.</summary>
    internal bool IsBatched { get; }

    /// <summary>Whether <see cref="numpy"/> gives values.</summary>
    internal bool HasValues => _values is not null || Variable is not null || Number is not null;

    internal bool IsOfPlan => _graph is not null;

    /// <summary>The list of nodes that it belongs to.</summary>
    internal Graph Graph => _graph ?? throw new InvalidOperationException("The tensor isn't part of a plan.");

    /// <summary>The node that computes it; <c>null</c> if it is filled from outside.</summary>
    internal Node? Source { get; set; }

    /// <summary>
    /// The mask: [batch, steps], 0 for steps to skip; <c>null</c> if all count. Layers that support masks pass it on, also when they are applied to values
    /// one after the other. A symbolic tensor has none to be seen.
    /// </summary>
    public Tensor? _keras_mask => Mask;

    /// <inheritdoc cref="_keras_mask"/>
    internal Tensor? Mask
    {
        get;
        set => field = value is { IsOfPlan: true, NeedsGradient: true } ? value.Graph.Constantly(value) : value;
    }

    /// <summary>The same values with a mask.</summary>
    internal Tensor WithMask(Tensor mask) => new(numpy()) { Mask = mask };

    /// <summary>Whether its gradient is needed for a variable's.</summary>
    internal bool NeedsGradient { get; set; }

    /// <summary>The input of the softmax that computes it, if one does: a crossentropy uses it, and the classes have the same order.</summary>
    internal Tensor? Logits => Source is SoftmaxNode softmax ? softmax.Inputs[0] : null;

    /// <summary>The logits that a crossentropy uses instead: the input of a softmax or, for any crossentropy as in Keras, of a sigmoid.</summary>
    internal Tensor? LogitsOfLoss => Logits ?? (Source is MapNode<Unary<SigmoidFormula>> sigmoid ? sigmoid.Inputs[0] : null);

    /// <summary>The number of elements.</summary>
    internal int Size => _size != 0 ? _size : _size = shape.Size;

    /// <summary>The number of elements along the last axis; 1 for a tensor without axes.</summary>
    internal int Columns => _columns != 0 ? _columns : _columns = shape.Rank == 0 ? 1 : shape[^1]!.Value;

    /// <summary>The number of rows of <see cref="Columns"/> elements.</summary>
    internal int Rows => Columns == 0 ? shape[..^1].Size : Size / Columns;

    /// <summary>The memory of its elements, shared by tensors that are the same under other shapes.</summary>
    internal Storage Storage { get; set; } = null!;

    /// <summary>The buffer of its elements while the plan runs.</summary>
    internal DeviceBuffer Buffer => Storage.Buffer ?? throw new InvalidOperationException("The plan has no memory yet.");

    private Tensor[] Unpack(int count) => _several?.Length == count ? _several
        : throw (_several is null ? new ValueError("cannot unpack one tensor: the layer or model that gave it has one output")
            : ValueError.Unpacking(count, _several.Length));

    private ValueError AreSeveral() => new($"These are {_several!.Length} outputs, not one tensor: take them apart by `var (a, b) = …` or `[0]`.");
}

/// <summary>The memory of a tensor's elements: given, or assigned by the plan.</summary>
internal sealed class Storage
{
    /// <summary>The buffer; <c>null</c> for memory of the plan until that is assigned.</summary>
    public DeviceBuffer? Buffer { get; set; }

    /// <summary>Whether the memory is given and not assigned by the plan.</summary>
    public bool IsFixed { get; set; }

    /// <summary>Whether its elements are read after the plan has run, or written before it: nothing else may use the memory.</summary>
    public bool IsKept { get; set; }

    /// <summary>The elements of the largest tensor in it.</summary>
    public int Size { get; set; }

    /// <summary>Its offset in the plan's memory.</summary>
    public int Start { get; set; }

    /// <summary>The last node that reads or writes it.</summary>
    public int Last { get; set; }
}
