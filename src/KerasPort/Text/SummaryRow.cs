using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort;

/// <summary>
/// A layer in a summary. What isn't there yet is null; so is what goes into it, by layers, nodes and tensors, unless the model is a graph.
/// </summary>
internal readonly record struct SummaryRow(
    string Name, string ClassName, Shape[]? OutputShapes, long? Parameters, (string Layer, int Node, int Tensor)[]? ConnectedTo = null)
{
    /// <summary>The rows of a model: a model among its layers is one.</summary>
    public static SummaryRow[] Of(Model model)
    {
        var graph = model is Functional && !IsChain(model.Graph!) ? model.Graph : null;
        var own = graph?.Calls.ToHashSet();
        return [.. model.layers.Select(layer => new SummaryRow(layer.name, layer.GetType().Name, ShapesOf(layer), layer.built ? layer.variables.Sum(w => (long)w.size) : null,
            own is null ? null : [.. layer.Calls.Where(own.Contains).SelectMany(call => call.Inputs).Select(Connection)]))];
    }

    private static Shape[]? ShapesOf(Layer layer) => layer.Calls is [.., var last] ? [.. last.Outputs.Select(x => x.shape)]
        : layer.output_shape is { } shape ? [shape] : null;

    private static (string, int, int) Connection(Tensor x)
    {
        var call = x.Call!;
        return (call.Layer.name, call.Layer.Calls.Index().First(other => other.Item == call).Index, Array.IndexOf(call.Outputs, x));
    }

    /// <summary>Whether each call takes what the one before gives, and no layer is called twice.</summary>
    private static bool IsChain(LayerGraph graph)
    {
        for (int i = 0; i < graph.Calls.Length; i++)
            if (i == 0 ? graph.Calls[i].Inputs.Length > 0 : graph.Calls[i].Inputs is not [var only] || only.Call != graph.Calls[i - 1]) return false;
        return graph.Layers.Length == graph.Calls.Length;
    }
}

/// <summary>A number of parameters and the memory that they take.</summary>
internal readonly record struct SummaryTotal(long Count, long Bytes)
{
    /// <summary>Those of weights.</summary>
    public static SummaryTotal Of(IReadOnlyList<Variable> weights)
    {
        long count = weights.Sum(weight => (long)weight.size);
        return new SummaryTotal(count, count * sizeof(float));
    }
}
