using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Saving;

/// <summary>
/// The part of a configuration that connects the layers. Each call of a layer is a node, and <c>inbound_nodes</c> lists a layer's nodes with their input
/// tensors. A tensor is given by its layer's name, the number of the node and the index among that node's outputs. Keras 3 writes nodes as arguments
/// of a call; Keras 1 and 2 as lists of <c>[layer, node, tensor, arguments]</c>, in which node 0 of a model among the layers is its own inputs.
/// </summary>
internal sealed class GraphConfig(ModelReader reader, string place)
{
    private const string Nodes = "inbound_nodes", History = "keras_history";

    /// <summary>The class name of a symbolic tensor in a file.</summary>
    public const string TensorClass = "__keras_tensor__";

    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>A layer with its calls: those that were made, and those that wait for their inputs.</summary>
    private sealed class Entry(string name, Layer? layer, OperationConfig? operation, string place)
    {
        public string Name => name;

        /// <summary>The layer; <c>null</c> for a function, which is created together with its inputs.</summary>
        public Layer? Layer => layer;

        public OperationConfig? Operation => operation;

        public string Place => place;

        public List<Node> Nodes { get; } = [];

        public List<Tensor[]> Made { get; } = [];

        /// <summary>Whether the nodes are as Keras 1 and 2 wrote them.</summary>
        public bool IsOlder { get; set; }

        /// <summary>The entries that wait for a call of this one, by its number.</summary>
        public Dictionary<int, List<Entry>> Waiting { get; } = [];

        /// <summary>How many calls it has when all are made.</summary>
        public int Calls => Layer is InputLayer ? 1 : Nodes.Count;
    }

    private sealed record Node(
        List<Reference> Inputs, bool? Training, Func<Tensor[], Operation>? Function = null, bool IsMasked = false, Arrangement? Arrangement = null)
    {
        /// <summary>How many of the inputs exist already.</summary>
        public int There { get; set; }
    }

    private readonly record struct Reference(Entry Entry, int Node, int Tensor);

    /// <summary>Writes layers with their nodes, inputs and outputs.</summary>
    public static void Write(JsonObject config, LayerGraph graph, bool legacy)
    {
        var own = graph.Calls.ToHashSet();
        // Nodes are numbered among this model's calls: calls that belong to other models don't count.
        var numbers = graph.Operations.SelectMany(layer => layer.Calls.Where(own.Contains).Index()).ToDictionary(call => call.Item, call => call.Index);
        JsonArray Tensor(Tensor x, int first = 0) => [x.Call!.Layer.name, numbers[x.Call] + first, Array.IndexOf(x.Call.Outputs, x)];
        JsonObject Argument(Tensor x) => new()
        {
            ["class_name"] = TensorClass,
            ["config"] = new JsonObject { ["shape"] = ConfigValue.Array(x.shape), ["dtype"] = x.dtype.name, [History] = Tensor(x) },
        };
        // Keras numbers the inputs of a model among the layers as its node 0 in input_layers and output_layers, and only there.
        JsonArray Listed(Tensor x) => Tensor(x, first: x.Call!.Layer is Functional ? 1 : 0);
        JsonNode All(Arrangement arrangement, Tensor[] tensors, bool isList) => arrangement.Names is { } names
            ? ByName(arrangement.Listed ?? names, arrangement.AsListed(tensors), Listed)
            : tensors is [var only] && !isList ? Listed(only) : new JsonArray([.. tensors.Select(Listed)]);

        var layers = new JsonArray();
        foreach (var layer in graph.Operations)
        {
            var nodes = new JsonArray();
            foreach (var call in layer.Calls.Where(call => own.Contains(call) && call.Inputs.Length > 0))
            {
                JsonObject[] arguments = [.. call.Given(call.Inputs).Select(Argument)];
                if (layer is Operation function)
                {
                    nodes.Add((JsonNode)OperationConfig.Node(function, arguments));
                    continue;
                }
                var named = new JsonObject();
                // For a layer, Keras writes mask only where training isn't given, or has the layer's own value.
                if (call.Mask is { } mask) named["mask"] = Argument(mask);
                else if (layer.HasCallOfItsOwn && layer is not Model)
                {
                    // The key is left out: whether the class' `call` takes a mask in Python is unknown.
                }
                else if (layer is Model || (layer.TakesMask && (call.Training is null || call.Training == layer.TrainingArgument))) named["mask"] = null;
                if ((call.Training ?? layer.TrainingDefault) is { } training) named["training"] = training;
                nodes.Add((JsonNode)new JsonObject { ["args"] = Arguments(layer, arguments), ["kwargs"] = named });
            }
            var serialized = layer is Operation operation ? OperationConfig.Write(operation, legacy) : ModelConfig.Layer(layer, legacy);
            serialized["name"] = layer.name;
            serialized[Nodes] = nodes;
            layers.Add((JsonNode)serialized);
        }
        config["layers"] = layers;
        config["input_layers"] = All(graph.Takes, graph.Inputs, graph.ListsInput);
        config["output_layers"] = All(graph.Gives, graph.Outputs, graph.ListsOutput);
    }

