using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort.Saving.Onnx;

/// <summary>
/// Layers and functions without a translation of their own are written node by node, from the list that computes them. The nodes are listed for two
/// batch sizes, so that dimensions which depend on it show.
/// </summary>
internal sealed partial class OnnxFile
{
    private const int OneBatch = 11, OtherBatch = 13;

    /// <summary>The outputs of a call; <c>null</c> where ONNX has no operator for one of its nodes, or a number in them depends on the batch size.</summary>
    private Value[]? ByNodes(LayerCall call, Value[] inputs, string name)
    {
        var layer = call.Layer;
        bool isOpen = call.Inputs.Any(x => x.shape[(x.IsBatched ? 1 : 0)..].Any(d => d is null));
        if (layer.MakesMask || isOpen || !call.Inputs.Any(x => x.IsBatched)) return null;
        var (one, other) = (Listed(OneBatch), Listed(OtherBatch));
        if (one.Graph.Nodes.Count != other.Graph.Nodes.Count) return null;

        var known = one.Inputs.Zip(inputs).ToDictionary(x => x.First, x => Turned(x.Second, false, name).Name);
        var weights = layer.variables.ToDictionary(one.Graph.Variable);
        var batch = known[one.Inputs[call.Inputs.Index().First(x => x.Item.IsBatched).Index]];
        foreach (var (node, twin) in one.Graph.Nodes.Zip(other.Graph.Nodes))
        {
            if (node.GetType() != twin.GetType() || Said(node, twin) is not { } said) return null;
            known[node.Output] = said;
        }
        return [.. one.Outputs.Select(y => Last(Read(y)))];

        (Graph Graph, Tensor[] Inputs, Tensor[] Outputs) Listed(int length)
        {
            var g = new Graph(training: false, trains: false, _ => null);
            Tensor[] given = [.. call.Inputs.Select(x => g.Input(x.IsBatched ? x.shape[1..].WithBatch(length) : x.shape))], made = layer.Nodes(g, given);
            foreach (var y in made) y.Storage.IsKept = true;
            g.Prune();
            return (g, given, made);
        }

        string Read(Tensor x) => known.TryGetValue(x, out string? there) ? there : known[x] = Weight(weights[x], $"{name}/{weights[x].name}");

        string Node(string operation, string[] of, params (string, object)[] attributes) => _graph.Node(operation, $"{name}/{operation}", of, attributes);

        string? Said(Node node, Node twin)
        {
            string[] x = [.. node.Inputs.Select(Read)];
            var (shape, last) = (node.Output.shape, node.Output.shape.Rank - 1);
            switch (node)
            {
                case ConstantNode constant:
                    return constant.Values.SequenceEqual(((ConstantNode)twin).Values)
                        ? _graph.Weight($"{name}/constant", shape.ToArray(), [.. constant.Values]) : null;
                case ReshapeNode:
                    return Dimensions(shape, twin.Output.shape, infers: true) is { } to ? Node("Reshape", [x[0], to]) : null;
                case MapNode map when map.IsSameAs((MapNode)twin):
                    var made = map.Express<OnnxTerm, OnnxMath>([.. x.Select(of => new OnnxTerm(_graph, $"{name}/map", of, 0))]);
                    bool isWhole = made.Value is not null && node.Inputs.Any(input => input.shape == shape);
                    return isWhole ? made.Value : Dimensions(shape, twin.Output.shape, infers: false) is { } over
                        ? Node("Expand", [made.In(_graph, $"{name}/map"), over]) : null;
                case SumRowsNode:
                    string rows = Node("Reshape", [x[0], _graph.Integers($"{name}/rows", [-1, node.Inputs[0].Columns])]);
                    return Node("ReduceSum", [rows, _graph.Integers($"{name}/axes", [0])], ("keepdims", 0));
                case SumColumnsNode:
                    return Node("ReduceSum", [x[0], _graph.Integers($"{name}/axes", [last])], ("keepdims", 1));
                case LargestNode:
                    return Node("ReduceMax", [x[0]], ("axes", (int[])[1]), ("keepdims", 1));
                case AlongNode { Table: { Inputs: 1, IsRepetition: true } } when ((AlongNode)twin).Table is { Inputs: 1, IsRepetition: true }:
                    return Dimensions(shape, twin.Output.shape, infers: false) is { } all ? Node("Expand", [x[0], all]) : null;
                case AlongNode along when along.Axis == ((AlongNode)twin).Axis && along.Table.IsSameAs(((AlongNode)twin).Table):
                    return Mapped(x[0], along, shape.Rank);
                case ColumnsNode columns:
                    return Node("Slice", [x[0], _graph.Integers($"{name}/first", [columns.First]),
                        _graph.Integers($"{name}/end", [columns.First + shape[^1]!.Value]),
                        _graph.Integers($"{name}/axes", [last])]);
                case ConcatenateNode:
                    return Node("Concat", x, ("axis", last));
                case DenseNode { HasRelu: false }:
                    string product = Node("MatMul", x[..2]);
                    return x.Length > 2 ? Node("Add", [product, x[2]]) : product;
                case ProductsNode:
                    return Node("MatMul", x);
                case SoftmaxNode:
                    return Node("Softmax", x, ("axis", last));
                case ArgMaxNode when x.Length == 1:
                    return Node("Cast", [Node("ArgMax", x, ("axis", last + 1), ("keepdims", 0))], ("to", OnnxGraph.Float));
                case OnHostNode { Known: { } known }:
                    return Known(known, x);
                default:
                    return null;
            }
        }

        // Indices are floats here and integers in ONNX.
        string? Known(HostOperator known, string[] x)
        {
            string Whole(string of) => Node("Cast", [of], ("to", OnnxGraph.Int64));
            switch (known.Name)
            {
                case "TopK":
                    string[] made = _graph.Nodes("TopK", $"{name}/order", [x[0], _graph.Integers($"{name}/count", [known.Count])], 2,
                        ("axis", known.Axis), ("largest", known.Descends ? 1 : 0), ("sorted", 1));
                    return Node("Cast", [made[1]], ("to", OnnxGraph.Float));
                case "Gather" or "GatherElements":
                    return Node(known.Name, [x[0], Whole(x[1])], ("axis", known.Axis));
                case "Mod":
                    return Node("Mod", x, ("fmod", 1));
                default:
                    return Node(known.Name, x);
            }
        }

        // A map whose weights are all 1 and of at most one input each is a Gather, missing inputs being a 0 padded at the end; any other is a product.
        string Mapped(string x, AlongNode along, int rank)
        {
            var (table, axis) = (along.Table, along.Axis);
            int[] counts = [.. Enumerable.Range(0, table.Outputs).Select(j => table.Starts[j + 1] - table.Starts[j])];
            if (counts.All(count => count <= 1) && table.Weights.All(weight => weight == 1))
            {
                if (counts.Contains(0))
                    x = Node("Pad", [x, _graph.Integers($"{name}/padding", [.. Enumerable.Range(0, 2 * rank).Select(i => i == rank + axis ? 1 : 0)])]);
                int[] places = [.. counts.Select((count, j) => count == 0 ? table.Inputs : table.At[table.Starts[j]])];
                return Node("Gather", [x, _graph.Integers($"{name}/places", places)], ("axis", axis));
            }
            int[] swapped = [.. Enumerable.Range(0, rank)];
            (swapped[axis], swapped[^1]) = (rank - 1, axis);
            string Swapped(string of) => axis == rank - 1 ? of : Node("Transpose", [of], ("perm", swapped));
            return Swapped(Node("MatMul", [Swapped(x), Matrix(table, transposed: true, $"{name}/weights")]));
        }

        // A single dimension that depends on the batch may be -1, inferred from the others; otherwise such dimensions are computed as multiples of the batch.
        string? Dimensions(Shape shape, Shape twin, bool infers)
        {
            int[] own = shape.ToArray(), others = twin.ToArray();
            if (own.Length != others.Length) return null;
            int[] open = [.. Enumerable.Range(0, own.Length).Where(axis => own[axis] != others[axis])];
            if (open.Any(axis => own[axis] % OneBatch != 0 || own[axis] / OneBatch * OtherBatch != others[axis])) return null;
            if (open.Length == 0) return _graph.Integers($"{name}/shape", own);
            if (infers && open is [var only]) return _graph.Integers($"{name}/shape", [.. own.Select((d, axis) => axis == only ? -1 : d)]);
            string rows = Node("Gather", [Node("Shape", [batch]), _graph.Integers($"{name}/batch", [0])], ("axis", 0));
            return Node("Concat", [.. own.Select((d, axis) => open.Contains(axis) ? Node("Mul", [rows, _graph.Integers($"{name}/times", [d / OneBatch])])
                : _graph.Integers($"{name}/length", [d]))], ("axis", 0));
        }
    }
}
