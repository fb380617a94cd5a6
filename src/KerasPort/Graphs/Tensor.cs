using System.Runtime.CompilerServices;
using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort;

/// <summary>
/// What layers and functions are applied to. There are three kinds: a symbolic one stands for what will flow between the layers of a model
/// (<c>keras.Input</c>, <c>layer.Apply(x)</c>); one with values comes of applying layers to arrays; and one that a layer's <c>call</c> gets is part
/// of a plan, a list of kernels in the making. The same functions work on all three. The first axis is the batch.
/// </summary>
[CollectionBuilder(typeof(Tensor), nameof(Create))]
public sealed partial class Tensor
{
    private readonly Graph? _graph;
    private readonly NDArray? _values;
    private readonly Tensor[]? _several;
    private readonly string[]? _names;      // of several
    private readonly DType? _type;
    private readonly string? _name;
    private int _size, _columns;            // of the shape, once a kernel has asked; else 0

    internal Tensor(Graph graph, Node? source, Shape shape, Storage? storage = null)
    {
        (_graph, Source, this.shape) = (graph, source, shape);
        Storage = storage ?? new Storage();
        Storage.Size = Math.Max(Storage.Size, Size);
        NeedsGradient = graph.Trains && source is not null && source.Inputs.Any(x => x.NeedsGradient);
    }

    /// <summary>What a layer gives, symbolically.</summary>
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

    /// <summary>The dimensions, the batch first: <c>null</c> where it is open.</summary>
    /// <exception cref="ValueError">These are several tensors.</exception>
    public Shape shape
    {
        get => _several is null ? field : IsRagged ? Shape.Create([_several.Length, null]) : throw AreSeveral();
        internal set => (field, _size, _columns) = (value, 0, 0);
    }

    /// <summary>The name: of a model's input that of its layer.</summary>
    public string name => (Call?.Layer as InputLayer)?.name ?? _name ?? "keras_tensor";

    /// <summary>The type of its elements; what flows through a model is float32, of which this is what Keras would say.</summary>
    public DType dtype => Texts is not null ? DType.@string : IsRagged && _several is [var row, ..] ? row.dtype
        : _type ?? _values?.dtype ?? Variable?.dtype ?? (Number is { IsWhole: true } ? DType.int32 : DType.float32);

    /// <summary>The values of a tensor that comes of applying something to arrays.</summary>
    /// <exception cref="ValueError">It is symbolic, or part of a plan: there are no values yet.</exception>
    public NDArray numpy() => _values ?? Variable?.numpy() ?? Number?.Array
        ?? throw (_several is not null ? AreSeveral() : Texts is not null ? DType.HasNoArrays
        : new ValueError($"A symbolic tensor has no values: they come of applying the model to arrays. Received: {this}"));

    /// <summary>Of several outputs one, by its number; of one tensor that entry of the first axis.</summary>
    /// <exception cref="ValueError">There is none of that number.</exception>
    public Tensor this[int index] => _several is null ? this[(Slice)index]
        : index < _several.Length && index >= -_several.Length ? _several[index < 0 ? index + _several.Length : index]
        : throw new ValueError($"list index out of range: there are {_several.Length} outputs. Received: {index}");

    /// <summary>Of tensors by name that one.</summary>
    /// <exception cref="ValueError">There is none of that name, or they have no names.</exception>
    public Tensor this[string name] => _names is not null && Array.IndexOf(_names, name) is >= 0 and int at ? _several![at]
        : throw new ValueError(_names is null ? $"These tensors have no names. Received: {PythonText.Repr(name)}"
            : $"There is no tensor named {PythonText.Repr(name)}; there is {string.Join(", ", _names)}.");

    /// <summary>
    /// A part: a number picks one entry of its axis, which drops out, a range several. <c>x[.., 0]</c>, <c>x[Ellipsis, ..3]</c>,
    /// <c>x[.., Slice(step: 2)]</c>, <c>x[Ellipsis, np.newaxis]</c>. Axes not named are taken whole.
    /// </summary>
    /// <exception cref="ValueError">There are more indices than axes, one lies outside, or nothing is left.</exception>
    public Tensor this[params ReadOnlySpan<Slice> slices]
    {
        get
        {
            Slice[] all = [.. slices];
            if (Texts is not null) return Texts.Part(all);
            // How many rows a mask leaves is known of values alone.
            if (_values is not null && Array.Exists(all, slice => slice.Places?.dtype == DType.@bool)) return _values[all];
            return KerasOps.GetItem(all).Of(this);
        }
    }

