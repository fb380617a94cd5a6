using System.Text.RegularExpressions;
using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort;

/// <summary>A layer in a summary. Values that aren't known yet are null; its inputs (layer, node, tensor) are null unless the model is a graph.</summary>
internal readonly record struct SummaryRow(
    string Name, string ClassName, Shape[]? OutputShapes, long? Parameters, (string Layer, int Node, int Tensor)[]? ConnectedTo = null)
{
    /// <summary>Whether the layer is trainable; <c>null</c> if it has no weights.</summary>
    public bool? Trainable { get; init; }

    /// <summary>The rows of a model's layers; a model or Pipeline among them may be followed by its own.</summary>
    /// <param name="model">The model.</param>
    /// <param name="expandNested">Whether it is, each level indented by three more columns.</param>
    /// <param name="range">The names of the first and of the last layer, or regular expressions that match the start of their names.</param>
    /// <exception cref="ValueError">No layer has that name.</exception>
    public static SummaryRow[] Of(Model model, bool expandNested = false, string[]? range = null)
    {
        var graph = model is Functional && !IsChain(model.Graph!) ? model.Graph : null;
        var own = graph?.Calls.ToHashSet();
        var layers = model is Functional ? model.Graph!.Operations : (IReadOnlyList<Layer>)model.layers;
        var (first, end) = Bounds(layers, range);
        var rows = new List<SummaryRow>();
        for (int i = first; i < end; i++) Add(layers[i], 0);
        return [.. rows];

        void Add(Layer layer, int level)
        {
            string prefix = level == 0 ? "" : $"{new string(' ', 3 * level)}└ ";
            rows.Add(new SummaryRow(prefix + layer.name, layer.ClassName, ShapesOf(layer),
                layer.built ? layer.variables.Sum(w => (long)w.size) : null,
                own is null ? null : [.. layer.Calls.Where(own.Contains).SelectMany(call => call.InKerasOrder).Select(Connection)])
            {
                Trainable = layer.variables.Count > 0 ? layer.trainable : null,
            });
            if (!expandNested) return;
            IEnumerable<Layer> inner = layer is Model nested ? nested.layers : layer is Pipeline chain ? chain.layers : [];
            foreach (var one in inner) Add(one, level + 1);
        }
    }

    private static (int First, int End) Bounds(IReadOnlyList<Layer> layers, string[]? range)
    {
        if (range is null) return (0, layers.Count);
        string received = $"Received: layer_range=[{string.Join(", ", range.Select(name => name is null ? "None" : $"'{name}'"))}]";
        if (range is not [{ } from, { } to]) throw new ValueError($"`layer_range` must be a list of two names, of the first and of the last layer. {received}");
        int[] Matching(string pattern)
        {
            try
            {
                var name = new Regex($@"\A(?:{pattern})", RegexOptions.CultureInvariant);
                return [.. layers.Index().Where(layer => name.IsMatch(layer.Item.name)).Select(layer => layer.Index)];
            }
            catch (ArgumentException e)
            {
                throw new ValueError($"`layer_range` must be names or regular expressions: {e.Message} {received}", e);
            }
        }
        var (lower, upper) = (Matching(from), Matching(to));
        if (lower is [] || upper is [])
            throw new ValueError(
                $"Passed layer_names do not match the layer names in the model: {string.Join(", ", layers.Select(layer => layer.name))}. {received}");
        return lower.Min() > upper.Max() ? (upper.Min(), lower.Max() + 1) : (lower.Min(), upper.Max() + 1);
    }

    private static Shape[]? ShapesOf(Layer layer) => layer.Calls is [.., var last] ? [.. last.Outputs.Select(x => x.shape)]
        : layer.BuiltOutputs;

    private static (string, int, int) Connection(Tensor x)
    {
        var call = x.Call!;
        return (call.Layer.name, call.Layer.Calls.Index().First(other => other.Item == call).Index, Array.IndexOf(call.Outputs, x));
    }

    /// <summary>Whether each call takes the output of the one before, and no layer is called twice.</summary>
    private static bool IsChain(LayerGraph graph)
    {
        for (int i = 0; i < graph.Calls.Length; i++)
            if (i == 0 ? graph.Calls[i].Inputs.Length > 0 : graph.Calls[i].Inputs is not [var only] || only.Call != graph.Calls[i - 1]) return false;
        return graph.Operations.Length == graph.Calls.Length;
    }
}

/// <summary>A number of parameters and the memory that they take in bytes.</summary>
internal readonly record struct SummaryTotal(long Count, long Bytes)
{
    /// <summary>The totals of these weights.</summary>
    public static SummaryTotal Of(IReadOnlyList<Variable> weights)
    {
        long count = weights.Sum(weight => (long)weight.size);
        return new SummaryTotal(count, weights.Sum(weight => (long)weight.size * (weight.dtype == DType.int64 ? sizeof(long) : sizeof(float))));
    }
}
