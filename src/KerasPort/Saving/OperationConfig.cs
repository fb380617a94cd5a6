using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Activations;
using KerasPort.Graphs;

namespace KerasPort.Saving;

/// <summary>
/// Functions between layers in files: Keras' classes of <c>keras.ops</c>, a closed list. A function is written with its settings, and its only node with
/// its arguments: tensors, numbers, arrays, indices.
/// </summary>
internal sealed partial class OperationConfig
{
    private const string Numpy = "keras.src.ops.numpy", Network = "keras.src.ops.nn", Core = "keras.src.ops.core",
        Activations = "keras.src.activations.activations";

    /// <summary>The most repeats of an element that a file may ask for, so that none makes a huge array before its size is checked.</summary>
    private const int MostRepeats = 1 << 12;

    private static readonly Dictionary<string, Known> s_known = new(MoreFunctions())
    {
        ["Absolute"] = Always(KerasOps.Absolute),
        ["Add"] = Always(KerasOps.Add, 2),
        ["Argmax"] = new(Numpy, 1, s => KerasOps.Argmax(s.Number("axis"), s.Flag("keepdims"))),
        ["Argmin"] = new(Numpy, 1, s => KerasOps.Argmin(s.Number("axis"), s.Flag("keepdims"))),
        ["Cast"] = new(Core, 1, s => KerasOps.Cast(s.Float("dtype"))),
        ["Celu"] = Activation<Celu>(),
        ["Clip"] = new(Numpy, 1, s => KerasOps.Clip(s.Required("x_min"), s.Required("x_max"))),
        ["Concatenate"] = new(Numpy, Known.List, s => KerasOps.Concatenate(s.Number("axis") ?? 0)),
        ["Divide"] = Always(KerasOps.Divide, 2),
        ["Elu"] = Activation<Elu>(),
        ["Equal"] = Always(KerasOps.Equal, 2),
        ["Exp"] = Always(KerasOps.Exp),
        ["ExpandDims"] = new(Numpy, 1, s => KerasOps.ExpandDims((int)s.Required("axis").Value)),
        ["Flip"] = new(Numpy, 1, s => KerasOps.Flip(s.Axes("axis"))),
        ["Gelu"] = Activation<Gelu>(),
        ["GetItem"] = new(Numpy, 1, s => KerasOps.GetItem(s.Key!)),
        ["Glu"] = Activation<Glu>(),
        ["Greater"] = Always(KerasOps.Greater, 2),
        ["GreaterEqual"] = Always(KerasOps.GreaterEqual, 2),
        ["HardShrink"] = Activation<HardShrink>(),
        ["HardSigmoid"] = Activation<HardSigmoid>(),
        ["HardSilu"] = Activation<HardSilu>(),
        ["HardTanh"] = Activation<HardTanh>(),
        ["LeakyRelu"] = Activation<LeakyRelu>(),
        ["Less"] = Always(KerasOps.Less, 2),
        ["LessEqual"] = Always(KerasOps.LessEqual, 2),
        ["Log"] = Always(KerasOps.Log),
        ["LogSigmoid"] = Activation<LogSigmoid>(),
        ["LogSoftmax"] = Activation<LogSoftmax>(),
        ["Matmul"] = Always(KerasOps.Matmul, 2),
        ["Max"] = new(Numpy, 1, s => KerasOps.Max(s.Axes("axis"), s.Flag("keepdims"))),
        ["Maximum"] = Always(KerasOps.Maximum, 2),
        ["Mean"] = new(Numpy, 1, s => KerasOps.Mean(s.Axes("axis"), s.Flag("keepdims"))),
        ["Min"] = new(Numpy, 1, s => KerasOps.Min(s.Axes("axis"), s.Flag("keepdims"))),
        ["Minimum"] = Always(KerasOps.Minimum, 2),
        ["Multiply"] = Always(KerasOps.Multiply, 2),
        ["Negative"] = Always(KerasOps.Negative),
        ["OnesLike"] = Always(KerasOps.OnesLike),
        ["Power"] = Always(KerasOps.Power, 2),
        ["ReLU"] = new(Activations, 1, s => s.Activation<Relu>().WithArguments()),
        ["Relu"] = new(Network, 1, _ => new Relu().AsFunction()),
        ["Relu6"] = Activation<Relu6>(),
        ["Repeat"] = new(Numpy, 1, s => KerasOps.Repeat(s.Repeats("repeats"), s.Number("axis"))),
        ["Reshape"] = new(Numpy, 1, s => KerasOps.Reshape(s.Shape("newshape"))),
        ["Selu"] = Activation<Selu>(),
        ["Sigmoid"] = Activation<Sigmoid>(),
        ["Silu"] = Activation<Silu>(),
        ["SoftShrink"] = Activation<SoftShrink>(),
        ["Softmax"] = Activation<Softmax>(),
        ["Softplus"] = Activation<Softplus>(),
        ["Softsign"] = Activation<Softsign>(),
        ["SparsePlus"] = Activation<SparsePlus>(),
        ["SparseSigmoid"] = Activation<SparseSigmoid>(),
        ["Sparsemax"] = Activation<Sparsemax>(),
        ["Sqrt"] = Always(KerasOps.Sqrt),
        ["Square"] = Always(KerasOps.Square),
        ["Squareplus"] = Activation<Squareplus>(),
        ["Squeeze"] = new(Numpy, 1, s => KerasOps.Squeeze(s.Number("axis"))),
        ["Stack"] = new(Numpy, Known.List, s => KerasOps.Stack(s.Number("axis") ?? 0)),
        ["Std"] = new(Numpy, 1, s => KerasOps.Std(s.Axes("axis"), s.Flag("keepdims"))),
        ["Subtract"] = Always(KerasOps.Subtract, 2),
        ["Sum"] = new(Numpy, 1, s => KerasOps.Sum(s.Axes("axis"), s.Flag("keepdims"))),
        ["Tanh"] = Activation<Tanh>() with { Module = Numpy },
        ["TanhShrink"] = Activation<TanhShrink>(),
        ["Threshold"] = Activation<Threshold>(),
        ["Transpose"] = new(Numpy, 1, s => KerasOps.Transpose(s.Axes("axes"))),
        ["TrueDivide"] = Always(KerasOps.TrueDivide, 2),
        ["Var"] = new(Numpy, 1, s => KerasOps.Var(s.Axes("axis"), s.Flag("keepdims"))),
        ["Where"] = Always(KerasOps.Where, 3),
        ["ZerosLike"] = Always(KerasOps.ZerosLike),
    };