    /// <summary>Two outputs.</summary>
    /// <exception cref="ValueError">There are fewer or more.</exception>
    public void Deconstruct(out Tensor first, out Tensor second)
    {
        var all = Unpack(2);
        (first, second) = (all[0], all[1]);
    }

    /// <summary>Three outputs.</summary>
    /// <exception cref="ValueError">There are fewer or more.</exception>
    public void Deconstruct(out Tensor first, out Tensor second, out Tensor third)
    {
        var all = Unpack(3);
        (first, second, third) = (all[0], all[1], all[2]);
    }

    /// <summary>A tensor that holds an array's values.</summary>
    public static implicit operator Tensor(NDArray values) => new(values ?? throw new ValueError("None values not supported: a tensor needs an array."));

    /// <summary>A tensor of strings.</summary>
    public static implicit operator Tensor(Strings values) => new(values ?? throw new ValueError("None values not supported: a tensor needs strings."));

    /// <inheritdoc cref="op_Implicit(Strings)"/>
    public static implicit operator Tensor(string value) => (Strings)value;

    /// <inheritdoc cref="op_Implicit(Strings)"/>
    public static implicit operator Tensor(string[] values) => (Strings)values;

    /// <summary>Several by name, as an element of a data set has them.</summary>
    public static implicit operator Tensor(Dictionary<string, Tensor> tensors) => Several([.. tensors.Values], [.. tensors.Keys]);

    /// <summary>Two tensors as one thing: what a <c>call</c> with two outputs returns.</summary>
    public static implicit operator Tensor((Tensor, Tensor) tensors) => Several([tensors.Item1, tensors.Item2]);

    /// <summary>Three tensors, likewise.</summary>
    public static implicit operator Tensor((Tensor, Tensor, Tensor) tensors) => Several([tensors.Item1, tensors.Item2, tensors.Item3]);

    /// <summary>Four tensors, likewise.</summary>
    public static implicit operator Tensor((Tensor, Tensor, Tensor, Tensor) tensors) =>
        Several([tensors.Item1, tensors.Item2, tensors.Item3, tensors.Item4]);

    /// <summary>A layer's weight, wherever it lies.</summary>
    public static implicit operator Tensor(Variable variable) => new(variable ?? throw new ValueError("None values not supported: a tensor needs a variable."));

    /// <summary>A number, which counts for every place of what it is calculated with.</summary>
    public static implicit operator Tensor(double number) => new(new PythonNumber(number, IsWhole: false));

    /// <inheritdoc cref="op_Implicit(double)"/>
    public static implicit operator Tensor(int number) => new(new PythonNumber(number, IsWhole: true));

    /// <inheritdoc cref="op_Implicit(double)"/>
    public static implicit operator Tensor(NumpyScalar number) => number.item();

    /// <summary>The values, as <see cref="numpy"/>.</summary>
    public static explicit operator NDArray(Tensor tensor) => tensor.numpy();

    /// <summary>The one number that it holds: <c>float(tensor)</c> in Python.</summary>
    public static explicit operator double(Tensor tensor) => (double)tensor.numpy();

    /// <summary>The same.</summary>
    public static explicit operator float(Tensor tensor) => (float)tensor.numpy();

    /// <summary>The same.</summary>
    public static explicit operator decimal(Tensor tensor) => (decimal)tensor.numpy();

    /// <summary>Whether the one number that it holds isn't 0: <c>bool(tensor)</c> in Python.</summary>
    public static explicit operator bool(Tensor tensor) => (double)tensor != 0;

    /// <summary>The one string that it holds: <c>tensor.numpy().decode()</c> in Python.</summary>
    /// <exception cref="ValueError">It is no string, or several.</exception>
    public static explicit operator string(Tensor tensor) => tensor.Texts is { Count: 1 } one ? one.Text(0)
        : throw new ValueError($"One string is expected. Received: {tensor}");

