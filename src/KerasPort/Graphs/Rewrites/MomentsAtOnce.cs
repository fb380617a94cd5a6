using KerasPort.Engines;
using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs.Rewrites;

/// <summary>
/// Takes the sums for a batch's mean and variance in one pass over its rows, and together with the convolution or dense layer that writes these rows.
/// </summary>
internal sealed class MomentsAtOnce : Rewrite
{
    public override void Updates(Graph graph, Kernels kernels)
    {
        foreach (var squared in graph.Nodes.OfType<MapNode<Binary<SquaredDifference>>>().ToArray())
        {
            var (x, mean) = (squared.Inputs[0], squared.Inputs[1]);
            if (x.Size < SumsOfMaps.Fewest || !graph.HasOneReader(squared.Output) || graph.Readers(squared.Output).Single() is not SumRowsNode squares
                || mean.Source is not MapNode<Unary<Scaled>> { Inputs: [{ Source: SumRowsNode sum }] } scale || sum.Inputs[0] != x
                || !scale.IsSameAs(new MapNode<Unary<Scaled>>(new(new(1f / x.Rows)), null, sum.Output))) continue;
            if (sum.When != squared.When || sum.When != squares.When) continue;
            var moments = new MomentsNode(x, squares.Output) { Output = sum.Output, Layer = sum.Layer, When = sum.When };
            graph.Nodes[graph.Nodes.IndexOf(sum)] = moments;
            graph.Nodes.Remove(squared);
            graph.Nodes.Remove(squares);
            Node by = moments;
            if (x.Source is ProductNode producer && producer.When == moments.When)
            {
                by = new NodeWithMoments(producer, moments) { Output = x, Layer = producer.Layer, When = producer.When };
                graph.Nodes[graph.Nodes.IndexOf(producer)] = by;
                graph.Nodes.Remove(moments);
            }
            foreach (var output in by.Outputs) output.Source = by;
        }
    }
}
