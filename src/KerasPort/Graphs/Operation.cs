using KerasPort.Layers;

namespace KerasPort.Graphs;

/// <summary>
/// A function of tensors, whatever they are: of a plan's it makes nodes, of values it computes, and of symbolic ones it becomes a layer of
/// the model's graph. Values and variables among symbolic tensors are constants of that layer.
/// </summary>
internal sealed class Operation : Layer
{
    private readonly Func<Graph, Tensor[], Tensor> _nodes;
    private readonly Tensor?[] _given;      // null where a symbolic tensor goes in

    private Operation(string function, Func<Graph, Tensor[], Tensor> nodes, Tensor[] arguments) : base(Names.Unique(function)) =>
        (_nodes, _given) = (nodes, Array.ConvertAll(arguments, x => x.IsSymbolic ? null : x));

    /// <summary>Applies a function.</summary>
    /// <param name="function">Its Keras name.</param>
    /// <param name="nodes">The nodes that it is.</param>
    /// <param name="arguments">The tensors.</param>
    public static Tensor Apply(string function, Func<Graph, Tensor[], Tensor> nodes, params Tensor[] arguments)
    {
        if (arguments.FirstOrDefault(x => x.IsOfPlan) is { } inPlan) return nodes(inPlan.Graph, Array.ConvertAll(arguments, inPlan.Graph.Lift));
        if (!arguments.Any(x => x.IsSymbolic)) return Eager.Run(arguments, training: false, (g, x) => [nodes(g, x)], [])[0];
        return new Operation(function, nodes, arguments).Symbolically([.. arguments.Where(x => x.IsSymbolic)])[0];
    }

    private Operation(Operation other) : base(other.name) => (_nodes, _given) = (other._nodes, other._given);

    /// <summary>The same function of other tensors, with the same constants.</summary>
    public Operation Again() => new(this);

    /// <summary>A function that gives whole numbers: of values an array of them, else floats as all that flows through a model.</summary>
    public static Tensor Whole(string function, Func<Graph, Tensor[], Tensor> nodes, DType type, params Tensor[] arguments)
    {
        var made = Apply(function, nodes, arguments);
        return made.IsSymbolic || made.IsOfPlan ? made : made.numpy().astype(type);
    }

    internal override Shape[] OutputShapes(Shape[] inputs) => TracedShapes(inputs);

    internal override void CheckInput(Shape[] inputs) { }

    internal override IEnumerable<Weight> Weights(Shape[] inputs) => [];

    internal override Tensor[] Call(Graph g, Tensor[] inputs)
    {
        int next = 0;
        return [_nodes(g, Array.ConvertAll(_given, constant => constant is null ? inputs[next++] : g.Lift(constant)))];
    }
}
