using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort.Models;

/// <summary>The layers between a model's symbolic inputs and outputs, in Keras' order.</summary>
internal sealed class LayerGraph
{
    /// <exception cref="ValueError">An output doesn't depend on the inputs alone, or two layers have the same name.</exception>
    public LayerGraph(Tensor[] inputs, Tensor[] outputs)
    {
        foreach (var tensor in inputs.Concat(outputs))
            if (!tensor.IsSymbolic) throw new ValueError($"All `inputs` and `outputs` values must be KerasTensors. Received: {tensor}");
        if (outputs.FirstOrDefault(x => !x.IsBatched) is { } whole)
            throw new ValueError(
                $"An output of a model must have the batch as its first axis, and '{whole.Call!.Layer.name}' gives one value for the whole batch. "
                + $"Received: {whole}");
        if (inputs.Distinct().Count() < inputs.Length) throw new ValueError("All `inputs` of a model must be different tensors.");
        (Inputs, Outputs) = (inputs, outputs);
        (InputNames, OutputNames) = ([.. inputs.Select(x => x.Call!.Layer.name)], [.. outputs.Select(x => x.Call!.Layer.name)]);
        var (finished, order) = Walk();
        (Calls, Operations) = Sort(finished, order);
        Layers = new LayerList([.. Operations.Where(layer => layer is not Operation)]);
        if (Operations.GroupBy(layer => layer.name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ValueError($"The name \"{twice.Key}\" is used {twice.Count()} times in the model. All operation names should be unique.");
    }

    /// <summary>
    /// The graph between any tensors. As in Keras, a tensor from the middle of another model is replaced by an input of its own, and the layers behind it
    /// are applied again.
    /// </summary>
    /// <exception cref="ValueError">An output doesn't depend on the inputs alone, or two layers have the same name.</exception>
    public static LayerGraph Of(Tensors inputs, Tensors outputs)
    {
        var ((takes, x), (gives, y)) = (Sorted(inputs), Sorted(outputs));
        bool IsListOfOne(Tensors tensors) => tensors.Count == 1 && tensors.Arrangement.Kind == Arrangement.Kinds.List;
        var (listsInput, listsOutput) = (IsListOfOne(inputs), IsListOfOne(outputs));
        var graph = new LayerGraph(x, y) { Takes = takes, Gives = gives, ListsInput = listsInput, ListsOutput = listsOutput };
        if (x.All(one => one.Call!.Layer is InputLayer)) return graph;
        Tensor[] own = [.. x.Select(one =>
            one.Call!.Layer is InputLayer ? one : new InputLayer(one.shape[1..], one.shape[0], one.dtype, one.name + "CLONE").output)];
        var again = graph.Through(own, (call, given) => call.Layer.Symbolically(call.Given(given), call.Training, call.OfMask(given)));
        return new LayerGraph(own, again) { Takes = takes, Gives = gives, ListsInput = listsInput, ListsOutput = listsOutput };
    }

    /// <summary>The tensors of a dictionary in the order of its sorted keys, as Keras takes them.</summary>
    private static (Arrangement Arrangement, Tensor[] All) Sorted(Tensors tensors)
    {
        if (tensors.Names is not { } names) return (Arrangement.One, [.. tensors]);
        if (names.Length != tensors.Count) throw new ValueError("The values of a dictionary of `inputs` or `outputs` must be single tensors.");
        var sorted = Arrangement.Sorted(names);
        return (sorted, [.. sorted.Names!.Select(name => tensors[Array.IndexOf(names, name)])]);
    }

    public Tensor[] Inputs { get; }

    public Tensor[] Outputs { get; }

    /// <summary>The keys of the inputs, where the model was made with a dictionary of them.</summary>
    public Arrangement Takes { get; private init; } = Arrangement.One;

    /// <summary>The keys of the outputs, likewise.</summary>
    public Arrangement Gives { get; private init; } = Arrangement.One;

    /// <summary>Whether the only input was given in a list, which makes no difference but in the configuration.</summary>
    public bool ListsInput { get; private init; }

    /// <summary>Whether the only output was given in a list.</summary>
    public bool ListsOutput { get; private init; }

    /// <summary>The inputs in the type that layers and models take.</summary>
    public Tensors AllInputs => field ??= Inputs;

    /// <summary>The outputs in that type.</summary>
    public Tensors AllOutputs => field ??= Outputs;

    /// <summary>The names of the inputs.</summary>
    public IReadOnlyList<string> InputNames { get; }

    /// <summary>The names of the layers that produce the outputs.</summary>
    public IReadOnlyList<string> OutputNames { get; }

    /// <summary>The layers' calls, those of inputs included, in an order in which they can run.</summary>
    public LayerCall[] Calls { get; }

    /// <summary>The layers without duplicates, those of inputs included.</summary>
    public LayerList Layers { get; }

    /// <summary>The layers, and the functions of tensors between them.</summary>
    public Layer[] Operations { get; }

    /// <summary>The layer that produces an output.</summary>
    public Layer LayerOf(int output) => Outputs[output].Call!.Layer;

    /// <summary>The shapes of the outputs for inputs of these shapes.</summary>
    public Shape[] OutputShapes(Shape[] inputs) => Through(inputs, (call, shapes) => call.Layer.OutputShapes(call.Given(shapes)));

    /// <summary>The outputs, as nodes that are added to <paramref name="g"/>.</summary>
    public Tensor[] Call(Graph g, Tensor[] inputs)
    {
        bool? told = g.IsTrainingOpen ? null : g.Training;
        return Through(Entered(g, inputs), (call, given) =>
        {
            call.Layer.CheckInput([.. call.Given(given).Select(x => x.shape)]);
            string? outer = g.Layer;
            g.Layer = call.Layer.name;
            // As in Keras, the training argument of the outer call overrides those of when the graph was made: fit trains such a layer, predict doesn't.
            g.Enter(told ?? call.Training ?? call.Layer.TrainingDefault, null);
            var made = call.Layer.CallRegularized(g, call.OfMask(given) is { } mask ? [g.Masked(given[0], mask)] : given);
            g.Layer = outer;
            return made;
        });
    }

    /// <summary>The inputs, each converted to its declared type, with its mask.</summary>
    private Tensor[] Entered(Graph g, Tensor[] inputs) => [.. Inputs.Zip(inputs, (x, given) =>
    {
        var entered = x.Call!.Layer is InputLayer input ? input.Call(g, given) : given;
        return entered == given || given.Mask is null ? entered : g.Masked(entered, given.Mask);
    })];

    /// <summary>Applies a function to the calls in order, from values for the inputs to those of the outputs.</summary>
    public T[] Through<T>(T[] inputs, Func<LayerCall, T[], T[]> apply)
    {
        var known = new Dictionary<Tensor, T>();
        foreach (var (symbolic, given) in Inputs.Zip(inputs)) known[symbolic] = given;
        foreach (var call in Calls)
        {
            // A call whose output is an input of this graph is left out if its own inputs are unknown: none of its other outputs is needed.
            if (call.Outputs.All(known.ContainsKey) || (Inputs.Any(x => x.Call == call) && !call.Inputs.All(known.ContainsKey))) continue;
            var made = apply(call, [.. call.Inputs.Select(x => known.TryGetValue(x, out var there) ? there : throw NotConnected(x))]);
            foreach (var (symbolic, given) in call.Outputs.Zip(made)) known.TryAdd(symbolic, given);
        }
        return [.. Outputs.Select(x => known[x])];
    }

    /// <summary>Walks from the outputs back to the inputs: the calls, each after those that it depends on, and the layers in the order of discovery.</summary>
    private (List<LayerCall> Finished, List<Layer> Met) Walk()
    {
        var (finished, met, seen) = (new List<LayerCall>(), new List<Layer>(), new HashSet<LayerCall>());
        // An explicit stack, since a chain of a thousand layers, or a malicious file, would overflow a thread's stack.
        var path = new Stack<(LayerCall Call, int Next)>();
        foreach (var output in Outputs)
        {
            Enter(output);
            while (path.TryPop(out var at))
            {
                bool isInput = Inputs.Any(x => x.Call == at.Call);
                if (isInput || at.Next == at.Call.Inputs.Length)
                {
                    finished.Add(at.Call);
                    continue;
                }
                path.Push((at.Call, at.Next + 1));
                Enter(at.Call.InKerasOrder[at.Next]);
            }
        }
        return (finished, met);

        void Enter(Tensor tensor)
        {
            var call = tensor.Call!;
            if (!seen.Add(call)) return;
            if (call.Inputs.Length == 0 && !Inputs.Contains(tensor))
                throw NotConnected(tensor);
            if (!met.Contains(call.Layer)) met.Add(call.Layer);
            path.Push((call, 0));
        }
    }

    private static ValueError NotConnected(Tensor tensor) =>
        new($"`inputs` not connected to `outputs`: the outputs also depend on {tensor}, which isn't among the inputs.");

    /// <summary>
    /// Sorts by the distance from the outputs, as Keras does, the furthest first. Of equal layers, those discovered first come first; of equal calls, those
    /// that got their distance first. Layers with random numbers that are applied several times draw in this order.
    /// </summary>
    private (LayerCall[] Calls, Layer[] Layers) Sort(List<LayerCall> finished, List<Layer> met)
    {
        var ofCall = new Dictionary<LayerCall, int>();
        var ofLayer = new Dictionary<Layer, int>();
        var placed = new List<LayerCall>();
        void Place(LayerCall call, int depth)
        {
            if (!ofCall.ContainsKey(call)) placed.Add(call);
            ofCall[call] = depth;
        }

        foreach (var call in Enumerable.Reverse(finished))
        {
            int depth = Math.Max(ofCall.GetValueOrDefault(call), ofLayer.GetValueOrDefault(call.Layer));
            Place(call, ofLayer[call.Layer] = depth);
            if (Inputs.Any(x => x.Call == call)) continue;
            foreach (var parent in call.InKerasOrder.Select(x => x.Call!)) Place(parent, Math.Max(depth + 1, ofCall.GetValueOrDefault(parent)));
        }
        // An input that no output depends on is kept, too.
        foreach (var unread in Inputs.Select(x => x.Call!).Where(call => !ofCall.ContainsKey(call)))
        {
            met.Insert(0, unread.Layer);
            Place(unread, ofLayer[unread.Layer] = 0);
        }
        return ([.. placed.OrderByDescending(call => ofCall[call])], [.. met.OrderByDescending(layer => ofLayer[layer])]);
    }
}