    private readonly Known _known;
    private readonly JsonElement _settings;
    private readonly string _place;

    private OperationConfig(string name, Known known, JsonElement settings, string place) => (Name, _known, _settings, _place) = (name, known, settings, place);

    /// <summary>A function that files may name: Keras' module, how many tensors it takes, and how it is made of its settings.</summary>
    private sealed record Known(string Module, int Tensors, Func<OperationSettings, Function> Make)
    {
        /// <summary>In place of the number of tensors: one argument that is a list of tensors.</summary>
        public const int List = -1;

        /// <summary>In place of the number of tensors: any number, each an argument.</summary>
        public const int Some = -2;

        /// <summary>Whether lists of numbers are constants, too: indices.</summary>
        public bool TakesNumbers { get; init; }

        /// <summary>The names of the tensors behind these that may be left out.</summary>
        public string[] Optional { get; init; } = [];

        /// <summary>Whether Keras passes the optional tensors by their names, not in their places.</summary>
        public bool NamesOptional { get; init; }

        /// <summary>The name of an argument that is a number.</summary>
        public string? Number { get; init; }
    }

    /// <summary>The names of the functions, which models may have between layers in files.</summary>
    public static IReadOnlyCollection<string> Names => s_known.Keys;

    /// <summary>The function's name in its model.</summary>
    public string Name { get; }

    /// <summary>A function as Keras' <c>serialize_keras_object</c> writes it; <paramref name="legacy"/> without a module.</summary>
    /// <exception cref="ValueError">Keras has no such function.</exception>
    public static JsonObject Write(Operation operation, bool legacy)
    {
        string name = operation.Function.Class;
        if (!s_known.TryGetValue(name, out var known))
            throw new ValueError($"'{operation.name}' is a function that a file can't hold: use one of those that it can, or make a layer of your own of it. "
                + $"Received: {name}");
        var config = new JsonObject { ["name"] = operation.name };
        foreach (var (key, value) in Settings(operation.Function)) config[key] = value?.DeepClone();
        return legacy ? new() { ["class_name"] = name, ["config"] = config }
            : new() { ["module"] = known.Module, ["class_name"] = name, ["config"] = config, ["registered_name"] = name };
    }

