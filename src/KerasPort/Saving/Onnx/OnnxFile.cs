using KerasPort.Activations;
using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Saving.Onnx;

/// <summary>
/// A model as ONNX, for inference. Inputs and outputs are Keras' (channels last); convolutions and poolings run channels first, as ONNX has them,
/// between two transpositions. Nested models are flattened into one graph, their layers' names prefixed with the model's.
/// </summary>
internal sealed partial class OnnxFile
{
    private static readonly int[] s_channelsFirst = [0, 3, 1, 2], s_channelsLast = [0, 2, 3, 1];

    private readonly OnnxGraph _graph;
    private readonly Dictionary<Variable, string> _weights = [];

    /// <summary>The name of a tensor in the file, and whether its channels come first there.</summary>
    private readonly record struct Value(string Name, bool ChannelsFirst);

    private OnnxFile(Model model)
    {
        _graph = new OnnxGraph(model.name);
        Value[] inputs = [.. model.input_names.Zip(model.inputs, (name, x) => new Value(_graph.Input(name, x.shape), false))];
        var named = inputs.Select(value => value.Name).ToHashSet();
        foreach (var (made, x) in Through(model, inputs, "").Zip(model.outputs))
        {
            string last = Turned(made, channelsFirst: false, "output").Name;
            // An output gets a node Identity if it is also an input or occurs twice, which ONNX doesn't allow.
            _graph.Output(named.Add(last) ? last : _graph.Node("Identity", "output", [last]), x.shape);
        }
    }

    /// <exception cref="ValueError">The model isn't built, or ONNX has no operator for a layer.</exception>
    public static byte[] Write(Model model)
    {
        if (!model.built) throw new ValueError($"Model '{model.name}' must be built before it is exported. Call it on data or use `build()`.");
        return new OnnxFile(model)._graph.Model("KerasPort", typeof(OnnxFile).Assembly.GetName().Version!.ToString(3));
    }

    private Value[] Through(Model model, Value[] inputs, string prefix)
    {
        if (model is not (Sequential or Functional)) throw CantBe(model);
        var known = new Dictionary<Tensor, Value>();
        foreach (var (x, value) in model.inputs.Zip(inputs)) known[x] = value;
        foreach (var call in model.Graph!.Calls)
        {
            if (call.Outputs.All(known.ContainsKey)) continue;
            if (call.Mask is not null)
                throw new ValueError($"Layer '{prefix}{call.Layer.name}' is called with a mask, which ONNX doesn't know. Call it without.");
            Value[] given = [.. call.Inputs.Select(x => known[x])], made = call.Layer is Model inner
                ? Through(inner, given, $"{prefix}{inner.name}/") : call.Outputs.Length > 1
                ? ByNodes(call, given, prefix + call.Layer.name) ?? throw CantBe(call.Layer) : [Made(call, given, prefix + call.Layer.name)];
            foreach (var (x, value) in call.Outputs.Zip(made)) known.TryAdd(x, value);
        }
        return [.. model.outputs.Select(x => known[x])];
    }

    private Value Made(LayerCall call, Value[] inputs, string name)
    {
        var (layer, x) = (call.Layer, inputs[0]);
        switch (layer)
        {
            case { HasCallOfItsOwn: true }:
                return ByNodes(call, inputs, name)?[0] ?? throw CantBe(layer);
            case Flatten flatten:
                string flat = Turned(x, false, name).Name;
                int rankOfInput = call.Inputs[0].shape.Rank;
                if (flatten.data_format == DataFormat.First && rankOfInput > 2)
                    flat = _graph.Node("Transpose", $"{name}/channels_last", [flat], ("perm", DataFormat.ToLast(rankOfInput, 1)));
                return Last(_graph.Node("Flatten", name, [flat], ("axis", 1)));
            case RandomCrop:
                throw CantBe(layer);
            case TrainingOnlyLayer and not RandomImageLayer { ChangesAlways: true }:
                return x;
            case Layers.Identity or ActivityRegularization:
                return x;
            case SpectralNormalization wrapper:
                return Inner(wrapper.layer, call.Inputs[0], x, name).Value;
            case Pipeline pipeline:
                return pipeline.layers.Aggregate((Tensor: call.Inputs[0], Value: x), (at, one) => Inner(one, at.Tensor, at.Value, $"{name}/{one.name}")).Value;
            case TimeDistributed steps when call.Inputs[0].shape[1..].All(d => d is not null):
                return Timed(steps, call.Inputs[0].shape, x, name);
            case Embedding { mask_zero: false } embedding:
                string whole = _graph.Node("Cast", $"{name}/whole", [Turned(x, false, name).Name], ("to", OnnxGraph.Int64));
                return Last(_graph.Node("Gather", name, [Weight(embedding, "embeddings", name), whole], ("axis", 0)));
            case Dense dense:
                string product = _graph.Node("MatMul", name, [Turned(x, false, name).Name, Weight(dense, "kernel", name)]);
                if (dense.use_bias) product = _graph.Node("Add", $"{name}/bias_added", [product, Weight(dense, "bias", name)]);
                return Apply(dense.activation, Last(product), call.Outputs[0].shape, name);
            case SpatialLayer spatial:
                return Spatial(spatial, call, x, name) ?? ByNodes(call, inputs, name)?[0] ?? throw CantBe(layer);
            case Operation operation:
                return Function(operation, call, inputs, name);
            case FunctionLayer { Function: SoftmaxOver }:
                return ByNodes(call, inputs, name)?[0] ?? throw CantBe(layer);
            case FunctionLayer function:
                return Apply(function.Function, x, call.Outputs[0].shape, name);
            case BatchNormalization normalization when normalization.axis == -1 || normalization.axis == call.Outputs[0].shape.Rank - 1:
                return Normalized(normalization, x, name);
            case Concatenate concatenate:
                var parts = Alike(inputs, name);
                int rank = call.Outputs[0].shape.Rank, axis = concatenate.axis < 0 ? concatenate.axis + rank : concatenate.axis;
                if (parts[0].ChannelsFirst) axis = Array.IndexOf(s_channelsFirst, axis);
                return parts[0] with { Name = _graph.Node("Concat", name, [.. parts.Select(part => part.Name)], ("axis", axis)) };
            default:
                return Shaped(call, inputs, name) ?? ByNodes(call, inputs, name)?[0] ?? throw CantBe(layer);
        }
    }