    /// <summary>The arguments of a call: one tensor, or for a class of the program's own a list, a dictionary, or one for each argument.</summary>
    private static JsonArray Arguments(Layer layer, JsonObject[] tensors) => layer.Takes.Kind switch
    {
        Arrangement.Kinds.Arguments => [.. tensors],
        Arrangement.Kinds.Dictionary => [ByName(layer.Takes.Names!, tensors, x => x)],
        Arrangement.Kinds.One when tensors.Length == 1 && layer is not Merge => [tensors[0]],
        _ => [new JsonArray(tensors)],
    };

    private static JsonObject ByName<T>(string[] names, T[] tensors, Func<T, JsonNode> written) =>
        new(names.Zip(tensors, (name, x) => KeyValuePair.Create<string, JsonNode?>(name, written(x))));

    /// <summary>Makes the model.</summary>
    public (Model Model, long Calls) Read(string name, JsonElement layers, JsonElement config)
    {
        var all = new List<(Entry Entry, JsonElement Element)>();
        foreach (var (index, element) in layers.EnumerateArray().Index())
        {
            string at = ModelConfig.LayerPlace(place, index, element);
            var operation = OperationConfig.Read(element, at);
            var layer = operation is null ? reader.Layer(element, at) : null;
            string called = element.TryGetProperty("name", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()! : operation?.Name
                ?? layer!.name;
            var entry = new Entry(called, layer, operation, at);
            if (!_entries.TryAdd(called, entry)) throw new ModelFormatException(place, $"all layers must have unique names, but '{called}' is there twice");
            if (entry.Layer is InputLayer input)
            {
                ModelReader.RequireDimensions(input.batch_shape, at);
                entry.Made.Add([input.output]);
            }
            all.Add((entry, element));
        }
        // All nodes are numbered first, so that a reference to a missing node can be told from a cycle.
        foreach (var (entry, element) in all)
        {
            entry.IsOlder = NodesOf(entry, element).Any(node => node.ValueKind == JsonValueKind.Array);
            foreach (var _ in NodesOf(entry, element)) entry.Nodes.Add(null!);
        }
        foreach (var (entry, element) in all)
            foreach (var (index, node) in NodesOf(entry, element).Index()) entry.Nodes[index] = ReadNode(entry, node, $"{entry.Place}, {Nodes}[{index}]");
        long calls = reader.Count(all.SelectMany(one => Enumerable.Repeat(one.Entry.Layer, one.Entry.Calls)), place);
        Make([.. all.Select(one => one.Entry)]);
        var (inputs, outputs) = (TensorsOf(config, "input_layers"), TensorsOf(config, "output_layers"));
        if (inputs.FirstOrDefault(x => x.Call!.Layer is not InputLayer) is { } inner)
            throw new ModelFormatException($"{place}, input_layers", $"expected layers of class InputLayer, found '{inner.Call!.Layer.name}'");
        return (ObjectConfig.Guarded(place, () => new Functional(inputs, outputs, name)), calls);
    }

    private static JsonElement.ArrayEnumerator NodesOf(Entry entry, JsonElement element)
    {
        var nodes = ObjectConfig.Required(element, Nodes, JsonValueKind.Array, entry.Place);
        if (entry.Layer is InputLayer && nodes.GetArrayLength() > 0)
            throw new ModelFormatException($"{entry.Place}, {Nodes}", "nothing goes into an InputLayer");
        if (entry.Operation is not null && nodes.GetArrayLength() > 1)
            throw new ModelFormatException($"{entry.Place}, {Nodes}", "a function is called once, and a second call is one of another name",
                isUnsupported: true);
        return nodes.EnumerateArray();
    }

    /// <summary>Makes the calls, each as soon as its inputs exist.</summary>
    private void Make(Entry[] all)
    {
        var ready = new Queue<Entry>(all.Where(entry => entry.Layer is not InputLayer));
        while (ready.TryDequeue(out var entry))
        {
            while (entry.Made.Count < entry.Nodes.Count)
            {
                var node = entry.Nodes[entry.Made.Count];
                while (node.There < node.Inputs.Count && node.Inputs[node.There] is var x && x.Node < x.Entry.Made.Count) node.There++;
                if (node.There < node.Inputs.Count)
                {
                    var missing = node.Inputs[node.There];
                    if (!missing.Entry.Waiting.TryGetValue(missing.Node, out var waiting)) missing.Entry.Waiting[missing.Node] = waiting = [];
                    waiting.Add(entry);
                    break;
                }
                string at = $"{entry.Place}, {Nodes}[{entry.Made.Count}]";
                Tensor[] inputs = [.. node.Inputs.Select(x => TensorOf(x, at))];
                var layer = entry.Layer ?? ObjectConfig.Guarded(at, () => node.Function!(inputs));
                var (given, mask) = node.IsMasked ? (inputs[..^1], inputs[^1]) : (inputs, null);
                if (node.Arrangement is { } arrangement)
                    given = [.. ObjectConfig.Guarded(at, () => layer.Take(arrangement, given.Length)).Select(from => inputs[from])];
                reader.Through(layer, [.. given.Select(x => x.shape)], at);
                entry.Made.Add(ObjectConfig.Guarded(at, () => layer.Symbolically(given, node.Training, mask)));
                if (entry.Waiting.Remove(entry.Made.Count - 1, out var freed)) foreach (var other in freed) ready.Enqueue(other);
            }
        }
        if (all.FirstOrDefault(entry => entry.Made.Count < entry.Calls) is { } stuck)
            throw new ModelFormatException($"{stuck.Place}, {Nodes}[{stuck.Made.Count}]", "what goes in depends on what comes out: the graph has a circle");
    }

    private static Tensor TensorOf(Reference x, string at)
    {
        var outputs = x.Entry.Made[x.Node];
        return x.Tensor < outputs.Length ? outputs[x.Tensor]
            : throw new ModelFormatException(at, $"layer '{x.Entry.Name}' has {outputs.Length} outputs, and no output {x.Tensor}");
    }

    private Node ReadNode(Entry entry, JsonElement node, string at)
    {
        var inputs = new List<Reference>();
        bool? training = null;
        bool isMasked = false;
        Func<Tensor[], Operation>? function = null;
        Arrangement? arrangement = null;
        if (entry.Operation is { } operation) function = operation.ReadNode(node, at, tensor => inputs.Add(ReadTensor(tensor, at)));
        else if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var input in node.EnumerateArray())
            {
                if (input.ValueKind != JsonValueKind.Array || input.GetArrayLength() is not (3 or 4))
                    throw new ModelFormatException(at, $"expected [layer, node, tensor, arguments], found {ObjectConfig.Quote(input)}");
                inputs.Add(ReadReference(input, at, countsInputs: false));
                if (input.GetArrayLength() == 4) training = ReadArguments(input[3], at) ?? training;
            }
        }
        else
        {
            var arguments = node.ValueKind == JsonValueKind.Object ? ObjectConfig.Required(node, "args", JsonValueKind.Array, at)
                : throw new ModelFormatException(at, $"expected a list or a dictionary, found {ObjectConfig.Quote(node)}");
            bool isOwn = entry.Layer is { HasCallOfItsOwn: true };
            if (arguments.GetArrayLength() != 1 && !(isOwn && arguments.GetArrayLength() is 2 or 3))
                throw new ModelFormatException($"{at}, args", $"expected one argument, a tensor or a list of them, found {ObjectConfig.Quote(arguments)}");
            var only = arguments[0];
            bool isDictionary = (isOwn || entry.Layer is Functional) && only.ValueKind == JsonValueKind.Object && ObjectConfig.ClassOf(only) is null;
            arrangement = arguments.GetArrayLength() > 1 ? Arrangement.Arguments
                : isDictionary ? Arrangement.ByName([.. only.EnumerateObject().Select(one => one.Name)])
                : only.ValueKind == JsonValueKind.Array ? Arrangement.List : Arrangement.One;
            foreach (var tensor in arguments.GetArrayLength() > 1 ? arguments.EnumerateArray() : isDictionary ? only.EnumerateObject().Select(one => one.Value)
                : only.ValueKind == JsonValueKind.Array ? only.EnumerateArray() : (IEnumerable<JsonElement>)arguments.EnumerateArray())
            {
                if (ObjectConfig.ClassOf(tensor) != TensorClass)
                    throw new ModelFormatException($"{at}, args", $"expected a tensor or a list of them, found {ObjectConfig.Quote(tensor)}",
                        isUnsupported: true);
                inputs.Add(ReadTensor(tensor, at));
            }
            if (node.TryGetProperty("kwargs", out var named)) training = ReadArguments(named, $"{at}, kwargs", (name, tensor) =>
            {
                // A tensor that was passed by name to a class of the program's own counts as its next argument.
                if (isOwn && inputs.Count is 1 or 2 && entry.Layer!.ArgumentOf(name) == inputs.Count && arrangement.Kind is Arrangement.Kinds.One
                    or Arrangement.Kinds.Arguments)
                {
                    inputs.Add(ReadTensor(tensor, $"{at}, kwargs"));
                    arrangement = Arrangement.Arguments;
                    return true;
                }
                // Keras writes the mask that belongs to the tensor so; the functions that compute it are in the model, too.
                if (name != "mask" || entry.Layer is not { TakesMask: true } || inputs.Count > 1 || isMasked) return false;
                inputs.Add(ReadTensor(tensor, $"{at}, kwargs"));
                return isMasked = true;
            });
        }
        return inputs.Count > 0 ? new Node(inputs, training, function, isMasked, arrangement)
            : throw new ModelFormatException(at, "expected a tensor that goes in, found none");
    }

    private Reference ReadTensor(JsonElement tensor, string at) =>
        ReadReference(ObjectConfig.Required(ObjectConfig.Required(tensor, "config", JsonValueKind.Object, at), History, JsonValueKind.Array, at), at,
            countsInputs: false);

    /// <summary>Reads the argument <c>training</c> of a call; other arguments must be tensors, such as a mask, that <paramref name="takes"/> accepts.</summary>
    private static bool? ReadArguments(JsonElement named, string at, Func<string, JsonElement, bool>? takes = null)
    {
        if (named.ValueKind != JsonValueKind.Object)
            throw new ModelFormatException(at, $"expected arguments by their names, found {ObjectConfig.Quote(named)}");
        bool? training = null;
        foreach (var argument in named.EnumerateObject())
        {
            if (argument.Value.ValueKind == JsonValueKind.Null) continue;
            if (ObjectConfig.ClassOf(argument.Value) == TensorClass && takes?.Invoke(argument.Name, argument.Value) == true) continue;
            if (!argument.NameEquals("training"))
                throw new ModelFormatException($"{at}, {argument.Name}", $"{ObjectConfig.Quote(argument.Value)} is not supported; it must be null",
                    isUnsupported: true);
            training = ConfigValue.Flag(argument.Value, $"{at}, training", otherwise: false);
        }
        return training;
    }

    /// <summary>Reads a reference to a tensor: layer, node, index. Whether node numbers include a model's inputs depends on version and place.</summary>
    private Reference ReadReference(JsonElement reference, string at, bool countsInputs)
    {
        int Number(JsonElement number) => number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out int value) && value >= 0 ? value
            : throw new ModelFormatException(at, $"expected [layer, node, tensor], found {ObjectConfig.Quote(reference)}");
        if (reference.GetArrayLength() < 3 || reference[0].ValueKind != JsonValueKind.String)
            throw new ModelFormatException(at, $"expected [layer, node, tensor], found {ObjectConfig.Quote(reference)}");
        string name = reference[0].GetString()!;
        if (!_entries.TryGetValue(name, out var entry)) throw new ModelFormatException(at, $"there is no layer '{name}'");
        int node = Number(reference[1]);
        if (node > 0 && (entry.Layer is Functional && countsInputs || entry.Layer is Model && entry.IsOlder)) node--;
        if (node >= entry.Calls) throw new ModelFormatException(at, $"layer '{name}' has {entry.Calls} nodes, and no node {node}");
        return new Reference(entry, node, Number(reference[2]));
    }

    /// <summary>Reads the model's inputs or outputs: one, a list, or several by name.</summary>
    private Tensors TensorsOf(JsonElement config, string key)
    {
        string at = $"{place}, {key}";
        if (!config.TryGetProperty(key, out var given)) throw new ModelFormatException(place, $"expected '{key}', found none");
        string[]? names = given.ValueKind == JsonValueKind.Object ? [.. given.EnumerateObject().Select(one => one.Name)] : null;
        IEnumerable<JsonElement> listed = given.ValueKind switch
        {
            JsonValueKind.Array when given.GetArrayLength() > 0 && given[0].ValueKind == JsonValueKind.String => [given],
            JsonValueKind.Array => given.EnumerateArray(),
            JsonValueKind.Object => given.EnumerateObject().Select(one => one.Value),
            _ => throw new ModelFormatException(at, $"expected a list of [layer, node, tensor], found {ObjectConfig.Quote(given)}"),
        };
        var tensors = new List<Tensor>();
        foreach (var one in listed)
        {
            if (one.ValueKind != JsonValueKind.Array) throw new ModelFormatException(at, $"expected [layer, node, tensor], found {ObjectConfig.Quote(one)}");
            tensors.Add(TensorOf(ReadReference(one, at, countsInputs: true), at));
        }
        if (names?.Distinct().Count() < names?.Length) throw new ModelFormatException(at, "a name is there twice");
        bool isOne = given.ValueKind == JsonValueKind.Array && given.GetArrayLength() > 0 && given[0].ValueKind == JsonValueKind.String;
        return tensors.Count > 0 ? Tensors.As(isOne ? Arrangement.One : names is null ? Arrangement.List : Arrangement.ByName(names), [.. tensors])
            : throw new ModelFormatException(at, "expected at least one, found none");
    }
}