    /// <summary>Its node: the arguments in their places, and those by their names.</summary>
    /// <param name="operation">The function.</param>
    /// <param name="inputs">The serialized symbolic tensors that go in.</param>
    /// <exception cref="ValueError">A constant is of a kind that files don't hold.</exception>
    public static JsonObject Node(Operation operation, IEnumerable<JsonNode> inputs)
    {
        var function = operation.Function;
        var known = s_known.GetValueOrDefault(function.Class);
        using var next = inputs.GetEnumerator();
        var tensors = new Queue<JsonNode?>();
        foreach (var constant in operation.Constants)
        {
            if (constant is null) next.MoveNext();
            // Indices are written as lists, as programs give them.
            bool isList = function.Indexed && tensors.Count == 1 && constant is { Number: null, Variable: null };
            tensors.Enqueue(constant is null ? next.Current : isList ? ConfigValue.Write(constant.numpy()) : Constant(constant, operation.name));
        }
        JsonNode?[] all = function.Given is { } given ? [.. given.Select(isGiven => isGiven ? tensors.Dequeue() : null)] : [.. tensors];
        int placed = known is { NamesOptional: true } ? known.Tensors : all.Length;
        JsonArray arguments = function.TakesList ? [new JsonArray(all)] : [.. all[..placed]];
        if (function.Key is { } key) arguments.Add(OperationArguments.Write(key));
        var named = new JsonObject(all[placed..].Select((tensor, i) => KeyValuePair.Create(known!.Optional[i], tensor)));
        if (function.Named is { } setting) named[setting.Name] = ConfigValue.Write(setting.Value);
        return new JsonObject { ["args"] = arguments, ["kwargs"] = named };
    }

    /// <summary>A one-line description of the function with its settings.</summary>
    public static string Describe(Operation operation) => $"{operation.Function.Class}{Settings(operation.Function).ToJsonString()}"
        + $"({string.Join(", ", operation.Constants.Select(x => x is null ? "" : x.Variable?.name ?? PythonText.Repr(x.numpy())))})"
        + (operation.Function.Key is { } key ? OperationArguments.Write(key)!.ToJsonString() : "");

    /// <summary>Reads a function; <c>null</c> if the element isn't one.</summary>
    /// <exception cref="ModelFormatException">There is no such function here, or the element is malformed.</exception>
    public static OperationConfig? Read(JsonElement element, string place)
    {
        if (ObjectConfig.ClassOf(element) is not { } name) return null;
        bool isKnown = s_known.TryGetValue(name, out var known);
        var config = element.TryGetProperty("config", out var given) ? given : default;
        if (element.TryGetProperty("module", out var module))
        {
            string? text = module.ValueKind == JsonValueKind.String ? module.GetString() : null;
            if (text?.StartsWith("keras.src.ops.", StringComparison.Ordinal) != true && text != Activations) return null;
            if (!isKnown || known!.Module != text)
                throw new ModelFormatException(place, $"function '{name}' of {text} is refused; a function between layers may be "
                    + string.Join(", ", Names.Order(StringComparer.Ordinal)), isUnsupported: true);
        }
        // In files without modules, a function is told from the layer of the same name by lacking settings that every layer has.
        else if (!isKnown || config.ValueKind != JsonValueKind.Object || config.TryGetProperty("trainable", out _) || !HasNewNodes(element)) return null;
        config = ObjectConfig.Required(element, "config", JsonValueKind.Object, place);
        string called = ObjectConfig.Required(config, "name", JsonValueKind.String, place).GetString()!;
        return new OperationConfig(called, known!, config, $"{place} ({name})");
    }