    /// <summary>The output of a layer that another one wraps.</summary>
    private (Tensor Tensor, Value Value) Inner(Layer layer, Tensor at, Value x, string name)
    {
        var call = new LayerCall(layer, [at], null, layer.OutputShapes([at.shape]));
        return (call.Outputs[0], layer is Model model ? Through(model, [x], $"{name}/")[0] : Made(call, [x], name));
    }

    /// <summary>A layer applied to each time step, by treating steps as samples.</summary>
    private Value Timed(TimeDistributed layer, Shape shape, Value x, string name)
    {
        string Reshaped(Value of, Shape to) =>
            _graph.Node("Reshape", $"{name}/steps", [Turned(of, false, name).Name, _graph.Integers($"{name}/shape", [-1, .. to.ToArray()])]);
        var step = new LayerCall(layer, [], null, [shape[2..].WithBatch(null)]).Outputs[0];
        var (made, value) = Inner(layer.layer, step, Last(Reshaped(x, shape[2..])), $"{name}/{layer.layer.name}");
        return Last(Reshaped(value, new Shape([shape[1], .. made.shape[1..]])));
    }

    /// <summary>(x - mean) · factor + beta, in the order of operations of the layer.</summary>
    private Value Normalized(BatchNormalization layer, Value x, string name)
    {
        float[] Values(string weight, float otherwise) => layer.variables.FirstOrDefault(v => v.name == weight)?.numpy().ToFloats()
            ?? [.. Enumerable.Repeat(otherwise, layer.variables[0].size)];
        float[] factor = [.. Values("moving_variance", 1).Zip(
            Values("gamma", 1), (variance, gamma) => 1 / MathF.Sqrt(variance + (float)layer.epsilon) * gamma)];
        // Vectors are aligned with the last axis, or with the channels where these come first.
        int[] shape = x.ChannelsFirst ? [factor.Length, 1, 1] : [factor.Length];
        string y = _graph.Node("Sub", $"{name}/centred", [x.Name, _graph.Weight($"{name}/moving_mean", shape, Values("moving_mean", 0))]);
        y = _graph.Node("Mul", $"{name}/scaled", [y, _graph.Weight($"{name}/factor", shape, factor)]);
        return x with { Name = _graph.Node("Add", name, [y, _graph.Weight($"{name}/beta", shape, Values("beta", 0))]) };
    }

    private Value Turned(Value x, bool channelsFirst, string layer) => x.ChannelsFirst == channelsFirst ? x
        : new(_graph.Node("Transpose", $"{layer}/{(channelsFirst ? "channels_first" : "channels_last")}", [x.Name], (
            "perm", channelsFirst ? s_channelsFirst : s_channelsLast)), channelsFirst);

    /// <summary>The values with their channels on the same axis.</summary>
    private Value[] Alike(Value[] values, string layer) =>
        values.All(value => value.ChannelsFirst) ? values : [.. values.Select(value => Turned(value, false, layer))];

    private static Value First(string name) => new(name, ChannelsFirst: true);

    private static Value Last(string name) => new(name, ChannelsFirst: false);

    /// <summary>A weight, written once even if its layer is applied several times.</summary>
    private string Weight(Layer layer, string weight, string name) => Weight(layer.variables.First(v => v.name == weight), $"{name}/{weight}");

    private string Weight(Variable variable, string name)
    {
        if (!_weights.TryGetValue(variable, out string? known))
            _weights[variable] = known = _graph.Weight(name, [.. variable.shape], variable.numpy().ToFloats());
        return known;
    }

    private static ValueError CantBe(Layer layer) => new($"Layer '{layer.name}' ({layer.GetType().Name}) can't be exported to ONNX.");
}