    /// <summary>The strings of a tensor of them.</summary>
    /// <exception cref="ValueError">It is of numbers.</exception>
    public static explicit operator Strings(Tensor tensor) => tensor.Texts ?? throw new ValueError($"Strings are expected. Received: {tensor}");

    /// <summary>The tensors of a dictionary with their names: <c>foreach (var (name, column) in features.items())</c>.</summary>
    /// <exception cref="ValueError">They have no names.</exception>
    public IEnumerable<KeyValuePair<string, Tensor>> items() => keys().Zip(_several!, KeyValuePair.Create);

    /// <summary>The names of a dictionary's tensors.</summary>
    /// <inheritdoc cref="items"/>
    public IReadOnlyList<string> keys() => _names ?? throw new ValueError($"These tensors have no names. Received: {this}");

    /// <summary>The tensors of a dictionary.</summary>
    /// <inheritdoc cref="items"/>
    public IReadOnlyList<Tensor> values() => keys() is { } ? _several! : [];

    /// <summary>The one number that it holds, without what stands behind the point: <c>int(tensor)</c> in Python.</summary>
    public static explicit operator int(Tensor tensor) => (int)tensor.numpy();

    /// <summary>The same.</summary>
    public static explicit operator long(Tensor tensor) => (long)tensor.numpy();

    /// <summary>The layer that an input of a model is: <c>keras.Sequential([keras.Input(shape: 784), …])</c>.</summary>
    /// <exception cref="ValueError">It is no input.</exception>
    public static implicit operator Layer(Tensor tensor) => tensor.Call?.Layer as InputLayer
        ?? throw new ValueError($"Only instances of `keras.Layer` can be added to a Sequential model. Received: {tensor} (a tensor that is no `keras.Input`)");

    /// <summary>As Python shows it.</summary>
    public override string ToString() => _names is not null ? $"{{{string.Join(", ", items().Select(one => $"'{one.Key}': {one.Value}"))}}}"
        : IsRagged ? $"<tf.RaggedTensor {Listed}>"
        : _several is not null ? $"[{string.Join(", ", (object[])_several)}]"
        : Texts is not null ? $"<tf.Tensor: shape={shape}, dtype=string, numpy={(shape.Rank == 0 ? "" : "\n")}{Texts}>"
        : _values is not null ? $"<tf.Tensor: shape={shape}, dtype={_values.dtype}, "
            + $"numpy={(_values.ndim == 0 ? PythonText.Repr(_values.Scalar()) : PythonText.Repr(_values))}>"
        : Number is { } number ? PythonText.Str(number.Boxed)
        : $"<KerasTensor shape={shape}, dtype={dtype.name}, sparse=False, ragged=False, name={name}>";

    /// <summary>What Python's print writes of it.</summary>
    internal string Printed => _several is not null || Number is not null || (Texts is null && !HasValues) ? ToString()
        : (Texts?.ToString() ?? PythonText.Str(numpy())) is var text && text.Contains('\n') ? $"tf.Tensor(\n{text}, shape={shape}, dtype={dtype})"
        : $"tf.Tensor({text}, shape={shape}, dtype={dtype})";

    /// <summary>One tensor, or several as one thing.</summary>
    internal static Tensor Of(Tensor[] tensors) => tensors is [var only] ? only : new Tensor(tensors);

    /// <summary>A tensor of values that are of that type, or become it: of whole numbers as many bits as it has.</summary>
    internal static Tensor Holding(NDArray values, DType type) => new(values.dtype == type ? values
        : type.IsInteger && values.dtype.IsInexact ? values.astype(DType.int64).astype(type) : values.astype(type), isConverted: false);

    /// <summary>Several tensors as one thing, each of which may be several; with names those of a dictionary.</summary>
    internal static Tensor Several(Tensor[] tensors, string[]? names = null) => new(tensors, names);

    /// <summary>The tensors that these are.</summary>
    internal IEnumerable<Tensor> All => _several ?? [this];

    /// <summary>The single tensors in it, also those of several within several.</summary>
    internal IEnumerable<Tensor> Leaves => _several?.SelectMany(x => x.Leaves) ?? [this];

    /// <summary>The tensors, where these are several; <c>null</c> for one.</summary>
    internal IReadOnlyList<Tensor>? Parts => _several;

    /// <summary>The names of several, where they have any.</summary>
    internal string[]? Names => _names;