    /// <summary>Reads the node and returns what creates the function from its symbolic tensors.</summary>
    /// <param name="node">The node's arguments.</param>
    /// <param name="at">Their place, for messages.</param>
    /// <param name="tensor">Receives the symbolic tensors, in order.</param>
    /// <exception cref="ModelFormatException">The arguments are malformed.</exception>
    public Func<Tensor[], Operation> ReadNode(JsonElement node, string at, Action<JsonElement> tensor)
    {
        if (node.ValueKind != JsonValueKind.Object) throw new ModelFormatException(at, $"expected a dictionary, found {ObjectConfig.Quote(node)}");
        string place = $"{at}, args";
        bool isPart = _known == s_known["GetItem"], isList = _known.Tensors == Known.List;
        var arguments = ObjectConfig.Required(node, "args", JsonValueKind.Array, at);
        int found = arguments.GetArrayLength(), expected = isList ? 1 : _known.Tensors == Known.Some ? found : _known.Tensors + (isPart ? 1 : 0);
        if (found < expected || found > expected + _known.Optional.Length || (isList && arguments[0].ValueKind != JsonValueKind.Array))
            throw new ModelFormatException(place,
                $"expected {(isList ? "one list of tensors" : $"{expected} arguments")}, found {ObjectConfig.Quote(arguments)}");
        JsonElement[] all = [.. (isList ? arguments[0] : arguments).EnumerateArray()];
        int tensors = isList || _known.Tensors == Known.Some ? all.Length : _known.Tensors;
        // The optional tensors stand behind the others, or have names.
        var optional = new JsonElement?[_known.Optional.Length];
        if (!isPart)
            foreach (var (argument, i) in all[tensors..].Select((argument, i) => (argument, i)))
                if (argument.ValueKind != JsonValueKind.Null) optional[i] = argument;
        PythonNumber? value = null;
        if (node.TryGetProperty("kwargs", out var named))
        {
            if (named.ValueKind != JsonValueKind.Object)
                throw new ModelFormatException($"{at}, kwargs", $"expected a dictionary, found {ObjectConfig.Quote(named)}");
            foreach (var argument in named.EnumerateObject())
                if (argument.Value.ValueKind == JsonValueKind.Null) continue;
                else if (Array.IndexOf(_known.Optional, argument.Name) is >= 0 and var i && optional[i] is null) optional[i] = argument.Value;
                else if (argument.NameEquals(_known.Number) && OperationArguments.Number(argument.Value) is { } number) value = number;
                else throw new ModelFormatException($"{at}, kwargs", $"{ObjectConfig.Quote(named)} is not supported; "
                    + (_known.Optional.Length > 0 ? $"arguments by name may be {string.Join(", ", _known.Optional)}" : "a function's arguments have no names"),
                    isUnsupported: true);
        }
        Tensor?[] constants = [.. all[..tensors].Concat(optional.OfType<JsonElement>()).Select(argument =>
        {
            var constant = _known.TakesNumbers && argument.ValueKind == JsonValueKind.Array ? OperationArguments.Numbers(argument, place)
                : OperationArguments.Constant(argument, place);
            if (constant is null) tensor(argument);
            return constant;
        })];
        var settings = new OperationSettings(_settings, _place)
        {
            Key = isPart ? OperationArguments.Key(arguments[1], place) : null,
            Value = value?.Value,
            Given = Array.ConvertAll(optional, argument => argument is not null),
        };
        var function = ObjectConfig.Guarded(_place, () => _known.Make(settings));
        settings.RequireNothingElse();
        return inputs =>
        {
            int next = 0;
            return new Operation(function, Array.ConvertAll(constants, constant => constant ?? inputs[next++]), Name);
        };
    }

    private static JsonObject Settings(Function function) => function.Owner is { } owner ? ObjectConfig.Get(owner)
        : new JsonObject(function.Settings.Select(setting => KeyValuePair.Create(setting.Name, ConfigValue.Write(setting.Value))));

    private static JsonNode? Constant(Tensor x, string name) => x.Variable is { } weight
        ? throw new ValueError($"Function '{name}' takes the weight '{weight.name}', which a file can't hold as a constant: make it a layer of your own.")
        : OperationArguments.Write(x, name);

    private static bool HasNewNodes(JsonElement element) => element.TryGetProperty("inbound_nodes", out var nodes) && nodes.ValueKind == JsonValueKind.Array
        && nodes.GetArrayLength() > 0 && nodes[0].ValueKind == JsonValueKind.Object;

    private static Known Always(Function function, int tensors = 1) => new(Numpy, tensors, settings =>
    {
        foreach (var (key, _) in function.Settings) settings.RequireNull(key);
        return function;
    });

    private static Known Activation<T>() where T : ActivationFunction => new(Network, 1, settings => settings.Activation<T>().AsFunction());

    /// <summary>A number of repeats, checked against the limit.</summary>
    internal static int Repeats(int repeats, string place) => repeats is > 0 and <= MostRepeats ? repeats
        : throw new ModelFormatException(place, $"expected a number of 1 to {MostRepeats}, found {repeats}");
}