    /// <summary>The layer's call that gives it; <c>null</c> unless it is symbolic.</summary>
    internal LayerCall? Call { get; }

    /// <summary>The strings that it holds; <c>null</c> of numbers.</summary>
    internal Strings? Texts { get; }

    /// <summary>The weight that it is, wherever it lies; else <c>null</c>.</summary>
    internal Variable? Variable { get; }

    /// <summary>The number that it is; else <c>null</c>.</summary>
    internal PythonNumber? Number { get; init; }

    /// <summary>Whether it is an array that stands for a tensor: TensorFlow gives it the type of what it is calculated with.</summary>
    internal bool IsConverted { get; }

    internal bool IsSymbolic => Call is not null;

    /// <summary>Whether its first axis is the batch, if it is symbolic.</summary>
    internal bool IsBatched { get; }

    /// <summary>Whether <see cref="numpy"/> gives them.</summary>
    internal bool HasValues => _values is not null || Variable is not null || Number is not null;

    internal bool IsOfPlan => _graph is not null;

    /// <summary>The list of nodes that it belongs to.</summary>
    internal Graph Graph => _graph ?? throw new InvalidOperationException("The tensor isn't part of a plan.");

    /// <summary>The node that computes it; <c>null</c> for what comes in from outside.</summary>
    internal Node? Source { get; set; }

    /// <summary>
    /// Which of its steps count: not 0 for each of [batch, steps]; <c>null</c> where all do. Layers that know masks pass it on, of values that were
    /// applied one behind the other too; of a model that isn't computed yet there is none to be seen.
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

    /// <summary>Whether a variable's gradient goes through it.</summary>
    internal bool NeedsGradient { get; set; }

    /// <summary>What a softmax was applied to, if this is its output: a crossentropy takes that, and the order of classes is the same.</summary>
    internal Tensor? Logits => Source is SoftmaxNode softmax ? softmax.Inputs[0] : null;

    /// <summary>What a crossentropy takes in its place: what a softmax or, as in Keras for any crossentropy, a sigmoid was applied to.</summary>
    internal Tensor? LogitsOfLoss => Logits ?? (Source is MapNode<Unary<SigmoidFormula>> sigmoid ? sigmoid.Inputs[0] : null);

    /// <summary>Elements in all.</summary>
    internal int Size => _size != 0 ? _size : _size = shape.Size;

    /// <summary>Elements along the last axis; 1 without any.</summary>
    internal int Columns => _columns != 0 ? _columns : _columns = shape.Rank == 0 ? 1 : shape[^1]!.Value;

    /// <summary>Rows of <see cref="Columns"/> elements.</summary>
    internal int Rows => Size / Columns;

    /// <summary>Where its elements lie; tensors that are one under other shapes share it.</summary>
    internal Storage Storage { get; set; } = null!;

    /// <summary>Its elements while the plan runs.</summary>
    internal DeviceBuffer Buffer => Storage.Buffer ?? throw new InvalidOperationException("The plan has no memory yet.");

    private Tensor[] Unpack(int count) => _several?.Length == count ? _several
        : throw (_several is null ? new ValueError("cannot unpack one tensor: the layer or model that gave it has one output")
            : ValueError.Unpacking(count, _several.Length));

    private ValueError AreSeveral() => new($"These are {_several!.Length} outputs, not one tensor: take them apart by `var (a, b) = …` or `[0]`.");
}

/// <summary>Where a tensor's elements lie: at a fixed place, or wherever the plan puts them.</summary>
internal sealed class Storage
{
    /// <summary>The elements; for a place of the plan's own <c>null</c> until it gets memory.</summary>
    public DeviceBuffer? Buffer { get; set; }

    /// <summary>Whether the place is given and not the plan's to choose.</summary>
    public bool IsFixed { get; set; }

    /// <summary>Whether it is wanted when the plan has run, or was filled before: nothing else may lie there.</summary>
    public bool IsKept { get; set; }

    /// <summary>Elements of the largest tensor that lies here.</summary>
    public int Size { get; set; }

    /// <summary>Where it lies in the plan's memory.</summary>
    public int Start { get; set; }

    /// <summary>The last node that reads or writes it.</summary>
    public int Last { get; set; }
}
